"""What is put to the judge for one child, and what follows from a grade that a person gave."""

from datetime import date

import pytest

from qaengine.answers.form import ChildAnswers, GradeGiven, Said
from qaengine.audit.facts import CONCERN, WHOLE, audit_facts, judged, to_read
from qaengine.audit.history import PastAudit, history
from qaengine.judge.chain import GradeProblem
from qaengine.judge.facts import Answer, AuditFacts, Grade, Impact, Read, StandardFact
from qaengine.judge.judgement import Judgement
from qaengine.model.result import By, Finding, Result
from tests.audit_cases import AS_AT, audit, case, finding, standards
from tests.judge_cases import judge_of

PLAN, MEETING, SDQ = "smart-plan", "strategy-meeting-compliance", "sdq-annual-update"
FLAG = "safety-actions-complete"  # a check of the plan that raises a red flag
QUESTION = "right-actions"


def facts(*found: Finding, past: tuple[PastAudit, ...] = (), answers: ChildAnswers | None = None) -> AuditFacts:
    return audit_facts(standards(), found, past, answers, AS_AT)


def fact(*found: Finding, past: tuple[PastAudit, ...] = (), answers: ChildAnswers | None = None) -> StandardFact:
    (one,) = facts(*found, past=past, answers=answers).standards
    return one


# --- From findings to facts -------------------------------------------------------------------------------------------


def test_what_is_not_met_and_not_done_is_open() -> None:
    one = fact(finding(PLAN, Result.NOT_MET))
    assert (one.open, one.late, one.severity, one.title) == (
        True, False, standards()[PLAN].severity, standards()[PLAN].title
    )  # fmt: skip


def test_what_was_done_late_is_not_open_and_asks_for_no_action() -> None:
    found = facts(finding(PLAN, Result.NOT_MET, late=True))
    assert (found.standards[0].open, found.standards[0].late) == (False, True)
    assert found.actions == ()


@pytest.mark.parametrize("result", [result for result in Result if result is not Result.NOT_MET])
def test_nothing_else_is_open_or_late(result: Result) -> None:
    one = fact(finding(PLAN, result, late=True))
    assert (one.open, one.late, one.red_flag, one.repeated) == (False, False, False, False)


def test_as_read_findings_are_not_counted_beside_those_as_recorded() -> None:
    both = (finding(PLAN, Result.MET), finding(PLAN, Result.REFER_TO_AUDITOR, by=By.READER))
    assert fact(*both).result is Result.MET


@pytest.mark.parametrize(
    ("check", "result", "late", "flag"),
    [
        (FLAG, Result.NOT_MET, False, True),
        (FLAG, Result.NOT_MET, True, False),
        (FLAG, Result.CANNOT_DECIDE, False, False),
        ("says-what", Result.NOT_MET, False, False),
    ],
)
def test_a_red_flag_is_raised_by_a_check_that_may_raise_one_and_is_still_open(
    check: str, result: Result, late: bool, flag: bool
) -> None:
    assert fact(finding(PLAN, Result.NOT_MET), finding(PLAN, result, check, late=late)).red_flag is flag


def test_a_red_flag_of_one_standard_is_not_another_s() -> None:
    found = facts(finding(PLAN, Result.NOT_MET), finding(SDQ, Result.NOT_MET), finding(PLAN, Result.NOT_MET, FLAG))
    assert [one.red_flag for one in found.standards] == [True, False]


def test_not_met_at_an_earlier_audit_and_not_met_now_is_repeated() -> None:
    before = history(case(audit("A", date(2019, 3, 4), standards_not_met="smart-plan")))
    assert fact(finding(PLAN, Result.NOT_MET), past=before).repeated
    assert not fact(finding(SDQ, Result.NOT_MET), past=before).repeated
    assert not fact(finding(PLAN, Result.MET), past=before).repeated


def test_an_audit_of_this_very_day_is_not_one_before() -> None:
    today = history(case(audit("A", AS_AT)))
    found = facts(finding(PLAN, Result.NOT_MET), past=today)
    assert (found.previous, found.standards[0].repeated) == (None, False)


