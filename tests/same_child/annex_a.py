"""The children in an Annex A workbook of 31 March 2019: six months, and of visits and reviews the last alone."""

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.same_child.form import Form, Values

D = date
IN_NEED = "c) Child in need plan"
ON_PLAN = "b) Child protection plan"
IN_CARE = "a) Looked after child"
EVERY = ("CH-1001", "CH-1002", "CH-1003", "CH-1004", "CH-1005", "CH-1006", "CH-1007")

LISTS: dict[str, list[list[Any]]] = {
    "List 1": [
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)", "Date of Contact", "Contact Source"],
        ["CH-1001", "b) Female", "a) WBRI", D(2010, 5, 1), 8, D(2018, 10, 1), "2A"],
    ],
    "List 3": [
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)", "Date of referral",
         "Referral Source", "Referral NFA?", "Number of Referrals in Last 12 Months", "Allocated Team", "Allocated Worker"],
        ["CH-1001", "b) Female", "a) WBRI", D(2010, 5, 1), 8, D(2018, 10, 1), "2A", "b) No", 0, "East", "W-11"],
    ],
    "List 4": [
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
         "Does the Child have a Disability", "Continuous Assessment Start Date",
         "Child Seen During Continuous Assessment", "Continuous Assessment Date of Authorisation",
         "Was the child assessed as requiring LA children's social care support?", "Allocated Team", "Allocated Worker"],
        ["CH-1001", "b) Female", "a) WBRI", D(2010, 5, 1), 8, "b) No", D(2018, 10, 3), "a) Yes", D(2018, 11, 30), "a) Yes", "East", "W-11"],
        ["CH-1002", "a) Male", "a) WBRI", D(2012, 8, 14), 6, "b) No", D(2018, 9, 10), "b) No", D(2018, 12, 14), "a) Yes", "East", "W-12"],
        ["CH-1003", "b) Female", "a) WBRI", D(2014, 2, 20), 5, "a) Yes", D(2018, 8, 8), "a) Yes", D(2018, 10, 8), "a) Yes", "West", "W-13"],
    ],
    "List 5": [
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
         "Does the Child have a Disability", "Strategy discussion initiating Section 47 Enquiry Start Date",
         "Was an Initial Child Protection Conference deemed unnecessary?", "Date of Initial Child Protection Conference",
         "Did the Initial Child Protection Conference Result in a Child Protection Plan",
         "Number of Section 47 Enquiries in the last 12 months", "Number of ICPCs in the last 12 months",
         "Allocated Team", "Allocated Worker"],
        ["CH-1001", "b) Female", "a) WBRI", D(2010, 5, 1), 8, "b) No", D(2018, 10, 15), "b) No", D(2018, 11, 2), "a) Yes", 1, 1, "East", "W-11"],
        ["CH-1002", "a) Male", "a) WBRI", D(2012, 8, 14), 6, "b) No", D(2018, 11, 5), "b) No", D(2018, 12, 5), "a) Yes", 1, 1, "East", "W-12"],
    ],
    "List 6": [
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
         "Does the Child have a Disability", "CIN Start Date", "Primary Need Code", "Date Child Was Last Seen",
         "CIN Closure Date", "Reason for Closure", "Case status", "Allocated Team", "Allocated Worker"],
        ["CH-1001", "b) Female", "a) WBRI", D(2010, 5, 1), 8, "b) No", D(2018, 10, 1), "N1", D(2019, 3, 28), None, None, ON_PLAN, "East", "W-11"],
        ["CH-1002", "a) Male", "a) WBRI", D(2012, 8, 14), 6, "b) No", D(2018, 9, 3), "N1", D(2019, 1, 21), None, None, ON_PLAN, "East", "W-12"],
        ["CH-1003", "b) Female", "a) WBRI", D(2014, 2, 20), 5, "a) Yes", D(2018, 10, 15), "N2", D(2019, 3, 27), None, None, IN_NEED, "West", "W-13"],
        ["CH-1004", "a) Male", "a) WBRI", D(2008, 11, 30), 10, "b) No", D(2016, 12, 12), "N5", D(2019, 2, 25), None, None, IN_NEED, "West", "W-14"],
        ["CH-1005", "a) Male", "a) WBRI", D(2002, 9, 10), 16, "b) No", D(2016, 4, 25), "N1", D(2019, 3, 8), None, None, IN_CARE, "Care", "W-15"],
        ["CH-1006", "b) Female", "a) WBRI", D(2012, 10, 5), 6, "b) No", D(2017, 12, 4), "N1", D(2019, 2, 11), None, None, IN_CARE, "Care", "W-16"],
        ["CH-1007", "a) Male", "a) WBRI", D(2016, 11, 21), 2, "b) No", D(2018, 4, 3), "N1", D(2019, 3, 14), None, None, IN_CARE, "Care", "W-17"],
    ],
    "List 7": [
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
         "Does the Child have a Disability", "Child Protection Plan Start Date", "Initial Category of Abuse",
         "Latest Category of Abuse", "Date of the Last Statutory Visit", "Was the Child Seen Alone?",
         "Date of latest review conference", "Child Protection Plan End Date",
         "Number of Previous Child Protection Plans", "Allocated Team", "Allocated Worker"],
        ["CH-1001", "b) Female", "a) WBRI", D(2010, 5, 1), 8, "b) No", D(2018, 11, 2), "a) Neglect", "a) Neglect", D(2019, 3, 28), "a) Yes", D(2019, 1, 25), None, 0, "East", "W-11"],
        ["CH-1002", "a) Male", "a) WBRI", D(2012, 8, 14), 6, "b) No", D(2018, 12, 5), "d) Emotional", "d) Emotional", D(2019, 2, 25), "b) No", D(2019, 3, 20), None, 0, "East", "W-12"],
    ],
    "List 8": [
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
         "Does the Child have a Disability", "Date Started to be Looked After", "Child's Category of Need",
         "Start date of current legal status", "Child's Legal Status", "Date of Latest Statutory Review",
         "Date of Last Social Work Visit", "What is the permanence plan for this child?",
         "Date of Last IRO Visit / Contact to the Child", "Date of Last Health Assessment", "Date of Last Dental Check",
         "Date Ceased to be Looked After", "Reason Ceased to be Looked After", "Start Date of Most Recent Placement",
         "Placement Type", "Allocated Team", "Allocated Worker"],
        ["CH-1005", "a) Male", "a) WBRI", D(2002, 9, 10), 16, "b) No", D(2016, 5, 3), "N1", D(2017, 9, 11), "C2", D(2019, 1, 8), D(2019, 3, 8), "Long-term fostering", D(2019, 2, 20), D(2018, 6, 12), D(2018, 11, 5), None, None, D(2016, 5, 3), "U4", "Care", "W-15"],
        ["CH-1006", "b) Female", "a) WBRI", D(2012, 10, 5), 6, "b) No", D(2018, 1, 15), "N1", D(2018, 8, 20), "E1", D(2019, 1, 30), D(2019, 2, 11), "Adoption", None, D(2018, 3, 20), None, None, None, D(2018, 1, 15), "U4", "Care", "W-16"],
        ["CH-1007", "a) Male", "a) WBRI", D(2016, 11, 21), 2, "b) No", D(2018, 4, 16), "N1", D(2018, 10, 8), "E1", D(2019, 2, 8), D(2019, 3, 14), "Adoption", None, D(2018, 11, 2), D(2018, 9, 12), None, None, D(2019, 1, 14), "A5", "Care", "W-17"],
    ],
    "List 9": [
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
         "Does the Child have a Disability", "Allocated Team", "Allocated Worker", "Eligibility Category", "LA In Touch"],
        ["CH-1005", "a) Male", "a) WBRI", D(2002, 9, 10), 16, "b) No", "Care", "PA-3", "c) Eligible child", "a) Yes"],
    ],
    "List 10": [
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
         "Does the Child have a Disability", "Date the Child Entered Care",
         "Date of Decision that Child Should be Placed for Adoption", "Date of Placement Order",
         "Date of Matching Child and Prospective Adopters", "Date Placed for Adoption", "Date of Adoption Order",
         "Date of Decision that Child Should No Longer be Placed for Adoption"],
        ["CH-1006", "b) Female", "a) WBRI", D(2012, 10, 5), 6, "b) No", D(2018, 1, 15), D(2018, 6, 11), D(2018, 8, 20), None, None, None, None],
        ["CH-1007", "a) Male", "a) WBRI", D(2016, 11, 21), 2, "b) No", D(2018, 4, 16), D(2018, 8, 13), D(2018, 10, 8), D(2018, 12, 10), D(2019, 1, 14), None, None],
    ],
}


