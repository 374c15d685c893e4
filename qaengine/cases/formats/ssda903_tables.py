"""The tables of an SSDA903 return: by what headings each is known, and what of it is kept."""

from qaengine.cases.taking.spec import Headings, Makes, Sheet, Take
from qaengine.cases.taking.values import Code, Day, Number, one_of

MOST_SCORE = 999
"""A score may be from 0 to 40 (SSDA903 guidance, SDQ_SCORE); one of 41 is on file, and that it is no score is for the
standard to find."""

LEGAL_STATUS = one_of("C1", "C2", "D1", "E1", "J1", "J2", "J3", "L1", "L2", "L3", "V2", "V3", "V4")
NEW_EPISODE = one_of("S", "L", "P", "T", "B", "U")
PLACEMENT = Code("[A-Z][0-9]", "a placement code, such as U4")
EPISODE_END = Code("X1|E[0-9]{1,2}[A-Z]?", "X1, or a code such as E4A")
PARTICIPATION = one_of(*(f"PN{n}" for n in range(8)))
SDQ_REASON = one_of(*(f"SDQ{n}" for n in range(1, 6)))
DATE = Day("day")

CHILD: Headings = ("CHILD", "CHILDID")
KNOWN_AND_LEFT: Headings = ("DOB", "SEX", "GENDER", "UPN", "ETHNIC", "MOTHER", "MC_DOB", "UNIQUE_ID", "UASC")


def _known_by(*headings: str) -> tuple[Headings, ...]:
    return (CHILD, *((heading,) for heading in headings))


HEADER = Sheet(
    "header",
    CHILD,
    _known_by("DOB", "UPN"),
    (Makes("child", (Take("born", ("DOB",), DATE),)),),
    leaves=KNOWN_AND_LEFT,
)
TAKEN = (
    Sheet(
        "episodes",
        CHILD,
        _known_by("DECOM", "RNE", "LS", "REC"),
        (
            Makes(
                "episodes",
                (
                    Take("started", ("DECOM",), DATE),
                    Take("ended", ("DEC",), DATE),
                    Take("legal_status", ("LS",), LEGAL_STATUS),
                    Take("reason_started", ("RNE",), NEW_EPISODE),
                    Take("placement", ("PLACE", "PL"), PLACEMENT),
                    Take("reason_ended", ("REC",), EPISODE_END),
                ),
            ),
        ),
        leaves=("CIN", "PLACE_PROVIDER", "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN", *KNOWN_AND_LEFT),
    ),
    Sheet(
        "reviews",
        CHILD,
        _known_by("REVIEW", "REVIEW_CODE"),
        (
            Makes(
                "reviews",
                (Take("held", ("REVIEW",), DATE), Take("participation", ("REVIEW_CODE",), PARTICIPATION)),
                fixed={"kind": "cla"},
            ),
        ),
        leaves=KNOWN_AND_LEFT,
    ),
    Sheet(
        "oc2",
        CHILD,
        _known_by("SDQ_SCORE", "SDQ_REASON"),
        (
            Makes(
                "sdqs",
                (
                    Take("score", ("SDQ_SCORE",), Number(0, MOST_SCORE)),
                    Take("reason", ("SDQ_REASON",), SDQ_REASON),
                ),
            ),
        ),
        leaves=(
            "CONVICTED",
            "HEALTH_CHECK",
            "IMMUNISATIONS",
            "TEETH_CHECK",
            "HEALTH_ASSESSMENT",
            "SUBSTANCE_MISUSE",
            "INTERVENTION_RECEIVED",
            "INTERVENTION_OFFERED",
            *KNOWN_AND_LEFT,
        ),
    ),
    Sheet(
        "missing",
        CHILD,
        _known_by("MIS_START", "MIS_END"),
        (Makes("missing_episodes", (Take("started", ("MIS_START",), DATE), Take("ended", ("MIS_END",), DATE))),),
        leaves=("MISSING", *KNOWN_AND_LEFT),
    ),
    Sheet(
        "placed_for_adoption",
        CHILD,
        _known_by("DATE_PLACED", "DATE_PLACED_CEASED"),
        (
            Makes(
                "adoption_placements",
                (Take("placed", ("DATE_PLACED",), DATE), Take("ended", ("DATE_PLACED_CEASED",), DATE)),
            ),
        ),
        leaves=("REASON_PLACED_CEASED", *KNOWN_AND_LEFT),
    ),
)
LEFT = tuple(
    Sheet(name, CHILD, _known_by(*headings))
    for name, *headings in (
        ("uasc", "DUC"),
        ("oc3", "IN_TOUCH", "ACTIV", "ACCOM"),
        ("ad1", "DATE_INT", "DATE_MATCH"),
        ("previous_permanence", "PREV_PERM"),
        ("sw_episodes", "SW_ID"),
        ("DoLo", "DOLO_START"),
    )
)
SHEETS = (HEADER, *TAKEN, *LEFT)
