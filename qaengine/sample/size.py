"""How many to draw: sizes as people say them, and how many files it takes to find something."""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from qaengine.model.problem import ExitCode, InputError, Problem
from qaengine.sample.hypergeometric import chance_of_any
from qaengine.sample.words import percent


@dataclass(frozen=True, slots=True)
class Count:
    """So many children in all: `12`."""

    n: int

    def __str__(self) -> str:
        return str(self.n)


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of the children who can be drawn, rounded up, so at least one: `5%`, `2.5%`."""

    percent: Fraction

    def __str__(self) -> str:
        return f"{float(self.percent):g}%"


@dataclass(frozen=True, slots=True)
class Everyone:
    """A census: `all`."""

    def __str__(self) -> str:
        return "all"


@dataclass(frozen=True, slots=True)
class Each:
    """So many children for each value of an attribute: `2 per team`."""

    n: int
    attribute: str

    def __str__(self) -> str:
        return f"{self.n} per {self.attribute}"


Size = Count | Percent | Everyone | Each

_SHAPES = re.compile(
    r"(?P<count>[0-9]{1,9})"
    r"|(?P<percent>[0-9]{1,3}(\.[0-9]{1,6})?)\s*%"
    r"|(?P<all>all)"
    r"|(?P<each>[0-9]{1,9})\s+per\s+(?P<attribute>\S.*)",
    re.IGNORECASE,
)


def parse_size(text: str) -> Size:
    """`12`, `5%`, `all` or `2 per team`. Raises InputError (USAGE) for anything else, for 0 and for over 100 %."""
    size = _shape(text.strip())
    if size is None:
        problem = Problem(
            "size",
            0,
            0,
            "not a size",
            found=repr(text),
            expected="12, 5%, all or 2 per team (at least 1, at most 100 %)",
        )
        raise InputError([problem], ExitCode.USAGE)
    return size


def _shape(text: str) -> Size | None:
    found = _SHAPES.fullmatch(text)
    if not found:
        return None
    if found["all"]:
        return Everyone()
    if found["percent"]:
        share = Fraction(found["percent"])
        return Percent(share) if 0 < share <= 100 else None
    n = int(found["count"] or found["each"])
    if n == 0:
        return None
    return Each(n, found["attribute"].strip()) if found["each"] else Count(n)


def wanted(size: Count | Percent | Everyone, population: int) -> int:
    """How many children a size asks for from so many; a count may ask for more than there are."""
    if isinstance(size, Count):
        return size.n
    return ceil(population * size.percent / 100) if isinstance(size, Percent) else population


@dataclass(frozen=True, slots=True)
class SizePlan:
    """The smallest draw that shows at least one file not met, if at least `rate` of the population is not met.

    `marked` is the fewest files that make up that rate; `chance` is the chance that `size` files show one or more.
    """

    population: int
    rate: Fraction
    confidence: Fraction
    marked: int
    size: int
    chance: float

    def sentence(self) -> str:
        """The plan in one sentence. The chance is rounded down: a plan must not promise more than it holds."""
        return (
            f"If {percent(float(self.rate))} of the {self.population} ({self.marked} or more) are not met, "
            f"{self.size} files drawn at random show at least one with {percent(self.chance, down=True)} chance."
        )


def plan_size(population: int, rate: float | Fraction, confidence: float | Fraction) -> SizePlan:
    """The fewest files to draw, by the exact hypergeometric, to see at least one of those not met.

    `rate` and `confidence` are shares; a float means what it prints (0.1 is one tenth). Raises InputError (USAGE)
    unless population >= 1, 0 < rate <= 1 and 0 < confidence < 1.
    """
    share, sure = Fraction(str(rate)), Fraction(str(confidence))
    checks = [
        (population >= 1, "population", population, "at least 1"),
        (0 < share <= 1, "rate", rate, "over 0 % and up to 100 %"),
        (0 < sure < 1, "confidence", confidence, "over 0 % and under 100 %"),
    ]
    problems = [
        Problem(name, 0, 0, "cannot plan a size", found=str(found), expected=expected)
        for good, name, found, expected in checks
        if not good
    ]
    if problems:
        raise InputError(problems, ExitCode.USAGE)
    marked = ceil(population * share)
    size = _smallest(population, marked, float(sure))
    return SizePlan(population, share, sure, marked, size, chance_of_any(population, marked, size))


def _smallest(population: int, marked: int, confidence: float) -> int:
    enough = confidence * (1 - 1e-12)  # an exact tie is enough, however the product was rounded
    size, missed = 0, 1.0
    while 1 - missed < enough:
        missed *= max(0, population - marked - size) / (population - size)
        size += 1
    return size
