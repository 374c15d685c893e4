"""An .xlsx file looked through before the reader of workbooks opens it.

The reader trusts what the file says of itself: it makes room for every cell between the first and the last, copies a
shared text into each cell that names it, and makes room for as many texts as are announced. So everything is unpacked
here first, in pieces, and counted; and what is unpacked is compared with what the file says, so that the reader will
find nothing else.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from qaengine.cases.files import InputFile
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.table import MOST_CELL, MOST_CELLS, MOST_COLUMNS
from qaengine.model.problem import InputError, Problem

ZIP = b"PK\x03\x04"
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_SIZE, _LOCAL_SIZE, _MOST_COMMENT = 22, 30, 0xFFFF

MOST_UNPACKED = 300_000_000
"""A workbook that unpacks to more than this is refused."""

MOST_STRINGS = 100_000_000
"""So is one whose shared texts are longer than this, ..."""

MOST_TEXT = 150_000_000
"""... or whose cells would hold more text than this, each with its own copy."""

MOST_PARTS = 5_000
PIECE = 1 << 20

LIST = "a list of children"


def check_package(file: InputFile) -> None:
    """Raises InputError where the file is no .xlsx, is other than it says, or is larger than any list of children."""
    try:
        with ZipFile(BytesIO(file.data)) as package:
            parts = package.infolist()
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, IndexError) as error:
        raise _unreadable(file, str(error)) from None
    _check_directory(file, parts)
    looked = _Looked(file)
    for part in sorted(parts, key=lambda part: not _is_strings(part)):  # the texts before the cells that name them
        looked.begin(part)
        for piece in _unpacked(file, part):
            looked.add(piece)
        looked.end()
    looked.check_whole()


def too_large(file: InputFile, sheet: str, rows: int, columns: int) -> Problem:
    """The problem of a sheet of which most cells are empty, or that is no list of children."""
    found = f"{rows:,} rows and {columns:,} columns"
    expected = f"at most {MOST_COLUMNS:,} columns and {MOST_CELLS:,} cells: delete the empty columns and rows"
    return Problem(f"{file.name}, sheet {sheet}", 0, 0, "the sheet is too large", found, expected)


def _unreadable(file: InputFile, why: str) -> InputError:
    message = f"not readable as a workbook: {why}"
    return case_data_error(Problem(file.name, 0, 0, message, expected="an .xlsx file, whole and unlocked"))


def _is_strings(part: ZipInfo) -> bool:
    return part.filename.lower().endswith("sharedstrings.xml")


# What the file says of itself


def _check_directory(file: InputFile, parts: list[ZipInfo]) -> None:
    """One directory, at the end, whose parts have each a name and a place of their own."""
    data = file.data
    end = data.rfind(_END)
    tail = data[-_END_SIZE - _MOST_COMMENT :]
    comment = int.from_bytes(data[end + 20 : end + 22], "little")
    size, start = (int.from_bytes(data[end + at : end + at + 4], "little") for at in (12, 16))
    is_plain = tail.count(_END) == 1 and _END_64 not in tail and end + _END_SIZE + comment == len(data)
    if not is_plain or start + size != end:
        raise _unreadable(file, "the end of the file is not that of one plain package")
    if len(parts) > MOST_PARTS:
        raise _unreadable(file, f"{len(parts):,} parts")
    names = [part.filename.replace("\\", "/").casefold() for part in parts]
    if len(set(names)) < len(names):
        raise _unreadable(file, "two parts of the same name")
    if any(name.endswith("workbook.bin") or name in ("mimetype", "content.xml") for name in names):
        message = "a workbook of another kind"
        raise case_data_error(Problem(file.name, 0, 0, message, expected="a workbook saved as .xlsx"))
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        message = f"unpacks to more than {MOST_UNPACKED // 1_000_000:,} MB"
        largest = max(parts, key=lambda part: part.file_size).filename
        raise case_data_error(Problem(file.name, 0, 0, message, _shown(largest), LIST))
    before = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < before:
            raise _unreadable(file, "parts that lie one over another")
        before = _start_of(file, part) + part.compress_size
    if before > start:
        raise _unreadable(file, "parts that lie one over another")


def _start_of(file: InputFile, part: ZipInfo) -> int:
    """Where the bytes of a part begin, which has a header of its own that must say the same as the directory."""
    at = part.header_offset
    header = file.data[at : at + _LOCAL_SIZE]
    if len(header) < _LOCAL_SIZE or header[:4] != ZIP:
        raise _unreadable(file, "a part that is not where the directory says")
    flags, method, crc, packed, unpacked, name, extra = (
        int.from_bytes(header[begin:stop], "little")
        for begin, stop in ((6, 8), (8, 10), (14, 18), (18, 22), (22, 26), (26, 28), (28, 30))
    )
    if (flags | part.flag_bits) & 1:
        raise _unreadable(file, "a part that is locked by a password")
    own = file.data[at + _LOCAL_SIZE : at + _LOCAL_SIZE + name]
    said = (method, crc, packed, unpacked), (part.compress_type, part.CRC, part.compress_size, part.file_size)
    later = flags & 8 and (crc, packed, unpacked) == (0, 0, 0)  # they stand behind the part
    large = 0xFFFFFFFF in (packed, unpacked)  # they stand in the extra field
    if own != part.orig_filename.encode("utf-8" if flags & 0x800 else "cp437", "replace") or method != said[1][0]:
        raise _unreadable(file, f"the directory says otherwise of {_shown(part.filename)} than the part itself")
    if said[0] != said[1] and not later and not large:
        raise _unreadable(file, f"the directory says otherwise of {_shown(part.filename)} than the part itself")
    return at + _LOCAL_SIZE + name + extra


def _unpacked(file: InputFile, part: ZipInfo) -> Iterator[bytes]:
    """A part in pieces: neither more nor less than the directory says."""
    start = _start_of(file, part)
    packed = memoryview(file.data)[start : start + part.compress_size]
    size, crc = 0, 0
    for piece in _pieces(file, part, packed):
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if size > part.file_size:
            break
        yield piece
    if size != part.file_size or crc != part.CRC:
        raise _unreadable(file, f"{_shown(part.filename)} is not as long as the directory says, or is damaged")


def _pieces(file: InputFile, part: ZipInfo, packed: memoryview) -> Iterator[bytes]:
    if part.compress_type == ZIP_STORED:
        yield from (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))
        return
    if part.compress_type != ZIP_DEFLATED:
        raise _unreadable(file, f"{_shown(part.filename)} is packed in a way that no spreadsheet packs")
    unpacking = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), PIECE):
            rest: bytes | memoryview = packed[at : at + PIECE]
            while len(rest) and not unpacking.eof:
                piece = unpacking.decompress(rest, PIECE)
                rest = unpacking.unconsumed_tail
                if piece:
                    yield piece
                elif not rest:
                    break
        while piece := unpacking.decompress(unpacking.unconsumed_tail, PIECE):
            yield piece
    except zlib.error as error:
        raise _unreadable(file, f"{_shown(part.filename)}: {error}") from None
    if not unpacking.eof or unpacking.unused_data:
        raise _unreadable(file, f"{_shown(part.filename)} is cut short, or goes on behind its end")


def _shown(name: str) -> str:
    return ascii(name)[1:-1][:100]


# What is in it


_EMPTY = re.compile(rb'<c(?: [rst]="[A-Za-z0-9]*")*(?: ?/>|></c>)')
_COLUMN = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)[0-9]""")
_ROW = re.compile(rb"""\br\s*=\s*["'][A-Za-z]+([0-9]+)""")
_ROW_ALONE = re.compile(rb"""r\s*=\s*["']([0-9]+)""")
_PLACED = re.compile(rb'<c(?: [st]="[A-Za-z0-9]*")* r="([A-Z]+[0-9]+)"')
_ODD = re.compile(rb'="(?<=\s=")')
"""Attributes as no spreadsheet writes them: what is looked for by its plain form is then looked for in every form."""

