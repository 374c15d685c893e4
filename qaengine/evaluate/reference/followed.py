"""`followed_by`: what each trigger is followed by, and by when."""

from dataclasses import dataclass
from datetime import date

from qaengine.evaluate.reference.responses import Answers, answers_to, first_of, weigh
from qaengine.evaluate.reference.scope import Here, State, look_at
from qaengine.evaluate.reference.subjects import (
    Outcome,
    Verdict,
    evidence_of,
    in_scope,
    not_carried,
    together,
    undecided,
)
from qaengine.evaluate.reference.truth import Truth
from qaengine.model.calendar import deadline, elapsed, limit_of
from qaengine.model.casefile import Row
from qaengine.model.condition import Ref, Scope
from qaengine.model.period import Period, Unit
from qaengine.model.result import Missing, Result
from qaengine.model.standard import FollowedBy, Response

DAYS = Period(0, Unit.DAYS)
"""What is measured against a date is measured in days."""


def followed_by(test: FollowedBy, here: Here) -> Outcome:
    """Each trigger is followed by a response no later than the deadline."""
    rows = here.file.records.get(test.record_type)
    if rows is None:
        return not_carried(test.record_type), []
    verdicts = [
        verdict
        for row, scope in in_scope(rows, test.where, here)
        if (verdict := _followed(test, row, scope, here)) is not None
    ]
    return together(verdicts), verdicts


@dataclass(frozen=True, slots=True)
class _Last:
    """The last day for a response: `day` is None where it lies in the future, or is not known (`missing`)."""

    day: date | None
    missing: frozenset[Missing] = frozenset()


def _last(test: FollowedBy, row: Row, begun: date) -> _Last:
    """A date that the trigger does not give is not known; an event that has not happened lies in the future."""
    if test.within is not None:
        return _Last(deadline(begun, test.within))
    found = look_at(row, Ref(Scope.RECORD, test.by, test.record_type))
    return _Last(found.value if isinstance(found.value, date) else None, found.missing)


def _followed(test: FollowedBy, row: Row, scope: Truth, here: Here) -> Verdict | None:
    start = look_at(row, Ref(Scope.RECORD, test.dated, test.record_type))
    evidence = evidence_of(test.record_type, row, test.dated)
    if start.state is State.NOT_HAPPENED:
        return None
    if scope.value is None or not isinstance(start.value, date):
        return undecided(scope.missing | start.missing, row, (evidence,))
    begun, last = start.value, _last(test, row, start.value)
    if last.missing:  # though it was answered, it may have been late
        return undecided(last.missing, row, (evidence,))
    answers, doubts = answers_to(test.responses, row, here, begun)
    first = first_of(answers)
    end = first[0] if first else here.as_at
    both = (evidence, first[1]) if first and first[1] else (evidence,)
    if last.day is None:
        return Verdict(Result.MET if first else Result.NOT_YET_DUE, row, evidence=both)
    here.seen(test, (end - last.day).days)
    late = first is not None and first[0] > last.day
    result = Result.MET if first and not late else Result.NOT_MET
    if result is Result.NOT_MET and here.as_at <= last.day:
        result = Result.NOT_YET_DUE
    open_doubts = [missing for day, missing in doubts if day is None or day <= last.day]
    if result is Result.NOT_MET and open_doubts:
        return undecided(frozenset().union(*open_doubts), row, (evidence,))
    return Verdict(
        result,
        row,
        elapsed(begun, end, test.within or DAYS),
        (last.day - begun).days if test.within is None else limit_of(begun, test.within),
        (test.within or DAYS).measured_in,
        last.day,
        late=result is Result.NOT_MET and late,
        mitigated=result is Result.NOT_MET and _mitigated(test.mitigated_by, row, here, begun, last.day),
        evidence=both,
    )


def _mitigated(response: Response | None, trigger: Row, here: Here, begun: date, last: date) -> bool:
    """A reason was written down before the deadline passed: the duty is still late, and that is said beside it."""
    if response is None:
        return False
    answers: Answers = []
    for row in here.file.records.get(response.record_type, ()) if response.record_type else (trigger,):
        weigh(response, here.at(row, trigger), begun, answers, [])
    return any(day <= last for day, _ in answers)
