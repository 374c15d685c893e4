"""What is derived of records, at its limits."""

from datetime import date, timedelta

import pytest

from qaengine.cases.derived.linked import speaks_for
from qaengine.cases.derived.meetings import for_two_agencies, reconvened_on
from qaengine.cases.derived.plans import (
    joined,
    last_changed,
    measure_is_text,
    most_on_one_date,
    observable,
    owners_named,
    times_carried,
    words,
)
from qaengine.cases.derived.records import harm_factor, rises, share_standing, similarities, thirds_in_30_days
from qaengine.cases.derived.view import NC, Cell

D = date.fromisoformat
JAN, JUN, DEC = D("2019-01-01"), D("2019-06-01"), D("2019-12-01")


@pytest.mark.parametrize(
    ("completed", "informant", "score", "expected"),
    [
        ([JAN, JUN], ["main_carer", "main_carer"], [12, 17], [None, 5]),
        ([JUN, JAN], ["main_carer", "main_carer"], [17, 12], [5, None]),
        ([JAN, JUN], ["main_carer", "main_carer"], [17, 12], [None, -5]),
        # Another informant is no comparison; nor is another form of the same day, or one without a score.
        ([JAN, JUN], ["teacher", "main_carer"], [12, 17], [None, None]),
        ([JAN, JAN], ["main_carer", "main_carer"], [12, 17], [None, None]),
        ([JAN, JUN, DEC], ["main_carer"] * 3, [12, None, 14], [None, None, 2]),
        ([JAN, JUN, DEC], ["main_carer"] * 3, [12, 20, 21], [None, 8, 1]),
        # Blank in, blank out.
        ([JAN, None], ["main_carer", "main_carer"], [12, 17], [None, None]),
        ([JAN, JUN], ["main_carer", None], [12, 17], [None, None]),
        # Not carried where what is not carried may matter: a score between the two, but not one before them.
        ([JAN, NC], ["main_carer", "main_carer"], [12, 17], [NC, NC]),
        ([JAN, JUN, DEC], ["main_carer", NC, "main_carer"], [12, 15, 17], [None, NC, NC]),
        ([JAN, JUN, DEC], [NC, "main_carer", "main_carer"], [12, 15, 17], [NC, NC, 2]),
        ([JAN, JUN, DEC], ["main_carer", "main_carer", "teacher"], [12, NC, 17], [None, NC, None]),
    ],
)
def test_rise_of_an_sdq_score(
    completed: list[Cell], informant: list[Cell], score: list[Cell], expected: list[Cell]
) -> None:
    assert rises(completed, informant, score) == expected


@pytest.mark.parametrize(
    ("completed", "year_ended", "expected"),
    [
        (JAN, JUN, JAN),
        (None, JUN, JUN),
        (NC, JUN, JUN),
        (JAN, NC, JAN),
        (None, NC, None),
        (NC, None, None),
        (NC, NC, NC),
    ],
)
def test_the_day_for_which_an_sdq_speaks(completed: Cell, year_ended: Cell, expected: Cell) -> None:
    assert speaks_for(completed, year_ended) is expected


@pytest.mark.parametrize(("days", "third"), [(29, True), (30, True), (31, False)])
def test_the_third_episode_within_30_days(days: int, third: bool) -> None:
    started: list[Cell] = [JAN, JAN + timedelta(days=10), JAN + timedelta(days=days)]
    assert thirds_in_30_days(started) == [False, False, third]


def test_two_are_no_third_and_the_fourth_is_one_too() -> None:
    assert thirds_in_30_days([JAN, JAN]) == [False, False]
    assert thirds_in_30_days([JAN, JAN, JAN]) == [False, False, True]
    assert thirds_in_30_days([JAN, JAN, JAN, JAN]) == [False, False, True, True]
    assert thirds_in_30_days([JAN, None, NC]) == [NC, None, NC]
    assert thirds_in_30_days([JAN, NC, JAN, JAN]) == [NC, NC, NC, True]


