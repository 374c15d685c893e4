"""The commands as a person runs them, on the sample cases. Everything here goes through the real command line."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from qaengine.cli.main import COMMANDS, run
from qaengine.standards.loader import load_standards
from tests.functional.filled_form import all_met, fill

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


def test_check_of_one_standard_runs_its_examples_and_leaves_out_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--standard", "smart-plan", "--standard", "sdq-annual-update"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in shown] == [
        "sdq-annual-update",
        "smart-plan",
        "Only of the standards named",
    ]
    assert shown[-1].startswith("Only of the standards named: 2 standards, ")
    assert run(["check", "--standard", "Smart-Plans"]) == 2
    assert "did you mean smart-plan?" in capsys.readouterr().err
    assert run(["check", "--standard", "smart-plan", "--cases", CASES]) == 2
    assert "--standard: looks at examples alone; expected neither --cases nor --local" in capsys.readouterr().err


def test_check_lists_the_conditions_that_no_example_has_seen_both_ways(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is a report: nothing is wrong with a standard of which some conditions were seen one way only."""
    (tmp_path / "standards").mkdir()
    for name in ("judgement.yaml", "agencies.yaml", "standards/sdq-annual-update.yaml"):
        shutil.copy(Path("rules") / name, tmp_path / name)
    assert run(["check", str(tmp_path)]) == 0
    short = capsys.readouterr().out.splitlines()
    assert run(["check", str(tmp_path), "--conditions"]) == 0
    listed = [line for line in capsys.readouterr().out.splitlines() if line not in short]
    counts = re.search(r"(\d+) of (\d+) conditions seen both ways\.$", short[-1])
    assert counts is not None
    assert len(listed) == int(counts[2]) - int(counts[1]) > 0
    assert all(re.fullmatch(r"  [a-z_ -]+: .+: never (true|false|true or false)", line) for line in listed)


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


