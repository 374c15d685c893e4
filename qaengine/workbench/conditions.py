"""Which conditions of a standard its examples have seen true, and which false.

A condition is told apart by the place where it is written, not by what it says: the same words in two checks are two.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, get_args

from qaengine.evaluate.explain.trace import says
from qaengine.model.condition import Always, Carries, Condition, leaves
from qaengine.model.standard import Standard

_CONDITIONS = get_args(Condition)


@dataclass
class Seen:
    """A single test of a condition, where it is written, and what the examples have made of it."""

    where: str
    test: Condition
    values: set[bool] = field(default_factory=set)

    @property
    def both_ways(self) -> bool:
        return len(self.values) == 2

    def __str__(self) -> str:
        never = " or ".join(str(value).lower() for value in (True, False) if value not in self.values)
        return f"{self.where}: {says(self.test)}: never {never}"


@dataclass
class Conditions:
    """Every test of a standard that hangs on the case file."""

    seen: dict[int, Seen]  # by identity: the standard holds every one of them

    @classmethod
    def of(cls, standard: Standard) -> "Conditions":
        return cls({id(leaf): Seen(where, leaf) for where, leaf in _tests(standard)})

    def told(self, test: Condition, value: bool | None) -> None:
        """Take note of what a test came to."""
        if value is not None and id(test) in self.seen:
            self.seen[id(test)].values.add(value)

    @property
    def total(self) -> int:
        return len(self.seen)

    @property
    def both_ways(self) -> int:
        return self.total - len(self.not_both_ways)

    @property
    def not_both_ways(self) -> list[Seen]:
        return [each for each in self.seen.values() if not each.both_ways]


def _tests(standard: Standard) -> Iterator[tuple[str, Condition]]:
    """Every single test with the place where it is written; those that hang on a parameter or the source left out."""
    places: list[tuple[str, Condition]] = [("applies_to", standard.applies_to)]
    places += [(f"contradictory {number}", one.when) for number, one in enumerate(standard.contradictions, 1)]
    places += [(f"anchor {anchor.name}", anchor.where) for anchor in standard.anchors]
    for check in standard.checks:
        places += [(f"{check.id} when", check.when), (f"{check.id} depends_on", check.depends_on)]
        places += [(f"{check.id} {where}", found) for where, found in _conditions_in(check.test)]
    for where, found in places:
        yield from ((where, leaf) for leaf in leaves(found) if not isinstance(leaf, Always | Carries))


def _conditions_in(node: Any) -> Iterator[tuple[str, Condition]]:
    """The conditions of a kind of check, by the key under which each stands."""
    for each in fields(node):
        value = getattr(node, each.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, _CONDITIONS):
                yield each.name, item
            elif is_dataclass(item):
                yield from ((f"{each.name} {where}", found) for where, found in _conditions_in(item))
