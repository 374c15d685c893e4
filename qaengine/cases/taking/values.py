"""Columns of text made into values: dates, codes, numbers, yes or no, references.

Each reader of values gives a column of values, says which cells are filled in and cannot be read, and what was
expected there. What cannot be read is blank: it never becomes another value. What a system writes for "nothing" is
blank too, and no fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from qaengine.cases.values import UNPRINTABLE
from qaengine.model.calendar import EARLIEST, LATEST, SENTINELS

NOTHING = frozenset(
    {
        "placeholder_data",
        "#n/a",
        "n/a",
        "null",
        "nan",
        "nat",
        "(null)",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#null!",
    }
)
"""What systems and spreadsheets write where there is nothing, in small letters."""

NOT_KNOWN = frozenset(
    {"unknown", "not known", "not recorded", "not stated", "not stated/recorded", "not applicable", "na", "-"}
)
"""What people write where they do not know, in small letters: as good as blank."""

SHORT = "at most 64 characters"

PREFIX = r"\A[A-Za-z]{1,2}\d?\)\s*"
"""The letter that Annex A puts before a code: `a) Yes`, `zz) T4`."""


@dataclass(frozen=True, slots=True)
class Values:
    """A column of values; `wrong` is true for the cells that are filled in and cannot be read; `expected` says what
    would be. `words` are those kept beside an empty date. What is wrong in a `secret` column is counted, never shown:
    it may be a name."""

    values: pl.Series
    wrong: pl.Series
    expected: str
    words: pl.Series | None = None
    secret: bool = False


class Reads(Protocol):
    """Makes values of text."""

    def __call__(self, cells: pl.Series) -> Values: ...


def present(cells: pl.Series) -> pl.Series:
    """The cells without those that stand for nothing."""
    return cells.set(cells.str.to_lowercase().is_in(sorted(NOTHING)).fill_null(False), None)


_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?(?: ?Z| ?[+-]\d{2}:?\d{2})?)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = rf"\A(\d{{4}})[-/.](\d{{2}})[-/.](\d{{2}}){_TIME}\z"
_DAY_FIRST = rf"\A(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TIME}\z"
_MONTH_NAMED = rf"\A(\d{{1,2}})(?:st|nd|rd|th)?[-/ .,]+([A-Za-z]{{3,9}})[-/ .,]+(\d{{4}}){_TIME}\z"
_SERIAL = r"\A[1-9]\d{4}(?:\.\d+)?\z"


@dataclass(frozen=True, slots=True)
class Day:
    """A date. The format's own order of day and month comes first; a year that stands first is never ambiguous.

    `order` is "year" (2019-01-31 alone), "day" (31/01/2019), "month" (01/31/2019), or "untold": then a date that may be
    read both ways is reported. `named` months, Excel's `serials` and dates with the year first are read where allowed.
    A column in day order in which more dates can be read only with the month first than only with the day first is not
    what it says it is, and its ambiguous dates are reported.
    """

    order: str = "day"
    loose: bool = False
    keeps_words: bool = False

    @property
    def expected(self) -> str:
        example = {"year": "2019-01-31", "day": "31/01/2019", "month": "01/31/2019", "untold": "2019-01-31"}[self.order]
        shape = "%d/%m/%Y" if self.order == "day" else "%Y-%m-%d"
        return f"a date between {EARLIEST:{shape}} and {LATEST:{shape}}, written as {example}"

    def __call__(self, cells: pl.Series) -> Values:
        cells = present(cells)
        days = self._plain(cells)
        if self.loose or self.order == "untold":
            rest = cells.set(days.is_not_null(), None)
            if rest.null_count() < len(rest):
                days = days.zip_with(days.is_not_null(), self._loose(rest))
        sentinel = days.is_in(sorted(SENTINELS)).fill_null(False)
        days = days.set(((days < EARLIEST) | (days > LATEST)).fill_null(False), None)
        wrong = cells.is_not_null() & days.is_null() & ~sentinel
        if not self.keeps_words:
            return Values(days, wrong, self.expected)
        short = cells.str.len_chars() <= 200
        worded = (wrong & short & ~cells.str.contains(r"\d{2,}")).fill_null(False)
        dated = (wrong & cells.str.contains(r"\A[\d/.\- :]{4,20}\z")).fill_null(False)
        return Values(days, wrong & ~worded, self.expected, cells.set(~(worded | dated), None))

    def _plain(self, cells: pl.Series) -> pl.Series:
        """The dates in the format's own form."""
        if self.order == "year":
            return _made(cells, _YEAR_FIRST if self.loose else rf"\A(\d{{4}})-(\d{{2}})-(\d{{2}}){_TIME}\z", (1, 2, 3))
        if self.order == "untold":
            return pl.Series([None] * len(cells), dtype=pl.Date)
        strict = r"\A(\d{1,2})/(\d{1,2})/(\d{4})\z"
        pattern = _DAY_FIRST if self.loose else strict
        if self.order == "month":
            return _made(cells, pattern, (3, 1, 2))
        days = _made(cells, pattern, (3, 2, 1))
        return days if not self.loose else self._watched(cells, days)

    def _watched(self, cells: pl.Series, days: pl.Series) -> pl.Series:
        """The same, without the ambiguous dates of a column that looks as if the month came first."""
        month_first = _made(cells, _DAY_FIRST, (3, 1, 2))
        only_month = int((month_first.is_not_null() & days.is_null()).sum())
        only_day = int((days.is_not_null() & month_first.is_null()).sum())
        if only_month <= only_day:
            return days
        return days.set(month_first.is_not_null() & (month_first != days).fill_null(False), None)

    def _loose(self, cells: pl.Series) -> pl.Series:
        """Dates in any form that can be read in one way only."""
        found = _made(cells, _YEAR_FIRST, (1, 2, 3))
        found = found.zip_with(found.is_not_null(), _named(cells))
        found = found.zip_with(found.is_not_null(), _serials(cells))
        if self.order == "untold":
            day, month = _made(cells, _DAY_FIRST, (3, 2, 1)), _made(cells, _DAY_FIRST, (3, 1, 2))
            sure = day.set((month.is_not_null() & (month != day)).fill_null(False), None)
            sure = sure.zip_with(sure.is_not_null(), month.set(day.is_not_null(), None))
            found = found.zip_with(found.is_not_null(), sure)
        return found


