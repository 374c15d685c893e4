"""Small Annex A workbooks: lists of eleven, a few in each book."""

from collections.abc import Mapping, Sequence

from qaengine.cases.formats.annex_a_sheets import PERIOD, SHEETS
from qaengine.cases.raw.table import normal
from tests.mutations.forms import workbook
from tests.mutations.model import Fields, Fixture, Table, fields_in, table

WHO = "Child Unique ID|Gender|Ethnicity|Date of Birth|Age of Child (Years)"
TEAM = "Allocated Team|Allocated Worker"
A, B, C, D = (
    "501|a) Male|WBRI|2008-05-03|#11",
    "502|b) Female|MWBC|2010-11-24|#8",
    "503|b) Female|WBRI|2012-02-29|#7",
    "504|a) Male|ABAN|2015-07-09|#3",
)
LISTS = (
    table(
        "List 1",
        f"{WHO}|Date of Contact|Contact Source",
        f"{A}|2018-12-14|5A: Police – Café watch",
        f"{C}|2019-01-16|1A: Individual",
    ),
    table(
        "List 2",
        f"{WHO}|Assessment start date|Assessment completion date|Organisation completing assessment",
        f"{B}|2018-03-19|2018-04-23|School",
    ),
    table(
        "List 3",
        f"{WHO}|Date of referral|Referral Source|Referral NFA?|Number of Referrals in Last 12 Months|{TEAM}",
        f"{A}|2018-12-15|2A|b) No|#1|North|W101",
        f"{C}|2019-01-17|1B|b) No|#0|South|W103",
        f"{D}|2019-02-08|6|a) Yes|#2|North|W104",
    ),
    table(
        "List 4",
        f"{WHO}|Does the Child have a Disability|Continuous Assessment Start Date|"
        "Child Seen During Continuous Assessment|"
        "Was the child assessed as requiring LA children’s social care support?|"
        f"Continuous Assessment Date of Authorisation|{TEAM}",
        f"{A}|b) No|2018-12-07|a) Yes|a) Yes|2019-02-13|North|W101",
        f"{C}|a) Yes|2019-01-18|b) No|a) Yes||South|W103",
        f"{D}|b) No|2019-02-19|a) Yes|b) No|2019-03-25|North|W104",
    ),
    table(
        "List 5",
        f"{WHO}|Strategy discussion initiating Section 47 Enquiry Start Date|"
        "Was an Initial Child Protection Conference deemed unnecessary?|"
        "Date of Initial Child Protection Conference|"
        "Did the Initial Child Protection Conference Result in a Child Protection Plan|"
        f"Number of Section 47 Enquiries in the last 12 months|Number of ICPCs in the last 12 months|{TEAM}",
        f"{A}|2018-12-19|b) No|2019-01-04|a) Yes|#1|#1|North|W101",
        f"{B}|2018-11-05|a) Yes|||#1|#0|East|W102",
        f"{C}|2019-01-22|b) No|2019-02-14|b) No|#2|#1|South|W103",
    ),
    table(
        "List 6",
        f"{WHO}|Does the Child have a Disability|CIN Start Date|Primary Need Code|Date Child Was Last Seen|"
        f"CIN Closure Date|Reason for Closure|Case status|{TEAM}",
        f"{A}|b) No|2018-12-28|N1|2019-03-13||| c) Child in need plan|North|W101",
        f"{B}|b) No|2018-06-08|N2|2019-01-28|2019-03-26|RC1|c) Child in need plan|East|W102",
        f"{D}|b) No|2019-01-29|N1|2019-03-11|||d) Open assessment|North|W104",
    ),
    table(
        "List 7",
        f"{WHO}|Does the Child have a Disability|Child Protection Plan Start Date|Initial Category of Abuse|"
        "Latest Category of Abuse|Date of the Last Statutory Visit|Was the Child Seen Alone?|"
        "Date of latest review conference|Child Protection Plan End Date|"
        f"Number of Previous Child Protection Plans|{TEAM}",
        f"{A}|b) No|2019-01-15|NEG|NEG|2019-03-18|a) Yes|2019-03-20||#0|North|W101",
        f"{C}|a) Yes|2018-08-16|EMO|EMO|2019-02-21|b) No|2018-11-15|2019-03-28|#1|South|W103",
    ),
    table(
        "List 8",
        f"{WHO}|Does the Child have a Disability|Date Started to be Looked After|Start date of current legal status|"
        "Child's Legal Status|Date of Latest Statutory Review|Date of Last Social Work Visit|"
        "What is the permanence plan for this child?|Date of Last IRO Visit / Contact to the Child|"
        "Date of Last Health Assessment|Date of Last Dental Check|Date Ceased to be Looked After|"
        f"Reason Ceased to be Looked After|Start Date of Most Recent Placement|Placement Type|{TEAM}",
        f"{B}|b) No|2017-06-14|2018-03-21|a) C2|2019-01-23|2019-02-22|a) Adoption|2018-12-13|2018-09-14|2018-10-16|"
        "||2018-07-25|i) U4: Foster|East|W102",
        f"{C}|a) Yes|2018-02-15|2018-02-15|V2|2018-08-23|2018-09-10||2018-08-27||2018-05-22|2018-10-29|"
        "E4A|2018-02-15|K2|South|W103",
        f"{D}|b) No|2018-05-17|2018-05-17|E1|2019-02-26|2019-03-27|d) Long-term fostering|2019-02-28|2018-06-26||"
        "||2018-11-26|U6|North|W104",
    ),
    table(
        "List 9",
        f"{WHO}|Does the Child have a Disability|Eligibility Category|LA In Touch|{TEAM}",
        "505|b) Female|WBRI|2001-04-17|#17|b) No|a) Relevant child|a) Yes|Leaving|PA205",
        "506|a) Male|WBRI|2000-08-22|#18|a) Yes|b) Former relevant child|a) Yes|Leaving|PA206",
    ),
    table(
        "List 10",
        f"{WHO}|Does the Child have a Disability|Date the Child Entered Care|"
        "Date of Decision that Child Should be Placed for Adoption|Date of Placement Order|"
        "Date of Matching Child and Prospective Adopters|Date Placed for Adoption|Date of Adoption Order|"
        "Date of Decision that Child Should No Longer be Placed for Adoption",
        f"{B}|b) No|2017-06-14|2018-04-11|2018-06-27|2018-08-28|2018-09-26||",
        f"{D}|b) No|2018-05-17|2018-07-24|||||2018-12-20",
    ),
)

