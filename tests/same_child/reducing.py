"""The truth as far as a format goes: without the records and fields that it does not have, as is said by hand."""

from collections.abc import Mapping
from typing import Any

from qaengine.cases.shape import CHILD, RECORD_TYPES, companions, fields_not_carried, source_fields
from qaengine.cases.source import Source
from qaengine.model.casefile import CaseFile, CaseSet, Row
from qaengine.model.record import Kind
from tests.same_child.form import Form


def as_far_as(form: Form, truth: Source) -> Source:
    """What of the truth a format holds."""
    whole = truth.case_set()
    if not form.carries:
        return truth
    absent = {name: frozenset(source_fields(name)) - with_words(name, form.fields(name)) for name in types_of(form)}
    files = tuple(_file(form, file) for file in whole.files if file.child_id in form.children)
    return Source(CaseSet(files, fields_not_carried(files, absent)), absent=absent)


def types_of(form: Form) -> list[str]:
    """The record types of which a format has anything, in the order of the catalogue; the child is none of them."""
    named = {key.partition(":")[0] for key in form.carries}
    return [name for name in RECORD_TYPES if name in named]


def with_words(name: str, fields: frozenset[str]) -> frozenset[str]:
    """Fields, with those that hold the words typed in their place."""
    return fields | {words for field, words in companions(name).items() if field in fields}


def _file(form: Form, file: CaseFile) -> CaseFile:
    fields = frozenset(each for each in form.fields(CHILD.name) if form.says(each, file.child_id))
    records = {name: _rows(form, name, file) for name in types_of(form) if form.says(name, file.child_id)}
    return CaseFile(file.child_id, _only(CHILD.name, file.child, fields, {}), records)


def _rows(form: Form, name: str, file: CaseFile) -> tuple[Row, ...]:
    instead = form.instead.get((file.child_id, name))
    if instead is not None:
        rows = [
            Row(f"{name}-{at}", {**values, **dict.fromkeys(with_words(name, frozenset(values)) - set(values))})
            for at, values in enumerate(instead)
        ]
    else:
        rows = []
        for row in file.records[name]:
            fields = form.fields_of(name, row.values)
            if fields is not None and form.holds(name, {**row.values, "id": row.id}):
                rows.append(_only(name, row, fields, form.values.get((name, row.id), {})))
    more = form.beside.get((file.child_id, name), ())
    rows += [Row(f"{name}-beside-{at}", values) for at, values in enumerate(more)]
    return tuple(sorted(rows, key=lambda row: row.id))


def _only(name: str, row: Row, fields: frozenset[str], values: Mapping[str, Any]) -> Row:
    kept = with_words(name, fields)
    return Row(row.id, {field: values.get(field, value) for field, value in row.values.items() if field in kept})


def plain(file: CaseFile) -> dict[str, Any]:
    """A case file without the ids that a format made or left: each record is known by its place among those alike, and
    what names another record names that place."""
    ordered = {name: sorted(rows, key=lambda row: _key(name, row)) for name, rows in file.records.items()}
    places = {row.id: f"{name} {at}" for name, rows in ordered.items() for at, row in enumerate(rows, 1)}
    return {
        "child": dict(file.child.values),
        **{name: [_named(name, row, places) for row in rows] for name, rows in ordered.items()},
    }


def _key(name: str, row: Row) -> str:
    kinds = RECORD_TYPES[name].fields
    return repr(sorted((f, str(v)) for f, v in row.values.items() if kinds[f].kind is not Kind.REF))


def _named(name: str, row: Row, places: Mapping[str, str]) -> dict[str, Any]:
    kinds = RECORD_TYPES[name].fields
    return {
        field: places.get(str(value), value) if kinds[field].kind is Kind.REF else value
        for field, value in sorted(row.values.items())
    }
