"""Targets over the children: reached, on track or behind, by how much; between, where the undecided could tip it."""

from dataclasses import replace
from datetime import date

import pytest

from qaengine.evaluate.explain.targets import status_words
from qaengine.evaluate.summary import StandardSummary
from qaengine.evaluate.target import TargetStatus, Track, against, needed, of_summary
from qaengine.model.result import Result
from qaengine.model.trajectory import Target, Trajectory
from tests.spec.table import standard_of

NOVEMBER, MARCH = Target(date(2019, 11, 30), 70), Target(date(2020, 3, 31), 100)
BOTH = Trajectory((NOVEMBER, MARCH))


def at(day: str, met: int, undecided: int = 0, total: int = 20) -> TargetStatus:
    return against(BOTH, date.fromisoformat(day), met, undecided, total)


@pytest.mark.parametrize(
    ("met", "track", "more"), [(13, Track.BEHIND, 1), (14, Track.ON_TRACK, 6), (15, Track.ON_TRACK, 5)]
)
def test_at_the_limit_a_target_is_met(met: int, track: Track, more: int) -> None:
    status = at("2019-12-01", met)
    assert (status.track, status.more) == (track, more)


@pytest.mark.parametrize(
    ("day", "track", "due", "left"),
    [
        ("2019-11-29", Track.ON_TRACK, None, 1),
        ("2019-11-30", Track.ON_TRACK, None, 0),  # the day belongs to whoever has to reach it
        ("2019-12-01", Track.BEHIND, NOVEMBER, 121),
    ],
)
def test_behind_begins_the_day_after(day: str, track: Track, due: Target | None, left: int) -> None:
    status = at(day, 13)
    assert (status.track, status.due, status.days_left) == (track, due, left)


@pytest.mark.parametrize(
    ("undecided", "track"), [(0, Track.BEHIND), (1, Track.BEHIND), (2, Track.BETWEEN), (3, Track.BETWEEN)]
)
def test_the_undecided_never_count_as_met_and_may_leave_it_open(undecided: int, track: Track) -> None:
    status = at("2019-12-01", 12, undecided)
    assert status.track is track
    assert (status.more, status.points) == (2, pytest.approx(10))


def test_the_undecided_never_make_a_target_reached() -> None:
    assert at("2019-11-01", 13, undecided=7).track is Track.ON_TRACK
    assert at("2019-11-01", 14, undecided=6).track is Track.REACHED


@pytest.mark.parametrize(("met", "track"), [(19, Track.BEHIND), (20, Track.REACHED)])
def test_after_the_last_target_there_is_none_to_come(met: int, track: Track) -> None:
    status = at("2020-04-01", met)
    assert (status.track, status.coming, status.days_left) == (track, None, None)


def test_a_target_missed_is_at_stake_until_a_later_one_has_come() -> None:
    assert at("2020-03-31", 10).at_stake == NOVEMBER
    assert at("2020-04-01", 10).at_stake == MARCH


@pytest.mark.parametrize(("total", "expected"), [(0, 0), (1, 1), (9, 7), (10, 7), (11, 8)])
def test_never_fewer_children_than_the_per_cent_says(total: int, expected: int) -> None:
    assert needed(NOVEMBER, total) == expected


def test_of_nobody_there_is_nothing_to_measure() -> None:
    assert at("2019-12-01", 0, total=0).track is Track.NOTHING


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (
            at("2019-12-01", 12),
            "behind 70 % by 30 November 2019: 10 percentage points are missing, and 2 children more must meet it. Met "
            "by 12 of 20 children to whom it applies (60 %). Next: all by 31 March 2020, 121 days left.",
        ),
        (
            at("2019-12-01", 13, 1),
            "between reached and behind, as the undecided turn out: 70 % by 30 November 2019; 1 child more must meet "
            "it if none of them does. Met by 13 of 20 children to whom it applies (between 65 and 70 %: 1 undecided). "
            "Next: all by 31 March 2020, 121 days left.",
        ),
        (
            at("2019-11-30", 13),
            "on track for 70 % by 30 November 2019: 5 percentage points are missing, and 1 child more must meet it. "
            "Met by 13 of 20 children to whom it applies (65 %). Today.",
        ),
        (
            at("2020-04-01", 20),
            "reached: all by 31 March 2020. Met by 20 of 20 children to whom it applies (100 %).",
        ),
        (
            at("2019-12-01", 699, 0, 1000),
            "behind 70 % by 30 November 2019: under 1 percentage point is missing, and 1 child more must meet it. Met "
            "by 699 of 1,000 children to whom it applies (70 %). Next: all by 31 March 2020, 121 days left.",
        ),
        (at("2019-12-01", 0, 0, 0), "no child to count against the target."),
    ],
)
def test_the_sentence(status: TargetStatus, words: str) -> None:
    assert status_words(status) == words


def test_it_is_counted_from_what_the_record_shows() -> None:
    plain = standard_of("- {id: it, says: It is so, has: sdqs}")
    summary = StandardSummary(replace(plain, target=BOTH))
    summary.as_recorded.update(
        {
            Result.MET: 6,
            Result.NOT_MET: 2,
            Result.CANNOT_DECIDE: 1,
            Result.REFER_TO_AUDITOR: 1,
            Result.NOT_YET_DUE: 5,
            Result.NOT_APPLICABLE: 7,
        }
    )
    status = of_summary(summary, date(2019, 12, 1))
    assert status is not None
    assert (status.met, status.undecided, status.total, status.track) == (6, 2, 10, Track.BETWEEN)
    assert of_summary(StandardSummary(plain), date(2019, 12, 1)) is None
