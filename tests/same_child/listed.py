"""The children with a plan in a list of a council's own shape, read through its mapping."""

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.same_child.form import Form, Values

D = date
CHILDREN = ("CH-1001", "CH-1002", "CH-1003", "CH-1004")

LIST: list[list[Any]] = [
    ["Open plans, for the meeting of 1 April 2019"],
    ["Ref", "D.O.B.", "Area", "Plan", "Began", "Signed off", "Case closed", "Last visit", "Seen?", "On own?", "Last review",
     "Quorate", "Last supervision", "Supervised by"],
    ["CH-1001", D(2010, 5, 1), "East", "CPP", D(2018, 11, 2), None, None, D(2019, 3, 28), "Y", "Y", D(2019, 1, 25), "Y", D(2018, 12, 3), "team manager"],
    ["CH-1002", D(2012, 8, 14), "East", "CPP", D(2018, 12, 5), None, None, D(2019, 2, 25), "N", "N", D(2019, 3, 20), "N", None, None],
    ["CH-1003", D(2014, 2, 20), "West", "CiN", D(2018, 10, 15), D(2018, 10, 17), None, D(2019, 3, 27), "Y", "Y", D(2019, 3, 28), None, D(2019, 2, 25), "team manager"],
    ["CH-1004", D(2008, 11, 30), "West", "CiN", D(2016, 12, 12), None, None, D(2019, 2, 25), "Y", "N", D(2018, 6, 20), None, None, None],
]

MAPPING = """\
mapping: 1
sheet: Open plans
headings_row: 2
dates: day first

child:
  child_id: Ref
  born: D.O.B.
  team: Area

records:
  - becomes: plans
    columns:
      kind: {heading: Plan, values: {CPP: cp, CiN: cin}}
      started: Began
      endorsed: Signed off
      ended: Case closed
  - becomes: visits
    last_only: yes
    columns:
      kind: {heading: Plan, values: {CPP: cp, CiN: cin}}
      held: Last visit
      seen: Seen?
      seen_alone: On own?
  - becomes: reviews
    last_only: yes
    columns:
      kind: {heading: Plan, values: {CPP: cp, CiN: cin}}
      held: Last review
      quorate: Quorate
  - becomes: supervisions
    last_only: yes
    columns:
      held: Last supervision
      by_role: Supervised by
"""


def write(folder: Path) -> Path:
    """The list, with its mapping beside it."""
    file = folder / "open plans.xlsx"
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Open plans")
        for at, row in enumerate(LIST):
            sheet.write_row(at, 0, row)
    (folder / "open plans.mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return file


LAST = {"visits": {"V-111", "V-203", "V-307", "V-402"}, "reviews": {"RV-101", "RV-201", "RV-303", "RV-401"}}


def holds(name: str, row: Values) -> bool:
    """Of visits, reviews and supervisions the last of each child."""
    if name == "supervisions":
        return row["held"] in (D(2018, 12, 3), D(2019, 2, 25))
    return name not in LAST or row["id"] in LAST[name]


LISTED = Form(
    "a list",
    write,
    CHILDREN,
    {
        "child": "born team",
        "plans:cp": "kind started endorsed ended",
        "plans:cin": "kind started endorsed ended",
        "visits:cp": "kind held seen seen_alone",
        "visits:cin": "kind held seen seen_alone",
        "reviews:cp": "kind held quorate",
        "reviews:cin": "kind held quorate",
        "supervisions": "held by_role",
    },
    holds,
    unseen={
        ("visits", "cp"): {"CH-1001", "CH-1002"},
        ("visits", "cin"): {"CH-1003", "CH-1004"},
        ("reviews", "cp"): {"CH-1001", "CH-1002"},
        ("reviews", "cin"): {"CH-1003", "CH-1004"},
        ("supervisions", ""): {"CH-1001", "CH-1003"},
    },
    why="of visits, reviews and supervision the last alone",
)
