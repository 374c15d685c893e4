"""Case files as the derivations see them: columns of cells, the records of each child in one stretch.

Rows and frames both give this view, so that a derivation is written once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final, Protocol, TypeVar

from qaengine.cases.shape import CHILD
from qaengine.model.casefile import CaseSet, Row, Value


class NotCarried(Enum):
    """The one value that stands in a column where a row does not carry the field."""

    NC = "not carried"


NC: Final = NotCarried.NC
Cell = Value | NotCarried
T = TypeVar("T")


class Columns(Protocol):
    """The records of one type, in the order of child and id."""

    @property
    def ids(self) -> Sequence[str]: ...

    @property
    def starts(self) -> Sequence[int]:
        """Where the records of each child begin, and one more: where the last ends."""

    @property
    def carried(self) -> Sequence[bool]:
        """Whether each child's file carries the type."""

    def has(self, field: str) -> bool:
        """Whether any record carries the field; where there is no record, whether the format does."""

    def cells(self, field: str) -> Sequence[Cell]:
        """The cells of a field, one a record."""


@dataclass(frozen=True)
class View:
    """The columns of every type that is carried, by name; "child" has one record a child."""

    children: int
    types: Mapping[str, Columns]


@dataclass
class RowColumns:
    """The records of one type, from plain rows."""

    rows: list[Row]
    starts: list[int]
    carried: list[bool]
    not_carried: frozenset[str]
    ids: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.ids = [row.id for row in self.rows]

    def has(self, field: str) -> bool:
        return any(field in row.values for row in self.rows) if self.rows else field not in self.not_carried

    def cells(self, field: str) -> list[Cell]:
        return [row.values.get(field, NC) for row in self.rows]


def view_of_rows(case_set: CaseSet) -> View:
    """The view of a case set."""
    files = case_set.files
    names = {name: None for file in files for name in file.records}
    types: dict[str, Columns] = {
        CHILD.name: RowColumns(
            [file.child for file in files],
            list(range(len(files) + 1)),
            [True] * len(files),
            case_set.not_carried.get(CHILD.name, frozenset()),
        )
    }
    for name in names:
        rows: list[Row] = []
        starts = [0]
        for file in files:
            rows.extend(file.records.get(name, ()))
            starts.append(len(rows))
        carried = [name in file.records for file in files]
        types[name] = RowColumns(rows, starts, carried, case_set.not_carried.get(name, frozenset()))
    return View(len(files), types)


def known(cell: Cell) -> bool:
    """Whether a cell holds a value: neither not carried nor left blank."""
    return cell is not NC and cell is not None


def as_date(cell: Cell) -> date | None:
    """The date that a cell holds; None where it holds none."""
    return cell if isinstance(cell, date) else None
