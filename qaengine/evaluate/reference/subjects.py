"""The verdict on one subject, and how verdicts on records roll up into one on the check."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.scope import Here, State
from qaengine.evaluate.reference.truth import Truth
from qaengine.model.calendar import deadline
from qaengine.model.casefile import Row
from qaengine.model.condition import Condition
from qaengine.model.records import RECORD_TYPES
from qaengine.model.result import Evidence, Missing, Result, Why, roll_up
from qaengine.model.standard import Due


class Verdict(NamedTuple):
    """What a check says of one subject: the child (no `row`), or one record."""

    result: Result
    row: Row | None = None
    measured: int | None = None
    limit: int | None = None
    unit: str | None = None
    due_on: date | None = None
    late: bool = False
    mitigated: bool = False
    missing: frozenset[Missing] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    uncovered: tuple[str, ...] = ()
    record_type: str = ""  # the type of `row`, where it is not the one that the check is about


Outcome = tuple[Verdict, list[Verdict]]
"""What a kind of check gives: the verdict on the check, and those on its records."""


def evidence_of(record_type: str, row: Row, dated: str = "") -> Evidence:
    """A pointer to a record, with the date by which the check knows it."""
    name = dated or next(iter(RECORD_TYPES[record_type].dated), "")
    value = row.values.get(name)
    return Evidence(record_type, row.id, value if isinstance(value, date) else None)


def undecided(missing: Iterable[Missing], row: Row | None = None, evidence: tuple[Evidence, ...] = ()) -> Verdict:
    return Verdict(Result.CANNOT_DECIDE, row, missing=frozenset(missing), evidence=evidence)


def not_carried(record_type: str) -> Verdict:
    """The verdict where the source does not carry the type that the check is about."""
    return undecided({Missing(record_type, "", Why.NOT_CARRIED)})


def in_scope(rows: Iterable[Row], where: Condition, here: Here) -> list[tuple[Row, Truth]]:
    """The records that a check is about, and those of which that cannot be known."""
    tested = ((row, holds(where, here.at(row))) for row in rows)
    return [(row, truth) for row, truth in tested if truth.value is not False]


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day for a duty; `day` is None with nothing missing when its clock has not started."""

    day: date | None
    missing: frozenset[Missing] = frozenset()


def last_day(due: Due, here: Here) -> LastDay:
    looked = here.moment(due.of)
    if isinstance(looked.value, date):
        return LastDay(deadline(looked.value, due.within))
    return LastDay(None, frozenset() if looked.state is State.NOT_HAPPENED else looked.missing)


def not_so(due: Due | None, here: Here, verdict: Verdict) -> Verdict:
    """The verdict on what is not so: not met, or not yet due until the last day has passed.

    What has gone out of date was due again on the day it did so, however long ago the duty began.
    """
    if due is None:
        return verdict
    last = last_day(due, here)
    if last.missing:
        return Verdict(Result.CANNOT_DECIDE, verdict.row, missing=last.missing, evidence=verdict.evidence)
    if last.day is not None:
        here.seen(due, (here.as_at - last.day).days)
    result = Result.NOT_YET_DUE if last.day is None or here.as_at <= last.day else Result.NOT_MET
    due_on = last.day
    if result is Result.NOT_MET and last.day and verdict.due_on:
        due_on = max(last.day, verdict.due_on)
    return verdict._replace(result=result, due_on=due_on)


def together(verdicts: list[Verdict]) -> Verdict:
    """One verdict for the check: how many records were met, of how many, and the first that decides it.

    The due date is the earliest among the records that decide it, or else the next that is coming.
    """
    if not verdicts:
        return Verdict(Result.NOT_APPLICABLE)
    result = roll_up(verdict.result for verdict in verdicts)
    deciding = [verdict for verdict in verdicts if verdict.result is result]
    coming = [verdict for verdict in verdicts if verdict.result is Result.NOT_YET_DUE]
    due = [verdict.due_on for verdict in (coming if result is Result.MET else deciding) if verdict.due_on]
    return Verdict(
        result,
        measured=sum(verdict.result is Result.MET for verdict in verdicts),
        limit=len(verdicts),
        unit="records",
        due_on=min(due, default=None),
        late=result is Result.NOT_MET and all(verdict.late for verdict in deciding),
        mitigated=result is Result.NOT_MET and all(verdict.mitigated for verdict in deciding),
        missing=frozenset().union(*(verdict.missing for verdict in deciding)),
        evidence=deciding[0].evidence[:1],
        uncovered=deciding[0].uncovered,
    )
