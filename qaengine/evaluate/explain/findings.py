"""Findings, with their sentences: what `evaluate` writes down and what the reports show."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from qaengine.evaluate.explain import reasons
from qaengine.evaluate.explain.numbers import number_of
from qaengine.evaluate.reference.scope import Here
from qaengine.evaluate.reference.standard import CheckVerdict, StandardVerdict
from qaengine.evaluate.reference.subjects import Verdict
from qaengine.evaluate.stages import Evaluated
from qaengine.model.agreed import Excepted
from qaengine.model.result import By, Finding, Level, Result
from qaengine.model.standard import Asks, Check, Standard


def findings(evaluated: Evaluated) -> Iterator[Finding]:
    """Every finding of one standard on one case file: the standard twice, then each check, then its records.

    The order is that of the standard's file and of the record ids, so it is the same on every run.
    """
    standard, here, verdict, marks = evaluated.standard, evaluated.here, evaluated.verdict, evaluated.marks
    yield _of_standard(standard, verdict, here, By.RECORD)
    yield _of_standard(standard, verdict, here, By.READER)
    for check in verdict.checks:
        reason, mark = reasons.of_check(check, here), marks.get(check.check.id)
        yield _marked(_finding(Level.CHECK, standard, check.check, check.overall, here, reason), mark)
        for record in check.records:
            yield _marked(_of_record(standard, check, record, here), mark)


def _marked(finding: Finding, mark: Excepted | None) -> Finding:
    """An agreed exception is shown beside what is not met, and changes nothing of it."""
    return replace(finding, exception=mark) if mark and finding.result is Result.NOT_MET else finding


def _of_standard(standard: Standard, verdict: StandardVerdict, here: Here, by: By) -> Finding:
    overall = verdict.as_recorded if by is By.RECORD else verdict.as_read
    return Finding(
        Level.STANDARD,
        here.file.child_id,
        standard.id,
        None,
        by,
        overall.result,
        due_on=overall.due_on,
        late=overall.late,
        mitigation="recorded" if overall.mitigated else None,
        missing=tuple(sorted(overall.missing)),
        reason=reasons.of_standard(standard, verdict, by),
    )


def _of_record(standard: Standard, check: CheckVerdict, record: Verdict, here: Here) -> Finding:
    reason = reasons.of_record(check.check, record, here)
    return _finding(Level.RECORD, standard, check.check, record, here, reason)


def _finding(level: Level, standard: Standard, check: Check, verdict: Verdict, here: Here, reason: str) -> Finding:
    not_met = verdict.result is Result.NOT_MET
    return Finding(
        level,
        here.file.child_id,
        standard.id,
        check.id,
        check.by,
        verdict.result,
        record=_record_type(level, check, verdict),
        record_id=verdict.row.id if verdict.row else None,
        measured=verdict.measured,
        limit=verdict.limit,
        unit=verdict.unit,
        due_on=verdict.due_on,
        late=verdict.late,
        mitigation="recorded" if verdict.mitigated else None,
        since=verdict.due_on + timedelta(days=1) if not_met and verdict.due_on else None,
        missing=tuple(sorted(verdict.missing)),
        reason=reason,
        evidence=verdict.evidence,
        number=number_of(standard, check, verdict.unit if verdict.limit is not None else None),
    )


def _record_type(level: Level, check: Check, verdict: Verdict) -> str | None:
    """The type of the record that a finding is on, or that a check is about; an interval may be on no record."""
    if isinstance(check.test, Asks) or (level is Level.RECORD and verdict.row is None):
        return None
    return verdict.record_type or check.test.record_type
