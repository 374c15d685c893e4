"""The case file as it stood on a date: what was not yet so is not there; and the changes that records show."""

from datetime import date, timedelta
from typing import Any

import pytest

from qaengine.cases.derived.council import NO_ALIASES, Council
from qaengine.cases.documents import MarkedJson
from qaengine.cases.native import read_case
from qaengine.cases.shape import RECORD_TYPES, TYPES, fields_not_carried
from qaengine.cases.source import Source
from qaengine.model.casefile import CaseFile, CaseSet, Row

AS_AT = date(2019, 9, 30)
BEFORE, AFTER = AS_AT - timedelta(days=1), AS_AT + timedelta(days=1)


def case_of(child: dict[str, Any] | None = None, **records: list[dict[str, Any]]) -> CaseFile:
    case, problems = read_case(MarkedJson("x.json", {"child": child or {}, **records}, "{}"), child_id="CH-1")
    assert not problems
    assert case is not None
    return case


def source_of(*files: CaseFile) -> Source:
    return Source(CaseSet(files, fields_not_carried(files, {})))


def at(file: CaseFile, day: date = AS_AT) -> CaseFile:
    return source_of(file).as_at(day).case_set().files[0]


def ids(file: CaseFile, name: str) -> list[str]:
    return [row.id for row in file.records[name]]


def test_a_record_dated_after_the_as_at_date_does_not_exist_yet() -> None:
    file = case_of(reviews=[{"id": f"R{n}", "held": day} for n, day in enumerate([BEFORE, AS_AT, AFTER, None])])
    assert ids(at(file), "reviews") == ["R0", "R1", "R3"]


def test_an_sdq_of_a_return_year_that_has_not_ended_does_not_exist_yet() -> None:
    file = case_of(sdqs=[{"id": "S1", "year_ended": date(2020, 3, 31), "score": 1}])
    assert ids(at(file), "sdqs") == []
    assert ids(at(file, date(2020, 3, 31)), "sdqs") == ["S1"]


def test_parts_come_and_go_with_their_whole() -> None:
    people: list[dict[str, Any]] = [
        {"id": "P1", "discussion": "D1"},
        {"id": "P2", "discussion": "D2"},
        {"id": "P3", "discussion": None},
    ]
    file = case_of(discussions=[{"id": "D1", "held": AS_AT}, {"id": "D2", "held": AFTER}], participants=people)
    assert ids(at(file), "participants") == ["P1", "P3"]


def test_parts_stay_where_the_file_carries_none_of_their_wholes() -> None:
    """Whether the discussion is there cannot be told; another child's file does carry discussions."""
    people: list[dict[str, Any]] = [{"id": "P1", "discussion": "D1"}]
    other = CaseFile("CH-2", Row("CH-2", {}), {"discussions": (), "participants": ()})
    rows = source_of(case_of(participants=people), other)
    for source in (rows, Source(rows.tables())):
        first, second = source.as_at(AS_AT).case_set().files
        assert ids(first, "participants") == ["P1"]
        assert second.records["participants"] == ()


def test_an_event_after_the_as_at_date_has_not_happened() -> None:
    ends = [BEFORE, AS_AT, AFTER]
    file = case_of(plans=[{"id": f"P{n}", "started": BEFORE, "ended": day} for n, day in enumerate(ends)])
    assert [row.values["ended"] for row in at(file).records["plans"]] == [BEFORE, AS_AT, None]


def test_what_hangs_on_an_event_is_as_it_was_until_then() -> None:
    file = case_of(
        plan_actions=[
            {"id": "A1", "status": "done", "status_date": AS_AT},
            {"id": "A2", "status": "done", "status_date": AFTER},
            {"id": "A3", "status": "done", "status_date": None},
            {"id": "A4", "status": "done"},
            {"id": "A5", "status_date": AFTER},
        ]
    )
    actions = {row.id: row.values.get("status", "not carried") for row in at(file).records["plan_actions"]}
    assert actions == {"A1": "done", "A2": "open", "A3": "done", "A4": "done", "A5": "not carried"}


def test_what_an_assessment_found_is_known_once_it_is_authorised() -> None:
    known = {"started": BEFORE, "child_seen": True, "factors": "18B"}
    file = case_of(
        assessments=[
            {"id": "A1", **known, "authorised": AS_AT},
            {"id": "A2", **known, "authorised": AFTER},
            {"id": "A3", **known, "authorised": None},
        ]
    )
    rows = at(file).records["assessments"]
    assert [row.values["child_seen"] for row in rows] == [True, None, None]
    assert [row.values["harm_factor"] for row in rows] == [True, None, None]


