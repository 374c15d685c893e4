"""`at_most`: each record has lasted no longer than a period, unless another explains it."""

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import View
from qaengine.evaluate.engine.conditions import FALSE, TRUE, holds, known_true, may_be_true
from qaengine.evaluate.engine.ordinals import Point, elapsed, limit_of
from qaengine.evaluate.engine.responses import DAY, OPEN_ANY, Asked, answered, which
from qaengine.evaluate.engine.rollup import together
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.terms import Term
from qaengine.evaluate.engine.verdicts import CODE, OF_RECORD, Verdicts, code, unit, verdicts
from qaengine.model.condition import Ref, Scope
from qaengine.model.period import Unit
from qaengine.model.result import Result
from qaengine.model.standard import AtMost, LooksBack

Frame = fr.LazyFrame
_SCOPE, _STARTED, _RESULT, _ENDED = "the scope", "the start is known", "the result", "it has ended"


def at_most(test: AtMost, scene: Scene) -> tuple[Verdicts, Verdicts]:
    """The verdicts on the children, and on the records that last."""
    begun = _begun(test, scene)
    weighed = answered(
        Asked(test.record_type, test.starts),
        dict(enumerate(test.unless)),
        scene,
        begun.filter(fr.col(_STARTED)),
        begun,
    )
    records = _verdicts(test, weighed, scene)
    return together(records, scene, scene.untold(test.record_type)), records


def has_ended(end: Term, today: fr.Expr) -> fr.Expr:
    """Whether something has ended by the as-at date; never null."""
    return (end.value <= today).fill_null(False)


def ended_long_ago(looks_back: LooksBack | None, ended: fr.Expr, end: Term, today: fr.Expr) -> fr.Expr:
    """Whether something ended so long ago that the standard does not look at it any more; never null."""
    return FALSE if looks_back is None else ended & (end.last(looks_back.period) < today).fill_null(False)


def is_unknown(term: Term) -> fr.Expr:
    """Whether a date is not known, other than that it has not happened."""
    return term.value.is_null() if term.absent is None else term.value.is_null() & ~term.absent


def _terms(test: AtMost, scene: Scene) -> tuple[Term, Term]:
    look = scene.at(test.record_type)
    start, end = (look.term(Ref(Scope.RECORD, field, test.record_type)) for field in (test.starts, test.ends))
    return start, end


def _begun(test: AtMost, scene: Scene) -> Frame:
    """The records in scope, or that may be, that have begun and have not ended too long ago."""
    look = scene.at(test.record_type)
    start, end = _terms(test, scene)
    tested = scene.records(test.record_type).with_columns(holds(test.where, look).alias(_SCOPE))
    tested = tested.with_columns(has_ended(end, look.today).alias(_ENDED))
    old = ended_long_ago(test.looks_back, fr.col(_ENDED), end, look.today)
    begun = TRUE if start.absent is None else ~start.absent
    started = known_true(fr.col(_SCOPE)) & ~start.value.is_null()
    return tested.filter(may_be_true(fr.col(_SCOPE)) & begun & ~old).with_columns(started.alias(_STARTED))


def _verdicts(test: AtMost, weighed: Frame, scene: Scene) -> Verdicts:
    start, end = _terms(test, scene)
    within, last, ended = test.within, start.last(test.within), fr.col(_ENDED)
    until = fr.when(ended).then(end.value).otherwise(scene.as_at.day)
    place = None
    if scene.as_at.place is not None and within.unit is Unit.WORKING_DAYS:
        place = fr.when(ended).then(end.view(View.WORKING)).otherwise(scene.as_at.place)
    made = weighed.with_columns(_result(until <= last, ended, is_unknown(end)).alias(_RESULT))
    decided = fr.col(_RESULT) != CODE[Result.CANNOT_DECIDE]
    begun = start.point(within)
    answer, answer_row = which(test.unless)
    explained = decided & (until > last)
    return verdicts(
        made,
        OF_RECORD,
        scene.wanted,
        result=fr.col(_RESULT),
        measured=fr.when(decided).then(elapsed(begun, Point(until, place), within)),
        limit=fr.when(decided).then(limit_of(begun.day, last, within)),
        unit=fr.when(decided).then(unit(within.measured_in)),
        due_on=fr.when(decided).then(last),
        late=(fr.col(_RESULT) == CODE[Result.NOT_MET]) & ended,
        answer=fr.when(explained).then(answer),
        answer_row=fr.when(explained).then(answer_row),
    )


def _result(in_time: fr.Expr, ended: fr.Expr, end_unknown: fr.Expr) -> fr.Expr:
    """What has lasted too long is explained, or not; undecided while it is not known whether it is, or has ended."""
    unsure = fr.col(OPEN_ANY) | end_unknown
    unexplained = fr.when(unsure).then(code(Result.CANNOT_DECIDE)).otherwise(code(Result.NOT_MET))
    too_long = fr.when(~fr.col(DAY).is_null()).then(code(Result.MET)).otherwise(unexplained)
    not_too_long = fr.when(ended).then(code(Result.MET)).otherwise(code(Result.NOT_YET_DUE))
    result = fr.when(in_time).then(not_too_long).otherwise(too_long)
    return fr.when(fr.col(_STARTED)).then(result).otherwise(code(Result.CANNOT_DECIDE))
