"""The native case file: one document a child, held to the models of the catalogue.

A key left out is not carried; an empty list means "looked, and there is none"; a null or blank value is left blank.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from qaengine.cases.documents import Document
from qaengine.cases.shape import CHILD, RECORD_TYPES, TYPES, companions, source_fields, typed_words
from qaengine.cases.values import UnreadableError, read_value, shown
from qaengine.model.casefile import CaseFile, Row, Value
from qaengine.model.marked_yaml import Path
from qaengine.model.problem import Problem, nearest
from qaengine.model.record import RecordType


def read_case(
    document: Document, path: Path = (), child_id: str | None = None
) -> tuple[CaseFile | None, list[Problem]]:
    """The case file that stands at `path` in a document, or None, with every problem found.

    `child_id` is the id of a child that the document does not name (an example in a standard): then the whole
    `child` part may be left out, and what only an evaluation makes may be given. Part of a case file is never given:
    with a problem there is no case file.
    """
    reading = _Reading(document)
    case = reading.case(path, child_id)
    return (None if reading.problems else case), reading.problems


class _Reading:
    """One reading of one document: collects what is wrong and goes on."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.problems: list[Problem] = []

    def case(self, path: Path, child_id: str | None) -> CaseFile | None:
        data: Any = self._document.data
        for part in path:
            data = data[part]
        if not isinstance(data, dict):
            self._wrong(path, "not a case file", "nothing" if data is None else shown(data), "a mapping")
            return None
        for key in data:
            if key not in TYPES:
                self._unknown((*path, key), "no record type of this name", key, TYPES)
            elif child_id is None and TYPES[key].worked_out:
                message = f"{key} are worked out by the standards, and never given"
                self._wrong((*path, key), message, "", "the key left out")
        child = self._child(data, path, child_id)
        records = {
            name: self._records(RECORD_TYPES[name], data[name], (*path, name)) for name in RECORD_TYPES if name in data
        }
        self._check_links(data, records, path)
        return CaseFile(child.id, child, records) if child is not None else None

    def _child(self, data: Mapping[Any, Any], path: Path, child_id: str | None) -> Row | None:
        if CHILD.name not in data:
            if child_id is not None:
                return Row(child_id, {})
            self._wrong(path, "the child is missing", "", "child: {child_id: ..., born: ...}")
            return None
        record, at = data[CHILD.name], (*path, CHILD.name)
        if not isinstance(record, dict):
            self._wrong(at, "not a child", shown(record), "a mapping")
            return None
        if record.get("child_id") is None and child_id is None:
            self._wrong(at, "the child's reference is missing", "", "child_id")
            return None
        return self._row(CHILD, "child_id", {"child_id": child_id, **record}, at)

    def _records(self, record_type: RecordType, data: Any, path: Path) -> tuple[Row, ...]:
        if not isinstance(data, list):
            found = "nothing" if data is None else shown(data)
            self._wrong(path, f"not a list of {record_type.name}", found, "a list ([] where there is none)")
            return ()
        rows: dict[str, Row] = {}
        for place, record in enumerate(data):
            at = (*path, place)
            if not isinstance(record, dict):
                self._wrong(at, f"one of the {record_type.name} is not a mapping of fields", shown(record), "a mapping")
                continue
            made = {} if record.get("id") is not None else {"id": f"{record_type.name}-{place + 1}"}
            row = self._row(record_type, "id", {**record, **made}, at)
            if row is not None and row.id in rows:
                self._wrong((*at, "id"), f"the same {record_type.title} twice", row.id, "each id once")
            elif row is not None:
                rows[row.id] = row
        return tuple(rows[key] for key in sorted(rows))

    def _row(self, record_type: RecordType, key: str, record: Mapping[Any, Any], path: Path) -> Row | None:
        name, before = record_type.name, len(self.problems)
        fields = frozenset(source_fields(name))
        values: dict[str, Value] = {}
        words: dict[str, Value] = {}
        for field, value in record.items():
            if (field not in fields and field != key) or field in typed_words(name):
                self._unknown_field(record_type, (*path, field), field)
                continue
            try:
                read = read_value(record_type.fields[field], value, field in companions(name))
            except UnreadableError as error:
                self._wrong((*path, field), error.message, error.found, error.expected)
                continue
            values[field] = read.value
            if read.words is not None:
                words[companions(name)[field]] = read.words
        model = self._validated(record_type, {**values, **_of_model(record_type, words)}, path)
        if model is None or len(self.problems) > before:
            return None
        carried = {field: getattr(model, field) for field in record_type.model.model_fields if field in values}
        return Row(carried.pop(key), with_companions(name, {**carried, **words}))

    def _validated(self, record_type: RecordType, values: Mapping[str, Value], path: Path) -> BaseModel | None:
        try:
            return record_type.model.model_validate(values)
        except ValidationError as error:
            for detail in error.errors():
                self._refused(record_type, detail, path)
        return None

    def _refused(self, record_type: RecordType, detail: ErrorDetails, path: Path) -> None:
        field = str(detail["loc"][0])
        if detail["type"] == "missing":  # what stands there could not be read, and has been reported
            return
        found, codes = shown(detail["input"]), record_type.fields[field].codes
        if detail["type"] == "literal_error":
            expected = "one of " + ", ".join(codes)
            self._wrong((*path, field), f"not a code of {field}", found, expected, nearest(found, codes))
        elif detail["type"] == "string_too_long":
            length, most = len(str(detail["input"])), detail["ctx"]["max_length"]
            self._wrong((*path, field), "too long", f"{length:,} characters", f"at most {most:,}")
        else:
            message = "the reference is missing" if detail["input"] is None else detail["msg"].lower()
            self._wrong((*path, field), message, found, record_type.fields[field].kind)

    def _check_links(self, data: Mapping[Any, Any], records: Mapping[str, tuple[Row, ...]], path: Path) -> None:
        """A part names the record that it belongs to, where the case file carries records of that type."""
        for name in records:
            belongs_to = RECORD_TYPES[name].belongs_to
            if belongs_to is None or belongs_to[1] not in records:
                continue
            link, whole = belongs_to
            known = {row.id for row in records[whole]}
            for place, record in enumerate(data[name] if isinstance(data[name], list) else ()):
                found = record.get(link) if isinstance(record, dict) else None
                if isinstance(found, str) and found.strip() and found.strip() not in known:
                    message = f"none of the {whole} has this id"
                    self._wrong((*path, name, place, link), message, shown(found), "", nearest(found, known))

    def _unknown_field(self, record_type: RecordType, path: Path, field: Any) -> None:
        if field in typed_words(record_type.name):
            date = typed_words(record_type.name)[field]
            self._wrong(path, f"words in place of a date are typed as the {date} itself", str(field), "", date)
        elif field in record_type.fields:
            self._wrong(path, f"{field} is worked out from other records", str(field), "the key left out")
        else:
            self._unknown(path, f"no field of this name in {record_type.name}", field, source_fields(record_type.name))

    def _unknown(self, path: Path, message: str, word: Any, known: Iterable[str]) -> None:
        self.problems.append(
            self._document.problem(
                path, message, found=shown(word), did_you_mean=nearest(str(word), known), at_key=True
            )
        )

    def _wrong(self, path: Path, message: str, found: str, expected: str, did_you_mean: str = "") -> None:
        self.problems.append(
            self._document.problem(path, message, found=found, expected=expected, did_you_mean=did_you_mean)
        )


def _of_model(record_type: RecordType, words: Mapping[str, Value]) -> dict[str, Value]:
    """The words that have a field in the model itself; those in place of a date have none."""
    return {field: text for field, text in words.items() if field in record_type.model.model_fields}


def with_companions(name: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values in catalogue order, each with the field of the words beside it: the two are carried together."""
    pairs = companions(name)
    carried = dict(values)
    for field, words in pairs.items():
        if field in carried or words in carried:
            carried.setdefault(field, None)
            carried.setdefault(words, None)
    return {field: carried[field] for field in source_fields(name) if field in carried}
