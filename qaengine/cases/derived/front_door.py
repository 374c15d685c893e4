"""What is derived of referrals and of what follows them: the referral before, the clock of an assessment, factors."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from qaengine.cases.derived.rule import Desk, Rule, each_row
from qaengine.cases.derived.view import NC, Cell
from qaengine.model.condition import fold

Received = tuple[date, int]
"""A referral by the day it was received and its place among the child's: the order of referrals."""


def referrals_before(
    received: Sequence[Cell], closed: Sequence[Cell], no_further_action: Sequence[Cell]
) -> list[tuple[Cell, Cell]]:
    """For each referral, when the one before it ended, and when the last but one before it was received.

    One that was still open when the next came ended on that day; one without a closing date that led to nothing ended
    when it was received. Not carried where a referral that does not say when it was received may be the one before.
    """
    order = sorted((day, place) for place, day in enumerate(received) if isinstance(day, date))
    return [
        (NC, NC) if day is NC or NC in received else _before(place, order, closed, no_further_action)
        for place, day in enumerate(received)
    ]


def _before(
    place: int, order: Sequence[Received], closed: Sequence[Cell], no_further_action: Sequence[Cell]
) -> tuple[Cell, Cell]:
    own = next((at for at, (_, other) in enumerate(order) if other == place), 0)
    if own == 0:
        return None, None
    day, previous = order[own - 1]
    second = order[own - 2][0] if own > 1 else None
    end = closed[previous]
    if end is NC:
        return NC, second
    if end is None and no_further_action[previous] is True:
        return day, second
    return min(end, order[own][0]) if isinstance(end, date) else order[own][0], second


def _referrals(part: int) -> Callable[[Desk], list[Cell]]:
    def run(desk: Desk) -> list[Cell]:
        stretches = desk.of_each_child("referrals", "received", "closed", "no_further_action")
        return [pair[part] for stretch in stretches if stretch is not None for pair in referrals_before(*stretch)]

    return run


def referred(started: Cell, link: Cell, referrals: Mapping[str, Cell] | None) -> Cell:
    """The day the referral that an assessment answers was received: the one named, or else the last before it began."""
    if referrals is None:
        return NC
    if isinstance(link, str):
        return referrals.get(link)
    if started is NC or NC in referrals.values():
        return NC
    if not isinstance(started, date):
        return None
    return max((day for day in referrals.values() if isinstance(day, date) and day <= started), default=None)


def _referred(desk: Desk) -> list[Cell]:
    days = desk.of_each_child("referrals", "received")
    ids = desk.ids_of_each_child("referrals")
    found: list[Cell] = []
    for place, stretch in enumerate(desk.of_each_child("assessments", "started", "referral")):
        known = days[place]
        by_id = None if known is None else dict(zip(ids[place], known[0], strict=True))
        rows = zip(*stretch, strict=True) if stretch else ()
        found.extend(referred(start, link, by_id) for start, link in rows)
    return found


def last_discussion(started: Cell, ended: Cell, held: Sequence[Cell] | None) -> Cell:
    """The day of the last strategy discussion from the first day of an enquiry to its end."""
    if held is None or NC in (started, ended) or NC in held:
        return NC
    if not isinstance(started, date):
        return None
    days = [day for day in held if isinstance(day, date) and day >= started]
    return max((day for day in days if not isinstance(ended, date) or day <= ended), default=None)


def _last_discussions(desk: Desk) -> list[Cell]:
    held = desk.of_each_child("discussions", "held")
    found: list[Cell] = []
    for place, stretch in enumerate(desk.of_each_child("section47s", "started", "ended")):
        days = held[place]
        found.extend(
            last_discussion(start, end, days[0] if days else None)
            for start, end in (zip(*stretch, strict=True) if stretch else ())
        )
    return found


def factor_of(*beginnings: str) -> Callable[[Any], Cell]:
    """Whether one of the codes of an assessment's factors begins so (CIN census, factors at the end of assessment)."""

    def work(factors: Any) -> Cell:
        return any(code.startswith(beginnings) for code in factors.upper().replace(",", " ").split())

    return work


IMPACT = tuple(f"{number}{letter}" for number in "1234" for letter in "ABC")
"""Alcohol (1), drugs (2), domestic abuse (3) and mental health (4), of the child, a parent or another person."""

PRIVATE_FOSTERING = tuple(f"8{letter}" for letter in "BCDEF")


def _agency_codes(desk: Desk) -> list[Cell]:
    return [
        desk.council.agencies.get(fold(words)) if isinstance(words, str) else words
        for words in desk.cells("agency_checks", "agency")
    ]


RULES = (
    Rule("referrals", "previous_ended", (("referrals", "received"), ("referrals", "closed")), _referrals(0)),
    Rule("referrals", "second_before", (("referrals", "received"), ("referrals", "closed")), _referrals(1)),
    Rule("assessments", "referred", (("assessments", "started"), ("referrals", "received")), _referred),
    Rule(
        "section47s",
        "last_discussion",
        (("section47s", "started"), ("section47s", "ended"), ("discussions", "held")),
        _last_discussions,
    ),
    each_row("assessments", "impact_factor", ["factors"], factor_of(*IMPACT)),
    each_row("assessments", "neglect_factor", ["factors"], factor_of("16A")),
    each_row("assessments", "private_fostering_factor", ["factors"], factor_of(*PRIVATE_FOSTERING)),
    each_row("assessments", "no_factors", ["factors"], factor_of("21")),
    Rule("agency_checks", "agency_code", (("agency_checks", "agency"),), _agency_codes),
)
