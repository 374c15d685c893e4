"""Verdicts as columns: of a record (`RECORD_COLUMNS`), and of a check on a child (`CHECK_COLUMNS`).

A result is its place in the order in which results roll up, so that rolling up is a minimum. Dates are day numbers
and records are places of rows, until the very end.
"""

from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.engine.conditions import FALSE
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
ANSWER, ANSWER_ROW = "answer", "answer_row"  # which response answered a record, and the row of it

_TYPES: dict[str, Any] = {
    CHILD: nw.Int32,
    ROW: nw.Int64,
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
}
_MEASURES = (RESULT, MEASURED, LIMIT, UNIT, DUE, LATE, MITIGATED)
RECORD_COLUMNS = (CHILD, ROW, *_MEASURES, ANSWER, ANSWER_ROW)
CHECK_COLUMNS = (CHILD, *_MEASURES, EVIDENCE)


def code(result: Result) -> nw.Expr:
    """A result as a literal."""
    return nw.lit(CODE[result])


def unit(name: str) -> nw.Expr:
    """A unit as a literal."""
    return nw.lit(UNITS.index(name))


def is_result(result: Result) -> nw.Expr:
    """Whether the verdict is this."""
    return nw.col(RESULT) == CODE[result]


def verdicts(frame: Frame, columns: tuple[str, ...], **made: nw.Expr) -> Frame:
    """The verdict columns of a frame: those that are made here, and null (or false) for the others."""
    blank = {LATE: FALSE, MITIGATED: FALSE}
    exprs = []
    for name in columns:
        known = nw.col(name) if name in (CHILD, ROW) else blank.get(name, nw.lit(None))
        exprs.append(made.get(name, known).cast(_TYPES[name]).alias(name))
    return frame.select(*exprs)


def only_where(truth: nw.Expr, value: nw.Expr) -> nw.Expr:
    """The value where the truth holds and null elsewhere."""
    return nw.when(truth).then(value)


_READ = {
    Result.NOT_MET: Result.REFER_TO_AUDITOR,
    Result.MET: Result.NOT_APPLICABLE,
    Result.NOT_YET_DUE: Result.NOT_APPLICABLE,
}


def for_reader(frame: Frame) -> Frame:
    """A reader check only points: it neither finds against the record nor passes it."""
    read = nw.col(RESULT)
    for recorded, shown in _READ.items():
        read = nw.when(is_result(recorded)).then(code(shown)).otherwise(read)
    return frame.with_columns(read.cast(nw.Int8).alias(RESULT), FALSE.alias(LATE), FALSE.alias(MITIGATED))
