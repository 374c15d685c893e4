"""Counting over all children with the engine that is faster for their number; both give the same counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from qaengine.evaluate.stages import Stages, evaluated, run_stages
from qaengine.evaluate.summary import StandardSummary
from qaengine.evaluate.wanted import RESULTS
from qaengine.model.agreed import NO_EXCEPTIONS, Exceptions
from qaengine.model.casefile import CaseSet
from qaengine.model.standard import Standard

FEW = 110
"""Below so many children the reference is done before the engine has been built."""


class Held(Protocol):
    """Case files that can be had as plain Python or as tables."""

    @property
    def child_ids(self) -> Sequence[str]: ...

    @property
    def not_carried(self) -> Mapping[str, frozenset[str]]: ...

    def case_set(self) -> CaseSet: ...

    def tables(self) -> Any: ...


def count(
    stages: Stages, held: Held, as_at: date, engine: str = "auto", exceptions: Exceptions = NO_EXCEPTIONS
) -> tuple[StandardSummary, ...]:
    """For each standard that is shown, and its checks, how many children at each result."""
    use_reference = engine == "reference" or (engine == "auto" and len(held.child_ids) <= FEW)
    return (_by_reference if use_reference else _by_engine)(stages, held, as_at, exceptions)


def _by_reference(stages: Stages, held: Held, as_at: date, exceptions: Exceptions) -> tuple[StandardSummary, ...]:
    case_set = held.case_set()
    summaries = tuple(StandardSummary.of(standard) for standard in stages.shown)
    for file in case_set.files:
        found = evaluated(stages, file, as_at, case_set.not_carried, exceptions)
        for summary, one in zip(summaries, found, strict=True):
            summary.add(file.child_id, one.verdict)
    return summaries


def _by_engine(stages: Stages, held: Held, as_at: date, exceptions: Exceptions) -> tuple[StandardSummary, ...]:
    from qaengine.evaluate.engine.counts import summaries

    rows = excepted_rows(stages.all, held.child_ids, exceptions)
    found = run_stages(stages, held.tables().frames, as_at, held.not_carried, RESULTS, excepted=rows)
    return summaries(found, held.child_ids, rows)


def excepted_rows(
    standards: Sequence[Standard], child_ids: Sequence[str], exceptions: Exceptions
) -> dict[tuple[str, str], set[int]]:
    """The exceptions in force as the engine takes them: by standard and check, the rows of the children."""
    if not exceptions.agreed:
        return {}
    row_of = {child: row for row, child in enumerate(child_ids)}
    rows: dict[tuple[str, str], set[int]] = {}
    for standard in standards:
        for check, child in exceptions.children(standard.id):
            if child in row_of:
                rows.setdefault((standard.id, check), set()).add(row_of[child])
    return rows
