"""The tables of the Standard Safeguarding Dataset (SSD): what of each is kept.

Every column has its table's prefix, which some case systems drop, and which is doubled where a name begins with it. A
heading that begins with a question mark is one that the reader makes, from another table or another column.
"""

from dataclasses import replace

from qaengine.cases.formats.cin_sheets import FACTORS
from qaengine.cases.formats.sources import SOURCE_KIND
from qaengine.cases.formats.ssda903_tables import EPISODE_END, MOST_SCORE, NEW_EPISODE, PARTICIPATION, SDQ_REASON
from qaengine.cases.taking.spec import Headings, Makes, Only, Sheet, Take
from qaengine.cases.taking.values import Code, Day, Number, Reference, Text, Words, YesNo

DATE = Day("day", loose=True)
YES_NO = YesNo()
REFERENCE = Reference()
WORKER = Reference(no_names=True)
LEGAL = Code(r"C[12]|D1|E1|J[123]|L[123]|V[234]", "a legal status of the SSDA903 return, such as C2", within=True)
PLACEMENT = Code("[A-Z][0-9]", "a placement code of the SSDA903 return, such as U4", within=True)
PLACEMENT_KIND = Words(
    {
        **dict.fromkeys(("u1", "u2", "u3", "q1"), "connected"),
        **dict.fromkeys(("u4", "u5", "u6", "q2"), "foster"),
        "p1": "parent",
        **dict.fromkeys(("k1", "k2", "r1", "r3", "r5", "s1"), "residential"),
        **dict.fromkeys(("a3", "a4", "a5", "a6"), "adoption"),
        **dict.fromkeys(("p2", "p3", "h5"), "independent"),
        "r2": "hospital",
        "t1": "hospital",
        **dict.fromkeys(("t0", "t2", "t3", "t4", "z1"), "other"),
    },
    PLACEMENT.says,
    begins=True,
)
HEALTH_KIND = Words(
    {
        "initial health assessment": "initial",
        "initial": "initial",
        "iha": "initial",
        "review health assessment": "review",
        "review": "review",
        "rha": "review",
        "health assessment": "",
        "dental check": "dental",
        "dental": "dental",
        "optician": "optician",
        "optician check": "optician",
        "eye test": "optician",
        "health surveillance check": "",
        "health surveillance": "",
    },
    "Health Assessment, Dental Check or the like",
)
HEALTH_STATUS = Words(
    {"completed": "done", "complete": "done", "refused": "done", "planned": "not", "cancelled": "not"}
)
"""A check that was refused is on the record too, on the day on which it was: the reader tells the two apart."""
ELIGIBILITY = Words(
    {
        "relevant": "relevant",
        "former relevant": "former_relevant",
        "eligible": "eligible",
        "qualifying": "",
        "no current eligibility": "",
    }
)
ORDER = Words(
    {
        "adoption": "adoption",
        "special guardianship": "guardianship",
        "special guardianship order": "guardianship",
        "sgo": "guardianship",
        "child arrangements order": "other",
        "residence order": "other",
        "child arrangements order/ residence order": "other",
        "child arrangements order/residence order": "other",
    }
)
EXIT = Words(
    {
        "decision to issue care proceedings": "proceedings",
        "decision to step down": "stepped_down",
        "issue": "proceedings",
        "step down": "stepped_down",
    }
)


def _h(column: str, *others: str) -> Headings:
    """A column's own name, the name with a prefix doubled or not, and the name without it."""
    prefix, _, rest = column.partition("_")
    variants = [column, *others, rest]
    if rest.startswith(f"{prefix}_"):
        variants.append(rest.removeprefix(f"{prefix}_"))
    return tuple(dict.fromkeys(variants))


def _table(name: str, person: str, *makes: Makes, leaves: tuple[str, ...] = (), rank: int = 0) -> Sheet:
    own = (person, "?person", person.partition("_")[2], "person_id")
    return Sheet(f"ssd_{name}", tuple(dict.fromkeys(own)), (own,), makes, leaves, rank, (f"ssd_{name}", name))