def test_a_child_not_yet_born_has_no_date_of_birth() -> None:
    assert at(case_of({"born": AFTER})).child.values["born"] is None
    assert at(case_of({"born": AS_AT})).child.values["age"] == 0


def test_a_child_whose_case_was_opened_later_is_not_there_and_the_notes_say_so() -> None:
    opened = source_of(case_of({"opened_on": AFTER})).as_at(AS_AT)
    assert opened.child_ids == ()
    assert "not there yet on 2019-09-30: opened later (CH-1)" in str(opened.notes[0])
    assert source_of(case_of({"opened_on": AS_AT})).as_at(AS_AT).child_ids == ("CH-1",)


def test_a_source_is_cut_once() -> None:
    cut = source_of(case_of()).as_at(AS_AT)
    with pytest.raises(ValueError, match="already cut at 2019-09-30"):
        cut.as_at(BEFORE)


def test_both_forms_of_a_source_are_cut_alike() -> None:
    rows = source_of(case_of(reviews=[{"id": "R1", "held": AFTER}]))
    frames = Source(rows.tables(), absent=rows.absent)
    assert frames.as_at(AS_AT).case_set() == rows.as_at(AS_AT).case_set()
    assert frames.as_at(AS_AT).notes == rows.as_at(AS_AT).notes
    assert frames.child_ids == rows.child_ids


def test_wholes_are_no_parts_of_another() -> None:
    """The cut goes through wholes before parts, once: that is enough while no part has parts of its own."""
    wholes = {record_type.belongs_to[1] for record_type in RECORD_TYPES.values() if record_type.belongs_to}
    assert all(RECORD_TYPES[whole].belongs_to is None for whole in wholes)


def test_every_date_that_the_cut_goes_by_is_a_field_of_its_type() -> None:
    for record_type in TYPES.values():
        assert all(record_type.fields[field].is_date for field in record_type.dated)
        hang_on = [spec.known_from for spec in record_type.fields.values() if spec.known_from]
        assert all(record_type.fields[field].is_date for field in hang_on)


def changes(file: CaseFile) -> dict[str, tuple[Any, Any]]:
    rows = at(file).records["changes"]
    assert all(row.values["derived_from"] for row in rows)
    return {row.id: (row.values["kind"], row.values["happened"]) for row in rows}


def test_meetings_and_enquiries_are_changes() -> None:
    file = case_of(discussions=[{"id": "D1", "held": BEFORE}], section47s=[{"id": "S1", "started": AS_AT}])
    assert changes(file) == {
        "discussions/D1": ("strategy_discussion", BEFORE),
        "section47s/S1": ("section47", AS_AT),
    }


def test_a_child_protection_plan_is_a_change_when_it_begins_and_when_it_ends() -> None:
    plans = [
        {"id": "P1", "kind": "cp", "started": date(2018, 1, 1), "ended": AS_AT},
        {"id": "P2", "kind": "cp", "started": BEFORE, "ended": AFTER},
        {"id": "P3", "kind": "cin", "started": BEFORE, "ended": AS_AT},
    ]
    assert changes(case_of(plans=plans)) == {
        "plans/P1": ("new_cp_plan", date(2018, 1, 1)),
        "plans/P1/ended": ("cp_plan_ended", AS_AT),
        "plans/P2": ("new_cp_plan", BEFORE),
    }


def episode(key: str, start: date, end: date | None, placement: str = "U4", why: str = "S") -> dict[str, Any]:
    return {
        "id": key,
        "started": start,
        "ended": end,
        "legal_status": "C2",
        "placement": placement,
        "reason_started": why,
    }


def test_coming_into_care_moving_and_leaving_are_changes() -> None:
    one, two, three, four = date(2018, 1, 1), date(2018, 6, 1), date(2018, 9, 1), date(2019, 1, 1)
    file = case_of(
        episodes=[
            episode("E1", one, two),
            episode("E2", two, three, why="L"),  # another legal status, the same carer
            episode("E3", three, four, why="P"),  # another carer, the same kind of placement
            episode("E4", four, date(2019, 2, 1), placement="K2", why="L"),
            episode("E5", date(2019, 5, 1), None),  # back into care, after a gap
        ]
    )
    assert changes(file) == {
        "episodes/E1": ("became_looked_after", one),
        "episodes/E3": ("moved_placement", three),
        "episodes/E4": ("moved_placement", four),
        "episodes/E4/ended": ("ceased_looked_after", date(2019, 2, 1)),
        "episodes/E5": ("became_looked_after", date(2019, 5, 1)),
    }


