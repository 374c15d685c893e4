"""Several sources joined on the child's reference: one case file a child, with the origin of each record in its id.

A record that two sources have (the same child, type, kind and day, and nothing said differently) is one record, and
what one leaves blank is filled from the other. Where they say two things both records stay. What two sources say
differently of the child's birth is left blank; of the rest, what the first of the sources says is taken. Both are said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from qaengine.cases.files import InputFile, InputHash, merged_hash
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.shape import CHILD, RECORD_TYPES, TYPES, source_fields
from qaengine.cases.source import Source
from qaengine.cases.tables import Tables, nc
from qaengine.cases.taking.assemble import assemble
from qaengine.cases.taking.earlier import is_earlier
from qaengine.cases.taking.take import Part
from qaengine.model.problem import Problem

LINKS: dict[str, tuple[str, ...]] = {
    "contacts": ("referral",),
    "consents": ("about",),
    "agency_checks": ("referral",),
    "changes": ("derived_from",),
    "assessments": ("referral",),
    "plans": ("based_on",),
    "plan_actions": ("plan", "carried_from"),
    "discussions": ("reconvenes",),
    "participants": ("discussion",),
    "discussion_actions": ("discussion",),
    "conferences": ("section47",),
    "reviews": ("consultation",),
    "legal_extensions": ("legal_case",),
    "family_meetings": ("legal_case",),
    "sdqs": ("document",),
    "decisions": ("about",),
    "chronology_entries": ("about",),
    "documents": ("about",),
    "audits": ("re_audit_of",),
    "audit_actions": ("audit",),
}
"""The fields that name another record of the same child, by record type."""


@dataclass(frozen=True)
class _Origin:
    """A source with the label that its records bear, and its children and records as parts."""

    label: str
    source: Source
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts if part.type == name), None)


def join(sources: Sequence[Source]) -> Source:
    """All the sources as one. One alone is given back as it is. Raises InputError where two have exceptions."""
    if len(sources) == 1:
        return sources[0]
    labels = _labels(sources)
    origins = [
        _Origin(label, source, tuple(_parts(source.to_evaluate, label, rank)))
        for rank, (label, source) in enumerate(zip(labels, sources, strict=True))
    ]
    notes: list[Note] = []
    parts = [(origin.label, part) for origin in origins for part in origin.parts if part.type == CHILD.name]
    merged: list[pl.DataFrame] = []
    for name in RECORD_TYPES:
        of_type = [(origin.label, part) for origin in origins if (part := origin.part(name)) is not None]
        if of_type:
            parts += _merged(name, _without_earlier(of_type), notes, merged)
    ids = _ids(origins, merged)
    notes += _in_common(origins)
    day = _day(origins, notes)
    linked = [_relinked(part, label, ids, notes) for label, part in parts]
    made = assemble(linked, day, "; ".join(filter(None, (source.origin or source.what for source in sources))))
    said = tuple(note for source in sources for note in source.notes)
    what = " with ".join(f"{source.what} ({label})" for label, source in zip(labels, sources, strict=True))
    hashes = _hashes(labels, sources)
    notes_of_all = (*said, *notes, *made.notes)
    source = Source(made.tables, notes_of_all, hashes, made.tables.absent, what=what, whole=made.whole)
    return replace(source, exceptions=_exceptions(sources))


NOBODY_IN_COMMON = "no child is in more than one of the sources: are the references written in the same way?"


def _in_common(origins: Sequence[_Origin]) -> list[Note]:
    """How many children each source has, and how many of them others have too."""
    children = {origin.label: set(origin.source.child_ids) for origin in origins}
    shared = {
        one
        for label, own in children.items()
        for one in own
        if any(one in c for n, c in children.items() if n != label)
    }
    said = ", ".join(f"{len(own):,} in {label}" for label, own in children.items())
    notes = [Note("children", f"{said}; {len(shared):,} in more than one")]
    return notes if shared else [*notes, Note("children", NOBODY_IN_COMMON)]


def _exceptions(sources: Sequence[Source]) -> InputFile | None:
    having = [source.exceptions for source in sources if source.exceptions is not None]
    if len(having) > 1:
        message = "agreed exceptions stand beside more than one source"
        raise case_data_error(
            Problem("exceptions.yaml", 0, 0, message, expected="one file of them, or --exceptions FILE")
        )
    return having[0] if having else None


def _labels(sources: Sequence[Source]) -> list[str]:
    """A short word for each source; the second of a kind gets a number."""
    found: list[str] = []
    for source in sources:
        word = source.label
        same = sum(label.rstrip("0123456789") == word for label in found)
        found.append(f"{word}{same + 1}" if same else word)
    return found


def _hashes(labels: Sequence[str], sources: Sequence[Source]) -> InputHash:
    pairs = zip(labels, sources, strict=True)
    return merged_hash({f"{label}/{name}": each for label, s in pairs for name, each in s.sha256.files.items()})


def _day(origins: Sequence[_Origin], notes: list[Note]) -> date | None:
    """The date for which all of them speak that say so; none where they differ."""
    days = {origin.label: day for origin in origins if (day := origin.source.own_date) is not None}
    if len(set(days.values())) <= 1:
        return next(iter(days.values()), None)
    said = ", ".join(f"{label} for {day}" for label, day in days.items())
    notes.append(Note("the sources", f"speak for different dates ({said}), so that none is taken"))
    return None


def _parts(tables: Tables, label: str, rank: int) -> list[Part]:
    """The frames of a source as parts, each record with its origin in its id; of children in the order of sources."""
    child = tables.child
    ids = child["id"]
    order = pl.int_range(pl.len(), dtype=pl.UInt32).alias("order")
    place = pl.lit(rank, dtype=pl.UInt32).alias("order")
    made = [Part(CHILD.name, _fields(CHILD.name, child, ids, ids, place))]
    for name in RECORD_TYPES:
        if name not in tables.frames:
            continue
        frame = tables.frames[name]
        carrying = child.filter(~pl.col(nc(name)))["id"] if nc(name) in child.columns else ids
        own = pl.select(pl.concat_str(pl.lit(f"{label}:"), frame["id"])).to_series()
        rows = _fields(name, frame, ids.gather(frame["child"]), own, order)
        made.append(Part(name, rows, frozenset(carrying.to_list())))
    return made


def _fields(name: str, frame: pl.DataFrame, child: pl.Series, ids: pl.Series, order: pl.Expr) -> pl.DataFrame:
    wanted = [each for field in source_fields(name) for each in (field, nc(field)) if each in frame.columns]
    return pl.DataFrame([child.alias("child_id"), ids.alias("id"), *(frame[each] for each in wanted)]).select(
        "child_id", order, "id", *wanted
    )


def _ids(origins: Sequence[_Origin], merged: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Every record of every source: the child, the id that it had, and the id that it bears now, which is that of the
    record with which it is one."""
    rows = [
        part.rows.select(
            "child_id",
            pl.lit(origin.label).alias("label"),
            pl.col("id").str.strip_prefix(f"{origin.label}:").alias("had"),
            pl.col("id").alias("bears"),
        )
        for origin in origins
        for part in origin.parts
        if part.type != CHILD.name
    ]
    schema = {"child_id": pl.String, "label": pl.String, "had": pl.String, "bears": pl.String}
    ids = pl.concat(rows) if rows else pl.DataFrame(schema=schema)
    if not merged:
        return ids
    with_it = ids.join(pl.concat(merged), on=["child_id", "bears"], how="left", maintain_order="left")
    return with_it.with_columns(pl.coalesce("one_with", "bears").alias("bears")).drop("one_with")


