"""Periods of being looked after: unbroken care, short breaks left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from qaengine.cases.derived.view import NC, Cell

SHORT_BREAKS = frozenset({"V3", "V4"})
"""Legal statuses of an agreed series of short breaks, which are not continuous care (SSDA903 guidance, LS)."""

CHANGE_OF_CARER = frozenset({"P", "B"})
"""Reasons for a new episode that say that the child moved to another carer (SSDA903 guidance, RNE)."""


@dataclass(frozen=True, slots=True)
class Spell:
    """One episode of care, by its place among the child's episodes. `ended` is None while it goes on."""

    place: int
    started: date
    ended: date | None


def spells(started: Sequence[Cell], ended: Sequence[Cell], legal_status: Sequence[Cell]) -> list[Spell] | None:
    """The episodes of care in the order of their starts, short breaks left out; None where it cannot be told.

    It cannot be told where an episode that may count does not carry its legal status or its end, or has no start.
    An episode with a blank legal status counts as care.
    """
    found = []
    for place, (start, end, status) in enumerate(zip(started, ended, legal_status, strict=True)):
        if status in SHORT_BREAKS:
            continue
        if status is NC or end is NC or not isinstance(start, date):
            return None
        found.append(Spell(place, start, end if isinstance(end, date) else None))
    return sorted(found, key=lambda spell: (spell.started, spell.place))


def periods(care: Sequence[Spell]) -> Iterator[list[Spell]]:
    """The unbroken periods of care: the next episode starts on or before the day on which those before it end."""
    period: list[Spell] = []
    for spell in care:
        end = end_of(period)
        if period and end is not None and spell.started > end:
            yield period
            period = []
        period.append(spell)
    if period:
        yield period


def end_of(period: Sequence[Spell]) -> date | None:
    """The day on which a period of care ends; None while it goes on, and for no period at all."""
    ends = [spell.ended for spell in period]
    return max((end for end in ends if end is not None), default=None) if None not in ends else None


def looked_after_since(started: Sequence[Cell], ended: Sequence[Cell], legal_status: Sequence[Cell]) -> Cell:
    """The start of the present unbroken period of care; blank for a child who is not now looked after."""
    care = spells(started, ended, legal_status)
    if care is None:
        return NC
    last = list(periods(care))[-1:]
    if not last or end_of(last[0]) is not None:
        return None
    return last[0][0].started


def in_care(ended: Sequence[Cell], legal_status: Sequence[Cell]) -> bool | None:
    """Whether the child is looked after now; None where it cannot be told."""
    unsure = False
    for end, status in zip(ended, legal_status, strict=True):
        if status in SHORT_BREAKS or isinstance(end, date):
            continue
        if status is not NC and end is not NC:
            return True
        unsure = True
    return None if unsure else False


def matched_long_term(ended: Sequence[Cell], legal_status: Sequence[Cell], matched: Sequence[Cell]) -> Cell:
    """Whether the present care episode is a formal long-term match: no for a child who is not now looked after, and no
    where the match is left blank, for then none is recorded."""
    care = in_care(ended, legal_status)
    if care is not True:
        return NC if care is None else False
    rows = zip(ended, legal_status, matched, strict=True)
    present = [match for end, status, match in rows if not isinstance(end, date) and status not in SHORT_BREAKS]
    return next((answer for answer in (True, NC) if answer in present), False)


def moves(period: Sequence[Spell], placement: Sequence[Cell], reason_started: Sequence[Cell]) -> Iterator[Spell]:
    """The episodes of a period in which the child moved: another placement, or a reason that says another carer."""
    for before, spell in pairwise(period):
        was, now = placement[before.place], placement[spell.place]
        elsewhere = isinstance(was, str) and isinstance(now, str) and was != now
        if elsewhere or reason_started[spell.place] in CHANGE_OF_CARER:
            yield spell
