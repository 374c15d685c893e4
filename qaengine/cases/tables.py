"""Case files as tables: one Polars frame a record type, and one for the children.

Columns of every frame, in this order: `child` (Int32, the place of the child in the child frame, which is in the
order of child ids), `seq` (Int32, the rank of the record's id within child and type, from 0), `id`, and every field
that any row carries, in catalogue order. Dates are `Date`, numbers `Int32`, yes or no `Boolean`, all else `String`;
null is left blank.

What is not carried: a field that no row carries has no column; where only some rows carry it a Boolean column
`<field>?nc` is true for those that do not (and the value is null). A type that no child carries has no frame; where
only some children carry it the child frame has a Boolean column `<type>?nc`. A frame without rows has a column for
every field that the format carries.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from qaengine.cases.shape import CHILD, RECORD_TYPES, Absent, data_fields, derived_fields, known_kind, source_fields
from qaengine.model.casefile import CaseFile, CaseSet, Row, Value
from qaengine.model.record import Kind

KEYS = ("child", "seq", "id")
_DTYPES: dict[Kind, type[pl.DataType]] = {
    Kind.DATE: pl.Date,
    Kind.EVENT: pl.Date,
    Kind.NUMBER: pl.Int32,
    Kind.YES_NO: pl.Boolean,
}


def nc(name: str) -> str:
    """The name of the column that says which rows do not carry a field (or which children a record type)."""
    return f"{name}?nc"


def dtype_of(name: str, field: str) -> type[pl.DataType]:
    """The type of the column of one field."""
    return _DTYPES.get(known_kind(name, field), pl.String)


@dataclass(frozen=True)
class Tables:
    """The frames by record type, "child" among them, and what the source says of itself.

    `absent` names the fields that the format never carries: what is known of a type that holds no record.
    """

    frames: Mapping[str, pl.DataFrame]
    absent: Absent = field(default_factory=dict)
    own_date: date | None = None
    origin: str = ""

    @property
    def child(self) -> pl.DataFrame:
        return self.frames[CHILD.name]


def tables_of(case_set: CaseSet, absent: Absent | None = None) -> Tables:
    """The same content as tables. `absent` is what the format never carries, where that is known."""
    gone: Absent = absent if absent is not None else _absent_of(case_set)
    files = case_set.files
    children = [(place, 0, file.child) for place, file in enumerate(files)]
    types = [name for name in RECORD_TYPES if any(name in file.records for file in files)]
    flags = [
        pl.Series(nc(name), [name not in file.records for file in files], dtype=pl.Boolean)
        for name in types
        if not all(name in file.records for file in files)
    ]
    frames = {CHILD.name: _frame(CHILD.name, children, case_set.not_carried, gone).with_columns(flags)}
    for name in types:
        rows = [
            (place, seq, row) for place, file in enumerate(files) for seq, row in enumerate(file.records.get(name, ()))
        ]
        frames[name] = _frame(name, rows, case_set.not_carried, gone)
    return Tables(frames, gone, case_set.own_date, case_set.origin)


def _absent_of(case_set: CaseSet) -> Absent:
    """Of a type without records, the case set itself says which fields are not carried."""
    with_rows = {name for file in case_set.files for name, rows in file.records.items() if rows}
    without = set(RECORD_TYPES) - with_rows
    return {
        name: fields & frozenset(source_fields(name))
        for name, fields in case_set.not_carried.items()
        if name in without and fields != frozenset(data_fields(name))
    }


def _frame(
    name: str, rows: Sequence[tuple[int, int, Row]], not_carried: Mapping[str, frozenset[str]], absent: Absent
) -> pl.DataFrame:
    columns = [
        pl.Series("child", [child for child, _, _ in rows], dtype=pl.Int32),
        pl.Series("seq", [seq for _, seq, _ in rows], dtype=pl.Int32),
        pl.Series("id", [row.id for _, _, row in rows], dtype=pl.String),
    ]
    if not rows:
        gone = not_carried.get(name, absent.get(name, frozenset()) | derived_fields(name))
        return pl.DataFrame([*columns, *empty_columns(name, [f for f in data_fields(name) if f not in gone])])
    values = [row.values for _, _, row in rows]
    for each in data_fields(name):
        columns.extend(column(name, each, [row.get(each) for row in values], [each not in row for row in values]))
    return pl.DataFrame(columns)


def empty_columns(name: str, fields: Iterable[str]) -> list[pl.Series]:
    """Columns without rows."""
    return [pl.Series(each, [], dtype=dtype_of(name, each)) for each in fields]


def column(name: str, each: str, values: Sequence[Value], missing: Sequence[bool]) -> list[pl.Series]:
    """The column of a field and, where only some rows carry it, the column that says which; none where none does."""
    if all(missing):
        return []
    series = [pl.Series(each, values, dtype=dtype_of(name, each))]
    if any(missing):
        series.append(pl.Series(nc(each), missing, dtype=pl.Boolean))
    return series


def case_set_of(tables: Tables, child_ids: Collection[str] | None = None) -> CaseSet:
    """The same content as plain Python; with `child_ids`, the case files of those children alone.

    What the source as a whole carries is said of the whole source, whichever children are asked for.
    """
    child = tables.child if child_ids is None else tables.child.filter(pl.col("id").is_in(list(child_ids)))
    places = child["child"].to_list()
    heads = dict(_rows(CHILD.name, child))
    records: dict[int, dict[str, tuple[Row, ...]]] = {place: {} for place in places}
    for name in RECORD_TYPES:
        if name in tables.frames:
            _spread(name, tables.frames[name], child, places, records, whole=child_ids is None)
    files = tuple(CaseFile(heads[place].id, heads[place], records[place]) for place in places)
    return CaseSet(files, not_carried_in(tables), tables.own_date, tables.origin)


def _spread(
    name: str,
    frame: pl.DataFrame,
    child: pl.DataFrame,
    places: list[int],
    records: dict[int, dict[str, tuple[Row, ...]]],
    whole: bool,
) -> None:
    """The rows of one frame, each to its child; an empty tuple for a child that carries the type and has none."""
    if not whole:
        frame = frame.filter(pl.col("child").is_in(places))
    rows: dict[int, list[Row]] = {place: [] for place in places}
    for place, row in _rows(name, frame):
        rows[place].append(row)
    flags = child[nc(name)].to_list() if nc(name) in child.columns else [False] * len(places)
    for place, missing in zip(places, flags, strict=True):
        if not missing:
            records[place][name] = tuple(rows[place])


def _rows(name: str, frame: pl.DataFrame) -> Iterable[tuple[int, Row]]:
    fields = [each for each in data_fields(name) if each in frame.columns]
    flagged = [(each, frame.columns.index(nc(each))) for each in fields if nc(each) in frame.columns]
    places = [(each, frame.columns.index(each)) for each in fields]
    first, key = frame.columns.index("child"), frame.columns.index("id")
    for cells in frame.iter_rows():
        values: dict[str, Any] = {each: cells[at] for each, at in places}
        for each, at in flagged:
            if cells[at]:
                del values[each]
        yield cells[first], Row(cells[key], values)


def not_carried_in(tables: Tables) -> dict[str, frozenset[str]]:
    """The fields, by record type, that the tables as a whole do not carry."""
    return {
        name: frozenset(data_fields(name)) - set(tables.frames[name].columns if name in tables.frames else ())
        for name in (CHILD.name, *RECORD_TYPES)
    }
