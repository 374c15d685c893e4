"""Parquet, as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import polars as pl

from qaengine.cases.files import InputFile
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.foreign import DamagedError, guarded
from qaengine.cases.raw.parquet_footer import check_footer
from qaengine.cases.raw.table import MOST_CELL, ROW, Raw, blanked
from qaengine.model.problem import Problem

MOST_READ = 20_000_000
"""Cells of the columns that are read: a table of two million rows."""

MOST_TEXT = 200_000_000
"""Characters of all cells together: a file may name one text a million times."""


def _unreadable(file: InputFile, error: Exception) -> Problem:
    return Problem(file.name, 0, 0, f"not readable as Parquet: {str(error).splitlines()[0]}")


def parquet_headings(file: InputFile) -> list[str]:
    """The names of the columns. Raises InputError where the file is not Parquet."""
    return list(_schema(file))


def _schema(file: InputFile) -> dict[str, pl.DataType]:
    check_footer(file)
    try:
        with guarded():
            schema = pl.read_parquet_schema(BytesIO(file.data))
    except (pl.exceptions.PolarsError, OSError, DamagedError) as error:
        raise case_data_error(_unreadable(file, error)) from None
    return schema


def height_of(file: InputFile) -> int:
    """How many rows there are. Raises InputError."""
    check_footer(file)
    try:
        with guarded():
            return pl.scan_parquet(BytesIO(file.data)).select(pl.len()).collect().item()  # type: ignore[no-any-return]
    except (pl.exceptions.PolarsError, OSError, DamagedError) as error:
        raise case_data_error(_unreadable(file, error)) from None


def raw_parquet(file: InputFile, name: str, wanted: Callable[[str], bool] | None = None) -> Raw:
    """The columns whose names are wanted, as text. Raises InputError where the file is not Parquet."""
    headings = tuple(parquet_headings(file))
    places = [place for place, heading in enumerate(headings) if wanted is None or wanted(heading)]
    cells = parquet_cells(file, [headings[place] for place in places], nested=False)
    columns = [_text(cells[headings[place]]).alias(str(place)) for place in places]
    rows = pl.Series(ROW, range(1, cells.height + 1), dtype=pl.UInt32)
    found = blanked(pl.DataFrame([rows, *columns]))
    return Raw(file.name, name, headings, found.filter(~pl.all_horizontal(pl.col(pl.String).is_null())))


def parquet_cells(file: InputFile, columns: Sequence[str] | None = None, nested: bool = True) -> pl.DataFrame:
    """The cells of all columns or of those named, which may be `nested`. Raises InputError where the file is not
    Parquet, or is absurdly large: a small file may unpack to a very large one."""
    schema = _schema(file)
    wanted = list(schema) if columns is None else list(columns)
    holding = [column for column in wanted if schema[column].is_nested()]
    if holding and not nested:
        message, expected = "a column whose cells hold lists or objects", "text, such as JSON"
        raise case_data_error(Problem(file.name, 0, 0, message, ", ".join(holding), expected))
    count = height_of(file) * len(wanted)
    if count > MOST_READ:
        raise case_data_error(Problem(file.name, 0, 0, f"{count:,} cells to read", expected=f"at most {MOST_READ:,}"))
    try:
        with guarded():
            cells = pl.read_parquet(BytesIO(file.data), columns=wanted)
    except (pl.exceptions.PolarsError, OSError, DamagedError) as error:
        raise case_data_error(_unreadable(file, error)) from None
    _check_length(file, [column for column in cells.get_columns() if column.dtype in (pl.String, pl.Binary)])
    return cells


def _check_length(file: InputFile, columns: list[pl.Series]) -> None:
    lengths = [column.str.len_bytes() if column.dtype == pl.String else column.bin.size() for column in columns]
    if any(int(str(length.max() or 0)) > MOST_CELL for length in lengths):
        message, expected = "a cell of absurd length", f"at most {MOST_CELL:,} characters"
        raise case_data_error(Problem(file.name, 0, 0, message, expected=expected))
    if sum(int(length.cast(pl.UInt64).sum()) for length in lengths) > MOST_TEXT:
        message, expected = "text without end", f"at most {MOST_TEXT:,} characters in all"
        raise case_data_error(Problem(file.name, 0, 0, message, expected=expected))


def _text(series: pl.Series) -> pl.Series:
    """Any column as text: whole numbers without a point, dates as 2019-01-31."""
    if series.dtype == pl.String:
        return series
    if series.dtype.is_float():
        series = series.fill_nan(None)  # what some systems write for nothing, so that whole numbers have to be floats
        whole = (series == series.floor()).fill_null(True)
        return series.cast(pl.Int64, strict=False).cast(pl.String) if whole.all() else series.cast(pl.String)
    if series.dtype == pl.Binary:
        return pl.Series([_decoded(value) for value in series], dtype=pl.String)
    return series.cast(pl.String, strict=False)


def _decoded(value: bytes | None) -> str | None:
    """Bytes as UTF-8, or else as Windows-1252, in which five bytes alone are no letter: no text is lost in silence."""
    try:
        return value.decode() if value is not None else None
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace") if value is not None else None
