"""The answers workbook: what a person is asked about each drawn child, written to Excel and read back."""

from qaengine.answers.form import (
    Answers,
    ChildAnswers,
    Feedback,
    Form,
    FormChild,
    GradeGiven,
    Kind,
    Question,
    Said,
    impact_question,
)
from qaengine.answers.read import read_answers
from qaengine.answers.write import write_form

__all__ = [
    "Answers",
    "ChildAnswers",
    "Feedback",
    "Form",
    "FormChild",
    "GradeGiven",
    "Kind",
    "Question",
    "Said",
    "impact_question",
    "read_answers",
    "write_form",
]
