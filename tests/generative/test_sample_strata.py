"""Properties of sharing out a draw."""

from fractions import Fraction
from math import ceil, floor

from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.sample.strata import allocate

quiet = settings(derandomize=True, deadline=None, max_examples=200)
populations = st.dictionaries(st.text("ABCDEF", min_size=1, max_size=2), st.integers(0, 40), min_size=1, max_size=8)


@quiet
@given(populations, st.integers(0, 120))
def test_shares_add_up_and_never_ask_for_more_than_there_are(strata: dict[str, int], n: int) -> None:
    shares = allocate(strata, n)
    assert sum(shares.values()) == min(n, sum(strata.values()))
    assert all(0 <= shares[name] <= strata[name] for name in strata)
    assert shares.keys() == strata.keys()


@quiet
@given(populations, st.integers(1, 120))
def test_everyone_present_gets_one_where_n_allows(strata: dict[str, int], n: int) -> None:
    shares = allocate(strata, n)
    present = [name for name, population in strata.items() if population]
    assert all(shares[name] for name in present) or n < len(present)


@quiet
@given(populations, st.integers(1, 120))
def test_shares_are_within_one_of_proportion_where_nobody_needed_a_gift(strata: dict[str, int], n: int) -> None:
    total = sum(strata.values())
    n = min(n, total)
    exact = {name: Fraction(n * population, total) if total else Fraction(0) for name, population in strata.items()}
    shares = allocate(strata, n)
    if all(share >= 1 for name, share in exact.items() if strata[name]):
        assert all(floor(exact[name]) <= shares[name] <= ceil(exact[name]) for name in strata)


@quiet
@given(populations, st.integers(0, 120), st.randoms(use_true_random=False))
def test_the_order_of_the_strata_does_not_matter(strata: dict[str, int], n: int, random: object) -> None:
    shuffled = list(strata.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert allocate(dict(shuffled), n) == allocate(strata, n)


def test_the_largest_remainder_goes_first_and_ties_by_name() -> None:
    assert allocate({"North": 50, "South": 30, "West": 20}, 9) == {"North": 4, "South": 3, "West": 2}
    assert allocate({"B": 5, "A": 5, "C": 5}, 4) == {"A": 2, "B": 1, "C": 1}


def test_a_small_stratum_is_given_one_by_the_largest() -> None:
    assert allocate({"Large": 98, "Other": 98, "Tiny": 1}, 4) == {"Large": 1, "Other": 2, "Tiny": 1}
    assert allocate({"Large": 98, "Tiny": 1}, 1) == {"Large": 1, "Tiny": 0}
