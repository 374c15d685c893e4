"""The sentence on where a standard stands against its targets."""

from qaengine.evaluate.explain.words import count, day
from qaengine.evaluate.target import TargetStatus, Track
from qaengine.model.trajectory import Target


def target_words(target: Target) -> str:
    """For instance "70 % by 30 November 2019"; all is said as all."""
    return f"{'all' if target.percent == 100 else f'{target.percent} %'} by {day(target.by)}"


def status_words(status: TargetStatus) -> str:
    """How it stands, by how much, how many more must meet it, and what comes next."""
    if status.track is Track.NOTHING or status.at_stake is None:
        return "no child to count against the target."
    stake = target_words(status.at_stake)
    more = f"{count(status.more, 'children')} more must meet it" if status.more != 1 else "1 child more must meet it"
    gap = f"{_points(status.points)}, and {more}"
    said = {
        Track.REACHED: f"reached: {stake}",
        Track.ON_TRACK: f"on track for {stake}: {gap}",
        Track.BEHIND: f"behind {stake}: {gap}",
        Track.BETWEEN: f"between reached and behind, as the undecided turn out: {stake}; {more} if none of them does",
    }[status.track]
    return f"{said}. {_share(status)}.{_next(status)}"


def _points(points: float) -> str:
    whole = round(points)
    if points and not whole:
        return "under 1 percentage point is missing"
    return "1 percentage point is missing" if whole == 1 else f"{whole} percentage points are missing"


def _share(status: TargetStatus) -> str:
    share = f"Met by {status.met:,} of {count(status.total, 'children')} to whom it applies"
    if status.total == 1:
        share = f"Met by {status.met:,} of 1 child to whom it applies"
    low, high = (100 * n / status.total for n in (status.met, status.met + status.undecided))
    if not status.undecided:
        return f"{share} ({low:.0f} %)"
    return f"{share} (between {low:.0f} and {high:.0f} %: {status.undecided:,} undecided)"


def _next(status: TargetStatus) -> str:
    if status.coming is None or status.days_left is None:
        return ""
    left = "today" if status.days_left == 0 else f"{count(status.days_left, 'days')} left"
    known = status.coming is status.at_stake
    return f" {left[:1].upper()}{left[1:]}." if known else f" Next: {target_words(status.coming)}, {left}."
