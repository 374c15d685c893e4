"""What a cell says, whatever the program that saved it made of it: words, a choice, a day.

Excel and LibreOffice turn "12" into a number, "true" into a truth value and a day into a count of days.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from qaengine.answers.form import folded
from qaengine.model.calendar import EARLIEST, LATEST
from qaengine.model.problem import nearest

MOST_TEXT = 10_000
A_DATE = "a date, such as 3 Oct 2019"
_MEANT = {
    "yes": ("met",),
    "y": ("yes", "met"),
    "ok": ("met",),
    "no": ("not met",),
    "n": ("no", "not met"),
    "n/a": ("not applicable",),
    "na": ("not applicable",),
    "unknown": ("not known",),
    "dontknow": ("not known",),
    "none": ("none seen",),
    "notseen": ("none seen",),
    "ri": ("requires improvement",),
}
_TYPED_DATES = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d/%m/%y")


class WrongCellError(Exception):
    """A cell that says nothing that could be meant here: the message, what was found, expected and nearest."""

    def __init__(self, message: str, found: str = "", expected: str = "", did_you_mean: str = "") -> None:
        super().__init__(message)
        self.message, self.found, self.expected, self.did_you_mean = message, found, expected, did_you_mean


def text_of(value: Any) -> str:
    """A cell as text, without the spaces around it and without what cannot be printed."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    lines = (
        "".join(letter if letter.isprintable() else " " for letter in line).strip() for line in str(value).splitlines()
    )
    return "\n".join(lines).strip()


def words(value: Any, longest: int = MOST_TEXT) -> str:
    """Free text. Raises WrongCellError where it is longer than `longest` characters."""
    text = text_of(value)
    if len(text) > longest:
        raise WrongCellError("too long", f"{len(text):,} characters", f"at most {longest:,}")
    return text


def choice(value: Any, answers: Sequence[str]) -> str:
    """The one of the answers that is meant, or empty text where none was given. Capitals and spaces do not matter.

    Raises WrongCellError where it is none of them.
    """
    known = {folded(answer): answer for answer in answers}
    if isinstance(value, bool) and {"yes", "no"} <= known.keys():
        return known["yes" if value else "no"]
    text = text_of(value)
    if not folded(text):
        return ""
    if folded(text) not in known:
        raise WrongCellError("not one of the answers", shown(text), one_of(answers), _meant(text[:100], known))
    return known[folded(text)]


def day(value: Any, from_1904: bool = False) -> date | None:
    """A day, or None where none was given. `from_1904`: how old Macintosh workbooks count the days.

    Raises WrongCellError for a date that was typed as text, and for a day that nobody could mean.
    """
    if isinstance(value, str):
        text = text_of(value)
        if text:
            raise WrongCellError("a date typed as text", shown(text), A_DATE, _date_meant(text))
        return None
    found = _day_of(value, date(1904, 1, 1) if from_1904 else date(1899, 12, 30))
    if found is None:
        raise WrongCellError("not a date", shown(text_of(value)), A_DATE)
    if not EARLIEST <= found <= LATEST:
        raise WrongCellError("not a believable date", found.isoformat(), A_DATE)
    return found


def shown(text: str) -> str:
    """Text as a problem shows it: in quotes, in one line, and never a whole page."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= 60 else f"'{line[:57]}...'"


def one_of(answers: Sequence[str]) -> str:
    """A list as it is said: "met, not met or not applicable"."""
    return " or ".join(part for part in (", ".join(answers[:-1]), answers[-1]) if part)


def _day_of(value: Any, first: date) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e6:
        return first + timedelta(days=int(value))
    return None


def _meant(text: str, known: dict[str, str]) -> str:
    usual = next((word for word in _MEANT.get(folded(text), ()) if folded(word) in known), "")
    return usual or known.get(nearest(folded(text), known), "")


def _date_meant(text: str) -> str:
    for style in _TYPED_DATES:
        with suppress(ValueError):
            return datetime.strptime(text, style).date().isoformat()  # noqa: DTZ007 - a day has no time zone
    return ""