@pytest.mark.parametrize(
    ("factors", "harm"),
    [("18B", True), ("4A 19c", True), ("18A 19A 17A", False), ("4A,18C", True), ("118B", False)],
)
def test_factors_of_physical_and_sexual_abuse(factors: str, harm: bool) -> None:
    assert harm_factor(factors) is harm


TEXT = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    ("text", "previous", "share"),
    [
        (TEXT, TEXT, 100),
        (TEXT.upper() + "!", TEXT, 100),
        (TEXT, "eleven twelve", 0),
        (TEXT, TEXT.replace("ten", "X"), 84),  # 5 of 6 runs of five words: 83.3, rounded up
        ("one two", "one two three", 100),
        ("one two", "two one", 0),
        ("...", TEXT, None),
    ],
)
def test_how_much_of_a_text_stands_in_another(text: str, previous: str, share: int | None) -> None:
    assert share_standing(text, previous) == share


def test_similarity_is_with_the_assessment_authorised_before() -> None:
    assert similarities([JAN, JUN, DEC], [TEXT, "new words here", TEXT]) == [None, 0, 0]
    assert similarities([JUN, JAN], [TEXT, TEXT]) == [100, None]
    assert similarities([JAN, None], [TEXT, TEXT]) == [None, None]
    assert similarities([JAN, JUN], [None, TEXT]) == [None, None]
    assert similarities([JAN, JUN], [NC, TEXT]) == [NC, NC]
    assert similarities([NC, JUN], [TEXT, TEXT]) == [NC, NC]


@pytest.mark.parametrize(
    ("started", "updated", "changed"),
    [(JAN, JUN, JUN), (JUN, JAN, JUN), (JAN, None, JAN), (None, JUN, JUN), (None, None, None), (JAN, NC, NC)],
)
def test_when_a_plan_last_changed(started: Cell, updated: Cell, changed: Cell) -> None:
    assert last_changed(started, updated) is changed


@pytest.mark.parametrize(
    ("dues", "share"),
    [
        ([], None),
        ([JAN], 100),
        ([JAN, JUN], 50),
        ([JAN, JAN, JUN], 67),
        ([JAN] * 4 + [JUN], 80),
        ([JAN] * 81 + [JUN] * 20, 81),  # 80.2 per cent is more than 80
        ([None, None], 0),
        ([JAN, None], 50),
        ([JAN, NC], NC),
    ],
)
def test_the_largest_share_of_actions_due_on_one_date(dues: list[Cell], share: Cell) -> None:
    assert most_on_one_date(dues) == share


@pytest.mark.parametrize(
    ("owner", "count"),
    [
        ("social worker", 1),
        ("social worker and mother", 2),
        ("Social Worker AND mother", 2),
        ("SW, HV; GP", 3),
        ("SW/HV & GP + CAMHS", 4),
        ("SW,", 1),
        ("Andrew's aunt", 1),
        ("/", 0),
    ],
)
def test_how_many_owners_the_words_name(owner: str, count: int) -> None:
    assert owners_named(owner) == count


@pytest.mark.parametrize(
    ("text", "count"), [("Attend drug test weekly", 4), ("one-to-one", 1), ("— !", 0), ("two  words", 2)]
)
def test_how_many_words(text: str, count: int) -> None:
    assert words(text) == count


def test_a_measure_that_repeats_the_action() -> None:
    assert measure_is_text("Attend  School.", "attend school") is True
    assert measure_is_text("attends school daily", "attend school") is False


