"""What is asked on the form where the library holds more questions than anybody answers."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from qaengine.audit.asked import FEWEST, IMPACT, MOST, Asked, asked
from qaengine.audit.facts import audit_facts
from qaengine.audit.form import form_of
from qaengine.audit.pack import Pack
from qaengine.audit.run import AuditRun, Request, draw_children
from qaengine.cases import read_cases
from qaengine.cases.council import read_council
from qaengine.judge.facts import Read
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.result import By, Finding, Result
from qaengine.model.standard import Asks, Severity, Standard
from qaengine.sample import Everyone
from tests.audit_cases import AS_AT, case, finding, standards
from tests.judge_cases import judge_of

PROJECT = Path(__file__).parents[2]


@cache
def pack(all_questions: bool) -> Pack:
    source = read_cases(PROJECT / "sample_cases").as_at(AS_AT, council=read_council(PROJECT / "rules"))
    run = AuditRun(source.case_set(), tuple(standards().values()), AS_AT, judge_of(), all_questions=all_questions)
    frame, drawn = draw_children(run.case_set, run.standards, AS_AT, Request("seed", Everyone()))
    return run.pack(frame, drawn, None, list)


def questions(name: str) -> list[str]:
    return [check.id for check in standards()[name].checks if isinstance(check.test, Asks)]


def flags(name: str) -> list[str]:
    return [check.id for check in standards()[name].checks if check.by is By.READER][: -len(questions(name))]


def to_ask(name: str, result: Result = Result.MET, *checks: str) -> list[Finding]:
    """The findings of a standard whose questions, or these checks, are for a reader."""
    wait = checks or questions(name)
    return [finding(name, result), *(finding(name, Result.REFER_TO_AUDITOR, check) for check in wait)]


def of(found: list[Finding], file: CaseFile | None = None, every: bool = False) -> Asked:
    named = dict.fromkeys(one.standard for one in found)
    return asked([standards()[name] for name in named], found, file or case(), every)


def with_records(**records: int) -> CaseFile:
    """A file with so many records of each type: none of them is "looked, and there is none"."""
    return replace(case(), records={name: tuple(Row(f"R{n}", {}) for n in range(m)) for name, m in records.items()})


def test_where_there_is_room_everything_is_asked() -> None:
    assert of(to_ask("smart-plan")).keys == {("smart-plan", check) for check in questions("smart-plan")}
    assert of(to_ask("smart-plan")).no_room == 0


def test_whether_an_effect_was_seen_is_asked_of_what_is_not_met_alone() -> None:
    assert ("smart-plan", IMPACT) in of(to_ask("smart-plan", Result.NOT_MET)).keys
    assert ("smart-plan", IMPACT) not in of(to_ask("smart-plan", Result.CANNOT_DECIDE)).keys


@pytest.mark.parametrize(("sdqs", "asks"), [(1, True), (0, False)])
def test_a_question_is_not_asked_where_the_record_holds_nothing_to_answer_it_from(sdqs: int, asks: bool) -> None:
    found = of(to_ask("sdq-annual-update"), with_records(sdqs=sdqs, health_checks=0, reviews=0))
    assert bool(found.keys) is asks
    assert found.nothing_to_read == (not asks)


def test_what_the_source_does_not_carry_may_be_in_the_file_itself_and_is_asked() -> None:
    assert of(to_ask("sdq-annual-update"), with_records(sdqs=0, health_checks=0)).keys


def test_with_all_questions_even_those_are_asked() -> None:
    none = with_records(sdqs=0, health_checks=0, reviews=0)
    assert of(to_ask("sdq-annual-update"), none, every=True).keys


def test_a_critical_standard_is_asked_in_full_whatever_the_record_holds() -> None:
    name = "strategy-meeting-compliance"
    none = with_records(discussions=0, section47s=0, assessments=0, discussion_actions=0, participants=0)
    assert of(to_ask(name), none).keys == {(name, check) for check in questions(name)}


@cache
def crowd() -> tuple[Finding, ...]:
    """Every question of every standard waits, and nothing is met."""
    return tuple(f for name in standards() if questions(name) for f in to_ask(name, Result.NOT_MET))


def test_where_there_is_no_room_each_theme_has_one_question_before_any_has_two() -> None:
    found = of(list(crowd()))
    minor = [standards()[name] for name, check in found.keys if check and not _critical(standards()[name])]
    assert len({standard.theme for standard in minor}) == len(minor)
    always = sum(_critical(standards()[name]) for name, _ in found.keys)
    assert len(found.keys) - always == max(MOST - always, FEWEST)
    assert len(found.keys) + found.no_room == len(of(list(crowd()), every=True).keys)


def _critical(standard: Standard) -> bool:
    return standard.severity is Severity.CRITICAL


def test_of_a_theme_what_is_not_met_is_asked_before_what_is_met_and_the_graver_first() -> None:
    """Both are of one theme, and the room is taken by what is flagged."""
    taken = to_ask("smart-plan", Result.MET, *flags("smart-plan"))
    theme = [one for one in standards().values() if one.theme == "permanence" and questions(one.id)]
    found = of([*taken, *(f for one in theme[1:] for f in to_ask(one.id)), *to_ask(theme[0].id, Result.NOT_MET)])
    assert (theme[0].id, questions(theme[0].id)[0]) in found.keys


def test_what_is_flagged_is_always_asked() -> None:
    found = of([*crowd(), *to_ask("smart-plan", Result.MET, *flags("smart-plan"))])
    assert {("smart-plan", check) for check in flags("smart-plan")} <= found.keys


def test_a_question_that_is_not_asked_is_not_waited_for() -> None:
    found = to_ask("smart-plan")
    for keys, read in ((None, Read.TO_READ), (frozenset[tuple[str, str]](), Read.NOTHING_TO_READ)):
        (fact,) = audit_facts(standards(), found, (), None, AS_AT, keys).standards
        assert fact.read is read


# --- On the sample cases ----------------------------------------------------------------------------------------------


def test_no_child_is_asked_more_than_there_is_room_for_unless_what_is_always_asked_is_more() -> None:
    for child, form in zip(pack(False).children, form_of(pack(False)).children, strict=True):
        always = [q for q in form.questions if q.kind == "reader" or _critical(standards()[q.standard])]
        assert len(form.questions) <= max(MOST, len(always) + FEWEST)
        assert bool(form.left_out) is bool(child.asked.no_room or child.asked.nothing_to_read)


def test_what_is_left_out_is_counted_and_nothing_flagged_or_critical_is() -> None:
    for core, every in zip(form_of(pack(False)).children, form_of(pack(True)).children, strict=True):
        left = set(every.questions) - set(core.questions)
        assert set(core.questions) <= set(every.questions)
        assert not [q for q in left if q.kind == "reader" or _critical(standards()[q.standard])]
        assert every.left_out == ""


def test_the_two_forms_of_a_draw_are_told_apart() -> None:
    assert form_of(pack(False)).asks == "core questions"
    assert form_of(pack(True)).asks == "all questions"
