"""Reading a marked YAML file shape by shape: every problem is kept with its place, and reading goes on."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from qaengine.model.marked_yaml import MarkedYaml, Path
from qaengine.model.problem import Problem, nearest

E = TypeVar("E", bound=StrEnum)


_UNSAID: Final = object()


def said(value: Any) -> str:
    """A value as a problem names it."""
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value is None else str(value)


def one_of(words: Iterable[str]) -> str:
    """The words that were expected, as a problem lists them."""
    return ", ".join(words)


class Reading:
    """A file being read, and the problems found so far. Each method answers None where it found a problem."""

    def __init__(self, marked: MarkedYaml) -> None:
        self._marked = marked
        self.problems: list[Problem] = []

    def problem(
        self,
        path: Path,
        message: str,
        found: Any = _UNSAID,
        expected: str = "",
        *,
        near: Iterable[str] = (),
        at_key: bool = False,
    ) -> None:
        """Keep a problem at the value at `path`, or at its key; `near` are the words that might have been meant."""
        meant = nearest(found, near) if isinstance(found, str) else ""
        shown = "" if found is _UNSAID else said(found)
        self.problems.append(
            self._marked.problem(path, message, found=shown, expected=expected, did_you_mean=meant, at_key=at_key)
        )

    def mapping(
        self, value: Any, path: Path, required: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> Mapping[str, Any] | None:
        """A mapping with the keys that it must and may have."""
        required, known = tuple(required), (*required, *optional)
        if not isinstance(value, dict):
            self.problem(path, "not a mapping", value, f"a mapping with {one_of(known)}")
            return None
        for key in value:
            if key not in known:
                self.problem((*path, key), "unknown key", str(key), one_of(known), near=known, at_key=True)
        for key in required:
            if key not in value:
                self.problem(path, f"{key} is missing", expected=key)
        return {key: item for key, item in value.items() if key in known}

    def named(self, value: Any, path: Path, what: str) -> Iterator[tuple[str, Any]]:
        """The entries of a mapping whose keys are names that the writer chose."""
        if not isinstance(value, dict):
            self.problem(path, "not a mapping", value, f"a mapping of {what}")
            return
        for key, item in value.items():
            if isinstance(key, str) and key.isidentifier() and key.isascii():
                yield key, item
            else:
                self.problem(
                    (*path, key), f"not a name for one of the {what}", key, "letters and underscores", at_key=True
                )

    def listed(self, value: Any, path: Path, what: str) -> Iterator[tuple[int, Any]]:
        """The items of a list."""
        if not isinstance(value, list) or not value:
            self.problem(path, "not a list", value, f"a list of {what}")
            return
        yield from enumerate(value)

    def text(self, value: Any, path: Path, what: str) -> str:
        """Words that a person wrote; empty where there is a problem."""
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        self.problem(path, f"{what} is not text", value, "words, in quotation marks if they look like a number")
        return ""

    def word(self, value: Any, path: Path, known: Iterable[str], message: str = "unknown word") -> str | None:
        """One of the known words."""
        known = tuple(known)
        if isinstance(value, str) and value in known:
            return value
        self.problem(path, message, value, one_of(known), near=known)
        return None

    def member(self, value: Any, path: Path, known: type[E], message: str = "unknown word") -> E | None:
        """One of the members of an enumeration, by its word."""
        word = self.word(value, path, [member.value for member in known], message)
        return known(word) if word is not None else None
