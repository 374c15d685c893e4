"""The sentences on how time passes: on the interval from one event to the next, and on how long a record lasted."""

from collections.abc import Iterable
from datetime import date

from qaengine.evaluate.explain.names import name_of, record_called, title
from qaengine.evaluate.explain.words import called, count, day, missing
from qaengine.evaluate.reference.gaps import no_gap_over
from qaengine.evaluate.reference.lasting import at_most
from qaengine.evaluate.reference.scope import Here
from qaengine.evaluate.reference.subjects import Verdict
from qaengine.model.records import RECORD_TYPES
from qaengine.model.result import By, Evidence, Result
from qaengine.model.standard import AtMost, NoGapOver


def of_interval(test: NoGapOver, by: By, verdict: Verdict, here: Here) -> str:
    """What came after what began an interval, and when; or that nothing has."""
    if verdict.result is Result.CANNOT_DECIDE:
        return f"{_began(test, verdict, here)} cannot be decided: {missing(verdict.missing)}."
    if by is By.READER:
        verdict = _as_measured(no_gap_over(test, here)[1], verdict)
    after, gap = f"After {_began(test, verdict, here, upper=False)}", _gap(verdict)
    event = title(test.record_type)
    ended = verdict.evidence[-1] if len(verdict.evidence) > (verdict.row is not None) else None
    last = _last(verdict, here)
    if verdict.result is Result.NOT_YET_DUE:
        return f"{after}, no {event} is recorded yet; {last}."
    if ended is not None:
        when = f"{_gap(verdict)} later" if verdict.measured else "the same day"
        came = f"{record_called(test.record_type, ended.record_id)} came {when}"
        return f"{after}, {came}{', which is late' if verdict.late else ''}; {last}."
    if verdict.late:
        return f"{after}, no {event} is recorded before it ended {gap} later; {last}."
    return f"{after}, no {event} is recorded by {day(here.as_at)}, {gap} later; {last}."


def _as_measured(verdicts: Iterable[Verdict], verdict: Verdict) -> Verdict:
    """The verdict on the same record before it was put to a reader, which says whether it was late."""
    return next(one for one in verdicts if (one.row, one.evidence) == (verdict.row, verdict.evidence))


def _began(test: NoGapOver, verdict: Verdict, here: Here, upper: bool = True) -> str:
    """What began an interval: an event, the record of the span, or a date of the child."""
    if verdict.row is None:
        start = here.look(test.span.starts).value
        said = f"{called(test.span.starts)}{f' ({day(start)})' if isinstance(start, date) else ''}"
    else:
        record_type = verdict.record_type
        said = record_called(record_type, verdict.row.id)
        own = verdict.evidence[0]
        said += f" of {day(own.date)}" if own.date else ""
    return said[:1].upper() + said[1:] if upper else said


def _gap(verdict: Verdict) -> str:
    return count(verdict.measured or 0, verdict.unit or "days")


def _last(verdict: Verdict, here: Here) -> str:
    if verdict.due_on is None:
        raise ValueError("what is decided by a period has a last day")
    is_past = verdict.due_on < here.as_at
    return f"the last day {'was' if is_past else 'is'} {day(verdict.due_on)}"


def of_lasted(test: AtMost, by: By, verdict: Verdict, here: Here) -> str:
    """How long a record lasted, and what explains that it was longer than the period."""
    if by is By.READER:
        verdict = _as_measured(at_most(test, here)[1], verdict)
    own = verdict.evidence[0]
    if own.date is None or verdict.due_on is None:
        raise ValueError("a record that can be decided has a date")
    name = _lasting(test, own, own.date)
    last = f"{_last(verdict, here)} ({day(own.date)} + {test.within})"
    is_over = (verdict.measured or 0) > (verdict.limit or 0)
    ended = verdict.late or (verdict.result is Result.MET and not is_over)
    if verdict.result is Result.NOT_YET_DUE:
        return f"{name} has not ended; {last}."
    if ended:
        return f"{name} ended after {_gap(verdict)}{', which is late' if verdict.late else ''}; {last}."
    if verdict.result is Result.MET:
        return f"{name} has lasted {_gap(verdict)}; {last}. {_explained(verdict)}"
    return f"{name} has not ended by {day(here.as_at)}, after {_gap(verdict)}; {last}."


def _lasting(test: AtMost, own: Evidence, begun: date) -> str:
    record = record_called(test.record_type, own.record_id)
    said = f"{record[:1].upper()}{record[1:]}"
    if test.starts in RECORD_TYPES[test.record_type].dated:
        return f"{said} of {day(begun)}"
    return f"{said} ({name_of(test.record_type, test.starts)} {day(begun)})"


def _explained(verdict: Verdict) -> str:
    if len(verdict.evidence) < 2:
        return "What explains it is on the record itself."
    answer = verdict.evidence[1]
    on = f" of {day(answer.date)}" if answer.date else ""
    return f"It is explained by {record_called(answer.record, answer.record_id)}{on}."
