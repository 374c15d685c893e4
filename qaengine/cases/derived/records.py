"""What is derived of single records: SDQs, missing episodes, assessments."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any

from qaengine.cases.derived.rule import among, each_row
from qaengine.cases.derived.view import NC, Cell
from qaengine.model.condition import fold

HARM_FACTORS = frozenset({"18B", "18C", "19B", "19C"})
"""Factors of physical and sexual abuse found at the end of an assessment (CIN census code list)."""

SHINGLE = 5
"""Words that must stand together to count as the same text: fewer are common to any two assessments."""

THIRD, WINDOW = 3, timedelta(days=30)


def rises(completed: Sequence[Cell], informant: Sequence[Cell], score: Sequence[Cell]) -> list[Cell]:
    """The change of each score since the one before from the same informant, by date; blank for the first."""
    rows = list(zip(completed, informant, score, strict=True))
    return [_rise(row, rows) for row in rows]


def _rise(row: tuple[Cell, Cell, Cell], rows: Sequence[tuple[Cell, Cell, Cell]]) -> Cell:
    """Not carried also where a row that does not carry its date, informant or score may be the one before."""
    completed, informant, score = row
    if NC in row:
        return NC
    if not isinstance(completed, date) or informant is None or not isinstance(score, int):
        return None
    before: tuple[date, int] | None = None
    unsure: list[date | None] = []
    for day, by, points in rows:
        if day is None or by not in (informant, NC) or points is None or (isinstance(day, date) and day >= completed):
            continue
        if isinstance(day, date) and by is not NC and isinstance(points, int):
            before = max(before, (day, points), key=lambda one: one[0]) if before else (day, points)
        else:
            unsure.append(day if isinstance(day, date) else None)
    if any(day is None or before is None or day >= before[0] for day in unsure):
        return NC
    return score - before[1] if before else None


def thirds_in_30_days(started: Sequence[Cell]) -> list[Cell]:
    """Whether each episode is the third or later to start within 30 days; the order of ids breaks a tie."""
    return [_is_third(place, started) for place in range(len(started))]


def _is_third(place: int, started: Sequence[Cell]) -> Cell:
    start = started[place]
    if not isinstance(start, date):
        return start
    others = [(day, other) for other, day in enumerate(started) if isinstance(day, date)]
    within = [day for day, other in others if start - WINDOW <= day and (day, other) <= (start, place)]
    if len(within) >= THIRD:
        return True
    return NC if NC in started else False


def harm_factor(factors: Any) -> Cell:
    """Whether a factor of physical or sexual abuse is among the factors found."""
    return not HARM_FACTORS.isdisjoint(factors.upper().replace(",", " ").split())


def similarities(authorised: Sequence[Cell], text: Sequence[Cell]) -> list[Cell]:
    """How much of each analysis stands in that of the assessment authorised before it, in per cent, rounded up.

    Blank for the first, and for one that is not authorised or has no text. Rounded up so that "more than 90 per
    cent" is true exactly when the share is.
    """
    rows = list(zip(authorised, text, strict=True))
    return [_similarity(place, rows) for place in range(len(rows))]


def _similarity(place: int, rows: Sequence[tuple[Cell, Cell]]) -> Cell:
    authorised, text = rows[place]
    if NC in (authorised, text):
        return NC
    if not isinstance(authorised, date) or not isinstance(text, str):
        return None
    if any(day is NC for day, _ in rows):
        return NC
    earlier = [(day, other) for other, (day, _) in enumerate(rows) if isinstance(day, date)]
    before = max((one for one in earlier if one < (authorised, place)), default=None)
    if before is None:
        return None
    previous = rows[before[1]][1]
    return share_standing(text, previous) if isinstance(previous, str) else previous


def share_standing(text: str, previous: str) -> int | None:
    """The share of a text's runs of five words that stand in another text, in per cent, rounded up.

    A text of fewer words is one run; blank where there is no word at all.
    """
    words, old = fold(text).split(), fold(previous).split()
    size = min(SHINGLE, len(words))
    if not size:
        return None
    standing = set(_runs(old, size))
    runs = _runs(words, size)
    return ceil(100 * sum(map(standing.__contains__, runs)) / len(runs))


def _runs(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return list(zip(*(words[start:] for start in range(size)), strict=False))


RULES = (
    among("sdqs", "rise", ["completed", "informant", "score"], rises),
    among("missing_episodes", "third_in_30_days", ["started"], thirds_in_30_days),
    each_row("assessments", "harm_factor", ["factors"], harm_factor),
    among("assessments", "similarity", ["authorised", "text"], similarities),
)
