"""Two tools on the same rows: who flags which, and whether a named reason tells every difference."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Generic, TypeVar

F = TypeVar("F")
"""The facts of one row, as we read them."""

Key = tuple[str, ...]
"""A row as the other tool's report names it."""

MOST_TOGETHER = 3
"""So many reasons may be needed together to tell one difference."""


@dataclass(frozen=True, slots=True)
class Reason(Generic[F]):
    """Why the other tool may answer otherwise: where that can be, and the facts as it reads them.

    A reason tells a difference only where it `holds` and where our own rule, asked of the facts as the `other` tool
    reads them, gives the other tool's answer.
    """

    name: str
    says: str
    holds: Callable[[F], bool]
    other: Callable[[F], F]


@dataclass(frozen=True, slots=True)
class Rule(Generic[F]):
    """A rule of the other tool by its code, the same question in our words, our answer, and the reasons to differ."""

    code: str
    asks: str
    answer: Callable[[F], bool]
    reasons: Sequence[Reason[F]] = ()


@dataclass(frozen=True, slots=True)
class Asked(Generic[F]):
    """One row that a rule is asked of."""

    key: Key
    child: str
    where: str
    facts: F


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that one of the two flags and the other does not, and the names of the reasons: empty if none tells it."""

    child: str
    where: str
    theirs: bool
    reasons: tuple[str, ...]

    @property
    def because(self) -> str:
        return " + ".join(self.reasons) or "NOT EXPLAINED"

    def __str__(self) -> str:
        who = "theirs" if self.theirs else "ours"
        return f"{self.child:<12} {self.where:<28} flagged by {who} alone: {self.because}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the comparison of one rule came to."""

    code: str
    asks: str
    rows: int
    theirs: int
    ours: int
    both: int
    differences: tuple[Difference, ...]
    says: dict[str, str] = field(default_factory=dict)

    @property
    def unexplained(self) -> int:
        return sum(not difference.reasons for difference in self.differences)

    def by_reason(self) -> dict[str, int]:
        """How many differences each reason tells, the most first."""
        names = [difference.because for difference in self.differences]
        return dict(sorted(((name, names.count(name)) for name in set(names)), key=lambda pair: (-pair[1], pair[0])))


def compare(rule: Rule[F], asked: Iterable[Asked[F]], flagged: Collection[Key]) -> Outcome:
    """Both answers for every row; a row that the other tool flags and we know nothing of is not explained."""
    rows, ours, both = 0, 0, 0
    unknown = set(flagged)
    found: list[Difference] = []
    for row in asked:
        rows += 1
        unknown.discard(row.key)
        we, they = rule.answer(row.facts), row.key in flagged
        ours += we
        both += we and they
        if we != they:
            found.append(Difference(row.child, row.where, they, told_by(rule, row.facts, they)))
    found += [Difference("?", " ".join(key), True, ()) for key in sorted(unknown)]
    says = {reason.name: reason.says for reason in rule.reasons}
    return Outcome(rule.code, rule.asks, rows, len(flagged), ours, both, tuple(found), says)


def told_by(rule: Rule[F], facts: F, theirs: bool) -> tuple[str, ...]:
    """The fewest reasons with which our own rule gives the other tool's answer; none where no reasons do."""
    may = [reason for reason in rule.reasons if reason.holds(facts)]
    for several in _few(may):
        as_read = facts
        for reason in several:
            as_read = reason.other(as_read)
        if rule.answer(as_read) == theirs:
            return tuple(reason.name for reason in several)
    return ()


def _few(reasons: Sequence[Reason[F]]) -> Iterator[tuple[Reason[F], ...]]:
    for size in range(1, min(MOST_TOGETHER, len(reasons)) + 1):
        yield from combinations(reasons, size)


def printed(outcome: Outcome, brief: bool) -> Iterator[str]:
    """The lines of one rule: its counts, the differences by reason and, unless `brief`, every difference."""
    yield f"\n{outcome.code}: {outcome.asks}"
    yield (
        f"  {outcome.rows:,} rows: theirs {outcome.theirs:,}, ours {outcome.ours:,}, both {outcome.both:,}; "
        f"{len(outcome.differences):,} differ, {outcome.unexplained:,} of them not explained"
    )
    for name, count in outcome.by_reason().items():
        yield f"  {count:>6,}  {name}" + "".join(f": {outcome.says[name]}" for _ in [0] if name in outcome.says)
    if not brief:
        yield from (f"    {difference}" for difference in outcome.differences)


def table_row(outcome: Outcome) -> str:
    """One row of a table in Markdown."""
    told = "; ".join(f"{count:,} {name}" for name, count in outcome.by_reason().items())
    counts = (outcome.rows, outcome.theirs, outcome.ours, outcome.both)
    return f"| {outcome.code} | " + " | ".join(f"{count:,}" for count in counts) + f" | {told} |"
