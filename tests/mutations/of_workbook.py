"""What befalls workbooks. What encodings and line ends are to a file of text, they are here to headings and cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from tests.mutations import of_bytes, of_tables
from tests.mutations.model import Fixture, Mutant, Table, Touch

SHEET_NAMES = ("Sheet1", "List_1", "export", "Annex A – list", "8", "Tracker (2)")


def _file(fixture: Fixture) -> str:
    return next(name for name in fixture.files if name.endswith(".xlsx"))


def _replaced(fixture: Fixture, kind: str, says: str, data: bytes) -> Mutant:
    """A file with nothing of it left."""
    gone = frozenset((table.name, row) for table in fixture.tables for row in range(len(table.rows)))
    return Mutant(kind, says, {**fixture.files, _file(fixture): data}, gone=gone)


def renamed(fixture: Fixture, random: Random) -> Mutant:
    if random.random() > 0.15:
        return of_tables.renamed(fixture, random)
    table = of_tables.any_table(fixture, random)
    other = random.choice(SHEET_NAMES)
    tables = of_tables.with_one(fixture, table)
    tables[tables.index(table)] = replace(table, name=other)
    is_list = len(fixture.tables) == 1
    made = of_tables.made(fixture, "renamed", f"the sheet {table.name} is now {other}", tables, exact=not is_list)
    return replace(made, heights={name: height for name, height in made.heights.items() if name in fixture.names})


def missing(fixture: Fixture, random: Random) -> Mutant:
    if random.random() > 0.15 or len(fixture.tables) == 1:
        return of_tables.missing(fixture, random)
    table = of_tables.any_table(fixture, random)
    tables = of_tables.with_one(fixture, replace(table, hidden=True))
    gone = frozenset((table.name, row) for row in range(len(table.rows)))
    made = of_tables.made(fixture, "missing", f"the sheet {table.name} is hidden", tables, gone=gone)
    return replace(made, heights={**made.heights, table.name: 0}, hidden=table.name)


def _headings(fixture: Fixture, kind: str, table: Table, headings: Sequence[str], exact: bool = True) -> Mutant:
    other = replace(table, headings=tuple(headings))
    changed = [old for old, new in zip(table.headings, headings, strict=True) if old != new]
    touches = tuple(Touch(table.name, None, heading) for heading in changed)
    says = f"{table.name}: {[new for new in headings if new not in table.headings]}"
    return of_tables.made(fixture, kind, says, of_tables.with_one(fixture, other), touches=touches, exact=exact)


def marked(fixture: Fixture, random: Random) -> Mutant:
    """A mark in the first heading, as it comes of a CSV file that was pasted."""
    table = of_tables.any_table(fixture, random)
    mark = random.choice(("\ufeff", "\u200b", "\ufeff\ufeff"))
    headings = [mark + table.headings[0], *table.headings[1:]]
    if random.random() < 0.5:
        headings = [mark + heading for heading in table.headings]
    return _headings(fixture, "byte order mark", table, headings)


def in_windows_1252(fixture: Fixture, random: Random) -> Mutant:
    """The signs of Windows-1252 in headings: curly, long and hard; or what they become where they are misread."""
    table = of_tables.any_table(fixture, random)
    signs = {"'": "\u2019", "-": "\u2013", " ": "\u00a0"}
    headings = ["".join(signs.get(sign, sign) for sign in heading) for heading in table.headings]
    if random.random() < 0.3:
        misread = [heading.encode().decode("cp1252", "replace") for heading in headings]
        return _headings(fixture, "Windows-1252", table, misread, exact=False)
    return _headings(fixture, "Windows-1252", table, headings)


def line_ends(fixture: Fixture, random: Random) -> Mutant:
    """Headings, or cells of text, with line ends in them."""
    table = of_tables.any_table(fixture, random)
    end = random.choice(("\n", "\r\n", " \n "))
    if random.random() < 0.5:
        return _headings(fixture, "CRLF", table, [heading.replace(" ", end, 1) for heading in table.headings])
    rows = tuple(tuple(f"{cell}{end}" if isinstance(cell, str) else cell for cell in row) for row in table.rows)
    tables = of_tables.with_one(fixture, replace(table, rows=rows))
    return of_tables.made(fixture, "CRLF", f"{table.name}: cells end in {end!r}", tables, exact=True)


def blank_below(fixture: Fixture, random: Random) -> Mutant:
    table = of_tables.any_table(fixture, random)
    blanks = tuple(random.choice(("", " ", "\u00a0", "\n")) for _ in range(random.randint(1, 30)))
    tables = of_tables.with_one(fixture, replace(table, blanks=blanks))
    says = f"{table.name}: {len(blanks)} blank rows"
    return of_tables.made(fixture, "trailing blank rows", says, tables, exact=True)


def titled(fixture: Fixture, random: Random) -> Mutant:
    return of_tables.titled(fixture, random, exact=True)


def empty(fixture: Fixture, random: Random) -> Mutant:
    how = random.choice(("headings alone", "sheet", "file"))
    if how == "headings alone":
        return of_tables.headed_only(fixture, random)
    if how == "file":
        says, data = random.choice(list(of_bytes.EMPTY.items()))
        return _replaced(fixture, "empty", says, data)
    table = of_tables.any_table(fixture, random)
    gone = frozenset((table.name, row) for row in range(len(table.rows)))
    tables = of_tables.with_one(fixture, replace(table, headings=(), rows=()))
    return of_tables.made(fixture, "empty", f"{table.name}: an empty sheet", tables, gone=gone)


def truncated(fixture: Fixture, random: Random) -> Mutant:
    data = fixture.files[_file(fixture)]
    at = random.randrange(len(data))
    return _replaced(fixture, "truncated", f"cut after {at} of {len(data)} bytes", data[:at])


def wrong_file(fixture: Fixture, random: Random) -> Mutant:
    if random.random() < 0.2:
        assert fixture.write is not None
        stock = Table("Tracker", ("Ref", "Item", "Price"), (("A1", "Chair", 12.5), ("A2", "Table", 99)))
        return _replaced(fixture, "wrong file", "a list of something else", fixture.write([stock])[_file(fixture)])
    says, data = of_bytes.another_file(random)
    return _replaced(fixture, "wrong file", says, data)


KINDS = {
    "renamed": renamed,
    "reordered": of_tables.reordered,
    "duplicated": of_tables.duplicated,
    "missing": missing,
    "extra": of_tables.extra,
    "wrong type": of_tables.wrong_type,
    "byte order mark": marked,
    "Windows-1252": in_windows_1252,
    "CRLF": line_ends,
    "trailing blank rows": blank_below,
    "title rows": titled,
    "empty": empty,
    "truncated": truncated,
    "wrong file": wrong_file,
}
