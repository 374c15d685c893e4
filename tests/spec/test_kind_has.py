"""`has`: at least so many records satisfy `where`, and are no older than a period. Its subject is the child."""

from datetime import date
from typing import Any

import pytest

from qaengine.model.result import By, Evidence, Missing, Result, Why
from qaengine.model.standard import Standard
from tests.spec.table import AS_AT, day, file_of, said, standard_of

SCORED = standard_of("- {id: it, says: A score is on file, has: sdqs, where: {score: recorded}}")


def sdq(completed: date | None, score: int | None = 12, **more: Any) -> dict[str, Any]:
    return {"completed": completed, "score": score, **more}


def test_one_record_that_shows_it_is_enough_and_is_the_evidence() -> None:
    found = said(SCORED, file_of(sdqs=[sdq(day("1 Feb")), sdq(day("1 May")), sdq(day("1 Jun"), None)])).check()
    assert found.result is Result.MET
    assert (found.measured, found.limit, found.unit, found.due_on) == (2, 1, "records", None)
    assert found.evidence == (Evidence("sdqs", "r2", day("1 May")),)  # the latest of those that show it
    assert (found.record, found.record_id, found.by, found.since) == ("sdqs", None, By.RECORD, None)


@pytest.mark.parametrize("sdqs", [[], [sdq(day("1 Feb"), None)]])
def test_none_that_shows_it_is_not_met(sdqs: list[dict[str, Any]]) -> None:
    found = said(SCORED, file_of(sdqs=sdqs)).check()
    assert (found.result, found.measured, found.limit, found.unit) == (Result.NOT_MET, 0, 1, "records")
    assert (found.evidence, found.missing, found.since) == ((), (), None)


def test_a_record_type_that_the_source_does_not_carry_cannot_be_decided() -> None:
    found = said(SCORED, file_of()).check()
    assert found.result is Result.CANNOT_DECIDE
    assert found.missing == (Missing("sdqs", "", Why.NOT_CARRIED),)


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"completed": AS_AT}, Why.NOT_CARRIED),
        ({**sdq(AS_AT), "contradictory": ["score"]}, Why.CONTRADICTORY),
    ],
)
def test_a_record_that_may_show_it_leaves_it_undecided_unless_another_does(record: dict[str, Any], why: Why) -> None:
    found = said(SCORED, file_of(sdqs=[record])).check()
    assert found.result is Result.CANNOT_DECIDE
    assert found.missing == (Missing("sdqs", "score", why),)
    assert found.evidence == (Evidence("sdqs", "r1", AS_AT),)
    assert said(SCORED, file_of(sdqs=[record, sdq(AS_AT)])).check().result is Result.MET


THREE_TIMES = standard_of("- {id: it, says: Three are on file, has: sdqs, at_least: least}", least=3)


@pytest.mark.parametrize(("n", "expected"), [(2, Result.NOT_MET), (3, Result.MET), (4, Result.MET)])
def test_a_number_of_records_at_the_limit(n: int, expected: Result) -> None:
    found = said(THREE_TIMES, file_of(sdqs=[sdq(day("1 May"))] * n)).check()
    assert (found.result, found.measured, found.limit, found.unit) == (expected, n, 3, "records")


def in_date(period: str) -> Standard:
    return standard_of(
        """
        - id: it
          says: One is no more than {renew_within} old
          has: sdqs
          where: {score: recorded}
          dated: completed
          no_older_than: renew_within
        """,
        renew_within=period,
    )


@pytest.mark.parametrize(
    ("completed", "result", "measured"),
    [
        ("29 Sep 2018", Result.NOT_MET, 366),
        ("30 Sep 2018", Result.MET, 365),
        ("1 Oct 2018", Result.MET, 364),
        ("30 Sep", Result.MET, 0),
    ],
)
def test_the_age_of_the_latest_at_the_limit(completed: str, result: Result, measured: int) -> None:
    found = said(in_date("12 months"), file_of(sdqs=[sdq(day("1 Jan 2015")), sdq(day(completed))])).check()
    limit = 366 if completed == "30 Sep" else 365  # to 30 September 2020, over a 29 February
    assert (found.result, found.measured, found.limit, found.unit) == (result, measured, limit, "days")
    assert found.due_on == day(completed).replace(year=day(completed).year + 1)  # it is in date until then
    assert found.evidence == (Evidence("sdqs", "r2", day(completed)),)
    assert found.since == (AS_AT if result is Result.NOT_MET else None)  # the day after the last day


def test_the_limit_of_a_year_that_has_a_29_february_is_366_days() -> None:
    file = file_of(sdqs=[sdq(date(2019, 6, 1))])
    assert said(in_date("12 months"), file, date(2020, 6, 1)).check().limit == 366
    on_leap_day = file_of(sdqs=[sdq(date(2020, 2, 29))])
    found = [said(in_date("1 year"), on_leap_day, date(2021, *md)).check().result for md in ((2, 28), (3, 1))]
    assert found == [Result.MET, Result.NOT_MET]


