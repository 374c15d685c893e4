"""A council's own tables, badly written: one line for each thing wrong, all at once."""

from pathlib import Path

import pytest

from qaengine.cases.council import read_council
from qaengine.model.calendar import EARLIEST
from qaengine.model.problem import ExitCode, InputError

RULES = Path(__file__).parents[2] / "rules"


def problems(folder: Path, name: str, text: str) -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_council(folder)
    assert caught.value.exit_code is ExitCode.STANDARDS
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", ["terms.yaml:1:1: cannot be read; expected a list of school terms under the key 'terms'"]),
        ("term: []", ["terms.yaml:1:1: unknown key; found term; did you mean terms?"]),
        ("terms: yes", ["terms.yaml:1:8: not a list of terms; found yes"]),
        (
            "terms:\n  - {starts: 2019-09-02}\n  - {starts: 2019-09-02, ends: 2019-09-01}\n",
            [
                "terms.yaml:2:5: not a term; expected {starts: 2019-09-02, ends: 2019-12-20}",
                "terms.yaml:3:32: the term ends before it begins; found 2019-09-01",
            ],
        ),
        (
            "terms:\n  - {starts: 2019-01-02, ends: 2019-04-01}\n  - {starts: 2019-04-01, ends: 2019-07-01}\n",
            [
                "terms.yaml:3:14: terms overlap; found 2019-04-01; expected a day after 2019-04-01, "
                "the end of the term before"
            ],
        ),
    ],
)
def test_terms(text: str, expected: list[str], tmp_path: Path) -> None:
    assert problems(tmp_path, "terms.yaml", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("levels: 1\ndecisions: {}", ["delegation.yaml:1:9: not a list; found 1; expected a list"]),
        (
            "levels: [{level: manager}]\ndecisions: {}",
            ["delegation.yaml:1:10: not a level; expected {level: manager, roles: [team manager, …]}"],
        ),
        (
            "levels:\n  - {level: a, roles: [x, 3]}\n  - {level: a, roles: [X]}\ndecisions: {closur: a, plan: b}",
            [
                "delegation.yaml:2:27: not words; found 3; expected words for a role",
                "delegation.yaml:3:13: the same level twice; found a",
                "delegation.yaml:3:24: the same role at two levels; found X",
                "delegation.yaml:4:13: no decision of this kind; found closur; did you mean closure?",
                "delegation.yaml:4:30: no such level; found b; expected one of a",
            ],
        ),
    ],
)
def test_delegation(text: str, expected: list[str], tmp_path: Path) -> None:
    assert problems(tmp_path, "delegation.yaml", text) == expected


def test_every_table_is_read_and_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "agencies.yaml").write_text("polis: [x]", encoding="utf-8")
    (tmp_path / "terms.yaml").write_text("terms: 1", encoding="utf-8")
    found = problems(tmp_path, "delegation.yaml", "[]")
    assert [line.split(":")[0] for line in found] == ["agencies.yaml", "delegation.yaml", "terms.yaml"]


def test_a_council_may_have_no_tables(tmp_path: Path) -> None:
    assert read_council(tmp_path).terms == ()


def test_the_tables_of_the_product() -> None:
    council = read_council(RULES)
    assert council.terms[0].starts > EARLIEST
    assert len(council.terms) % 3 == 0
    assert {"closure", "legal"} <= set(council.delegation.needs)
