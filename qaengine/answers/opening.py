"""Opening a workbook that somebody sent back: looked at before it is read, and refused in words.

A workbook is a zip of XML, and a small one can ask for all the memory there is: by what it unpacks to, by a cell in
the last corner of the sheet, by entities. So every part is unpacked under a limit and walked through first, and only
what was walked through is given to the reader.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import normpath
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from qaengine.answers.rows import SHEET, letters, place_of
from qaengine.model.problem import ExitCode, InputError, Problem, nearest

MOST_PACKED, MOST_UNPACKED, MOST_PARTS = 20_000_000, 50_000_000, 1_000
MOST_ROWS, MOST_COLUMNS = 100_000, 50
A_WORKBOOK = "an Excel workbook (.xlsx)"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z")
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_BROKEN = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of the sheet, row by row. `calculated`: those that hold a formula, or an error that one left behind."""

    rows: list[list[Any]]
    calculated: frozenset[tuple[int, int]]
    from_1904: bool

    def at(self, row: int, column: int) -> Any:
        """The value of a cell, rows and columns from 0; empty text where there is none."""
        return self.rows[row][column] if column < len(self.rows[row]) else ""


def refusal(name: str, message: str, found: str = "", expected: str = "", did_you_mean: str = "") -> InputError:
    """The error for a file that cannot be read at all."""
    problem = Problem(name, 0, 0, message, found, expected, did_you_mean)
    return InputError([problem], ExitCode.CASE_DATA)


def open_sheet(data: bytes, name: str) -> Sheet:
    """The sheet "Answers" of a workbook. Raises InputError (CASE_DATA) where it is no workbook or not a safe one."""
    parts = _parts(data, name)
    walked = {part: _walk(name, part, content) for part, content in parts.items()}
    book = walked["xl/workbook.xml"]
    if SHEET not in book.sheets:
        raise refusal(
            name,
            f"there is no sheet {SHEET!r}",
            ", ".join(map(repr, book.sheets)) or "no sheets",
            "the workbook that was sent out",
            nearest(SHEET, book.sheets),
        )
    path = walked.get("xl/_rels/workbook.xml.rels", _Walk(name, "")).targets.get(book.sheets[SHEET], "")
    sheet = walked.get(path)
    if sheet is None:
        raise refusal(name, f"the sheet {SHEET!r} is not in the file", expected=A_WORKBOOK)
    return Sheet(_values(parts, name), frozenset(sheet.calculated), book.from_1904)


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """The XML parts, unpacked under the limits."""
    if len(data) > MOST_PACKED:
        raise refusal(name, "the file is too large for a form", f"{len(data):,} bytes", f"under {MOST_PACKED:,}")
    if data.startswith(_OLD_OR_LOCKED):
        raise refusal(
            name,
            "a workbook in the old .xls format, or one with a password",
            expected="save it as .xlsx without a password",
        )
    try:
        with ZipFile(BytesIO(data)) as packed:
            return _unpacked(packed, name)
    except _BROKEN:
        raise refusal(name, "cannot be read: it is not a workbook, or it is damaged", expected=A_WORKBOOK) from None


def _unpacked(packed: ZipFile, name: str) -> dict[str, bytes]:
    infos = packed.infolist()
    size = sum(info.file_size for info in infos)
    if len(infos) > MOST_PARTS or size > MOST_UNPACKED:
        raise refusal(
            name,
            "unpacks to more than any form",
            f"{len(infos):,} parts of {size:,} bytes",
            f"at most {MOST_PARTS:,} parts and {MOST_UNPACKED:,} bytes",
        )
    names = [info.filename for info in infos]
    if "xl/workbook.xml" not in names:
        kind = "an OpenDocument sheet" if "content.xml" in names else "a zip file of something else"
        raise refusal(name, "not an Excel workbook", kind, f"{A_WORKBOOK}: save it as Excel 2007-365")
    if len({part.casefold() for part in names}) < len(names):
        raise refusal(name, "the same part is in the file twice", expected=A_WORKBOOK)
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
        raise refusal(name, "packed in a way that Excel does not use", expected=A_WORKBOOK)
    # Only what is walked through goes on to the reader: pictures, printer settings and macros stay behind.
    return {info.filename: packed.read(info) for info in infos if info.filename.endswith((".xml", ".rels"))}


@dataclass
class _Walk:
    """One part, walked through: which sheets it names, where they are, and which cells are calculated."""

    name: str
    part: str
    sheets: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    calculated: set[tuple[int, int]] = field(default_factory=set)
    error: bool = False
    from_1904: bool = False
    row: int = -1
    column: int = -1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """What an element begins: the elements of a sheet, of the workbook, and of its list of parts."""
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes.get("r"))
            self.error = attributes.get("t") == "e"  # the reader would give an error as an empty cell
        elif tag in ("v", "is", "f"):
            self._content(tag)
        elif tag == "row":
            self._row(attributes.get("r"))
        elif tag == "sheet":
            self.sheets[attributes.get("name", "")] = _reference(attributes)
        elif tag == "Relationship":
            self.targets[attributes.get("Id", "")] = _in_book(attributes.get("Target", ""))
        elif tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")

    def _row(self, number: str | None) -> None:
        if number is not None and not re.fullmatch(r"[1-9][0-9]{0,6}", number):
            raise refusal(self.name, "a row without a proper number", repr(number[:20]), A_WORKBOOK)
        self.row = int(number) - 1 if number else self.row + 1
        self.column = -1

    def _cell(self, place: str | None) -> None:
        found = _CELL.match(place or "")
        if place is not None and not found:
            raise refusal(self.name, "a cell without a proper place", repr(place[:20]), A_WORKBOOK)
        if found:
            self.row, self.column = int(found[2]) - 1, _column(found[1])
        else:
            self.column += 1

    def _content(self, tag: str) -> None:
        """Empty cells may stand anywhere: the reader lays out the room up to the last full one, and no more."""
        if self.row >= MOST_ROWS or self.column >= MOST_COLUMNS:
            raise refusal(
                self.name,
                f"{place_of(self.row, self.column)}: something is written far outside the form",
                expected=f"nothing after column {letters(MOST_COLUMNS - 1)} or row {MOST_ROWS:,}",
            )
        if tag == "f" or self.error:
            self.calculated.add((self.row, self.column))

    def doctype(self, *_: object) -> None:
        """A workbook declares no document type: one that does may be made of entities that never end."""
        raise refusal(self.name, "declares a document type, which a workbook never does", self.part, A_WORKBOOK)


def _walk(name: str, part: str, content: bytes) -> _Walk:
    # Read as UTF-8 whatever it declares, as the reader will: otherwise the two could see different cells.
    walk, parser = _Walk(name, part), ParserCreate("UTF-8")
    parser.StartElementHandler = walk.start
    parser.StartDoctypeDeclHandler = walk.doctype
    try:
        parser.Parse(content, True)
    except ExpatError:
        raise refusal(name, "a part of the workbook is damaged", part, A_WORKBOOK) from None
    return walk


def _values(parts: Mapping[str, bytes], name: str) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook  # imported here: most commands read no workbook

    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as book:
        for part, content in parts.items():
            book.writestr(part, content)
    packed.seek(0)
    try:
        sheet = CalamineWorkbook.from_filelike(packed).get_sheet_by_name(SHEET)
        return sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError):
        raise refusal(name, "cannot be read as a workbook", expected=A_WORKBOOK) from None


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _reference(attributes: Mapping[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")


def _in_book(target: str) -> str:
    return target.lstrip("/") if target.startswith(("/", "xl/")) else normpath(f"xl/{target}")
