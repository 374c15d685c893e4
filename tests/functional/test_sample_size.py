"""Sizes, and planning them."""

from fractions import Fraction
from math import comb

import pytest

from qaengine.model.problem import ExitCode, InputError
from qaengine.sample import Count, Each, Everyone, Percent, Size, parse_size, plan_size
from qaengine.sample.size import wanted
from qaengine.sample.words import percent


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("12", Count(12)),
        (" 1 ", Count(1)),
        ("5%", Percent(Fraction(5))),
        ("2.5 %", Percent(Fraction(5, 2))),
        ("100%", Percent(Fraction(100))),
        ("all", Everyone()),
        ("ALL", Everyone()),
        ("2 per team", Each(2, "team")),
        ("1 per plan type", Each(1, "plan type")),
    ],
)
def test_sizes_as_people_say_them(text: str, size: Size) -> None:
    assert parse_size(text) == size
    assert parse_size(str(size)) == size, "a size reads back as it prints"


@pytest.mark.parametrize(
    "text", ["", "0", "0%", "101%", "-3", "1.5", "0 per team", "2 per ", "some", "5 percent", "١٢"]
)
def test_what_is_not_a_size_is_refused_with_what_is(text: str) -> None:
    with pytest.raises(InputError, match="expected 12, 5%, all or 2 per team") as error:
        parse_size(text)
    assert error.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize(("population", "drawn"), [(1, 1), (19, 1), (20, 1), (21, 2), (40, 2), (41, 3)])
def test_a_percentage_rounds_up_and_is_at_least_one(population: int, drawn: int) -> None:
    assert wanted(Percent(Fraction(5)), population) == drawn


def test_nineteen_files_find_one_in_ten_of_318_with_87_per_cent_chance() -> None:
    plan = plan_size(318, 0.1, 0.87)
    assert (plan.marked, plan.size) == (32, 19)
    assert plan.chance == pytest.approx(1 - comb(318 - 32, 19) / comb(318, 19), abs=1e-12)
    assert plan.sentence() == (
        "If 10 % of the 318 (32 or more) are not met, 19 files drawn at random show at least one with 87 % chance."
    )


def test_every_plan_is_the_smallest_that_holds() -> None:
    for population in range(1, 41):
        for rate in (Fraction(1, 100), Fraction(1, 10), Fraction(1, 3), Fraction(1)):
            for confidence in (Fraction(1, 2), Fraction(19, 20)):
                plan = plan_size(population, rate, confidence)

                def chance(n: int, marked: int = plan.marked, of: int = population) -> Fraction:
                    return 1 - Fraction(comb(of - marked, n), comb(of, n))

                assert chance(plan.size) >= confidence > chance(plan.size - 1)
                assert plan.marked - 1 < population * rate <= plan.marked


def test_a_tenth_typed_as_a_float_is_a_tenth() -> None:
    assert plan_size(30, 0.1, 0.95).marked == 3


def test_a_plan_needs_numbers_that_can_be_and_lists_those_that_cannot() -> None:
    with pytest.raises(InputError) as error:
        plan_size(0, 0, 1)
    assert [problem.file for problem in error.value.problems] == ["confidence", "population", "rate"]


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (0.004, "under 1 %"),
        (0.005, "under 1 %"),
        (0.006, "1 %"),
        (0.4497, "45 %"),
        (0.994, "99 %"),
        (0.995, "over 99 %"),
        (0.9999, "over 99 %"),
        (1, "100 %"),
    ],
)
def test_only_none_is_0_and_only_all_is_100_per_cent(share: float, said: str) -> None:
    assert percent(share) == said


@pytest.mark.parametrize(("share", "said"), [(0.869, "86 %"), (0.87, "87 %"), (0.009, "under 1 %"), (0.999, "99 %")])
def test_a_promise_is_rounded_down(share: float, said: str) -> None:
    assert percent(share, down=True) == said
