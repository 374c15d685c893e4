"""Work that is done again and again: visits, meetings, supervision."""

from datetime import date, timedelta

from qaengine.model.calendar import add_working_days
from simulator.life import Life

Days = tuple[int, int]


def rhythm(life: Life, duty: str, start: date, end: date | None, first: Days, every: Days) -> list[date]:
    """The days of something that is due in so many days from the start and then at so many, each as low and high.

    Where it began long ago only what a standard looks back on is written, from the last time before that. A time that
    slips is late.
    """
    last = min(end or life.end, life.end, life.as_at)
    day, begun_long_ago = max(start, life.since), start < life.since
    average = (every[0] + every[1]) // 2
    slips = life.dial.slips(f"{duty} {start}", max(1, (last - day).days // average))
    found: list[date] = [add_working_days(day, 0)] if begun_long_ago else []
    while True:
        low, high = first if not found and not begun_long_ago else every
        gap = life.dial.days(f"{duty} {start} {len(found)}", low, high)
        if len(found) in slips:
            gap = high + life.dial.days(f"{duty} {start} {len(found)} late", 4, high)
        day = max(add_working_days(day + timedelta(days=gap), 0), day + timedelta(days=1))
        if day > last:
            return found
        found.append(day)
