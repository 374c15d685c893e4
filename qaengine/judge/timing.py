"""When a re-audit is due, with the arithmetic as a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from qaengine.judge.chain import After, Moment, ReauditDue
from qaengine.judge.facts import AuditFacts

AddPeriod = Callable[[date, int, str], date]
"""A day, a number and a unit (`qaengine.model.calendar.add_period`)."""

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Reaudit:
    """The day by which a re-audit is due, and how that day was reached."""

    due: date
    because: str


def on_paper(day: date) -> str:
    """A day as it is written on paper, whatever the locale: 14 October 2019."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def reaudit_due(when: ReauditDue, audit: AuditFacts, add_period: AddPeriod) -> Reaudit | None:
    """The day that a rule names, or None where it is counted from the last action and there is none."""
    counted = _counted(when.due, audit, add_period)
    if counted is None:
        return None
    due, said = counted
    latest = _counted(when.no_later_than, audit, add_period) if when.no_later_than is not None else None
    if latest is None:
        return Reaudit(due, f"{said}.")
    backstop, said_latest = latest
    day = min(due, backstop)
    return Reaudit(day, f"{said}; at the latest, {said_latest}. So {on_paper(day)}.")


def _counted(after: After, audit: AuditFacts, add_period: AddPeriod) -> tuple[date, str] | None:
    start, name = _moment(after.moment, audit)
    if start is None:
        return None
    day = add_period(start, after.period.n, after.period.unit.value)
    return day, f"{after.period} after {name} ({on_paper(start)}) is {on_paper(day)}"


def _moment(moment: Moment, audit: AuditFacts) -> tuple[date | None, str]:
    if moment is Moment.AUDITED_ON:
        return audit.audited_on, "the audit"
    return audit.last_original_action, "the day on which the last action was first due"
