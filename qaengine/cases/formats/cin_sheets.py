"""The elements of the CIN census, as tables: what of each is kept, and under what names it was seen."""

from qaengine.cases.formats.sources import SOURCE_KIND
from qaengine.cases.taking.spec import Makes, Sheet, Take
from qaengine.cases.taking.values import Code, Day, Reference, Text, Words, YesNo

DATE = Day("year")
CHILD = ("LAchildID",)
REFERENCE = Reference()

DISABILITY = Words(
    {
        "none": "no",
        **dict.fromkeys(("mob", "hand", "pc", "inc", "comm", "ld", "hear", "vis", "beh", "con", "aut", "dda"), "yes"),
    },
    "a disability code of the census, such as NONE or AUT",
)
FACTORS = Code(r"[0-9]{1,2}[A-Z]?(?: [0-9]{1,2}[A-Z]?)*", "factor codes of the census, such as 1A or 21")

NEVER_KEPT = ("UPN", "FormerUPN", "UPNunknown", "UPNUnknownType", "Ethnicity", "Sex", "GenderCurrent", "Gender")
OF_THE_CHILD = Sheet(
    "Child",
    CHILD,
    (CHILD,),
    (
        Makes(
            "child",
            (
                Take("born", ("PersonBirthDate", "DateOfBirth"), DATE),
                Take("expected", ("ExpectedPersonBirthDate",), DATE),
                Take("disabled", ("disabled",), YesNo()),
            ),
        ),
    ),
    leaves=(*NEVER_KEPT, "PersonDeathDate"),
)
DETAILS = Sheet(
    "CINdetails",
    CHILD,
    (("CINreferralDate",),),
    (
        Makes(
            "referrals",
            (
                Take("received", ("CINreferralDate", "ReferralDate"), DATE),
                Take("closed", ("CINclosureDate", "ClosureDate"), DATE),
                Take("source", ("ReferralSource",), Text(20)),
                Take("source_kind", ("ReferralSource",), SOURCE_KIND),
                Take("no_further_action", ("ReferralNFA",), YesNo()),
            ),
            id=("?id",),
        ),
    ),
    leaves=("PrimaryNeedCode", "ReasonForClosure", "DateOfInitialCPC", "DateofInitialICPC", "DateOfInitialICPC"),
)
ASSESSMENTS = Sheet(
    "Assessments",
    CHILD,
    (("AssessmentActualStartDate",),),
    (
        Makes(
            "assessments",
            (
                Take("started", ("AssessmentActualStartDate", "AssessmentStartDate"), DATE),
                Take("reviewed_midway", ("AssessmentInternalReviewDate",), DATE),
                Take("authorised", ("AssessmentAuthorisationDate",), DATE),
                Take("factors", ("AssessmentFactors",), FACTORS),
                Take("referral", ("?referral",), REFERENCE),
            ),
            fixed={"kind": "child_and_family"},
        ),
    ),
)
CIN_PLANS = Sheet(
    "CINPlanDates",
    CHILD,
    (("CINPlanStartDate",),),
    (
        Makes(
            "plans",
            (Take("started", ("CINPlanStartDate",), DATE), Take("ended", ("CINPlanEndDate",), DATE)),
            fixed={"kind": "cin"},
        ),
    ),
)
SECTION47S = Sheet(
    "Section47",
    CHILD,
    (("S47ActualStartDate",),),
    (
        Makes(
            "section47s",
            (
                Take("started", ("S47ActualStartDate", "S47StartDate"), DATE),
                Take("conference_needed", ("ICPCnotRequired",), YesNo(opposite=True)),
                Take("conference_needed", ("ICPCRequired",), YesNo()),
            ),
            id=("?id",),
        ),
        Makes(
            "conferences",
            (
                Take("held", ("DateOfInitialCPC", "DateofInitialICPC"), DATE),
                Take("section47", ("?id",), REFERENCE),
            ),
            fixed={"kind": "initial"},
            needs=("held",),
        ),
    ),
    leaves=("InitialCPCtarget",),
)
CONFERENCES = Sheet(
    "DateOfInitialCPC",
    CHILD,
    (("DateOfInitialCPC",),),
    (
        Makes(
            "conferences",
            (Take("held", ("DateOfInitialCPC",), DATE), Take("section47", ("?section47",), REFERENCE)),
            fixed={"kind": "initial"},
            needs=("held",),
        ),
    ),
)
CP_PLANS = Sheet(
    "ChildProtectionPlans",
    CHILD,
    (("CPPstartDate",),),
    (
        Makes(
            "plans",
            (Take("started", ("CPPstartDate",), DATE), Take("ended", ("CPPendDate",), DATE)),
            fixed={"kind": "cp"},
        ),
    ),
    leaves=("CPPID", "InitialCategoryOfAbuse", "LatestCategoryOfAbuse", "NumberOfPreviousCPP"),
)
REVIEWS = Sheet(
    "CPPreviewDate",
    CHILD,
    (("CPPreviewDate",),),
    (Makes("reviews", (Take("held", ("CPPreviewDate",), DATE),), fixed={"kind": "cp"}, needs=("held",)),),
)
PRE_PROCEEDINGS = Sheet(
    "PreProceedingsandFGDM",
    CHILD,
    (("PPStartDate",),),
    (
        Makes(
            "legal_cases",
            (
                Take("letter", ("LBPSentDate",), DATE),
                Take("exited", ("StepDecisionDate",), DATE),
                Take("issued", ("CourtAppDate",), DATE),
            ),
            needs=("letter", "exited", "issued"),
        ),
    ),
    leaves=(
        "PPStartDate",
        "FGDMMeetingOffer",
        "FGDMMeetingFac",
        "InitialPPMeetingDate",
        "ReviewMeetingsCount",
        "PPOutcome",
        "LetterInitCPDate",
    ),
)
SHEETS = (OF_THE_CHILD, DETAILS, ASSESSMENTS, CIN_PLANS, SECTION47S, CONFERENCES, CP_PLANS, REVIEWS, PRE_PROCEEDINGS)
