"""Records that may be there and are not carried: a source that has only the latest of each child says no more, and
neither does one that has some kinds of a type, or one year of them.

Beside what is carried stands a record of which only the kind is and, where that is known, that it was no later than a
day. It decides nothing by itself; but what would be not met for want of it cannot be decided, and neither can what is
asked of each one. What came after the latest is known: nothing did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import polars as pl

from qaengine.cases.shape import AS_TYPED, CHILD, TYPES
from qaengine.cases.taking.take import Part

COUNTED = frozenset({"cla", "adoption"})
"""Kinds of review of which the limit hangs on how many went before: after the last of them nothing says which limit it
is, so that the day of the last is no bound."""


def earlier(part: Part, kind_of_all: str = "") -> Part:
    """A record for each child who has one in the part, and of each kind: there may be others before it, of its kind or
    of that named."""
    rows, (day, *_) = part.rows, TYPES[part.type].dated
    bound = TYPES[part.type].bound
    has_kind = bool(kind_of_all) or "kind" in rows.columns
    kind = pl.lit(kind_of_all or None, dtype=pl.String) if kind_of_all or not has_kind else pl.col("kind")
    latest = pl.col(day).max() if day in rows.columns else pl.lit(None, dtype=pl.Date)
    made = (
        rows.with_columns(kind.alias("kind"))
        .group_by("child_id", "kind", maintain_order=True)
        .agg(pl.col("order").first(), latest.alias(bound or "unbound"))
        .with_columns(id=pl.concat_str(pl.lit(f"{part.type}-earlier-"), pl.col("kind").fill_null("any")))
    )
    kept = [*(["kind"] if has_kind else []), *([bound, f"{bound}{AS_TYPED}"] if bound else [])]
    if bound:
        counted = (pl.col("kind").is_in(sorted(COUNTED)) & (part.type == "reviews")).fill_null(False)
        no_words = pl.lit(None, dtype=pl.String).alias(f"{bound}{AS_TYPED}")
        made = made.with_columns(pl.when(~counted).then(pl.col(bound)).alias(bound), no_words)
    made = made.select("child_id", "order", "id", *kept)
    return Part(part.type, made, part.listed, part.rank)


def unseen(parts: Sequence[Part], name: str, kind: str, whose: Collection[str]) -> list[Part]:
    """A record of a kind that a source does not carry, for each of some children of whom it carries the type; none
    where it does not carry the type at all, for then nothing looks as if there were none. `kind` is "" for a type
    without kinds."""
    of_type = [part for part in parts if part.type == name]
    if not of_type:
        return []
    speaks_of_all = any(part.listed is None for part in of_type)
    listed = frozenset[str]().union(*(part.listed or () for part in of_type))
    children = sorted(child for child in whose if speaks_of_all or child in listed)
    rows = pl.DataFrame(
        {"child_id": children, "order": [0] * len(children), "id": [f"{name}-earlier-{kind or 'any'}"] * len(children)},
        schema={"child_id": pl.String, "order": pl.UInt32, "id": pl.String},
    )
    rows = rows.with_columns(pl.lit(kind).alias("kind")) if kind else rows
    return [Part(name, rows, frozenset())] if children else []


def of_other_kinds(parts: Sequence[Part], whose: Mapping[tuple[str, str], Collection[str]]) -> list[Part]:
    """Records of the kinds of which no part is, for the children for whom it matters: by type and kind.

    A table that says the kind of each record has every kind.
    """
    real = [part for part in parts if not _is_of_earlier(part)]
    there = {(part.type, part.kind) for part in real}
    of_all_kinds = {part.type for part in real if not part.kind and "kind" in part.fields}
    return [
        part
        for (name, kind), children in whose.items()
        if name not in of_all_kinds and (name, kind) not in there
        for part in unseen(parts, name, kind, children)
    ]


def _is_of_earlier(part: Part) -> bool:
    """Whether all that a part has are such records."""
    return part.rows.height > 0 and bool(part.rows.select(is_earlier(part.type).fill_null(False).all()).item())


def for_whom(parts: Sequence[Part]) -> dict[tuple[str, str], frozenset[str]]:
    """For whom each kind matters: visits and reviews for who has the plan or is in care, and so on."""
    everyone, in_care = children_in(parts, CHILD.name), children_in(parts, "episodes")
    in_need, protected = children_in(parts, "plans", "cin"), children_in(parts, "plans", "cp")
    leaving = children_with(parts, "leaving_care")
    return {
        ("plans", "cin"): everyone,
        ("plans", "cp"): everyone,
        ("plans", "care"): in_care,
        ("plans", "pathway"): leaving,
        ("assessments", "pathway_needs"): leaving,
        ("reviews", "cin"): in_need,
        ("reviews", "cp"): protected,
        ("reviews", "cla"): in_care,
        ("reviews", "pathway"): leaving,
        ("visits", "cin"): in_need,
        ("visits", "cp"): protected,
        ("visits", "cla"): in_care,
    }


def children_in(parts: Iterable[Part], name: str, kind: str = "") -> frozenset[str]:
    """The children who have a record of a type, and of a kind of it."""
    found: set[str] = set()
    for part in parts:
        if part.type == name:
            if kind and "kind" not in part.rows.columns:
                continue
            of_kind = part.rows.filter(pl.col("kind") == kind) if kind else part.rows
            found.update(of_kind["child_id"].drop_nulls().to_list())
    return frozenset(found)


def children_with(parts: Iterable[Part], field: str) -> frozenset[str]:
    """The children of whom a field of the child is filled in."""
    found: set[str] = set()
    for part in parts:
        if part.type == CHILD.name and field in part.fields:
            found.update(part.rows.filter(pl.col(field).is_not_null())["child_id"].drop_nulls().to_list())
    return frozenset(found)


def is_earlier(name: str) -> pl.Expr:
    """Whether a record stands for others that are not carried."""
    return pl.col("id").str.contains(rf"(?:\A|:){name}-earlier-")
