"""The children as native case files, which carry everything, and as native tables with what a council extracts."""

from pathlib import Path

from tests.same_child import truth
from tests.same_child.form import Form

EVERY = ("CH-1001", "CH-1002", "CH-1003", "CH-1004", "CH-1005", "CH-1006", "CH-1007")

TABLES = {
    "child": """
child_id,born,disabled,opened_on
CH-1001,2010-05-01,no,2018-10-01
CH-1002,2012-08-14,no,2018-09-03
CH-1003,2014-02-20,yes,2018-08-06
CH-1004,2008-11-30,no,2016-10-03
CH-1005,2002-09-10,no,2016-04-25
CH-1006,2012-10-05,no,2017-12-04
CH-1007,2016-11-21,no,2018-04-03
""",
    "referrals": """
child_id,id,received,closed,no_further_action
CH-1001,R-1,2018-10-01,,no
CH-1002,R-2,2018-09-03,,no
CH-1003,R-3,2018-08-06,,no
CH-1004,R-4,2016-10-03,,no
CH-1005,R-5,2016-04-25,,no
CH-1006,R-6,2017-12-04,,no
CH-1007,R-7,2018-04-03,,no
""",
    "assessments": """
child_id,id,kind,started,authorised,referral,child_seen,reviewed_midway,late_reason
CH-1001,A-1,child_and_family,2018-10-03,2018-11-30,R-1,yes,2018-10-18,
CH-1002,A-2,child_and_family,2018-09-10,2018-12-14,R-2,no,,
CH-1003,A-3,child_and_family,2018-08-08,2018-10-08,R-3,yes,2018-08-22,
CH-1004,A-4,child_and_family,2016-10-05,2016-12-01,R-4,yes,,
CH-1005,A-5,child_and_family,2016-04-26,2016-06-20,R-5,yes,,
CH-1005,A-6,pathway_needs,2018-10-08,2018-11-05,,yes,,
CH-1006,A-7,child_and_family,2017-12-05,2018-02-05,R-6,yes,,
CH-1007,A-8,child_and_family,2018-04-05,2018-06-04,R-7,yes,2018-04-18,
""",
    "plans": """
child_id,id,kind,started,ended,endorsed
CH-1001,P-1,cp,2018-11-02,,
CH-1002,P-2,cp,2018-12-05,,
CH-1003,P-3,cin,2018-10-15,,2018-10-17
CH-1004,P-4,cin,2016-12-12,,
CH-1005,P-5,care,2016-05-12,2016-08-10,
CH-1005,P-6,care,2016-08-10,,
CH-1005,P-7,pathway,2018-11-12,,
CH-1006,P-8,care,2018-02-20,2018-07-02,
CH-1006,P-9,care,2018-07-02,,
CH-1007,P-10,care,2018-04-20,2018-07-30,
CH-1007,P-11,care,2018-07-30,,
""",
    "episodes": """
child_id,id,started,ended,legal_status,reason_started,placement,reason_ended
CH-1005,E-51,2016-05-03,2017-09-11,C1,S,U4,X1
CH-1005,E-52,2017-09-11,,C2,L,U4,
CH-1006,E-61,2018-01-15,2018-08-20,C1,S,U4,X1
CH-1006,E-62,2018-08-20,,E1,L,U4,
CH-1007,E-71,2018-04-16,2018-10-08,C1,S,U4,X1
CH-1007,E-72,2018-10-08,2019-01-14,E1,L,U4,X1
CH-1007,E-73,2019-01-14,,E1,P,A5,
""",
    "sdqs": """
child_id,id,completed,score,reason,informant
CH-1005,Q-51,2017-10-04,12,,main_carer
CH-1005,Q-52,2018-10-02,11,,main_carer
CH-1006,Q-61,2018-05-15,,SDQ2,
""",
}


def write_tables(folder: Path) -> Path:
    """The tables."""
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


YAML = Form("native YAML", truth.write, EVERY, {}, why="")
CSV = Form(
    "native tables",
    write_tables,
    EVERY,
    {
        "child": "born disabled opened_on",
        "referrals": "received closed no_further_action",
        "assessments": "kind started authorised referral child_seen reviewed_midway late_reason",
        "plans": "kind started ended endorsed",
        "episodes": "started ended legal_status reason_started placement reason_ended",
        "sdqs": "completed score reason informant",
    },
)
