"""What befalls CSV files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from random import Random

from tests.mutations import of_bytes, of_tables
from tests.mutations.model import Fixture, Mutant, Touch, text_of


def _a_file(fixture: Fixture, random: Random) -> tuple[str, str]:
    """A table and the name of its file."""
    table = of_tables.any_table(fixture, random)
    return table.name, fixture.about(table.name)


def _with_bytes(fixture: Fixture, kind: str, says: str, files: Mapping[str, bytes], exact: bool) -> Mutant:
    return Mutant(kind, says, {**fixture.files, **files}, exact=exact, heights=fixture.heights)


def marked(fixture: Fixture, random: Random) -> Mutant:
    says, change = random.choice(list(of_bytes.MARKED.items()))
    table, name = _a_file(fixture, random)
    every = random.random() < 0.3
    names = [fixture.about(one) for one in fixture.names] if every else [name]
    files = {one: change(fixture.files[one]) for one in names}
    return _with_bytes(fixture, "byte order mark", f"{'all' if every else table}: {says}", files, exact=True)


def in_windows_1252(fixture: Fixture, random: Random) -> Mutant:
    named = [name for name, data in fixture.files.items() if name.endswith(".csv") and not data.isascii()]
    if random.random() < 0.2:
        table, name = _a_file(fixture, random)
        data = fixture.files[name].replace(b"\n", b"\x81\n", 2)
        touches = (Touch(table),)
        made = _with_bytes(fixture, "Windows-1252", f"{table}: neither encoding", {name: data}, exact=False)
        return replace(made, touches=touches)
    name = random.choice(named)
    files = {name: of_bytes.in_windows_1252(fixture.files[name])}
    return _with_bytes(fixture, "Windows-1252", f"{name} in Windows-1252", files, exact=True)


def line_ends(fixture: Fixture, random: Random) -> Mutant:
    says, change = random.choice(list(of_bytes.ENDED.items()))
    table, name = _a_file(fixture, random)
    made = _with_bytes(fixture, "CRLF", f"{table}: {says}", {name: change(fixture.files[name])}, exact=says != "CRCRLF")
    return replace(made, touches=(Touch(table),))


def blank_below(fixture: Fixture, random: Random) -> Mutant:
    if random.random() < 0.7:
        return of_tables.blank_below(fixture, random)
    table, name = _a_file(fixture, random)
    data = fixture.files[name] + random.choice((b"  \n\n", b"\t\n", b"\xc2\xa0\n", b"\r\n\r\n", b"\x1a", b'""\n'))
    made = _with_bytes(fixture, "trailing blank rows", f"{table}: ends with spaces", {name: data}, exact=False)
    return replace(made, touches=(Touch(table),))


def extra(fixture: Fixture, random: Random) -> Mutant:
    if random.random() < 0.7:
        return of_tables.extra(fixture, random)
    table, name = _a_file(fixture, random)
    lines = fixture.files[name].split(b"\n")
    at = random.randrange(len(lines) - 1)
    cells = lines[at].split(b",")
    place = random.randrange(len(cells))
    more = random.random() < 0.5
    lines[at] = b",".join([*cells[:place], b"x", *cells[place:]] if more else [*cells[:place], *cells[place + 1 :]])
    made = _with_bytes(fixture, "extra", f"{table}: line {at + 1} of another length", {name: b"\n".join(lines)}, False)
    return replace(made, touches=(Touch(table),))


def empty(fixture: Fixture, random: Random) -> Mutant:
    if random.random() < 0.4:
        return of_tables.headed_only(fixture, random)
    table, name = _a_file(fixture, random)
    says, data = random.choice(list(of_bytes.EMPTY.items()))
    return _replaced(fixture, "empty", f"{table}: {says}", {table: data}, name)


def _replaced(fixture: Fixture, kind: str, says: str, files: Mapping[str, bytes], name: str) -> Mutant:
    """A file with nothing of it left."""
    (table,) = files
    heights = {other: height for other, height in fixture.heights.items() if other != table}
    gone = frozenset((table, row) for row in range(len(fixture.table(table).rows)))
    return Mutant(kind, says, {**fixture.files, name: files[table]}, gone=gone, heights=heights)


def truncated(fixture: Fixture, random: Random) -> Mutant:
    """A file cut anywhere. What is left of its last cell may be another value, so that the cut has to be said."""
    table, name = _a_file(fixture, random)
    data = fixture.files[name]
    at = random.randrange(len(data))
    cut = data[:at]
    lines = data.split(b"\n")
    ends = [sum(len(line) + 1 for line in lines[: row + 2]) - 1 for row in range(len(lines) - 2)]
    gone = [row for row, end in enumerate(ends) if end > at]
    heights = dict(fixture.heights)
    if at < len(lines[0]):
        del heights[table]
    else:
        text = cut.decode(errors="replace")
        heights[table] = sum(any(row) for row in csv.reader(StringIO(text, newline=""))) - 1
    last = cut.rpartition(b"\n")[2].decode(errors="replace")
    whole = fixture.table(table)
    word = last.rpartition(",")[2].strip()
    row = gone[0] if gone else len(whole.rows) - 1
    moved = {word: text_of(whole.rows[row][-1])} if whole.child == len(whole.headings) - 1 and word else {}
    return Mutant(
        "truncated",
        f"{table}: cut after {at} of {len(data)} bytes: ...{cut[-30:]!r}",
        {**fixture.files, name: cut},
        touches=(Touch(table, row),),
        gone=frozenset((table, one) for one in gone),
        heights=heights,
        moved=moved,
        words=frozenset({word}) - {""},
        unended=name if last.strip(", ") else "",
    )


def wrong_file(fixture: Fixture, random: Random) -> Mutant:
    table, name = _a_file(fixture, random)
    if random.random() < 0.3 and len(fixture.tables) > 1:
        other = random.choice([one for one in fixture.names if one != table])
        says, data = f"the file of {other}", fixture.files[fixture.about(other)]
    elif random.random() < 0.3:
        says, data = "a list of something else", b"Ref,Item,Price\nA1,Chair,12.50\nA2,Table,99\n"
    else:
        says, data = of_bytes.another_file(random)
    return _replaced(fixture, "wrong file", f"{table}: {says}", {table: data}, name)


def titled_in_list(fixture: Fixture, random: Random) -> Mutant:
    return of_tables.titled(fixture, random, exact=True)


KINDS = {
    "renamed": of_tables.renamed,
    "reordered": of_tables.reordered,
    "duplicated": of_tables.duplicated,
    "missing": of_tables.missing,
    "extra": extra,
    "wrong type": of_tables.wrong_type,
    "byte order mark": marked,
    "Windows-1252": in_windows_1252,
    "CRLF": line_ends,
    "trailing blank rows": blank_below,
    "title rows": of_tables.titled,
    "empty": empty,
    "truncated": truncated,
    "wrong file": wrong_file,
}
IN_A_LIST = {**KINDS, "title rows": titled_in_list}
