"""`after_each`: each record is followed by one of several responses within a period.

The day of the trigger is day 0. What is late but done is told apart from what is still open; a reason written before
the deadline is said beside it, and it is not met all the same.
"""

from datetime import date
from typing import Any

import pytest

from qaengine.model.result import By, Evidence, Finding, Missing, Result, Why
from tests.spec.table import AS_AT, day, file_of, said, standard_of

REFERRED = standard_of(
    """
    - id: it
      says: A high score led within {act_within} to a referral, or a decision why not
      after_each: sdqs
      where: {score: {at_least: high}}
      within: act_within
      followed_by:
        - {a: support_referrals}
        - {a: decisions, where: {kind: sdq_no_action, rationale: recorded}}
      mitigated_by: {a: decisions, where: {kind: other, rationale: recorded}}
    """,
    high=17,
    act_within="5 working days",
)
STARTED = day("13 Sep")  # a Friday: the last day is Friday 20 September


def sdq(completed: date | None = STARTED, score: int | None = 20, **more: Any) -> dict[str, Any]:
    return {"completed": completed, "score": score, **more}


def referral(made: date | None) -> dict[str, Any]:
    return {"made": made}


def decision(decided: date | None, kind: str | None = "sdq_no_action", why: str | None = "seen") -> dict[str, Any]:
    return {"decided": decided, "kind": kind, "rationale": why}


def found(as_at: date = AS_AT, **records: Any) -> Finding:
    """The finding on the SDQ r1."""
    file = file_of(**{"sdqs": [sdq()], "support_referrals": [], "decisions": [], **records})
    return said(REFERRED, file, as_at).records()["r1"]


@pytest.mark.parametrize(
    ("made", "result", "measured", "late"),
    [
        ("13 Sep", Result.MET, 0, False),
        ("19 Sep", Result.MET, 4, False),
        ("20 Sep", Result.MET, 5, False),
        ("21 Sep", Result.NOT_MET, 6, True),  # the Saturday after the last Friday
        ("23 Sep", Result.NOT_MET, 6, True),
    ],
)
def test_the_response_at_the_limit(made: str, result: Result, measured: int, late: bool) -> None:
    finding = found(support_referrals=[referral(day(made))])
    assert (finding.result, finding.measured, finding.late) == (result, measured, late)
    assert (finding.limit, finding.unit, finding.due_on) == (5, "working days", day("20 Sep"))
    assert finding.since == (day("21 Sep") if result is Result.NOT_MET else None)
    assert finding.evidence == (Evidence("sdqs", "r1", STARTED), Evidence("support_referrals", "r1", day(made)))


@pytest.mark.parametrize(
    ("as_at", "result", "measured"),
    [
        ("19 Sep", Result.NOT_YET_DUE, 4),
        ("20 Sep", Result.NOT_YET_DUE, 5),  # due today, and the day is not over
        ("21 Sep", Result.NOT_MET, 6),
    ],
)
def test_what_is_still_open_at_the_limit(as_at: str, result: Result, measured: int) -> None:
    finding = found(day(as_at))
    assert (finding.result, finding.measured, finding.late) == (result, measured, False)
    assert finding.due_on == day("20 Sep")
    assert finding.since == (day("21 Sep") if result is Result.NOT_MET else None)
    assert finding.evidence == (Evidence("sdqs", "r1", STARTED),)


def test_a_bank_holiday_and_a_weekend_are_no_working_days() -> None:
    """From Thursday 22 August: the Monday is a bank holiday, so the fifth working day is Friday 30 August."""
    finding = found(sdqs=[sdq(day("22 Aug"))], support_referrals=[referral(day("30 Aug"))])
    assert (finding.result, finding.measured, finding.due_on) == (Result.MET, 5, day("30 Aug"))


def test_the_first_response_of_any_kind_counts_and_none_from_before_the_trigger() -> None:
    earlier, first, later = referral(day("12 Sep")), decision(day("16 Sep")), referral(day("17 Sep"))
    finding = found(support_referrals=[earlier, later], decisions=[first])
    assert finding.evidence[1] == Evidence("decisions", "r1", day("16 Sep"))
    assert found(support_referrals=[earlier]).result is Result.NOT_MET


