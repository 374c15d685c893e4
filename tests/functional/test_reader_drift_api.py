"""What the mutations of files found in payloads of the DfE API: nodes of another shape, and never without a word."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.model.problem import InputError


def read(folder: Path, details: Any = None, health: Any = None, **episode: Any) -> Source:
    child: dict[str, Any] = {"la_child_id": "C1", "child_details": {"date_of_birth": "2010-05-01", **(details or {})}}
    if health is not None:
        child["health_and_wellbeing"] = health
    child["social_care_episodes"] = [{"social_care_episode_id": "E1", "referral_date": "2018-12-15", **episode}]
    (folder / "payload.json").write_text(json.dumps({"Children": [child]}), encoding="utf-8")
    return read_cases(folder / "payload.json")


def said(source: Source) -> str:
    return "\n".join(f"{note} {[str(one) for one in (*note.headings, *note.unread)]}" for note in source.notes)


def values(source: Source, name: str, field: str) -> list[Any]:
    (file,) = source.case_set().files
    return [row.values.get(field, "not carried") for row in file.records.get(name, ())]


def child(source: Source, field: str) -> Any:
    return source.case_set().files[0].child.values.get(field, "not carried")


PLACES = [
    {"child_looked_after_placement_id": "L1", "START_DATE": "2017-06-14", "placement_type": "U4"},
    {"child_looked_after_placement_id": "L2", "start_date": "2018-07-27", "placement_type": "A4"},
]


def test_a_key_in_other_letters_is_the_same_key(tmp_path: Path) -> None:
    source = read(tmp_path, child_looked_after_placements=PLACES)
    assert values(source, "episodes", "started") == [date(2017, 6, 14), date(2018, 7, 27)]


def test_a_key_twice_in_one_node_in_other_letters_is_not_carried(tmp_path: Path) -> None:
    places = [{**PLACES[0], "start_date": "2017-06-15"}, PLACES[1]]
    source = read(tmp_path, child_looked_after_placements=places)
    assert values(source, "episodes", "started") == ["not carried", "not carried"]
    assert "several columns are headed so, and nothing says which is meant" in said(source)


def test_a_list_or_an_object_in_place_of_a_value_is_said(tmp_path: Path) -> None:
    source = read(tmp_path, {"date_of_birth": {"value": "2010-05-01"}}, referral_date=["2018-12-15"])
    assert (child(source, "born"), values(source, "referrals", "received")) == (None, [None])
    assert "payload.json Children[0]: date_of_birth is no single value, and is left blank" in said(source)
    assert "social_care_episodes[0]: referral_date is no single value, and is left blank" in said(source)


def test_a_section_of_another_name_is_said_or_refused(tmp_path: Path) -> None:
    source = read(tmp_path, visits_made=[{"held": "2019-01-05"}])
    assert "payloads: left: visits_made, a section that is not known; 0 taken, 1 left" in said(source)
    for more in ({"health": {"sdq_assessment": []}}, {"details": {"disabilties": ["AUT"]}}):
        with pytest.raises(InputError, match="did you mean"):
            read(tmp_path, **more)


def test_a_payload_whose_children_are_misnamed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "payload.json").write_text('{"la_code": 201, "Kids": [{"la_child_id": "C1"}]}', encoding="utf-8")
    with pytest.raises(InputError, match=r"payload\.json: no child in the payload; found la_code, Kids"):
        read_cases(tmp_path / "payload.json")


def test_blank_objects_are_no_records(tmp_path: Path) -> None:
    source = read(tmp_path, child_in_need_plans=[{"start_date": "2018-12-20"}, {}, None])
    assert values(source, "plans", "started") == [date(2018, 12, 20)]


def test_a_disability_that_is_no_code_is_none(tmp_path: Path) -> None:
    source = read(tmp_path, {"disabilities": ["NONE", "see file", 1]})
    assert child(source, "disabled") is None
    assert "disabilities cannot be read and is left blank; found see file" in said(source)
    assert child(read(tmp_path, {"disabilities": ["AUT", "see file"]}), "disabled") is True
    assert "disabilities is not a list, and is left" in said(read(tmp_path, {"disabilities": "AUT"}))


def test_factors_that_are_no_codes_are_said(tmp_path: Path) -> None:
    assessments = [{"start_date": "2018-12-17", "factors": ["1A", {"code": "16A"}]}]
    source = read(tmp_path, child_and_family_assessments=assessments)
    assert values(source, "assessments", "factors") == [None]
    assert "factors cannot be read and is left blank; found 1A ?" in said(source)


@pytest.mark.parametrize(
    "last",
    [
        {"worker_id": "W2", "start_date": "soon"},
        {"worker_id": "W2", "start_date": "2018-12-31", "end_date": "soon"},
        {"wokrer_id": "W2", "start_date": "2018-12-31"},
        "W2",
    ],
)
def test_a_worker_of_whom_something_cannot_be_read_makes_nobody_the_worker(tmp_path: Path, last: Any) -> None:
    source = read(tmp_path, care_worker_details=[{"worker_id": "W1", "start_date": "2018-12-16"}, last])
    assert child(source, "worker") is None
    assert "care_worker_details" in said(source)


def test_what_is_wrong_with_an_episode_is_said_once(tmp_path: Path) -> None:
    source = read(tmp_path, care_worker_details="W2", child_in_need_plans="none")
    (note,) = [note for note in source.notes if note.about == "payloads"]
    assert note.unread_count == 2


def test_a_section_that_holds_no_more_than_a_strange_value_is_said(tmp_path: Path) -> None:
    source = read(tmp_path, health={"first": "see file"})
    assert "payloads: left: first, a section that is not known" in said(source)


def test_a_record_that_says_nothing_that_is_known_of_a_child_is_refused(tmp_path: Path) -> None:
    for children in ({"first": "see file"}, [{"la_child_id": "C1"}, {"first": "see file"}]):
        (tmp_path / "payload.json").write_text(json.dumps({"Children": children}), encoding="utf-8")
        with pytest.raises(InputError, match=r"payload.json: Children\[\d\] is no record of a child; found first"):
            read_cases(tmp_path / "payload.json")
