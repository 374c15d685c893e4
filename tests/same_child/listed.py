"""The children with a plan in a list of a council's own shape, read through its mapping."""

import re
from datetime import date
from pathlib import Path

import xlsxwriter

from tests.same_child.form import Form, Values, until

D = date
CHILDREN = ("CH-1001", "CH-1002", "CH-1003", "CH-1004")

LIST = """
Ref|D.O.B.|Area|Plan|Began|Signed off|Case closed|Last visit|Seen?|On own?|Last review|Quorate|Supervised|By
CH-1001|2010-05-01|East|CPP|2018-11-02|||2019-03-28|Y|Y|2019-01-25|Y|2018-12-03|team manager
CH-1002|2012-08-14|East|CPP|2018-12-05|||2019-02-25|Y|Y|2019-03-20|N||
CH-1003|2014-02-20|West|CiN|2018-10-15|2018-10-17||2019-03-27|Y|Y|2019-03-28||2019-02-25|team manager
CH-1004|2008-11-30|West|CiN|2016-12-12|||2019-02-25|Y|N|2018-06-20|||
"""

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
      held: Supervised
      by_role: By
"""


def _cell(text: str) -> date | str:
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text


def write(folder: Path) -> Path:
    """The list, with its mapping beside it."""
    file = folder / "open plans.xlsx"
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Open plans")
        sheet.write_string(0, 0, "Open plans, for the meeting of 1 April 2019")
        for at, line in enumerate(LIST.strip().splitlines(), 1):
            sheet.write_row(at, 0, [_cell(text) for text in line.split("|")])
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
    beside={
        ("CH-1001", "visits"): until(D(2019, 3, 28), "cp"),
        ("CH-1001", "reviews"): until(D(2019, 1, 25), "cp"),
        ("CH-1001", "supervisions"): [{}],
        ("CH-1002", "visits"): until(D(2019, 2, 25), "cp"),
        ("CH-1002", "reviews"): until(D(2019, 3, 20), "cp"),
        ("CH-1003", "visits"): until(D(2019, 3, 27), "cin"),
        ("CH-1003", "reviews"): until(D(2019, 3, 28), "cin"),
        ("CH-1003", "supervisions"): [{}],
        ("CH-1004", "visits"): until(D(2019, 2, 25), "cin"),
        ("CH-1004", "reviews"): until(D(2018, 6, 20), "cin"),
    },
    why="of visits, reviews and supervision the last alone; who is in care is not said",
)
