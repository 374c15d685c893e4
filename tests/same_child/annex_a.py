"""The children in an Annex A workbook of 31 March 2019: six months, and of visits and reviews the last alone."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.same_child.form import Form, Values, some, until

D = date
EVERY = ("CH-1001", "CH-1002", "CH-1003", "CH-1004", "CH-1005", "CH-1006", "CH-1007")
STATUS = {
    **dict.fromkeys(("CH-1001", "CH-1002"), "b) Child protection plan"),
    **dict.fromkeys(("CH-1003", "CH-1004"), "c) Child in need plan"),
    **dict.fromkeys(("CH-1005", "CH-1006", "CH-1007"), "a) Looked after child"),
}

ON_THEIR_SIDE = {  # a heading a line, with what stands under it for each child
    "List 1": """
Child Unique ID|CH-1001
Gender|b) Female
Ethnicity|a) WBRI
Date of Birth|2010-05-01
Age of Child (Years)|8
Date of Contact|2018-10-01
Contact Source|2A
""",
    "List 3": """
Child Unique ID|CH-1001
Gender|b) Female
Date of Birth|2010-05-01
Age of Child (Years)|8
Date of referral|2018-10-01
Referral Source|2A
Referral NFA?|b) No
Number of Referrals in Last 12 Months|0
Allocated Team|East
Allocated Worker|W-11
""",
    "List 4": """
Child Unique ID|CH-1001|CH-1002|CH-1003
Gender|b) Female|a) Male|b) Female
Date of Birth|2010-05-01|2012-08-14|2014-02-20
Age of Child (Years)|8|6|5
Does the Child have a Disability|b) No|b) No|a) Yes
Continuous Assessment Start Date|2018-10-03|2018-09-10|2018-08-08
Child Seen During Continuous Assessment|a) Yes|b) No|a) Yes
Continuous Assessment Date of Authorisation|2018-11-30|2018-12-14|2018-10-08
Was the child assessed as requiring LA children's social care support?|a) Yes|a) Yes|a) Yes
Allocated Team|East|East|West
Allocated Worker|W-11|W-12|W-13
""",
    "List 5": """
Child Unique ID|CH-1001|CH-1002
Gender|b) Female|a) Male
Date of Birth|2010-05-01|2012-08-14
Age of Child (Years)|8|6
Does the Child have a Disability|b) No|b) No
Strategy discussion initiating Section 47 Enquiry Start Date|2018-10-15|2018-11-05
Was an Initial Child Protection Conference deemed unnecessary?|b) No|b) No
Date of Initial Child Protection Conference|2018-11-02|2018-12-05
Did the Initial Child Protection Conference Result in a Child Protection Plan|a) Yes|a) Yes
Number of Section 47 Enquiries in the last 12 months|1|1
Number of ICPCs in the last 12 months|1|1
Allocated Team|East|East
Allocated Worker|W-11|W-12
""",
    "List 6": """
Child Unique ID|CH-1001|CH-1002|CH-1003|CH-1004|CH-1005|CH-1006|CH-1007
Gender|b) Female|a) Male|b) Female|a) Male|a) Male|b) Female|a) Male
Date of Birth|2010-05-01|2012-08-14|2014-02-20|2008-11-30|2002-09-10|2012-10-05|2016-11-21
Age of Child (Years)|8|6|5|10|16|6|2
Does the Child have a Disability|b) No|b) No|a) Yes|b) No|b) No|b) No|b) No
CIN Start Date|2018-10-01|2018-09-03|2018-10-15|2016-12-12|2016-04-25|2017-12-04|2018-04-03
Primary Need Code|N1|N1|N2|N5|N1|N1|N1
Date Child Was Last Seen|2019-03-28|2019-02-25|2019-03-27|2019-02-25|2019-03-08|2019-02-11|2019-03-14
CIN Closure Date|||||||
Reason for Closure|||||||
Case status|?|?|?|?|?|?|?
Allocated Team|East|East|West|West|Care|Care|Care
Allocated Worker|W-11|W-12|W-13|W-14|W-15|W-16|W-17
""",
    "List 7": """
