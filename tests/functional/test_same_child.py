"""The same child, written by hand in each of the formats, gives the same findings: format by format, every standard."""

from itertools import combinations
from pathlib import Path

import pytest

from qaengine.cases.joining import join
from qaengine.cases.reading import read_cases
from qaengine.cases.shape import CHILD, source_fields
from qaengine.cases.tables import case_set_of
from qaengine.evaluate.counting import count
from qaengine.model.result import Result, Why
from tests.same_child import AS_AT
from tests.same_child.comparing import compared, decided_otherwise, of_truth
from tests.same_child.differing import BLANK, DECIDED_OTHERWISE
from tests.same_child.evaluating import DECIDED, as_it_stood, found, missing, stages
from tests.same_child.forms import FORMS
from tests.same_child.matrix import IN_PART, SAME, matrix
from tests.same_child.parts import columns, left_out, without, without_column
from tests.same_child.reducing import plain, types_of, with_words

TOGETHER = ("native tables", "SSDA903 CSV", "CIN census", "Annex A", "SSD CSV", "DfE API", "a list")
NAMES = [form.name for form in FORMS]
FOREIGN = [form.name for form in FORMS if form.carries]
by_format = pytest.mark.parametrize("name", NAMES)


@by_format
def test_a_format_holds_the_case_files_of_the_truth_as_far_as_it_says_by_hand_that_it_goes(name: str) -> None:
    one = compared(name)
    files = case_set_of(one.source.to_evaluate).files
    assert [file.child_id for file in files] == list(one.form.children)
    assert [plain(file) for file in files] == [plain(file) for file in one.reduced.case_set().files]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_format_carries_what_it_says_by_hand_that_it_carries(name: str) -> None:
    one = compared(name)
    carried = {
        of: frozenset(source_fields(of)) - fields
        for of, fields in one.source.not_carried.items()
        if frozenset(source_fields(of)) - fields
    }
    assert carried == {of: with_words(of, one.form.fields(of)) for of in (CHILD.name, *types_of(one.form))}


@by_format
def test_a_format_gives_the_findings_of_the_truth_as_far_as_it_goes(name: str) -> None:
    one = compared(name)
    differing = {key: (mine, one.of_reduced.get(key)) for key, mine in one.found.items() if mine != one.of_reduced[key]}
    assert differing == {}
    assert set(one.found) == set(one.of_reduced)


@by_format
def test_what_a_format_decides_is_the_truth_but_for_what_is_named(name: str) -> None:
    said = {
        (name, child, standard, check): (mine, true)
        for child, standard, check, mine, true in decided_otherwise(compared(name).found)
    }
    named = {key: value[:2] for key, value in DECIDED_OTHERWISE.items() if key[0] == name}
    assert said == named


@by_format
def test_a_format_never_says_the_opposite_of_the_truth(name: str) -> None:
    opposite = {Result.MET: Result.NOT_MET, Result.NOT_MET: Result.MET}
    mine = compared(name).found
    assert [key for key, one in mine.items() if opposite.get(one.result) is of_truth()[key].result] == []


@by_format
def test_what_is_not_decided_is_not_carried_or_is_named_as_blank(name: str) -> None:
    blank = {
        (name, child_id, standard)
        for (child_id, standard), fields in missing(compared(name).source).items()
        if of_truth()[child_id, standard].result in DECIDED
        and any(field.why is not Why.NOT_CARRIED for field in fields)
    }
    assert blank == {key for key in BLANK if key[0] == name}


SAME_TABLES = ("native tables", "SSDA903 XML", "SSD Parquet")
ENGINE = [name for name in NAMES if name not in SAME_TABLES]


@pytest.mark.parametrize("name", ENGINE)
def test_the_engine_finds_what_the_reference_finds(name: str) -> None:
    then = as_it_stood(compared(name).source)
    assert count(stages(), then, AS_AT, "polars") == count(stages(), then, AS_AT, "reference")


def test_the_children_meet_and_do_not_meet_whatever_a_format_decides() -> None:
    results = {
        standard.id: {of_truth()[child, of].result for child, of in of_truth() if of == standard.id}
        for standard in stages().shown
    }
    cells = matrix()
    decided = [name for name, row in cells.items() if {row[form] for form in FOREIGN} & {SAME, IN_PART}]
    assert [name for name in decided if not {Result.MET, Result.NOT_MET} <= results[name]] == []


@pytest.mark.parametrize(("one", "other"), list(combinations([name for name in FOREIGN if name in TOGETHER], 2)))
def test_two_formats_joined_say_more_and_nothing_else(one: str, other: str) -> None:
    assert list(decided_otherwise(found(join([compared(one).source, compared(other).source])))) == []


def _now_or_slow(name: str, part: str) -> object:
    """Most tables of the dataset are left out in the long soak alone: there are many of them."""
    slow = name == "ssd" and not part.endswith(("plans", "plan", "reviews", "visits", "episodes", "leavers"))
    return pytest.param(name, part, marks=[pytest.mark.slow] if slow else [])


@pytest.mark.parametrize(("name", "part"), [_now_or_slow(*one) for one in left_out()])
def test_without_one_of_its_parts_a_format_says_less_and_nothing_else(name: str, part: str, tmp_path: Path) -> None:
    assert list(decided_otherwise(found(read_cases(without(name, part, tmp_path))))) == []


WRONG = {
    # An interval that no visit surely ended is taken to last until now, though one that may count, and was long ago,
    # may have ended it before the time that the standard looks back on
    ("ssd", "ssd_cla_visits", "clav_cla_visit_seen"): [
        ("CH-1005", "cla-statutory-visits", "", "not_met", "met"),
        ("CH-1005", "cla-statutory-visits", "visited", "not_met", "met"),
    ],
}
"""By format, table and column that is left out: what is decided and is not the truth, and would better not be."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "table", "heading"), list(columns()))
def test_without_one_column_too(name: str, table: str, heading: str, tmp_path: Path) -> None:
    otherwise = list(decided_otherwise(found(read_cases(without_column(name, table, heading, tmp_path)))))
    assert otherwise == WRONG.get((name, table, heading), [])
