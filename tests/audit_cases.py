"""Invented audits on file, a little at a time: what the tests of audit runs share."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from qaengine.audit.pack import ReAudit
from qaengine.audit.reaudits import Place, ReAudits
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.result import By, Finding, Level, Result
from qaengine.model.standard import Standard
from qaengine.standards.loader import load_standards
from tests.judge_cases import judge_of

AS_AT = date(2019, 9, 30)
NOW = {"sdq-annual-update": Result.MET, "smart-plan": Result.NOT_MET}
NAMES = {"sdq-annual-update": "SDQ", "smart-plan": "SMART plan"}
RI = "requires_improvement"


@cache
def standards() -> dict[str, Standard]:
    return {standard.id: standard for standard in load_standards(Path(__file__).parents[1] / "rules")}


def audit(id: str, on: date | None, grade: str | None = RI, **more: Any) -> Row:
    """An audit confirmed on the day it was made, of a plan that was not met, unless said otherwise."""
    given = {"grade": grade, "confirmed_on": on, "confirmed_by": "MOD-1", "re_audit_of": None}
    return Row(id, {"audited_on": on, "standards_not_met": "smart-plan", **given, **more})


def action(id: str, of: str, original: date | None, due: date | None = None, **more: Any) -> Row:
    """An open action of an audit."""
    given: dict[str, Any] = {"audit": of, "original_due": original, "due_on": due or original}
    return Row(id, {**given, "done_on": None, "evidence": None, "text": "what will be done", **more})


def case(*audits: Row, actions: tuple[Row, ...] = (), child_id: str = "CH-1", **child: Any) -> CaseFile:
    """A child's file that holds these audits."""
    values = {"team": "North", "closed_on": None, **child}
    return CaseFile(child_id, Row(child_id, values), {"audits": audits, "audit_actions": actions})


def place(file: CaseFile, as_at: date = AS_AT, now: dict[str, Result] | None = None) -> Place:
    """The child's place in the re-audits."""
    return ReAudits(as_at, judge_of(), NAMES).place_of(file, NOW if now is None else now)


def owing(file: CaseFile, as_at: date = AS_AT) -> ReAudit:
    """The re-audit that the child owes."""
    found = place(file, as_at).owing
    assert found is not None, "the child is not on the list"
    return found


def finding(standard: str, result: Result, check: str | None = None, **more: Any) -> Finding:
    """A finding on a check, or as recorded on the whole standard."""
    level = Level.STANDARD if check is None else Level.CHECK
    return Finding(level, "CH-1", standard, check, more.pop("by", By.RECORD), result, **more)
