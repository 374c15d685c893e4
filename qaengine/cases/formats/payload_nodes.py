"""Nodes of a payload, taken by their shape: what has another is left and said, and so is what is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from qaengine.cases.notes import MOST_SHOWN, Note, case_data_error
from qaengine.cases.raw.json_file import as_text
from qaengine.cases.raw.table import normal
from qaengine.cases.values import shown
from qaengine.model.problem import Problem, nearest

Node = Mapping[str, Any]
NO_DAY = date.min


class Nodes:
    """What is met in payloads, and all that is to be said of it."""

    def __init__(self) -> None:
        self._purged = 0
        self._unknown: dict[str, int] = {}
        self._problems: list[Problem] = []

    def is_purged(self, node: Node) -> bool:
        """Whether a node says that it is to be dropped; counted."""
        purged = str(node.get("purge", "")).lower() in ("true", "1")
        self._purged += purged
        return purged

    def object(self, at: str, whole: Node, key: str) -> Node:
        """The object under a key; empty where there is none, or it is purged."""
        value = whole.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.wrong(at, f"{key} is not an object, and is left", "", "an object")
            return {}
        return {} if self.is_purged(value) else value

    def array(self, at: str, whole: Node, key: str) -> Iterator[tuple[int, Node]]:
        """The objects of an array that are not purged and not empty, each with its place."""
        value = whole.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.wrong(at, f"{key} is not a list, and is left", "", "a list of objects")
            return
        for place, one in enumerate(value):
            if one is not None and not isinstance(one, dict):
                self.wrong(at, f"{key} holds what is not an object", str(one)[:40], "an object")
            elif one and not self.is_purged(one):
                yield place, one

    def values(self, at: str, node: Node, known: Collection[str], sections: Collection[str]) -> dict[str, str | None]:
        """The values of a node that are neither lists nor objects.

        A known value that is one is said. So is a list or an object that is not known; but one whose name is nearly
        that of a known section is refused, for what it holds would look undone. Raises InputError.
        """
        found: dict[str, str | None] = {}
        for key, value in node.items():
            if not isinstance(value, list | dict):
                if key != "purge":
                    found[key] = as_text(value)
            elif normal(key) in known:
                self.wrong(at, f"{key} is no single value, and is left blank", "", "a single value")
            elif key not in sections:
                near = nearest(key, sections)
                if near:
                    message = "a section that is not known, so that what it holds would be missing"
                    raise case_data_error(Problem(at, 0, 0, message, key, "", near))
                self._unknown[key] = self._unknown.get(key, 0) + 1
        return found

    def nothing_else(self, values: Mapping[str, str | None]) -> None:
        """Values where a node has none: each is left, and said."""
        for key, value in values.items():
            if value is not None:
                self._unknown[key] = self._unknown.get(key, 0) + 1

    def codes(self, node: Node, key: str) -> list[str]:
        """The codes in a list, or the one that stands in its place; a question mark for what is none."""
        value = node.get(key)
        listed = value if isinstance(value, list) else [value] if value is not None else []
        return [as_text(one) or "?" for one in listed if one not in (None, "")]

    def worker(self, episodes: Sequence[tuple[str, Node]]) -> str | None:
        """The worker of the involvement that has not ended and began last; none where two began on that day, or where
        what says so cannot be read. Each episode comes with its place."""
        open_: list[tuple[date, str]] = []
        before = len(self._problems)
        details = [(at, one) for at, episode in episodes for _, one in self.array(at, episode, "care_worker_details")]
        for at, one in details:
            began, ended, worker = (as_text(one.get(key)) for key in ("start_date", "end_date", "worker_id"))
            if _day(ended) is None or _day(began) is None or not worker:
                found = ", ".join(f"{key} {value}" for key, value in one.items() if not isinstance(value, list | dict))
                self.wrong(at, "care_worker_details cannot be read, and nobody is the worker", found, "ids and dates")
            elif not ended:
                open_.append((_day(began) or NO_DAY, worker))
        days = {began for began, _ in open_}
        if len(self._problems) > before or not days or (len(open_) > 1 and NO_DAY in days):
            return None
        workers = {worker for began, worker in open_ if began == max(days)}
        return workers.pop() if len(workers) == 1 else None

    def wrong(self, at: str, message: str, found: str = "", expected: str = "") -> None:
        self._problems.append(Problem(at, 0, 0, message, shown(found) if found else "", expected))

    def notes(self) -> tuple[Note, ...]:
        """What was purged, what is not known, and what has another shape."""
        notes = [Note("payloads", "left: purged", left=self._purged)] if self._purged else []
        for key, count in self._unknown.items():
            notes.append(Note("payloads", f"left: {key}, a section that is not known", left=count))
        if self._problems:
            says, unread = "nodes of another shape", tuple(self._problems[:MOST_SHOWN])
            notes.append(Note("payloads", says, unread=unread, unread_count=len(self._problems)))
        return tuple(notes)


def _day(text: str | None) -> date | None:
    """The day that a text says; the first of all for a blank, None for what cannot be read."""
    if not text or not text.strip():
        return NO_DAY
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
