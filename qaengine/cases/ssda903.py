"""The SSDA903 return of looked-after children, as CSV files, straight into tables.

What is kept: the child's reference and date of birth, episodes, reviews, SDQs, missing episodes, placements for
adoption. Postcodes, UPNs, ethnicity and all else stay in the file. A value that cannot be read is left blank and
reported with its place; it never becomes another value.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from qaengine.cases.csv_text import cells_of_csv, headings_of, line_of
from qaengine.cases.files import InputFile
from qaengine.cases.notes import MOST_SHOWN, Note
from qaengine.cases.shape import companions, source_fields
from qaengine.cases.ssda903_tables import HEADER, TAKEN, Table, recognise
from qaengine.cases.tables import Tables
from qaengine.model.calendar import EARLIEST, LATEST, SENTINELS
from qaengine.model.problem import Problem

A_DATE = f"a date between {EARLIEST:%d/%m/%Y} and {LATEST:%d/%m/%Y}, written as 31/01/2019"
MOST_SCORE = 40  # SSDA903 guidance, SDQ_SCORE: a whole number from 0 to 40
CARRIED = {
    "child": ("born",),
    "episodes": ("started", "ended", "legal_status", "reason_started", "placement", "reason_ended"),
    "reviews": ("held", "kind", "participation"),
    "sdqs": ("year_ended", "score", "reason"),
    "missing_episodes": ("started", "ended"),
    "adoption_placements": ("placed", "ended"),
}
"""What the return says, by record type: an SDQ has no date, only the year for which it was given."""


@dataclass
class _Reading:
    """One table of the return: its rows, and what could not be read."""

    table: Table
    file: InputFile
    rows: pl.DataFrame
    unread: list[Problem]
    count: int = 0
    left: int = 0
    why: tuple[str, ...] = ()

    def note(self) -> Note:
        says = f"the table {self.table.name}" + "".join(f"; {reason}" for reason in self.why)
        unread = tuple(self.unread[:MOST_SHOWN])
        return Note(self.file.name, says, self.rows.height, self.left, unread, self.count)


def read_ssda903(files: Sequence[InputFile]) -> tuple[Tables, tuple[Note, ...], tuple[InputFile, ...]]:
    """The tables of a return, notes on every file, and the files that were read.

    The return's own date is the 31 March that ends its year. Raises InputError where a file is not CSV, where
    several files hold the same table and none bears its name, and where there is no table of children.
    """
    found = recognise(files)
    header = _once_each(_read(HEADER, found.files[HEADER.name]))
    child = header.rows.sort("CHILD").with_row_index("child").with_columns(pl.col("child").cast(pl.Int32))
    readings = [_of_known(_read(table, found.files[table.name]), child) for table in TAKEN if table.name in found.files]
    own_date = year_end({reading.table.name: reading.rows for reading in readings}.get("episodes"))
    frames = {"child": _finished("child", child.with_columns(id=pl.col("CHILD"), seq=pl.lit(0, dtype=pl.Int32)))}
    for reading in readings:
        frames[reading.table.becomes] = _records(reading, own_date)
    absent = {name: frozenset(source_fields(name)) - _with_words(name) for name in CARRIED}
    origin = "SSDA903 return" + (f" for the year ended {own_date:%d %B %Y}" if own_date else "")
    notes = (header.note(), *(reading.note() for reading in readings), *found.notes)
    return Tables(frames, absent, own_date, origin), notes, tuple(found.files.values())


def year_end(episodes: pl.DataFrame | None) -> date | None:
    """The 31 March that ends the return's year, from its episodes; None where they have no date.

    Every episode in a return was open in its year, so that its end, if it has one, lies in the year: the year in
    which most ends lie, whatever single dates say (the latest of two that tie). Without any end, the year of the
    latest start.
    """
    if episodes is None:
        return None
    for column, pick in (("ended", "most"), ("started", "last")):
        years = episodes.select(pl.col(column).drop_nulls().dt.offset_by("-3mo").dt.year() + 1).to_series()
        if len(years):
            counts = years.value_counts().sort("count", column, descending=True)
            year = counts[column][0] if pick == "most" else years.max()
            return date(int(str(year)), 3, 31)
    return None


def _read(table: Table, file: InputFile) -> _Reading:
    """The columns that are kept of a table; rows without a child's reference are left."""
    cells = cells_of_csv(file, table.columns)
    reading = _Reading(table, file, cells, [])
    made = [*_dates(reading), *_codes(reading), *_numbers(reading)]
    rows = pl.DataFrame([cells["?row"], cells["CHILD"], *made])
    return _leave(replace(reading, rows=rows), rows["CHILD"].is_null(), "without a child's reference")


