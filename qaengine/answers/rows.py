"""The rows of the sheet: one for each thing to be answered, in the order in which an auditor works.

Writing and reading share these rows, so that what is read is held to what was asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from qaengine.answers.form import (
    ASKED,
    FEEDBACK_QUESTIONS,
    GRADES,
    METHODS,
    WHO,
    YES_NO,
    Form,
    FormChild,
    Kind,
    Question,
)

SHEET = "Answers"
VERSION = "qaengine answers 2"
HEADINGS = ("Child", "Standard", "What to decide", "What the record shows", "Answer", "Note", "Key")
MOST_WORDS = 2_000
"""Characters of a locked cell; what is longer is cut, because a cell that fills the screen is not read."""

LONGEST_REFERENCE = 200


class Column(IntEnum):
    """The columns of the sheet, from 0."""

    CHILD = 0
    STANDARD = 1
    DECIDE = 2
    SHOWS = 3
    ANSWER = 4
    NOTE = 5
    KEY = 6
    LISTS = 7


class Part(StrEnum):
    """What is asked of every child, beside the questions of the standards."""

    CONCERN = "concern"
    GRADE = "grade"
    CONFIRMED_BY = "confirmed-by"
    REASON = "reason"
    MODERATOR = "moderator"
    ASKED = "feedback-asked"
    WHO = "feedback-who"
    METHOD = "feedback-method"
    ON = "feedback-on"
    SAID_1 = "feedback-said-1"
    SAID_2 = "feedback-said-2"
    SAID_3 = "feedback-said-3"


class Takes(StrEnum):
    """What may be written in the answer cell."""

    CHOICE = "choice"
    REFERENCE = "reference"
    TEXT = "text"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what is asked, of what, what may be answered, and whether it has a note."""

    child_id: str
    of: Question | Part
    subject: str
    decide: str
    shows: str
    takes: Takes
    answers: tuple[str, ...] = ()
    has_note: bool = False
    counts: bool = False  # among those that the child's band counts as answered

    @property
    def key(self) -> str:
        """What tells this row from every other."""
        if isinstance(self.of, Part):
            return joined(self.of, self.child_id)
        of_check = (self.of.check,) if self.of.check else ()
        return joined(self.of.kind, self.child_id, self.of.standard, *of_check)


def joined(*parts: str) -> str:
    """Parts as one key that no other parts give."""
    return "|".join(part.replace("%", "%25").replace("|", "%7C") for part in parts)


def split(key: str) -> list[str]:
    """The parts of a key."""
    return [part.replace("%7C", "|").replace("%25", "%") for part in key.split("|")]


def form_key(form: Form) -> str:
    """What tells the form of this draw from the form of any other."""
    return joined(VERSION, form.as_at.isoformat(), form.seed, form.draw_hash, form.asks)


def band_key(child: FormChild) -> str:
    """The key of a child's heading."""
    return joined("child", child.child_id)


def letters(column: int) -> str:
    """The letters of a column, from 0: A, B, ... Z, AA."""
    left, last = divmod(column, 26)
    return (letters(left - 1) if left else "") + chr(ord("A") + last)


def place_of(row: int, column: int) -> str:
    """A cell as Excel names it with its sheet, rows and columns from 0: "Answers!E14"."""
    return f"{SHEET}!{letters(column)}{row + 1}"


def rows_of(child: FormChild) -> tuple[Row, ...]:
    """Every row about one child: what is to be read, in the order given; then impact, safety, grade and feedback."""
    questions = sorted(child.questions, key=lambda question: question.kind is Kind.IMPACT)
    return (*map(_question_row, questions), *_grade_rows(child), *_feedback_rows(child))


def plain(text: str) -> str:
    """Text as a locked cell holds it: printable, cut where it is very long."""
    kept = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text).strip()
    return kept if len(kept) <= MOST_WORDS else kept[: MOST_WORDS - 1].rstrip() + "…"


def _question_row(question: Question) -> Row:
    takes = Takes.CHOICE if question.answers else Takes.TEXT
    return Row(
        question.child_id,
        question,
        plain(question.title or question.standard),
        plain(_asked(question)),
        plain(question.shows),
        takes,
        question.answers,
        has_note=True,
        counts=True,
    )


def _asked(question: Question) -> str:
    """The question in words. A check's sentence may say what should be so or what was flagged: ask of the standard."""
    if question.kind is Kind.READER:
        return f"{_ended(question.says)} Having read the record: is the standard met here?"
    if question.kind is Kind.IMPACT:
        return f"Not evidenced on the record: {_ended(question.says)} Was an effect on the child seen?"
    return question.says


def _ended(sentence: str) -> str:
    """A sentence with one mark at its end."""
    return sentence if sentence.endswith(("?", "!")) else f"{sentence.rstrip('.')}."


def _grade_rows(child: FormChild) -> Iterator[Row]:
    ceiling = plain(f"Ceiling: {child.ceiling_words.rstrip('.')}. Below it, grade freely; above it, give the reason.")
    yield _part(
        child,
        Part.CONCERN,
        "Safety",
        "May the child be unsafe now?",
        "If yes: tell the head of service now, and do not wait for this form. Say in the note whom you told.",
        Takes.CHOICE,
        YES_NO,
        has_note=True,
        counts=True,
    )
    yield _part(
        child,
        Part.GRADE,
        "Grade",
        "Your grade for this child’s file",
        ceiling,
        Takes.CHOICE,
        GRADES,
        has_note=True,
        counts=True,
    )
    yield _part(
        child,
        Part.CONFIRMED_BY,
        "Grade",
        "Confirmed by",
        "A reference such as AUD-07, not a name. Blank: the grade is not confirmed.",
        Takes.REFERENCE,
    )
    yield _part(
        child,
        Part.REASON,
        "Grade",
        "Reason for a grade above the ceiling",
        "Only where your grade is above the ceiling.",
        Takes.TEXT,
    )
    yield _part(
        child,
        Part.MODERATOR,
        "Grade",
        "Moderator",
        "A reference, not a name; somebody other than the person who confirms.",
        Takes.REFERENCE,
    )


def _feedback_rows(child: FormChild) -> Iterator[Row]:
    subject = "Family feedback"
    yield _part(
        child,
        Part.ASKED,
        subject,
        "Was somebody asked for their view?",
        "“Not safe to ask” is an answer. The note is for anybody else who was asked.",
        Takes.CHOICE,
        ASKED,
        has_note=True,
    )
    yield _part(child, Part.WHO, subject, "Who was asked?", "", Takes.CHOICE, WHO)
    yield _part(child, Part.METHOD, subject, "How?", "", Takes.CHOICE, METHODS)
    yield _part(child, Part.ON, subject, "On what day?", "A date, such as 3 Oct 2019.", Takes.DATE)
    for part, question in zip((Part.SAID_1, Part.SAID_2, Part.SAID_3), FEEDBACK_QUESTIONS, strict=True):
        yield _part(child, part, subject, question, "In their words, shortly, without names.", Takes.TEXT)


def _part(
    child: FormChild,
    part: Part,
    subject: str,
    decide: str,
    shows: str,
    takes: Takes,
    answers: tuple[str, ...] = (),
    *,
    has_note: bool = False,
    counts: bool = False,
) -> Row:
    return Row(child.child_id, part, subject, decide, shows, takes, answers, has_note, counts)
