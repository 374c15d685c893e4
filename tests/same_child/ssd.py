"""The children in the Standard Safeguarding Dataset, as CSV files and as Parquet files."""

import csv
from io import StringIO
from pathlib import Path

import polars as pl

from tests.same_child.form import Form, Values, some

EVERY = ("CH-1001", "CH-1002", "CH-1003", "CH-1004", "CH-1005", "CH-1006", "CH-1007")

TABLES = {
    "ssd_person": """
pers_person_id|pers_sex|pers_dob|pers_expected_dob|pers_upn_unknown
CH-1001|F|2010-05-01|1900-01-01|UN5
CH-1002|M|2012-08-14|1900-01-01|UN5
CH-1003|F|2014-02-20|1900-01-01|UN5
CH-1004|M|2008-11-30|1900-01-01|UN5
CH-1005|M|2002-09-10|1900-01-01|UN5
CH-1006|F|2012-10-05|1900-01-01|UN5
CH-1007|M|2016-11-21|1900-01-01|UN1
""",
    "ssd_family": """
fami_table_id|fami_family_id|fami_person_id
1|F-1|CH-1001
""",
    "ssd_disability": """
disa_table_id|disa_person_id|disa_disability_code
1|CH-1001|NONE
2|CH-1002|NONE
3|CH-1003|AUT
4|CH-1004|NONE
5|CH-1005|NONE
6|CH-1006|NONE
7|CH-1007|NONE
""",
    "ssd_involvements": """
invo_involvements_id|invo_professional_id|invo_professional_team|invo_person_id|invo_involvement_start_date|invo_involvement_end_date
1|W-10|MASH|CH-1001|2018-10-01|2018-10-03
2|W-11|East|CH-1001|2018-10-03|
3|W-12|East|CH-1002|2018-09-03|
4|W-13|West|CH-1003|2018-08-06|
5|W-14|West|CH-1004|2016-10-03|
6|W-15|Care|CH-1005|2016-04-25|
7|W-16|Care|CH-1006|2017-12-04|
8|W-17|Care|CH-1007|2018-04-03|
""",
    "ssd_contacts": """
cont_contact_id|cont_person_id|cont_contact_date|cont_contact_source_code|cont_contact_source_desc
CT-1|CH-1001|2018-10-01|2A|2A
""",
    "ssd_cin_episodes": """
cine_referral_id|cine_person_id|cine_referral_date|cine_cin_primary_need_code|cine_referral_source_code|cine_referral_source_desc|cine_referral_nfa|cine_close_date
R-1|CH-1001|2018-10-01|N1|2A|2A|N|
R-2|CH-1002|2018-09-03|N1|6|6|N|
R-3|CH-1003|2018-08-06|N2|5A|5A|N|
R-4|CH-1004|2016-10-03|N5|1A|1A|N|
R-5|CH-1005|2016-04-25|N1|2A|2A|N|
R-6|CH-1006|2017-12-04|N1|3B|3B|N|
R-7|CH-1007|2018-04-03|N1|3E|3E|N|
""",
    "ssd_cin_assessments": """
cina_assessment_id|cina_person_id|cina_referral_id|cina_assessment_start_date|cina_assessment_child_seen|cina_assessment_auth_date
A-1|CH-1001|R-1|2018-10-03|Y|2018-11-30
A-2|CH-1002|R-2|2018-09-10|N|2018-12-14
A-3|CH-1003|R-3|2018-08-08|Y|2018-10-08
A-4|CH-1004|R-4|2016-10-05|Y|2016-12-01
A-5|CH-1005|R-5|2016-04-26|Y|2016-06-20
A-7|CH-1006|R-6|2017-12-05|Y|2018-02-05
A-8|CH-1007|R-7|2018-04-05|Y|2018-06-04
""",
    "ssd_assessment_factors": """
cinf_table_id|cinf_assessment_id|cinf_assessment_factors_json
1|A-1|["16A", "4B"]
2|A-2|["3B"]
3|A-3|["6A"]
4|A-4|["16A"]
5|A-5|["16A"]
6|A-7|["1B", "16A"]
7|A-8|["2B"]
""",
    "ssd_cin_plans": """
cinp_cin_plan_id|cinp_referral_id|cinp_person_id|cinp_cin_plan_start_date|cinp_cin_plan_end_date
P-3|R-3|CH-1003|2018-10-15|
P-4|R-4|CH-1004|2016-12-12|
""",
    "ssd_cin_visits": """
cinv_cin_visit_id|cinv_person_id|cinv_cin_visit_date|cinv_cin_visit_seen|cinv_cin_visit_seen_alone|cinv_cin_visit_bedroom
V-301|CH-1003|2018-10-29|Y|Y|N
V-302|CH-1003|2018-11-22|Y|Y|N
V-303|CH-1003|2018-12-18|Y|Y|N
V-304|CH-1003|2019-01-15|Y|Y|N
V-305|CH-1003|2019-02-08|Y|Y|N
V-306|CH-1003|2019-03-06|Y|Y|N
V-307|CH-1003|2019-03-27|Y|Y|N
V-401|CH-1004|2018-12-03|Y|Y|N
V-402|CH-1004|2019-02-25|Y|N|N
""",
    "ssd_s47_enquiry": """
s47e_s47_enquiry_id|s47e_referral_id|s47e_person_id|s47e_s47_start_date|s47e_s47_end_date|s47e_s47_nfa|s47e_s47_outcome_json
S-1|R-1|CH-1001|2018-10-15|2018-10-26|N|{"NFA_FLAG": "N", "CP_CONFERENCE_FLAG": "Y"}
S-2|R-2|CH-1002|2018-11-05|2019-01-25|N|{"NFA_FLAG": "N", "CP_CONFERENCE_FLAG": "Y"}
""",
    "ssd_initial_cp_conference": """
icpc_icpc_id|icpc_s47_enquiry_id|icpc_person_id|icpc_icpc_transfer_in|icpc_icpc_target_date|icpc_icpc_date|icpc_icpc_outcome_cp_flag
CF-1|S-1|CH-1001|N|2018-11-05|2018-11-02|Y
CF-2|S-2|CH-1002|N|2018-11-26|2018-12-05|Y
""",
    "ssd_cp_plans": """
cppl_cp_plan_id|cppl_referral_id|cppl_icpc_id|cppl_person_id|cppl_cp_plan_start_date|cppl_cp_plan_end_date|cppl_cp_plan_latest_category
P-1|R-1|CF-1|CH-1001|2018-11-02||NEG
P-2|R-2|CF-2|CH-1002|2018-12-05||EMO
""",
    "ssd_cp_visits": """
cppv_cp_visit_id|cppv_person_id|cppv_cp_plan_id|cppv_cp_visit_date|cppv_cp_visit_seen|cppv_cp_visit_seen_alone|cppv_cp_visit_bedroom
V-101|CH-1001|P-1|2018-11-09|Y|Y|N
V-102|CH-1001|P-1|2018-11-23|Y|Y|N
V-103|CH-1001|P-1|2018-12-07|Y|Y|Y
V-104|CH-1001|P-1|2018-12-20|Y|Y|N
V-105|CH-1001|P-1|2019-01-04|Y|Y|N
V-106|CH-1001|P-1|2019-01-18|Y|Y|N
V-107|CH-1001|P-1|2019-02-01|Y|Y|N
V-108|CH-1001|P-1|2019-02-15|Y|Y|Y
V-109|CH-1001|P-1|2019-03-01|Y|Y|N
V-110|CH-1001|P-1|2019-03-15|Y|Y|N
V-111|CH-1001|P-1|2019-03-28|Y|Y|N
V-201|CH-1002|P-2|2018-12-12|Y|Y|N
V-202|CH-1002|P-2|2019-01-21|N|N|N
V-203|CH-1002|P-2|2019-02-25|Y|Y|N
""",
    "ssd_cp_reviews": """
cppr_cp_review_id|cppr_person_id|cppr_cp_plan_id|cppr_cp_review_due|cppr_cp_review_date|cppr_cp_review_quorate|cppr_cp_review_participation
RV-101|CH-1001|P-1|2019-02-01|2019-01-25|Y|PN1
RV-201|CH-1002|P-2|2019-03-04|2019-03-20|N|PLACEHOLDER_DATA
""",
    "ssd_cla_episodes": """
clae_cla_episode_id|clae_person_id|clae_cla_episode_start_date|clae_cla_episode_start_reason|clae_cla_episode_ceased_date|clae_cla_episode_ceased_reason|clae_cla_id|clae_cla_placement_id
E-51|CH-1005|2016-05-03|S|2017-09-11|X1|CARE-5|PL-51
E-52|CH-1005|2017-09-11|L|||CARE-5|PL-51
E-61|CH-1006|2018-01-15|S|2018-08-20|X1|CARE-6|PL-61
E-62|CH-1006|2018-08-20|L|||CARE-6|PL-61
E-71|CH-1007|2018-04-16|S|2018-10-08|X1|CARE-7|PL-71
E-72|CH-1007|2018-10-08|L|2019-01-14|X1|CARE-7|PL-71
E-73|CH-1007|2019-01-14|P|||CARE-7|PL-72
""",
    "ssd_cla_placement": """
clap_cla_placement_id|clap_cla_id|clap_cla_placement_start_date|clap_cla_placement_type|clap_cla_placement_end_date
PL-51|CARE-5|2016-05-03|U4|
PL-61|CARE-6|2018-01-15|U4|
PL-71|CARE-7|2018-04-16|U4|2019-01-14
PL-72|CARE-7|2019-01-14|A5|
""",
    "ssd_legal_status": """
lega_legal_status_id|lega_person_id|lega_legal_status|lega_legal_status_start_date|lega_legal_status_end_date
1|CH-1005|C1|2016-05-03|2017-09-11
2|CH-1005|C2|2017-09-11|
3|CH-1006|C1|2018-01-15|2018-08-20
4|CH-1006|E1|2018-08-20|
5|CH-1007|C1|2018-04-16|2018-10-08
6|CH-1007|E1|2018-10-08|
""",
    "ssd_cla_reviews": """
clar_cla_review_id|clar_cla_id|clar_cla_review_due_date|clar_cla_review_date|clar_cla_review_cancelled|clar_cla_review_participation
RV-501|CARE-5|2016-06-01|2016-05-24|N|PN1
RV-502|CARE-5|2016-08-24|2016-08-16|N|PN1
RV-503|CARE-5|2017-02-16|2017-02-10|N|PN1
RV-504|CARE-5|2017-08-10|2017-08-04|N|PN1
RV-505|CARE-5|2018-02-04|2018-01-30|N|PN1
RV-506|CARE-5|2018-07-30|2018-07-17|N|PN1
RV-507|CARE-5|2019-01-17|2018-12-11|N|PN1
RV-601|CARE-6|2018-02-12|2018-02-12|N|PN1
RV-600|CARE-6|2018-05-11|2018-05-11|Y|
RV-602|CARE-6|2018-05-11|2018-06-20|N|
RV-603|CARE-6|2018-12-20|2019-01-30|N|PN7
RV-701|CARE-7|2018-05-15|2018-05-11|N|PN0
RV-702|CARE-7|2018-08-10|2018-08-02|N|PN0
RV-703|CARE-7|2019-01-08|2018-12-18|N|PN0
RV-704|CARE-7|2019-02-11|2019-02-08|N|PN0
""",
    "ssd_cla_visits": """
clav_cla_visit_id|clav_cla_id|clav_person_id|clav_cla_visit_date|clav_cla_visit_seen|clav_cla_visit_seen_alone
V-501|CARE-5|CH-1005|2018-03-14|Y|Y
V-502|CARE-5|CH-1005|2018-04-24|Y|Y
V-503|CARE-5|CH-1005|2018-06-04|Y|Y
V-504|CARE-5|CH-1005|2018-07-13|Y|Y
V-505|CARE-5|CH-1005|2018-08-23|Y|Y
V-506|CARE-5|CH-1005|2018-10-03|Y|Y
V-507|CARE-5|CH-1005|2018-11-13|Y|Y
V-508|CARE-5|CH-1005|2018-12-20|Y|Y
V-509|CARE-5|CH-1005|2019-01-29|Y|Y
V-510|CARE-5|CH-1005|2019-03-08|Y|Y
V-601|CARE-6|CH-1006|2018-01-19|Y|Y
V-602|CARE-6|CH-1006|2018-03-01|Y|Y
V-603|CARE-6|CH-1006|2018-06-14|Y|N
V-604|CARE-6|CH-1006|2018-09-20|Y|Y
V-605|CARE-6|CH-1006|2019-02-11|Y|N
V-701|CARE-7|CH-1007|2018-04-20|Y|Y
V-702|CARE-7|CH-1007|2018-05-25|Y|Y
V-703|CARE-7|CH-1007|2018-07-04|Y|Y
V-704|CARE-7|CH-1007|2018-08-14|Y|Y
V-705|CARE-7|CH-1007|2018-09-24|Y|Y
V-706|CARE-7|CH-1007|2018-11-02|Y|Y
V-707|CARE-7|CH-1007|2018-12-12|Y|Y
V-708|CARE-7|CH-1007|2019-01-18|Y|Y
V-709|CARE-7|CH-1007|2019-01-25|Y|Y
V-710|CARE-7|CH-1007|2019-02-01|Y|Y
V-711|CARE-7|CH-1007|2019-02-08|Y|Y
V-712|CARE-7|CH-1007|2019-03-14|Y|Y
""",
    "ssd_cla_care_plan": """
lacp_table_id|lacp_person_id|lacp_cla_care_plan_start_date|lacp_cla_care_plan_end_date|lacp_cla_care_plan_json
P-5|CH-1005|2016-05-12|2016-08-10|{"LTFOST18": "N", "ADOPTION": "N", "OTHERPLN": "N"}
P-6|CH-1005|2016-08-10||{"LTFOST18": "Y", "ADOPTION": "N", "OTHERPLN": "N"}
P-8|CH-1006|2018-02-20|2018-07-02|{"LTFOST18": "N", "ADOPTION": "N", "OTHERPLN": "N"}
P-9|CH-1006|2018-07-02||{"LTFOST18": "N", "ADOPTION": "Y", "OTHERPLN": "N"}
P-10|CH-1007|2018-04-20|2018-07-30|{"LTFOST18": "N", "ADOPTION": "N", "OTHERPLN": "N"}
P-11|CH-1007|2018-07-30||{"LTFOST18": "N", "ADOPTION": "Y", "OTHERPLN": "N"}
""",
    "ssd_sdq_scores": """
csdq_table_id|csdq_person_id|csdq_sdq_completed_date|csdq_sdq_reason|csdq_sdq_score
Q-51|CH-1005|2017-10-04||12
Q-52|CH-1005|2018-10-02||11
Q-61|CH-1006|2018-05-15|SDQ2|
""",
    "ssd_cla_health": """
clah_health_check_id|clah_person_id|clah_health_check_type|clah_health_check_date|clah_health_check_status
H-51|CH-1005|Health Assessment|2016-05-20|Completed
H-52|CH-1005|Health Assessment|2017-06-20|Completed
H-53|CH-1005|Health Assessment|2018-06-12|Completed
H-54|CH-1005|Dental Check|2018-11-05|Completed
H-61|CH-1006|Health Assessment|2018-03-20|Completed
H-62|CH-1006|Dental Check|2019-05-20|Planned
H-71|CH-1007|Health Assessment|2018-05-08|Completed
H-72|CH-1007|Health Assessment|2018-11-02|Completed
H-73|CH-1007|Dental Check|2018-09-12|Completed
""",
    "ssd_cla_immunisations": """
clai_person_id|clai_immunisations_status|clai_immunisations_status_date
CH-1005|Y|2018-06-12
CH-1007|Y|2018-11-02
""",
    "ssd_missing": """
miss_table_id|miss_person_id|miss_missing_episode_start_date|miss_missing_episode_type|miss_missing_episode_end_date|miss_missing_rhi_offered|miss_missing_rhi_accepted
M-51|CH-1005|2018-12-01|M|2018-12-02|Y|Y
""",
    "ssd_permanence": """
perm_table_id|perm_person_id|perm_cla_id|perm_adm_decision_date|perm_placement_order_date|perm_placed_for_adoption_date|perm_matched_date|perm_decision_reversed_date|perm_permanence_order_date|perm_permanence_order_type
AP-6|CH-1006|CARE-6|2018-06-11|2018-08-20|1900-01-01|||1900-01-01|
AP-7|CH-1007|CARE-7|2018-08-13|2018-10-08|2019-01-14|2018-12-10|||
""",
    "ssd_care_leavers": """
clea_table_id|clea_person_id|clea_care_leaver_eligibility|clea_care_leaver_in_touch|clea_care_leaver_latest_contact|clea_pathway_plan_review_date|clea_care_leaver_personal_advisor
1|CH-1005|Eligible|YES|2019-03-12||PA-3
""",
    "ssd_pre_proceedings": """
prep_table_id|prep_person_id|prep_plo_family_id|prep_pre_pro_decision_date|prep_pre_pro_outcome|prep_agree_stepdown_issue_date|prep_pre_pro_letter_date
L-1|CH-1001|F-1|10/12/2018|Decision to step down|25/02/2019|17/12/2018
L-2|CH-1002|F-2||||10/09/2018
""",
}


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.strip()), delimiter="|", quoting=csv.QUOTE_NONE))


