"""A share that is to be reached by and by: 70 % by the end of November, 100 % by the end of March."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Target:
    """So many per cent, from this date on."""

    by: date
    percent: int

    def __str__(self) -> str:
        return f"{self.percent} % by {self.by.day} {self.by:%B %Y}"


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Targets in the order of their dates."""

    targets: tuple[Target, ...]

    def due_at(self, as_at: date) -> Target | None:
        """The target that holds on a date: the last whose day has passed, for the day itself is still to do it in."""
        return next((target for target in reversed(self.targets) if target.by < as_at), None)

    def next_after(self, as_at: date) -> Target | None:
        """The first target whose day has not yet passed."""
        return next((target for target in self.targets if target.by >= as_at), None)

    def __str__(self) -> str:
        return ", ".join(map(str, self.targets))
