"""Native tables on disk: what is read, what is written, and what is said when it is wrong."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from qaengine.cases.reading import read_cases
from qaengine.cases.shape import RECORD_TYPES, TYPES, data_fields
from qaengine.cases.table_write import Format, write_tables
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.problem import InputError


def folder_of(path: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        read_cases(path)
    return [str(problem) for problem in raised.value.problems]


CHILD = "child_id,born,team\nB,2010-05-01,North\nA,,\n"


def test_tables_as_a_person_writes_them(tmp_path: Path) -> None:
    sdqs = "child_id,id,completed,score,informant\nA,S2,2019-01-02,12,\nA,,ongoing,17 (high), main_carer\n"
    sdqs += "B,S1,1900-01-01,0,\n"
    files = read_cases(folder_of(tmp_path, child=CHILD, sdqs=sdqs, reviews="child_id,held\n")).case_set().files
    assert [file.child_id for file in files] == ["A", "B"]
    assert files[0].child == Row("A", {"born": None, "born_as_typed": None, "team": None})
    one, two = files[0].records["sdqs"]
    assert one == Row(
        "S2",
        {
            "completed": date(2019, 1, 2),
            "completed_as_typed": None,
            "score": 12,
            "score_as_typed": None,
            "informant": None,
        },
    )
    assert two.id == "sdqs-2"
    assert two.values["completed_as_typed"] == "ongoing"
    assert (two.values["score"], two.values["score_as_typed"]) == (None, "17 (high)")
    assert two.values["informant"] == "main_carer"
    (sentinel,) = files[1].records["sdqs"]
    assert (sentinel.values["completed"], sentinel.values["score"]) == (None, 0)
    assert files[0].records["reviews"] == ()  # looked, and there is none
    assert "plans" not in files[0].records  # no such table: not carried


def test_rows_stand_in_the_order_of_child_and_id_however_they_are_written(tmp_path: Path) -> None:
    reviews = "child_id,id\nB,R2\nA,R2\nB,R10\nA,R1\n"
    frame = read_cases(folder_of(tmp_path, child=CHILD, reviews=reviews)).tables().frames["reviews"]
    assert frame.rows() == [(0, 0, "R1"), (0, 1, "R2"), (1, 0, "R10"), (1, 1, "R2")]


def test_a_table_without_rows_says_what_it_would_carry(tmp_path: Path) -> None:
    source = read_cases(folder_of(tmp_path, child=CHILD, sdqs="child_id,id,score\n"))
    not_carried = source.case_set().not_carried
    assert {"completed", "reason"} <= not_carried["sdqs"]
    assert "score" not in not_carried["sdqs"]
    assert not_carried["plans"] == frozenset(data_fields("plans"))


def test_rows_may_say_what_they_do_not_carry(tmp_path: Path) -> None:
    child = "child_id,born,_not_carried\nA,2010-05-01,\nB,,born sdqs\n"
    sdqs = "child_id,id,score,reason,_not_carried\nA,S1,,,score\nA,S2,3,,\n"
    a, b = read_cases(folder_of(tmp_path, child=child, sdqs=sdqs)).case_set().files
    assert set(a.child.values) == {"born", "born_as_typed"}
    assert b == CaseFile("B", Row("B", {}), {})
    assert [set(row.values) for row in a.records["sdqs"]] == [
        {"reason"},
        {"score", "score_as_typed", "reason"},
    ]


def test_blank_lines_quotes_and_spaces(tmp_path: Path) -> None:
    text = 'child_id , id,text\r\n\r\nA,X1," two\r\nlines "\r\n,,\r\nA,X2,"say ""no"""\r\n'
    (tmp_path / "plan_actions.csv").write_bytes(("﻿" + text).encode())
    folder_of(tmp_path, child="child_id\nA\n")
    rows = read_cases(tmp_path).case_set().files[0].records["plan_actions"]
    assert [row.values["text"] for row in rows] == ["two\r\nlines", 'say "no"']


