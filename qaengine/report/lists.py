"""The re-audit list and the judgements as data: CSV for Excel, JSON for machines."""

import csv
import json
from dataclasses import asdict
from io import StringIO
from typing import Any

from qaengine.answers.form import FEEDBACK_QUESTIONS, ChildAnswers, Feedback
from qaengine.audit.pack import ChildAudit, Pack, ReAudit

HEADS = (
    "child",
    "team",
    "first grade",
    "audited on",
    "audit in chain",
    "not met then",
    "progress check now",
    "what the data shows now",
    "actions open",
    "actions overdue",
    "due",
    "days overdue",
    "goes to",
    "why",
)


def re_audits_csv(pack: Pack) -> bytes:
    """The re-audits owing, the earliest due first; then who left the list and why. No cell can start a formula."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(HEADS)
    for entry in pack.re_audits:
        write.writerow([safe(cell) for cell in _cells(entry, pack)])
    if pack.left:
        write.writerows([[], ["left the list, or not on it yet", "team", "reason", "on"]])
        write.writerows([[safe(cell) for cell in (x.child_id, x.team, x.reason, x.on.isoformat())] for x in pack.left])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cells(entry: ReAudit, pack: Pack) -> list[str]:
    return [
        entry.child_id,
        entry.team,
        entry.first_grade.words,
        entry.first_on.isoformat(),
        str(entry.turn),
        ", ".join(pack.names.get(standard, standard) for standard in entry.not_met_then),
        entry.progress.value.replace("_", " "),
        entry.progress_words,
        str(entry.actions_open),
        str(entry.actions_overdue),
        entry.due.isoformat(),
        str(entry.days_overdue(pack.as_at)),
        entry.goes_to,
        "; ".join(filter(None, (entry.due_because, entry.goes_because))),
    ]


def safe(cell: str) -> str:
    """A cell that a spreadsheet takes for text, whatever it begins with."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell


def re_audits_json(pack: Pack) -> bytes:
    """The same as JSON, with the re-audits done in the last three months."""
    return _json(
        {
            "as_at": pack.as_at.isoformat(),
            "owing": [_entry(entry, pack) for entry in pack.re_audits],
            "done_in_the_last_three_months": [_entry(entry, pack) for entry in pack.re_audited],
            "left": [
                {"child": x.child_id, "team": x.team, "reason": x.reason, "on": x.on.isoformat()} for x in pack.left
            ],
        }
    )


def _entry(entry: ReAudit, pack: Pack) -> dict[str, Any]:
    return {
        "child": entry.child_id,
        "team": entry.team,
        "first_grade": entry.first_grade.value,
        "audited_on": entry.first_on.isoformat(),
        "audit_in_chain": entry.turn,
        "not_met_then": list(entry.not_met_then),
        "progress": entry.progress.value,
        "progress_words": entry.progress_words,
        "actions_open": entry.actions_open,
        "actions_overdue": entry.actions_overdue,
        "due": entry.due.isoformat(),
        "due_because": entry.due_because,
        "days_overdue": entry.days_overdue(pack.as_at),
        "goes_to": entry.goes_to,
        "goes_because": entry.goes_because,
        "done_on": entry.done_on.isoformat() if entry.done_on else None,
        "second_grade": entry.second_grade.value if entry.second_grade else None,
    }


def judgements_json(pack: Pack) -> bytes:
    """What follows for each drawn child, with the rules that fired and why."""
    return _json({"judged_by": pack.judged_by, "children": [_judgement(child) for child in pack.children]})


def _judgement(child: ChildAudit) -> dict[str, Any]:
    found, given = child.judgement, child.facts.grade
    return {
        "child": child.child_id,
        "team": child.team,
        "as_recorded": {standard: result.value for standard, result in child.results().items()},
        "red_flags": [
            {"about": flag.about, "on": flag.on.isoformat(), "reason": flag.reason} for flag in found.red_flags
        ],
        "ceiling": found.ceiling.value if found.ceiling else None,
        "ceiling_reasons": list(found.ceiling_reasons),
        "may_be_graded": found.may_be_graded,
        "why_not": [held.reason for held in found.why_not],
        "grade": given.grade.value if given else None,
        "confirmed_by": given.confirmed_by if given else None,
        "grade_problems": [problem.reason for problem in found.grade_problems],
        "does_not_meet_good": found.does_not_meet_good,
        "re_audit_due": found.reaudit.due.isoformat() if found.reaudit else None,
        "re_audit_because": found.reaudit.because if found.reaudit else None,
        "goes_to": found.escalate_to.value,
        "goes_because": list(found.escalate_reasons),
        "alerts": [{"to": alert.to.value, "says": alert.says} for alert in found.alerts],
        "fired": [{"rule": one.rule, "says": one.says, "facts": list(one.facts)} for one in found.fired],
        "answers": _answers(child.answers) if child.answers else None,
    }


def _answers(given: ChildAnswers) -> dict[str, Any]:
    """Everything that a person wrote on the form about one child."""
    grade, feedback = given.grade, given.feedback
    return {
        "questions": [
            {"standard": standard, "check": check, "answer": said.answer, "note": said.note}
            for (standard, check), said in sorted(given.questions.items())
        ],
        "impact": [
            {"standard": standard, "answer": said.answer, "note": said.note}
            for standard, said in sorted(given.impact.items())
        ],
        "concern": given.concern,
        "concern_note": given.concern_note,
        "grade": asdict(grade) if grade else None,
        "grade_note": given.grade_note,
        "feedback": _feedback(feedback) if feedback else None,
        "feedback_note": given.feedback_note,
    }


def _feedback(feedback: Feedback) -> dict[str, Any]:
    said = dict(zip(FEEDBACK_QUESTIONS, feedback.said, strict=True))
    return asdict(feedback) | {"on": feedback.on.isoformat() if feedback.on else None, "said": said}


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()
