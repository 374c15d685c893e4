"""What is derived of plans and their actions: counts, and what the words of an action show on their face."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

from qaengine.cases.derived.rule import Desk, Rule, among, each_row
from qaengine.cases.derived.view import NC, Cell
from qaengine.model.condition import fold

_OWNERS = re.compile(r"[,;/&+]|\band\b", re.IGNORECASE)
_JOINED = re.compile(r";|\band\b", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|[\s:])(?:\(?[0-9]{1,2}[.)]|[-*•])\s+\S")

_NUMBERS = "two three four five six seven eight nine ten eleven twelve half percent"
_FREQUENCY = "daily weekly fortnightly monthly termly quarterly yearly annually once twice every each"
_DATES = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december"
)
_MARKERS = frozenset(f"{_NUMBERS} {_FREQUENCY} {_DATES}".split())
"""Words that anyone could check against. "May" and "one" are left out: they are mostly no date and no number."""

_PHRASES = (" will be seen ", " per cent ", " is seen ", " was seen ", " observed ", " by the end of ", " score ")


def last_changed(started: Cell, updated: Cell) -> Cell:
    """The later of a plan's start and its last update; the one that is known where the other is blank."""
    if NC in (started, updated):
        return NC
    return max((day for day in (started, updated) if isinstance(day, date)), default=None)


def owners_named(owner: Any) -> Cell:
    """How many owners the words name: parted by commas, semicolons, slashes, "and", "&" and "+"."""
    return sum(bool(part.strip()) for part in _OWNERS.split(owner))


def words(text: Any) -> Cell:
    """How many words a text has."""
    return len(fold(text).split())


def measure_is_text(measure: Any, text: Any) -> Cell:
    """Whether the measure only repeats the action, whatever the case, spacing and punctuation."""
    return fold(measure) == fold(text)


def observable(measure: Any) -> Cell:
    """Whether a measure has something that anyone could see: a number, a frequency, a date, an observation."""
    folded = fold(measure)
    if "%" in measure or any(character.isdecimal() for character in measure):
        return True
    return not _MARKERS.isdisjoint(folded.split()) or any(phrase in folded for phrase in _PHRASES)


def joined(text: Any) -> Cell:
    """Whether a text joins two or more actions: a semicolon, "and", or a list of two items or more."""
    return bool(_JOINED.search(text)) or len(_LISTED.findall(text)) > 1


def times_carried(ids: Sequence[str], carried_from: Sequence[Cell]) -> list[Cell]:
    """How often each action has been carried forward: the length of its chain of earlier actions.

    The chain ends at an action that was not carried forward, that is not on the file, or that was met before.
    """
    before = dict(zip(ids, carried_from, strict=True))
    return [_chain(action, before) for action in ids]


def _chain(action: str, before: Mapping[str, Cell]) -> Cell:
    met = {action}
    while (earlier := before.get(action)) is not None:
        if earlier is NC:
            return NC
        action = str(earlier)
        if action in met:
            break
        met.add(action)
    return len(met) - 1


def _dues_by_plan(desk: Desk) -> list[dict[str, list[Cell]] | None]:
    """For each child the due dates of the actions of each plan; None where it cannot be told whose an action is."""
    stretches = desk.of_each_child("plan_actions", "plan", "due_on")
    return [None if stretch is None or NC in stretch[0] else _grouped(*stretch) for stretch in stretches]


def _grouped(plans: Sequence[Any], dues: Sequence[Cell]) -> dict[str, list[Cell]]:
    grouped: dict[str, list[Cell]] = {}
    for plan, due in zip(plans, dues, strict=True):
        if plan is not None:
            grouped.setdefault(plan, []).append(due)
    return grouped


def _of_each_plan(desk: Desk, work: Any) -> list[Cell]:
    view = desk.view.types["plans"]
    found: list[Cell] = []
    for place, dues in enumerate(_dues_by_plan(desk)):
        ids = view.ids[view.starts[place] : view.starts[place + 1]]
        found.extend(NC if dues is None else work(dues.get(plan, [])) for plan in ids)
    return found


def action_count(dues: Sequence[Cell]) -> Cell:
    """How many actions a plan has."""
    return len(dues)


def most_on_one_date(dues: Sequence[Cell]) -> Cell:
    """The largest share of a plan's actions that are due on one date, in per cent, rounded up.

    Blank for a plan without actions. Rounded up so that "more than 80 per cent" is true exactly when the share is.
    """
    if NC in dues:
        return NC
    counts = Counter(due for due in dues if due is not None)
    return ceil(100 * max(counts.values(), default=0) / len(dues)) if dues else None


def _counts(desk: Desk) -> list[Cell]:
    return _of_each_plan(desk, action_count)


def _shares(desk: Desk) -> list[Cell]:
    return _of_each_plan(desk, most_on_one_date)


def _times(desk: Desk) -> list[Cell]:
    view, column = desk.view.types["plan_actions"], desk.cells("plan_actions", "carried_from")
    found: list[Cell] = []
    for start, end in zip(view.starts, view.starts[1:], strict=False):
        found.extend(times_carried(view.ids[start:end], column[start:end]))
    return found


def _last_changes(started: Sequence[Cell], updated: Sequence[Cell]) -> list[Cell]:
    return [last_changed(start, update) for start, update in zip(started, updated, strict=True)]


RULES = (
    among("plans", "last_changed", ["started", "updated"], _last_changes),
    Rule("plans", "action_count", (("plan_actions", "plan"),), _counts),
    Rule("plans", "most_on_one_date", (("plan_actions", "plan"), ("plan_actions", "due_on")), _shares),
    Rule("plan_actions", "times_carried", (("plan_actions", "carried_from"),), _times),
    each_row("plan_actions", "owners_named", ["owner"], owners_named),
    each_row("plan_actions", "words", ["text"], words),
    each_row("decisions", "words", ["rationale"], words),
    each_row("plan_actions", "measure_is_text", ["measure", "text"], measure_is_text),
    each_row("plan_actions", "observable", ["measure"], observable),
    each_row("plan_actions", "joined", ["text"], joined),
)
