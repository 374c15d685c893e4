"""What follows from an audit, by the rules as they are delivered: one test to a rule, at its limits."""

from datetime import date, timedelta
from typing import Any

import pytest

from qaengine.judge.chain import (
    Activation,
    After,
    Audience,
    EngineError,
    Escalation,
    Fact,
    GradeProblem,
    Moment,
    NoGrade,
    Purpose,
    ReauditDue,
)
from qaengine.judge.facts import (
    Answer,
    AnswerFact,
    AuditFacts,
    Grade,
    Impact,
    PreviousAudit,
    Read,
    StandardFact,
)
from qaengine.judge.judgement import Judgement, in_order
from qaengine.judge.judging import EngineName
from qaengine.judge.timing import reaudit_due
from qaengine.model.calendar import add_period
from qaengine.model.period import Period, Unit
from qaengine.model.result import Result
from qaengine.model.standard import Severity
from tests.judge_cases import AS_AT, AUDITED, action, audit, default_rules, grade, judge_of, not_met, standard

RI, INADEQUATE, GOOD, OUTSTANDING = (
    Grade.REQUIRES_IMPROVEMENT,
    Grade.INADEQUATE,
    Grade.GOOD,
    Grade.OUTSTANDING,
)


@pytest.fixture(params=["fixpoint", "durable"])
def engine(request: pytest.FixtureRequest) -> EngineName:
    """Every rule is shown on both engines."""
    if request.param == "durable":
        pytest.importorskip("durable")
    name: EngineName = request.param
    return name


def fired(judgement: Judgement) -> list[str]:
    return [rule.rule for rule in judgement.fired]


# --- Ceilings -----------------------------------------------------------------------------------------------------


def major(reference: str, **more: Any) -> StandardFact:
    return not_met(reference, severity=Severity.MAJOR, **{"open": True, **more})


@pytest.mark.parametrize(
    ("standards", "ceiling"),
    [
        pytest.param([standard()], None, id="all met: no ceiling, and no proposal either"),
        pytest.param([not_met(open=True, red_flag=True)], INADEQUATE, id="critical, open, live risk"),
        pytest.param([not_met(late=True, red_flag=True)], None, id="a red-flag check, put right: no live risk"),
        pytest.param([not_met(open=True)], RI, id="critical, open, no live risk"),
        pytest.param([not_met(late=True)], None, id="critical, put right, once, no impact found"),
        pytest.param([not_met(late=True, impact=Impact.NOT_KNOWN)], None, id="critical, impact not known"),
        pytest.param([not_met(late=True, repeated=True)], RI, id="critical, put right, repeated"),
        pytest.param([not_met(late=True, impact=Impact.SEEN)], RI, id="critical, put right, with impact"),
        pytest.param([standard(result=Result.CANNOT_DECIDE)], None, id="critical undecided, read as met"),
        pytest.param(
            [standard(result=Result.CANNOT_DECIDE, read=Read.READ_NOT_MET)],
            RI,
            id="critical undecided, read as not met",
        ),
        pytest.param([major("sdq")], None, id="one major"),
        pytest.param([major("sdq"), major("pep")], RI, id="two majors, different causes"),
        pytest.param([major("sdq"), major("pep"), major("iro")], RI, id="three majors, different causes"),
        pytest.param([major("sdq", cause="x"), major("pep", cause="x")], None, id="two majors, one cause"),
        pytest.param([major("sdq"), major("pep", open=False, late=True)], None, id="two majors, one put right"),
        pytest.param([major("sdq", impact=Impact.SEEN, repeated=True)], None, id="one major, repeated, with impact"),
        pytest.param(
            [not_met(f"m{n}", severity=Severity.MINOR, open=True) for n in range(5)], None, id="any number of minors"
        ),
        pytest.param([standard(read=Read.TO_READ), standard("pep", read=Read.TO_READ)], None, id="reader flags"),
        pytest.param(
            [major("sdq"), major("pep"), not_met(open=True, red_flag=True)], INADEQUATE, id="the lowest ceiling holds"
        ),
    ],
)
def test_ceiling(standards: list[StandardFact], ceiling: Grade | None, engine: EngineName) -> None:
    judgement = judge_of(engine).judge(audit(*standards))
    assert judgement.ceiling is ceiling
    assert bool(judgement.ceiling_reasons) is (ceiling is not None)


