"""Workbooks, .xlsx and .xls: sheets as rows of text. Formulas are never calculated: what was saved is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qaengine.cases.files import InputFile
from qaengine.cases.notes import MOST_SHOWN, case_data_error
from qaengine.cases.raw.compound import OLE, check_compound
from qaengine.cases.raw.foreign import DamagedError, guarded
from qaengine.cases.raw.package import ZIP, check_package, too_large
from qaengine.cases.raw.table import MOST_CELL, MOST_CELLS, MOST_COLUMNS, ROW, Raw, blanked
from qaengine.model.problem import Problem

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


@dataclass(frozen=True)
class Grid:
    """A sheet as it is seen: every row from the first, each a list of text ("" where a cell is empty)."""

    file: str
    name: str
    rows: Sequence[Sequence[str]]

    @property
    def about(self) -> str:
        return f"{self.file}, sheet {self.name}" if self.name else self.file

    @cached_property
    def filled(self) -> int:
        """How many rows have anything in them."""
        return sum(map(has_any, self.rows))

    def raw(self, name: str, heading_row: int) -> Raw:
        """The rows below the headings (whose row is counted from 0).

        Raises InputError where a row has fewer or more cells than there are headings, for then they may stand under the
        wrong ones. The rows of a workbook are all of one length.
        """
        import polars as pl

        headings = tuple(cell.strip() for cell in self.rows[heading_row])
        rows, numbers = [], []
        for number, row in enumerate(self.rows[heading_row + 1 :], heading_row + 2):
            if has_any(row):
                rows.append(row)
                numbers.append(number)
        self._check_lengths(headings, rows, numbers)
        columns = [
            pl.Series(str(place), [row[place] if place < len(row) else "" for row in rows], dtype=pl.String)
            for place, heading in enumerate(headings)
            if heading
        ]
        cells = pl.DataFrame([pl.Series(ROW, numbers, dtype=pl.UInt32), *columns])
        return Raw(self.about, name, headings, blanked(cells))

    def _check_lengths(self, headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> None:
        problems = []
        for number, row in zip(numbers, rows, strict=True):
            if len(row) != len(headings):
                found, expected = f"{len(row):,} cells", f"{len(headings):,}, as in the headings"
                problems.append(Problem(self.about, number, 1, "a row of another length", found, expected))
        if problems:
            raise case_data_error(*problems[:MOST_SHOWN])


def has_any(row: Sequence[str]) -> bool:
    """Whether a row has anything in it but spaces."""
    return any(cell and not cell.isspace() for cell in row)


def read_workbook(file: InputFile) -> tuple[list[Grid], list[str]]:
    """The sheets that are seen, in their order, and the names of those that are hidden.

    Raises InputError where the file is no workbook, is cut short, locked by a password, or unpacks to more than any
    list of children.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, ZipError

    if file.data.startswith(ZIP):
        check_package(file)
    elif file.data.startswith(OLE):
        check_compound(file)
    else:
        raise case_data_error(Problem(file.name, 0, 0, "not a workbook", _first_bytes(file), "an .xlsx or .xls file"))
    try:
        with guarded():
            book = CalamineWorkbook.from_filelike(BytesIO(file.data))
            names = [sheet.name for sheet in book.sheets_metadata]
            if len(set(names)) < len(names):
                raise ValueError("two sheets have the same name")
            seen = [sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
            return [_grid(file, book, name) for name in seen], [name for name in names if name not in seen]
    except (CalamineError, ZipError, OSError, ValueError, DamagedError) as error:
        why = str(error).partition("\n")[0] or type(error).__name__
        message = f"not readable as a workbook: {why}"
        raise case_data_error(Problem(file.name, 0, 0, message, expected="an .xlsx or .xls file, saved anew")) from None


def _grid(file: InputFile, book: CalamineWorkbook, name: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return Grid(file.name, name, [])
    if sheet.total_width > MOST_COLUMNS or sheet.total_height * sheet.total_width > MOST_CELLS:
        raise case_data_error(too_large(file, name, sheet.total_height, sheet.total_width))
    known: defaultdict[type, _Known] = defaultdict(_Known)
    before, rows = [""] * sheet.start[1], []
    for row in sheet.iter_rows():
        rows.append(before + [known[type(cell)][cell] for cell in row])
    long = next((text for text in known[str] if len(text) > MOST_CELL), None)
    if long is not None:
        number, place = next((n, row.index(long)) for n, row in enumerate(rows) if long in row)
        message = f"a cell of {len(long):,} characters"
        about = f"{file.name}, sheet {name}"
        raise case_data_error(Problem(about, number + 1, place + 1, message, expected=f"at most {MOST_CELL:,}"))
    return Grid(file.name, name, rows)


class _Known(dict[Any, str]):
    """The text of each cell that was met, made once: in a list the same few stand over and over."""

    def __missing__(self, cell: Any) -> str:
        text = self[cell] = _text(cell)
        return text


def _text(cell: Any) -> str:
    """A cell as text: dates as 2019-01-31, whole numbers without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _first_bytes(file: InputFile) -> str:
    return "an empty file" if not file.data else f"a file that begins with {file.data[:8]!r}"
