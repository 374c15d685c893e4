"""Periods of time, as practice speaks of them: a whole number of days, working days, weeks, months or years."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """The unit of a period. Weeks, months and years are calendar ones; working days leave out bank holidays."""

    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_PERIOD = re.compile(r"(\d{1,4}) +(working days?|days?|weeks?|months?|years?)")


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time, such as `12 months` or `45 working days`."""

    n: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.n < 0:
            raise ValueError("a period is not negative")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `45 working days`. Raises ValueError, saying what was expected."""
        match = _PERIOD.fullmatch(text.strip())
        if match is None:
            raise ValueError("a period such as 12 months, 10 working days, 6 weeks, 42 days or 2 years")
        unit = match[2] if match[2].endswith("s") else match[2] + "s"
        return cls(int(match[1]), Unit(unit))

    @property
    def months(self) -> int | None:
        """The period in months, if it is one of months or years."""
        if self.unit is Unit.MONTHS:
            return self.n
        return 12 * self.n if self.unit is Unit.YEARS else None

    @property
    def days(self) -> int | None:
        """The period in days, if it is one of days or weeks."""
        if self.unit is Unit.DAYS:
            return self.n
        return 7 * self.n if self.unit is Unit.WEEKS else None

    @property
    def measured_in(self) -> str:
        """The unit in which a distance is measured against this period: working days, or days."""
        return "working days" if self.unit is Unit.WORKING_DAYS else "days"

    def __str__(self) -> str:
        unit = self.unit.value
        return f"{self.n} {unit[:-1] if self.n == 1 else unit}"
