"""The clever calculations held to plain ones, in exact fractions."""

from fractions import Fraction
from itertools import pairwise
from math import comb, exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.sample.hypergeometric import chance_at_least, chance_of_any, fewest
from qaengine.sample.stratified import Seen, fewest_across, log_gains

quiet = settings(derandomize=True, deadline=None, max_examples=60)


@st.composite
def draws(draw: st.DrawFn, most: int = 60) -> tuple[int, int, int]:
    """(population, drawn, seen)"""
    population = draw(st.integers(1, most))
    drawn = draw(st.integers(1, population))
    return population, drawn, draw(st.integers(0, drawn))


def plain_chance(population: int, marked: int, drawn: int, seen: int) -> Fraction:
    ways = sum(comb(marked, i) * comb(population - marked, drawn - i) for i in range(seen, drawn + 1))
    return Fraction(ways, comb(population, drawn))


@quiet
@given(draws(), st.data())
def test_chances_are_the_textbooks(case: tuple[int, int, int], data: st.DataObject) -> None:
    population, drawn, seen = case
    marked = data.draw(st.integers(0, population))
    assert chance_at_least(population, marked, drawn, seen) == pytest.approx(
        float(plain_chance(population, marked, drawn, seen)), rel=1e-9, abs=1e-15
    )
    assert chance_of_any(population, marked, drawn) == pytest.approx(
        float(plain_chance(population, marked, drawn, 1)), abs=1e-12
    )


@quiet
@given(draws(), st.sampled_from([Fraction(1, 40), Fraction(1, 20), Fraction(1, 200)]))
def test_the_lower_limit_is_the_first_number_that_is_likely_enough(case: tuple[int, int, int], risk: Fraction) -> None:
    population, drawn, seen = case
    numbers = range(seen, population - (drawn - seen) + 1)
    plain = next(marked for marked in numbers if plain_chance(population, marked, drawn, seen) >= risk)
    assert fewest(population, drawn, seen, float(risk)) == plain


def test_a_tie_with_the_risk_counts_as_likely_enough() -> None:
    """One of 40 drawn, and it is marked: under one marked in 40 the chance was 1/40 exactly."""
    assert fewest(40, 1, 1, 0.025) == 1
    assert [fewest(N, 1, 1, 0.025) for N in (39, 41)] == [1, 2]


def test_a_large_population_neither_overflows_nor_differs_from_the_binomial() -> None:
    from scipy.special import betaincinv

    assert fewest(10_000_000, 900, 600, 0.025) / 10_000_000 == pytest.approx(
        float(betaincinv(600, 301, 0.025)), abs=1e-4
    )


@quiet
@given(draws(40), st.sampled_from([1e-3, 0.1, 1.0, 5.0, 24.0]))
def test_gains_are_those_of_the_exact_expectation_and_shrink(case: tuple[int, int, int], exponent: float) -> None:
    population, drawn, _ = case
    z = Fraction(exp(exponent))

    def expectation(marked: int) -> Fraction:
        ways = (comb(marked, i) * comb(population - marked, drawn - i) * z**i for i in range(drawn + 1))
        return sum(ways, Fraction(0)) / comb(population, drawn)

    gains = log_gains(population, drawn, exponent)
    values = [expectation(marked) for marked in range(population + 1)]
    plain = [log(after / before) for before, after in pairwise(values)]
    assert gains == pytest.approx(plain, rel=1e-9, abs=1e-12)
    assert all(after <= before + 1e-12 for before, after in pairwise(gains))


@quiet
@given(st.lists(draws(30), min_size=1, max_size=5))
def test_limits_over_strata_stay_between_what_was_seen_and_the_estimate(cases: list[tuple[int, int, int]]) -> None:
    strata = [Seen(*case) for case in cases]
    limit = fewest_across(strata, 0.025)
    assert sum(s.seen for s in strata) <= limit <= sum(s.population - s.drawn + s.seen for s in strata)
    assert limit <= sum(s.weight * s.seen for s in strata) + 1


@quiet
@given(st.lists(draws(30), min_size=2, max_size=4), st.data())
def test_seeing_one_more_never_lowers_the_limit(cases: list[tuple[int, int, int]], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(cases) - 1))
    population, drawn, seen = cases[index]
    more = [*cases[:index], (population, drawn, min(drawn, seen + 1)), *cases[index + 1 :]]
    before, after = (fewest_across([Seen(*case) for case in group], 0.025) for group in (cases, more))
    assert after >= before


@quiet
@given(draws(30))
def test_one_stratum_beside_those_read_whole_has_its_exact_limit(case: tuple[int, int, int]) -> None:
    population, drawn, seen = case
    strata = [Seen(population, drawn, seen), Seen(4, 4, 3), Seen(5, 0, 0)]
    assert fewest_across(strata, 0.025) == fewest(population, drawn, seen, 0.025) + 3
