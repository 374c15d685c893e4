"""Workbooks, .xlsx and .xls: sheets as rows of text. Formulas are never calculated: what was saved is read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from qaengine.cases.files import InputFile
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.table import MOST_CELL, ROW, Raw, blanked
from qaengine.model.problem import Problem

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MOST_UNPACKED = 300_000_000
"""A workbook that unpacks to more than this is refused before it is read."""

MOST_CELLS = 4_000_000
"""From the first cell to the last that holds anything: a list of 100,000 children with forty columns."""

MOST_COLUMNS = 2_000


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
        return sum(any(cell for cell in row) for row in self.rows)

    def raw(self, name: str, heading_row: int) -> Raw:
        """The rows below the headings (whose row is counted from 0). Raises InputError for a cell of absurd length."""
        import polars as pl

        headings = tuple(cell.strip() for cell in self.rows[heading_row])
        rows, numbers = [], []
        for number, row in enumerate(self.rows[heading_row + 1 :], heading_row + 2):
            if any(row):
                rows.append(row)
                numbers.append(number)
        columns = [
            pl.Series(str(place), [row[place] if place < len(row) else "" for row in rows], dtype=pl.String)
            for place, heading in enumerate(headings)
            if heading
        ]
        cells = pl.DataFrame([pl.Series(ROW, numbers, dtype=pl.UInt32), *columns])
        return Raw(self.about, name, headings, blanked(cells))


def is_workbook(file: InputFile) -> bool:
    """Whether the file is a workbook by its first bytes, whatever its name."""
    return file.data.startswith((ZIP, OLE)) and file.suffix in (".xlsx", ".xlsm", ".xls", "")


def read_workbook(file: InputFile) -> tuple[list[Grid], list[str]]:
    """The sheets that are seen, in their order, and the names of those that are hidden.

    Raises InputError where the file is no workbook, is cut short, locked by a password, or unpacks to more than any
    list of children.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, ZipError

    if file.data.startswith(ZIP):
        _check_package(file)
    elif not file.data.startswith(OLE):
        raise case_data_error(Problem(file.name, 0, 0, "not a workbook", _first_bytes(file), "an .xlsx or .xls file"))
    elif "EncryptedPackage".encode("utf-16-le") in file.data:
        message = "the workbook is locked by a password"
        raise case_data_error(Problem(file.name, 0, 0, message, expected="a workbook saved without one"))
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(file.data))
        seen = [sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
        hidden = [sheet.name for sheet in book.sheets_metadata if sheet.visible is not SheetVisibleEnum.Visible]
        return [_grid(file, book, name) for name in seen], hidden
    except (CalamineError, ZipError, OSError, ValueError) as error:
        message = f"not readable as a workbook: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        raise case_data_error(Problem(file.name, 0, 0, message, expected="an .xlsx or .xls file, saved anew")) from None


def _grid(file: InputFile, book: CalamineWorkbook, name: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_width > MOST_COLUMNS or sheet.total_height * sheet.total_width > MOST_CELLS:
        raise case_data_error(_too_large(file, name, sheet.total_height, sheet.total_width))
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            if len(cell) > MOST_CELL:
                about = f"{file.name}, sheet {name}"
                message = f"a cell of {len(cell):,} characters"
                raise case_data_error(Problem(about, number, place, message, expected=f"at most {MOST_CELL:,}"))
    return Grid(file.name, name, rows)


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


def _too_large(file: InputFile, sheet: str, height: int, width: int) -> Problem:
    found = f"{height:,} rows and {width:,} columns"
    expected = f"at most {MOST_COLUMNS:,} columns and {MOST_CELLS:,} cells: delete the empty columns and rows"
    return Problem(f"{file.name}, sheet {sheet}", 0, 0, "the sheet is too large", found, expected)


def _first_bytes(file: InputFile) -> str:
    return "an empty file" if not file.data else f"a file that begins with {file.data[:8]!r}"


_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_PLACE = re.compile(rb'\br="([A-Za-z]+)([0-9]+)"')
_FORMULA_ALONE = re.compile(rb"<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*</(?:\w+:)?c>")


def _check_package(file: InputFile) -> None:
    """Unpack each part in pieces before anyone else does: how large it is, and how far its cells reach.

    The reader of workbooks makes room for every cell between the first and the last; so a cell far away is refused
    here.
    """
    try:
        with ZipFile(BytesIO(file.data)) as package:
            parts = package.infolist()
            unpacked = 0
            for part in parts:
                is_sheet = re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename, re.IGNORECASE) is not None
                unpacked += _check_part(file, package, part, MOST_UNPACKED - unpacked, is_sheet)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        message = f"not readable as a workbook: {error}"
        raise case_data_error(Problem(file.name, 0, 0, message, expected="an .xlsx file, whole and unlocked")) from None


def _check_part(file: InputFile, package: ZipFile, part: ZipInfo, room: int, is_sheet: bool) -> int:
    size, tail = 0, b""
    reach = _Reach()
    with package.open(part) as stream:
        while piece := stream.read(1 << 20):
            size += len(piece)
            if size > room:
                message = f"unpacks to more than {MOST_UNPACKED // 1_000_000:,} MB"
                raise case_data_error(Problem(file.name, 0, 0, message, part.filename, "a list of children"))
            if is_sheet:
                text = tail + piece
                cut = text.rfind(b"</c>") + 4 if b"</c>" in text else max(0, len(text) - 4096)
                reach.add(text[:cut])
                tail = text[cut:]
                if reach.formulas_alone:
                    where = f"{file.name}, {part.filename}"
                    message = "formulas whose results were not saved"
                    raise case_data_error(
                        Problem(where, 0, 0, message, expected="the workbook opened in Excel and saved")
                    )
                if reach.too_far:
                    raise case_data_error(_too_large(file, part.filename, reach.rows, reach.columns))
    reach.add(tail)
    if reach.too_far:
        raise case_data_error(_too_large(file, part.filename, reach.rows, reach.columns))
    return size


@dataclass
class _Reach:
    """How far the cells of a sheet reach."""

    rows: int = 0
    columns: int = 0
    formulas_alone: bool = False

    def add(self, text: bytes) -> None:
        for attributes, closed in _CELL.findall(text):
            place = _PLACE.search(attributes)
            if place is None or closed:
                continue
            column = 0
            for letter in place[1].upper()[:8]:
                column = column * 26 + letter - 64
            self.columns, self.rows = max(self.columns, column), max(self.rows, min(int(place[2][:9]), 10**9))
        self.formulas_alone = self.formulas_alone or (b"<f" in text and bool(_FORMULA_ALONE.search(text)))

    @property
    def too_far(self) -> bool:
        return self.columns > MOST_COLUMNS or self.rows * self.columns > MOST_CELLS