def write(folder: Path) -> Path:
    """The workbook."""
    file = folder / "annex-a.xlsx"
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in LISTS.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return file


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


CP, CIN, CLA = {"CH-1001", "CH-1002"}, {"CH-1003", "CH-1004"}, {"CH-1005", "CH-1006", "CH-1007"}
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
    unseen={
        ("visits", "cin"): CIN,
        ("visits", "cp"): CP,
        ("visits", "cla"): CLA,
        ("reviews", "cp"): CP,
        ("reviews", "cla"): CLA,
    },
    instead={  # a period of care is divided where the present legal status and placement began
        ("CH-1005", "episodes"): [
            {"started": D(2016, 5, 3), "ended": D(2017, 9, 11), "legal_status": None, "placement": "U4", "reason_ended": "X1"},
            {"started": D(2017, 9, 11), "ended": None, "legal_status": "C2", "placement": "U4", "reason_ended": None},
        ],
        ("CH-1006", "episodes"): [
            {"started": D(2018, 1, 15), "ended": D(2018, 8, 20), "legal_status": None, "placement": "U4", "reason_ended": "X1"},
            {"started": D(2018, 8, 20), "ended": None, "legal_status": "E1", "placement": "U4", "reason_ended": None},
        ],
        ("CH-1007", "episodes"): [
            {"started": D(2018, 4, 16), "ended": D(2019, 1, 14), "legal_status": None, "placement": None, "reason_ended": "X1"},
            {"started": D(2019, 1, 14), "ended": None, "legal_status": "E1", "placement": "A5", "reason_ended": None},
        ],
    },
    values={("visits", "V-203"): {"seen": None}},  # "not seen alone" does not say whether the child was seen
    why="six months, and of visits, reviews and health checks the last alone; one period of care, and not its episodes",
)