def test_every_problem_is_said_at_once_each_with_its_place(tmp_path: Path) -> None:
    folder_of(
        tmp_path,
        child="child_id,borne,age\nA,2010-01-01,3\n",
        sdqs='child_id,id,completed,score,reason,informant\n"A","two\nlines",2019-02-30,12,SDQ9,\n,S2,31/01/2019,x,,mother\n',
        review="child_id\nA\n",
    )
    assert problems(tmp_path) == [
        "child.csv:1:2: no field of this name in child; found borne; did you mean born?",
        "child.csv:1:3: age is worked out from other records and has no column; found age",
        "review.csv: no record type of this name; found review; did you mean reviews?",
        "sdqs.csv:2:3: completed: there is no such date; found 2019-02-30; "
        "expected a date between 1950-01-01 and 2100-12-31, written as 2019-01-31",
        "sdqs.csv:2:5: reason: not a code of reason; found SDQ9; expected one of SDQ1, SDQ2, SDQ3, SDQ4, SDQ5; "
        "did you mean SDQ5?",
        "sdqs.csv:4:1: child_id: the child's reference is missing; expected child_id",
        "sdqs.csv:4:3: completed: not a date that can be read; found 31/01/2019; "
        "expected a date between 1950-01-01 and 2100-12-31, written as 2019-01-31",
        "sdqs.csv:4:6: informant: not a code of informant; found mother; "
        "expected one of main_carer, teacher, self; did you mean teacher?",
    ]


def test_what_can_only_be_told_beside_the_other_tables(tmp_path: Path) -> None:
    folder_of(
        tmp_path,
        child="child_id,_not_carried\nA,\nB,reviews\n",
        reviews="child_id,id\nA,R1\nA,R1\nC,R1\nB,R1\n",
    )
    assert problems(tmp_path) == [
        "reviews.csv:3:2: id: the same review twice; found R1; expected each id once",
        "reviews.csv:4:1: child_id: this child is not in the table of children; found C; expected a child_id",
        "reviews.csv:5:1: child_id: this child's file does not carry reviews; found B; expected no record",
    ]


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ({"sdqs": "child_id,id\nA,S1\n"}, "the table of children is missing"),
        ({"child": "child_id\nA\nA\n"}, "child.csv:3:1: child_id: the same child twice; found A"),
        ({"child": "child_id,team,team\nA,x,y\n"}, "child.csv:1:2: the same heading twice; found team"),
        ({"child": "child_id,team\nA,x,y\n"}, "child.csv:2:1: a row of another length; found 3 cells; expected 2"),
        ({"child": "child_id,team\nA\n"}, "child.csv:2:1: a row of another length; found 1 cell; expected 2"),
        ({"child": 'child_id,team\nA,"x\n'}, "not readable as CSV"),
        ({"child": "child_id,born_as_typed\nA,soon\n"}, "child.csv:1:2: words without their date"),
        (
            {"child": "child_id,born,born_as_typed\nA,2010-01-01,soon\n"},
            "child.csv:2:3: born_as_typed: words beside a date; found soon",
        ),
        ({"child": "child_id,_not_carried\nA,borne\n"}, "child.csv:2:2: _not_carried: no such field: borne"),
        (
            {"child": "child_id,team,_not_carried\nA,x,team\n"},
            "child.csv:2:2: team: filled in, yet not carried; found x",
        ),
        ({"child": f"child_id\n{'A' * 65}\n"}, "child.csv:2:1: child_id: too long"),
        ({"child": "child_id,disabled\nA,maybe\n"}, "child.csv:2:2: disabled: neither yes nor no; found maybe"),
        ({"child": f"child_id,team\nA,{'x' * 20_001}\n"}, "child.csv:2:2: team: too long"),
        ({"child": "child_id,team\nA,\x07\n"}, "child.csv:2:2: team: a character that cannot be printed"),
    ],
)
def test_what_is_wrong_with_a_table(tmp_path: Path, tables: dict[str, str], says: str) -> None:
    assert says in problems(folder_of(tmp_path, **tables))[0]


