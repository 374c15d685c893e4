"""`at_most`: whether each record has lasted no longer than a period, or why it has."""

from datetime import date

from qaengine.evaluate.reference.gaps import ended_long_ago
from qaengine.evaluate.reference.responses import answers_to, first_of
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
from qaengine.model.result import Result
from qaengine.model.standard import AtMost


def at_most(test: AtMost, here: Here) -> Outcome:
    """Each record has lasted no longer than the period, unless another explains it."""
    rows = here.file.records.get(test.record_type)
    if rows is None:
        return not_carried(test.record_type), []
    scoped = in_scope(rows, test.where, here)
    verdicts = [verdict for row, scope in scoped if (verdict := _lasted(test, row, scope, here)) is not None]
    return together(verdicts), verdicts


def _lasted(test: AtMost, row: Row, scope: Truth, here: Here) -> Verdict | None:
    """The verdict on one record; none where it has not begun, or ended too long ago to be looked at."""
    start, end = (look_at(row, Ref(Scope.RECORD, field, test.record_type)) for field in (test.starts, test.ends))
    ended = end.value if isinstance(end.value, date) and end.value <= here.as_at else None
    if start.state is State.NOT_HAPPENED or (ended and ended_long_ago(test.looks_back, ended, here)):
        return None
    own = (evidence_of(test.record_type, row, test.starts),)
    if scope.value is None or not isinstance(start.value, date):
        return undecided(scope.missing | start.missing, row, own)
    begun, last, until = start.value, deadline(start.value, test.within), ended or here.as_at
    here.seen(test, (until - last).days)
    measured = elapsed(begun, until, test.within), limit_of(begun, test.within), test.within.measured_in
    if until <= last:
        return Verdict(Result.MET if ended else Result.NOT_YET_DUE, row, *measured, last, evidence=own)
    answers, doubts = answers_to(test.unless, row, here, begun)
    first = first_of(answers)
    if first is not None:
        return Verdict(Result.MET, row, *measured, last, evidence=(*own, first[1]) if first[1] else own)
    unknown = [end.missing, *(missing for _, missing in doubts)]
    if doubts or end.missing:
        return undecided(frozenset().union(*unknown), row, own)
    return Verdict(Result.NOT_MET, row, *measured, last, late=ended is not None, evidence=own)
