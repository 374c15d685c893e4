"""Annex A: lists that are known by their headings however those drift, and what the last of something says."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.model.casefile import CaseFile
from qaengine.model.problem import InputError
from tests.hostile.packages import old_book, old_number, old_text

AS_AT = date(2021, 3, 10)
REFERRALS = (
    "Child Unique ID",
    "Gender",
    "Date of Birth",
    "Age",
    "Date of referral",
    "Referral Source",
    "Referral NFA?",
)
CP = (
    "Child Unique ID",
    "Date of Birth",
    "Child Protection Plan Start Date",
    "Date of the Last Statutory Visit",
    "Was the Child Seen Alone?",
    "Date of latest review conference",
    "Child Protection Plan End Date",
    "Allocated Team",
    "Allocated Worker",
)
CARE = (
    "Child Unique ID",
    "Date of Birth",
    "Date Started to be Looked After",
    "Start date of current legal status",
    "Child's Legal Status",
    "Start Date of Most Recent Placement",
    "Placement Type",
    "Date Ceased to be Looked After",
    "Date of Last Dental Check",
    "Allocated Team",
)
Cell = str | float | date | None


def book(path: Path, hidden: Sequence[str] = (), **sheets: Sequence[Sequence[Cell]]) -> Path:
    made = xlsxwriter.Workbook(str(path))
    days = made.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name.replace("__", " "))
        if name in hidden:
            sheet.hide()
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(y, x, datetime(cell.year, cell.month, cell.day), days)  # noqa: DTZ001
                elif cell is not None:
                    sheet.write(y, x, cell)
    made.close()
    return path


def evaluated(source: Source) -> dict[str, CaseFile]:
    """The case files as they are evaluated: with the records that may be there and are not carried."""
    return {file.child_id: file for file in source.as_at(AS_AT, set()).case_set().files}


def filled(row: Any) -> dict[str, Any]:
    return {field: value for field, value in row.values.items() if value is not None}


def said(source: Source) -> str:
    lines = [f"{note} {[str(each) for each in (*note.unread, *note.headings)]}" for note in source.notes]
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["List__3", "List_3", "Sheet1", "3 Referrals"])
@pytest.mark.parametrize("titles", [[], [["List 3: Referrals"]], [["Annex A"], [], ["List 3"]]])
def test_a_list_is_known_by_its_headings_and_not_by_its_sheet(
    tmp_path: Path, name: str, titles: Sequence[Sequence[Cell]]
) -> None:
    row = [6537810.0, "a) Male", date(2004, 7, 18), 16.6, date(2020, 9, 16), "q) 6: Police", "No"]
    source = read_cases(book(tmp_path / "a.xlsx", **{name: [*titles, REFERRALS, row]}))
    assert source.child_ids == ("6537810",)  # a number in a spreadsheet is a reference without a point
    (referral,) = source.case_set().files[0].records["referrals"]
    assert filled(referral) == {
        "received": date(2020, 9, 16),
        "source": "q) 6: Police",
        "source_kind": "professional",
        "no_further_action": False,
    }


def test_headings_drift_in_case_spaces_apostrophes_brackets_and_hints(tmp_path: Path) -> None:
    headings = (
        "CHILD UNIQUE ID ",
        "date of birth",
        "Date started to be Looked After",
        "Start date of current legal status",
        "Child’s  Legal\u00a0Status",
        "Start Date of Most Recent Placement",
        "Placement Type))",
        "Date Ceased to be Looked After ",
        "Date of Last Dental Check (dd/mm/yyyy)",
        "Allocated Team",
    )
    row = ["C1", "03/05/2010", "06/08/2019", None, "C2: FCO", None, "f) U6: Foster placement", None, "44000", "North"]
    source = read_cases(book(tmp_path / "a.xlsx", List_8=[headings, row]))
    (file,) = source.case_set().files
    assert filled(file.child) == {"born": date(2010, 5, 3), "team": "North"}
    assert filled(file.records["episodes"][0]) == {"started": date(2019, 8, 6), "legal_status": "C2", "placement": "U6"}
    assert filled(file.records["health_checks"][0]) == {"held": date(2020, 6, 18), "kind": "dental"}  # a day number


@pytest.mark.parametrize(
    "nothing", ["#N/A", "n/a", "Not recorded", "Unknown", "c) Unknown", "NULL", " ", "\u00a0", None]
)
def test_what_stands_for_nothing_is_blank_and_no_fault(tmp_path: Path, nothing: Cell) -> None:
    row = ["C1", date(2010, 5, 3), date(2020, 11, 23), date(2021, 3, 1), nothing, None, None, "North", None]
    source = read_cases(book(tmp_path / "a.xlsx", List_7=[CP, row]))
    (visit,) = source.case_set().files[0].records["visits"]
    assert filled(visit) == {"held": date(2021, 3, 1), "kind": "cp"}
    assert sum(note.unread_count for note in source.notes) == 0


def test_a_worker_is_kept_as_a_reference_and_never_as_a_name(tmp_path: Path) -> None:
    rows = [
        ["C1", None, date(2020, 11, 23), None, None, None, None, "North", "Ann Other"],
        ["C2", None, date(2020, 11, 23), None, None, None, None, "North", "SW1042"],
    ]
    source = read_cases(book(tmp_path / "a.xlsx", List_7=[CP, *rows]))
    assert source.of_children("worker") == {"C1": None, "C2": "SW1042"}
    assert "1 values of Allocated Worker left: names are never kept" in said(source)
    assert "Ann Other" not in said(source)


def test_of_the_last_visit_nothing_is_said_of_those_before_it(tmp_path: Path) -> None:
    seen = ["C1", None, date(2020, 1, 6), date(2021, 2, 1), "a) Yes", date(2020, 12, 1), None, "North", None]
    never = ["C2", None, date(2020, 1, 6), None, None, None, None, "North", None]
    source = read_cases(book(tmp_path / "a.xlsx", List_7=[CP, seen, never]))
    assert source.tables().frames["visits"].height == 1  # what was read
    first, second = evaluated(source).values()
    last, earlier = first.records["visits"]
    assert filled(last) == {"held": date(2021, 2, 1), "kind": "cp", "seen": True, "seen_alone": True}
    assert (earlier.id, filled(earlier)) == ("visits-earlier-cp", {"kind": "cp", "no_later_than": date(2021, 2, 1)})
    assert second.records["visits"] == ()  # who was never visited has no visit before the last


def test_a_period_of_care_is_divided_where_the_present_status_or_placement_began(tmp_path: Path) -> None:
    def row(child: str, legal: date | None, placed: date | None, ended: date | None = None) -> list[Cell]:
        return [child, None, date(2015, 1, 1), legal, "C2: FCO", placed, "U4: Foster", ended, None, "North"]

    rows = [
        row("C1", date(2016, 1, 1), date(2018, 1, 1)),
        row("C2", date(2015, 1, 1), date(2018, 1, 1)),
        row("C3", date(2016, 1, 1), date(2015, 1, 1)),
        row("C4", None, None),
        row("C5", date(2014, 1, 1), date(2021, 1, 1), ended=date(2020, 12, 1)),  # neither lies within the period
    ]
    files = {f.child_id: f for f in read_cases(book(tmp_path / "a.xlsx", List_8=[CARE, *rows])).case_set().files}
    started = date(2015, 1, 1)
    assert {child: [filled(row) for row in file.records["episodes"]] for child, file in files.items()} == {
        "C1": [
            {"started": started, "ended": date(2018, 1, 1)},  # of which neither status nor placement is said
            {"started": date(2018, 1, 1), "legal_status": "C2", "placement": "U4"},
        ],
        "C2": [
            {"started": started, "ended": date(2018, 1, 1), "legal_status": "C2"},
            {"started": date(2018, 1, 1), "legal_status": "C2", "placement": "U4"},
        ],
        "C3": [
            {"started": started, "ended": date(2016, 1, 1), "placement": "U4"},
            {"started": date(2016, 1, 1), "legal_status": "C2", "placement": "U4"},
        ],
        "C4": [{"started": started, "legal_status": "C2", "placement": "U4"}],
        "C5": [{"started": started, "ended": date(2020, 12, 1), "legal_status": "C2", "placement": "U4"}],
    }


def test_what_no_list_speaks_of_is_not_carried_for_a_child(tmp_path: Path) -> None:
    referral = ["C1", None, None, None, date(2021, 1, 4), None, None]
    plan = ["C2", None, date(2020, 11, 23), None, None, None, None, "North", None]
    source = read_cases(book(tmp_path / "a.xlsx", List_3=[REFERRALS, referral], List_7=[CP, plan]))
    first, second = source.case_set().files
    assert ("plans" in first.records, "referrals" in second.records) == (False, False)


def test_what_two_lists_say_differently_is_blank_and_the_nearest_team_counts(tmp_path: Path) -> None:
    plan = ["C1", date(2010, 5, 3), date(2020, 11, 23), None, None, None, None, "Duty", None]
    care = ["C1", date(2010, 5, 4), date(2021, 1, 1), None, None, None, None, None, None, "Care 1"]
    source = read_cases(book(tmp_path / "a.xlsx", List_7=[CP, plan], List_8=[CARE, care]))
    assert filled(source.case_set().files[0].child) == {"team": "Care 1"}
    assert "born of the child is said differently, and is left blank; found 2010-05-03 and 2010-05-04" in said(source)


def test_a_list_that_lacks_its_heading_is_left_with_the_heading_named(tmp_path: Path) -> None:
    headings = tuple(each.replace("Plan Start Date", "Plan Begin Date") for each in CP)
    referral = ["C1", None, None, None, date(2021, 1, 4), None, None]
    row = ["C2", None, date(2020, 11, 23), None, None, None, None, "North", None]
    source = read_cases(book(tmp_path / "a.xlsx", List_3=[REFERRALS, referral], List_7=[headings, row]))
    assert source.child_ids == ("C1",)
    assert (
        "the heading by which List 7: Child protection is known is missing; expected Child Protection Plan Start Date; "
        "did you mean Child Protection Plan Begin Date?"
    ) in said(source)


def test_the_same_list_twice_is_taken_once_or_refused(tmp_path: Path) -> None:
    one = ["C1", None, None, None, date(2021, 1, 4), None, None]
    two = ["C2", None, None, None, date(2021, 1, 4), None, None]
    same = read_cases(book(tmp_path / "same.xlsx", List_3=[REFERRALS, one], List__3=[REFERRALS, one]))
    assert same.tables().frames["referrals"].height == 1
    empty = read_cases(book(tmp_path / "empty.xlsx", List_3=[REFERRALS], List__3=[REFERRALS, one]))
    assert empty.child_ids == ("C1",)
    with pytest.raises(InputError, match="two sheets hold List 3: Referrals, and nothing says which is the list"):
        read_cases(book(tmp_path / "two.xlsx", List_3=[REFERRALS, one], List__3=[REFERRALS, two]))


def test_a_hidden_sheet_is_left_and_said(tmp_path: Path) -> None:
    one = ["C1", None, None, None, date(2021, 1, 4), None, None]
    path = book(tmp_path / "a.xlsx", hidden=["Old"], List_3=[REFERRALS, one], Old=[REFERRALS, one])
    assert "a.xlsx, sheet Old: left: the sheet is hidden" in said(read_cases(path))


def test_dates_that_look_american_are_not_guessed(tmp_path: Path) -> None:
    typed = ["01/25/2021", "01/26/2021", "01/04/2021", "2021-01-04"]
    rows = [[f"C{n}", None, None, None, day, None, None] for n, day in enumerate(typed)]
    source = read_cases(book(tmp_path / "a.xlsx", List_3=[REFERRALS, *rows]))
    read = [file.records["referrals"][0].values["received"] for file in source.case_set().files]
    assert read == [None, None, None, date(2021, 1, 4)]
    assert sum(note.unread_count for note in source.notes) == 3


def test_one_list_as_csv_is_a_list_of_annex_a(tmp_path: Path) -> None:
    text = "Child Unique ID,Date of Birth,Date of referral\nC1,03/05/2010,04/01/2021\n"
    (tmp_path / "list3.csv").write_text(text)
    source = read_cases(tmp_path / "list3.csv")
    assert source.what == "an Annex A workbook"
    assert source.case_set().files[0].records["referrals"][0].values["received"] == date(2021, 1, 4)


def test_the_older_kind_of_workbook_says_the_same(tmp_path: Path) -> None:
    row: list[Cell] = [6537810.0, "a) Male", date(2004, 7, 18), 16.6, date(2020, 9, 16), "q) 6: Police", "No"]
    new = read_cases(book(tmp_path / "a.xlsx", S000=[REFERRALS, row]))
    headings = [old_text(0, place, heading) for place, heading in enumerate(REFERRALS)]
    cells = [
        old_text(1, place, cell)
        if isinstance(cell, str)
        else old_number(1, place, (cell - date(1899, 12, 30)).days if isinstance(cell, date) else float(cell or 0))
        for place, cell in enumerate(row)
    ]
    old = read_cases(old_book(tmp_path / "a.xls", *headings, *cells))
    assert old.case_set().files == new.case_set().files
    assert (
        [(note.taken, note.left) for note in old.notes] == [(note.taken, note.left) for note in new.notes] == [(1, 0)]
    )
