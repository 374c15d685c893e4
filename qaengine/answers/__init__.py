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

__all__ = [
    "Answers", "ChildAnswers", "Feedback", "Form", "FormChild", "GradeGiven", "Kind", "Question", "Said",
    "impact_question",
]