Child Unique ID|CH-1001|CH-1002
Gender|b) Female|a) Male
Date of Birth|2010-05-01|2012-08-14
Age of Child (Years)|8|6
Does the Child have a Disability|b) No|b) No
Child Protection Plan Start Date|2018-11-02|2018-12-05
Initial Category of Abuse|a) Neglect|d) Emotional
Latest Category of Abuse|a) Neglect|d) Emotional
Date of the Last Statutory Visit|2019-03-28|2019-02-25
Was the Child Seen Alone?|a) Yes|a) Yes
Date of latest review conference|2019-01-25|2019-03-20
Child Protection Plan End Date||
Number of Previous Child Protection Plans|0|0
Allocated Team|East|East
Allocated Worker|W-11|W-12
""",
    "List 8": """
Child Unique ID|CH-1005|CH-1006|CH-1007
Gender|a) Male|b) Female|a) Male
Date of Birth|2002-09-10|2012-10-05|2016-11-21
Age of Child (Years)|16|6|2
Does the Child have a Disability|b) No|b) No|b) No
Date Started to be Looked After|2016-05-03|2018-01-15|2018-04-16
Child's Category of Need|N1|N1|N1
Start date of current legal status|2017-09-11|2018-08-20|2018-10-08
Child's Legal Status|C2|E1|E1
Date of Latest Statutory Review|2018-12-11|2019-01-30|2019-02-08
Date of Last Social Work Visit|2019-03-08|2019-02-11|2019-03-14
What is the permanence plan for this child?|Long-term fostering|Adoption|Adoption
Date of Last IRO Visit / Contact to the Child|2019-02-20||
Date of Last Health Assessment|2018-06-12|2018-03-20|2018-11-02
Date of Last Dental Check|2018-11-05||2018-09-12
Date Ceased to be Looked After|||
Reason Ceased to be Looked After|||
Start Date of Most Recent Placement|2016-05-03|2018-01-15|2019-01-14
Placement Type|U4|U4|A5
Allocated Team|Care|Care|Care
Allocated Worker|W-15|W-16|W-17
""",
    "List 9": """
Child Unique ID|CH-1005
Gender|a) Male
Date of Birth|2002-09-10
Age of Child (Years)|16
Does the Child have a Disability|b) No
Allocated Team|Care
Allocated Worker|PA-3
Eligibility Category|c) Eligible child
LA In Touch|a) Yes
""",
    "List 10": """
Child Unique ID|CH-1006|CH-1007
Gender|b) Female|a) Male
Date of Birth|2012-10-05|2016-11-21
Age of Child (Years)|6|2
Does the Child have a Disability|b) No|b) No
Date the Child Entered Care|2018-01-15|2018-04-16
Date of Decision that Child Should be Placed for Adoption|2018-06-11|2018-08-13
Date of Placement Order|2018-08-20|2018-10-08
Date of Matching Child and Prospective Adopters||2018-12-10
Date Placed for Adoption||2019-01-14
Date of Adoption Order||
Date of Decision that Child Should No Longer be Placed for Adoption||
""",
}


def _cell(text: str, child_id: str) -> Any:
    """A cell as a workbook holds it: dates as dates, numbers as numbers."""
    if text == "?":
        return STATUS[child_id]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    return int(text) if text.isdigit() else text or None


def _rows(text: str) -> list[list[Any]]:
    headings = [line.split("|") for line in text.strip().splitlines()]
    children = headings[0][1:]
    rows = [[_cell(line[at], child_id) for line in headings] for at, child_id in enumerate(children, 1)]
    return [[line[0] for line in headings], *rows]


LISTS: dict[str, list[list[Any]]] = {name: _rows(text) for name, text in ON_THEIR_SIDE.items()}


def write(folder: Path, lists: Mapping[str, Sequence[Sequence[Any]]] = LISTS) -> Path:
    """The workbook, with all its lists or with some."""
    file = folder / "annex-a.xlsx"
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in lists.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return file


def _episode(started: date, ended: date | None, legal: str | None, placement: str | None, reason: str | None) -> Values:
    return {"started": started, "ended": ended, "legal_status": legal, "placement": placement, "reason_ended": reason}


LAST = {  # the record of each child that a list has
    "visits": {"V-111", "V-203", "V-307", "V-402", "V-510", "V-605", "V-712"},
    "reviews": {"RV-101", "RV-201", "RV-507", "RV-603", "RV-704"},
    "health_checks": {"H-53", "H-54", "H-61", "H-72", "H-73"},
}


def holds(name: str, row: Values) -> bool:
    """Six months of referrals and assessments, the last of visits, reviews and health checks, one officer's contact."""
    match name:
        case "visits" | "reviews" | "health_checks":
            return row["id"] in LAST[name]
        case "chair_contacts":
            return bool(row["held"] == D(2019, 2, 20))
        case "assessments":
            return row["authorised"] is None or row["authorised"] >= D(2018, 10, 1)
    return True


