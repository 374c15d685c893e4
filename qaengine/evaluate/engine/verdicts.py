"""Verdicts as columns: of a record (under `OF_RECORD`), and of a check on a child (under `OF_CHILD`).

A result is its place in the order in which results roll up, so that rolling up is a minimum. Dates are day numbers
and records are places of rows, until the very end.
"""

from dataclasses import dataclass
from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.model.result import ROLL_UP_ORDER, Result

Frame = nw.LazyFrame[Any]

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
EVIDENCE = "evidence"  # the row that is shown for a check
OWN_OF, EVIDENCE_OF = "own_of", "evidence_of"  # of an interval: whose row it is that began it, and that is shown
ORDER = "order"  # the place of an interval among those of its check
ANSWER, ANSWER_ROW = "answer", "answer_row"  # which response answered a record, and the row of it

_TYPES: dict[str, Any] = {
    RESULT: nw.Int8,
    "read": nw.Int8,
    MEASURED: nw.Int32,
    LIMIT: nw.Int32,
    UNIT: nw.Int8,
    DUE: nw.Int32,
    LATE: nw.Boolean,
    MITIGATED: nw.Boolean,
    EVIDENCE: nw.Int64,
    ANSWER: nw.Int8,
    ANSWER_ROW: nw.Int64,
    OWN_OF: nw.Int8,
    EVIDENCE_OF: nw.Int8,
}
OF_CHILD, OF_RECORD, OF_INTERVAL = (CHILD,), (CHILD, ROW), (CHILD, ROW, ORDER)
"""The keys of verdicts."""


def code(result: Result) -> nw.Expr:
    """A result as a literal."""
    return nw.lit(CODE[result])


def unit(name: str) -> nw.Expr:
    """A unit as a literal."""
    return nw.lit(UNITS.index(name))


def is_result(result: Result) -> nw.Expr:
    """Whether the verdict is this."""
    return nw.col(RESULT) == CODE[result]


@dataclass(frozen=True)
class Verdicts:
    """Verdicts on records or on children. `made` are the columns that there are: one that is not is null or false."""

    frame: Frame
    made: frozenset[str]


def verdicts(frame: Frame, key: tuple[str, ...], **made: nw.Expr) -> Verdicts:
    """The verdict columns of a frame that are made here, under its key."""
    kept = [nw.col(name) for name in key]
    cast = [expr.cast(_TYPES[name]).alias(name) for name, expr in made.items()]
    return Verdicts(frame.select(*kept, *cast), frozenset(made))


def only_where(truth: nw.Expr, value: nw.Expr) -> nw.Expr:
    """The value where the truth holds and null elsewhere."""
    return nw.when(truth).then(value)
