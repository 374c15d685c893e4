"""What a person is asked about each drawn child, and what they answered. Plain data: nothing here reads or writes.

What follows from an answer belongs to the judge; a grade or an impact has the same value here as there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

MET_OR_NOT = ("met", "not met", "not applicable")
YES_NO = ("yes", "no")
IMPACTS = ("seen", "none seen", "not known")
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
ASKED = ("asked", "declined", "not safe to ask", "not asked")
WHO = ("child", "parent", "carer")
METHODS = ("in person", "telephone", "video call", "in writing", "through an advocate", "another way")
FEEDBACK_QUESTIONS = ("What has helped?", "What should be different?", "Have you been listened to?")
"""The three short answers that a child, parent or carer is asked for (audit practice, section 8)."""


def value_of(words: str) -> str:
    """The value of words from a list, as the judge writes it: "requires improvement" is `requires_improvement`."""
    return words.replace(" ", "_")


def folded(words: str) -> str:
    """Words without their spaces and capitals: how an answer is compared with a list."""
    return "".join(words.split()).casefold()


class Kind(StrEnum):
    """What sort of thing is to be decided."""

    QUESTION = "question"  # a check that asks
    READER = "reader"  # a check that a person has to read the record for
    IMPACT = "impact"  # whether what was not met was seen to affect the child


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be decided about one child: the question or the sentence of a check, and what the record shows.

    `answers` is the closed list to choose from; with none, the answer is free text. `check` is empty for an impact,
    which is asked of a whole standard. `title` is how the standard is named on the sheet (else by its id).
    Raises ValueError where the question could not be asked or its answers could not be told apart.
    """

    child_id: str
    standard: str
    check: str
    kind: Kind
    says: str
    shows: str = ""
    answers: tuple[str, ...] = MET_OR_NOT
    title: str = ""

    def __post_init__(self) -> None:
        where = f"{self.child_id} {self.standard} {self.check}"
        _usable("a child", self.child_id)
        _usable("a standard", self.standard)
        if not self.says.strip():
            raise ValueError(f"{where}: nothing is asked")
        if any(not folded(answer) for answer in self.answers):
            raise ValueError(f"{where}: one of the answers is blank")
        _once(f"{where}: answer", map(folded, self.answers))
        if self.kind is Kind.IMPACT and (self.check or self.answers != IMPACTS):
            raise ValueError(f"{where}: an impact is asked of a standard, and answered {', '.join(IMPACTS)}")
        if self.kind is not Kind.IMPACT:
            _usable("a check", self.check)


def impact_question(child_id: str, standard: str, says: str, shows: str = "", title: str = "") -> Question:
    """The question whether an effect on the child was seen, of a standard that is not met. `says`: what is not met."""
    return Question(child_id, standard, "", Kind.IMPACT, says, shows, IMPACTS, title)


@dataclass(frozen=True, slots=True)
class FormChild:
    """A drawn child on the form, with the ceiling in words and everything to be decided from the file.

    `left_out` says what is not asked.
    """

    child_id: str
    team: str
    ceiling_words: str
    questions: tuple[Question, ...] = ()
    left_out: str = ""

    def __post_init__(self) -> None:
        _usable("a child", self.child_id)
        if any(question.child_id != self.child_id for question in self.questions):
            raise ValueError(f"{self.child_id}: a question is about another child")
        _once(f"{self.child_id}: question", (f"{q.standard} {q.check}" for q in self.questions))


@dataclass(frozen=True, slots=True)
class Form:
    """The form for a whole draw. `draw_hash` tells it from the form of every other draw, and `asks` from another form
    of the same draw."""

    as_at: date
    seed: str
    draw_hash: str
    children: tuple[FormChild, ...]
    asks: str = "all questions"

    def __post_init__(self) -> None:
        _usable("a seed", self.seed)
        _usable("a draw hash", self.draw_hash)
        _once("child", (child.child_id for child in self.children))


class Said(NamedTuple):
    """An answer and its note. An empty answer: nothing was chosen, and only the note was written."""

    answer: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class GradeGiven:
    """The grade that a person gave. Without `confirmed_by` it is not confirmed. People are references, never names."""

    grade: str
    confirmed_by: str = ""
    reason_above_ceiling: str = ""
    moderator: str = ""

    def __post_init__(self) -> None:
        _one_of("grade", self.grade, GRADES)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a child, parent or carer said, or why nothing was said. `said` answers FEEDBACK_QUESTIONS, in order.

    Raises ValueError where somebody who was not asked is said to have answered.
    """

    asked: str
    who: str = ""
    method: str = ""
    on: date | None = None
    said: tuple[str, ...] = ("",) * len(FEEDBACK_QUESTIONS)

    def __post_init__(self) -> None:
        _one_of("asked", self.asked, ASKED)
        if self.who:
            _one_of("who", self.who, WHO)
        if self.method:
            _one_of("method", self.method, METHODS)
        if len(self.said) != len(FEEDBACK_QUESTIONS):
            raise ValueError(f"said: {len(self.said)} answers to {len(FEEDBACK_QUESTIONS)} questions")
        if any(self.said) and self.asked != "asked":
            raise ValueError("somebody who was not asked has not answered")


@dataclass(frozen=True, slots=True)
class ChildAnswers:
    """What a person answered about one child. What is not here was not answered.

    `questions` is by standard and check, each answer one of its question's own words; `impact` is by standard, each
    answer the judge's value (`seen`, `none_seen`, `not_known`). `concern`: whether the child may be unsafe now.
    """

    questions: Mapping[tuple[str, str], Said] = field(default_factory=lambda: MappingProxyType({}))
    impact: Mapping[str, Said] = field(default_factory=lambda: MappingProxyType({}))
    concern: bool | None = None
    grade: GradeGiven | None = None
    feedback: Feedback | None = None
    concern_note: str = ""
    grade_note: str = ""
    feedback_note: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers for a whole draw, by child; every child of the form is here."""

    children: Mapping[str, ChildAnswers]

    def of(self, child_id: str) -> ChildAnswers:
        """The answers about one child. Raises KeyError for a child who is not on the form."""
        return self.children[child_id]


def _usable(what: str, reference: str) -> None:
    if not reference or reference != reference.strip() or not reference.isprintable():
        raise ValueError(f"{what} is named by printable characters without outer spaces, not {reference!r}")


def _once(what: str, references: Iterable[str]) -> None:
    twice = sorted(reference for reference, times in Counter(references).items() if times > 1)
    if twice:
        raise ValueError(f"{what} twice: {', '.join(twice)}")


def _one_of(what: str, value: str, words: tuple[str, ...]) -> None:
    if value not in map(value_of, words):
        raise ValueError(f"{what}: {value!r} is not one of {', '.join(map(value_of, words))}")
