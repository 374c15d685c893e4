"""Narrowing a frame: `status=cla`, `team=North`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qaengine.model.problem import ExitCode, InputError, Problem, nearest
from qaengine.sample.frame import Frame, FrameChild

LISTED = 12


@dataclass(frozen=True, slots=True)
class Where:
    """A condition: the attribute has exactly this value (`not recorded` finds blanks)."""

    field: str
    value: str


def parse_where(text: str) -> Where:
    """`status=cla` as a condition. Raises InputError (USAGE) where there is no name, no `=` or no value."""
    name, _, value = (part.strip() for part in text.partition("="))
    if not (name and value):
        problem = Problem("where", 0, 0, "not a condition", found=repr(text), expected="attribute=value")
        raise InputError([problem], ExitCode.USAGE)
    return Where(name, value)


def narrow(frame: Frame, wheres: Iterable[Where]) -> Frame:
    """The frame's children that satisfy the conditions: two values of one attribute mean either, conditions on
    different attributes mean both. Raises InputError (USAGE) that lists every unknown attribute and value."""
    wanted: dict[str, set[str]] = {}
    for where in wheres:
        wanted.setdefault(where.field, set()).add(where.value)
    problems = [problem for name, values in wanted.items() for problem in _problems(frame, name, values)]
    if problems:
        raise InputError(problems, ExitCode.USAGE)

    def kept(child: FrameChild) -> bool:
        return all(child.value(name) in values for name, values in wanted.items())

    return Frame(frame.as_at, (child for child in frame.children if kept(child)))


def attribute_problem(frame: Frame, place: str, name: str) -> Problem | None:
    """What is wrong with the name of an attribute, or None where the frame carries it."""
    if name in frame.attributes:
        return None
    return Problem(
        place,
        0,
        0,
        "no such attribute",
        found=name,
        expected=listed(frame.attributes),
        did_you_mean=nearest(name, frame.attributes),
    )


def listed(words: tuple[str, ...]) -> str:
    """The known words for a message, cut where there are too many to read."""
    more = f" and {len(words) - LISTED} more" if len(words) > LISTED else ""
    return ("one of " + ", ".join(words[:LISTED]) + more) if words else "none: the frame carries no attributes"


def _problems(frame: Frame, name: str, values: set[str]) -> Iterator[Problem]:
    unknown = attribute_problem(frame, "where", name)
    if unknown:
        yield unknown
        return
    known = frame.values(name)
    for value in sorted(values.difference(known)):
        yield Problem(
            "where",
            0,
            0,
            f"no child has this {name}",
            found=value,
            expected=listed(known),
            did_you_mean=nearest(value, known),
        )
