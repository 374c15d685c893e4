"""What was read: case files in whichever form they came, given in whichever form is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qaengine.cases.cut import cut_rows
from qaengine.cases.derive import derive_rows
from qaengine.cases.files import NO_INPUT, InputFile, InputHash, hash_with
from qaengine.cases.notes import Note
from qaengine.cases.shape import Absent
from qaengine.model.casefile import CaseSet

if TYPE_CHECKING:  # reading native documents never imports polars
    from qaengine.cases.derived.council import Council
    from qaengine.cases.derived.work import Needed
    from qaengine.cases.tables import Tables


EXCEPTIONS = "exceptions.yaml"
"""The agreed exceptions of the children of a folder, beside their case files."""


@dataclass(frozen=True)
class Source:
    """All that was read from one path.

    `content` is the form in which it was read; `notes` say what was taken, what was left and why; `sha256` is the
    hash of the bytes read; `absent` names the fields that the format never carries; `cut_at` is the as-at date, once
    the source has been cut; `exceptions` is the file of agreed
    exceptions, which only the standards can make sense of; `what` says what was read, and `label` in a
    word that the ids of records bear when sources are joined. `pseudonyms` lead from the children's own references to
    those they have here, where they are not the same. `whole` is the content with the records that may be there and are
    not carried, where there are any: it is what is evaluated.
    """

    content: CaseSet | Tables
    notes: tuple[Note, ...] = ()
    sha256: InputHash = NO_INPUT
    absent: Absent = field(default_factory=dict)
    cut_at: date | None = None
    exceptions: InputFile | None = None
    what: str = "native case files"
    label: str = "native"
    pseudonyms: Mapping[str, str] | None = None
    whole: Tables | None = None

    def with_exceptions(self, file: InputFile | None) -> Source:
        """The source with a file of agreed exceptions among what was read, in place of any before."""
        if file is None:
            return self
        hashes = hash_with(self.sha256, replace(file, name=EXCEPTIONS))
        return replace(self, exceptions=file, sha256=hashes)

    @property
    def to_evaluate(self) -> Tables:
        """The tables that are evaluated, and written to be evaluated again."""
        return self.whole if self.whole is not None else self.tables()

    @property
    def own_date(self) -> date | None:
        """The date for which the source speaks, if it says so."""
        return self.content.own_date

    @property
    def origin(self) -> str:
        """A line for reports on where it came from; empty where it does not say."""
        return self.content.origin

    @cached_property
    def not_carried(self) -> Mapping[str, frozenset[str]]:
        """The fields, by record type, that the source as a whole does not carry."""
        if isinstance(self.content, CaseSet):
            return self.content.not_carried
        from qaengine.cases.tables import not_carried_in

        return not_carried_in(self.content)

    def may_carry(self, name: str, field: str) -> bool:
        """Whether a field of a record type (or, for an empty field, the type at all) may be there once it is derived.

        Plain rows say what they carry one by one, so of them this is always so.
        """
        if isinstance(self.content, CaseSet):
            return True
        from qaengine.cases.derived.work import may_derive

        return may_derive({of: frame.columns for of, frame in self.to_evaluate.frames.items()}, name, field)

    @cached_property
    def child_ids(self) -> tuple[str, ...]:
        """The children's references, in order."""
        if isinstance(self.content, CaseSet):
            return tuple(file.child_id for file in self.content.files)
        return tuple(self.content.child["id"].to_list())

    def teams(self) -> dict[str, str]:
        """The team of each child whose team is written down, by the child's reference."""
        return {child_id: team for child_id, team in self.of_children("team").items() if team is not None}

    def of_children(self, field: str) -> Mapping[str, str | None]:
        """One field of every child, by reference; None where it is blank or not carried."""
        values: Iterable[Any]
        if isinstance(self.content, CaseSet):
            values = (file.child.values.get(field) for file in self.content.files)
        else:
            child = self.content.child
            values = child[field] if field in child.columns else [None] * len(child)
        pairs = zip(self.child_ids, values, strict=True)
        return {child_id: None if value is None else str(value) for child_id, value in pairs}

    def case_set(self, child_ids: Collection[str] | None = None) -> CaseSet:
        """Plain Python: of every child, or only of those named (what the source carries is said of the whole)."""
        if child_ids is None:
            return self._case_set
        if isinstance(self.content, CaseSet):
            wanted = frozenset(child_ids)
            files = tuple(file for file in self.content.files if file.child_id in wanted)
            return replace(self.content, files=files)
        from qaengine.cases.tables import case_set_of

        return case_set_of(self.content, child_ids)

    def tables(self) -> Tables:
        """Frames, for the engine."""
        return self._tables

    def as_at(self, day: date, needed: Needed | None = None, council: Council | None = None) -> Source:
        """The source as it stood at the end of a day, with every derived field, or only those `needed`.

        `needed` holds (record type, field) pairs; `council` holds its tables (`read_council`). Cuts once: a
        source that is cut cannot be cut again, for what lay ahead is gone.
        """
        if self.cut_at is not None:
            raise ValueError(f"the source is already cut at {self.cut_at}")
        content: CaseSet | Tables
        if isinstance(self.content, CaseSet):
            rows, notes = cut_rows(self.content, day, self.absent)
            content = derive_rows(rows, day, needed, council)
        else:
            from qaengine.cases.cut_tables import cut_tables
            from qaengine.cases.derive_tables import derive_tables

            frames, notes = cut_tables(self.to_evaluate, day)
            content = derive_tables(frames, day, needed, council)
        return replace(self, content=content, notes=self.notes + notes, cut_at=day, whole=None)

    @cached_property
    def _case_set(self) -> CaseSet:
        if isinstance(self.content, CaseSet):
            return self.content
        from qaengine.cases.tables import case_set_of

        return case_set_of(self.content)

    @cached_property
    def _tables(self) -> Tables:
        if not isinstance(self.content, CaseSet):
            return self.content
        from qaengine.cases.tables import tables_of

        return tables_of(self.content, self.absent)
