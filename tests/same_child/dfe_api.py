"""The children in a payload of the DfE API: no visits, no reviews, no legal statuses."""

import json
from pathlib import Path
from typing import Any

from tests.same_child.form import Form, some


def _child(child_id: str, born: str, disabilities: list[str], worker: str, **episode: Any) -> dict[str, Any]:
    """One record: what is the same for every child, and the episode of care."""
    sdqs = episode.pop("sdq_assessments", [])
    sections = {
        "child_and_family_assessments": [],
        "child_in_need_plans": [],
        "section_47_assessments": [],
        "child_protection_plans": [],
        "child_looked_after_placements": [],
        "adoption": {},
        "care_leavers": {},
    }
    since = episode["referral_date"]
    workers = [{"worker_id": worker, "start_date": since}]
    return {
        "la_child_id": child_id,
        "mis_child_id": f"MIS-{child_id}",
        "purge": False,
        "child_details": {"date_of_birth": born, "sex": "U", "disabilities": disabilities, "purge": False},
        "health_and_wellbeing": {"sdq_assessments": sdqs, "purge": False},
        "social_care_episodes": [{**sections, **episode, "care_worker_details": workers, "purge": False}],
    }


PAYLOAD = [
    _child(
        "CH-1001",
        "2010-05-01",
        ["NONE"],
        "W-11",
        social_care_episode_id="R-1",
        referral_date="2018-10-01",
        referral_source="2A",
        referral_no_further_action_flag=False,
        child_and_family_assessments=[
            {
                "child_and_family_assessment_id": "A-1",
                "start_date": "2018-10-03",
                "authorisation_date": "2018-11-30",
                "factors": ["16A", "4B"],
            }
        ],
        section_47_assessments=[
            {
                "section_47_assessment_id": "S-1",
                "start_date": "2018-10-15",
                "icpc_required_flag": True,
                "icpc_date": "2018-11-02",
                "end_date": "2018-10-26",
            }
        ],
        child_protection_plans=[{"child_protection_plan_id": "P-1", "start_date": "2018-11-02"}],
    ),
    _child(
        "CH-1002",
        "2012-08-14",
        ["NONE"],
        "W-12",
        social_care_episode_id="R-2",
        referral_date="2018-09-03",
        referral_source="6",
        referral_no_further_action_flag=False,
        child_and_family_assessments=[
            {
                "child_and_family_assessment_id": "A-2",
                "start_date": "2018-09-10",
                "authorisation_date": "2018-12-14",
                "factors": ["3B"],
            }
        ],
        section_47_assessments=[
            {
                "section_47_assessment_id": "S-2",
                "start_date": "2018-11-05",
                "icpc_required_flag": True,
                "icpc_date": "2018-12-05",
                "end_date": "2019-01-25",
            }
        ],
        child_protection_plans=[{"child_protection_plan_id": "P-2", "start_date": "2018-12-05"}],
    ),
    _child(
        "CH-1003",
        "2014-02-20",
        ["AUT"],
        "W-13",
        social_care_episode_id="R-3",
        referral_date="2018-08-06",
        referral_source="5A",
        referral_no_further_action_flag=False,
        child_and_family_assessments=[
            {
                "child_and_family_assessment_id": "A-3",
                "start_date": "2018-08-08",
                "authorisation_date": "2018-10-08",
                "factors": ["6A"],
            }
        ],
        child_in_need_plans=[{"child_in_need_plan_id": "P-3", "start_date": "2018-10-15"}],
    ),
    _child(
        "CH-1004",
        "2008-11-30",
        ["NONE"],
        "W-14",
        social_care_episode_id="R-4",
        referral_date="2016-10-03",
        referral_source="1A",
        referral_no_further_action_flag=False,
        child_and_family_assessments=[
            {
                "child_and_family_assessment_id": "A-4",
                "start_date": "2016-10-05",
                "authorisation_date": "2016-12-01",
                "factors": ["16A"],
            }
        ],
        child_in_need_plans=[{"child_in_need_plan_id": "P-4", "start_date": "2016-12-12"}],
    ),
    _child(
        "CH-1005",
        "2002-09-10",
        ["NONE"],
        "W-15",
        social_care_episode_id="R-5",
        referral_date="2016-04-25",
        referral_source="2A",
        referral_no_further_action_flag=False,
        sdq_assessments=[{"date": "2017-10-04", "score": 12}, {"date": "2018-10-02", "score": 11}],
        child_and_family_assessments=[
            {
                "child_and_family_assessment_id": "A-5",
                "start_date": "2016-04-26",
                "authorisation_date": "2016-06-20",
                "factors": ["16A"],
            }
        ],
        child_looked_after_placements=[
            {
                "child_looked_after_placement_id": "E-51",
                "start_date": "2016-05-03",
                "start_reason": "S",
                "placement_type": "U4",
                "end_date": "2017-09-11",
                "end_reason": "X1",
            },
            {
                "child_looked_after_placement_id": "E-52",
                "start_date": "2017-09-11",
                "start_reason": "L",
                "placement_type": "U4",
            },
        ],
        care_leavers={"contact_date": "2019-03-12", "activity": "F2", "accommodation": "D"},
    ),
    _child(
        "CH-1006",
        "2012-10-05",
        ["NONE"],
        "W-16",
        social_care_episode_id="R-6",
        referral_date="2017-12-04",
        referral_source="3B",
        referral_no_further_action_flag=False,
        child_and_family_assessments=[
            {
                "child_and_family_assessment_id": "A-7",
                "start_date": "2017-12-05",
                "authorisation_date": "2018-02-05",
                "factors": ["16A", "1B"],
            }
        ],
        child_looked_after_placements=[
            {
                "child_looked_after_placement_id": "E-61",
                "start_date": "2018-01-15",
                "start_reason": "S",
                "placement_type": "U4",
                "end_date": "2018-08-20",
                "end_reason": "X1",
            },
            {
                "child_looked_after_placement_id": "E-62",
                "start_date": "2018-08-20",
                "start_reason": "L",
                "placement_type": "U4",
            },
        ],
        adoption={"initial_decision_date": "2018-06-11"},
    ),
    _child(
        "CH-1007",
        "2016-11-21",
        ["NONE"],
        "W-17",
        social_care_episode_id="R-7",
        referral_date="2018-04-03",
        referral_source="3E",
        referral_no_further_action_flag=False,
        child_and_family_assessments=[
            {
                "child_and_family_assessment_id": "A-8",
                "start_date": "2018-04-05",
                "authorisation_date": "2018-06-04",
                "factors": ["2B"],
            }
        ],
        child_looked_after_placements=[
            {
                "child_looked_after_placement_id": "E-71",
                "start_date": "2018-04-16",
                "start_reason": "S",
                "placement_type": "U4",
                "end_date": "2018-10-08",
                "end_reason": "X1",
            },
            {
                "child_looked_after_placement_id": "E-72",
                "start_date": "2018-10-08",
                "start_reason": "L",
                "placement_type": "U4",
                "end_date": "2019-01-14",
                "end_reason": "X1",
            },
            {
                "child_looked_after_placement_id": "E-73",
                "start_date": "2019-01-14",
                "start_reason": "P",
                "placement_type": "A5",
            },
        ],
        adoption={
            "initial_decision_date": "2018-08-13",
            "matched_date": "2018-12-10",
            "placed_date": "2019-01-14",
        },
    ),
]


