"""What is derived of the child, at its limits."""

from datetime import date

import pytest

from qaengine.cases.derived.care import looked_after_since, matched_long_term
from qaengine.cases.derived.child import age, assessments_in_progress, status, turns
from qaengine.cases.derived.view import NC, Cell

D = date.fromisoformat


@pytest.mark.parametrize(
    ("born", "turns_four"),
    [("2015-06-30", "2019-06-30"), ("2016-02-29", "2020-02-29"), ("2096-02-29", "2100-03-01")],
)
def test_a_birthday_on_29_february_falls_on_1_march(born: str, turns_four: str) -> None:
    assert turns(4)(D(born)) == D(turns_four)


@pytest.mark.parametrize(
    ("born", "as_at", "years"),
    [
        ("2010-09-30", "2019-09-29", 8),
        ("2010-09-30", "2019-09-30", 9),
        ("2010-09-30", "2019-10-01", 9),
        ("2016-02-29", "2019-02-28", 2),
        ("2016-02-29", "2019-03-01", 3),
        ("2019-09-30", "2019-09-30", 0),
    ],
)
def test_age_is_in_whole_years(born: str, as_at: str, years: int) -> None:
    assert age(D(born), D(as_at)) == years


def care(*episodes: str) -> tuple[list[Cell], list[Cell], list[Cell]]:
    """Episodes written as "start end status": "-" is blank, "?" is not carried."""
    cells = [[_cell(word) for word in episode.split()] for episode in episodes]
    columns: list[list[Cell]] = [list(column) for column in zip(*cells, strict=True)] or [[], [], []]
    return columns[0], columns[1], columns[2]


def _cell(word: str) -> Cell:
    if word in ("-", "?"):
        return None if word == "-" else NC
    return D(word) if word[0].isdecimal() else word


@pytest.mark.parametrize(
    ("episodes", "since"),
    [
        ([], None),
        (["2018-01-10 - C2"], "2018-01-10"),
        (["2018-01-10 2018-05-01 C2"], None),
        # The next episode starts on the day the one before ended: care goes on. A day later, it starts again.
        (["2018-01-10 2018-05-01 C2", "2018-05-01 - C2"], "2018-01-10"),
        (["2018-01-10 2018-05-01 C2", "2018-05-02 - C2"], "2018-05-02"),
        (["2018-01-10 2018-05-01 C2", "2018-04-30 - C2"], "2018-01-10"),
        # The order of the records does not matter.
        (["2018-05-01 - C2", "2018-01-10 2018-05-01 C2"], "2018-01-10"),
        # An episode inside a longer one does not end care.
        (["2018-01-10 2018-09-01 C2", "2018-02-01 2018-03-01 C2", "2018-08-31 - C2"], "2018-01-10"),
        # Short breaks are left out: they are no care, and they bridge no gap.
        (["2018-01-10 - V3"], None),
        (["2018-01-10 - V4"], None),
        (["2018-01-10 2018-05-01 C2", "2018-05-01 2018-06-01 V4", "2018-06-01 - C2"], "2018-06-01"),
        # A blank legal status counts as care.
        (["2018-01-10 - -"], "2018-01-10"),
        # An old period, closed, says nothing about now.
        (["2015-01-01 2016-01-01 C2", "2018-01-10 - C2"], "2018-01-10"),
    ],
)
def test_looked_after_since(episodes: list[str], since: str | None) -> None:
    assert looked_after_since(*care(*episodes)) == (D(since) if since else None)


@pytest.mark.parametrize("episode", ["2018-01-10 - ?", "2018-01-10 ? C2", "- - C2", "? - C2"])
def test_looked_after_since_cannot_be_told_from_half_an_episode(episode: str) -> None:
    assert looked_after_since(*care(episode)) is NC


def test_a_short_break_need_not_say_more() -> None:
    assert looked_after_since(*care("? ? V3", "2018-01-10 - C2")) == D("2018-01-10")


