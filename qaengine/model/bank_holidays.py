"""Bank holidays of England and Wales, as the `holidays` package knows them.

Importing that package loads some four hundred modules and takes longer than evaluating forty children, so its answers
for the years that case files speak of are kept beside this module. They are written by `python -m
qaengine.model.bank_holidays`, a test holds every year to the package, and other years are asked of the package itself.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

KEPT = Path(__file__).with_name("bank_holidays.txt")
YEARS = range(1990, 2041)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in a year."""
    return _kept()[year] if year in _kept() else from_package(year)


def from_package(year: int) -> frozenset[date]:
    """The same, asked of the package."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


@cache
def _kept() -> Mapping[int, frozenset[date]]:
    """One line a year: the year, then month-day of each holiday."""
    years = {}
    for line in KEPT.read_text(encoding="ascii").splitlines():
        year, *days = line.split()
        years[int(year)] = frozenset(date.fromisoformat(f"{year}-{day}") for day in days)
    return years


def written() -> str:
    """What the kept file should say."""
    lines = []
    for year in YEARS:
        days = " ".join(day.strftime("%m-%d") for day in sorted(from_package(year)))
        lines.append(f"{year} {days}\n")
    return "".join(lines)


if __name__ == "__main__":
    KEPT.write_text(written(), encoding="ascii")
