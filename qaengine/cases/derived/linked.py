"""What is derived by following a link: a part looks at its whole, an SDQ at the year it was given for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from qaengine.cases.derived.care import matched_long_term
from qaengine.cases.derived.rule import Desk, Rule
from qaengine.cases.derived.view import NC, Cell
from qaengine.cases.shape import CHILD


def _of_whole(part: str, makes: str, link: str, whole: str, field: str, work: Callable[[Cell], Cell]) -> Rule:
    """For each part, something worked out from a field of its whole; blank where it has no whole on the file.

    Not carried where the link, the field or the type of the whole is not carried.
    """

    def run(desk: Desk) -> list[Cell]:
        wholes, ids = desk.of_each_child(whole, field), desk.ids_of_each_child(whole)
        found: list[Cell] = []
        for place, links in enumerate(desk.of_each_child(part, link)):
            values = wholes[place]
            by_id = None if values is None else dict(zip(ids[place], values[0], strict=True))
            found.extend(_followed(key, by_id, work) for key in (links[0] if links else ()))
        return found

    return Rule(part, makes, ((part, link), (whole, field)), run)


def _followed(key: Cell, by_id: Mapping[str, Cell] | None, work: Callable[[Cell], Cell]) -> Cell:
    if key is NC or by_id is None:
        return NC
    if not isinstance(key, str) or key not in by_id:
        return None
    return NC if by_id[key] is NC else work(by_id[key])


def _itself(value: Cell) -> Cell:
    return value


def _not_ended(ended: Cell) -> Cell:
    return ended is None


def speaks_for(completed: Cell, year_ended: Cell) -> Cell:
    """The day an SDQ was completed, or else the end of the return year that it was given for.

    Blank in one and not carried in the other is blank: somebody looked, and left it empty.
    """
    for day in (completed, year_ended):
        if isinstance(day, date):
            return day
    return NC if completed is NC and year_ended is NC else None


def _speaks_for(desk: Desk) -> list[Cell]:
    columns: list[Sequence[Cell]] = [desk.cells("sdqs", name) for name in ("completed", "year_ended")]
    return [speaks_for(completed, year) for completed, year in zip(*columns, strict=True)]


def _matches(desk: Desk) -> list[Cell]:
    stretches = desk.of_each_child("episodes", "ended", "legal_status", "matched_long_term")
    return [NC if stretch is None else matched_long_term(*stretch) for stretch in stretches]


RULES = (
    Rule("sdqs", "speaks_for", (), _speaks_for, one_of=(("sdqs", "completed"), ("sdqs", "year_ended"))),
    Rule(CHILD.name, "matched_long_term", (("episodes", "ended"), ("episodes", "legal_status")), _matches),
    _of_whole("plan_actions", "of_current_plan", "plan", "plans", "ended", _not_ended),
    _of_whole("plan_actions", "plan_review_due", "plan", "plans", "review_due", _itself),
    _of_whole("discussion_actions", "held", "discussion", "discussions", "held", _itself),
)
