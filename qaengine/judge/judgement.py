"""From the rules that fired to a judgement: what follows from one audit, with its reasons in order."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from qaengine.judge.chain import (
    Activation,
    Audience,
    Comparison,
    EngineError,
    Escalation,
    Fact,
    GradeProblem,
    NoGrade,
    Purpose,
    Rule,
    Then,
    about,
    consequences,
)
from qaengine.judge.facts import AuditFacts, Grade
from qaengine.judge.rules import JudgementRules
from qaengine.judge.timing import AddPeriod, Reaudit, reaudit_due
from qaengine.judge.vocabulary import DOES_NOT_MEET_GOOD

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired: its id, its sentence filled in, and the facts that made it fire, in words."""

    rule: str
    says: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A child may be unsafe now. `about` is a standard or a question; a person looks at it on `on`, today."""

    about: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """Why an audit may not be graded yet."""

    until: NoGrade
    reason: str


@dataclass(frozen=True, slots=True)
class ProblemWithGrade:
    """What the grade that was given lacks."""

    problem: GradeProblem
    reason: str


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that a manager is told."""

    to: Audience
    says: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows from one audit.

    `ceiling` is the best grade that the record allows, or None where the record sets no limit: never a proposal.
    `does_not_meet_good` speaks of a confirmed grade only. `fired` is every rule that fired, causes before effects.
    """

    red_flags: tuple[RedFlag, ...]
    ceiling: Grade | None
    ceiling_reasons: tuple[str, ...]
    may_be_graded: bool
    why_not: tuple[Held, ...]
    grade_problems: tuple[ProblemWithGrade, ...]
    does_not_meet_good: bool
    reaudit: Reaudit | None
    escalate_to: Escalation
    escalate_for: Purpose | None
    escalate_on: date | None
    escalate_reasons: tuple[str, ...]
    alerts: tuple[Alert, ...]
    fired: tuple[Fired, ...]
    engine: str

    @property
    def reaudit_due(self) -> date | None:
        """The day by which a re-audit is due, if one follows."""
        return self.reaudit.due if self.reaudit is not None else None


def in_order(facts: Iterable[Fact], fired: Iterable[Activation], rules: tuple[Rule, ...]) -> list[Activation]:
    """The order that no engine decides: causes before effects, then as the rules stand in the file, then by fact.

    Raises EngineError for an activation that the facts do not support.
    """
    known, waiting, ordered = set(facts), set(fired), list[Activation]()
    while waiting:
        ready = {activation for activation in waiting if known.issuperset(activation.facts)}
        if not ready:
            raise EngineError("a rule fired on facts that nothing supports")
        for activation in sorted(ready, key=_sort_key):
            ordered.append(activation)
            known.update(consequences(rules[activation.rule].then, activation.facts))
        waiting -= ready
    return ordered


def _sort_key(activation: Activation) -> tuple[int, tuple[tuple[str, str, str], ...]]:
    return activation.rule, tuple(fact.sort_key for fact in activation.facts)


@dataclass(frozen=True, slots=True)
class _Said:
    """A firing with its sentence."""

    then: Then
    about: str
    says: str


def build(
    audit: AuditFacts,
    rules: JudgementRules,
    facts: tuple[Fact, ...],
    activations: Iterable[Activation],
    engine: str,
    add_period: AddPeriod,
) -> Judgement:
    """The judgement that follows from the activations."""
    ordered = in_order(facts, activations, rules.rules)
    words = _words(audit, rules, facts)
    titles = _titles(audit)
    said = [_say(rules.rules[activation.rule], activation, words, titles) for activation in ordered]
    ceiling = min((one.then.ceiling for one in said if one.then.ceiling), key=_rank, default=None)
    held = _once(Held(one.then.no_grade, one.says) for one in said if one.then.no_grade)
    to, purpose, reasons = _escalation(said)
    return Judgement(
        red_flags=_once(RedFlag(one.about, audit.as_at, one.says) for one in said if one.then.red_flag),
        ceiling=ceiling,
        ceiling_reasons=_once(one.says for one in said if ceiling and one.then.ceiling is ceiling),
        may_be_graded=not held,
        why_not=held,
        grade_problems=_once(
            ProblemWithGrade(one.then.grade_problem, one.says) for one in said if one.then.grade_problem
        ),
        does_not_meet_good=any(one.then.conclude == DOES_NOT_MEET_GOOD for one in said),
        reaudit=_reaudit(said, audit, add_period),
        escalate_to=to,
        escalate_for=purpose,
        escalate_on=audit.as_at if purpose is not None else None,
        escalate_reasons=reasons,
        alerts=_once(Alert(one.then.alert, one.says) for one in said if one.then.alert),
        fired=tuple(
            Fired(rules.rules[activation.rule].id, one.says, _facts(rules.rules[activation.rule], activation))
            for activation, one in zip(ordered, said, strict=True)
        ),
        engine=engine,
    )


def _rank(grade: Grade) -> int:
    return grade.rank


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _escalation(said: Iterable[_Said]) -> tuple[Escalation, Purpose | None, tuple[str, ...]]:
    """To the highest that any rule names; for a decision if any of those asks for one."""
    asked = [(*one.then.escalate, one.says) for one in said if one.then.escalate is not None]
    order = list(Escalation)
    highest = max((to for to, _, _ in asked), key=order.index, default=Escalation.NOBODY)
    chosen = [(purpose, says) for to, purpose, says in asked if to is highest]
    if highest is Escalation.NOBODY:
        return highest, None, ()
    purpose = max((purpose for purpose, _ in chosen), key=list(Purpose).index)
    return highest, purpose, _once(says for _, says in chosen)


def _reaudit(said: Iterable[_Said], audit: AuditFacts, add_period: AddPeriod) -> Reaudit | None:
    """The earliest of the re-audits that the rules name."""
    found = [reaudit_due(one.then.reaudit, audit, add_period) for one in said if one.then.reaudit is not None]
    return min((one for one in found if one is not None), key=lambda one: one.due, default=None)


def _words(audit: AuditFacts, rules: JudgementRules, facts: Iterable[Fact]) -> dict[str, str]:
    words = {parameter.name: parameter.words for parameter in rules.parameters}
    words.update({str(fact["name"]): str(fact["value"]) for fact in facts if fact.kind == "tally"})
    words["grade"] = audit.grade.grade.words if audit.grade is not None else "none"
    words["previous_grade"] = audit.previous.grade.words if audit.previous is not None else "none"
    return words


def _titles(audit: AuditFacts) -> dict[str, str]:
    """What is shown for a reference. A reference that two things share keeps its own name."""
    given = [(fact.standard, fact.title) for fact in audit.standards]
    given += [(fact.question, fact.title) for fact in audit.answers]
    given += [(fact.action, fact.title) for fact in audit.actions]
    titles: dict[str, str] = {}
    for reference, title in given:
        titles[reference] = title if title and reference not in titles else reference
    return titles


def _say(rule: Rule, activation: Activation, words: Mapping[str, str], titles: Mapping[str, str]) -> _Said:
    subject = about(activation.facts)
    known = {**words, "about": titles.get(subject, subject)}
    # One pass, and never str.format: a title may itself hold braces.
    says = re.sub(r"\{([^{}]*)\}", lambda found: known[found[1]], rule.says)
    return _Said(rule.then, subject, says)


def _facts(rule: Rule, activation: Activation) -> tuple[str, ...]:
    return tuple(_in_words(fact, pattern.tests) for pattern, fact in zip(rule.when, activation.facts, strict=True))


def _in_words(fact: Fact, tests: tuple[Comparison, ...]) -> str:
    """The fact with what the rule asked of it: `standard visits: severity critical, open yes`."""
    if fact.kind == "tally":
        return f"{fact['name']}: {fact['value']}"
    if fact.kind == "concluded":
        return f"concluded {fact['name']}{' about ' if fact.about else ''}{fact.about}"
    shown = ", ".join(f"{test.field} {_value(fact[test.field])}" for test in tests)
    head = f"{fact.kind} {fact.about}".strip()
    return f"{head}: {shown}" if shown else head


def _value(value: str | int | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
