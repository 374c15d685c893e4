"""What befalls Parquet files. They have no title rows; encodings and line ends are those of their text."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from random import Random

import polars as pl

from tests.mutations import of_bytes, of_tables
from tests.mutations.cells import typo
from tests.mutations.forms import frame_of
from tests.mutations.model import Fixture, Mutant, Table, Touch


def renamed(fixture: Fixture, random: Random) -> Mutant:
    return of_tables.renamed(fixture, random, twice=False)


def duplicated(fixture: Fixture, random: Random) -> Mutant:
    return of_tables.duplicated(fixture, random, columns=False)


def extra(fixture: Fixture, random: Random) -> Mutant:
    table = of_tables.any_table(fixture, random)
    if random.random() < 0.5:
        return of_tables.extra(fixture, random, near=False)
    heading = table.headings[of_tables.any_column(fixture, table, random)]
    other = typo(heading, random)
    if other in table.headings:
        other = f"{heading}x"
    cells = [random.choice((None, "see file", "2018-04-09")) for _ in table.rows]
    tables = of_tables.with_one(fixture, table.with_column(random.randint(0, len(table.headings)), other, cells))
    return of_tables.made(fixture, "extra", f"{table.name}: {other!r} beside {heading!r}", tables)


def _with_frame(fixture: Fixture, kind: str, says: str, table: Table, frame: pl.DataFrame, exact: bool) -> Mutant:
    out = BytesIO()
    frame.write_parquet(out)
    files = {**fixture.files, fixture.about(table.name): out.getvalue()}
    return Mutant(kind, says, files, exact=exact, heights=fixture.heights)


def wrong_type(fixture: Fixture, random: Random) -> Mutant:
    """Values that cannot be read, or all of a column in another type that holds them as well."""
    if random.random() < 0.5:
        return of_tables.wrong_type(fixture, random)
    table = of_tables.any_table(fixture, random)
    heading = table.headings[of_tables.any_column(fixture, table, random)]
    frame = frame_of(table)
    column = frame[heading]
    if column.dtype == pl.Date:
        moment = column.cast(pl.Datetime("us"))
        other = random.choice(
            (moment, moment.cast(pl.Datetime("ns")), moment.dt.replace_time_zone("UTC"), column.dt.strftime("%d/%m/%Y"))
        )
    elif column.dtype.is_integer():
        other = random.choice(
            (column.cast(pl.Int8), column.cast(pl.Float64), column.cast(pl.Decimal(10, 2)), column.cast(pl.String))
        )
    else:
        numbers = column.cast(pl.Int64, strict=False)
        whole = numbers if numbers.null_count() == column.null_count() else column
        other = random.choice(
            (column.cast(pl.Categorical), column.cast(pl.Binary), whole, whole.cast(pl.Float64, strict=False))
        )
        other = column if other.null_count() > column.null_count() else other
    says = f"{table.name}: {heading} as {other.dtype}"
    return _with_frame(fixture, "wrong type", says, table, frame.with_columns(other.alias(heading)), exact=True)


def marked(fixture: Fixture, random: Random) -> Mutant:
    """A mark in the name of the first column, as it comes of a CSV file that was converted."""
    table = of_tables.any_table(fixture, random)
    other = table.with_heading(0, f"\ufeff{table.headings[0]}")
    says = f"{table.name}: a mark before {table.headings[0]}"
    return of_tables.made(fixture, "byte order mark", says, of_tables.with_one(fixture, other), exact=True)


def in_windows_1252(fixture: Fixture, random: Random) -> Mutant:
    """Text as bytes in Windows-1252."""
    table = of_tables.any_table(fixture, random)
    frame = frame_of(table)
    texts = [column for column in frame if column.dtype == pl.String and column.null_count() < len(column)]
    if not texts:
        return marked(fixture, random)
    some = random.choice(texts)
    data = [None if text is None else f"{text}".encode("cp1252", "replace") for text in some]
    strange = random.random() < 0.5 and some.name != table.headings[table.child or 0]
    if strange:
        data = [None if text is None else text + b"\xe9" for text in data]
    made = _with_frame(
        fixture,
        "Windows-1252",
        f"{table.name}: {some.name} as bytes{' that are not UTF-8' if strange else ''}",
        table,
        frame.with_columns(pl.Series(some.name, data, dtype=pl.Binary)),
        exact=False,
    )
    words = frozenset(f"{text}é" for text in some if text is not None) | {text for text in some if text is not None}
    touches = tuple(Touch(table.name, row, some.name) for row in range(len(table.rows)))
    return replace(made, touches=touches, words=words)


def line_ends(fixture: Fixture, random: Random) -> Mutant:
    table = of_tables.any_table(fixture, random)
    end = random.choice(("\n", "\r\n", "\r"))
    rows = tuple(tuple(f"{cell}{end}" if isinstance(cell, str) else cell for cell in row) for row in table.rows)
    tables = of_tables.with_one(fixture, replace(table, rows=rows))
    return of_tables.made(fixture, "CRLF", f"{table.name}: cells end in {end!r}", tables, exact=True)


def blank_below(fixture: Fixture, random: Random) -> Mutant:
    table = of_tables.any_table(fixture, random)
    count = random.randint(1, 20)
    rows = (*table.rows, *((None,) * len(table.headings) for _ in range(count)))
    tables = of_tables.with_one(fixture, replace(table, rows=rows))
    return of_tables.made(fixture, "trailing blank rows", f"{table.name}: {count} rows of nulls", tables, exact=True)


def _replaced(fixture: Fixture, kind: str, says: str, table: Table, data: bytes) -> Mutant:
    """A file with nothing of it left."""
    heights = {other: height for other, height in fixture.heights.items() if other != table.name}
    gone = frozenset((table.name, row) for row in range(len(table.rows)))
    files = {**fixture.files, fixture.about(table.name): data}
    return Mutant(kind, f"{table.name}: {says}", files, gone=gone, heights=heights)


def empty(fixture: Fixture, random: Random) -> Mutant:
    how = random.choice(("rows", "columns", "bytes"))
    if how == "rows":
        return of_tables.headed_only(fixture, random)
    table = of_tables.any_table(fixture, random)
    if how == "bytes":
        return _replaced(fixture, "empty", "no bytes", table, b"")
    out = BytesIO()
    pl.DataFrame().write_parquet(out)
    return _replaced(fixture, "empty", "no columns", table, out.getvalue())


def truncated(fixture: Fixture, random: Random) -> Mutant:
    table = of_tables.any_table(fixture, random)
    data = fixture.files[fixture.about(table.name)]
    at = random.randrange(len(data))
    return _replaced(fixture, "truncated", f"cut after {at} of {len(data)} bytes", table, data[:at])


def wrong_file(fixture: Fixture, random: Random) -> Mutant:
    table = of_tables.any_table(fixture, random)
    if random.random() < 0.3:
        other = random.choice([one for one in fixture.names if one != table.name])
        data = fixture.files[fixture.about(other)]
        return _replaced(fixture, "wrong file", f"the file of {other}", table, data)
    says, data = of_bytes.another_file(random)
    return _replaced(fixture, "wrong file", says, table, data)


KINDS = {
    "renamed": renamed,
    "reordered": of_tables.reordered,
    "duplicated": duplicated,
    "missing": of_tables.missing,
    "extra": extra,
    "wrong type": wrong_type,
    "byte order mark": marked,
    "Windows-1252": in_windows_1252,
    "CRLF": line_ends,
    "trailing blank rows": blank_below,
    "empty": empty,
    "truncated": truncated,
    "wrong file": wrong_file,
}
