"""The calendar of practice: deadlines in civil and working days of England and Wales.

Trigger day is day 0; "within 45 working days" is met on working day 45. Weeks and months are calendar ones and do
not roll to a Monday. This is the plain arithmetic; `evaluate` does the same on integers and is held to it.
"""

from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from qaengine.model.bank_holidays import bank_holidays
from qaengine.model.period import Period, Unit

EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)
"""Dates outside these are not believable in a child's record and are refused or treated as sentinels."""

SENTINELS = frozenset({date(1900, 1, 1), date(9999, 12, 31), date(1, 1, 1)})
"""Dates that systems write for "no date": they are missing, never evidence (domain paper, clock rules)."""


@cache
def working_days(year: int) -> tuple[date, ...]:
    """Every working day of a year, in order."""
    first = date(year, 1, 1)
    every = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    off = bank_holidays(year)
    return tuple(day for day in every if day.weekday() < 5 and day not in off)


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months on; the end of a shorter month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = day.day if day.day <= 28 else min(day.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, last)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day`; for n = 0 the last working day on or before it."""
    year = day.year
    position = bisect_right(working_days(year), day) - 1 + n
    while position < 0:
        year -= 1
        position += len(working_days(year))
    while position >= len(working_days(year)):
        position -= len(working_days(year))
        year += 1
    return working_days(year)[position]


def deadline(start: date, period: Period) -> date:
    """The last day that is within `period` of `start`.

    A date so late that the deadline passes the last year of the calendar is answered by the last day there is.
    """
    try:
        if period.months is not None:
            return add_months(start, period.months)
        if period.days is not None:
            return start + timedelta(days=period.days)
        return add_working_days(start, period.n)
    except (ValueError, OverflowError):
        return date.max


def add_period(day: date, n: int, unit: str) -> date:
    """`deadline`, for a number and the name of a unit."""
    return deadline(day, Period(n, Unit(unit)))


def working_days_between(start: date, end: date) -> int:
    """Working days after `start`, up to the first working day on or after `end`; 0 if `end` is not after it.

    So `working_days_between(start, x) <= n` exactly when x is within n working days of start.
    """
    if end <= start:
        return 0
    count = sum(len(working_days(year)) for year in range(start.year, end.year + 1))
    count -= bisect_right(working_days(start.year), start)
    days_of_last = working_days(end.year)
    done = bisect_right(days_of_last, end)
    is_working = done > 0 and days_of_last[done - 1] == end
    return count - (len(days_of_last) - done) + (0 if is_working else 1)


def elapsed(start: date, end: date, period: Period) -> int:
    """How far `end` is past `start`, in the unit against which `period` is measured."""
    if period.unit is Unit.WORKING_DAYS:
        return working_days_between(start, end)
    return (end - start).days


def limit_of(start: date, period: Period) -> int:
    """The period as a number in the unit of `elapsed`, so that `elapsed <= limit` exactly when in time."""
    if period.unit is Unit.WORKING_DAYS:
        return period.n
    return (deadline(start, period) - start).days
