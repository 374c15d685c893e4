"""A raw table: rows of text as they stand in a file, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from qaengine.model.problem import Problem

if TYPE_CHECKING:
    import polars as pl

ROW = "?row"
"""The column that says where each row stands: what `Raw.line_of` takes."""

MOST_CELL = 100_000
"""A cell longer than this is nothing that anyone typed: the file is refused."""

MOST_COLUMNS = 2_000
"""Nor is a table wider than this."""

MOST_CELLS = 4_000_000
"""From the first cell to the last that holds anything: a list of 100,000 children with forty columns."""


def same_number(row: int) -> int:
    """The place of a row whose number is its place."""
    return row


@dataclass(frozen=True)
class Raw:
    """Rows of one sheet, element, file or table of a source.

    `cells` has one column of text for each heading, in their order and named `0`, `1`, ..., beside `?row`; a blank cell
    is null. `about` names the table in notes and problems ("book.xlsx, sheet List 8"). `line_of` gives the line of a
    row; `columns` says whether problems have a column too (an element has none).
    """

    about: str
    name: str
    headings: tuple[str, ...]
    cells: pl.DataFrame
    line_of: Callable[[int], int] = same_number
    columns: bool = True

    @property
    def height(self) -> int:
        return self.cells.height

    def problem(
        self, row: int, place: int, message: str, found: str = "", expected: str = "", near: str = ""
    ) -> Problem:
        """A problem of the cell under the heading at a place (from 0), in the row at a place (from 0) of `cells`."""
        line = self.line_of(int(self.cells[ROW][row]))
        return Problem(self.about, line, place + 1 if self.columns else 0, message, found, expected, near)


def raw_of(
    about: str,
    name: str,
    rows: Sequence[Mapping[str, str | None]],
    lines: Sequence[int],
    headings: Iterable[str] = (),
) -> Raw:
    """A raw table of rows that name their cells, from a format in which a cell may be left out.

    `headings` come first; others follow in the order in which they are met. Names that differ in nothing but how they
    are written are one, unless they say two things in one row.
    """
    import polars as pl

    known = dict.fromkeys(headings)
    rows = _as_one(rows, known)
    for row in rows:
        known.update(dict.fromkeys(row))
    columns = [
        pl.Series(str(place), [row.get(heading) for row in rows], dtype=pl.String)
        for place, heading in enumerate(known)
    ]
    cells = pl.DataFrame([pl.Series(ROW, lines, dtype=pl.UInt32), *columns])
    return Raw(about, name, tuple(known), blanked(cells), columns=False)


def _as_one(rows: Sequence[Mapping[str, str | None]], headings: Iterable[str]) -> Sequence[Mapping[str, str | None]]:
    """The rows with one name for names that are the same but for how they are written."""
    found = {name: normal(name) for row in rows for name in row}
    first = {normal(name): name for name in reversed([*headings, *found])}
    others = {name for name, plain in found.items() if first[plain] != name}
    others -= {
        name for row in rows for name in others & row.keys() if row.get(first[found[name]], row[name]) != row[name]
    }
    if not others:
        return rows
    return [{first[found[name]] if name in others else name: text for name, text in row.items()} for row in rows]


def blanked(cells: pl.DataFrame) -> pl.DataFrame:
    """The same with no spaces around any text, and null in place of blank cells."""
    import polars as pl

    text = pl.col(pl.String).str.replace_all("\u00a0", " ", literal=True).str.strip_chars()
    return cells.with_columns(pl.when(text != "").then(text).name.keep())


_PLAIN = re.compile(r"[^a-z0-9?]+")
_HOW_TO_ANSWER = re.compile(r"\(\s*(?:y\s*/\s*n|yes\s*/\s*no|dd/mm/yyyy)\s*\)", re.IGNORECASE)


@cache
def normal(heading: str) -> str:
    """A heading as it is compared: letters and digits alone, so that neither case, spaces, kinds of apostrophe, stray
    brackets, accents nor a hint at how to answer ("(Y/N)") tell two apart."""
    plain = _HOW_TO_ANSWER.sub("", unicodedata.normalize("NFKD", heading))
    return _PLAIN.sub("", plain.casefold()).rstrip("?")