@pytest.mark.parametrize("kind", ["other", "allocation"])
def test_a_record_that_does_not_satisfy_the_response_is_none(kind: str) -> None:
    assert found(decisions=[decision(day("16 Sep"), kind)]).result is Result.NOT_MET
    assert found(decisions=[decision(day("16 Sep"), why=None)]).result is Result.NOT_MET


@pytest.mark.parametrize(
    ("made", "decided", "late", "mitigation"),
    [
        (None, "20 Sep", False, "recorded"),  # on the last day, and still open
        ("25 Sep", "20 Sep", True, "recorded"),
        (None, "21 Sep", False, None),  # a reason written when it was late already is none
        (None, "12 Sep", False, None),  # nor one from before there was anything to wait for
        ("20 Sep", "20 Sep", False, None),  # in time: nothing to excuse
    ],
)
def test_a_reason_written_before_the_deadline_is_said_beside_it(
    made: str | None, decided: str, late: bool, mitigation: str | None
) -> None:
    finding = found(
        support_referrals=[referral(day(made))] if made else [], decisions=[decision(day(decided), "other")]
    )
    assert finding.result is (Result.MET if made == "20 Sep" else Result.NOT_MET)
    assert (finding.late, finding.mitigation) == (late, mitigation)


@pytest.mark.parametrize(
    ("records", "missing"),
    [
        ({"support_referrals": [referral(None)]}, Missing("support_referrals", "made", Why.LEFT_BLANK)),
        ({"decisions": [decision(day("16 Sep"), None)]}, Missing("decisions", "kind", Why.LEFT_BLANK)),
        ({"decisions": [{"decided": day("16 Sep")}]}, Missing("decisions", "kind", Why.NOT_CARRIED)),
        (
            {"support_referrals": [{**referral(day("16 Sep")), "contradictory": ["made"]}]},
            Missing("support_referrals", "made", Why.CONTRADICTORY),
        ),
    ],
)
def test_a_record_that_may_be_the_response_leaves_it_undecided(records: dict[str, Any], missing: Missing) -> None:
    finding = found(**records)
    assert finding.result is Result.CANNOT_DECIDE
    assert missing in finding.missing
    assert finding.evidence == (Evidence("sdqs", "r1", STARTED),)


def test_but_not_where_it_would_be_too_late_or_another_is_in_time_or_it_is_not_yet_due() -> None:
    too_late = decision(day("21 Sep"), None)
    assert found(decisions=[too_late]).result is Result.NOT_MET
    assert found(support_referrals=[referral(None), referral(day("16 Sep"))]).result is Result.MET
    assert found(day("20 Sep"), support_referrals=[referral(None)]).result is Result.NOT_YET_DUE


def test_a_response_that_the_source_does_not_carry_leaves_it_undecided() -> None:
    file = file_of(sdqs=[sdq()], decisions=[])
    finding = said(REFERRED, file).records()["r1"]
    assert finding.result is Result.CANNOT_DECIDE
    assert finding.missing == (Missing("support_referrals", "", Why.NOT_CARRIED),)


@pytest.mark.parametrize(
    ("trigger", "missing"),
    [
        (sdq(score=None), Missing("sdqs", "score", Why.LEFT_BLANK)),
        (sdq(None), Missing("sdqs", "completed", Why.LEFT_BLANK)),
        ({"score": 20}, Missing("sdqs", "completed", Why.NOT_CARRIED)),
    ],
)
def test_a_trigger_that_is_not_known_to_be_one_cannot_be_decided(trigger: dict[str, Any], missing: Missing) -> None:
    finding = found(sdqs=[trigger])
    assert (finding.result, finding.missing) == (Result.CANNOT_DECIDE, (missing,))


@pytest.mark.parametrize(("score", "results"), [(16, {}), (17, {"r1": Result.NOT_MET}), (18, {"r1": Result.NOT_MET})])
def test_only_records_in_scope_are_triggers(score: int, results: dict[str, Result]) -> None:
    told = said(REFERRED, file_of(sdqs=[sdq(score=score)], support_referrals=[], decisions=[]))
    assert told.results() == results
    assert told.check().result is (Result.NOT_MET if results else Result.NOT_APPLICABLE)


