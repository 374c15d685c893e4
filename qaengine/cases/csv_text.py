"""CSV as text: its headings, its places, and rows that have too few or too many cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING

from qaengine.cases.files import InputFile, text_of
from qaengine.cases.notes import case_data_error
from qaengine.model.problem import Problem

if TYPE_CHECKING:
    import polars as pl


def headings_of(file: InputFile) -> list[str]:
    """The cells of the first row, without the spaces around them; empty for an empty file.

    Raises InputError where the file is not UTF-8 text.
    """
    end = file.data.find(b"\n")
    first = InputFile(file.name, file.data if end < 0 else file.data[: end + 1])
    if b"\0" in first.data:
        raise case_data_error(Problem(file.name, 1, 1, "not a text file", "a null byte", "CSV"))
    try:
        rows = list(csv.reader(StringIO(text_of(first))))
    except csv.Error as error:
        raise case_data_error(Problem(file.name, 1, 0, f"not readable as CSV: {error}")) from None
    return [cell.strip() for cell in rows[0]] if rows else []


def check_shape(file: InputFile) -> None:
    """Every row has as many cells as there are headings, each of which stands once.

    Raises InputError with every row that has not, for then its cells may stand under the wrong headings.
    """
    text = text_of(file)
    headings = headings_of(file)
    twice = sorted({heading for heading in headings if headings.count(heading) > 1})
    problems = [
        Problem(file.name, 1, headings.index(heading) + 1, "the same heading twice", heading, "each heading once")
        for heading in twice
    ]
    try:
        for line, cells in _rows(text):
            if cells != len(headings):
                found, expected = f"{cells} cell{'s' * (cells != 1)}", f"{len(headings)}, as in the headings"
                problems.append(Problem(file.name, line, 1, "a row of another length", found, expected))
    except csv.Error as error:
        problems.append(Problem(file.name, 0, 0, f"not readable as CSV: {error}"))
    if problems:
        raise case_data_error(*problems)


def _rows(text: str) -> Iterator[tuple[int, int]]:
    """The line of each row and how many cells it has; empty lines are passed over."""
    if '"' not in text:
        for line, row in enumerate(text.split("\n"), 1):
            if row.rstrip("\r"):
                yield line, row.count(",") + 1
        return
    for line, cells in _quoted_rows(text):
        if cells:
            yield line, len(cells)


def _quoted_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader, line = csv.reader(StringIO(text, newline=""), strict=True), 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1


def line_of(file: InputFile, row: int) -> int:
    """The line on which a row begins; rows are counted from 0, below the headings, empty lines among them."""
    lines = (line for line, _ in _quoted_rows(text_of(file)))
    return next(islice(lines, row + 1, None))


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
