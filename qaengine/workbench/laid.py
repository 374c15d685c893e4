"""The case of an example as a document: laid over what is given, with every problem at the place where it was typed."""

from dataclasses import dataclass
from typing import Any

from qaengine.cases.documents import Document
from qaengine.model.marked_yaml import Path
from qaengine.model.problem import Problem
from qaengine.model.records import CHILD


@dataclass(frozen=True)
class LaidCase:
    """The case of one example: `data` is what was given with the example's own case laid over it."""

    document: Document
    place: int
    data: Any

    @property
    def file(self) -> str:
        return self.document.file

    def problem(
        self,
        path: Path,
        message: str,
        *,
        found: str = "",
        expected: str = "",
        did_you_mean: str = "",
        at_key: bool = False,
    ) -> Problem:
        """A problem at the value at `path`, or at its key: in the example where that says it, else in what is given."""
        return self.document.problem(
            self._typed_at(path), message, found=found, expected=expected, did_you_mean=did_you_mean, at_key=at_key
        )

    def _typed_at(self, path: Path) -> Path:
        own = ("examples", self.place, "case")
        case = self.document.data["examples"][self.place].get("case", {})
        given = self.document.data.get("given", {})
        depth = 2 if path[:1] == (CHILD.name,) else 1
        return (*own, *path) if _has(case, path[:depth]) or not _has(given, path[:depth]) else ("given", *path)


def _has(data: Any, path: Path) -> bool:
    for part in path:
        if not isinstance(data, dict) or part not in data:
            return False
        data = data[part]
    return True
