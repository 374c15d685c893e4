"""`no_gap_over`: successive events of a span are never further apart than a limit."""

from collections.abc import Callable
from typing import Any

import narwhals as nw

from qaengine.evaluate.engine import intervals as iv
from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.engine.conditions import may_be_true
from qaengine.evaluate.engine.intervals import Intervals
from qaengine.evaluate.engine.keys import first_of, row_of
from qaengine.evaluate.engine.ordinals import Point, elapsed, limit_of
from qaengine.evaluate.engine.rollup import together
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.verdicts import (
    ANSWER_ROW,
    CODE,
    EVIDENCE,
    EVIDENCE_OF,
    OF_INTERVAL,
    ORDER,
    OWN_OF,
    Verdicts,
    code,
    unit,
    verdicts,
)
from qaengine.model.result import Result
from qaengine.model.standard import NoGapOver

Frame = nw.LazyFrame[Any]
_RESULT, _WHICH, _UNSURE, _LAST, _OVER = "the result", "the limit", "the limit is unsure", "the last", "it is over"
_MEASURED, _LIMIT, _UNIT, _ROW = "the measured", "the limit in units", "the unit", "its row"


def no_gap_over(test: NoGapOver, scene: Scene) -> tuple[Verdicts, Verdicts]:
    """The verdicts on the children, and on the intervals."""
    found = Intervals(test, scene)
    begun = _decided(found, found.intervals)
    untold = found.untold_spans.select(
        nw.col(CHILD),
        nw.col(iv.SPAN),
        nw.col(iv.SPAN_ROW).alias(ROW),
        nw.lit(iv.OF_SPAN).cast(nw.Int8).alias(iv.OF),
        code(Result.CANNOT_DECIDE).cast(nw.Int8).alias(_RESULT),
    )
    made = nw.concat([begun, untold], how="diagonal").with_row_index(ORDER, order_by=[iv.SPAN, iv.KEY])
    decided = nw.col(_RESULT) != CODE[Result.CANNOT_DECIDE]
    records = verdicts(
        made,
        OF_INTERVAL,
        result=nw.col(_RESULT),
        measured=nw.when(decided).then(nw.col(_MEASURED)),
        limit=nw.when(decided).then(nw.col(_LIMIT)),
        unit=nw.when(decided).then(nw.col(_UNIT)),
        due_on=nw.when(decided).then(nw.col(_LAST)),
        late=((nw.col(_RESULT) == CODE[Result.NOT_MET]) & nw.col(_OVER)).fill_null(False),
        answer=nw.when(decided & ~nw.col(iv.NEXT_KEY).is_null()).then(nw.lit(0)),
        answer_row=nw.when(decided).then(row_of(nw.col(iv.NEXT_KEY))),
        own_of=nw.when(~nw.col(ROW).is_null()).then(nw.col(iv.OF)),
    )
    no_spans = scene.untold(test.span.record_type) if test.span.record_type else None
    return _with_evidence(together(records, scene.children, no_spans, ORDER), records), records


def _decided(found: Intervals, points: Frame) -> Frame:
    """The intervals that a limit is for, with their results, but those that ended long ago or before one was due."""
    scene, test = found.scene, found.test
    points = points.with_columns(*_chosen(test))
    points = points.with_columns(_of_limit(test, lambda number: nw.col(iv.last_of(number))).alias(_LAST))
    answered, ended = ~nw.col(iv.NEXT_KEY).is_null(), nw.col(iv.ENDED)
    next_day = first_of(nw.col(iv.NEXT_KEY))
    over_day = nw.when(answered).then(next_day).otherwise(nw.col(iv.END))
    until = nw.when(answered | ended).then(over_day).otherwise(scene.as_at.day)
    points = points.with_columns((answered | ended).alias(_OVER), *_measures(found, until, answered))
    in_time = until <= nw.col(_LAST)
    overtaken = in_time & ~answered & ended & ~nw.col(_UNSURE)
    old = answered & nw.col(iv.NEXT_OLD).fill_null(False) if test.looks_back is not None else nw.lit(False)
    due_yet = nw.when(answered).then(code(Result.MET)).otherwise(code(Result.NOT_YET_DUE))
    open_doubt = nw.col(iv.OPEN) | (nw.col(iv.NEXT_DOUBT) <= nw.col(_LAST))
    too_long = nw.when(open_doubt).then(code(Result.CANNOT_DECIDE)).otherwise(code(Result.NOT_MET))
    result = nw.when(in_time).then(due_yet).otherwise(too_long)
    result = nw.when(nw.col(_UNSURE)).then(code(Result.CANNOT_DECIDE)).otherwise(result)
    kept = points.filter(~nw.col(_WHICH).is_null() & ~overtaken & ~old)
    return kept.with_columns(result.cast(nw.Int8).alias(_RESULT))