PERSON = _table(
    "person",
    "pers_person_id",
    Makes("child", (Take("born", _h("pers_dob"), DATE), Take("expected", _h("pers_expected_dob"), DATE))),
)
FAMILY = _table("family", "fami_person_id", Makes("child", (Take("sibling_group", _h("fami_family_id"), REFERENCE),)))
DISABILITY_TABLE = _table("disability", "disa_person_id", Makes("child", (Take("disabled", ("?disabled",), YES_NO),)))
INVOLVEMENTS = replace(
    _table(
        "involvements",
        "invo_person_id",
        Makes(
            "child",
            (
                Take("team", _h("invo_professional_team"), Text(200)),
                Take("worker", _h("invo_professional_id"), WORKER),
            ),
            only=Only(("?open",), YES_NO, True, "it has ended, or nothing says which is the latest"),
        ),
    ),
    latest_first=True,
)
CONTACTS = _table(
    "contacts",
    "cont_person_id",
    Makes(
        "contacts",
        (
            Take("received", _h("cont_contact_date"), DATE),
            Take("source", _h("cont_contact_source_desc"), Text(200)),
            Take("source_kind", _h("cont_contact_source_code"), SOURCE_KIND),
        ),
        id=_h("cont_contact_id"),
    ),
)
EPISODES_OF_NEED = _table(
    "cin_episodes",
    "cine_person_id",
    Makes(
        "referrals",
        (
            Take("received", _h("cine_referral_date"), DATE),
            Take("closed", _h("cine_close_date"), DATE),
            Take("source", _h("cine_referral_source_desc"), Text(200)),
            Take("source_kind", _h("cine_referral_source_code"), SOURCE_KIND),
            Take("no_further_action", _h("cine_referral_nfa"), YES_NO),
        ),
        id=_h("cine_referral_id"),
    ),
)
ASSESSMENTS = _table(
    "cin_assessments",
    "cina_person_id",
    Makes(
        "assessments",
        (
            Take("started", _h("cina_assessment_start_date"), DATE),
            Take("authorised", _h("cina_assessment_auth_date"), DATE),
            Take("child_seen", _h("cina_assessment_child_seen"), YES_NO),
            Take("referral", _h("cina_referral_id"), REFERENCE),
            Take("factors", ("?factors",), FACTORS),
        ),
        fixed={"kind": "child_and_family"},
        id=_h("cina_assessment_id"),
    ),
)
CIN_PLANS = _table(
    "cin_plans",
    "cinp_person_id",
    Makes(
        "plans",
        (
            Take("started", _h("cinp_cin_plan_start_date"), DATE),
            Take("ended", _h("cinp_cin_plan_end_date"), DATE),
        ),
        fixed={"kind": "cin"},
        id=_h("cinp_cin_plan_id"),
    ),
)
CP_PLANS = _table(
    "cp_plans",
    "cppl_person_id",
    Makes(
        "plans",
        (
            Take("started", _h("cppl_cp_plan_start_date"), DATE),
            Take("ended", _h("cppl_cp_plan_end_date"), DATE),
        ),
        fixed={"kind": "cp"},
        id=_h("cppl_cp_plan_id"),
    ),
)
CARE_PLANS = _table(
    "cla_care_plan",
    "lacp_person_id",
    Makes(
        "plans",
        (
            Take("started", _h("lacp_cla_care_plan_start_date"), DATE),
            Take("ended", _h("lacp_cla_care_plan_end_date"), DATE),
        ),
        fixed={"kind": "care"},
        id=_h("lacp_table_id"),
    ),
)
ENQUIRIES = _table(
    "s47_enquiry",
    "s47e_person_id",
    Makes(
        "section47s",
        (
            Take("started", _h("s47e_s47_start_date"), DATE),
            Take("ended", _h("s47e_s47_end_date"), DATE),
            Take("conference_needed", ("?conference_needed",), YES_NO),
        ),
        id=_h("s47e_s47_enquiry_id"),
    ),
)
CONFERENCES = _table(
    "initial_cp_conference",
    "icpc_person_id",
    Makes(
        "conferences",
        (
            Take("held", _h("icpc_icpc_date"), DATE),
            Take("section47", _h("icpc_s47_enquiry_id"), REFERENCE),
            Take("plan_made", _h("icpc_icpc_outcome_cp_flag"), YES_NO),
            Take(
                "kind",
                _h("icpc_icpc_transfer_in"),
                Words(
                    {
                        "y": "transfer_in",
                        "yes": "transfer_in",
                        "true": "transfer_in",
                        "1": "transfer_in",
                        "n": "initial",
                        "no": "initial",
                        "false": "initial",
                        "0": "initial",
                    },
                    "yes or no",
                ),
            ),
        ),
        id=_h("icpc_icpc_id"),
    ),
)


