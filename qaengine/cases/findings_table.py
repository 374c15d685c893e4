"""Findings as a table in CSV or Parquet: the same columns in the same order as the JSON contract."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import polars as pl

TYPES: dict[str, type[pl.DataType]] = {
    "version": pl.Int32,
    "measured": pl.Int32,
    "limit": pl.Int32,
    "late": pl.Boolean,
}


def frame(
    rows: Sequence[dict[str, object]], columns: Sequence[str], types: Mapping[str, type[pl.DataType]] = TYPES
) -> pl.DataFrame:
    """The rows as a frame; dates stay in ISO form, as text, and so does every column without a type."""
    return pl.DataFrame(rows, schema={name: types.get(name, pl.String) for name in columns})


def csv_bytes(
    rows: Sequence[dict[str, object]], columns: Sequence[str], types: Mapping[str, type[pl.DataType]] = TYPES
) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads it as it is; no cell can start a formula.

    `types` are those of the columns of findings: another table, whose columns may have the same names, gives its own.
    """
    table = frame(rows, columns, types)
    text = [pl.col(name) for name, kind in table.schema.items() if kind == pl.String]
    safe = [pl.when(col.str.contains(r"^[=+\-@\t\r]")).then("'" + col).otherwise(col).name.keep() for col in text]
    return b"\xef\xbb\xbf" + table.with_columns(safe).write_csv().encode()


def parquet_bytes(rows: Sequence[dict[str, object]], columns: Sequence[str]) -> bytes:
    """A Parquet file."""
    out = BytesIO()
    frame(rows, columns).write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue()
