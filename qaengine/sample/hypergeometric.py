"""Drawing without replacement: exact chances, and the exact limits that follow from a draw.

The symbols of the textbooks in words: a `population` of N files of which M are `marked`; n are `drawn` and k are `seen`
to be marked.
"""

from math import fsum

# Beyond this share of the likeliest chance the rest of a tail adds nothing that a float could hold.
_NEGLIGIBLE = 1e-25
# A chance that equals the risk exactly counts as likely enough, however it was rounded: the wider interval.
_TIE = 1e-9


def _weights(population: int, marked: int, drawn: int) -> dict[int, float]:
    """The chance of each number seen, relative to the likeliest number: no factorials, so no size limit."""
    unmarked_left = population - marked - drawn
    fewest, most = max(0, -unmarked_left), min(drawn, marked)
    mode = max(fewest, min(most, (drawn + 1) * (marked + 1) // (population + 2)))
    weights = {mode: 1.0}
    weight = 1.0
    for seen in range(mode, most):
        weight *= (marked - seen) * (drawn - seen) / ((seen + 1) * (unmarked_left + seen + 1))
        if weight < _NEGLIGIBLE:
            break
        weights[seen + 1] = weight
    weight = 1.0
    for seen in range(mode, fewest, -1):
        weight *= seen * (unmarked_left + seen) / ((marked - seen + 1) * (drawn - seen + 1))
        if weight < _NEGLIGIBLE:
            break
        weights[seen - 1] = weight
    return weights


def chance_at_least(population: int, marked: int, drawn: int, seen: int) -> float:
    """The chance that a draw shows at least `seen` of the marked files (hypergeometric upper tail)."""
    weights = _weights(population, marked, drawn)
    return fsum(weight for number, weight in weights.items() if number >= seen) / fsum(weights.values())


def chance_of_any(population: int, marked: int, drawn: int) -> float:
    """The chance that a draw shows at least one of the marked files."""
    missed = 1.0
    for taken in range(drawn):
        missed *= max(0, population - marked - taken) / (population - taken)
    return 1 - missed


def fewest(population: int, drawn: int, seen: int, risk: float) -> int:
    """The lower limit for how many of the population are marked, wrong in at most `risk` of all draws.

    It is the smallest number under which seeing so many had a chance of at least `risk`: the Clopper-Pearson
    construction with the exact hypergeometric in the binomial's place (T. Wright, "Exact Confidence Bounds when
    Sampling from Small Finite Universes", Springer, 1991). The upper limit is
    `population - fewest(population, drawn, drawn - seen, risk)`. A census gives the number itself.
    """
    low, high = seen, population - (drawn - seen)
    while low < high:
        middle = (low + high) // 2
        if chance_at_least(population, middle, drawn, seen) >= risk * (1 - _TIE):
            high = middle
        else:
            low = middle + 1
    return low
