"""From the cells about one child to that child's answers, with what must be true of several cells together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from qaengine.answers.form import (
    ASKED,
    ChildAnswers,
    Feedback,
    GradeGiven,
    Kind,
    Question,
    Said,
    value_of,
)
from qaengine.answers.rows import Column, Part, Row, place_of

Wrong = Callable[[int, int, str, str, str], None]
"""How a problem is told: row and column from 0, the message, what was found and what is expected."""
SAID = (Part.SAID_1, Part.SAID_2, Part.SAID_3)


@dataclass(frozen=True, slots=True)
class Given:
    """What was written in one row. `answer` is empty where nothing was, and None where it could not be read."""

    row: Row
    line: int
    answer: str | date | None
    note: str = ""

    @property
    def said(self) -> str:
        """The answer as words."""
        return self.answer if isinstance(self.answer, str) else ""


def child_answers(rows: Iterable[Given], wrong: Wrong) -> ChildAnswers:
    """The answers about one child. What cannot be true together is told to `wrong`, and left out."""
    rows = tuple(rows)
    parts = {given.row.of: given for given in rows if isinstance(given.row.of, Part)}
    concern = parts.get(Part.CONCERN)
    return ChildAnswers(
        questions=_questions(rows),
        impact=_impact(rows),
        concern=concern.said == "yes" if concern and concern.said else None,
        grade=_grade(parts, wrong),
        feedback=_feedback(parts, wrong),
        concern_note=_note(parts, Part.CONCERN),
        grade_note=_note(parts, Part.GRADE),
        feedback_note=_note(parts, Part.ASKED),
    )


def _questions(rows: Iterable[Given]) -> dict[tuple[str, str], Said]:
    return {
        (given.row.of.standard, given.row.of.check): Said(given.said, given.note)
        for given in rows
        if isinstance(given.row.of, Question) and given.row.of.kind is not Kind.IMPACT and (given.said or given.note)
    }


def _impact(rows: Iterable[Given]) -> dict[str, Said]:
    return {
        given.row.of.standard: Said(value_of(given.said), given.note)
        for given in rows
        if isinstance(given.row.of, Question) and given.row.of.kind is Kind.IMPACT and (given.said or given.note)
    }


def _grade(parts: dict[Part, Given], wrong: Wrong) -> GradeGiven | None:
    grade = parts.get(Part.GRADE)
    if grade and grade.said:
        return GradeGiven(
            value_of(grade.said), *(_said(parts, part) for part in (Part.CONFIRMED_BY, Part.REASON, Part.MODERATOR))
        )
    if grade and grade.answer is not None:
        for part, what in (
            (Part.CONFIRMED_BY, "a confirmation"),
            (Part.REASON, "a reason"),
            (Part.MODERATOR, "a moderator"),
        ):
            if _said(parts, part):
                wrong(
                    parts[part].line,
                    Column.ANSWER,
                    f"{grade.row.child_id}: {what} without a grade",
                    f"{what} and no grade",
                    f"a grade in {place_of(grade.line, Column.ANSWER)}",
                )
    return None


def _feedback(parts: dict[Part, Given], wrong: Wrong) -> Feedback | None:
    asked = parts.get(Part.ASKED)
    if not asked or asked.answer is None:
        return None
    said = tuple(_said(parts, part) for part in SAID)
    on = parts[Part.ON].answer if Part.ON in parts else None
    if asked.said == ASKED[0] or (asked.said and not any(said)):
        return Feedback(
            value_of(asked.said),
            value_of(_said(parts, Part.WHO)),
            value_of(_said(parts, Part.METHOD)),
            on if isinstance(on, date) else None,
            said,
        )
    _unasked(parts, asked, wrong)
    return None


def _unasked(parts: dict[Part, Given], asked: Given, wrong: Wrong) -> None:
    """Something is said of a person's view, and not that they were asked for it."""
    child = asked.row.child_id
    if asked.said:
        for part in filter(lambda part: _said(parts, part), SAID):
            wrong(
                parts[part].line,
                Column.ANSWER,
                f"{child}: an answer from somebody who was not asked",
                f"“{asked.said}” in {place_of(asked.line, Column.ANSWER)}",
                "no answer, or “asked”",
            )
    elif any(parts[part].answer for part in (Part.WHO, Part.METHOD, Part.ON, *SAID) if part in parts):
        wrong(
            asked.line,
            Column.ANSWER,
            f"{child}: feedback without saying whether somebody was asked",
            "no answer",
            ", ".join(ASKED),
        )


def _said(parts: dict[Part, Given], part: Part) -> str:
    return parts[part].said if part in parts else ""


def _note(parts: dict[Part, Given], part: Part) -> str:
    return parts[part].note if part in parts else ""
