"""The findings report of one team: strengths first, then what to do, then each file."""

from collections import Counter
from collections.abc import Iterable, Iterator

from qaengine.audit.pack import ChildAudit, Pack
from qaengine.audit.told import told_once
from qaengine.evaluate.due import Duty, of_findings
from qaengine.evaluate.explain.names import record_called
from qaengine.model.calendar import deadline
from qaengine.model.period import Period, Unit
from qaengine.model.result import By, Finding, Result
from qaengine.model.standard import Asks, Standard
from qaengine.report import parts
from qaengine.report.filling import actions, common, reading
from qaengine.report.filling.annex import annex
from qaengine.report.filling.strengths import strengths
from qaengine.report.views import ActionLine, AuditedChild, DueLine, FallsDue, ManagerView
from qaengine.report.wording import capital, joined

CAVEATS = (
    "A ceiling is the best grade that the record allows; the grade is a person's, and is confirmed by a person.",
)
DUE_WITHIN = Period(30, Unit.DAYS)  # how far ahead a manager is shown what falls due; proposed by the product
CLOSE = parts.ToDo("you", "give each action to its owner; it is done when the file shows it, and open until then", None)


def manager(pack: Pack, team: str) -> ManagerView:
    """The drawn children of one team against every standard."""
    children = [child for child in pack.children if child.team == team]
    best = strengths(pack, children)
    todo = (*_concerns(pack, team), *actions.actions(pack, children))
    shown = _for_the_children(children, common.carried(pack, children))
    return ManagerView(
        scope=common.scope(pack),
        team=team,
        standards=tuple(common.standard_line(standard) for standard in shown),
        audits=tuple(_audited(pack, child, shown) for child in children),
        selection=common.selection(pack.draw, pack.population, [child.child_id for child in children]),
        annex=annex(pack, shown, (*_left_out(pack, children), *CAVEATS), "the QA team", children),
        actions=todo,
        lead_strength=best[0] if best else "",
        strengths=tuple(capital(words) for words in best),
        concerns=common.concerns(pack, [one.child_id for one in pack.concerns if one.team == team]),
        do=(CLOSE,) if todo else (),
        learning=_learning(pack, children),
        falls_due=_falls_due(pack, children),
        gaps=actions.gaps(pack, children),
        reading=actions.reading(pack, children),
    )


def _falls_due(pack: Pack, children: Iterable[ChildAudit]) -> FallsDue:
    """What falls due next for the drawn children of the team."""
    until = deadline(pack.as_at, DUE_WITHIN)
    found = of_findings(finding for child in children for finding in child.findings).until(until)
    return FallsDue(until, tuple(_due_line(pack, duty) for duty in found))


def _due_line(pack: Pack, duty: Duty) -> DueLine:
    standard = pack.by_id[duty.standard]
    says = next(check.says for check in standard.checks if check.id == duty.check)
    record = record_called(duty.record, duty.record_id) if duty.record else ""
    return DueLine(duty.due_on, duty.child_id, standard.short, says, record, standard.remedy_of(duty.check).owner)


def _for_the_children(children: list[ChildAudit], standards: Iterable[Standard]) -> tuple[Standard, ...]:
    """The standards that apply to one of them at least, or may."""
    return tuple(
        standard
        for standard in standards
        if not children or any(child.results()[standard.id] is not Result.NOT_APPLICABLE for child in children)
    )


def _left_out(pack: Pack, children: list[ChildAudit]) -> tuple[str, ...]:
    """Said once, and not of every child: the standards of which the source carries nothing."""
    carried = common.carried(pack, children)
    names = [standard.short for standard in pack.standards if standard not in carried]
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
        ceiling=_ceiling(pack, child),
        confirmed=_confirmed(child),
        findings=_beside_the_actions(pack, child),
        strengths=tuple(capital(words) for words in strengths(pack, [child], most=3)),
        answers=reading.answers(pack, child),
        impact=reading.impact(child),
        re_audit_due=child.judgement.reaudit_due,
        waiting=len(child.waiting()),
        open_standards=actions.open_standards(child),
    )


def _beside_the_actions(pack: Pack, child: ChildAudit) -> tuple[parts.FindingLine, ...]:
    """What is no action, no gap and waits for nobody: late but done, agreed, or flagged and read by a person."""
    return tuple(
        common.finding_line(pack, child, finding)
        for standard in pack.standards
        for finding in child.checks(standard.id)
        if finding.excepted or actions.late(finding) or _was_read(pack, child, finding)
    )


def _was_read(pack: Pack, child: ChildAudit, finding: Finding) -> bool:
    """Whether a person has written of what was flagged for reading; answers to questions are listed apart."""
    said = reading.said_of(child, finding)
    question = isinstance(common.check_of(pack.by_id[finding.standard], finding).test, Asks)
    return bool(said.answer or said.note) and not question


def _ceiling(pack: Pack, child: ChildAudit) -> parts.Ceiling:
    found = child.judgement
    rules = tuple(dict.fromkeys(fired.rule for fired in found.fired))
    return parts.Ceiling(found.ceiling, told_once(found.ceiling_reasons, pack.titles), rules, _withheld(pack, child))


def _withheld(pack: Pack, child: ChildAudit) -> str:
    """Why there is no confirmed grade: what the grade given lacks, or what stands in the way of giving one."""
    given, lacks = child.facts.grade, [problem.reason for problem in child.judgement.grade_problems]
    if given is None:
        return _sentences(told_once((held.reason for held in child.judgement.why_not), pack.titles))
    return _sentences([f"{capital(given.grade.words)}, not confirmed", *lacks])


def _sentences(said: Iterable[str]) -> str:
    return " ".join(f"{one.rstrip('.')}." for one in said)


def _confirmed(child: ChildAudit) -> parts.Confirmed | None:
    """The form asks who confirms and not on what day, so that no day is said."""
    given = child.facts.grade
    if given is None or not given.confirmed:
        return None
    return parts.Confirmed(given.grade, given.confirmed_by, None, given.reason_above_ceiling, given.moderator)


def _concerns(pack: Pack, team: str) -> Iterator[ActionLine]:
    """What is urgent and has no row of its own: a reader's concern, a red flag of a standard that the audit is not of,
    and a child of the re-audit list, not drawn."""
    drawn = {child.child_id for child in pack.children}
    of_team = [one for one in pack.concerns if one.team == team]
    own = [one for one in of_team if one.about not in pack.by_id or one.child_id not in drawn]
    for child in dict.fromkeys(one.child_id for one in own):
        found = common.concern_words(pack, [one for one in own if one.child_id == child])
        yield ActionLine((child,), found, common.confirm_safe([child]), "you", pack.as_at, urgent=True)


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
