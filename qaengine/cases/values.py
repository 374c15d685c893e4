"""One value as it was typed, made ready for the models: the leniency that people's files need, and no more.

Blank text is blank. A date typed as words is kept as words beside an empty date; text that looks like a date but
is not one is refused, and so is a date that cannot be believed; the dates that systems write for "no date" are
missing. A number typed as words is kept as words where the type has a field for them.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qaengine.model.calendar import EARLIEST, LATEST, SENTINELS
from qaengine.model.casefile import Value
from qaengine.model.record import FieldSpec, Kind

ISO_DATE = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z"
LIKE_A_DATE = r"\A[0-9]{1,4} *[-/.] *[0-9]{1,2} *[-/.] *[0-9]{1,4}([T ]+[0-9]{1,2}:[0-9:.]*Z?)?\z"
WHOLE_NUMBER = r"\A[-+]?[0-9]{1,9}\z"
UNPRINTABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
"""Patterns used on single values and on columns: written so that Python and Polars read them alike."""

MOST_WORDS = 200
"""The most characters that are kept as words in place of a date."""

YES, NO = frozenset({"yes", "true"}), frozenset({"no", "false"})
A_DATE = f"a date between {EARLIEST} and {LATEST}, written as 2019-01-31"
A_NUMBER = "a whole number"
YES_OR_NO = "yes or no"
TEXT = "text"

_ISO_DATE = re.compile(ISO_DATE.replace(r"\z", r"\Z"))
_LIKE_A_DATE = re.compile(LIKE_A_DATE.replace(r"\z", r"\Z"))
_WHOLE_NUMBER = re.compile(WHOLE_NUMBER.replace(r"\z", r"\Z"))
_UNPRINTABLE = re.compile(UNPRINTABLE[:-1] + r"\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Read:
    """A value ready for its model, and the words that were typed in its place."""

    value: Value = None
    words: str | None = None


class UnreadableError(Exception):
    """A value that its field cannot hold: what is wrong, what was found, and what was expected."""

    def __init__(self, message: str, found: str, expected: str) -> None:
        super().__init__(message)
        self.message, self.found, self.expected = message, found, expected


def read_value(spec: FieldSpec, value: Any, keeps_words: bool) -> Read:
    """A value of one field. `keeps_words` says that the words typed in its place have a field of their own.

    Raises UnreadableError.
    """
    if isinstance(value, str):
        value = _text(value)
    if value is None:
        return Read()
    if spec.is_date:
        return _read_date(value)
    if spec.kind is Kind.NUMBER:
        return _read_number(value, keeps_words)
    if spec.kind is Kind.YES_NO:
        return Read(_yes_or_no(value))
    if not isinstance(value, str):
        raise UnreadableError("not text", shown(value), f"{TEXT} (put it in quotes)")
    return Read(value)


def shown(value: Any) -> str:
    """A value as it is shown in a problem: short, and never a whole document."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    text = ascii(value)[1:-1] if isinstance(value, str) and not value.isprintable() else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _text(value: str) -> str | None:
    """Text without the spaces around it; None when nothing is left."""
    if _UNPRINTABLE.search(value):
        raise UnreadableError("a character that cannot be printed", shown(value), TEXT)
    return value.strip() or None


def _read_date(value: Any) -> Read:
    if isinstance(value, str):
        if _ISO_DATE.match(value):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                raise UnreadableError("there is no such date", value, A_DATE) from None
        elif _LIKE_A_DATE.match(value):
            raise UnreadableError("not a date that can be read", shown(value), A_DATE)
        elif len(value) > MOST_WORDS:
            raise UnreadableError("too long for words in place of a date", shown(value), A_DATE)
        else:
            return Read(words=value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise UnreadableError("not a date", shown(value), A_DATE)
    if value in SENTINELS:
        return Read()
    if not EARLIEST <= value <= LATEST:
        raise UnreadableError("not a believable date", str(value), A_DATE)
    return Read(value)


def _read_number(value: Any, keeps_words: bool) -> Read:
    if isinstance(value, str):
        if _WHOLE_NUMBER.match(value):
            return Read(int(value))
        if keeps_words:
            return Read(words=value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnreadableError("not a number", shown(value), A_NUMBER)
    if abs(value) > 999_999_999:
        raise UnreadableError("not a believable number", str(value), A_NUMBER)
    return Read(value)


def _yes_or_no(value: Any) -> bool:
    word = value.casefold() if isinstance(value, str) else value
    if isinstance(word, bool):
        return word
    if isinstance(word, str) and (word in YES or word in NO):
        return word in YES
    raise UnreadableError("neither yes nor no", shown(value), YES_OR_NO)