PERIODS: dict[tuple[str, str], Fields] = {
    ("List 8", heading): frozenset((makes.type, take.field) for makes in PERIOD.makes for take in makes.takes)
    for heading in (
        "Date Started to be Looked After",
        "Start date of current legal status",
        "Start Date of Most Recent Placement",
        "Date Ceased to be Looked After",
    )
} | {
    ("List 8", "Child's Legal Status"): frozenset({("episodes", "legal_status")}),
    ("List 8", "Placement Type"): frozenset({("episodes", "placement")}),
    ("List 8", "Reason Ceased to be Looked After"): frozenset({("episodes", "reason_ended")}),
}
FIELDS = {
    (f"List {sheet.names[0].removeprefix('list')}", heading): fields
    for sheet in SHEETS
    for (_, heading), fields in fields_in([sheet], {}).items()
}
for key, fields in PERIODS.items():
    plain = key[0], normal(key[1])
    FIELDS[plain] = FIELDS.get(plain, frozenset()) | fields

NAME = "annex a.xlsx"


def _write(tables: Sequence[Table]) -> Mapping[str, bytes]:
    return {NAME: workbook(tables)}


def _is_divided(child: str, name: str, values: Mapping[str, object]) -> bool:
    """Whether an episode is part of the child's period of care, divided at a day on which something began, and says
    nothing of a day before that on which it began."""
    table = next(one for one in LISTS if one.name == "List 8")
    row = next((dict(zip(table.headings, row, strict=True)) for row in table.rows if row[0] == child), None)
    if name != "episodes" or row is None:
        return False
    began, legal, placed, ended = (
        row[heading]
        for heading in (
            "Date Started to be Looked After",
            "Start date of current legal status",
            "Start Date of Most Recent Placement",
            "Date Ceased to be Looked After",
        )
    )
    started = values.get("started")
    so_far = {"legal_status": legal, "placement": placed}
    known = all(started is not None and started >= so_far[field] for field in so_far.keys() & values.keys())  # type: ignore[operator]
    return known and started in (began, legal, placed) and values.get("ended") in (None, legal, placed, ended)


def _book(*numbers: int) -> Fixture:
    tables = tuple(one for one in LISTS if int(one.name.removeprefix("List ")) in numbers)
    about = f"{NAME}, sheet {{}}".format
    made = {
        ("episodes", "reason_ended"): "Reason Ceased to be Looked After",
        ("episodes", "ended"): "Date Ceased to be Looked After",
    }
    return Fixture("Annex A", tables, _write(tables), FIELDS, about, write=_write, made=made, also=_is_divided)


BOOKS = (_book(8), _book(4, 9), _book(2, 5), _book(6, 7), _book(1, 3), _book(2, 8), _book(10, 7))
