"""Headings and cells as people and systems write them instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from tests.mutations.model import Cell

GARBAGE = (
    "abc",
    "31/02/2019",
    "2019-13-45",
    "99/99/9999",
    "1e5",
    "-1",
    "12.5.3",
    "!!",
    "x" * 70,
    "01/01/1800",
    "see notes",
    "NaN?",
    "12/2019",
    "{}",
)
"""Nothing that any field holds but text."""

YES = ("yes", "Y", "TRUE", "true", "1", "a) Yes")
NO = ("no", "N", "FALSE", "false", "0", "b) No")


def garbage(random: Random) -> str:
    return random.choice(GARBAGE)


def restyled(heading: str, random: Random) -> str:
    """The same heading in other letters."""
    return random.choice(
        (
            heading.upper(),
            heading.lower(),
            heading.title(),
            f"  {heading} ",
            heading.replace(" ", "\u00a0"),
            heading.replace("'", "\u2019"),
            heading.replace(" ", "_"),
            heading.replace("_", " "),
            f"{heading}))",
        )
    )


def typo(heading: str, random: Random) -> str:
    """A heading with one letter too few, too many or out of place."""
    at = random.randrange(max(1, len(heading) - 1))
    return random.choice(
        (
            heading[:at] + heading[at + 1 :],
            heading[:at] + heading[at : at + 1] * 2 + heading[at + 1 :],
            heading[:at] + heading[at + 1 : at + 2] + heading[at : at + 1] + heading[at + 2 :],
            heading[:at] + "x" + heading[at:],
        )
    )


DAYS = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%Y-%m-%dT00:00:00",
    "%Y-%m-%d 00:00:00.000",
    "%d-%b-%Y",
    "%d %B %Y",
    "%d.%m.%Y",
    "%d/%m/%y",
    "%Y%m%d",
    "%m/%d/%Y",
    "serial",
    "date",
)
"""How a day is written. Month first only where it can be told: the reader cannot know it of a single date."""


def rewritten(cells: Sequence[Cell], random: Random) -> dict[int, Cell]:
    """The same values in another form, by their places."""
    form, style = random.choice(DAYS), random.randrange(4)
    if form == "%m/%d/%Y" and not any(isinstance(cell, date) and cell.day > 12 for cell in cells):
        form = "%d-%b-%Y"
    found = {place: _again(cell, form, style, random) for place, cell in enumerate(cells)}
    return {place: cell for place, cell in found.items() if cell is not None}


def _again(cell: Cell, form: str, style: int, random: Random) -> Cell:
    if isinstance(cell, date):
        if form == "serial":
            return (cell - date(1899, 12, 30)).days
        return cell if form == "date" else cell.strftime(form)
    if isinstance(cell, int):
        return (f"{cell}.0", f" {cell} ", float(cell), f"{cell}\u00a0")[style]
    if isinstance(cell, str):
        if cell in YES or cell in NO:
            return random.choice(YES if cell in YES else NO)
        return (f" {cell}", f"{cell}\u00a0", f"{cell}  ", f"\t{cell}")[style]
    return cell
