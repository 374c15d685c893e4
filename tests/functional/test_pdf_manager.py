"""A manager's findings where there are many: each cause once, the gravest first, and lists that stay short."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qaengine.audit.told import told_once
from qaengine.model.result import Result
from qaengine.report.filling import actions, common
from qaengine.report.filling.manager import manager as filled
from qaengine.report.pdf import render_manager
from qaengine.report.views import ActionLine, GapLine, ManagerView, Origin, Parameter, ReadLine, ResultOf, StandardLine
from tests.audit_cases import finding as finding_of
from tests.audit_cases import standards
from tests.functional.pdf_views import ANNEX, audited, finding, manager, page_text, reader
from tests.functional.test_pdf_filling import child, pack

DUE = date(2019, 10, 28)


def text_of(view: ManagerView, first: int = 1) -> str:
    pdf = render_manager(view)
    return " ".join(page_text(pdf, page) for page in range(first, len(reader(pdf).pages) + 1))


def action(*children: str, **more: Any) -> ActionLine:
    given = {"about": "SDQ", "severity": "major", "reasons": ("There is no SDQ.",), **more}
    return ActionLine(children, "SDQ: there is none", "Obtain one", "social worker", DUE, **given)


# --- What is filled in ------------------------------------------------------------------------------------------------


def test_what_is_not_met_and_open_is_an_action_and_stands_nowhere_else() -> None:
    one = child("CH-0031")
    view = filled(pack(), one.team)
    (audit,) = [audit for audit in view.audits if audit.child == one.child_id]
    opened = {f.check for f in one.counting() if f.result is Result.NOT_MET and not f.late}
    assert opened
    assert not [line for line in audit.findings if line.result is Result.NOT_MET and not line.late and not line.answer]
    assert [line for line in view.actions if one.child_id in line.children]


def test_the_standards_that_are_open_are_counted_by_severity_the_gravest_first() -> None:
    one = child("CH-0031")
    counted = actions.open_standards(one)
    assert [severity for severity, _ in counted] == [s for s in ("critical", "major", "minor") if s in dict(counted)]
    assert sum(n for _, n in counted) == sum(fact.open for fact in one.facts.standards)


def test_urgent_actions_come_first_and_then_the_gravest() -> None:
    for team in pack().teams:
        lines = actions.actions(pack(), [c for c in pack().children if c.team == team])
        order = [(not line.urgent, ["critical", "major", "minor"].index(line.severity)) for line in lines]
        assert order == sorted(order)


def test_two_checks_that_find_the_same_make_one_action_for_one_owner() -> None:
    for team in pack().teams:
        lines = actions.actions(pack(), [c for c in pack().children if c.team == team])
        keys = [(line.children, line.about, line.owner, line.due, line.reasons) for line in lines]
        assert len(set(keys)) == len(keys)


def test_what_is_not_recorded_is_said_once_for_all_children() -> None:
    lines = actions.gaps(pack(), pack().children)
    keys = [(line.missing, line.needed, line.owner) for line in lines]
    assert len(set(keys)) == len(keys)
    undecided = {c.child_id for c in pack().children if any(f.result is Result.CANNOT_DECIDE for f in c.checks())}
    assert {name for line in lines for name in line.children} == undecided
    assert [len(line.children) for line in lines] == sorted((len(line.children) for line in lines), reverse=True)


def test_questions_are_counted_as_they_wait_on_the_form() -> None:
    lines = actions.reading(pack(), pack().children)
    assert sum(line.questions + line.flagged for line in lines) == sum(len(c.waiting()) for c in pack().children)


def test_a_standard_that_is_for_none_of_the_children_is_not_shown() -> None:
    for team in pack().teams:
        view = filled(pack(), team)
        for standard in view.standards:
            shown = [line for audit in view.audits for line in audit.results if line.standard == standard.id]
            assert {line.as_recorded for line in shown} - {Result.NOT_APPLICABLE}


def test_only_the_numbers_of_checks_that_are_shown_are_in_the_annex() -> None:
    view = filled(pack(), child("CH-0031").team)
    shown = {standard.short for standard in view.standards}
    assert view.annex.brief
    assert {line.standard for line in view.annex.parameters} <= shown
    assert len(view.annex.parameters) < sum(len(s.parameters) for s in standards().values() if s.short in shown)


def test_the_found_of_an_action_is_the_shorter_of_the_two_ways_to_say_it_but_never_says_nothing() -> None:
    standard = standards()["sdq-annual-update"]
    short = finding_of(standard.id, Result.NOT_MET, standard.checks[0].id, reason="There is none.")
    nothing = replace(short, reason="Not evidenced on the record: no SDQ shows this.")
    assert common.found_in_brief(pack(), standard, [short]) == f"{standard.short}: There is none."
    assert common.found_in_brief(pack(), standard, [nothing]).startswith(f"{standard.short}: not evidenced that ")
    assert common.reason_of(pack(), nothing).startswith("Not evidenced that ")


def test_a_finding_of_another_standard_is_called_by_its_name() -> None:
    named = common.named(pack(), "After finding sdq-annual-update of 1 July 2019, nothing; the finding was made.")
    assert (
        named
        == f"After finding ({standards()['sdq-annual-update'].short}) of 1 July 2019, nothing; the finding was made."
    )


def test_a_reason_that_several_standards_give_is_told_once() -> None:
    names = {"The SDQ is on file": "SDQ", "Plans are SMART": "SMART plan"}
    reasons = ["The SDQ is on file: still open", "No question: yet", "Plans are SMART: still open"]
    assert told_once(reasons, names) == ("SDQ and SMART plan: still open", "No question: yet")
    assert told_once(reasons[:1], names) == ("The SDQ is on file: still open",)


# --- What is on the page ----------------------------------------------------------------------------------------------


def test_each_child_is_led_by_how_many_standards_are_open_and_by_severity() -> None:
    audit = replace(audited("CH-0001", Result.NOT_MET), open_standards=(("critical", 2), ("major", 9), ("minor", 1)))
    said = text_of(manager([audit], (action("CH-0001"),)), first=2)
    assert (
        "Not evidenced and still open: 2 critical standards, 9 major standards and 1 minor standard; 1 action." in said
    )
    assert said.index("Not evidenced and still open") < said.index("There is no SDQ.")


def test_brothers_and_sisters_have_one_action_in_full_and_a_pointer_to_it() -> None:
    view = manager([audited(name, Result.NOT_MET) for name in ("CH-1", "CH-2")], (action("CH-1", "CH-2"),))
    said = text_of(view, first=2)
    assert said.count("There is no SDQ.") == 1
    assert "One action for CH-1 and CH-2." in said
    assert "One action with CH-1, where it stands in full." in said


def test_an_action_for_a_child_who_was_not_drawn_stands_after_the_others() -> None:
    urgent = action("CH-9", urgent=True, reasons=(), about="", severity="")
    said = text_of(manager([audited("CH-1", Result.MET)], (urgent,)), first=2)
    assert said.index("Children who were not drawn") < said.index("CH-9") < said.index("SDQ: there is none")


def test_what_is_not_recorded_and_what_waits_are_short_lists() -> None:
    many = tuple(f"CH-{at:04d}" for at in range(7))
    view = replace(
        manager([audited("CH-0001", Result.MET)]),
        gaps=(
            GapLine("date (review): left blank", many, ("Reviews", "SMART plan"), "Record: date", "social worker", DUE),
        ),
        reading=(ReadLine("SMART plan", 4, 0, ("CH-0001",)),),
    )
    said = text_of(view, first=2).replace("\u00a0", " ")
    for words in ("date (review): left blank", "7 children", "Reviews, SMART plan", "social worker, 28 Oct 2019"):
        assert words in said
    assert "For a person to read" in said
    assert "stand in full on the answer form" in said


@pytest.mark.parametrize("children", [1, 6, 7])
def test_of_few_children_the_picture_has_a_line_a_standard_and_of_many_a_line_a_child(children: int) -> None:
    lines = tuple(StandardLine(f"s-{at}", f"Title {at}", "minor", f"Short {at}", theme="health") for at in range(9))
    results = tuple(ResultOf(line.id, Result.MET) for line in lines)
    audits = [replace(audited(f"CH-{at}", Result.MET), results=results) for at in range(children)]
    said = text_of(manager(audits, standards=lines), first=2)
    assert ("The same in numbers of children" in said) is (children == 7)
    assert all(f"Short {at}" in said for at in range(9))


def test_the_numbers_are_a_line_each_and_what_is_proposed_is_marked() -> None:
    numbers = (
        Parameter("SDQ", "renew_within", "12 months", "a long reason", "QA lead", Origin.PROPOSED),
        Parameter("SDQ", "from_age", "4", "SSDA903 guidance", "performance team", Origin.SOURCE),
    )
    said = text_of(replace(manager([]), annex=replace(ANNEX, parameters=numbers, brief=True)))
    assert "SDQ renew within 12 months proposed default QA lead" in said
    assert "SDQ from age 4 SSDA903 guidance performance team" in said


def test_a_child_for_whom_thirty_things_are_not_met_is_still_a_few_pages() -> None:
    todo = tuple(action("CH-0001", about=f"Standard {at}") for at in range(30))
    audit = replace(audited("CH-0001", Result.NOT_MET), findings=(finding(Result.NOT_MET, "x"),))
    assert len(reader(render_manager(manager([audit], todo))).pages) <= 7
