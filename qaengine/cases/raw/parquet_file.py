"""Parquet, as text."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import polars as pl

from qaengine.cases.files import InputFile
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.table import ROW, Raw, blanked
from qaengine.model.problem import Problem


def _unreadable(file: InputFile, error: Exception) -> Problem:
    return Problem(file.name, 0, 0, f"not readable as Parquet: {str(error).splitlines()[0]}")


def parquet_headings(file: InputFile) -> list[str]:
    """The names of the columns. Raises InputError where the file is not Parquet."""
    try:
        return list(pl.read_parquet_schema(BytesIO(file.data)))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise case_data_error(_unreadable(file, error)) from None


def height_of(file: InputFile) -> int:
    """How many rows there are. Raises InputError."""
    try:
        return pl.scan_parquet(BytesIO(file.data)).select(pl.len()).collect().item()  # type: ignore[no-any-return]
    except (pl.exceptions.PolarsError, OSError) as error:
        raise case_data_error(_unreadable(file, error)) from None


def raw_parquet(file: InputFile, name: str, wanted: Callable[[str], bool] | None = None) -> Raw:
    """The columns whose names are wanted, as text. Raises InputError where the file is not Parquet."""
    headings = tuple(parquet_headings(file))
    places = [place for place, heading in enumerate(headings) if wanted is None or wanted(heading)]
    try:
        cells = pl.read_parquet(BytesIO(file.data), columns=[headings[place] for place in places])
    except (pl.exceptions.PolarsError, OSError) as error:
        raise case_data_error(_unreadable(file, error)) from None
    columns = [_text(cells[headings[place]]).alias(str(place)) for place in places]
    rows = pl.Series(ROW, range(1, cells.height + 1), dtype=pl.UInt32)
    return Raw(file.name, name, headings, blanked(pl.DataFrame([rows, *columns])))


def _text(series: pl.Series) -> pl.Series:
    """Any column as text: whole numbers without a point, dates as 2019-01-31."""
    if series.dtype == pl.String:
        return series
    if series.dtype.is_float():
        whole = (series == series.floor()).fill_null(True)
        return series.cast(pl.Int64, strict=False).cast(pl.String) if whole.all() else series.cast(pl.String)
    if series.dtype == pl.Binary:
        return series.cast(pl.String, strict=False)
    if series.dtype.is_nested():
        return pl.Series([None if value is None else str(value) for value in series.to_list()], dtype=pl.String)
    return series.cast(pl.String, strict=False)