def write(folder: Path) -> Path:
    """The payload."""
    file = folder / "payload.json"
    file.write_text(json.dumps({"la_code": 999, "Children": PAYLOAD}, indent=1), encoding="utf-8")
    return file


EVERY = ("CH-1001", "CH-1002", "CH-1003", "CH-1004", "CH-1005", "CH-1006", "CH-1007")
API = Form(
    "DfE API",
    write,
    EVERY,
    {
        "child": "born expected disabled worker",
        "sdqs": "completed score",
        "referrals": "received closed source source_kind no_further_action",
        "assessments:child_and_family": "started authorised factors referral kind",
        "plans:cin": "started ended kind",
        "plans:cp": "started ended kind",
        "section47s": "started ended conference_needed",
        "conferences": "held section47 kind",
        "episodes": "started ended reason_started placement reason_ended",
        "adoption_plans": "decided matched placed",
        "adoption_placements": "placed",
        "adviser_contacts": "held",
    },
    lambda name, row: name != "sdqs" or row["score"] is not None,
    beside={
        **{(child_id, "sdqs"): [{}] for child_id in EVERY},
        ("CH-1005", "assessments"): some("pathway_needs"),
        ("CH-1005", "plans"): some("care", "pathway"),
        ("CH-1006", "plans"): some("care"),
        ("CH-1007", "plans"): some("care"),
    },
    why="no legal status, so that short breaks cannot be told from care; no visits and no reviews",
)
