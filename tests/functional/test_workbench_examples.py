"""A standard is believed with its examples only: what is missing among them is said by name."""

from pathlib import Path

import pytest

from qaengine.cases.derived.council import Council
from qaengine.standards.loader import load_standard
from qaengine.workbench.conditions import Conditions
from qaengine.workbench.examples import run_examples

HEAD = """\
id: in-date
title: An SDQ is in date
theme: health
severity: major
intent: Every child has an SDQ on file.
sources: [{document: a plan, reference: "18.2"}]
parameters: {renew_within: {value: 12 months, source: "18.2", owner: head of service}}
applies_to: {disabled: false}
checks:
  - {id: it, says: An SDQ is in date, has: sdqs, where: {score: recorded}, no_older_than: renew_within}
remedy: {action: Obtain an SDQ, owner: social worker, within: renew_within}
"""
MET = """\
  - name: on the last day
    as_at: 2019-09-30
    case: {child: {disabled: false}, sdqs: [{completed: 2018-09-30, score: 9}]}
    expect: {it: met, standard: met}
"""
INSIDE = """\
  - name: a day to spare
    as_at: 2019-09-30
    case: {child: {disabled: false}, sdqs: [{completed: 2018-10-01, score: 9}]}
    expect: {it: met}
"""
OUTSIDE = """\
  - name: one day over
    as_at: 2019-09-30
    case: {child: {disabled: false}, sdqs: [{completed: 2018-09-29, score: 9}]}
    expect: {it: not_met, standard: not_met}
"""
OTHERS = """\
  - {name: another child, as_at: 2019-09-30, case: {child: {disabled: true}}, expect: {standard: not_applicable}}
  - {name: not known, as_at: 2019-09-30, case: {child: {disabled: null}}, expect: {standard: cannot_decide}}
"""


def problems_of(examples: str, folder: Path, head: str = HEAD) -> list[str]:
    """What running the examples says, without the name of the folder."""
    file = folder / "in-date.yaml"
    text = f"{head}examples:\n{examples}" if examples else head
    file.write_text(text, encoding="utf-8")
    ran = run_examples(load_standard(text, str(file)), Council())
    return [str(problem).removeprefix(f"{folder}/") for problem in ran.problems]


def test_with_every_limit_and_every_result_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert problems_of(MET + INSIDE + OUTSIDE + OTHERS, tmp_path) == []


def test_no_examples(tmp_path: Path) -> None:
    assert problems_of("", tmp_path) == ["in-date.yaml:1:1: in-date has no examples"]


@pytest.mark.parametrize(
    ("without", "limit"),
    [(INSIDE, "-1"), (OUTSIDE, "+1"), (MET, "0")],
)
def test_a_limit_that_no_example_hits_is_named(without: str, limit: str, tmp_path: Path) -> None:
    kept = "".join(example for example in (MET, INSIDE, OUTSIDE, OTHERS) if example != without)
    assert f"in-date.yaml:1:1: in-date: no example of renew_within at limit {limit}" in problems_of(kept, tmp_path)


def test_limits_that_no_example_hits_are_named_together_with_results_that_none_shows(tmp_path: Path) -> None:
    assert problems_of(MET, tmp_path) == [
        "in-date.yaml:1:1: in-date: no example of renew_within at limit -1, +1",
        "in-date.yaml:1:1: in-date: no example in which it is not_met",
        "in-date.yaml:1:1: in-date: no example in which standard is cannot_decide or not_applicable or not_met",
    ]


def test_a_check_that_is_never_not_met_is_named(tmp_path: Path) -> None:
    head = HEAD.replace("remedy:", "  - {id: other, says: Any SDQ, has: sdqs}\nremedy:")
    examples = (MET + INSIDE + OUTSIDE).replace("{it:", "{other: met, it:") + OTHERS
    assert problems_of(examples, tmp_path, head) == ["in-date.yaml:1:1: in-date: no example in which other is not_met"]


def test_a_wrong_expectation_is_said_at_its_example(tmp_path: Path) -> None:
    wrong = OUTSIDE.replace("{it: not_met", "{it: met")
    assert problems_of(MET + wrong + INSIDE + OTHERS, tmp_path) == [
        "in-date.yaml:17:1: example 'one day over': it is not_met; expected met"
    ]


def test_a_check_that_the_child_is_not_among_is_not_applicable(tmp_path: Path) -> None:
    wrong = OTHERS.replace("{standard: not_applicable}", "{it: met}")
    assert problems_of(MET + wrong, tmp_path) == [
        "in-date.yaml:17:1: example 'another child': it is not_applicable; expected met"
    ]


