"""The SSDA903 return: known by its headings, read to the row, and never a wrong value."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from qaengine.cases.formats.ssda903 import year_end
from qaengine.cases.reading import read_cases
from qaengine.cases.shape import data_fields
from qaengine.cases.source import Source
from qaengine.model.problem import InputError

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
OC2 = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED\n"
CHILDREN = HEADER + "12,1,03/05/2010,WBRI,A1,,\n7,2,29/02/2012,WBRI,A2,,\n"


def folder_of(path: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def episode(child: str, start: str, end: str = "", legal: str = "C2", place: str = "U4", rne: str = "S") -> str:
    return f"{child},{start},{rne},{legal},N1,{place},PR1,{end},{'X1' if end else ''},,AB1 2CD,AB1 2CD,123\n"


def notes_of(source: Source) -> list[str]:
    return [str(note) for note in source.notes]


def problems(path: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        read_cases(path)
    return [str(problem) for problem in raised.value.problems]


def small(path: Path) -> Source:
    return read_cases(
        folder_of(
            path,
            a_header=CHILDREN,
            b=EPISODES + episode("12", "15/02/2016", "14/08/2017") + episode("12", "14/08/2017"),
            c=OC2 + "12,03/05/2010,0,,1\n7,29/02/2012,,SDQ2,0\n12,03/05/2010,,,0\n",
        )
    )


def test_tables_are_known_by_their_headings_and_not_by_their_names(tmp_path: Path) -> None:
    source = small(tmp_path)
    assert source.child_ids == ("12", "7")  # in the order of strings
    twelve, seven = source.case_set().files
    assert twelve.child.values == {"born": date(2010, 5, 3), "born_as_typed": None}
    first, second = twelve.records["episodes"]
    assert first.id == "episodes-001"
    assert first.values == {
        "started": date(2016, 2, 15),
        "started_as_typed": None,
        "ended": date(2017, 8, 14),
        "ended_as_typed": None,
        "legal_status": "C2",
        "reason_started": "S",
        "placement": "U4",
        "reason_ended": "X1",
    }
    assert second.values["ended"] is None
    assert seven.records["episodes"] == ()  # in the return, and never looked after in the year


def test_an_sdq_has_a_year_and_no_date(tmp_path: Path) -> None:
    source = small(tmp_path)
    twelve, seven = source.case_set().files
    score, neither = twelve.records["sdqs"]
    assert score.values["score"] == 0  # a score, not a blank
    assert (neither.values["score"], neither.values["reason"]) == (None, None)
    assert seven.records["sdqs"][0].values["reason"] == "SDQ2"
    assert score.values["year_ended"] == date(2018, 3, 31) == source.own_date
    assert source.origin == "SSDA903 return for the year ended 31 March 2018"
    assert {"completed", "informant", "document"} <= source.case_set().not_carried["sdqs"]


def test_what_the_return_does_not_say_is_not_carried(tmp_path: Path) -> None:
    case_set = small(tmp_path).case_set()
    for name in ("assessments", "plans", "plan_actions", "discussions", "participants", "changes", "audits"):
        assert case_set.not_carried[name] == frozenset(data_fields(name))
        assert all(name not in file.records for file in case_set.files)


def test_nothing_is_kept_that_the_engine_has_no_use_for(tmp_path: Path) -> None:
    everything = "".join(frame.write_csv() for frame in small(tmp_path).tables().frames.values())
    assert not any(secret in everything for secret in ("AB1 2CD", "WBRI", "A1", "123", "N1", "PR1"))


def test_values_that_cannot_be_read_are_left_and_reported(tmp_path: Path) -> None:
    rows = [
        episode("12", "31/02/2016", "2017-08-14"),
        episode("12", "14/08/2017", legal="ZZ", place="home", rne="X"),
        episode("12", "01/01/1900", "01/01/1800"),
    ]
    oc2 = OC2 + "12,,41,SDQ9,\n12,,-1,,\n12,,12.5,,\n12,,17 (high),,\n12,,40,,\n"
    source = read_cases(folder_of(tmp_path, header=CHILDREN, episodes=EPISODES + "".join(rows), oc2=oc2))
    frame = source.tables().frames["episodes"]
    assert frame["started"].to_list() == [None, date(2017, 8, 14), None]
    assert frame["ended"].to_list() == [None, None, None]
    assert frame["legal_status"].to_list() == ["C2", None, "C2"]
    assert frame["placement"].to_list() == ["U4", None, "U4"]
    assert frame["reason_started"].to_list() == ["S", None, "S"]
    assert source.tables().frames["sdqs"]["score"].to_list() == [41, None, None, None, 40]  # that 41 is none is found
    (note,) = [note for note in source.notes if note.about == "episodes.csv"]
    a_date = "expected a date between 01/01/1950 and 31/12/2100, written as 31/01/2019"
    assert note.unread_count == 6
    assert sorted(str(problem) for problem in note.unread) == [
        f"episodes.csv:2:2: DECOM cannot be read and is left blank; found 31/02/2016; {a_date}",
        f"episodes.csv:2:8: DEC cannot be read and is left blank; found 2017-08-14; {a_date}",
        "episodes.csv:3:3: RNE cannot be read and is left blank; found X; expected one of S, L, P, T, B, U",
        "episodes.csv:3:4: LS cannot be read and is left blank; found ZZ; "
        "expected one of C1, C2, D1, E1, J1, J2, J3, L1, L2, L3, V2, V3, V4",
        "episodes.csv:3:6: PLACE cannot be read and is left blank; found home; expected a placement code, such as U4",
        f"episodes.csv:4:8: DEC cannot be read and is left blank; found 01/01/1800; {a_date}",
    ]
    assert (
        "episodes.csv: the table episodes; 3 taken, 0 left; 6 values could not be read and are left blank"
        in notes_of(source)
    )


def test_rows_that_are_no_childs_are_left_and_counted(tmp_path: Path) -> None:
    header = CHILDREN + "12,1,04/05/2010,WBRI,A1,,\n"
    rows = episode("12", "01/01/2018") + episode("99", "01/01/2018") + episode("", "01/01/2018")
    source = read_cases(folder_of(tmp_path, header=header, episodes=EPISODES + rows + "\n\n"))
    assert "header.csv: the table header; 1 rows left for a child who is there already; 2 taken, 1 left" in notes_of(
        source
    )
    assert (
        "episodes.csv: the table episodes; 1 rows left without a child's reference; "
        "1 rows left of children who are not in the header; 1 taken, 2 left"
    ) in notes_of(source)
    assert source.case_set().files[0].child.values["born"] == date(2010, 5, 3)


def test_of_several_files_with_the_same_headings_the_one_of_that_name_is_taken(tmp_path: Path) -> None:
    placed = "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n"
    tables = {
        "placed_for_adoption": placed + "12,,01/05/2017,,\n",
        "placed_for_adoption_errors": placed + "12,,01/05/2018,,\n",
    }
    source = read_cases(folder_of(tmp_path, header=CHILDREN, **tables))
    assert source.tables().frames["adoption_placements"]["placed"].to_list() == [date(2017, 5, 1)]
    assert (
        "placed_for_adoption_errors.csv: left: the same headings as placed_for_adoption.csv, which bears the name of "
        "the table; 0 taken, 1 left"
    ) in notes_of(source)
    assert set(source.sha256.files) == {"header.csv", "placed_for_adoption.csv"}


def test_two_returns_in_a_folder_are_refused(tmp_path: Path) -> None:
    tables = {"2017-header": CHILDREN, "2018-header": CHILDREN}
    assert problems(folder_of(tmp_path, **tables)) == [
        "2017-header.csv: several files hold the table header, and nothing says which is the return; "
        "found 2017-header.csv, 2018-header.csv; expected one return in a folder, or one header.csv"
    ]


def test_a_return_without_children_is_refused(tmp_path: Path) -> None:
    (problem,) = problems(folder_of(tmp_path, episodes=EPISODES))
    assert "the table of children is missing" in problem


def test_the_order_of_the_file_breaks_ties_however_many_rows_there_are(tmp_path: Path) -> None:
    places = [(child, f"U{n % 7}") for n in range(3000) for child in ("12", "7")]
    rows = "".join(episode(child, "01/01/2018", place=place) for child, place in places)
    frame = read_cases(folder_of(tmp_path, header=CHILDREN, episodes=EPISODES + rows)).tables().frames["episodes"]
    assert frame["placement"].to_list() == [f"U{n % 7}" for n in range(3000)] * 2
    assert frame["id"][0] == "episodes-0001"
    assert frame["id"].to_list()[:3000] == sorted(frame["id"].to_list()[:3000])  # the order of ids is that of the file


def test_tables_of_no_use_are_left_and_said(tmp_path: Path) -> None:
    tables = {"header": CHILDREN, "uasc": "CHILD,SEX,DOB,DUC\n12,1,,\n", "notes": "a,b\n1,2\n3,4\n"}
    source = read_cases(folder_of(tmp_path, **tables))
    assert "uasc.csv: left: the table uasc, of which nothing is used; 0 taken, 1 left" in notes_of(source)
    assert "notes.csv: left: not a table of the return; 0 taken, 2 left" in notes_of(source)
    assert "episodes" not in source.tables().frames


def test_a_byte_order_mark_crlf_and_spaces_do_no_harm(tmp_path: Path) -> None:
    text = "﻿" + CHILDREN.replace("CHILD", " CHILD ", 1).replace("\n", "\r\n").replace("12,", " 12 ,")
    (tmp_path / "x.csv").write_bytes(text.encode())
    assert read_cases(tmp_path).child_ids == ("12", "7")


@pytest.mark.parametrize(
    ("ended", "started", "expected"),
    [
        (["2017-04-01", "2018-03-31", "2018-04-01"], [], "2018-03-31"),
        (["2018-03-31"], [], "2018-03-31"),
        (["2018-04-01"], [], "2019-03-31"),
        (["2017-05-01", "2017-06-01", "2081-06-01"], ["2016-01-01"], "2018-03-31"),  # one date mistyped
        (["2017-05-01", "2018-05-01"], [], "2019-03-31"),
        ([], ["2015-01-01", "2018-03-31"], "2018-03-31"),
        ([], ["2015-01-01", "2018-04-01"], "2019-03-31"),
    ],
)
def test_the_year_of_a_return_is_that_of_most_ends(ended: list[str], started: list[str], expected: str) -> None:
    rows = max(len(ended), len(started))
    columns = {
        name: pl.Series(name, [*map(date.fromisoformat, days), *[None] * (rows - len(days))], dtype=pl.Date)
        for name, days in (("ended", ended), ("started", started))
    }
    assert year_end(pl.DataFrame(columns)) == date.fromisoformat(expected)


def test_a_return_without_a_date_has_no_year(tmp_path: Path) -> None:
    source = read_cases(folder_of(tmp_path, header=CHILDREN, episodes=EPISODES, oc2=OC2 + "12,,3,,\n"))
    assert (source.own_date, source.origin) == (None, "SSDA903 return")
    assert "year_ended" not in source.tables().frames["sdqs"].columns  # not carried: nothing says of which year it is


def test_both_forms_hold_the_same_after_a_cut(tmp_path: Path) -> None:
    source = small(tmp_path)
    rows = Source(source.case_set(), source.notes, source.sha256, source.absent)
    for day in (date(2018, 3, 31), date(2017, 8, 14), date(2017, 8, 13), date(2015, 1, 1)):
        assert rows.as_at(day).case_set() == source.as_at(day).case_set()
        for name, frame in rows.as_at(day).tables().frames.items():
            assert frame.equals(source.as_at(day).tables().frames[name]), name
