"""CSV as text: its headings, its places, and rows that have too few or too many cells.

A file is never made into lists of text as a whole: what a council sends may be large, and what somebody made to do harm
larger.
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from io import BytesIO, TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING

from qaengine.cases.files import InputFile, text_of
from qaengine.cases.notes import MOST_SHOWN, case_data_error
from qaengine.cases.raw.table import MOST_CELL, MOST_CELLS, MOST_COLUMNS
from qaengine.model.problem import Problem

if TYPE_CHECKING:
    import polars as pl

csv.field_size_limit(MOST_CELL)


def headings_of(file: InputFile) -> list[str]:
    """The cells of the first row, without the spaces around them; empty for an empty file.

    Raises InputError where the file is not UTF-8 text, or its first row is none that anyone wrote.
    """
    end = file.data.find(b"\n")
    first = InputFile(file.name, file.data if end < 0 else file.data[: end + 1])
    if b"\0" in first.data:
        raise case_data_error(Problem(file.name, 1, 1, "not a text file", "a null byte", "CSV"))
    check_cells(first)
    columns = first.data.count(b",") + 1
    if columns > MOST_COLUMNS and b'"' not in first.data:
        raise case_data_error(too_many_columns(file.name, 1, columns))
    text_of(first)
    try:
        cells = next(iter(csv.reader(lines(first))), [])
    except csv.Error as error:
        raise case_data_error(Problem(file.name, 1, 0, said(error))) from None
    if len(cells) > MOST_COLUMNS:
        raise case_data_error(too_many_columns(file.name, 1, len(cells)))
    return [cell.strip() for cell in cells]


def too_many_columns(name: str, line: int, columns: int) -> Problem:
    """The problem of a table that is wider than any that a person made."""
    return Problem(name, line, 0, f"{columns:,} columns", expected=f"at most {MOST_COLUMNS:,}: delete the empty ones")


def check_cells(file: InputFile) -> None:
    """No cell is longer than any that a person typed.

    Looked for before anything is made of the bytes: whoever writes so much between two dividers has a whole stretch of
    the file without any. Raises InputError.
    """
    stretch = MOST_CELL // 2
    for start in range(0, len(file.data) - stretch, stretch):
        end = start + stretch
        if all(file.data.find(mark, start, end) < 0 for mark in (b",", b"\n", b"\r", b";", b"\t", b"|")):
            line = file.data.count(b"\n", 0, start) + 1
            message = f"a cell of over {stretch:,} characters"
            raise case_data_error(Problem(file.name, line, 0, message, expected=f"at most {stretch:,}"))


def lines(file: InputFile) -> TextIOWrapper:
    """The lines of a file that is UTF-8, as the reader of CSV wants them."""
    return TextIOWrapper(BytesIO(file.data), "utf-8-sig", newline="")


def said(error: csv.Error) -> str:
    """What is wrong with CSV, for somebody who need not know the reader's own words."""
    text = str(error)
    if "field limit" in text:
        return f"a cell of over {MOST_CELL:,} characters: perhaps a quotation mark is never closed"
    if "new-line character" in text:
        return "not readable as CSV: a line that ends in a carriage return among others that do not"
    return f"not readable as CSV: {text}"


def check_shape(file: InputFile) -> None:
    """Every row has as many cells as there are headings, each of which stands once.

    Raises InputError with every row that has not, for then its cells may stand under the wrong headings.
    """
    headings = headings_of(file)
    check_cells(file)
    text_of(file)
    twice = sorted({heading for heading in headings if headings.count(heading) > 1})
    problems = [
        Problem(file.name, 1, headings.index(heading) + 1, "the same heading twice", heading, "each heading once")
        for heading in twice
    ]
    more, last = 0, 0
    try:
        for line, cells in _rows(file):
            if cells == len(headings):
                continue
            if len(problems) >= MOST_SHOWN:
                more, last = more + 1, line
                continue
            found, expected = f"{cells:,} cell{'s' * (cells != 1)}", f"{len(headings)}, as in the headings"
            problems.append(Problem(file.name, line, 1, "a row of another length", found, expected))
    except csv.Error as error:
        problems.append(Problem(file.name, 0, 0, said(error)))
    if more:
        problems.append(Problem(file.name, last, 1, f"and {more:,} more rows of another length, this one the last"))
    if problems:
        raise case_data_error(*problems)


def _rows(file: InputFile) -> Iterator[tuple[int, int]]:
    """The line of each row and how many cells it has; empty lines are passed over."""
    if b'"' not in file.data:
        for line, row in enumerate(BytesIO(file.data.removeprefix(BOM_UTF8)), 1):
            if row.rstrip(b"\r\n"):
                yield line, row.count(b",") + 1
        return
    for line, cells in _quoted_rows(file):
        if cells:
            yield line, len(cells)


def _quoted_rows(file: InputFile) -> Iterator[tuple[int, list[str]]]:
    reader, line = csv.reader(lines(file), strict=True), 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def all_rows(file: InputFile) -> list[list[str]]:
    """Every row, whatever its length. Raises InputError where it is no CSV, or holds more cells than any list."""
    check_cells(file)
    text_of(file)
    rows: list[list[str]] = []
    cells = 0
    known: dict[str, str] = {}
    try:
        for row in csv.reader(lines(file)):
            cells += len(row)
            if len(row) > MOST_COLUMNS:
                raise case_data_error(too_many_columns(file.name, len(rows) + 1, len(row)))
            if cells > MOST_CELLS:
                message, expected = "more cells than any list of children", f"at most {MOST_CELLS:,}"
                raise case_data_error(Problem(file.name, len(rows) + 1, 0, message, expected=expected))
            rows.append([known.setdefault(cell, cell) for cell in row])
    except csv.Error as error:
        raise case_data_error(Problem(file.name, 0, 0, said(error))) from None
    return rows


def line_of(file: InputFile, row: int) -> int:
    """The line on which a row begins; rows are counted from 0, below the headings, empty lines among them."""
    begun = (line for line, _ in _quoted_rows(file))
    return next(islice(begun, row + 1, None))


def cells_of_csv(file: InputFile, headings: Sequence[str] | None = None) -> pl.DataFrame:
    """The cells of a CSV file as text, of all columns or those named; blank cells are null, empty rows left out.

    A column `?row` says which row of the file each is: what `line_of` takes. Raises InputError.
    """
    import polars as pl

    check_shape(file)
    places = None if headings is None else [headings_of(file).index(heading) for heading in headings]
    try:
        cells = pl.read_csv(BytesIO(file.data), columns=places, infer_schema=False, row_index_name="?row")
    except pl.exceptions.PolarsError as error:
        message = f"not readable as CSV: {str(error).splitlines()[0]}"
        raise case_data_error(Problem(file.name, 0, 0, message)) from None
    text = pl.col(pl.String).str.strip_chars()
    cells = cells.rename(lambda heading: heading.strip()).with_columns(pl.when(text != "").then(text).name.keep())
    return cells.filter(~pl.all_horizontal(pl.col(pl.String).is_null()))
