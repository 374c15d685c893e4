"""The machine contract: a finding as one JSON object, and as one row of a table (docs/findings.md).

Version 1. Keys are never renamed or reordered within a version; a new key is a new version.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from qaengine.model.result import Evidence, Finding, Missing

VERSION = 1

COLUMNS = (
    "version",
    "level",
    "child_id",
    "standard",
    "check",
    "record",
    "record_id",
    "result",
    "by",
    "measured",
    "limit",
    "unit",
    "due_on",
    "since",
    "late",
    "mitigation",
    "missing",
    "reason",
    "evidence",
)


def as_dict(finding: Finding) -> dict[str, object]:
    """A finding as plain data: dates in ISO form, absent values null."""
    return {
        "version": VERSION,
        "level": finding.level.value,
        "child_id": finding.child_id,
        "standard": finding.standard,
        "check": finding.check,
        "record": finding.record,
        "record_id": finding.record_id,
        "result": finding.result.value,
        "by": finding.by.value,
        "measured": finding.measured,
        "limit": finding.limit,
        "unit": finding.unit,
        "due_on": _iso(finding.due_on),
        "since": _iso(finding.since),
        "late": finding.late,
        "mitigation": finding.mitigation,
        "missing": [{"record": m.record, "field": m.field or None, "why": m.why.value} for m in finding.missing],
        "reason": finding.reason,
        "evidence": [{"record": e.record, "id": e.record_id, "date": _iso(e.date)} for e in finding.evidence],
    }


def jsonl(findings: Iterable[Finding]) -> Iterator[str]:
    """One line of JSON for each finding, without the line end."""
    for finding in findings:
        yield json.dumps(as_dict(finding), ensure_ascii=False, separators=(",", ":"))


def row(finding: Finding) -> dict[str, object]:
    """A finding as a row: what is missing and the evidence each in one cell."""
    return {**as_dict(finding), "missing": missing_cell(finding.missing), "evidence": evidence_cell(finding.evidence)}


def missing_cell(missing: Iterable[Missing]) -> str:
    """`sdqs.completed left_blank; assessments not_carried`."""
    return "; ".join(f"{m.record}{'.' + m.field if m.field else ''} {m.why.value}" for m in missing)


def evidence_cell(evidence: Iterable[Evidence]) -> str:
    """`sdqs/S1 2019-01-02; health_checks/H3`."""
    return "; ".join(f"{e.record}/{e.record_id}{' ' + e.date.isoformat() if e.date else ''}" for e in evidence)


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