def _chosen(test: NoGapOver) -> list[nw.Expr]:
    """The first limit that is for an interval, or may be, and whether only may be."""
    which, unsure = nw.lit(None).cast(nw.Int8), nw.lit(False)
    for number, limit in reversed(list(enumerate(test.limits))):
        is_for = nw.col(iv.when_of(number))
        if limit.nth is not None:
            is_for = is_for & (nw.col(iv.FIRST) if limit.nth == 1 else nw.col(iv.NTH) == limit.nth)
        may_be = may_be_true(is_for)
        which = nw.when(may_be).then(nw.lit(number).cast(nw.Int8)).otherwise(which)
        unsure = nw.when(may_be).then(is_for.is_null()).otherwise(unsure)
    return [which.alias(_WHICH), unsure.alias(_UNSURE)]


def _of_limit(test: NoGapOver, made: Callable[[int], nw.Expr]) -> nw.Expr:
    """What is made of the limit that was chosen."""
    found = made(0)
    for number in range(1, len(test.limits)):
        found = nw.when(nw.col(_WHICH) == number).then(made(number)).otherwise(found)
    return found


def _measures(found: Intervals, until: nw.Expr, answered: nw.Expr) -> list[nw.Expr]:
    """How long an interval has lasted, and may last, in the unit of its limit."""
    test, scene = found.test, found.scene
    begins, ends = Point(nw.col(iv.BEGINS)), Point(until)
    if found.in_working_days:
        at_end = nw.when(nw.col(iv.ENDED)).then(nw.col(iv.END_PLACE)).otherwise(scene.as_at.place)
        begins = Point(nw.col(iv.BEGINS), nw.col(iv.PLACE))
        ends = Point(until, nw.when(answered).then(nw.col(iv.NEXT_PLACE)).otherwise(at_end))
    periods = [limit.within for limit in test.limits]
    return [
        _of_limit(test, lambda n: elapsed(begins, ends, periods[n]).cast(nw.Int32)).alias(_MEASURED),
        _of_limit(test, lambda n: limit_of(begins.day, nw.col(iv.last_of(n)), periods[n]).cast(nw.Int32)).alias(_LIMIT),
        _of_limit(test, lambda n: unit(periods[n].measured_in).cast(nw.Int8)).alias(_UNIT),
    ]


def _with_evidence(children: Verdicts, records: Verdicts) -> Verdicts:
    """The record that began the interval which decides or, where none did, the event that ended it."""
    own = nw.col(OWN_OF).is_null()
    shown = records.frame.select(
        nw.col(ORDER).cast(nw.Int64).alias(EVIDENCE),
        nw.when(own).then(nw.col(ANSWER_ROW)).otherwise(nw.col(ROW)).alias(_ROW),
        nw.when(own).then(nw.lit(iv.OF_EVENT).cast(nw.Int8)).otherwise(nw.col(OWN_OF)).alias(EVIDENCE_OF),
    )
    joined = children.frame.join(shown, on=EVIDENCE, how="left").drop(EVIDENCE).rename({_ROW: EVIDENCE})
    return Verdicts(joined, children.made | {EVIDENCE_OF})
