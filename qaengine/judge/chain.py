"""What both engines share: facts, patterns, rules, and what a rule's firing adds to the facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from qaengine.judge.facts import Grade
from qaengine.model.period import Period

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is so. `kind` and `fields` are what rules compare; `about` says of what, and is only carried."""

    kind: str
    about: str
    fields: tuple[tuple[str, Value], ...]

    def __getitem__(self, name: str) -> Value:
        return dict(self.fields)[name]

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """An order that no engine decides."""
        return self.kind, self.about, str(self.fields)


class Compare(StrEnum):
    """How a test compares a field with its values. There is no negation: absence is a tally of 0."""

    ONE_OF = "one of"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of one field with values of that field's own type."""

    field: str
    compare: Compare
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        if not self.values or (self.compare is not Compare.ONE_OF and len(self.values) != 1):
            raise ValueError(f"{self.field}: {self.compare} needs a value")

    def holds(self, fact: Mapping[str, Value]) -> bool:
        """Whether the field of a fact passes."""
        value = fact[self.field]
        if self.compare is Compare.ONE_OF:
            return value in self.values
        limit = self.values[0]
        if not isinstance(value, int) or not isinstance(limit, int):
            raise TypeError(f"{self.field} is compared as a number")
        return value >= limit if self.compare is Compare.AT_LEAST else value <= limit


@dataclass(frozen=True, slots=True)
class Pattern:
    """Facts of one kind that pass every test."""

    kind: str
    tests: tuple[Comparison, ...] = ()

    def matches(self, fact: Fact) -> bool:
        """Whether a fact is of the kind and passes."""
        if fact.kind != self.kind:
            return False
        fields = dict(fact.fields)
        return all(test.holds(fields) for test in self.tests)


class NoGrade(StrEnum):
    """What has to happen before an audit may be graded."""

    UNTIL_READ = "until_read"
    UNTIL_ANSWERED = "until_answered"
    UNTIL_DUE = "until_due"


class GradeProblem(StrEnum):
    """What a grade that was given lacks."""

    NEEDS_REASON = "needs_reason"
    NEEDS_MODERATOR = "needs_moderator"
    TOO_EARLY = "too_early"


class Escalation(StrEnum):
    """To whom an audit is taken."""

    NOBODY = "nobody"
    HEAD_OF_SERVICE = "head_of_service"
    CSLT = "cslt"


class Purpose(StrEnum):
    """What they are asked for."""

    INFORMATION = "information"
    DECISION = "decision"


class Audience(StrEnum):
    """Who reads an alert."""

    TEAM_MANAGER = "team_manager"
    QA_TEAM = "qa_team"
    HEAD_OF_SERVICE = "head_of_service"
    CSLT = "cslt"


class Moment(StrEnum):
    """A day from which a re-audit is counted."""

    AUDITED_ON = "audited_on"
    LAST_ORIGINAL_ACTION = "last_original_action"


@dataclass(frozen=True, slots=True)
class After:
    """A period after a moment."""

    moment: Moment
    period: Period


@dataclass(frozen=True, slots=True)
class ReauditDue:
    """When a re-audit is due: a period after a moment, and no later than another."""

    due: After
    no_later_than: After | None = None


@dataclass(frozen=True, slots=True)
class Then:
    """What follows when a rule fires. `conclude`, `red_flag`, `ceiling` and `no_grade` are facts for other rules."""

    conclude: str = ""
    red_flag: bool = False
    ceiling: Grade | None = None
    no_grade: NoGrade | None = None
    grade_problem: GradeProblem | None = None
    reaudit: ReauditDue | None = None
    escalate: tuple[Escalation, Purpose] | None = None
    alert: Audience | None = None

    def __post_init__(self) -> None:
        if self.ceiling is not None and self.ceiling.meets_good:
            raise ValueError("the machine never proposes good or outstanding")


@dataclass(frozen=True, slots=True)
class Rule:
    """When facts match every pattern, then. `says` is the sentence used in the reasons."""

    id: str
    says: str
    when: tuple[Pattern, ...]
    then: Then

    def __post_init__(self) -> None:
        # A fact that could stand in two places of one rule is where engines differ: it is ruled out here.
        if not self.when or len({_place(pattern) for pattern in self.when}) != len(self.when):
            raise ValueError(f"{self.id}: each kind of fact (and each tally) stands once in `when`")


def _place(pattern: Pattern) -> tuple[str, object]:
    names = [test.values for test in pattern.tests if pattern.kind == "tally" and test.field == "name"]
    return pattern.kind, names[0] if names else None


@dataclass(frozen=True, slots=True)
class Activation:
    """A rule that fired, by its place among the rules, with the fact that matched each of its patterns."""

    rule: int
    facts: tuple[Fact, ...] = field(default=())


class EngineError(RuntimeError):
    """An engine did something that it must never do. A bug, never a result."""


class ChainEngine(Protocol):
    """An engine that chains forward: from the facts, every activation of every rule, in any order."""

    @property
    def name(self) -> str:
        """The name that a judgement carries."""

    def run(self, facts: Iterable[Fact]) -> frozenset[Activation]:
        """Every activation that the facts, and the facts that follow from them, give rise to."""


def about(facts: Iterable[Fact]) -> str:
    """Of what an activation speaks: what the first of its facts that is about something is about."""
    return next((fact.about for fact in facts if fact.about), "")


def consequences(then: Then, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts that a firing adds. They are finitely many for finitely many facts, so that chaining ends."""
    subject = about(facts)
    added = (
        (then.conclude, "concluded", "name", then.conclude),
        (then.red_flag, "red_flag", "raised", True),
        (then.ceiling, "ceiling", "grade", then.ceiling.value if then.ceiling else ""),
        (then.no_grade, "no_grade", "until", then.no_grade.value if then.no_grade else ""),
    )
    return tuple(Fact(kind, subject, ((name, value),)) for holds, kind, name, value in added if holds)