def _relinked(part: Part, label: str, ids: pl.DataFrame, notes: list[Note]) -> Part:
    """The part with what its records name by the ids that those bear now.

    A record of its own source comes first, then one that is the only one of that id. A part whose whole is in no source
    is kept, with its link left blank: it would else go with the whole that is not there.
    """
    rows = part.rows
    whole = TYPES[part.type].belongs_to
    for field in LINKS.get(part.type, ()):
        if field not in rows.columns:
            continue
        own = ids.filter(pl.col("label") == label).select(
            "child_id", pl.col("had").alias(field), pl.col("bears").alias("own")
        )
        others = (
            ids.filter(pl.col("label") != label)
            .group_by("child_id", "had")
            .agg(pl.col("bears").first().alias("other"), pl.len().alias("times"))
            .filter(pl.col("times") == 1)
            .select("child_id", pl.col("had").alias(field), "other")
        )
        found = rows.join(
            own.unique(["child_id", field], keep="first"), on=["child_id", field], how="left", maintain_order="left"
        )
        found = found.join(others, on=["child_id", field], how="left", maintain_order="left")
        is_whole = whole is not None and whole[0] == field
        rest = pl.lit(None, dtype=pl.String) if is_whole else pl.col(field)
        lost = int(
            found.select(
                (pl.col(field).is_not_null() & pl.col("own").is_null() & pl.col("other").is_null()).sum()
            ).item()
        )
        if lost and is_whole:
            says = f"{lost:,} name {_a(field)} that no source has: they are kept, and {field} is left blank"
            notes.append(Note(f"{part.type} of {label}", says))
        rows = found.with_columns(pl.coalesce("own", "other", rest).alias(field)).drop("own", "other")
    return replace(part, rows=rows)


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word.replace('_', ' ')}"


