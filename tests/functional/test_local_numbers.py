"""The council's own numbers: in force everywhere from the day they were decided, and shown with whose they are."""

import json
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from qaengine.cli.main import run
from qaengine.model.parameter import Parameter
from qaengine.model.period import Period, Unit
from qaengine.model.problem import ExitCode, InputError
from qaengine.model.result import Origin
from qaengine.model.standard import Standard
from qaengine.standards.loader import load_standards
from tests.functional.few_rules import few_rules

ROOT = Path(__file__).resolve().parents[2]
CASES, RULES = str(ROOT / "sample_cases"), ROOT / "rules"
SDQ = "sdq-annual-update"
DECIDED = "decided_by: head of service, decided_on: 2019-06-03"


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def local(tmp_path: Path, numbers: str) -> Path:
    file = tmp_path / "local.yaml"
    file.write_text(f"numbers:\n{numbers}", encoding="utf-8")
    return file


def sdq(tmp_path: Path, parameter: str, as_at: date | None = None) -> Standard:
    file = local(tmp_path, f"  {SDQ}:\n    {parameter}\n")
    return next(s for s in load_standards(RULES, examples=False, local=file, as_at=as_at) if s.id == SDQ)


def renew_within(standard: Standard) -> Parameter:
    return next(parameter for parameter in standard.parameters if parameter.name == "renew_within")


SIX_MONTHS = f"renew_within: {{value: 6 months, {DECIDED}, because: two a year}}"


def test_sentences_conditions_and_deadlines_all_see_it(tmp_path: Path) -> None:
    standard, months = sdq(tmp_path, SIX_MONTHS), Period(6, Unit.MONTHS)
    check = next(check for check in standard.checks if check.id == "in-date")
    assert "no more than 6 months old" in check.says
    assert check.test.no_older_than == check.test.due.within == months  # type: ignore[union-attr]
    assert {use.node for use in standard.uses if use.parameter == "renew_within" and use.node == check.test.due}  # type: ignore[union-attr]


def test_it_says_whose_it_is_and_what_it_stands_in_place_of(tmp_path: Path) -> None:
    parameter = renew_within(sdq(tmp_path, SIX_MONTHS))
    assert (str(parameter.value), str(parameter.own), parameter.origin) == ("6 months", "12 months", Origin.LOCAL)
    assert parameter.local is not None
    assert (parameter.local.decided_by, parameter.local.decided_on) == ("head of service", date(2019, 6, 3))


@pytest.mark.parametrize(("as_at", "value"), [("06-02", "12 months"), ("06-03", "6 months"), ("06-04", "6 months")])
def test_it_is_in_force_from_the_day_it_was_decided(tmp_path: Path, as_at: str, value: str) -> None:
    found = renew_within(sdq(tmp_path, SIX_MONTHS, date.fromisoformat(f"2019-{as_at}")))
    assert str(found.value) == value
    assert (found.local is None) == (value == "12 months")


@pytest.mark.parametrize(
    ("as_at", "value"),
    [(date(2018, 1, 1), "12 months"), (date(2018, 9, 1), "9 months"), (date(2019, 9, 30), "6 months")],
)
def test_of_several_decisions_the_latest_by_then_is_in_force(tmp_path: Path, as_at: date, value: str) -> None:
    later, earlier = f"{{value: 6 months, {DECIDED}}}", "{value: 9 months, decided_by: QA, decided_on: 2018-09-01}"
    assert str(renew_within(sdq(tmp_path, f"renew_within: [{later}, {earlier}]", as_at)).value) == value


