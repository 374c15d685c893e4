"""Derived fields put on plain rows."""

from collections.abc import Iterator, Mapping
from datetime import date

from qaengine.cases.derived.changes import CHANGES, Change
from qaengine.cases.derived.council import Council
from qaengine.cases.derived.rule import Input
from qaengine.cases.derived.view import NC, Cell, view_of_rows
from qaengine.cases.derived.work import Derived, Needed, work_out
from qaengine.cases.shape import CHILD, companions, data_fields
from qaengine.model.casefile import CaseFile, CaseSet, Row, Value


def derive_rows(
    case_set: CaseSet, as_at: date, needed: Needed | None = None, council: Council | None = None
) -> CaseSet:
    """The case set, cut before, with every derived field (or those needed) worked out for a date."""
    found = work_out(view_of_rows(case_set), as_at, council or Council(), needed)
    cells = {field: iter(column) for field, column in found.columns.items()}
    files = tuple(
        _with_derived(file, cells, found.changes[place] if found.changes is not None else None)
        for place, file in enumerate(case_set.files)
    )
    return CaseSet(files, still_not_carried(case_set, files, found), case_set.own_date, case_set.origin)


def _with_derived(file: CaseFile, cells: Mapping[Input, Iterator[Cell]], changes: list[Change] | None) -> CaseFile:
    child = _with_cells(CHILD.name, file.child, cells)
    records = {name: tuple(_with_cells(name, row, cells) for row in rows) for name, rows in file.records.items()}
    if changes is not None:
        added = [Row(change.id, change_values(change)) for change in changes]
        records[CHANGES] = tuple(sorted((*records.get(CHANGES, ()), *added), key=lambda row: row.id))
    return CaseFile(file.child_id, child, records)


def _with_cells(name: str, row: Row, cells: Mapping[Input, Iterator[Cell]]) -> Row:
    """The row with the next cell of each column that is made for its type: rows are met in the columns' own order."""
    made = {field: next(column) for (of, field), column in cells.items() if of == name}
    if not made:
        return row
    carried = {field: cell for field, cell in made.items() if cell is not NC}
    return Row(row.id, {**row.values, **carried}, row.contradictory)


def change_values(change: Change) -> dict[str, Value]:
    """The values of a change that other records show."""
    words: dict[str, Value] = dict.fromkeys(companions(CHANGES).values())
    return {"happened": change.happened, "kind": change.kind, "derived_from": change.derived_from, **words}


def still_not_carried(case_set: CaseSet, files: tuple[CaseFile, ...], found: Derived) -> dict[str, frozenset[str]]:
    """The fields not carried after deriving: those that were not, less those that were made."""
    rest = {
        name: fields - {field for of, field in found.columns if of == name}
        for name, fields in case_set.not_carried.items()
    }
    if found.changes is not None:
        rows = [row for file in files for row in file.records.get(CHANGES, ())]
        source_carried = any(CHANGES in file.records for file in case_set.files)
        if rows:
            rest[CHANGES] = frozenset(data_fields(CHANGES)).difference(*(row.values for row in rows))
        elif not source_carried:
            rest[CHANGES] = frozenset()
    return rest
