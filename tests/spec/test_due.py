"""What falls due: each duty once, from the as-at date to the last day asked for; what is overdue stands apart."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from qaengine.cases.shape import fields_not_carried
from qaengine.cases.source import Source
from qaengine.evaluate.due import NO_DATE, Duty, Forecast, forecast
from qaengine.evaluate.stages import Stages
from qaengine.model.agreed import AgreedException, Exceptions
from qaengine.model.calendar import deadline
from qaengine.model.casefile import CaseFile, CaseSet
from qaengine.model.period import Period
from tests.spec.table import AS_AT, day, file_of, standard_of

FRESH = standard_of(
    "- {id: it, says: The SDQ is new, has: sdqs, dated: completed, no_older_than: year, due: {within: mend_within, "
    "of: child.looked_after_since}}",
    year="12 months",
)
ANSWERED = standard_of(
    """
    - id: it
      says: It was answered
      after_each: reviews
      within: soon
      followed_by: [{a: plans}]
    """,
    soon="10 days",
)


def of(standard: Any, *files: CaseFile, exceptions: Iterable[AgreedException] = (), as_at: date = AS_AT) -> Forecast:
    """By the reference and by the engine, which must agree; the case files are cut at the as-at date."""
    numbered = tuple(replace(file, child_id=f"CH-{n}") for n, file in enumerate(files, 1))
    cut = Source(CaseSet(numbered, fields_not_carried(numbered, {}))).as_at(as_at)
    agreed = Exceptions(exceptions, as_at)
    found = [forecast(Stages.of([standard]), cut, as_at, agreed, engine) for engine in ("reference", "polars")]
    assert found[0] == found[1]
    return found[0]


def sdq(completed: date | None, **child: Any) -> CaseFile:
    rows = [] if completed is None else [{"completed": completed}]
    return file_of({"born": date(2010, 1, 1), **child}, sdqs=rows)


def days_ahead(found: Forecast, within: str = "30 days") -> list[int]:
    return [(duty.due_on - AS_AT).days for duty in found.until(deadline(AS_AT, Period.parse(within)))]


def a_year_before(ahead: int) -> date:
    """An SDQ of this day is in date until so many days after the as-at date."""
    until = AS_AT + timedelta(days=ahead)
    return until.replace(year=until.year - 1)


@pytest.mark.parametrize(("ahead", "shown"), [(-1, []), (0, [0]), (1, [1]), (29, [29]), (30, [30]), (31, [])])
def test_from_the_as_at_date_to_the_last_day(ahead: int, shown: list[int]) -> None:
    assert days_ahead(of(FRESH, sdq(a_year_before(ahead), looked_after_since=day("1 Jan 2015")))) == shown


@pytest.mark.parametrize(("ahead", "overdue"), [(-1, 1), (0, 0), (1, 0)])
def test_the_day_belongs_to_the_doer_and_what_is_overdue_is_apart(ahead: int, overdue: int) -> None:
    found = of(FRESH, sdq(a_year_before(ahead), looked_after_since=day("1 Jan 2015")))
    assert len(found.overdue) == overdue
    assert not set(found.coming) & set(found.overdue)


def test_a_duty_not_yet_done_falls_due_as_one_that_is_met_does_again() -> None:
    found = of(FRESH, sdq(None, looked_after_since=day("28 Sep")), sdq(a_year_before(3), looked_after_since=None))
    assert [(duty.child_id, duty.due_on) for duty in found.coming] == [("CH-1", day("3 Oct")), ("CH-2", day("3 Oct"))]


@pytest.mark.parametrize(
    ("within", "shown"), [("9 working days", 0), ("10 working days", 1), ("2 weeks", 1), ("13 days", 0), ("14 days", 1)]
)
def test_the_period_may_be_of_any_unit(within: str, shown: int) -> None:
    found = of(FRESH, sdq(a_year_before(14), looked_after_since=day("1 Jan 2015")))
    assert len(days_ahead(found, within)) == shown


def reviews(*held: str, plans: Iterable[str] = ()) -> CaseFile:
    return file_of(reviews=[{"held": day(each)} for each in held], plans=[{"started": day(each)} for each in plans])


def test_each_record_is_a_duty_of_its_own_once_and_soonest_first() -> None:
    found = of(ANSWERED, reviews("29 Sep", "25 Sep", "1 Sep"))
    assert found.coming == (
        Duty(day("5 Oct"), "CH-1", "a-standard", "it", "reviews", "r2"),
        Duty(day("9 Oct"), "CH-1", "a-standard", "it", "reviews", "r1"),
    )
    assert found.overdue == (Duty(day("11 Sep"), "CH-1", "a-standard", "it", "reviews", "r3"),)


def test_what_is_done_late_is_not_overdue() -> None:
    found = of(ANSWERED, reviews("1 Sep", plans=["20 Sep"]))
    assert found.coming == found.overdue == ()


def test_what_is_not_met_and_has_no_day_is_open_and_stands_apart() -> None:
    found = of(standard_of("- {id: it, says: A score is on file, has: sdqs}"), sdq(None), sdq(day("1 May")))
    assert found.overdue == found.coming == ()
    assert found.undated == found.open == (Duty(NO_DATE, "CH-1", "a-standard", "it"),)


def test_of_each_record_that_has_no_day_likewise_and_what_has_one_comes_first() -> None:
    two = standard_of(
        """
        - {id: one, says: It has a score, each: sdqs, must: {score: {at_least: n}}}
        - {id: two, says: It was answered, after_each: reviews, within: soon, followed_by: [{a: plans}]}
        """,
        soon="10 days",
        n=1,
    )
    low, high = ([{"score": score, "completed": AS_AT}] for score in (0, 1))
    reviewed = [{"held": day("1 Sep")}]
    files = (
        file_of(sdqs=low, reviews=reviewed, plans=[]),
        file_of(sdqs=high, reviews=[], plans=[]),
        file_of(sdqs=high, reviews=reviewed, plans=[]),
    )
    found = of(two, *files)
    assert found.open == (
        Duty(day("11 Sep"), "CH-1", "a-standard", "two", "reviews", "r1"),
        Duty(day("11 Sep"), "CH-3", "a-standard", "two", "reviews", "r1"),
        Duty(NO_DATE, "CH-1", "a-standard", "one", "sdqs", "r1"),
    )


def test_what_has_no_day_may_be_under_an_agreed_exception() -> None:
    agreed = AgreedException("CH-1", "a-standard", "it", "a reason", "head of service", day("12 Sep"), day("31 Dec"))
    found = of(standard_of("- {id: it, says: A score is on file, has: sdqs}"), sdq(None), exceptions=[agreed])
    assert found.open == ()
    assert found.under_exception == (Duty(NO_DATE, "CH-1", "a-standard", "it"),)


def test_nothing_that_is_dated_later_is_known() -> None:
    later = of(ANSWERED, reviews("25 Sep", "1 Oct", plans=["2 Oct"]))
    assert later == of(ANSWERED, reviews("25 Sep"))
    assert [duty.due_on for duty in later.coming] == [day("5 Oct")]


def test_what_is_under_an_agreed_exception_is_counted_apart() -> None:
    files = (reviews("1 Sep"), reviews("1 Sep"))
    agreed = AgreedException("CH-2", "a-standard", "it", "a reason", "head of service", day("12 Sep"), day("31 Dec"))
    found = of(ANSWERED, *files, exceptions=[agreed])
    assert [duty.child_id for duty in found.overdue] == ["CH-1"]
    assert [duty.child_id for duty in found.under_exception] == ["CH-2"]


def test_of_some_children_only_theirs() -> None:
    found = of(ANSWERED, reviews("25 Sep", "1 Sep"), reviews("25 Sep", "1 Sep")).of({"CH-2"})
    assert {duty.child_id for duty in (*found.coming, *found.overdue)} == {"CH-2"}
