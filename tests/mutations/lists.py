"""A small list of a council's own, with the mapping through which it is read."""

from collections.abc import Mapping, Sequence

from qaengine.cases.raw.table import normal
from tests.mutations.forms import csv_bytes, workbook
from tests.mutations.model import Fields, Fixture, Table, table

LIST = table(
    "Tracker",
    "Case no|Born|Team|SW ID|Disabled?|Visit date|Seen alone|SDQ done|SDQ total|Action|Action due|Stage|Comment",
    "P201|2008-05-03|North|W101|Y|2019-01-04|Y|2018-05-15|#17|Refer to CAMHS – café group|2019-02-13|open|x",
    "P202|2010-11-24|East|W102|N|2019-01-22|N|2018-06-19|#6|Home visit|2019-02-21|closed|",
    "P203|2012-02-29|South|W103|N|2019-02-08||||Book health assessment|2019-03-19|open|see “notes”",
    "P203|2012-02-29|South|W103|N|2019-03-26|Y|2018-09-27|#31|Life story work||open|",
    "P204|2015-07-09|North|W104|Y||||#40|||open|-",
)

MAPPING = """\
mapping: 1
{sheet}dates: day first
child:
  child_id: Case no
  born: Born
  team: Team
  worker: SW ID
  disabled: Disabled?
records:
  - becomes: visits
    always: {{kind: cp}}
    columns:
      held: Visit date
      seen_alone: Seen alone
  - becomes: sdqs
    columns:
      completed: SDQ done
      score: SDQ total
  - becomes: plan_actions
    columns:
      text: Action
      due_on: Action due
      status: {{heading: Stage, values: {{open: open, closed: done}}}}
"""

_OF = {
    "Born": ("child", "born"),
    "Team": ("child", "team"),
    "SW ID": ("child", "worker"),
    "Disabled?": ("child", "disabled"),
    "Visit date": ("visits", "held"),
    "Seen alone": ("visits", "seen_alone"),
    "SDQ done": ("sdqs", "completed"),
    "SDQ total": ("sdqs", "score"),
    "Action": ("plan_actions", "text"),
    "Action due": ("plan_actions", "due_on"),
    "Stage": ("plan_actions", "status"),
}
FIELDS: dict[tuple[str, str], Fields] = {
    ("Tracker", normal(heading)): frozenset({field}) for heading, field in _OF.items()
}


def _as_csv(tables: Sequence[Table]) -> Mapping[str, bytes]:
    (one,) = tables
    return {"list.csv": csv_bytes(one), "list.mapping.yaml": MAPPING.format(sheet="").encode()}


def _as_workbook(tables: Sequence[Table]) -> Mapping[str, bytes]:
    mapping = MAPPING.format(sheet="sheet: Tracker\n").encode()
    return {"list.xlsx": workbook(tables), "list.mapping.yaml": mapping}


IN_CSV = Fixture("list CSV", (LIST,), _as_csv((LIST,)), FIELDS, lambda name: "list.csv", write=_as_csv)
IN_WORKBOOK = Fixture(
    "list workbook", (LIST,), _as_workbook((LIST,)), FIELDS, lambda name: "list.xlsx, sheet Tracker", write=_as_workbook
)
