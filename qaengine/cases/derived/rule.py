"""The shape of a derivation: what field it makes, from what inputs, and how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from qaengine.cases.derived.council import Council
from qaengine.cases.derived.view import NC, Cell, View
from qaengine.cases.shape import CHILD

Input = tuple[str, str]
"""A record type and a field of it."""


@dataclass
class Desk:
    """What a derivation works with: the view, what was derived before it, the as-at date and the council's tables."""

    view: View
    as_at: date
    council: Council
    made: dict[Input, list[Cell]] = field(default_factory=dict)
    _read: dict[Input, Sequence[Cell]] = field(default_factory=dict)
    _parted: dict[Input, list[Sequence[Cell]]] = field(default_factory=dict)

    def cells(self, of: str, name: str) -> Sequence[Cell]:
        """One column: derived, or as the source has it; read once however many derivations use it."""
        if (of, name) in self.made:
            return self.made[of, name]
        if (of, name) not in self._read:
            self._read[of, name] = self.view.types[of].cells(name)
        return self._read[of, name]

    def has(self, of: str, name: str) -> bool:
        """Whether the source carries the field anywhere (or it was derived)."""
        return (of, name) in self.made or (of in self.view.types and self.view.types[of].has(name))

    def carries(self, of: str) -> Sequence[bool]:
        """Whether each child's file carries the type."""
        return self.view.types[of].carried if of in self.view.types else [False] * self.view.children

    def of_each_child(self, of: str, *names: str) -> list[tuple[Any, ...] | None]:
        """For each child the stretch of each column, one tuple of lists a child; None where the type is not carried."""
        if of not in self.view.types:
            return [None] * self.view.children
        stretches = zip(*(self._stretches(of, name) for name in names), strict=True)
        return [stretch if carried else None for stretch, carried in zip(stretches, self.carries(of), strict=True)]

    def _stretches(self, of: str, name: str) -> list[Sequence[Cell]]:
        """The stretch of each child of one column; parted once however many derivations use it."""
        if (of, name) not in self._parted:
            column = self.cells(of, name)
            self._parted[of, name] = [column[start:end] for start, end in pairwise(self.view.types[of].starts)]
        return self._parted[of, name]

    def ids_of_each_child(self, of: str) -> list[Sequence[str]]:
        """For each child the ids of the records of a type that is carried."""
        view = self.view.types[of]
        ids = view.ids
        return [ids[start:end] for start, end in pairwise(view.starts)]


@dataclass(frozen=True)
class Rule:
    """A derivation of one field of one record type, from columns all of which (`inputs`), or one of which (`one_of`),
    the source must carry."""

    of: str
    makes: str
    inputs: tuple[Input, ...]
    work: Callable[[Desk], list[Cell]]
    one_of: tuple[Input, ...] = ()

    @property
    def field(self) -> Input:
        return self.of, self.makes


def each_row(of: str, makes: str, inputs: Sequence[str], work: Callable[..., Cell]) -> Rule:
    """From the record's own fields: not carried where one of them is not, blank where one is blank."""

    def run(desk: Desk) -> list[Cell]:
        rows = list(zip(*(desk.cells(of, name) for name in inputs), strict=True))
        answers = {cells: _one(cells, work) for cells in set(rows)}  # much of what is recorded is recorded again
        return [answers[cells] for cells in rows]

    return Rule(of, makes, tuple((of, name) for name in inputs), run)


def _one(cells: tuple[Cell, ...], work: Callable[..., Cell]) -> Cell:
    if NC in cells:
        return NC
    return None if None in cells else work(*cells)


def among(of: str, makes: str, inputs: Sequence[str], work: Callable[..., list[Cell]]) -> Rule:
    """From all the child's records of the type: `work` takes a list a field and answers a list, one a record."""

    def run(desk: Desk) -> list[Cell]:
        stretches = desk.of_each_child(of, *inputs)
        return [cell for stretch in stretches if stretch is not None for cell in work(*stretch)]

    return Rule(of, makes, tuple((of, name) for name in inputs), run)


def for_child(makes: str, of: str, inputs: Sequence[str], work: Callable[..., Cell]) -> Rule:
    """A field of the child from the records of one type; not carried where the file does not carry the type."""

    def run(desk: Desk) -> list[Cell]:
        stretches = desk.of_each_child(of, *inputs)
        return [NC if stretch is None else work(*stretch) for stretch in stretches]

    return Rule(CHILD.name, makes, tuple((of, name) for name in inputs), run)
