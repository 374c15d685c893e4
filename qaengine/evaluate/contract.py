"""The machine contract: a finding as one JSON object, and as one row of a table (docs/findings.md).

Version 2. Keys are never renamed or reordered within a version; a new key is a new version.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from qaengine.evaluate.explain.agreed import exception_words
from qaengine.model.agreed import Excepted
from qaengine.model.result import Evidence, Finding, Missing, Number

VERSION = 2

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
    "number",
    "exception",
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
        "number": _number(finding.number),
        "exception": _exception(finding.exception),
    }


def _number(number: Number | None) -> dict[str, str] | None:
    return {"name": number.name, "value": number.value, "from": number.origin.value} if number else None


def _exception(mark: Excepted | None) -> dict[str, object] | None:
    if mark is None:
        return None
    agreed = mark.agreed
    return {
        "in_force": mark.in_force,
        "agreed_on": agreed.agreed_on.isoformat(),
        "expires_on": agreed.expires_on.isoformat(),
        "authorised_by": agreed.authorised_by,
        "reason": agreed.reason,
    }


def jsonl(findings: Iterable[Finding]) -> Iterator[str]:
    """One line of JSON for each finding, without the line end."""
    for finding in findings:
        yield json.dumps(as_dict(finding), ensure_ascii=False, separators=(",", ":"))


def row(finding: Finding) -> dict[str, object]:
    """A finding as a row: what is missing, the evidence, the number and the exception each in one cell."""
    number = finding.number
    return {
        **as_dict(finding),
        "missing": missing_cell(finding.missing),
        "evidence": evidence_cell(finding.evidence),
        "number": f"{number.name} {number.value} ({number.origin.value})" if number else None,
        "exception": exception_words(finding.exception) if finding.exception else None,
    }


def missing_cell(missing: Iterable[Missing]) -> str:
    """`sdqs.completed left_blank; assessments not_carried`."""
    return "; ".join(f"{m.record}{'.' + m.field if m.field else ''} {m.why.value}" for m in missing)


def evidence_cell(evidence: Iterable[Evidence]) -> str:
    """`sdqs/S1 2019-01-02; health_checks/H3`."""
    return "; ".join(f"{e.record}/{e.record_id}{' ' + e.date.isoformat() if e.date else ''}" for e in evidence)


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