def _visits(name: str, prefix: str, kind: str, bedroom: bool) -> Sheet:
    visit = f"{prefix}_{kind}_visit"
    takes: tuple[Take, ...] = (
        Take("held", _h(f"{visit}_date"), DATE),
        Take("seen", _h(f"{visit}_seen"), YES_NO),
        Take("seen_alone", _h(f"{visit}_seen_alone"), YES_NO),
    )
    if bedroom:
        takes = (*takes, Take("bedroom_seen", _h(f"{visit}_bedroom"), YES_NO))
    return _table(name, f"{prefix}_person_id", Makes("visits", takes, fixed={"kind": kind}, id=_h(f"{visit}_id")))


CIN_VISITS = _visits("cin_visits", "cinv", "cin", bedroom=True)
CP_VISITS = _visits("cp_visits", "cppv", "cp", bedroom=True)
CLA_VISITS = _visits("cla_visits", "clav", "cla", bedroom=False)
CP_REVIEWS = _table(
    "cp_reviews",
    "cppr_person_id",
    Makes(
        "reviews",
        (
            Take("held", _h("cppr_cp_review_date"), DATE),
            Take("due", _h("cppr_cp_review_due"), DATE),
            Take("quorate", _h("cppr_cp_review_quorate"), YES_NO),
            Take("participation", _h("cppr_cp_review_participation"), PARTICIPATION),
        ),
        fixed={"kind": "cp"},
        needs=("held", "due"),
        id=_h("cppr_cp_review_id"),
    ),
)
CLA_REVIEWS = _table(
    "cla_reviews",
    "clar_person_id",
    Makes(
        "reviews",
        (
            Take("held", _h("clar_cla_review_date"), DATE),
            Take("due", _h("clar_cla_review_due_date"), DATE),
            Take("participation", _h("clar_cla_review_participation"), PARTICIPATION),
        ),
        fixed={"kind": "cla"},
        id=_h("clar_cla_review_id"),
        only=Only(_h("clar_cla_review_cancelled"), YES_NO, False, "the review was cancelled", or_missing=True),
    ),
)
EPISODES_OF_CARE = _table(
    "cla_episodes",
    "clae_person_id",
    Makes(
        "episodes",
        (
            Take("started", _h("clae_cla_episode_start_date"), DATE),
            Take("ended", _h("clae_cla_episode_ceased_date"), DATE),
            Take(
                "reason_started", _h("clae_cla_episode_start_reason"), Code(NEW_EPISODE.pattern, NEW_EPISODE.says, True)
            ),
            Take(
                "reason_ended", _h("clae_cla_episode_ceased_reason"), Code(EPISODE_END.pattern, EPISODE_END.says, True)
            ),
            Take("legal_status", ("?legal_status",), LEGAL),
            Take("placement", ("?placement",), PLACEMENT),
        ),
        id=_h("clae_cla_episode_id"),
    ),
)
PLACEMENTS = _table(
    "cla_placement",
    "clap_person_id",
    Makes(
        "placements",
        (
            Take("started", _h("clap_cla_placement_start_date"), DATE),
            Take("ended", _h("clap_cla_placement_end_date"), DATE),
            Take("kind", _h("clap_cla_placement_type"), PLACEMENT_KIND),
        ),
        id=_h("clap_cla_placement_id"),
    ),
)
SDQS = _table(
    "sdq_scores",
    "csdq_person_id",
    Makes(
        "sdqs",
        (
            Take("completed", _h("csdq_sdq_completed_date"), DATE),
            Take("score", _h("csdq_sdq_score"), Number(0, MOST_SCORE, keeps_words=True)),
            Take("reason", _h("csdq_sdq_reason"), SDQ_REASON),
        ),
        id=_h("csdq_table_id"),
    ),
)
HEALTH = _table(
    "cla_health",
    "clah_person_id",
    Makes(
        "health_checks",
        (
            Take("held", ("?held",), DATE),
            Take("refused", ("?refused",), DATE),
            Take("kind", _h("clah_health_check_type"), HEALTH_KIND),
        ),
        id=_h("clah_health_check_id"),
        only=Only(
            _h("clah_health_check_status"), HEALTH_STATUS, "done", "it was planned or cancelled", or_missing=True
        ),
    ),
)
IMMUNISATIONS = _table(
    "cla_immunisations",
    "clai_person_id",
    Makes(
        "immunisations",
        (
            Take("checked", _h("clai_immunisations_status_date"), DATE),
            Take("up_to_date", _h("clai_immunisations_status"), YES_NO),
        ),
    ),
)
MISSING = _table(
    "missing",
    "miss_person_id",
    Makes(
        "missing_episodes",
        (
            Take("started", _h("miss_missing_episode_start_date"), DATE),
            Take("ended", _h("miss_missing_episode_end_date"), DATE),
        ),
        id=_h("miss_table_id"),
    ),
)
_ORDER_TYPE = _h("perm_permanence_order_type")
PERMANENCE = _table(
    "permanence",
    "perm_person_id",
    Makes(
        "adoption_plans",
        (
            Take("decided", _h("perm_adm_decision_date"), DATE),
            Take("authority", _h("perm_placement_order_date"), DATE),
            Take("matched", _h("perm_matched_date"), DATE),
            Take("placed", _h("perm_placed_for_adoption_date"), DATE),
            Take("reversed", _h("perm_decision_reversed_date"), DATE),
            Take("adopted", ("?adopted",), DATE),
        ),
        needs=("decided", "authority", "matched", "placed", "reversed", "adopted"),
        id=_h("perm_table_id"),
    ),
    Makes(
        "adoption_placements",
        (Take("placed", _h("perm_placed_for_adoption_date"), DATE),),
        needs=("placed",),
        id=_h("perm_table_id"),
    ),
    Makes(
        "guardianship_orders",
        (Take("made", ("?guardianship",), DATE),),
        needs=("made",),
        id=_h("perm_table_id"),
    ),
)
CARE_LEAVERS = _table(
    "care_leavers",
    "clea_person_id",
    Makes(
        "child",
        (
            Take("leaving_care", _h("clea_care_leaver_eligibility"), ELIGIBILITY),
            Take("personal_adviser", _h("clea_care_leaver_personal_advisor"), Reference(no_names=True)),
        ),
    ),
    Makes(
        "adviser_contacts",
        (Take("held", _h("clea_care_leaver_latest_contact"), DATE),),
        needs=("held",),
    ),
)
PRE_PROCEEDINGS = _table(
    "pre_proceedings",
    "prep_person_id",
    Makes(
        "legal_cases",
        (
            Take("planning_meeting", _h("prep_pre_pro_decision_date"), DATE),
            Take("letter", _h("prep_pre_pro_letter_date"), DATE),
            Take("exited", _h("prep_agree_stepdown_issue_date"), DATE),
            Take("exit_decision", _h("prep_pre_pro_outcome"), EXIT),
        ),
        needs=("planning_meeting", "letter", "exited"),
        id=_h("prep_table_id"),
    ),
)
SHEETS = (
    PERSON,
    FAMILY,
    DISABILITY_TABLE,
    INVOLVEMENTS,
    CONTACTS,
    EPISODES_OF_NEED,
    ASSESSMENTS,
    CIN_PLANS,
    CP_PLANS,
    CARE_PLANS,
    ENQUIRIES,
    CONFERENCES,
    CIN_VISITS,
    CP_VISITS,
    CLA_VISITS,
    CP_REVIEWS,
    CLA_REVIEWS,
    EPISODES_OF_CARE,
    PLACEMENTS,
    SDQS,
    HEALTH,
    IMMUNISATIONS,
    MISSING,
    PERMANENCE,
    CARE_LEAVERS,
    PRE_PROCEEDINGS,
)

