"""The nodes of a payload of the DfE API, as tables: what of each is kept."""

from qaengine.cases.formats.cin_sheets import FACTORS
from qaengine.cases.formats.sources import SOURCE_KIND
from qaengine.cases.formats.ssda903_tables import EPISODE_END, MOST_SCORE, NEW_EPISODE, PLACEMENT
from qaengine.cases.taking.spec import Headings, Makes, Sheet, Take
from qaengine.cases.taking.values import Day, Number, Reference, Text, YesNo

DATE = Day("year")
YES_NO = YesNo()
REFERENCE = Reference()
WORKER = Reference(no_names=True)
CHILD: Headings = ("la_child_id",)


def _node(name: str, *makes: Makes, leaves: Headings = ()) -> Sheet:
    return Sheet(name, CHILD, (CHILD,), makes, (*leaves, "purge", "?referral"))


SHEETS = (
    _node(
        "child_details",
        Makes(
            "child",
            (
                Take("born", ("date_of_birth",), DATE),
                Take("expected", ("expected_date_of_birth",), DATE),
                Take("disabled", ("disabled",), YES_NO),
                Take("worker", ("?worker",), WORKER),
            ),
        ),
        leaves=(
            "unique_pupil_number",
            "former_unique_pupil_number",
            "unique_pupil_number_unknown_reason",
            "first_name",
            "surname",
            "sex",
            "ethnicity",
            "postcode",
            "uasc_flag",
            "uasc_end_date",
        ),
    ),
    _node(
        "sdq_assessments",
        Makes("sdqs", (Take("completed", ("date",), DATE), Take("score", ("score",), Number(0, MOST_SCORE)))),
    ),
    _node(
        "social_care_episodes",
        Makes(
            "referrals",
            (
                Take("received", ("referral_date",), DATE),
                Take("closed", ("closure_date",), DATE),
                Take("source", ("referral_source",), Text(20)),
                Take("source_kind", ("referral_source",), SOURCE_KIND),
                Take("no_further_action", ("referral_no_further_action_flag",), YES_NO),
            ),
            id=("?id",),
        ),
        leaves=("social_care_episode_id", "closure_reason"),
    ),
    _node(
        "child_and_family_assessments",
        Makes(
            "assessments",
            (
                Take("started", ("start_date",), DATE),
                Take("authorised", ("authorisation_date",), DATE),
                Take("factors", ("factors",), FACTORS),
                Take("referral", ("?referral",), REFERENCE),
            ),
            fixed={"kind": "child_and_family"},
            id=("child_and_family_assessment_id",),
        ),
    ),
    _node(
        "child_in_need_plans",
        Makes(
            "plans",
            (Take("started", ("start_date",), DATE), Take("ended", ("end_date",), DATE)),
            fixed={"kind": "cin"},
            id=("child_in_need_plan_id",),
        ),
    ),
    _node(
        "section_47_assessments",
        Makes(
            "section47s",
            (
                Take("started", ("start_date",), DATE),
                Take("ended", ("end_date",), DATE),
                Take("conference_needed", ("icpc_required_flag",), YES_NO),
            ),
            id=("section_47_assessment_id",),
        ),
        Makes(
            "conferences",
            (Take("held", ("icpc_date",), DATE), Take("section47", ("section_47_assessment_id",), REFERENCE)),
            fixed={"kind": "initial"},
            needs=("held",),
        ),
    ),
    _node(
        "child_protection_plans",
        Makes(
            "plans",
            (Take("started", ("start_date",), DATE), Take("ended", ("end_date",), DATE)),
            fixed={"kind": "cp"},
            id=("child_protection_plan_id",),
        ),
    ),
    _node(
        "child_looked_after_placements",
        Makes(
            "episodes",
            (
                Take("started", ("start_date",), DATE),
                Take("ended", ("end_date",), DATE),
                Take("reason_started", ("start_reason",), NEW_EPISODE),
                Take("placement", ("placement_type",), PLACEMENT),
                Take("reason_ended", ("end_reason",), EPISODE_END),
            ),
            id=("child_looked_after_placement_id",),
        ),
        leaves=("postcode", "change_reason"),
    ),
    _node(
        "adoption",
        Makes(
            "adoption_plans",
            (
                Take("decided", ("initial_decision_date",), DATE),
                Take("matched", ("matched_date",), DATE),
                Take("placed", ("placed_date",), DATE),
            ),
            needs=("decided", "matched", "placed"),
        ),
        Makes("adoption_placements", (Take("placed", ("placed_date",), DATE),), needs=("placed",)),
    ),
    _node(
        "care_leavers",
        Makes("adviser_contacts", (Take("held", ("contact_date",), DATE),), needs=("held",)),
        leaves=("activity", "accommodation"),
    ),
)
ARRAYS = (
    "child_and_family_assessments",
    "child_in_need_plans",
    "section_47_assessments",
    "child_protection_plans",
    "child_looked_after_placements",
)
OBJECTS = ("adoption", "care_leavers")
SECTIONS = (*ARRAYS, *OBJECTS)