def _dates(reading: _Reading) -> Iterable[pl.Series]:
    for name, heading in reading.table.dates.items():
        cells = reading.rows[heading]
        like = cells.str.contains(r"\A[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\z").fill_null(False)
        days = cells.set(~like, None).str.to_date("%d/%m/%Y", strict=False)
        days = days.set(days.is_in(sorted(SENTINELS)).fill_null(False), None)
        believed = days.set(((days < EARLIEST) | (days > LATEST)).fill_null(False), None)
        sentinel = cells.is_in([f"{day.day:02}/{day.month:02}/{day.year:04}" for day in SENTINELS]).fill_null(False)
        _report(reading, heading, cells, believed.is_null() & ~sentinel, A_DATE)
        yield believed.alias(name)


def _codes(reading: _Reading) -> Iterable[pl.Series]:
    for name, (heading, code) in reading.table.codes.items():
        cells = reading.rows[heading]
        wrong = ~cells.str.contains(code.pattern)
        _report(reading, heading, cells, wrong, code.says)
        yield cells.set(wrong.fill_null(False), None).alias(name)


def _numbers(reading: _Reading) -> Iterable[pl.Series]:
    for name, heading in reading.table.numbers.items():
        cells = reading.rows[heading]
        number = cells.set(~cells.str.contains(r"\A[0-9]{1,3}\z").fill_null(False), None).cast(pl.Int32)
        number = number.set((number > MOST_SCORE).fill_null(False), None)
        _report(reading, heading, cells, number.is_null(), f"a whole number from 0 to {MOST_SCORE}")
        yield number.alias(name)


def _report(reading: _Reading, heading: str, cells: pl.Series, wrong: pl.Series, expected: str) -> None:
    """Report the values that are filled in and cannot be read."""
    places = (wrong & cells.is_not_null()).fill_null(False).arg_true().to_list()
    if not places:
        return
    reading.count += len(places)
    column = headings_of(reading.file).index(heading) + 1
    for place in places[: MOST_SHOWN - len(reading.unread)]:
        line = line_of(reading.file, reading.rows["?row"][place])
        message = f"{heading} cannot be read and is left blank"
        reading.unread.append(Problem(reading.file.name, line, column, message, cells[place][:60], expected))


def _leave(reading: _Reading, rows: pl.Series, why: str) -> _Reading:
    """The reading without some rows, and why they are left."""
    count = int(rows.sum())
    if not count:
        return reading
    reasons = (*reading.why, f"{count:,} rows left {why}")
    return replace(reading, rows=reading.rows.filter(~rows), left=reading.left + count, why=reasons)


def _once_each(header: _Reading) -> _Reading:
    again = ~header.rows["CHILD"].is_first_distinct()
    return _leave(header, again, "for a child who is there already")


def _of_known(reading: _Reading, child: pl.DataFrame) -> _Reading:
    """The rows of children who are in the header, with each child's place."""
    rows = reading.rows.join(child.select("CHILD", "child"), on="CHILD", how="left", maintain_order="left")
    reading = replace(reading, rows=rows)
    return _leave(reading, rows["child"].is_null(), "of children who are not in the header")


def _records(reading: _Reading, own_date: date | None) -> pl.DataFrame:
    """The records of a table in the order of child and of the file, with ids made from their places."""
    name = reading.table.becomes
    seq = pl.int_range(pl.len(), dtype=pl.Int32).over("child")
    rows = reading.rows.sort("child", maintain_order=True).with_columns(seq=seq)
    digits = len(str(rows.select(pl.col("seq").max().fill_null(0) + 1).item()))
    place = (pl.col("seq") + 1).cast(pl.String).str.zfill(max(3, digits))
    rows = rows.with_columns(pl.concat_str(pl.lit(f"{name}-"), place).alias("id"))
    if name == "sdqs":
        rows = rows.with_columns(pl.lit(own_date, dtype=pl.Date).alias("year_ended"))
    if name == "reviews":
        rows = rows.with_columns(pl.lit("cla").alias("kind"))
    return _finished(name, rows)


def _with_words(name: str) -> frozenset[str]:
    pairs = companions(name)
    return frozenset(CARRIED[name]) | {pairs[field] for field in CARRIED[name] if field in pairs}


def _finished(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of the frame in their order; there are never words in place of a value."""
    words = [field for field in companions(name).values() if field in _with_words(name)]
    rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(field) for field in words)
    return rows.select("child", "seq", "id", *(field for field in source_fields(name) if field in _with_words(name)))
