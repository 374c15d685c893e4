"""Derived fields put on frames: the same derivations as for rows, over the same columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from qaengine.cases.derive import change_values
from qaengine.cases.derived.changes import CHANGES, Change
from qaengine.cases.derived.council import Council
from qaengine.cases.derived.rule import Input
from qaengine.cases.derived.view import NC, Cell, Columns, View
from qaengine.cases.derived.work import Needed, work_out
from qaengine.cases.shape import CHILD, RECORD_TYPES, data_fields, source_fields
from qaengine.cases.tables import KEYS, Tables, column, dtype_of, nc


def derive_tables(tables: Tables, as_at: date, needed: Needed | None = None, council: Council | None = None) -> Tables:
    """The tables, cut before, with every derived field (or those needed) worked out for a date."""
    found = work_out(view_of_tables(tables), as_at, council or Council(), needed)
    frames = dict(tables.frames)
    if found.changes is not None:
        frames = _with_changes(frames, found.changes)
    for name in {of for of, _ in found.columns}:
        frames[name] = _with_columns(name, frames[name], found.columns)
    return Tables(frames, tables.absent, tables.own_date, tables.origin)


@dataclass(frozen=True)
class FrameColumns:
    """The records of one type, from a frame."""

    frame: pl.DataFrame
    starts: Sequence[int]
    carried: Sequence[bool]

    @cached_property
    def ids(self) -> list[str]:
        return self.frame["id"].to_list()

    def has(self, field: str) -> bool:
        return field in self.frame.columns

    def cells(self, field: str) -> list[Cell]:
        if field not in self.frame.columns:
            return [NC] * self.frame.height
        cells: list[Cell] = self.frame[field].to_list()
        if nc(field) not in self.frame.columns:
            return cells
        flags = self.frame[nc(field)].to_list()
        return [NC if missing else cell for cell, missing in zip(cells, flags, strict=True)]


def view_of_tables(tables: Tables) -> View:
    """The view of tables."""
    count = tables.child.height
    places = pl.Series(range(count + 1), dtype=pl.Int32)
    types: dict[str, Columns] = {}
    for name, frame in tables.frames.items():
        if name == CHILD.name:
            types[name] = FrameColumns(frame, range(count + 1), [True] * count)
            continue
        starts = frame["child"].search_sorted(places, side="left").to_list()
        flag = nc(name)
        carried = [True] * count if flag not in tables.child.columns else (~tables.child[flag]).to_list()
        types[name] = FrameColumns(frame, starts, carried)
    return View(count, types)


def _with_columns(name: str, frame: pl.DataFrame, made: Mapping[Input, list[Cell]]) -> pl.DataFrame:
    added: list[pl.Series] = []
    for (of, field), cells in made.items():
        if of != name:
            continue
        if not cells:
            added.append(pl.Series(field, [], dtype=dtype_of(name, field)))
            continue
        missing = [cell is NC for cell in cells]
        added.extend(column(name, field, [None if cell is NC else cell for cell in cells], missing))
    return in_order(name, frame.with_columns(added))


def _with_changes(frames: Mapping[str, pl.DataFrame], changes: list[list[Change] | None]) -> dict[str, pl.DataFrame]:
    """The frames with the derived changes among those that the source wrote."""
    added = _frame_of_changes(changes)
    written = frames.get(CHANGES)
    child = frames[CHILD.name].drop(nc(CHANGES), strict=False)
    missing = [of_child is None for of_child in changes]
    if any(missing):
        child = child.with_columns(pl.Series(nc(CHANGES), missing, dtype=pl.Boolean))
    merged = added if written is None or (written.is_empty() and added.height) else _merged(written, added)
    rows = merged.sort("child", "id").with_columns(seq=pl.int_range(pl.len(), dtype=pl.Int32).over("child"))
    return {**frames, CHILD.name: in_order(CHILD.name, child), CHANGES: in_order(CHANGES, rows)}


def _frame_of_changes(changes: list[list[Change] | None]) -> pl.DataFrame:
    rows = [(place, change) for place, of_child in enumerate(changes) for change in of_child or ()]
    values = [change_values(change) for _, change in rows]
    return pl.DataFrame(
        [
            pl.Series("child", [place for place, _ in rows], dtype=pl.Int32),
            pl.Series("seq", [0] * len(rows), dtype=pl.Int32),
            pl.Series("id", [change.id for _, change in rows], dtype=pl.String),
            *(
                pl.Series(field, [value[field] for value in values], dtype=dtype_of(CHANGES, field))
                for field in source_fields(CHANGES)
            ),
        ]
    )


def _merged(written: pl.DataFrame, added: pl.DataFrame) -> pl.DataFrame:
    """Both together; a field that only the derived ones carry is not carried by those that the source wrote."""
    if added.is_empty():
        return written
    fields = [field for field in source_fields(CHANGES) if field not in written.columns]
    flags = [nc(field) for field in source_fields(CHANGES) if nc(field) in written.columns]
    return pl.concat(
        [
            written.with_columns(pl.lit(True).alias(nc(field)) for field in fields),
            added.with_columns(pl.lit(False).alias(flag) for flag in [*flags, *(nc(field) for field in fields)]),
        ],
        how="diagonal",
    )


def in_order(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns in their one order: keys, fields as the catalogue has them, then the types not carried."""
    wanted = [*KEYS, *(each for field in data_fields(name) for each in (field, nc(field))), *map(nc, RECORD_TYPES)]
    return frame.select(each for each in wanted if each in frame.columns)
