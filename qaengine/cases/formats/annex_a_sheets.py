"""The lists of Ofsted's Annex A: what of each is kept, and under what headings it was seen.

Each list speaks only of the children in it (`listed`). A worker stands there by name, so that a worker is kept only
where a reference stands in place of the name.
"""

from qaengine.cases.formats.sources import SOURCE_KIND
from qaengine.cases.formats.ssda903_tables import LEGAL_STATUS
from qaengine.cases.taking.spec import Headings, Makes, Only, Sheet, Take
from qaengine.cases.taking.values import Code, Day, Reference, Text, Words, YesNo

DATE = Day("day", loose=True)
YES_NO = YesNo()
CHILD: Headings = ("Child Unique ID", "Child ID", "Unique Child ID", "Child Unique Identifier")
WORKER = Reference(no_names=True)

BORN = Take("born", ("Date of Birth", "DOB"), DATE)
DISABLED = Take("disabled", ("Does the Child have a Disability", "Disability"), YES_NO)
TEAM = Take("team", ("Allocated Team",), Text(200))
ALLOCATED = Take("worker", ("Allocated Worker",), WORKER)
NEVER_KEPT: Headings = (
    "Gender",
    "Sex",
    "Ethnicity",
    "Age of Child (Years)",
    "Age",
    "Age of Child",
    "Family identifier",
)

PLACEMENT = Code("[A-Z][0-9]", "a placement code of the SSDA903 return, such as U4", within=True)
LEGAL = Code(LEGAL_STATUS.pattern, LEGAL_STATUS.says, within=True)
REASON_ENDED = Code("E[0-9]{1,2}[A-Z]?|X1", "a code such as E4A", within=True)
PERMANENCE = Words(
    {
        "return to family": "return_home",
        "adoption": "adoption",
        "sgo/cao": "special_guardianship",
        "supported living in the community": "supported_living",
        "long-term residential placement": "residential",
        "long-term fostering": "long_term_fostering",
        "long term fostering": "long_term_fostering",
        "other": "other",
    }
)
CASE_STATUS = Words(
    {
        "looked after child": "cla",
        "child protection plan": "cp",
        "child in need plan": "cin",
        "open assessment": "assessment",
        "closed episode": "closed",
    }
)
ELIGIBILITY = Words(
    {
        "relevant child": "relevant",
        "former relevant child": "former_relevant",
        "eligible child": "eligible",
        "qualifying care leaver": "",
        "relevant": "relevant",
        "former relevant": "former_relevant",
        "eligible": "eligible",
        "qualifying": "",
    }
)


def _child(*takes: Take) -> Makes:
    return Makes("child", (BORN, *takes))


def _list(
    number: int, title: str, known_by: tuple[str, ...], makes: tuple[Makes, ...], leaves: Headings = (), rank: int = 0
) -> Sheet:
    known = tuple((one,) for one in known_by)
    return Sheet(f"List {number}: {title}", CHILD, known, makes, (*NEVER_KEPT, *leaves), rank, (f"list{number}",))


