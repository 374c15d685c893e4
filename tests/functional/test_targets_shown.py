"""Where a standard stands against its targets is in the table and in the dip sample; councils may set their own."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from qaengine.cli.main import run
from tests.functional.few_rules import few_rules

ROOT = Path(__file__).resolve().parents[2]
CASES, SDQ = str(ROOT / "sample_cases"), "sdq-annual-update"
TARGETS = "[{by: 2019-08-31, percent: 80}, {by: 2020-03-31, percent: 100}]"
AT = ("--as-at", "2019-09-30", "--standard", SDQ)


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def rules(tmp_path: Path) -> str:
    """The rules, with a target for SDQs."""
    folder = few_rules(tmp_path)
    file = folder / "standards" / f"{SDQ}.yaml"
    text = file.read_text(encoding="utf-8")
    number = f"parameters:\n  by_and_by: {{value: {TARGETS}, source: a plan, owner: QA lead}}\n"
    text = text.replace("parameters:\n", number, 1).replace("\nanchors:", "\ntarget: by_and_by\n\nanchors:", 1)
    file.write_text(text, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("engine", ["reference", "polars"])
def test_the_table_says_how_far_behind(engine: str, rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", CASES, *AT, "--rules", rules, "--engine", engine]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"Targets: {SDQ}: behind 80 % by 31 August 2019:" in said
    assert "Next: all by 31 March 2020, 183 days left." in said


def test_a_standard_without_a_target_says_nothing_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", CASES, *AT]) == 0
    assert "Targets" not in capsys.readouterr().out


def test_a_council_may_set_its_own(rules: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    local = tmp_path / "own.yaml"
    value = "[{by: 2019-08-31, percent: 30}, {by: 2019-12-31, percent: 90}]"
    decided = "decided_by: head of service, decided_on: 2019-06-03"
    local.write_text(f"numbers: {{{SDQ}: {{by_and_by: {{value: {value}, {decided}}}}}}}\n", encoding="utf-8")
    assert run(["evaluate", CASES, *AT, "--rules", rules, "--local", str(local)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"{SDQ}: on track for 90 % by 31 December 2019" in said
    assert "by and by: 30 % by 31 August 2019, 90 % by 31 December 2019, set by head of service" in said


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("90", "of another kind; found 90; expected a list of dates with per cents"),
        ("[ninety]", "of another kind; found a list; expected a list of dates with per cents"),
        (
            "[{by: 2019-08-31, percent: 30}, {by: 2019-08-31, percent: 40}]",
            "not after the target before it; found 2019-08-31; expected after 2019-08-31",
        ),
        ("[{by: 2019-08-31, percent: 130}]", "less than or equal to 100"),
    ],
)
def test_targets_that_are_none_are_refused(
    value: str, message: str, rules: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    local = tmp_path / "own.yaml"
    decided = "decided_by: head of service, decided_on: 2019-06-03"
    local.write_text(f"numbers: {{{SDQ}: {{by_and_by: {{value: {value}, {decided}}}}}}}\n", encoding="utf-8")
    assert run(["evaluate", CASES, *AT, "--rules", rules, "--local", str(local)]) == 3
    assert message in capsys.readouterr().err


def test_the_dip_sample_says_it_and_marks_it_on_the_bar(rules: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(["audit", CASES, *AT, "--rules", rules, "--seed", "x", "--size", "12", "--out", str(out)]) == 0
    page = " ".join(PdfReader(out / f"dip-sample-{SDQ}.pdf").pages[0].extract_text().split())
    assert "Target, over every child on record: behind 80% by 31 August 2019:" in page
    assert "183 days left." in page
    assert "Target: 80% by 31 August 2019" in page
