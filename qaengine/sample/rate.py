"""What a draw says of everyone it was drawn from: rates, with limits that are honest about what was not decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from qaengine.model.result import Result
from qaengine.sample.draw import Draw
from qaengine.sample.hypergeometric import fewest
from qaengine.sample.stratified import Seen, fewest_across
from qaengine.sample.words import number, percent, percent_range

# Under this many decided a percentage says more than is known: counts only ("3 of 4").
FEW = 10

_UNDECIDED = (Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR)


@dataclass(frozen=True, slots=True)
class Tally:
    """The results of the children drawn from one stratum of `population`. `outside` counts those to whom the standard
    does not apply or is not yet due: they are in no rate. Raises ValueError for counts that cannot be."""

    population: int
    met: int
    not_met: int
    undecided: int = 0
    outside: int = 0
    stratum: str = ""

    def __post_init__(self) -> None:
        counts = (self.met, self.not_met, self.undecided, self.outside)
        if min(counts) < 0 or sum(counts) > self.population:
            raise ValueError(f"stratum {self.stratum!r}: {counts} drawn of {self.population}")

    @property
    def drawn(self) -> int:
        """How many children were drawn from the stratum."""
        return self.met + self.not_met + self.undecided + self.outside


class Method(StrEnum):
    """How an interval was found."""

    CENSUS = "census"
    HYPERGEOMETRIC = "exact hypergeometric"
    CLOPPER_PEARSON = "Clopper-Pearson"
    STRATIFIED = "stratified bound"
    STRATIFIED_SHARE = "share of stratified bounds"


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits of a share, 0 to 1."""

    low: float
    high: float
    method: Method


@dataclass(frozen=True, slots=True)
class Rate:
    """What the tallies say.

    `share` is met / (met + not met), each stratum weighted by the children it stands for; `decided` is its interval.
    `whole` is the interval for everyone in the population to whom the standard applies, counting every undecided child
    once as not met (the low limit) and once as met (the high limit). All three are None where nothing bears on them.
    """

    population: int
    met: int
    not_met: int
    undecided: int
    outside: int
    share: float | None
    decided: Interval | None
    whole: Interval | None
    confidence: float

    @property
    def drawn(self) -> int:
        """How many children were drawn."""
        return self.met + self.not_met + self.undecided + self.outside

    def decided_sentence(self) -> str:
        """`19 of 27 decided = 70 % (50 to 86 %).` Under ten decided: counts only. Says where strata were weighted."""
        n = self.met + self.not_met
        if n == 0 or self.share is None or self.decided is None:
            return f"None of {self.drawn} decided."
        if n < FEW:
            return f"{self.met} of {n} decided: too few for a percentage."
        weighted = " weighted" if abs(self.share - self.met / n) > 1e-9 else ""
        if self.decided.method is Method.CENSUS:
            return f"{self.met} of {n} decided = {percent(self.share)} (every file was read)."
        limits = percent_range(self.decided.low, self.decided.high)
        return f"{self.met} of {n} decided = {percent(self.share)}{weighted} ({limits})."

    def whole_sentence(self) -> str:
        """`Across all 318 that means between 45 % and 87 %, however the three turn out.`"""
        if self.whole is None:
            return f"None of the {self.drawn} drawn says anything of the {self.population}."
        all_of = f"those of the {self.population} to whom it applies" if self.outside else f"all {self.population}"
        turn = "turns" if self.undecided == 1 else "turn"
        however = f", however the {number(self.undecided)} {turn} out" if self.undecided else ""
        read = ": every file was read" if self.drawn == self.population else ""
        if self.whole.low == self.whole.high:
            return f"Across {all_of} that is {percent(self.whole.low)}{read}."
        return (
            f"Across {all_of} that means between {percent(self.whole.low)} and {percent(self.whole.high)}"
            f"{however}{read}."
        )

    def to_dict(self) -> dict[str, object]:
        """The rate, ready for JSON; shares are 0 to 1."""
        return {
            "population": self.population,
            "drawn": self.drawn,
            "met": self.met,
            "not_met": self.not_met,
            "undecided": self.undecided,
            "outside": self.outside,
            "share": self.share,
            "confidence": self.confidence,
            "decided": _interval_dict(self.decided),
            "whole": _interval_dict(self.whole),
            "sentences": {"decided": self.decided_sentence(), "whole": self.whole_sentence()},
        }


def tallies(draw: Draw, results: Mapping[str, Result]) -> tuple[Tally, ...]:
    """The drawn children's results (by child reference, one standard) as one tally a stratum.

    Raises ValueError naming the drawn children without a result: what was not evaluated never counts as anything.
    """
    without = [child.child_id for child in draw.children if child.child_id not in results]
    if without:
        raise ValueError(f"drawn, but without a result: {', '.join(without)}")
    rows = []
    for stratum in draw.strata:
        found = [results[ticket.child_id] for ticket in stratum.drawn]
        met, not_met = found.count(Result.MET), found.count(Result.NOT_MET)
        undecided = sum(result in _UNDECIDED for result in found)
        outside = len(found) - met - not_met - undecided
        population = stratum.population - len(stratum.replaced)  # they should not have been in the frame
        rows.append(Tally(population, met, not_met, undecided, outside, stratum.name))
    return tuple(rows)