@pytest.mark.parametrize(
    ("measure", "seen"),
    [
        ("attendance of 95", True),
        ("more than half", True),
        ("weekly", True),
        ("by Friday", True),
        ("ninety per cent", True),
        ("95%", True),
        ("He will be seen to join in", True),
        ("every visit", True),
        ("improved parenting", False),
        ("the child may feel safer", False),
        ("one hopes", False),
        ("no date agreed", False),
    ],
)
def test_a_measure_that_anyone_could_see(measure: str, seen: bool) -> None:
    assert observable(measure) is seen


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("Visit the child", False),
        ("Visit the child and ring school", True),
        ("Visit; ring", True),
        ("1. Visit 2. Ring", True),
        ("- visit\n- ring", True),
        ("Take 2 buses", False),
        ("See Andy", False),
        ("1. Visit", False),
    ],
)
def test_a_text_that_joins_two_actions(text: str, two: bool) -> None:
    assert joined(text) is two


@pytest.mark.parametrize(
    ("carried_from", "times"),
    [
        ([None, "A1", "A2"], [0, 1, 2]),
        (["X9", "A1", None], [1, 2, 0]),
        (["A2", "A1", None], [1, 1, 0]),  # a ring: each is met once
        (["A1", None, None], [0, 0, 0]),
        ([NC, "A1", None], [NC, NC, 0]),
    ],
)
def test_how_often_an_action_was_carried_forward(carried_from: list[Cell], times: list[Cell]) -> None:
    assert times_carried(["A1", "A2", "A3"], carried_from) == times


@pytest.mark.parametrize(
    ("held", "reconvenes", "expected"),
    [
        ([JAN, JUN, DEC], [None, "D1", "D1"], [JUN, None, None]),
        ([JAN, JUN, DEC], [None, None, None], [None, None, None]),
        ([JAN, None, DEC], [None, "D1", None], [None, None, None]),
        ([JAN, JUN, DEC], ["D1", None, None], [None, None, None]),
        # One that does not say what it reconvenes may reconvene those before it, and not those after.
        ([JAN, JUN, DEC], [None, NC, None], [NC, None, None]),
        ([JAN, NC, DEC], [None, "D1", None], [NC, None, None]),
    ],
)
def test_when_a_discussion_was_reconvened(held: list[Cell], reconvenes: list[Cell], expected: list[Cell]) -> None:
    assert reconvened_on(["D1", "D2", "D3"], held, reconvenes) == expected


def test_a_discussion_alone_was_not_reconvened() -> None:
    assert reconvened_on(["D1"], [JAN], [NC]) == [None]


POLICE, HEALTH, PARTNER, UNKNOWN = ("wmp", "police"), ("nhs", "health"), ("force", "police"), ("xyz", None)


@pytest.mark.parametrize(
    ("discussion", "person", "agency", "expected"),
    [
        (["D1", "D1"], ["W1", "W1"], [POLICE, HEALTH], [True, True]),
        (["D1", "D1"], ["W1", "W2"], [POLICE, HEALTH], [False, False]),
        (["D1", "D2"], ["W1", "W1"], [POLICE, HEALTH], [False, False]),
        (["D1", "D1"], ["W1", "W1"], [POLICE, PARTNER], [False, False]),
        (["D1", "D1"], ["W1", "W1"], [UNKNOWN, UNKNOWN], [False, False]),
        # Words that stand for nothing known may be the same agency.
        (["D1", "D1"], ["W1", "W1"], [POLICE, UNKNOWN], [None, None]),
        (["D1", "D1"], [None, "W1"], [POLICE, HEALTH], [None, False]),
        (["D1", "D1"], ["W1", "W1"], [None, HEALTH], [None, False]),
        (["D1", "D1"], [NC, "W1"], [POLICE, HEALTH], [NC, NC]),
        (["D1", "D1"], ["W1", "W1"], [NC, HEALTH], [NC, NC]),
        (["D1", "D1", "D1"], ["W1", "W1", "W1"], [NC, HEALTH, POLICE], [NC, True, True]),
    ],
)
def test_one_person_for_two_agencies(
    discussion: list[Cell], person: list[Cell], agency: list[object], expected: list[Cell]
) -> None:
    assert for_two_agencies(discussion, person, agency) == expected