def _without_earlier(parts: Sequence[tuple[str, Part]]) -> list[tuple[str, Part]]:
    """Without the records that stand for what one source does not carry, for the children and of the kind of whom
    another source carries it whole: it has records of the kind, and none that stands for others."""
    name = parts[0][1].type
    kinds = [
        _kinds(part.rows.filter(~is_earlier(name))) - _kinds(part.rows.filter(is_earlier(name))) for _, part in parts
    ]
    done = []
    for place, (label, part) in enumerate(parts):
        known = pl.lit(False)
        for other, (_, whole) in enumerate(parts):
            if other != place and kinds[other]:
                of_kind = _kind(part.rows).is_in(sorted(kinds[other]))
                known = known | (of_kind & pl.col("child_id").is_in(sorted(whole.listed or ())))
        done.append((label, replace(part, rows=part.rows.filter(~(is_earlier(name) & known)))))
    return done


def _kind(rows: pl.DataFrame) -> pl.Expr:
    return pl.col("kind").fill_null("") if "kind" in rows.columns else pl.lit("")


def _kinds(rows: pl.DataFrame) -> set[str]:
    """The kinds of some records; those of a type without kinds are of one."""
    return set(rows.select(_kind(rows).alias("kind"))["kind"].to_list()) if rows.height else set()


def _merged(
    name: str, parts: Sequence[tuple[str, Part]], notes: list[Note], merged: list[pl.DataFrame]
) -> list[tuple[str, Part]]:
    """The parts with each record that two have in the first of them alone; `merged` gets the ids of those that went."""
    done = [parts[0]]
    for label, part in parts[1:]:
        rest, both = part, 0
        for place, (before_label, before) in enumerate(done):
            met = _met(name, before, rest)
            if met is None:
                continue
            done[place] = before_label, _filled(name, before, rest, met)
            rest = replace(
                rest, rows=rest.rows.join(met, left_on=["child_id", "id"], right_on=["child_id", "id|2"], how="anti")
            )
            merged.append(met.select("child_id", pl.col("id|2").alias("bears"), pl.col("id").alias("one_with")))
            both += met.height
        done.append((label, rest))
        if both:
            notes.append(
                Note(f"{name} of {label}", f"{both:,} are in an earlier source too, and are one record with it")
            )
    return done


def _met(name: str, first: Part, second: Part) -> pl.DataFrame | None:
    """The records of the second that are one with a record of the first, side by side: its columns end in `|2`.

    They are of the same child, day and kind, and no field that both fill is filled differently.
    """
    days = [field for field in TYPES[name].dated if field in first.fields and field in second.fields]
    has_kind = "kind" in source_fields(name)
    if not days or (has_kind and ("kind" in first.fields) != ("kind" in second.fields)):
        return None
    keys = ["child_id", days[0], *(["kind"] if has_kind and "kind" in first.fields else [])]
    both = [each for each in source_fields(name) if each in first.fields and each in second.fields]
    compared = [each for each in both if each not in keys and each not in LINKS.get(name, ())]
    right = _numbered(second.rows, keys).rename({each: f"{each}|2" for each in second.rows.columns if each not in keys})
    met = _numbered(first.rows, keys).join(right, on=[*keys, "nth"], how="inner")
    unlike = [(pl.col(each) != pl.col(f"{each}|2")).fill_null(False) for each in compared]
    met = met.filter(~pl.any_horizontal(pl.lit(False), *unlike))
    return None if met.is_empty() else met


def _filled(name: str, first: Part, second: Part, met: pl.DataFrame) -> Part:
    """The first with what the second says more of the records that they share."""
    added = [each for each in source_fields(name) if each in second.fields and f"{each}|2" in met.columns]
    more = met.select("child_id", "id", pl.lit(True).alias("?met"), *(f"{each}|2" for each in added))
    rows = first.rows.join(more, on=["child_id", "id"], how="left", maintain_order="left")
    is_met = pl.col("?met").fill_null(False)
    made: list[pl.Expr] = []
    for each in added:
        if each not in first.fields:
            made += [pl.col(f"{each}|2").alias(each), (~is_met).alias(nc(each))]
            continue
        made.append(pl.coalesce(each, f"{each}|2").alias(each))
        if nc(each) in first.rows.columns:
            made.append((pl.col(nc(each)) & ~is_met).alias(nc(each)))
    new = [one for each in added if each not in first.fields for one in (each, nc(each))]
    return replace(first, rows=rows.with_columns(made).select(*first.rows.columns, *new))


def _numbered(rows: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The rows with a day, numbered among those of the same keys."""
    filled = rows.filter(pl.all_horizontal(pl.col(each).is_not_null() for each in keys))
    return filled.with_columns(pl.int_range(pl.len()).over(keys).alias("nth"))