CONTACTS = _list(
    1,
    "Contacts",
    ("Date of Contact",),
    (
        _child(),
        Makes(
            "contacts",
            (
                Take("received", ("Date of Contact",), DATE),
                Take("source", ("Contact Source",), Text(200)),
                Take("source_kind", ("Contact Source",), SOURCE_KIND),
            ),
            listed=True,
        ),
    ),
)
EARLY_HELP = _list(
    2,
    "Early help",
    ("Assessment start date", "Organisation completing assessment"),
    (),
    ("Assessment completion date",),
)
REFERRALS = _list(
    3,
    "Referrals",
    ("Date of referral",),
    (
        _child(TEAM, ALLOCATED),
        Makes(
            "referrals",
            (
                Take("received", ("Date of referral",), DATE),
                Take("source", ("Referral Source",), Text(200)),
                Take("source_kind", ("Referral Source",), SOURCE_KIND),
                Take("no_further_action", ("Referral NFA?",), YES_NO),
            ),
            listed=True,
        ),
    ),
    ("Number of Referrals in Last 12 Months",),
    rank=1,
)
ASSESSMENTS = _list(
    4,
    "Assessments",
    ("Continuous Assessment Start Date",),
    (
        _child(DISABLED, TEAM, ALLOCATED),
        Makes(
            "assessments",
            (
                Take("started", ("Continuous Assessment Start Date",), DATE),
                Take("child_seen", ("Child Seen During Continuous Assessment",), YES_NO),
                Take("authorised", ("Continuous Assessment Date of Authorisation",), DATE),
            ),
            fixed={"kind": "child_and_family"},
            listed=True,
        ),
    ),
    (
        "Was the child assessed as requiring LA children's social care support?",
        "Was the child assessed as being in need at assessment?",
        "Was the child assessed as requiring LA children’s social care support?",
    ),
    rank=2,
)
ENQUIRIES = _list(
    5,
    "Section 47 enquiries and initial child protection conferences",
    ("Strategy discussion initiating Section 47 Enquiry Start Date",),
    (
        _child(DISABLED, TEAM, ALLOCATED),
        Makes(
            "section47s",
            (
                Take("started", ("Strategy discussion initiating Section 47 Enquiry Start Date",), DATE),
                Take(
                    "conference_needed",
                    ("Was an Initial Child Protection Conference deemed unnecessary?",),
                    YesNo(opposite=True),
                ),
            ),
            id=("?id",),
            listed=True,
        ),
        Makes(
            "conferences",
            (
                Take("held", ("Date of Initial Child Protection Conference",), DATE),
                Take(
                    "plan_made",
                    ("Did the Initial Child Protection Conference Result in a Child Protection Plan",),
                    YES_NO,
                ),
                Take("section47", ("?id",), Reference()),
            ),
            fixed={"kind": "initial"},
            needs=("held",),
            listed=True,
        ),
    ),
    ("Number of Section 47 Enquiries in the last 12 months", "Number of ICPCs in the last 12 months"),
    rank=3,
)
CHILDREN_IN_NEED = _list(
    6,
    "Children in need",
    ("CIN Start Date", "Date Child Was Last Seen"),
    (
        _child(DISABLED, TEAM, ALLOCATED),
        Makes(
            "plans",
            (Take("started", ("CIN Start Date",), DATE), Take("ended", ("CIN Closure Date",), DATE)),
            fixed={"kind": "cin"},
            only=Only(("Case status",), CASE_STATUS, "cin", "the case status is not a child in need plan"),
            listed=True,
        ),
        Makes(
            "visits",
            (Take("held", ("Date Child Was Last Seen",), DATE),),
            fixed={"kind": "cin", "seen": True},
            needs=("held",),
            only=Only(("Case status",), CASE_STATUS, "cin", "the case status is not a child in need plan"),
            listed=True,
        ),
    ),
    ("Primary Need Code", "Reason for Closure"),
    rank=4,
)
CHILD_PROTECTION = _list(
    7,
    "Child protection",
    ("Child Protection Plan Start Date",),
    (
        _child(DISABLED, TEAM, ALLOCATED),
        Makes(
            "plans",
            (
                Take("started", ("Child Protection Plan Start Date",), DATE),
                Take("ended", ("Child Protection Plan End Date",), DATE),
            ),
            fixed={"kind": "cp"},
            listed=True,
        ),
        Makes(
            "visits",
            (
                Take("held", ("Date of the Last Statutory Visit",), DATE),
                Take("seen_alone", ("Was the Child Seen Alone?",), YES_NO),
                Take("seen", ("Was the Child Seen Alone?",), YesNo(yes_alone=True)),
            ),
            fixed={"kind": "cp"},
            needs=("held",),
            listed=True,
        ),
        Makes(
            "reviews",
            (Take("held", ("Date of latest review conference",), DATE),),
            fixed={"kind": "cp"},
            needs=("held",),
            listed=True,
        ),
    ),
    (
        "Initial Category of Abuse",
        "Latest Category of Abuse",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months",
        "Number of Previous Child Protection Plans",
    ),
    rank=6,
)
IN_CARE = _list(
    8,
    "Children in care",
    ("Date Started to be Looked After",),
    (
        _child(DISABLED, TEAM, ALLOCATED),
        Makes(
            "reviews",
            (Take("held", ("Date of Latest Statutory Review",), DATE),),
            fixed={"kind": "cla"},
            needs=("held",),
            listed=True,
        ),
        Makes(
            "visits",
            (Take("held", ("Date of Last Social Work Visit",), DATE),),
            fixed={"kind": "cla"},
            needs=("held",),
            listed=True,
        ),
        Makes(
            "chair_contacts",
            (Take("held", ("Date of Last IRO Visit / Contact to the Child",), DATE),),
            fixed={"by_role": "independent reviewing officer", "with_child": True},
            needs=("held",),
            listed=True,
        ),
        Makes(
            "health_checks",
            (Take("held", ("Date of Last Health Assessment",), DATE),),
            needs=("held",),
            listed=True,
        ),
        Makes(
            "health_checks",
            (Take("held", ("Date of Last Dental Check",), DATE),),
            fixed={"kind": "dental"},
            needs=("held",),
            listed=True,
        ),
        Makes(
            "permanence_decisions",
            (Take("option", ("What is the permanence plan for this child?",), PERMANENCE),),
            needs=("option",),
            listed=True,
        ),
    ),
    (
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months",
        "Child's Category of Need",
        "Is this a second or subsequent period of being a Looked After Child within the last 12 months?",
        "Is this a second or subsequent episode of being a Looked After Child within the last 12 months?",
        "Date Started to be Looked After",
        "Start date of current legal status",
        "Child's Legal Status",
        "Number of Placements in the Last 12 months",
        "Date Ceased to be Looked After",
        "Reason Ceased to be Looked After",
        "Start Date of Most Recent Placement",
        "Placement Type",
        "Placement Provider",
        "Placement postcode",
        "URN of Placement",
        "Placement Location",
        "LA of Placement",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
        "Was the child offered a Return Interview after their last missing episode?",
        "Did the child accept a Return Interview after their last missing episode?",
    ),
    rank=7,
)
CARE_LEAVERS = _list(
    9,
    "Care leavers",
    ("Eligibility Category",),
    (
        _child(
            DISABLED,
            TEAM,
            Take("personal_adviser", ("Allocated Worker",), WORKER),
            Take("leaving_care", ("Eligibility Category",), ELIGIBILITY),
        ),
    ),
    ("LA In Touch", "Type of Accommodation", "Suitability of Accommodation", "Activity Status"),
    rank=5,
)
ADOPTION = _list(
    10,
    "Adoption",
    ("Date of Decision that Child Should be Placed for Adoption",),
    (
        _child(DISABLED),
        Makes(
            "adoption_plans",
            (
                Take("decided", ("Date of Decision that Child Should be Placed for Adoption",), DATE),
                Take("authority", ("Date of Placement Order",), DATE),
                Take("matched", ("Date of Matching Child and Prospective Adopters",), DATE),
                Take("placed", ("Date Placed for Adoption",), DATE),
                Take("adopted", ("Date of Adoption Order",), DATE),
                Take("reversed", ("Date of Decision that Child Should No Longer be Placed for Adoption",), DATE),
            ),
            needs=("decided", "authority", "matched", "placed", "adopted", "reversed"),
            listed=True,
        ),
        Makes(
            "adoption_placements",
            (Take("placed", ("Date Placed for Adoption",), DATE),),
            needs=("placed",),
            listed=True,
        ),
    ),
    (
        "Date the Child Entered Care",
        "Reason Why Child No Longer Placed for Adoption",
        "Date the child was placed for fostering in FFA or concurrent planning placement",
    ),
)
ADOPTERS = _list(11, "Adopters", ("Individual adopter identifier",), ())
SHEETS = (
    CONTACTS,
    EARLY_HELP,
    REFERRALS,
    ASSESSMENTS,
    ENQUIRIES,
    CHILDREN_IN_NEED,
    CHILD_PROTECTION,
    IN_CARE,
    CARE_LEAVERS,
    ADOPTION,
    ADOPTERS,
)

PERIOD = Sheet(
    "period of care",
    CHILD,
    (("Date Started to be Looked After",),),
    (
        Makes(
            "episodes",
            (
                Take("started", ("Date Started to be Looked After",), DATE),
                Take("ended", ("Date Ceased to be Looked After",), DATE),
                Take("legal_status", ("Child's Legal Status",), LEGAL),
                Take("placement", ("Placement Type",), PLACEMENT),
                Take("reason_ended", ("Reason Ceased to be Looked After",), REASON_ENDED),
            ),
            listed=True,
        ),
    ),
)
"""A period of care in List 8, before it is divided where the present legal status and placement began."""

SINCE = (
    Take("started", ("Start date of current legal status",), DATE),
    Take("started", ("Start Date of Most Recent Placement",), DATE),
)
