"""Workbooks made by hand, part by part, with whatever a spreadsheet would never write in them."""

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
TO_BOOK = (
    f'{RELATIONS}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)


def to_sheets(targets: Iterable[str]) -> str:
    type_ = f"{OFFICE}/worksheet"
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{type_}" Target="{target}"/>' for n, target in enumerate(targets, 1)
    )
    return f"{RELATIONS}{lines}</Relationships>"


def book_of(names: Iterable[str]) -> str:
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    return (
        '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    )


BEFORE = (
    '<?xml version="1.0" encoding="UTF-8"?><worksheet '
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
AFTER = "</sheetData></worksheet>"


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADINGS = f'<row r="1">{text_cell("A1", "Child ID")}{text_cell("B1", "Allocated Team")}</row>'
ONE_CHILD = f'<row r="2">{text_cell("A2", "C1")}{text_cell("B2", "North")}</row>'


@dataclass(frozen=True)
class Packed:
    """A part as it lies in the file, and what the file says of it, which need not be so."""

    data: bytes
    method: int
    crc: int
    size: int

    @classmethod
    def of(cls, pieces: Iterable[bytes | str]) -> "Packed":
        packing, crc, size, out = zlib.compressobj(6, zlib.DEFLATED, -15), 0, 0, []
        for piece in pieces:
            raw = piece.encode() if isinstance(piece, str) else piece
            crc, size = zlib.crc32(raw, crc), size + len(raw)
            out.append(packing.compress(raw))
        out.append(packing.flush())
        return cls(b"".join(out), 8, crc, size)

    @classmethod
    def zeros(cls, gigabytes: float, said: int | None = None) -> "Packed":
        """Nothing but null bytes, of which a thousand times as many come out as went in."""
        packing = zlib.compressobj(9, zlib.DEFLATED, -15)
        block = packing.compress(bytes(1 << 20)) + packing.flush(zlib.Z_FULL_FLUSH)
        times = int(gigabytes * 1000)
        size = min(times << 20, 0xFFFFFFFE) if said is None else said
        return cls(block * times + b"\x03\x00", 8, zlib.crc32(bytes(min(size, 1 << 20))), size)


def pack(path: Path, parts: Mapping[str, "str | bytes | Packed"], lies: bytes = b"") -> Path:
    """A zip file of these parts; `lies` stands behind its end."""
    place, directory = 0, []
    with path.open("wb") as file:
        for name, part in parts.items():
            packed = part if isinstance(part, Packed) else Packed.of([part])
            local, central = entry(name, packed, place)
            file.write(local + packed.data)
            directory.append(central)
            place += len(local) + len(packed.data)
        whole = b"".join(directory)
        file.write(whole + ending(len(directory), len(whole), place) + lies)
    return path


def entry(name: str, packed: Packed, place: int) -> tuple[bytes, bytes]:
    """What the file says of a part, before it and in the directory."""
    raw = name.encode()
    about = struct.pack("<HHHHIIIHH", 0, packed.method, 0, 33, packed.crc, len(packed.data), packed.size, len(raw), 0)
    local = b"PK\x03\x04" + struct.pack("<H", 20) + about + raw
    central = b"PK\x01\x02" + struct.pack("<HH", 20, 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, place) + raw
    return local, central


def ending(count: int, size: int, place: int) -> bytes:
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, size, place, 0)


def parts_of(
    *sheets: "str | bytes | Packed", strings: "str | Packed | None" = None, **others: "str | bytes | Packed"
) -> dict[str, "str | bytes | Packed"]:
    """The parts of a workbook whose sheets are these."""
    names = [f"Sheet{n}" for n in range(1, len(sheets) + 1)]
    targets = [f"worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
    made: dict[str, str | bytes | Packed] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": TO_BOOK,
        "xl/workbook.xml": book_of(names),
        "xl/_rels/workbook.xml.rels": to_sheets(targets),
        **{f"xl/{target}": sheet for target, sheet in zip(targets, sheets, strict=True)},
    }
    if strings is not None:
        made["xl/sharedStrings.xml"] = strings
    return {**made, **others}


def book(path: Path, *rows: str, strings: "str | Packed | None" = None) -> Path:
    """A workbook of one sheet with these rows."""
    return pack(path, parts_of(Packed.of([BEFORE, *rows, AFTER]), strings=strings))


# The older kind


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def old_book(path: Path, *cells: bytes, strings: Iterable[str] = (), sheets: int = 1, extra: bytes = b"") -> Path:
    """An .xls file of some sheets with the same records of cells; `extra` stands before their end."""
    texts = b"".join(struct.pack("<HB", len(text), 0) + text.encode("latin-1") for text in strings)
    shared = record(0x00FC, struct.pack("<II", 1, 1) + texts) if texts else b""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    begin_sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    sheet = begin_sheet + b"".join(cells) + extra + record(0x000A)
    listed = 4 + 8 + 4  # a sheet's record in the list, whose name has four letters
    at = len(begin) + sheets * (listed + 0) + len(shared) + 4
    names = b"".join(
        record(0x0085, struct.pack("<IBBBB", at + n * len(sheet), 0, 0, 4, 0) + f"S{n:03}".encode())
        for n in range(sheets)
    )
    return compound(path, {"Workbook": begin + names + shared + record(0x000A) + sheet * sheets})


def old_text(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))


def old_number(row: int, column: int, number: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, number))


def old_shared(row: int, column: int, text: int) -> bytes:
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, text))


def compound(path: Path, streams: Mapping[str, bytes]) -> Path:
    """A compound file of these streams, each of which is made long enough to have sectors of its own."""
    sector, ends, free, table = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    whole = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    counts = {name: -(-len(data) // sector) for name, data in whole.items()}
    tables = 1
    while tables * 128 < tables + 1 + sum(counts.values()):
        tables += 1
    follows = [table] * tables + [ends]
    entries = [_directory("Root Entry", 5, ends, 0, 1)]
    for nth, (name, count) in enumerate(counts.items(), 1):
        start = len(follows)
        follows += [*range(start + 1, start + count), ends]
        entries.append(_directory(name, 2, start, len(whole[name]), free if nth == len(counts) else nth + 1))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6sIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, tables, tables, 0, 4096, ends, 0, ends, 0)
    header += struct.pack("<109I", *range(tables), *[free] * (109 - tables))
    body = struct.pack(f"<{len(follows)}I", *follows).ljust(tables * sector, b"\xff")
    body += b"".join(entries).ljust(sector, b"\0")
    with path.open("wb") as file:
        file.write(header + body)
        for name, data in whole.items():
            file.write(data.ljust(counts[name] * sector, b"\0"))
    return path


def _directory(name: str, kind: int, start: int, size: int, other: int) -> bytes:
    raw = name.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, other)
    return entry + bytes(36) + struct.pack("<IQ", start, size)
