"""`followed_by`: each trigger is followed by a response no later than the deadline."""

from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.columns import CHILD, ROW, View
from qaengine.evaluate.engine.conditions import TRUE, holds, known_true, may_be_true
from qaengine.evaluate.engine.keys import first_of, keyed, row_of
from qaengine.evaluate.engine.ordinals import Point, elapsed, limit_of
from qaengine.evaluate.engine.rollup import together
from qaengine.evaluate.engine.scene import TRIGGER_ROW, Scene, as_trigger
from qaengine.evaluate.engine.terms import Look, Term
from qaengine.evaluate.engine.verdicts import CODE, OF_RECORD, Verdicts, code, unit, verdicts
from qaengine.model.condition import Ref, Scope
from qaengine.model.period import Unit
from qaengine.model.result import Result
from qaengine.model.standard import FollowedBy, Response

Frame = nw.LazyFrame[Any]
_SCOPE, _STARTED, _WHERE, _RESULT = "the scope", "the start is known", "the where", "the result"
_FIRST, _OPEN, _PLACE = "the first answer", "an open doubt", "the place of the answer"
_DAY, _OPEN_ANY, _REASON = "the day of the answer", "any open doubt", "reason"


def followed_by(test: FollowedBy, scene: Scene) -> tuple[Verdicts, Verdicts]:
    """The verdicts on the children, and on the triggers."""
    triggers = _triggers(test, scene)
    if not scene.table(test.record_type).has(test.dated):
        records = verdicts(triggers, OF_RECORD, result=code(Result.CANNOT_DECIDE))  # no clock is known to have started
        return together(records, scene.children, scene.untold(test.record_type)), records
    weighed = triggers
    for number, response in enumerate(test.responses):
        weighed = weighed.join(_answers(test, response, scene, triggers, number), on=ROW, how="left")
    if test.mitigated_by is not None:
        weighed = weighed.join(_answers(test, test.mitigated_by, scene, triggers, _REASON), on=ROW, how="left")
    records = _verdicts(test, weighed.with_columns(*_first_answer(test, scene)), scene)
    return together(records, scene.children, scene.untold(test.record_type)), records


def _triggers(test: FollowedBy, scene: Scene) -> Frame:
    """The triggers in scope, or that may be; one whose event has not happened is none."""
    look = scene.at(test.record_type)
    start = look.term(Ref(Scope.RECORD, test.dated, test.record_type))
    tested = scene.records(test.record_type).with_columns(holds(test.where, look).alias(_SCOPE))
    begun = TRUE if start.absent is None else ~start.absent
    started = known_true(nw.col(_SCOPE)) & ~start.value.is_null()
    return tested.filter(may_be_true(nw.col(_SCOPE)) & begun).with_columns(started.alias(_STARTED))


def _answers(test: FollowedBy, response: Response, scene: Scene, triggers: Frame, number: int | str) -> Frame:
    """By trigger: the first answer of one response, and whether one that is not known could still answer in time."""
    table = scene.table(test.record_type)
    known = triggers.filter(nw.col(_STARTED))
    started = Ref(Scope.TRIGGER, test.dated, test.record_type)
    if not response.record_type:
        look = scene.look.at_trigger(table.masked)
        rows = known.with_columns(holds(response.where, look).alias(_WHERE))
        return rows.select(nw.col(ROW), *_weigh(test, response, look, look.term(started), number))
    look = scene.at(response.record_type).under(table.masked)
    rows = as_trigger(known, table).join(scene.table(response.record_type).frame, on=CHILD, how="inner")
    rows = rows.with_columns(holds(response.where, look).alias(_WHERE))
    weighed = rows.select(nw.col(TRIGGER_ROW).alias(ROW), *_weigh(test, response, look, look.term(started), number))
    first, is_open, place = (nw.col(_named(name, number)) for name in (_FIRST, _OPEN, _PLACE))
    return weighed.group_by(ROW).agg(first.min(), is_open.any(), place.min())


def _named(name: str, number: int | str) -> str:
    return f"{name} {number}"


