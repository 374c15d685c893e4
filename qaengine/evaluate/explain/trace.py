"""Every condition of a check, what was found, and the arithmetic: the same evaluation, written down as it goes."""

from dataclasses import dataclass
from datetime import date

from qaengine.evaluate.explain.names import clause, name_of, plain, titles
from qaengine.evaluate.explain.words import called, count, day, either, missing, moment, said
from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.scope import Here, Looked, State
from qaengine.evaluate.reference.truth import Truth
from qaengine.model import condition as c
from qaengine.model.calendar import deadline


@dataclass(frozen=True, slots=True)
class Trace:
    """A condition, whether it holds, and what was found; with the parts of which it is made."""

    truth: Truth
    says: str
    found: str = ""
    parts: "tuple[Trace, ...]" = ()


def trace(condition: c.Condition, here: Here) -> Trace:
    """The condition with what was found at each of its parts."""
    truth = holds(condition, here)
    match condition:
        case c.All(parts):
            return Trace(truth, "all of these hold", parts=tuple(trace(part, here) for part in parts))
        case c.Any(parts):
            return Trace(truth, "any of these holds", parts=tuple(trace(part, here) for part in parts))
        case c.Not(c.Recorded(ref)):
            return Trace(truth, f"{called(ref)} is blank", found_in(here.look(ref)))
        case c.Not(part):
            return Trace(truth, "this does not hold", parts=(trace(part, here),))
        case c.Always(value):
            return Trace(truth, "so set by a parameter" if value else "set otherwise by a parameter")
        case c.Carries(record_type, name):
            return Trace(truth, f"the source carries {name_of(record_type, name)} for {titles(record_type)}")
        case _:
            return Trace(truth, says(condition), _found(condition, here))


def says(condition: c.Condition) -> str:
    """A single test in words."""
    match condition:
        case c.Recorded(ref):
            return f"{called(ref)} is filled in"
        case c.OneOf(ref, values):
            clauses = [clause(ref.record_type, ref.field, v) for v in values if isinstance(v, bool)]
            return either(filter(None, clauses)) or f"{called(ref)} is {either(plain(str(v)) for v in values)}"
        case c.Compare(ref, order, limit):
            return f"{called(ref)} is {plain(order.value)} {limit}"
        case c.Words(ref, phrases):
            return f"{called(ref)} has one of {count(len(phrases), 'phrases')}"
        case c.SameAs(ref, other):
            return f"{called(ref)} is the same as {called(other)}"
        case c.Dated(ref, when, at):
            return f"{called(ref)} is {plain(when.value)} {_moment(at)}"
        case c.Within(ref, period, of):
            return f"{called(ref)} is within {period} of {_moment(of)}"
        case c.NoOlderThan(ref, period, at):
            return f"{called(ref)} is no more than {period} before {_moment(at)}"
        case c.ForAtLeast(ref, period, at):
            return f"{period} or more have passed from {called(ref)} to {_moment(at)}"
        case _:
            raise TypeError(f"not a single test: {condition}")


def _moment(at: c.Moment) -> str:
    if isinstance(at, c.Ref):
        return called(at)
    return day(at) if isinstance(at, date) else moment(at)


def found_in(looked: Looked) -> str:
    """What was found on looking at a field."""
    if looked.state is State.FILLED:
        return said(looked.value)
    if looked.state is State.BLANK:
        return f"typed as {said(looked.typed)}" if looked.typed else "left blank"
    return "has not happened, or there is none" if looked.state is State.NOT_HAPPENED else missing(looked.missing)


def _found(condition: c.Condition, here: Here) -> str:
    """What each field of a test holds, and for a period the last day that it leads to."""
    match condition:
        case c.Words(ref, phrases):
            text = here.look(ref)
            hit = [p for p in phrases if isinstance(text.value, str) and c.fold(p) in c.fold(text.value)]
            return f"{found_in(text)}{': ' + either(hit) if hit else ''}"
        case c.Dated(ref, _, at) | c.Within(ref, _, at) | c.NoOlderThan(ref, _, at) | c.ForAtLeast(ref, _, at):
            return _dates(condition, here.look(ref), here.moment(at))
        case c.SameAs(ref, other):
            return f"{found_in(here.look(ref))}; {found_in(here.look(other))}"
        case c.Recorded(ref) | c.OneOf(ref, _) | c.Compare(ref, _, _):
            return found_in(here.look(ref))
        case _:
            return ""


def _dates(condition: c.Condition, looked: Looked, other: Looked) -> str:
    x, y = looked.value, other.value
    if not isinstance(x, date) or not isinstance(y, date):
        return found_in(looked) if x is None else f"{found_in(looked)}; {found_in(other)}"
    match condition:
        case c.Within(_, period, _):
            return f"{day(x)}; {day(y)} + {period} = {day(deadline(y, period))}"
        case c.NoOlderThan(_, period, _) | c.ForAtLeast(_, period, _):
            return f"{day(x)} + {period} = {day(deadline(x, period))}, against {day(y)}"
        case _:
            return f"{day(x)}, against {day(y)} ({count(abs((x - y).days), 'days')} apart)"
