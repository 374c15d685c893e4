"""How dates, fields and what is missing are said in a sentence."""

from collections.abc import Iterable
from datetime import date

from qaengine.model.casefile import Value
from qaengine.model.condition import Ref, Scope, Today
from qaengine.model.record import FieldSpec, RecordType
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.result import Missing, Why

_WHY = {
    Why.NOT_CARRIED: "is not carried by the source",
    Why.LEFT_BLANK: "was left blank",
    Why.CONTRADICTORY: "contradicts another entry",
}


def day(value: date) -> str:
    """A date as it is written in a report: 2 January 2019."""
    return f"{value.day} {value:%B %Y}"


def type_of(name: str) -> RecordType:
    """The record type of a name, the child among them."""
    return CHILD if name == CHILD.name else RECORD_TYPES[name]


def field_of(ref: Ref) -> FieldSpec:
    """The field that a reference speaks of."""
    return type_of(ref.record_type).fields[ref.field]


def plain(name: str) -> str:
    """A field or code in words: the name without its underscores."""
    return name.replace("_", " ")


def called(ref: Ref) -> str:
    """A field as it is spoken of: "score", "the child's status", "the trigger's held"."""
    owner = {
        Scope.RECORD: "",
        Scope.CHILD: "the child's ",
        Scope.ANCHOR: f"{plain(ref.anchor)}: ",
        Scope.TRIGGER: "the trigger's ",
    }[ref.scope]
    return owner + plain(ref.field)


def said(value: Value) -> str:
    """A value in words."""
    if value is None:
        return "blank"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int):
        return str(value)
    return f"“{value}”" if len(value) <= 80 else f"“{value[:80]}…”"


def moment(which: Today) -> str:
    """One of the dates that follow from the as-at date, in words."""
    return {
        Today.AS_AT: "the as-at date",
        Today.RETURN_YEAR_START: "the start of the return year",
        Today.RETURN_YEAR_END: "the end of the return year",
    }[which]


def missing(fields: Iterable[Missing]) -> str:
    """What is missing and why: "completed of the SDQ was left blank; assessments: not carried by the source"."""
    parts = []
    for item in sorted(fields):
        title = type_of(item.record).title
        what = f"{plain(item.field)} of the {title}" if item.field else f"any record of type {title}"
        parts.append(f"{what} {_WHY[item.why]}")
    return "; ".join(parts)


def listed(words: Iterable[str]) -> str:
    """Words in a row: a, b and c."""
    words = list(words)
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)


def count(n: int, unit: str) -> str:
    """A number with its unit: 1 working day, 12 days."""
    return f"{n} {unit[:-1] if n == 1 and unit.endswith('s') else unit}"