def write_csv(folder: Path) -> Path:
    """The dataset as CSV files."""
    for name, text in TABLES.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(_rows(text))
    return folder


def write_parquet(folder: Path) -> Path:
    """The dataset as Parquet files, in which dates are dates."""
    for name, text in TABLES.items():
        headings, *rows = _rows(text)
        frame = pl.DataFrame(
            {
                heading: pl.Series([row[at] or None for row in rows], dtype=pl.String)
                for at, heading in enumerate(headings)
            }
        )
        dates = [each for each in headings if each.endswith(("_date", "_dob")) and not name.endswith("pre_proceedings")]
        frame.with_columns(pl.col(each).str.to_date() for each in dates).write_parquet(folder / f"{name}.parquet")
    return folder


def holds(name: str, row: Values) -> bool:
    """The dataset has no plans or assessments for leaving care, and no other kinds than are named."""
    return True


CARRIES = {
    "child": "born expected sibling_group disabled team worker leaving_care personal_adviser",
    "contacts": "received source source_kind",
    "referrals": "received closed source source_kind no_further_action",
    "assessments:child_and_family": "started authorised child_seen referral factors kind",
    "plans:cin": "started ended kind",
    "plans:cp": "started ended kind",
    "plans:care": "started ended kind",
    "section47s": "started ended conference_needed",
    "conferences": "held section47 plan_made kind",
    "visits:cin": "held seen seen_alone bedroom_seen kind",
    "visits:cp": "held seen seen_alone bedroom_seen kind",
    "visits:cla": "held seen seen_alone kind",
    "reviews:cp": "held due quorate participation kind",
    "reviews:cla": "held due participation kind",
    "episodes": "started ended reason_started reason_ended legal_status placement",
    "placements": "started ended kind",
    "sdqs": "completed score reason",
    "health_checks": "held refused kind",
    "immunisations": "checked up_to_date",
    "missing_episodes": "started ended",
    "adoption_plans": "decided authority matched placed reversed adopted",
    "adoption_placements": "placed",
    "guardianship_orders": "made",
    "adviser_contacts": "held",
    "legal_cases": "planning_meeting letter exited exit_decision",
    "permanence_decisions": "agreed option",
}
SAYS = {name: {"CH-1005"} for name in ("leaving_care", "personal_adviser")} | {"sibling_group": {"CH-1001"}}
BLANK = {"kind": None}
VALUES = {("health_checks", id_): BLANK for id_ in ("H-51", "H-52", "H-53", "H-61", "H-71", "H-72")}
BESIDE = {
    ("CH-1003", "reviews"): some("cin"),
    ("CH-1004", "reviews"): some("cin"),
    ("CH-1005", "plans"): some("pathway"),
    ("CH-1005", "reviews"): some("pathway"),
    ("CH-1005", "assessments"): some("pathway_needs"),
}
WHY = (
    "no reviews of child-in-need plans, and of leaving care only who is owed it; whether a health assessment is the "
    "first is not said"
)
CSV = Form("SSD CSV", write_csv, EVERY, CARRIES, holds, SAYS, BESIDE, values=VALUES, why=WHY)
PARQUET = Form("SSD Parquet", write_parquet, EVERY, CARRIES, holds, SAYS, BESIDE, values=VALUES, why=WHY)
