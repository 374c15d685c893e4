"""What befalls files whatever is in them: marks, encodings, line ends, cuts, and other files in their place."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from random import Random

from tests.mutations.model import Fixture, Mutant

BOM = b"\xef\xbb\xbf"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
PAGE = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><p>Your session has ended</p></body></html>\n"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LETTER = b"Dear colleague,\n\nPlease find attached the return, as agreed.\n\nWith thanks\n"
SETTINGS = b"[server]\nname = north\nport = 5432\n"
BATCH = b'{"name": "package", "version": "1.0.0", "children": 3}\n'
NOTE = b"<?xml version='1.0'?>\n<note><to>You</to><body>Nothing here</body></note>\n"
NUMBERS = b"1,2,3\n4,5,6\n7,8,9\n"


def another_file(random: Random) -> tuple[str, bytes]:
    """A file that is no return at all, and what it is."""
    found: dict[str, bytes] = {
        "a picture": PICTURE,
        "a PDF": PDF,
        "a web page": PAGE,
        "an old Word file": OLD_WORD,
        "a letter": LETTER,
        "settings": SETTINGS,
        "other JSON": BATCH,
        "other XML": NOTE,
        "numbers": NUMBERS,
        "gzip": gzip.compress(LETTER, mtime=0),
        "noise": random.randbytes(random.randint(1, 3000)),
        "zeros": b"\0" * random.randint(1, 2000),
        "a zip of nothing": b"PK\x05\x06" + b"\0" * 18,
    }
    says = random.choice(list(found))
    return says, found[says]


EMPTY: Mapping[str, bytes] = {
    "no bytes": b"",
    "a line end": b"\n",
    "spaces": b"   \r\n  \n",
    "a mark alone": BOM,
    "commas": b",,,,\n,,,,\n",
}

MARKED: Mapping[str, Callable[[bytes], bytes]] = {
    "UTF-8 with a mark": lambda data: BOM + data,
    "UTF-16, little end first": lambda data: data.decode().encode("utf-16"),
    "UTF-16, big end first": lambda data: b"\xfe\xff" + data.decode().encode("utf-16-be"),
}

ENDED: Mapping[str, Callable[[bytes], bytes]] = {
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "mixed": lambda data: data.replace(b"\n", b"\r\n", data.count(b"\n") // 2),
    "CRCRLF": lambda data: data.replace(b"\n", b"\r\r\n"),
}


def in_windows_1252(data: bytes) -> bytes:
    return data.decode().encode("cp1252", "replace")


def data_of(fixture: Fixture) -> bytes:
    """The bytes of a return that is one file."""
    (data,) = fixture.files.values()
    return data


def with_bytes(fixture: Fixture, kind: str, says: str, data: bytes, exact: bool) -> Mutant:
    """A return that is one file, in other bytes; `exact` where they say the same."""
    (name,) = fixture.files
    return Mutant(kind, says, {name: data}, exact=exact, heights=fixture.heights)


def without(fixture: Fixture, kind: str, says: str, data: bytes) -> Mutant:
    """A return that is one file, of which nothing is left."""
    (name,) = fixture.files
    gone = frozenset((table.name, row) for table in fixture.tables for row in range(len(table.rows)))
    return Mutant(kind, says, {name: data}, gone=gone)


def truncated(fixture: Fixture, random: Random) -> Mutant:
    data = data_of(fixture)
    at = random.randrange(len(data))
    return without(fixture, "truncated", f"cut after {at} of {len(data)} bytes", data[:at])


def wrong_file(fixture: Fixture, random: Random) -> Mutant:
    says, data = another_file(random)
    return without(fixture, "wrong file", says, data)
