"""The case files as they stood on a date: what was not yet so is not there. Plain Python: the reference.

A record dated after the as-at date does not exist yet, and its parts go with it. An event after it has not happened.
What is known only from such a date on is as it was until then. A child whose case was opened later is not there.
"""

from collections.abc import Mapping
from datetime import date

from qaengine.cases.notes import Note
from qaengine.cases.shape import CHILD, RECORD_TYPES, Absent, fields_not_carried
from qaengine.model.casefile import CaseFile, CaseSet, Row, Value
from qaengine.model.record import Kind, RecordType


def cut_rows(case_set: CaseSet, as_at: date, absent: Absent) -> tuple[CaseSet, tuple[Note, ...]]:
    """The case set as it stood at the end of a day, with notes on what is not there yet.

    `absent` is what the format never carries: what is known of a type whose every record lies ahead.
    """
    present = [file for file in case_set.files if exists(CHILD, file.child, as_at)]
    left: dict[str, int] = dict.fromkeys(RECORD_TYPES, 0)
    files = tuple(_cut_file(file, as_at, left) for file in present)
    gone = [file.child_id for file in case_set.files if not exists(CHILD, file.child, as_at)]
    not_carried = fields_not_carried(files, absent)
    return CaseSet(files, not_carried, case_set.own_date, case_set.origin), cut_notes(as_at, gone, left)


def exists(record_type: RecordType, row: Row, as_at: date) -> bool:
    """Whether a record had come to be: none of its dates lies after the as-at date."""
    dates = (row.values.get(field) for field in record_type.dated)
    return not any(isinstance(day, date) and day > as_at for day in dates)


def cut_row(record_type: RecordType, row: Row, as_at: date) -> Row:
    """A record with what was known of it on the as-at date.

    What hangs on a date that is blank is blank too; but what was so until then ("open") is not put in the place of a
    value that has no date ("done"): that contradiction is for a standard to see.
    """
    values = {field: _until(record_type, field, value, as_at) for field, value in row.values.items()}
    for name, spec in record_type.fields.items():
        if name in values and spec.known_from is not None and spec.known_from in values:
            day = row.values[spec.known_from]
            if (isinstance(day, date) and day > as_at) or (day is None and spec.until_then is None):
                values[name] = spec.until_then
    return Row(row.id, values, row.contradictory)


def _until(record_type: RecordType, field: str, value: Value, as_at: date) -> Value:
    spec = record_type.fields[field]
    ahead = spec.kind is Kind.EVENT and isinstance(value, date) and value > as_at
    return None if ahead else value


def _cut_file(file: CaseFile, as_at: date, left: dict[str, int]) -> CaseFile:
    records: dict[str, tuple[Row, ...]] = {}
    for name in wholes_first(file.records):
        record_type = RECORD_TYPES[name]
        rows = [
            row
            for row in file.records[name]
            if exists(record_type, row, as_at) and _has_its_whole(record_type, row, records)
        ]
        left[name] += len(file.records[name]) - len(rows)
        records[name] = tuple(cut_row(record_type, row, as_at) for row in rows)
    return CaseFile(file.child_id, cut_row(CHILD, file.child, as_at), {name: records[name] for name in file.records})


def _has_its_whole(record_type: RecordType, row: Row, records: Mapping[str, tuple[Row, ...]]) -> bool:
    """A part is there when its whole is; or when it names none; or when the file carries none of those wholes."""
    if record_type.belongs_to is None:
        return True
    link, whole = record_type.belongs_to
    named = row.values.get(link)
    return named is None or whole not in records or any(named == other.id for other in records[whole])


def wholes_first(names: Mapping[str, object]) -> list[str]:
    """Record types so ordered that each comes after the type whose parts it holds."""
    return sorted(names, key=lambda name: RECORD_TYPES[name].belongs_to is not None)


def cut_notes(as_at: date, gone: list[str], left: Mapping[str, int]) -> tuple[Note, ...]:
    """What the cut left, said alike for both forms."""
    notes = []
    if gone:
        few = ", ".join(gone[:5]) + (", ..." if len(gone) > 5 else "")
        notes.append(Note(CHILD.name, f"not there yet on {as_at}: opened later ({few})", left=len(gone)))
    for name in RECORD_TYPES:
        if left.get(name):
            says = f"not there yet on {as_at}: dated later, or part of what is not there"
            notes.append(Note(name, says, left=left[name]))
    return tuple(notes)
