"""Records that may be there and are not carried: a source that has only the latest of each child says no more.

Beside the latest stands a record of which only the kind is carried, and that it was no later than the latest. It
decides nothing by itself; but what would be not met for want of an earlier one cannot be decided, and neither can what
is asked of each one. What came after the latest is known: nothing did.
"""

from __future__ import annotations

import polars as pl

from qaengine.cases.shape import AS_TYPED, TYPES
from qaengine.cases.taking.take import Part


def earlier(part: Part, kind_of_all: str = "") -> Part:
    """A record for each child who has one in the part: there may be others before it, of its kind or of that named."""
    rows, (day, *_) = part.rows, TYPES[part.type].dated
    bound = TYPES[part.type].bound
    has_kind = bool(kind_of_all) or "kind" in rows.columns
    kind = pl.lit(kind_of_all or None, dtype=pl.String) if kind_of_all or not has_kind else pl.col("kind")
    made = (
        rows.group_by("child_id", maintain_order=True)
        .agg(pl.col("order").first(), kind.first().alias("kind"), pl.col(day).max().alias(bound or "unbound"))
        .with_columns(id=pl.concat_str(pl.lit(f"{part.type}-earlier-"), pl.col("kind").fill_null("any")))
    )
    kept = [*(["kind"] if has_kind else []), *([bound, f"{bound}{AS_TYPED}"] if bound else [])]
    made = made.with_columns(pl.lit(None, dtype=pl.String).alias(f"{bound}{AS_TYPED}")) if bound else made
    made = made.select("child_id", "order", "id", *kept)
    return Part(part.type, made, part.listed, part.rank)


def is_earlier(name: str) -> pl.Expr:
    """Whether a record stands for earlier ones that are not carried."""
    return pl.col("id").str.contains(rf"(?:\A|:){name}-earlier-")
