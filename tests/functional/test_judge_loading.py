"""What is wrong with a judgement file is said at once, each in one line, where it stands."""

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.judge.chain import After, Compare, Comparison, Moment, Pattern, ReauditDue, Rule, Then
from qaengine.judge.facts import Grade
from qaengine.judge.rules import JudgementRules, load_rules
from qaengine.model.period import Period, Unit
from qaengine.model.problem import ExitCode, InputError
from tests.judge_cases import RULES_FILE, default_rules

PARAMETERS = """\
parameters:
  causes: {value: 2, unit: different causes, source: a page, owner: head of quality assurance}
  soon: {value: 6 weeks, source: a page, owner: head of quality assurance}
tallies:
  majors: {of: standard, where: {severity: major, open: true}, count: causes}
rules:
"""
RULES = """\
  - id: majors
    says: "{majors} majors are open, of {causes}"
    when: {tallies: {majors: {at_least: causes}}}
    then: {ceiling: requires_improvement}
  - id: again
    says: "{about}: look again"
    when: {standard: {severity: [critical, major], open: true}}
    then: {reaudit: {after: audited_on, period: soon}}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_rules(text, "j.yaml")
    assert caught.value.exit_code is ExitCode.STANDARDS
    return [str(problem) for problem in caught.value.problems]


def test_what_is_right_becomes_parameters_tallies_and_rules() -> None:
    rules = load_rules(PARAMETERS + RULES, "j.yaml")
    assert [(p.name, p.value, p.unit, p.owner) for p in rules.parameters] == [
        ("causes", 2, "different causes", "head of quality assurance"),
        ("soon", Period(6, Unit.WEEKS), "weeks", "head of quality assurance"),
    ]
    assert rules.tallies[0].distinct_causes
    name = Comparison("name", Compare.ONE_OF, ("majors",))
    assert rules.rules[0].when == (Pattern("tally", (name, Comparison("value", Compare.AT_LEAST, (2,)))),)
    assert rules.rules[1].when[0].tests[0] == Comparison("severity", Compare.ONE_OF, ("critical", "major"))
    assert rules.rules[1].then.reaudit == ReauditDue(After(Moment.AUDITED_ON, Period(6, Unit.WEEKS)))


def test_the_delivered_file_is_right_and_every_number_has_a_source_and_an_owner() -> None:
    rules = default_rules()
    assert len(rules.rules) == len({rule.id for rule in rules.rules}) >= 20
    assert all(p.unit and p.source and p.owner for p in rules.parameters)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "parameters:",
            "parametres:",
            "1:1: unknown key; found parametres; expected parameters, tallies, rules, title; did you mean parameters?",
        ),
        (
            "value: 2,",
            "value: two,",
            "2:19: not a number with a unit; found two; expected a whole number, or a period such as 6 weeks",
        ),
        (
            "value: 2,",
            "value: 2.5,",
            "2:19: not a number with a unit; found 2.5; expected a whole number, or a period such as 6 weeks",
        ),
        ("unit: different causes, ", "", "2:11: unit is missing; expected unit, such as causes"),
        (
            "6 weeks, ",
            "6 weeks, unit: weeks, ",
            "3:32: a period has its unit in its value; found weeks; expected 6 weeks",
        ),
        (
            "6 weeks, source: a page, ",
            "6 weeks, ",
            "3:9: source is missing; expected source",
        ),
        (
            "6 weeks, source: a page,",
            "6 weeks, source: 18.2,",
            "3:34: source is not text; found 18.2; expected words, in quotation marks if they look like a number",
        ),
        (
            "of: standard",
            "of: standrd",
            "5:16: unknown kind of fact; found standrd; "
            "expected standard, answer, grade, previous_audit, action; did you mean standard?",
        ),
        (
            "severity: major,",
            "severity: majr,",
            "5:44: unknown word; found majr; expected critical, major, minor; did you mean major?",
        ),
        (
            "{severity: major, open: true}",
            "{severity: major, opn: true}",
            "5:51: unknown key; found opn; expected severity, result, open, late, red_flag, repeated, impact, read; "
            "did you mean open?",
        ),
        ("major, open: true}", "major, open: yes}", "5:57: not true or false; found yes; expected true or false"),
        (
            "major, open: true}",
            "major, open: True}",
            "5:57: not true or false; found True; expected true or false; did you mean true?",
        ),
        ("count: causes}", "count: cause}", "5:71: unknown word; found cause; expected causes; did you mean causes?"),
        ("id: again", "id: majors", "11:9: two rules with the same id; found majors; expected an id of its own"),
        ('    says: "{about}: look again"\n', "", "11:5: says is missing; expected says"),
        ("{about}", "{abuot}", "12:11: the sentence names what is not known; found abuot; did you mean about?"),
        (
            "{majors} majors",
            "{about} majors",
            "8:11: the sentence says what it is about, and the rule is about no one thing",
        ),
        ("{majors: {at", "{majrs: {at", "9:22: unknown tally; found majrs; expected majors; did you mean majors?"),
        (
            "at_least: causes",
            "at_lest: causes",
            "9:31: unknown key; found at_lest; expected at_least, at_most; did you mean at_least?",
        ),
        (
            "at_least: causes",
            "at_least: cuases",
            "9:41: not a parameter of this file; found cuases; "
            "expected 0, 1, or the name of a parameter (a number with a source); did you mean causes?",
        ),
        (
            "at_least: causes",
            "at_least: 2",
            "9:41: not a parameter of this file; found 2; "
            "expected 0, 1, or the name of a parameter (a number with a source)",
        ),
        (
            "at_least: causes",
            "at_least: 1.0",
            "9:41: not a parameter of this file; found 1.0; "
            "expected 0, 1, or the name of a parameter (a number with a source)",
        ),
        (
            "at_least: causes",
            "at_least: soon",
            "9:41: a period, where a number is compared; found soon; expected a parameter that is a whole number",
        ),
        (
            "period: soon",
            "period: causes",
            "14:49: a number, where a period is counted; found causes; expected a parameter such as 6 weeks",
        ),
        (
            "period: soon",
            "period: 6 weeks",
            "14:49: not a parameter of this file; found 6 weeks; "
            "expected the name of a parameter (a period with a source)",
        ),
        (
            "after: audited_on",
            "after: audit_on",
            "14:29: unknown word; found audit_on; expected audited_on, last_original_action; did you mean audited_on?",
        ),
        (
            "ceiling: requires_improvement",
            "ceiling: good",
            "10:21: not a ceiling: the machine never proposes good or outstanding; "
            "found good; expected requires_improvement, inadequate",
        ),
        (
            "{standard: {severity: [critical, major], open: true}}",
            "{}",
            "13:11: nothing to wait for; found an empty mapping; expected at least one kind of fact",
        ),
        (
            "{severity: [critical, major], open: true}",
            "{severity: [critical, critical]}",
            "13:33: the same word twice",
        ),
        (
            "{ceiling: requires_improvement}",
            "{conclude: shortfall}",
            "10:22: no rule waits for this conclusion; found shortfall",
        ),
        (
            "{standard: {severity: [critical, major], open: true}}",
            "{concluded: shortfall}",
            "13:23: no rule concludes this; found shortfall",
        ),
        (
            "of: standard, where: {severity: major, open: true}, count: causes",
            "of: action, count: causes",
            "5:31: causes belong to standards, not to: action",
        ),
        (
            "{severity: [critical, major], open: true}",
            "{}",
            "13:22: nothing is asked of it; found an empty mapping; "
            "expected given, or severity, result, open, late, red_flag, repeated, impact, read",
        ),
        (
            "{majors: {at_least: causes}}",
            "{majors: {at_least: causes, at_most: causes}}",
            "9:30: one comparison; found a mapping; expected at_least, at_most",
        ),
        (
            "{ceiling: requires_improvement}",
            "{}",
            "10:11: nothing follows; found an empty mapping; "
            "expected conclude, red_flag, ceiling, no_grade, grade_problem, reaudit, escalate, alert",
        ),
        ("{ceiling: requires_improvement}", "{escalate: {to: cslt}}", "10:22: for is missing; expected for"),
        (
            "{ceiling: requires_improvement}",
            "[]",
            "10:11: not a mapping; found an empty list; "
            "expected a mapping with conclude, red_flag, ceiling, no_grade, grade_problem, reaudit, escalate, alert",
        ),
        (
            "{standard: {severity: [critical, major], open: true}}",
            "{concluded: 3}",
            "13:23: concluded is not text; found 3; expected words, in quotation marks if they look like a number",
        ),
        (
            "    then: {reaudit:",
            "    source: 3\n    then: {reaudit:",
            "14:13: source is not text; found 3; expected words, in quotation marks if they look like a number",
        ),
        (
            "  majors: {of:",
            "  2: {of:",
            "5:3: not a name for one of the tallies; found 2; expected letters and underscores",
        ),
        (
            "{ceiling: requires_improvement}",
            "{escalate: {to: head, for: decision}}",
            "10:27: unknown word; found head; expected nobody, head_of_service, cslt",
        ),
    ],
)
def test_a_slip_is_said_where_it_stands(right: str, wrong: str, said: str) -> None:
    text = PARAMETERS + RULES
    assert right in text
    assert f"j.yaml:{said}" in problems(text.replace(right, wrong, 1))


def test_one_slip_is_said_once() -> None:
    assert len(problems((PARAMETERS + RULES).replace("6 weeks", "6 wekes"))) == 1


def test_all_slips_are_said_at_once() -> None:
    text = (PARAMETERS + RULES).replace("source: a page, ", "").replace("severity", "sevrity")
    assert len(problems(text)) == 4


def test_what_nothing_uses_is_a_slip() -> None:
    spare = "  spare: {value: 1 day, source: a page, owner: me}\ntallies:\n  unused: {of: action}\n"
    assert problems((PARAMETERS + RULES).replace("tallies:\n", spare, 1)) == [
        "j.yaml:4:3: no rule uses this parameter; found spare",
        "j.yaml:6:3: no rule uses this tally; found unused",
    ]


def test_a_key_twice_is_a_slip() -> None:
    assert problems("title: a\ntitle: b\n") == [
        "j.yaml:2:1: the same key twice (first on line 1); found title; expected each key once"
    ]


@pytest.mark.parametrize("text", ["", "a", "[]", "parameters: 1\ntallies: []\nrules: {}"])
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    assert problems(text)


def test_a_rule_whose_facts_could_stand_in_two_places_cannot_be_built() -> None:
    twice = (Pattern("standard"), Pattern("standard"))
    with pytest.raises(ValueError, match="stands once"):
        Rule("r", "says", twice, Then())
    with pytest.raises(ValueError, match="never proposes good"):
        Then(ceiling=Grade.GOOD)
    with pytest.raises(ValueError, match="needs a value"):
        Comparison("n", Compare.AT_LEAST, (1, 2))


def _mangle(rng: random.Random, value: Any) -> Any:
    """The same data with one part of it, somewhere, put right out of shape."""
    junk = rng.choice([None, 0, 3, 2.5, True, "x", "causes", [], {}, ["x"], {"x": 1}, {"at_least": None}])
    if isinstance(value, dict) and value and rng.random() < 0.9:
        key = rng.choice(list(value))
        changed = dict(value)
        if rng.random() < 0.15:
            changed[rng.choice(["x", 7])] = changed.pop(key)
        else:
            changed[key] = _mangle(rng, value[key])
        return changed
    if isinstance(value, list) and value and rng.random() < 0.9:
        at = rng.randrange(len(value))
        return [*value[:at], _mangle(rng, value[at]), *value[at + 1 :]]
    return junk


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.integers(0, 2**63))
def test_whatever_is_written_is_read_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    data = yaml.load(Path(RULES_FILE).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    data["rules"] = rng.sample(data["rules"], 6)
    for _ in range(rng.randrange(1, 3)):
        data = _mangle(rng, data)
    read: JudgementRules | InputError
    try:
        read = load_rules(yaml.dump(data, Dumper=yaml.CSafeDumper), "j.yaml")
    except InputError as error:
        read = error
    assert isinstance(read, JudgementRules) or all(problem.line > 0 for problem in read.problems)
