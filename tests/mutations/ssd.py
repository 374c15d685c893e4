"""Small Standard Safeguarding Datasets: some of its tables at a time, in CSV and in Parquet."""

from collections.abc import Mapping, Sequence

from qaengine.cases.formats.ssd_sheets import SHEETS
from tests.mutations.forms import csv_files, parquet_files
from tests.mutations.model import Fields, Fixture, Table, fields_in, table

TABLES = (
    table(
        "ssd_person",
        "pers_person_id|pers_forename|pers_dob|pers_expected_dob|pers_upn_unknown",
        "301|Zoë|2008-05-03||UN1",
        "302|Yan|2010-11-24||",
        "303|Xi|2012-02-29|2012-03-14|",
        "304|Wu|2015-07-09||UN2",
    ),
    table(
        "ssd_family", "fami_table_id|fami_family_id|fami_person_id", "f1|F77|301", "f2|F77|302", "f3|F78|303", child=2
    ),
    table(
        "ssd_disability",
        "disa_table_id|disa_person_id|disa_disability_code",
        "d1|301|AUT",
        "d2|302|NONE",
        "d3|303|HEAR",
        child=1,
    ),
    table(
        "ssd_involvements",
        "invo_involvements_id|invo_professional_id|invo_professional_team|invo_involvement_start_date|"
        "invo_involvement_end_date|invo_person_id",
        "i1|W1|North|2018-01-16|2018-05-17|301",
        "i2|W2|South|2018-05-18||301",
        "i3|W3|East|2019-01-29||301",
        "i4|W4|West|2018-07-19||303",
        child=5,
    ),
    table(
        "ssd_contacts",
        "cont_contact_id|cont_person_id|cont_contact_date|cont_contact_source_code|cont_contact_source_desc",
        "k1|301|2018-12-14|6|Police – café",
        "k2|303|2019-01-16|1A|Mother",
        child=1,
    ),
    table(
        "ssd_cin_episodes",
        "cine_referral_id|cine_person_id|cine_referral_date|cine_referral_source_code|cine_referral_source_desc|"
        "cine_referral_nfa|cine_close_date",
        "r1|301|2018-12-15|2A|École|N|",
        "r2|303|2019-01-17|1B|Neighbour|N|2019-03-29",
        "r3|304|2018-02-19|5A|Health|Y|2018-02-20",
        child=1,
    ),
    table(
        "ssd_cin_assessments",
        "cina_assessment_id|cina_person_id|cina_referral_id|cina_assessment_start_date|cina_assessment_child_seen|"
        "cina_assessment_auth_date",
        "a1|301|r1|2018-12-07|Y|2019-02-13",
        "a2|303|r2|2019-01-18|N|",
        "a3|304|r3|2018-02-26|Y|2018-04-25",
        child=1,
    ),
    table(
        "ssd_assessment_factors",
        "cinf_table_id|cinf_assessment_id|cinf_assessment_factors_json",
        'c1|a1|["1A", "16A"]',
        'c2|a2|{"3A": "Yes", "4A": "No"}',
        child=None,
    ),
    table(
        "ssd_cin_plans",
        "cinp_cin_plan_id|cinp_person_id|cinp_cin_plan_start_date|cinp_cin_plan_end_date",
        "n1|301|2018-12-28|",
        "n2|304|2018-05-29|2018-09-13",
        child=1,
    ),
    table(
        "ssd_cin_visits",
        "cinv_cin_visit_id|cinv_person_id|cinv_cin_visit_date|cinv_cin_visit_seen|cinv_cin_visit_seen_alone|"
        "cinv_cin_visit_bedroom",
        "v1|301|2019-01-21|Y|Y|N",
        "v2|304|2018-06-19|Y|N|Y",
        child=1,
    ),
    table(
        "ssd_s47_enquiry",
        "s47e_s47_enquiry_id|s47e_person_id|s47e_s47_start_date|s47e_s47_end_date|s47e_s47_nfa|s47e_s47_outcome_json",
        's1|301|2018-12-19|2018-12-27|N|{"OUTCOME_NFA_FLAG": "N", "OUTCOME_CP_CONFERENCE_FLAG": "Y"}',
        's2|303|2019-01-22|2019-01-31|Y|{"OUTCOME_NFA_FLAG": "Y", "OUTCOME_CP_CONFERENCE_FLAG": "N"}',
        "s3|304|2018-03-13||N|",
        child=1,
    ),
    table(
        "ssd_initial_cp_conference",
        "icpc_icpc_id|icpc_s47_enquiry_id|icpc_person_id|icpc_icpc_transfer_in|icpc_icpc_date|icpc_icpc_outcome_cp_flag",
        "m1|s1|301|N|2019-01-04|Y",
        "m2||302|Y|2018-08-14|N",
        child=2,
    ),
    table(
        "ssd_cp_plans",
        "cppl_cp_plan_id|cppl_person_id|cppl_cp_plan_start_date|cppl_cp_plan_end_date|cppl_cp_plan_initial_category",
        "p1|301|2019-01-15||NEG",
        "p2|302|2018-08-15|2019-03-28|EMO",
        child=1,
    ),
    table(
        "ssd_cp_visits",
        "cppv_cp_visit_id|cppv_person_id|cppv_cp_plan_id|cppv_cp_visit_date|cppv_cp_visit_seen|"
        "cppv_cp_visit_seen_alone|cppv_cp_visit_bedroom",
        "w1||p1|2019-01-23|Y|Y|Y",
        "w2||p2|2018-08-28|Y|N|N",
        child=None,
    ),
    table(
        "ssd_cp_reviews",
        "cppr_cp_review_id|cppr_person_id|cppr_cp_plan_id|cppr_cp_review_due|cppr_cp_review_date|"
        "cppr_cp_review_quorate|cppr_cp_review_participation",
        "qé1|301|p1|2019-04-15|2019-04-16|Y|PN1",
        "q2|302|p2|2018-11-14|2018-11-15|N|PN3",
        child=1,
    ),
    table(
        "ssd_cla_episodes",
        "clae_cla_episode_id|clae_person_id|clae_cla_episode_start_date|clae_cla_episode_start_reason|"
        "clae_cla_episode_ceased_date|clae_cla_episode_ceased_reason|clae_cla_id|clae_cla_placement_id",
        "eé1|302|2017-06-14|S|2018-07-25|X1|L1|pl1",
        "e2|302|2018-07-27|P|||L1|pl2",
        "e3|304|2018-09-10|S|2019-02-27|E4A: Home|L2|pl3",
        child=1,
    ),
    table(
        "ssd_cla_placement",
        "clap_cla_placement_id|clap_person_id|clap_cla_placement_start_date|clap_cla_placement_end_date|"
        "clap_cla_placement_type|clap_cla_id",
        "pl1|302|2017-06-15|2018-07-28|U4|L1",
        "pl2|302|2018-07-30||A4|L1",
        "pl3|304|2018-09-25|2019-02-28|K2|L2",
        child=1,
    ),
    table(
        "ssd_legal_status",
        "lega_legal_status_id|lega_person_id|lega_legal_status|lega_legal_status_start_date|lega_legal_status_end_date",
        "g1|302|V2|2017-06-13|2018-01-25",
        "g2|302|C2|2018-01-27|",
        "g3|304|E1|2018-05-14|2018-08-13",
        child=1,
    ),
    table(
        "ssd_cla_reviews",
        "clar_cla_review_id|clar_cla_id|clar_cla_review_due_date|clar_cla_review_date|clar_cla_review_cancelled|"
        "clar_cla_review_participation",
        "y1|L1|2018-07-13|2018-07-16|N|PN1",
        "y2|L2|2018-10-22|2018-10-23|N|PN0",
        "y3|L1|2018-11-19|2018-11-20|Y|PN1",
        child=None,
    ),
    table(
        "ssd_cla_visits",
        "clav_cla_visit_id|clav_cla_id|clav_person_id|clav_cla_visit_date|clav_cla_visit_seen|clav_cla_visit_seen_alone",
        "x1|L1|302|2018-07-31|Y|N",
        "x2|L2|304|2018-10-15|N|",
        child=2,
    ),
    table(
        "ssd_cla_care_plan",
        "lacp_table_id|lacp_person_id|lacp_cla_care_plan_start_date|lacp_cla_care_plan_end_date|lacp_cla_care_plan_json",
        'té1|302|2017-06-29||{"ADOPTION": "Y", "RETURN6M": "N"}',
        't2|304|2018-10-17|2019-02-26|{"LTFOST18": "Y"}',
        child=1,
    ),
    table(
        "ssd_sdq_scores",
        "csdq_table_id|csdq_person_id|csdq_sdq_completed_date|csdq_sdq_reason|csdq_sdq_score",
        "zé1|302|2018-06-08||#17",
        "z2|304|2018-10-18||#6",
        "z3|303||SDQ2|",
        child=1,
    ),
    table(
        "ssd_cla_health",
        "clah_health_check_id|clah_person_id|clah_health_check_type|clah_health_check_date|clah_health_check_status",
        "h1|302|Review health assessment|2018-06-20|Completed",
        "h2|302|Dental Check|2018-06-27|Refused",
        "h3|304|Initial health assessment|2018-10-24|Completed",
        "h4|304|Optician|2018-10-25|Planned",
        child=1,
    ),
    table(
        "ssd_cla_immunisations",
        "clai_person_id|clai_immunisations_status|clai_immunisations_status_date",
        "302|Y|2018-06-11",
        "304|N|2018-10-26",
    ),
    table(
        "ssd_missing",
        "miss_table_id|miss_person_id|miss_missing_episode_start_date|miss_missing_episode_end_date",
        "o1|302|2018-08-06|2018-08-25",
        "o2|304|2018-11-05|",
        child=1,
    ),
    table(
        "ssd_permanence",
        "perm_table_id|perm_person_id|perm_adm_decision_date|perm_placement_order_date|"
        "perm_placed_for_adoption_date|perm_matched_date|perm_decision_reversed_date|perm_permanence_order_date|"
        "perm_permanence_order_type",
        "u1|302|2018-04-11|2018-06-26|2018-09-26|2018-08-29||2019-03-11|Adoption",
        "u2|304||||||2019-03-15|Special Guardianship Order",
        child=1,
    ),
    table(
        "ssd_care_leavers",
        "clea_table_id|clea_person_id|clea_care_leaver_eligibility|clea_care_leaver_latest_contact|"
        "clea_care_leaver_personal_advisor",
        "lé1|305|Relevant|2019-02-14|PA5",
        "l2|306|Former relevant|2019-02-15|PA6",
        child=1,
    ),
    table(
        "ssd_pre_proceedings",
        "prep_table_id|prep_person_id|prep_pre_pro_decision_date|prep_pre_pro_letter_date|"
        "prep_agree_stepdown_issue_date|prep_pre_pro_outcome",
        "j1|302|2017-04-18|2017-04-26|2017-06-13|Decision to issue Care Proceedings",
        "j2|304|2018-08-20|2018-08-30|2018-09-21|Decision to step down",
        child=1,
    ),
    table("ssd_address", "addr_table_id|addr_person_id|addr_address_postcode", "b1|301|AB1 2CD", child=1),
)