def test_a_bad_case_is_said_with_its_line_and_column_and_the_rest_is_run(tmp_path: Path) -> None:
    bad = MET.replace("score: 9", "scor: 9").replace("2018-09-30", "yesterday")
    wrong = OUTSIDE.replace("{it: not_met", "{it: met")
    said = problems_of(bad + wrong, tmp_path)
    assert said[0] == "in-date.yaml:15:68: no field of this name in sdqs; found scor; did you mean score?"
    assert said[-1] == "in-date.yaml:17:1: example 'one day over': it is not_met; expected met"


def test_a_child_who_is_not_there_yet_is_said_to_be_so(tmp_path: Path) -> None:
    late = MET.replace("{disabled: false}", "{disabled: false, opened_on: 2019-10-01}")
    assert problems_of(late, tmp_path) == [
        "in-date.yaml:13:1: example 'on the last day': the child is not on record by then"
    ]


READER = """\
  - {id: flag, says: A score of self, each: sdqs, refer_if: {informant: self}}
  - {id: asked, asks: Is it true of the child?}
remedy:"""


def test_what_a_reader_is_to_find_is_to_be_shown_too(tmp_path: Path) -> None:
    examples = MET + INSIDE + OUTSIDE + OTHERS
    assert problems_of(examples, tmp_path, HEAD.replace("remedy:", READER)) == [
        "in-date.yaml:1:1: in-date: no example in which flag is not_applicable or refer_to_auditor",
        "in-date.yaml:1:1: in-date: no example in which asked is refer_to_auditor",
        "in-date.yaml:1:1: in-date: no example in which read is refer_to_auditor",
    ]
    shown = examples.replace(
        "score: 9}]}\n    expect: {it: met}", "score: 9, informant: self}]}\n    expect: {it: met}"
    )
    read = shown.replace(
        "{it: met}", "{it: met, flag: refer_to_auditor, asked: refer_to_auditor, read: refer_to_auditor}"
    )
    both = read.replace("score: 9}]}", "score: 9, informant: teacher}]}").replace(
        "{it: met, standard: met}", "{it: met, standard: met, flag: not_applicable}"
    )
    assert problems_of(both, tmp_path, HEAD.replace("remedy:", READER)) == []


WAITS = """\
  - {id: waits, says: It is answered, after_each: sdqs, within: renew_within, followed_by: [{a: reviews}]}
remedy:"""
AT_ONCE = WAITS.replace("{a: reviews}", "{this: completed}")


@pytest.mark.parametrize(("check", "absent"), [(WAITS, "not_met or not_yet_due"), (AT_ONCE, "not_met")])
def test_what_can_be_awaited_is_to_be_shown_not_yet_due(check: str, absent: str, tmp_path: Path) -> None:
    answered = (MET + INSIDE + OUTSIDE).replace("score: 9}]}", "score: 9}], reviews: [{held: 2018-10-01}]}")
    examples = answered.replace("{it:", "{waits: met, it:") + OTHERS
    assert problems_of(examples, tmp_path, HEAD.replace("remedy:", check)) == [
        f"in-date.yaml:1:1: in-date: no example in which waits is {absent}"
    ]


NO_DAYS = HEAD.replace("12 months", "0 days")


def test_a_period_of_no_days_has_no_day_before_its_limit(tmp_path: Path) -> None:
    """What is done on the day is met, and nothing answers a day before it was called for."""
    examples = MET.replace("2018-09-30", "2019-09-30") + OUTSIDE.replace("2018-09-29", "2019-09-29") + OTHERS
    assert problems_of(examples, tmp_path, NO_DAYS) == []


# --- what is given for all of them


GIVEN = """\
given: {child: {disabled: false}, sdqs: [{completed: 2018-09-30, score: 9}]}
examples:
  - {name: on the last day, as_at: 2019-09-30, expect: {it: met, standard: met}}
  - {name: a day to spare, as_at: 2019-09-29, expect: {it: met}}
  - {name: one day over, as_at: 2019-10-01, expect: {it: not_met, standard: not_met}}
  - {name: another child, as_at: 2019-09-30, case: {child: {disabled: true}}, expect: {standard: not_applicable}}
  - {name: not known, as_at: 2019-09-30, case: {child: {disabled: not_carried}}, expect: {standard: cannot_decide}}
"""


def given(text: str, folder: Path) -> list[str]:
    file = folder / "in-date.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    ran = run_examples(load_standard(HEAD + text, str(file)), Council())
    return [str(problem).removeprefix(f"{folder}/") for problem in ran.problems]


def test_every_example_is_laid_over_what_is_given(tmp_path: Path) -> None:
    assert given(GIVEN, tmp_path) == []


