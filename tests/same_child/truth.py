"""The truth: the case file of each child, written by hand, as much of it as the standards look at.

CH-1001 came onto a child protection plan with everything in time, CH-1002 late; CH-1003 has a child-in-need plan in
time, CH-1004 a long one that drifts; CH-1005 is 16 and in care with everything in time, CH-1006 is 6 and in care, late,
with a placement order and no match; CH-1007 is 2 and was placed for adoption in time.
"""

from pathlib import Path
from typing import Any

import yaml

from qaengine.cases.shape import CHILD, RECORD_TYPES, source_fields

CHILDREN = {
    "CH-1001": """
child: {born: 2010-05-01, team: East, worker: W-11, sibling_group: F-1, disabled: no, of_school_age: yes,
  opened_on: 2018-10-01}
contacts:
  - {id: CT-1, received: 2018-10-01, source: 2A, source_kind: professional, decided: 2018-10-01,
     decision: assessment, referral: R-1}
referrals:
  - {id: R-1, received: 2018-10-01, source: 2A, source_kind: professional, no_further_action: no, decided: 2018-10-02,
     decision: assessment}
assessments: # 45 working days end on 3 December
  - {id: A-1, started: 2018-10-03, authorised: 2018-11-30, kind: child_and_family, referral: R-1, child_seen: yes,
     seen_alone: yes, about_this_child: yes, reviewed_midway: 2018-10-18, factors: 16A 4B, decision: section47,
     child_views: I hide under the bed when they shout, parents_views: mother wants it to stop, own_section: yes,
     impact: she does not sleep and is behind at school, neglect_tool: GCP-1}
section47s: # 15 working days end on 5 November
  - {id: S-1, started: 2018-10-15, ended: 2018-10-26, conference_needed: yes, finding: risk_continues}
conferences:
  - {id: CF-1, held: 2018-11-02, kind: initial, section47: S-1, plan_made: yes, quorate: yes}
plans:
  - {id: P-1, kind: cp, started: 2018-11-02, child_views: I want to sleep in my own bed at mum's,
     contingency: the grandmother has agreed to take both children, contingency_trigger: one missed school day,
     contingency_owner: team manager}
core_groups:
  - {held: 2018-11-15, agencies: 3, family_present: yes, actions_reviewed: yes}
  - {held: 2018-12-20, agencies: 3, family_present: yes, actions_reviewed: yes}
  - {held: 2019-01-30, agencies: 3, family_present: yes, actions_reviewed: yes}
  - {held: 2019-03-08, agencies: 3, family_present: yes, actions_reviewed: yes}
visits: # never more than 10 working days apart
  - {id: V-101, kind: cp, held: 2018-11-09, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-102, kind: cp, held: 2018-11-23, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-103, kind: cp, held: 2018-12-07, seen: yes, seen_alone: yes, bedroom_seen: yes}
  - {id: V-104, kind: cp, held: 2018-12-20, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-105, kind: cp, held: 2019-01-04, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-106, kind: cp, held: 2019-01-18, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-107, kind: cp, held: 2019-02-01, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-108, kind: cp, held: 2019-02-15, seen: yes, seen_alone: yes, bedroom_seen: yes}
  - {id: V-109, kind: cp, held: 2019-03-01, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-110, kind: cp, held: 2019-03-15, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-111, kind: cp, held: 2019-03-28, seen: yes, seen_alone: yes, bedroom_seen: no}
reviews:
  - {id: RV-101, kind: cp, held: 2019-01-25, due: 2019-02-01, quorate: yes, participation: PN1, consultation: DOC-1}
chair_contacts:
  - {held: 2019-03-12, by_role: conference chair, with_child: yes}
legal_cases:
  - {id: L-1, opened: 2018-12-03, planning_meeting: 2018-12-10, minutes: 2018-12-14, decision: pre_proceedings,
     threshold: neglect over two years, alternatives: kinship care, letter: 2018-12-17, exited: 2019-02-25,
     exit_decision: stepped_down}
supervisions:
  - {held: 2018-11-05, by_role: team manager}
  - {held: 2018-12-03, by_role: team manager}
""",
    "CH-1002": """
child: {born: 2012-08-14, team: East, worker: W-12, disabled: no, of_school_age: yes, opened_on: 2018-09-03}
referrals:
  - {id: R-2, received: 2018-09-03, source: '6', source_kind: professional, no_further_action: no, decided: 2018-09-06,
     decision: assessment}
assessments: # 45 working days ended on 5 November
  - {id: A-2, started: 2018-09-10, authorised: 2018-12-14, kind: child_and_family, referral: R-2, child_seen: no,
     about_this_child: yes, factors: 3B, decision: section47}
section47s: # 15 working days ended on 26 November
  - {id: S-2, started: 2018-11-05, ended: 2019-01-25, conference_needed: yes}
conferences:
  - {id: CF-2, held: 2018-12-05, kind: initial, section47: S-2, plan_made: yes, quorate: no}
plans:
  - {id: P-2, kind: cp, started: 2018-12-05}
visits:
  - {id: V-201, kind: cp, held: 2018-12-12, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-202, kind: cp, held: 2019-01-21, seen: no, seen_alone: no, bedroom_seen: no}
  - {id: V-203, kind: cp, held: 2019-02-25, seen: yes, seen_alone: yes, bedroom_seen: no}
reviews:
  - {id: RV-201, kind: cp, held: 2019-03-20, due: 2019-03-04, quorate: no}
legal_cases: # 26 weeks ended on 11 March
  - {id: L-2, opened: 2018-09-05, letter: 2018-09-10}
""",
    "CH-1003": """
child: {born: 2014-02-20, team: West, worker: W-13, disabled: yes, of_school_age: yes, opened_on: 2018-08-06}
referrals:
  - {id: R-3, received: 2018-08-06, source: 5A, source_kind: professional, no_further_action: no, decided: 2018-08-07,
     decision: assessment}
assessments: # 45 working days end on 9 October
  - {id: A-3, started: 2018-08-08, authorised: 2018-10-08, kind: child_and_family, referral: R-3, child_seen: yes,
     seen_alone: yes, about_this_child: yes, reviewed_midway: 2018-08-22, factors: 6A, decision: child_in_need}
plans:
  - {id: P-3, kind: cin, started: 2018-10-15, endorsed: 2018-10-17}
visits: # never more than 20 working days apart
  - {id: V-301, kind: cin, held: 2018-10-29, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-302, kind: cin, held: 2018-11-22, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-303, kind: cin, held: 2018-12-18, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-304, kind: cin, held: 2019-01-15, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-305, kind: cin, held: 2019-02-08, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-306, kind: cin, held: 2019-03-06, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-307, kind: cin, held: 2019-03-27, seen: yes, seen_alone: yes, bedroom_seen: no}
reviews:
  - {id: RV-301, kind: cin_planning, held: 2018-10-15, agencies: 2, chair_role: team manager, progress_recorded: yes}
  - {id: RV-302, kind: cin, held: 2019-01-10, agencies: 2, chair_role: team manager, progress_recorded: yes}
  - {id: RV-303, kind: cin, held: 2019-03-28, agencies: 2, chair_role: team manager, progress_recorded: yes}
supervisions:
  - {held: 2019-02-25, by_role: team manager}
""",
    "CH-1004": """
child: {born: 2008-11-30, team: West, worker: W-14, disabled: no, of_school_age: yes, opened_on: 2016-10-03}
referrals:
  - {id: R-4, received: 2016-10-03, source: 1A, source_kind: family, no_further_action: no, decided: 2016-10-04,
     decision: assessment}
assessments: # long before the year of a census
  - {id: A-4, started: 2016-10-05, authorised: 2016-12-01, kind: child_and_family, referral: R-4, child_seen: yes,
     about_this_child: yes, factors: 16A, decision: child_in_need}
plans:
  - {id: P-4, kind: cin, started: 2016-12-12}
visits:
  - {id: V-401, kind: cin, held: 2018-12-03, seen: yes, seen_alone: yes, bedroom_seen: no}
  - {id: V-402, kind: cin, held: 2019-02-25, seen: yes, seen_alone: no, bedroom_seen: no}
reviews:
  - {id: RV-401, kind: cin, held: 2018-06-20}
""",
    "CH-1005": """
child: {born: 2002-09-10, team: Care, worker: W-15, disabled: no, of_school_age: yes, opened_on: 2016-04-25,
  reviewing_officer: IRO-1, personal_adviser: PA-3, leaving_care: eligible}
referrals:
  - {id: R-5, received: 2016-04-25, source: 2A, source_kind: professional, no_further_action: no, decided: 2016-04-25,
     decision: assessment}
assessments:
  - {id: A-5, started: 2016-04-26, authorised: 2016-06-20, kind: child_and_family, referral: R-5, child_seen: yes,
     about_this_child: yes, factors: 16A, decision: child_in_need}
  - {id: A-6, started: 2018-10-08, authorised: 2018-11-05, kind: pathway_needs, child_seen: yes, about_this_child: yes,
     decision: child_in_need}
plans:
  - {id: P-5, kind: care, started: 2016-05-12, ended: 2016-08-10}
  - {id: P-6, kind: care, started: 2016-08-10, updated: 2018-11-12}
  - {id: P-7, kind: pathway, started: 2018-11-12}
episodes:
  - {id: E-51, started: 2016-05-03, ended: 2017-09-11, legal_status: C1, reason_started: S, placement: U4,
     reason_ended: X1}
  - {id: E-52, started: 2017-09-11, legal_status: C2, reason_started: L, placement: U4}
placements:
  - {id: PL-51, started: 2016-05-03, kind: foster, carer: FC-1, same_carer: no, arrangement: ordinary}
reviews:
  - {id: RV-501, kind: cla, held: 2016-05-24, due: 2016-06-01, participation: PN1}
  - {id: RV-502, kind: cla, held: 2016-08-16, due: 2016-08-24, participation: PN1}
  - {id: RV-503, kind: cla, held: 2017-02-10, due: 2017-02-16, participation: PN1}
  - {id: RV-504, kind: cla, held: 2017-08-04, due: 2017-08-10, participation: PN1}
  - {id: RV-505, kind: cla, held: 2018-01-30, due: 2018-02-04, participation: PN1}
  - {id: RV-506, kind: cla, held: 2018-07-17, due: 2018-07-30, participation: PN1, consultation: DOC-56}
  - {id: RV-507, kind: cla, held: 2018-12-11, due: 2019-01-17, participation: PN1, consultation: DOC-57,
     guardianship_considered: yes, guardianship_reason: he wishes to stay as he is}
visits: # never more than six weeks apart
  - {id: V-501, kind: cla, held: 2018-03-14, seen: yes, seen_alone: yes}
  - {id: V-502, kind: cla, held: 2018-04-24, seen: yes, seen_alone: yes}
  - {id: V-503, kind: cla, held: 2018-06-04, seen: yes, seen_alone: yes}
  - {id: V-504, kind: cla, held: 2018-07-13, seen: yes, seen_alone: yes}
  - {id: V-505, kind: cla, held: 2018-08-23, seen: yes, seen_alone: yes}
  - {id: V-506, kind: cla, held: 2018-10-03, seen: yes, seen_alone: yes}
  - {id: V-507, kind: cla, held: 2018-11-13, seen: yes, seen_alone: yes}
  - {id: V-508, kind: cla, held: 2018-12-20, seen: yes, seen_alone: yes}
  - {id: V-509, kind: cla, held: 2019-01-29, seen: yes, seen_alone: yes}
  - {id: V-510, kind: cla, held: 2019-03-08, seen: yes, seen_alone: yes}
chair_contacts:
  - {held: 2018-10-10, by_role: independent reviewing officer, with_child: yes}
  - {held: 2019-02-20, by_role: independent reviewing officer, with_child: yes}
sdqs:
  - {id: Q-51, completed: 2017-10-04, year_ended: 2018-03-31, score: 12, informant: main_carer, document: DOC-51}
  - {id: Q-52, completed: 2018-10-02, year_ended: 2019-03-31, score: 11, informant: main_carer, document: DOC-52}
health_checks:
  - {id: H-51, held: 2016-05-20, kind: initial, by_doctor: yes}
  - {id: H-52, held: 2017-06-20, kind: review, by_doctor: no}
  - {id: H-53, held: 2018-06-12, kind: review, by_doctor: no}
  - {id: H-54, held: 2018-11-05, kind: dental, by_doctor: no}
immunisations:
  - {checked: 2018-06-12, up_to_date: yes}
health_plans:
  - {filed: 2016-05-27}
missing_episodes:
  - {id: M-51, started: 2018-12-01, ended: 2018-12-02, interview_offered: 2018-12-04, interview_held: 2018-12-06,
     interview_declined: no, interview_findings: stays with an older friend; told the police}
permanence_decisions:
  - {agreed: 2016-08-10, option: long_term_fostering, ratified: 2016-08-22, timescale: now}
matches:
  - {decided: 2016-12-05, decided_by: panel, carer: FC-1, child_told: 2016-12-07, child_views: I can stay}
peps:
  - {held: 2018-11-20, kind: review, targets_owned: yes, attendance: 95}
  - {held: 2019-02-12, kind: review, targets_owned: yes, attendance: 96}
adviser_contacts:
  - {held: 2019-03-12, in_touch: yes}
""",
    "CH-1006": """
child: {born: 2012-10-05, team: Care, worker: W-16, disabled: no, of_school_age: yes, opened_on: 2017-12-04}
referrals:
  - {id: R-6, received: 2017-12-04, source: 3B, source_kind: professional, no_further_action: no, decided: 2017-12-04,
     decision: assessment}
assessments:
  - {id: A-7, started: 2017-12-05, authorised: 2018-02-05, kind: child_and_family, referral: R-6, child_seen: yes,
     about_this_child: yes, factors: 16A 1B, decision: child_in_need}
plans:
  - {id: P-8, kind: care, started: 2018-02-20, ended: 2018-07-02}
  - {id: P-9, kind: care, started: 2018-07-02}
episodes:
  - {id: E-61, started: 2018-01-15, ended: 2018-08-20, legal_status: C1, reason_started: S, placement: U4,
     reason_ended: X1}
  - {id: E-62, started: 2018-08-20, legal_status: E1, reason_started: L, placement: U4}
placements:
  - {id: PL-61, started: 2018-01-15, kind: foster, carer: FC-2, same_carer: no, arrangement: ordinary}
reviews: # the second was due by 12 May, the third by 20 December
  - {id: RV-601, kind: cla, held: 2018-02-12, due: 2018-02-12, participation: PN1, guardianship_considered: no}
  - {id: RV-602, kind: cla, held: 2018-06-20, due: 2018-05-11, guardianship_considered: no}
  - {id: RV-603, kind: cla, held: 2019-01-30, due: 2018-12-20, participation: PN7, guardianship_considered: no}
visits:
  - {id: V-601, kind: cla, held: 2018-01-19, seen: yes, seen_alone: yes}
  - {id: V-602, kind: cla, held: 2018-03-01, seen: yes, seen_alone: yes}
  - {id: V-603, kind: cla, held: 2018-06-14, seen: yes, seen_alone: no}
  - {id: V-604, kind: cla, held: 2018-09-20, seen: yes, seen_alone: yes}
  - {id: V-605, kind: cla, held: 2019-02-11, seen: yes, seen_alone: no}
sdqs: # a refusal, without the day on which it was tried
  - {id: Q-61, completed: 2018-05-15, year_ended: 2019-03-31, reason: SDQ2}
health_checks: # the first was due by 12 February
  - {id: H-61, held: 2018-03-20, kind: initial, by_doctor: yes}
permanence_decisions: # after the second review
  - {agreed: 2018-07-02, option: adoption}
adoption_plans: # 121 days ended on 19 December
  - {id: AP-6, decided: 2018-06-11, authority: 2018-08-20}
""",
    "CH-1007": """
child: {born: 2016-11-21, team: Care, worker: W-17, disabled: no, of_school_age: no, opened_on: 2018-04-03,
  reviewing_officer: IRO-1}
referrals:
  - {id: R-7, received: 2018-04-03, source: 3E, source_kind: professional, no_further_action: no, decided: 2018-04-03,
     decision: assessment}
assessments: # 45 working days end on 7 June
  - {id: A-8, started: 2018-04-05, authorised: 2018-06-04, kind: child_and_family, referral: R-7, child_seen: yes,
     seen_alone: yes, about_this_child: yes, reviewed_midway: 2018-04-18, factors: 2B, decision: child_in_need}
plans:
  - {id: P-10, kind: care, started: 2018-04-20, ended: 2018-07-30}
  - {id: P-11, kind: care, started: 2018-07-30}
episodes:
  - {id: E-71, started: 2018-04-16, ended: 2018-10-08, legal_status: C1, reason_started: S, placement: U4,
     reason_ended: X1}
  - {id: E-72, started: 2018-10-08, ended: 2019-01-14, legal_status: E1, reason_started: L, placement: U4,
     reason_ended: X1}
  - {id: E-73, started: 2019-01-14, legal_status: E1, reason_started: P, placement: A5}
placements:
  - {id: PL-71, started: 2018-04-16, ended: 2019-01-14, kind: foster, carer: FC-3, same_carer: no,
     arrangement: ordinary}
  - {id: PL-72, started: 2019-01-14, kind: adoption, carer: AD-1, same_carer: no, arrangement: ordinary}
reviews:
  - {id: RV-701, kind: cla, held: 2018-05-11, due: 2018-05-15, participation: PN0}
  - {id: RV-702, kind: cla, held: 2018-08-02, due: 2018-08-10, participation: PN0}
  - {id: RV-703, kind: cla, held: 2018-12-18, due: 2019-01-08, participation: PN0}
  - {id: RV-704, kind: cla, held: 2019-02-08, due: 2019-02-11, participation: PN0}
visits:
  - {id: V-701, kind: cla, held: 2018-04-20, seen: yes, seen_alone: yes}
  - {id: V-702, kind: cla, held: 2018-05-25, seen: yes, seen_alone: yes}
  - {id: V-703, kind: cla, held: 2018-07-04, seen: yes, seen_alone: yes}
  - {id: V-704, kind: cla, held: 2018-08-14, seen: yes, seen_alone: yes}
  - {id: V-705, kind: cla, held: 2018-09-24, seen: yes, seen_alone: yes}
  - {id: V-706, kind: cla, held: 2018-11-02, seen: yes, seen_alone: yes}
  - {id: V-707, kind: cla, held: 2018-12-12, seen: yes, seen_alone: yes}
  - {id: V-708, kind: cla, held: 2019-01-18, seen: yes, seen_alone: yes}
  - {id: V-709, kind: cla, held: 2019-01-25, seen: yes, seen_alone: yes}
  - {id: V-710, kind: cla, held: 2019-02-01, seen: yes, seen_alone: yes}
  - {id: V-711, kind: cla, held: 2019-02-08, seen: yes, seen_alone: yes}
  - {id: V-712, kind: cla, held: 2019-03-14, seen: yes, seen_alone: yes}
health_checks: # 20 working days end on 15 May
  - {id: H-71, held: 2018-05-08, kind: initial, by_doctor: yes}
  - {id: H-72, held: 2018-11-02, kind: review, by_doctor: no}
  - {id: H-73, held: 2018-09-12, kind: dental, by_doctor: no}
immunisations:
  - {checked: 2018-11-02, up_to_date: yes}
health_plans:
  - {filed: 2018-05-14}
permanence_decisions:
  - {agreed: 2018-07-30, option: adoption, ratified: 2018-08-06, timescale: by spring}
adoption_plans: # 121 days end on 6 February
  - {id: AP-7, decided: 2018-08-13, authority: 2018-10-08, matched: 2018-12-10, placed: 2019-01-14}
adoption_placements:
  - {id: AD-7, placed: 2019-01-14}
""",
}
"""By the child's reference. What is not written is blank, or is not there: the truth carries everything."""


def case_file(child_id: str) -> dict[str, Any]:
    """The whole case file of one child: every record type, and every field of every record."""
    written = yaml.safe_load(CHILDREN[child_id])
    child = {"child_id": child_id, **_whole(CHILD.name, written.pop("child"))}
    types = [name for name, spec in RECORD_TYPES.items() if not spec.worked_out]
    unknown = set(written) - set(types)
    assert not unknown, unknown
    return {"child": child, **{name: [_whole(name, row) for row in written.get(name, [])] for name in types}}


def _whole(name: str, row: dict[str, Any]) -> dict[str, Any]:
    fields = [field for field in source_fields(name) if not field.endswith("_as_typed")]
    unknown = set(row) - set(fields) - {"id"}
    assert not unknown, (name, unknown)
    own = {"id": row["id"]} if "id" in row else {}
    return {**own, **{field: row.get(field) for field in fields}}


def write(folder: Path) -> Path:
    """The truth as native case files."""
    for child_id in CHILDREN:
        text = yaml.safe_dump(case_file(child_id), sort_keys=False, allow_unicode=True)
        (folder / f"{child_id}.yaml").write_text(text, encoding="utf-8")
    return folder
