"""`each`: every record in scope satisfies `must`; or, for a reader, none satisfies `refer_if`."""

from typing import Any

import pytest

from qaengine.model.result import By, Evidence, Level, Missing, Result, Why
from tests.spec.table import AS_AT, day, file_of, said, standard_of

OWNED = standard_of(
    """
    - id: it
      says: Each open action has an owner
      each: plan_actions
      where: {status: open}
      must: {owner: recorded}
    """
)


def action(owner: str | None = "W-1", status: str | None = "open", **more: Any) -> dict[str, Any]:
    return {"owner": owner, "status": status, "set_on": day("1 May"), **more}


def test_each_record_in_scope_has_a_result_of_its_own() -> None:
    told = said(OWNED, file_of(plan_actions=[action(), action(None), action(None, "done"), action(None, None)]))
    assert told.results() == {"r1": Result.MET, "r2": Result.NOT_MET, "r4": Result.CANNOT_DECIDE}  # r3 is out of scope
    second, fourth = told.records()["r2"], told.records()["r4"]
    assert second.level is Level.RECORD
    assert second.evidence == (Evidence("plan_actions", "r2", day("1 May")),)
    assert (second.measured, second.limit, second.unit, second.due_on, second.since) == (None,) * 5
    assert fourth.missing == (Missing("plan_actions", "status", Why.LEFT_BLANK),)


def test_the_check_counts_the_records_that_met_it_and_shows_the_first_that_decides() -> None:
    found = said(OWNED, file_of(plan_actions=[action(), action(None), action(None)])).check()
    assert (found.result, found.measured, found.limit, found.unit) == (Result.NOT_MET, 1, 3, "records")
    assert found.evidence == (Evidence("plan_actions", "r2", day("1 May")),)


@pytest.mark.parametrize("actions", [[], [action(None, "done")]])
def test_with_no_record_in_scope_it_does_not_apply(actions: list[dict[str, Any]]) -> None:
    found = said(OWNED, file_of(plan_actions=actions)).check()
    assert (found.result, found.measured, found.limit, found.unit) == (Result.NOT_APPLICABLE, None, None, None)


def test_of_records_that_the_source_does_not_carry_it_cannot_be_decided() -> None:
    found = said(OWNED, file_of()).check()
    assert (found.result, found.missing) == (
        Result.CANNOT_DECIDE,
        (Missing("plan_actions", "", Why.NOT_CARRIED),),
    )


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"status": "open", "set_on": AS_AT}, Why.NOT_CARRIED),
        (action(contradictory=["owner"]), Why.CONTRADICTORY),
    ],
)
def test_a_record_of_which_it_cannot_be_known_cannot_be_decided(record: dict[str, Any], why: Why) -> None:
    told = said(OWNED, file_of(plan_actions=[record, action()]))
    assert told.results() == {"r1": Result.CANNOT_DECIDE, "r2": Result.MET}
    assert told.check().missing == (Missing("plan_actions", "owner", why),)
    assert told.check().evidence[0].record_id == "r1"


LATE = standard_of(
    """
    - id: it
      says: An action is done by {grace} after its date
      each: plan_actions
      must: {status: done}
      due: {within: grace, of: due_on}
    """,
    grace="5 working days",
)


@pytest.mark.parametrize(
    ("due_on", "result", "last"),
    [
        ("20 Sep", Result.NOT_MET, "27 Sep"),  # a Friday; the weekend after it is too late
        ("23 Sep", Result.NOT_YET_DUE, "30 Sep"),  # due today, and the day is not over
        ("24 Sep", Result.NOT_YET_DUE, "1 Oct"),
    ],
)
def test_until_the_last_day_what_is_not_so_is_not_yet_due(due_on: str, result: Result, last: str) -> None:
    told = said(LATE, file_of(plan_actions=[action(due_on=day(due_on))]))
    for found in (told.records()["r1"], told.check()):
        assert (found.result, found.due_on) == (result, day(last))
        assert found.since == (day("28 Sep") if result is Result.NOT_MET else None)


def test_the_check_shows_the_earliest_date_that_decides_it_or_the_next_that_is_coming() -> None:
    open_ones = [action(due_on=day("20 Sep")), action(due_on=day("13 Sep")), action(due_on=day("24 Sep"))]
    assert said(LATE, file_of(plan_actions=open_ones)).check().due_on == day("20 Sep")
    met = [action(status="done", due_on=day("1 May")), action(due_on=day("25 Sep")), action(due_on=day("24 Sep"))]
    found = said(LATE, file_of(plan_actions=met)).check()
    assert (found.result, found.due_on, found.since) == (Result.MET, day("1 Oct"), None)


def test_without_the_day_from_which_it_is_due_it_cannot_be_decided_unless_it_is_so() -> None:
    told = said(LATE, file_of(plan_actions=[action(due_on=None), action(status="done", due_on=None)]))
    assert told.results() == {"r1": Result.CANNOT_DECIDE, "r2": Result.MET}
    assert told.records()["r1"].missing == (Missing("plan_actions", "due_on", Why.LEFT_BLANK),)


FLAGGED = standard_of(
    """
    - id: it
      says: An action has fewer than {least} words
      each: plan_actions
      refer_if: {words: {less_than: least}}
    """,
    least=6,
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (5, Result.REFER_TO_AUDITOR),
        (6, Result.NOT_APPLICABLE),
        (7, Result.NOT_APPLICABLE),
        (None, Result.CANNOT_DECIDE),
    ],
)
def test_by_a_reader_it_only_points(words: int | None, expected: Result) -> None:
    told = said(FLAGGED, file_of(plan_actions=[action(words=words)]))
    assert (told.check().by, told.check().result, told.results()) == (By.READER, expected, {"r1": expected})
    assert told.as_recorded.result is Result.NOT_APPLICABLE  # it says nothing of the record


RECENT = standard_of(
    "- {id: it, says: Each recent decision has a reason, each: decisions, must: {rationale: recorded}}",
    more="looks_back: look_back",
    look_back="12 months",
)


def test_a_standard_looks_back_no_further_than_it_says() -> None:
    days = [day("29 Sep 2018"), day("30 Sep 2018"), day("1 Oct 2018"), None]
    told = said(RECENT, file_of(decisions=[{"decided": decided, "rationale": None} for decided in days]))
    assert told.results() == {"r2": Result.NOT_MET, "r3": Result.NOT_MET, "r4": Result.CANNOT_DECIDE}
