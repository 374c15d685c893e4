"""What the mutations of files found: each a small file that was once misread, lost without a word, or ended badly."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.model.problem import InputError

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n12,1,03/05/2010,WBRI,A1,,\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"
EPISODE = "12,15/02/2018,S,C2,N1,U4,PR1,14/08/2018,X1\n"
OC2 = "CHILD,DOB,SDQ_SCORE,SDQ_REASON\n12,03/05/2010,17,\n"


def read(folder: Path, **files: str | bytes) -> Source:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name.replace("__", ".")).write_bytes(data)
    return read_cases(folder)


def said(source: Source) -> str:
    return "\n".join(f"{note} {[str(one) for one in (*note.headings, *note.unread)]}" for note in source.notes)


def message(folder: Path, **files: str | bytes) -> str:
    with pytest.raises(InputError) as raised:
        read(folder, **files)
    return str(raised.value)


def test_lines_that_end_in_carriage_returns_alone_are_lines(tmp_path: Path) -> None:
    episodes = (EPISODES + EPISODE).replace("\n", "\r")
    source = read(tmp_path, header__csv=HEADER, episodes__csv=episodes)
    assert source.case_set().files[0].records["episodes"][0].values["started"] == date(2018, 2, 15)
    assert "episodes.csv: lines ended by carriage returns" in said(source)


def test_a_carriage_return_among_the_headings_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "child.csv").write_bytes(b"child_id,bo\rrn\n1,2019-01-31\n")
    with pytest.raises(InputError, match=r"child\.csv:1"):
        read_cases(tmp_path)


def test_without_episodes_an_sdq_carries_no_year(tmp_path: Path) -> None:
    source = read(tmp_path, header__csv=HEADER, oc2__csv=OC2)
    (sdq,) = source.case_set().files[0].records["sdqs"]
    assert sdq.values["score"] == 17
    assert "year_ended" not in sdq.values


def test_a_last_line_without_an_end_is_said_for_it_may_be_cut_short(tmp_path: Path) -> None:
    source = read(tmp_path, header__csv=HEADER, oc2__csv="CHILD,DOB,SDQ_REASON,SDQ_SCORE\n12,03/05/2010,,1")
    assert "oc2.csv: the last line has no end: it may be cut short" in said(source)
    (tmp_path / "oc2.csv").write_bytes(b"CHILD,DOB,SDQ_REASON,SDQ_SCORE\n12,03/05/2010,,17\n,,,")
    assert "cut short" not in said(read_cases(tmp_path))  # nothing stands there that could be more


MAPPING = """\
mapping: 1
child: {child_id: Case no, disabled: Disabled?}
records:
  - becomes: visits
    columns: {held: Visit date, seen_alone: Seen alone}
