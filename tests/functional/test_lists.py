"""Lists of any shape: what is proposed for one, what a person's mapping says of it, and what is never read."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from qaengine.cases.reading import UNMAPPED, read_cases
from qaengine.cli.main import run
from qaengine.model.problem import InputError

Cell = str | float | date | None
HEADINGS = (
    "Child Ref",
    "Name",
    "DOB",
    "Team",
    "Assessment Start",
    "Assesment Authorised Date",
    "Last CP visit",
    "Notes",
)


def workbook(path: Path, *rows: Sequence[Cell], sheet: str = "Cases") -> Path:
    book = xlsxwriter.Workbook(str(path))
    page, days = book.add_worksheet(sheet), book.add_format({"num_format": "dd/mm/yyyy"})
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(y, x, datetime(cell.year, cell.month, cell.day), days)  # noqa: DTZ001
            elif cell is not None:
                page.write(y, x, cell)
    book.close()
    return path


def child(n: int) -> list[Cell]:
    authorised = date(2019, 4, n) if n % 3 else None
    return [f"{1000 + n}", "Ann Other", date(2010, 1, n), "North", date(2019, 3, n), authorised, date(2019, 6, n), "x"]


def caseload(path: Path) -> Path:
    return workbook(path / "caseload.xlsx", ["Open cases, July 2019"], [], HEADINGS, *(child(n) for n in range(1, 21)))


def problems(path: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        read_cases(path)
    return [str(problem) for problem in raised.value.problems]


def test_without_a_mapping_a_list_is_read_by_the_headings_of_which_there_is_no_doubt(tmp_path: Path) -> None:
    source = read_cases(caseload(tmp_path))
    first = source.case_set().files[0]
    assert (first.child_id, first.child.values["born"], first.child.values["team"]) == (
        "1001",
        date(2010, 1, 1),
        "North",
    )
    assert first.records["assessments"][0].values["started"] == date(2019, 3, 1)
    assert "authorised" not in first.records["assessments"][0].values  # a misspelt heading is not believed
    assert UNMAPPED in [note.says for note in source.notes]
    said = [str(problem) for note in source.notes for problem in note.headings]
    assert any("a heading that is not known is left; found Assesment Authorised Date" in line for line in said)
    assert "Ann Other" not in repr(source.case_set())


def test_a_qa_officer_with_a_list_and_no_help_gets_a_dip_sample(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["sample", str(caseload(tmp_path)), "--as-at", "2019-07-31", "--seed", "Q2", "--size", "5"]
    assert run([*asked, "--out", str(tmp_path / "draw")]) == 0
    shown = capsys.readouterr()
    assert "5 of 20 children drawn" in shown.out
    assert "qaengine map" in shown.err
    assert (tmp_path / "draw" / "draw.json").exists()


def test_map_writes_what_is_known_near_and_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = caseload(tmp_path)
    assert run(["map", str(path)]) == 0
    text = (tmp_path / "caseload.mapping.yaml").read_text(encoding="utf-8")
    assert "  child_id: Child Ref\n  born: DOB\n  team: Team\n" in text
    near = "#      authorised: Assesment Authorised Date # near: like 'assessment authorised date' (98%)\n"
    assert near in text  # what was only guessed is not read until somebody takes the # away
    assert "last_only: yes" in text
    assert "  - Name  # never kept" in text
    assert "dates: day first" in text
    assert (
        "caseload.mapping.yaml is written: 5 headings known, 1 near and not yet read, 2 left."
        in capsys.readouterr().out
    )


def test_a_mapping_is_used_from_then_on_and_for_the_next_list_with_its_headings(tmp_path: Path) -> None:
    assert run(["map", str(caseload(tmp_path))]) == 0
    path = tmp_path / "caseload.mapping.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("#      authorised", "      authorised"), encoding="utf-8")
    later = workbook(tmp_path / "august.xlsx", HEADINGS, child(2))
    for path in (tmp_path / "caseload.xlsx", later):
        source = read_cases(path)
        assert source.what == "a list, read through caseload.mapping.yaml"
        rows = {file.child_id: file.records["assessments"] for file in source.case_set().files}
        assert rows["1002"][0].values["authorised"] == date(2019, 4, 2)


def test_a_mapping_that_somebody_may_have_corrected_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = caseload(tmp_path)
    assert run(["map", str(path)]) == 0
    assert run(["map", str(path)]) == 2
    assert "there is a mapping already, which somebody may have corrected" in capsys.readouterr().err
    assert run(["map", str(path), "--show"]) == 0


def test_map_is_for_lists_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "header.csv").write_text("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n12,1,03/05/2010,WBRI,A1,,\n")
    assert run(["map", str(tmp_path / "header.csv")]) == 4
    assert "this is an SSDA903 return" in capsys.readouterr().err


@pytest.mark.parametrize(
    "heading", ["Name", "Home Postcode", "UPN", "NHS number", "Carer email", "Child's surname", "Address"]
)
def test_what_is_never_kept_is_never_kept_whatever_a_mapping_says(tmp_path: Path, heading: str) -> None:
    (tmp_path / "l.csv").write_text(f"Child ID,{heading}\n1001,X1\n")
    (tmp_path / "l.mapping.yaml").write_text(f'mapping: 1\nchild: {{child_id: Child ID, team: "{heading}"}}\n')
    (problem,) = problems(tmp_path / "l.csv")
    assert problem.startswith(f"l.mapping.yaml:2:35: this is never kept; found {heading}")


def test_everything_wrong_with_a_mapping_is_said_at_once_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Child ID,Seen on\n1001,03/04/2019\n")
    (tmp_path / "l.mapping.yaml").write_text(
        "maping: 1\nchild: {born: DOB}\ndates: days first\nrecords:\n"
        "  - {becomes: vists, columns: {held: Seen on}}\n"
        "  - {becomes: visits, always: {kind: cpp}, columns: {hold: Seen on}}\n"
    )
    assert problems(tmp_path / "l.csv") == [
        "l.mapping.yaml:1:1: a key that is not known; found maping; expected one of mapping, sheet, headings_row, "
        "dates, child, records, left; did you mean mapping?",
        "l.mapping.yaml:2:8: nothing says where the child's reference stands; expected child_id: a heading",
        "l.mapping.yaml:3:8: not an order of dates; found days first; expected one of day first, month first, "
        "year first, not known; did you mean day first?",
        "l.mapping.yaml:5:15: no record type of this name; found vists; expected a record type of docs/case-files.md; "
        "did you mean visits?",
        "l.mapping.yaml:6:38: not a code of kind; found cpp; expected one of cin, cp, cla, private_fostering, "
        "adoption, other; did you mean cp?",
        "l.mapping.yaml:6:54: no field of this name in visits; found hold; did you mean held?",
    ]


def test_a_list_that_has_not_the_headings_of_its_mapping_is_refused(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Child ID,Seen  ON,seen-on\n1001,03/04/2019,\n")
    mapping = (
        "mapping: 1\nchild: {child_id: Child ID, born: Birth}\nrecords: [{becomes: visits, columns: {held: Seen on}}]\n"
    )
    (tmp_path / "l.mapping.yaml").write_text(mapping)
    assert problems(tmp_path / "l.csv") == [
        "l.csv:1: no column Birth, of which l.mapping.yaml speaks",
        "l.csv:1:2: 2 columns are headed Seen on, and nothing says which is meant; expected each heading once",
    ]


@pytest.mark.parametrize(
    ("order", "typed", "read"),
    [
        ("day first", "03/04/2019", date(2019, 4, 3)),
        ("month first", "03/04/2019", date(2019, 3, 4)),
        ("not known", "03/04/2019", None),  # it may be either, so it is neither
        ("not known", "25/04/2019", date(2019, 4, 25)),
        ("not known", "04/25/2019", date(2019, 4, 25)),
        ("not known", "04/04/2019", date(2019, 4, 4)),
        ("not known", "2019-04-03", date(2019, 4, 3)),
        ("day first", "3 April 2019", date(2019, 4, 3)),
        ("day first", "3-Apr-2019 09:30", date(2019, 4, 3)),
        ("day first", "43558", date(2019, 4, 3)),  # a day number of Excel's
        ("day first", "03/04/19", None),
        ("day first", "31/02/2019", None),
        ("day first", "1900-01-01", None),
    ],
)
def test_dates_are_read_as_the_mapping_says_and_never_guessed(
    tmp_path: Path, order: str, typed: str, read: date | None
) -> None:
    (tmp_path / "l.csv").write_text(f"Child ID,Seen on\n1001,{typed}\n")
    records = "records: [{becomes: visits, columns: {held: Seen on}}]"
    mapping = f"mapping: 1\ndates: {order}\nchild: {{child_id: Child ID}}\n{records}\n"
    (tmp_path / "l.mapping.yaml").write_text(mapping)
    source = read_cases(tmp_path / "l.csv")
    rows = source.case_set().files[0].records["visits"]
    assert [row.values["held"] for row in rows] == ([read] if typed != "1900-01-01" else [])
    unread = sum(note.unread_count for note in source.notes)
    assert unread == (read is None and typed != "1900-01-01")


def test_words_in_place_of_a_date_are_kept_beside_it(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Child ID,Action,By when\n1001,Refer to CAMHS,ASAP\n")
    mapping = (
        "mapping: 1\nchild: {child_id: Child ID}\n"
        "records: [{becomes: plan_actions, columns: {text: Action, due_on: By when}}]\n"
    )
    (tmp_path / "l.mapping.yaml").write_text(mapping)
    (row,) = read_cases(tmp_path / "l.csv").case_set().files[0].records["plan_actions"]
    assert (row.values["due_on"], row.values["due_on_as_typed"]) == (None, "ASAP")


def test_a_list_without_children_says_what_it_looked_for(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Name,Team\nAnn Other,North\n")
    (problem,) = problems(tmp_path / "l.csv")
    assert problem == (
        "l.csv: not a list of children: no column is headed as a child's reference; found Name, Team; expected a "
        "heading such as Child ID, Child reference or Person ID, over references with digits in them"
    )


def test_names_under_the_heading_of_a_reference_are_no_references(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Child,Team\nAnn Other,North\nBen Other,South\n")
    assert "not a list of children" in problems(tmp_path / "l.csv")[0]


@pytest.mark.parametrize("divider", [";", "\t", "|"])
def test_other_dividers_and_windows_text_are_read_and_said(tmp_path: Path, divider: str) -> None:
    text = "Child ID,Team\r\n1001,Équipe Nord\r\n".replace(",", divider)
    (tmp_path / "l.csv").write_bytes(text.encode("cp1252"))
    source = read_cases(tmp_path / "l.csv")
    assert source.teams() == {"1001": "Équipe Nord"}
    assert any("read as Windows-1252; divided by" in note.says for note in source.notes)


def csv_list(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def proposed(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["map", str(path), "--show"]) == 0
    return capsys.readouterr().out


TWO_BLOCKS = """Child ID,DOB,Team,CP plan start,CP plan end
101,13/03/2015,North,06/01/2025,

