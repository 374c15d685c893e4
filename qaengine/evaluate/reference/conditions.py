"""Whether a condition holds: the meaning of every node of `model.condition`, written for reading."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any as Anything

from qaengine.evaluate.reference.scope import Here, Looked, State, kind_of
from qaengine.evaluate.reference.truth import Truth, all_of, any_of, cannot_know, certainly, negate
from qaengine.model import condition as c
from qaengine.model.calendar import deadline
from qaengine.model.period import Period
from qaengine.model.record import Kind

_NUMBERS: dict[c.Order, Callable[[int, int], bool]] = {
    c.Order.AT_LEAST: lambda x, limit: x >= limit,
    c.Order.AT_MOST: lambda x, limit: x <= limit,
    c.Order.MORE_THAN: lambda x, limit: x > limit,
    c.Order.LESS_THAN: lambda x, limit: x < limit,
}
_DATES: dict[c.When, Callable[[date, date], bool]] = {
    c.When.BEFORE: lambda x, y: x < y,
    c.When.AFTER: lambda x, y: x > y,
    c.When.NOT_BEFORE: lambda x, y: x >= y,
    c.When.NOT_AFTER: lambda x, y: x <= y,
    c.When.ON: lambda x, y: x == y,
}


def holds(condition: c.Condition, here: Here) -> Truth:
    """Whether a condition is true, false or cannot be known, here."""
    match condition:
        case c.All(parts):
            return all_of(_each(parts, here))
        case c.Any(parts):
            return any_of(_each(parts, here))
        case c.Not(part):
            return negate(holds(part, here))
        case _:
            truth = _of_one(condition, here)
            if here.told is not None:
                here.told(condition, truth.value)
            return truth


def _each(parts: tuple[c.Condition, ...], here: Here) -> Iterable[Truth]:
    """Whether each part holds: one after the other, so that no more are looked at than decide; all, for who watches."""
    truths = (holds(part, here) for part in parts)
    return list(truths) if here.is_watched else truths


def _of_one(condition: c.Condition, here: Here) -> Truth:
    """Whether a single test holds."""
    match condition:
        case c.OneOf(ref, values):
            return _on_value(here.look(ref), _is_one_of(ref, values))
        case c.Recorded(ref):
            looked = here.look(ref)
            return cannot_know(looked.missing) if looked.state is State.UNKNOWN else certainly(looked.value is not None)
        case c.Dated(ref, when, moment):
            in_future = when in (c.When.BEFORE, c.When.NOT_AFTER)
            return _on_two(here.look(ref), here.moment(moment), _DATES[when], if_future=in_future)
        case c.NoOlderThan(ref, period, at):
            day, end = here.look(ref), here.moment(at)
            _watch(condition, here, day, end, period)
            return _on_two(day, end, lambda x, y: x <= y <= deadline(x, period))
        case c.Always(value):
            return certainly(value)
        case c.Carries(record_type, field):
            return certainly(field not in here.not_carried.get(record_type, ()))
        case c.Compare(ref, order, limit):
            looked = here.look(ref)
            if isinstance(looked.value, int):
                here.seen(condition, looked.value - limit)
            return _on_value(looked, lambda value: _NUMBERS[order](value, limit))
        case c.Words(ref, phrases):
            return _on_value(here.look(ref), lambda value: any(c.fold(phrase) in c.fold(value) for phrase in phrases))
        case c.SameAs(ref, other):
            return _on_two(here.look(ref), here.look(other), lambda x, y: x == y)
        case c.Within(ref, period, of):
            day, start = here.look(ref), here.moment(of)
            _watch(condition, here, start, day, period)
            return _on_two(day, start, lambda x, y: y <= x <= deadline(y, period))
        case c.ForAtLeast(ref, period, at):
            day, end = here.look(ref), here.moment(at)
            _watch(condition, here, day, end, period)
            return _on_two(day, end, lambda x, y: has_passed(x, period, y))
        case _:
            raise TypeError(f"not a single test: {condition}")


def _watch(node: c.Condition, here: Here, start: Looked, end: Looked, period: Period) -> None:
    if here.watch is not None and isinstance(start.value, date) and isinstance(end.value, date):
        here.seen(node, (end.value - deadline(start.value, period)).days)


def _is_one_of(ref: c.Ref, values: tuple[object, ...]) -> Callable[[Anything], bool]:
    """Text is compared as phrases are, whatever its case and spacing; codes, references and numbers exactly."""
    if kind_of(ref) is not Kind.TEXT:
        return lambda value: value in values
    phrases = {c.fold(str(value)) for value in values}
    return lambda value: c.fold(value) in phrases


def has_passed(start: date, period: Period, end: date) -> bool:
    """Whether a whole period has passed: one of months that ends on a day that is not there ends the day after."""
    if period.months is None:
        return end >= deadline(start, period)
    months = (end.year - start.year) * 12 + end.month - start.month
    return (months, end.day) >= (period.months, start.day)


def _on_value(looked: Looked, test: Callable[[Anything], bool]) -> Truth:
    if looked.state is State.NOT_HAPPENED:
        return certainly(False)
    return certainly(test(looked.value)) if looked.state is State.FILLED else cannot_know(looked.missing)


def _on_two(x: Looked, y: Looked, test: Callable[[Anything, Anything], bool], if_future: bool = False) -> Truth:
    """What has not happened is never so; a comparison with what has not happened takes it to lie in the future."""
    if x.state is State.NOT_HAPPENED:
        return certainly(False)
    unknown = [looked.missing for looked in (x, y) if looked.state in (State.BLANK, State.UNKNOWN)]
    if unknown:
        return cannot_know(frozenset().union(*unknown))
    return certainly(if_future) if y.state is State.NOT_HAPPENED else certainly(test(x.value, y.value))
