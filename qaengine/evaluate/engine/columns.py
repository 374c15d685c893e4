"""The names of the columns that the engine works with, and which of them a field needs.

A prepared frame has, beside `child` and `row`, the columns of this module and nothing else. All are plain integers,
Booleans and text, dates too: they are day numbers, so that every comparison is one of integers.
"""

from dataclasses import dataclass
from enum import Enum

from qaengine.model.condition import Scope
from qaengine.model.period import Period

CHILD = "child"
ROW = "row"  # the place of a record in its table, which is in order of child and record: it breaks every tie
PREFIX = {
    Scope.RECORD: "",
    Scope.CHILD: "child.",
    Scope.ANCHOR: "anchor.",
    Scope.TRIGGER: "trigger.",
    Scope.SPAN: "span.",
}


class View(Enum):
    """What is wanted of a field beside its value."""

    VALUE = ""
    UNKNOWN = "?"  # not carried, or contradictory; never null
    ABSENT = "!"  # of a field of an anchor: an event that has not happened, or no such record; never null
    FOLDED = "~"  # text, as phrases are sought in it
    WORKING = "#"  # a date, as its place among the working days
    LAST = "+"  # the last day within a period of a date
    COMPLETE = ">"  # the first day on which a period since a date has passed


@dataclass(frozen=True, slots=True)
class Column:
    """A view of a field; the last two are of a field and a period."""

    field: str
    view: View = View.VALUE
    period: Period | None = None

    @property
    def name(self) -> str:
        return f"{self.field}{self.view.value}{self.period or ''}"


RECORDS = Column(ROW)
"""What is needed of a record type of which no field is read."""


def anchor_column(anchor: str, what: str) -> str:
    """The column of a field (or of `ROW`, or of a view of one) of an anchor."""
    return f"{PREFIX[Scope.ANCHOR]}{anchor}.{what}"


def untold(record_type: str) -> str:
    """The column, on the child, that says that the record type is not carried for the child."""
    return f"{record_type}?nc"
