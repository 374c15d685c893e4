"""Two folders of rules compared on the sample cases, and a new standard begun: the real commands."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from qaengine.cases.given import Given
from qaengine.cli.loading import load
from qaengine.cli.main import cli
from qaengine.evaluate import by_child
from qaengine.evaluate.by_child import results_by_child
from qaengine.model.problem import InputError

PROJECT = Path(__file__).parents[2]
RULES, CASES = PROJECT / "rules", PROJECT / "sample_cases"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The rules with an SDQ renewed every 6 months, and without one of the standards."""
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    file = folder / "standards" / "sdq-annual-update.yaml"
    text = file.read_text(encoding="utf-8")
    changed = text.replace("renew_within:\n    value: 12 months", "renew_within:\n    value: 6 months", 1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    (folder / "standards" / "smart-plan.yaml").unlink()
    return folder


def run(*args: object) -> str:
    result = CliRunner().invoke(cli, [str(arg) for arg in args], catch_exceptions=False, standalone_mode=False)
    return result.output


def test_it_says_which_number_differs_and_which_children_move(other: Path) -> None:
    said = run("compare", CASES, "--rules", RULES, "--with", other)
    assert "sdq-annual-update\n  renew within: from 12 months to 6 months\n" in said
    assert "from met to not met: CH-" in said
    assert "    in-date: " in said
    assert "Only in the first: smart-plan" in said


def test_every_child_that_moves_is_in_the_csv(other: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("compare", CASES, "--rules", RULES, "--with", other, "--format", "csv")))
    )
    in_date = [row for row in rows if row["check"] == "in-date"]
    assert in_date
    assert {(row["standard"], row["was"], row["now"]) for row in in_date} >= {("sdq-annual-update", "met", "not_met")}


LOCAL = """
numbers:
  sdq-annual-update:
    renew_within:
      - {value: 9 months, decided_by: head of service, decided_on: 2019-06-01}
      - {value: 6 months, decided_by: cabinet member, decided_on: 2019-12-01}
"""


@pytest.fixture
def local(tmp_path: Path) -> Path:
    file = tmp_path / "own.yaml"
    file.write_text(LOCAL, encoding="utf-8")
    return file


def test_a_number_of_the_council_is_tried_out_without_a_copy_of_the_rules(local: Path) -> None:
    said = run("compare", CASES, "--rules", RULES, "--with-local", local)
    assert f"{RULES} against {RULES} with {local}\n" in said
    assert "sdq-annual-update\n  renew within: from 12 months to 9 months\n" in said
    assert said == run("compare", CASES, "--rules", RULES, "--with", RULES, "--with-local", local)


def test_with_nothing_to_compare_with_it_says_so_and_of_the_date_it_speaks_once(local: Path) -> None:
    with pytest.raises(InputError, match="nothing to compare with; expected --with FOLDER, --with-local FILE or both"):
        run("compare", CASES, "--rules", RULES)
    result = CliRunner().invoke(
        cli, ["compare", str(CASES), "--rules", str(RULES), "--with-local", str(local), "--as-at", "2019-12-01"]
    )
    assert result.stderr.count("the case files speak for") == 1
    assert "from 12 months to 6 months" in result.stdout


@pytest.mark.parametrize(
    ("as_at", "value"),
    [
        ("2019-05-31", "12 months; from 1 June 2019 9 months, set by head of service; "
         "from 1 December 2019 6 months, set by cabinet member"),
        ("2019-06-01", "9 months; from 1 December 2019 6 months, set by cabinet member"),
        ("2019-11-30", "9 months; from 1 December 2019 6 months, set by cabinet member"),
        ("2019-12-01", "6 months"),
        ("", "6 months"),
    ],
)  # fmt: skip
def test_show_says_of_a_decision_that_is_not_in_force_from_when_it_is(local: Path, as_at: str, value: str) -> None:
    dated = ("--as-at", as_at) if as_at else ()
    assert f"| renew within | {value} |" in run("show", "sdq-annual-update", "--rules", RULES, "--local", local, *dated)


def test_rules_compared_with_themselves_are_the_same() -> None:
    assert " with the same numbers and the same results for every child." in run(
        "compare", CASES, "--rules", RULES, "--with", RULES
    )


def test_the_engine_gives_the_same_results_by_child(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(Given(str(CASES)), None, RULES)
    reference = results_by_child(loaded.stages, loaded.source, loaded.as_at)
    monkeypatch.setattr(by_child, "FEW", 0)
    assert results_by_child(loaded.stages, loaded.source, loaded.as_at) == reference


def test_a_new_standard_loads_and_its_examples_pass(tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    shutil.copy(RULES / "judgement.yaml", tmp_path)
    said = run("new", "standard", "visits-to-fathers", "--rules", tmp_path)
    assert "visits-to-fathers.yaml is written" in said
    assert "visits-to-fathers: 1 record checks, 1 for a reader, 8 examples, as expected" in run("check", tmp_path)


@pytest.mark.parametrize(("name", "message"), [("Visits", "not an id"), ("visits-to", "is there already")])
def test_a_new_standard_never_takes_the_place_of_another(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "visits-to.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        run("new", "standard", name, "--rules", tmp_path)
    assert (tmp_path / "visits-to.yaml").read_text(encoding="utf-8") == "mine"