@pytest.mark.parametrize(
    ("as_at", "result", "measured"),
    [("27 Sep", Result.MET, 5), ("28 Sep", Result.NOT_MET, 6), ("30 Sep", Result.NOT_MET, 6)],
)
def test_in_working_days_the_saturday_after_the_last_friday_is_too_late(
    as_at: str, result: Result, measured: int
) -> None:
    found = said(in_date("5 working days"), file_of(sdqs=[sdq(day("20 Sep"))]), day(as_at)).check()
    assert (found.result, found.measured, found.limit, found.unit) == (result, measured, 5, "working days")
    assert found.due_on == day("27 Sep")


@pytest.mark.parametrize(
    ("fresh", "result"),
    [
        (sdq(None), Result.CANNOT_DECIDE),  # a blank date may be recent
        (sdq(AS_AT, contradictory=["completed"]), Result.CANNOT_DECIDE),
        (sdq(None, None), Result.NOT_MET),  # but it shows nothing
    ],
)
def test_a_record_whose_age_is_not_known_may_be_in_date(fresh: dict[str, Any], result: Result) -> None:
    assert said(in_date("12 months"), file_of(sdqs=[sdq(day("1 Jan 2015")), fresh])).check().result is result


DUE = standard_of(
    """
    - id: it
      says: A score is on file within {wait} of coming into care
      has: sdqs
      where: {score: recorded}
      due: {within: wait, of: child.looked_after_since}
    """,
    wait="20 working days",
)


@pytest.mark.parametrize(
    ("since", "result"),
    [("30 Aug", Result.NOT_MET), ("2 Sep", Result.NOT_YET_DUE), ("3 Sep", Result.NOT_YET_DUE)],
)
def test_the_day_belongs_to_the_doer_and_absence_is_not_met_from_the_day_after(since: str, result: Result) -> None:
    file = file_of({"looked_after_since": day(since)}, sdqs=[])
    found = said(DUE, file).check()
    assert found.result is result
    assert found.due_on == {"30 Aug": day("27 Sep"), "2 Sep": AS_AT, "3 Sep": day("1 Oct")}[since]
    assert found.since == (day("28 Sep") if result is Result.NOT_MET else None)


def test_what_is_done_is_met_before_it_is_due() -> None:
    file = file_of({"looked_after_since": day("3 Sep")}, sdqs=[sdq(AS_AT)])
    assert said(DUE, file).check().result is Result.MET


@pytest.mark.parametrize(
    ("child", "result"),
    [
        ({"looked_after_since": None}, Result.NOT_YET_DUE),  # an event that has not happened: no clock has started
        ({}, Result.CANNOT_DECIDE),
        ({"looked_after_since": AS_AT, "contradictory": ["looked_after_since"]}, Result.CANNOT_DECIDE),
    ],
)
def test_without_the_day_from_which_it_is_due(child: dict[str, Any], result: Result) -> None:
    found = said(DUE, file_of(child, sdqs=[])).check()
    assert (found.result, found.due_on) == (result, None)


POINTS = standard_of("- {id: it, says: No score, has: sdqs, where: {score: recorded}, only_refers: true}")


@pytest.mark.parametrize(
    ("sdqs", "expected"),
    [
        ([], Result.REFER_TO_AUDITOR),  # what would be not met is for a person to read
        ([sdq(AS_AT)], Result.NOT_APPLICABLE),  # what would be met leaves nothing to read
        ([{"completed": AS_AT}], Result.CANNOT_DECIDE),
    ],
)
def test_by_a_reader_it_only_points(sdqs: list[dict[str, Any]], expected: Result) -> None:
    found = said(POINTS, file_of(sdqs=sdqs)).check()
    assert (found.by, found.result, found.since) == (By.READER, expected, None)


FOR_SOME = standard_of("- {id: it, says: A score, has: sdqs, where: {score: recorded}, when: {disabled: true}}")


@pytest.mark.parametrize(
    ("disabled", "expected"),
    [(True, Result.NOT_MET), (False, Result.NOT_APPLICABLE), (None, Result.CANNOT_DECIDE)],
)
def test_a_check_is_for_the_children_of_whom_when_is_so(disabled: bool | None, expected: Result) -> None:
    found = said(FOR_SOME, file_of({"disabled": disabled}, sdqs=[])).check()
    assert found.result is expected
    assert found.missing == ((Missing("child", "disabled", Why.LEFT_BLANK),) if disabled is None else ())


RENEWED = standard_of(
    """
    - id: it
      says: A score is on file and renewed
      has: sdqs
      where: {score: recorded}
      no_older_than: year
      due: {within: wait, of: child.opened_on}
    """,
    year="12 months",
    wait="4 weeks",
)


def test_what_has_gone_out_of_date_was_due_again_when_it_did_and_not_when_it_was_first_due() -> None:
    child = {"opened_on": date(2011, 7, 23)}
    found = said(RENEWED, file_of(child=child, sdqs=[sdq(date(2018, 8, 28))])).check()
    assert found.result is Result.NOT_MET
    assert (found.due_on, found.since) == (date(2019, 8, 28), date(2019, 8, 29))


def test_with_nothing_on_file_it_was_due_when_it_was_first_due() -> None:
    found = said(RENEWED, file_of(child={"opened_on": date(2019, 8, 1)}, sdqs=[])).check()
    assert (found.result, found.due_on) == (Result.NOT_MET, date(2019, 8, 29))
