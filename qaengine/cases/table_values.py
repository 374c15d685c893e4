"""Whole columns of values as they were typed, made ready: what `values.py` does to one value, held equal by tests."""

from dataclasses import dataclass

import polars as pl

from qaengine.cases.tables import dtype_of
from qaengine.cases.values import (
    A_DATE,
    A_NUMBER,
    ISO_DATE,
    LIKE_A_DATE,
    MOST_WORDS,
    NO,
    TEXT,
    UNPRINTABLE,
    WHOLE_NUMBER,
    YES,
    YES_OR_NO,
)
from qaengine.model.calendar import EARLIEST, LATEST, SENTINELS
from qaengine.model.record import FieldSpec, Kind

MOST_CHARACTERS = {Kind.TEXT: 20_000, Kind.REF: 64, Kind.CODE: 64}


@dataclass(frozen=True, slots=True)
class Fault:
    """Values that a column cannot hold: which rows (Boolean), what is wrong, and what was expected."""

    rows: pl.Series
    message: str
    expected: str


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column ready for its frame, the words typed in its place, and the values that it cannot hold."""

    values: pl.Series
    words: pl.Series | None
    faults: tuple[Fault, ...]


def read_column(name: str, spec: FieldSpec, cells: pl.Series, keeps_words: bool) -> ReadColumn:
    """A column of one field, from text or from the type that a Parquet file gave it."""
    if cells.dtype != pl.String:
        return _read(name, spec, cells, keeps_words)
    fault = unprintable(cells)
    read = _read(name, spec, _without(cells, fault.rows), keeps_words)
    return ReadColumn(read.values, read.words, (*read.faults, fault))


def _read(name: str, spec: FieldSpec, cells: pl.Series, keeps_words: bool) -> ReadColumn:
    if spec.is_date:
        return _dates(cells)
    if spec.kind is Kind.NUMBER:
        return _numbers(cells, keeps_words)
    if spec.kind is Kind.YES_NO:
        return _yes_or_no(cells)
    return _texts(name, spec, cells)


def clean(cells: pl.Series) -> pl.Series:
    """Text without the spaces around it; null where nothing is left."""
    stripped = cells.str.strip_chars()
    return _without(stripped, stripped == "")


def _without(cells: pl.Series, rows: pl.Series) -> pl.Series:
    """The cells with those of some rows null; mostly there are none, and then nothing is copied."""
    return cells.set(rows, None) if rows.any() else cells


def _dates(cells: pl.Series) -> ReadColumn:
    if cells.dtype == pl.Date:
        return _believable(cells, None, ())
    if isinstance(cells.dtype, pl.Datetime):
        days = cells.dt.date()
        timed = (cells != days.cast(cells.dtype)).fill_null(False)
        return _believable(days, None, (Fault(timed, "a time of day beside the date", A_DATE),))
    if cells.dtype != pl.String:
        return _wrong_type(cells, pl.Date, "not a date", A_DATE)
    text = clean(cells)
    iso = text.str.contains(ISO_DATE).fill_null(False)
    days = text.set(~iso, None).str.to_date("%Y-%m-%d", strict=False)
    like = text.str.contains(LIKE_A_DATE).fill_null(False)
    words = text.set(like, None)
    faults = (
        Fault(iso & days.is_null(), "there is no such date", A_DATE),
        Fault(like & ~iso, "not a date that can be read", A_DATE),
        Fault((words.str.len_chars() > MOST_WORDS).fill_null(False), "too long for words in place of a date", A_DATE),
    )
    return _believable(days, words, faults)


def _believable(days: pl.Series, words: pl.Series | None, faults: tuple[Fault, ...]) -> ReadColumn:
    sentinel = days.is_in(sorted(SENTINELS)).fill_null(False)
    days = _without(days, sentinel)
    outside = ((days < EARLIEST) | (days > LATEST)).fill_null(False)
    return ReadColumn(days, words, (*faults, Fault(outside, "not a believable date", A_DATE)))


def _numbers(cells: pl.Series, keeps_words: bool) -> ReadColumn:
    if cells.dtype == pl.String:
        text = clean(cells)
        whole = text.str.contains(WHOLE_NUMBER).fill_null(False)
        values = text.set(~whole, None).str.strip_prefix("+").cast(pl.Int32)
        words = text.set(whole, None)
        if keeps_words:
            return ReadColumn(values, words, ())
        return ReadColumn(values, None, (Fault(words.is_not_null(), "not a number", A_NUMBER),))
    if not cells.dtype.is_numeric():
        return _wrong_type(cells, pl.Int32, "not a number", A_NUMBER)
    broken = (cells.cast(pl.Float64) % 1 != 0).fill_null(False)
    large = (cells.cast(pl.Float64).abs() > 999_999_999).fill_null(False)
    values = cells.set(broken | large, None).cast(pl.Int32)
    faults = (Fault(broken & ~large, "not a number", A_NUMBER), Fault(large, "not a believable number", A_NUMBER))
    return ReadColumn(values, None, faults)


def _yes_or_no(cells: pl.Series) -> ReadColumn:
    if cells.dtype == pl.Boolean:
        return ReadColumn(cells, None, ())
    if cells.dtype != pl.String:
        return _wrong_type(cells, pl.Boolean, "neither yes nor no", YES_OR_NO)
    word = clean(cells).str.to_lowercase()
    values = word.replace_strict({**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}, default=None)
    values = values.cast(pl.Boolean)
    return ReadColumn(values, None, (Fault(word.is_not_null() & values.is_null(), "neither yes nor no", YES_OR_NO),))


def _texts(name: str, spec: FieldSpec, cells: pl.Series) -> ReadColumn:
    if cells.dtype != pl.String:
        return _wrong_type(cells, dtype_of(name, spec.name), "not text", TEXT)
    text, most = clean(cells), MOST_CHARACTERS[spec.kind]
    if spec.codes:
        unknown = ~text.is_in(spec.codes) & text.is_not_null()
        return ReadColumn(
            text, None, (Fault(unknown, f"not a code of {spec.name}", "one of " + ", ".join(spec.codes)),)
        )
    long = (text.str.len_chars() > most).fill_null(False)
    return ReadColumn(text, None, (Fault(long, "too long", f"at most {most:,} characters"),))


def unprintable(text: pl.Series) -> Fault:
    """The rows with a character that cannot be printed."""
    return Fault(text.str.contains(UNPRINTABLE).fill_null(False), "a character that cannot be printed", TEXT)


def _wrong_type(cells: pl.Series, dtype: type[pl.DataType], message: str, expected: str) -> ReadColumn:
    """A column of another type: wrong wherever it is filled in."""
    empty = pl.Series(cells.name, [None] * len(cells), dtype=dtype)
    return ReadColumn(empty, None, (Fault(cells.is_not_null(), message, expected),))
