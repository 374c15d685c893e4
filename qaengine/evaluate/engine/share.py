"""`share`: at least so many per cent of a child's records satisfy `must`."""

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.engine.conditions import holds, known_true, may_be_true
from qaengine.evaluate.engine.ordinals import day_number
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.verdicts import CODE, OF_CHILD, Verdicts, code, unit, verdicts
from qaengine.model.result import Result
from qaengine.model.standard import Share

Frame = fr.LazyFrame
_SCOPE, _MUST, _RESULT, _NEEDED = "the scope", "the must", "the result", "the needed"
_ALL, _SURE, _AGAINST, _LEFT_OUT = "the records", "the sure", "the against", "the left out"
_FIRST_SURE, _FIRST_AGAINST, _FIRST_DOUBT = "the first sure", "the first against", "the first doubt"


def share(test: Share, scene: Scene) -> tuple[Verdicts, None]:
    """One verdict a child; there are none on records."""
    percent, coming = test.asked(scene.look.as_at)
    joined = scene.children.join(_counted(test, scene), on=CHILD, how="left")
    joined = joined.with_columns(((fr.col(_ALL) * percent + 99) // 100).alias(_NEEDED))
    below = code(Result.NOT_YET_DUE if coming else Result.NOT_MET)
    made = joined.with_columns(_result(percent, below, scene.untold(test.record_type)).alias(_RESULT))
    is_met = fr.col(_RESULT) == CODE[Result.MET]
    is_below = (fr.col(_RESULT) == CODE[Result.NOT_YET_DUE]) | (fr.col(_RESULT) == CODE[Result.NOT_MET])
    undecided = fr.col(_RESULT) == CODE[Result.CANNOT_DECIDE]
    counted = is_met | is_below
    shown = fr.when(is_met).then(fr.col(_FIRST_SURE)).otherwise(fr.col(_FIRST_AGAINST))
    columns = verdicts(
        made,
        OF_CHILD,
        scene.wanted,
        result=fr.col(_RESULT),
        measured=fr.when(counted).then(fr.col(_SURE)),
        limit=fr.when(counted).then(fr.col(_NEEDED)),
        unit=fr.when(counted).then(unit("records")),
        due_on=fr.when(is_below).then(fr.lit(day_number(coming.by) if coming else None)),
        evidence=fr.when(undecided).then(fr.col(_FIRST_DOUBT)).otherwise(fr.when(counted).then(shown)),
    )
    return columns, None


def _counted(test: Share, scene: Scene) -> Frame:
    """One row a child with records: how many there are, how many surely satisfy `must` or do not, and the doubtful."""
    look = scene.at(test.record_type)
    tested = scene.records(test.record_type).with_columns(
        holds(test.where, look).alias(_SCOPE), holds(test.must, look).alias(_MUST)
    )
    scope, must, row = fr.col(_SCOPE), fr.col(_MUST), fr.col(ROW)
    sure, against = known_true(scope & must), known_true(scope & ~must)
    left_out = scope.is_null() & ~may_be_true(must)
    parts = tested.filter(may_be_true(scope)).select(
        fr.col(CHILD),
        fr.lit(1).cast(fr.Int32).alias(_ALL),
        sure.cast(fr.Int32).alias(_SURE),
        against.cast(fr.Int32).alias(_AGAINST),
        left_out.cast(fr.Int32).alias(_LEFT_OUT),
        fr.when(sure).then(row).alias(_FIRST_SURE),
        fr.when(against).then(row).alias(_FIRST_AGAINST),
        fr.when(scope.is_null() | must.is_null()).then(row).alias(_FIRST_DOUBT),
    )
    counts = [fr.col(name).sum() for name in (_ALL, _SURE, _AGAINST, _LEFT_OUT)]
    firsts = [fr.col(name).min() for name in (_FIRST_SURE, _FIRST_AGAINST, _FIRST_DOUBT)]
    return parts.group_by(CHILD).agg(*counts, *firsts)


def _result(percent: int, below: fr.Expr, untold: fr.Expr | None) -> fr.Expr:
    """Met though every doubt counts against; below though each counts for, or is out of scope and would count against.

    A child without records has no counts: every comparison of them is null, and the check does not apply.
    """
    most = fr.col(_ALL) - fr.col(_LEFT_OUT)
    may_be_enough = (most - fr.col(_AGAINST)) * 100 >= most * percent
    not_sure = fr.when(may_be_enough).then(code(Result.CANNOT_DECIDE)).otherwise(below)
    result = fr.when(fr.col(_SURE) >= fr.col(_NEEDED)).then(code(Result.MET)).otherwise(not_sure)
    result = fr.when(fr.col(_ALL).is_null()).then(code(Result.NOT_APPLICABLE)).otherwise(result)
    return result if untold is None else fr.when(untold).then(code(Result.CANNOT_DECIDE)).otherwise(result)
