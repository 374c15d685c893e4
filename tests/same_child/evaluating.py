"""What the standards find of a source on the one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qaengine.cases.council import read_council
from qaengine.cases.derived.council import Council
from qaengine.cases.source import Source
from qaengine.evaluate.needed import needed_fields
from qaengine.evaluate.stages import Stages, evaluated
from qaengine.model.result import Missing, Result
from qaengine.standards.loader import load_standards
from tests.same_child import AS_AT

RULES = Path(__file__).resolve().parents[2] / "rules"
DECIDED = (Result.MET, Result.NOT_MET, Result.NOT_YET_DUE)


@dataclass(frozen=True)
class Found:
    """What a standard finds of a child: its result as recorded with its due date, and of each check its result and what
    was measured, with those of its records in no order. Ids and evidence are left out: they hang on the format."""

    result: Result
    due_on: Any
    checks: Mapping[str, tuple[Any, ...]]

    def of_check(self, check: str) -> Result | None:
        """The result of a check; None where the standard is not for the child, or that cannot be told."""
        return self.checks[check][0] if check in self.checks else None


@cache
def stages() -> Stages:
    """Every standard that is in force."""
    standards = load_standards(RULES, examples=False, as_at=AS_AT)
    return Stages.of(standard for standard in standards if standard.in_force(AS_AT))


@cache
def council() -> Council:
    """The council's tables."""
    return read_council(RULES)


def as_it_stood(source: Source) -> Source:
    """The source on the day, with what the standards need."""
    return source.as_at(AS_AT, needed_fields(stages().all, source.may_carry), council())


def found(source: Source) -> dict[tuple[str, str], Found]:
    """By child and standard."""
    cases = as_it_stood(source).case_set()
    return {
        (file.child_id, one.standard.id): Found(
            one.verdict.as_recorded.result,
            one.verdict.as_recorded.due_on,
            {check.check.id: _check(check) for check in one.verdict.checks},
        )
        for file in cases.files
        for one in evaluated(stages(), file, AS_AT, cases.not_carried)
    }


def missing(source: Source) -> dict[tuple[str, str], frozenset[Missing]]:
    """What is missing, by child and standard, where a standard cannot be decided."""
    cases = as_it_stood(source).case_set()
    return {
        (file.child_id, one.standard.id): one.verdict.as_recorded.missing
        for file in cases.files
        for one in evaluated(stages(), file, AS_AT, cases.not_carried)
        if one.verdict.as_recorded.result is Result.CANNOT_DECIDE
    }


def _check(check: Any) -> tuple[Any, ...]:
    records = sorted((_verdict(one) for one in check.records), key=repr)
    return (*_verdict(check.overall), records)


def _verdict(verdict: Any) -> tuple[Any, ...]:
    return verdict.result, verdict.measured, verdict.limit, verdict.unit, verdict.due_on, verdict.late