JOINED = {
    "ssd_assessment_factors": ("cinf_assessment_id", "cinf_assessment_factors_json"),
    "ssd_legal_status": (
        "lega_person_id",
        "lega_legal_status",
        "lega_legal_status_start_date",
        "lega_legal_status_end_date",
    ),
}
"""Tables of which the rows go into those of another, with the columns that are read."""

BESIDE = {
    "ssd_cla_reviews": ("clar_cla_id",),
    "ssd_cla_visits": ("clav_cla_id",),
    "ssd_cla_episodes": ("clae_cla_id", "clae_cla_placement_id"),
    "ssd_cla_placement": ("clap_cla_id",),
    "ssd_cp_visits": ("cppv_cp_plan_id",),
    "ssd_cp_reviews": ("cppr_cp_plan_id",),
    "ssd_cin_visits": ("cinv_cin_plan_id",),
    "ssd_cin_assessments": ("cina_assessment_id",),
    "ssd_s47_enquiry": ("s47e_s47_outcome_json", "s47e_s47_nfa"),
    "ssd_disability": ("disa_disability_code",),
    "ssd_cla_health": ("clah_health_check_date",),
    "ssd_involvements": ("invo_involvement_start_date", "invo_involvement_end_date"),
    "ssd_permanence": ("perm_permanence_order_date", "perm_permanence_order_type"),
    "ssd_cla_care_plan": ("lacp_cla_care_plan_json",),
}
"""Columns that are read beside those of the sheet, to make others of them."""

