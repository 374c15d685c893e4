"""What answers a record, in columns: by record, the first answer, and any doubt that one could still answer.

Each response is weighed by itself, under its number; then the first of all of them is found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.columns import CHILD, ROW, View
from qaengine.evaluate.engine.conditions import FALSE, TRUE, holds, known_true, may_be_true
from qaengine.evaluate.engine.keys import first_of, keyed, row_of
from qaengine.evaluate.engine.scene import TRIGGER_ROW, Scene, as_trigger
from qaengine.evaluate.engine.terms import Look, Term
from qaengine.model.condition import Ref, Scope
from qaengine.model.period import Period, Unit
from qaengine.model.standard import Response

Frame = nw.LazyFrame[Any]
DAY, PLACE, OPEN_ANY = "the day of the answer", "the place of the answer", "any open doubt"
_WHERE, _FIRST, _OPEN, _PLACE = "the where", "the first answer", "an open doubt", "its place"


@dataclass(frozen=True)
class Asked:
    """The records of a type that are to be answered, from a date of theirs on.

    `last` is the day after which what is not known could not be in time any more; None where it never is too late.
    `measured` is the period against which the day of an answer is measured, if it is.
    """

    record_type: str
    dated: str
    last: Callable[[Look, Scope], nw.Expr] | None = None
    measured: Period | None = None

    @property
    def in_working_days(self) -> bool:
        return self.measured is not None and self.measured.unit is Unit.WORKING_DAYS

    def start(self, look: Look, scope: Scope) -> Term:
        return look.term(Ref(scope, self.dated, self.record_type))


def named(name: str, number: int | str) -> str:
    """A column of one response."""
    return f"{name} {number}"


def first_day(number: int | str) -> nw.Expr:
    """The day of the first answer of one response."""
    return first_of(nw.col(named(_FIRST, number)))


def answered(asked: Asked, responses: dict[int | str, Response], scene: Scene, known: Frame, records: Frame) -> Frame:
    """`records` with what answers each; only those that are `known` to count, from a known day, are answered."""
    for number, response in responses.items():
        records = records.join(_answers(asked, response, scene, known, number), on=ROW, how="left")
    return records.with_columns(*_first_answer([(n, each) for n, each in responses.items() if n != REASON], scene))


REASON = "reason"
"""The number of what mitigates: it answers nothing."""


def _answers(asked: Asked, response: Response, scene: Scene, known: Frame, number: int | str) -> Frame:
    """By record: the first answer of one response, and whether one that is not known could still answer in time."""
    table = scene.table(asked.record_type)
    if not response.record_type:
        look = scene.look.at_trigger(table.masked)
        rows = known.with_columns(holds(response.where, look).alias(_WHERE))
        return rows.select(nw.col(ROW), *_weigh(asked, response, look, number))
    look = scene.at(response.record_type).under(table.masked)
    rows = as_trigger(known, table).join(scene.table(response.record_type).frame, on=CHILD, how="inner")
    rows = rows.with_columns(holds(response.where, look).alias(_WHERE))
    weighed = rows.select(nw.col(TRIGGER_ROW).alias(ROW), *_weigh(asked, response, look, number))
    first, is_open, place = (nw.col(named(name, number)) for name in (_FIRST, _OPEN, _PLACE))
    return weighed.group_by(ROW).agg(first.min(), is_open.any(), place.min())


def _weigh(asked: Asked, response: Response, look: Look, number: int | str) -> list[nw.Expr]:
    """What one record is to one trigger: an answer dated from the trigger to the as-at date, a doubt, or nothing."""
    start, where, day = asked.start(look, Scope.TRIGGER), nw.col(_WHERE), look.term(response.dated)
    in_time = (start.value <= day.value) & (day.value <= look.today)
    answers = known_true(where & in_time)
    may_answer = may_be_true(where) if day.absent is None else may_be_true(where) & ~day.absent
    could_be = TRUE if asked.last is None else day.value <= asked.last(look, Scope.TRIGGER)
    doubtful = where.is_null() & in_time & could_be
    place = day.view(View.WORKING) if asked.in_working_days else nw.lit(None)
    return [
        nw.when(answers).then(keyed(day.value)).alias(named(_FIRST, number)),
        (may_answer & (day.value.is_null() | known_true(doubtful))).alias(named(_OPEN, number)),
        nw.when(answers).then(place).cast(nw.Int32).alias(named(_PLACE, number)),
    ]


def _first_answer(responses: list[tuple[int | str, Response]], scene: Scene) -> list[nw.Expr]:
    """Over all the responses: the day of the first answer, its place among the working days, and any open doubt."""
    if not responses:
        none = nw.lit(None).cast(nw.Int64)
        return [none.alias(DAY), none.alias(PLACE), FALSE.alias(OPEN_ANY)]
    days = [first_day(number) for number, _ in responses]
    places = [nw.col(named(_PLACE, number)) for number, _ in responses]
    doubts = [nw.col(named(_OPEN, number)).fill_null(False) for number, _ in responses]
    untold = [scene.untold(response.record_type) for _, response in responses if response.record_type]
    return [
        nw.min_horizontal(*days).alias(DAY),
        nw.min_horizontal(*places).alias(PLACE),
        reduce(or_, [*doubts, *(each for each in untold if each is not None)]).alias(OPEN_ANY),
    ]


def which(responses: tuple[Response, ...]) -> tuple[nw.Expr, nw.Expr]:
    """Which response came first, and its row; of two on one day the one named first. A date of the trigger has none."""
    answer, row = nw.lit(None), nw.lit(None)
    for number in reversed(range(len(responses))):
        key = nw.col(named(_FIRST, number))
        is_first = first_of(key) == nw.col(DAY)
        own_row = row_of(key) if responses[number].record_type else nw.lit(None)
        answer = nw.when(is_first).then(nw.lit(number)).otherwise(answer)
        row = nw.when(is_first).then(own_row).otherwise(row)
    return answer, row