def test_a_red_flag_is_for_today_and_chains_to_the_ceiling(engine: EngineName) -> None:
    judgement = judge_of(engine).judge(audit(not_met(open=True, red_flag=True, title="Child seen in time")))
    (flag,) = judgement.red_flags
    assert (flag.about, flag.on) == ("visits", AS_AT)
    assert flag.reason == "Child seen in time: the child may be unsafe now, so a person looks at this today"
    chain = [rule for rule in fired(judgement) if rule in ("live-risk-on-the-record", "red-flag", "ceiling-red-flag")]
    assert chain == ["live-risk-on-the-record", "red-flag", "ceiling-red-flag"]
    assert judgement.ceiling_reasons == (
        "Child seen in time: a red flag is raised, so the record allows no better than inadequate",
    )


def test_a_red_flag_check_raises_its_flag_on_a_standard_of_any_severity(engine: EngineName) -> None:
    judgement = judge_of(engine).judge(audit(major("sdq", red_flag=True)))
    assert [flag.about for flag in judgement.red_flags] == ["sdq"]
    assert judgement.ceiling is INADEQUATE


def test_a_readers_concern_is_a_red_flag(engine: EngineName) -> None:
    concern = AnswerFact(question="safe-now", answer=Answer.NOT_MET, concern=True)
    judgement = judge_of(engine).judge(audit(standard(), answers=(concern,)))
    assert [flag.about for flag in judgement.red_flags] == ["safe-now"]
    assert judgement.ceiling is INADEQUATE
    answered = concern.model_copy(update={"concern": False})
    assert judge_of(engine).judge(audit(standard(), answers=(answered,))).red_flags == ()


# --- May it be graded -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("result", [Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR])
@pytest.mark.parametrize(
    ("read", "may"),
    [
        (Read.TO_READ, False),
        (Read.NOTHING_TO_READ, False),
        (Read.READ_MET, True),
        (Read.READ_NOT_MET, True),
    ],
)
def test_an_undecided_critical_standard_is_read_before_a_grade(
    result: Result, read: Read, may: bool, engine: EngineName
) -> None:
    undecided = standard("visits", result, read=read)
    judgement = judge_of(engine).judge(audit(undecided, standard("read")))
    assert judgement.may_be_graded is may
    assert [held.until for held in judgement.why_not] == ([] if may else [NoGrade.UNTIL_READ])


def test_an_undecided_major_standard_does_not_hold_the_grade(engine: EngineName) -> None:
    undecided = standard("sdq", Result.CANNOT_DECIDE, severity=Severity.MAJOR, read=Read.TO_READ)
    assert judge_of(engine).judge(audit(undecided, standard("read"))).may_be_graded


def answered(judgement: Judgement) -> list[NoGrade]:
    return [held.until for held in judgement.why_not]


def test_nothing_yet_due_is_nothing_to_judge(engine: EngineName) -> None:
    def of(*results: Result) -> Judgement:
        return judge_of(engine).judge(
            audit(
                *(standard(f"s{n}", result, read=Read.NOTHING_TO_READ) for n, result in enumerate(results)),
                answers=(AnswerFact(question="q", answer=Answer.MET),),
            )
        )

    assert answered(of()) == [NoGrade.UNTIL_DUE]
    assert answered(of(Result.NOT_YET_DUE, Result.NOT_APPLICABLE)) == [NoGrade.UNTIL_DUE]
    assert answered(of(Result.NOT_YET_DUE, Result.MET)) == []


def test_there_is_no_grade_without_an_answer(engine: EngineName) -> None:
    unread = standard(read=Read.TO_READ)
    assert answered(judge_of(engine).judge(audit(unread))) == [NoGrade.UNTIL_ANSWERED]
    answer = AnswerFact(question="q", answer=Answer.NOT_APPLICABLE)
    assert answered(judge_of(engine).judge(audit(unread, answers=(answer,)))) == []
    assert answered(judge_of(engine).judge(audit(unread, standard("read", read=Read.READ_NOT_MET)))) == []


