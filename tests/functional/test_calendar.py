"""The calendar of practice: the regression dates of the domain paper, and arithmetic at every limit."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.model.bank_holidays import KEPT, YEARS, bank_holidays, from_package, written
from qaengine.model.calendar import add_months, deadline, elapsed, limit_of, working_days_between
from qaengine.model.period import Period, Unit

DAYS = st.dates(date(2000, 1, 1), date(2039, 12, 31))
PERIODS = st.builds(Period, st.integers(0, 80), st.sampled_from(list(Unit)))


@pytest.mark.parametrize(
    ("start", "period", "last"),
    [
        (date(2019, 4, 1), "45 working days", date(2019, 6, 7)),
        (date(2019, 8, 17), "15 working days", date(2019, 9, 9)),
        (date(2019, 12, 16), "20 working days", date(2020, 1, 16)),
        (date(2019, 1, 31), "1 month", date(2019, 2, 28)),
        (date(2020, 1, 31), "1 month", date(2020, 2, 29)),
        (date(2016, 2, 29), "12 months", date(2017, 2, 28)),
        (date(2019, 6, 14), "6 weeks", date(2019, 7, 26)),
    ],
)
def test_deadlines_of_the_domain_paper(start: date, period: str, last: date) -> None:
    assert deadline(start, Period.parse(period)) == last


def test_day_of_the_trigger_is_day_nought() -> None:
    assert deadline(date(2019, 9, 30), Period.parse("1 working day")) == date(2019, 10, 1)
    assert deadline(date(2019, 9, 30), Period.parse("0 days")) == date(2019, 9, 30)


@settings(derandomize=True, max_examples=2000, deadline=None)
@given(DAYS, PERIODS, st.integers(-1, 1))
def test_elapsed_is_no_more_than_the_limit_exactly_up_to_the_last_day(start: date, period: Period, by: int) -> None:
    last = deadline(start, period)
    day = last + timedelta(days=by)
    if day >= start:
        assert (elapsed(start, day, period) <= limit_of(start, period)) == (day <= last)


@settings(derandomize=True, max_examples=500, deadline=None)
@given(DAYS, st.integers(0, 400))
def test_working_days_are_counted_one_by_one(start: date, n: int) -> None:
    end = start + timedelta(days=n)
    days = [start + timedelta(days=k) for k in range(1, n + 1)]
    working = [day for day in days if day.weekday() < 5 and day not in bank_holidays(day.year)]
    off_at_the_end = n > 0 and (end.weekday() >= 5 or end in bank_holidays(end.year))
    assert working_days_between(start, end) == len(working) + (1 if off_at_the_end else 0)


@settings(derandomize=True, max_examples=500, deadline=None)
@given(DAYS, st.integers(-40, 40), st.integers(-40, 40))
def test_months_add_up_unless_the_day_is_cut_short(day: date, a: int, b: int) -> None:
    if day.day <= 28:
        assert add_months(add_months(day, a), b) == add_months(day, a + b)


def test_kept_bank_holidays_are_those_of_the_package() -> None:
    assert KEPT.read_text(encoding="ascii") == written(), "run: python -m qaengine.model.bank_holidays"
    assert bank_holidays(YEARS.stop + 5) == from_package(YEARS.stop + 5)
    assert date(2019, 4, 19) in bank_holidays(2019)  # Good Friday


@pytest.mark.parametrize("text", ["12", "months", "1.5 months", "-1 days", "ten days", "12 fortnights", ""])
def test_a_period_that_cannot_be_read_says_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="a period such as 12 months"):
        Period.parse(text)
