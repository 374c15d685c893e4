"""The form as it comes back: every answer, whatever the program that saved it, and every problem at once."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.answers import (
    ChildAnswers,
    Feedback,
    Form,
    FormChild,
    GradeGiven,
    Kind,
    Question,
    Said,
    read_answers,
    write_form,
)
from qaengine.answers.cells import choice
from qaengine.answers.form import ASKED, GRADES, MET_OR_NOT, METHODS, WHO, value_of
from qaengine.model.problem import ExitCode, InputError, Problem
from tests.answers_form import FORM, filled

ASKS = "question|CH-0412|smart-plan|right-actions"
NAMED = "CH-0412, Plans are SMART in form, 'Are these the right actions for this child’s needs and ri...'"


def child(values: dict[tuple[str, str], Any], child_id: str = "CH-0412") -> ChildAnswers:
    return read_answers(filled(values), FORM).of(child_id)


def problems(data: bytes | Path, form: Form = FORM) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error:
        read_answers(data, form)
    assert error.value.exit_code is ExitCode.CASE_DATA
    return error.value.problems


def only(data: bytes | Path, form: Form = FORM) -> Problem:
    (problem,) = problems(data, form)
    return problem


def test_a_form_that_nobody_filled_in_answers_nothing() -> None:
    answers = read_answers(write_form(FORM), FORM)
    assert answers.children == {"CH-0412": ChildAnswers({}, {}), "CH-0388": ChildAnswers({}, {})}


def test_a_form_that_was_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "back from AUD-07.xlsx"
    path.write_bytes(
        filled(
            {
                (ASKS, "E"): "not met",
                (ASKS, "F"): "None answers the need for a school place",
                ("reader|CH-0412|smart-plan|flag-few-words", "E"): "met",
                ("impact|CH-0412|sdq", "E"): "none seen",
                ("impact|CH-0412|sdq", "F"): "Seen by CAMHS in August",
                ("concern|CH-0412", "E"): "yes",
                ("concern|CH-0412", "F"): "Told the duty head of service at 14.10",
                ("grade|CH-0412", "E"): "requires improvement",
                ("grade|CH-0412", "F"): "Close to good",
                ("confirmed-by|CH-0412", "E"): "AUD-07",
                ("reason|CH-0412", "E"): "A reason",
                ("moderator|CH-0412", "E"): "M-2",
                ("feedback-asked|CH-0412", "E"): "asked",
                ("feedback-asked|CH-0412", "F"): "The carer was asked too",
                ("feedback-who|CH-0412", "E"): "child",
                ("feedback-method|CH-0412", "E"): "in person",
                ("feedback-on|CH-0412", "E"): date(2019, 10, 3),
                ("feedback-said-1|CH-0412", "E"): "My worker comes",
                ("feedback-said-3|CH-0412", "E"): "Mostly",
                ("feedback-asked|CH-0388", "E"): "not safe to ask",
            }
        )
    )
    answers = read_answers(path, FORM)
    assert answers.of("CH-0412") == ChildAnswers(
        questions={
            ("smart-plan", "right-actions"): Said("not met", "None answers the need for a school place"),
            ("smart-plan", "flag-few-words"): Said("met", ""),
        },
        impact={"sdq": Said("none_seen", "Seen by CAMHS in August")},
        concern=True,
        concern_note="Told the duty head of service at 14.10",
        grade=GradeGiven("requires_improvement", "AUD-07", "A reason", "M-2"),
        grade_note="Close to good",
        feedback=Feedback("asked", "child", "in_person", date(2019, 10, 3), ("My worker comes", "", "Mostly")),
        feedback_note="The carer was asked too",
    )
    assert answers.of("CH-0388") == ChildAnswers({}, {}, feedback=Feedback("not_safe_to_ask"))


@pytest.mark.parametrize("typed", ["not met", "Not Met", "NOT MET", " not  met ", "notmet", "not\u00a0met"])
def test_capitals_and_spaces_do_not_matter(typed: str) -> None:
    assert child({(ASKS, "E"): typed}).questions == {("smart-plan", "right-actions"): Said("not met", "")}


@pytest.mark.parametrize(("typed", "meant"), [(True, True), (False, False), ("Yes", True), ("no", False)])
def test_a_program_may_make_a_truth_value_of_yes_and_no(typed: Any, meant: bool) -> None:
    assert child({("concern|CH-0412", "E"): typed}).concern is meant


@pytest.mark.parametrize(
    ("typed", "text"),
    [(7, "7"), (7.0, "7"), (7.5, "7.5"), (True, "TRUE"), (" AUD-07 ", "AUD-07"), (date(2019, 10, 3), "2019-10-03")],
)
def test_a_program_may_make_a_number_of_a_reference(typed: Any, text: str) -> None:
    given_grade = child({("grade|CH-0412", "E"): "good", ("confirmed-by|CH-0412", "E"): typed}).grade
    assert given_grade == GradeGiven("good", text)


@pytest.mark.parametrize("typed", [date(2019, 10, 3), datetime.fromisoformat("2019-10-03T14:30"), 43741, 43741.6])
def test_a_day_may_come_with_an_hour_or_as_a_count_of_days(typed: Any) -> None:
    def plainly(sheet: Any) -> None:
        for row in sheet.iter_rows(min_col=5, max_col=5):
            if isinstance(row[0].value, int | float):
                row[0].number_format = "General"

    data = filled({("feedback-asked|CH-0412", "E"): "asked", ("feedback-on|CH-0412", "E"): typed}, change=plainly)
    feedback = read_answers(data, FORM).of("CH-0412").feedback
    assert feedback is not None
    assert feedback.on == date(2019, 10, 3)


@pytest.mark.parametrize(
    ("day", "believable"),
    [(date(1949, 12, 31), False), (date(1950, 1, 1), True), (date(2100, 12, 31), True), (date(2101, 1, 1), False)],
)
def test_a_day_that_nobody_could_mean_is_a_problem(day: date, believable: bool) -> None:
    data = filled({("feedback-asked|CH-0412", "E"): "declined", ("feedback-on|CH-0412", "E"): day})
    if believable:
        assert read_answers(data, FORM).of("CH-0412").feedback == Feedback("declined", on=day)
    else:
        assert "not a believable date" in only(data).message


def test_a_note_without_an_answer_is_kept() -> None:
    assert child({(ASKS, "F"): "Ask the worker first"}).questions == {
        ("smart-plan", "right-actions"): Said("", "Ask the worker first")
    }


def test_a_grade_without_a_confirmation_is_a_grade() -> None:
    assert child({("grade|CH-0412", "E"): "Good"}).grade == GradeGiven("good")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yes", "met"),
        ("No", "not met"),
        ("n/a", "not applicable"),
        ("not mett", "not met"),
        ("aplicable", "not applicable"),
        ("zebra", ""),
    ],
)
def test_an_answer_that_is_not_on_the_list_is_told_with_its_cell(typed: str, meant: str) -> None:
    assert only(filled({(ASKS, "E"): typed})) == Problem(
        "answers.xlsx",
        13,
        5,
        "Answers!E13: CH-0412: not one of the answers",
        f"'{typed}'",
        "met, not met or not applicable",
        meant,
    )


@pytest.mark.parametrize(("typed", "meant"), [("3/10/2019", "2019-10-03"), ("2019-10-03", "2019-10-03"), ("soon", "")])
def test_a_date_typed_as_text_is_a_problem(typed: str, meant: str) -> None:
    problem = only(filled({("feedback-asked|CH-0412", "E"): "asked", ("feedback-on|CH-0412", "E"): typed}))
    assert (problem.message, problem.did_you_mean) == ("Answers!E23: CH-0412: a date typed as text", meant)
    assert problem.expected == "a date, such as 3 Oct 2019"


@pytest.mark.parametrize(
    ("part", "what"), [("confirmed-by", "a confirmation"), ("reason", "a reason"), ("moderator", "a moderator")]
)
def test_what_is_said_of_a_grade_needs_a_grade(part: str, what: str) -> None:
    problem = only(filled({(f"{part}|CH-0412", "E"): "AUD-07"}))
    assert f"{what} without a grade" in problem.message
    assert problem.expected == "a grade in Answers!E16"


def test_somebody_who_was_not_asked_has_not_answered() -> None:
    data = filled({("feedback-asked|CH-0412", "E"): "declined", ("feedback-said-2|CH-0412", "E"): "More visits"})
    problem = only(data)
    assert "an answer from somebody who was not asked" in problem.message
    assert problem.found == "“declined” in Answers!E20"


@pytest.mark.parametrize(
    ("part", "value"), [("who", "child"), ("method", "telephone"), ("on", date(2019, 10, 3)), ("said-3", "Yes")]
)
def test_feedback_says_whether_somebody_was_asked(part: str, value: Any) -> None:
    problem = only(filled({(f"feedback-{part}|CH-0412", "E"): value}))
    assert problem.message == "Answers!E20: CH-0412: feedback without saying whether somebody was asked"


def test_a_grade_that_cannot_be_read_is_told_once() -> None:
    problem = only(filled({("grade|CH-0412", "E"): "goood", ("confirmed-by|CH-0412", "E"): "AUD-07"}))
    assert problem.did_you_mean == "good"


def test_words_where_nothing_is_asked_are_a_problem() -> None:
    problem = only(filled({("confirmed-by|CH-0412", "F"): "AUD-07"}))
    assert problem.message == "Answers!F17: CH-0412: nothing is asked here"


def test_a_formula_is_not_an_answer() -> None:
    data = filled({(ASKS, "E"): '="m"&"et"', (ASKS, "F"): "=A1"})
    assert [problem.message for problem in problems(data)] == [
        f"Answers!{cell}: CH-0412: a formula, or an error that one left" for cell in ("E13", "F13")
    ]


def test_every_problem_is_told_at_once_in_the_order_of_the_sheet() -> None:
    data = filled({("concern|CH-0388", "E"): "perhaps", (ASKS, "E"): "yes", ("feedback-on|CH-0412", "E"): "Monday"})
    assert [problem.line for problem in problems(data)] == [13, 23, 29]


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        (Form(FORM.as_at, FORM.seed, "77" * 32, FORM.children), "draw"),
        (Form(FORM.as_at, "2019-Q4", FORM.draw_hash, FORM.children), "seed"),
        (Form(date(2019, 12, 31), FORM.seed, FORM.draw_hash, FORM.children), "as-at date"),
    ],
)
def test_the_form_of_another_draw_is_refused(changed: Form, label: str) -> None:
    problem = only(write_form(changed), FORM)
    assert problem.message == f"the form of another draw: its {label} differs"
    assert problem.found != problem.expected


def test_a_missing_row_is_told() -> None:
    problem = only(filled({}, change=lambda sheet: sheet.delete_rows(13)))
    assert problem.message == f"a row is missing: {NAMED}"


def test_a_missing_child_is_told_once() -> None:
    problem = only(filled({}, change=lambda sheet: sheet.delete_rows(27, 14)))
    assert problem.message == "none of the 13 rows about CH-0388 is here"


def test_an_added_row_is_told() -> None:
    def add(sheet: Any) -> None:
        sheet.insert_rows(14)
        sheet["E14"] = "met"

    problem = only(filled({}, change=add))
    assert problem.message.startswith("Answers!G14: a row that was not sent out")
    assert problem.found == "'no key'"


def test_an_empty_row_that_was_added_does_not_matter() -> None:
    data = filled({(ASKS, "E"): "met"}, change=lambda sheet: sheet.insert_rows(12, 3))
    assert read_answers(data, FORM).of("CH-0412").questions


def test_a_row_that_is_there_twice_is_told() -> None:
    def twice(sheet: Any) -> None:
        for column in range(1, 8):
            sheet.cell(60, column, sheet.cell(13, column).value)

    problem = only(filled({(ASKS, "E"): "met"}, change=twice))
    assert problem.message == "Answers!G60: the same row twice: it is in row 13 too"
    assert problem.found == NAMED


def test_a_key_that_was_changed_is_told_with_the_one_that_was_meant() -> None:
    def change(sheet: Any) -> None:
        sheet["G13"] = ASKS + "x"

    added, missing = sorted(problems(filled({}, change=change)), key=lambda problem: -problem.line)
    assert added.did_you_mean == ASKS
    assert missing.message == f"a row is missing: {NAMED}"


def test_answers_moved_away_from_their_keys_are_told() -> None:
    """As when all but the hidden column is sorted."""

    def swap(sheet: Any) -> None:
        for column in range(1, 7):
            one, other = sheet.cell(12, column), sheet.cell(13, column)
            one.value, other.value = other.value, one.value

    found = problems(filled({(ASKS, "E"): "met"}, change=swap))
    assert [(problem.line, problem.column) for problem in found] == [(12, 3), (13, 3)]
    assert all("not the words that were sent out" in problem.message for problem in found)


def test_whole_rows_that_moved_together_are_read() -> None:
    def swap(sheet: Any) -> None:
        for column in range(1, 8):
            one, other = sheet.cell(12, column), sheet.cell(13, column)
            one.value, other.value = other.value, one.value

    data = filled({(ASKS, "E"): "met"}, change=swap)
    assert read_answers(data, FORM).of("CH-0412").questions == {("smart-plan", "right-actions"): Said("met", "")}


@pytest.mark.parametrize("length", [199, 200, 201])
def test_a_reference_has_at_most_200_characters(length: int) -> None:
    data = filled({("grade|CH-0412", "E"): "good", ("confirmed-by|CH-0412", "E"): "A" * length})
    if length <= 200:
        assert read_answers(data, FORM).of("CH-0412").grade == GradeGiven("good", "A" * length)
    else:
        assert only(data).found == "201 characters"


@pytest.mark.parametrize(
    "words",
    [
        "line one\nline two",
        "tab\there",
        "é \u2028 \U0001f600",
        "\ud800 alone",
        "\x07 bell",
        "\uffff none",
        "<a>&amp;</a>",
    ],
)
def test_strange_characters_in_the_words_of_a_standard_do_no_harm(words: str) -> None:
    form = Form(
        date(2019, 9, 30),
        "s",
        "d",
        (FormChild("CH-1", words, words, (Question("CH-1", "s", "c", Kind.QUESTION, words, words, title=words),)),),
    )
    data = filled({("question|CH-1|s|c", "E"): "met"}, form)
    assert read_answers(data, form).of("CH-1").questions == {("s", "c"): Said("met", "")}


def test_words_that_look_like_an_escape_come_back_as_they_were() -> None:
    words = "_x0041_ and x005F_"
    form = Form(
        date(2019, 9, 30),
        "s",
        "d",
        (FormChild("CH-1", words, words, (Question("CH-1", "s", "c", Kind.QUESTION, words, words, title=words),)),),
    )
    assert read_answers(write_form(form), form).of("CH-1") == ChildAnswers({}, {})


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
REFERENCE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(reference=REFERENCE, standard=REFERENCE, check=REFERENCE, says=REFERENCE, shows=TEXT, team=TEXT, seed=REFERENCE)
def test_any_reference_and_any_words_come_back_from_an_untouched_form(
    reference: str, standard: str, check: str, says: str, shows: str, team: str, seed: str
) -> None:
    question = Question(reference, standard, check, Kind.QUESTION, says, shows)
    form = Form(date(2019, 9, 30), seed, "d", (FormChild(reference, team, shows, (question,)),))
    assert read_answers(write_form(form), form).of(reference) == ChildAnswers({}, {})


@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    answer=st.sampled_from(MET_OR_NOT),
    note=st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), max_size=40),
    grade=st.sampled_from(GRADES),
    asked=st.sampled_from(ASKED),
    who=st.sampled_from(WHO),
    method=st.sampled_from(METHODS),
    on=st.dates(date(1950, 1, 1), date(2100, 12, 31)),
)
def test_what_is_written_is_what_is_read(
    answer: str, note: str, grade: str, asked: str, who: str, method: str, on: date
) -> None:
    note = note.lstrip("=")  # a note that begins with = becomes a formula, and is told as one
    read = child(
        {
            (ASKS, "E"): answer,
            (ASKS, "F"): note,
            ("grade|CH-0412", "E"): grade,
            ("feedback-asked|CH-0412", "E"): asked,
            ("feedback-who|CH-0412", "E"): who,
            ("feedback-method|CH-0412", "E"): method,
            ("feedback-on|CH-0412", "E"): on,
        }
    )
    assert read.questions == {("smart-plan", "right-actions"): Said(answer, note.strip())}
    assert read.grade == GradeGiven(value_of(grade))
    assert read.feedback == Feedback(value_of(asked), who, value_of(method), on)


@settings(derandomize=True, deadline=None)
@given(st.sampled_from(MET_OR_NOT), st.data())
def test_a_choice_is_known_however_it_is_spaced_and_capitalised(answer: str, data: st.DataObject) -> None:
    letters = answer.replace(" ", "")
    typed = "".join(data.draw(st.sampled_from((x, x.upper(), f" {x}", f"{x}\t"))) for x in letters)
    assert choice(typed, MET_OR_NOT) == answer
