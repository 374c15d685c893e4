"""What the engine found, counted as `evaluate.summary` counts it."""

from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType

import polars as pl

from qaengine.evaluate.engine.columns import CHILD
from qaengine.evaluate.engine.run import Evaluated, Excepted
from qaengine.evaluate.engine.shape import Found
from qaengine.evaluate.engine.verdicts import CODE, READ, RESULT
from qaengine.evaluate.summary import StandardSummary
from qaengine.model.result import ROLL_UP_ORDER, Result

_UNDECIDED, _NOT_MET = CODE[Result.CANNOT_DECIDE], CODE[Result.NOT_MET]


def summaries(
    evaluated: Evaluated, child_ids: Sequence[str], excepted: Excepted = MappingProxyType({})
) -> tuple[StandardSummary, ...]:
    """One summary a standard, the same as the reference's: `child_ids` are those of the child table, in order."""
    return tuple(_summary(found, child_ids, excepted) for found in evaluated.found)


def _summary(found: Found, child_ids: Sequence[str], excepted: Excepted) -> StandardSummary:
    children = found.children
    summary = StandardSummary(
        found.standard,
        as_recorded=_counted(children[RESULT]),
        as_read=_counted(children[READ]),
        checks={check.id: Counter() for check in found.standard.checks},
    )
    decided: set[int] = set()
    left_out: set[int] = set()
    for checked in found.checks:
        results = checked.children
        summary.checks[checked.check.id] = _counted(results[RESULT])
        undecided = results.filter(pl.col(RESULT) == _UNDECIDED)[CHILD]
        if len(undecided):
            summary.undecided[checked.check.id] = child_ids[min(undecided.to_list())]
        if rows := excepted.get((found.standard.id, checked.check.id)):
            not_met = results.filter(pl.col(RESULT) == _NOT_MET, pl.col(CHILD).is_in(list(rows)))[CHILD].to_list()
            summary.excepted_checks[checked.check.id] = len(not_met)
            left_out.update(not_met)
        decided.update(results[CHILD].to_list() if not decided else ())
    outside = children.filter(pl.col(RESULT) == _UNDECIDED)[CHILD].to_list()
    whom = next((child for child in sorted(outside) if child not in decided), None)
    if whom is not None:
        summary.undecided[""] = child_ids[whom]
    if left_out:
        summary.excepted.update(_counted(children.filter(pl.col(CHILD).is_in(list(left_out)))[RESULT]))
    return summary


def _counted(codes: pl.Series) -> Counter[Result]:
    counts = codes.value_counts(sort=False)
    return Counter({ROLL_UP_ORDER[code]: n for code, n in counts.rows()})
