"""Dates as integers: day numbers, places among the working days, and deadlines.

A deadline is a column of its own, made here once for each date and period that the standards speak of: whether
something is in time is then one comparison of two integers on any engine, and what is shown is the same number.
Working days are counted by a lookup made from `model.calendar`: working day k has the place 2k - 1 and the days off
after it 2k, half-way to the next, so that a period that starts on a Saturday comes out right.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from qaengine.evaluate.engine import frames as fr
from qaengine.model.calendar import working_days
from qaengine.model.period import Period, Unit

_EPOCH = date(1970, 1, 1).toordinal()
MOST_WORKING_DAYS_A_YEAR, LAST_YEAR = 250, 9998  # the former at least; the latter the last that `calendar` knows


def day_number(day: date) -> int:
    """A date as the number of days since 1 January 1970: what Polars stores."""
    return day.toordinal() - _EPOCH


FOREVER = day_number(date.max)
"""The deadline of what would be due after the last day that there is."""


@dataclass(frozen=True)
class WorkingDays:
    """A lookup of working days: `places` by day since `first`, and the `days` of working day 1, 2, ... and FOREVER."""

    first: int
    places: pl.Series
    days: pl.Series

    def place(self, day: pl.Series) -> pl.Series:
        """The place of each day number among the working days."""
        return self.places.gather(day - self.first)

    def last(self, day: pl.Series, n: int) -> pl.Series:
        """The last day within n working days of each day number."""
        working_day = (self.place(day) + 1) // 2 + n
        return self.days.gather((working_day - 1).clip(upper_bound=len(self.days) - 1))


@lru_cache(maxsize=8)
def working_days_over(first_year: int, last_year: int, reach: int) -> WorkingDays:
    """The lookup for dates of these years, with deadlines of up to `reach` working days after them."""
    # The year before, so that a day off at the start of the first year has a working day before it.
    begin = max(1, first_year - 1)
    end = min(LAST_YEAR, last_year + reach // MOST_WORKING_DAYS_A_YEAR + 1)
    days = [day_number(day) for year in range(begin, end + 1) for day in working_days(year)]
    first = day_number(date(begin, 1, 1))
    last = day_number(date(min(LAST_YEAR, max(begin, last_year)), 12, 31))
    working, places, place = set(days), [], 0
    for day in range(first, last + 1):
        if day in working:
            place = place + 1 if place % 2 == 0 else place + 2
        elif place % 2:
            place += 1
        places.append(place)
    return WorkingDays(first, pl.Series(places, dtype=pl.Int32), pl.Series([*days, FOREVER], dtype=pl.Int32))


def last_within(day: pl.Series, period: Period, calendar: WorkingDays | None) -> pl.Series:
    """The last day within a period of each day number: `model.calendar.deadline`, for a column."""
    if period.unit is Unit.WORKING_DAYS:
        assert calendar is not None
        return calendar.last(day, period.n)
    if period.months is not None:
        return _add_months(day, period.months).clip(upper_bound=FOREVER)
    return day + (period.days or 0)


def complete(day: pl.Series, period: Period, calendar: WorkingDays | None) -> pl.Series:
    """The first day on which a period since each day number has passed: a birthday on 29 February falls on 1 March."""
    if period.months is None:
        return last_within(day, period, calendar)
    ends = _add_months(day, period.months)
    shortened = ends.cast(pl.Date).dt.day() < day.cast(pl.Date).dt.day()
    return ends + shortened.cast(pl.Int32)


def _add_months(day: pl.Series, months: int) -> pl.Series:
    return day.cast(pl.Date).dt.offset_by(f"{months}mo").cast(pl.Int32)


@dataclass(frozen=True)
class Point:
    """A date in an expression: its day number and, where working days are measured, its place among them."""

    day: fr.Expr
    place: fr.Expr | None = None


def elapsed(start: Point, end: Point, period: Period) -> fr.Expr:
    """How far `end` is past `start` in the unit of the period: `model.calendar.elapsed`."""
    if period.unit is not Unit.WORKING_DAYS:
        return end.day - start.day
    assert start.place is not None
    assert end.place is not None
    counted = (end.place + 2) // 2 - (start.place + 1) // 2
    return fr.when(end.day > start.day).then(counted).otherwise(fr.lit(0))


def limit_of(start: fr.Expr, last: fr.Expr, period: Period) -> fr.Expr:
    """The period as a number in the unit of `elapsed`."""
    return fr.lit(period.n) if period.unit is Unit.WORKING_DAYS else last - start
