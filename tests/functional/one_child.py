"""One child in every format, with a name, an address, a postcode, a number or an ethnicity wherever one could stand.

Each of these is a word of its own (`CANARIES`), which nothing that is written may hold. The child's reference is one,
too, for those who ask for pseudonyms. The second child has nothing but a reference.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

CHILD, OTHER = "ZZREF7731", "ZZREF8842"
REFERENCES = (CHILD, OTHER)
NAME, WORKER, ADDRESS, POSTCODE = "ZZNAMEZZ", "ZZWORKERZZ", "ZZADDRESSZZ", "ZZ99 9ZZ"
UPN, NHS, ETHNICITY, MOTHER = "H801200001001", "9434765919", "ZZETHNZZ", "ZZMOTHERZZ"
CANARIES = (NAME, WORKER, ADDRESS, POSTCODE, POSTCODE.replace(" ", ""), UPN, NHS, ETHNICITY, MOTHER)
PERSON = f"{WORKER} Smith"

Rows = Sequence[Sequence[object]]


def write_csv(path: Path, rows: Rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


EPISODE_COLUMNS = "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN NAME"


def ssda903(folder: Path) -> Path:
    tables: dict[str, Rows] = {
        "header": [
            ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB", "SURNAME"],
            [CHILD, 1, "01/05/2010", ETHNICITY, UPN, MOTHER, "01/01/2009", NAME],
            [OTHER, 2, "01/06/2011", ETHNICITY, UPN, "", "", NAME],
        ],
        "episodes": [
            EPISODE_COLUMNS.split(),
            [CHILD, "01/05/2018", "S", "C2", "N1", "U4", "PR1", "", "", "", POSTCODE, POSTCODE, NHS, NAME],
        ],
        "reviews": [["CHILD", "DOB", "REVIEW", "REVIEW_CODE"], [CHILD, "01/05/2010", "20/05/2018", "PN1"]],
        "sw_episodes": [
            ["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"],
            [CHILD, "01/05/2010", PERSON, "01/05/2018", "", ""],
        ],
    }
    for name, rows in tables.items():
        write_csv(folder / f"{name}.csv", rows)
    return folder


def ssda903_xml(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "return.xml").write_text(
        f"<EXPSSDA903><CHILD><HEADER><CHILDID>{CHILD}</CHILDID><SEX>1</SEX><DOB>01/05/2010</DOB><ETHNIC>{ETHNICITY}"
        f"</ETHNIC><UPN>{UPN}</UPN><NAME>{NAME}</NAME></HEADER><EPISODE><DECOM>01/05/2018</DECOM><RNE>S</RNE>"
        f"<LS>C2</LS><PLACE>U4</PLACE><HOME_POST>{POSTCODE}</HOME_POST><PL_POST>{POSTCODE}</PL_POST></EPISODE>"
        f"<AREVIEW><REVIEW>20/05/2018</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE><CHAIR>{PERSON}</CHAIR></AREVIEW>"
        f"<CARER><NAME>{NAME}</NAME><ADDRESS>{ADDRESS}</ADDRESS></CARER></CHILD>"
        f"<CHILD><HEADER><CHILDID>{OTHER}</CHILDID><DOB>01/06/2011</DOB></HEADER></CHILD></EXPSSDA903>"
    )
    return folder / "return.xml"


def cin_census(folder: Path) -> Path:
    folder.mkdir(parents=True)
    child = (
        f"<Child><ChildIdentifiers><LAchildID>{CHILD}</LAchildID><UPN>{UPN}</UPN><FormerUPN>{UPN}</FormerUPN>"
        f"<NHSNumber>{NHS}</NHSNumber><Surname>{NAME}</Surname><PersonBirthDate>2010-05-01</PersonBirthDate>"
        f"</ChildIdentifiers><ChildCharacteristics><Ethnicity>{ETHNICITY}</Ethnicity></ChildCharacteristics>"
        f"<Address><Line>{ADDRESS}</Line><PostCode>{POSTCODE}</PostCode></Address><CINdetails>"
        f"<CINreferralDate>2018-10-01</CINreferralDate><ReferralSource>2A</ReferralSource><Worker>{PERSON}</Worker>"
        "<Assessments><AssessmentActualStartDate>2018-10-03</AssessmentActualStartDate>"
        f"<AssessmentAuthorisationDate>2018-12-28</AssessmentAuthorisationDate><AuthorisedBy>{PERSON}</AuthorisedBy>"
        "</Assessments><ChildProtectionPlans><CPPstartDate>2018-11-02</CPPstartDate><Reviews><CPPreviewDate>2019-01-25"
        f"</CPPreviewDate></Reviews></ChildProtectionPlans></CINdetails></Child>"
        f"<Child><ChildIdentifiers><LAchildID>{OTHER}</LAchildID></ChildIdentifiers></Child>"
    )
    (folder / "census.xml").write_text(
        "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2019</Year><ReferenceDate>2019-03-31"
        f"</ReferenceDate></CollectionDetails><Source><Person>{PERSON}</Person></Source></Header>"
        f"<Children>{child}</Children></Message>"
    )
    return folder / "census.xml"


def write_sheets(path: Path, sheets: Mapping[str, Rows]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def annex_a(folder: Path) -> Path:
    begin = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)", "Child Name", "Address"]
    of_child = [CHILD, "a) Male", ETHNICITY, "01/05/2010", 8, NAME, ADDRESS]
    who, of_who = ["Allocated Team", "Allocated Worker"], ["East", PERSON]
    sheets: dict[str, Rows] = {
        "List 1": [[*begin, "Date of Contact", "Contact Source"], [*of_child, "01/10/2018", "2A"]],
        "List 3": [[*begin, "Date of referral", "Referral Source", *who], [*of_child, "01/10/2018", "2A", *of_who]],
        "List 4": [
            [*begin, "Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation", *who],
            [*of_child, "03/10/2018", "28/12/2018", *of_who],
        ],
        "List 6": [
            [*begin, "CIN Start Date", "Date Child Was Last Seen", "Case status", *who],
            [*of_child, "01/10/2018", "28/03/2019", "b) Child protection plan", *of_who],
        ],
        "List 7": [
            [*begin, "Child Protection Plan Start Date", "Date of the Last Statutory Visit", *who],
            [*of_child, "02/11/2018", "28/03/2019", *of_who],
            [OTHER, "", "", "01/06/2011", 7, NAME, ADDRESS, "02/11/2018", "", *of_who],
        ],
        "List 8": [
            [*begin, "Date Started to be Looked After", "Placement postcode", "URN of Placement", *who],
            [*of_child, "01/05/2018", POSTCODE, NHS, *of_who],
        ],
        "List 9": [[*begin, "Eligibility Category", *who], [*of_child, "a) Relevant child", *of_who]],
        "List 11": [["Individual adopter identifier", "Ethnicity", "Name"], ["A1", ETHNICITY, NAME]],
        "Notes": [[NAME, ADDRESS, POSTCODE, UPN, NHS, PERSON]],
    }
    return write_sheets(folder / "annex_a.xlsx", sheets)


PERSON_COLUMNS = (
    "person_id legacy_id upn upn_unknown forename surname sex gender ethnicity dob common_child_id nationality"
)
INVOLVEMENT_COLUMNS = (
    "involvements_id professional_id professional_team person_id involvement_start_date involvement_end_date"
)
PLACEMENT_COLUMNS = (
    "cla_placement_id cla_id cla_placement_start_date cla_placement_postcode person_id cla_placement_type"
)


def ssd(folder: Path) -> Path:
    address = json.dumps({"HOUSE": ADDRESS, "POSTCODE": POSTCODE})
    tables: dict[str, Rows] = {
        "ssd_person": [
            [f"pers_{name}" for name in PERSON_COLUMNS.split()],
            [CHILD, NHS, UPN, UPN, NAME, NAME, "M", "M", ETHNICITY, "2010-05-01", NHS, ETHNICITY],
            [OTHER, NHS, UPN, UPN, NAME, NAME, "F", "F", ETHNICITY, "2011-06-01", NHS, ETHNICITY],
        ],
        "ssd_address": [
            ["addr_table_id", "addr_address_json", "addr_person_id", "addr_address_postcode"],
            ["1", address, CHILD, POSTCODE],
        ],
        "ssd_mother": [["moth_table_id", "moth_person_id", "moth_childs_person_id"], ["1", MOTHER, CHILD]],
        "ssd_professionals": [
            ["prof_professional_id", "prof_staff_id", "prof_professional_name", "prof_social_worker_registration_no"],
            ["P1", "P1", PERSON, NHS],
        ],
        "ssd_involvements": [
            [f"invo_{name}" for name in INVOLVEMENT_COLUMNS.split()],
            ["I1", PERSON, "East", CHILD, "2018-10-01", ""],
        ],
        "ssd_cin_episodes": [
            ["cine_referral_id", "cine_person_id", "cine_referral_date", "cine_referral_team", "cine_close_date"],
            ["R1", CHILD, "2018-10-01", PERSON, ""],
        ],
        "ssd_cp_plans": [
            ["cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"],
            ["PL1", CHILD, "2018-11-02", ""],
        ],
        "ssd_cp_visits": [
            ["cppv_cp_visit_id", "cppv_person_id", "cppv_cp_plan_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"],
            ["V1", CHILD, "PL1", "2018-11-09", "Y"],
        ],
        "ssd_cla_placement": [
            [f"clap_{name}" for name in PLACEMENT_COLUMNS.split()],
            ["PM1", "E1", "2018-05-01", POSTCODE, CHILD, "U4"],
        ],
    }
    for name, rows in tables.items():
        write_csv(folder / f"{name}.csv", rows)
    return folder


def dfe_api(folder: Path) -> Path:
    """One file a child, named for the child, as a sender of payloads might keep them."""
    episode = {
        "social_care_episode_id": "SE1",
        "referral_date": "2018-10-01",
        "referral_source": "2A",
        "care_worker_details": [{"worker_id": PERSON, "start_date": "2018-10-01"}],
        "child_and_family_assessments": [{"start_date": "2018-10-03", "authorisation_date": "2018-12-28"}],
        "child_protection_plans": [{"child_protection_plan_id": "PL1", "start_date": "2018-11-02"}],
        "child_looked_after_placements": [{"start_date": "2018-05-01", "postcode": POSTCODE, "placement_type": "U4"}],
    }
    details = {
        "unique_pupil_number": UPN,
        "former_unique_pupil_number": UPN,
        "first_name": NAME,
        "surname": NAME,
        "date_of_birth": "2010-05-01",
        "ethnicity": ETHNICITY,
        "postcode": POSTCODE,
        "nhs_number": NHS,
        "address": {"line": ADDRESS},
    }
    folder.mkdir(parents=True)
    for reference, episodes in ((CHILD, [episode]), (OTHER, [])):
        record = {
            "la_child_id": reference,
            "mis_child_id": NHS,
            "child_details": details,
            "social_care_episodes": episodes,
            "health_and_wellbeing": {"sdq_assessments": [{"date": "2019-02-30", "score": 12}]},
        }
        (folder / f"{reference}.json").write_text(json.dumps(record))
    return folder


LIST_HEADINGS = (
    "Child ID,Name,Date of Birth,Home address,Postcode,UPN,NHS No,Ethnicity,Mother,Social worker name,Social worker ID,"
    "Team,Last CP visit,CP plan start"
)
WHO = (ADDRESS, POSTCODE, UPN, NHS, ETHNICITY, MOTHER, PERSON)
LONG = f"{CHILD} {'x' * 70}"
"""Too long for a reference: what stands there is not read, and is not shown."""

LIST: Rows = [
    LIST_HEADINGS.split(","),
    [CHILD, NAME, "01/05/2010", *WHO, PERSON, "East", "28/02/2019", "02/11/2018"],
    [OTHER, NAME, "01/06/2011", *WHO, "W-1", "East", "", ""],
    [LONG, NAME, "01/06/2011", *WHO, "W-1", "East", "", ""],
]
MAPPING = """\
mapping: 1
dates: day first
child: {child_id: Child ID, born: Date of Birth, team: Team, worker: Social worker ID}
records:
  - {becomes: plans, always: {kind: cp}, columns: {started: CP plan start}}
  - {becomes: visits, always: {kind: cp}, last_only: yes, columns: {held: Last CP visit}}