# --- Is the grade sound ---------------------------------------------------------------------------------------------

FLAGGED = not_met(open=True, red_flag=True)
CAPPED = not_met(late=True, repeated=True)
NEEDS_REASON, NEEDS_MODERATOR, TOO_EARLY = (
    GradeProblem.NEEDS_REASON,
    GradeProblem.NEEDS_MODERATOR,
    GradeProblem.TOO_EARLY,
)
WITH_REASON = {"reason_above_ceiling": "seen at home since"}


@pytest.mark.parametrize(
    ("shown", "given", "more", "problems"),
    [
        (standard(), OUTSTANDING, {}, []),
        (CAPPED, INADEQUATE, {}, []),
        (CAPPED, RI, {}, []),
        (CAPPED, GOOD, {}, [NEEDS_REASON]),
        (CAPPED, OUTSTANDING, {}, [NEEDS_REASON]),
        (CAPPED, GOOD, {"reason_above_ceiling": "  "}, [NEEDS_REASON]),
        (CAPPED, GOOD, WITH_REASON, []),
        (FLAGGED, INADEQUATE, {}, []),
        (FLAGGED, RI, {}, [NEEDS_REASON, NEEDS_MODERATOR]),
        (FLAGGED, GOOD, {}, [NEEDS_REASON, NEEDS_MODERATOR]),
        (FLAGGED, RI, WITH_REASON, [NEEDS_MODERATOR]),
        (FLAGGED, RI, {**WITH_REASON, "moderator": "auditor 1"}, [NEEDS_MODERATOR]),
        (FLAGGED, RI, {**WITH_REASON, "moderator": "moderator 1"}, []),
        (FLAGGED, RI, {"moderator": "moderator 1"}, [NEEDS_REASON]),
        (standard(read=Read.TO_READ), RI, {}, [TOO_EARLY]),
    ],
)
def test_a_grade_above_the_ceiling_needs_a_reason_and_above_a_red_flag_a_moderator(
    shown: StandardFact, given: Grade, more: dict[str, str], problems: list[GradeProblem], engine: EngineName
) -> None:
    judgement = judge_of(engine).judge(audit(shown, grade=grade(given, **more)))
    assert sorted(found.problem for found in judgement.grade_problems) == sorted(problems)


# --- Re-audit -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "meets"), [(OUTSTANDING, True), (GOOD, True), (RI, False), (INADEQUATE, False)])
def test_only_a_confirmed_grade_that_does_not_meet_good_leads_to_a_reaudit(
    given: Grade, meets: bool, engine: EngineName
) -> None:
    actions = (action("a", date(2019, 9, 20)),)
    confirmed = judge_of(engine).judge(audit(standard(), grade=grade(given), actions=actions))
    assert confirmed.does_not_meet_good is not meets
    assert (confirmed.reaudit_due is None) is meets
    proposed = judge_of(engine).judge(audit(standard(), grade=grade(given, confirmed_by=" "), actions=actions))
    assert (proposed.does_not_meet_good, proposed.reaudit_due) == (False, None)
    assert proposed.escalate_to is Escalation.NOBODY


@pytest.mark.parametrize(
    ("given", "last_action", "due"),
    [
        (INADEQUATE, date(2019, 10, 13), date(2019, 11, 24)),  # + 6 weeks, a day before the backstop
        (INADEQUATE, date(2019, 10, 14), date(2019, 11, 25)),  # both on the same day
        (INADEQUATE, date(2019, 10, 15), date(2019, 11, 25)),  # the backstop: 12 weeks from the audit
        (INADEQUATE, date(2020, 6, 1), date(2019, 11, 25)),
        (RI, AUDITED, date(2019, 11, 25)),  # + 12 weeks
        (RI, date(2019, 12, 8), date(2020, 3, 1)),
        (RI, date(2019, 12, 9), date(2020, 3, 2)),  # both: 12 weeks, and 6 months from the audit
        (RI, date(2019, 12, 10), date(2020, 3, 2)),
    ],
)
def test_when_a_reaudit_is_due(given: Grade, last_action: date, due: date, engine: EngineName) -> None:
    actions = (action("first", AUDITED), action("last", last_action))
    assert judge_of(engine).judge(audit(standard(), grade=grade(given), actions=actions)).reaudit_due == due


