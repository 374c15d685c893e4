"""`followed_by`: each trigger is followed by a response no later than the deadline."""

from functools import partial

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.conditions import FALSE, TRUE, holds, known_true, may_be_true
from qaengine.evaluate.engine.ordinals import Point, elapsed, limit_of
from qaengine.evaluate.engine.responses import DAY, OPEN_ANY, PLACE, REASON, Asked, answered, first_day, which
from qaengine.evaluate.engine.rollup import together
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.terms import Look, Term
from qaengine.evaluate.engine.verdicts import CODE, OF_RECORD, Verdicts, code, unit, verdicts
from qaengine.model.condition import Ref, Scope
from qaengine.model.period import Period, Unit
from qaengine.model.result import Result
from qaengine.model.standard import FollowedBy, Response

Frame = fr.LazyFrame
_SCOPE, _STARTED, _RESULT = "the scope", "the start is known", "the result"
_DAYS = Period(0, Unit.DAYS)
"""What is measured against a date is measured in days."""


def followed_by(test: FollowedBy, scene: Scene) -> tuple[Verdicts, Verdicts]:
    """The verdicts on the children, and on the triggers."""
    triggers = _triggers(test, scene)
    if not scene.table(test.record_type).has(test.dated):
        records = verdicts(
            triggers, OF_RECORD, scene.wanted, result=code(Result.CANNOT_DECIDE)
        )  # no clock is known to have started
        return together(records, scene, scene.untold(test.record_type)), records
    asked = Asked(test.record_type, test.dated, partial(_last, test), test.within)
    responses: dict[int | str, Response] = dict(enumerate(test.responses))
    if test.mitigated_by is not None:
        responses[REASON] = test.mitigated_by
    weighed = answered(asked, responses, scene, triggers.filter(fr.col(_STARTED)), triggers)
    records = _verdicts(test, weighed, scene)
    return together(records, scene, scene.untold(test.record_type)), records


def _triggers(test: FollowedBy, scene: Scene) -> Frame:
    """The triggers in scope, or that may be; one whose event has not happened is none."""
    look = scene.at(test.record_type)
    start = look.term(Ref(Scope.RECORD, test.dated, test.record_type))
    tested = scene.records(test.record_type).with_columns(holds(test.where, look).alias(_SCOPE))
    begun = TRUE if start.absent is None else ~start.absent
    started = known_true(fr.col(_SCOPE)) & ~start.value.is_null()
    return tested.filter(may_be_true(fr.col(_SCOPE)) & begun).with_columns(started.alias(_STARTED))


def _last(test: FollowedBy, look: Look, scope: Scope) -> fr.Expr:
    """The last day for a response; null where the date by which it is due lies in the future, or is not known."""
    if test.within is None:
        return look.term(Ref(scope, test.by, test.record_type)).value
    return look.term(Ref(scope, test.dated, test.record_type)).last(test.within)


def _verdicts(test: FollowedBy, weighed: Frame, scene: Scene) -> Verdicts:
    look = scene.at(test.record_type)
    start = look.term(Ref(Scope.RECORD, test.dated, test.record_type))
    last, day, within = _last(test, look, Scope.RECORD), fr.col(DAY), test.within or _DAYS
    has_answer = ~day.is_null()
    made = weighed.with_columns(_with_deadline(test, look, _result(last, look.today)).alias(_RESULT))
    decided = fr.col(_RESULT) != CODE[Result.CANNOT_DECIDE]
    measured = decided if test.within is not None else decided & ~last.is_null()
    not_met = fr.col(_RESULT) == CODE[Result.NOT_MET]
    end_place = None
    if scene.as_at.place is not None and within.unit is Unit.WORKING_DAYS:
        end_place = fr.when(has_answer).then(fr.col(PLACE)).otherwise(scene.as_at.place)
    end = Point(fr.when(has_answer).then(day).otherwise(scene.as_at.day), end_place)
    begun = start.point(within)
    limit = limit_of(begun.day, last, within)
    answer, answer_row = which(test.responses)
    reason = first_day(REASON) if test.mitigated_by else None
    return verdicts(
        made,
        OF_RECORD,
        scene.wanted,
        result=fr.col(_RESULT),
        measured=fr.when(measured).then(elapsed(begun, end, within)),
        limit=fr.when(measured).then(limit),
        unit=fr.when(measured).then(unit(within.measured_in)),
        due_on=fr.when(decided).then(last),
        late=not_met & has_answer,
        **({} if reason is None else {"mitigated": not_met & (reason <= last).fill_null(False)}),
        answer=fr.when(decided).then(answer),
        answer_row=fr.when(decided).then(answer_row),
    )


def _result(last: fr.Expr, today: fr.Expr) -> fr.Expr:
    """A trigger that is answered late stays undecided while a response not known could have answered in time."""
    in_time = (fr.col(DAY) <= last).fill_null(False)
    overdue = fr.when(fr.col(OPEN_ANY)).then(code(Result.CANNOT_DECIDE)).otherwise(code(Result.NOT_MET))
    to_come = fr.when(today <= last).then(code(Result.NOT_YET_DUE)).otherwise(overdue)
    result = fr.when(in_time).then(code(Result.MET)).otherwise(to_come)
    return fr.when(fr.col(_STARTED)).then(result).otherwise(code(Result.CANNOT_DECIDE))


def _with_deadline(test: FollowedBy, look: Look, result: fr.Expr) -> fr.Expr:
    """The result, but where the trigger does not say by when: undecided, or to come until it is answered."""
    if test.within is not None:
        return result
    by: Term = look.term(Ref(Scope.RECORD, test.by, test.record_type))
    to_come = FALSE if by.absent is None else by.absent
    once_answered = fr.when(fr.col(DAY).is_null()).then(code(Result.NOT_YET_DUE)).otherwise(code(Result.MET))
    open_ended = fr.when(to_come).then(once_answered).otherwise(code(Result.CANNOT_DECIDE))
    return fr.when(fr.col(_STARTED) & by.value.is_null()).then(open_ended).otherwise(result)