def test_what_is_wrong_in_what_is_given_is_said_once_at_its_own_place(tmp_path: Path) -> None:
    assert given(GIVEN.replace("score: 9", "scor: 9"), tmp_path) == [
        "in-date.yaml:12:66: no field of this name in sdqs; found scor; did you mean score?"
    ]


def test_what_is_wrong_in_an_example_is_said_at_its_place_in_the_example(tmp_path: Path) -> None:
    wrong = GIVEN.replace("case: {child: {disabled: true}}", "case: {child: {disabld: true}, sdqs: none}")
    assert given(wrong, tmp_path)[:2] == [
        "in-date.yaml:17:61: no field of this name in child; found disabld; did you mean disabled?",
        "in-date.yaml:17:83: not a list of sdqs; found none; expected a list ([] where there is none)",
    ]


# --- which conditions the examples have seen both ways


def conditions_of(examples: str, folder: Path, head: str = HEAD) -> Conditions:
    file = folder / "in-date.yaml"
    file.write_text(f"{head}examples:\n{examples}", encoding="utf-8")
    return run_examples(load_standard(f"{head}examples:\n{examples}", str(file)), Council()).conditions


def test_each_condition_that_no_example_has_seen_both_ways_is_named(tmp_path: Path) -> None:
    seen = conditions_of(MET + OTHERS, tmp_path)
    assert (seen.total, seen.both_ways) == (2, 1)
    assert [str(each) for each in seen.not_both_ways] == ["it where: score is filled in: never false"]
    blank = MET.replace("on the last day", "no score").replace("score: 9", "score: null")
    assert conditions_of(MET + blank + OTHERS, tmp_path).both_ways == 2


def test_what_cannot_be_known_is_seen_neither_way(tmp_path: Path) -> None:
    unknown = OTHERS.splitlines()[1] + "\n"
    seen = conditions_of(unknown, tmp_path)
    assert [str(each) for each in seen.not_both_ways] == [
        "applies_to: the child has no disability: never true or false",
        "it where: score is filled in: never true or false",
    ]


def test_the_same_words_in_two_checks_are_two_conditions(tmp_path: Path) -> None:
    other = "  - {id: other, says: A form, when: {disabled: true}, has: sdqs, where: {score: recorded}}\nremedy:"
    seen = conditions_of(MET + OTHERS, tmp_path, HEAD.replace("remedy:", other))
    assert [str(each) for each in seen.not_both_ways] == [
        "it where: score is filled in: never false",
        "other when: the child has a disability: never true",
        "other where: score is filled in: never true or false",
    ]


def test_what_hangs_on_a_parameter_or_on_the_source_is_no_condition_of_the_case(tmp_path: Path) -> None:
    head = HEAD.replace("has: sdqs,", "when: {carries: sdqs.score}, has: sdqs,")
    assert conditions_of(MET, tmp_path, head).total == 2


# --- what each kind can give


OF_TIME = """\
  - {id: visited, says: Visited, between: visits, during: placements, no_gap_over: [{within: renew_within}]}
  - {id: lasted, says: Lasted, lasts: section47s, to: ended, at_most: renew_within}
  - {id: enough, says: Enough, share: reviews, must: {sdq_considered: true}, at_least: most}
  - {id: reached, says: Reached, share: reviews, must: {sdq_considered: true}, at_least: reach}
  - {id: flagged, says: Flagged, only_refers: true, lasts: section47s, to: ended, at_most: renew_within}
remedy:"""
MORE = """most: {value: 50, source: x y z, owner: x y z}, \
reach: {value: [{by: 2020-01-01, percent: 50}], source: x y z, owner: x y z}, renew_within:"""


def test_the_results_that_the_kinds_on_time_can_give_are_to_be_shown(tmp_path: Path) -> None:
    head = HEAD.replace("remedy:", OF_TIME).replace("renew_within:", MORE, 1)
    of_the_check = (MET + INSIDE + OUTSIDE).replace(", standard: met", "").replace(", standard: not_met", "")
    said = problems_of(of_the_check + OTHERS, tmp_path, head)
    assert [line.partition(": in-date: no example ")[2] for line in said] == [
        "of most at limit -1, 0, +1",
        "of reach at limit -1, 0, +1",
        "in which visited is met or not_met or not_yet_due",
        "in which lasted is met or not_met or not_yet_due",
        "in which enough is met or not_met",
        "in which reached is met or not_met or not_yet_due",
        "in which flagged is not_applicable or refer_to_auditor",
        "in which standard is met or not_met",
        "in which read is refer_to_auditor",
    ]
