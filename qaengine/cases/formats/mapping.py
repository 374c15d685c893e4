"""A mapping: which headings of a list become which fields, written in YAML and corrected by a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qaengine.cases.files import InputFile, text_of
from qaengine.cases.raw.table import normal
from qaengine.cases.shape import CHILD, TYPES, source_fields
from qaengine.cases.values import shown
from qaengine.model.marked_yaml import MarkedYaml, Path, load_marked
from qaengine.model.problem import ExitCode, InputError, Problem, nearest

ENDING = ".mapping.yaml"
"""What the name of a mapping ends with: `list.xlsx` is read through `list.mapping.yaml`."""

ORDERS = {"day first": "day", "month first": "month", "year first": "year", "not known": "untold"}
"""How dates that are typed as text are written. Dates that Excel holds as dates need no order."""

NEVER_KEPT = (
    "name",
    "forename",
    "first name",
    "surname",
    "last name",
    "family name",
    "known as",
    "child name",
    "childs name",
    "full name",
    "address",
    "street",
    "postcode",
    "post code",
    "home postcode",
    "upn",
    "unique pupil number",
    "former upn",
    "nhs",
    "nhs number",
    "nhs no",
    "phone",
    "telephone",
    "mobile",
    "email",
    "ethnicity",
    "religion",
    "mother",
    "father",
    "parent",
    "carer name",
    "worker name",
    "social worker name",
)
"""Headings of which nothing is ever kept, whatever a mapping says."""

_NEVER = frozenset(normal(one) for one in NEVER_KEPT)


def is_never_kept(heading: str) -> bool:
    """Whether what stands under a heading names somebody, or says where they live."""
    plain = normal(heading)
    if plain.endswith("teamname"):
        return False
    return plain in _NEVER or plain.endswith(("name", "address", "postcode", "nhsnumber", "upn", "telephone", "email"))


@dataclass(frozen=True, slots=True)
class Column:
    """A field, the heading under which it stands, and what its values mean where they are not the field's own words.

    `order` is that of day and month in dates typed as text; "" is that of the whole mapping.
    """

    field: str
    heading: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    order: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that each row makes: its type, its columns, and what is so of all of them. `last_only`: the list has the
    last of each child alone, and there may be earlier ones."""

    type: str
    columns: tuple[Column, ...]
    always: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    last_only: bool = False


