"""The form as it is sent out: what stands in it, what may be written where, and that it is the same every time."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from qaengine.answers import Form, FormChild, Kind, Question, impact_question, read_answers, write_form
from qaengine.answers.form import GRADES, IMPACTS, MET_OR_NOT, value_of
from qaengine.answers.rows import rows_of
from qaengine.judge.facts import Answer, Grade, Impact
from tests.answers_form import FORM, filled


def sheet_of(form: Form) -> Any:
    return load_workbook(BytesIO(write_form(form)))["Answers"]


def one_child(*questions: Question) -> Form:
    return Form(date(2019, 9, 30), "s", "d", (FormChild("CH-1", "North", "none", questions),))


SHEET = sheet_of(FORM)
ROWS = [[cell.value for cell in row] for row in SHEET.iter_rows(max_col=7)]
LINE = {row[6]: number for number, row in enumerate(ROWS, 1)}


def test_the_words_of_grades_impacts_and_answers_are_the_judges() -> None:
    assert [value_of(words) for words in GRADES] == [grade.value for grade in Grade]
    assert [value_of(words) for words in IMPACTS] == [impact.value for impact in Impact]
    assert [value_of(words) for words in MET_OR_NOT] == [answer.value for answer in Answer]


def test_two_runs_give_the_same_bytes() -> None:
    assert write_form(FORM) == write_form(FORM)


def test_the_top_says_which_draw_this_is_and_how_to_fill_it_in() -> None:
    assert ROWS[0][0] == "Audit answers"
    assert ROWS[1][0] == f"As at 30 September 2019   ·   2 children   ·   Seed 2019-Q3   ·   Draw {'3f2a' * 16}"
    assert ROWS[2][:6] == ["Child", "Standard", "What to decide", "What the record shows", "Answer", "Note"]
    how = " ".join(row[0] for row in ROWS[3:10])
    assert "Nothing leaves this machine" in how
    assert "tell the head of service today" in how


def test_each_child_has_a_heading_with_reference_team_ceiling_and_how_much_is_answered() -> None:
    heading = ROWS[LINE["child|CH-0388"] - 1]
    assert heading[:3] == ["CH-0388", "South", "Ceiling: none: nothing on the record limits the grade"]
    first = LINE["child|CH-0388"] + 1
    assert heading[4] == f'=COUNTA(E{first}:E{first + 2})&" of 3 answered"'  # a question, safety, the grade


def test_a_child_is_read_then_impact_then_safety_then_grade_then_feedback() -> None:
    keys = [row[6] for row in ROWS if row[6] and "|CH-0412" in row[6]]
    assert [key.split("|")[0] for key in keys] == [
        "child",
        "reader",
        "question",
        "impact",
        "concern",
        "grade",
        "confirmed-by",
        "reason",
        "moderator",
        "feedback-asked",
        "feedback-who",
        "feedback-method",
        "feedback-on",
        "feedback-said-1",
        "feedback-said-2",
        "feedback-said-3",
    ]


def test_a_row_says_what_to_decide_and_what_the_record_shows() -> None:
    assert ROWS[LINE["reader|CH-0412|smart-plan|flag-few-words"] - 1][:4] == [
        "CH-0412",
        "Plans are SMART in form",
        "An action has fewer than 6 words. Having read the record: is the standard met here?",
        "Plan of 2 September 2019: action 3 is “Attend drug test weekly”",
    ]
    assert ROWS[LINE["impact|CH-0412|sdq"] - 1][2] == (
        "Not evidenced on the record: An SDQ is on file and updated every year. Was an effect on the child seen?"
    )


def test_only_answers_and_notes_may_be_written_in_and_there_is_no_password() -> None:
    assert SHEET.protection.sheet
    assert SHEET.protection.password is None
    open_cells = {cell.coordinate for row in SHEET.iter_rows() for cell in row if not cell.protection.locked}
    asked = {f"E{line}" for key, line in LINE.items() if key and line > 10 and not key.startswith("child|")}
    noted = {
        f"F{line}"
        for key, line in LINE.items()
        if key and key.split("|")[0] in ("reader", "question", "impact", "concern", "grade", "feedback-asked")
    }
    assert open_cells == asked | noted


def test_closed_lists_are_drop_downs_and_dates_are_dates() -> None:
    rules = {str(rule.sqref): rule for rule in SHEET.data_validations.dataValidation}

    def rule(key: str) -> Any:
        return rules[f"E{LINE[key]}"]

    assert rule("question|CH-0412|smart-plan|right-actions").formula1 == '"met,not met,not applicable"'
    assert rule("impact|CH-0412|sdq").formula1 == '"seen,none seen,not known"'
    assert rule("concern|CH-0412").formula1 == '"yes,no"'
    assert rule("grade|CH-0412").formula1 == '"outstanding,good,requires improvement,inadequate"'
    assert rule("feedback-who|CH-0412").formula1 == '"child,parent,carer"'
    assert rule("feedback-asked|CH-0412").formula1 == '"asked,declined,not safe to ask,not asked"'
    assert rule("feedback-on|CH-0412").type == "date"
    assert rule("confirmed-by|CH-0412").type == "textLength"


LONG = tuple(f"answer {n:03}" for n in range(40))


@pytest.mark.parametrize("answers", [("yes, fully", "no"), LONG, ('the "best"', "x")])
def test_a_list_that_a_rule_cannot_hold_stands_in_hidden_cells(answers: tuple[str, ...]) -> None:
    form = one_child(
        Question("CH-1", "s", "a", Kind.QUESTION, "Which?", answers=answers),
        Question("CH-1", "s", "b", Kind.QUESTION, "And here?", answers=answers),
    )
    sheet = sheet_of(form)
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation if str(rule.formula1).startswith("$H")]
    assert lists == [f"$H$1:$H${len(answers)}"] * 2
    assert [sheet[f"H{n}"].value for n in range(1, len(answers) + 1)] == list(answers)
    assert sheet.column_dimensions["H"].hidden or sheet.column_dimensions["G"].max == 8
    data = filled({("question|CH-1|s|a", "E"): answers[0]}, form)
    assert read_answers(data, form).of("CH-1").questions["s", "a"].answer == answers[0]


def test_a_question_without_a_list_is_answered_in_words() -> None:
    form = one_child(Question("CH-1", "s", "a", Kind.QUESTION, "What is life like for this child?", answers=()))
    data = filled({("question|CH-1|s|a", "E"): "She has her own room, and sleeps"}, form)
    assert read_answers(data, form).of("CH-1").questions["s", "a"].answer == "She has her own room, and sleeps"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_words_that_look_like_a_formula_are_written_as_text(start: str) -> None:
    sheet = sheet_of(one_child(Question("CH-1", "s", "a", Kind.QUESTION, f"{start}1+1", f"{start}cmd")))
    (row,) = [row for row in sheet.iter_rows(max_col=7) if row[6].value == "question|CH-1|s|a"]
    for cell, text in ((row[2], f"{start}1+1"), (row[3], f"{start}cmd")):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_it_is_made_for_a4_landscape_with_its_headings_on_every_page_and_a_page_for_each_child() -> None:
    assert (SHEET.page_setup.orientation, SHEET.page_setup.paperSize) == ("landscape", 9)
    assert SHEET.print_title_rows == "$3:$3"
    assert SHEET.freeze_panes == "A4"
    assert [mark.id for mark in SHEET.row_breaks.brk] == [LINE["child|CH-0388"] - 1]
    assert SHEET.oddFooter.center.text == "Page &P of &N"
    assert SHEET.column_dimensions["G"].hidden


def test_what_is_too_long_for_a_cell_is_cut_and_can_still_be_answered() -> None:
    form = one_child(Question("CH-1", "s", "a", Kind.QUESTION, "Is it so? " * 5_000, "seen " * 50_000))
    data = filled({("question|CH-1|s|a", "E"): "met"}, form)
    assert read_answers(data, form).of("CH-1").questions["s", "a"].answer == "met"


def test_a_form_for_nobody_is_still_a_form() -> None:
    form = Form(date(2019, 9, 30), "s", "d", ())
    assert read_answers(write_form(form), form).children == {}


@pytest.mark.parametrize(
    "build",
    [
        lambda: Question(" CH-1", "s", "c", Kind.QUESTION, "So?"),
        lambda: Question("CH-1", "s", "", Kind.QUESTION, "So?"),
        lambda: Question("CH-1", "s", "c", Kind.QUESTION, " "),
        lambda: Question("CH-1", "s", "c", Kind.QUESTION, "So?", answers=("met", "M et")),
        lambda: Question("CH-1", "s", "c", Kind.QUESTION, "So?", answers=("met", " ")),
        lambda: Question("CH-1", "s", "", Kind.IMPACT, "So?"),
        lambda: FormChild("CH-2", "", "", (impact_question("CH-1", "s", "So?"),)),
        lambda: FormChild("CH-1", "", "", (impact_question("CH-1", "s", "So?"), impact_question("CH-1", "s", "And?"))),
        lambda: Form(date(2019, 9, 30), "s", "d", (FormChild("CH-1", "", ""), FormChild("CH-1", "", ""))),
        lambda: Form(date(2019, 9, 30), "s", "", ()),
    ],
)
def test_a_form_that_could_not_be_read_back_cannot_be_made(build: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        build()


@pytest.mark.parametrize(
    ("says", "asked"),
    [
        ("Not practicable?", "Not practicable? Having read the record: is the standard met here?"),
        ("The text is short.", "The text is short. Having read the record: is the standard met here?"),
        ("The text is short", "The text is short. Having read the record: is the standard met here?"),
    ],
)
def test_a_sentence_that_goes_on_has_one_mark(says: str, asked: str) -> None:
    (row, *_) = rows_of(one_child(Question("CH-1", "s", "a", Kind.READER, says)).children[0])
    assert row.decide == asked
