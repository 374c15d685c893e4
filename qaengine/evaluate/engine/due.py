"""What is not so: not met, or not yet due until the last day for it has passed."""

from dataclasses import dataclass

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.conditions import FALSE
from qaengine.evaluate.engine.terms import Look
from qaengine.evaluate.engine.verdicts import code
from qaengine.model.result import Result
from qaengine.model.standard import Due


@dataclass(frozen=True)
class NotSo:
    """The result of what is not so, its last day, and whether that cannot be told."""

    result: fr.Expr
    due_on: fr.Expr | None
    unknown: fr.Expr


def not_so(due: Due | None, look: Look) -> NotSo:
    """What becomes of what is not so; a clock that has not started has no last day, and the duty is to come."""
    if due is None:
        return NotSo(code(Result.NOT_MET), None, FALSE)
    moment = look.moment(due.of)
    last = moment.last(due.within)
    to_come = last.is_null() | (look.today <= last)
    unknown = moment.value.is_null() if moment.absent is None else moment.value.is_null() & ~moment.absent
    in_time = fr.when(to_come).then(code(Result.NOT_YET_DUE)).otherwise(code(Result.NOT_MET))
    return NotSo(fr.when(unknown).then(code(Result.CANNOT_DECIDE)).otherwise(in_time), last, unknown)
