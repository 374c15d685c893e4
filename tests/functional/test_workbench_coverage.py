"""Every objective of the plan, point of the letter and point of the visit is covered, or says why it cannot be."""

from functools import cache
from pathlib import Path

import pytest

from qaengine.model.problem import InputError
from qaengine.standards.loader import load_standards
from qaengine.workbench.coverage import Map, coverage, read_points

RULES = Path(__file__).parents[2] / "rules"
POINTS = RULES / "coverage.yaml"


@cache
def found() -> Map:
    return coverage(read_points(POINTS), load_standards(RULES, examples=False))


def test_the_lists_are_those_of_the_sources() -> None:
    plan, letter, visit = (tuple(point.id for point in points.points) for points in found().lists)
    assert plan == tuple(f"PLAN {number}" for number in range(1, 28))
    assert letter == (
        *(f"OFSTED F{number}" for number in range(1, 12)),
        *(f"OFSTED I{number}" for number in range(1, 6)),
    )
    assert len(visit) == 7


def test_no_point_is_left_open() -> None:
    assert [point.id for point in found().open()] == []


def test_what_only_the_product_does_is_covered_by_no_standard() -> None:
    for name in ("PLAN 25", "OFSTED F1", "OFSTED F11"):
        assert name not in found().standards


def points(folder: Path, text: str) -> list[str]:
    (folder / "coverage.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        coverage(read_points(folder / "coverage.yaml"), load_standards(RULES, examples=False))
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_a_point_that_is_in_no_list_is_said_with_its_place(tmp_path: Path) -> None:
    lists = POINTS.read_text(encoding="utf-8").replace("{id: PLAN 18,", "{id: PLAN 18a,")
    said = points(tmp_path, lists)
    assert said
    assert all("no such point to cover; found PLAN 18" in line and "did you mean PLAN 18a?" in line for line in said)
    assert any("sdq-annual-update.yaml:13:" in line for line in said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lists: []\ndocument: {}", ["coverage.yaml:2:1: unknown key 'document'; expected one of documents, lists"]),
        (
            "lists: [{name: a, points: [{id: A 1, asks: what}, {id: A 1, asks: what}]}]",
            ["coverage.yaml:1:56: the same point twice; found A 1; expected each point once"],
        ),
        ("lists: [{name: a, points: [{id: A 1}]}]", ["coverage.yaml:1:28: the key 'asks' is missing"]),
    ],
)
def test_lists_that_are_wrong(text: str, expected: list[str], tmp_path: Path) -> None:
    assert [line.split("; did you")[0] for line in points(tmp_path, text)] == expected
