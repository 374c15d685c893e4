"""`share`: at least so many per cent of a child's records satisfy `must`."""

from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.engine.conditions import holds, known_true, may_be_true
from qaengine.evaluate.engine.ordinals import day_number
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.verdicts import CODE, OF_CHILD, Verdicts, code, unit, verdicts
from qaengine.model.result import Result
from qaengine.model.standard import Share

Frame = nw.LazyFrame[Any]
_SCOPE, _MUST, _RESULT, _NEEDED = "the scope", "the must", "the result", "the needed"
_ALL, _SURE, _AGAINST, _LEFT_OUT = "the records", "the sure", "the against", "the left out"
_FIRST_SURE, _FIRST_AGAINST, _FIRST_DOUBT = "the first sure", "the first against", "the first doubt"


def share(test: Share, scene: Scene) -> tuple[Verdicts, None]:
    """One verdict a child; there are none on records."""
    percent, coming = test.asked(scene.look.as_at)
    joined = scene.children.join(_counted(test, scene), on=CHILD, how="left")
    joined = joined.with_columns(((nw.col(_ALL) * percent + 99) // 100).alias(_NEEDED))
    below = code(Result.NOT_YET_DUE if coming else Result.NOT_MET)
    made = joined.with_columns(_result(percent, below, scene.untold(test.record_type)).alias(_RESULT))
    is_met = nw.col(_RESULT) == CODE[Result.MET]
    is_below = (nw.col(_RESULT) == CODE[Result.NOT_YET_DUE]) | (nw.col(_RESULT) == CODE[Result.NOT_MET])
    undecided = nw.col(_RESULT) == CODE[Result.CANNOT_DECIDE]
    counted = is_met | is_below
    shown = nw.when(is_met).then(nw.col(_FIRST_SURE)).otherwise(nw.col(_FIRST_AGAINST))
    columns = verdicts(
        made,
        OF_CHILD,
        result=nw.col(_RESULT),
        measured=nw.when(counted).then(nw.col(_SURE)),
        limit=nw.when(counted).then(nw.col(_NEEDED)),
        unit=nw.when(counted).then(unit("records")),
        due_on=nw.when(is_below).then(nw.lit(day_number(coming.by) if coming else None)),
        evidence=nw.when(undecided).then(nw.col(_FIRST_DOUBT)).otherwise(nw.when(counted).then(shown)),
    )
    return columns, None


def _counted(test: Share, scene: Scene) -> Frame:
    """One row a child with records: how many there are, how many surely satisfy `must` or do not, and the doubtful."""
    look = scene.at(test.record_type)
    tested = scene.records(test.record_type).with_columns(
        holds(test.where, look).alias(_SCOPE), holds(test.must, look).alias(_MUST)
    )
    scope, must, row = nw.col(_SCOPE), nw.col(_MUST), nw.col(ROW)
    sure, against = known_true(scope & must), known_true(scope & ~must)
    left_out = scope.is_null() & ~may_be_true(must)
    parts = tested.filter(may_be_true(scope)).select(
        nw.col(CHILD),
        nw.lit(1).cast(nw.Int32).alias(_ALL),
        sure.cast(nw.Int32).alias(_SURE),
        against.cast(nw.Int32).alias(_AGAINST),
        left_out.cast(nw.Int32).alias(_LEFT_OUT),
        nw.when(sure).then(row).alias(_FIRST_SURE),
        nw.when(against).then(row).alias(_FIRST_AGAINST),
        nw.when(scope.is_null() | must.is_null()).then(row).alias(_FIRST_DOUBT),
    )
    counts = [nw.col(name).sum() for name in (_ALL, _SURE, _AGAINST, _LEFT_OUT)]
    firsts = [nw.col(name).min() for name in (_FIRST_SURE, _FIRST_AGAINST, _FIRST_DOUBT)]
    return parts.group_by(CHILD).agg(*counts, *firsts)


def _result(percent: int, below: nw.Expr, untold: nw.Expr | None) -> nw.Expr:
    """Met though every doubt counts against; below though each counts for, or is out of scope and would count against.

    A child without records has no counts: every comparison of them is null, and the check does not apply.
    """
    most = nw.col(_ALL) - nw.col(_LEFT_OUT)
    may_be_enough = (most - nw.col(_AGAINST)) * 100 >= most * percent
    not_sure = nw.when(may_be_enough).then(code(Result.CANNOT_DECIDE)).otherwise(below)
    result = nw.when(nw.col(_SURE) >= nw.col(_NEEDED)).then(code(Result.MET)).otherwise(not_sure)
    result = nw.when(nw.col(_ALL).is_null()).then(code(Result.NOT_APPLICABLE)).otherwise(result)
    return result if untold is None else nw.when(untold).then(code(Result.CANNOT_DECIDE)).otherwise(result)
