"""The sentence on one trigger and what followed it."""

from datetime import date

from qaengine.evaluate.explain.names import name_of, record_called
from qaengine.evaluate.explain.words import count, day
from qaengine.evaluate.reference.followed import followed_by
from qaengine.evaluate.reference.scope import Here
from qaengine.evaluate.reference.subjects import Verdict
from qaengine.model.condition import Scope
from qaengine.model.period import Period
from qaengine.model.records import RECORD_TYPES
from qaengine.model.result import By, Evidence, Result
from qaengine.model.standard import FollowedBy


def of_followed(test: FollowedBy, by: By, verdict: Verdict, here: Here) -> str:
    """What followed one trigger, and when; or that nothing has."""
    if by is By.READER:
        verdict = _as_measured(test, verdict, here)
    own, answer = verdict.evidence[0], verdict.evidence[1] if len(verdict.evidence) > 1 else None
    if own.date is None:
        raise ValueError("a trigger that can be decided has a date")
    after = f"After {_start(test, own, own.date)}"
    if verdict.due_on is None or verdict.measured is None:
        nothing = verdict.result is Result.NOT_YET_DUE
        what = "nothing is recorded yet" if nothing else _already(test, answer, own.date) or _what(test, answer)
        return f"{after}, {what}; {name_of(test.record_type, test.by)} is not set."
    arithmetic = _arithmetic(own.date, test.within) if test.within else name_of(test.record_type, test.by)
    last = f"the last day {{}} {day(verdict.due_on)} ({arithmetic})"
    reason = " A reason was recorded before that day." if verdict.mitigated else ""
    gap = count(verdict.measured, verdict.unit or "days")
    if verdict.result is Result.NOT_YET_DUE:
        return f"{after}, nothing is recorded yet; {last.format('is')}."
    if verdict.result is Result.MET:
        what = _came(test, verdict, own.date)
        return f"{after}, {what}; {last.format('was' if verdict.due_on < here.as_at else 'is')}."
    if verdict.late:
        what = _came(test, verdict, own.date)
        return f"{after}, {what}, which is late; {last.format('was')}.{reason}"
    return f"{after}, nothing is recorded by {day(here.as_at)}, {gap} later; {last.format('was')}.{reason}"


def _as_measured(test: FollowedBy, verdict: Verdict, here: Here) -> Verdict:
    """The verdict on the same record before it was put to a reader, which says whether anything followed, and late."""
    return next(one for one in followed_by(test, here)[1] if one.row == verdict.row)


def _start(test: FollowedBy, own: Evidence, begun: date) -> str:
    record = record_called(test.record_type, own.record_id)
    if test.dated in RECORD_TYPES[test.record_type].dated:
        return f"{record} of {day(begun)}"
    return f"{day(begun)} ({record}, {name_of(test.record_type, test.dated)})"


def _arithmetic(begun: date, within: Period) -> str:
    return f"{day(begun)} + {within}" if within.n else "the day itself"


def _came(test: FollowedBy, verdict: Verdict, begun: date) -> str:
    """What answered a trigger, and how long after it: or that it was there before."""
    answer = verdict.evidence[1] if len(verdict.evidence) > 1 else None
    already = _already(test, answer, begun)
    if already:
        return already
    when = f"{count(verdict.measured, verdict.unit or 'days')} later" if verdict.measured else "the same day"
    return f"{_what(test, answer)} {when}"


def _already(test: FollowedBy, answer: Evidence | None, begun: date) -> str:
    """That an answer was there before its trigger; nothing where it came on its day or later.

    What answers at once is counted by the trigger's own day, and its own may be another.
    """
    counted_so = {response.record_type for response in test.responses if response.dated.scope is Scope.TRIGGER}
    if answer is None or answer.record not in counted_so or answer.date is None or answer.date >= begun:
        return ""
    return f"{record_called(answer.record, answer.record_id)} of {day(answer.date)} was there already"


def _what(test: FollowedBy, answer: Evidence | None) -> str:
    """What followed: another record, or a date of the trigger's own."""
    if answer is not None:
        return f"{record_called(answer.record, answer.record_id)} came"
    says = [
        RECORD_TYPES[test.record_type].fields[response.dated.field].says
        for response in test.responses
        if not response.record_type
    ]
    if len(says) == 1 and says[0].startswith("the day "):
        return _happened(says[0].removeprefix("the day "))
    return "an answer is recorded"


def _happened(clause: str) -> str:
    """What is so of a day, as something that happened: "the report was complete", "the disruption meeting came"."""
    if clause.startswith("of "):
        return f"{clause.removeprefix('of ')} came"
    return clause.removeprefix("on which ")
