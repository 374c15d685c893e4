"""An .xls file looked through before the reader of workbooks opens it.

It is a small file system ("compound file") with one stream of records. The reader follows its chains without asking
whether they end, and makes room for every cell between the first and the last; so both are looked at here first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from qaengine.cases.files import InputFile
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.table import MOST_CELLS
from qaengine.model.problem import InputError, Problem

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER, _ENTRY, _SMALL, _MINI = 512, 128, 4096, 64
_RESERVED, _CONTINUES, _CHAIN_ENDS = 0xFFFFFFFA, 0xFFFFFFFC, 0xFFFFFFFE
_MOST_MINI = 1_000
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_MOST_TEXT = 100_000_000

_BEGIN, _END, _SHEET, _LOCK, _CONTINUE = 0x0809, 0x000A, 0x0085, 0x002F, 0x003C
_TEXTS, _TEXT, _SPAN, _SIZE = 0x00FC, 0x00FD, 0x00BD, 0x0200
_CELLS = frozenset({0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x0006, _TEXT, _SPAN})


def check_compound(file: InputFile) -> None:
    """Raises InputError where the file is cut short, locked, holds no workbook, or one larger than any list."""
    try:
        files = _Compound(file)
        names = [name for name, _, _ in files.entries]
        if "encryptedpackage" in names:
            raise locked(file)
        streams = [files.stream(start, size) for name, start, size in files.entries if name in ("workbook", "book")]
        if not streams:
            raise _unreadable(file, "there is no workbook in it")
        for stream in streams:
            _Records(file, stream).check()
    except (struct.error, IndexError):
        raise _unreadable(file, "it is cut short or damaged") from None


def locked(file: InputFile) -> InputError:
    """The error of a workbook that nobody can read without its password."""
    message = "the workbook is locked by a password"
    return case_data_error(Problem(file.name, 0, 0, message, expected="a workbook saved without one"))


def _unreadable(file: InputFile, why: str) -> InputError:
    message = f"not readable as a workbook: {why}"
    return case_data_error(Problem(file.name, 0, 0, message, expected="an .xls file, whole and unlocked"))


class _Compound:
    """The streams of a compound file: `entries` has the name of each in small letters, its beginning and its size."""

    def __init__(self, file: InputFile) -> None:
        self._file, self._data = file, file.data
        if len(self._data) < _HEADER:
            self._damaged()
        shift, mini = struct.unpack_from("<HH", self._data, 30)
        if shift not in (9, 12) or mini != 6:
            self._damaged()
        self._sector = 1 << shift
        self._most = len(self._data) // self._sector + 1
        fats, start = struct.unpack_from("<II", self._data, 44)
        mini_start, minis = struct.unpack_from("<II", self._data, 60)
        if fats > self._most or minis > min(self._most, _MOST_MINI):
            self._damaged()
        self._next = self._table()
        directory = self._chain(start)
        parts = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
        self.entries = [self._entry(part) for part in parts]
        if not self.entries:
            self._damaged()
        _, root, size = self.entries[0]
        self._minis = self._chain(root, size) if minis else b""
        packed = self._chain(mini_start, minis * self._sector) if minis else b""
        self._next_mini = struct.unpack(f"<{len(packed) // 4}I", packed[: len(packed) // 4 * 4])

    def stream(self, start: int, size: int) -> bytes:
        """The bytes of one stream."""
        if size >= _SMALL:
            return self._chain(start, size)
        pieces, seen = [], 0
        while start != _CHAIN_ENDS and seen * _MINI < size:
            pieces.append(self._minis[start * _MINI : (start + 1) * _MINI])
            start, seen = self._next_mini[start], seen + 1
        return b"".join(pieces)[:size]

    def _table(self) -> list[int]:
        """The sector that follows each sector."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        (at,) = struct.unpack_from("<I", self._data, 68)
        while at < _RESERVED:
            listed.extend(self._numbers(at))
            at = listed.pop()
            if len(listed) > 2 * self._most + 109:
                self._damaged()
        tables = [at for at in listed if at < _CONTINUES]
        if len(tables) > self._most:
            self._damaged()
        return [number for at in tables for number in self._numbers(at)]

    def _numbers(self, at: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._sector // 4}I", self._at(at).ljust(self._sector, b"\0"))

    def _at(self, at: int) -> bytes:
        if at > self._most:
            self._damaged()
        return self._data[(at + 1) * self._sector : (at + 2) * self._sector]

    def _chain(self, at: int, size: int | None = None) -> bytes:
        """The bytes of a chain of sectors, to its end or so many: each sector stands in it once."""
        if size is not None and size > len(self._data):
            self._damaged()
        pieces: list[bytes] = []
        seen = bytearray(self._most + 1)
        while at != _CHAIN_ENDS and (size is None or len(pieces) * self._sector < size):
            pieces.append(self._at(at))
            if seen[at]:
                self._damaged()
            seen[at] = 1
            at = self._next[at]
        return b"".join(pieces)[:size]

    def _entry(self, entry: bytes) -> tuple[str, int, int]:
        if entry[:2] in (b"\xfe\xff", b"\xff\xfe") or entry[:3] == b"\xef\xbb\xbf":
            self._damaged()
        name = entry[:64].decode("utf-16-le", "replace").partition("\0")[0].lower()
        start, size = struct.unpack_from("<IQ", entry, 116)
        return name, start, size & 0xFFFFFFFF if self._sector == _HEADER else size

    def _damaged(self) -> NoReturn:
        raise _unreadable(self._file, "it is cut short or damaged")


@dataclass
class _Records:
    """The records of a workbook: where its sheets begin, how long its texts are, and how far its cells reach."""

    file: InputFile
    data: bytes
    lengths: list[int] = field(default_factory=list)
    seen: int = 0
    room: int = 0
    text: int = 0

    def check(self) -> None:
        sheets: list[int] = []
        for kind, start, stop in self._from(0):
            if kind == _LOCK:
                raise locked(self.file)
            if kind == _SHEET:
                sheets.append(struct.unpack_from("<I", self.data, start)[0])
            elif kind == _TEXTS:
                self.lengths = list(self._lengths(start, stop))
            elif kind == _END:
                break
        if any(at >= len(self.data) for at in sheets):
            raise _unreadable(self.file, "a sheet that is not where the workbook says")
        if len(set(sheets)) < len(sheets):
            raise _unreadable(self.file, "two sheets are one part")
        for at in sheets:
            self._sheet(at)

    def _from(self, at: int) -> Iterator[tuple[int, int, int]]:
        """The records from a place: what kind each is, where it begins, and where it ends."""
        data, end = self.data, len(self.data)
        while at + 4 <= end:
            kind, size = struct.unpack_from("<HH", data, at)
            at += 4 + size
            if at > end:
                raise _unreadable(self.file, "it is cut short or damaged")
            self.seen += 1
            if self.seen > 2 * MOST_CELLS:
                self._refuse("more records than any list of children")
            yield kind, at - size, at

    def _sheet(self, at: int) -> None:
        rows = columns = depth = 0
        begun = False
        for kind, start, stop in self._from(at):
            if kind == _BEGIN:
                depth += begun
                begun = True
            elif kind == _END:
                if not depth:
                    break
                depth -= 1
            elif depth:
                continue
            elif kind in _CELLS:
                row, column = struct.unpack_from("<HH", self.data, start)
                if kind == _SPAN:
                    (column,) = struct.unpack_from("<H", self.data, stop - 2)
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                if kind == _TEXT:
                    (number,) = struct.unpack_from("<I", self.data, start + 6)
                    self.text += self.lengths[number] if number < len(self.lengths) else 0
            elif kind == _SIZE:
                self._check_size(start, stop)
        self.room += rows * columns
        if columns > _MOST_COLUMNS or self.room > MOST_CELLS:
            found, expected = f"{rows:,} rows and {columns:,} columns", f"at most {MOST_CELLS:,} cells in all sheets"
            message = "the sheet is too large"
            raise case_data_error(Problem(self.file.name, 0, 0, message, found, f"{expected}: delete the empty ones"))
        if self.text > _MOST_TEXT:
            self._refuse("the same texts over and over")

    def _check_size(self, start: int, stop: int) -> None:
        """What the sheet says of its own size is believed by the reader."""
        layout = {10: "<HHHH", 14: "<IIHH"}.get(stop - start)
        if layout is None:
            raise _unreadable(self.file, "it is cut short or damaged")
        first, last, left, right = struct.unpack_from(layout, self.data, start)
        if last > _MOST_ROWS or right > _MOST_COLUMNS or first > max(0, last - 1) or left > _MOST_COLUMNS:
            self._refuse("a sheet that says it is larger than any sheet")

    def _lengths(self, start: int, stop: int) -> Iterator[int]:
        """How long each of the shared texts is; they go on over the records that follow."""
        pieces = [self.data[start:stop]]
        for kind, begin, end in self._from(stop):
            if kind != _CONTINUE:
                break
            pieces.append(self.data[begin:end])
        nth, at = 0, 8
        while nth < len(pieces):
            if at >= len(pieces[nth]):
                nth, at = nth + 1, 0
                continue
            count, flags = struct.unpack_from("<HB", pieces[nth], at)
            at, skipped = at + 3, 0
            if flags & 8:
                skipped, at = 4 * struct.unpack_from("<H", pieces[nth], at)[0], at + 2
            if flags & 4:
                skipped, at = skipped + struct.unpack_from("<I", pieces[nth], at)[0], at + 4
            yield count
            nth, at = _behind(pieces, nth, at, count, flags & 1)
            while skipped and nth < len(pieces):
                step = min(skipped, len(pieces[nth]) - at)
                skipped, at = skipped - step, at + step
                if skipped:
                    nth, at = nth + 1, 0

    def _refuse(self, message: str) -> NoReturn:
        raise case_data_error(Problem(self.file.name, 0, 0, message, expected="a list of children"))


def _behind(pieces: list[bytes], nth: int, at: int, count: int, wide: int) -> tuple[int, int]:
    """The place behind so many characters, of one byte or of two; each further piece says again which."""
    while nth < len(pieces):
        step = min(count, (len(pieces[nth]) - at) // (1 + wide))
        count, at = count - step, at + step * (1 + wide)
        if not count:
            break
        nth, at = nth + 1, 1
        wide = pieces[nth][0] & 1 if nth < len(pieces) else 0
    return nth, at
