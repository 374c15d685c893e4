"""A small form, and somebody who fills it in: what the tests of the answers workbook share."""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from qaengine.answers import Form, FormChild, Kind, Question, impact_question
from qaengine.answers.write import write_form

FORM = Form(
    as_at=date(2019, 9, 30),
    seed="2019-Q3",
    draw_hash="3f2a" * 16,
    children=(
        FormChild(
            "CH-0412",
            "North",
            "requires improvement: two major standards still open, with different causes",
            (
                Question(
                    "CH-0412",
                    "smart-plan",
                    "flag-few-words",
                    Kind.READER,
                    "An action has fewer than 6 words",
                    "Plan of 2 September 2019: action 3 is “Attend drug test weekly”",
                    title="Plans are SMART in form",
                ),
                Question(
                    "CH-0412",
                    "smart-plan",
                    "right-actions",
                    Kind.QUESTION,
                    "Are these the right actions for this child’s needs and risks?",
                    "Read the plan beside the assessment. A short action can be clear (“Attend drug test weekly”).",
                    title="Plans are SMART in form",
                ),
                impact_question(
                    "CH-0412",
                    "sdq",
                    "An SDQ is on file and updated every year",
                    "The latest SDQ is of 11 July 2018: 446 days old, and at most 12 months is allowed",
                    "The SDQ is on file and updated every year",
                ),
            ),
        ),
        FormChild(
            "CH-0388",
            "South",
            "none: nothing on the record limits the grade",
            (
                Question(
                    "CH-0388",
                    "smart-plan",
                    "right-actions",
                    Kind.QUESTION,
                    "Are these the right actions for this child’s needs and risks?",
                    title="Plans are SMART in form",
                ),
            ),
        ),
    ),
)
Cell = tuple[str, int]


def filled(
    values: Mapping[tuple[str, str], Any], form: Form = FORM, change: Callable[[Any], None] | None = None
) -> bytes:
    """The form with values written into it, each placed by a row's key and a column's letter, and saved again."""
    book = load_workbook(BytesIO(write_form(form)))
    sheet = book["Answers"]
    row_of = {sheet.cell(row, 7).value: row for row in range(1, sheet.max_row + 1)}
    for (key, letter), value in values.items():
        sheet[f"{letter}{row_of[key]}"] = value
    if change:
        change(sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