def _made(cells: pl.Series, pattern: str, order: tuple[int, int, int]) -> pl.Series:
    """Dates from a pattern with three groups, which `order` names as year, month and day."""
    parts = [cells.str.extract(pattern, group) for group in order]
    text = pl.select(pl.concat_str(parts[0], parts[1].str.zfill(2), parts[2].str.zfill(2), separator="-")).to_series()
    return text.str.to_date("%Y-%m-%d", strict=False)


def _named(cells: pl.Series) -> pl.Series:
    """Dates with the month in letters."""
    month = cells.str.extract(_MONTH_NAMED, 2).str.to_lowercase()
    full = (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    )
    words = {
        **{name: f"{n:02}" for n, name in enumerate(_MONTHS, 1)},
        **{name: f"{n:02}" for n, name in enumerate(full, 1)},
        "sept": "09",
    }
    number = month.replace_strict(words, default=None, return_dtype=pl.String)
    text = pl.select(
        pl.concat_str(
            cells.str.extract(_MONTH_NAMED, 3), number, cells.str.extract(_MONTH_NAMED, 1).str.zfill(2), separator="-"
        )
    ).to_series()
    return text.str.to_date("%Y-%m-%d", strict=False)


def _serials(cells: pl.Series) -> pl.Series:
    """Excel's day numbers, counted from 30 December 1899; a part of a day is a time and falls away."""
    number = cells.set(~cells.str.contains(_SERIAL).fill_null(False), None).str.extract(r"\A(\d+)").cast(pl.Int32)
    return (number - 25_569).cast(pl.Date)


@dataclass(frozen=True, slots=True)
class Code:
    """A code by its pattern, taken as it is written in capitals; `says` is what a code looks like.

    `within` finds the code at the beginning of words that explain it (`a) U4: Foster placement`).
    """

    pattern: str
    says: str
    within: bool = False

    def __call__(self, cells: pl.Series) -> Values:
        cells = present(cells)
        text = cells.str.replace(PREFIX, "") if self.within else cells
        text = (
            text.set(text.str.to_lowercase().is_in(sorted(NOT_KNOWN)).fill_null(False), None) if self.within else text
        )
        ending = r"(?:\z|[\s:–—-])" if self.within else r"\z"
        code = text.str.extract(rf"\A({self.pattern}){ending}", 1)
        return Values(code, text.is_not_null() & code.is_null(), self.says)