def test_the_third_time_missing_is_a_change() -> None:
    days = [AS_AT - timedelta(days=days) for days in (20, 10, 0)]
    file = case_of(missing_episodes=[{"id": f"M{n}", "started": day} for n, day in enumerate(days)])
    assert changes(file) == {"missing_episodes/M2": ("missing_three_times", AS_AT)}
    asked = source_of(file).as_at(AS_AT, {("changes", "kind")}).case_set().files[0]
    assert ids(asked, "changes") == ["missing_episodes/M2"]
    assert all("third_in_30_days" not in row.values for row in asked.records["missing_episodes"])


def test_derived_changes_join_those_that_the_source_wrote_and_repeat_none() -> None:
    file = case_of(
        changes=[{"id": "C1", "kind": "section47", "happened": BEFORE}, {"id": "z2", "kind": "new_baby"}],
        section47s=[{"id": "S1", "started": BEFORE}, {"id": "S2", "started": AS_AT}],
    )
    rows = at(file).records["changes"]
    assert [row.id for row in rows] == ["C1", "section47s/S2", "z2"]
    assert [row.values.get("derived_from", "not carried") for row in rows] == [
        "not carried",
        "section47s/S2",
        "not carried",
    ]
    frames = Source(source_of(file).tables()).as_at(AS_AT)
    assert frames.case_set().files[0].records["changes"] == rows


def test_changes_are_not_carried_where_nothing_shows_them() -> None:
    assert "changes" not in at(case_of(sdqs=[])).records
    assert at(case_of(plans=[])).records["changes"] == ()


def test_only_what_is_asked_for_is_derived() -> None:
    source = source_of(case_of({"born": BEFORE}, plans=[{"id": "P1", "kind": "cp", "started": BEFORE}]))
    asked = source.as_at(AS_AT, {("child", "age")}).case_set().files[0]
    assert set(asked.child.values) == {"born", "born_as_typed", "age"}
    assert "changes" not in asked.records
    assert "changes" in source.as_at(AS_AT, {("changes", "kind")}).case_set().files[0].records


def test_the_councils_words_for_agencies() -> None:
    file = case_of(
        discussions=[{"id": "D1", "held": BEFORE}],
        participants=[
            {"id": "P1", "discussion": "D1", "agency": "W.M.P."},
            {"id": "P2", "discussion": "D1", "agency": "Police"},
            {"id": "P3", "discussion": "D1", "agency": "somebody"},
        ],
    )
    source = source_of(file)
    codes = [
        row.values["agency_code"]
        for row in _people(source.as_at(AS_AT, council=Council({**NO_ALIASES, " w m p ": "police"})))
    ]
    assert codes == ["police", "police", None]
    assert [row.values["agency_code"] for row in _people(source.as_at(AS_AT))] == [None, "police", None]


def _people(source: Source) -> tuple[Row, ...]:
    return source.case_set().files[0].records["participants"]


def test_what_follows_a_link() -> None:
    file = case_of(
        plans=[{"id": "P1", "ended": None, "review_due": AFTER}, {"id": "P2", "ended": AS_AT, "review_due": None}],
        plan_actions=[{"id": "A1", "plan": "P1"}, {"id": "A2", "plan": "P2"}, {"id": "A3", "plan": None}, {"id": "A4"}],
    )
    rows = at(file).records["plan_actions"]
    assert [row.values.get("of_current_plan", "not carried") for row in rows] == [True, False, None, "not carried"]
    assert [row.values.get("plan_review_due", "not carried") for row in rows] == [AFTER, None, None, "not carried"]
    # An action that does not say whose it is may be of any plan: then nothing is counted.
    assert all("action_count" not in row.values for row in at(file).records["plans"])


def test_how_many_actions_a_plan_has() -> None:
    actions = [{"id": f"A{n}", "plan": plan, "due_on": AS_AT} for n, plan in enumerate(["P1", "P1", None])]
    file = case_of(plans=[{"id": "P1"}, {"id": "P2"}], plan_actions=actions)
    rows = at(file).records["plans"]
    assert [row.values["action_count"] for row in rows] == [2, 0]
    assert [row.values["most_on_one_date"] for row in rows] == [100, None]
