"""Reading native tables: one CSV or Parquet file a record type, held to the catalogue column by column."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from qaengine.cases.csv_text import cells_of_csv, line_of
from qaengine.cases.cut_tables import without_idle
from qaengine.cases.files import InputFile
from qaengine.cases.native_folder import read_extract
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.raw.parquet_file import parquet_cells
from qaengine.cases.shape import CHILD, RECORD_TYPES, TYPES, companions, source_fields, typed_words
from qaengine.cases.table_values import Fault, clean, read_column, unprintable
from qaengine.cases.table_write import MADE_SAFE, NOT_CARRIED
from qaengine.cases.tables import Tables, dtype_of, nc
from qaengine.cases.values import shown
from qaengine.model.problem import ExitCode, InputError, Problem, nearest

MOST_PROBLEMS = 50
"""Problems of one kind in one column are listed up to this many; the last line counts the rest."""


def read_tables(files: Sequence[InputFile], extract: InputFile | None) -> tuple[Tables, tuple[Note, ...]]:
    """The tables of a folder, each file named for its record type.

    Raises InputError with every problem of every file.
    """
    problems: list[Problem] = []
    readings: dict[str, _TableReading] = {}
    for file in files:
        try:
            readings[file.stem] = _TableReading(file)
        except InputError as error:
            problems.extend(error.problems)
    about = read_extract(extract, problems)
    if CHILD.name not in {file.stem for file in files}:
        names = ", ".join(file.name for file in files)
        problems.append(Problem("", 0, 0, "the table of children is missing", names, "child.csv or child.parquet"))
    raise_if(problems + [problem for reading in readings.values() for problem in reading.problems])
    frames, absent = _assembled(readings)
    raise_if([problem for reading in readings.values() for problem in reading.problems])
    frames = without_idle(frames, absent)
    notes = tuple(Note(reading.file.name, "native table", taken=reading.frame.height) for reading in readings.values())
    return Tables(frames, absent, about.as_at, about.origin), notes


def raise_if(problems: Iterable[Problem]) -> None:
    """Raise InputError where there is a problem."""
    found = tuple(problems)
    if found:
        raise InputError(found, ExitCode.CASE_DATA)


class _TableReading:
    """One table: its columns made ready, and what is wrong with them."""

    def __init__(self, file: InputFile) -> None:
        self.file, self.name = file, file.stem
        self.problems: list[Problem] = []
        if self.name not in TYPES:
            message, near = "no record type of this name", nearest(file.stem, TYPES)
            raise case_data_error(Problem(file.name, 0, 0, message, file.stem, "", near))
        if TYPES[self.name].worked_out:
            message = f"{self.name} are worked out by the standards, and never given"
            raise case_data_error(Problem(file.name, 0, 0, message, expected="no such table"))
        cells = _cells_of(file)
        self._rows, self._cells = cells["?row"], cells.drop("?row")
        self._check_headings()
        self.frame = pl.DataFrame() if self.problems else self._read()

    @property
    def header_lacks(self) -> frozenset[str]:
        """The fields that the file has no column for."""
        return frozenset(source_fields(self.name)) - set(self.frame.columns)

    def _check_headings(self) -> None:
        name, fields = self.name, source_fields(self.name)
        known = {"child_id", NOT_CARRIED, *fields} | ({"id"} if name != CHILD.name else set())
        for place, heading in enumerate(self._cells.columns, 1):
            if heading in known:
                continue
            derived = heading in TYPES[name].fields and heading not in ("id", "child_id")
            message = f"no field of this name in {name}"
            if derived:
                message = f"{heading} is worked out from other records and has no column"
            near = "" if derived else nearest(heading, sorted(known))
            self.problems.append(Problem(self.file.name, 1, place, message, heading, "", near))
        if "child_id" not in self._cells.columns:
            self.problems.append(Problem(self.file.name, 1, 1, "the column child_id is missing", "", "child_id"))
        for words, date in typed_words(name).items():
            if words in self._cells.columns and date not in self._cells.columns:
                place = self._cells.columns.index(words) + 1
                self.problems.append(Problem(self.file.name, 1, place, "words without their date", words, date))

    def _read(self) -> pl.DataFrame:
        columns = {"child_id": self._reference("child_id")}
        if "id" in self._cells.columns:
            columns["id"] = self._reference("id", blank_is_made=True)
        for field in source_fields(self.name):
            if field in self._cells.columns and field not in columns:
                self._field(field, columns)
        flags = self._flags(columns)
        return pl.DataFrame([series.alias(field) for field, series in columns.items()]).with_columns(flags)

    def _reference(self, heading: str, blank_is_made: bool = False) -> pl.Series:
        cells = self._cells[heading]
        text = clean(cells if cells.dtype == pl.String else cells.cast(pl.String, strict=False))
        long = (text.str.len_chars() > 64).fill_null(False)
        faults = [unprintable(text), Fault(long, "too long", "at most 64 characters")]
        if not blank_is_made:
            faults.append(Fault(text.is_null(), "the child's reference is missing", heading))
        self._report(heading, faults)
        return text

    def _field(self, field: str, columns: dict[str, pl.Series]) -> None:
        """One field and, where the type keeps them, the words typed in its place."""
        spec, words = TYPES[self.name].fields[field], companions(self.name).get(field)
        read = read_column(self.name, spec, self._cells[field], words is not None)
        self._report(field, read.faults)
        columns[field] = read.values
        if words is None:
            return
        typed = pl.Series([None] * len(read.values), dtype=pl.String)
        if words in self._cells.columns:
            own = read_column(self.name, TYPES[self.name].fields[words], self._cells[words], False)
            self._report(words, own.faults)
            typed = own.values
            if spec.is_date:
                both = typed.is_not_null() & read.values.is_not_null()
                self._report(words, [Fault(both, "words beside a date", "one of the two")])
        if read.words is not None:
            typed = read.words.zip_with(read.words.is_not_null(), typed)
        columns[words] = typed

    def _flags(self, columns: Mapping[str, pl.Series]) -> list[pl.Series]:
        """A Boolean column for each field (and, of children, each record type) that some rows do not carry."""
        if NOT_CARRIED not in self._cells.columns:
            return []
        cells = self._cells[NOT_CARRIED]
        lists = clean(cells if cells.dtype == pl.String else cells.cast(pl.String)).fill_null("").str.split(" ")
        of_child = self.name == CHILD.name
        types = [name for name, record_type in RECORD_TYPES.items() if of_child and not record_type.worked_out]
        beside = set(companions(self.name).values())
        known = [field for field in columns if field not in ("id", "child_id") and field not in beside] + types
        named = set(lists.explode().drop_nulls().unique().to_list()) - {""}
        flags = {each: lists.list.contains(each).alias(nc(each)) for each in known if each in named}
        for each, flag in flags.items():
            if each in columns:
                self._report(each, [Fault(flag & columns[each].is_not_null(), "filled in, yet not carried", "blank")])
        for word in sorted(named - set(known)):
            rows = lists.list.contains(word)
            self._report(NOT_CARRIED, [Fault(rows, f"no such field: {word}", "names of columns, divided by spaces")])
        pairs = companions(self.name)
        doubled = [flag.alias(nc(pairs[each])) for each, flag in flags.items() if each in pairs]
        return [flag for flag in (*flags.values(), *doubled) if flag.any()]

    def _report(self, heading: str, faults: Sequence[Fault]) -> None:
        column = self._cells.columns.index(heading) + 1
        for fault in faults:
            places = fault.rows.arg_true().to_list()
            for place in places[:MOST_PROBLEMS]:
                self.problems.append(self._problem(place, column, heading, fault))
            if len(places) > MOST_PROBLEMS:
                more = f"{heading}: {fault.message}, in {len(places) - MOST_PROBLEMS:,} more rows"
                self.problems.append(Problem(self.file.name, self.line(places[MOST_PROBLEMS]), column, more))

    def _problem(self, place: int, column: int, heading: str, fault: Fault) -> Problem:
        value = self._cells[heading][place]
        codes = TYPES[self.name].fields[heading].codes if heading in TYPES[self.name].fields else ()
        near = nearest(str(value), codes) if codes else ""
        found = "" if value is None else shown(value)
        return Problem(
            self.file.name, self.line(place), column, f"{heading}: {fault.message}", found, fault.expected, near
        )

    def line(self, row: int) -> int:
        """The line of a row in a CSV file; the row, counted from 1, in a Parquet file."""
        raw: int = self._rows[row]
        return line_of(self.file, raw) if self.file.suffix == ".csv" else raw + 1

    def report_rows(self, heading: str, rows: pl.Series, message: str, expected: str) -> None:
        """Report what can be told only beside the other tables."""
        self._report(heading if heading in self._cells.columns else "child_id", [Fault(rows, message, expected)])


def _cells_of(file: InputFile) -> pl.DataFrame:
    """The cells of a file: text from CSV, typed from Parquet."""
    if file.suffix == ".csv":
        text = pl.col(pl.String)
        made_safe = pl.when(text.str.contains(MADE_SAFE))
        return cells_of_csv(file).with_columns(made_safe.then(text.str.slice(1)).otherwise(text).name.keep())
    return parquet_cells(file).with_row_index("?row")


def _assembled(readings: Mapping[str, _TableReading]) -> tuple[dict[str, pl.DataFrame], dict[str, frozenset[str]]]:
    """The frames of all the tables, by the children's places; problems stay with the readings."""
    child = readings[CHILD.name]
    order = child.frame.sort("child_id", maintain_order=True)
    twice = ~child.frame["child_id"].is_first_distinct()
    child.report_rows("child_id", twice, "the same child twice", "each child once")
    places = order.select("child_id", pl.int_range(pl.len(), dtype=pl.Int32).alias("child"))
    frames = {CHILD.name: _child_frame(order, readings)}
    absent = {CHILD.name: child.header_lacks}
    for name in RECORD_TYPES:
        if name not in readings:
            continue
        reading = readings[name]
        absent[name] = reading.header_lacks
        if nc(name) in order.columns:
            lacking = order.filter(pl.col(nc(name)))["child_id"]
            rows = reading.frame["child_id"].is_in(lacking.implode())
            reading.report_rows("child_id", rows, f"this child's file does not carry {name}", "no record")
        if places["child_id"].is_unique().all():
            frames[name] = _record_frame(reading, places)
    return frames, absent


