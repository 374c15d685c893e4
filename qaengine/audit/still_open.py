"""Of a check that is not met on several records, the one that is still open is told, and not one done late."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from qaengine.evaluate.explain.words import listed
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.result import Finding, Level, Result

ACTIONS = "plan_actions"
LONGEST = 80  # characters of an action's own text in a sentence; what is longer ends with a word and a mark
_BLANK = r"(?P<blank>[^.;:]+ was left blank(?:; [^.;:]+ was left blank)*)"


def open_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings on checks: one whose sentence and evidence are of what was done late tells what is open instead."""
    findings = list(found)
    records: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in findings:
        if finding.level is Level.RECORD and finding.result is Result.NOT_MET and not finding.excepted:
            records.setdefault((finding.standard, finding.check), []).append(finding)
    checks = (finding for finding in findings if finding.level is Level.CHECK)
    return tuple(_told(finding, records.get((finding.standard, finding.check), ())) for finding in checks)


def _told(finding: Finding, records: Iterable[Finding]) -> Finding:
    if finding.result is not Result.NOT_MET or finding.late:
        return finding
    late = [one for one in records if one.late and one.reason and finding.reason.endswith(one.reason)]
    still_open = next((one for one in records if not one.late), None)
    if not late or still_open is None:
        return finding
    reason = finding.reason.removesuffix(late[0].reason) + still_open.reason
    return replace(finding, reason=reason, evidence=still_open.evidence)


def with_its_text(finding: Finding, file: CaseFile) -> str:
    """The sentence of a finding with what each action of a plan is: a number says nothing of a danger."""
    said = finding.reason
    for row in file.records.get(ACTIONS, ()):
        if name := _name(row):
            number = rf"\b(?:plan action {re.escape(row.id)})(?![\w/-])"
            said = re.sub(rf"{number}: {_BLANK}(?=[.])", partial(_has_no, name), said, flags=re.IGNORECASE)
            said = re.sub(number, partial(_named, name), said, flags=re.IGNORECASE)
    return said


def _name(row: Row) -> str:
    """What an action is, in its own words; empty where it has none."""
    text = row.values.get("text")
    if not isinstance(text, str) or not text.strip():
        return ""
    flat = " ".join(text.split())
    if len(flat) > LONGEST:
        flat = flat[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    return f"{'safety action' if row.values.get('kind') == 'safety' else 'action'} “{flat}”"


def _named(name: str, found: re.Match[str]) -> str:
    return _as(found, name)


def _has_no(name: str, found: re.Match[str]) -> str:
    fields = [one.removesuffix(" was left blank") for one in found["blank"].split("; ")]
    return _as(found, f"{name} has no {listed(fields, 'and no')}")


def _as(found: re.Match[str], said: str) -> str:
    """With a capital where what it stands for had one."""
    return said[0].upper() + said[1:] if found[0][0].isupper() else said
