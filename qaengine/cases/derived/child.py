"""What is derived of the child: ages, and the highest plan in force."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from qaengine.cases.derived.care import in_care, looked_after_since
from qaengine.cases.derived.rule import Desk, Rule, each_row, for_child
from qaengine.cases.derived.view import NC, Cell
from qaengine.cases.shape import CHILD

STATUS_INPUTS = {
    "episodes": ("ended", "legal_status"),
    "plans": ("kind", "ended"),
    "referrals": ("closed", "no_further_action"),
}


def birthday(born: date, years: int) -> date:
    """The day on which a child reaches an age; a birthday on 29 February falls on 1 March in other years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def turns(years: int) -> Callable[[Any], Cell]:
    """The day the child reaches an age."""
    return lambda born: birthday(born, years)


def age(born: date, as_at: date) -> int:
    """Age in whole years on a date."""
    years = as_at.year - born.year
    return years - (birthday(born, years) > as_at)


def assessments_in_progress(started: Sequence[Cell], authorised: Sequence[Cell]) -> Cell:
    """How many assessments were begun and are not authorised; not carried where one does not say."""
    begun = [end for start, end in zip(started, authorised, strict=True) if start is not None]
    if any(end is NC for end in begun):
        return NC
    return sum(end is None for end in begun)


def current_plan(kind: str, kinds: Sequence[Cell], ended: Sequence[Cell]) -> bool | None:
    """Whether a plan of a kind is in force; None where it cannot be told."""
    may_be = [(k, end) for k, end in zip(kinds, ended, strict=True) if k in (kind, NC) and end in (None, NC)]
    if (kind, None) in may_be:
        return True
    return None if may_be else False


def open_referral(closed: Sequence[Cell], no_further_action: Sequence[Cell]) -> bool | None:
    """Whether a referral is open: not closed, and not recorded as needing no further action. None: cannot be told."""
    ends = [end for end, nfa in zip(closed, no_further_action, strict=True) if nfa is not True]
    if None in ends:
        return True
    return None if NC in ends else False


def status(care: tuple[Any, ...] | None, plans: tuple[Any, ...] | None, referrals: tuple[Any, ...] | None) -> Cell:
    """The highest plan in force: looked after, child protection, child in need, care leaver, none.

    Each argument is the columns of a type for one child (None: the type is not carried). Not carried when a higher
    status than those that are certain cannot be ruled out.
    """
    cin = current_plan("cin", *plans) if plans else None
    referred = open_referral(*referrals) if referrals else None
    steps = (
        ("cla", in_care(*care) if care else None),
        ("cp", current_plan("cp", *plans) if plans else None),
        ("cin", True if cin or referred else None if None in (cin, referred) else False),
        ("care_leaver", current_plan("pathway", *plans) if plans else None),
    )
    for name, holds in steps:
        if holds is None:
            return NC
        if holds:
            return name
    return "none"


def _statuses(desk: Desk) -> list[Cell]:
    parts = [desk.of_each_child(of, *names) for of, names in STATUS_INPUTS.items()]
    return [status(*of_child) for of_child in zip(*parts, strict=True)]


def _ages(desk: Desk) -> list[Cell]:
    return [age(born, desk.as_at) if isinstance(born, date) else born for born in desk.cells(CHILD.name, "born")]


RULES = (
    each_row(CHILD.name, "fourth_birthday", ["born"], turns(4)),
    each_row(CHILD.name, "fifth_birthday", ["born"], turns(5)),
    each_row(CHILD.name, "sixteenth_birthday", ["born"], turns(16)),
    Rule(CHILD.name, "age", ((CHILD.name, "born"),), _ages),
    for_child("looked_after_since", "episodes", ["started", "ended", "legal_status"], looked_after_since),
    for_child("assessments_in_progress", "assessments", ["started", "authorised"], assessments_in_progress),
    Rule(CHILD.name, "status", (), _statuses),
)
