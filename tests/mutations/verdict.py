"""Whether what was read of a mutated file is true: no value that was never there, nothing lost without a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qaengine.cases.notes import Note
from qaengine.cases.source import Source
from qaengine.model.casefile import CaseFile, CaseSet, Row, Value
from qaengine.model.problem import InputError
from tests.mutations.model import Fixture, Mutant, Touch, text_of
from tests.mutations.model import Row as Place

LINKS = {"referral": "referrals", "section47": "section47s"}
"""Fields that name another record of the child, and its type."""

MADE_ID = re.compile(r"(?:.*-\d{3}|row-\d{4})(?:~\d+)?")
"""Ids that a reader makes of the places of rows: they change with the places."""


def message_faults(error: InputError, mutant: Mutant) -> Iterator[str]:
    """What is wrong with a refusal: every problem names a file and says something."""
    if mutant.exact:
        yield f"refused what is still whole: {error}"
    if not error.problems:
        yield "refused without a word"
    for problem in error.problems:
        said = str(problem)
        if not any(name in said for name in (*mutant.files, *(name.rpartition(".")[0] for name in mutant.files))):
            yield f"a message that names no file: {said}"
        if len(problem.message) < 10 or "Traceback" in said or "Error(" in said or "\n" in said:
            yield f"a message that says nothing: {said}"


def read_faults(fixture: Fixture, clean: Source, read: Source, mutant: Mutant) -> Iterator[str]:
    """What is wrong with what was read."""
    yield from _Verdict(fixture, clean, read, mutant).faults()


@dataclass
class _Verdict:
    fixture: Fixture
    clean: Source
    read: Source
    mutant: Mutant

    def faults(self) -> Iterator[str]:
        yield from self._rows_accounted()
        before, after = self.clean.case_set(), self.read.case_set()
        yield from self._whole(before, after)
        known = {file.child_id: file for file in before.files}
        found: dict[str, list[CaseFile]] = {}
        for file in after.files:
            child = self.mutant.moved.get(file.child_id, file.child_id)
            if child not in known:
                yield f"a child who is not there: {file.child_id}"
            else:
                found.setdefault(child, []).append(file)
        for child, file in known.items():
            yield from self._of_child(file, found.get(child, []))

    def _rows_accounted(self) -> Iterator[str]:
        """Rows taken and rows left are all that there are, and no table that has rows goes unmentioned."""
        if self.read.content is self.clean.content:
            return
        for name, height in self.mutant.heights.items():
            about = self.fixture.about(name)
            own = [note for note in self.read.notes if note.about == about and note.says.startswith("the table ")]
            if any(note.taken + note.left != height for note in own):
                yield f"{about} has {height} rows: {own[0]}"
            if height and not self._notes_on(name):
                yield f"nothing is said of {about}, which has {height} rows"

    def _whole(self, before: CaseSet, after: CaseSet) -> Iterator[str]:
        if after.own_date not in (before.own_date, None):
            yield f"the wrong date of the return: {after.own_date}"

    def _of_child(self, before: CaseFile, files: Sequence[CaseFile]) -> Iterator[str]:
        if not files and (fault := self._lost("child", before.child)):
            yield f"{before.child_id}: {fault}"
        for file in files:
            yield from self._of_row("child", before.child, file.child, before.child_id, partly=len(files) > 1)
            for name in file.records.keys() - before.records.keys():
                if self._is_whole or file.records[name]:
                    yield f"{before.child_id}: {name} is carried, which was not"
        for name, rows in before.records.items():
            carried = [file for file in files if name in file.records]
            after = [row for file in carried for row in file.records[name]]
            yield from self._of_type(before, name, rows, after, bool(carried), carried)

    @property
    def _is_whole(self) -> bool:
        return self.mutant.exact

    def _of_type(
        self,
        before: CaseFile,
        name: str,
        rows: Sequence[Row],
        after: Sequence[Row],
        carried: bool,
        files: Sequence[CaseFile],
    ) -> Iterator[str]:
        about = f"{before.child_id}, {name}"
        pairs, lost, more = matched(rows, after)
        for old, new in pairs:
            yield from self._of_row(name, old, new, about)
            yield from self._links(name, old, new, before, files, about)
            yield from self._own_id(name, old, new, about)
        for row in lost:
            if fault := self._lost(name, row):
                yield f"{about}: {fault}"
        if not carried and self.mutant.exact:
            yield f"{about}: not carried any more"
        twins = Counter(id(old) for old in rows if self._origins(old) & self.mutant.twice)
        for row in more:
            twin = next((old for old in rows if twins[id(old)] and is_part(old, row)), None)
            if twin is None:
                yield f"{about}: a record that nobody wrote: {_filled(row)}"
            else:
                twins[id(twin)] -= 1

    def _of_row(self, name: str, old: Row, new: Row, about: str, partly: bool = False) -> Iterator[str]:
        """What is blank in a record that was not, and was not touched, or of which nothing is said."""
        for field, value in old.values.items():
            now = new.values.get(field)
            if field in LINKS or field.endswith("_as_typed"):
                if now not in (None, value) and field not in LINKS and str(now) not in self.mutant.words:
                    yield f"{about}: {field} is {now!r}, not {value!r}"
                continue
            if now is not None and now != value:
                yield f"{about}: {field} is {now!r}, not {value!r}"
            elif value is not None and now is None and not partly:
                if fault := self._dropped(name, field, old, new):
                    yield f"{about}: {field} ({value}) {fault}"
        for field, now in new.values.items():
            if field not in old.values and now is not None and str(now) not in self.mutant.words:
                yield f"{about}: {field} is {now!r}, and was not carried"

    def _dropped(self, name: str, field: str, old: Row, new: Row) -> str:
        """Why a value may not be blank; "" where it may."""
        if self.mutant.exact:
            return "is lost"
        origins = self._origins(old)
        if self._gone_with(name, field, old):
            return ""
        touches = [
            touch
            for touch in self.mutant.touches
            if (name, field) in self.fixture.fields_of(touch)
            and (touch.row is None or name == "child" or self._is_joined(touch, origins) or (touch.table, touch.row) in origins)
        ]
        if not touches and not self._is_wholly_left(name, field):
            return f"is lost, though nobody touched it: {self._all_said()}"
        if not touches or any(touch.silent for touch in touches):
            return ""
        if field in new.values and all(touch.row is None for touch in touches) and not self._unread(touches):
            return "is blank, though its column is not there: it is not said to be not carried"
        if not any(self._is_said(touch.table) for touch in touches):
            return f"is lost without a word: {self._all_said()}"
        return ""

    def _is_wholly_left(self, name: str, field: str) -> bool:
        """Whether a table that says it was touched, and nothing of it was taken."""
        reached = frozenset().union(*(self.fixture.reaches(touch.table) for touch in self.mutant.touches))
        return any(
            (name, field) in self.fixture.fields_of(Touch(table))
            and any(note.left or note.says.startswith("left") for note in self._notes_on(table))
            and not any(note.taken for note in self._notes_on(table))
            for table in reached
        )

    def _gone_with(self, name: str, field: str, old: Row) -> bool:
        """Whether the value stood in a row that is gone."""
        return any((name, field) in self.fixture.fields_of(Touch(table)) for table, _ in self.mutant.gone)

    def _is_joined(self, touch: Touch, origins: Iterable[Place]) -> bool:
        """Whether the place is in another table than the record, which got a value from there."""
        return all(table != touch.table for table, _ in origins)

    def _lost(self, name: str, old: Row) -> str:
        """Why a record may not be missing; "" where it may."""
        if self.mutant.exact:
            return f"a record is lost: {_filled(old)}"
        origins = self._origins(old)
        if origins & self.mutant.gone:
            return ""
        tables = {table for table, _ in origins} or self.fixture.names
        touches = [touch for touch in self.mutant.touches if self.fixture.reaches(touch.table) & tables]
        touches += [Touch(table) for table, _ in self.mutant.gone if self.fixture.reaches(table) & tables]
        if not touches:
            return f"a record is lost that nobody touched: {_filled(old)}: {self._all_said()}"
        dated = {(name, field) for field, value in old.values.items() if isinstance(value, date)}
        if any(touch.silent and dated & self.fixture.fields_of(touch) for touch in touches):
            return ""
        if not any(self._is_said(table, left=True) for table in tables | {touch.table for touch in touches}):
            return f"a record is lost without a word: {_filled(old)}: {self._all_said()}"
        return ""

    def _links(
        self, name: str, old: Row, new: Row, before: CaseFile, files: Sequence[CaseFile], about: str
    ) -> Iterator[str]:
        """A link leads to the record to which it led, or nowhere."""
        for field in LINKS.keys() & old.values.keys():
            was, now = old.values[field], new.values.get(field)
            if now is None or now == was:
                if was is not None and now is None and (fault := self._dropped(name, field, old, new)):
                    yield f"{about}: {field} {fault}"
                if now is None or not MADE_ID.fullmatch(str(now)):
                    continue
            target = _of_id(before.records.get(LINKS[field], ()), was)
            targets = [_of_id(file.records.get(LINKS[field], ()), now) for file in files]
            found = next((one for one in targets if one is not None), None)
            if found is None and not MADE_ID.fullmatch(str(now)) and self._touched_id(name, field):
                continue
            if found is None or (target is not None and not is_part(target, found)) or target is None:
                yield f"{about}: {field} leads to {now}, not to {was}"

    def _own_id(self, name: str, old: Row, new: Row, about: str) -> Iterator[str]:
        own = new.id.partition("~")[0]
        if own != old.id and not MADE_ID.fullmatch(own) and not self._touched_id(name, "id"):
            yield f"{about}: the record {old.id} is now {new.id}"

    def _touched_id(self, name: str, field: str) -> bool:
        return any((name, field) in self.fixture.fields_of(touch) for touch in self.mutant.touches)

    def _origins(self, row: Row) -> frozenset[Place]:
        """The rows of the fixture that hold what a record says: its dates, or else anything else of it."""
        return self._places(_texts(row, date)) or self._places(_texts(row, object))

    def _places(self, texts: frozenset[str]) -> frozenset[Place]:
        return frozenset().union(*(self._index.get(text, frozenset()) for text in texts))

    @cached_property
    def _index(self) -> Mapping[str, frozenset[Place]]:
        found: dict[str, set[Place]] = {}
        for table in self.fixture.tables:
            for row, cells in enumerate(table.rows):
                for cell in cells:
                    found.setdefault(text_of(cell), set()).add((table.name, row))
        return {text: frozenset(places) for text, places in found.items() if text}

    def _notes_on(self, table: str) -> list[Note]:
        about = self.fixture.about(table)
        return [note for note in self.read.notes if note.about.startswith((about, about.partition(",")[0]))]

    def _is_said(self, table: str, left: bool = False) -> bool:
        """Whether any note on a table says that something was not taken."""
        notes = [note for note in self._notes_on(table)]
        whole = any(note.left or note.headings or note.unread_count or note.says.startswith("left") for note in notes)
        return whole or any(";" in note.says for note in notes)

    def _unread(self, touches: Iterable[Touch]) -> bool:
        return any(note.unread_count for touch in touches for note in self._notes_on(touch.table))

    def _all_said(self) -> str:
        return " | ".join(f"{note} {[str(one) for one in (*note.headings, *note.unread)]}" for note in self.read.notes)


def matched(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Each record that was read beside the one that it is, or is part of; those that are lost; those that are more."""
    left, pairs, more = list(old), list[tuple[Row, Row]](), list[Row]()
    for row in sorted(new, key=lambda one: -len(_filled(one))):
        fitting = [one for one in left if is_part(one, row)]
        if not fitting:
            more.append(row)
            continue
        best = max(fitting, key=lambda one: (one.id == row.id, -len(_filled(one))))
        best = max(fitting, key=lambda one: (len(_filled(one).items() & _filled(row).items()), one.id == row.id))
        left.remove(best)
        pairs.append((best, row))
    return pairs, left, more


def is_part(whole: Row, part: Row) -> bool:
    """Whether a record says nothing that the other does not say."""
    if ("-earlier-" in whole.id) != ("-earlier-" in part.id):
        return False
    return all(whole.values.get(field) == value for field, value in _filled(part).items())


def _filled(row: Row) -> dict[str, Value]:
    """What a record says, without links and without words in place of a date."""
    return {
        field: value
        for field, value in row.values.items()
        if value is not None and field not in LINKS and not field.endswith("_as_typed")
    }


def _texts(row: Row, kind: type) -> frozenset[str]:
    return frozenset(
        str(value) for value in _filled(row).values() if isinstance(value, kind) and not isinstance(value, bool)
    )


def _of_id(rows: Iterable[Row], own: Value) -> Row | None:
    return next((row for row in rows if row.id == own), None)