UNUSED = (
    "ssd_address",
    "ssd_api_data_staging",
    "ssd_cla_convictions",
    "ssd_cla_previous_permanence",
    "ssd_cla_substance_misuse",
    "ssd_department",
    "ssd_early_help_episodes",
    "ssd_ehcp_active_plans",
    "ssd_ehcp_assessment",
    "ssd_ehcp_named_plan",
    "ssd_ehcp_requests",
    "ssd_immigration_status",
    "ssd_linked_identifiers",
    "ssd_mother",
    "ssd_professionals",
    "ssd_s251_finance",
    "ssd_sen_need",
    "ssd_send",
    "ssd_version_log",
    "ssd_voice_of_child",
)
"""Tables of the dataset of which nothing is used: they are not even opened."""

LEFT: dict[str, tuple[str, ...]] = {
    "ssd_person": (
        "pers_forename",
        "pers_surname",
        "pers_sex",
        "pers_gender",
        "pers_ethnicity",
        "pers_common_child_id",
        "pers_legacy_id",
        "pers_upn_unknown",
        "pers_send_flag",
        "pers_death_date",
        "pers_is_mother",
        "pers_nationality",
    ),
    "ssd_family": ("fami_table_id",),
    "ssd_disability": ("disa_table_id",),
    "ssd_involvements": (
        "invo_involvements_id",
        "invo_professional_role_id",
        "invo_worker_change_reason",
        "invo_referral_id",
    ),
    "ssd_contacts": ("cont_contact_outcome_json",),
    "ssd_cin_episodes": (
        "cine_cin_primary_need_code",
        "cine_referral_outcome_json",
        "cine_close_reason",
        "cine_referral_team",
        "cine_referral_worker_id",
    ),
    "ssd_cin_assessments": (
        "cina_assessment_outcome_json",
        "cina_assessment_outcome_nfa",
        "cina_assessment_team",
        "cina_assessment_worker_id",
    ),
    "ssd_cin_plans": (
        "cinp_referral_id",
        "cinp_cin_plan_team",
        "cinp_cin_plan_worker_id",
    ),
    "ssd_cp_plans": (
        "cppl_referral_id",
        "cppl_icpc_id",
        "cppl_cp_plan_initial_category",
        "cppl_cp_plan_ola",
        "cppl_cp_plan_latest_category",
    ),
    "ssd_s47_enquiry": (
        "s47e_referral_id",
        "s47e_s47_completed_by_worker_id",
        "s47e_s47_completed_by_team",
    ),
    "ssd_initial_cp_conference": (
        "icpc_icpc_meeting_id",
        "icpc_cp_plan_id",
        "icpc_referral_id",
        "icpc_icpc_target_date",
        "icpc_icpc_outcome_json",
        "icpc_icpc_team",
        "icpc_icpc_worker_id",
    ),
    "ssd_cp_reviews": (
        "cppr_cp_review_meeting_id",
        "cppr_cp_review_outcome_continue_cp",
    ),
    "ssd_cla_episodes": (
        "clae_cla_primary_need_code",
        "clae_referral_id",
        "clae_entered_care_date",
        "clae_cla_last_iro_contact_date",
    ),
    "ssd_cla_placement": (
        "clap_cla_placement_urn",
        "clap_cla_placement_distance",
        "clap_cla_placement_provider",
        "clap_cla_placement_postcode",
        "clap_cla_placement_change_reason",
    ),
    "ssd_missing": (
        "miss_missing_episode_type",
        "miss_missing_rhi_offered",
        "miss_missing_rhi_accepted",
    ),
    "ssd_permanence": (
        "perm_cla_id",
        "perm_ffa_cp_decision_date",
        "perm_adopted_by_carer_flag",
        "perm_placed_ffa_cp_date",
        "perm_placed_foster_carer_date",
        "perm_part_of_sibling_group",
        "perm_siblings_placed_together",
        "perm_siblings_placed_apart",
        "perm_placement_provider_urn",
        "perm_decision_reversed_reason",
        "perm_adoption_worker_id",
        "perm_adopter_sex",
        "perm_adopter_legal_status",
        "perm_number_of_adopters",
    ),
    "ssd_care_leavers": (
        "clea_table_id",
        "clea_care_leaver_in_touch",
        "clea_care_leaver_accommodation",
        "clea_care_leaver_accom_suitable",
        "clea_care_leaver_activity",
        "clea_pathway_plan_review_date",
        "clea_care_leaver_allocated_team",
        "clea_care_leaver_worker_id",
    ),
    "ssd_pre_proceedings": (
        "prep_plo_family_id",
        "prep_initial_pre_pro_meeting_date",
        "prep_cp_plans_referral_period",
        "prep_legal_gateway_outcome",
        "prep_prev_pre_proc_child",
        "prep_prev_care_proc_child",
        "prep_care_pro_letter_date",
        "prep_pre_pro_meetings_num",
        "prep_pre_pro_parents_legal_rep",
        "prep_parents_legal_rep_point_of_issue",
        "prep_court_reference",
        "prep_care_proc_court_hearings",
        "prep_care_proc_short_notice",
        "prep_proc_short_notice_reason",
        "prep_la_inital_plan_approved",
        "prep_la_initial_care_plan",
        "prep_la_final_plan_approved",
        "prep_la_final_care_plan",
    ),
}
"""Columns of the dataset that are known and left."""
