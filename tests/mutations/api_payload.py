"""A small payload of the DfE API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from qaengine.cases.formats.api_sheets import ARRAYS, OBJECTS, SHEETS
from tests.mutations.model import Cell, Fields, Fixture, Table, fields_in
from tests.mutations.xml_returns import cell_of

Node = dict[str, Any]
FILE = "payload.json"
SECTIONS = (*ARRAYS, *OBJECTS)


@dataclass(frozen=True)
class JsonFixture(Fixture):
    """A payload: its data."""

    data: Node = field(default_factory=dict)


def nodes(data: Any) -> Iterator[tuple[str, str, Node, Any]]:
    """Every node that is a row: its table, its child, itself, and what holds it."""
    keys = [key for key in data if key.lower() == "children"] if isinstance(data, dict) else []
    children = data[keys[0]] if keys else None
    for child in children if isinstance(children, list) else ():
        if not isinstance(child, dict):
            continue
        who = str(child.get("la_child_id"))
        if isinstance(details := child.get("child_details"), dict):
            yield "child_details", who, details, child
        health = child.get("health_and_wellbeing")
        for sdq in _list(health, "sdq_assessments") if isinstance(health, dict) else ():
            yield "sdq_assessments", who, sdq, health["sdq_assessments"]
        for episode in _list(child, "social_care_episodes"):
            yield "social_care_episodes", who, episode, child["social_care_episodes"]
            for section in ARRAYS:
                for node in _list(episode, section):
                    yield section, who, node, episode[section]
            for section in OBJECTS:
                if isinstance(episode.get(section), dict) and episode[section]:
                    yield section, who, episode[section], episode


def _list(node: Node, key: str) -> Iterator[Node]:
    value = node.get(key)
    return (one for one in value if isinstance(one, dict) and one) if isinstance(value, list) else iter(())


def json_bytes(data: Any) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def _tables(data: Node) -> tuple[Table, ...]:
    rows: dict[str, list[dict[str, Cell]]] = {sheet.name: [] for sheet in SHEETS}
    for table, who, node, _ in nodes(data):
        cells: dict[str, Cell] = {"la_child_id": who}
        for key, value in node.items():
            if not isinstance(value, list | dict):
                cells[key] = cell_of(value) if isinstance(value, str) else value
        rows[table].append(cells)
    made = []
    for name, all_cells in rows.items():
        headings = tuple(dict.fromkeys(("la_child_id", *(key for cells in all_cells for key in cells))))
        made.append(Table(name, headings, tuple(tuple(cells.get(one) for one in headings) for cells in all_cells)))
    return tuple(made)


DATA: Node = {
    "la_code": 201,
    "Children": [
        {
            "la_child_id": "C601",
            "mis_child_id": "M601",
            "purge": False,
            "child_details": {
                "first_name": "Zoë",
                "date_of_birth": "2008-05-03",
                "sex": "M",
                "disabilities": ["HAND", "VIS"],
            },
            "health_and_wellbeing": {
                "sdq_assessments": [{"date": "2018-05-15", "score": 17}, {"date": "2018-11-05", "score": 31}]
            },
            "social_care_episodes": [
                {
                    "social_care_episode_id": "E1",
                    "referral_date": "2018-12-15",
                    "referral_source": "1A",
                    "referral_no_further_action_flag": False,
                    "care_worker_details": [
                        {"worker_id": "W1", "start_date": "2018-12-16", "end_date": "2018-12-30"},
                        {"worker_id": "W2", "start_date": "2018-12-31"},
                    ],
                    "child_and_family_assessments": [
                        {
                            "child_and_family_assessment_id": "A1",
                            "start_date": "2018-12-07",
                            "authorisation_date": "2019-02-13",
                            "factors": ["1A", "16A"],
                        }
                    ],
                    "child_in_need_plans": [
                        {"child_in_need_plan_id": "N1", "start_date": "2018-12-28", "end_date": "2019-01-04"}
                    ],
                    "section_47_assessments": [
                        {
                            "section_47_assessment_id": "S1",
                            "start_date": "2018-12-19",
                            "icpc_required_flag": True,
                            "icpc_date": "2019-01-15",
                            "end_date": "2018-12-27",
                        }
                    ],
                    "child_protection_plans": [{"child_protection_plan_id": "P1", "start_date": "2019-01-17"}],
                },
                {
                    "social_care_episode_id": "E2",
                    "referral_date": "2018-05-16",
                    "referral_source": "6",
                    "referral_no_further_action_flag": True,
                    "closure_date": "2018-06-13",
                    "closure_reason": "RC1",
                    "section_47_assessments": [],
                },
            ],
        },
        {
            "la_child_id": "C602",
            "purge": False,
            "child_details": {"date_of_birth": "2010-11-24", "disabilities": ["NONE"]},
            "social_care_episodes": [
                {
                    "social_care_episode_id": "E3",
                    "referral_date": "2017-06-13",
                    "referral_source": "2A",
                    "referral_no_further_action_flag": False,
                    "child_looked_after_placements": [
                        {
                            "child_looked_after_placement_id": "L1",
                            "start_date": "2017-06-14",
                            "start_reason": "S",
                            "placement_type": "U4",
                            "end_date": "2018-07-25",
                            "end_reason": "X1",
                        },
                        {
                            "child_looked_after_placement_id": "L2",
                            "start_date": "2018-07-27",
                            "start_reason": "P",
                            "placement_type": "A4",
                        },
                    ],
                    "adoption": {
                        "initial_decision_date": "2018-04-11",
                        "matched_date": "2018-08-29",
                        "placed_date": "2018-09-26",
                    },
                }
            ],
        },
        {
            "la_child_id": "C603",
            "purge": False,
            "child_details": {"date_of_birth": "2001-02-28"},
            "social_care_episodes": [
                {
                    "social_care_episode_id": "E4",
                    "referral_date": "2016-02-16",
                    "referral_no_further_action_flag": False,
                    "care_leavers": {"contact_date": "2019-02-14", "activity": "F2", "accommodation": "D"},
                }
            ],
        },
    ],
}
_DISABLED: Fields = frozenset({("child", "disabled")})
_WORKER: Fields = frozenset({("child", "worker")})
_FACTORS: Fields = frozenset({("assessments", "factors")})
TABLES = _tables(DATA)
_REACHES: Mapping[str, frozenset[str]] = {
    "child_details": frozenset(sheet.name for sheet in SHEETS),
    "social_care_episodes": frozenset(SECTIONS),
}
PAYLOAD = JsonFixture(
    "DfE API",
    TABLES,
    {FILE: json_bytes(DATA)},
    fields_in(
        SHEETS,
        {
            ("child_details", "disabilities"): _DISABLED,
            ("social_care_episodes", "care_worker_details"): _WORKER,
            ("section_47_assessments", "section_47_assessment_id"): frozenset({("conferences", "section47")}),
            ("social_care_episodes", "social_care_episode_id"): frozenset(
                {("referrals", "id"), ("assessments", "referral")}
            ),
        },
    ),
    lambda name: name,
    lambda name: _REACHES.get(name, frozenset()) | {name},
    data=DATA,
    beside=("payloads", FILE),
)
