"""What standards found, as records: the table that standards of the second stage read.

This is an edge: Polars is used as Polars here, and nothing is lazy any more.
"""

from collections.abc import Iterable

import polars as pl

from qaengine.evaluate.engine.columns import CHILD
from qaengine.evaluate.engine.shape import Found
from qaengine.evaluate.engine.verdicts import CODE, DUE, LATE, RESULT
from qaengine.model.result import Result

_SCHEMA: dict[str, pl.DataType] = {
    CHILD: pl.Int32(),
    "id": pl.String(),
    "standard": pl.String(),
    "since": pl.Date(),
    "severity": pl.String(),
    "late": pl.Boolean(),
    "since_as_typed": pl.String(),
}


def findings_table(found: Iterable[Found]) -> pl.DataFrame:
    """One row a child and standard that is not met as recorded, in the order of the children and the standards' ids."""
    rows = pl.concat([pl.DataFrame(schema=_SCHEMA), *map(_rows, found)]).sort(CHILD, "id")
    return rows.with_columns(pl.int_range(pl.len(), dtype=pl.Int32).over(CHILD).alias("seq"))


def _rows(found: Found) -> pl.DataFrame:
    not_met = found.children.filter(pl.col(RESULT) == CODE[Result.NOT_MET])
    return not_met.select(
        pl.col(CHILD).cast(pl.Int32),
        pl.lit(found.standard.id).alias("id"),
        pl.lit(found.standard.id).alias("standard"),
        (pl.col(DUE).cast(pl.Int32) + 1).cast(pl.Date).alias("since"),
        pl.lit(found.standard.severity.value).alias("severity"),
        pl.col(LATE),
        pl.lit(None, pl.String).alias("since_as_typed"),
    )
