"""`no_gap_over`: whether successive events of a span are ever further apart than a limit.

A span runs from its start to its end or, while it is open, to the as-at date. Its events divide it into intervals:
from the start to the first event, from each event to the next, and from the last to the end. An interval is known by
what began it: the record of the span, or an event.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.scope import Here, Looked, State, look_at
from qaengine.evaluate.reference.subjects import (
    Outcome,
    Verdict,
    evidence_of,
    in_scope,
    not_carried,
    together,
    undecided,
)
from qaengine.evaluate.reference.truth import Truth, certainly
from qaengine.model.calendar import deadline, elapsed, limit_of
from qaengine.model.casefile import Row
from qaengine.model.condition import Ref, Scope
from qaengine.model.records import RECORD_TYPES
from qaengine.model.result import Missing, Result, Why
from qaengine.model.standard import GapLimit, LooksBack, NoGapOver


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A span of one child. `row` is its record, if it has one; `scope` whether that record counts."""

    row: Row | None
    scope: Truth
    start: Looked
    end: Looked


@dataclass(frozen=True, slots=True)
class _Interval:
    """From what began it to what ended it: an event, or (`event` None) the end of the span, or nothing yet."""

    nth: int
    begins: date
    began_by: Row | None  # the event that began it; None for the first
    event: tuple[date, Row] | None


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What may be an event: its day, or None where that is not known; then `before` is the last day that it may be."""

    day: date | None
    missing: frozenset[Missing]
    before: date | None = None

    def could_answer(self, interval: _Interval, last: date) -> bool:
        """Whether it may have kept the limit of an interval, which it does not where it was before that began."""
        if self.day is not None:
            return _could_be_in_time(interval, self.day, last)
        return self.before is None or _is_inside(interval, self.before)


@dataclass(frozen=True, slots=True)
class _MayBe:
    """The limits that may be the one for an interval, in their order; if none surely is, there may be no limit."""

    limits: list[GapLimit]
    surely_one: bool
    missing: frozenset[Missing]  # what would tell which of them is


def no_gap_over(test: NoGapOver, here: Here) -> Outcome:
    """Every interval of every span is within its limit."""
    stretches = _stretches(test, here)
    if stretches is None:
        return not_carried(test.span.record_type), []
    verdicts = [verdict for stretch in stretches for verdict in _of_stretch(test, stretch, here)]
    return together(verdicts), verdicts


def _stretches(test: NoGapOver, here: Here) -> list[_Stretch] | None:
    """The spans of the child; None where the source does not carry their records."""
    span = test.span
    if not span.record_type:
        return [_Stretch(None, certainly(True), here.look(span.starts), _end(test, here))]
    rows = here.file.records.get(span.record_type)
    if rows is None:
        return None
    scoped = in_scope(rows, span.where, here)
    return [_Stretch(row, scope, look_at(row, span.starts), _end(test, here.at(row))) for row, scope in scoped]


def _end(test: NoGapOver, here: Here) -> Looked:
    return here.look(test.span.ends) if test.span.ends else Looked(State.NOT_HAPPENED)


def _of_stretch(test: NoGapOver, stretch: _Stretch, here: Here) -> Iterator[Verdict]:
    """The verdicts on the intervals of one span, in their order; a span that has not begun has none."""
    if stretch.start.state is State.NOT_HAPPENED:
        return
    ended = stretch.end.value if isinstance(stretch.end.value, date) and stretch.end.value <= here.as_at else None
    if ended is not None and ended_long_ago(test.looks_back, ended, here):
        return
    start, row, span_type = stretch.start.value, stretch.row, test.span.record_type
    if stretch.scope.value is None or not isinstance(start, date):
        evidence = (evidence_of(span_type, row, test.span.starts.field),) if row else ()
        missing = stretch.scope.missing | stretch.start.missing
        yield Verdict(Result.CANNOT_DECIDE, row, missing=missing, evidence=evidence, record_type=span_type)
        return
    events, doubts = _events(test, start, ended or here.as_at, here)
    if ended is None:
        doubts += [_Doubt(None, stretch.end.missing)] if stretch.end.missing else []
    begins, began_by = start, None
    for nth, event in enumerate([*events, None], 1):
        verdict = _of_interval(test, stretch, _Interval(nth, begins, began_by, event), ended, doubts, here)
        if verdict is not None:
            yield verdict
        if event is not None:
            begins, began_by = event


def _events(test: NoGapOver, start: date, until: date, here: Here) -> tuple[list[tuple[date, Row]], list[_Doubt]]:
    """The events of a span in the order of their dates (and of their ids), and those that may be events of it."""
    rows = here.file.records.get(test.record_type)
    if rows is None:
        return [], [_Doubt(None, frozenset({Missing(test.record_type, "", Why.NOT_CARRIED)}))]
    events: list[tuple[date, Row]] = []
    doubts: list[_Doubt] = []
    for row, where in in_scope(rows, test.where, here):
        day = look_at(row, Ref(Scope.RECORD, test.dated, test.record_type))
        if day.state is State.NOT_HAPPENED:
            continue
        if not isinstance(day.value, date):
            doubts.append(_Doubt(None, where.missing | day.missing, _latest(test.record_type, row)))
        elif start <= day.value <= until:
            if where.value is None:
                doubts.append(_Doubt(day.value, where.missing))
            else:
                events.append((day.value, row))
    return sorted(events, key=lambda event: event[0]), doubts


def _latest(record_type: str, row: Row) -> date | None:
    """The last day on which a record of an unknown day may have been, where it says so."""
    bound = RECORD_TYPES[record_type].bound
    found = look_at(row, Ref(Scope.RECORD, bound, record_type)).value if bound else None
    return found if isinstance(found, date) else None


def ended_long_ago(looks_back: LooksBack | None, ended: date, here: Here) -> bool:
    """Whether something ended so long ago that the standard does not look at it any more."""
    if looks_back is None:
        return False
    last = deadline(ended, looks_back.period)
    here.seen(looks_back, (here.as_at - last).days)
    return here.as_at > last


def _of_interval(
    test: NoGapOver, stretch: _Stretch, interval: _Interval, ended: date | None, doubts: list[_Doubt], here: Here
) -> Verdict | None:
    """The verdict on one interval; none where no limit is for it, or where the span ended before anything was due.

    It is what it would be under each limit that may be the one for it: in time for the strictest, or past the most
    generous. What lies between the two cannot be decided, nor what may have no limit at all.
    """
    over = interval.event[0] if interval.event else ended
    if over is not None and ended_long_ago(test.looks_back, over, here):
        return None
    may_be = _limits(test, interval, here.in_interval(stretch.row, interval.begins))
    if not may_be.limits:
        return None
    begins, end = interval.begins, over or here.as_at
    lasts = [(deadline(begins, limit.within), limit) for limit in may_be.limits]
    strictest, most_generous = min(lasts, key=_last_of), max(lasts, key=_last_of)
    in_time_for_all = end <= strictest[0]
    last, limit = strictest if in_time_for_all else most_generous
    if may_be.surely_one:
        here.seen(limit, (end - last).days)
    if in_time_for_all and interval.event is None and ended is not None:
        return None
    if not may_be.surely_one or (end <= last and not in_time_for_all):
        return _of(test, stretch, interval, undecided(may_be.missing))
    result = Result.NOT_MET if end > last else Result.MET if interval.event else Result.NOT_YET_DUE
    blocking = [doubt.missing for doubt in doubts if doubt.could_answer(interval, last)]
    if result is Result.NOT_MET and blocking:
        return _of(test, stretch, interval, undecided(frozenset().union(*blocking)))
    within = limit.within
    measured = elapsed(begins, end, within), limit_of(begins, within), within.measured_in
    late = result is Result.NOT_MET and over is not None
    return _of(test, stretch, interval, Verdict(result, None, *measured, last, late=late))


def _limits(test: NoGapOver, interval: _Interval, here: Here) -> _MayBe:
    """Which limits may be the one for an interval: the first that is known to be for it closes the list."""
    limits, missing = list[GapLimit](), frozenset[Missing]()
    for limit in test.limits:
        if limit.nth not in (None, interval.nth):
            continue
        is_for = holds(limit.when, here)
        if is_for.value is not False:
            limits.append(limit)
        if is_for.value is True:
            return _MayBe(limits, True, missing)
        missing |= is_for.missing
    return _MayBe(limits, False, missing)


def _last_of(limited: tuple[date, GapLimit]) -> date:
    return limited[0]


def _could_be_in_time(interval: _Interval, day: date, last: date) -> bool:
    """Whether an event on this day would have kept the limit; on the first day, only in the first interval."""
    return day <= last and _is_inside(interval, day)


def _is_inside(interval: _Interval, day: date) -> bool:
    return day > interval.begins or (interval.nth == 1 and day == interval.begins)


def _of(test: NoGapOver, stretch: _Stretch, interval: _Interval, verdict: Verdict) -> Verdict:
    """The verdict with the record that began the interval and, where it is decided, the event that ended it."""
    row, record_type, dated = interval.began_by, test.record_type, test.dated
    if row is None:
        row, record_type, dated = stretch.row, test.span.record_type, test.span.starts.field
    evidence = (evidence_of(record_type, row, dated),) if row else ()
    if interval.event is not None and verdict.result is not Result.CANNOT_DECIDE:
        evidence = (*evidence, evidence_of(test.record_type, interval.event[1], test.dated))
    return verdict._replace(row=row, record_type=record_type, evidence=evidence)
