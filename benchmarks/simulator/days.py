"""Days on which people work."""

from datetime import date, timedelta

from qaengine.model.calendar import add_months as add_months
from qaengine.model.calendar import add_working_days

TERMS = (
    ((9, 3), (12, 20)),
    ((1, 7), (4, 5)),
    ((4, 23), (7, 19)),
)
"""First and last day (month, day) of the school terms of any year, near enough for a meeting to fall into them."""


def working(day: date) -> date:
    """The day itself if it is a working day, or else the next one that is."""
    last = add_working_days(day, 0)
    return last if last == day else add_working_days(day, 1)


def after(day: date, working_days: int) -> date:
    """So many working days after a day."""
    return add_working_days(day, working_days)


def plus(day: date, days: int) -> date:
    """So many days after a day, or the next working day."""
    return working(day + timedelta(days=days))


def terms(first: date, last: date) -> list[tuple[date, date]]:
    """The school terms that begin and end between two days, in order."""
    found = [
        (date(year, *begins), date(year, *ends)) for year in range(first.year, last.year + 1) for begins, ends in TERMS
    ]
    return sorted(term for term in found if term[0] >= first and term[0] <= last)