@pytest.mark.parametrize(("as_at", "said"), [("2019-09-29", False), ("2019-09-30", False), ("2019-10-01", True)])
def test_after_the_day_for_which_the_extract_speaks_a_note_says_what_follows(
    as_at: str, said: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", CASES, "--as-at", as_at, "--standard", "smart-plan"]) == 0
    note = (
        "the case files speak for 30 September 2019: nothing after it is on record, so duties since then look undone\n"
    )
    assert capsys.readouterr().err == (note if said else "")


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
    assert run(["explain", CASES, "CH-0015", "up-to-date-assessment", *AS_AT]) == 0
    shown = capsys.readouterr().out
    assert "as recorded:" in shown
    assert "12 months" in shown
    assert "✓" in shown


def test_explain_of_one_check_shows_only_that(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["explain", CASES, "CH-0012", "cp-visits-on-time", *AS_AT]
    assert run([*asked, "--check", "seen-alone"]) == 0
    assert re.findall(r"^  ([a-z-]+) \[", capsys.readouterr().out, re.MULTILINE) == ["seen-alone"]
    assert run([*asked, "--check", "Seen-Alon"]) == 2
    assert "--check: no such check; found Seen-Alon; expected seen-in-time, " in (said := capsys.readouterr().err)
    assert "did you mean seen-alone?" in said
    assert run(asked) == 0
    short = capsys.readouterr().out
    assert run([*asked, "--all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 2 * len(short.splitlines())


def test_a_draw_is_replayed_by_its_seed(capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for seed in ("2019-Q3", "2019-Q3", "2019-Q4"):
        assert run(["sample", CASES, *AS_AT, "--seed", seed, "--size", "8", "--stratify", "team"]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] != shown[2]


def test_a_dip_sample_leaves_out_whom_the_standard_is_not_for(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--seed", "x", "--size", "5", "--standard", "sdq-annual-update", "--where", "status=cla"]
    assert run(["sample", CASES, *AS_AT, *options]) == 0
    assert "the standard does not apply" in capsys.readouterr().out


def test_recently_audited_children_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sample", CASES, *AS_AT, "--seed", "x", "--size", "all", "--exclude-audited-within", "12 months"]) == 0
    assert "audited on or after 2018-09-30" in capsys.readouterr().out


def audit(out: Path, *more: str) -> int:
    return run(["audit", CASES, *AS_AT, "--seed", "2019-Q1", "--size", "6", "--out", str(out), *more])


def test_an_audit_writes_everything_and_its_hashes(tmp_path: Path) -> None:
    assert audit(tmp_path / "out") == 0
    written = {path.name for path in (tmp_path / "out").iterdir()}
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert written == {*manifest["files"], "manifest.json"}
    assert {"answers.xlsx", "re-audits.csv", "re-audits.json", "re-audits-cslt.pdf", "findings.jsonl"} <= written
    for name, digest in manifest["files"].items():
        assert sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest


def test_an_audit_of_everything_has_one_overview_and_no_dip_sample(first: Path) -> None:
    assert [path.name for path in first.glob("dip-*")] == ["dip-samples.pdf"]
    pages = PdfReader(first / "dip-samples.pdf").pages
    said = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert len(pages) <= 2
    assert all(standard.short in said for standard in load_standards(ROOT / "rules"))


def test_an_audit_is_of_the_standards_and_themes_that_are_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert audit(out, "--standard", "smart-plan", "--theme", "Health", "--standard", "sdq-annual-update") == 0
    findings = [json.loads(line) for line in (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {finding["standard"] for finding in findings} == {"smart-plan", "sdq-annual-update", "cla-health-and-dental"}
    assert {path.name for path in out.glob("dip-*")} == {
        "dip-samples.pdf", "dip-sample-smart-plan.pdf", "dip-sample-sdq-annual-update.pdf",
    }  # fmt: skip


def test_one_standard_needs_no_overview_and_a_dip_sample_may_be_asked_for_alone(tmp_path: Path) -> None:
    assert audit(tmp_path / "one", "--standard", "smart-plan") == 0
    assert [path.name for path in (tmp_path / "one").glob("dip-*")] == ["dip-sample-smart-plan.pdf"]
    assert audit(tmp_path / "two", "--theme", "health", "--dip-sample", "sdq-annual-update") == 0
    assert {path.name for path in (tmp_path / "two").glob("dip-*")} == {
        "dip-samples.pdf", "dip-sample-sdq-annual-update.pdf",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--standard", "smart-plans"), "did you mean smart-plan?"),
        (("--theme", "helth"), "did you mean health?"),
        (("--standard", "smart-plan", "--dip-sample", "sdq-annual-update"), "not a standard of this audit"),
        (("--dip-sample", "smart-plans"), "did you mean smart-plan?"),
    ],
)
def test_a_name_that_means_nothing_stops_an_audit_before_it_begins(
    options: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit(tmp_path / "out", *options) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["evaluate", "due"])
def test_a_theme_and_a_standard_choose_what_is_shown(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, CASES, *AS_AT, "--theme", "education", "--standard", "sdq-annual-update"]) == 0
    shown = capsys.readouterr().out
    assert "SMART" not in shown
    assert run([command, CASES, *AS_AT, "--theme", "educaton"]) == 2
    assert "did you mean education?" in capsys.readouterr().err


def test_the_manager_of_a_team_gets_no_more_than_twelve_pages(first: Path) -> None:
    reports = list(first.glob("findings-*.pdf"))
    assert reports
    assert max(len(PdfReader(report).pages) for report in reports) <= 12
    assert len(PdfReader(first / "re-audits-cslt.pdf").pages) <= 5


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


# --- Answers ----------------------------------------------------------------------------------------------------------


def judgements(out: Path) -> dict[str, dict[str, Any]]:
    data = json.loads((out / "judgements.json").read_text(encoding="utf-8"))
    return {child["child"]: child for child in data["children"]}


def owing(out: Path) -> dict[str, dict[str, Any]]:
    data = json.loads((out / "re-audits.json").read_text(encoding="utf-8"))
    return {entry["child"]: entry for entry in data["owing"]}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audit whose form nobody has filled in yet."""
    out = tmp_path_factory.mktemp("first") / "out"
    assert audit(out) == 0
    return out


def answered(first: Path, tmp_path: Path, parts: Mapping[str, str], notes: Mapping[str, str] | None = None) -> Path:
    """The audit again with its form filled in: every question met, and these parts."""
    out, filled = tmp_path / "out", tmp_path / "filled.xlsx"
    fill(first / "answers.xlsx", filled, all_met(parts), notes)
    assert audit(out, "--answers", str(filled)) == 0
    assert (out / "answers.xlsx").read_bytes() == filled.read_bytes()
    return out


def test_answers_become_grades_and_re_audits(first: Path, tmp_path: Path) -> None:
    before = owing(first)
    out = answered(first, tmp_path, {"grade": "requires improvement", "confirmed-by": "AUD-07"})
    judged, after = judgements(out), owing(out)
    assert {child["grade"] for child in judged.values()} == {"requires_improvement"}
    assert {child["confirmed_by"] for child in judged.values()} == {"AUD-07"}
    assert all(child["may_be_graded"] and not child["grade_problems"] for child in judged.values())
    assert all(child["does_not_meet_good"] and child["re_audit_due"] for child in judged.values())
    assert set(after) == set(before) | set(judged)
    assert {after[child]["audited_on"] for child in judged} == {"2019-09-30"}


def test_the_form_with_every_question_is_told_from_that_with_the_core(
    first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = str(first / "answers.xlsx")
    assert audit(tmp_path / "out", "--all-questions", "--answers", form) == 4
    assert "its choice of questions differs; found core questions; expected all questions" in capsys.readouterr().err
    assert audit(tmp_path / "out", "--standard", "smart-plan", "--answers", form) == 4


def test_a_grade_that_nobody_confirms_puts_nobody_on_the_list(first: Path, tmp_path: Path) -> None:
    out = answered(first, tmp_path, {"grade": "inadequate"})
    assert all(child["grade"] and not child["re_audit_due"] for child in judgements(out).values())
    assert {entry["audited_on"] for entry in owing(out).values()}.isdisjoint({"2019-09-30"})


def test_a_grade_above_the_ceiling_needs_a_reason_before_it_is_confirmed(
    first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = answered(first, tmp_path, {"grade": "good", "confirmed-by": "AUD-07"})
    assert "it needs a written reason" in " ".join(capsys.readouterr().out.split())
    limited = [child for child in judgements(out).values() if child["ceiling"]]
    assert limited
    for child in limited:
        assert (child["grade"], child["confirmed_by"]) == ("good", "")
        assert "needs a written reason" in child["grade_problems"][0]
    free = [child for child in judgements(out).values() if not child["ceiling"]]
    assert {child["confirmed_by"] for child in free} <= {"AUD-07"}


def test_a_grade_that_no_ceiling_limits_is_confirmed_without_a_reason(tmp_path: Path) -> None:
    """Of one standard that is not critical nobody has a ceiling: one cause lowers none."""
    form, filled, out = tmp_path / "form", tmp_path / "filled.xlsx", tmp_path / "out"
    assert audit(form, "--standard", "smart-plan") == 0
    fill(form / "answers.xlsx", filled, all_met({"grade": "good", "confirmed-by": "AUD-07"}), None)
    assert audit(out, "--standard", "smart-plan", "--answers", str(filled)) == 0
    assert {child["ceiling"] for child in judgements(out).values()} == {None}
    assert {child["confirmed_by"] for child in judgements(out).values()} == {"AUD-07"}


def test_a_second_audit_that_meets_good_takes_the_child_off_the_list(first: Path, tmp_path: Path) -> None:
    owed = sorted(set(owing(first)) & set(judgements(first)))
    assert owed, "draw with another seed: nobody drawn owes a re-audit"
    parts = {"grade": "good", "confirmed-by": "AUD-07", "reason": "put right since, and seen"}
    out = answered(first, tmp_path, parts)
    assert not set(owed) & set(owing(out))
    done = json.loads((out / "re-audits.json").read_text(encoding="utf-8"))["done_in_the_last_three_months"]
    assert {(entry["child"], entry["second_grade"]) for entry in done} >= {(child, "good") for child in owed}


def test_a_reader_s_concern_is_a_red_flag_at_the_top_of_everything(
    first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    child, found = next(iter(judgements(first).items()))
    note = "told the head of service at noon"
    out = answered(
        first,
        tmp_path,
        {f"concern|{child}": "yes", f"grade|{child}": "inadequate", f"confirmed-by|{child}": "AUD-07"},
        {f"concern|{child}": note},
    )
    assert capsys.readouterr().out.startswith(f"RED FLAG: {child} may be unsafe now.")
    judged = judgements(out)[child]
    assert (judged["ceiling"], judged["grade"], judged["goes_to"]) == ("inadequate", "inadequate", "head_of_service")
    team = re.sub("[^a-z0-9]+", "-", found["team"].casefold())
    for name in (f"findings-{team}.pdf", "re-audits-cslt.pdf"):
        page = " ".join(PdfReader(out / name).pages[0].extract_text().split())
        assert page.index("Red flag") < page.index(child) < page.index(note) < page.index("Urgent.")


def test_what_the_family_said_is_with_the_child_and_counted_for_cslt(first: Path, tmp_path: Path) -> None:
    child, found = next(iter(judgements(first).items()))
    parts = {"feedback-asked": "asked", "feedback-who": "child", "feedback-method": "in person"}
    said = {f"{part}|{child}": answer for part, answer in parts.items()} | {f"feedback-said-1|{child}": "She listens"}
    out = answered(first, tmp_path, said)
    team = re.sub("[^a-z0-9]+", "-", found["team"].casefold())
    pages = " ".join(page.extract_text() for page in PdfReader(out / f"findings-{team}.pdf").pages)
    assert "asked: child, in person" in " ".join(pages.split())
    assert "She listens" in pages
    first = " ".join(PdfReader(out / "re-audits-cslt.pdf").pages[0].extract_text().split())
    assert "families asked for their view / who answered 1 / 1" in first


def test_a_form_filled_in_where_it_was_written_is_given_back_from_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert audit(out) == 0
    fill(out / "answers.xlsx", out / "answers.xlsx", all_met({"grade": "inadequate", "confirmed-by": "AUD-07"}))
    filled = (out / "answers.xlsx").read_bytes()
    assert audit(out) == 2
    assert audit(out, "--answers", str(out / "answers.xlsx")) == 0
    assert (out / "answers.xlsx").read_bytes() == filled


def test_answers_that_were_given_back_are_not_lost_to_an_audit_without_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was given back is written beside the grades, and is as much a person's work as it was before."""
    out = tmp_path / "out"
    assert audit(out) == 0
    fill(out / "answers.xlsx", out / "answers.xlsx", all_met({"grade": "inadequate", "confirmed-by": "AUD-07"}))
    filled = (out / "answers.xlsx").read_bytes()
    assert audit(out, "--answers", str(out / "answers.xlsx")) == 0
    capsys.readouterr()
    assert audit(out) == 2
    said = capsys.readouterr().err
    assert "answers.xlsx: holds the answers that were given back, and they would be lost" in said
    assert f"--answers {out / 'answers.xlsx'}" in said
    assert (out / "answers.xlsx").read_bytes() == filled
    assert {child["grade"] for child in judgements(out).values()} == {"inadequate"}
    assert audit(out, "--answers", str(out / "answers.xlsx")) == 0


def test_a_form_that_was_given_back_is_not_lost_to_another_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, other = tmp_path / "out", tmp_path / "other.xlsx"
    assert audit(out) == 0
    fill(out / "answers.xlsx", other, all_met({"grade": "good", "confirmed-by": "AUD-09"}))
    fill(out / "answers.xlsx", out / "answers.xlsx", all_met({"grade": "inadequate", "confirmed-by": "AUD-07"}))
    assert audit(out, "--answers", str(out / "answers.xlsx")) == 0
    assert audit(out, "--answers", str(other)) == 2
    assert "would be lost" in capsys.readouterr().err