def test_the_audit_before_is_the_latest_confirmed_where_it_does_not_meet_good() -> None:
    first, second = audit("A", date(2019, 3, 4)), audit("B", date(2019, 6, 3), re_audit_of="A")
    waiting = audit("C", date(2019, 8, 5), re_audit_of="B", confirmed_on=None)
    previous = facts(finding(PLAN, Result.MET), past=history(case(first, second, waiting))).previous
    assert previous is not None
    assert (previous.audited_on, previous.position) == (date(2019, 6, 3), 2)
    good = audit("D", date(2019, 9, 2), "good")
    assert facts(finding(PLAN, Result.MET), past=history(case(first, second, good))).previous is None


def test_each_open_standard_asks_for_its_remedy_by_its_day() -> None:
    found = facts(finding(PLAN, Result.NOT_MET), finding(SDQ, Result.MET))
    assert [(one.title, one.original_due) for one in found.actions] == [
        (standards()[PLAN].remedy.action, date(2019, 10, 14))
    ]


# --- What a person answered -------------------------------------------------------------------------------------------


def test_impact_is_not_known_until_somebody_says_so() -> None:
    assert fact(finding(PLAN, Result.NOT_MET)).impact is Impact.NOT_KNOWN
    seen = ChildAnswers(impact={PLAN: Said("seen")})
    assert fact(finding(PLAN, Result.NOT_MET), answers=seen).impact is Impact.SEEN
    only_a_note = ChildAnswers(impact={PLAN: Said("", "to be asked")})
    assert fact(finding(PLAN, Result.NOT_MET), answers=only_a_note).impact is Impact.NOT_KNOWN


@pytest.mark.parametrize(
    ("answered", "read"),
    [
        ({}, Read.TO_READ),
        ({QUESTION: "met"}, Read.TO_READ),
        ({QUESTION: "met", "flag-joined": "met"}, Read.READ_MET),
        ({QUESTION: "met", "flag-joined": "not applicable"}, Read.READ_MET),
        ({QUESTION: "met", "flag-joined": "not met"}, Read.READ_NOT_MET),
        ({"flag-joined": "not met"}, Read.READ_NOT_MET),
    ],
)
def test_it_is_to_read_until_every_question_has_an_answer(answered: dict[str, str], read: Read) -> None:
    to_read = [finding(PLAN, Result.REFER_TO_AUDITOR, check, by=By.READER) for check in (QUESTION, "flag-joined")]
    answers = ChildAnswers(questions={(PLAN, check): Said(said) for check, said in answered.items()})
    assert fact(finding(PLAN, Result.MET), *to_read, answers=answers).read is read


def test_where_nothing_is_asked_there_is_nothing_to_read() -> None:
    assert fact(finding(PLAN, Result.MET)).read is Read.NOTHING_TO_READ


def test_a_critical_standard_that_the_record_does_not_decide_is_read_as_a_whole() -> None:
    undecided = finding(MEETING, Result.CANNOT_DECIDE)
    assert to_read(standards()[MEETING], undecided.result, [undecided]) == [WHOLE]
    assert fact(undecided).read is Read.TO_READ
    for said, read in (("met", Read.READ_MET), ("not met", Read.READ_NOT_MET)):
        assert fact(undecided, answers=ChildAnswers(questions={(MEETING, WHOLE): Said(said)})).read is read


def test_but_not_where_a_check_asks_for_a_person_or_the_standard_is_not_critical() -> None:
    question = finding(MEETING, Result.REFER_TO_AUDITOR, "right-decision", by=By.READER)
    assert to_read(standards()[MEETING], Result.CANNOT_DECIDE, [question]) == ["right-decision"]
    assert to_read(standards()[PLAN], Result.CANNOT_DECIDE, []) == []
    assert to_read(standards()[MEETING], Result.MET, []) == []


def test_until_it_has_been_read_there_is_no_grade_and_then_there_is() -> None:
    undecided = finding(MEETING, Result.CANNOT_DECIDE)
    for questions, may in (({}, False), ({(MEETING, WHOLE): Said("met")}, True)):
        found = facts(undecided, answers=ChildAnswers(questions=questions))
        assert judged(judge_of(), found)[1].may_be_graded is may


