"""The two engines, held to each other and to a plain reading of the delivered rules, on random audits and rules."""

import dataclasses
import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.judge.chain import (
    Activation,
    Compare,
    Comparison,
    Escalation,
    Fact,
    NoGrade,
    Pattern,
    Rule,
    Then,
    Value,
)
from qaengine.judge.facts import AuditFacts, Grade, Impact, Read, StandardFact
from qaengine.judge.fixpoint import FixpointEngine
from qaengine.judge.judgement import Judgement, in_order
from qaengine.judge.vocabulary import BOOLEAN, CEILINGS, INPUT_KINDS, NUMBER, FieldType
from qaengine.model.calendar import add_period
from qaengine.model.result import Result
from qaengine.model.standard import Severity
from tests.judge_cases import judge_of, random_audit

SEEDS = st.integers(0, 2**63)
IN_CI = settings(derandomize=True, deadline=None, max_examples=2_000)


def same(one: Judgement, other: Judgement) -> bool:
    return dataclasses.replace(one, engine="") == dataclasses.replace(other, engine="")


@IN_CI
@given(SEEDS)
def test_both_engines_give_the_same_judgement(seed: int) -> None:
    pytest.importorskip("durable")
    audit = random_audit(random.Random(seed))
    assert same(judge_of("durable").judge(audit), judge_of("fixpoint").judge(audit))


@settings(IN_CI, max_examples=300)
@given(SEEDS)
def test_the_order_in_which_facts_are_given_does_not_matter(seed: int) -> None:
    rng = random.Random(seed)
    audit = random_audit(rng)
    shuffled = audit.model_copy(
        update={name: tuple(_shuffled(rng, getattr(audit, name))) for name in ("standards", "answers", "actions")}
    )
    for engine in ("durable", "fixpoint") if _durable_is_here() else ("fixpoint",):
        assert judge_of(engine).judge(shuffled) == judge_of(engine).judge(audit)


def _shuffled(rng: random.Random, items: tuple[object, ...]) -> list[object]:
    return rng.sample(items, len(items))


def _durable_is_here() -> bool:
    try:
        import durable  # noqa: F401
    except ImportError:
        return False
    return True


# --- The delivered rules, read plainly ------------------------------------------------------------------------------


def plain_ceiling(audit: AuditFacts) -> Grade | None:
    not_met = [fact for fact in audit.standards if fact.result is Result.NOT_MET]
    if any(fact.open and fact.red_flag for fact in not_met) or any(a.concern for a in audit.answers):
        return Grade.INADEQUATE
    majors = {fact.cause for fact in not_met if fact.severity is Severity.MAJOR and fact.open}
    if len(majors) >= 2 or any(_lowers(fact) for fact in audit.standards):
        return Grade.REQUIRES_IMPROVEMENT
    return None


def _lowers(fact: StandardFact) -> bool:
    if fact.severity is not Severity.CRITICAL:
        return False
    if fact.result is Result.NOT_MET:
        return fact.open or fact.repeated or fact.impact is Impact.SEEN
    return _undecided(fact) and fact.read is Read.READ_NOT_MET


def _undecided(fact: StandardFact) -> bool:
    return fact.result in (Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR)


def plain_holds(audit: AuditFacts) -> set[NoGrade]:
    is_read = {fact.standard: fact.read in (Read.READ_MET, Read.READ_NOT_MET) for fact in audit.standards}
    critical = [fact for fact in audit.standards if fact.severity is Severity.CRITICAL and _undecided(fact)]
    held = {NoGrade.UNTIL_READ} if any(not is_read[fact.standard] for fact in critical) else set()
    if not audit.answers and not any(is_read.values()):
        held.add(NoGrade.UNTIL_ANSWERED)
    idle = (Result.NOT_YET_DUE, Result.NOT_APPLICABLE)
    if all(fact.result in idle and fact.read is Read.NOTHING_TO_READ for fact in audit.standards):
        held.add(NoGrade.UNTIL_DUE)
    return held


def plain_reaudit(audit: AuditFacts) -> date | None:
    if audit.grade is None or not audit.grade.confirmed_by or audit.grade.grade.meets_good:
        return None
    if not audit.actions:
        return add_period(audit.audited_on, 20, "working days")
    last = max(action.original_due for action in audit.actions)
    if audit.grade.grade is Grade.INADEQUATE:
        return min(last + timedelta(weeks=6), audit.audited_on + timedelta(weeks=12))
    return min(last + timedelta(weeks=12), add_period(audit.audited_on, 6, "months"))


def plain_escalation(audit: AuditFacts) -> Escalation:
    grade, before = audit.grade, audit.previous
    if grade is None or not grade.confirmed_by or grade.grade.meets_good:
        return Escalation.NOBODY
    if before is not None and before.confirmed and not before.grade.meets_good:
        return Escalation.CSLT if before.position >= 2 else Escalation.HEAD_OF_SERVICE
    return Escalation.HEAD_OF_SERVICE if grade.grade is Grade.INADEQUATE else Escalation.NOBODY


