"""Conditions: what a standard can ask of a record. A closed set of frozen nodes, already resolved and typed.

A condition is true, false or *cannot know*. What a blank means is a property of the field (`record.py`): a field
that the source does not carry, or that contradicts another, is cannot-know; so is a blank date, number, code or
text when it is compared; a blank *event* date has not happened: every comparison of it is false, and a comparison
*with* it takes it to lie in the future. An anchor that is not there is treated as an event that has not happened.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from qaengine.model.period import Period


class Scope(StrEnum):
    """Whose field a reference speaks of."""

    RECORD = "record"  # the record under test
    CHILD = "child"
    ANCHOR = "anchor"  # a record that the standard names
    TRIGGER = "trigger"  # the record that set a clock going
    SPAN = "span"  # the record in whose dates events are due
    INTERVAL = "interval"  # the stretch from one event to the next: its only field is the date on which it begins


@dataclass(frozen=True, slots=True)
class Ref:
    """A field: of the record under test, of the child, of an anchor (by name), of the trigger, or of the span.

    Of an interval it is the date on which that begins, written as the date of the events that begin it.
    """

    scope: Scope
    field: str
    record_type: str  # the type that has the field: what it means is in the catalogue
    anchor: str = ""


class Today(StrEnum):
    """Dates that follow from the as-at date alone."""

    AS_AT = "as_at"
    RETURN_YEAR_START = "return_year_start"  # the 1 April that began the last return year to have ended
    RETURN_YEAR_END = "return_year_end"  # the last 31 March on or before the as-at date


Moment = Ref | Today | date
"""A date that another is compared with."""


def today(which: Today, as_at: date) -> date:
    """The date that `which` stands for, at an as-at date."""
    if which is Today.AS_AT:
        return as_at
    end = date(as_at.year if (as_at.month, as_at.day) >= (3, 31) else as_at.year - 1, 3, 31)
    return end if which is Today.RETURN_YEAR_END else date(end.year - 1, 4, 1)


@dataclass(frozen=True, slots=True)
class Always:
    """Decided when the standard was loaded: a test of a parameter."""

    value: bool


@dataclass(frozen=True, slots=True)
class Carries:
    """The source as a whole carries this field of this record type."""

    record_type: str
    field: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """The field is filled in."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field is one of these values. Text (not codes) is compared folded, as phrases are: see `fold`."""

    ref: Ref
    values: tuple[str, ...] | tuple[bool, ...] | tuple[int, ...]


class Order(StrEnum):
    """How two numbers compare."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


@dataclass(frozen=True, slots=True)
class Compare:
    """A number against a number."""

    ref: Ref
    order: Order
    limit: int


class When(StrEnum):
    """How two dates compare."""

    BEFORE = "before"
    AFTER = "after"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"
    ON = "on"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date against another date."""

    ref: Ref
    when: When
    moment: Moment


@dataclass(frozen=True, slots=True)
class Within:
    """`of` <= the date <= `of` + period: looks forward."""

    ref: Ref
    period: Period
    of: Moment


@dataclass(frozen=True, slots=True)
class NoOlderThan:
    """The date <= `at` <= the date + period: looks back."""

    ref: Ref
    period: Period
    at: Moment


@dataclass(frozen=True, slots=True)
class ForAtLeast:
    """A period of whole days, months or years has passed between the date and `at`.

    A period of months that starts on a day which the last month does not have is complete on the first of the
    month after: a birthday on 29 February falls on 1 March.
    """

    ref: Ref
    period: Period
    at: Moment


@dataclass(frozen=True, slots=True)
class Words:
    """The text contains one of these phrases, as whole words, whatever the case and spacing."""

    ref: Ref
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameAs:
    """Two fields hold the same value."""

    ref: Ref
    other: Ref


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = (
    Always
    | Carries
    | Recorded
    | OneOf
    | Compare
    | Dated
    | Within
    | NoOlderThan
    | ForAtLeast
    | Words
    | SameAs
    | All
    | Any
    | Not
)

TRUE = Always(True)


def leaves(condition: Condition) -> Iterator[Condition]:
    """Every node of a condition that is not All, Any or Not, in the order written."""
    if isinstance(condition, All | Any):
        for part in condition.parts:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        yield condition


REFS = ("ref", "moment", "of", "at", "other")
"""The places of a test where a field may stand."""


def refs(condition: Condition) -> Iterator[Ref]:
    """Every field that a condition reads, in the order written."""
    for leaf in leaves(condition):
        for name in REFS:
            value = getattr(leaf, name, None)
            if isinstance(value, Ref):
                yield value


_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Text as phrases are sought in it: one case, one kind of space and apostrophe, padded so that words end."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return f" {' '.join(_WORD.findall(plain))} "
