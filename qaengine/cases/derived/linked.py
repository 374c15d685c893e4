"""What is derived by following a link: a part looks at its whole, an SDQ at the year it was given for."""

from collections.abc import Callable, Sequence

from qaengine.cases.derived.rule import Desk, Rule
from qaengine.cases.derived.view import NC, Cell
from qaengine.cases.shape import CHILD


def of_whole(
    part: str, link: str, whole: str, field: str, work: Callable[[Cell], Cell]
) -> Callable[[Desk], list[Cell]]:
    """For each part, something worked out from a field of its whole; blank where it has no whole on the file.

    Not carried where the link or the field is not carried.
    """

    def run(desk: Desk) -> list[Cell]:
        parts, wholes = desk.view.types[part], desk.view.types[whole]
        links, values = desk.cells(part, link), desk.cells(whole, field)
        found: list[Cell] = []
        for start, end, low, high in zip(
            parts.starts, parts.starts[1:], wholes.starts, wholes.starts[1:], strict=False
        ):
            by_id = dict(zip(wholes.ids[low:high], values[low:high], strict=True))
            found.extend(_followed(key, by_id, work) for key in links[start:end])
        return found

    return run


def _followed(key: Cell, by_id: dict[str, Cell], work: Callable[[Cell], Cell]) -> Cell:
    if key is NC:
        return NC
    if not isinstance(key, str) or key not in by_id:
        return None
    return NC if by_id[key] is NC else work(by_id[key])


def _itself(value: Cell) -> Cell:
    return value


def _not_ended(ended: Cell) -> Cell:
    return ended is None


def speaks_for(completed: Cell, year_ended: Cell) -> Cell:
    """The day an SDQ was completed, or else the end of the return year that it was given for."""
    return year_ended if completed is None or completed is NC else completed


def _speaks_for(desk: Desk) -> list[Cell]:
    rows = len(desk.view.types["sdqs"].ids)
    columns = [
        desk.cells("sdqs", name) if desk.has("sdqs", name) else [NC] * rows for name in ("completed", "year_ended")
    ]
    return [_either(completed, year) for completed, year in zip(*columns, strict=True)]


def _either(completed: Cell, year_ended: Cell) -> Cell:
    """Blank in one and not carried in the other is blank: somebody looked, and left it empty."""
    if completed is None and year_ended is NC:
        return None
    return speaks_for(completed, year_ended)


def matched(ended: Sequence[Cell], match: Sequence[Cell]) -> Cell:
    """Whether an episode that has not ended is a formal long-term match; a blank says that no match is recorded."""
    present = [is_match for end, is_match in zip(ended, match, strict=True) if end is None]
    if any(is_match is True for is_match in present):
        return True
    return NC if any(is_match is NC for is_match in present) else False


def _matched(desk: Desk) -> list[Cell]:
    stretches = desk.of_each_child("episodes", "ended", "matched_long_term")
    return [NC if stretch is None else matched(*stretch) for stretch in stretches]


def _link(part: str, makes: str, link: str, whole: str, field: str, work: Callable[[Cell], Cell]) -> Rule:
    return Rule(part, makes, ((part, link), (whole, field)), of_whole(part, link, whole, field, work))


RULES = (
    Rule("sdqs", "speaks_for", (), _speaks_for),
    Rule(CHILD.name, "matched_long_term", (("episodes", "ended"),), _matched),
    _link("plan_actions", "of_current_plan", "plan", "plans", "ended", _not_ended),
    _link("plan_actions", "plan_review_due", "plan", "plans", "review_due", _itself),
    _link("discussion_actions", "held", "discussion", "discussions", "held", _itself),
)
