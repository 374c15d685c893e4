"""Records that may be there and are not carried: a source that has only the latest of each child says no more.

Beside the latest stands a record of which only the kind is carried. It decides nothing by itself; but what would be not
met for want of an earlier one cannot be decided, and neither can what is asked of each one.
"""

from __future__ import annotations

import polars as pl

from qaengine.cases.taking.take import Part


def earlier(part: Part) -> Part:
    """A record for each child who has one in the part: there may be others before it."""
    rows = part.rows
    kind = pl.col("kind") if "kind" in rows.columns else pl.lit(None, dtype=pl.String)
    made = (
        rows.select("child_id", "order", kind.alias("kind"))
        .unique("child_id", keep="first", maintain_order=True)
        .with_columns(id=pl.concat_str(pl.lit(f"{part.type}-earlier-"), pl.col("kind").fill_null("any")))
    )
    made = made.select("child_id", "order", "id", *(["kind"] if "kind" in rows.columns else []))
    return Part(part.type, made, part.listed, part.rank)


def is_earlier(name: str) -> pl.Expr:
    """Whether a record stands for earlier ones that are not carried."""
    return pl.col("id").str.contains(rf"(?:\A|:){name}-earlier-")