def _child_frame(order: pl.DataFrame, readings: Mapping[str, _TableReading]) -> pl.DataFrame:
    keys = [
        pl.int_range(pl.len(), dtype=pl.Int32).alias("child"),
        pl.lit(0, dtype=pl.Int32).alias("seq"),
        pl.col("child_id").alias("id"),
    ]
    kept = [nc(name) for name in RECORD_TYPES if nc(name) in order.columns and name in readings]
    return order.select(*keys, *_field_columns(CHILD.name, order), *kept)


def _record_frame(reading: _TableReading, places: pl.DataFrame) -> pl.DataFrame:
    frame = reading.frame.join(places, on="child_id", how="left", maintain_order="left")
    reading.report_rows(
        "child_id", frame["child"].is_null(), "this child is not in the table of children", "a child_id"
    )
    if "id" not in frame.columns or frame["id"].has_nulls():
        made = pl.concat_str(pl.lit(f"{reading.name}-"), pl.int_range(1, pl.len() + 1).over("child_id"))
        frame = frame.with_columns(id=pl.col("id").fill_null(made) if "id" in frame.columns else made)
    twice = frame.select(~pl.struct("child_id", "id").is_first_distinct())
    reading.report_rows("id", twice.to_series(), f"the same {TYPES[reading.name].title} twice", "each id once")
    frame = frame.sort("child", "id", maintain_order=True)
    seq = pl.int_range(pl.len(), dtype=pl.Int32).over("child").alias("seq")
    return frame.select("child", seq, "id", *_field_columns(reading.name, frame))


def _field_columns(name: str, frame: pl.DataFrame) -> list[Any]:
    wanted = [each for field in source_fields(name) for each in (field, nc(field)) if each in frame.columns]
    return [pl.col(each) if each.endswith("?nc") else pl.col(each).cast(dtype_of(name, each)) for each in wanted]
