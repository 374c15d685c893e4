"""The findings report of one team: strengths first, then what to do, then each file."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from qaengine.audit.pack import ChildAudit, Pack
from qaengine.model.calendar import add_working_days, deadline
from qaengine.model.result import Evidence, Finding, Result
from qaengine.model.standard import Asks, Severity, Standard
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
    """Every question of the child's file, answered or not."""
    return tuple(
        _answer(child, standard, check.id, check.says)
        for standard in pack.standards
        for check in standard.checks
        if isinstance(check.test, Asks) and _asked(child, standard, check.id)
    )


def _asked(child: ChildAudit, standard: Standard, check: str) -> bool:
    return any(f.check == check and f.result is Result.REFER_TO_AUDITOR for f in child.checks(standard.id))


def _answer(child: ChildAudit, standard: Standard, check: str, says: str) -> parts.Answer:
    said = child.answers.questions.get((standard.id, check)) if child.answers else None
    return parts.Answer(says, said.answer, why=said.note) if said else parts.Answer(says)


def _impact(child: ChildAudit) -> str:
    if child.answers is None:
        return ""
    words = {
        fact.title: fact.impact.value.replace("_", " ") for fact in child.facts.standards if fact.open or fact.late
    }
    return "; ".join(f"{title}: impact on the child {impact}" for title, impact in words.items())


def _actions(pack: Pack, children: Iterable[ChildAudit]) -> tuple[ActionLine, ...]:
    """One action a child and standard that is still open; brothers and sisters of one meeting share one."""
    merged: dict[tuple[str, tuple[Evidence, ...], str], ActionLine] = {}
    order: dict[tuple[str, tuple[Evidence, ...], str], tuple[bool, int, date]] = {}
    for child in children:
        for fact in child.facts.standards:
            if not (fact.result is Result.NOT_MET and fact.open):
                continue
            standard = pack.by_id[fact.standard]
            line = _action(pack, child, standard, fact.red_flag)
            key = (standard.id, line.evidence, line.found)
            before = merged.get(key)
            merged[key] = replace(before, children=(*before.children, child.child_id)) if before else line
            rank = list(Severity).index(standard.severity)
            order[key] = (not line.urgent, rank, line.due or pack.as_at)
    return tuple(merged[key] for key in sorted(merged, key=lambda key: (order[key], merged[key].children)))


def _action(pack: Pack, child: ChildAudit, standard: Standard, urgent: bool) -> ActionLine:
    findings = [f for f in child.checks(standard.id) if f.result is Result.NOT_MET and not f.late]
    return ActionLine(
        children=(child.child_id,),
        found=_found(standard, findings),
        needed=standard.remedy.action,
        owner=standard.remedy.owner,
        due=add_working_days(pack.as_at, 1) if urgent else deadline(pack.as_at, standard.remedy.within),
        urgent=urgent,
        evidence=tuple(dict.fromkeys(e for f in findings for e in f.evidence))[:4],
    )


def _found(standard: Standard, findings: list[Finding]) -> str:
    says = {check.id: check.says for check in standard.checks}
    shown = [f"{says[f.check or '']}: not evidenced" for f in findings[:2]]
    more = f", and {len(findings) - 2} more" if len(findings) > 2 else ""
    return f"{standard.short}. {'; '.join(shown)}{more}"


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
