"""From a child's findings and a person's answers to the facts that are judged."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from qaengine.answers.form import MET_OR_NOT, ChildAnswers, value_of
from qaengine.audit.history import PastAudit
from qaengine.audit.progress import UNDECIDED
from qaengine.judge.facts import (
    ActionFact,
    Answer,
    AnswerFact,
    AuditFacts,
    Grade,
    GradeFact,
    Impact,
    Read,
    StandardFact,
)
from qaengine.judge.judgement import Judgement
from qaengine.judge.judging import Judge
from qaengine.model.calendar import deadline
from qaengine.model.result import By, Finding, Level, Result
from qaengine.model.standard import Severity, Standard

WHOLE = "(the standard)"  # asked instead of a check: no check has such an id
CONCERN = "concern"  # how a reader's concern is named where a red flag says what it is about


def judged(judge: Judge, facts: AuditFacts) -> tuple[AuditFacts, Judgement]:
    """What follows from the facts. A grade that lacks what it needs is reported and does not count as confirmed.

    Above the ceiling a grade needs a written reason, and above a red flag a moderator too (judgement, `grade_problem`).
    """
    found = judge.judge(facts)
    given = facts.grade
    if given is None or not found.grade_problems or not given.confirmed:
        return facts, found
    open_again = {"confirmed_by": "", "moderator": given.moderator if given.moderated else ""}
    facts = facts.model_copy(update={"grade": given.model_copy(update=open_again)})
    return facts, judge.judge(facts)


def audit_facts(
    standards: Mapping[str, Standard],
    findings: Iterable[Finding],
    past: Iterable[PastAudit],
    answers: ChildAnswers | None,
    as_at: date,
    asked: Collection[tuple[str, str]] | None = None,
) -> AuditFacts:
    """What is put to the judge for one child audited on the as-at date. With `asked`, nothing else is to be read."""
    found = list(findings)
    earlier = [audit for audit in past if audit.audited_on < as_at]
    before = {standard for audit in earlier for standard in audit.standards_not_met}
    overall = [f for f in found if f.level is Level.STANDARD and f.by is By.RECORD]
    facts = tuple(_standard_fact(standards[f.standard], f, found, before, answers, asked) for f in overall)
    latest = next((a for a in reversed(earlier) if a.confirmed), None)
    return AuditFacts(
        audited_on=as_at,
        as_at=as_at,
        standards=facts,
        answers=_answer_facts(standards, answers),
        grade=_grade(answers),
        previous=latest.as_previous() if latest and latest.does_not_meet_good else None,
        actions=tuple(_action(standards[f.standard], as_at) for f in facts if f.result is Result.NOT_MET and f.open),
    )


def _standard_fact(
    standard: Standard,
    overall: Finding,
    found: list[Finding],
    before: set[str],
    answers: ChildAnswers | None,
    asked: Collection[tuple[str, str]] | None,
) -> StandardFact:
    not_met = overall.result is Result.NOT_MET
    impact = answers.impact.get(standard.id) if answers else None
    seen = Impact(impact.answer) if impact and impact.answer else Impact.NOT_KNOWN
    return StandardFact(
        standard=standard.id,
        severity=standard.severity,
        result=overall.result,
        cause=standard.id,
        title=standard.title,
        open=not_met and not overall.late,
        late=not_met and overall.late,
        red_flag=not_met and bool(raising(standard, found)),
        repeated=not_met and standard.id in before,
        impact=seen,
        read=_read(standard, to_read(standard, overall.result, found, asked), answers),
    )


def raising(standard: Standard, found: Iterable[Finding]) -> list[Finding]:
    """The findings that raise a red flag: its checks that are not met and have not been put right late."""
    flags = {check.id for check in standard.checks if check.red_flag}
    return [
        f
        for f in found
        if f.level is Level.CHECK
        and f.standard == standard.id
        and f.check in flags
        and f.result is Result.NOT_MET
        and not f.late
    ]


def to_read(
    standard: Standard, result: Result, found: Iterable[Finding], asked: Collection[tuple[str, str]] | None = None
) -> list[str]:
    """The checks of a standard that a person has to read the file for; with `asked`, those alone.

    Where a critical standard is not decided and none of its checks asks for a person, the standard itself is asked
    (`WHOLE`): until it has been read there is no grade.
    """
    checks = [
        f.check or ""
        for f in found
        if f.level is Level.CHECK and f.standard == standard.id and f.result is Result.REFER_TO_AUDITOR
    ]
    undecided = standard.severity is Severity.CRITICAL and result in UNDECIDED
    checks = [check for check in checks if asked is None or (standard.id, check) in asked]
    return checks or ([WHOLE] if undecided else [])


def _read(standard: Standard, asked: list[str], answers: ChildAnswers | None) -> Read:
    """To read until everything that asks for a person has been answered; then what was answered."""
    if not asked:
        return Read.NOTHING_TO_READ
    given = [_given(answers, standard.id, check) for check in asked]
    if Answer.NOT_MET in given:
        return Read.READ_NOT_MET
    return Read.TO_READ if None in given else Read.READ_MET


def _given(answers: ChildAnswers | None, standard: str, check: str) -> Answer | None:
    """The answer to one question; None while it has not been answered."""
    said = answers.questions.get((standard, check)) if answers else None
    return Answer(value_of(said.answer)) if said and said.answer in MET_OR_NOT else None


def _answer_facts(standards: Mapping[str, Standard], answers: ChildAnswers | None) -> tuple[AnswerFact, ...]:
    if answers is None:
        return ()
    facts = [
        AnswerFact(question=f"{standard}/{check}", answer=given, title=_says(standards, standard, check))
        for standard, check in sorted(answers.questions)
        if (given := _given(answers, standard, check)) is not None
    ]
    if answers.concern:
        concern = AnswerFact(question=CONCERN, answer=Answer.NOT_MET, title="The reader's concern", concern=True)
        facts.append(concern)
    return tuple(facts)


def _says(standards: Mapping[str, Standard], standard: str, check: str) -> str:
    return next((one.says for one in standards[standard].checks if one.id == check), standards[standard].title)


def _grade(answers: ChildAnswers | None) -> GradeFact | None:
    if answers is None or answers.grade is None:
        return None
    given = answers.grade
    return GradeFact(
        grade=Grade(given.grade),
        confirmed_by=given.confirmed_by,
        reason_above_ceiling=given.reason_above_ceiling,
        moderator=given.moderator,
    )


def _action(standard: Standard, as_at: date) -> ActionFact:
    """The remedy of a standard that is not met, as an action of this audit."""
    due = deadline(as_at, standard.remedy.within)
    return ActionFact(action=f"remedy of {standard.id}", original_due=due, due=due, title=standard.remedy.action)
