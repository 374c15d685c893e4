"""The tables as the engine reads them: only the columns that are needed, dates as integers, what is unknown marked.

This is an edge: Polars is used as Polars here, and nothing is lazy yet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine import ordinals
from qaengine.evaluate.engine.columns import CHILD, RECORDS, ROW, Column, View, untold
from qaengine.evaluate.engine.needs import Need, kind_of
from qaengine.model.condition import fold
from qaengine.model.period import Unit
from qaengine.model.record import DATES, Kind
from qaengine.model.records import CHILD as CHILD_TYPE

ROW_IDS = frozenset({"id", "child_id"})
"""The fields that name the row itself: every row has its own."""

_TYPES: dict[Kind, pl.DataType] = {
    Kind.DATE: pl.Int32(),
    Kind.EVENT: pl.Int32(),
    Kind.NUMBER: pl.Int64(),
    Kind.YES_NO: pl.Boolean(),
}


@dataclass(frozen=True)
class Table:
    """The records of one type, in order of child and record.

    `frame` has `child`, `row` and the needed columns. `masked` are the fields that have an UNKNOWN column: all others
    are known in every row. `carried` is false where no child's source has the type; `source` is as it was given, in
    the order of `frame`: it tells the id of a row. `untold` (of the child) are the columns that say that a record
    type is not carried for some of the children.
    """

    record_type: str
    frame: fr.LazyFrame
    columns: frozenset[Column]
    masked: frozenset[str]
    carried: bool
    source: pl.DataFrame
    untold: tuple[str, ...] = ()

    def only(self, columns: frozenset[Column]) -> "Table":
        """The same with no more columns than these: what one standard needs of it."""
        fields = {column.field for column in columns}
        some = replace(self, columns=columns, masked=self.masked & fields)
        return replace(some, frame=self.frame.select(CHILD, ROW, *self.untold, *some.field_columns))

    def has(self, field: str) -> bool:
        """Whether any record carries the field."""
        return field in ROW_IDS or field in self.source.columns

    @cached_property
    def fields(self) -> list[str]:
        """The fields that have columns."""
        return sorted({column.field for column in self.columns})

    @cached_property
    def field_columns(self) -> list[str]:
        """The names of the columns of the fields."""
        unknown = {Column(field, View.UNKNOWN) for field in self.masked}
        return sorted(column.name for column in self.columns | unknown)


Tables = Mapping[str, Table]


def prepare(
    tables: Mapping[str, pl.DataFrame], needs: Iterable[Need], as_at: date
) -> tuple[dict[str, Table], ordinals.Point]:
    """A table for each record type that is needed and for the child, and the as-at date to measure to."""
    wanted = by_type(needs)
    sources = {name: _in_order(name, tables.get(name)) for name in wanted}
    calendar = _calendar(sources, wanted, as_at)
    flags = [name for name in map(untold, wanted) if name in sources[CHILD_TYPE.name].columns]
    made = {}
    for name, columns in wanted.items():
        also = tuple(flags) if name == CHILD_TYPE.name else ()
        frame, masked = _columns(name, sources[name], columns, calendar, also)
        made[name] = Table(name, frame, frozenset(columns), masked, name in tables, sources[name], also)
    return made, _as_at_point(as_at, calendar)


def by_type(needs: Iterable[Need]) -> dict[str, set[Column]]:
    """The columns that are needed of each record type, the child among them."""
    wanted: dict[str, set[Column]] = {CHILD_TYPE.name: set()}
    for record_type, column in needs:
        wanted.setdefault(record_type, set()).update({column} - {RECORDS})
    return wanted


def _in_order(record_type: str, source: pl.DataFrame | None) -> pl.DataFrame:
    if source is None:
        return pl.DataFrame(schema={CHILD: pl.Int32, "seq": pl.Int32, "id": pl.String})
    if record_type == CHILD_TYPE.name:
        return source.sort(CHILD)
    order = pl.struct(CHILD, "seq")
    return source if source.select(order)[CHILD].is_sorted() else source.sort(CHILD, "seq")


def _calendar(
    sources: Mapping[str, pl.DataFrame], wanted: Mapping[str, set[Column]], as_at: date
) -> ordinals.WorkingDays | None:
    """A lookup of working days for the dates from which they are counted; none where none are."""
    counted = {
        (name, column.field, column.period.n if column.period else 0)
        for name, columns in wanted.items()
        for column in columns
        if column.view is View.WORKING or (column.period and column.period.unit is Unit.WORKING_DAYS)
    }
    if not counted:
        return None
    years = [as_at.year]
    for name, field, _ in counted:
        if field in sources[name].columns:
            ends: tuple[Any, Any] = sources[name][field].min(), sources[name][field].max()
            years += [end.year for end in ends if end is not None]
    return ordinals.working_days_over(min(years), max(years), max(n for _, _, n in counted))


def _as_at_point(as_at: date, calendar: ordinals.WorkingDays | None) -> ordinals.Point:
    day = ordinals.day_number(as_at)
    place = None if calendar is None else fr.lit(int(calendar.place(pl.Series([day], dtype=pl.Int32))[0]))
    return ordinals.Point(fr.lit(day), place)


def _columns(
    record_type: str,
    source: pl.DataFrame,
    columns: set[Column],
    calendar: ordinals.WorkingDays | None,
    flags: Iterable[str],
) -> tuple[fr.LazyFrame, frozenset[str]]:
    """The frame of a record type, and the fields in it that have an UNKNOWN column."""
    made = [source[CHILD].cast(pl.Int32), pl.int_range(len(source), dtype=pl.Int64, eager=True).alias(ROW)]
    made += [source[flag].fill_null(False) for flag in flags]
    masked = set()
    for field in sorted({column.field for column in columns}):
        value, unknown = _value(record_type, source, field)
        made.append(value.alias(field))
        if unknown is not None:
            masked.add(field)
            made.append(unknown.alias(Column(field, View.UNKNOWN).name))
        for column in columns:
            if column.field == field and column.view is not View.VALUE:
                made.append(_view(value, column, calendar).alias(column.name))
    return fr.lazy(pl.DataFrame(made)), frozenset(masked)


def _value(record_type: str, source: pl.DataFrame, field: str) -> tuple[pl.Series, pl.Series | None]:
    """The values of a field, null where unknown, and where that is; the latter is None where all are known."""
    kind = kind_of(record_type, field)
    dtype = _TYPES.get(kind, pl.String())
    if field in ROW_IDS:
        return source["id"], None
    if field not in source.columns:
        nothing = pl.Series([None], dtype=dtype).new_from_index(0, len(source))
        return nothing, pl.Series([True]).new_from_index(0, len(source))
    value = source[field].cast(pl.Date).cast(pl.Int32) if kind in DATES else source[field].cast(dtype)
    masks = [source[name] for name in (f"{field}?nc", f"{field}?cx") if name in source.columns]
    if not masks:
        return value, None
    unknown = (
        pl.DataFrame({str(n): mask.fill_null(False) for n, mask in enumerate(masks)})
        .select(pl.any_horizontal(pl.all()))
        .to_series()
    )
    return value.set(unknown, None), unknown


def _view(value: pl.Series, column: Column, calendar: ordinals.WorkingDays | None) -> pl.Series:
    if column.view is View.FOLDED:
        different = value.unique().drop_nulls()
        folded = pl.Series([fold(text) for text in different], dtype=pl.String)
        return value.replace_strict(different, folded, default=None, return_dtype=pl.String)
    if column.view is View.WORKING:
        assert calendar is not None
        return calendar.place(value)
    assert column.period is not None
    if column.view is View.COMPLETE:
        return ordinals.complete(value, column.period, calendar)
    return ordinals.last_within(value, column.period, calendar)
