"""Rates: the figures on page one of a dip sample, and what the limits promise, tried on every small population."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product
from math import comb, prod

import pytest

from qaengine.model.result import Result
from qaengine.sample import Count, Frame, FrameChild, Method, Rate, Tally, draw, rate, tallies
from qaengine.sample.hypergeometric import fewest
from qaengine.sample.rate import clopper_pearson

PROMISE = 0.95


def test_page_one_of_the_dip_sample() -> None:
    found = rate([Tally(population=318, met=19, not_met=8, undecided=3)])
    assert found.whole is not None
    assert (round(found.whole.low * 318), round(found.whole.high * 318)) == (143, 277)
    assert found.whole.method is Method.HYPERGEOMETRIC
    assert found.whole_sentence() == ("Across all 318 that means between 45 % and 87 %, however the three turn out.")
    assert found.decided_sentence() == "19 of 27 decided = 70 % (50 to 86 %)."


def test_51_to_86_is_what_27_children_drawn_and_decided_would_say() -> None:
    """As if nobody had been undecided: with three undecided the rate among files that say is less sure."""
    assert rate([Tally(318, met=19, not_met=8)]).decided_sentence() == "19 of 27 decided = 70 % (51 to 86 %)."


@pytest.mark.parametrize(
    ("tally", "whole", "decided"),
    [
        (
            Tally(30, 19, 8, 3),
            "Across all 30 that means between 63 % and 73 %, however the three turn out: every file was read.",
            "19 of 27 decided = 70 % (every file was read).",
        ),
        (
            Tally(27, 19, 8),
            "Across all 27 that is 70 %: every file was read.",
            "19 of 27 decided = 70 % (every file was read).",
        ),
        (
            Tally(318, 19, 7, 1),
            "Across all 318 that means between 51 % and 88 %, however the one turns out.",
            "19 of 26 decided = 73 % (52 to 88 %).",
        ),
        (
            Tally(318, 30, 0),
            "Across all 318 that means between 89 % and 100 %.",
            "30 of 30 decided = 100 % (89 to 100 %).",
        ),
        (
            Tally(318, 19, 8, 0, outside=3),
            "Across those of the 318 to whom it applies that means between 50 % and 86 %.",
            "19 of 27 decided = 70 % (50 to 86 %).",
        ),
        (
            Tally(318, 0, 0, 4),
            "Across all 318 that means between 0 % and 100 %, however the four turn out.",
            "None of 4 decided.",
        ),
        (Tally(318, 0, 0, 0, 4), "None of the 4 drawn says anything of the 318.", "None of 4 decided."),
        (
            Tally(318, 3, 1),
            "Across all 318 that means between 20 % and 99 %.",
            "3 of 4 decided: too few for a percentage.",
        ),
    ],
)
def test_sentences(tally: Tally, whole: str, decided: str) -> None:
    found = rate([tally])
    assert (found.whole_sentence(), found.decided_sentence()) == (whole, decided)


@pytest.mark.parametrize(("decided", "counts_only"), [(9, True), (10, False), (11, False)])
def test_under_ten_decided_there_is_no_percentage(decided: int, counts_only: bool) -> None:
    assert ("too few" in rate([Tally(318, decided - 3, 3)]).decided_sentence()) is counts_only


def test_strata_are_weighted_by_the_children_they_stand_for() -> None:
    found = rate([Tally(200, 9, 1, stratum="North"), Tally(40, 5, 5, stratum="South")])
    assert found.share == pytest.approx((200 * 0.9 + 40 * 0.5) / 240)
    assert "14 of 20 decided = 83 % weighted (" in found.decided_sentence()


def test_equal_sampling_fractions_are_not_called_weighted() -> None:
    assert "weighted" not in rate([Tally(100, 9, 1), Tally(50, 4, 1)]).decided_sentence()


def test_limits_over_ordinary_strata_stay_useful() -> None:
    """Held so that a change of method that widens them is seen; 52 to 85 % is what one simple draw of 30 would say."""
    strata = [(33, 3, 2), (61, 6, 4), (74, 7, 5), (80, 7, 5), (40, 4, 3), (30, 3, 2)]
    found = rate([Tally(population, met, drawn - met) for population, drawn, met in strata])
    assert found.whole is not None
    assert found.whole.low == pytest.approx(0.465, abs=0.005)
    assert found.whole.high == pytest.approx(0.877, abs=0.005)


def test_a_stratum_of_which_nobody_was_drawn_could_be_anything() -> None:
    found = rate([Tally(10, 5, 5), Tally(10, 0, 0)])
    assert found.whole is not None
    assert (found.whole.low, found.whole.high) == (0.25, 0.75)


def test_strata_read_whole_leave_only_the_undecided_open() -> None:
    found = rate([Tally(10, 5, 4, 1), Tally(20, 10, 10)])
    assert found.whole is not None
    assert found.decided is not None
    assert (found.whole.low, found.whole.high) == (15 / 30, 16 / 30)
    assert (found.decided.low, found.decided.high) == (15 / 29, 15 / 29)


def test_where_neither_number_is_known_each_limit_gets_half_the_risk() -> None:
    """12 of 40 drawn (6 met, 4 not, 2 undecided) beside a stratum read whole (3 met, 1 not)."""
    found = rate([Tally(40, 6, 4, 2), Tally(4, 3, 1)]).decided
    few_met, few_not_met = fewest(40, 12, 6, 0.0125) + 3, fewest(40, 12, 4, 0.0125) + 1
    many_met, many_not_met = 40 - fewest(40, 12, 6, 0.0125) + 3, 40 - fewest(40, 12, 8, 0.0125) + 1
    assert found is not None
    assert found.method is Method.STRATIFIED_SHARE
    assert found.low == pytest.approx(few_met / (few_met + many_not_met))
    assert found.high == pytest.approx(many_met / (many_met + few_not_met))


def test_counts_and_confidence_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="drawn of 5"):
        Tally(5, 3, 2, 1)
    with pytest.raises(ValueError, match="drawn of 5"):
        Tally(5, -1, 2)
    for confidence in (0.0, 1.0):
        with pytest.raises(ValueError, match="not between 0 and 1"):
            rate([Tally(5, 3, 2)], confidence)


def test_results_of_a_draw_become_one_tally_a_stratum() -> None:
    frame = Frame(date(2019, 9, 30), [FrameChild(f"{team}{i}", {"team": team}) for team in "AB" for i in range(6)])
    drawn = draw(frame, seed="s", size=Count(12), stratify="team")
    a = dict(zip([f"A{i}" for i in range(6)], Result, strict=True))
    b = {f"B{i}": Result.MET for i in range(6)}
    assert tallies(drawn, a | b) == (Tally(6, 1, 1, 2, 2, "A"), Tally(6, 6, 0, 0, 0, "B"))
    with pytest.raises(ValueError, match="drawn, but without a result: B"):
        tallies(drawn, a)


def test_a_replaced_child_is_not_among_those_of_whom_the_sample_speaks() -> None:
    drawn = draw(Frame(date(2019, 9, 30), map(FrameChild, "ABCDE")), seed="s", size=Count(2))
    out = drawn.children[0].child_id
    assert tallies(drawn.replace(out, "duplicate"), dict.fromkeys("ABCDE", Result.MET)) == (
        Tally(4, 2, 0, stratum="everyone"),
    )


def test_a_rate_goes_to_json() -> None:
    told = rate([Tally(318, 19, 8, 3)]).to_dict()
    assert told["decided"] == {
        "low": pytest.approx(0.498, abs=1e-3),
        "high": pytest.approx(0.862, abs=1e-3),
        "method": "Clopper-Pearson",
    }
    assert rate([Tally(318, 0, 0, 0, 4)]).to_dict()["whole"] is None


# What the limits promise, on every small population: of all possible draws at most one in twenty misses the truth.

Counts = tuple[int, ...]


def splits(total: int, kinds: int) -> Iterator[Counts]:
    """Every way to split a total over so many kinds."""
    if kinds == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, kinds - 1):
            yield (first, *rest)


def ways(population: Counts, drawn: Counts) -> int:
    """How many draws from a population of these kinds show these numbers."""
    return prod(comb(have, seen) for have, seen in zip(population, drawn, strict=True))


def test_simple_limits_cover_every_population_up_to_25() -> None:
    for population, drawn in ((N, n) for N in range(1, 26) for n in range(1, N + 1)):
        low = [fewest(population, drawn, seen, 0.025) for seen in range(drawn + 1)]
        for marked in range(population + 1):
            hit = sum(
                ways((marked, population - marked), (seen, drawn - seen))
                for seen in range(drawn + 1)
                if low[seen] <= marked <= population - low[drawn - seen]
            )
            assert hit >= PROMISE * comb(population, drawn), (population, drawn, marked)


def test_clopper_pearson_covers_every_finite_population_up_to_25() -> None:
    for drawn in range(1, 26):
        low = [clopper_pearson(drawn, seen, 0.025) for seen in range(drawn + 1)]
        for population in range(drawn, 26):
            for marked in range(population + 1):
                hit = sum(
                    ways((marked, population - marked), (seen, drawn - seen))
                    for seen in range(drawn + 1)
                    if low[seen] - 1e-12 <= marked / population <= 1 - low[drawn - seen] + 1e-12
                )
                assert hit >= PROMISE * comb(population, drawn), (population, drawn, marked)


def holds(truth: Counts, found: Rate) -> tuple[bool, bool]:
    """Whether `decided` and `whole` hold for the true (met, not met, undecided, outside); None claims nothing."""
    met, not_met, undecided, _ = truth
    decided = (
        found.decided is None
        or not met + not_met
        or (found.decided.low - 1e-12 <= met / (met + not_met) <= found.decided.high + 1e-12)
    )
    applies = met + not_met + undecided
    whole = found.whole is None or (
        found.whole.low - 1e-12 <= met / applies and (met + undecided) / applies <= found.whole.high + 1e-12
    )
    return decided, whole


def assert_covered(strata: list[tuple[int, int]], kinds: int) -> None:
    """Over every truth of these strata (N, n) with the first so many of the four kinds, count the draws that hold."""
    sizes = [tuple(splits(drawn, kinds)) for _, drawn in strata]
    pad = (0,) * (4 - kinds)

    def tally(population: int, seen: Counts) -> Tally:
        met, not_met, undecided, outside = seen + pad
        return Tally(population, met, not_met, undecided, outside)

    rates = {seen: rate([tally(N, one) for (N, _), one in zip(strata, seen, strict=True)]) for seen in product(*sizes)}
    draws = prod(comb(N, n) for N, n in strata)
    for truth in product(*(splits(N, kinds) for N, _ in strata)):
        overall = tuple(sum(column) for column in zip(*truth, strict=True)) + pad
        hits = [0, 0]
        for seen, found in rates.items():
            number = prod(ways(*pair) for pair in zip(truth, seen, strict=True))
            if number:
                hits = [hit + number * good for hit, good in zip(hits, holds(overall, found), strict=True)]
        assert min(hits) >= PROMISE * draws, (strata, truth, [Fraction(hit, draws) for hit in hits])


@pytest.mark.parametrize("strata", [[(6, 1)], [(7, 3)], [(8, 5)], [(8, 7)]])
def test_limits_hold_with_undecided_and_outside_in_a_simple_draw(strata: list[tuple[int, int]]) -> None:
    assert_covered(strata, kinds=4)


@pytest.mark.parametrize(
    "strata",
    [
        [(9, 4), (5, 1)],
        [(12, 2), (4, 3)],
        [(10, 9), (6, 2)],
        [(6, 2), (6, 2), (6, 2)],
        [(8, 1), (3, 2), (5, 3)],
        [(6, 6), (7, 2)],
        [(5, 0), (6, 3), (4, 2)],
        [(3, 1), (3, 1), (3, 1), (3, 1)],
    ],
)
def test_limits_hold_over_strata(strata: list[tuple[int, int]]) -> None:
    assert_covered(strata, kinds=2)


@pytest.mark.parametrize("strata", [[(5, 2), (4, 3)], [(4, 1), (6, 2)]])
def test_limits_hold_over_strata_with_undecided(strata: list[tuple[int, int]]) -> None:
    assert_covered(strata, kinds=3)


def test_limits_hold_over_strata_with_undecided_and_outside() -> None:
    assert_covered([(4, 2), (3, 2)], kinds=4)