CP, CLA = {"CH-1001", "CH-1002"}, {"CH-1005", "CH-1006", "CH-1007"}
ANNEX_A = Form(
    "Annex A",
    write,
    EVERY,
    {
        "child": "born disabled team worker leaving_care personal_adviser",
        "contacts": "received source source_kind",
        "referrals": "received source source_kind no_further_action",
        "assessments:child_and_family": "started child_seen authorised kind",
        "section47s": "started conference_needed",
        "conferences": "held plan_made section47 kind",
        "plans:cin": "started ended kind",
        "plans:cp": "started ended kind",
        "visits:cin": "held seen kind",
        "visits:cp": "held seen seen_alone kind",
        "visits:cla": "held kind",
        "reviews:cp": "held kind",
        "reviews:cla": "held kind",
        "chair_contacts": "held by_role with_child",
        "health_checks:initial": "held",
        "health_checks:review": "held",
        "health_checks:dental": "held kind",
        "permanence_decisions": "option",
        "adoption_plans": "decided authority matched placed adopted reversed",
        "adoption_placements": "placed",
        "episodes": "started ended legal_status placement reason_ended",
    },
    holds,
    speaks_of={
        "leaving_care": {"CH-1005"},
        "personal_adviser": {"CH-1005"},
        "contacts": {"CH-1001"},
        "referrals": {"CH-1001"},
        "assessments": {"CH-1001", "CH-1002", "CH-1003"},
        "section47s": CP,
        "conferences": CP,
        "visits": EVERY,
        "reviews": CP | CLA,
        "chair_contacts": CLA,
        "health_checks": CLA,
        "permanence_decisions": CLA,
        "adoption_plans": {"CH-1006", "CH-1007"},
        "adoption_placements": {"CH-1006", "CH-1007"},
        "episodes": CLA,
    },
    beside={
        ("CH-1001", "visits"): until(D(2019, 3, 28), "cp"),
        ("CH-1001", "reviews"): until(D(2019, 1, 25), "cp"),
        ("CH-1002", "visits"): until(D(2019, 2, 25), "cp"),
        ("CH-1002", "reviews"): until(D(2019, 3, 20), "cp"),
        ("CH-1003", "visits"): until(D(2019, 3, 27), "cin"),
        ("CH-1004", "visits"): until(D(2019, 2, 25), "cin"),
        ("CH-1005", "plans"): some("care", "pathway"),
        ("CH-1005", "visits"): until(D(2019, 3, 8), "cla"),
        ("CH-1005", "chair_contacts"): [{}],
        ("CH-1005", "reviews"): [*until(None, "cla"), *some("pathway")],
        ("CH-1005", "health_checks"): until(D(2018, 6, 12), "initial", "review"),
        ("CH-1006", "plans"): some("care"),
        ("CH-1006", "visits"): until(D(2019, 2, 11), "cla"),
        ("CH-1006", "reviews"): until(None, "cla"),
        ("CH-1006", "health_checks"): until(D(2018, 3, 20), "initial", "review"),
        ("CH-1007", "plans"): some("care"),
        ("CH-1007", "visits"): until(D(2019, 3, 14), "cla"),
        ("CH-1007", "reviews"): until(None, "cla"),
        ("CH-1007", "health_checks"): until(D(2018, 11, 2), "initial", "review"),
    },
    instead={  # a period of care is divided where the present legal status and placement began
        ("CH-1005", "episodes"): [
            _episode(D(2016, 5, 3), D(2017, 9, 11), None, "U4", "X1"),
            _episode(D(2017, 9, 11), None, "C2", "U4", None),
        ],
        ("CH-1006", "episodes"): [
            _episode(D(2018, 1, 15), D(2018, 8, 20), None, "U4", "X1"),
            _episode(D(2018, 8, 20), None, "E1", "U4", None),
        ],
        ("CH-1007", "episodes"): [
            _episode(D(2018, 4, 16), D(2019, 1, 14), None, None, "X1"),
            _episode(D(2019, 1, 14), None, "E1", "A5", None),
        ],
    },
    why="six months, and of visits, reviews and health checks the last alone; one period of care, not its episodes",
)
