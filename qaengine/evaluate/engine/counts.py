"""What the engine found, counted as `evaluate.summary` counts it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.run import Evaluated
from qaengine.evaluate.summary import StandardSummary
from qaengine.model.result import ROLL_UP_ORDER, Result
from qaengine.model.standard import Standard

_UNDECIDED = ROLL_UP_ORDER.index(Result.CANNOT_DECIDE)


def summaries(
    standards: Sequence[Standard], evaluated: Evaluated, child_ids: Sequence[str]
) -> tuple[StandardSummary, ...]:
    """One summary a standard, the same as the reference's: `child_ids` are those of the child table, in order."""
    made = {
        standard.id: StandardSummary(standard, checks={check.id: Counter() for check in standard.checks})
        for standard in standards
    }
    wholes: nw.DataFrame[Any] = nw.from_native(evaluated.standards, eager_only=True)
    parts: nw.DataFrame[Any] = nw.from_native(evaluated.checks, eager_only=True)
    for standard, code, n in _counted(wholes, "standard", "result"):
        made[standard].as_recorded[ROLL_UP_ORDER[code]] = n
    for standard, code, n in _counted(wholes, "standard", "read"):
        made[standard].as_read[ROLL_UP_ORDER[code]] = n
    for standard, check, code, n in _counted(parts, "standard", "check", "result"):
        made[standard].checks[check][ROLL_UP_ORDER[code]] = n
    _undecided(made, wholes, parts, child_ids)
    return tuple(made.values())


def _counted(frame: "nw.DataFrame[Any]", *by: str) -> list[tuple[Any, ...]]:
    return list(frame.group_by(*by).agg(nw.len()).rows())


def _undecided(
    made: dict[str, StandardSummary],
    wholes: "nw.DataFrame[Any]",
    parts: "nw.DataFrame[Any]",
    child_ids: Sequence[str],
) -> None:
    """The first child of whom a population, and then each check, cannot be decided."""
    in_population = parts.select("standard", "child").unique()
    outside = wholes.filter(nw.col("result") == _UNDECIDED).join(in_population, on=["standard", "child"], how="anti")
    for standard, child in outside.group_by("standard").agg(nw.col("child").min()).rows():
        made[standard].undecided[""] = child_ids[child]
    undecided = parts.filter(nw.col("result") == _UNDECIDED).group_by("standard", "check")
    found = {(standard, check): child for standard, check, child in undecided.agg(nw.col("child").min()).rows()}
    for summary in made.values():
        for check in summary.standard.checks:
            if (summary.standard.id, check.id) in found:
                summary.undecided[check.id] = child_ids[found[summary.standard.id, check.id]]