@settings(IN_CI, max_examples=1_000)
@given(SEEDS)
def test_the_delivered_rules_say_what_the_house_decided(seed: int) -> None:
    audit = random_audit(random.Random(seed))
    judgement = judge_of("fixpoint").judge(audit)
    assert judgement.ceiling is plain_ceiling(audit)
    assert {held.until for held in judgement.why_not} == plain_holds(audit)
    assert judgement.reaudit_due == plain_reaudit(audit)
    assert judgement.escalate_to is plain_escalation(audit)


# --- Rules nobody wrote -----------------------------------------------------------------------------------------------

CONCLUSIONS = ("c0", "c1", "c2", "c3")
TALLIES = ("t0", "t1")
KINDS: dict[str, dict[str, FieldType]] = {
    **{kind: dict(fields) for kind, fields in INPUT_KINDS.items()},
    "concluded": {"name": CONCLUSIONS},
    "ceiling": {"grade": CEILINGS},
    "red_flag": {},
}


def _values(kind: FieldType) -> st.SearchStrategy[Value]:
    if kind == BOOLEAN:
        return st.booleans()
    return st.integers(0, 4) if kind == NUMBER else st.sampled_from(list(kind))


@st.composite
def comparisons(draw: st.DrawFn, name: str, kind: FieldType) -> Comparison:
    if kind == NUMBER:
        return Comparison(name, draw(st.sampled_from(list(Compare))), (draw(_values(kind)),))
    values = draw(st.lists(_values(kind), min_size=1, max_size=3, unique=True))
    return Comparison(name, Compare.ONE_OF, tuple(values))


@st.composite
def patterns(draw: st.DrawFn) -> tuple[Pattern, ...]:
    kinds = draw(st.lists(st.sampled_from([*KINDS, *TALLIES]), min_size=1, max_size=3, unique=True))
    return tuple([draw(_pattern(kind)) for kind in kinds])


@st.composite
def _pattern(draw: st.DrawFn, kind: str) -> Pattern:
    if kind in TALLIES:
        return Pattern("tally", (Comparison("name", Compare.ONE_OF, (kind,)), draw(comparisons("value", NUMBER))))
    fields = KINDS[kind]
    asked = draw(st.lists(st.sampled_from(list(fields)), max_size=2, unique=True)) if fields else []
    return Pattern(kind, tuple(draw(comparisons(name, fields[name])) for name in asked))


THENS = st.builds(
    Then,
    conclude=st.sampled_from(["", *CONCLUSIONS]),
    red_flag=st.booleans(),
    ceiling=st.sampled_from([None, *(Grade(word) for word in CEILINGS)]),
)
RULES = st.lists(
    st.builds(Rule, id=st.just("rule"), says=st.just("says"), when=patterns(), then=THENS), min_size=1, max_size=8
)


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    kind = draw(st.sampled_from(list(INPUT_KINDS)))
    fields = [(name, draw(_values(type_))) for name, type_ in KINDS[kind].items()]
    return Fact(kind, draw(st.sampled_from(["", "a", "b"])), tuple(fields))


@st.composite
def fact_lists(draw: st.DrawFn) -> list[Fact]:
    counted = [Fact("tally", "", (("name", name), ("value", draw(st.integers(0, 4))))) for name in TALLIES]
    return draw(st.permutations([*draw(st.lists(facts(), max_size=10)), *counted]))


@settings(derandomize=True, deadline=None, max_examples=400)
@given(RULES, st.lists(fact_lists(), min_size=1, max_size=4))
def test_both_engines_fire_the_same_rules_whatever_the_rules(rules: list[Rule], audits: list[list[Fact]]) -> None:
    pytest.importorskip("durable")
    from qaengine.judge.durable import DurableEngine

    durable, plain = DurableEngine(rules), FixpointEngine(rules)
    for given_facts in audits:
        fired: frozenset[Activation] = durable.run(given_facts)
        assert fired == plain.run(given_facts)
        assert len(in_order(given_facts, fired, tuple(rules))) == len(fired)


def test_an_audit_of_a_thousand_standards_is_judged_the_same() -> None:
    pytest.importorskip("durable")
    rng = random.Random(1)
    drawn = [fact for _ in range(200) for fact in random_audit(rng).standards]
    many = [fact.model_copy(update={"standard": f"s{n}"}) for n, fact in enumerate(drawn)]
    large = random_audit(rng).model_copy(update={"standards": tuple(many)})
    assert len(large.standards) >= 1_000
    assert same(judge_of("durable").judge(large), judge_of("fixpoint").judge(large))


@pytest.mark.slow
def test_a_hundred_thousand_audits_none_different_in_flat_memory() -> None:
    pytest.importorskip("durable")
    import resource  # not on Windows, and neither is durable-rules

    rng = random.Random(20190930)
    after_warm_up, different = 0, 0
    for number in range(100_000):
        audit = random_audit(rng)
        different += not same(judge_of("durable").judge(audit), judge_of("fixpoint").judge(audit))
        if number == 5_000:
            after_warm_up = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - after_warm_up
    assert different == 0
    assert grown < 20_000  # kilobytes
