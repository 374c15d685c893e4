"""Which columns the standards need: only those are read and prepared."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from qaengine.evaluate.engine.columns import RECORDS, Column, View
from qaengine.model import condition as c
from qaengine.model.period import Period, Unit
from qaengine.model.record import Kind
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.standard import (
    Asks,
    AtMost,
    Due,
    Each,
    FollowedBy,
    Has,
    Includes,
    NoGapOver,
    Response,
    Share,
    Standard,
    Test,
)

Need = tuple[str, Column]
"""A record type and a column of it."""


def kind_of(record_type: str, field: str) -> Kind:
    """What kind of value a field holds."""
    return (CHILD if record_type == CHILD.name else RECORD_TYPES[record_type]).fields[field].kind


def needs(standard: Standard) -> frozenset[Need]:
    """Every column that a standard reads, by record type; a type of which no field is read needs its RECORDS."""
    return frozenset(_needs(standard))


def _needs(standard: Standard) -> Iterator[Need]:
    yield from of_condition(standard.applies_to)
    for contradiction in standard.contradictions:
        yield from of_condition(contradiction.when)
    for anchor in standard.anchors:
        yield anchor.record_type, Column(anchor.by)
        yield from of_condition(anchor.where)
    for check in standard.checks:
        yield from of_condition(check.when)
        yield from of_condition(check.depends_on)
        yield from of_test(check.test)


def of_condition(condition: c.Condition) -> Iterator[Need]:
    """The columns that a condition reads."""
    for leaf in c.leaves(condition):
        for ref in c.refs(leaf):
            yield ref.record_type, Column(ref.field)
        match leaf:
            case c.Words(ref) | c.OneOf(ref):
                if kind_of(ref.record_type, ref.field) is Kind.TEXT:
                    yield ref.record_type, Column(ref.field, View.FOLDED)
            case c.Within(_, period, of):
                yield from _last(of, period)
            case c.NoOlderThan(ref, period):
                yield from _last(ref, period)
            case c.ForAtLeast(ref, period):
                yield ref.record_type, Column(ref.field, View.COMPLETE, period)
            case _:
                pass


def _last(moment: c.Moment, period: Period) -> Iterator[Need]:
    if isinstance(moment, c.Ref):
        yield moment.record_type, Column(moment.field)
        yield moment.record_type, Column(moment.field, View.LAST, period)


def of_test(test: Test) -> Iterator[Need]:
    """The columns that a test reads."""
    match test:
        case Has():
            yield from _of_has(test)
        case Each():
            yield test.record_type, RECORDS
            yield from of_condition(test.where)
            yield from of_condition(test.must)
            yield from _of_due(test.due)
        case FollowedBy():
            yield from _of_followed_by(test)
        case Includes():
            yield test.record_type, Column("id")
            yield test.among, Column(test.link)
            yield test.among, Column(test.by)
            for condition in (test.where, test.counting, test.or_refer or c.TRUE):
                yield from of_condition(condition)
        case NoGapOver():
            yield from _of_no_gap_over(test)
        case AtMost():
            yield from _of_at_most(test)
        case Share():
            yield test.record_type, RECORDS
            yield from of_condition(test.where)
            yield from of_condition(test.must)
        case Asks():
            pass


def _of_has(test: Has) -> Iterator[Need]:
    yield test.record_type, RECORDS
    yield from of_condition(test.where)
    yield from _of_due(test.due)
    if test.dated:
        yield from _measured(test.record_type, test.dated, test.no_older_than)


def _of_due(due: Due | None) -> Iterator[Need]:
    return _last(due.of, due.within) if due else iter(())


def _of_followed_by(test: FollowedBy) -> Iterator[Need]:
    yield test.record_type, RECORDS
    yield from of_condition(test.where)
    yield from _measured(test.record_type, test.dated, test.within)
    if test.by:
        yield test.record_type, Column(test.by)
    for response in responses(test):
        yield from _of_response(response)
        if test.within is not None:
            yield from _place(response.dated, test.within)


def _of_response(response: Response) -> Iterator[Need]:
    if response.record_type:
        yield response.record_type, RECORDS
    yield from of_condition(response.where)
    yield response.dated.record_type, Column(response.dated.field)


def _place(ref: c.Ref, period: Period) -> Iterator[Need]:
    """The date to which something is measured against a period."""
    yield ref.record_type, Column(ref.field)
    if period.unit is Unit.WORKING_DAYS:
        yield ref.record_type, Column(ref.field, View.WORKING)


def _of_no_gap_over(test: NoGapOver) -> Iterator[Need]:
    span, dated = test.span, c.Ref(c.Scope.RECORD, test.dated, test.record_type)
    if span.record_type:
        yield span.record_type, RECORDS
    yield test.record_type, RECORDS
    if RECORD_TYPES[test.record_type].bound:
        yield test.record_type, Column(RECORD_TYPES[test.record_type].bound)
    yield from of_condition(test.where)
    yield from of_condition(span.where)
    ends = [end for end in (span.ends, dated) if end is not None]
    for limit in test.limits:
        for start in (span.starts, dated):
            yield from of_condition(from_date(limit.when, start))
            yield from _measured(start.record_type, start.field, limit.within)
        for end in ends:
            yield from _place(end, limit.within)
    if test.looks_back is not None:
        for end in ends:
            yield from _last(end, test.looks_back.period)


def from_date(condition: c.Condition, start: c.Ref) -> c.Condition:
    """A condition of an interval, where the date on which that begins is this field."""
    match condition:
        case c.All(parts):
            return c.All(tuple(from_date(part, start) for part in parts))
        case c.Any(parts):
            return c.Any(tuple(from_date(part, start) for part in parts))
        case c.Not(part):
            return c.Not(from_date(part, start))
        case _:
            places: dict[str, Any] = {name: start for name in c.REFS if _is_from(getattr(condition, name, None))}
            return replace(condition, **places)


def _is_from(ref: object) -> bool:
    return isinstance(ref, c.Ref) and ref.scope is c.Scope.INTERVAL


def _of_at_most(test: AtMost) -> Iterator[Need]:
    end = c.Ref(c.Scope.RECORD, test.ends, test.record_type)
    yield test.record_type, RECORDS
    yield from of_condition(test.where)
    yield from _measured(test.record_type, test.starts, test.within)
    yield from _place(end, test.within)
    for response in test.unless:
        yield from _of_response(response)
    if test.looks_back is not None:
        yield from _last(end, test.looks_back.period)


def responses(test: FollowedBy) -> Iterable[Response]:
    """What answers a trigger, and what mitigates its being late."""
    return (*test.responses, *([test.mitigated_by] if test.mitigated_by else []))


def _measured(record_type: str, field: str, period: Period | None) -> Iterator[Need]:
    """A date from which something is measured, against a period."""
    yield record_type, Column(field)
    if period is not None:
        yield record_type, Column(field, View.LAST, period)
        if period.unit is Unit.WORKING_DAYS:
            yield record_type, Column(field, View.WORKING)
