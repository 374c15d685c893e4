"""Random case files over the whole catalogue: blanks, fields and types not carried, dates around an as-at date."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from qaengine.cases.shape import AS_TYPED, CHILD, RECORD_TYPES, companions, fields_not_carried, source_fields
from qaengine.model.casefile import CaseFile, CaseSet, Row, Value
from qaengine.model.record import FieldSpec, Kind, RecordType

AS_AT = date(2019, 9, 30)
"""The date around which the random dates lie."""

IDS = ("R1", "R10", "R2", "r2")
"""Ids of records: in the order of strings, which is not that of numbers. Every reference is drawn from these too."""

TEXTS = (
    "18B 4A",
    "V3",
    "C2",
    "P",
    "L",
    "Police",
    "WMP",
    "Health; police",
    "Social worker and mother",
    "Visit every week and report to the core group; 1. call 2. write",
    "The child will be seen alone at school by the social worker on each visit",
    "The child will be seen alone at home by the social worker on each visit",
    "= 1 + 1",
    "'-quoted",
    "@home",
    'a "quoted", word',
    "two\nlines",
    "naïve — café ☕",
)
WORDS = ("ongoing", "ASAP", "TBC", "next review", "as soon as (maybe)")


GIVEN = tuple(name for name, record_type in RECORD_TYPES.items() if not record_type.worked_out)
"""What a source can carry."""


def dates(as_at: date = AS_AT) -> st.SearchStrategy[date]:
    """Days on and about the as-at date and the limits that standards set, leap days, and any other day."""
    near = [as_at + timedelta(days=days) for days in (-1, 0, 1, -28, -30, -31, -90, -365, -366, -367, 30)]
    leap = [date(2016, 2, 29), date(2020, 2, 29), date(2016, 2, 28), date(2016, 3, 1)]
    return st.one_of(
        st.sampled_from(near),
        st.sampled_from(near),
        st.sampled_from(leap),
        st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    )


def texts() -> st.SearchStrategy[str]:
    """Text as people write it, and any text that can be printed."""
    anything = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip).filter(bool)
    return st.one_of(st.sampled_from(TEXTS), anything)


def values(spec: FieldSpec, as_at: date = AS_AT) -> st.SearchStrategy[Value]:
    """A value of one field, filled in."""
    if spec.is_date:
        return dates(as_at)
    if spec.codes:
        return st.sampled_from(spec.codes)
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.NUMBER: st.integers(0, 40),
        Kind.YES_NO: st.booleans(),
        Kind.REF: st.sampled_from(IDS),
        Kind.TEXT: texts(),
    }
    return kinds[spec.kind]


@st.composite
def rows(draw: st.DrawFn, record_type: RecordType, key: str, as_at: date = AS_AT) -> Row:
    """A record with every field, or only some of them; many blank; dates at times typed as words."""
    name = record_type.name
    pairs = companions(name)
    fields = [field for field in source_fields(name) if field not in pairs.values()]
    if draw(st.integers(0, 3)) == 0:
        fields = draw(st.lists(st.sampled_from(fields), unique=True))
    found: dict[str, Value] = {}
    for field in fields:
        spec = record_type.fields[field]
        found[field] = draw(values(spec, as_at)) if draw(st.integers(0, 3)) else None
        if field in pairs:
            typed = found[field] is None and draw(st.integers(0, 4)) == 0
            found[pairs[field]] = draw(st.sampled_from(WORDS)) if typed else None
    return Row(key, {field: found[field] for field in source_fields(name) if field in found})


@st.composite
def case_files(draw: st.DrawFn, child_id: str, types: Sequence[str] = GIVEN, as_at: date = AS_AT) -> CaseFile:
    """A case file with some of the types. Parts may name a whole that is not there: see `with_links_mended`."""
    records = {}
    for name in types:
        if draw(st.integers(0, 5)) == 0:
            continue
        ids = sorted(draw(st.lists(st.sampled_from(IDS), unique=True, max_size=3)))
        records[name] = tuple(draw(rows(RECORD_TYPES[name], key, as_at)) for key in ids)
    return CaseFile(child_id, draw(rows(CHILD, child_id, as_at)), records)


@st.composite
def case_sets(
    draw: st.DrawFn, types: Sequence[str] | None = None, as_at: date = AS_AT, most: int = 3, most_types: int = 5
) -> CaseSet:
    """Up to `most` case files that hold some of the types (of the whole catalogue, unless some are named)."""
    if types is None:
        types = draw(st.lists(st.sampled_from(GIVEN), unique=True, max_size=most_types))
    ids = sorted(
        draw(st.lists(st.sampled_from(["CH-1", "CH-10", "CH-2", "CH-3"]), unique=True, min_size=1, max_size=most))
    )
    files = tuple(draw(case_files(child_id, types, as_at)) for child_id in ids)
    own_date = draw(st.none() | dates(as_at))
    return CaseSet(files, fields_not_carried(files, {}), own_date, draw(st.sampled_from(["", "a test's own"])))


def with_links_mended(case_set: CaseSet) -> CaseSet:
    """The same, but a part that names a whole which is not on the file names none: as a reader would have it."""
    files = tuple(_mended(file) for file in case_set.files)
    return CaseSet(files, fields_not_carried(files, {}), case_set.own_date, case_set.origin)


def _mended(file: CaseFile) -> CaseFile:
    records = dict(file.records)
    for name in records:
        belongs_to = RECORD_TYPES[name].belongs_to
        if belongs_to is None or belongs_to[1] not in records:
            continue
        link, known = belongs_to[0], {row.id for row in records[belongs_to[1]]}
        records[name] = tuple(
            row if row.values.get(link) in {*known, None} else Row(row.id, {**row.values, link: None})
            for row in records[name]
        )
    return CaseFile(file.child_id, file.child, records)


def is_words(field: str) -> bool:
    """Whether a field holds the words typed in place of another."""
    return field.endswith(AS_TYPED)
