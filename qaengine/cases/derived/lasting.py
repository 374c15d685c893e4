"""What has lasted without a break: legal statuses, child-in-need plans, and the time with one carer."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from qaengine.cases.derived.rule import Desk, Rule, for_child
from qaengine.cases.derived.view import NC, Cell

SINGLE_SECTION_20, FULL_CARE_ORDER, PLACEMENT_ORDER = "V2", "C2", "E1"
CARE_ORDERS = frozenset({"C1", "C2"})
WITH_PARENTS = "P1"
"""SSDA903 codes: legal status (LS), and placement with own parents (PLACE)."""

Stretch = tuple[date, date | None]
"""From a day to another; None while it goes on."""


def since_without_break(stretches: Iterable[Stretch]) -> date | None:
    """Since when it has gone on: each stretch begins on or before the day on which those before it end.

    None where nothing goes on now.
    """
    since: date | None = None
    until: date | None = None  # the latest end so far, while it is not open
    is_open = False
    for start, end in sorted(stretches, key=lambda stretch: stretch[0]):
        if since is None or (not is_open and until is not None and start > until):
            since, until, is_open = start, None, False
        if end is None:
            is_open = True
        else:
            until = end if until is None else max(until, end)
    return since if is_open else None


def _while(is_so: Callable[[tuple[Cell, ...]], bool | None]) -> Callable[..., Cell]:
    """Since when some record has been so without a break, from `started`, `ended` and what tells whether it is so.

    Not carried where a record that may be so does not say, or does not say since when or until when.
    """

    def work(started: Sequence[Cell], ended: Sequence[Cell], *about: Sequence[Cell]) -> Cell:
        found: list[Stretch] = []
        for start, end, *cells in zip(started, ended, *about, strict=True):
            so = is_so(tuple(cells))
            if so is False:
                continue
            if so is None or not isinstance(start, date) or end is NC:
                return NC
            found.append((start, end if isinstance(end, date) else None))
        return since_without_break(found)

    return work


def _is(codes: frozenset[str]) -> Callable[[tuple[Cell, ...]], bool | None]:
    return lambda cells: None if cells[0] is NC or cells[0] is None else cells[0] in codes


def _at_home_under_an_order(cells: tuple[Cell, ...]) -> bool | None:
    parts = [_is(CARE_ORDERS)(cells[:1]), _is(frozenset({WITH_PARENTS}))(cells[1:])]
    return False if False in parts else None if None in parts else True


def _of_episodes(makes: str, code: str) -> Rule:
    inputs = ["started", "ended", "legal_status"]
    return for_child(makes, "episodes", inputs, _while(_is(frozenset({code}))))


def _cin_since(kind: Sequence[Cell], started: Sequence[Cell], ended: Sequence[Cell]) -> Cell:
    """The start of the unbroken run of child-in-need plans that goes on now."""
    return _while(_is(frozenset({"cin"})))(started, ended, kind)


Placed = tuple[int, date, Cell, Cell, Cell]
"""A placement: its place among the child's, its start, its end, its carer, and whether only its status changed."""


def _in_order(
    started: Sequence[Cell], ended: Sequence[Cell], carer: Sequence[Cell], same: Sequence[Cell]
) -> list[Placed]:
    rows = zip(started, ended, carer, same, strict=True)
    dated = [(place, *row) for place, row in enumerate(rows)]
    found = [(place, start, end, who, only) for place, start, end, who, only in dated if isinstance(start, date)]
    return sorted(found, key=lambda one: (one[1], one[0]))


def _goes_on(before: Placed | None, now: Placed) -> bool | None:
    """Whether a placement goes on from the one before it with the same carer; None where it cannot be told."""
    if before is None:
        return False
    _, start, _, who, only = now
    if isinstance(before[2], date) and before[2] < start:
        return False
    if only is True or (isinstance(who, str) and who == before[3]):
        return True
    if NC in (who, before[3]):
        return False if only is False else None
    return False


def continues(
    started: Sequence[Cell], ended: Sequence[Cell], carer: Sequence[Cell], same: Sequence[Cell]
) -> list[Cell]:
    """Whether each placement goes on from the one before with the same carer, so that no clock starts again."""
    found: list[Cell] = [None if start is None else NC for start in started]
    before: Placed | None = None
    for now in _in_order(started, ended, carer, same):
        goes_on = _goes_on(before, now)
        found[now[0]] = NC if goes_on is None else goes_on
        before = now
    return found


def with_carer_until(
    started: Sequence[Cell], ended: Sequence[Cell], carer: Sequence[Cell], same: Sequence[Cell]
) -> list[Cell]:
    """The day on which the unbroken time with the carer of each placement ended; blank while it goes on."""
    found: list[Cell] = list(ended)
    placed = _in_order(started, ended, carer, same)
    for number in range(len(placed) - 1, 0, -1):
        before, now = placed[number - 1], placed[number]
        goes_on = _goes_on(before, now)
        if goes_on is not False:
            found[before[0]] = NC if goes_on is None else found[now[0]]
    return found


def _with_optional(makes: str, work: Callable[..., list[Cell]]) -> Rule:
    """From the placements of a child; the carer, and whether the carer is the same, may not be carried."""

    def run(desk: Desk) -> list[Cell]:
        stretches = desk.of_each_child("placements", "started", "ended", "carer", "same_carer")
        return [cell for stretch in stretches if stretch is not None for cell in work(*stretch)]

    return Rule("placements", makes, (("placements", "started"), ("placements", "ended")), run)


def _matched_on(desk: Desk) -> list[Cell]:
    """The day of the earliest match to the carer of each placement."""
    matches = desk.of_each_child("matches", "carer", "decided")
    found: list[Cell] = []
    for place, stretch in enumerate(desk.of_each_child("placements", "carer")):
        found.extend(_earliest(matches[place], carer) for carer in (stretch[0] if stretch else ()))
    return found


def _earliest(matches: tuple[Sequence[Cell], Sequence[Cell]] | None, carer: Cell) -> Cell:
    if matches is None or carer is NC:
        return NC
    of_carer = [day for who, day in zip(*matches, strict=True) if who == carer or who is NC]
    if carer is None or not of_carer:
        return None
    if NC in matches[0] or NC in of_carer:
        return NC
    return min((day for day in of_carer if isinstance(day, date)), default=None)


RULES = (
    for_child("cin_since", "plans", ["kind", "started", "ended"], _cin_since),
    _of_episodes("section20_since", SINGLE_SECTION_20),
    _of_episodes("care_order_since", FULL_CARE_ORDER),
    _of_episodes("placement_order_since", PLACEMENT_ORDER),
    for_child(
        "care_order_at_home_since",
        "episodes",
        ["started", "ended", "legal_status", "placement"],
        _while(_at_home_under_an_order),
    ),
    _with_optional("continues", continues),
    _with_optional("with_carer_until", with_carer_until),
    Rule("placements", "matched_on", (("placements", "carer"), ("matches", "decided")), _matched_on),
)
