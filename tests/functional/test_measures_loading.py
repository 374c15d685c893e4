"""Measures are read as strictly as standards: every problem, each once, with its place and the nearest word."""

from datetime import date
from pathlib import Path

import pytest

from qaengine.cli.loading import council_of
from qaengine.model.condition import NoOlderThan
from qaengine.model.problem import InputError
from qaengine.model.result import Origin
from qaengine.standards.measures import load_measure, load_measures
from qaengine.workbench.measures import run_measure_examples

HEAD = """id: a-measure
title: A measure
intent: To be tested
sources: [{document: a test, reference: a test}]
parameters:
  window: {value: 12 months, source: a test, owner: nobody}
"""
SHARE = """kind: share
of: contacts
where: {received: {no_older_than: window}}
must: {referral: recorded}
so: that became a referral
"""
AVERAGE = "kind: average\nof: adoption_plans\nfrom: decided\nto: matched\nlimit: window\n"
BY_CODE = "kind: by_code\nof: contacts\nwhere: {received: {no_older_than: window}}\n"


def problems_of(text: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        load_measure(HEAD + text, "m.yaml")
    return [str(problem).removeprefix("m.yaml:") for problem in raised.value.problems]


def test_a_measure_is_read() -> None:
    measure = load_measure(HEAD + SHARE, "m.yaml")
    assert (measure.id, measure.of, measure.so, measure.shows_children) == (
        "a-measure",
        "contacts",
        "that became a referral",
        True,
    )
    assert [use.parameter for use in measure.uses] == ["window"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHARE.replace("of: contacts", "of: contact"), "no record type 'contact'; did you mean contacts?"),
        (SHARE.replace("received:", "recieved:"), "a contact has no field 'recieved'; did you mean received?"),
        (SHARE.replace("must: {referral: recorded}\n", ""), "the key 'must' is missing"),
        (SHARE + "limit: window\n", "'limit' says nothing in a measure of the kind 'share'"),
        (SHARE.replace("kind: share", "kind: shares"), "'kind' cannot be read"),
        (SHARE.replace("no_older_than: window", "no_older_than: 12 months"), "numbers and lists are written under"),
        (SHARE + "colour: red\n", "unknown key 'colour'"),
        (SHARE.replace("of: contacts", "of: findings"), "of what was recorded, and findings are worked out"),
        (SHARE + "once_per: category\n", "records that count once share a reference"),
        (SHARE.replace("{no_older_than: window}", "recorded"), "nothing uses the parameter 'window'"),
        (SHARE + "examples: [{name: one, as_at: 2019-09-30, cases: [{}], expect: {mean: 3}}]\n", "no measure says"),
        (AVERAGE.replace("to: matched\n", ""), "the key 'to' is missing"),
        (AVERAGE.replace("to: matched", "to: as_at"), "not a date of a record"),
        (AVERAGE.replace("to: matched", "to: mached"), "not a date; found 'mached'; did you mean matched?"),
        (AVERAGE.replace("limit: window", "lead: window"), "'lead' is measured against a limit"),
        (BY_CODE, "a measure by code says in one way of which kind a record is"),
        (BY_CODE + "by: decision\ngroups: {one: {decision: advice}}\notherwise: rest\n", "in one way of which kind"),
        (BY_CODE + "groups: {one: {decision: advice}}\n", "those of no group are a kind too"),
        (BY_CODE + "among: participants\nby: agency_code\n", "parts have a link to the whole, and a kind"),
        (BY_CODE + "by: decision\nonce_per: referral\n", "'once_per' goes with parts"),
        (BY_CODE + "by: desision\n", "a contact has no field 'desision'; did you mean decision?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(text: str, expected: str) -> None:
    found = problems_of(text)
    assert any(expected in problem for problem in found), found
    assert all(problem[0].isdigit() for problem in found)


def test_the_problems_of_every_file_are_reported_together(tmp_path: Path) -> None:
    folder = tmp_path / "measures"
    folder.mkdir()
    (folder / "a.yaml").write_text("", encoding="utf-8")
    (folder / "b.yaml").write_text("- a\n", encoding="utf-8")
    (folder / "c.yaml").write_text(HEAD + SHARE.replace("contacts", "contact"), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_measures(tmp_path)
    assert [Path(problem.file).name for problem in raised.value.problems] == ["a.yaml", "b.yaml", "c.yaml"]


def test_a_measure_stands_in_the_file_of_its_name_so_that_no_two_have_one(tmp_path: Path) -> None:
    folder_with(tmp_path, "b").joinpath("a-measure.yaml").write_text(HEAD + SHARE, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_measures(tmp_path)
    (problem,) = raised.value.problems
    assert Path(problem.file).name == "b.yaml"
    assert (problem.message, problem.expected) == ("a measure stands in a file of its own name", "a-measure.yaml")


def folder_with(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / "measures"
    folder.mkdir()
    (folder / f"{name}.yaml").write_text(HEAD + SHARE, encoding="utf-8")
    return folder


LOCAL = """council: A council
numbers:
  a-measure:
    window: {value: 6 months, decided_by: director, decided_on: 2019-06-01, because: we look at half years}
"""


def test_a_council_decides_its_own_numbers(tmp_path: Path) -> None:
    local = folder_with(tmp_path, "a-measure").parent / "local.yaml"
    local.write_text(LOCAL, encoding="utf-8")
    (measure,) = load_measures(tmp_path, local, date(2019, 9, 30))
    (window,) = measure.parameters
    assert (str(window.value), window.origin) == ("6 months", Origin.LOCAL)
    assert isinstance(measure.where, NoOlderThan)
    assert str(measure.where.period) == "6 months"
    (before,) = load_measures(tmp_path, local, date(2019, 5, 31))
    assert str(before.parameters[0].value) == "12 months"


def test_a_decision_about_a_number_that_a_measure_does_not_have_is_a_problem(tmp_path: Path) -> None:
    local = folder_with(tmp_path, "a-measure").parent / "local.yaml"
    local.write_text(LOCAL.replace("    window:", "    windw:"), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load_measures(tmp_path, local)
    (problem,) = raised.value.problems
    assert (problem.message, problem.did_you_mean) == ("a-measure has no number 'windw'", "window")


def test_a_folder_without_measures_has_none(tmp_path: Path) -> None:
    assert load_measures(tmp_path) == ()


# --- what examples must show ------------------------------------------------------------------------------------------


def shown(tmp_path: Path, examples: str) -> list[str]:
    file = tmp_path / "m.yaml"
    file.write_text(HEAD + SHARE + examples, encoding="utf-8")
    ran = run_measure_examples(load_measure(file.read_text(), str(file)), council_of(tmp_path))
    return [problem.message for problem in ran.problems]


def test_a_measure_without_examples_is_not_believed(tmp_path: Path) -> None:
    assert shown(tmp_path, "") == ["a-measure has no examples"]


def test_an_example_that_says_another_number_is_a_problem(tmp_path: Path) -> None:
    examples = """examples:
  - name: one
    as_at: 2019-09-30
    cases: [{contacts: [{received: 2019-01-01, referral: R1}]}]
    expect: {n: 1, so: 0, who: [CH-1]}
"""
    assert shown(tmp_path, examples) == ["example 'one': so is 1"]


def test_what_no_example_shows_is_named(tmp_path: Path) -> None:
    examples = """examples:
  - name: one
    as_at: 2019-09-30
    cases: [{contacts: [{received: 2018-09-30, referral: R1}]}]
    expect: {n: 1}
"""
    assert shown(tmp_path, examples) == [
        "a-measure: no example of window at limit -1, +1",
        "a-measure: no example of one that is not counted",
        "a-measure: no example of one that is: not enough recorded; not so",
    ]


def test_a_case_that_cannot_be_read_is_a_problem_with_its_place(tmp_path: Path) -> None:
    examples = """examples:
  - name: one
    as_at: 2019-09-30
    cases: [{contacts: [{recieved: 2018-09-30}]}]
    expect: {n: 1}
"""
    assert shown(tmp_path, examples) == ["no field of this name in contacts"]
