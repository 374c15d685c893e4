"""The findings report of one team: strengths first, then what to do, then each file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from qaengine.audit.facts import raising
from qaengine.audit.pack import ChildAudit, Pack
from qaengine.evaluate.due import Duty, of_findings
from qaengine.evaluate.explain.names import title
from qaengine.model.calendar import add_working_days, deadline
from qaengine.model.period import Period, Unit
from qaengine.model.result import By, Finding, Result
from qaengine.model.standard import Remedy, Severity, Standard
from qaengine.report import parts
from qaengine.report.filling import common, reading
from qaengine.report.filling.annex import annex
from qaengine.report.views import ActionLine, AuditedChild, DueLine, FallsDue, ManagerView
from qaengine.report.wording import capital, joined

CAVEATS = (
    "The record was tested, not wellbeing. Findings are about records and learning, not about workers.",
    "A ceiling is the best grade that the record allows; the grade is a person's, and is confirmed by a person.",
)
DUE_WITHIN = Period(30, Unit.DAYS)  # how far ahead a manager is shown what falls due; proposed by the product
CLOSE = parts.ToDo("you", "give each action to its owner; it is done when the file shows it, and open until then", None)


def manager(pack: Pack, team: str) -> ManagerView:
    """The drawn children of one team against every standard."""
    children = [child for child in pack.children if child.team == team]
    best = common.strengths(pack, children)
    actions = (*_concerns(pack, team), *_actions(pack, children))
    shown = common.carried(pack, children)
    return ManagerView(
        scope=common.scope(pack),
        team=team,
        standards=tuple(common.standard_line(standard) for standard in shown),
        audits=tuple(_audited(pack, child, shown) for child in children),
        selection=common.selection(pack.draw, pack.population, [child.child_id for child in children]),
        annex=annex(pack, shown, (*_left_out(pack, shown), *CAVEATS), "the QA team"),
        actions=actions,
        lead_strength=best[0] if best else "",
        strengths=tuple(capital(words) for words in best),
        concerns=common.concerns(pack, [one.child_id for one in pack.concerns if one.team == team]),
        do=(CLOSE,) if actions else (),
        learning=_learning(pack, children),
        falls_due=_falls_due(pack, children),
    )


def _falls_due(pack: Pack, children: Iterable[ChildAudit]) -> FallsDue:
    """What falls due next for the drawn children of the team."""
    until = deadline(pack.as_at, DUE_WITHIN)
    found = of_findings(finding for child in children for finding in child.findings).until(until)
    return FallsDue(until, tuple(_due_line(pack, duty) for duty in found))


def _due_line(pack: Pack, duty: Duty) -> DueLine:
    standard = pack.by_id[duty.standard]
    says = next(check.says for check in standard.checks if check.id == duty.check)
    record = f"{title(duty.record)} {duty.record_id}" if duty.record else ""
    return DueLine(duty.due_on, duty.child_id, standard.short, says, record, standard.remedy_of(duty.check).owner)


def _left_out(pack: Pack, shown: tuple[Standard, ...]) -> tuple[str, ...]:
    """Said once, and not of every child: the standards of which the source carries nothing."""
    names = [standard.short for standard in pack.standards if standard not in shown]
    return (f"The source carries nothing that decides {joined(names)}, so nothing is shown of it.",) if names else ()


def _audited(pack: Pack, child: ChildAudit, shown: tuple[Standard, ...]) -> AuditedChild:
    results = tuple(
        parts.ResultOf(standard.id, child.results()[standard.id], common.as_read(child, standard.id))
        for standard in shown
    )
    return AuditedChild(
        child=child.child_id,
        audited_on=pack.as_at,
        results=results,
        ceiling=_ceiling(child),
        confirmed=_confirmed(pack, child),
        findings=tuple(line for standard in shown for line in common.shown_findings(pack, child, standard.id)),
        strengths=tuple(capital(words) for words in common.strengths(pack, [child], most=3)),
        answers=reading.answers(pack, child),
        impact=reading.impact(child),
        re_audit_due=child.judgement.reaudit_due,
    )


def _ceiling(child: ChildAudit) -> parts.Ceiling:
    found = child.judgement
    rules = tuple(dict.fromkeys(fired.rule for fired in found.fired))
    return parts.Ceiling(found.ceiling, found.ceiling_reasons, rules, _withheld(child))


def _withheld(child: ChildAudit) -> str:
    """Why there is no confirmed grade: what the grade given lacks, or what stands in the way of giving one."""
    given, lacks = child.facts.grade, [problem.reason for problem in child.judgement.grade_problems]
    if given is None:
        return _sentences(held.reason for held in child.judgement.why_not)
    return _sentences([f"{capital(given.grade.words)}, not confirmed", *lacks])


def _sentences(said: Iterable[str]) -> str:
    return " ".join(f"{one.rstrip('.')}." for one in said)


def _confirmed(pack: Pack, child: ChildAudit) -> parts.Confirmed | None:
    given = child.facts.grade
    if given is None or not given.confirmed:
        return None
    return parts.Confirmed(given.grade, given.confirmed_by, pack.as_at, given.reason_above_ceiling, given.moderator)


def _concerns(pack: Pack, team: str) -> Iterator[ActionLine]:
    """What is urgent and has no row of its own: a reader's concern, a red flag of a standard that the audit is not of,
    and a child of the re-audit list, not drawn."""
    drawn = {child.child_id for child in pack.children}
    of_team = [one for one in pack.concerns if one.team == team]
    own = [one for one in of_team if one.about not in pack.by_id or one.child_id not in drawn]
    for child in dict.fromkeys(one.child_id for one in own):
        found = common.concern_words(pack, [one for one in own if one.child_id == child])
        yield ActionLine((child,), found, common.confirm_safe([child]), "you", pack.as_at, urgent=True)


def _actions(pack: Pack, children: Iterable[ChildAudit]) -> tuple[ActionLine, ...]:
    """One action for what mends the same thing; brothers and sisters share one. Urgent ones first."""
    merged: dict[tuple[str, ...], ActionLine] = {}
    order: dict[tuple[str, ...], tuple[bool, int, date]] = {}
    family = {child.child_id: child.attributes.get("sibling_group") for child in pack.frame.children}
    for child in children:
        for standard in pack.standards:
            for remedy, findings in _by_remedy(child, standard).items():
                line = _action(pack, standard, remedy, findings, child.child_id)
                dates = " ".join(str(evidence.date) for evidence in line.evidence)
                key = (standard.id, remedy.action, line.found, dates, family.get(child.child_id) or child.child_id)
                before = merged.get(key)
                merged[key] = replace(before, children=(*before.children, child.child_id)) if before else line
                order[key] = (not line.urgent, list(Severity).index(standard.severity), line.due or pack.as_at)
    return tuple(merged[key] for key in sorted(merged, key=lambda key: (order[key], merged[key].children)))


def _by_remedy(child: ChildAudit, standard: Standard) -> dict[Remedy, list[Finding]]:
    """What is not met and still open, by what mends it."""
    found: dict[Remedy, list[Finding]] = {}
    for finding in child.counting(standard.id):
        if finding.result is Result.NOT_MET and not finding.late:
            found.setdefault(standard.remedy_of(finding.check), []).append(finding)
    return found


def _action(pack: Pack, standard: Standard, remedy: Remedy, findings: list[Finding], child_id: str) -> ActionLine:
    urgent = bool(raising(standard, findings))
    evidence = dict.fromkeys(common.pointer(e) for f in findings for e in f.evidence)
    return ActionLine(
        children=(child_id,),
        found=common.not_evidenced(standard, findings),
        needed=remedy.action,
        owner="you" if remedy.owner == "team manager" else remedy.owner,
        due=add_working_days(pack.as_at, 1) if urgent else deadline(pack.as_at, remedy.within),
        urgent=urgent,
        evidence=tuple(evidence)[:4],
    )


def _learning(pack: Pack, children: list[ChildAudit]) -> str:
    """The check most often not met in the team, as the point to take to the team meeting; one file is no pattern."""
    counts = Counter(
        (finding.standard, finding.check)
        for child in children
        for finding in child.counting()
        if finding.result is Result.NOT_MET and finding.by is By.RECORD
    )
    (standard, check), files = min(counts.items(), key=lambda item: (-item[1], item[0]), default=(("", ""), 0))
    if files < 2:
        return _learning_of_a_standard(pack, children)
    says = next(one.says for one in pack.by_id[standard].checks if one.id == check)
    where = f"in {files} of {len(children)} files"
    return f"{pack.by_id[standard].short}: {where} it is not evidenced that {common.says(says)}"


def _learning_of_a_standard(pack: Pack, children: list[ChildAudit]) -> str:
    counts = {s.id: sum(child.results()[s.id] is Result.NOT_MET for child in children) for s in pack.standards}
    most = max(counts, key=lambda standard: counts[standard], default="")
    if not most or counts[most] < 2:
        return ""
    return f"{pack.by_id[most].short}: not met in {counts[most]} of {len(children)} files, each for a different reason"
