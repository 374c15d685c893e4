"""Invented facts for the tests of the judge: one audit, changed a little at a time."""

import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from qaengine.judge.facts import (
    ActionFact,
    Answer,
    AnswerFact,
    AuditFacts,
    Grade,
    GradeFact,
    Impact,
    PreviousAudit,
    Read,
    StandardFact,
)
from qaengine.judge.judging import EngineName, Judge
from qaengine.judge.rules import JudgementRules, load_rules
from qaengine.model.result import Result
from qaengine.model.standard import Severity

RULES_FILE = Path(__file__).parent.parent / "rules" / "judgement.yaml"
AUDITED = date(2019, 9, 2)
AS_AT = date(2019, 9, 30)


@cache
def default_rules() -> JudgementRules:
    return load_rules(RULES_FILE.read_text(encoding="utf-8"), "rules/judgement.yaml")


@cache
def judge_of(engine: EngineName = "fixpoint") -> Judge:
    return Judge(default_rules(), engine)


def standard(reference: str = "visits", result: Result = Result.MET, **more: Any) -> StandardFact:
    """A critical standard, met and read as met, unless said otherwise. Its cause is its own."""
    given = {"severity": Severity.CRITICAL, "cause": reference, "impact": Impact.NONE_SEEN, "read": Read.READ_MET}
    return StandardFact(standard=reference, result=result, **{**given, **more})


def not_met(reference: str = "visits", **more: Any) -> StandardFact:
    return standard(reference, Result.NOT_MET, **more)


def audit(*standards: StandardFact, **more: Any) -> AuditFacts:
    return AuditFacts(**{"audited_on": AUDITED, "as_at": AS_AT, "standards": standards, **more})


def grade(given: Grade, **more: Any) -> GradeFact:
    return GradeFact(**{"grade": given, "confirmed_by": "auditor 1", **more})


def action(reference: str, original: date, due: date | None = None, done: date | None = None) -> ActionFact:
    return ActionFact(action=reference, original_due=original, due=due or original, done_on=done)


def random_audit(rng: random.Random) -> AuditFacts:
    """An audit drawn at random, much of it at the limits of the rules."""
    standards = tuple(_random_standard(rng, f"s{n}") for n in range(rng.randrange(12)))
    answers = tuple(
        AnswerFact(question=f"q{n}", answer=rng.choice(list(Answer)), concern=rng.random() < 0.1)
        for n in range(rng.randrange(3))
    )
    actions = tuple(_random_action(rng, f"a{n}") for n in range(rng.randrange(4)))
    return AuditFacts(
        audited_on=AUDITED,
        as_at=AS_AT,
        standards=standards,
        answers=answers,
        actions=actions,
        grade=_random_grade(rng) if rng.random() < 0.8 else None,
        previous=_random_previous(rng) if rng.random() < 0.6 else None,
    )


def _random_standard(rng: random.Random, reference: str) -> StandardFact:
    result = rng.choice([Result.NOT_MET, *Result])
    is_open = result is Result.NOT_MET and rng.random() < 0.5
    return StandardFact(
        standard=reference,
        severity=rng.choice(list(Severity)),
        result=result,
        cause=f"cause {rng.randrange(3)}",
        open=is_open,
        late=result is Result.NOT_MET and not is_open and rng.random() < 0.5,
        red_flag=result is Result.NOT_MET and rng.random() < 0.2,
        repeated=result is Result.NOT_MET and rng.random() < 0.2,
        impact=rng.choice(list(Impact)),
        read=rng.choice(list(Read)),
    )


def _random_action(rng: random.Random, reference: str) -> ActionFact:
    original = AUDITED + timedelta(days=rng.randrange(120))
    return ActionFact(
        action=reference,
        original_due=original,
        due=original + timedelta(days=rng.choice([0, 0, 14])),
        done_on=rng.choice([None, AS_AT - timedelta(days=1), AS_AT, AS_AT + timedelta(days=1)]),
    )


def _random_grade(rng: random.Random) -> GradeFact:
    return GradeFact(
        grade=rng.choice(list(Grade)),
        confirmed_by=rng.choice(["", "auditor 1", "auditor 1"]),
        reason_above_ceiling=rng.choice(["", "seen on a visit"]),
        moderator=rng.choice(["", "auditor 1", "moderator 1"]),
    )


def _random_previous(rng: random.Random) -> PreviousAudit:
    return PreviousAudit(
        audited_on=date(2019, 3, 4),
        grade=rng.choice(list(Grade)),
        confirmed=rng.random() < 0.8,
        position=rng.randrange(1, 4),
    )