def test_answers_go_to_the_judge_and_so_does_a_concern() -> None:
    answers = ChildAnswers(
        questions={(PLAN, QUESTION): Said("not met"), (PLAN, "flag-joined"): Said("", "a note only")}, concern=True
    )
    found = facts(finding(PLAN, Result.MET), answers=answers).answers
    assert [(one.question, one.answer, one.concern) for one in found] == [
        (f"{PLAN}/{QUESTION}", Answer.NOT_MET, False),
        (CONCERN, Answer.NOT_MET, True),
    ]
    assert facts(finding(PLAN, Result.MET), answers=ChildAnswers(concern=False)).answers == ()


# --- A grade, and what it lacks ---------------------------------------------------------------------------------------


def graded(grade: str, *, flagged: bool = False, **more: str) -> tuple[AuditFacts, Judgement]:
    """A plan that is not met and an SDQ that is not: the record allows no better than requires improvement."""
    raised = (finding(PLAN, Result.NOT_MET, FLAG),) if flagged else ()
    answers = ChildAnswers(
        questions={(PLAN, QUESTION): Said("met")}, grade=GradeGiven(grade, **{"confirmed_by": "AUD-1", **more})
    )
    to_read = finding(PLAN, Result.REFER_TO_AUDITOR, QUESTION, by=By.READER)
    found = facts(finding(PLAN, Result.NOT_MET), finding(SDQ, Result.NOT_MET), *raised, to_read, answers=answers)
    return judged(judge_of(), found)


def problems(judgement: Judgement) -> list[GradeProblem]:
    return [problem.problem for problem in judgement.grade_problems]


@pytest.mark.parametrize("grade", ["requires_improvement", "inadequate"])
def test_a_grade_up_to_the_ceiling_is_confirmed_and_puts_the_child_on_the_list(grade: str) -> None:
    found, judgement = graded(grade)
    assert judgement.ceiling is Grade.REQUIRES_IMPROVEMENT
    assert (problems(judgement), found.grade and found.grade.confirmed) == ([], True)
    assert judgement.does_not_meet_good
    assert judgement.reaudit_due is not None


@pytest.mark.parametrize("grade", ["good", "outstanding"])
def test_a_grade_above_the_ceiling_without_a_reason_is_reported_and_not_confirmed(grade: str) -> None:
    found, judgement = graded(grade)
    assert problems(judgement) == [GradeProblem.NEEDS_REASON]
    assert found.grade is not None
    assert not found.grade.confirmed
    assert not judgement.does_not_meet_good


def test_with_a_reason_it_stands() -> None:
    found, judgement = graded("good", reason_above_ceiling="Both were put right on the day of the audit")
    assert (problems(judgement), found.grade and found.grade.confirmed) == ([], True)


@pytest.mark.parametrize(
    ("more", "lacking"),
    [
        ({}, [GradeProblem.NEEDS_REASON, GradeProblem.NEEDS_MODERATOR]),
        ({"moderator": "MOD-1"}, [GradeProblem.NEEDS_REASON]),
        ({"reason_above_ceiling": "why"}, [GradeProblem.NEEDS_MODERATOR]),
        ({"reason_above_ceiling": "why", "moderator": "AUD-1"}, [GradeProblem.NEEDS_MODERATOR]),
        ({"reason_above_ceiling": "why", "moderator": "MOD-1"}, []),
    ],
)
def test_above_a_red_flag_it_needs_a_moderator_who_is_not_the_one_who_confirms(
    more: dict[str, str], lacking: list[GradeProblem]
) -> None:
    found, judgement = graded("requires_improvement", flagged=True, **more)
    assert judgement.ceiling is Grade.INADEQUATE
    assert sorted(problems(judgement)) == sorted(lacking)
    assert found.grade is not None
    assert found.grade.confirmed is not bool(lacking)
    assert judgement.does_not_meet_good is not bool(lacking)


def test_inadequate_needs_nothing_more_than_a_red_flag() -> None:
    found, judgement = graded("inadequate", flagged=True)
    assert (problems(judgement), found.grade and found.grade.confirmed) == ([], True)


def test_a_grade_that_nobody_confirmed_is_shown_and_nothing_follows() -> None:
    found, judgement = graded("inadequate", confirmed_by="")
    assert found.grade is not None
    assert not found.grade.confirmed
    assert (judgement.does_not_meet_good, judgement.reaudit) == (False, None)
