"""Standards that look at what other standards found: what they are given, and that every way in gives it."""

import json
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from click.testing import CliRunner

from qaengine.cases import read_cases
from qaengine.cli.main import cli
from qaengine.evaluate.needed import needed_fields
from qaengine.evaluate.stages import Stages, evaluated, run_stages
from qaengine.model.casefile import CaseFile
from qaengine.model.problem import InputError
from qaengine.model.records import FINDINGS
from qaengine.model.result import ROLL_UP_ORDER, Result
from qaengine.standards.loader import load_standard, load_standards
from qaengine.workbench.examples import run_examples
from tests.engine_against_reference import frames_of

AS_AT = date(2019, 9, 30)

HEAD = """
theme: tests
severity: {severity}
intent: To be tested
sources: [{{document: a test, reference: a test}}]
parameters:
  mend_within: {{value: 5 days, source: a test, owner: nobody}}
remedy: {{action: Mend it, owner: nobody, within: mend_within}}
applies_to: {{}}
"""
PLAN = (
    """id: assessed
title: Assessments are authorised"""
    + HEAD.format(severity="critical")
    + """
checks:
  - {id: it, says: It is authorised, after_each: assessments, within: mend_within, followed_by: [{this: authorised}]}
"""
)
SDQ = (
    """id: sdq-scored
title: The SDQ has a score"""
    + HEAD.format(severity="minor")
    + """
checks:
  - {id: it, says: The SDQ has a score, each: sdqs, must: {score: recorded}}
"""
)
DRIFT = (
    """id: drift-challenged
title: Drift is challenged"""
    + HEAD.format(severity="major")
    + """
lists: {}
checks:
  - {id: none, says: Nothing is open, each: findings, must: {late: true}}
  - {id: assessments, says: No assessment drifts, each: findings, where: {standard: assessed}, must: {severity: minor}}
"""
)
DRIFT = (
    DRIFT.replace("lists: {}\n", "")
    .replace("parameters:\n", "parameters:\n  duties: {value: [assessed], source: a test, owner: nobody}\n")
    .replace("where: {standard: assessed}", "where: {standard: {in: duties}}")
)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules" / "standards"
    folder.mkdir(parents=True)
    for text in (PLAN, SDQ, DRIFT):
        (folder / f"{text.split()[1]}.yaml").write_text(text, encoding="utf-8")
    return folder.parent


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Assessments never authorised, authorised late, and not carried; and an SDQ without a score."""
    folder = tmp_path / "cases"
    folder.mkdir()
    records: dict[str, dict[str, Any]] = {
        "CH-1": {"assessments": [{"id": "P1", "started": "2019-09-20", "authorised": None}], "sdqs": []},
        "CH-2": {"assessments": [{"id": "P1", "started": "2019-09-20", "authorised": "2019-09-26"}], "sdqs": []},
        "CH-3": {"assessments": [{"id": "P1", "started": "2019-09-20"}], "sdqs": []},
        "CH-4": {"assessments": [], "sdqs": [{"id": "S1", "score": None}]},
    }
    for child, found in records.items():
        text = json.dumps({"child": {"child_id": child}, **found})
        (folder / f"{child}.json").write_text(text, encoding="utf-8")
    return folder


def test_a_finding_is_a_row_with_all_that_is_known_of_it(rules: Path, cases: Path) -> None:
    stages, held = Stages.of(load_standards(rules)), read_cases(cases).as_at(AS_AT)
    rows = {}
    for file in held.case_set().files:
        _, drift, _ = evaluated(stages, file, AS_AT, held.not_carried)
        rows[file.child_id] = [
            (row.id, row.values["standard"], row.values["since"], row.values["severity"], row.values["late"])
            for row in drift.here.file.records["findings"]
        ]
    assert rows == {
        "CH-1": [("assessed", "assessed", date(2019, 9, 26), "critical", False)],
        "CH-2": [("assessed", "assessed", date(2019, 9, 26), "critical", True)],
        "CH-3": [],  # cannot be decided, and that is nobody's finding
        "CH-4": [("sdq-scored", "sdq-scored", None, "minor", False)],
    }


def results(file: CaseFile, stages: Stages, not_carried: Any) -> dict[str, Result]:
    return {
        check.check.id: check.overall.result
        for one in evaluated(stages, file, AS_AT, not_carried)
        if one.standard.id == "drift-challenged"
        for check in one.verdict.checks
    }


def test_the_second_stage_is_evaluated_on_the_first(rules: Path, cases: Path) -> None:
    stages, held = Stages.of(load_standards(rules)), read_cases(cases).as_at(AS_AT)
    found = {file.child_id: results(file, stages, held.not_carried) for file in held.case_set().files}
    assert found == {
        "CH-1": {"none": Result.NOT_MET, "assessments": Result.NOT_MET},
        "CH-2": {"none": Result.MET, "assessments": Result.NOT_MET},
        "CH-3": {"none": Result.NOT_APPLICABLE, "assessments": Result.NOT_APPLICABLE},
        "CH-4": {"none": Result.NOT_MET, "assessments": Result.NOT_APPLICABLE},
    }


def test_one_standard_alone_still_rests_on_all_others(rules: Path, cases: Path) -> None:
    stages = Stages.of(load_standards(rules))
    alone = stages.showing({"drift-challenged"})
    assert [one.id for one in alone.shown] == ["drift-challenged"]
    assert {one.id for one in alone.all} == {"drift-challenged", "assessed", "sdq-scored"}
    assert [one.id for one in stages.showing({"sdq-scored"}).all] == ["sdq-scored"]
    held = read_cases(cases).as_at(AS_AT)
    tables = frames_of(held.case_set())
    for which in (stages, alone):
        frame = run_stages(which, tables, AS_AT, held.not_carried).standards
        drift = frame.filter(frame["standard"].cast(str) == "drift-challenged")
        assert set(frame["standard"].cast(str)) == {one.id for one in which.shown}
        assert [ROLL_UP_ORDER[code] for code in drift["result"]] == [
            Result.NOT_MET, Result.NOT_MET, Result.NOT_APPLICABLE, Result.NOT_MET
        ]  # fmt: skip


@pytest.mark.parametrize("engine", ["reference", "polars"])
def test_the_commands_show_it_alone_or_among_all(rules: Path, cases: Path, engine: str) -> None:
    asked = ["evaluate", str(cases), "--as-at", "2019-09-30", "--rules", str(rules), "--engine", engine]
    alone = CliRunner().invoke(cli, [*asked, "--standard", "drift-challenged"]).output
    line = next(line for line in alone.splitlines() if line.startswith("Drift is challenged"))
    assert line.split()[3:6] == ["·", "3", "·"]
    assert "The SDQ has a score" not in alone
    assert line in CliRunner().invoke(cli, asked).output


def test_findings_and_explanations_come_through_both_stages(rules: Path, cases: Path) -> None:
    on = ["--as-at", "2019-09-30", "--rules", str(rules)]
    asked = ["evaluate", str(cases), *on, "--standard", "drift-challenged", "--format", "jsonl"]
    found = [json.loads(line) for line in CliRunner().invoke(cli, asked).output.splitlines()]
    assert {one["standard"] for one in found} == {"drift-challenged"}
    of_records = [one for one in found if one["level"] == "record" and one["check"] == "none"]
    assert [(one["child_id"], one["record_id"], one["result"]) for one in of_records] == [
        ("CH-1", "assessed", "not_met"),
        ("CH-2", "assessed", "met"),
        ("CH-4", "sdq-scored", "not_met"),
    ]
    said = CliRunner().invoke(cli, ["explain", str(cases), "CH-1", "drift-challenged", *on]).output
    assert "as recorded: not_met" in said


def test_only_what_the_first_stage_reads_is_needed_of_a_source(rules: Path) -> None:
    stages = Stages.of(load_standards(rules)).showing({"drift-challenged"})
    needed = needed_fields(stages.all, lambda name, _field: name != FINDINGS.name)
    assert {("assessments", "authorised"), ("sdqs", "score")} <= needed
    assert not {name for name, _ in needed if name == FINDINGS.name}


def test_a_second_stage_standard_whose_population_looks_at_findings_is_planned_though_no_source_has_them() -> None:
    text = DRIFT.replace(
        "applies_to: {}", "applies_to: {first.late: false}\nanchors: {first: {earliest: findings, by: since}}"
    )
    text = text.replace("checks:\n", "checks:\n  - {id: sdq, says: An SDQ, has: sdqs, where: {score: recorded}}\n")
    standard = load_standard(text, "drift.yaml")
    assert ("sdqs", "score") in needed_fields([standard], lambda name, _field: name != FINDINGS.name)


# --- no source carries findings ---------------------------------------------------------------------------------------


def test_a_native_case_file_with_findings_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("child: {child_id: CH-1}\nfindings: []\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_cases(tmp_path)
    (problem,) = raised.value.problems
    assert (problem.line, problem.message) == (2, "findings are worked out by the standards, and never given")


def test_a_table_of_findings_is_refused(tmp_path: Path) -> None:
    (tmp_path / "child.csv").write_text("child_id\nCH-1\n", encoding="utf-8")
    (tmp_path / "findings.csv").write_text("child_id,standard\nCH-1,a-standard\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_cases(tmp_path)
    (problem,) = raised.value.problems
    assert (problem.file, problem.message) == (
        "findings.csv",
        "findings are worked out by the standards, and never given",
    )


def test_nor_can_a_table_of_children_say_that_they_are_not_carried(tmp_path: Path) -> None:
    (tmp_path / "child.csv").write_text("child_id,_not_carried\nCH-1,findings\n", encoding="utf-8")
    with pytest.raises(InputError, match="no such field: findings"):
        read_cases(tmp_path)


# --- but the examples of a standard give them -------------------------------------------------------------------------


def problems_of(tmp_path: Path, examples: str) -> list[str]:
    file = tmp_path / "drift.yaml"
    file.write_text(DRIFT + "examples:\n" + dedent(examples), encoding="utf-8")
    return [problem.message for problem in run_examples(load_standard(file.read_text(), str(file)), {}).problems]


def test_an_example_gives_findings_directly_and_none_where_it_gives_none(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        """
        - name: open
          as_at: 2019-09-30
          case:
            findings: [{standard: assessed, since: 2019-09-30, severity: minor, late: no}]
          expect: {none: not_met, assessments: met}
        - name: not so before the day on which it began
          as_at: 2019-09-29
          case:
            findings: [{standard: assessed, since: 2019-09-30, severity: minor, late: no}]
          expect: {none: not_applicable}
        - {name: nothing found, as_at: 2019-09-30, case: {}, expect: {none: not_applicable, standard: not_applicable}}
        """,
    )
    assert not [message for message in found if message.startswith("example")]


def test_a_finding_that_no_evaluation_would_make_is_a_problem(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        """
        - name: half
          as_at: 2019-09-30
          case: {findings: [{standard: assessed, severity: minor, late: no}]}
          expect: {none: not_met}
        """,
    )
    assert found == ["example 'half': the finding findings-1 is half given"]


@pytest.mark.parametrize(
    ("word", "message", "near"),
    [
        ("assesed", "no standard 'assesed'", "assessed"),
        ("drift-challenged", "'drift-challenged' itself looks at findings, and is never one of them", ""),
    ],
)
def test_a_standard_that_is_never_among_the_findings_is_a_problem(
    rules: Path, word: str, message: str, near: str
) -> None:
    file = rules / "standards" / "drift-challenged.yaml"
    file.write_text(DRIFT.replace("[assessed]", f"[{word}]"), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_standards(rules)
    (problem,) = raised.value.problems
    assert (problem.file, problem.message, problem.did_you_mean) == (str(file), message, near)
