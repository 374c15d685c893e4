"""A folder (or one file) of native documents, and the writing of a case file back into that shape."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qaengine.cases.documents import Document, load_document
from qaengine.cases.files import InputFile, text_of
from qaengine.cases.native import read_case
from qaengine.cases.notes import Note
from qaengine.cases.shape import CHILD, fields_not_carried, source_fields, typed_words
from qaengine.cases.values import UnreadableError, read_value, shown
from qaengine.model.casefile import CaseFile, CaseSet, Row
from qaengine.model.problem import ExitCode, InputError, Problem, nearest
from qaengine.model.record import FieldSpec, Kind

_EXTRACT_FIELDS = {
    "as_at": FieldSpec("as_at", Kind.DATE, "the date for which the extract speaks"),
    "origin": FieldSpec("origin", Kind.TEXT, "where the extract came from"),
}


@dataclass(frozen=True, slots=True)
class Extract:
    """What a folder says of itself."""

    as_at: date | None = None
    origin: str = ""


def read_documents(files: Sequence[InputFile], extract: InputFile | None) -> tuple[CaseSet, tuple[Note, ...]]:
    """The case files of native documents, in the order of the children's references.

    Raises InputError with every problem of every document.
    """
    problems: list[Problem] = []
    cases: dict[str, CaseFile] = {}
    first: dict[str, str] = {}
    for file in files:
        case, document = _one(file, problems)
        if case is None or document is None:
            continue
        if case.child_id in cases:
            message = f"the same child twice (first in {first[case.child_id]})"
            problems.append(document.problem(("child", "child_id"), message, found=case.child_id))
        cases.setdefault(case.child_id, case)
        first.setdefault(case.child_id, file.name)
    about = read_extract(extract, problems)
    if problems:
        raise InputError(problems, ExitCode.CASE_DATA)
    ordered = tuple(cases[child_id] for child_id in sorted(cases))
    says = Note("native case files", f"{len(ordered):,} children", taken=len(files))
    return CaseSet(ordered, fields_not_carried(ordered, {}), about.as_at, about.origin), (says,)


def _one(file: InputFile, problems: list[Problem]) -> tuple[CaseFile | None, Document | None]:
    try:
        document = load_document(text_of(file), file.name)
    except InputError as error:
        problems.extend(error.problems)
        return None, None
    case, found = read_case(document)
    problems.extend(found)
    return case, document


def read_extract(file: InputFile | None, problems: list[Problem]) -> Extract:
    """What `extract.yaml` says; what is wrong with it is added to `problems`."""
    if file is None:
        return Extract()
    try:
        document = load_document(text_of(file), file.name)
    except InputError as error:
        problems.extend(error.problems)
        return Extract()
    if not isinstance(document.data, dict):
        found = "nothing" if document.data is None else shown(document.data)
        problems.append(document.problem((), "not a description of an extract", found=found, expected="a mapping"))
        return Extract()
    read: dict[Any, Any] = {}
    for key, value in document.data.items():
        problem = _extract_field(document, key, value, read)
        if problem is not None:
            problems.append(problem)
    return Extract(read.get("as_at"), read.get("origin") or "")


def _extract_field(document: Document, key: Any, value: Any, read: dict[Any, Any]) -> Problem | None:
    if key not in _EXTRACT_FIELDS:
        known = ", ".join(_EXTRACT_FIELDS)
        near = nearest(str(key), _EXTRACT_FIELDS)
        message = "an extract says nothing of this name"
        return document.problem((key,), message, found=str(key), expected=known, did_you_mean=near, at_key=True)
    try:
        found = read_value(_EXTRACT_FIELDS[key], value, keeps_words=False)
    except UnreadableError as error:
        return document.problem((key,), error.message, found=error.found, expected=error.expected)
    if found.words is not None:
        return document.problem((key,), "not a date", found=shown(value), expected="a date, written as 2019-01-31")
    read[key] = found.value
    return None


def document_of(case: CaseFile) -> dict[str, Any]:
    """A case file as a native document of plain values, dates as ISO text: what `read_case` reads back as the same.

    Derived fields are left out: they are worked out again at load.
    """
    document: dict[str, Any] = {CHILD.name: {"child_id": case.child_id, **_plain(CHILD.name, case.child)}}
    for name, rows in case.records.items():
        document[name] = [{"id": row.id, **_plain(name, row)} for row in rows]
    return document


def _plain(name: str, row: Row) -> dict[str, Any]:
    words = typed_words(name)
    plain = {field: row.values[field] for field in _written(name, row) if field not in words}
    typed = {date: row.values[field] for field, date in words.items() if row.values.get(field) is not None}
    return {
        field: value.isoformat() if isinstance(value, date) else value for field, value in {**plain, **typed}.items()
    }


def _written(name: str, row: Row) -> Iterable[str]:
    return (field for field in source_fields(name) if field in row.values)
