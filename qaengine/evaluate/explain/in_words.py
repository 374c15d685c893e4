"""Conditions read back in plain English, of no child in particular: for a policy, or for an argument about a rule."""

from collections.abc import Iterator

from qaengine.evaluate.explain.names import clause, name_of, plain, titles
from qaengine.evaluate.explain.words import called, day, either, listed, moment
from qaengine.model import condition as c
from qaengine.model.period import Unit
from qaengine.model.records import CHILD

_LONG = 70
"""Longer than this, parts are set out below each other and not in a row."""

_WHEN = {
    c.When.BEFORE: ("before", "on or after"),
    c.When.AFTER: ("after", "on or before"),
    c.When.NOT_BEFORE: ("on or after", "before"),
    c.When.NOT_AFTER: ("on or before", "after"),
    c.When.ON: ("on", "not on"),
}
_ORDER = {
    c.Order.AT_LEAST: ("at least", "less than"),
    c.Order.AT_MOST: ("at most", "more than"),
    c.Order.MORE_THAN: ("more than", "at most"),
    c.Order.LESS_THAN: ("less than", "at least"),
}
"""What each comparison says, and what its contrary says."""


def sentence(condition: c.Condition) -> str:
    """A condition in a row of words, with brackets where they are needed to read it right; empty where always so."""
    return _said(plainly(condition), inside=False)


def lines(condition: c.Condition, depth: int = 0) -> Iterator[str]:
    """A condition as lines of a Markdown list: the parts of "all" and "any" below each other where they are long."""
    whole = plainly(condition)
    for part in whole.parts if isinstance(whole, c.All) else (whole,):
        yield from _line(part, depth)


def plainly(condition: c.Condition) -> c.Condition:
    """The same condition without what a parameter has settled, and without an "all" inside an "all"."""
    match condition:
        case c.Not(part):
            inner = plainly(part)
            return c.Always(not inner.value) if isinstance(inner, c.Always) else c.Not(inner)
        case c.All(parts):
            return _flat(c.All, parts, neutral=True)
        case c.Any(parts):
            return _flat(c.Any, parts, neutral=False)
        case _:
            return condition


def _flat(kind: type[c.All] | type[c.Any], parts: tuple[c.Condition, ...], neutral: bool) -> c.Condition:
    found: list[c.Condition] = []
    for part in map(plainly, parts):
        if isinstance(part, c.Always):
            if part.value is not neutral:
                return part
        else:
            found.extend(part.parts if isinstance(part, kind) else (part,))
    if not found:
        return c.Always(neutral)
    return found[0] if len(found) == 1 else kind(tuple(found))


def _line(condition: c.Condition, depth: int) -> Iterator[str]:
    words = _said(condition, inside=False)
    if not words:
        return
    indent = "  " * depth
    if not isinstance(condition, c.All | c.Any) or len(words) <= _LONG:
        yield f"{indent}- {words}"
        return
    yield f"{indent}- {'all of these:' if isinstance(condition, c.All) else 'any of these:'}"
    for part in condition.parts:
        yield from _line(part, depth + 1)


def _said(condition: c.Condition, inside: bool) -> str:
    match condition:
        case c.Always(value):
            return "" if value else "never (so set by a parameter)"
        case c.All(parts):
            return _joined([_said(part, True) for part in parts], "and", inside)
        case c.Any(parts):
            return _joined([_said(part, True) for part in parts], "or", inside)
        case c.Not(part):
            return _leaf(part, False) if not isinstance(part, c.All | c.Any | c.Not) else _none_of(part)
        case _:
            return _leaf(condition, True)


def _none_of(part: c.Condition) -> str:
    if isinstance(part, c.Not):
        return _said(part.part, True)
    parts = part.parts if isinstance(part, c.All | c.Any) else (part,)
    words = _joined([_said(one, True) for one in parts], "and" if isinstance(part, c.All) else "or", inside=True)
    return f"it is not so that {words}"


def _joined(parts: list[str], last: str, inside: bool) -> str:
    words = listed(parts, last)
    return f"({words})" if inside and len(parts) > 1 else words


def _leaf(condition: c.Condition, so: bool) -> str:
    """A single test, or its contrary."""
    no = "" if so else "not "
    match condition:
        case c.Carries(record_type, field):
            verb = "carries" if so else "does not carry"
            return f"the source {verb} {name_of(record_type, field)} for {titles(record_type)}"
        case c.Recorded(ref) if _is_care(ref):
            return f"the child is {no}looked after"
        case c.Recorded(ref):
            return f"{called(ref)} is {'recorded' if so else 'blank'}"
        case c.OneOf(ref, values):
            return _one_of(ref, values, so)
        case c.Compare(ref, order, limit):
            return f"{called(ref)} is {_ORDER[order][not so]} {limit}"
        case c.Words(ref, phrases):
            return f"{called(ref)} has {'one' if so else 'none'} of the {len(phrases)} phrases listed"
        case c.SameAs(ref, other):
            return f"{called(ref)} is {no}the same as {called(other)}"
        case _:
            return _dates(condition, so)


def _one_of(ref: c.Ref, values: tuple[object, ...], so: bool) -> str:
    clauses = [clause(ref.record_type, ref.field, value is so) for value in values if isinstance(value, bool)]
    if clauses:
        return either(filter(None, clauses))
    return f"{called(ref)} is {'' if so else 'not '}{either(plain(str(value)) for value in values)}"


def _dates(condition: c.Condition, so: bool) -> str:
    no = "" if so else "not "
    match condition:
        case c.Dated(ref, when, at):
            return f"{called(ref)} is {_WHEN[when][not so]} {_moment(at)}"
        case c.Within(ref, period, of):
            return f"{called(ref)} is {no}in the {period} from {_moment(of)}"
        case c.NoOlderThan(ref, period, at):
            return f"{called(ref)} is {no}in the {period} up to {_moment(at)}"
        case c.ForAtLeast(ref, period, at) if _is_birth(ref) and period.unit is Unit.YEARS:
            age = f"{period.n} or older" if so else f"not yet {period.n}"
            return f"the child is {age}{_then(at)}"
        case c.ForAtLeast(ref, period, at) if _is_care(ref):
            return f"the child has {no}been looked after for at least {period}{_then(at)}"
        case c.ForAtLeast(ref, period, at):
            return f"{'at least' if so else 'less than'} {period} have passed from {called(ref)} to {_moment(at)}"
        case _:
            raise TypeError(f"not a single test: {condition}")


def _is_birth(ref: c.Ref) -> bool:
    return ref.record_type == CHILD.name and ref.field == "born"


def _is_care(ref: c.Ref) -> bool:
    return ref.record_type == CHILD.name and ref.field == "looked_after_since"


def _moment(at: c.Moment) -> str:
    if isinstance(at, c.Ref):
        return called(at)
    return moment(at) if isinstance(at, c.Today) else day(at)


def _then(at: c.Moment) -> str:
    if at is c.Today.AS_AT:
        return ""
    return f" {'at' if isinstance(at, c.Today) else 'on'} {_moment(at)}"
