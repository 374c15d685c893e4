"""The commands as a person runs them, on the sample cases. Everything here goes through the real command line."""

import json
import shutil
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from qaengine.cli.main import COMMANDS, run

ROOT = Path(__file__).resolve().parents[2]
CASES = str(ROOT / "sample_cases")
AS_AT = ("--as-at", "2019-09-30")


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert "Usage" in capsys.readouterr().out


def test_check_runs_every_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    shown = capsys.readouterr().out
    assert "all as expected" in shown
    for standard in ("up-to-date-assessment", "smart-plan", "strategy-meeting-compliance", "sdq-annual-update"):
        assert standard in shown


def test_evaluate_counts_every_child(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", CASES, *AS_AT]) == 0
    assert "children as at 30 September 2019" in capsys.readouterr().out


@pytest.mark.parametrize("engine", ["polars", "reference"])
def test_both_engines_show_the_same_table(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", CASES, *AS_AT]) == 0
    first = capsys.readouterr().out
    assert run(["evaluate", CASES, *AS_AT, "--engine", engine]) == 0
    assert capsys.readouterr().out == first


def test_the_extract_states_the_date_for_which_it_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", CASES]) == 0
    assert "as at 30 September 2019" in capsys.readouterr().out


def test_findings_are_the_same_bytes_on_every_run(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run(["evaluate", CASES, *AS_AT, "--format", "jsonl", "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_every_finding_says_why(tmp_path: Path) -> None:
    out = tmp_path / "findings.jsonl"
    assert run(["evaluate", CASES, *AS_AT, "--format", "jsonl", "--out", str(out)]) == 0
    findings = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {finding["level"] for finding in findings} == {"record", "check", "standard"}
    assert all(finding["reason"] for finding in findings)
    undecided = [f for f in findings if f["result"] == "cannot_decide"]
    assert all(finding["missing"] for finding in undecided)
    assert {m["why"] for f in undecided for m in f["missing"]} == {"not_carried", "left_blank", "contradictory"}


def test_csv_and_parquet_hold_the_same_rows(tmp_path: Path) -> None:
    import polars as pl

    for form in ("csv", "parquet", "jsonl"):
        assert run(["evaluate", CASES, *AS_AT, "--format", form, "--out", str(tmp_path / form)]) == 0
    table, parquet = pl.read_csv(tmp_path / "csv"), pl.read_parquet(tmp_path / "parquet")
    lines = (tmp_path / "jsonl").read_text(encoding="utf-8").splitlines()
    assert table.height == parquet.height == len(lines)
    assert Counter(table["result"].to_list()) == Counter(json.loads(line)["result"] for line in lines)


def test_fail_on_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", CASES, *AS_AT, "--fail-on", "not_met"]) == 1
    assert capsys.readouterr().out


def test_explain_shows_conditions_and_dates(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", CASES, "CH-0001", "up-to-date-assessment", *AS_AT]) == 0
    shown = capsys.readouterr().out
    assert "as recorded:" in shown
    assert "12 months" in shown
    assert "✓" in shown


def test_a_draw_is_replayed_by_its_seed(capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for seed in ("2019-Q3", "2019-Q3", "2019-Q4"):
        assert run(["sample", CASES, *AS_AT, "--seed", seed, "--size", "8", "--stratify", "team"]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] != shown[2]


def test_a_dip_sample_leaves_out_whom_the_standard_is_not_for(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--seed", "x", "--size", "5", "--standard", "sdq-annual-update", "--where", "status=cla"]
    assert run(["sample", CASES, *AS_AT, *options]) == 0
    assert "the standard is not for this child" in capsys.readouterr().out


def test_recently_audited_children_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sample", CASES, *AS_AT, "--seed", "x", "--size", "all", "--exclude-audited-within", "12 months"]) == 0
    assert "audited on or after 2018-09-30" in capsys.readouterr().out


def audit(out: Path, *more: str) -> int:
    return run(["audit", CASES, *AS_AT, "--seed", "2019-Q3", "--size", "6", "--out", str(out), *more])


def test_an_audit_writes_everything_and_its_hashes(tmp_path: Path) -> None:
    assert audit(tmp_path / "out") == 0
    written = {path.name for path in (tmp_path / "out").iterdir()}
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert written == {*manifest["files"], "manifest.json"}
    assert {"answers.xlsx", "re-audits.csv", "re-audits.json", "re-audits-cslt.pdf", "findings.jsonl"} <= written
    for name, digest in manifest["files"].items():
        assert sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest


def test_two_audits_write_the_same_bytes(tmp_path: Path) -> None:
    assert audit(tmp_path / "a") == audit(tmp_path / "b") == 0
    manifests = [(tmp_path / name / "manifest.json").read_text(encoding="utf-8") for name in "ab"]
    assert manifests[0] == manifests[1]


def test_without_answers_there_are_ceilings_and_no_grades(tmp_path: Path) -> None:
    assert audit(tmp_path / "out") == 0
    judged = json.loads((tmp_path / "out" / "judgements.json").read_text(encoding="utf-8"))
    assert all(child["grade"] is None and not child["may_be_graded"] for child in judged["children"])
    assert any(child["ceiling"] for child in judged["children"])


def test_a_form_that_was_filled_in_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit(tmp_path / "out") == 0
    form = tmp_path / "out" / "answers.xlsx"
    form.write_bytes(form.read_bytes() + b"filled in")
    assert audit(tmp_path / "out") == 2
    assert "would be lost" in capsys.readouterr().err
    assert form.read_bytes().endswith(b"filled in")


def test_a_folder_in_use_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert audit(tmp_path) == 2
    assert "in use for something else" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_answers_become_grades_and_re_audits(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    assert audit(tmp_path / "out") == 0
    before = json.loads((tmp_path / "out" / "re-audits.json").read_text(encoding="utf-8"))
    filled = tmp_path / "filled.xlsx"
    shutil.copy(tmp_path / "out" / "answers.xlsx", filled)
    fill(openpyxl, filled, grade="requires improvement")
    assert audit(tmp_path / "out", "--answers", str(filled)) == 0
    judged = json.loads((tmp_path / "out" / "judgements.json").read_text(encoding="utf-8"))
    assert {child["grade"] for child in judged["children"]} == {"requires_improvement"}
    assert all(child["re_audit_due"] for child in judged["children"])
    after = json.loads((tmp_path / "out" / "re-audits.json").read_text(encoding="utf-8"))
    drawn = {child["child"] for child in judged["children"]}
    assert drawn <= {entry["child"] for entry in after["owing"]}
    assert len(after["owing"]) > len(before["owing"])
    assert (tmp_path / "out" / "answers.xlsx").read_bytes() == filled.read_bytes()


def fill(openpyxl: object, path: Path, grade: str) -> None:
    """Fill in every question as met, and the grade, as an auditor would."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)  # type: ignore[attr-defined]
    sheet = book["Answers"]
    heads = next(row for row in sheet.iter_rows() if [str(c.value).casefold() for c in row].count("answer") == 1)
    at = {str(cell.value).casefold(): cell.column for cell in heads if cell.value}
    for row in sheet.iter_rows(min_row=heads[0].row + 1):
        decide = str(row[at["what to decide"] - 1].value or "")
        answer = row[at["answer"] - 1]
        key = " ".join(str(cell.value) for cell in row[-2:] if cell.value)
        if "grade" in key and "|grade" in key.replace(" ", "") and "reason" not in key:
            answer.value = grade
        elif "confirm" in decide.casefold():
            answer.value = "QA-01"
        elif decide.endswith("?") and answer.value is None and "|" in key:
            answer.value = None
    book.save(path)
