"""Rolling up: the verdicts on records into one on the check, and those on checks into the two of the standard."""

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.engine.conditions import FALSE
from qaengine.evaluate.engine.keys import first_of, keyed, row_of
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.verdicts import (
    CODE,
    DUE,
    LATE,
    MITIGATED,
    OF_CHILD,
    READ,
    RESULT,
    Verdicts,
    is_result,
    is_wanted,
    only_where,
    unit,
    verdicts,
)
from qaengine.evaluate.wanted import Wanted
from qaengine.model.result import Result

Frame = fr.LazyFrame
_KEY, _COUNT, _MET, _COMING, _TO_READ, _UNDECIDED = "first", "count", "met", "coming", "to read", "undecided"
APPLIES = "applies"
_NOTHING = fr.lit(CODE[Result.NOT_APPLICABLE])
_CANNOT_DECIDE = fr.lit(CODE[Result.CANNOT_DECIDE])


def together(records: Verdicts, scene: Scene, untold: fr.Expr | None, order: str = ROW) -> Verdicts:
    """One verdict a child: how many records were met, of how many, and the first that decides it.

    The due date is the earliest among the records that decide it, or else the next that is coming. `untold` is
    whether the records of a child are not known at all; the first is by `order`, whose value is the evidence.
    """
    joined = scene.children.join(_rolled_up(records, scene.wanted, order), on=CHILD, how="left")
    result = first_of(fr.col(_KEY)).fill_null(CODE[Result.NOT_APPLICABLE])
    if untold is not None:
        result = fr.when(untold).then(_CANNOT_DECIDE).otherwise(result)
    joined = joined.with_columns(result.alias(RESULT))
    not_met = is_result(Result.NOT_MET)
    also = {name: not_met & fr.col(name).fill_null(False) for name in (LATE, MITIGATED) if name in records.made}
    if DUE in records.made:
        to_come = only_where(is_result(Result.MET) | is_result(Result.NOT_YET_DUE), fr.col(_COMING))
        also[DUE] = fr.when(not_met).then(fr.col(DUE)).otherwise(to_come)
    return verdicts(
        joined,
        OF_CHILD,
        scene.wanted,
        result=fr.col(RESULT),
        measured=fr.col(_MET),
        limit=fr.col(_COUNT),
        unit=only_where(~fr.col(_COUNT).is_null(), unit("records")),
        evidence=row_of(fr.col(_KEY)),
        **also,
    )


def _rolled_up(records: Verdicts, wanted: Wanted, order: str) -> Frame:
    not_met = is_result(Result.NOT_MET)
    parts, rolled = [keyed(fr.col(RESULT), order).alias(_KEY)], [fr.col(_KEY).min()]
    if wanted.measures:
        parts += [fr.lit(1).cast(fr.Int32).alias(_COUNT), is_result(Result.MET).cast(fr.Int32).alias(_MET)]
        rolled += [fr.col(_COUNT).sum(), fr.col(_MET).sum()]
    if DUE in records.made:
        coming = is_result(Result.NOT_YET_DUE)
        parts += [only_where(not_met, fr.col(DUE)).alias(DUE), only_where(coming, fr.col(DUE)).alias(_COMING)]
        rolled += [fr.col(DUE).min(), fr.col(_COMING).min()]
    for name in (LATE, MITIGATED):
        if name in records.made:
            parts.append((~not_met | fr.col(name)).alias(name))
            rolled.append(fr.col(name).all())
    return records.frame.select(fr.col(CHILD), *parts).group_by(CHILD).agg(*rolled)


def of_standard(applies: Frame, as_recorded: list[Frame], as_read: list[Frame], wanted: Wanted) -> Frame:
    """One row a child: the standard as recorded and as read.

    `applies` says of every child whether the standard is for it, null where that cannot be known. The others are
    the verdicts of the checks decided by the record, and of those decided by a reader.
    """
    joined = applies.join(_as_recorded(as_recorded, wanted), on=CHILD, how="left") if as_recorded else applies
    joined = joined.join(_as_read(as_read), on=CHILD, how="left") if as_read else joined
    of_none = fr.when(fr.col(APPLIES).is_null()).then(_CANNOT_DECIDE).otherwise(_NOTHING)
    made = {
        RESULT: fr.when(fr.col(RESULT).is_null()).then(of_none).otherwise(fr.col(RESULT)) if as_recorded else of_none,
        READ: fr.col(READ).fill_null(CODE[Result.NOT_APPLICABLE]) if as_read else _NOTHING,
        DUE: fr.col(DUE) if as_recorded else fr.lit(None),
        LATE: fr.col(LATE).fill_null(False) if as_recorded else FALSE,
        MITIGATED: fr.col(MITIGATED).fill_null(False) if as_recorded else FALSE,
    }
    return verdicts(joined, OF_CHILD, wanted, **made).frame


def _as_recorded(checks: list[Frame], wanted: Wanted) -> Frame:
    """The earliest due date is that of the checks that are not met or, where none is, of those met or to come."""
    not_met, dated = is_result(Result.NOT_MET), is_result(Result.MET) | is_result(Result.NOT_YET_DUE)
    parts, taken, made = [fr.col(RESULT)], [fr.col(RESULT).min()], [fr.col(RESULT)]
    if is_wanted(DUE, wanted):
        parts += [only_where(not_met, fr.col(DUE)).alias(DUE), only_where(dated, fr.col(DUE)).alias(_COMING)]
        taken += [fr.col(DUE).min(), fr.col(_COMING).min()]
        made.append(fr.when(not_met).then(fr.col(DUE)).otherwise(fr.col(_COMING)).alias(DUE))
    for name in (LATE, MITIGATED):
        if is_wanted(name, wanted):
            parts.append((~not_met | fr.col(name)).alias(name))
            taken.append(fr.col(name).all())
            made.append((not_met & fr.col(name)).alias(name))
    grouped = fr.concat(checks).select(fr.col(CHILD), *parts).group_by(CHILD).agg(*taken)
    return grouped.select(fr.col(CHILD), *made)


def _as_read(checks: list[Frame]) -> Frame:
    """Something to read, or nothing; undecided only if nothing is to read."""
    parts = fr.concat(checks).select(
        fr.col(CHILD),
        is_result(Result.REFER_TO_AUDITOR).alias(_TO_READ),
        is_result(Result.CANNOT_DECIDE).alias(_UNDECIDED),
    )
    grouped = parts.group_by(CHILD).agg(fr.col(_TO_READ).any(), fr.col(_UNDECIDED).any())
    otherwise = fr.when(fr.col(_UNDECIDED)).then(_CANNOT_DECIDE).otherwise(_NOTHING)
    to_read = fr.lit(CODE[Result.REFER_TO_AUDITOR])
    return grouped.select(fr.col(CHILD), fr.when(fr.col(_TO_READ)).then(to_read).otherwise(otherwise).alias(READ))
