"""`no_gap_over`: successive events of a span are never further apart than a limit."""

from collections.abc import Callable

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine import intervals as iv
from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.engine.conditions import FALSE, known_true, may_be_true
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

Frame = fr.LazyFrame
_RESULT, _WHICH, _LAST, _OVER = "the result", "the limit", "the last", "it is over"
_SURELY, _STRICTEST, _MOST_GENEROUS = "one is surely the limit", "the strictest last", "the most generous last"
_MEASURED, _LIMIT, _UNIT, _ROW = "the measured", "the limit in units", "the unit", "its row"


def no_gap_over(test: NoGapOver, scene: Scene) -> tuple[Verdicts, Verdicts]:
    """The verdicts on the children, and on the intervals."""
    found = Intervals(test, scene)
    begun = _decided(found, found.intervals)
    untold = found.untold_spans.select(
        fr.col(CHILD),
        fr.col(iv.SPAN),
        fr.col(iv.SPAN_ROW).alias(ROW),
        fr.lit(iv.OF_SPAN).cast(fr.Int8).alias(iv.OF),
        code(Result.CANNOT_DECIDE).cast(fr.Int8).alias(_RESULT),
    )
    made = fr.numbered(fr.concat([begun, untold], how="diagonal"), ORDER, order_by=[iv.SPAN, iv.KEY])
    decided = fr.col(_RESULT) != CODE[Result.CANNOT_DECIDE]
    records = verdicts(
        made,
        OF_INTERVAL,
        scene.wanted,
        result=fr.col(_RESULT),
        measured=fr.when(decided).then(fr.col(_MEASURED)),
        limit=fr.when(decided).then(fr.col(_LIMIT)),
        unit=fr.when(decided).then(fr.col(_UNIT)),
        due_on=fr.when(decided).then(fr.col(_LAST)),
        late=((fr.col(_RESULT) == CODE[Result.NOT_MET]) & fr.col(_OVER)).fill_null(False),
        answer=fr.when(decided & ~fr.col(iv.NEXT_KEY).is_null()).then(fr.lit(0)),
        answer_row=fr.when(decided).then(row_of(fr.col(iv.NEXT_KEY))),
        own_of=fr.when(~fr.col(ROW).is_null()).then(fr.col(iv.OF)),
    )
    no_spans = scene.untold(test.span.record_type) if test.span.record_type else None
    return _with_evidence(together(records, scene, no_spans, ORDER), records), records


def _decided(found: Intervals, points: Frame) -> Frame:
    """The intervals that may have a limit, with their results, but those that ended long ago or before one was due."""
    scene, test = found.scene, found.test
    answered, ended = ~fr.col(iv.NEXT_KEY).is_null(), fr.col(iv.ENDED)
    next_day = first_of(fr.col(iv.NEXT_KEY))
    over_day = fr.when(answered).then(next_day).otherwise(fr.col(iv.END))
    until = fr.when(answered | ended).then(over_day).otherwise(scene.as_at.day)
    points = _limited(test, points.with_columns(*_may_be(test)), until)
    points = points.with_columns((answered | ended).alias(_OVER), *_measures(found, until, answered))
    in_time, too_late = until <= fr.col(_STRICTEST), until > fr.col(_MOST_GENEROUS)
    overtaken = in_time & ~answered & ended
    old = answered & fr.col(iv.NEXT_OLD).fill_null(False) if test.looks_back is not None else fr.lit(False)
    due_yet = fr.when(answered).then(code(Result.MET)).otherwise(code(Result.NOT_YET_DUE))
    open_doubt = fr.col(iv.OPEN) | (fr.col(iv.NEXT_DOUBT) <= fr.col(_LAST))
    known = fr.col(_SURELY) & (in_time | (too_late & ~open_doubt))
    result = fr.when(in_time).then(due_yet).otherwise(code(Result.NOT_MET))
    result = fr.when(known).then(result).otherwise(code(Result.CANNOT_DECIDE))
    kept = points.filter(~fr.col(_WHICH).is_null() & ~overtaken & ~old)
    return kept.with_columns(result.cast(fr.Int8).alias(_RESULT))


