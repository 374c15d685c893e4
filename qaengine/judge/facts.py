"""What is put before the judge: the facts of one audit, typed so that no engine can misread them.

The engine compares only whole numbers, booleans and known words. References and titles are carried beside the facts
and never compared; dates are compared here, so that a rule speaks of `overdue`, not of a day.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from qaengine.model.calendar import EARLIEST, LATEST
from qaengine.model.result import Result
from qaengine.model.standard import Severity


class Grade(StrEnum):
    """The grade of an audit. The first two meet good; the others do not meet good."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"

    @property
    def meets_good(self) -> bool:
        """Whether this is good or outstanding."""
        return self in (Grade.OUTSTANDING, Grade.GOOD)

    @property
    def rank(self) -> int:
        """0 for inadequate to 3 for outstanding, to say which of two grades is the higher."""
        return list(Grade)[::-1].index(self)

    @property
    def words(self) -> str:
        """The grade as it is said on paper."""
        return self.value.replace("_", " ")


class Impact(StrEnum):
    """Whether what was not met was seen to affect the child."""

    SEEN = "seen"
    NONE_SEEN = "none_seen"
    NOT_KNOWN = "not_known"


class Read(StrEnum):
    """What a person who read the file says of the standard ("as read")."""

    TO_READ = "to_read"
    READ_MET = "read_met"
    READ_NOT_MET = "read_not_met"
    NOTHING_TO_READ = "nothing_to_read"


class Answer(StrEnum):
    """A person's answer to a question."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class Change(StrEnum):
    """The grade now, beside the grade of the audit before it."""

    IMPROVED = "improved"
    SAME = "same"
    MORE_NOT_MET = "more_not_met"
    NOT_KNOWN = "not_known"


Reference = Annotated[str, Field(min_length=1, max_length=200)]
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class StandardFact(_Model):
    """The result of one standard, for what is in the judging window or still open.

    `open`: still not put right. `late`: done, but after its day. `red_flag`: a check that says a child may be unsafe
    is not met. `cause`: standards with the same cause count once. `repeated`: not the first time in the window.
    """

    standard: Reference
    severity: Severity
    result: Result
    cause: Reference
    title: str = ""
    open: bool = False
    late: bool = False
    red_flag: bool = False
    repeated: bool = False
    impact: Impact = Impact.NOT_KNOWN
    read: Read = Read.NOTHING_TO_READ

    @model_validator(mode="after")
    def _only_what_is_not_met(self) -> Self:
        claims = [name for name in ("open", "late", "red_flag", "repeated") if getattr(self, name)]
        if claims and self.result is not Result.NOT_MET:
            raise ValueError(f"{self.standard}: {', '.join(claims)} can be so only of what is not met")
        if self.open and self.late:
            raise ValueError(f"{self.standard}: what was put right late is not still open")
        return self


class AnswerFact(_Model):
    """A person's answer to one question. `concern`: the reader says that the child may be unsafe now."""

    question: Reference
    answer: Answer
    title: str = ""
    concern: bool = False


class GradeFact(_Model):
    """The grade that a person gave, and who confirmed it. People are references, never names."""

    grade: Grade
    confirmed_by: str = ""
    reason_above_ceiling: str = ""
    moderator: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether a person has confirmed the grade."""
        return bool(self.confirmed_by.strip())

    @property
    def moderated(self) -> bool:
        """Whether somebody other than the person who confirmed it has moderated the grade."""
        return bool(self.moderator.strip()) and self.moderator.strip() != self.confirmed_by.strip()


class PreviousAudit(_Model):
    """The audit of which this one is the re-audit. `position`: 1 for the first of the chain, 2 for its re-audit."""

    audited_on: Day
    grade: Grade
    confirmed: bool
    position: Annotated[int, Field(ge=1, le=99)] = 1


class ActionFact(_Model):
    """An action from this audit: the day it was first due, the day it is due now, and when it was done."""

    action: Reference
    original_due: Day
    due: Day
    done_on: Day | None = None
    title: str = ""


class AuditFacts(_Model):
    """Everything that is judged for one audit of one child, as at a date.

    Raises ValueError (pydantic's) where the facts cannot be true together.
    """

    audited_on: Day
    as_at: Day
    standards: tuple[StandardFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()
    grade: GradeFact | None = None
    previous: PreviousAudit | None = None
    actions: tuple[ActionFact, ...] = ()

    @model_validator(mode="after")
    def _true_together(self) -> Self:
        _once("standard", (fact.standard for fact in self.standards))
        _once("question", (fact.question for fact in self.answers))
        _once("action", (fact.action for fact in self.actions))
        if self.previous is not None and self.previous.audited_on >= self.audited_on:
            raise ValueError("the previous audit is before this one")
        early = [action.action for action in self.actions if action.original_due < self.audited_on]
        if early:
            raise ValueError(f"due before the audit that asked for it: {', '.join(early)}")
        return self

    @property
    def last_original_action(self) -> date | None:
        """The latest day on which an action was first due: moved dates do not move it."""
        return max((action.original_due for action in self.actions), default=None)

    @property
    def change(self) -> Change:
        """The grade now beside the previous one."""
        if self.grade is None or self.previous is None:
            return Change.NOT_KNOWN
        difference = self.grade.grade.rank - self.previous.grade.rank
        return Change.SAME if difference == 0 else Change.IMPROVED if difference > 0 else Change.MORE_NOT_MET

    def is_done(self, action: ActionFact) -> bool:
        """Whether an action is done; what is dated after the as-at date has not happened yet."""
        return action.done_on is not None and action.done_on <= self.as_at


def _once(what: str, references: Iterable[str]) -> None:
    twice = sorted(reference for reference, times in Counter(references).items() if times > 1)
    if twice:
        raise ValueError(f"the same {what} twice: {', '.join(twice)}")