def test_the_arithmetic_of_a_reaudit_is_said() -> None:
    actions = (action("a", date(2019, 10, 14)),)
    judgement = judge_of().judge(audit(standard(), grade=grade(RI), actions=actions))
    assert judgement.reaudit is not None
    assert judgement.reaudit.because == (
        "12 weeks after the day on which the last action was first due (14 October 2019) is 6 January 2020; "
        "at the latest, 6 months after the audit (2 September 2019) is 2 March 2020. So 6 January 2020."
    )


def test_slipped_action_dates_do_not_move_the_reaudit(engine: EngineName) -> None:
    first = date(2019, 10, 1)
    still = judge_of(engine).judge(audit(standard(), grade=grade(INADEQUATE), actions=(action("a", first),)))
    slipped = action("a", first, first + timedelta(days=90))
    moved = judge_of(engine).judge(audit(standard(), grade=grade(INADEQUATE), actions=(slipped,)))
    assert moved.reaudit_due == still.reaudit_due == date(2019, 11, 12)
    assert [alert.to for alert in moved.alerts] == [Audience.QA_TEAM]
    assert still.alerts == ()


@pytest.mark.parametrize("given", [RI, INADEQUATE])
def test_with_no_actions_the_reaudit_is_20_working_days_after_the_audit_with_an_alert(
    given: Grade, engine: EngineName
) -> None:
    judgement = judge_of(engine).judge(
        audit(standard(), grade=grade(given), audited_on=date(2019, 12, 16), as_at=date(2019, 12, 17))
    )
    assert judgement.reaudit_due == date(2020, 1, 16)  # past Christmas Day, Boxing Day and New Year's Day
    assert [alert.to for alert in judgement.alerts] == [Audience.QA_TEAM]


# --- Escalation -----------------------------------------------------------------------------------------------------


def previous(given: Grade, position: int = 1, confirmed: bool = True) -> PreviousAudit:
    return PreviousAudit(audited_on=date(2019, 3, 4), grade=given, confirmed=confirmed, position=position)


NOBODY, HEAD, CSLT = Escalation.NOBODY, Escalation.HEAD_OF_SERVICE, Escalation.CSLT


@pytest.mark.parametrize(
    ("given", "before", "to", "purpose"),
    [
        (GOOD, None, NOBODY, None),
        (RI, None, NOBODY, None),
        (INADEQUATE, None, HEAD, Purpose.DECISION),
        (RI, previous(GOOD), NOBODY, None),
        (RI, previous(RI), HEAD, Purpose.DECISION),
        (RI, previous(INADEQUATE), HEAD, Purpose.INFORMATION),
        (INADEQUATE, previous(RI), HEAD, Purpose.DECISION),
        (GOOD, previous(INADEQUATE), NOBODY, None),
        (RI, previous(RI, confirmed=False), NOBODY, None),
        (RI, previous(RI, position=2), CSLT, Purpose.DECISION),
        (RI, previous(INADEQUATE, position=2), CSLT, Purpose.DECISION),
        (INADEQUATE, previous(INADEQUATE, position=3), CSLT, Purpose.DECISION),
        (GOOD, previous(INADEQUATE, position=2), NOBODY, None),
    ],
)
def test_to_whom_an_audit_is_taken(
    given: Grade, before: PreviousAudit | None, to: Escalation, purpose: Purpose | None, engine: EngineName
) -> None:
    actions = (action("a", date(2019, 10, 1)),)
    judgement = judge_of(engine).judge(audit(standard(), grade=grade(given), previous=before, actions=actions))
    assert (judgement.escalate_to, judgement.escalate_for) == (to, purpose)
    assert judgement.escalate_on == (AS_AT if to is not NOBODY else None)
    assert bool(judgement.escalate_reasons) is (to is not NOBODY)


def test_a_grade_never_confirmed_does_not_escalate_and_is_told(engine: EngineName) -> None:
    judgement = judge_of(engine).judge(audit(standard(), previous=previous(RI, confirmed=False)))
    assert [alert.to for alert in judgement.alerts] == [Audience.QA_TEAM]


