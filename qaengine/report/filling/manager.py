"""The findings report of one team: strengths first, then what to do, then each file."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from qaengine.audit.pack import ChildAudit, Pack
from qaengine.model.calendar import add_working_days, deadline
from qaengine.model.result import Finding, Result
from qaengine.model.standard import Asks, Check, Remedy, Severity, Standard
from qaengine.report import parts
from qaengine.report.filling import common
from qaengine.report.views import ActionLine, AuditedChild, ManagerView

CAVEATS = (
    "The record was tested, not wellbeing. Findings are about records and learning, not about workers.",
    "A ceiling is the best grade that the record allows; the grade is a person's, and is confirmed by a person.",
)


def manager(pack: Pack, team: str) -> ManagerView:
    """The drawn children of one team against every standard."""
    children = [child for child in pack.children if child.team == team]
    best = common.strengths(pack, children)
    return ManagerView(
        scope=common.scope(pack),
        team=team,
        standards=tuple(common.standard_line(standard) for standard in pack.standards),
        audits=tuple(_audited(pack, child) for child in children),
        selection=common.selection(pack.draw, "children", [child.child_id for child in children]),
        annex=common.annex(pack, pack.standards, CAVEATS, "the QA team"),
        actions=_actions(pack, children),
        lead_strength=best[0] if best else "",
        strengths=best,
        concerns=common.concerns(pack, children),
        do=_do(pack),
        learning=_learning(pack, children),
    )


def _audited(pack: Pack, child: ChildAudit) -> AuditedChild:
    results = tuple(
        parts.ResultOf(standard, result, common.as_read(child, standard))
        for standard, result in child.results().items()
    )
    return AuditedChild(
        child=child.child_id,
        audited_on=pack.as_at,
        results=results,
        ceiling=_ceiling(child),
        confirmed=_confirmed(pack, child),
        findings=common.shown_findings(pack, child),
        strengths=common.strengths(pack, [child]),
        answers=_answers(pack, child),
        impact=_impact(child),
        re_audit_due=child.judgement.reaudit_due,
    )


def _ceiling(child: ChildAudit) -> parts.Ceiling:
    found = child.judgement
    grade = parts.Grade(found.ceiling.value) if found.ceiling else None
    rules = tuple(f"{fired.rule}: {fired.says}" for fired in found.fired)
    return parts.Ceiling(grade, found.ceiling_reasons, rules, "; ".join(held.reason for held in found.why_not))


def _confirmed(pack: Pack, child: ChildAudit) -> parts.Confirmed | None:
    given = child.facts.grade
    if given is None or not given.confirmed or child.judgement.grade_problems:
        return None
    grade = parts.Grade(given.grade.value)
    return parts.Confirmed(grade, given.confirmed_by, pack.as_at, given.reason_above_ceiling, given.moderator)


def _answers(pack: Pack, child: ChildAudit) -> tuple[parts.Answer, ...]:
    """The questions that a person answered, and how many wait: they stand on the answer form, each in full."""
    asked = [
        (standard, check)
        for standard in pack.standards
        for check in standard.checks
        if isinstance(check.test, Asks) and _asked(child, standard, check.id)
    ]
    answered = [answer for standard, check in asked if (answer := _answer(child, standard, check)) is not None]
    waiting = len(asked) - len(answered)
    if waiting:
        words = "1 question waits" if waiting == 1 else f"{waiting} questions wait"
        answered.append(parts.Answer(f"{words} for an answer on the answer form"))
    return tuple(answered)


def _asked(child: ChildAudit, standard: Standard, check: str) -> bool:
    return any(f.check == check and f.result is Result.REFER_TO_AUDITOR for f in child.checks(standard.id))


def _answer(child: ChildAudit, standard: Standard, check: Check) -> parts.Answer | None:
    said = child.answers.questions.get((standard.id, check.id)) if child.answers else None
    return parts.Answer(check.says, said.answer, why=said.note) if said and said.answer else None


def _impact(child: ChildAudit) -> str:
    if child.answers is None:
        return ""
    words = {
        fact.title: fact.impact.value.replace("_", " ") for fact in child.facts.standards if fact.open or fact.late
    }
    return "; ".join(f"{title}: impact on the child {impact}" for title, impact in words.items())


def _actions(pack: Pack, children: Iterable[ChildAudit]) -> tuple[ActionLine, ...]:
    """One action for what mends the same thing; brothers and sisters of one meeting share one. Urgent ones first."""
    merged: dict[tuple[str, str, str], ActionLine] = {}
    order: dict[tuple[str, str, str], tuple[bool, int, date]] = {}
    for child in children:
        for standard in pack.standards:
            for remedy, findings in _by_remedy(child, standard).items():
                line = _action(pack, child, standard, remedy, findings)
                key = (standard.id, remedy.action, line.found + str([e.date for e in line.evidence]))
                before = merged.get(key)
                merged[key] = replace(before, children=(*before.children, child.child_id)) if before else line
                rank = list(Severity).index(standard.severity)
                order[key] = (not line.urgent, rank, line.due or pack.as_at)
    return tuple(merged[key] for key in sorted(merged, key=lambda key: (order[key], merged[key].children)))


def _by_remedy(child: ChildAudit, standard: Standard) -> dict[Remedy, list[Finding]]:
    """What is not met and still open, by what mends it."""
    found: dict[Remedy, list[Finding]] = {}
    for finding in child.checks(standard.id):
        if finding.result is Result.NOT_MET and not finding.late:
            found.setdefault(standard.remedy_of(finding.check), []).append(finding)
    return found


def _action(pack: Pack, child: ChildAudit, standard: Standard, remedy: Remedy, findings: list[Finding]) -> ActionLine:
    flags = {check.id for check in standard.checks if check.red_flag}
    urgent = any(finding.check in flags for finding in findings)
    return ActionLine(
        children=(child.child_id,),
        found=_found(standard, findings),
        needed=remedy.action,
        owner=remedy.owner,
        due=add_working_days(pack.as_at, 1) if urgent else deadline(pack.as_at, remedy.within),
        urgent=urgent,
        evidence=tuple(dict.fromkeys(e for f in findings for e in f.evidence))[:4],
    )


def _found(standard: Standard, findings: list[Finding]) -> str:
    """The first finding in its own words, and how many more."""
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return f"{standard.short}: {findings[0].reason}{more}"


def _do(pack: Pack) -> tuple[parts.ToDo, ...]:
    reply = add_working_days(pack.as_at, common.REPLY_WITHIN)
    return (
        parts.ToDo("you", "Act on the urgent rows now, then on the rest by their dates", None),
        parts.ToDo("you", "Reply if you disagree with a row, and say which record shows it", reply),
        parts.ToDo("you", "Take one learning point to the team meeting", None),
    )


def _learning(pack: Pack, children: list[ChildAudit]) -> str:
    """The standard most often not met in the team, as the point to take to the team meeting."""
    counts = {
        standard.id: sum(child.results()[standard.id] is Result.NOT_MET for child in children)
        for standard in pack.standards
    }
    most = max(counts, key=lambda standard: counts[standard], default=None)
    if most is None or counts[most] < 2:
        return ""
    return f"{pack.by_id[most].title}: not evidenced in {counts[most]} of {len(children)} files."
