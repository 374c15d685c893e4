"""A list of any shape, from a workbook or a CSV file, read through a mapping."""

from __future__ import annotations

from collections.abc import Sequence

from qaengine.cases.files import InputFile
from qaengine.cases.formats.mapping import Column, ListMapping, Record
from qaengine.cases.formats.read import Read
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.raw.table import normal
from qaengine.cases.raw.workbook import Grid
from qaengine.cases.shape import CHILD, TYPES, companions
from qaengine.cases.taking.assemble import assemble
from qaengine.cases.taking.earlier import earlier, for_whom, of_other_kinds
from qaengine.cases.taking.spec import Makes, Sheet, Take
from qaengine.cases.taking.take import take
from qaengine.cases.taking.values import Day, Number, Reads, Reference, Text, Words, YesNo, YesNoWords
from qaengine.model.problem import Problem, nearest
from qaengine.model.record import Kind

SEEN_ROWS = 30
"""Headings are looked for in so many rows from the top."""


def read_list(file: InputFile, grids: Sequence[Grid], mapping: ListMapping, how: str) -> Read:
    """The records that the rows of a list make. `how` says by whose mapping. It states no date.

    Raises InputError where the list has not the sheet or the headings of which the mapping speaks.
    """
    grid, row = _where(file, grids, mapping)
    _check_headings(grid, row, mapping)
    sheet = _sheet(grid, mapping)
    taken = take(grid.raw(sheet.name, row), sheet)
    last = [(record.type, dict(record.always)) for record in mapping.records if record.last_only]
    made_by = [(makes.type, dict(makes.fixed)) for makes in sheet.makes]
    latest = [part for part, by in zip(taken.parts, made_by, strict=True) if by in last]
    parts = [*taken.parts, *map(earlier, latest)]
    parts += of_other_kinds(taken.parts, for_whom(taken.parts))
    made = assemble(parts, None, f"{file.name}, {how}")
    others = [
        Note(one.about, "left: another sheet", left=one.filled) for one in grids if one is not grid and one.filled
    ]
    return Read("a list", made, (taken.note(), *others, *made.notes), (file,))


def _where(file: InputFile, grids: Sequence[Grid], mapping: ListMapping) -> tuple[Grid, int]:
    """The sheet, and the row of the headings (from 0)."""
    named = [grid for grid in grids if not mapping.sheet or normal(grid.name) == normal(mapping.sheet)]
    if not named:
        names = ", ".join(grid.name for grid in grids)
        near = nearest(mapping.sheet, [grid.name for grid in grids])
        message = f"no sheet {mapping.sheet}, of which {mapping.name} speaks"
        raise case_data_error(Problem(file.name, 0, 0, message, names, "", near))
    said = mapping.headings_row - 1
    if said >= 0 and said < len(named[0].rows) and mapping.fits(named[0].rows[said]):
        return named[0], said
    for grid in named:  # in the next list of its kind the headings may stand elsewhere
        for row in range(min(SEEN_ROWS, len(grid.rows))):
            if mapping.fits(grid.rows[row]):
                return grid, row
    best = max(
        ((grid, row) for grid in named for row in range(min(SEEN_ROWS, len(grid.rows)))),
        key=lambda one: sum(normal(heading) in map(normal, one[0].rows[one[1]]) for heading in mapping.headings),
        default=None,
    )
    if best is None:
        raise case_data_error(Problem(file.name, 0, 0, "an empty list", expected="rows of children under headings"))
    return best


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
    return Sheet(grid.name or "list", (mapping.child,), ((mapping.child,),), makes, tuple(named))


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