# --- Alerts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "done", "told"),
    [
        (AS_AT, None, False),  # the day belongs to the doer
        (AS_AT - timedelta(days=1), None, True),
        (AS_AT - timedelta(days=1), AS_AT, False),
        (AS_AT - timedelta(days=1), AS_AT + timedelta(days=1), True),  # not done yet, as at this date
    ],
)
def test_overdue_actions_are_told(due: date, done: date | None, told: bool, engine: EngineName) -> None:
    judgement = judge_of(engine).judge(audit(standard(), actions=(action("a", due, done=done),)))
    assert [alert.to for alert in judgement.alerts] == ([Audience.TEAM_MANAGER] if told else [])


def test_an_impact_that_nobody_knows_is_asked_about(engine: EngineName) -> None:
    judgement = judge_of(engine).judge(audit(not_met(late=True, impact=Impact.NOT_KNOWN, title="Child seen in time")))
    assert [alert.says for alert in judgement.alerts] == [
        "Child seen in time: a critical standard was not evidenced on the record; ask whether the child was affected"
    ]


# --- What is said ---------------------------------------------------------------------------------------------------


def test_every_rule_that_fired_is_said_with_the_facts_that_made_it_fire(engine: EngineName) -> None:
    judgement = judge_of(engine).judge(audit(major("sdq"), major("pep", title="PEP {every} term")))
    (rule,) = judgement.fired
    assert rule.rule == "ceiling-majors-of-different-causes"
    assert rule.says == "2 different causes leave major standards open (2 or more lower the ceiling)"
    assert rule.facts == ("different_causes_of_open_majors: 2",)


def test_a_rule_that_fired_on_nothing_is_a_bug_and_never_a_judgement() -> None:
    rules = default_rules().rules
    unsupported = Activation(0, (Fact("standard", "visits", ()),))
    with pytest.raises(EngineError, match="nothing supports"):
        in_order([], [unsupported], rules)


def test_a_reaudit_counted_from_the_last_action_is_not_due_where_there_is_none() -> None:
    from_last = After(Moment.LAST_ORIGINAL_ACTION, Period(6, Unit.WEEKS))
    from_audit = After(Moment.AUDITED_ON, Period(12, Unit.WEEKS))
    assert reaudit_due(ReauditDue(from_last, from_audit), audit(), add_period) is None
    alone = reaudit_due(ReauditDue(from_audit), audit(), add_period)
    assert alone is not None
    assert alone.because == "12 weeks after the audit (2 September 2019) is 25 November 2019."


def test_a_title_with_braces_is_only_a_title(engine: EngineName) -> None:
    judgement = judge_of(engine).judge(audit(not_met(open=True, title="{grade.__class__} {about}")))
    assert judgement.ceiling_reasons[0].startswith("{grade.__class__} {about}: a critical standard")


def test_the_judgement_says_which_engine_judged() -> None:
    assert judge_of("fixpoint").judge(audit()).engine == "fixpoint"
    pytest.importorskip("durable")
    assert judge_of("auto").judge(audit()).engine == "durable-rules 2.0.28"


# --- Facts that cannot be true ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: standard(open=True), "open can be so only of what is not met"),
        (lambda: standard(late=True, repeated=True), "late, repeated can be so only of what is not met"),
        (lambda: not_met(open=True, late=True), "put right late is not still open"),
        (lambda: audit(standard(), standard()), "the same standard twice: visits"),
        (
            lambda: audit(actions=(action("a", AUDITED - timedelta(days=1)),)),
            "due before the audit that asked for it: a",
        ),
        (lambda: audit(previous=previous(RI).model_copy(update={"audited_on": AUDITED})), "is before this one"),
        (lambda: standard(severity="critical"), "instance of Severity"),
        (lambda: not_met(open=1), "valid boolean"),
        (lambda: audit(as_at="2019-09-30"), "valid date"),
        (lambda: audit(as_at=date(9999, 12, 31)), "less than or equal to 2100-12-31"),
        (lambda: AuditFacts.model_validate({"audited_on": AUDITED, "as_at": AS_AT, "graed": None}), "Extra inputs"),
    ],
)
def test_facts_that_cannot_be_true_cannot_be_built(make: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make()
