"""The tables as they stood on a date: the same cut as `cut.py`, on whole frames."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from qaengine.cases.cut import cut_notes, wholes_first
from qaengine.cases.notes import Note
from qaengine.cases.shape import CHILD, RECORD_TYPES, TYPES, Absent, source_fields
from qaengine.cases.tables import KEYS, Tables, dtype_of, empty_columns, nc
from qaengine.model.record import Kind, RecordType


def cut_tables(tables: Tables, as_at: date) -> tuple[Tables, tuple[Note, ...]]:
    """The tables as they stood at the end of a day, with notes on what is not there yet."""
    child, place = _children(tables.child, as_at)
    frames: dict[str, pl.DataFrame] = {CHILD.name: child}
    left: dict[str, int] = {}
    for name in wholes_first({name: None for name in RECORD_TYPES if name in tables.frames}):
        before = _of_children(tables.frames[name], place)
        after = _with_wholes(RECORD_TYPES[name], _existing(RECORD_TYPES[name], before, as_at), frames)
        left[name] = before.height - after.height
        frames[name] = _known(RECORD_TYPES[name], after, as_at)
        if after.height < tables.frames[name].height:
            frames[name] = _ranked(frames[name])
    gone = tables.child.filter(place.is_null())["id"].to_list() if place is not None else []
    cut = Tables(without_idle(frames, tables.absent), tables.absent, tables.own_date, tables.origin)
    return cut, cut_notes(as_at, gone, left)


def _children(child: pl.DataFrame, as_at: date) -> tuple[pl.DataFrame, pl.Series | None]:
    """The children who are there, and the new place of each by the old one; None when all are there."""
    present = _existing(CHILD, child, as_at)
    known = _known(CHILD, present, as_at)
    if present.height == child.height:
        return known, None
    kept = child["child"].is_in(present["child"].implode())
    place = pl.select(pl.when(kept).then(kept.cum_sum().cast(pl.Int32) - 1)).to_series()
    return known.with_columns(child=pl.int_range(pl.len(), dtype=pl.Int32)), place


def _of_children(frame: pl.DataFrame, place: pl.Series | None) -> pl.DataFrame:
    if place is None:
        return frame
    return frame.with_columns(child=place.gather(frame["child"])).filter(pl.col("child").is_not_null())


def _existing(record_type: RecordType, frame: pl.DataFrame, as_at: date) -> pl.DataFrame:
    ahead = [pl.col(each) > as_at for each in record_type.dated if each in frame.columns]
    return frame.filter(~pl.any_horizontal(ahead).fill_null(False)) if ahead else frame


def _with_wholes(record_type: RecordType, frame: pl.DataFrame, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The parts whose whole is there, or which name none, or whose child carries none of those wholes."""
    if record_type.belongs_to is None or record_type.belongs_to[0] not in frame.columns:
        return frame
    link, whole = record_type.belongs_to
    if whole not in frames:
        return frame
    known = frames[whole].select("child", pl.col("id").alias(link), pl.lit(True).alias("?whole"))
    child = frames[CHILD.name]
    uncarried = child[nc(whole)] if nc(whole) in child.columns else pl.Series([False]).new_from_index(0, child.height)
    return (
        frame.join(known, on=["child", link], how="left", maintain_order="left")
        .with_columns(uncarried.gather(frame["child"]).alias("?uncarried"))
        .filter(pl.col(link).is_null() | pl.col("?whole") | pl.col("?uncarried"))
        .drop("?whole", "?uncarried")
    )


def _known(record_type: RecordType, frame: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """What was known of the records: events ahead have not happened, and what hangs on them is as it was."""
    changed: list[pl.Expr] = []
    for name, spec in record_type.fields.items():
        if name not in frame.columns:
            continue
        value = pl.col(name)
        if spec.kind is Kind.EVENT:
            value = pl.when(value <= as_at).then(value)
        if spec.known_from is not None and spec.known_from in frame.columns:
            value = _until(record_type.name, name, spec.known_from, frame, as_at, value)
        if spec.kind is Kind.EVENT or spec.known_from is not None:
            changed.append(value.alias(name))
    return frame.with_columns(changed) if changed else frame


def _until(record_type: str, name: str, day: str, frame: pl.DataFrame, as_at: date, value: pl.Expr) -> pl.Expr:
    """The value where its date has come; what held until then where it has not; untouched where that is not carried."""
    spec = TYPES[record_type].fields[name]
    so = pl.col(day) <= as_at
    if spec.until_then is not None:
        so = so | pl.col(day).is_null()
    if nc(day) in frame.columns:
        so = so | pl.col(nc(day))
    until_then = pl.lit(spec.until_then, dtype=dtype_of(record_type, name))
    if nc(name) in frame.columns:
        until_then = pl.when(~pl.col(nc(name))).then(until_then)
    return pl.when(so.fill_null(False)).then(value).otherwise(until_then)


def _ranked(frame: pl.DataFrame) -> pl.DataFrame:
    """The rank of each record anew: the rows stand in order, so it is the distance from the child's first row."""
    place = pl.int_range(pl.len(), dtype=pl.Int32)
    first = pl.when(pl.col("child") != pl.col("child").shift(1, fill_value=-1)).then(place).forward_fill()
    return frame.with_columns(seq=(place - first).cast(pl.Int32))


def without_idle(frames: Mapping[str, pl.DataFrame], absent: Absent) -> dict[str, pl.DataFrame]:
    """The frames with no more columns and frames than what is left needs."""
    child = _normal_frame(CHILD.name, frames[CHILD.name], absent)
    kept = {CHILD.name: child}
    for name in RECORD_TYPES:
        if name not in frames or _nobody(child, name):
            continue
        kept[name] = _normal_frame(name, frames[name], absent)
    idle = [
        nc(name)
        for name in RECORD_TYPES
        if nc(name) in child.columns and (name not in kept or not child[nc(name)].any())
    ]
    kept[CHILD.name] = child.drop(idle)
    return kept


def _nobody(child: pl.DataFrame, name: str) -> bool:
    return child.is_empty() or (nc(name) in child.columns and bool(child[nc(name)].all()))


def _normal_frame(name: str, frame: pl.DataFrame, absent: Absent) -> pl.DataFrame:
    if frame.is_empty():
        gone = absent.get(name, frozenset())
        fields = [each for each in source_fields(name) if each not in gone]
        return pl.DataFrame([*frame.select(KEYS).get_columns(), *empty_columns(name, fields)])
    idle: list[str] = []
    for each in source_fields(name):
        if nc(each) in frame.columns:
            flags = frame[nc(each)]
            idle += [each, nc(each)] if flags.all() else [] if flags.any() else [nc(each)]
    return frame.drop(idle)
