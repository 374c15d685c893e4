"""The lower limit for a number in the whole population when it was drawn stratum by stratum.

Each file drawn stands for w = N/n files of its own stratum, so T = sum of w x seen estimates how many are marked. The
limit inverts a test of "M are marked in all", which must hold however those M lie across the strata (R. E. Wendell and
J. Schmee, "Exact inference for proportions from a stratified finite population", JASA 91 (1996), 825-830). Their exact
p-value lists every way to spread M, which stops being possible at about three strata; here its Chernoff bound stands in
(H. Chernoff, Annals of Mathematical Statistics 23 (1952), 493-507):

    chance(T >= t)  <=  exp(-s t) x product over strata of E[exp(s w seen)]      for every s > 0

with the exact hypergeometric expectation, so that the limits close in as a stratum is read to its end. The spread that
makes the bound largest is found exactly: by Newton's inequalities each stratum's log-expectation gains less from every
further marked file, so taking the largest gain each time is best. The limit is safe for any number of strata and any
quotas; the price is an interval that is wider than an exact one would be (about a quarter in ordinary draws).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, log

from qaengine.sample.hypergeometric import fewest

# Trial values of s x (largest weight): doublings, then finer steps about the best. Every s gives a valid bound, so that
# searching costs no confidence.
_TRIALS = tuple(0.01 * 2**step for step in range(12))
_FINER = (0.6, 0.7, 0.85, 1.2, 1.4, 1.7)
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Seen:
    """One stratum: its population, how many were drawn, and how many of those were seen to be marked."""

    population: int
    drawn: int
    seen: int

    @property
    def weight(self) -> float:
        """How many files of the stratum each drawn file stands for."""
        return self.population / self.drawn


def fewest_across(strata: Sequence[Seen], risk: float) -> int:
    """The lower limit for how many are marked in all strata together, wrong in at most `risk` of all draws.

    A stratum of which nothing was drawn adds none, a stratum that was read whole adds what was seen, and where only
    one is left its exact hypergeometric limit is used.
    """
    known = sum(stratum.seen for stratum in strata if stratum.drawn == stratum.population)
    open_strata = [stratum for stratum in strata if 0 < stratum.drawn < stratum.population]
    if len(open_strata) == 1:
        only = open_strata[0]
        return known + fewest(only.population, only.drawn, only.seen, risk)
    if not open_strata:
        return known
    limits = {trial: _limit(open_strata, trial, risk) for trial in _TRIALS}
    best = max(limits, key=lambda trial: limits[trial])
    return known + max(limits[best], *(_limit(open_strata, best * finer, risk) for finer in _FINER))


def _limit(strata: Sequence[Seen], trial: float, risk: float) -> int:
    """The smallest total that the Chernoff bound with this s cannot rule out."""
    s = trial / max(stratum.weight for stratum in strata)
    needed = s * fsum(stratum.weight * stratum.seen for stratum in strata) + log(risk) - _ROUNDING
    reached, spare = 0.0, list[float]()
    for stratum in strata:
        gains = log_gains(stratum.population, stratum.drawn, s * stratum.weight)
        reached += fsum(gains[: stratum.seen])
        spare += gains[stratum.seen : stratum.population - (stratum.drawn - stratum.seen)]
    total = sum(stratum.seen for stratum in strata)
    for gain in sorted(spare, reverse=True):
        if reached >= needed:
            break
        reached += gain
        total += 1
    return total


def log_gains(population: int, drawn: int, exponent: float) -> list[float]:
    """How much log E[exp(exponent x seen)] grows with each further marked file, from none marked to all.

    The recurrence is run from both ends (from the far end: unmarked for marked) up to where its middle term would turn
    negative, so that only positive numbers are ever added and nothing is lost to rounding.
    """
    z = exp(exponent)
    turn = min(population, int((drawn * z + population - drawn) / (1 + z)) + 1)
    up = _log_ratios(population, drawn, z, turn)
    down = _log_ratios(population, drawn, 1 / z, population - turn)
    return up + [-ratio for ratio in reversed(down)]


def _log_ratios(population: int, drawn: int, z: float, steps: int) -> list[float]:
    """log of G(M+1)/G(M) for G(M) = E[z to the power of seen], M marked, n drawn of N.

    G(M) times (N over M) is the coefficient of x^M in P(x) = (1+zx)^n (1+x)^(N-n), and P'/P turns that into
    (N-M) G(M+1) = (nz + N-n - (1+z)M) G(M) + zM G(M-1).
    """
    ratio, logs = 1.0, list[float]()
    for marked in range(steps):
        middle = max(0.0, drawn * z + population - drawn - (1 + z) * marked)
        ratio = (middle + z * marked / ratio) / (population - marked)
        logs.append(log(ratio))
    return logs
