"""Three-valued truth: true, false, or cannot know, with what is missing."""

from collections.abc import Iterable
from typing import NamedTuple

from qaengine.model.result import Missing


class Truth(NamedTuple):
    """`value` is None when it cannot be known; `missing` then names the fields that would have told."""

    value: bool | None
    missing: frozenset[Missing] = frozenset()


_TRUE, _FALSE = Truth(True), Truth(False)


def certainly(value: bool) -> Truth:
    return _TRUE if value else _FALSE


def cannot_know(missing: Iterable[Missing]) -> Truth:
    return Truth(None, frozenset(missing))


def all_of(parts: Iterable[Truth]) -> Truth:
    """False if one part is false, though others cannot be known; true only if every part is.

    What comes after a part that is false is not looked at.
    """
    missing: list[frozenset[Missing]] = []
    for truth in parts:
        if truth.value is False:
            return _FALSE
        if truth.value is None:
            missing.append(truth.missing)
    return Truth(None, frozenset().union(*missing)) if missing else _TRUE


def any_of(parts: Iterable[Truth]) -> Truth:
    """True if one part is true, though others cannot be known; false only if every part is."""
    return negate(all_of(negate(part) for part in parts))


def negate(truth: Truth) -> Truth:
    return truth if truth.value is None else certainly(not truth.value)