@dataclass(frozen=True)
class ListMapping:
    """How one list is read: the sheet ("" for the first that fits), the row of its headings (from 1; 0 where it is to
    be found), the order of typed dates, and the records that a row makes, the child among them."""

    name: str
    sheet: str
    headings_row: int
    order: str
    records: tuple[Record, ...]

    @property
    def headings(self) -> Iterator[str]:
        return (column.heading for record in self.records for column in record.columns)

    @property
    def child(self) -> str:
        """The heading of the child's reference."""
        return next(
            column.heading
            for record in self.records
            if record.type == CHILD.name
            for column in record.columns
            if column.field == "child_id"
        )

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether a row holds every heading of which this speaks."""
        found = {normal(heading) for heading in headings}
        return all(normal(heading) in found for heading in self.headings)


def read_mapping(file: InputFile) -> ListMapping:
    """A mapping from its file. Raises InputError with every problem of it, each with its line."""
    read = load_marked(text_of(file), file.name, ExitCode.CASE_DATA)
    reading = _Reading(read)
    mapping = reading.mapping()
    if reading.problems or mapping is None:
        raise InputError(reading.problems, ExitCode.CASE_DATA)
    return mapping


_KEYS = ("mapping", "sheet", "headings_row", "dates", "child", "records", "left")
_RECORD_KEYS = ("becomes", "columns", "always", "last_only")
_COLUMN_KEYS = ("heading", "values", "dates")


class _Reading:
    def __init__(self, read: MarkedYaml) -> None:
        self._read = read
        self.problems: list[Problem] = []

    def mapping(self) -> ListMapping | None:
        data = self._read.data
        if not isinstance(data, dict):
            self._wrong((), "not a mapping of a list", shown(data), "keys with values: " + ", ".join(_KEYS))
            return None
        self._unknown((), data, _KEYS)
        child = self._record(("child",), {"becomes": CHILD.name, "columns": data.get("child")}, at=("child",))
        if child is not None and not any(column.field == "child_id" for column in child.columns):
            self._wrong(
                ("child",) if "child" in data else (),
                "nothing says where the child's reference stands",
                "",
                "child_id: a heading",
            )
        records = [child]
        listed = data.get("records") or []
        if not isinstance(listed, list):
            self._wrong(("records",), "not a list of records", shown(listed), "a list, each with becomes and columns")
            listed = []
        records += [self._record(("records", place), item) for place, item in enumerate(listed)]
        order, row = self._order(("dates",), data.get("dates", "day first")), data.get("headings_row", 0)
        if not isinstance(row, int) or isinstance(row, bool) or not 0 <= row <= 1000:
            self._wrong(("headings_row",), "not the number of a row", shown(row), "a whole number, 1 for the first row")
            row = 0
        sheet = data.get("sheet") or ""
        return ListMapping(
            self._read.file, str(sheet), row, order, tuple(record for record in records if record is not None)
        )

    def _record(self, path: Path, item: Any, at: Path | None = None) -> Record | None:
        if not isinstance(item, dict):
            self._wrong(path, "not a record", shown(item), "becomes and columns")
            return None
        if at is None:
            self._unknown(path, item, _RECORD_KEYS)
        name = item.get("becomes")
        if name not in TYPES or (at is None and name == CHILD.name) or TYPES[str(name)].worked_out:
            where = (*path, "becomes") if "becomes" in item else path
            near = nearest(str(name), TYPES)
            self._wrong(where, "no record type of this name", shown(name), "a record type of docs/case-files.md", near)
            return None
        columns, where = item.get("columns"), at or (*path, "columns")
        if not isinstance(columns, dict):
            self._wrong(
                where if at is None or "child" in self._read.data else (), f"no columns of {name}", "", "field: heading"
            )
            return None
        made = [self._column((*where, key), str(name), key, value) for key, value in columns.items()]
        always = item.get("always") or {}
        if not isinstance(always, dict):
            self._wrong((*path, "always"), "not fields with values", shown(always), "field: value")
            always = {}
        for key, value in always.items():
            self._always((*path, "always", key), str(name), key, value)
        last = item.get("last_only", False)
        if last not in (True, False, "yes", "no"):
            self._wrong((*path, "last_only"), "neither yes nor no", shown(last), "yes or no")
        return Record(str(name), tuple(column for column in made if column is not None), always, last in (True, "yes"))

    def _column(self, path: Path, name: str, key: Any, value: Any) -> Column | None:
        if not self._is_field(path, name, key):
            return None
        about = value if isinstance(value, dict) else {"heading": value}
        self._unknown(path, about, _COLUMN_KEYS)
        heading = about.get("heading")
        if heading is None or not str(heading).strip():
            self._wrong(path, "no heading", "", "a heading of the list; or the line left out")
            return None
        if is_never_kept(str(heading)):
            self._wrong(
                path,
                "this is never kept",
                str(heading),
                "a reference: names, addresses and numbers of people are not read",
            )
            return None
        values = about.get("values") or {}
        if not isinstance(values, dict):
            self._wrong((*path, "values"), "not words with meanings", shown(values), "word: meaning")
            values = {}
        spec = TYPES[name].fields.get(str(key))
        for word, means in values.items():
            if spec is not None and spec.codes and means not in (*spec.codes, None, ""):
                near, expected = nearest(str(means), spec.codes), "one of " + ", ".join(spec.codes)
                self._wrong((*path, "values", word), f"not a code of {key}", shown(means), expected, near)
        order = self._order((*path, "dates"), about["dates"]) if "dates" in about else ""
        return Column(str(key), str(heading), {str(word): means for word, means in values.items()}, order)

    def _always(self, path: Path, name: str, key: Any, value: Any) -> None:
        if not self._is_field(path, name, key):
            return
        spec = TYPES[name].fields[str(key)]
        if spec.codes and value not in spec.codes:
            expected = "one of " + ", ".join(spec.codes)
            self._wrong(path, f"not a code of {key}", shown(value), expected, nearest(str(value), spec.codes))
        elif not spec.codes and not isinstance(value, bool | str):
            self._wrong(path, f"not a value of {key}", shown(value), "a code, text, yes or no")

    def _is_field(self, path: Path, name: str, key: Any) -> bool:
        fields = ["child_id" if name == CHILD.name else "id", *source_fields(name)]
        if key in fields:
            return True
        self._wrong(path, f"no field of this name in {name}", shown(key), "", nearest(str(key), fields), at_key=True)
        return False

    def _order(self, path: Path, value: Any) -> str:
        if value in ORDERS:
            return ORDERS[value]
        self._wrong(
            path, "not an order of dates", shown(value), "one of " + ", ".join(ORDERS), nearest(str(value), ORDERS)
        )
        return "day"

    def _unknown(self, path: Path, data: Mapping[Any, Any], known: Sequence[str]) -> None:
        for key in data:
            if key not in known:
                expected, near = "one of " + ", ".join(known), nearest(str(key), known)
                self._wrong((*path, key), "a key that is not known", shown(key), expected, near, at_key=True)

    def _wrong(self, path: Path, message: str, found: str, expected: str, near: str = "", at_key: bool = False) -> None:
        self.problems.append(
            self._read.problem(path, message, found=found, expected=expected, did_you_mean=near, at_key=at_key)
        )
