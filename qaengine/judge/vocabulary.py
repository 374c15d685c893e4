"""The closed vocabulary of judgement rules, and the facts of an audit written in it.

Every field has one type: a known word, yes or no (true, false), or a whole number. So a rule can be checked as it is
loaded, and no engine ever compares a word with a number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from qaengine.judge.chain import Fact, NoGrade, Pattern, Value
from qaengine.judge.facts import Answer, AuditFacts, Change, Grade, Impact, Read
from qaengine.model.result import Result
from qaengine.model.standard import Severity

BOOLEAN: Final = "true or false"
NUMBER: Final = "a whole number"
FieldType = str | tuple[str, ...]
"""A tuple of the known words, or BOOLEAN, or NUMBER."""


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(word) for word in words)


_GRADES = _words(Grade)

INPUT_KINDS: Final[Mapping[str, Mapping[str, FieldType]]] = {
    "standard": {
        "severity": _words(Severity),
        "result": _words(Result),
        "open": BOOLEAN,
        "late": BOOLEAN,
        "red_flag": BOOLEAN,
        "repeated": BOOLEAN,
        "impact": _words(Impact),
        "read": _words(Read),
    },
    "answer": {"answer": _words(Answer), "concern": BOOLEAN},
    "grade": {"grade": _GRADES, "confirmed": BOOLEAN, "has_reason": BOOLEAN, "has_moderator": BOOLEAN},
    "previous_audit": {
        "grade": _GRADES,
        "confirmed": BOOLEAN,
        "this_is_number": NUMBER,
        "change": _words(Change),
    },
    "action": {"done": BOOLEAN, "overdue": BOOLEAN, "slipped": BOOLEAN},
}
"""The facts that an audit brings, and their fields."""

CEILINGS: Final = tuple(grade.value for grade in Grade if not grade.meets_good)
NO_GRADE: Final = _words(NoGrade)
RAISED: Final = "raised"
GIVEN: Final = "given"
DOES_NOT_MEET_GOOD: Final = "does_not_meet_good"
"""The conclusion that the judgement itself reports, whether or not another rule uses it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of the facts that match, made before any rule is tried, so that absence is the fact "0".

    With `distinct_causes`, standards that share a cause count once.
    """

    name: str
    pattern: Pattern
    distinct_causes: bool = False


@dataclass(frozen=True, slots=True)
class _Counted:
    fact: Fact
    cause: str


def facts_of(audit: AuditFacts, tallies: Iterable[Tally]) -> tuple[Fact, ...]:
    """The facts of an audit in the vocabulary, with the tallies, in an order that no caller decides."""
    given = [*_standards(audit), *_answers(audit), *_grades(audit), *_actions(audit)]
    counts = (Fact("tally", "", (("name", tally.name), ("value", _count(tally, given)))) for tally in tallies)
    return tuple(sorted((*(each.fact for each in given), *counts), key=lambda fact: fact.sort_key))


def _count(tally: Tally, given: Iterable[_Counted]) -> int:
    matched = [each for each in given if tally.pattern.matches(each.fact)]
    return len({each.cause for each in matched}) if tally.distinct_causes else len(matched)


def _fact(kind: str, about: str, cause: str = "", **fields: Value) -> _Counted:
    return _Counted(Fact(kind, about, tuple(fields.items())), cause)


def _standards(audit: AuditFacts) -> Iterable[_Counted]:
    for given in audit.standards:
        yield _fact(
            "standard",
            given.standard,
            given.cause,
            severity=given.severity.value,
            result=given.result.value,
            open=given.open,
            late=given.late,
            red_flag=given.red_flag,
            repeated=given.repeated,
            impact=given.impact.value,
            read=given.read.value,
        )


def _answers(audit: AuditFacts) -> Iterable[_Counted]:
    for given in audit.answers:
        yield _fact("answer", given.question, answer=given.answer.value, concern=given.concern)


def _grades(audit: AuditFacts) -> Iterable[_Counted]:
    if audit.grade is not None:
        yield _fact(
            "grade",
            "",
            grade=audit.grade.grade.value,
            confirmed=audit.grade.confirmed,
            has_reason=bool(audit.grade.reason_above_ceiling.strip()),
            has_moderator=audit.grade.moderated,
        )
    if audit.previous is not None:
        yield _fact(
            "previous_audit",
            "",
            grade=audit.previous.grade.value,
            confirmed=audit.previous.confirmed,
            this_is_number=audit.previous.position + 1,
            change=audit.change.value,
        )


def _actions(audit: AuditFacts) -> Iterable[_Counted]:
    for given in audit.actions:
        done = audit.is_done(given)
        yield _fact(
            "action",
            given.action,
            done=done,
            overdue=not done and given.due < audit.as_at,
            slipped=given.due > given.original_due,
        )
