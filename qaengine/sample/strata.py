"""Sharing a draw out over strata."""

from collections.abc import Mapping

from qaengine.sample.size import Each, Size, wanted


def allocate(populations: Mapping[str, int], n: int) -> dict[str, int]:
    """n shared out in proportion to the populations: largest remainder, ties by name; all of them if n is too many.

    Where n allows, every stratum that is not empty gets at least one, taken from the largest share. Largest remainder
    keeps every share within one of exact proportion, but a larger n can give a stratum one less; a further round, and
    not a larger draw, is the way to add to a draw.
    """
    total = sum(populations.values())
    n = min(n, total)
    if n == 0:
        return dict.fromkeys(populations, 0)
    shares = {name: n * population // total for name, population in populations.items()}
    by_remainder = sorted(populations, key=lambda name: (-(n * populations[name] % total), name))
    for name in by_remainder[: n - sum(shares.values())]:
        shares[name] += 1
    return _one_each(shares, populations, n)


def _one_each(shares: dict[str, int], populations: Mapping[str, int], n: int) -> dict[str, int]:
    present = sorted(name for name, population in populations.items() if population)
    if n < len(present):
        return shares
    for name in present:
        if shares[name] == 0:
            giver = min(present, key=lambda other: (-shares[other], other))
            shares[giver] -= 1
            shares[name] = 1
    return shares


def quotas(size: Size, left: Mapping[str, int], population: int) -> dict[str, int]:
    """How many to draw from each stratum, given how many are left in each and how many there were in all."""
    if isinstance(size, Each):
        return {name: min(size.n, number) for name, number in left.items()}
    return allocate(left, wanted(size, population))