def test_many_problems_of_one_kind_are_counted(tmp_path: Path) -> None:
    folder_of(tmp_path, child="child_id,born\n" + "".join(f"C{n},2019-02-30\n" for n in range(60)))
    found = problems(tmp_path)
    assert len(found) == 51
    assert "child.csv:52:2: born: there is no such date, in 10 more rows" in found


def parquet(path: Path, **frames: pl.DataFrame) -> Path:
    for name, frame in frames.items():
        frame.write_parquet(path / f"{name}.parquet")
    return path


def test_parquet_may_be_typed_or_text(tmp_path: Path) -> None:
    child = pl.DataFrame({"child_id": ["A"], "born": [datetime(2010, 5, 1, tzinfo=UTC)], "disabled": [True]})
    sdqs = pl.DataFrame({"child_id": ["A", "A"], "score": [12.0, None], "completed": ["2019-01-02", "soon"]})
    (file,) = read_cases(parquet(tmp_path, child=child, sdqs=sdqs)).case_set().files
    assert file.child.values == {"born": date(2010, 5, 1), "born_as_typed": None, "disabled": True}
    assert [row.values["score"] for row in file.records["sdqs"]] == [12, None]
    assert [row.values["completed_as_typed"] for row in file.records["sdqs"]] == [None, "soon"]


@pytest.mark.parametrize(
    ("column", "says"),
    [
        (pl.Series("born", [datetime(2010, 5, 1, 10, tzinfo=UTC)]), "born: a time of day beside the date"),
        (pl.Series("born", [20100501]), "born: not a date"),
        (pl.Series("born", [date(1949, 12, 31)]), "born: not a believable date"),
        (pl.Series("disabled", [1]), "disabled: neither yes nor no"),
        (pl.Series("team", [["x"]]), "team: not text"),
    ],
)
def test_parquet_of_another_type(tmp_path: Path, column: pl.Series, says: str) -> None:
    path = parquet(tmp_path, child=pl.DataFrame([pl.Series("child_id", ["A"]), column]))
    assert problems(path)[0].startswith(f"child.parquet:1:2: {says}")


def test_a_file_that_is_no_parquet(tmp_path: Path) -> None:
    (tmp_path / "child.parquet").write_bytes(b"PAR1 not really")
    assert "not readable as Parquet" in problems(tmp_path)[0]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_are_written_whole_or_not_at_all(tmp_path: Path, form: Format) -> None:
    source = read_cases(folder_of(tmp_path, child=CHILD))
    target = tmp_path / "out" / "tables"
    write_tables(source.tables(), target, form)
    assert [path.name for path in target.iterdir()] == [f"child.{form}"]
    assert [path.name for path in target.parent.iterdir()] == ["tables"]  # nothing is left beside it
    with pytest.raises(InputError, match="a new or empty folder"):
        write_tables(source.tables(), target, form)


def test_cells_that_a_spreadsheet_would_calculate_are_written_as_text(tmp_path: Path) -> None:
    text = "child_id,team\nA,=1+1\nB,'@x\nC,-\nD,'plain\n"
    (tmp_path / "in").mkdir()
    source = read_cases(folder_of(tmp_path / "in", child=text))
    assert [file.child.values["team"] for file in source.case_set().files] == ["=1+1", "@x", "-", "'plain"]
    write_tables(source.tables(), tmp_path / "out", "csv")
    written = (tmp_path / "out" / "child.csv").read_text()
    assert written == '"child_id","team"\n"A","\'=1+1"\n"B","\'@x"\n"C","\'-"\n"D","\'plain"\n'
    assert read_cases(tmp_path / "out").case_set() == source.case_set()


def test_no_field_of_a_child_has_the_name_of_a_record_type() -> None:
    """The column `_not_carried` of the children names both."""
    assert not set(data_fields("child")) & set(RECORD_TYPES)
    assert not {"child_id", "id", "child", "seq", "_not_carried"} & {f for name in TYPES for f in data_fields(name)}
