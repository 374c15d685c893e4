"""The three reports as finished files: same bytes, embedded type, one page for the first look, nothing lost after."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qaengine.model.result import By, Result
from qaengine.report.pdf import render_dip_sample, render_leadership, render_manager
from qaengine.report.pdf.text import PLACEHOLDER
from qaengine.report.views import Concern, Counts, Grade, Interval, ReAudit, ResultOf, StandardLine
from tests.functional.pdf_views import (
    AS_AT,
    RE_AUDITS,
    TEAM,
    TYPICAL,
    action,
    audited,
    dip_sample,
    finding,
    leadership,
    manager,
    page_text,
    re_audit,
    reader,
)

Render = Callable[[Any], bytes]
REPORTS: dict[str, tuple[Render, Any]] = {
    "dip sample": (render_dip_sample, TYPICAL),
    "manager": (render_manager, TEAM),
    "leadership": (render_leadership, RE_AUDITS),
}
HOSTILE = "<b>&amp;</b> & <para> \u202eשלום 😀 " + "x" * 300 + " " + "word " * 950


@pytest.mark.parametrize("name", REPORTS)
def test_two_runs_give_the_same_bytes(name: str) -> None:
    render, view = REPORTS[name]
    assert render(view) == render(view)


@pytest.mark.parametrize("name", REPORTS)
def test_every_font_is_embedded(name: str) -> None:
    render, view = REPORTS[name]
    fonts = [
        font.get_object()
        for page in reader(render(view)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts)


@pytest.mark.parametrize("name", REPORTS)
def test_title_author_subject_and_language_are_set(name: str) -> None:
    render, view = REPORTS[name]
    pdf = reader(render(view))
    assert pdf.metadata is not None
    assert pdf.metadata.title
    assert pdf.metadata.author == "Northshire Children’s Services"
    assert pdf.metadata.subject == "As at 30 September 2019"
    assert pdf.root_object["/Lang"] == "en-GB"


@pytest.mark.parametrize("name", REPORTS)
def test_each_page_has_its_marking_its_date_and_its_number_of_all(name: str) -> None:
    render, view = REPORTS[name]
    pdf = render(view)
    total = len(reader(pdf).pages)
    for page in range(1, total + 1):
        text = page_text(pdf, page)
        assert text.count("OFFICIAL-SENSITIVE") == 2
        assert "As at 30 September 2019" in text
        assert re.search(rf"Page {page} of\s*{total}", text)


@pytest.mark.parametrize("name", REPORTS)
def test_what_was_good_comes_before_what_was_not_and_the_end_says_what_made_it(name: str) -> None:
    render, view = REPORTS[name]
    pdf = render(view)
    text = " ".join(page_text(pdf, page + 1) for page in range(len(reader(pdf).pages)))
    order = ["What was good", "Immediate concerns", "The numbers these findings rest on", "If you disagree"]
    places = [text.index(heading) for heading in order]
    assert places == sorted(places)
    for said in ("proposed default", "Reply by 7 October 2019", "qaengine 0.1.0", "durable-rules 2.0.28", "77e0" * 16):
        assert said in text
    assert "The record was tested, not wellbeing." in text


def test_page_one_of_a_dip_sample_has_sentence_table_squares_bar_and_who_does_what() -> None:
    first = page_text(render_dip_sample(TYPICAL), 1)
    for said in (
        "19 have an SDQ",
        "not enough recorded",
        "CH-0030",
        "45%",
        "Target: all by 31 December 2019",
        "28 Oct 2019",
    ):
        assert said in first


def test_each_drawn_child_is_listed_with_evidence_action_owner_and_date() -> None:
    pdf = render_dip_sample(TYPICAL)
    rest = " ".join(page_text(pdf, page + 1) for page in range(1, len(reader(pdf).pages)))
    assert all(rest.count(child.child) >= 2 for child in TYPICAL.children)
    for said in (
        "sdq 4471, 11 Jul 2018",
        "sdqs: “completed on” left blank",
        "Obtain an SDQ",
        "social worker, 28 Oct 2019",
    ):
        assert said in rest.replace("\u00a0", " ")


def test_page_one_of_a_manager_has_actions_matrix_and_steps() -> None:
    first = page_text(render_manager(TEAM), 1).replace("\u00a0", " ")
    for said in ("Urgent. reconvene", "worker, 1 Oct 2019", "✘ not met", "Act on row 2 now.", "Reply by 7 October"):
        assert said in first


def test_the_ceiling_is_shown_with_its_reasons_and_rules_and_no_grade_is_said_to_be_none() -> None:
    view = manager([audited("CH-0001", Result.MET, confirmed=False)])
    pdf = render_manager(view)
    text = " ".join(page_text(pdf, page + 1) for page in range(len(reader(pdf).pages)))
    assert "Ceiling from the record: requires improvement. Two open majors." in text
    assert "Rules that fired: two-majors." in text
    assert "Grade: None yet" in text


def test_late_but_done_stands_apart_from_what_is_open() -> None:
    late = replace(finding(Result.NOT_MET, "nine days late"), late=True)
    view = manager([replace(audited("CH-0001", Result.NOT_MET), findings=(late,))])
    pdf = render_manager(view)
    text = " ".join(page_text(pdf, page + 1) for page in range(len(reader(pdf).pages)))
    assert text.index("Late, but done") < text.index("for learning, not for a remedy") < text.index("nine days late")


def test_page_one_of_the_re_audits_has_figures_lines_bars_and_decisions() -> None:
    first = page_text(render_leadership(RE_AUDITS), 1)
    for said in (
        "audits done (of 48 planned)",
        "does not meet good 17",
        "31 days",
        "first audit",
        "Complete the three",
    ):
        assert said in first


MIXED = Counts(200, 60, not_yet_due=10, not_applicable=10, cannot_decide=10, refer_to_auditor=10)


@pytest.mark.parametrize(
    "view",
    [
        dip_sample(Counts(), None, frame=0),
        dip_sample(Counts(met=1), Interval(0.03, 1)),
        dip_sample(Counts(cannot_decide=5), None),
        dip_sample(Counts(met=60, not_met=1), Interval(0.9, 1)),
        dip_sample(MIXED, Interval(0.6, 0.8), frame=900),
        dip_sample(Counts(met=301), Interval(0.98, 1), frame=900),
    ],
)
def test_none_one_and_three_hundred_children_keep_page_one_to_one_page(view: Any) -> None:
    pdf = render_dip_sample(view)
    assert "Who could be chosen" not in page_text(pdf, 1)
    assert "What was good" in page_text(pdf, 2)


@pytest.mark.parametrize("children", [1, 300])
def test_one_file_and_three_hundred_files_keep_the_managers_page_one(children: int) -> None:
    standards = tuple(StandardLine(f"s-{at}", f"Standard number {at}", "minor") for at in range(12))
    results = tuple(ResultOf(line.id, Result.MET) for line in standards)
    audits = [replace(audited(f"CH-{at:04d}", Result.MET), results=results) for at in range(children)]
    pdf = render_manager(manager(audits, tuple(action() for _ in range(40)), standards=standards))
    assert "And 34 more" in page_text(pdf, 1)
    assert "7 of 12 standards that most need attention" in page_text(pdf, 1)
    assert "What was good" in page_text(pdf, 2)


def test_a_long_list_of_re_audits_and_an_empty_one() -> None:
    many = [re_audit(f"CH-{at:04d}", date(2019, 9, 1 + at % 28), Grade.GOOD if at % 3 else None) for at in range(300)]
    pdf = render_leadership(leadership(many))
    assert "and 93 more" in page_text(pdf, 1)
    assert "What was good" in page_text(pdf, 2)
    text = " ".join(page_text(pdf, page + 1) for page in range(1, len(reader(pdf).pages)))
    assert all(line.child in text for line in many)
    assert "The list is empty." in page_text(render_leadership(leadership([])), 1)


def test_a_text_longer_than_a_page_is_split_and_nothing_of_it_is_lost() -> None:
    marked = " ".join(f"w{at}" for at in range(1500))
    children = (replace(TYPICAL.children[0], findings=(finding(Result.MET, marked),)), *TYPICAL.children[1:])
    pdf = render_dip_sample(replace(TYPICAL, children=children))
    text = " ".join(page_text(pdf, page + 1) for page in range(len(reader(pdf).pages)))
    assert {f"w{at}" for at in range(1500)} <= set(text.split())


def test_hostile_text_is_printed_as_letters_and_what_is_missing_is_explained() -> None:
    audit = replace(audited("CH-0001", Result.NOT_MET), findings=(finding(Result.NOT_MET, HOSTILE),))
    view = replace(manager([audit], (action(HOSTILE, urgent=True),), HOSTILE), strengths=(HOSTILE,), team=HOSTILE)
    pdf = render_manager(view)
    text = " ".join(page_text(pdf, page + 1) for page in range(len(reader(pdf).pages)))
    assert "<b>&amp;</b> & <para>" in text
    assert PLACEHOLDER in text
    assert "typeface does not have" in text
    assert "What was good" in page_text(pdf, 2)


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_drawn_outside_the_page(name: str) -> None:
    render, view = REPORTS[name]
    long = replace(view.scope, service="S" * 400, marking="M" * 400)
    places: list[float] = []
    for page in reader(render(replace(view, scope=long))).pages:
        page.extract_text(
            visitor_text=lambda words, cm, tm, font, size: places.append(cm[4] + tm[4] if words.strip() else 100)
        )
    assert min(places) >= 0
    assert max(places) < 596


def test_a_report_that_contradicts_itself_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="is not a frame of 318"):
        replace(TYPICAL.selection, population_size=400)
    with pytest.raises(ValueError, match="not the children drawn"):
        replace(TYPICAL, children=TYPICAL.children[1:])
    with pytest.raises(ValueError, match="not an interval"):
        Interval(0.9, 0.1)
    with pytest.raises(ValueError, match="meets good is not re-audited"):
        re_audit("CH-1", date(2019, 9, 1), first=Grade.GOOD)
    with pytest.raises(ValueError, match="not listed"):
        replace(TEAM, standards=())
    with pytest.raises(ValueError, match="graded but not done"):
        replace(re_audit("CH-1", date(2019, 9, 1)), second_grade=Grade.GOOD)


@pytest.mark.parametrize(("as_at", "days"), [(date(2019, 8, 29), 0), (date(2019, 8, 30), 0), (date(2019, 8, 31), 1)])
def test_days_overdue_begin_the_day_after_the_due_date(as_at: date, days: int) -> None:
    line: ReAudit = re_audit("CH-1", date(2019, 8, 30))
    assert line.days_overdue(as_at) == days


def whole(pdf: bytes) -> str:
    return " ".join(page_text(pdf, page + 1) for page in range(len(reader(pdf).pages)))


def test_the_matrix_on_page_one_gives_the_grade_of_each_child_once_one_is_given() -> None:
    mixed = [audited("CH-0001", Result.MET), audited("CH-0002", Result.MET, confirmed=False)]
    first = page_text(render_manager(manager(mixed)), 1)
    assert "CH-0001 good" in first
    assert "CH-0002 none yet" in first
    assert "none yet" not in page_text(render_manager(manager(mixed[1:])), 1)


@pytest.mark.parametrize("answer", ["met", "not met", "not applicable"])
def test_what_a_person_read_stands_where_the_record_could_only_ask(answer: str) -> None:
    line = replace(finding(Result.REFER_TO_AUDITOR, "two steps"), by=By.READER)
    audit = audited("CH-0001", Result.MET)
    waiting = whole(render_manager(manager([replace(audit, findings=(line,))])))
    assert "A reader’s check: a person decides." in waiting
    read = replace(line, result=Result.MET, answer=answer, note="I read both steps")
    text = whole(render_manager(manager([replace(audit, findings=(read,))])))
    assert f"As read: {answer}. Reader’s note: I read both steps" in text
    assert "a person decides" not in text


WHY = "The reader is concerned that the child may be unsafe now"


@pytest.mark.parametrize("length", [10, 400, 5000])
def test_a_readers_concern_is_whole_on_page_one_and_claims_nothing_of_who_was_told(length: int) -> None:
    note = "told " * (length // 5)
    view = replace(TEAM, concerns=(Concern(("CH-0001",), WHY, AS_AT, "", note=note),))
    pdf = render_manager(view)
    assert f"CH-0001 {WHY}. Reader’s note: told" in page_text(pdf, 1)
    assert "What was good" in page_text(pdf, 2)
    assert "passed on" not in whole(pdf)
    assert "cknowledged" not in whole(pdf)


def test_an_urgent_action_is_never_cut_on_page_one_however_full_it_is() -> None:
    long = "confirm whether " + "and what " * 30 + "end"
    rest = tuple(action("a new SDQ " * 40) for _ in range(5))
    first = page_text(render_manager(replace(TEAM, actions=(action(long, urgent=True), *rest))), 1)
    assert " ".join(long.split()) in first
