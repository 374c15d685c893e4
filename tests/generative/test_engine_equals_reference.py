"""The engine says what the reference says: every result, measure, due date and piece of evidence, at every level.

One example here is a world of ten standards, so that the fixed cost of a run is shared: 200 worlds are 2,000 random
standards, each on eight random case files.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings

from qaengine.evaluate.engine.run import run
from qaengine.evaluate.stages import Stages, evaluated
from qaengine.evaluate.wanted import RESULTS
from qaengine.model import condition as c
from qaengine.model.result import Result
from qaengine.model.standard import KINDS
from qaengine.standards.loader import load_standard, load_standards
from tests.engine_against_reference import Findings, by_reference, difference, frames_of, staged
from tests.strategies_standards import CONDITIONS, TESTS, World, worlds, worlds_in_stages

RULES = Path(__file__).parents[2] / "rules" / "standards"
FIXTURES = Path(__file__).parents[1] / "fixtures"


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(worlds())
def test_the_engine_equals_the_reference(world: World) -> None:
    assert len(world.standards) == 10
    found = difference(world.standards, world.cases, world.as_at)
    assert not found, f"World.of({world.seed}): {found}"


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(worlds_in_stages())
def test_the_engine_equals_the_reference_in_two_stages(world: World) -> None:
    found = difference(world.standards, world.cases, world.as_at, staged)
    assert not found, f"World.in_stages({world.seed}): {found}"


def test_the_worlds_in_stages_have_findings_of_every_kind_and_use_them() -> None:
    """A test of the tests."""
    results: Counter[Result] = Counter()
    rows: Counter[str] = Counter()
    second = 0
    for seed in range(60):
        world = World.in_stages(seed)
        stages = Stages.of(world.standards)
        second += len(stages.second)
        for file in world.cases.files:
            found = evaluated(stages, file, world.as_at, world.cases.not_carried)
            results.update(one.verdict.as_recorded.result for one in found if one.standard in stages.second)
            for row in found[-1].here.file.records.get("findings", ()):
                late, since = row.values["late"], row.values["since"]
                rows.update({"late": bool(late), "open": not late, "dated": since is not None})
    assert second > 120
    assert min(results[result] for result in Result) >= 5, results
    assert min(rows[word] for word in ("late", "open", "dated")) >= 10, rows


@pytest.mark.parametrize("seed", range(8))
def test_the_engine_equals_the_reference_on_the_standards_of_the_product(seed: int) -> None:
    world = World.about(load_standards(RULES), seed)
    assert not difference(world.standards, world.cases, world.as_at)


@pytest.mark.parametrize("seed", range(20))
def test_the_engine_equals_the_reference_on_the_kinds_on_time(seed: int) -> None:
    """Together, and each alone: then a case file has few dates, and many fall on one day."""
    text = (FIXTURES / "good-of-time.yaml").read_text(encoding="utf-8")
    whole = load_standard(text, "good-of-time.yaml")
    for checks in (whole.checks, *((check,) for check in whole.checks)):
        world = World.about((replace(whole, checks=checks),), seed)
        assert not difference(world.standards, world.cases, world.as_at)


@pytest.mark.parametrize("seed", range(20))
def test_the_engine_equals_the_reference_on_limits_that_may_not_be_known(seed: int) -> None:
    """With one last day for two limits, and several limits that may be the one, which random standards seldom have."""
    standard = load_standard((FIXTURES / "good-of-limits.yaml").read_text(encoding="utf-8"), "good-of-limits.yaml")
    world = World.about((standard,), seed)
    assert not difference(world.standards, world.cases, world.as_at)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_not_wanted_changes_nothing_of_what_is(seed: int) -> None:
    world = World.of(seed)
    asked = (world.standards, frames_of(world.cases), world.as_at, world.cases.not_carried)
    whole = run(*asked)
    for wanted, columns in ((RESULTS, ["result"]), (RESULTS.with_days(), ["result", "due_on", "late"])):
        some = run(*asked, wanted)
        for full, part in zip(whole.found, some.found, strict=True):
            assert part.children.columns == ["child", *columns[:1], "read", *columns[1:]]
            assert part.children.equals(full.children.select(part.children.columns))
            for check, of_part in zip(full.checks, part.checks, strict=True):
                assert of_part.records is None
                assert of_part.children.sort("child").equals(check.children.sort("child").select("child", *columns))


def test_there_is_a_generator_for_every_node_and_every_kind() -> None:
    assert set(CONDITIONS) == set(get_args(c.Condition))
    assert set(TESTS) == set(KINDS)


@pytest.fixture(scope="module")
def sample() -> list[tuple[World, Findings]]:
    """Some worlds, with what the reference says of them."""
    some = [World.of(seed) for seed in range(120)]
    return [(world, by_reference(world.standards, world.cases, world.as_at)) for world in some]


def test_the_worlds_hold_every_node_every_kind_and_every_result(sample: list[tuple[World, Findings]]) -> None:
    """A test of the tests: what is never drawn, or never comes out, is not tested."""
    drawn: Counter[Any] = Counter()
    results: Counter[tuple[str, Result]] = Counter()
    said: Counter[str] = Counter()
    for world, findings in sample:
        drawn += world.drawn
        for (level, *_), (result, *rest) in findings.items():
            results[level, result] += 1
            if level != "standard":
                late, mitigated = rest[4], rest[5]
                said.update({"late": late, "mitigated": mitigated, "answered late": rest[6] is not None and late})
    assert min(drawn[each] for each in (*CONDITIONS, *TESTS)) >= 10, drawn
    assert min(results["check", result] for result in Result) >= 10, results
    assert min(results["standard", result] for result in Result) >= 10, results
    assert min(said[word] for word in ("late", "mitigated", "answered late")) >= 10, said


def test_the_worlds_lie_on_the_edges(sample: list[tuple[World, Findings]]) -> None:
    """What is measured is a unit below its limit, at it and a unit above it."""
    off: Counter[tuple[str, int]] = Counter()
    for _, findings in sample:
        for key, found in findings.items():
            if key[0] != "standard" and found[3] in ("days", "working days"):
                off[found[3], found[1] - found[2]] += 1
    assert min(off[unit, by] for unit in ("days", "working days") for by in (-1, 0, 1)) >= 10, off