def rate(strata: Sequence[Tally], confidence: float = 0.95) -> Rate:
    """The rate over one tally a stratum (one only: a simple draw), with two-sided limits at `confidence`.

    Both limits are wrong in at most (1 - confidence) of all draws, whatever the truth, for draws of any size:
    a census has none; a simple draw where every child counts uses the exact hypergeometric; where some children drawn
    are in no rate, the number in the population to whom the rate applies is unknown, and Clopper-Pearson holds
    whatever it is (J. P. Buonaccorsi, The American Statistician 41 (1987), 215-218, and tests try every one of up to
    25); strata use `stratified.fewest_across`.
    Raises ValueError unless 0 < confidence < 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    used = [tally for tally in strata if tally.population]
    risk = (1 - confidence) / 2
    met_only = [_Part(t.population, t.drawn, t.met, t.not_met) for t in used]
    undecided_not = [_Part(t.population, t.drawn, t.met, t.not_met + t.undecided) for t in used]
    undecided_met = [_Part(t.population, t.drawn, t.met + t.undecided, t.not_met) for t in used]
    return Rate(
        population=sum(t.population for t in used),
        met=sum(t.met for t in used),
        not_met=sum(t.not_met for t in used),
        undecided=sum(t.undecided for t in used),
        outside=sum(t.outside for t in used),
        share=_share(met_only),
        decided=_interval(met_only, met_only, risk),
        whole=_interval(undecided_not, undecided_met, risk),
        confidence=confidence,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One stratum seen as a share: of `drawn`, `one` count for it, `other` against it, and the rest not at all."""

    population: int
    drawn: int
    one: int
    other: int

    def turned(self) -> "_Part":
        return _Part(self.population, self.drawn, self.other, self.one)


def _share(parts: Sequence[_Part]) -> float | None:
    """The share, each stratum weighted by the children it stands for."""
    drawn = [part for part in parts if part.drawn]
    one = fsum(part.population / part.drawn * part.one for part in drawn)
    both = fsum(part.population / part.drawn * (part.one + part.other) for part in drawn)
    return one / both if both else None


def _interval(low: Sequence[_Part], high: Sequence[_Part], risk: float) -> Interval | None:
    if not any(part.one + part.other for part in low):
        return None
    method = _method(low)
    if method is Method.CENSUS:
        return Interval(_plain_share(low), _plain_share(high), method)
    return Interval(_lower(low, risk, method), 1 - _lower([part.turned() for part in high], risk, method), method)


def _plain_share(parts: Sequence[_Part]) -> float:
    one, other = sum(part.one for part in parts), sum(part.other for part in parts)
    return one / (one + other)


def _method(parts: Sequence[_Part]) -> Method:
    if all(part.drawn == part.population for part in parts):
        return Method.CENSUS
    every_one_counts = all(part.drawn == part.one + part.other for part in parts)
    if len(parts) == 1:
        return Method.HYPERGEOMETRIC if every_one_counts else Method.CLOPPER_PEARSON
    return Method.STRATIFIED if every_one_counts else Method.STRATIFIED_SHARE


def _lower(parts: Sequence[_Part], risk: float, method: Method) -> float:
    """The lower limit of one / (one + other) in the population, wrong in at most `risk` of all draws."""
    population, first = sum(part.population for part in parts), parts[0]
    if method is Method.CLOPPER_PEARSON:
        return clopper_pearson(first.one + first.other, first.one, risk)
    if method is Method.HYPERGEOMETRIC:
        return fewest(population, first.drawn, first.one, risk) / population
    if method is Method.STRATIFIED:
        return fewest_across([Seen(p.population, p.drawn, p.one) for p in parts], risk) / population
    # Neither number is known, so each gets half the risk: few for it, as many as can be against it.
    few = fewest_across([Seen(p.population, p.drawn, p.one) for p in parts], risk / 2)
    many = population - fewest_across([Seen(p.population, p.drawn, p.drawn - p.other) for p in parts], risk / 2)
    return few / (few + many) if few else 0.0


def clopper_pearson(n: int, seen: int, risk: float) -> float:
    """The exact binomial lower limit of a share (C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413).

    Also safe for draws without replacement from a population of any size, where it is wider than need be.
    """
    from scipy.special import betaincinv  # here, because it takes a tenth of a second to import

    return float(betaincinv(seen, n - seen + 1, risk)) if seen else 0.0


def _interval_dict(interval: Interval | None) -> dict[str, object] | None:
    return {"low": interval.low, "high": interval.high, "method": str(interval.method)} if interval else None