def one_of(*codes: str) -> Code:
    """A code that is one of some."""
    return Code("|".join(codes), "one of " + ", ".join(codes))


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand for a code of ours, whatever their capitals and whatever letter stands before them.

    `means` gives our code for each; where it gives an empty text, the words are known and say nothing of use.
    """

    means: Mapping[str, str]
    says: str = ""
    begins: bool = False  # the cell may go on after the word: "1A: Individual"

    def __call__(self, cells: pl.Series) -> Values:
        cells = present(cells)
        text = cells.str.replace(PREFIX, "").str.to_lowercase().str.strip_chars()
        text = text.set(text.is_in(sorted(NOT_KNOWN)).fill_null(False), None)
        known = {word.lower(): code for word, code in self.means.items()}
        code = text.replace_strict(known, default=None, return_dtype=pl.String)
        if self.begins:
            first = text.str.extract(r"\A([^\s:–—-]+)", 1)
            code = code.fill_null(first.replace_strict(known, default=None, return_dtype=pl.String))
        wrong = text.is_not_null() & code.is_null()
        return Values(
            code.set((code == "").fill_null(False), None), wrong, self.says or "one of " + ", ".join(self.means)
        )


_YES = ("yes", "y", "true", "t", "1")
_NO = ("no", "n", "false", "f", "0")


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no, in the ways in which systems write it; `opposite` where the heading asks the opposite, `yes_alone`
    where no answers another question."""

    opposite: bool = False
    yes_alone: bool = False

    def __call__(self, cells: pl.Series) -> Values:
        cells = present(cells)
        text = cells.str.replace(PREFIX, "").str.to_lowercase().str.strip_chars()
        text = text.set(text.is_in(sorted(NOT_KNOWN)).fill_null(False), None)
        yes, no = text.is_in(_YES).fill_null(False), text.is_in(_NO).fill_null(False)
        wrong = text.is_not_null() & ~yes & ~no
        value = yes.set(~yes & (~no | self.yes_alone), None)
        return Values(~value if self.opposite else value, wrong, "yes or no")


@dataclass(frozen=True, slots=True)
class YesNoWords:
    """Words of a list's own that stand for yes or no."""

    words: Words

    def __call__(self, cells: pl.Series) -> Values:
        read = self.words(cells)
        return Values((read.values == "yes"), read.wrong, read.expected)


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number in a range; 12.0 is twelve. Words typed in its place are kept where the field has a place for
    them."""

    least: int
    most: int
    keeps_words: bool = False

    def __call__(self, cells: pl.Series) -> Values:
        cells = present(cells)
        digits = cells.str.extract(r"\A(\d{1,9})(?:\.0+)?\z", 1).cast(pl.Int64)
        number = digits.set(((digits < self.least) | (digits > self.most)).fill_null(False), None).cast(pl.Int32)
        wrong = cells.is_not_null() & number.is_null()
        expected = f"a whole number from {self.least} to {self.most}"
        if not self.keeps_words:
            return Values(number, wrong, expected)
        worded = wrong & ~cells.str.contains(r"\A[-+]?\d+([.,]\d*)?\z").fill_null(True) & (cells.str.len_chars() <= 200)
        return Values(number, wrong & ~worded, expected, cells.set(~worded, None))


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference: of a child, a record, a team. Never longer than 64 characters.

    With `no_names`, only what looks like a reference is one, for people write names where a reference should be: it
    has a digit in it and no space.
    """

    no_names: bool = False

    def __call__(self, cells: pl.Series) -> Values:
        cells = present(cells)
        bad = (cells.str.len_chars() > 64) | cells.str.contains(UNPRINTABLE)
        if self.no_names:
            bad = bad | ~cells.str.contains(r"\A[^\s]*\d[^\s]*\z")
        bad = bad.fill_null(False)
        expected = "names are never kept, only references with a digit and no spaces" if self.no_names else SHORT
        return Values(cells.set(bad, None), bad, expected, secret=self.no_names)


@dataclass(frozen=True, slots=True)
class Text:
    """Text as it is, up to a length."""

    most: int = 20_000

    def __call__(self, cells: pl.Series) -> Values:
        cells = present(cells)
        bad = ((cells.str.len_chars() > self.most) | cells.str.contains(UNPRINTABLE)).fill_null(False)
        return Values(cells.set(bad, None), bad, f"text of at most {self.most:,} characters")