def _may_be(test: NoGapOver) -> list[fr.Expr]:
    """The last day of an interval under each limit that may be the one for it, and whether one of them surely is.

    The first that is known to be for it closes the list.
    """
    made, surely = [], FALSE
    for number, limit in enumerate(test.limits):
        is_for = fr.col(iv.when_of(number))
        if limit.nth is not None:
            is_for = is_for & (fr.col(iv.FIRST) if limit.nth == 1 else fr.col(iv.NTH) == limit.nth)
        may_be = may_be_true(is_for) & ~surely
        made.append(fr.when(may_be).then(fr.col(iv.last_of(number))).alias(_last_if(number)))
        surely = surely | known_true(is_for)
    return [*made, surely.alias(_SURELY)]


def _last_if(number: int) -> str:
    """The last day under a limit that may be the one for an interval; none under another."""
    return f"last if {number}"


def _limited(test: NoGapOver, points: Frame, until: fr.Expr) -> Frame:
    """With the limit that counts: the strictest for what is in time for that, and else the most generous.

    Of several limits with one last day it is the first.
    """
    lasts = [fr.col(_last_if(number)) for number in range(len(test.limits))]
    points = points.with_columns(
        fr.min_horizontal(*lasts).alias(_STRICTEST), fr.max_horizontal(*lasts).alias(_MOST_GENEROUS)
    )
    last = fr.when(until <= fr.col(_STRICTEST)).then(fr.col(_STRICTEST)).otherwise(fr.col(_MOST_GENEROUS))
    points = points.with_columns(last.alias(_LAST))
    which = fr.lit(None).cast(fr.Int8)
    for number, each in reversed(list(enumerate(lasts))):
        which = fr.when((each == fr.col(_LAST)).fill_null(False)).then(fr.lit(number).cast(fr.Int8)).otherwise(which)
    return points.with_columns(which.alias(_WHICH))


def _of_limit(test: NoGapOver, made: Callable[[int], fr.Expr]) -> fr.Expr:
    """What is made of the limit that counts."""
    found = made(0)
    for number in range(1, len(test.limits)):
        found = fr.when(fr.col(_WHICH) == number).then(made(number)).otherwise(found)
    return found


def _measures(found: Intervals, until: fr.Expr, answered: fr.Expr) -> list[fr.Expr]:
    """How long an interval has lasted, and may last, in the unit of its limit."""
    test, scene = found.test, found.scene
    begins, ends = Point(fr.col(iv.BEGINS)), Point(until)
    if found.in_working_days:
        at_end = fr.when(fr.col(iv.ENDED)).then(fr.col(iv.END_PLACE)).otherwise(scene.as_at.place)
        begins = Point(fr.col(iv.BEGINS), fr.col(iv.PLACE))
        ends = Point(until, fr.when(answered).then(fr.col(iv.NEXT_PLACE)).otherwise(at_end))
    periods = [limit.within for limit in test.limits]
    return [
        _of_limit(test, lambda n: elapsed(begins, ends, periods[n]).cast(fr.Int32)).alias(_MEASURED),
        _of_limit(test, lambda n: limit_of(begins.day, fr.col(iv.last_of(n)), periods[n]).cast(fr.Int32)).alias(_LIMIT),
        _of_limit(test, lambda n: unit(periods[n].measured_in).cast(fr.Int8)).alias(_UNIT),
    ]


def _with_evidence(children: Verdicts, records: Verdicts) -> Verdicts:
    """The record that began the interval which decides or, where none did, the event that ended it."""
    if EVIDENCE not in children.made:
        return children
    own = fr.col(OWN_OF).is_null()
    shown = records.frame.select(
        fr.col(ORDER).cast(fr.Int64).alias(EVIDENCE),
        fr.when(own).then(fr.col(ANSWER_ROW)).otherwise(fr.col(ROW)).alias(_ROW),
        fr.when(own).then(fr.lit(iv.OF_EVENT).cast(fr.Int8)).otherwise(fr.col(OWN_OF)).alias(EVIDENCE_OF),
    )
    joined = children.frame.join(shown, on=EVIDENCE, how="left").drop(EVIDENCE).rename({_ROW: EVIDENCE})
    return Verdicts(joined, children.made | {EVIDENCE_OF})
