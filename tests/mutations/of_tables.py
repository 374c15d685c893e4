"""What befalls the tables of councils: headings, columns, rows and cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from tests.mutations.cells import garbage, restyled, rewritten, typo
from tests.mutations.model import Cell, Fixture, Mutant, Table, Touch, text_of

OTHER_HEADINGS = ("Column 7", "Field_3", "zzz", "", "Unnamed: 4", "#")


def made(fixture: Fixture, kind: str, says: str, tables: Sequence[Table], **about: object) -> Mutant:
    """A mutant of some tables, with how many rows each has."""
    assert fixture.write is not None
    heights = {table.name: sum(any(text_of(cell).strip() for cell in row) for row in table.rows) for table in tables}
    return replace(Mutant(kind, says, fixture.write(tables), heights=heights), **about)  # type: ignore[arg-type]


def with_one(fixture: Fixture, table: Table) -> list[Table]:
    """The tables with one in the place of that of its name."""
    return [table if one.name == table.name else one for one in fixture.tables]


def any_table(fixture: Fixture, random: Random) -> Table:
    return random.choice(fixture.tables)


def any_column(fixture: Fixture, table: Table, random: Random) -> int:
    """A column, and more often than not one of which something is taken."""
    used = [
        at
        for at, one in enumerate(table.headings)
        if at == table.child or fixture.fields_of(Touch(table.name, None, one))
    ]
    return random.choice(used) if used and random.random() < 0.8 else random.randrange(len(table.headings))


def renamed(fixture: Fixture, random: Random, twice: bool = True) -> Mutant:
    """A heading under another name: but for `twice`, never under that of another column."""
    table = any_table(fixture, random)
    column = any_column(fixture, table, random)
    heading = table.headings[column]
    how = random.choice(("restyled", "restyled", "typo", "typo", "other", "taken"))
    if how == "restyled":
        other = restyled(heading, random)
    elif how == "typo":
        other = typo(heading, random)
    else:
        other = random.choice(OTHER_HEADINGS if how == "other" or not twice else table.headings)
    tables = with_one(fixture, table.with_heading(column, other))
    touches = () if how == "restyled" else (Touch(table.name, None, heading),)
    if other in table.headings:
        touches = (*touches, Touch(table.name, None, other))
    says = f"{table.name}: {heading!r} is now {other!r}"
    return made(fixture, "renamed", says, tables, touches=touches, exact=how == "restyled" or other == heading)


def reordered(fixture: Fixture, random: Random) -> Mutant:
    table = any_table(fixture, random)
    if random.random() < 0.5:
        places = random.sample(range(len(table.headings)), len(table.headings))
        says, other = f"{table.name}: columns in another order", table.with_order(places)
    else:
        rows = tuple(random.sample(table.rows, len(table.rows)))
        says, other = f"{table.name}: rows in another order", replace(table, rows=rows)
    tables = with_one(fixture, other)
    return made(fixture, "reordered", says, random.sample(tables, len(tables)), exact=True)


def duplicated(fixture: Fixture, random: Random, columns: bool = True) -> Mutant:
    table = any_table(fixture, random)
    how = random.choice(("row", "row", "table", *(("column", "column of other values") if columns else ())))
    if how == "row" and table.rows:
        row = random.randrange(len(table.rows))
        rows = list(table.rows)
        rows.insert(random.randint(0, len(rows)), table.rows[row])
        tables = with_one(fixture, replace(table, rows=tuple(rows)))
        says = f"{table.name}: row {row} stands twice"
        return made(fixture, "duplicated", says, tables, twice=frozenset({(table.name, row)}))
    if how == "table" and len(fixture.tables) > 1:
        copy = replace(table, name=f"{table.name} (2)")
        places = random.sample([*fixture.tables, copy], len(fixture.tables) + 1)
        return made(fixture, "duplicated", f"{table.name} stands twice", places)
    column = any_column(fixture, table, random)
    heading = table.headings[column]
    cells: list[Cell] = [row[column] for row in table.rows]
    if how == "column of other values":
        cells = [None] * len(cells) if random.random() < 0.5 else cells[1:] + cells[:1]
    tables = with_one(fixture, table.with_column(random.randint(0, len(table.headings)), heading, cells))
    says = f"{table.name}: {heading!r} stands twice ({how})"
    return made(fixture, "duplicated", says, tables, touches=(Touch(table.name, None, heading),))


def missing(fixture: Fixture, random: Random) -> Mutant:
    table = any_table(fixture, random)
    how = random.choice(("column", "column", "row", "table"))
    if how == "row" and table.rows:
        row = random.randrange(len(table.rows))
        tables = with_one(fixture, replace(table, rows=table.rows[:row] + table.rows[row + 1 :]))
        return made(
            fixture, "missing", f"{table.name}: row {row} is missing", tables, gone=frozenset({(table.name, row)})
        )
    if how == "table" and len(fixture.tables) > 1:
        tables = [one for one in fixture.tables if one is not table]
        gone = frozenset((table.name, row) for row in range(len(table.rows)))
        return made(fixture, "missing", f"{table.name} is missing", tables, gone=gone)
    column = any_column(fixture, table, random)
    heading = table.headings[column]
    tables = with_one(fixture, table.without_column(column))
    says = f"{table.name}: {heading!r} is missing"
    return made(fixture, "missing", says, tables, touches=(Touch(table.name, None, heading),))


def extra(fixture: Fixture, random: Random, near: bool = True) -> Mutant:
    table = any_table(fixture, random)
    how = random.choice(("column", "table", *(("near column",) if near else ())))
    if how == "table" and len(fixture.tables) > 1:
        more = Table("Notes", ("What", "Who", "When"), (("A call", "somebody", date(2019, 1, 5)), ("x", None, None)))
        return made(fixture, "extra", "a table of notes", [*fixture.tables, more], exact=True)
    cells: list[Cell] = [random.choice((None, "see file", 17, date(2018, 4, 9), "=1+1")) for _ in table.rows]
    place = random.randint(0, len(table.headings))
    if how == "column":
        tables = with_one(fixture, table.with_column(place, "Comments of the panel", cells))
        return made(fixture, "extra", f"{table.name}: a column of comments", tables, exact=True)
    heading = table.headings[any_column(fixture, table, random)]
    other = typo(heading, random)
    tables = with_one(fixture, table.with_column(place, other, cells))
    return made(fixture, "extra", f"{table.name}: {other!r} beside {heading!r}", tables)


def wrong_type(fixture: Fixture, random: Random) -> Mutant:
    table = random.choice([one for one in fixture.tables if one.rows])
    column = any_column(fixture, table, random)
    heading = table.headings[column]
    rows = range(len(table.rows))
    how = random.choice(("garbage", "garbage", "blank", "rewritten", "column of garbage", "column rewritten"))
    how = how.removeprefix("column of ").removeprefix("column ") if column == table.child else how
    if how.startswith("column"):
        new = garbage(random)
        cells = dict.fromkeys(rows, new) if "garbage" in how else rewritten([one[column] for one in table.rows], random)
    else:
        row = random.choice(rows)
        old = table.rows[row][column]
        if how == "rewritten":
            cells = {row: rewritten([old], random).get(0, old)}
        else:
            cells = {row: garbage(random) if how != "blank" else random.choice((None, "", "#N/A", " ", "NULL"))}
    other = table
    for row, cell in cells.items():
        other = other.with_cell(row, column, cell)
    says = f"{table.name}: {heading!r} ({how}) {cells}"
    changed = [row for row in cells if other.rows[row][column] != table.rows[row][column]]
    touches = tuple(Touch(table.name, row, heading, silent=how == "blank") for row in changed)
    moved: Mapping[str, str] = {}
    if column == table.child and "garbage" in how:
        moved = {text_of(cell).strip(): text_of(table.rows[row][column]) for row, cell in cells.items()}
    words = frozenset(text_of(cell).strip() for cell in cells.values()) - {""} if "garbage" in how else frozenset()
    return made(fixture, "wrong type", says, with_one(fixture, other), touches=touches, moved=moved, words=words)


def blank_below(fixture: Fixture, random: Random) -> Mutant:
    table = any_table(fixture, random)
    blanks = tuple(random.choice(("", "*")) for _ in range(random.randint(1, 30)))
    tables = with_one(fixture, replace(table, blanks=blanks))
    return made(fixture, "trailing blank rows", f"{table.name}: {len(blanks)} blank rows", tables, exact=True)


TITLES = ("Report run on 01/02/2019", "Children's services – statutory return", "OFFICIAL: SENSITIVE", "")


def titled(fixture: Fixture, random: Random, exact: bool = False) -> Mutant:
    table = any_table(fixture, random)
    titles = tuple(random.choice(TITLES) for _ in range(random.randint(1, 4)))
    tables = with_one(fixture, replace(table, titles=titles))
    touches = (Touch(table.name),)
    return made(fixture, "title rows", f"{table.name}: under {titles}", tables, touches=touches, exact=exact)


def headed_only(fixture: Fixture, random: Random) -> Mutant:
    table = any_table(fixture, random)
    gone = frozenset((table.name, row) for row in range(len(table.rows)))
    tables = with_one(fixture, replace(table, rows=()))
    return made(fixture, "empty", f"{table.name}: headings alone", tables, gone=gone)


Mutation = Callable[[Fixture, Random], Mutant]
