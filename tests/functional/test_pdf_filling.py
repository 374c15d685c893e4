"""What an audit run puts into the reports: answers beside findings, strengths that are earned, sources in words."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from qaengine.answers.form import Answers, ChildAnswers, Feedback, GradeGiven, Kind, Said
from qaengine.audit.form import form_of
from qaengine.audit.pack import ChildAudit, Pack
from qaengine.audit.run import AuditRun, Request, draw_children
from qaengine.cases import read_cases
from qaengine.cases.council import read_council
from qaengine.evaluate.explain.names import titles
from qaengine.model.casefile import CaseSet
from qaengine.model.result import By, Evidence, Finding, Result
from qaengine.model.standard import Asks
from qaengine.report.filling import common, reading
from qaengine.report.filling.actions import actions
from qaengine.report.filling.dip_sample import dip_sample
from qaengine.report.filling.leadership import leadership
from qaengine.report.filling.manager import manager
from qaengine.report.filling.references import cited, in_words
from qaengine.report.filling.strengths import strengths
from qaengine.report.lists import judgements_json
from qaengine.report.pdf import render_dip_sample
from qaengine.report.wording import grade
from qaengine.sample import Everyone
from tests.audit_cases import AS_AT, standards
from tests.functional.pdf_views import reader
from tests.judge_cases import judge_of

PROJECT = Path(__file__).parents[2]
CHILDREN = ("CH-0005", "CH-0020", "CH-0031")
JOINED = ("smart-plan", "flag-joined")
READ = ChildAnswers(
    questions={
        JOINED: Said("not met", "I read both steps"),
        ("smart-plan", "flag-few-words"): Said("not applicable"),
        ("smart-plan", "achievable"): Said("", "to be asked"),
    },
    impact={"sdq-annual-update": Said("seen", "missed school")},
    concern=True,
    concern_note="Told the duty manager at 14.10",
    grade=GradeGiven("inadequate", "AUD-1"),
    feedback=Feedback("asked", "child", "in_person", AS_AT, ("listening", "", "")),
    grade_note="a hard one",
    feedback_note="by the carer's choice",
)


@cache
def pack() -> Pack:
    """Three of the sample cases, of which one has been read and answered."""
    source = read_cases(PROJECT / "sample_cases").as_at(AS_AT, council=read_council(PROJECT / "rules"))
    cases = source.case_set()
    few = CaseSet(tuple(f for f in cases.files if f.child_id in CHILDREN), cases.not_carried)
    run = AuditRun(few, tuple(standards().values()), AS_AT, judge_of())
    frame, drawn = draw_children(few, run.standards, AS_AT, Request("seed", Everyone()))
    given = Answers({child: READ if child == "CH-0031" else ChildAnswers() for child in CHILDREN})
    return run.pack(frame, drawn, given, list)


def child(reference: str) -> ChildAudit:
    return next(one for one in pack().children if one.child_id == reference)


def test_a_readers_answer_and_note_replace_what_waited_for_a_reader() -> None:
    lines = {line.check: line for line in common.shown_findings(pack(), child("CH-0031"), "smart-plan")}
    says = {check.id: check.says for check in standards()["smart-plan"].checks}
    joined, few = lines[says["flag-joined"]], lines[says["flag-few-words"]]
    assert (joined.result, joined.answer, joined.note) == (Result.NOT_MET, "not met", "I read both steps")
    assert (few.result, few.answer) == (Result.NOT_APPLICABLE, "not applicable")
    assert joined.found.startswith("The person read:")
    waiting = lines[says["flag-no-measure"]]
    assert (waiting.result, waiting.answer) == (Result.REFER_TO_AUDITOR, "")


def test_a_note_beside_a_question_is_shown_though_the_question_still_waits() -> None:
    said = reading.answers(pack(), child("CH-0031"))
    assert ("", "to be asked") in [(one.answer, one.why) for one in said]
    view = manager(pack(), child("CH-0031").team)
    assert next(audit.waiting for audit in view.audits if audit.child == "CH-0031") > 0
    assert any(one.why == "a hard one" for one in said)


def test_the_note_beside_an_impact_is_shown() -> None:
    assert reading.impact(child("CH-0031")) == "The SDQ is on file and updated every year: seen (note: missed school)"


def test_the_judgements_carry_everything_that_was_written_on_the_form() -> None:
    given = {one["child"]: one["answers"] for one in json.loads(judgements_json(pack()))["children"]}["CH-0031"]
    assert {
        "standard": "smart-plan",
        "check": "flag-joined",
        "answer": "not met",
        "note": "I read both steps",
    } in given["questions"]
    assert given["impact"] == [{"standard": "sdq-annual-update", "answer": "seen", "note": "missed school"}]
    assert (given["concern"], given["concern_note"]) == (True, "Told the duty manager at 14.10")
    assert (given["grade"]["grade"], given["grade_note"]) == ("inadequate", "a hard one")
    assert given["feedback"]["said"]["What has helped?"] == "listening"
    assert (given["feedback"]["on"], given["feedback_note"]) == ("2019-09-30", "by the carer's choice")


def test_a_readers_concern_says_why_and_leaves_who_was_told_to_the_note() -> None:
    concern = next(one for one in common.concerns(pack()) if one.children == ("CH-0031",))
    assert concern.what.startswith("The reader is concerned that the child may be unsafe now")
    assert (concern.note, concern.passed_to) == ("Told the duty manager at 14.10", "")


def test_what_is_asked_of_a_child_who_may_be_unsafe_does_not_say_the_answer() -> None:
    team = next(team for team in pack().teams if team == child("CH-0031").team)
    asked = [line.needed for line in manager(pack(), team).actions if line.urgent]
    asked += [line.what for line in leadership(pack()).decisions if line.urgent]
    assert asked == ["Confirm whether CH-0031 is safe, and what has been done"] * 2


def test_no_check_is_a_strength_where_its_standard_is_not_met_or_the_ceiling_is_inadequate() -> None:
    unsafe, other = child("CH-0031"), child("CH-0020")
    met = {f"the child {standards()[s].reads[0]}" for s, result in unsafe.results().items() if result is Result.MET}
    assert unsafe.judgement.ceiling == "inadequate"
    assert set(strengths(pack(), [unsafe], most=99)) <= met
    of_not_met = {
        common.says(check.says)
        for standard, result in other.results().items()
        for check in standards()[standard].checks
        if result is Result.NOT_MET
    }
    good = set(strengths(pack(), [other], most=99))
    assert of_not_met
    assert good
    assert not good & of_not_met


def test_a_standard_with_a_check_not_yet_due_is_no_strength_but_its_checks_that_are_met_are() -> None:
    """ "Has assessments authorised in time" says too much of a child whose assessment is still being written."""
    one = child("CH-0005")
    standard, record = _met_with_two_checks(one)
    praise = f"the child {standards()[standard].reads[0]}"
    assert praise in strengths(pack(), [one], most=99)
    due = replace(record[0], result=Result.NOT_YET_DUE)
    later = replace(one, findings=tuple(due if f == record[0] else f for f in one.findings))
    said = strengths(pack(), [later], most=99)
    assert praise not in said
    says = {check.id: common.says(check.says) for check in standards()[standard].checks}
    assert says[record[1].check or ""] in said
    assert says[due.check or ""] not in said


def _met_with_two_checks(one: ChildAudit) -> tuple[str, list[Finding]]:
    """A standard that the child meets, with two checks met on the record."""
    for standard, result in one.results().items():
        met = [f for f in one.checks(standard) if f.by is By.RECORD and f.result is Result.MET]
        if result is Result.MET and len(met) > 1:
            return standard, met
    raise AssertionError("no standard of the child has two checks that are met")


@pytest.mark.parametrize("standard", sorted(standards()))
def test_a_dip_sample_says_what_was_good_where_most_met(standard: str) -> None:
    view = dip_sample(pack(), standards()[standard])
    most = 2 * view.counts.met > view.counts.decided and view.counts.met > 1
    assert bool(view.strengths) or not most


@pytest.mark.parametrize(
    ("document", "reference", "said"),
    [
        ("001_d76ec875019dacb5.txt", "PLAN 6; PLAN 6.1", "Coventry Children's Services Strategic Plan, 6; 6.1"),
        (
            "002_00b74a9ab89606af.txt",
            "SCRUT 8.3, Strategy Meetings",
            "Scrutiny Board paper, MASH, 8.3, Strategy Meetings",
        ),
        ("003_5b37e68f06d2e593.txt", "OFSTED I4", "Ofsted letter of 22 February 2018, what needs to improve, point 4"),
        ("003_5b37e68f06d2e593.txt", "OFSTED F3", "Ofsted letter of 22 February 2018, finding 3"),
        ("SSDA903 guidance", "SDQ_SCORE", "SSDA903 guidance, SDQ_SCORE"),
    ],
)
def test_a_source_is_named_by_its_title(document: str, reference: str, said: str) -> None:
    assert cited(document, reference) == said


def test_no_page_names_a_file_or_a_code_of_ours() -> None:
    said = [in_words(p.source) for s in standards().values() for p in s.parameters]
    said += [common.standard_line(s).source for s in standards().values()]
    for words in said:
        assert not any(code in words for code in (".txt", "domain paper", "OFSTED", "SCRUT", "PLAN ")), words


def test_what_a_red_flag_asks_for_has_one_date_on_the_managers_page_and_in_the_dip_sample() -> None:
    one = child("CH-0031")
    flags = {(s.id, check.id) for s in pack().standards for check in s.checks if check.red_flag}
    flag = next(f for f in one.checks() if (f.standard, f.check) in flags)
    raised = replace(flag, result=Result.NOT_MET, late=False, reason="Not evidenced on the record: nothing shows this.")
    unsafe = replace(one, findings=tuple(raised if f == flag else f for f in one.findings))
    (line,) = [line for line in actions(pack(), [unsafe]) if line.urgent]
    (found,) = [f for f in common.shown_findings(pack(), unsafe, flag.standard) if f.result is Result.NOT_MET]
    assert found.due == line.due == common.urgent_by(AS_AT)


def test_a_question_on_the_form_says_which_records_to_look_at_and_how_to_weigh_them() -> None:
    asked = [question for one in form_of(pack()).children for question in one.questions]
    asked = [question for question in asked if question.kind is Kind.QUESTION]
    assert asked
    for question in asked:
        test = next(c.test for c in standards()[question.standard].checks if c.id == question.check)
        assert isinstance(test, Asks)
        assert test.guidance.strip() in question.shows
        assert all(titles(name) in question.shows for name in test.look_at)
    assert any(question.shows.startswith("Look at: ") for question in asked)


def test_the_day_of_a_confirmation_that_nobody_gave_is_not_said() -> None:
    read = child("CH-0031")
    given = read.facts.grade
    assert given is not None
    confirmed = given.model_copy(update={"confirmed_by": "AUD-1"})
    one = replace(read, facts=read.facts.model_copy(update={"grade": confirmed}))
    view = manager(replace(pack(), children=(one,)), one.team)
    (audit,) = view.audits
    said = grade(audit.confirmed, audit.ceiling)
    assert said.startswith("inadequate, confirmed by AUD-1.")


def test_the_rows_of_one_child_in_a_dip_sample_name_their_checks() -> None:
    view = dip_sample(pack(), standards()["smart-plan"])
    several = next(one for one in view.children if len(one.findings) > 1)
    text = " ".join(" ".join(page.extract_text() for page in reader(render_dip_sample(view)).pages).split())
    rows = text[text.index("Each child") :]
    assert all(found.check in rows for found in several.findings)


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        (Evidence("sdqs", "S1", None), ("SDQ", "S1")),
        (Evidence("changes", "plans/P1/ended", None), ("the end of plan", "P1")),
        (Evidence("changes", "missing_episodes/ME3", None), ("missing episode", "ME3")),
        (Evidence("changes", "CH1", None), ("significant change", "CH1")),
    ],
)
def test_a_pointer_names_the_record_as_people_do(evidence: Evidence, shown: tuple[str, str]) -> None:
    found = common.pointer(pack(), evidence)
    assert (found.record, found.record_id) == shown
