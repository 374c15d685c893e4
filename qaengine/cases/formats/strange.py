"""Elements of a return in XML that should not be there, or not so: nothing that they may hold is missed in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from qaengine.cases.notes import MOST_SHOWN, Note, case_data_error
from qaengine.cases.raw.table import normal
from qaengine.cases.values import shown
from qaengine.model.problem import Problem, nearest

if TYPE_CHECKING:
    from qaengine.cases.raw.xml_file import Element


class Strange:
    """What is strange in one file, as it is met."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._unknown: dict[str, int] = {}
        self._problems: list[Problem] = []

    def unknown(self, element: Element, known: Iterable[str]) -> None:
        """An element that is not known, of which nothing is taken.

        One whose name is nearly that of a known one is refused, and so is one that holds a known one: what it holds
        would else be missing, and look as if it had not been done.
        """
        names = list(known)
        near = nearest(element.tag, names)
        if near or any(one.inside and normal(one.tag) in map(normal, names) for one in element.inside):
            message = "an element that is not known, so that what it holds would be missing"
            raise case_data_error(Problem(self._file, element.line, 0, message, element.tag, "", near))
        self._unknown[element.tag] = self._unknown.get(element.tag, 0) + 1

    def values(self, row: Element, known: Collection[str], repeated: Collection[str] = ()) -> None:
        """What is wrong with the values of a row: one that stands twice and says two things, or a known one that is no
        text. Those that are `repeated` may stand several times."""
        for tag, line in row.twice():
            if normal(tag) not in repeated:
                message = f"{tag} stands twice in one {row.tag} and says two things, and is left blank"
                self._problems.append(Problem(self._file, line, 0, message))
        for element in row.inside:
            if element.inside and normal(element.tag) in known:
                message = f"{element.tag} holds elements where a value should stand, and is left blank"
                self._problems.append(Problem(self._file, element.line, 0, message))

    def text(self, element: Element) -> None:
        """An element that should hold others and holds text."""
        if element.text and not element.inside:
            message = f"{element.tag} holds text and no elements, and is left"
            self._problems.append(Problem(self._file, element.line, 0, message, shown(element.text)))

    def unread(self, element: Element, tag: str, found: str, expected: str) -> None:
        """A value that stands somewhere within an element and cannot be read."""
        message = f"{tag} cannot be read and is left blank"
        self._problems.append(Problem(self._file, element.line, 0, message, shown(found), expected))

    def misplaced(self, element: Element, where: str) -> None:
        """An element that is known, and stands where nothing looks for it."""
        message = f"{element.tag} stands outside of {where}, and is left"
        self._problems.append(Problem(self._file, element.line, 0, message))

    def around(self, root: Element, of_child: Collection[str], child: str) -> None:
        """What stands around the children: an element that holds what only a child does is one that is misnamed.

        Raises InputError for it, for a child would be missing.
        """
        for element in root.inside:
            if any(one.inside and normal(one.tag) in of_child for one in element.inside):
                message = "an element that holds what a child holds, and is none"
                raise case_data_error(Problem(self._file, element.line, 0, message, element.tag, child))
            self.around(element, of_child, child)

    def notes(self) -> list[Note]:
        """What was not known, and what stood otherwise than it should."""
        says = "left: an element that is not known"
        notes = [Note(f"{self._file}, {tag}", says, left=count) for tag, count in self._unknown.items()]
        if self._problems:
            unread, count = tuple(self._problems[:MOST_SHOWN]), len(self._problems)
            notes.append(Note(self._file, "elements not as they should be", unread=unread, unread_count=count))
        return notes
