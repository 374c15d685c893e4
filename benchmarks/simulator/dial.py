"""How good practice is: whether each duty was done in time and written down. Every answer hangs on the seed alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Dial:
    """One child's luck. Each duty draws from a stream of its own, so that a new duty leaves the others as they were.

    A duty slips with the probability 1 - quality; those in `always` never do and those in `never` always do.
    """

    seed: str
    quality: float
    always: frozenset[str] = field(default=frozenset())
    never: frozenset[str] = field(default=frozenset())

    def stream(self, purpose: str) -> Random:
        return Random(f"{self.seed}/{purpose}")

    def kept(self, duty: str) -> bool:
        """Whether a duty was done as it should be."""
        if duty in self.never:
            return False
        return duty in self.always or self.stream(duty).random() < self.quality

    def mostly(self, duty: str) -> bool:
        """The same for a duty that comes many times on one file, so that one file does not slip in all of them."""
        if duty in self.never:
            return False
        return duty in self.always or self.stream(duty).random() < 1 - (1 - self.quality) / 5

    def slips(self, duty: str, n: int) -> frozenset[int]:
        """Which of n times a repeated duty was not done as it should be: mostly none, and then one or two."""
        if n == 0 or self.kept(duty):
            return frozenset()
        chance = self.stream(f"{duty}, which")
        return frozenset(chance.randrange(n) for _ in range(chance.choice((1, 1, 2))))

    def days(self, purpose: str, low: int, high: int) -> int:
        """A number of days, from low to high."""
        return self.stream(purpose).randint(low, max(low, high))

    def pick(self, purpose: str, options: Sequence[T]) -> T:
        return self.stream(purpose).choice(options)

    def weighted(self, purpose: str, options: Mapping[T, float]) -> T:
        return self.stream(purpose).choices(list(options), list(options.values()))[0]

    def likely(self, purpose: str, probability: float) -> bool:
        """Something that is nobody's duty: whether it happened."""
        return self.stream(purpose).random() < probability