_LETTERS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_CELL_PREFIXED = re.compile(rb"<[^\s<>/]*:c[\s>/]")
_ROW_END = re.compile(rb"</(?:[^\s<>/]*:)?row[\s>]")
_SHARED = re.compile(rb't="s"[^<>]*><v>([0-9]+)</v>')
_SHARED_ANY = re.compile(rb"""\bt\s*=\s*["']s["']""")
_FORMULA_ALONE = re.compile(
    rb'<(?:\w+:)?c\b(?![^<>]*\bt="str")[^<>]*><(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>\s*|<(?:\w+:)?v></(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)
_TEXT = re.compile(rb"<(?:[^\s<>/]*:)?si[\s>/]")
_ANNOUNCED = re.compile(rb"""\buniqueCount\s*=\s*["']\+?([0-9]+)""")
_SHEET_ID = re.compile(rb"""<(?:[^\s<>/]*:)?sheet\s[^<>]*?\b(?:\w+:)?id\s*=\s*["']([^"'<>]*)["']""")
_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"'<>]*)["']""")
_BREAKS = (b"<c ", b"<c>", b"<c\t", b"<c\n", b"<c\r", b"<c/")


@dataclass
class _Reach:
    """How far the cells of a sheet reach that hold anything.

    A cell that does not say where it is stands behind the one before it, in the row that was said last or the next:
    `loose` counts such cells of the row at hand, `most_loose` is the most of one row, `ended` counts the rows.
    """

    rows: int = 0
    columns: int = 0
    own_rows: int = 0
    loose: int = 0
    most_loose: int = 0
    ended: int = 0

    def add(self, block: bytes, cells: int, is_plain: bool) -> None:
        placed = _PLACED.findall(block)
        if is_plain and block.count(b'r="') == len(placed) + block.count(b'<row r="'):
            places = b" ".join(placed)
            columns, rows = places.translate(None, _DIGITS).split(), places.translate(None, _LETTERS).split()
        else:
            columns, rows = _COLUMN.findall(block), _ROW.findall(block)
        self.columns = max([self.columns, *map(_number, set(columns))])
        self.rows = max([self.rows, *map(_counted, set(rows))])
        self.own_rows = max([self.own_rows, *map(_counted, _ROW_ALONE.findall(block))])
        if cells == len(placed) and not self.most_loose:
            return
        *whole, last = _ROW_END.split(block)
        for row in whole:
            self.most_loose = max(self.most_loose, self.loose + _cells_in(row))
            self.loose = 0
        self.loose += _cells_in(last)
        self.most_loose = max(self.most_loose, self.loose)
        self.ended += len(whole)

    @property
    def height(self) -> int:
        return max(self.rows, self.own_rows) + self.ended + 1 if self.most_loose else self.rows

    @property
    def width(self) -> int:
        return self.columns + self.most_loose

    @property
    def is_too_far(self) -> bool:
        return self.width > MOST_COLUMNS or self.height * self.width > MOST_CELLS


def _number(letters: bytes) -> int:
    """The number of a column: A is 1."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _is_plain(block: bytes) -> bool:
    """Whether every attribute in it is written name="value"."""
    return block.count(b"=") == block.count(b'="') and _ODD.search(block) is None


def _counted(digits: bytes) -> int:
    return int(digits) if len(digits) < 9 else 10**9


def _cells_in(block: bytes) -> int:
    """How many cells begin in it: at least so many as the reader will find."""
    count = sum(block.count(opening) for opening in _BREAKS)
    return count + (len(_CELL_PREFIXED.findall(block)) if b":c" in block else 0)


@dataclass
class _Looked:
    """What has been seen of the package so far; the part at hand is looked at in blocks that end where a tag does."""

    file: InputFile
    lengths: array[int] = field(default_factory=lambda: array("I"))  # of the shared texts, with their tags
    longest: int = 0
    cells: int = 0
    room: int = 0  # of the cells between the first and the last of all sheets
    text: int = 0
    part: ZipInfo = field(default_factory=ZipInfo)
    tail: bytes = b""
    reach: _Reach | None = None  # of a part that has been seen to be a sheet
    whole: bytes = b""  # of a part that is kept

    def begin(self, part: ZipInfo) -> None:
        self.part, self.tail, self.reach, self.whole = part, b"", None, b""
        if _is_strings(part) and part.file_size > MOST_STRINGS:
            message = f"more than {MOST_STRINGS // 1_000_000} MB of text"
            self._refuse(message, _shown(part.filename), LIST)

    def add(self, piece: bytes) -> None:
        text = self.tail + piece if self.tail else piece
        end = text.rfind(b"</c>", max(0, len(text) - MOST_CELL)) + 4
        cut = end if end > 3 else max(0, text.rfind(b"<"))
        if len(text) - cut > 2 * PIECE:
            if self._is_markup:
                self._refuse(f"text or a tag of over {PIECE:,} characters", expected=f"at most {MOST_CELL:,} in a cell")
            cut = len(text) - PIECE
        self._block(text[:cut])
        self.tail = text[cut:]

    def end(self) -> None:
        self._block(self.tail)
        if self.reach is not None:
            self.room += self.reach.height * self.reach.width
        name = self.part.filename.lower()
        if name.endswith("workbook.xml"):
            self._once_each(_SHEET_ID.findall(self.whole), "two sheets are one part")
        if name.endswith("workbook.xml.rels"):
            targets = [target.lower().replace(b"\\", b"/").lstrip(b"/") for target in _TARGET.findall(self.whole)]
            self._once_each([target.removeprefix(b"xl/") for target in targets], "two sheets are one part")

    def check_whole(self) -> None:
        if self.room > 2 * MOST_CELLS:
            message, expected = "the sheets together are too large", f"at most {2 * MOST_CELLS:,} cells"
            self._refuse(message, f"{self.room:,} cells", expected)

    @property
    def _is_markup(self) -> bool:
        return self.reach is not None or self.part.filename.lower().endswith((".xml", ".rels"))

    def _block(self, block: bytes) -> None:
        if self.part.filename.lower().endswith(("workbook.xml", "workbook.xml.rels")):
            self.whole += block
            if len(self.whole) > PIECE:
                self._refuse(f"{_shown(self.part.filename)} is longer than any", expected="a few sheets")
        if _is_strings(self.part):
            self._texts(block)
        if self.reach is None and b"sheetData" in block:
            self.reach = _Reach()
        if self.reach is not None:
            self._sheet(self.reach, block)

    def _texts(self, block: bytes) -> None:
        if any(int(number[:9]) > MOST_CELLS or len(number) > 9 for number in _ANNOUNCED.findall(block)):
            self._refuse(f"announces more than {MOST_CELLS:,} texts", _shown(self.part.filename), LIST)
        starts = [found.start() for found in _TEXT.finditer(block)]
        if not starts:
            self._longer(len(block))
            return
        self._longer(starts[0])
        stops = [*starts[1:], len(block)]
        self.lengths.extend(stop - start for start, stop in zip(starts, stops, strict=True))
        self.longest = max(self.longest, *self.lengths[-len(starts) :])
        if len(self.lengths) > MOST_CELLS:
            self._refuse(f"more than {MOST_CELLS:,} texts", _shown(self.part.filename), LIST)

    def _longer(self, by: int) -> None:
        """The last text goes on into another block."""
        if self.lengths:
            self.lengths[-1] += by
            self.longest = max(self.longest, self.lengths[-1])

    def _sheet(self, reach: _Reach, block: bytes) -> None:
        if b"\0" in block:
            self._refuse("a null byte in a sheet", _shown(self.part.filename), "a sheet in UTF-8")
        if b"/>" in block or b'"></c>' in block:
            block = _EMPTY.sub(b"", block)
        cells, is_plain = _cells_in(block), _is_plain(block)
        self.cells += cells
        if self.cells > MOST_CELLS:
            self._refuse(f"more than {MOST_CELLS:,} cells", _shown(self.part.filename), LIST)
        reach.add(block, cells, is_plain)
        if reach.is_too_far:
            raise case_data_error(too_large(self.file, _shown(self.part.filename), reach.height, reach.width))
        if b"<f" in block or b":f" in block:
            self._formulas(block)
        self._shared(block, is_plain)

    def _formulas(self, block: bytes) -> None:
        if _FORMULA_ALONE.search(block):
            where = f"{self.file.name}, {_shown(self.part.filename)}"
            message, expected = "formulas whose results were not saved", "the workbook opened in Excel and saved"
            raise case_data_error(Problem(where, 0, 0, message, expected=expected))

    def _shared(self, block: bytes, is_plain: bool) -> None:
        """How much text the cells would hold: each that names a shared text has a copy of it."""
        if self.longest < 64:
            return
        lengths = self.lengths
        named = _SHARED.findall(block)
        numbers = [int(number) for number in named if len(number) < 10]
        self.text += sum(lengths[number] for number in numbers if number < len(lengths))
        count = block.count(b't="s"') if is_plain else len(_SHARED_ANY.findall(block))
        self.text += self.longest * max(0, count - len(named))
        if self.text > MOST_TEXT:
            message, expected = "the same texts over and over", f"at most {MOST_TEXT // 1_000_000} MB in all cells"
            self._refuse(message, _shown(self.part.filename), expected)

    def _once_each(self, names: list[bytes], message: str) -> None:
        if len(set(names)) < len(names):
            self._refuse(message, _shown(self.part.filename), "a part for each")

    def _refuse(self, message: str, found: str = "", expected: str = "") -> NoReturn:
        raise case_data_error(Problem(self.file.name, 0, 0, message, found, expected))