def test_triggers_that_the_source_does_not_carry() -> None:
    assert said(REFERRED, file_of(support_referrals=[])).check().missing == (Missing("sdqs", "", Why.NOT_CARRIED),)


def test_the_check_is_late_or_mitigated_only_if_every_record_that_decides_it_is() -> None:
    late, still_open = sdq(), sdq(day("23 Aug"))
    referrals = [referral(day("25 Sep"))]
    told = said(REFERRED, file_of(sdqs=[late], support_referrals=referrals, decisions=[]))
    assert (told.check().late, told.as_recorded.late) == (True, True)
    other = said(REFERRED, file_of(sdqs=[late, sdq(day("20 Sep"))], support_referrals=[], decisions=[]))
    assert (other.check().late, other.check().due_on) == (False, day("20 Sep"))
    both = said(REFERRED, file_of(sdqs=[late, still_open], support_referrals=referrals, decisions=[]))
    assert (both.check().measured, both.check().limit, both.check().due_on) == (0, 2, day("2 Sep"))


def test_an_event_that_has_not_happened_sets_no_clock_going() -> None:
    standard = standard_of(
        "- {id: it, says: A review follows, after_each: plans, dated: ended, within: a_week, "
        "followed_by: [{a: reviews}]}",
        a_week="1 week",
    )
    told = said(standard, file_of(plans=[{"ended": None}, {"ended": day("1 Sep")}], reviews=[]))
    assert told.results() == {"r2": Result.NOT_MET}


MINUTES = standard_of(
    "- {id: it, says: The minutes are on file, after_each: discussions, within: by, followed_by: [{this: minutes}]}",
    by="1 day",
)


@pytest.mark.parametrize(
    ("minutes", "result", "late"),
    [
        ("19 Sep", Result.NOT_MET, False),  # from before the meeting: no answer to it
        ("20 Sep", Result.MET, False),
        ("21 Sep", Result.MET, False),
        ("22 Sep", Result.NOT_MET, True),
        (None, Result.NOT_MET, False),
    ],
)
def test_the_response_may_be_a_date_of_the_trigger_itself(minutes: str | None, result: Result, late: bool) -> None:
    row = {"held": day("20 Sep"), "minutes": day(minutes) if minutes else None}
    finding = said(MINUTES, file_of(discussions=[row])).records()["r1"]
    assert (finding.result, finding.late, finding.due_on) == (result, late, day("21 Sep"))
    assert finding.evidence == (Evidence("discussions", "r1", day("20 Sep")),)


ALREADY = standard_of(
    """
    - id: it
      says: An enquiry was begun, or was open already
      after_each: discussions
      within: same_day
      followed_by:
        - {a: section47s}
        - {a: section47s, dated: trigger.held, where: {started: {before: trigger.held}, ended: missing}}
    """,
    same_day="0 days",
)


@pytest.mark.parametrize(
    ("started", "ended", "result"),
    [
        ("20 Sep", None, Result.MET),
        ("1 Sep", None, Result.MET),  # open already: it answers at once
        ("1 Sep", "2 Sep", Result.NOT_MET),
        ("21 Sep", None, Result.NOT_MET),
    ],
)
def test_a_response_may_answer_at_once_what_was_so_already(started: str, ended: str | None, result: Result) -> None:
    enquiry = {"started": day(started), "ended": day(ended) if ended else None}
    told = said(ALREADY, file_of(discussions=[{"held": day("20 Sep")}], section47s=[enquiry]))
    assert told.results() == {"r1": result}


POINTS = standard_of(
    "- {id: it, says: No discussion followed, only_refers: true, after_each: missing_episodes, within: a_day, "
    "followed_by: [{a: discussions}]}",
    a_day="1 working day",
)


