"""Where a standard stands against its targets: how many of the children meet it, of how many, and by when it was to be.

A child of whom it cannot be decided never counts as met. Where such children could tip it, that is said instead. The
day of a target belongs to whoever has to reach it: behind begins on the day after.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qaengine.evaluate.summary import StandardSummary
from qaengine.model.result import Result
from qaengine.model.trajectory import Target, Trajectory


class Track(StrEnum):
    """How the cohort stands."""

    REACHED = "reached"  # the target to come is met already, or the last one is
    ON_TRACK = "on track"  # every target whose date has passed is met
    BEHIND = "behind"
    BETWEEN = "between"  # behind or not, as the undecided turn out
    NOTHING = "nothing to measure"  # no child is decided or undecided


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """A cohort against a trajectory.

    `due` is the latest target whose date has passed, `coming` the next, which is `days_left` away. `at_stake` is the
    one that `more` and `points` speak of: so many more children must meet it, and so many percentage points are
    missing while the undecided are counted as not met.
    """

    track: Track
    met: int
    undecided: int
    total: int
    due: Target | None
    coming: Target | None
    at_stake: Target | None
    days_left: int | None
    more: int
    points: float


def needed(target: Target, total: int) -> int:
    """How many of the children must meet it: never fewer than the per cent says."""
    return -(-target.percent * total // 100)


def against(trajectory: Trajectory, as_at: date, met: int, undecided: int, total: int) -> TargetStatus:
    """Where a cohort stands at the end of a day. `total` are those met, not met and undecided together."""
    due = trajectory.due_at(as_at)
    coming = trajectory.next_after(as_at)
    track = _track(due, coming, met, undecided, total)
    at_stake = due if track in (Track.BEHIND, Track.BETWEEN) else coming or due
    more = max(needed(at_stake, total) - met, 0) if at_stake else 0
    points = max(at_stake.percent - 100 * met / total, 0.0) if at_stake and total else 0.0
    left = (coming.by - as_at).days if coming else None
    return TargetStatus(track, met, undecided, total, due, coming, at_stake, left, more, points)


def _track(due: Target | None, coming: Target | None, met: int, undecided: int, total: int) -> Track:
    if not total:
        return Track.NOTHING
    if due and met < needed(due, total):
        return Track.BETWEEN if met + undecided >= needed(due, total) else Track.BEHIND
    last = coming or due
    return Track.REACHED if last and met >= needed(last, total) else Track.ON_TRACK


def of_summary(summary: StandardSummary, as_at: date) -> TargetStatus | None:
    """Where the children counted stand against the target of their standard; None where it has none."""
    trajectory, counts = summary.standard.target, summary.as_recorded
    if trajectory is None:
        return None
    undecided = counts[Result.CANNOT_DECIDE] + counts[Result.REFER_TO_AUDITOR]
    return against(trajectory, as_at, counts[Result.MET], undecided, summary.decided + undecided)
