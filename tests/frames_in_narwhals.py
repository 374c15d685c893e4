"""`evaluate.engine.frames`, bound to Narwhals on Polars: a test runs the engine with it."""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl
from narwhals import Boolean, Expr, Int8, Int32, Int64, col, concat, lit, max_horizontal, min_horizontal, when

__all__ = [
    "Boolean",
    "Expr",
    "Int8",
    "Int32",
    "Int64",
    "LazyFrame",
    "col",
    "collect",
    "concat",
    "lazy",
    "lit",
    "max_horizontal",
    "min_horizontal",
    "numbered",
    "when",
]

LazyFrame = nw.LazyFrame[Any]


def lazy(frame: pl.DataFrame) -> LazyFrame:
    return nw.from_native(frame.lazy())


def collect(frames: Sequence[LazyFrame]) -> list[pl.DataFrame]:
    return pl.collect_all([nw.to_native(frame) for frame in frames])


def numbered(frame: LazyFrame, name: str, order_by: Sequence[str]) -> LazyFrame:
    return frame.with_row_index(name, order_by=order_by)