Child ID,DOB,Team,CP plan start,CP plan end
201,13/03/2015,South,06/01/2025,
202,13/03/2015,South,06/01/2025,
"""


def test_headings_that_stand_again_above_the_next_block_begin_no_other_list(tmp_path: Path) -> None:
    source = read_cases(csv_list(tmp_path / "l.csv", TWO_BLOCKS))
    assert source.child_ids == ("101", "201", "202")
    (note,) = [note for note in source.notes if note.taken]
    assert (note.taken, note.left) == (3, 1)
    assert "1 rows left that only repeat the headings" in note.says


def test_rows_above_the_headings_are_counted_where_they_are_more_than_a_title(tmp_path: Path) -> None:
    text = "a,b,c,d\n1,2,3,4\nCases,,,\nChild ID,DOB,Team,CP plan start\n101,13/03/2015,North,06/01/2025\n"
    says = [note.says for note in read_cases(csv_list(tmp_path / "l.csv", text)).notes]
    assert "2 rows left above the headings in row 4" in says


def test_a_name_where_a_reference_should_stand_is_no_child_and_is_not_shown(tmp_path: Path) -> None:
    rows = "".join(f"{n},13/03/2015\n" for n in range(101, 106))
    path = csv_list(tmp_path / "l.csv", f"Child ID,DOB\n{rows}Amy Smith,13/03/2015\nTBC,\n103 / 104,\n")
    source = read_cases(path)
    assert source.child_ids == ("101", "102", "103", "104", "105")
    said = "\n".join(f"{note} {note.unread}" for note in source.notes)
    assert "3 values of Child ID left: names are never kept" in said
    assert "Amy" not in said


@pytest.mark.parametrize(
    "heading",
    [
        "ICPC due",
        "Next review",
        "Next supervision",
        "Visit due",
        "Assessment due",
        "Date became looked after",
        "Start date",
    ],
)
def test_what_is_to_come_or_only_near_is_never_read_before_a_person_says_so(
    tmp_path: Path, heading: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_list(
        tmp_path / "l.csv", f"Child ID,Team,{heading}\n101,A,13/03/2025\n102,B,14/04/2025\n103,B,25/05/2025\n"
    )
    text = proposed(path, capsys)
    read = [line for line in text.splitlines() if heading in line and not line.startswith("#")]
    assert all(line.startswith("  - ") for line in read)  # among what is left
    assert set(read_cases(path).case_set().files[0].records) == set()


def test_what_stands_beside_a_visit_is_of_that_visit_and_makes_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headings = "Mosaic ID,DOB,CP plan start,CP plan end,Last CP visit,Seen alone"
    path = csv_list(
        tmp_path / "cp.csv", f"{headings}\n1001,02/03/2015,06/01/2025,,20/06/2025,Y\n1005,02/03/2015,06/01/2025,,,N\n"
    )
    text = proposed(path, capsys)
    visits = text[text.index("becomes: visits") :]
    assert "seen_alone: Seen alone" in visits[: visits.index("left:") if "left:" in visits else None]
    (tmp_path / "cp.mapping.yaml").write_text(text.replace("#      seen_alone", "      seen_alone"), encoding="utf-8")
    first, second = read_cases(path).case_set().files
    (visit,) = first.records["visits"]
    assert (visit.values["held"], visit.values["seen_alone"]) == (date(2025, 6, 20), True)
    assert [row.values["held"] for row in second.records["visits"]] == [None]  # seen alone or not, but not when


def test_a_date_that_cannot_be_read_does_not_hide_its_column(tmp_path: Path) -> None:
    path = csv_list(tmp_path / "l.csv", "Mosaic ID,Last CP visit\n1001,20/06/2025\n1002,20/6/25\n")
    first, second = read_cases(path).case_set().files
    assert first.records["visits"][0].values["held"] == date(2025, 6, 20)
    (row,) = second.records["visits"]
    assert (row.values["held"], row.values["held_as_typed"]) == (
        None,
        "20/6/25",
    )  # what was typed is shown, not "blank"


def test_every_sheet_with_the_same_headings_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "teams.xlsx"))
    for n, team in enumerate(("North", "South", "East")):
        sheet = book.add_worksheet(team)
        for y, row in enumerate([["Child ID", "Team"], [f"{n}01", team], [f"{n}02", team]]):
            sheet.write_row(y, 0, row)
    book.add_worksheet("Notes").write(0, 0, "nothing of use")
    book.close()
    assert len(read_cases(tmp_path / "teams.xlsx").child_ids) == 6
    assert "sheet:" not in proposed(tmp_path / "teams.xlsx", capsys)


def test_words_that_are_no_code_are_said_to_be_none(tmp_path: Path) -> None:
    path = csv_list(
        tmp_path / "l.csv", "Child ID,Started,Legal\n101,13/02/2015,Section 20\n102,13/02/2015,V2 - single\n"
    )
    columns = "{started: Started, legal_status: Legal}"
    mapping = f"mapping: 1\nchild: {{child_id: Child ID}}\nrecords: [{{becomes: episodes, columns: {columns}}}]\n"
    (tmp_path / "l.mapping.yaml").write_text(mapping)
    source = read_cases(path)
    found = [file.records["episodes"][0].values["legal_status"] for file in source.case_set().files]
    assert found == [None, "V2"]
    assert any(
        "Legal cannot be read and is left blank; found Section 20" in str(one)
        for note in source.notes
        for one in note.unread
    )


@pytest.mark.parametrize("name", ["l.mapping.yaml.txt", "l.mapping.yml", "l.mapping.txt"])
def test_a_mapping_that_an_editor_gave_another_name_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mapping: 1\nchild: {child_id: Child ID}\n")
    path = csv_list(tmp_path / "l.csv", "Child ID\n101\n")
    assert problems(path) == [f"{name}: a mapping under another name; found {name}; expected l.mapping.yaml"]


def test_of_two_mappings_that_fit_neither_is_guessed(tmp_path: Path) -> None:
    for name in ("april", "may"):
        (tmp_path / f"{name}.mapping.yaml").write_text("mapping: 1\nchild: {child_id: Child ID}\n")
    path = csv_list(tmp_path / "june.csv", "Child ID\n101\n")
    (problem,) = problems(path)
    assert problem.startswith("june.csv: several mappings fit this list; found april.mapping.yaml, may.mapping.yaml")
    assert read_cases(path, tmp_path / "may.mapping.yaml").child_ids == ("101",)


def test_of_two_teams_of_one_child_the_first_is_taken_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "l.mapping.yaml").write_text("mapping: 1\nchild: {child_id: Child ID, team: Team}\n")
    source = read_cases(csv_list(tmp_path / "l.csv", "Child ID,Team\n101,North\n102,East\n101,South\n102,East\n"))
    assert [file.child.values["team"] for file in source.case_set().files] == ["North", "East"]
    assert [str(one) for note in source.notes for one in note.unread] == [
        "101: team of the child is said differently, and the first is taken; found North and South; expected one value"
    ]
