"""Agreed exceptions in a file: what is wrong is said all at once, and what is agreed is shown everywhere."""

import json
import re
from pathlib import Path
from shutil import copytree

import pytest
from pypdf import PdfReader

from qaengine.cli.main import run
from qaengine.model.problem import ExitCode
from tests.functional.few_rules import few_rules

ROOT = Path(__file__).resolve().parents[2]
CASES, SDQ = str(ROOT / "sample_cases"), "sdq-annual-update"
AS_AT = ("--as-at", "2019-09-30")
GOOD = {
    "child": "CH-0034",
    "standard": SDQ,
    "check": "in-date",
    "reason": "the carer is away",
    "authorised_by": "head of service",
    "agreed_on": "2019-09-01",
    "expires_on": "2019-12-31",
}


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def written(folder: Path, *items: dict[str, str], name: str = "agreed.yaml") -> str:
    file = folder / name
    lines = ["- {" + ", ".join(f"{key}: {value}" for key, value in item.items()) + "}" for item in items]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(file)


BAD = {
    "no such child": ({"child": "CH-00340"}, "no child 'CH-00340' in these case files; did you mean CH-00"),
    "a child in digits": (
        {"child": "12"},
        "'child' cannot be read; found 12; expected text; digits alone go in quotes",
    ),
    "no such standard": ({"standard": "sdq-anual-update"}, "no standard 'sdq-anual-update'; did you mean " + SDQ),
    "no such check": ({"check": "in-dat"}, f"{SDQ} has no check 'in-dat'; did you mean in-date?"),
    "no reason": ({"reason": ""}, "'reason' is blank"),
    "no authority": ({"authorised_by": ""}, "'authorised_by' is blank"),
    "no expiry": ({"expires_on": ""}, "'expires_on' is blank; expected a date"),
    "a date in words": ({"agreed_on": "soon"}, "'agreed_on' cannot be read; found soon; expected a date"),
    "expiry before agreement": ({"expires_on": "2019-08-31"}, "it expires before it is agreed; found 2019-08-31"),
    "a key that is none": ({"expire_on": "2019-08-31"}, "unknown key 'expire_on'"),
    "a question": ({"check": "tells-the-childs-story"}, "only what the record decides can be excepted"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_with_its_place(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change, message = BAD[name]
    file = written(tmp_path, {**GOOD, **change})
    rules = str(few_rules(tmp_path))
    assert run(["evaluate", CASES, *AS_AT, "--rules", rules, "--exceptions", file]) == ExitCode.CASE_DATA
    problem, _ = capsys.readouterr().err.splitlines()
    assert problem.startswith("agreed.yaml:1:")
    assert message in problem


def test_a_red_flag_is_never_excepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from qaengine.standards.loader import load_standards

    standards = load_standards(ROOT / "rules", examples=False)
    standard, check = next((s.id, c.id) for s in standards for c in s.checks if c.red_flag)
    file = written(tmp_path, {**GOOD, "standard": standard, "check": check})
    assert run(["evaluate", CASES, *AS_AT, "--exceptions", file]) == ExitCode.CASE_DATA
    assert "a check that raises a red flag is never excepted: a child may be unsafe now" in capsys.readouterr().err


def test_keys_left_out_and_overlaps_are_said_all_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    short = {key: value for key, value in GOOD.items() if key not in ("reason", "authorised_by", "expires_on")}
    again = {**GOOD, "agreed_on": "2019-12-31"}
    assert run(["evaluate", CASES, *AS_AT, "--exceptions", written(tmp_path, short, GOOD, again)]) == 4
    problems = capsys.readouterr().err.splitlines()
    assert [
        f"the key '{key}' is missing" in line
        for key, line in zip(("authorised_by", "expires_on", "reason"), sorted(problems[:3]), strict=True)
    ] == [True] * 3
    assert "two exceptions of the same check overlap (the first on line 2)" in problems[3]


def test_two_that_do_not_overlap_by_a_day_may_follow_each_other(tmp_path: Path) -> None:
    after = {**GOOD, "agreed_on": "2020-01-01", "expires_on": "2020-02-01"}
    assert run(["evaluate", CASES, *AS_AT, "--standard", SDQ, "--exceptions", written(tmp_path, GOOD, after)]) == 0


# --- What is shown ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["reference", "polars"])
def test_the_table_counts_without_hiding(engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expired = {**GOOD, "child": "CH-0022", "expires_on": "2019-09-29"}
    later = {**GOOD, "child": "CH-0036", "agreed_on": "2019-10-01"}
    file = written(tmp_path, GOOD, expired, later)
    assert run(["evaluate", CASES, *AS_AT, "--standard", SDQ, "--engine", engine, "--exceptions", file]) == 0
    shown = capsys.readouterr().out
    said = rf"{SDQ}: met \d+ of \d+; of those met, 1 with a check not met under an agreed exception"
    assert re.search(said, shown)
    assert "By check: in-date (1)" in shown
    assert f"CH-0022, {SDQ}, in-date: expired on 29 September 2019: counts again." in shown
    assert "1 exception agreed after 30 September 2019: not counted yet." in shown
    assert "CH-0036" not in shown.partition("Not enough recorded")[0]


def test_a_child_with_nothing_else_to_count_is_one_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from qaengine.evaluate.explain.agreed import exception_lines
    from qaengine.evaluate.summary import StandardSummary
    from qaengine.model.agreed import AgreedException, Exceptions
    from qaengine.model.result import Result
    from tests.spec.table import AS_AT as DAY
    from tests.spec.table import standard_of

    standard = standard_of("- {id: it, says: It is so, has: sdqs}")
    summary = StandardSummary(standard)
    summary.as_recorded.update({Result.MET: 12, Result.NOT_MET: 3, Result.NOT_APPLICABLE: 1})
    summary.excepted[Result.NOT_APPLICABLE] = 1
    summary.excepted_checks["it"] = 1
    one = AgreedException("CH-1", "a-standard", "it", "a reason", "head of service", DAY, DAY)
    lines = list(exception_lines(Exceptions([one], DAY), [summary], DAY))
    assert lines[1] == "  a-standard: met 12 of 15; 1 more not met under an agreed exception. By check: it (1)."


def test_findings_carry_the_exception(tmp_path: Path) -> None:
    out = tmp_path / "out"
    file = written(tmp_path, GOOD)
    for form in ("jsonl", "csv"):
        assert (
            run(
                [
                    "evaluate",
                    CASES,
                    *AS_AT,
                    "--standard",
                    SDQ,
                    "--exceptions",
                    file,
                    "--format",
                    form,
                    "--out",
                    f"{out}.{form}",
                ]
            )
            == 0
        )
    findings = [json.loads(line) for line in Path(f"{out}.jsonl").read_text(encoding="utf-8").splitlines()]
    marked = [f for f in findings if f["exception"]]
    assert {(f["child_id"], f["check"], f["result"]) for f in marked} == {("CH-0034", "in-date", "not_met")}
    assert marked[0]["exception"] == {
        "in_force": True,
        "agreed_on": "2019-09-01",
        "expires_on": "2019-12-31",
        "authorised_by": "head of service",
        "reason": "the carer is away",
    }
    assert "agreed exception until 31 December 2019, authorised by head of service" in Path(f"{out}.csv").read_text(
        "utf-8"
    )


def test_an_explanation_shows_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", CASES, "CH-0034", SDQ, *AS_AT, "--exceptions", written(tmp_path, GOOD)]) == 0
    shown = capsys.readouterr().out
    assert "as recorded: met." in shown
    assert "in-date [has, by record]: not_met" in shown
    assert "agreed exception until 31 December 2019, authorised by head of service: the carer is away" in shown


def test_a_file_beside_the_case_files_is_read_and_one_given_takes_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copytree(CASES, tmp_path / "cases")
    written(folder, GOOD, name="exceptions.yaml")
    rules = ("--rules", str(few_rules(tmp_path)))
    assert run(["evaluate", str(folder), *AS_AT, *rules]) == 0
    assert "1 exception in force" in capsys.readouterr().out
    nobody = tmp_path / "none.yaml"
    nobody.write_text("", encoding="utf-8")
    assert run(["evaluate", str(folder), *AS_AT, *rules, "--exceptions", str(nobody)]) == 0
    assert "Agreed exceptions" not in capsys.readouterr().out


def test_reports_show_it_ask_for_nothing_and_name_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = written(tmp_path, GOOD, {**GOOD, "child": "CH-0022", "expires_on": "2019-09-29"}), tmp_path / "out"
    rules = ["--rules", str(few_rules(tmp_path))]
    options = ["--seed", "x", "--size", "all", "--standard", SDQ, *rules, "--exceptions", file, "--out", str(out)]
    assert run(["audit", CASES, *AS_AT, *options]) == 0
    assert "1 agreed exception is in force." in " ".join(capsys.readouterr().out.split())
    dip = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(out / f"dip-sample-{SDQ}.pdf").pages)
    assert "not met under an agreed exception: in date (1)" in dip
    assert "(1 of them with a check not met under an agreed exception)" in dip
    assert "Agreed exception until 31 December 2019, authorised by head of service: the carer is away." in dip
    assert "Agreed exception expired on 29 September 2019: counts again" in dip
    team = json.loads((out / "judgements.json").read_text(encoding="utf-8"))["children"]
    name = next(child["team"] for child in team if child["child"] == "CH-0034").casefold().replace(" ", "-")
    pages = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(out / f"findings-{name}.pdf").pages)
    assert "Agreed exception until 31 December 2019" in pages
    assert "exceptions.yaml" in json.loads((out / "manifest.json").read_text(encoding="utf-8"))["inputs"]
