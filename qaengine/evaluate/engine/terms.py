"""What a condition reads, as columns: the value of a field, and what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import PREFIX, Column, View, anchor_column
from qaengine.evaluate.engine.needs import kind_of
from qaengine.evaluate.engine.ordinals import Point, day_number
from qaengine.model.calendar import deadline
from qaengine.model.condition import Moment, Ref, Scope, Today, today
from qaengine.model.period import Period, Unit
from qaengine.model.record import Kind


@dataclass(frozen=True)
class Constant:
    """A date that is the same for every child."""

    date: date
    absent: None = None

    @property
    def value(self) -> fr.Expr:
        return fr.lit(day_number(self.date))

    def last(self, period: Period) -> fr.Expr:
        return fr.lit(day_number(deadline(self.date, period)))


@dataclass(frozen=True)
class Term:
    """A field in an expression. A null value is cannot-know, but where `absent` holds: there it has not happened.

    `unknown` and `absent` are None where they never hold; they are never null.
    """

    prefix: str
    field: str
    unknown: fr.Expr | None = None
    absent: fr.Expr | None = None

    def view(self, view: View, period: Period | None = None) -> fr.Expr:
        return fr.col(self.prefix + Column(self.field, view, period).name)

    @property
    def value(self) -> fr.Expr:
        return self.view(View.VALUE)

    def last(self, period: Period) -> fr.Expr:
        return self.view(View.LAST, period)

    def point(self, period: Period) -> Point:
        """The date as something to measure from or to, against a period."""
        working = period.unit is Unit.WORKING_DAYS
        return Point(self.value, self.view(View.WORKING) if working else None)


@dataclass(frozen=True)
class Look:
    """Where a condition is tested: what is before each scope's columns, and which fields of it are masked."""

    as_at: date
    not_carried: Mapping[str, frozenset[str]]
    masked: Mapping[Scope, frozenset[str]]
    prefix: Mapping[Scope, str]

    @classmethod
    def of(cls, as_at: date, not_carried: Mapping[str, frozenset[str]], child_masked: frozenset[str]) -> "Look":
        """A look at a child and the anchors only."""
        return cls(as_at, not_carried, {Scope.CHILD: child_masked}, PREFIX)

    def at(self, masked: frozenset[str]) -> "Look":
        """A look at a record."""
        return replace(self, masked={**self.masked, Scope.RECORD: masked})

    def under(self, masked: frozenset[str]) -> "Look":
        """A look at a record of which `trigger` is the trigger."""
        return replace(self, masked={**self.masked, Scope.TRIGGER: masked})

    def in_span(self, masked: frozenset[str]) -> "Look":
        """A look at a record in a span."""
        return replace(self, masked={**self.masked, Scope.SPAN: masked})

    def at_trigger(self, masked: frozenset[str]) -> "Look":
        """A look at a record that is its own trigger."""
        both = {**self.masked, Scope.RECORD: masked, Scope.TRIGGER: masked}
        return replace(self, masked=both, prefix={**self.prefix, Scope.TRIGGER: self.prefix[Scope.RECORD]})

    @cached_property
    def today(self) -> fr.Expr:
        return fr.lit(day_number(self.as_at))

    def term(self, ref: Ref) -> Term:
        """The columns of a field."""
        if ref.scope is Scope.ANCHOR:
            prefix = anchor_column(ref.anchor, "")
            at_anchor = Term(prefix, ref.field)
            return replace(at_anchor, unknown=at_anchor.view(View.UNKNOWN), absent=at_anchor.view(View.ABSENT))
        term = Term(self.prefix[ref.scope], ref.field)
        unknown = term.view(View.UNKNOWN) if ref.field in self.masked[ref.scope] else None
        return replace(term, unknown=unknown, absent=_not_happened(term, unknown, ref.record_type))

    def moment(self, moment: Moment) -> Term | Constant:
        """The date that another is compared with."""
        if isinstance(moment, Ref):
            return self.term(moment)
        return Constant(today(moment, self.as_at) if isinstance(moment, Today) else moment)


def _not_happened(term: Term, unknown: fr.Expr | None, record_type: str) -> fr.Expr | None:
    if kind_of(record_type, term.field) is not Kind.EVENT:
        return None
    blank = term.value.is_null()
    return blank if unknown is None else blank & ~unknown