_FACTORS: Fields = frozenset({("assessments", "factors")})
_LEGAL: Fields = frozenset({("episodes", "legal_status")})
_PLACEMENT: Fields = frozenset({("episodes", "placement")})
_HEALTH: Fields = frozenset({("health_checks", "held"), ("health_checks", "refused")})
_OPTIONS: Fields = frozenset({("permanence_decisions", "option"), ("permanence_decisions", "agreed")})
_OPEN: Fields = frozenset({("child", "team"), ("child", "worker")})
_ORDERS: Fields = frozenset({("adoption_plans", "adopted"), ("guardianship_orders", "made")})
FIELDS = fields_in(
    SHEETS,
    {
        ("ssd_disability", "disa_disability_code"): frozenset({("child", "disabled")}),
        ("ssd_involvements", "invo_involvement_start_date"): _OPEN,
        ("ssd_involvements", "invo_involvement_end_date"): _OPEN,
        ("ssd_s47_enquiry", "s47e_s47_outcome_json"): frozenset({("section47s", "conference_needed")}),
        ("ssd_permanence", "perm_permanence_order_date"): _ORDERS,
        ("ssd_permanence", "perm_permanence_order_type"): _ORDERS,
        ("ssd_assessment_factors", "cinf_assessment_id"): _FACTORS,
        ("ssd_assessment_factors", "cinf_assessment_factors_json"): _FACTORS,
        ("ssd_cin_assessments", "cina_assessment_id"): _FACTORS,
        ("ssd_cla_placement", "clap_cla_placement_id"): _PLACEMENT,
        ("ssd_cla_placement", "clap_cla_placement_type"): _PLACEMENT,
        ("ssd_cla_episodes", "clae_cla_placement_id"): _PLACEMENT,
        ("ssd_cla_episodes", "clae_person_id"): _LEGAL,
        ("ssd_cla_episodes", "clae_cla_episode_start_date"): _LEGAL,
        ("ssd_legal_status", "lega_person_id"): _LEGAL,
        ("ssd_legal_status", "lega_legal_status"): _LEGAL,
        ("ssd_legal_status", "lega_legal_status_start_date"): _LEGAL,
        ("ssd_legal_status", "lega_legal_status_end_date"): _LEGAL,
        ("ssd_s47_enquiry", "s47e_s47_enquiry_id"): frozenset({("conferences", "section47")}),
        ("ssd_cin_episodes", "cine_referral_id"): frozenset({("assessments", "referral")}),
        ("ssd_cla_health", "clah_health_check_date"): _HEALTH,
        ("ssd_cla_health", "clah_health_check_status"): _HEALTH,
        ("ssd_cla_care_plan", "lacp_cla_care_plan_json"): _OPTIONS,
        ("ssd_cla_care_plan", "lacp_cla_care_plan_start_date"): _OPTIONS,
        ("ssd_cla_care_plan", "lacp_table_id"): frozenset({("permanence_decisions", "id")}),
    },
)
_REACHES = {
    "ssd_cla_episodes": frozenset({"ssd_cla_reviews"}),
    "ssd_cp_plans": frozenset({"ssd_cp_visits"}),
}


