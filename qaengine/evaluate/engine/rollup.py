"""Rolling up: the verdicts on records into one on the check, and those on checks into the two of the standard."""

from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.engine.conditions import FALSE
from qaengine.evaluate.engine.keys import first_of, keyed, row_of
from qaengine.evaluate.engine.verdicts import (
    CODE,
    DUE,
    LATE,
    MITIGATED,
    OF_CHILD,
    RESULT,
    Verdicts,
    is_result,
    only_where,
    unit,
    verdicts,
)
from qaengine.model.result import Result

Frame = nw.LazyFrame[Any]
_KEY, _COUNT, _MET, _COMING, _TO_READ, _UNDECIDED = "first", "count", "met", "coming", "to read", "undecided"
APPLIES, READ = "applies", "read"
_NOTHING = nw.lit(CODE[Result.NOT_APPLICABLE])
_CANNOT_DECIDE = nw.lit(CODE[Result.CANNOT_DECIDE])


def together(records: Verdicts, children: Frame, untold: nw.Expr | None, order: str = ROW) -> Verdicts:
    """One verdict a child: how many records were met, of how many, and the first that decides it.

    The due date is the earliest among the records that decide it, or else the next that is coming. `untold` is
    whether the records of a child are not known at all; the first is by `order`, whose value is the evidence.
    """
    joined = children.join(_rolled_up(records, order), on=CHILD, how="left")
    result = first_of(nw.col(_KEY)).fill_null(CODE[Result.NOT_APPLICABLE])
    if untold is not None:
        result = nw.when(untold).then(_CANNOT_DECIDE).otherwise(result)
    joined = joined.with_columns(result.alias(RESULT))
    not_met = is_result(Result.NOT_MET)
    also = {name: not_met & nw.col(name).fill_null(False) for name in (LATE, MITIGATED) if name in records.made}
    if DUE in records.made:
        to_come = only_where(is_result(Result.MET) | is_result(Result.NOT_YET_DUE), nw.col(_COMING))
        also[DUE] = nw.when(not_met).then(nw.col(DUE)).otherwise(to_come)
    return verdicts(
        joined,
        OF_CHILD,
        result=nw.col(RESULT),
        measured=nw.col(_MET),
        limit=nw.col(_COUNT),
        unit=only_where(~nw.col(_COUNT).is_null(), unit("records")),
        evidence=row_of(nw.col(_KEY)),
        **also,
    )


def _rolled_up(records: Verdicts, order: str) -> Frame:
    not_met = is_result(Result.NOT_MET)
    parts = [
        keyed(nw.col(RESULT), order).alias(_KEY),
        nw.lit(1).cast(nw.Int32).alias(_COUNT),
        is_result(Result.MET).cast(nw.Int32).alias(_MET),
    ]
    rolled = [nw.col(_KEY).min(), nw.col(_COUNT).sum(), nw.col(_MET).sum()]
    if DUE in records.made:
        coming = is_result(Result.NOT_YET_DUE)
        parts += [only_where(not_met, nw.col(DUE)).alias(DUE), only_where(coming, nw.col(DUE)).alias(_COMING)]
        rolled += [nw.col(DUE).min(), nw.col(_COMING).min()]
    for name in (LATE, MITIGATED):
        if name in records.made:
            parts.append((~not_met | nw.col(name)).alias(name))
            rolled.append(nw.col(name).all())
    return records.frame.select(nw.col(CHILD), *parts).group_by(CHILD).agg(*rolled)


def of_standard(applies: Frame, as_recorded: list[Frame], as_read: list[Frame]) -> Frame:
    """One row a child: the standard as recorded and as read.

    `applies` says of every child whether the standard is for it, null where that cannot be known. The others are
    the verdicts of the checks decided by the record, and of those decided by a reader.
    """
    joined = applies.join(_as_recorded(as_recorded), on=CHILD, how="left") if as_recorded else applies
    joined = joined.join(_as_read(as_read), on=CHILD, how="left") if as_read else joined
    of_none = nw.when(nw.col(APPLIES).is_null()).then(_CANNOT_DECIDE).otherwise(_NOTHING)
    made = {
        RESULT: nw.when(nw.col(RESULT).is_null()).then(of_none).otherwise(nw.col(RESULT)) if as_recorded else of_none,
        READ: nw.col(READ).fill_null(CODE[Result.NOT_APPLICABLE]) if as_read else _NOTHING,
        DUE: nw.col(DUE) if as_recorded else nw.lit(None),
        LATE: nw.col(LATE).fill_null(False) if as_recorded else FALSE,
        MITIGATED: nw.col(MITIGATED).fill_null(False) if as_recorded else FALSE,
    }
    return verdicts(joined, OF_CHILD, **made).frame


def _as_recorded(checks: list[Frame]) -> Frame:
    """The earliest due date is that of the checks that are not met or, where none is, of those met or to come."""
    not_met, dated = is_result(Result.NOT_MET), is_result(Result.MET) | is_result(Result.NOT_YET_DUE)
    parts = nw.concat(checks).select(
        nw.col(CHILD),
        nw.col(RESULT),
        only_where(not_met, nw.col(DUE)).alias(DUE),
        only_where(dated, nw.col(DUE)).alias(_COMING),
        (~not_met | nw.col(LATE)).alias(LATE),
        (~not_met | nw.col(MITIGATED)).alias(MITIGATED),
    )
    grouped = parts.group_by(CHILD).agg(
        nw.col(RESULT).min(), nw.col(DUE).min(), nw.col(_COMING).min(), nw.col(LATE).all(), nw.col(MITIGATED).all()
    )
    due = nw.when(not_met).then(nw.col(DUE)).otherwise(nw.col(_COMING))
    return grouped.select(
        nw.col(CHILD),
        nw.col(RESULT),
        due.alias(DUE),
        (not_met & nw.col(LATE)).alias(LATE),
        (not_met & nw.col(MITIGATED)).alias(MITIGATED),
    )


def _as_read(checks: list[Frame]) -> Frame:
    """Something to read, or nothing; undecided only if nothing is to read."""
    parts = nw.concat(checks).select(
        nw.col(CHILD),
        is_result(Result.REFER_TO_AUDITOR).alias(_TO_READ),
        is_result(Result.CANNOT_DECIDE).alias(_UNDECIDED),
    )
    grouped = parts.group_by(CHILD).agg(nw.col(_TO_READ).any(), nw.col(_UNDECIDED).any())
    otherwise = nw.when(nw.col(_UNDECIDED)).then(_CANNOT_DECIDE).otherwise(_NOTHING)
    to_read = nw.lit(CODE[Result.REFER_TO_AUDITOR])
    return grouped.select(nw.col(CHILD), nw.when(nw.col(_TO_READ)).then(to_read).otherwise(otherwise).alias(READ))
