"""The integers of the engine are the calendar's dates: deadlines, whole periods and what is measured."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.evaluate.engine import ordinals
from qaengine.evaluate.engine.ordinals import Point, day_number, working_days_over
from qaengine.evaluate.reference.conditions import has_passed
from qaengine.model.calendar import EARLIEST, LATEST, deadline, elapsed, limit_of
from qaengine.model.period import Period, Unit

DAYS = [date(2019, 12, 1) + timedelta(days=n) for n in range(4 * 366)]
CALENDAR = working_days_over(2019, 2024, 9999)


def numbers(days: list[date]) -> pl.Series:
    return pl.Series([day_number(day) for day in days], dtype=pl.Int32)


def dates(days: pl.Series) -> list[date]:
    return days.cast(pl.Date).to_list()


periods = st.builds(Period, st.integers(0, 130) | st.just(9999), st.sampled_from(Unit))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(periods)
def test_a_deadline_is_the_calendars_for_every_day_of_four_years(period: Period) -> None:
    last = ordinals.last_within(numbers(DAYS), period, CALENDAR)
    assert dates(last) == [deadline(day, period) for day in DAYS]


@settings(max_examples=30, derandomize=True, deadline=None)
@given(periods, st.sampled_from(DAYS[:800]))
def test_a_period_is_complete_on_the_first_day_on_which_it_has_passed(period: Period, start: date) -> None:
    first = ordinals.complete(numbers([start]), period, CALENDAR)[0]
    assert first > day_number(DAYS[-1]) or has_passed(start, period, date(1970, 1, 1) + timedelta(days=first))
    before = date.fromordinal(min(first + date(1970, 1, 1).toordinal() - 1, date.max.toordinal()))
    assert not has_passed(start, period, before)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(periods, st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)), min_size=50, max_size=80))
def test_what_is_measured_is_the_calendars(period: Period, pairs: list[tuple[date, date]]) -> None:
    starts, ends = [start for start, _ in pairs], [end for _, end in pairs]
    frame = pl.DataFrame(
        {
            "start": numbers(starts),
            "end": numbers(ends),
            "start place": CALENDAR.place(numbers(starts)),
            "end place": CALENDAR.place(numbers(ends)),
            "last": ordinals.last_within(numbers(starts), period, CALENDAR),
        }
    )
    start, end = Point(pl.col("start"), pl.col("start place")), Point(pl.col("end"), pl.col("end place"))
    found = frame.select(
        elapsed=ordinals.elapsed(start, end, period), limit=ordinals.limit_of(pl.col("start"), pl.col("last"), period)
    )
    assert found["elapsed"].to_list() == [elapsed(start, end, period) for start, end in pairs]
    assert set(found["limit"].to_list()) >= {limit_of(start, period) for start in starts}


@pytest.mark.parametrize("edge", [EARLIEST, LATEST, date(2019, 8, 17), date(2020, 1, 1)])
def test_the_lookup_reaches_as_far_as_its_deadlines(edge: date) -> None:
    """From a day off at its first edge, and from its last edge over the longest period that can be written."""
    calendar = working_days_over(edge.year, edge.year, 9999)
    for n in (0, 1, 250, 9999):
        period = Period(n, Unit.WORKING_DAYS)
        assert dates(calendar.last(numbers([edge]), n)) == [deadline(edge, period)]


def test_what_would_be_due_after_the_last_day_is_due_on_it() -> None:
    endless = Period(9999, Unit.YEARS)
    assert dates(ordinals.last_within(numbers([LATEST]), endless, None)) == [date.max] == [deadline(LATEST, endless)]


def test_a_blank_date_has_no_deadline() -> None:
    blank = pl.Series([None], dtype=pl.Int32)
    for unit in Unit:
        assert ordinals.last_within(blank, Period(1, unit), CALENDAR).to_list() == [None]
        assert ordinals.complete(blank, Period(1, unit), CALENDAR).to_list() == [None]
