"""How dates, fields and what is missing are said in a sentence."""

from collections.abc import Iterable
from datetime import date

from qaengine.evaluate.explain.names import anchor_called, clause, name_of, title, titles, type_of
from qaengine.evaluate.reference.scope import typed
from qaengine.model.casefile import Row, Value
from qaengine.model.condition import Ref, Scope, Today
from qaengine.model.records import CHILD
from qaengine.model.result import Missing, Why


def day(value: date) -> str:
    """A date as it is written in a report: 2 January 2019."""
    return f"{value.day} {value:%B %Y}"


def called(ref: Ref) -> str:
    """A field as it is spoken of: "score", "the child's date of birth", "the latest SDQ's date"."""
    if ref.scope is Scope.INTERVAL:
        return "the start of the interval"
    return owner(ref) + name_of(ref.record_type, ref.field)


def owner(ref: Ref) -> str:
    """Whose field it is: nothing for the record under test, which the sentence has named."""
    return {
        Scope.RECORD: "",
        Scope.CHILD: "the child's ",
        Scope.ANCHOR: f"the {anchor_called(ref.anchor, ref.record_type)}'s ",
        Scope.TRIGGER: f"the {title(ref.record_type)}'s ",
        Scope.SPAN: f"the {title(ref.record_type)}'s ",
        Scope.INTERVAL: "the interval's ",
    }[ref.scope]


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
    return f"“{value}”" if len(value) <= 80 else f"“{value[:80].rstrip()}…”"


def moment(which: Today) -> str:
    """One of the dates that follow from the as-at date, in words."""
    return {
        Today.AS_AT: "the as-at date",
        Today.RETURN_YEAR_START: "the start of the return year",
        Today.RETURN_YEAR_END: "the end of the return year",
    }[which]


def missing(fields: Iterable[Missing], record_type: str = "", row: Row | None = None) -> str:
    """What is missing and why: "the SDQ's score was left blank; the source carries no assessments".

    Of the record in hand, the words that were typed in place of a value are shown.
    """
    return "; ".join(dict.fromkeys(_missing(one, row if one.record == record_type else None) for one in sorted(fields)))


def _missing(one: Missing, row: Row | None) -> str:
    words = typed(row, one.field) if row is not None and one.why is Why.LEFT_BLANK else ""
    if words:
        return blank(one.record, one.field, f"the {title(one.record)}'s ", words)
    if not one.field:
        return f"the source carries no {titles(one.record)}"
    if type_of(one.record).fields[one.field].derived and one.why is Why.LEFT_BLANK:
        return blank(one.record, one.field, f"the {title(one.record)}'s ")
    yes = clause(one.record, one.field)
    if yes is not None:
        of_child = one.record == CHILD.name
        where = "child's record" if of_child else title(one.record)
        return {
            Why.NOT_CARRIED: f"the source does not say {'' if of_child else f'of {titles(one.record)} '}whether {yes}",
            Why.LEFT_BLANK: f"the {where} does not say whether {yes}",
            Why.CONTRADICTORY: f"the {where} contradicts itself on whether {yes}",
        }[one.why]
    name = name_of(one.record, one.field)
    return {
        Why.NOT_CARRIED: f"the source carries no {name} for {titles(one.record)}",
        Why.LEFT_BLANK: blank(one.record, one.field, f"the {title(one.record)}'s "),
        Why.CONTRADICTORY: f"the {title(one.record)}'s {name} contradicts another entry",
    }[one.why]


def blank(record_type: str, field: str, whose: str = "", words: str = "") -> str:
    """That a field is blank, or what was typed in its place.

    What is derived nobody left blank: it cannot be told from what is there.
    """
    if words:
        return f"{whose}{name_of(record_type, field)} was typed as {said(words)}"
    yes = clause(record_type, field)
    what = f"whether {yes}" if yes is not None else whose + name_of(record_type, field)
    if type_of(record_type).fields[field].derived:
        return f"{what} cannot be told"
    return f"{what} is not recorded" if yes is not None else f"{what} was left blank"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words in a row: a, b and c."""
    words = list(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def either(words: Iterable[str]) -> str:
    """Words of which one is meant: a, b or c; no more than six of them."""
    words = list(words)
    return listed(words if len(words) <= 6 else [*words[:5], f"{len(words) - 5} others"], "or")


def count(n: int, unit: str) -> str:
    """A number with its unit: 1 working day, 12 days."""
    return f"{n:,} {unit[:-1] if n == 1 and unit.endswith('s') else unit}"
