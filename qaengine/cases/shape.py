"""What both forms of a case file share: the order of its types and fields, and the words kept beside a value."""

from collections.abc import Iterable, Mapping
from functools import cache

from qaengine.model.casefile import CaseFile, Row
from qaengine.model.record import Kind, RecordType
from qaengine.model.records import CHILD as CHILD
from qaengine.model.records import RECORD_TYPES as RECORD_TYPES

Absent = Mapping[str, frozenset[str]]
"""The fields (by record type) that a format never carries: what is known of a type that holds no record."""

TYPES: dict[str, RecordType] = {CHILD.name: CHILD, **RECORD_TYPES}
"""Every record type by name, the child first."""

AS_TYPED = "_as_typed"


@cache
def data_fields(name: str) -> tuple[str, ...]:
    """The fields of a type that hold data, in catalogue order: all but its id."""
    return tuple(field for field in TYPES[name].fields if field not in ("id", "child_id"))


@cache
def source_fields(name: str) -> tuple[str, ...]:
    """The fields of a type that a source can carry, in catalogue order: all but its id and what is derived."""
    return tuple(field for field in TYPES[name].carried_fields if field not in ("id", "child_id"))


@cache
def companions(name: str) -> Mapping[str, str]:
    """Each field beside which the words typed in its place are kept, with the field that holds the words.

    The two are carried together: a row that carries the one carries the other.
    """
    fields = source_fields(name)
    return {field: field + AS_TYPED for field in fields if field + AS_TYPED in fields}


@cache
def typed_words(name: str) -> Mapping[str, str]:
    """Each field that holds the words typed in place of a date, with the field of that date."""
    fields = TYPES[name].fields
    return {words: field for field, words in companions(name).items() if fields[field].is_date}


@cache
def derived_fields(name: str) -> frozenset[str]:
    """The fields of a type that are worked out at load."""
    return frozenset(data_fields(name)) - frozenset(source_fields(name))


@cache
def known_kind(name: str, field: str) -> Kind:
    """The kind of one field."""
    return TYPES[name].fields[field].kind


def fields_not_carried(files: Iterable[CaseFile], absent: Absent) -> dict[str, frozenset[str]]:
    """The fields, by record type, that the source as a whole does not carry.

    A field is carried when any record carries it. Where a type holds no record the format answers (`absent`), and
    nothing is derived; a type that no case file carries is not carried in any field.
    """
    files = tuple(files)
    found = {CHILD.name: _missing(CHILD.name, [file.child for file in files], True, absent)}
    for name in RECORD_TYPES:
        rows = [row for file in files for row in file.records.get(name, ())]
        found[name] = _missing(name, rows, any(name in file.records for file in files), absent)
    return found


def _missing(name: str, rows: list[Row], type_is_carried: bool, absent: Absent) -> frozenset[str]:
    fields = data_fields(name)
    if not type_is_carried:
        return frozenset(fields)
    if not rows:
        return absent.get(name, frozenset()) | derived_fields(name)
    carried: set[str] = set().union(*(row.values for row in rows))
    return frozenset(fields) - carried