@pytest.mark.parametrize(
    ("as_at", "held", "expected"),
    [
        ("16 Sep", None, Result.NOT_APPLICABLE),  # not yet due: nothing to read
        ("17 Sep", None, Result.REFER_TO_AUDITOR),
        ("30 Sep", "16 Sep", Result.NOT_APPLICABLE),
        ("30 Sep", "17 Sep", Result.REFER_TO_AUDITOR),
    ],
)
def test_by_a_reader_it_only_points(as_at: str, held: str | None, expected: Result) -> None:
    file = file_of(missing_episodes=[{"started": STARTED}], discussions=[{"held": day(held)}] if held else [])
    finding = said(POINTS, file, day(as_at)).check()
    assert (finding.by, finding.result) == (By.READER, expected)
    assert (finding.late, finding.mitigation, finding.since) == (False, None, None)


# --- a deadline that the trigger itself names


BY_ITS_DATE = standard_of(
    "- {id: it, says: The plan is reviewed by the day its review is due, after_each: plans, by: review_due, "
    "followed_by: [{a: reviews}]}"
)
DUE = {"started": STARTED, "review_due": day("20 Sep")}


@pytest.mark.parametrize(
    ("held", "result", "measured"),
    [("19 Sep", Result.MET, 6), ("20 Sep", Result.MET, 7), ("21 Sep", Result.NOT_MET, 8)],
)
def test_the_deadline_may_be_a_date_of_the_trigger(held: str, result: Result, measured: int) -> None:
    finding = said(BY_ITS_DATE, file_of(plans=[DUE], reviews=[{"held": day(held)}])).records()["r1"]
    assert (finding.result, finding.measured, finding.limit, finding.unit) == (result, measured, 7, "days")
    assert (finding.due_on, finding.late) == (day("20 Sep"), result is Result.NOT_MET)


@pytest.mark.parametrize(
    ("as_at", "result"), [("19 Sep", Result.NOT_YET_DUE), ("20 Sep", Result.NOT_YET_DUE), ("21 Sep", Result.NOT_MET)]
)
def test_what_is_still_open_by_the_date_of_the_trigger(as_at: str, result: Result) -> None:
    assert said(BY_ITS_DATE, file_of(plans=[DUE], reviews=[]), day(as_at)).results() == {"r1": result}


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        ({"started": STARTED, "review_due": None}, Why.LEFT_BLANK),
        ({"started": STARTED}, Why.NOT_CARRIED),
        ({**DUE, "contradictory": ["review_due"]}, Why.CONTRADICTORY),
    ],
)
@pytest.mark.parametrize("reviews", [[], [{"held": STARTED}]])
def test_a_date_that_is_not_known_leaves_it_undecided_though_it_was_answered(
    plan: dict[str, Any], why: Why, reviews: list[dict[str, Any]]
) -> None:
    """The answer may have come late."""
    finding = said(BY_ITS_DATE, file_of(plans=[plan], reviews=reviews)).records()["r1"]
    assert (finding.result, finding.missing) == (Result.CANNOT_DECIDE, (Missing("plans", "review_due", why),))


BEFORE_THE_END = standard_of(
    "- {id: it, says: The plan is reviewed before it ends, after_each: plans, by: ended, followed_by: [{a: reviews}]}"
)


@pytest.mark.parametrize(
    ("ended", "held", "result", "due_on"),
    [
        (None, None, Result.NOT_YET_DUE, None),  # the deadline lies in the future, and nobody knows when
        (None, "20 Sep", Result.MET, None),
        ("20 Sep", "20 Sep", Result.MET, "20 Sep"),
        ("20 Sep", "21 Sep", Result.NOT_MET, "20 Sep"),
        ("20 Sep", None, Result.NOT_MET, "20 Sep"),
    ],
)
def test_an_event_that_has_not_happened_is_a_deadline_to_come(
    ended: str | None, held: str | None, result: Result, due_on: str | None
) -> None:
    file = file_of(
        plans=[{"started": STARTED, "ended": day(ended) if ended else None}],
        reviews=[{"held": day(held)}] if held else [],
    )
    finding = said(BEFORE_THE_END, file).records()["r1"]
    assert (finding.result, finding.due_on) == (result, day(due_on) if due_on else None)
    if due_on is None:
        what = "review r1 came" if held else "nothing is recorded yet"
        assert finding.reason == f"After plan r1 of 13 September 2019, {what}; end date is not set."
        assert (finding.measured, finding.limit, finding.unit) == (None, None, None)
