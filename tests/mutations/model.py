"""What a small return holds, and what was done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from qaengine.cases.raw.table import normal
from qaengine.cases.taking.spec import Sheet

Cell = str | int | float | bool | date | None
Fields = frozenset[tuple[str, str]]
"""Record types and fields."""

KINDS = (
    "renamed",
    "reordered",
    "duplicated",
    "missing",
    "extra",
    "wrong type",
    "byte order mark",
    "Windows-1252",
    "CRLF",
    "trailing blank rows",
    "title rows",
    "empty",
    "truncated",
    "wrong file",
)


@dataclass(frozen=True)
class Table:
    """Rows under headings. `titles` stand above the headings and `blanks` below the rows, where a form has room."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    child: int | None = 0
    titles: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    hidden: bool = False

    def at(self, heading: str) -> int:
        return self.headings.index(heading)

    def with_cell(self, row: int, column: int, cell: Cell) -> Table:
        cells = [list(one) for one in self.rows]
        cells[row][column] = cell
        return replace(self, rows=tuple(map(tuple, cells)))

    def with_heading(self, column: int, heading: str) -> Table:
        return replace(self, headings=(*self.headings[:column], heading, *self.headings[column + 1 :]))

    def with_column(self, column: int, heading: str, cells: Sequence[Cell]) -> Table:
        """The same with one column more, which stands at a place."""
        rows = tuple((*row[:column], cell, *row[column:]) for row, cell in zip(self.rows, cells, strict=True))
        return replace(self, headings=(*self.headings[:column], heading, *self.headings[column:]), rows=rows)

    def with_order(self, columns: Sequence[int]) -> Table:
        rows = tuple(tuple(row[place] for place in columns) for row in self.rows)
        return replace(self, headings=tuple(self.headings[place] for place in columns), rows=rows)

    def without_column(self, column: int) -> Table:
        return self.with_order([place for place in range(len(self.headings)) if place != column])


def text_of(cell: Cell) -> str:
    """A cell as it is compared: dates as 2019-01-31."""
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


@dataclass(frozen=True)
class Touch:
    """A place that a mutation touched: a cell, a column (no row), a row (no column) or a whole table. `silent`: blank
    is what the file now says, so that nothing needs to be said of it."""

    table: str
    row: int | None = None
    column: str | None = None
    silent: bool = False


Row = tuple[str, int]
"""A row by its table and its place in it, from 0, as the fixture was before it was mutated."""


@dataclass(frozen=True)
class Mutant:
    """Files after a mutation, and what it may have done to what is read.

    `gone`: rows that are no longer there; `twice`: rows that are there a second time; `exact`: nothing may be lost
    and nothing refused; `heights`: how many rows the tables have now; `moved`: references that have become another;
    `words`: what was written in place of a value; `unended`: a file of which the last line was cut short, which has to
    be said; `hidden`: a sheet that is hidden, which has to be said too.
    """

    kind: str
    says: str
    files: Mapping[str, bytes]
    touches: tuple[Touch, ...] = ()
    gone: frozenset[Row] = frozenset()
    twice: frozenset[Row] = frozenset()
    exact: bool = False
    heights: Mapping[str, int] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    unended: str = ""
    hidden: str = ""


@dataclass(frozen=True)
class Fixture:
    """A small return: its tables as they are compared, the files that hold it, and what is made of each column.

    `about` gives the words by which notes name a table; `reaches` the tables whose rows hang on those of a table.
    `deciding` are columns that leave rows, which are taken where there is no such column. Notes on the whole are about
    `beside`. Fields that are `made` may come of another column than their own, and `also` tells which records may be
    there where a place that they hang on was touched.
    """

    reader: str
    tables: tuple[Table, ...]
    files: Mapping[str, bytes]
    fields: Mapping[tuple[str, str], Fields]
    about: Callable[[str], str]
    reaches: Callable[[str], frozenset[str]] = lambda table: frozenset((table,))
    write: Callable[[Sequence[Table]], Mapping[str, bytes]] | None = None
    deciding: frozenset[tuple[str, str | None]] = frozenset()
    beside: tuple[str, ...] = ()
    made: Mapping[tuple[str, str], str] = field(default_factory=dict)
    also: Callable[[str, str, Mapping[str, object]], bool] = lambda child, name, values: False

    @property
    def names(self) -> frozenset[str]:
        return frozenset(table.name for table in self.tables)

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    def fields_of(self, touch: Touch) -> Fields:
        """The fields that hang on a place: on the child's reference, those of the whole row."""
        table = next((one for one in self.tables if one.name == touch.table), None)
        whose = table is not None and table.child is not None and touch.column == table.headings[table.child]
        if touch.column is not None and not whose:
            return self.fields.get((touch.table, normal(touch.column)), frozenset())
        return frozenset().union(*(fields for (table, _), fields in self.fields.items() if table == touch.table))

    @property
    def heights(self) -> dict[str, int]:
        return {table.name: len(table.rows) for table in self.tables}


def fields_in(sheets: Sequence[Sheet], more: Mapping[tuple[str, str], Fields]) -> dict[tuple[str, str], Fields]:
    """What is made of each column, by table and plain heading: as the format says it, and `more`."""
    found: dict[tuple[str, str], Fields] = {}
    for sheet in sheets:
        for makes in sheet.makes:
            places = [
                (variants, frozenset({(makes.type, take.field)}))
                for take in makes.takes
                for variants in [take.headings]
            ]
            if makes.id:
                places.append((makes.id, frozenset({(makes.type, "id")})))
            for variants, fields in places:
                for one in variants:
                    key = sheet.name, normal(one)
                    found[key] = found.get(key, frozenset()) | fields
    for (table, heading), fields in more.items():
        key = table, normal(heading)
        found[key] = found.get(key, frozenset()) | fields
    return found


def write(files: Mapping[str, bytes], folder: Path) -> Path:
    """The files in a folder; the one file itself where there is no other."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder if len(files) != 1 else folder / next(iter(files))


@cache
def day(text: str) -> date:
    return date.fromisoformat(text)


def table(name: str, headings: str, *lines: str, child: int | None = 0) -> Table:
    """A table from lines of cells divided by bars: `2019-01-31` is a date, `#17` a number, nothing is blank."""
    return Table(
        name,
        tuple(heading.strip() for heading in headings.split("|")),
        tuple(tuple(_cell(cell.strip()) for cell in line.split("|")) for line in lines),
        child,
    )


def _cell(text: str) -> Cell:
    if not text:
        return None
    if len(text) == 10 and text[4] == text[7] == "-" and text[:4].isdigit():
        return day(text)
    return int(text[1:]) if text[0] == "#" else text