def _weigh(test: FollowedBy, response: Response, look: Look, start: Term, number: int | str) -> list[nw.Expr]:
    """What one record is to one trigger: an answer dated from the trigger to the as-at date, a doubt, or nothing."""
    where, day = nw.col(_WHERE), look.term(response.dated)
    in_time = (start.value <= day.value) & (day.value <= look.today)
    answers = known_true(where & in_time)
    may_answer = may_be_true(where) if day.absent is None else may_be_true(where) & ~day.absent
    doubtful = where.is_null() & in_time & (day.value <= start.last(test.within))
    place = day.view(View.WORKING) if test.within.unit is Unit.WORKING_DAYS else nw.lit(None)
    return [
        nw.when(answers).then(keyed(day.value)).alias(_named(_FIRST, number)),
        (may_answer & (day.value.is_null() | known_true(doubtful))).alias(_named(_OPEN, number)),
        nw.when(answers).then(place).cast(nw.Int32).alias(_named(_PLACE, number)),
    ]


def _first_answer(test: FollowedBy, scene: Scene) -> list[nw.Expr]:
    """Over all the responses: the day of the first answer, its place among the working days, and any open doubt."""
    numbers = range(len(test.responses))
    days = [first_of(nw.col(_named(_FIRST, number))) for number in numbers]
    places = [nw.col(_named(_PLACE, number)) for number in numbers]
    doubts = [nw.col(_named(_OPEN, number)).fill_null(False) for number in numbers]
    untold = [scene.untold(response.record_type) for response in test.responses if response.record_type]
    return [
        nw.min_horizontal(*days).alias(_DAY),
        nw.min_horizontal(*places).alias(_PLACE),
        reduce(or_, [*doubts, *(each for each in untold if each is not None)]).alias(_OPEN_ANY),
    ]


def _verdicts(test: FollowedBy, weighed: Frame, scene: Scene) -> Verdicts:
    start = scene.at(test.record_type).term(Ref(Scope.RECORD, test.dated, test.record_type))
    last, day = start.last(test.within), nw.col(_DAY)
    answered = ~day.is_null()
    made = weighed.with_columns(_result(last, scene.look.today).alias(_RESULT))
    decided = nw.col(_RESULT) != CODE[Result.CANNOT_DECIDE]
    not_met = nw.col(_RESULT) == CODE[Result.NOT_MET]
    end_place = None
    if scene.as_at.place is not None and test.within.unit is Unit.WORKING_DAYS:
        end_place = nw.when(answered).then(nw.col(_PLACE)).otherwise(scene.as_at.place)
    end = Point(nw.when(answered).then(day).otherwise(scene.as_at.day), end_place)
    begun = start.point(test.within)
    answer, answer_row = _which(test)
    reason = first_of(nw.col(_named(_FIRST, _REASON))) if test.mitigated_by else None
    return verdicts(
        made,
        OF_RECORD,
        result=nw.col(_RESULT),
        measured=nw.when(decided).then(elapsed(begun, end, test.within)),
        limit=nw.when(decided).then(limit_of(begun.day, last, test.within)),
        unit=nw.when(decided).then(unit(test.within.measured_in)),
        due_on=nw.when(decided).then(last),
        late=not_met & answered,
        **({} if reason is None else {"mitigated": not_met & (reason <= last).fill_null(False)}),
        answer=nw.when(decided).then(answer),
        answer_row=nw.when(decided).then(answer_row),
    )


def _result(last: nw.Expr, today: nw.Expr) -> nw.Expr:
    """A trigger that is answered late stays undecided while a response not known could have answered in time."""
    in_time = (nw.col(_DAY) <= last).fill_null(False)
    overdue = nw.when(nw.col(_OPEN_ANY)).then(code(Result.CANNOT_DECIDE)).otherwise(code(Result.NOT_MET))
    to_come = nw.when(today <= last).then(code(Result.NOT_YET_DUE)).otherwise(overdue)
    result = nw.when(in_time).then(code(Result.MET)).otherwise(to_come)
    return nw.when(nw.col(_STARTED)).then(result).otherwise(code(Result.CANNOT_DECIDE))


def _which(test: FollowedBy) -> tuple[nw.Expr, nw.Expr]:
    """Which response came first, and its row; of two on one day the one named first. A date of the trigger has none."""
    answer, row = nw.lit(None), nw.lit(None)
    for number in reversed(range(len(test.responses))):
        key = nw.col(_named(_FIRST, number))
        is_first = first_of(key) == nw.col(_DAY)
        own_row = row_of(key) if test.responses[number].record_type else nw.lit(None)
        answer = nw.when(is_first).then(nw.lit(number)).otherwise(answer)
        row = nw.when(is_first).then(own_row).otherwise(row)
    return answer, row
