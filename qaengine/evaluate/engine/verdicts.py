"""Verdicts as columns: of a record (under `OF_RECORD`), and of a check on a child (under `OF_CHILD`).

A result is its place in the order in which results roll up, so that rolling up is a minimum. Dates are day numbers
and records are places of rows, until the very end.
"""

from dataclasses import dataclass
from typing import Any

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.wanted import Wanted
from qaengine.model.result import ROLL_UP_ORDER, Result

Frame = fr.LazyFrame

CODE = {result: code for code, result in enumerate(ROLL_UP_ORDER)}
UNITS = ("days", "working days", "records", "parts")
"""What is measured, by code."""

RESULT, MEASURED, LIMIT, UNIT, DUE, LATE, MITIGATED = (
    "result",
    "measured",
    "limit",
    "unit",
    "due_on",
    "late",
    "mitigated",
)
READ = "read"  # the result of a standard as read
EVIDENCE = "evidence"  # the row that is shown for a check
OWN_OF, EVIDENCE_OF = "own_of", "evidence_of"  # of an interval: whose row it is that began it, and that is shown
ORDER = "order"  # the place of an interval among those of its check
ANSWER, ANSWER_ROW = "answer", "answer_row"  # which response answered a record, and the row of it

_TYPES: dict[str, Any] = {
    RESULT: fr.Int8,
    READ: fr.Int8,
    MEASURED: fr.Int32,
    LIMIT: fr.Int32,
    UNIT: fr.Int8,
    DUE: fr.Int32,
    LATE: fr.Boolean,
    MITIGATED: fr.Boolean,
    EVIDENCE: fr.Int64,
    ANSWER: fr.Int8,
    ANSWER_ROW: fr.Int64,
    OWN_OF: fr.Int8,
    EVIDENCE_OF: fr.Int8,
}
OF_CHILD, OF_RECORD, OF_INTERVAL = (CHILD,), (CHILD, ROW), (CHILD, ROW, ORDER)
"""The keys of verdicts."""


def code(result: Result) -> fr.Expr:
    """A result as a literal."""
    return fr.lit(CODE[result])


def unit(name: str) -> fr.Expr:
    """A unit as a literal."""
    return fr.lit(UNITS.index(name))


def is_result(result: Result) -> fr.Expr:
    """Whether the verdict is this."""
    return fr.col(RESULT) == CODE[result]


@dataclass(frozen=True)
class Verdicts:
    """Verdicts on records or on children. `made` are the columns that there are: one that is not is null or false."""

    frame: Frame
    made: frozenset[str]


def is_wanted(name: str, wanted: Wanted) -> bool:
    """Whether a column of verdicts is wanted: the result always is."""
    if name in (RESULT, READ):
        return True
    return wanted.days if name in (DUE, LATE) else wanted.measures


def verdicts(frame: Frame, key: tuple[str, ...], wanted: Wanted, **made: fr.Expr) -> Verdicts:
    """The verdict columns of a frame that are made here, under its key: those alone that are wanted."""
    kept = [fr.col(name) for name in key]
    made = {name: expr for name, expr in made.items() if is_wanted(name, wanted)}
    cast = [expr.cast(_TYPES[name]).alias(name) for name, expr in made.items()]
    return Verdicts(frame.select(*kept, *cast), frozenset(made))


def only_where(truth: fr.Expr, value: fr.Expr) -> fr.Expr:
    """The value where the truth holds and null elsewhere."""
    return fr.when(truth).then(value)
