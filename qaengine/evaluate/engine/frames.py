"""The few things in which the engine is written: lazy frames, expressions, and how they are made and run.

Here they are those of Polars. Narwhals has every one of them under the same name, and a test runs the whole engine with
this module bound to it: so the engine can be taken to where Narwhals goes, and what is written elsewhere must keep to
what both have. Bound to Polars directly because planning through Narwhals took as long again (docs/architecture.md).
"""

from collections.abc import Sequence

import polars as pl
from polars import Boolean, Expr, Int8, Int32, Int64, LazyFrame, col, concat, lit, max_horizontal, min_horizontal, when

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

_AT_A_TIME = 16


def lazy(frame: pl.DataFrame) -> LazyFrame:
    """A frame that is there, as one in which the engine is written."""
    return frame.lazy()


def collect(frames: Sequence[LazyFrame]) -> list[pl.DataFrame]:
    """Frames, run some at a time: what many have in common takes longer to look for than it saves."""
    batches = [frames[start : start + _AT_A_TIME] for start in range(0, len(frames), _AT_A_TIME)]
    return [made for batch in batches for made in pl.collect_all(batch)]


def numbered(frame: LazyFrame, name: str, order_by: Sequence[str]) -> LazyFrame:
    """The rows in an order, with their numbers in a column of their own."""
    return frame.sort(order_by).with_row_index(name)
