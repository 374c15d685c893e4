"""The re-audit list: every confirmed grade that does not meet good, until a second audit has been made.

Improvement plan 25.2: the programme "will incorporate re-audits of cases graded Does Not Meet Good". Only a confirmed
grade puts a child on the list, and only a second confirmed audit, or the case's closing, takes a child off it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qaengine.audit.frame import day, text
from qaengine.audit.history import PastAudit, history
from qaengine.audit.pack import Left, ReAudit
from qaengine.audit.progress import in_words, progress
from qaengine.judge.chain import Escalation
from qaengine.judge.facts import AuditFacts, GradeFact
from qaengine.judge.judgement import Judgement
from qaengine.judge.judging import Judge
from qaengine.model.calendar import add_months
from qaengine.model.casefile import CaseFile
from qaengine.model.result import Result

GOES_TO = {
    Escalation.NOBODY: "team manager",
    Escalation.HEAD_OF_SERVICE: "head of service",
    Escalation.CSLT: "CSLT",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A child's place in the re-audits: owing one, or out of the list and why; and those done in the period."""

    owing: ReAudit | None = None
    left: Left | None = None
    done: tuple[ReAudit, ...] = ()


def place_of(file: CaseFile, now: Mapping[str, Result], as_at: date, judge: Judge) -> Place:
    """The child's place on the list as at a date."""
    past = [audit for audit in history(file) if audit.audited_on <= as_at]
    graded = [audit for audit in past if audit.confirmed]
    team = text(file.child, "team") or "team not recorded"
    short = [audit for audit in graded if audit.does_not_meet_good]
    if not short:
        return Place(left=_unconfirmed(file.child_id, team, past))
    entries = [_listed(file.child_id, team, audit, graded, now, as_at, judge) for audit in short]
    period = add_months(as_at, -3)
    done = tuple(entry for entry in entries if entry.done_on and entry.done_on > period)
    latest, closed = entries[-1], day(file.child, "closed_on")
    if latest.done_on and latest.second_grade:
        reason = f"audited again: {latest.second_grade.words}, which meets good"
        return Place(left=Left(file.child_id, team, reason, latest.done_on), done=done)
    if closed is not None:
        return Place(left=Left(file.child_id, team, "case closed before the re-audit", closed), done=done)
    return Place(owing=latest, done=done)


def _unconfirmed(child_id: str, team: str, past: list[PastAudit]) -> Left | None:
    """A grade that would put the child on the list once a person confirms it."""
    waiting = [audit for audit in past if audit.grade and not audit.grade.meets_good and not audit.confirmed]
    if not waiting:
        return None
    reason = f"not on the list yet: the grade of {waiting[-1].audited_on:%d %B %Y} is not confirmed"
    return Left(child_id, team, reason, waiting[-1].audited_on)


def _before(audit: PastAudit, graded: list[PastAudit]) -> PastAudit | None:
    return next((other for other in graded if other.id == audit.re_audit_of), None)


def _listed(
    child_id: str,
    team: str,
    owing: PastAudit,
    graded: list[PastAudit],
    now: Mapping[str, Result],
    as_at: date,
    judge: Judge,
) -> ReAudit:
    """One audit that did not meet good, with the audit that came after it if there is one."""
    facts = facts_of_past(owing, _before(owing, graded), as_at)
    judgement = judge.judge(facts)
    if judgement.reaudit is None or owing.grade is None:
        raise ValueError(f"{child_id}: the rules give no re-audit for a grade that does not meet good")
    after = next((audit for audit in graded if audit.audited_on > owing.audited_on), None)
    still_open = [action for action in owing.actions if not facts.is_done(action)]
    return ReAudit(
        child_id=child_id,
        team=team,
        first_grade=owing.grade,
        first_on=owing.audited_on,
        not_met_then=owing.standards_not_met,
        progress=progress(owing.standards_not_met, now),
        progress_words=in_words(owing.standards_not_met, now),
        actions_open=len(still_open),
        actions_overdue=sum(action.due < as_at for action in still_open),
        due=judgement.reaudit.due,
        due_because=judgement.reaudit.because,
        goes_to=GOES_TO[judgement.escalate_to],
        goes_because="; ".join(judgement.escalate_reasons),
        turn=owing.position,
        done_on=after.audited_on if after else None,
        second_grade=after.grade if after else None,
    )


def facts_of_past(audit: PastAudit, before: PastAudit | None, as_at: date) -> AuditFacts:
    """What is put to the judge of an audit on file: its confirmed grade, its chain and its actions."""
    if audit.grade is None:
        raise ValueError(f"{audit.id} has no grade")
    return AuditFacts(
        audited_on=audit.audited_on,
        as_at=as_at,
        grade=GradeFact(grade=audit.grade, confirmed_by=audit.confirmed_by or "recorded as confirmed"),
        previous=before.as_previous() if before and before.audited_on < audit.audited_on else None,
        actions=audit.actions,
    )


def from_this_run(
    child_id: str, team: str, not_met: tuple[str, ...], facts: AuditFacts, found: Judgement
) -> ReAudit | None:
    """The child's place on the list from a grade that this very run confirmed."""
    if not found.does_not_meet_good or found.reaudit is None or facts.grade is None:
        return None
    return ReAudit(
        child_id=child_id,
        team=team,
        first_grade=facts.grade.grade,
        first_on=facts.audited_on,
        not_met_then=not_met,
        progress=progress(not_met, dict.fromkeys(not_met, Result.NOT_MET)),
        progress_words="audited on this date",
        actions_open=len(facts.actions),
        actions_overdue=0,
        due=found.reaudit.due,
        due_because=found.reaudit.because,
        goes_to=GOES_TO[found.escalate_to],
        goes_because="; ".join(found.escalate_reasons),
        turn=(facts.previous.position + 1) if facts.previous else 1,
    )
