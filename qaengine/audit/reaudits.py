"""The re-audit list: every confirmed grade that does not meet good, until a second audit has been made.

Improvement plan 25.2: the programme "will incorporate re-audits of cases graded Does Not Meet Good". Only a confirmed
grade puts a child on the list, and only a second confirmed audit, or the case's closing, takes a child off it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qaengine.audit.frame import day, team_of
from qaengine.audit.history import PastAudit, history
from qaengine.audit.pack import Left, ReAudit
from qaengine.audit.progress import in_words, progress
from qaengine.judge.chain import Escalation
from qaengine.judge.facts import AuditFacts, Grade, GradeFact
from qaengine.judge.judgement import Judgement
from qaengine.judge.judging import Judge
from qaengine.judge.timing import on_paper
from qaengine.model.calendar import add_months
from qaengine.model.casefile import CaseFile
from qaengine.model.result import Result

NAMED = 3  # standards newly not met that a report names; more are counted
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


@dataclass(frozen=True, slots=True)
class ReAudits:
    """What a place on the list is found with: the as-at date, the judge, and what the standards are called."""

    as_at: date
    judge: Judge
    names: Mapping[str, str]

    def place_of(self, file: CaseFile, now: Mapping[str, Result]) -> Place:
        """The child's place on the list, with the results as recorded now beside those of the audit."""
        past = [audit for audit in history(file) if audit.audited_on <= self.as_at]
        graded = [audit for audit in past if audit.confirmed]
        team = team_of(file)
        short = [audit for audit in graded if audit.does_not_meet_good]
        if not short:
            return Place(left=_unconfirmed(file.child_id, team, past))
        entries = [self._entry(file.child_id, team, audit, graded, now) for audit in short]
        since = add_months(self.as_at, -3)
        done = tuple(entry for entry in entries if entry.done_on and entry.done_on > since)
        latest, closed = entries[-1], day(file.child, "closed_on")
        if latest.done_on and latest.second_grade:
            return Place(left=again(latest, latest.done_on, latest.second_grade), done=done)
        if closed is not None:
            return Place(left=Left(file.child_id, team, "case closed before the re-audit", closed), done=done)
        return Place(owing=latest, done=done)

    def _entry(
        self, child_id: str, team: str, first: PastAudit, graded: list[PastAudit], now: Mapping[str, Result]
    ) -> ReAudit:
        """One audit that did not meet good, with the confirmed audit that came after it if there is one."""
        facts = facts_of_past(first, self.as_at)
        judgement = self.judge.judge(facts)
        if judgement.reaudit is None or first.grade is None:
            raise ValueError(f"{child_id}: the rules give no re-audit for a grade that does not meet good")
        after = next((audit for audit in graded if audit.audited_on > first.audited_on), None)
        still_open = [action for action in first.actions if not facts.is_done(action)]
        return ReAudit(
            child_id=child_id,
            team=team,
            first_grade=first.grade,
            first_on=first.audited_on,
            not_met_then=first.standards_not_met,
            progress=progress(first.standards_not_met, now),
            progress_words=in_words(first.standards_not_met, now, self.names),
            progress_brief=in_words(first.standards_not_met, now, self.names, NAMED),
            actions_open=len(still_open),
            actions_overdue=sum(action.due < self.as_at for action in still_open),
            due=judgement.reaudit.due,
            due_because=judgement.reaudit.because,
            goes_to=GOES_TO[judgement.escalate_to],
            goes_because="; ".join(judgement.escalate_reasons),
            turn=first.position,
            done_on=after.audited_on if after else None,
            second_grade=after.grade if after else None,
        )


def again(entry: ReAudit, on: date, grade: Grade) -> Left:
    """A child who left the list because a second audit meets good."""
    return Left(entry.child_id, entry.team, f"audited again: {grade.words}, which meets good", on)


def _unconfirmed(child_id: str, team: str, past: list[PastAudit]) -> Left | None:
    """A grade that would put the child on the list once a person confirms it."""
    waiting = [audit for audit in past if audit.grade and not audit.grade.meets_good and not audit.confirmed]
    if not waiting:
        return None
    reason = f"not on the list yet: the grade of {on_paper(waiting[-1].audited_on)} is not confirmed"
    return Left(child_id, team, reason, waiting[-1].audited_on)


def facts_of_past(audit: PastAudit, as_at: date) -> AuditFacts:
    """What is put to the judge of an audit on file: its confirmed grade, its chain and its actions."""
    if audit.grade is None:
        raise ValueError(f"{audit.id} has no grade")
    return AuditFacts(
        audited_on=audit.audited_on,
        as_at=as_at,
        grade=GradeFact(grade=audit.grade, confirmed_by=audit.confirmed_by or "recorded as confirmed"),
        previous=audit.before.as_previous() if audit.before else None,
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