"""


def mapped_csv(folder: Path) -> Path:
    write_csv(folder / "list.csv", LIST)
    (folder / "list.mapping.yaml").write_text(MAPPING)
    return folder / "list.csv"


def mapped_xlsx(folder: Path) -> Path:
    write_sheets(folder / "list.xlsx", {"Children": LIST})
    (folder / "list.mapping.yaml").write_text(MAPPING)
    return folder / "list.xlsx"


def unmapped(folder: Path) -> Path:
    write_csv(folder / "unmapped.csv", LIST[:3])
    return folder / "unmapped.csv"


def native(folder: Path) -> Path:
    """Case files of ours have no place for a name; they are named for the child."""
    folder.mkdir(parents=True)
    (folder / f"{CHILD}.yaml").write_text(
        f"child: {{child_id: {CHILD}, born: 2010-05-01, expected: null, team: East, sibling_group: {OTHER}}}\n"
        f"plans:\n  - {{id: {CHILD}-P1, kind: cp, started: 2018-11-02, ended: null, visits_every: null}}\n"
        f"plan_actions:\n  - {{id: {CHILD}/A1, plan: {CHILD}-P1, text: see {CHILD} at school, due_on: 2018-12-01}}\n"
        "visits:\n  - {kind: cp, held: 2018-11-09, seen: yes, seen_alone: yes, bedroom_seen: no, in_core_group: no}\n"
    )
    (folder / f"{OTHER}.yaml").write_text(f"child: {{child_id: {OTHER}, born: 2011-06-01}}\n")
    (folder / "extract.yaml").write_text("as_at: 2019-03-31\norigin: the council's own files\n")
    return folder


FORMS = {
    made.__name__: made
    for made in (ssda903, ssda903_xml, cin_census, annex_a, ssd, dfe_api, mapped_csv, mapped_xlsx, unmapped, native)
}
