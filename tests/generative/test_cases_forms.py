"""Rows and tables hold the same: both ways, on disk, and after a cut with everything derived."""

import json
import tempfile
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from qaengine.cases.cut import cut_rows
from qaengine.cases.cut_tables import cut_tables
from qaengine.cases.derive import derive_rows
from qaengine.cases.derive_tables import derive_tables
from qaengine.cases.derived.council import NO_ALIASES, Council, Delegation, Term
from qaengine.cases.derived.work import RULES as DERIVATIONS
from qaengine.cases.documents import MarkedJson
from qaengine.cases.files import InputFile
from qaengine.cases.native import read_case
from qaengine.cases.native_folder import document_of
from qaengine.cases.reading import read_cases
from qaengine.cases.shape import RECORD_TYPES, fields_not_carried
from qaengine.cases.table_write import Format, write_tables
from qaengine.cases.tables import Tables, case_set_of, tables_of
from qaengine.model.calendar import SENTINELS
from qaengine.model.casefile import CaseFile, CaseSet, Row
from tests.strategies_cases import AS_AT, case_files, case_sets, rows, with_links_mended

few = settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(few, max_examples=150)

CARE = ("episodes", "sdqs", "missing_episodes", "plans", "plan_actions", "referrals")
PARTS = ("plans", "plan_actions", "discussions", "participants")
PLACED = ("placements", "matches", "decisions", "agency_checks", "referrals", "assessments")
MEETINGS = ("discussions", "participants", "section47s", "changes", "assessments")


COUNCIL = Council(
    {**NO_ALIASES, " wmp ": "police"},
    (Term(AS_AT - timedelta(days=300), AS_AT - timedelta(days=200)), Term(AS_AT - timedelta(days=20), AS_AT)),
    Delegation({" police ": 0, " v3 ": 1}, {"closure": 1, "legal": 0}),
)


def same(left: Tables, right: Tables) -> None:
    assert list(left.frames) == [name for name in left.frames if name in right.frames]
    assert set(left.frames) == set(right.frames)
    for name, frame in left.frames.items():
        assert_frame_equal(frame, right.frames[name])
    assert (left.own_date, left.origin) == (right.own_date, right.origin)


@few
@given(case_sets())
def test_rows_to_tables_and_back(case_set: CaseSet) -> None:
    tables = tables_of(case_set, {})
    assert case_set_of(tables) == case_set
    same(tables_of(case_set_of(tables), {}), tables)


@few
@given(case_sets(), st.sets(st.sampled_from(["CH-1", "CH-10", "CH-2", "CH-9"])))
def test_some_children_are_those_children_of_all(case_set: CaseSet, wanted: set[str]) -> None:
    some = case_set_of(tables_of(case_set, {}), wanted)
    assert some.files == tuple(file for file in case_set.files if file.child_id in wanted)
    assert some.not_carried == case_set.not_carried


@pytest.mark.parametrize("form", ["csv", "parquet"])
@few
@given(case_sets())
def test_written_and_read_back(form: Format, case_set: CaseSet) -> None:
    case_set = with_links_mended(case_set)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables"
        write_tables(tables_of(case_set, {}), path, form)
        again = read_cases(path)
    assert again.case_set() == case_set
    same(again.tables(), tables_of(case_set, {}))


@few
@given(case_sets(most=1))
def test_written_as_a_document_and_read_back(case_set: CaseSet) -> None:
    file = with_links_mended(case_set).files[0]
    text = json.dumps(document_of(file))
    assert read_case(MarkedJson("x.json", json.loads(text), text)) == (file, [])


@few
@given(case_sets(most=1), st.sampled_from(sorted(SENTINELS)))
def test_a_date_that_stands_for_none_is_blank(case_set: CaseSet, sentinel: object) -> None:
    file = with_links_mended(case_set).files[0]
    document = document_of(file)
    for name, records in document.items():
        for record in [records] if name == "child" else records:
            dated = [field for field in record if record[field] is None and f"{field}_as_typed" in _fields(name)]
            record.update((field, str(sentinel)) for field in dated if field != "score")
    assert read_case(MarkedJson("x.json", document, json.dumps(document))) == (file, [])


