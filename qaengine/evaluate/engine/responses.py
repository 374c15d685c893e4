"""What answers a record, in columns: by record, the first answer, and any doubt that one could still answer.

Each response is weighed by itself, under its number; then the first of all of them is found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import CHILD, ROW, View
from qaengine.evaluate.engine.conditions import FALSE, TRUE, holds, known_true, may_be_true
from qaengine.evaluate.engine.keys import first_of, keyed, row_of
from qaengine.evaluate.engine.scene import TRIGGER_ROW, Scene, as_trigger
from qaengine.evaluate.engine.terms import Look, Term
from qaengine.model.condition import Ref, Scope
from qaengine.model.period import Period, Unit
from qaengine.model.standard import Response

Frame = fr.LazyFrame
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
    last: Callable[[Look, Scope], fr.Expr] | None = None
    measured: Period | None = None

    @property
    def in_working_days(self) -> bool:
        return self.measured is not None and self.measured.unit is Unit.WORKING_DAYS

    def start(self, look: Look, scope: Scope) -> Term:
        return look.term(Ref(scope, self.dated, self.record_type))


def named(name: str, number: int | str) -> str:
    """A column of one response."""
    return f"{name} {number}"


def first_day(number: int | str) -> fr.Expr:
    """The day of the first answer of one response."""
    return first_of(fr.col(named(_FIRST, number)))


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
        return rows.select(fr.col(ROW), *_weigh(asked, response, look, number))
    look = scene.at(response.record_type).under(table.masked)
    rows = as_trigger(known, table).join(scene.table(response.record_type).frame, on=CHILD, how="inner")
    rows = rows.with_columns(holds(response.where, look).alias(_WHERE))
    weighed = rows.select(fr.col(TRIGGER_ROW).alias(ROW), *_weigh(asked, response, look, number))
    first, is_open, place = (fr.col(named(name, number)) for name in (_FIRST, _OPEN, _PLACE))
    return weighed.group_by(ROW).agg(first.min(), is_open.any(), place.min())


def _weigh(asked: Asked, response: Response, look: Look, number: int | str) -> list[fr.Expr]:
    """What one record is to one trigger: an answer dated from the trigger to the as-at date, a doubt, or nothing."""
    start, where, day = asked.start(look, Scope.TRIGGER), fr.col(_WHERE), look.term(response.dated)
    in_time = (start.value <= day.value) & (day.value <= look.today)
    answers = known_true(where & in_time)
    may_answer = may_be_true(where) if day.absent is None else may_be_true(where) & ~day.absent
    could_be = TRUE if asked.last is None else day.value <= asked.last(look, Scope.TRIGGER)
    doubtful = where.is_null() & in_time & could_be
    place = day.view(View.WORKING) if asked.in_working_days else fr.lit(None)
    return [
        fr.when(answers).then(keyed(day.value)).alias(named(_FIRST, number)),
        (may_answer & (day.value.is_null() | known_true(doubtful))).alias(named(_OPEN, number)),
        fr.when(answers).then(place).cast(fr.Int32).alias(named(_PLACE, number)),
    ]


def _first_answer(responses: list[tuple[int | str, Response]], scene: Scene) -> list[fr.Expr]:
    """Over all the responses: the day of the first answer, its place among the working days, and any open doubt."""
    if not responses:
        none = fr.lit(None).cast(fr.Int64)
        return [none.alias(DAY), none.alias(PLACE), FALSE.alias(OPEN_ANY)]
    days = [first_day(number) for number, _ in responses]
    places = [fr.col(named(_PLACE, number)) for number, _ in responses]
    doubts = [fr.col(named(_OPEN, number)).fill_null(False) for number, _ in responses]
    untold = [scene.untold(response.record_type) for _, response in responses if response.record_type]
    return [
        fr.min_horizontal(*days).alias(DAY),
        fr.min_horizontal(*places).alias(PLACE),
        reduce(or_, [*doubts, *(each for each in untold if each is not None)]).alias(OPEN_ANY),
    ]


def which(responses: tuple[Response, ...]) -> tuple[fr.Expr, fr.Expr]:
    """Which response came first, and its row; of two on one day the one named first. A date of the trigger has none."""
    answer, row = fr.lit(None), fr.lit(None)
    for number in reversed(range(len(responses))):
        key = fr.col(named(_FIRST, number))
        is_first = first_of(key) == fr.col(DAY)
        own_row = row_of(key) if responses[number].record_type else fr.lit(None)
        answer = fr.when(is_first).then(fr.lit(number)).otherwise(answer)
        row = fr.when(is_first).then(own_row).otherwise(row)
    return answer, row
