"""What measures count, for all children at once: the same as `evaluate.measuring`, in columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import polars as pl

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.engine.conditions import FALSE, holds, may_be_true
from qaengine.evaluate.engine.needs import kind_of, needs
from qaengine.evaluate.engine.prepare import ROW_IDS, Table, prepare
from qaengine.evaluate.engine.scene import Scene, scene
from qaengine.evaluate.engine.terms import Look
from qaengine.evaluate.measuring import Part, Seen, SeenOf, as_standard, word_of
from qaengine.model.condition import Ref, Scope
from qaengine.model.measure import Among, Measure
from qaengine.model.record import DATES

Frame = fr.LazyFrame
_WHERE, _MUST, _OPEN = "the where", "the must", "is open"
_LINK, _CODE, _COUNTS = "the link", "the code", "it counts"


@dataclass(frozen=True)
class _Planned:
    """What is to be run for one measure: its rows, the children who do not carry them, and the parts."""

    measure: Measure
    here: Scene
    rows: Frame
    untold: Frame
    parts: Frame | None
    parts_untold: Frame | None

    @property
    def frames(self) -> list[Frame]:
        parts = [frame for frame in (self.parts, self.parts_untold) if frame is not None]
        return [self.rows, self.untold, *parts]


def seen_by_engine(
    measures: Sequence[Measure],
    tables: Mapping[str, pl.DataFrame],
    as_at: date,
    not_carried: Mapping[str, frozenset[str]],
    child_ids: Sequence[str],
) -> list[SeenOf]:
    """All that each measure sees, of tables that hold what was so on the as-at date."""
    standards = [as_standard(measure) for measure in measures]
    prepared, point = prepare(tables, chain.from_iterable(needs(standard) for standard in standards), as_at)
    planned = [
        _planned(measure, scene(standard, prepared, (as_at, point), not_carried))
        for measure, standard in zip(measures, standards, strict=True)
    ]
    made = iter(fr.collect([frame for plan in planned for frame in plan.frames]))
    return [_seen_of(plan, made, child_ids) for plan in planned]


def _planned(measure: Measure, here: Scene) -> _Planned:
    if measure.of_children:
        rows, look = here.children.with_columns(fr.lit(None, fr.Int64).alias(ROW)), here.look
        untold = here.children.filter(fr.col(CHILD) < 0)
    else:
        rows, look, untold = here.records(measure.of), here.at(measure.of), _untold(here, measure.of)
    parts, parts_untold = None, None
    if among := measure.among:
        parts, parts_untold = _parts(among, here), _untold(here, among.record_type).select(CHILD).sort(CHILD)
    return _Planned(measure, here, _rows(measure, rows, look), untold.select(CHILD).sort(CHILD), parts, parts_untold)


def _untold(here: Scene, record_type: str) -> Frame:
    """The children whose source does not carry a record type."""
    if not here.table(record_type).carried:
        return here.children
    untold = here.untold(record_type)
    return here.children.filter(fr.col(CHILD) < 0 if untold is None else untold)


def _rows(measure: Measure, rows: Frame, look: Look) -> Frame:
    columns = {_WHERE: holds(measure.where, look)}
    if measure.must is not None:
        columns[_MUST] = holds(measure.must, look)
    columns |= {f"group {place}": holds(group.condition, look) for place, group in enumerate(measure.groups)}
    refs = {"by": measure.by, "end": measure.end, "once": measure.once_per}
    refs |= {f"start {place}": ref for place, ref in enumerate(measure.start)}
    columns |= {name: look.term(ref).value for name, ref in refs.items() if ref}
    if measure.end:
        absent = look.term(measure.end).absent
        columns[_OPEN] = FALSE if absent is None else absent
    made = rows.with_columns(*(expr.alias(name) for name, expr in columns.items()))
    return made.filter(may_be_true(fr.col(_WHERE))).select(CHILD, ROW, *columns).sort(CHILD, ROW)


def _parts(among: Among, here: Scene) -> Frame:
    look = here.at(among.record_type)
    link, code = (
        look.term(Ref(Scope.RECORD, field, among.record_type)).value.alias(name)
        for field, name in ((among.link, _LINK), (among.by, _CODE))
    )
    made = here.records(among.record_type).with_columns(link, code, holds(among.counting, look).alias(_COUNTS))
    return made.filter(may_be_true(fr.col(_COUNTS))).select(CHILD, ROW, _LINK, _CODE, _COUNTS).sort(CHILD, ROW)


def _seen_of(plan: _Planned, made: Iterator[pl.DataFrame], child_ids: Sequence[str]) -> SeenOf:
    measure = plan.measure
    rows, untold = next(made), next(made)
    seen = [Seen(child_ids[child], "", None) for child in untold[CHILD].to_list()]
    seen += _seen(measure, rows, None if measure.of_children else plan.here.table(measure.of), child_ids)
    if measure.among is None:
        return SeenOf(seen, [])
    parts, parts_untold = next(made), next(made)
    columns = (_words(parts[name], measure.among.record_type, field) for name, field in _of_parts(measure.among))
    counts = parts[_COUNTS].to_list()
    found = [
        Part(child_ids[child], link, code, so)
        for child, link, code, so in zip(parts[CHILD].to_list(), *columns, counts, strict=True)
    ]
    return SeenOf(seen, found, frozenset(child_ids[child] for child in parts_untold[CHILD].to_list()))


def _of_parts(among: Among) -> tuple[tuple[str, str], ...]:
    return (_LINK, among.link), (_CODE, among.by)


def _seen(measure: Measure, rows: pl.DataFrame, table: Table | None, child_ids: Sequence[str]) -> list[Seen]:
    """The rows as they are seen: ids in place of rows, dates in place of day numbers."""
    children = [child_ids[child] for child in rows[CHILD].to_list()]
    count = len(children)
    ids = [""] * count if table is None else table.source["id"].gather(rows[ROW]).to_list()
    nothing: list[Any] = [None] * count
    musts = nothing if measure.must is None else rows[_MUST].to_list()
    groups = _across([rows[f"group {place}"].to_list() for place, _ in enumerate(measure.groups)], count)
    starts = _across([_days(rows[f"start {place}"]) for place, _ in enumerate(measure.start)], count)
    by = nothing if measure.by is None else _words(rows["by"], measure.by.record_type, measure.by.field)
    once = (
        nothing
        if measure.once_per is None
        else _words(rows["once"], measure.once_per.record_type, measure.once_per.field)
    )
    ends = nothing if measure.end is None else _days(rows["end"])
    is_open = [False] * count if measure.end is None else rows[_OPEN].to_list()
    columns = (children, ids, rows[_WHERE].to_list(), musts, groups, by, starts, ends, is_open, once)
    return [Seen(*cells) for cells in zip(*columns, strict=True)]


def _across(columns: Sequence[list[Any]], count: int) -> list[tuple[Any, ...]]:
    return list(zip(*columns, strict=True)) if columns else [()] * count


def _days(column: pl.Series) -> list[date | None]:
    days: list[date | None] = column.cast(pl.Int32).cast(pl.Date).to_list()
    return days


def _words(column: pl.Series, record_type: str, field: str) -> list[str | None]:
    if field not in ROW_IDS and kind_of(record_type, field) in DATES:
        return [None if day is None else word_of(day) for day in _days(column)]
    return [None if value is None else word_of(value) for value in column.to_list()]
