"""Conditions as expressions: true, false, or null for cannot know.

One function a node of `model.condition`; `&`, `|` and `~` are Kleene's, which is what all, any and not mean. A null
never reaches a `when`, which would take it for false.
"""

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any as Anything

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import View
from qaengine.evaluate.engine.needs import kind_of
from qaengine.evaluate.engine.terms import Constant, Look, Term
from qaengine.model import condition as c
from qaengine.model.record import Kind

TRUE, FALSE = fr.lit(True), fr.lit(False)
CANNOT_KNOW = fr.lit(None, dtype=fr.Boolean)

Comparison = Callable[[Anything, Anything], Anything]
NUMBERS: dict[c.Order, Comparison] = {
    c.Order.AT_LEAST: operator.ge,
    c.Order.AT_MOST: operator.le,
    c.Order.MORE_THAN: operator.gt,
    c.Order.LESS_THAN: operator.lt,
}
DATES: dict[c.When, Comparison] = {
    c.When.BEFORE: operator.lt,
    c.When.AFTER: operator.gt,
    c.When.NOT_BEFORE: operator.ge,
    c.When.NOT_AFTER: operator.le,
    c.When.ON: operator.eq,
}
TRUE_OF_THE_FUTURE = frozenset({c.When.BEFORE, c.When.NOT_AFTER})
"""What any date is, compared with one that lies in the future because it has not happened."""


def holds(condition: c.Condition, look: Look) -> fr.Expr:
    """Whether a condition holds, in a frame that has the columns which it reads."""
    match condition:
        case c.All(parts):
            return reduce(operator.and_, [holds(part, look) for part in parts], TRUE)
        case c.Any(parts):
            return reduce(operator.or_, [holds(part, look) for part in parts], FALSE)
        case c.Not(part):
            return ~holds(part, look)
        case c.Always(value):
            return fr.lit(value)
        case c.Carries(record_type, field):
            return fr.lit(field not in look.not_carried.get(record_type, ()))
        case c.Recorded(ref):
            return _recorded(look.term(ref))
        case c.OneOf(ref, values):
            return _one_of(look.term(ref), ref, values)
        case c.Compare(ref, order, limit):
            return _on_value(look.term(ref), NUMBERS[order](look.term(ref).value, limit))
        case c.Words(ref, phrases):
            return _words(look.term(ref), phrases)
        case c.SameAs(ref, other):
            return _on_two(look.term(ref), look.term(other), look.term(ref).value == look.term(other).value)
        case c.Dated() | c.Within() | c.NoOlderThan() | c.ForAtLeast():
            return _on_dates(condition, look)


def constant(condition: c.Condition, not_carried: Mapping[str, frozenset[str]]) -> bool | None:
    """What a condition is for every child, where that hangs on parameters and the source alone; else None."""
    match condition:
        case c.Always(value):
            return value
        case c.Carries(record_type, field):
            return field not in not_carried.get(record_type, ())
        case c.Not(part):
            return _turned(constant(part, not_carried))
        case c.All(parts):
            return _all_constant([constant(part, not_carried) for part in parts])
        case c.Any(parts):
            return _turned(_all_constant([_turned(constant(part, not_carried)) for part in parts]))
        case _:
            return None


def _turned(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all_constant(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _on_dates(condition: c.Dated | c.Within | c.NoOlderThan | c.ForAtLeast, look: Look) -> fr.Expr:
    day = look.term(condition.ref)
    match condition:
        case c.Dated(_, when, moment):
            other = look.moment(moment)
            return _on_two(day, other, DATES[when](day.value, other.value), when in TRUE_OF_THE_FUTURE)
        case c.Within(_, period, of):
            start = look.moment(of)
            return _on_two(day, start, (start.value <= day.value) & (day.value <= start.last(period)))
        case c.NoOlderThan(_, period, at):
            end = look.moment(at)
            return _on_two(day, end, (day.value <= end.value) & (end.value <= day.last(period)))
        case c.ForAtLeast(_, period, at):
            end = look.moment(at)
            return _on_two(day, end, end.value >= day.view(View.COMPLETE, period))


def _recorded(term: Term) -> fr.Expr:
    filled = ~term.value.is_null()
    return filled if term.unknown is None else fr.when(~term.unknown).then(filled)


def _one_of(term: Term, ref: c.Ref, values: tuple[Anything, ...]) -> fr.Expr:
    """Text is compared as phrases are, whatever its case and spacing; codes, references and numbers exactly."""
    if kind_of(ref.record_type, ref.field) is Kind.TEXT:
        return _on_value(term, _is_in(term.view(View.FOLDED), [c.fold(str(value)) for value in values]))
    return _on_value(term, _is_in(term.value, list(values)))


def _is_in(value: fr.Expr, values: list[Anything]) -> fr.Expr:
    return fr.when(~value.is_null()).then(value.is_in(values))  # of null, engines differ


def _words(term: Term, phrases: tuple[str, ...]) -> fr.Expr:
    text = term.view(View.FOLDED)
    found = [text.str.contains(c.fold(phrase), literal=True) for phrase in phrases]
    return _on_value(term, reduce(operator.or_, found, fr.when(~text.is_null()).then(FALSE)))


def _on_value(term: Term, test: fr.Expr) -> fr.Expr:
    """A test of a value: null with it, but what has not happened is never so."""
    return test if term.absent is None else fr.when(term.absent).then(FALSE).otherwise(test)


def _on_two(x: Term, y: Term | Constant, test: fr.Expr, if_future: bool = False) -> fr.Expr:
    """A test of two values, null with either; a comparison with what has not happened takes it to lie in the future."""
    if y.absent is not None:
        filled = ~x.value.is_null()
        test = fr.when(y.absent & filled).then(fr.lit(if_future)).otherwise(test)
    return _on_value(x, test)


def known_true(truth: fr.Expr) -> fr.Expr:
    """Whether a condition is certainly so."""
    return truth.fill_null(False)


def may_be_true(truth: fr.Expr) -> fr.Expr:
    """Whether a condition is so, or may be."""
    return truth.fill_null(True)
