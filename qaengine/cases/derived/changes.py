"""Significant changes that other records show: added to those that the source wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qaengine.cases.derived.care import end_of, moves, periods, spells
from qaengine.cases.derived.rule import Desk
from qaengine.cases.derived.view import Cell

CHANGES = "changes"
SHOWN_BY = {
    "discussions": ("held",),
    "section47s": ("started",),
    "plans": ("kind", "started", "ended"),
    "episodes": ("started", "ended", "legal_status", "placement", "reason_started"),
    "missing_episodes": ("started", "third_in_30_days"),
}
"""The record types that show changes, and the fields that show them."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change and the record that shows it. `part` tells two changes apart that one record shows."""

    happened: date
    kind: str
    derived_from: str
    part: str = ""

    @property
    def id(self) -> str:
        return f"{self.derived_from}/{self.part}" if self.part else self.derived_from


def derived_changes(desk: Desk) -> list[list[Change] | None]:
    """For each child the changes that other records show and the source did not write, in the order of their ids.

    None for a child whose file carries neither changes nor any of the types that show them. A change of the same
    kind and day that the source wrote itself is not added again.
    """
    found: list[list[Change] | None] = [[] if carried else None for carried in desk.carries(CHANGES)]
    for of, names in SHOWN_BY.items():
        for place, stretch in enumerate(_stretches(desk, of, names)):
            if stretch is not None:
                found[place] = [*(found[place] or []), *_SHOWN[of](*stretch)]
    written = _written(desk)
    return [
        None if changes is None else sorted(_new(changes, *written[place]), key=lambda change: change.id)
        for place, changes in enumerate(found)
    ]


def _stretches(desk: Desk, of: str, names: Sequence[str]) -> list[tuple[Any, ...] | None]:
    """The ids and the columns of each child; a column that is carried nowhere is left out as a column of its kind."""
    if of not in desk.view.types:
        return [None] * desk.view.children
    view, parts = desk.view.types[of], desk.of_each_child(of, *names)
    return [
        None if part is None else (view.ids[view.starts[place] : view.starts[place + 1]], *part)
        for place, part in enumerate(parts)
    ]


def _written(desk: Desk) -> list[tuple[set[tuple[Cell, Cell]], set[str]]]:
    """The kinds and days, and the ids, of the changes that the source wrote."""
    stretches = _stretches(desk, CHANGES, ("kind", "happened"))
    return [
        (set(), set()) if stretch is None else (set(zip(stretch[1], stretch[2], strict=True)), set(stretch[0]))
        for stretch in stretches
    ]


def _new(changes: Sequence[Change], written: set[tuple[Cell, Cell]], ids: set[str]) -> Iterator[Change]:
    return (change for change in changes if (change.kind, change.happened) not in written and change.id not in ids)


def _dated(of: str, kind: str, ids: Sequence[str], days: Sequence[Cell], part: str = "") -> Iterator[Change]:
    for key, day in zip(ids, days, strict=True):
        if isinstance(day, date):
            yield Change(day, kind, f"{of}/{key}", part)


def discussions_held(ids: Sequence[str], held: Sequence[Cell]) -> list[Change]:
    """A strategy discussion is a change, on the day it was held."""
    return list(_dated("discussions", "strategy_discussion", ids, held))


def section47s_started(ids: Sequence[str], started: Sequence[Cell]) -> list[Change]:
    """A section 47 enquiry is a change, on the day it began."""
    return list(_dated("section47s", "section47", ids, started))


def cp_plans(ids: Sequence[str], kinds: Sequence[Cell], started: Sequence[Cell], ended: Sequence[Cell]) -> list[Change]:
    """A child protection plan that begins is a change, and so is one that ends."""
    of_kind = [place for place, kind in enumerate(kinds) if kind == "cp"]
    keys = [ids[place] for place in of_kind]
    return [
        *_dated("plans", "new_cp_plan", keys, [started[place] for place in of_kind]),
        *_dated("plans", "cp_plan_ended", keys, [ended[place] for place in of_kind], "ended"),
    ]


def care_changes(
    ids: Sequence[str],
    started: Sequence[Cell],
    ended: Sequence[Cell],
    legal_status: Sequence[Cell],
    placement: Sequence[Cell],
    reason_started: Sequence[Cell],
) -> list[Change]:
    """Becoming looked after, ceasing to be, and moving while care goes on; none where periods cannot be told."""
    found = []
    for period in periods(spells(started, ended, legal_status) or []):
        first, end = period[0], end_of(period)
        found.append(Change(first.started, "became_looked_after", f"episodes/{ids[first.place]}"))
        for spell in moves(period, placement, reason_started):
            found.append(Change(spell.started, "moved_placement", f"episodes/{ids[spell.place]}"))
        if end is not None:
            last = next(spell for spell in period if spell.ended == end)
            found.append(Change(end, "ceased_looked_after", f"episodes/{ids[last.place]}", "ended"))
    return found


def thirds_missing(ids: Sequence[str], started: Sequence[Cell], third: Sequence[Cell]) -> list[Change]:
    """The third episode of going missing within 30 days is a change."""
    days = [day if is_third is True else None for day, is_third in zip(started, third, strict=True)]
    return list(_dated("missing_episodes", "missing_three_times", ids, days))


_SHOWN: dict[str, Any] = {
    "discussions": discussions_held,
    "section47s": section47s_started,
    "plans": cp_plans,
    "episodes": care_changes,
    "missing_episodes": thirds_missing,
}