BAD = {
    "a standard that is not there": ("  sdq-anual-update: {}", "2:3: no standard 'sdq-anual-update'", SDQ),
    "a number that is not there": (
        f"  {SDQ}: {{renew_wthin: {{value: 6 months, {DECIDED}}}}}",
        "2:23: sdq-annual-update has no number 'renew_wthin'",
        "did you mean renew_within?",
    ),
    "a number for a period": (
        f"  {SDQ}: {{renew_within: {{value: 6, {DECIDED}}}}}",
        "of another kind; found 6; expected a period",
        "12 months",
    ),
    "a period that is none": (f"  {SDQ}: {{renew_within: {{value: 6 moons, {DECIDED}}}}}", "not a period", "'6 moons'"),
    "a period for a number": (
        f"  {SDQ}: {{from_age: {{value: 4 years, {DECIDED}}}}}",
        "of another kind; found '4 years'; expected a whole number",
        "",
    ),
    "a word for a list": (
        f"  strategy-meeting-compliance: {{quorum: {{value: police, {DECIDED}}}}}",
        "of another kind; found 'police'; expected a list of words",
        "",
    ),
    "a list of nothing, which would ask for nothing": (
        f"  strategy-meeting-compliance: {{quorum: {{value: [], {DECIDED}}}}}",
        "of another kind; found an empty list",
        "",
    ),
    "a choice that is none": (
        f"  {SDQ}: {{mode: {{value: roling, {DECIDED}}}}}",
        "not one of its choices; found 'roling'",
        "did you mean rolling?",
    ),
    "a word that the field never is": (
        f"  strategy-meeting-compliance: {{quorum: {{value: [police, helth], {DECIDED}}}}}",
        "the parameter 'quorum' has a word that",
        "did you mean health?",
    ),
    "nobody who decided it": (
        f"  {SDQ}: {{renew_within: {{value: 6 months, decided_on: 2019-06-03}}}}",
        "the key 'decided_by' is missing",
        "",
    ),
    "no day on which": (
        f"  {SDQ}: {{renew_within: {{value: 6 months, decided_by: QA}}}}",
        "the key 'decided_on' is missing",
        "",
    ),
    "a number alone": (f"  {SDQ}: {{renew_within: 6 months}}", "not a decision; found '6 months'", "decided_by"),
    "a key that is none": (
        f"  {SDQ}: {{renew_within: {{value: 6 months, becaus: so, {DECIDED}}}}}",
        "unknown key 'becaus'",
        "did you mean because?",
    ),
    "two decisions of one day": (
        f"  {SDQ}: {{from_age: [{{value: 4, {DECIDED}}}, {{value: 5, {DECIDED}}}]}}",
        "two decisions of one day",
        "",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_with_its_place(name: str, tmp_path: Path) -> None:
    numbers, message, also = BAD[name]
    with pytest.raises(InputError) as caught:
        load_standards(RULES, examples=False, local=local(tmp_path, numbers + "\n"), as_at=None)
    assert caught.value.exit_code is ExitCode.STANDARDS
    (problem,) = map(str, caught.value.problems)
    assert problem.startswith(f"{tmp_path}/local.yaml:2:")
    assert message in problem
    assert also in problem


def test_everything_wrong_is_said_at_once_and_the_command_ends_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line for line, *_ in BAD.values() if line.startswith(f"  {SDQ}: {{r") or "anual" in line]
    file = local(tmp_path, "".join(f"{line.replace(SDQ, f'{SDQ}-{n}')}\n" for n, line in enumerate(lines)))
    for command in (["evaluate", CASES], ["explain", CASES, "CH-0001", SDQ]):
        assert run([*command, "--local", str(file)]) == ExitCode.STANDARDS
        assert len(capsys.readouterr().err.splitlines()) >= 3


def test_a_decision_of_tomorrow_is_checked_today(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not one of its choices"):
        sdq(tmp_path, f"mode: {{value: roling, {DECIDED}}}", date(2019, 6, 2))


# --- On the command line ----------------------------------------------------------------------------------------------


def evaluated(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert run(["evaluate", CASES, "--as-at", "2019-09-30", "--standard", SDQ, *more]) == 0
    return capsys.readouterr().out


def test_both_engines_judge_by_it_and_say_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = evaluated(capsys)
    option = ("--local", str(local(tmp_path, f"  {SDQ}: {{{SIX_MONTHS}}}\n")))
    found = [evaluated(capsys, *option, "--engine", engine) for engine in ("reference", "polars")]
    assert found[0] == found[1] != own
    said = (
        "SDQ, renew within: 6 months, set by head of service on 3 June 2019, because two a year; the product's own is"
    )
    assert said in found[0]
    assert "The council's own numbers" not in own


def test_each_finding_says_where_its_limit_comes_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    option = ("--local", str(local(tmp_path, f"  {SDQ}: {{{SIX_MONTHS}}}\n")))
    findings = [json.loads(line) for line in evaluated(capsys, "--format", "jsonl", *option).splitlines()]
    numbers = {f["check"]: f["number"] for f in findings if f["number"]}
    assert numbers["in-date"] == {"name": "renew_within", "value": "6 months", "from": "local"}
    assert {f["unit"] for f in findings if f["number"]} <= {"days", "working days"}
    origins = {f["number"]["from"] for f in findings if f["number"] and f["check"] == "high-score-acted-on"}
    assert origins <= {"proposed"}


def test_an_explanation_lists_the_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = local(tmp_path, f"  {SDQ}: {{{SIX_MONTHS}}}\n")
    assert run(["explain", CASES, "CH-0034", SDQ, "--as-at", "2019-09-30", "--local", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "renew within: 6 months; set by head of service on 3 June 2019" in shown
    assert "marked rise: 5; “proposed by the product”" in shown


def test_examples_are_run_with_the_numbers_of_the_standard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules, file = few_rules(tmp_path), local(tmp_path, f"  {SDQ}: {{{SIX_MONTHS}}}\n")
    assert run(["check", str(rules), "--local", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "all as expected" in shown
    assert "1 number of the council's own" in shown


def test_check_ends_with_3_where_a_decision_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = few_rules(tmp_path)
    (rules / "local.yaml").write_text(
        f"numbers: {{{SDQ}: {{from_age: {{value: four, {DECIDED}}}}}}}\n", encoding="utf-8"
    )
    assert run(["check", str(rules)]) == ExitCode.STANDARDS
    assert "local.yaml:1:49: of another kind; found 'four'; expected a whole number" in capsys.readouterr().err


def test_the_numbers_that_ship_change_nothing() -> None:
    shipped = load_standards(RULES, examples=False, local=RULES / "local.yaml")
    assert shipped == load_standards(RULES, examples=False)


def test_reports_say_whose_the_number_is_and_the_manifest_which_file_it_was(tmp_path: Path) -> None:
    file, out = local(tmp_path, f"  {SDQ}: {{{SIX_MONTHS}}}\n"), tmp_path / "out"
    rules = ["--rules", str(few_rules(tmp_path))]
    options = ["--as-at", "2019-09-30", "--seed", "x", "--size", "all", "--standard", SDQ, *rules, "--local", str(file)]
    assert run(["audit", CASES, *options, "--out", str(out)]) == 0
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(out / f"dip-sample-{SDQ}.pdf").pages]
    text = " ".join(pages)
    assert "set by head of service on 3 June 2019" in text
    assert "the product's own is 12 months" in text
    assert "The limit, 6 months, is the council’s own." in text
    assert "proposed default" in text
    for findings in out.glob("findings-looked-after-*.pdf"):
        manager = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(findings).pages)
        assert "set by head of service on 3 June 2019, because two a year; the product's own is 12 months" in manager
    with_local = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["rules"]["local.yaml"]
    assert run(["audit", CASES, *options[:-2], "--out", str(tmp_path / "own")]) == 0
    own = json.loads((tmp_path / "own" / "manifest.json").read_text(encoding="utf-8"))["rules"]["local.yaml"]
    assert with_local != own
