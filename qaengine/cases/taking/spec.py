"""What a format says of its tables: by what headings each is known, and what becomes of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qaengine.cases.raw.table import normal
from qaengine.cases.shape import CHILD

if TYPE_CHECKING:
    from qaengine.cases.taking.values import Reads

Headings = tuple[str, ...]
"""The format's own heading first, then the variants that were seen."""


@dataclass(frozen=True, slots=True)
class Take:
    """A field of a record, the headings under which it stands, and how it is read."""

    field: str
    headings: Headings
    reads: Reads


@dataclass(frozen=True, slots=True)
class Only:
    """Rows make a record only where a column reads as `wanted`; `or_missing`: also where there is no such column, or
    nothing in it."""

    headings: Headings
    reads: Reads
    wanted: str | bool
    why: str
    or_missing: bool = False


@dataclass(frozen=True, slots=True)
class Makes:
    """A record that a row makes: its type, its fields, what is so of every one of them (`fixed`), and its own id.

    Where `needs` names fields, a row in which none of them is filled in makes no such record. `listed`: the table says
    nothing of the children who are not in it, so that the type is not carried for them.
    """

    type: str
    takes: tuple[Take, ...]
    fixed: Mapping[str, str | bool | None] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    id: Headings = ()
    only: Only | None = None
    listed: bool = False

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(take.field for take in self.takes) | frozenset(self.fixed)


@dataclass(frozen=True)
class Sheet:
    """A table of a format: its name, what the child's reference stands under, the headings that tell it from others,
    what its rows make, and the headings that are known and left (`leaves`).

    `rank` orders the tables by how much each may say of the child: of two teams the one of the higher rank is the
    child's. The rows of one that is `latest_first` stand in that order: of two values the first is meant. In what is
    `typed_by_hand` a name may stand where the child's reference should: only what looks like a reference is one.
    """

    name: str
    child: Headings
    known_by: tuple[Headings, ...]
    makes: tuple[Makes, ...] = ()
    leaves: Headings = ()
    rank: int = 0
    names: tuple[str, ...] = ()
    latest_first: bool = False
    typed_by_hand: bool = False

    @property
    def is_used(self) -> bool:
        return bool(self.makes)

    def headings(self) -> Iterator[Headings]:
        """Every heading that is taken, with its variants."""
        yield self.child
        for makes in self.makes:
            if makes.id:
                yield makes.id
            if makes.only is not None:
                yield makes.only.headings
            for take in makes.takes:
                yield take.headings

    def is_known_in(self, headings: Sequence[str]) -> bool:
        """Whether these headings hold all those by which the table is known."""
        found = {normal(heading) for heading in headings}
        return all(any(normal(one) in found for one in variants) for variants in self.known_by)

    def how_many_in(self, headings: Sequence[str]) -> int:
        """How many of the headings of the table are among these."""
        found = {normal(heading) for heading in headings}
        return sum(any(normal(one) in found for one in variants) for variants in {*self.headings(), *self.known_by})

    @property
    def makes_child(self) -> bool:
        return any(makes.type == CHILD.name for makes in self.makes)
