"""A list of any shape, from a workbook or a CSV file, read through a mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qaengine.cases.files import InputFile
from qaengine.cases.formats import annex_a_sheets, ssda903_tables
from qaengine.cases.formats.mapping import Column, ListMapping, Record
from qaengine.cases.formats.read import Read
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.raw.table import normal
from qaengine.cases.raw.workbook import Grid
from qaengine.cases.shape import CHILD, TYPES, companions
from qaengine.cases.taking.assemble import assemble
from qaengine.cases.taking.earlier import earlier, for_whom, of_other_kinds
from qaengine.cases.taking.spec import Makes, Sheet, Take
from qaengine.cases.taking.take import Part, take
from qaengine.cases.taking.values import Day, Number, Reads, Reference, Text, Words, YesNo, YesNoWords
from qaengine.model.problem import Problem, nearest
from qaengine.model.record import Kind

CODED: dict[tuple[str, str], Reads] = {
    ("episodes", "legal_status"): annex_a_sheets.LEGAL,
    ("episodes", "placement"): annex_a_sheets.PLACEMENT,
    ("episodes", "reason_started"): replace(ssda903_tables.NEW_EPISODE, within=True),
    ("episodes", "reason_ended"): annex_a_sheets.REASON_ENDED,
    ("reviews", "participation"): replace(ssda903_tables.PARTICIPATION, within=True),
}
"""Fields of text that hold the codes of a return: other words in their place are no codes, and are said to be none."""

SEEN_ROWS = 30
"""Headings are looked for in so many rows from the top."""


def read_list(file: InputFile, grids: Sequence[Grid], mapping: ListMapping, how: str) -> Read:
    """The records that the rows of a list make. `how` says by whose mapping. It states no date.

    Raises InputError where the list has not the sheet or the headings of which the mapping speaks.
    """
    found = _where(file, grids, mapping)
    notes: list[Note] = []
    taken_parts: list[Part] = []
    latest: list[Part] = []
    last = [(record.type, dict(record.always)) for record in mapping.records if record.last_only]
    for grid, row in found:
        _check_headings(grid, row, mapping)
        sheet = _sheet(grid, mapping)
        taken = take(grid.raw(sheet.name, row), sheet)
        made_by = [(makes.type, dict(makes.fixed)) for makes in sheet.makes]
        latest += [part for part, by in zip(taken.parts, made_by, strict=False) if by in last]
        taken_parts += taken.parts
        notes += [taken.note(), *_above(grid, row)]
    parts = [*taken_parts, *map(earlier, latest)]
    parts += of_other_kinds(taken_parts, for_whom(taken_parts))
    made = assemble(parts, None, f"{file.name}, {how}")
    used = [grid for grid, _ in found]
    notes += [
        Note(one.about, "left: another sheet", left=one.filled) for one in grids if one not in used and one.filled
    ]
    return Read("a list", made, (*notes, *made.notes), (file,))


def _above(grid: Grid, row: int) -> list[Note]:
    """What stands above the headings, where it is more than a title."""
    rows = sum(sum(bool(cell.strip()) for cell in line) > 2 for line in grid.rows[:row])
    return [Note(grid.about, f"{rows:,} rows left above the headings in row {row + 1}", left=rows)] if rows else []


def _where(file: InputFile, grids: Sequence[Grid], mapping: ListMapping) -> list[tuple[Grid, int]]:
    """The sheets, each with the row of its headings (from 0): every sheet that has them, where none is named."""
    named = [grid for grid in grids if not mapping.sheet or normal(grid.name) == normal(mapping.sheet)]
    if not named:
        names = ", ".join(grid.name for grid in grids)
        near = nearest(mapping.sheet, [grid.name for grid in grids])
        message = f"no sheet {mapping.sheet}, of which {mapping.name} speaks"
        raise case_data_error(Problem(file.name, 0, 0, message, names, "", near))
    fitting = [(grid, row) for grid in named if (row := _row(grid, mapping)) is not None]
    if fitting:
        return fitting
    best = max(
        ((grid, row) for grid in named for row in range(min(SEEN_ROWS, len(grid.rows)))),
        key=lambda one: sum(normal(heading) in map(normal, one[0].rows[one[1]]) for heading in mapping.headings),
        default=None,
    )
    if best is None:
        raise case_data_error(Problem(file.name, 0, 0, "an empty list", expected="rows of children under headings"))
    return [best]


def _row(grid: Grid, mapping: ListMapping) -> int | None:
    """The row of the headings: the one that is named, or else (for in the next list they may stand elsewhere) the
    first that has them; None where none has."""
    said = mapping.headings_row - 1
    if 0 <= said < len(grid.rows) and mapping.fits(grid.rows[said]):
        return said
    rows = range(min(SEEN_ROWS, len(grid.rows)))
    return next((row for row in rows if mapping.fits(grid.rows[row])), None)


def _check_headings(grid: Grid, row: int, mapping: ListMapping) -> None:
    """Every heading of which the mapping speaks stands in the row, once."""
    found = [cell.strip() for cell in (grid.rows[row] if row < len(grid.rows) else ())]
    plain = [normal(cell) for cell in found]
    problems = []
    for heading in dict.fromkeys(mapping.headings):
        times = plain.count(normal(heading))
        if times == 0:
            message = f"no column {heading}, of which {mapping.name} speaks"
            near = nearest(heading, [cell for cell in found if cell])
            problems.append(Problem(grid.about, row + 1, 0, message, "", "", near))
        elif times > 1:
            message = f"{times} columns are headed {heading}, and nothing says which is meant"
            problems.append(
                Problem(grid.about, row + 1, plain.index(normal(heading)) + 1, message, "", "each heading once")
            )
    if problems:
        raise case_data_error(*problems)


def _sheet(grid: Grid, mapping: ListMapping) -> Sheet:
    """The mapping as what a format would say of its table."""
    makes = tuple(_makes(record, mapping) for record in mapping.records)
    named = {normal(heading) for heading in mapping.headings}
    return Sheet(grid.name or "list", (mapping.child,), ((mapping.child,),), makes, tuple(named), typed_by_hand=True)


def _makes(record: Record, mapping: ListMapping) -> Makes:
    own = "child_id" if record.type == CHILD.name else "id"
    takes = tuple(
        Take(column.field, (column.heading,), reads_of(record.type, column, mapping.order))
        for column in record.columns
        if column.field != own
    )
    id_ = next(((column.heading,) for column in record.columns if column.field == "id" and own == "id"), ())
    if record.type == CHILD.name:
        return Makes(CHILD.name, takes)
    return Makes(record.type, takes, record.always, tuple(take.field for take in takes), id_, listed=True)


def reads_of(name: str, column: Column, order: str) -> Reads:
    """How a column of a field is read."""
    spec = TYPES[name].fields[column.field]
    if column.values:
        return _meanings(column, spec.kind)
    if (name, column.field) in CODED:
        return CODED[name, column.field]
    match spec.kind:
        case Kind.DATE | Kind.EVENT:
            return Day(column.order or order, loose=True, keeps_words=column.field in companions(name))
        case Kind.NUMBER:
            return Number(0, 999_999, keeps_words=column.field in companions(name))
        case Kind.YES_NO:
            return YesNo()
        case Kind.CODE:
            words = {code: code for code in spec.codes} | {code.replace("_", " "): code for code in spec.codes}
            return Words(words, "one of " + ", ".join(spec.codes))
        case Kind.REF:
            return Reference(no_names=True)
        case _:
            return Text()


def _meanings(column: Column, kind: Kind) -> Reads:
    """Words of the list that stand for values of ours."""
    if kind is Kind.YES_NO:
        means = {word: "yes" if value in (True, "yes") else "no" for word, value in column.values.items()}
        return YesNoWords(Words(means))
    return Words({word: "" if value is None else str(value) for word, value in column.values.items()})