def _fields(name: str) -> set[str]:
    from qaengine.cases.shape import TYPES

    return set(TYPES[name].fields)


@many
@given(case_sets() | case_sets(PARTS))
def test_the_cut_is_the_same_for_both(case_set: CaseSet) -> None:
    cut, notes = cut_rows(case_set, AS_AT, {})
    cut_frames, frame_notes = cut_tables(tables_of(case_set, {}), AS_AT)
    assert frame_notes == notes
    same(cut_frames, tables_of(cut, {}))
    assert case_set_of(cut_frames) == cut


@many
@given(
    case_sets(CARE) | case_sets(MEETINGS) | case_sets(PLACED),
    st.none() | st.sets(st.sampled_from([*DERIVATIONS, ("changes", "kind")])),
)
def test_what_is_derived_is_the_same_for_both(case_set: CaseSet, needed: set[tuple[str, str]] | None) -> None:
    cut, _ = cut_rows(case_set, AS_AT, {})
    derived = derive_rows(cut, AS_AT, needed, COUNCIL)
    frames = derive_tables(tables_of(cut, {}), AS_AT, needed, COUNCIL)
    same(frames, tables_of(derived, {}))
    assert case_set_of(frames) == derived


@many
@given(st.data(), st.sampled_from(sorted(RECORD_TYPES)), st.integers(1, 400))
def test_a_record_dated_after_the_as_at_date_changes_nothing(data: st.DataObject, name: str, ahead: int) -> None:
    record_type = RECORD_TYPES[name]
    if not record_type.dated:
        return
    case = with_links_mended(CaseSet((data.draw(case_files("CH-1")),))).files[0]
    case = CaseFile(case.child_id, case.child, {name: (), **case.records})
    row = data.draw(rows(record_type, "R9"))
    later = Row("R9", {**row.values, record_type.dated[0]: AS_AT + timedelta(days=ahead)})
    more = CaseFile("CH-1", case.child, {**case.records, name: (*case.records[name], later)})
    assert _as_at(more) == _as_at(case)


def _as_at(file: CaseFile) -> CaseSet:
    case_set = CaseSet((file,), fields_not_carried((file,), {}))
    return derive_rows(cut_rows(case_set, AS_AT, {})[0], AS_AT)


@few
@given(case_sets())
def test_cutting_again_changes_nothing(case_set: CaseSet) -> None:
    cut, _ = cut_rows(case_set, AS_AT, {})
    assert cut_rows(cut, AS_AT, {}) == (cut, ())


def test_the_hash_does_not_depend_on_the_order_of_files() -> None:
    from qaengine.cases.files import hash_of

    one, two = InputFile("a.csv", b"1"), InputFile("b.csv", b"2")
    assert hash_of([one, two]) == hash_of([two, one])
    assert hash_of([one, two]).total != hash_of([InputFile("a.csv", b"2"), InputFile("b.csv", b"1")]).total


def test_every_derived_field_of_the_catalogue_has_a_derivation() -> None:
    from qaengine.cases.shape import TYPES, derived_fields

    assert set(DERIVATIONS) == {(name, field) for name in TYPES for field in derived_fields(name)}


def test_the_frames_have_the_types_that_they_promise() -> None:
    row = Row(
        "S1", {"completed": AS_AT, "completed_as_typed": None, "score": 1, "score_as_typed": None, "reason": None}
    )
    file = CaseFile("CH-1", Row("CH-1", {}), {"sdqs": (row,), "plans": ()})
    frames = tables_of(CaseSet((file,), fields_not_carried((file,), {})), {}).frames
    assert dict(frames["sdqs"].schema) == {
        "child": pl.Int32,
        "seq": pl.Int32,
        "id": pl.String,
        "completed": pl.Date,
        "score": pl.Int32,
        "score_as_typed": pl.String,
        "reason": pl.String,
        "completed_as_typed": pl.String,
    }
    assert frames["plans"].is_empty()
    assert "started" in frames["plans"].columns
