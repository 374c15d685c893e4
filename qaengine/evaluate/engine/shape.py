"""The collected frames in the shape that is handed on: ids in place of rows, dates in place of day numbers.

This is an edge: Polars is used as Polars here, and nothing is lazy any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from qaengine.evaluate.engine.check import Checked
from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.engine.prepare import Tables
from qaengine.evaluate.engine.verdicts import (
    ANSWER,
    ANSWER_ROW,
    DUE,
    EVIDENCE,
    EVIDENCE_OF,
    LATE,
    LIMIT,
    MEASURED,
    MITIGATED,
    OWN_OF,
    READ,
    RESULT,
    UNIT,
    UNITS,
)
from qaengine.model.records import RECORD_TYPES
from qaengine.model.standard import Asks, AtMost, Check, FollowedBy, NoGapOver, Standard

Shown = tuple[pl.Series, pl.Series]
"""The types and the ids of records."""

_RECORD_TYPE, _UNIT = pl.Enum(list(RECORD_TYPES)), pl.Enum(UNITS)
_MEASURES: dict[str, pl.DataType] = {
    RESULT: pl.Int8(),
    MEASURED: pl.Int32(),
    LIMIT: pl.Int32(),
    UNIT: _UNIT,
    DUE: pl.Date(),
    LATE: pl.Boolean(),
    MITIGATED: pl.Boolean(),
}


@dataclass(frozen=True)
class Names:
    """The ids of standards and checks, as types of columns."""

    standard: pl.Enum
    check: pl.Enum

    @classmethod
    def of(cls, standards: Iterable[Standard]) -> "Names":
        checks = {check.id: None for standard in standards for check in standard.checks}
        return cls(pl.Enum([standard.id for standard in standards]), pl.Enum(list(checks)))


@dataclass(frozen=True)
class Found:
    """What one standard gave."""

    standard: Standard
    children: pl.DataFrame
    checks: Sequence[Checked]


def standards(found: Iterable[Found], names: Names) -> pl.DataFrame:
    """One row a standard and child."""
    made = [each.children.with_columns(pl.lit(each.standard.id, names.standard).alias("standard")) for each in found]
    columns: dict[str, pl.DataType] = {
        CHILD: pl.Int32(),
        "standard": names.standard,
        RESULT: pl.Int8(),
        READ: pl.Int8(),
    }
    return _shaped(made, {**columns, DUE: pl.Date(), LATE: pl.Boolean(), MITIGATED: pl.Boolean()})


def checks(found: Iterable[Found], names: Names, tables: Tables) -> pl.DataFrame:
    """One row a check and child, with the id of the evidence."""
    made = []
    for each in found:
        for checked in each.checks:
            check, frame = checked.check, checked.children.sort(CHILD)
            shown = _own(check, frame[EVIDENCE], frame[EVIDENCE_OF], tables)
            made.append(_named(frame, each.standard, check, names).with_columns(*_pair(shown, "evidence")))
    about = {CHILD: pl.Int32(), "standard": names.standard, "check": names.check}
    return _shaped(made, {**about, **_MEASURES, "evidence": _RECORD_TYPE, "evidence_id": pl.String()})


def records(found: Iterable[Found], names: Names, tables: Tables) -> pl.DataFrame:
    """One row a record that is to be shown, with its id and that of the record that answered it."""
    made = []
    for each in found:
        for checked in each.checks:
            check, frame = checked.check, checked.records
            if frame is None or isinstance(check.test, Asks):
                continue
            record, its_id = _own(check, frame[ROW], frame[OWN_OF], tables)
            own = [record.alias("record"), _seq(check, frame, tables).alias("seq"), its_id.alias("id")]
            answer = _pair(_answers(check, frame, tables), "answer")
            made.append(_named(frame, each.standard, check, names).with_columns(*own, *answer))
    about = {CHILD: pl.Int32(), "standard": names.standard, "check": names.check}
    own_id = {"record": _RECORD_TYPE, "seq": pl.Int32(), "id": pl.String()}
    return _shaped(made, {**about, **own_id, **_MEASURES, "answer": _RECORD_TYPE, "answer_id": pl.String()})


def _named(frame: pl.DataFrame, standard: Standard, check: Check, names: Names) -> pl.DataFrame:
    unit = pl.Series(UNITS, dtype=_UNIT).gather(frame[UNIT]).alias(UNIT)
    return frame.with_columns(
        unit, pl.lit(standard.id, names.standard).alias("standard"), pl.lit(check.id, names.check).alias("check")
    )


def _types_of(check: Check) -> list[str]:
    """The types of the records that a check has verdicts on; of an interval, of the event or the span that began it."""
    if isinstance(check.test, Asks):
        return [""]
    return [check.test.record_type, *([check.test.span.record_type] if isinstance(check.test, NoGapOver) else [])]


def _own(check: Check, rows: pl.Series, of: pl.Series, tables: Tables) -> Shown:
    """The type and the id of rows that are of one of the check's types each: of the first where nothing is said."""
    first, *others = _types_of(check)
    shown, its_id = _looked_up(rows if not others else rows.set(of.fill_null(0) != 0, None), first, tables)
    for number, record_type in enumerate(others, 1):
        mine = (of == number).fill_null(False)
        found, found_id = _looked_up(rows.set(~mine, None), record_type, tables)
        shown, its_id = found.zip_with(mine, shown), found_id.zip_with(mine, its_id)
    return shown, its_id


def _seq(check: Check, frame: pl.DataFrame, tables: Tables) -> pl.Series:
    """The place of each record among those of its child."""
    seq = pl.Series([None], dtype=pl.Int32).new_from_index(0, len(frame))
    for number, record_type in enumerate(_types_of(check)):
        mine = frame[OWN_OF].fill_null(0) == number
        if record_type:
            seq = tables[record_type].source["seq"].gather(frame[ROW].set(~mine, None)).zip_with(mine, seq)
    return seq


def _looked_up(rows: pl.Series, record_type: str, tables: Tables) -> Shown:
    """The type and the id of rows; null where there is none."""
    if not record_type:
        nothing = pl.Series([None]).new_from_index(0, len(rows))
        return nothing.cast(_RECORD_TYPE), nothing.cast(pl.String)
    shown = pl.Series([record_type], dtype=_RECORD_TYPE).gather(rows * 0)
    return shown, tables[record_type].source["id"].gather(rows)


def _answers(check: Check, frame: pl.DataFrame, tables: Tables) -> Shown:
    """The record that answered, by the response that it answers for; a date of the trigger itself is no record."""
    shown, its_id = _looked_up(frame[ANSWER_ROW], "", tables)
    for number, record_type in enumerate(_answer_types(check)):
        mine = (frame[ANSWER] == number).fill_null(False)
        found, found_id = _looked_up(frame[ANSWER_ROW].set(~mine, None), record_type, tables)
        shown, its_id = found.zip_with(mine, shown), found_id.zip_with(mine, its_id)
    return shown, its_id


def _answer_types(check: Check) -> list[str]:
    """The types of the records that answer, by the number of the response; an event ends an interval."""
    match check.test:
        case FollowedBy(responses=responses) | AtMost(unless=responses):
            return [response.record_type for response in responses]
        case NoGapOver(record_type=record_type):
            return [record_type]
        case _:
            return []


def _pair(shown: Shown, name: str) -> tuple[pl.Series, pl.Series]:
    return shown[0].alias(name), shown[1].alias(f"{name}_id")


def _shaped(frames: Sequence[pl.DataFrame], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The columns of the schema; day numbers become dates."""
    made = [frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items()) for frame in frames]
    return pl.concat([pl.DataFrame(schema=schema), *made])
