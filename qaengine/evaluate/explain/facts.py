"""What was found that keeps a condition from being as it should: facts of the record, not the condition taken apart.

A condition may ask for one thing or another in many ways; what a reader needs is what the record says. So each fact is
said once, however often the condition looks at it.
"""

from collections.abc import Iterator
from datetime import date

from qaengine.evaluate.explain.names import anchor_called, clause, plain
from qaengine.evaluate.explain.words import blank, called, day, either, listed, owner, said
from qaengine.evaluate.reference.conditions import has_passed, holds
from qaengine.evaluate.reference.scope import Here, State, kind_of
from qaengine.model import condition as c
from qaengine.model.period import Period, Unit
from qaengine.model.record import Kind
from qaengine.model.records import CHILD

_WHEN = {
    c.When.BEFORE: "before",
    c.When.AFTER: "after",
    c.When.NOT_BEFORE: "on or after",
    c.When.NOT_AFTER: "on or before",
    c.When.ON: "on",
}


Fact = tuple[str, str]
"""What a field holds, and how that compares; several tests of one field share the first."""


def against(condition: c.Condition, wanted: bool, here: Here) -> str:
    """What was found that makes a condition other than `wanted`, in a row; nothing where only a parameter does."""
    found: dict[str, dict[str, None]] = {}
    for holding, compared in _against(condition, wanted, here):
        found.setdefault(holding, {}).update({compared: None} if compared else {})
    return "; ".join(f"{holding}, {listed(compared)}" if compared else holding for holding, compared in found.items())


def _against(condition: c.Condition, wanted: bool, here: Here) -> Iterator[Fact]:
    truth = holds(condition, here).value
    if truth is wanted or (truth is None and not wanted):  # what is not known makes nothing so
        return
    match condition:
        case c.All(parts) | c.Any(parts):
            for part in parts:
                yield from _against(part, wanted, here)
        case c.Not(part):
            yield from _against(part, not wanted, here)
        case c.Always() | c.Carries():
            return
        case _:
            yield from _facts(condition, truth, here)


def _facts(leaf: c.Condition, truth: bool | None, here: Here) -> Iterator[Fact]:
    """What one test found. What the source does not carry is said where a check cannot be decided."""
    absent = [words for ref in c.refs(leaf) if (words := _absent(ref, here))]
    yield from ((words, "") for words in absent)
    if not absent and truth is not None:
        yield _found(leaf, truth, here)


def _absent(ref: c.Ref, here: Here) -> str:
    looked = here.look(ref)
    state = looked.state
    if state is State.BLANK:
        return blank(ref.record_type, ref.field, owner(ref), looked.typed)
    if state is not State.NOT_HAPPENED:
        return ""
    if ref.scope is c.Scope.ANCHOR and here.anchors[ref.anchor].row is None:
        return f"there is no {anchor_called(ref.anchor, ref.record_type)} of the kind asked for"
    return f"{called(ref)} is not recorded"


def _found(leaf: c.Condition, truth: bool, here: Here) -> Fact:
    if isinstance(leaf, c.ForAtLeast):
        return _passed(leaf, truth, here)
    ref = next(c.refs(leaf))
    return _is(ref, here), _compared(leaf, "" if truth else "not ", here)


def _compared(leaf: c.Condition, no: str, here: Here) -> str:
    match leaf:
        case c.OneOf(ref, values) if no and kind_of(ref) is not Kind.YES_NO and len(values) <= 4:
            return f"not {either(_value(ref, value) for value in values)}"
        case c.Compare(_, order, limit):
            return f"{no}{plain(order.value)} {limit}"
        case c.Words(ref, phrases) if not no:
            text = c.fold(str(here.look(ref).value))
            return f"with {listed(f'“{phrase}”' for phrase in phrases if c.fold(phrase) in text)}"
        case c.SameAs(_, other):
            return f"{no}the same as {called(other)}"
        case c.Dated(_, when, at):
            return f"{no}{_WHEN[when]} {_moment(at, here)}"
        case c.Within(_, period, of):
            return f"{no}within {period} of {_moment(of, here)}"
        case c.NoOlderThan(_, period, at):
            return f"{no}in the {period} to {_moment(at, here)}"
        case _:
            return ""


def _is(ref: c.Ref, here: Here) -> str:
    """A field with what it holds: "status is open"; "the child was seen during it"."""
    value = here.look(ref).value
    if isinstance(value, bool):
        whose = f"of the {anchor_called(ref.anchor, ref.record_type)}, " if ref.scope is c.Scope.ANCHOR else ""
        return f"{whose}{clause(ref.record_type, ref.field, value)}"
    return f"{called(ref)} is {_value(ref, value)}"


def _value(ref: c.Ref, value: object) -> str:
    if kind_of(ref) is Kind.CODE:
        return plain(str(value))
    return said(value) if isinstance(value, str | int | date) else str(value)


def _moment(at: c.Moment, here: Here) -> str:
    value = here.moment(at).value
    shown = day(value) if isinstance(value, date) else ""
    if not isinstance(at, c.Ref):
        return shown
    return f"{'the ' if at.scope is c.Scope.RECORD else ''}{called(at)} ({shown})"


def _passed(leaf: c.ForAtLeast, truth: bool, here: Here) -> Fact:
    """How long it has been; said as an age where it counts from the date of birth."""
    ref, start, end = leaf.ref, here.look(leaf.ref).value, here.moment(leaf.at).value
    if not isinstance(start, date) or not isinstance(end, date):
        raise TypeError("a test of what has passed is of two dates")
    if ref.record_type == CHILD.name and ref.field == "born" and start <= end:
        age = next(n for n in range(end.year - start.year, -1, -1) if has_passed(start, Period(n, Unit.YEARS), end))
        return f"the child was {age} on {day(end)}", ""
    passed = f"{leaf.period} or more" if truth else f"less than {leaf.period}"
    return _is(ref, here), f"{passed} before {_moment(leaf.at, here)}"
