"""What answers a record: the responses dated from a day on, and those of which something cannot be known."""

from collections.abc import Iterable
from datetime import date

from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.scope import Here, State
from qaengine.evaluate.reference.subjects import evidence_of
from qaengine.model.casefile import Row
from qaengine.model.result import Evidence, Missing, Why
from qaengine.model.standard import Response

Answers = list[tuple[date, Evidence | None]]
Doubts = list[tuple[date | None, frozenset[Missing]]]


def answers_to(responses: Iterable[Response], trigger: Row, here: Here, begun: date) -> tuple[Answers, Doubts]:
    """The responses dated from the trigger to the as-at date, and those of which something cannot be known."""
    answers: Answers = []
    doubts: Doubts = []
    for response in responses:
        rows = here.file.records.get(response.record_type) if response.record_type else (trigger,)
        if rows is None:
            doubts.append((None, frozenset({Missing(response.record_type, "", Why.NOT_CARRIED)})))
        for row in rows or ():
            weigh(response, here.at(row, trigger), begun, answers, doubts)
    return answers, doubts


def first_of(answers: Answers) -> tuple[date, Evidence | None] | None:
    """The earliest answer; of two on one day the one named first."""
    return min(answers, key=lambda answer: answer[0], default=None)


def weigh(response: Response, here: Here, begun: date, answers: Answers, doubts: Doubts) -> None:
    """Put one record where it belongs: it answers, or it may, or neither."""
    where, day = holds(response.where, here), here.look(response.dated)
    if where.value is False or day.state is State.NOT_HAPPENED:
        return
    if not isinstance(day.value, date):
        doubts.append((None, where.missing | day.missing))
    elif begun <= day.value <= here.as_at:
        if where.value is None:
            doubts.append((day.value, where.missing))
        else:
            row = here.record if response.record_type else None
            answers.append((day.value, evidence_of(response.record_type, row) if row else None))
