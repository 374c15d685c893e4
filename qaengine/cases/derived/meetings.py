"""What is derived of strategy discussions and of those who took part."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from qaengine.cases.derived.rule import Desk, Rule
from qaengine.cases.derived.view import NC, Cell
from qaengine.model.condition import fold


def reconvened_on(ids: Sequence[str], held: Sequence[Cell], reconvenes: Sequence[Cell]) -> list[Cell]:
    """The day of the earliest discussion that reconvenes each one; blank while none does.

    Not carried where another discussion, which may have been held after it, does not say what it reconvenes.
    """
    rows = list(zip(ids, held, reconvenes, strict=True))
    return [_reconvened(row, rows) for row in rows]


def _reconvened(row: tuple[str, Cell, Cell], rows: Sequence[tuple[str, Cell, Cell]]) -> Cell:
    key, held, _ = row
    others = [(day, of) for other, day, of in rows if other != key]
    days = [day for day, of in others if of == key]
    if NC in days or any(of is NC and _may_follow(day, held) for day, of in others):
        return NC
    return min((day for day in days if isinstance(day, date)), default=None)


def _may_follow(day: Cell, held: Cell) -> bool:
    return not isinstance(day, date) or not isinstance(held, date) or day >= held


def for_two_agencies(discussion: Sequence[Cell], person: Sequence[Cell], agency: Sequence[Any]) -> list[Cell]:
    """Whether each person is written down for two agencies at the same discussion.

    `agency` holds pairs of the words and the code they stand for: two codes are two agencies; two wordings of which
    one has no code may be the same one, and that is left blank.
    """
    rows = list(zip(discussion, person, agency, strict=True))
    return [_for_two(place, rows) for place in range(len(rows))]


def _for_two(place: int, rows: Sequence[tuple[Cell, Cell, Any]]) -> Cell:
    meeting, person, agency = rows[place]
    if NC in (meeting, person) or agency is NC:
        return NC
    if meeting is None or person is None or agency is None:
        return None
    same = [(who, what) for where, who, what in rows if where == meeting and who in (person, NC) and what is not None]
    certain = {what for who, what in same if who == person and what is not NC}
    codes = {code for _, code in certain}
    if len(codes - {None}) > 1:
        return True
    if any(NC in pair for pair in same) or any(where is NC for where, _, _ in rows):
        return NC
    return False if len(certain) == 1 or None not in codes else None


def _reconvenings(desk: Desk) -> list[Cell]:
    view = desk.view.types["discussions"]
    held, reconvenes = desk.cells("discussions", "held"), desk.cells("discussions", "reconvenes")
    found: list[Cell] = []
    for start, end in zip(view.starts, view.starts[1:], strict=False):
        found.extend(reconvened_on(view.ids[start:end], held[start:end], reconvenes[start:end]))
    return found


def _codes(desk: Desk) -> list[Cell]:
    """The agency of each participant by the table of aliases; blank where the words are not in it."""
    return [
        desk.council.agencies.get(fold(words)) if isinstance(words, str) else words
        for words in desk.cells("participants", "agency")
    ]


HEALTH = frozenset({"midwifery", "paediatrics"})
"""Agencies whose practitioners are health practitioners (Working Together's three: social care, police, health)."""


def _quorum(desk: Desk) -> list[Cell]:
    """The agency as a quorum counts it."""
    return ["health" if isinstance(code, str) and code in HEALTH else code for code in _codes(desk)]


def _pairs(desk: Desk) -> list[Cell]:
    view = desk.view.types["participants"]
    meeting, person = desk.cells("participants", "discussion"), desk.cells("participants", "person")
    agency = [
        (fold(words), desk.council.agencies.get(fold(words))) if isinstance(words, str) else words
        for words in desk.cells("participants", "agency")
    ]
    found: list[Cell] = []
    for start, end in zip(view.starts, view.starts[1:], strict=False):
        found.extend(for_two_agencies(meeting[start:end], person[start:end], agency[start:end]))
    return found


RULES = (
    Rule("discussions", "reconvened_on", (("discussions", "held"), ("discussions", "reconvenes")), _reconvenings),
    Rule("participants", "agency_code", (("participants", "agency"),), _codes),
    Rule("participants", "quorum_agency", (("participants", "agency"),), _quorum),
    Rule(
        "participants",
        "for_two_agencies",
        (("participants", "discussion"), ("participants", "person"), ("participants", "agency")),
        _pairs,
    ),
)