@pytest.mark.parametrize(
    ("ended", "legal", "match", "expected"),
    [
        ([None], ["C2"], [True], True),
        ([None], ["C2"], [False], False),
        ([None], ["C2"], [None], False),
        ([None], ["C2"], [NC], NC),
        ([D("2018-01-01")], ["C2"], [True], False),
        ([], [], [], False),
        ([None], ["V3"], [True], False),
        ([None], [NC], [True], NC),
    ],
)
def test_matched_for_the_long_term(ended: list[Cell], legal: list[Cell], match: list[Cell], expected: Cell) -> None:
    assert matched_long_term(ended, legal, match) is expected


Columns = tuple[list[Cell], list[Cell]]
NONE: Columns = ([], [])
NOT_IN_CARE, NO_PLAN, NO_REFERRAL = NONE, NONE, NONE
IN_CARE: Columns = ([None], ["C2"])
CP, CIN, PATHWAY = (["cp"], [None]), (["cin"], [None]), (["pathway"], [None])
REFERRED, NFA, CLOSED = ([None], [False]), ([None], [True]), ([D("2019-01-01")], [False])


@pytest.mark.parametrize(
    ("episodes", "plans", "referrals", "expected"),
    [
        (IN_CARE, CP, REFERRED, "cla"),
        (NOT_IN_CARE, CP, REFERRED, "cp"),
        (NOT_IN_CARE, CIN, NO_REFERRAL, "cin"),
        (NOT_IN_CARE, NO_PLAN, REFERRED, "cin"),
        (NOT_IN_CARE, PATHWAY, NO_REFERRAL, "care_leaver"),
        (NOT_IN_CARE, PATHWAY, REFERRED, "cin"),
        (NOT_IN_CARE, NO_PLAN, NO_REFERRAL, "none"),
        (NOT_IN_CARE, NO_PLAN, NFA, "none"),
        (NOT_IN_CARE, NO_PLAN, CLOSED, "none"),
        (NOT_IN_CARE, (["cp"], [D("2019-01-01")]), CLOSED, "none"),
        # A short break is no care.
        (([None], ["V3"]), CIN, NO_REFERRAL, "cin"),
        # What is certain needs nothing more; what is not certain is not said.
        (IN_CARE, None, None, "cla"),
        (None, CP, REFERRED, NC),
        (NOT_IN_CARE, None, REFERRED, NC),
        (NOT_IN_CARE, CP, None, "cp"),
        (NOT_IN_CARE, CIN, None, "cin"),
        (NOT_IN_CARE, PATHWAY, None, NC),
        (NOT_IN_CARE, NO_PLAN, None, NC),
        (NOT_IN_CARE, (["cp"], [NC]), REFERRED, NC),
        (NOT_IN_CARE, (["cp", "cp"], [NC, None]), REFERRED, "cp"),
        (NOT_IN_CARE, ([NC], [None]), REFERRED, NC),
        (NOT_IN_CARE, ([NC], [D("2019-01-01")]), REFERRED, "cin"),
        (NOT_IN_CARE, NO_PLAN, ([NC], [False]), NC),
        (([None], [NC]), CP, REFERRED, NC),
        (([D("2019-01-01")], [NC]), CP, REFERRED, "cp"),
    ],
)
def test_the_highest_plan_in_force(
    episodes: Columns | None,
    plans: Columns | None,
    referrals: Columns | None,
    expected: Cell,
) -> None:
    assert status(episodes, plans, referrals) == expected


@pytest.mark.parametrize(
    ("started", "authorised", "expected"),
    [
        ([], [], 0),
        ([D("2019-01-01")], [None], 1),
        ([D("2019-01-01")], [D("2019-02-01")], 0),
        ([None], [None], 0),
        ([D("2019-01-01"), D("2019-01-02")], [None, None], 2),
        ([D("2019-01-01")], [NC], NC),
        ([NC], [None], 1),
    ],
)
def test_assessments_in_progress(started: list[Cell], authorised: list[Cell], expected: Cell) -> None:
    assert assessments_in_progress(started, authorised) == expected