def reaches(name: str) -> frozenset[str]:
    """Visits and reviews that name no person hang on the plan or the period of care that they name."""
    return _REACHES.get(name, frozenset()) | {name}


def _in_csv(tables: Sequence[Table]) -> Mapping[str, bytes]:
    return csv_files(tables, "%Y-%m-%d")


def _some(form: str, *names: str) -> Fixture:
    wanted = {f"ssd_{name}" for name in names}
    tables = tuple(one for one in TABLES if one.name in wanted)
    writes = _in_csv if form == "csv" else parquet_files
    cancelled = frozenset({("ssd_cla_reviews", "clar_cla_review_cancelled")})
    about = f"{{}}.{form}".format
    return Fixture(f"SSD {form}", tables, writes(tables), FIELDS, about, reaches, writes, cancelled)


_GROUPS = (
    ("person", "family", "disability"),
    ("person", "involvements", "contacts"),
    ("cin_episodes", "cin_assessments", "assessment_factors"),
    ("person", "cin_plans", "cin_visits", "address"),
    ("cp_plans", "cp_visits", "cp_reviews"),
    ("s47_enquiry", "initial_cp_conference", "sdq_scores"),
    ("cla_episodes", "cla_placement", "legal_status"),
    ("cla_episodes", "cla_reviews", "cla_visits"),
    ("cla_care_plan", "cla_health", "cla_immunisations"),
    ("person", "permanence", "missing"),
    ("care_leavers", "pre_proceedings"),
)
IN_CSV = tuple(_some("csv", *names) for names in _GROUPS)
IN_PARQUET = tuple(_some("parquet", *names) for names in _GROUPS)
