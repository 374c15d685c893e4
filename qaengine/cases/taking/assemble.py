"""Records of many tables put together: one frame a record type, in the order of the children's references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from qaengine.cases.cut_tables import without_idle
from qaengine.cases.notes import MOST_SHOWN, Note
from qaengine.cases.shape import CHILD, RECORD_TYPES, companions, source_fields
from qaengine.cases.tables import Tables, dtype_of, nc
from qaengine.cases.taking.earlier import is_earlier
from qaengine.cases.taking.take import Part
from qaengine.model.problem import Problem

AGREED = ("born", "expected", "disabled")
"""Fields of the child of which there is one truth: where two tables differ, neither is taken."""


@dataclass(frozen=True)
class Assembled:
    """The tables as they were read, and notes on what tables said differently of one child.

    `whole` has beside each record those that may be there and are not carried (`earlier.py`): it is what is evaluated.
    """

    tables: Tables
    notes: tuple[Note, ...]
    whole: Tables


def assemble(parts: Sequence[Part], own_date: date | None, origin: str) -> Assembled:
    """The tables of some parts. Every child of whom any part speaks is there, once."""
    whole, differing = _tables(parts, own_date, origin)
    return Assembled(_as_read(whole), differing, whole)


def _as_read(whole: Tables) -> Tables:
    """The tables without the records that only may be there; the same where there are none."""
    frames = dict(whole.frames)
    for name, frame in whole.frames.items():
        unseen = frame.select(is_earlier(name)).to_series()
        if unseen.any():
            frames[name] = with_ranks(frame.filter(~unseen))
    if all(frames[name] is whole.frames[name] for name in frames):
        return whole
    return replace(whole, frames=without_idle(frames, whole.absent))


def _tables(parts: Sequence[Part], own_date: date | None, origin: str) -> tuple[Tables, tuple[Note, ...]]:
    child, differing = _children([part for part in parts if part.type == CHILD.name], parts)
    places = child.select("child_id", "child")
    frames: dict[str, pl.DataFrame] = {}
    flags: list[pl.Series] = []
    for name in RECORD_TYPES:
        of_type = [part for part in parts if part.type == name]
        if not of_type:
            continue
        frames[name] = _records(name, of_type, places)
        flag = _not_listed(of_type, child)
        if flag is not None:
            flags.append(flag.alias(nc(name)))
    keys = [pl.col("child"), pl.lit(0, dtype=pl.Int32).alias("seq"), pl.col("child_id").alias("id")]
    wanted = [each for field in source_fields(CHILD.name) for each in (field, nc(field)) if each in child.columns]
    frames = {CHILD.name: child.select(*keys, *wanted).with_columns(flags), **frames}
    absent = {name: _absent(name, frame) for name, frame in frames.items()}
    return Tables(without_idle(frames, absent), absent, own_date, origin), differing


def _absent(name: str, frame: pl.DataFrame) -> frozenset[str]:
    return frozenset(source_fields(name)) - frozenset(frame.columns)


def _not_listed(parts: Sequence[Part], child: pl.DataFrame) -> pl.Series | None:
    """Which children no table of the type speaks of; None where one speaks of all."""
    listed: set[str] = set()
    for part in parts:
        if part.listed is None:
            return None
        listed |= part.listed
    flag = ~child["child_id"].is_in(sorted(listed))
    return flag if flag.any() else None


def _children(own: Sequence[Part], parts: Iterable[Part]) -> tuple[pl.DataFrame, tuple[Note, ...]]:
    """One row for each child, in the order of their references, and a note on what was said differently."""
    named = [part.rows["child_id"] for part in parts]
    ids = pl.concat(named).unique().sort() if named else pl.Series([], dtype=pl.String)
    child = pl.DataFrame({"child_id": ids})
    unlike: list[Problem] = []
    for name in source_fields(CHILD.name):
        saying = [part for part in own if name in part.fields]
        if not saying:
            continue
        values = (_one_truth if name in AGREED else _of_highest_rank)(name, saying, unlike)
        child = child.join(values, on="child_id", how="left", maintain_order="left")
        child = _flagged(child, name, own, saying)
    child = child.with_columns(pl.int_range(pl.len(), dtype=pl.Int32).alias("child"))
    return child, _note(unlike)


def _flagged(child: pl.DataFrame, name: str, own: Sequence[Part], saying: Sequence[Part]) -> pl.DataFrame:
    """The column that says for which children no table carries the field, where there are any."""
    if all(name in part.fields and nc(name) not in part.rows.columns for part in own):
        return child
    flags = [part.rows.filter(~pl.col(nc(name))) if nc(name) in part.rows.columns else part.rows for part in saying]
    carried = pl.concat([rows["child_id"] for rows in flags]).unique()
    flag = ~child["child_id"].is_in(carried.implode())
    return child.with_columns(flag.alias(nc(name))) if flag.any() else child


def _of_highest_rank(name: str, saying: Sequence[Part], unlike: list[Problem]) -> pl.DataFrame:
    """The first value that is filled in, from the table of the highest rank that has one."""
    rows = pl.concat(
        [
            part.rows.select(
                "child_id", name, pl.lit(part.rank).alias("rank"), "order", pl.lit(part.latest_first).alias("meant")
            ).filter(pl.col(name).is_not_null())
            for part in saying
        ]
    )
    rows = rows.filter(pl.col("rank") == pl.col("rank").max().over("child_id")).sort("order", maintain_order=True)
    found = rows.group_by("child_id", maintain_order=True).agg(
        pl.col(name).unique(maintain_order=True).alias("all"), pl.col("meant").all()
    )
    several = found.filter((pl.col("all").list.len() > 1) & ~pl.col("meant")).sort("child_id")
    for child_id, values in several.select("child_id", "all").iter_rows():
        message = f"{name} of the child is said differently, and the first is taken"
        unlike.append(Problem(child_id, 0, 0, message, " and ".join(str(value) for value in values), "one value"))
    return found.select("child_id", pl.col("all").list.first().alias(name))


def _one_truth(name: str, saying: Sequence[Part], unlike: list[Problem]) -> pl.DataFrame:
    """The value on which all tables agree; blank where two differ."""
    rows = pl.concat([part.rows.select("child_id", name).filter(pl.col(name).is_not_null()) for part in saying])
    found = rows.group_by("child_id").agg(pl.col(name).unique().sort().alias("all"))
    differing = found.filter(pl.col("all").list.len() > 1).sort("child_id")
    for child_id, values in differing.iter_rows():
        both = " and ".join(str(value) for value in values)
        message = f"{name} of the child is said differently, and is left blank"
        unlike.append(Problem(child_id, 0, 0, message, both, "one value"))
    one = pl.when(pl.col("all").list.len() == 1).then(pl.col("all").list.first())
    return found.select("child_id", one.alias(name))


def _note(unlike: Sequence[Problem]) -> tuple[Note, ...]:
    if not unlike:
        return ()
    says = "said differently of one child in two places"
    return (Note(CHILD.name, says, unread=tuple(unlike[:MOST_SHOWN]), unread_count=len(unlike)),)


def _records(name: str, parts: Sequence[Part], places: pl.DataFrame) -> pl.DataFrame:
    """The records of one type: sorted by child and file, each with an id of its own."""
    fields = frozenset().union(*(part.fields for part in parts))
    rows = pl.concat(
        [
            _widened(name, part, fields).with_columns(pl.lit(n, dtype=pl.UInt32).alias("part"))
            for n, part in enumerate(parts)
        ],
        how="diagonal",
    )
    rows = rows.join(places, on="child_id", how="inner", maintain_order="left").sort(
        "child", "part", "order", maintain_order=True
    )
    rows = with_ranks(with_ids(name, rows))
    words = set(companions(name).values())
    wanted = [each for field in source_fields(name) for each in (field, nc(field)) if each in rows.columns]
    rows = rows.with_columns(pl.col(each).cast(dtype_of(name, each)) for each in words if each in rows.columns)
    return rows.select("child", "seq", "id", *wanted)


def _widened(name: str, part: Part, fields: frozenset[str]) -> pl.DataFrame:
    """A part with every field of the type, and what says that its rows do not carry some."""
    lacking = sorted(fields - part.fields)
    rows = part.rows.with_columns(pl.lit(None, dtype=dtype_of(name, each)).alias(each) for each in lacking)
    return rows.with_columns(pl.lit(True).alias(nc(each)) for each in lacking)


def with_ids(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """An id for every row, in the order of the ids: its own, or one made of its place within the child; a second of the
    same gets a number. The rows stand in the order of children."""
    flags = [pl.col(each).fill_null(False) for each in rows.columns if each.endswith("?nc")]
    rows = with_ranks(rows.with_columns(flags))
    place = (pl.col("seq") + 1).cast(pl.String)
    digits = len(str(rows.select(pl.col("seq").max().fill_null(0) + 1).item()))
    made = pl.concat_str(pl.lit(f"{name}-"), place.str.zfill(max(3, digits)))
    if rows["id"].null_count() == rows.height:
        return rows.with_columns(made.alias("id"))
    rows = rows.with_columns(pl.col("id").fill_null(made))
    nth = pl.int_range(pl.len()).over("child", "id")
    again = pl.when(nth > 0).then(pl.concat_str("id", pl.lit("~"), nth + 1)).otherwise(pl.col("id"))
    return rows.with_columns(again.alias("id")).sort("child", "id", maintain_order=True)


def with_ranks(rows: pl.DataFrame) -> pl.DataFrame:
    """The rank of each row within its child, of rows in the order of children: how far it is from the child's first."""
    place = pl.int_range(pl.len(), dtype=pl.Int32)
    first = pl.when(pl.col("child") != pl.col("child").shift(1, fill_value=-1)).then(place).forward_fill()
    return rows.with_columns((place - first).cast(pl.Int32).alias("seq"))