"""
LIST = "Case no,Disabled?,Visit date,Seen alone\n"


def read_list(folder: Path, text: str) -> Source:
    (folder / "list.mapping.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "list.csv").write_text(text, encoding="utf-8")
    return read_cases(folder / "list.csv")


def test_a_row_of_a_list_with_a_comma_too_many_or_too_few_is_refused(tmp_path: Path) -> None:
    for row, cells in (("P1,Y, or N,01/02/2019,Y\n", 5), ("P1,01/02/2019,Y\n", 3), ("P1,Y, or N,01/02/2019,\n", 5)):
        with pytest.raises(InputError) as raised:
            read_list(tmp_path, f"Report of 1 March\n\n{LIST}P0,Y,01/01/2019,N\n{row}")
        (problem,) = raised.value.problems
        assert str(problem) == (
            f"list.csv:5:1: a row of another length; found {cells} cells; expected 4, as in the headings"
        )


def test_rows_of_spaces_are_no_rows(tmp_path: Path) -> None:
    source = read_list(tmp_path, f"{LIST}P0,Y,01/01/2019,N\n  \n,\u00a0,,\n")
    assert "list.csv: the table list; 1 taken, 0 left" in said(source)


def test_stray_brackets_after_a_question_mark_tell_no_headings_apart(tmp_path: Path) -> None:
    source = read_list(tmp_path, LIST.replace("Disabled?", "Disabled?))") + "P0,Y,01/01/2019,N\n")
    assert source.case_set().files[0].child.values["disabled"] is True


def test_words_in_place_of_a_date_are_kept_though_nothing_else_is_there(tmp_path: Path) -> None:
    (visit,) = read_list(tmp_path, LIST + "P0,Y,see notes,\n").case_set().files[0].records["visits"]
    assert (visit.values["held"], visit.values["held_as_typed"]) == (None, "see notes")


def test_a_list_of_which_nothing_is_known_but_a_reference_is_refused(tmp_path: Path) -> None:
    (tmp_path / "stock.csv").write_text("Ref,Item,Price\nA1,Chair,12.50\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_cases(tmp_path / "stock.csv")
    assert str(raised.value) == (
        "stock.csv: not a list that is known: there is no doubt of no heading but Ref; found Ref, Item, Price; "
        "expected a mapping beside it: `qaengine map` writes one to be corrected"
    )


def test_text_in_parquet_as_bytes_is_read_in_either_encoding(tmp_path: Path) -> None:
    frame = pl.DataFrame({"pers_person_id": ["1", None], "pers_dob": ["2010-05-01", None]})
    frame.write_parquet(tmp_path / "ssd_person.parquet")
    contacts = pl.DataFrame(
        {
            "cont_person_id": [b"1", b"1"],
            "cont_contact_date": ["2019-01-09", "2019-01-10"],
            "cont_contact_source_desc": ["Café".encode("cp1252"), "Café".encode()],
        }
    )
    contacts.write_parquet(tmp_path / "ssd_contacts.parquet")
    source = read_cases(tmp_path)
    rows = source.case_set().files[0].records["contacts"]
    assert [row.values["source"] for row in rows] == ["Café", "Café"]
    assert "ssd_person.parquet: the table ssd_person; 1 taken, 0 left" in said(source)  # a row of nulls is none


def test_whole_numbers_that_had_to_be_floats_are_whole_numbers(tmp_path: Path) -> None:
    person = pl.DataFrame({"pers_person_id": [1.0, 2.0, float("nan")], "pers_dob": ["2010-05-01", "2011-06-02", None]})
    person.write_parquet(tmp_path / "ssd_person.parquet")
    assert read_cases(tmp_path).child_ids == ("1", "2")


def test_what_is_wrong_with_a_period_of_care_is_said(tmp_path: Path) -> None:
    header = ["Child Unique ID", "Date Started to be Looked After", "Child's Legal Status", "Legal notes"]
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("List 8")
    for place, row in enumerate((header, ["501", "see file", "C2", "x"], ["502", "14/06/2017", "ZZ", "x"])):
        sheet.write_row(place, 0, row)
    book.close()
    words = said(read_cases(tmp_path / "a.xlsx"))
    assert "a.xlsx, sheet List 8:2:2: Date Started to be Looked After cannot be read" in words
    assert "a.xlsx, sheet List 8:3:3: Child's Legal Status cannot be read" in words
    assert "no column Date Ceased to be Looked After: what it says is not carried" in words
    assert words.count("Legal notes") == 1


CARE = [
    "Child Unique ID",
    "Date Started to be Looked After",
    "Start date of current legal status",
    "Child's Legal Status",
    "Start Date of Most Recent Placement",
    "Placement Type",
    "Date Ceased to be Looked After",
]


def care(folder: Path, without: str = "", **cells: str) -> list[dict[str, object]]:
    row = {
        **dict(zip(CARE, ("501", "01/01/2015", "01/01/2016", "C2", "01/01/2015", "U4", "14/06/2017"), strict=True)),
        **{heading.replace("_", " "): cell for heading, cell in cells.items()},
    }
    row.pop(without, None)
    book = xlsxwriter.Workbook(folder / "care.xlsx")
    sheet = book.add_worksheet("List 8")
    sheet.write_row(0, 0, list(row))
    sheet.write_row(1, 0, list(row.values()))
    book.close()
    rows = read_cases(folder / "care.xlsx").case_set().files[0].records["episodes"]
    return [{field: value for field, value in row.values.items() if not field.endswith("typed")} for row in rows]


def test_a_present_status_of_which_nothing_says_since_when_is_not_carried(tmp_path: Path) -> None:
    whole = {"started": date(2015, 1, 1), "ended": date(2017, 6, 14), "placement": "U4"}
    assert care(tmp_path, "Start date of current legal status") == [whole]
    assert care(tmp_path, Start_date_of_current_legal_status="see file") == [whole]
    blank = care(tmp_path, Start_date_of_current_legal_status="")
    assert blank == [{**whole, "legal_status": "C2"}]  # as old as the period, where nobody wrote another day


def test_a_present_status_does_not_hold_for_a_whole_period_of_which_the_end_is_not_carried(tmp_path: Path) -> None:
    assert care(tmp_path, "Date Ceased to be Looked After") == [{"started": date(2015, 1, 1), "placement": "U4"}]


def test_the_last_of_what_has_no_day_is_read(tmp_path: Path) -> None:
    mapping = MAPPING.replace(
        "{held: Visit date, seen_alone: Seen alone}", "{seen_alone: Seen alone}\n    last_only: yes"
    )
    (tmp_path / "list.mapping.yaml").write_text(mapping, encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST + "P0,Y,01/01/2019,N\n", encoding="utf-8")
    (visit,) = read_cases(tmp_path / "list.csv").case_set().files[0].records["visits"]
    assert visit.values["seen_alone"] is False


def test_a_list_of_annex_a_of_which_nothing_is_used_is_no_list_of_a_council(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "help.xlsx")
    sheet = book.add_worksheet("List 2")
    sheet.write_row(0, 0, ["Child Unique ID", "Assessment start date", "Organisation completing assessment"])
    sheet.write_row(1, 0, ["502", "19/03/2018", "School"])
    book.close()
    with pytest.raises(InputError) as raised:  # an early help assessment is not one of social work
        read_cases(tmp_path / "help.xlsx")
    assert str(raised.value) == (
        "help.xlsx, sheet List 2: a list of Annex A of which nothing is used; found List 2: Early help; "
        "expected one of its lists 1 and 3 to 10"
    )
