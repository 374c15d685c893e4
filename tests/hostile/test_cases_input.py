"""Case files that are broken, hostile, or not case files at all: refused in words, never half read."""

import os
from pathlib import Path

import polars as pl
import pytest

from qaengine.cases import files as case_files
from qaengine.cases.agencies import read_agencies
from qaengine.cases.reading import read_cases
from qaengine.model.problem import ExitCode, InputError

CHILD = "child: {child_id: A}\n"


def refused(path: Path) -> str:
    with pytest.raises(InputError) as raised:
        read_cases(path)
    assert raised.value.exit_code is ExitCode.CASE_DATA
    return str(raised.value)


def test_no_such_path(tmp_path: Path) -> None:
    assert "cannot be read: no such file or directory" in refused(tmp_path / "none")


def test_a_path_that_no_file_can_have() -> None:
    assert "cannot be read" in refused(Path("a\0b"))


def test_an_empty_folder(tmp_path: Path) -> None:
    says = refused(tmp_path)
    assert "no case files here; found nothing; expected native case files" in says


def test_a_folder_of_other_things(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    assert "no case files here; found notes.txt" in refused(tmp_path)
    assert "not a case file; found notes.txt" in refused(tmp_path / "notes.txt")


def test_an_extract_file_alone_is_no_extract(tmp_path: Path) -> None:
    (tmp_path / "extract.yaml").write_text("as_at: 2019-09-30")
    assert "no record type of this name; found as_at" in refused(tmp_path)


def test_a_mixed_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CHILD)
    (tmp_path / "child.csv").write_text("child_id\nA\n")
    assert "a mixed folder; found a.yaml beside child.csv; expected files of one kind alone" in refused(tmp_path)


def test_tables_of_two_kinds(tmp_path: Path) -> None:
    (tmp_path / "child.csv").write_text("child_id\nA\n")
    (tmp_path / "header.csv").write_text("CHILD,DOB,UPN\n")
    assert "a mixed folder; found child.csv beside header.csv; expected files of one kind alone" in refused(tmp_path)
    (tmp_path / "header.csv").unlink()
    pl.DataFrame({"child_id": ["A"], "score": [3]}).write_parquet(tmp_path / "sdqs.parquet")
    assert "a mixed folder; found child.csv beside sdqs.parquet" in refused(tmp_path)


def test_one_table_alone(tmp_path: Path) -> None:
    (tmp_path / "child.csv").write_text("child_id\nA\n")
    assert "a table alone is not a case file: give the folder that holds it" in refused(tmp_path / "child.csv")


def test_tables_that_nobody_knows(tmp_path: Path) -> None:
    (tmp_path / "child.csv").write_text("id,born\nA,2010-01-01\n")
    (tmp_path / "other.csv").write_text("")
    assert "child.csv:1:1: the table child has no column child_id; found id, born" in refused(tmp_path)
    (tmp_path / "child.csv").rename(tmp_path / "list.csv")
    assert "more than one list; found list.csv, other.csv; expected the name of one" in refused(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CHILD)
    (tmp_path / "a.yaml").chmod(0)
    assert "a.yaml: cannot be read: permission denied" in refused(tmp_path)


def test_a_file_that_goes_away_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text(CHILD)
    (tmp_path / "b.yaml").write_text(CHILD)
    listing = case_files.list_input(tmp_path)
    (tmp_path / "a.yaml").unlink()
    (tmp_path / "b.yaml").unlink()
    monkeypatch.setattr("qaengine.cases.reading.list_input", lambda _: listing)
    assert refused(tmp_path).count("cannot be read: no such file or directory") == 2


def test_a_file_larger_than_any_council_sends(tmp_path: Path) -> None:
    with (tmp_path / "child.csv").open("wb") as file:
        file.truncate(case_files.MAX_BYTES + 1)  # sparse: it takes no room
    assert "child.csv: the file is too large; expected under 2 GB" in refused(tmp_path)


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_a_document_larger_than_any_person_writes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"child": {"child_id": "' + "x" * 5_000_000 + '"}}')
    assert "the file is too long; found 5,000,0" in refused(tmp_path)


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "child.csv"])
def test_text_that_is_not_utf_8(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"child:\n  team: caf\xe9\n")
    if name == "child.csv":
        (tmp_path / name).write_bytes(b"child_id,team\nA,caf\xe9\n")
    says = refused(tmp_path)
    place = "2:6" if name == "child.csv" else "2:12"
    assert says == f"{name}:{place}: not UTF-8 text; found byte 0xe9; expected a file saved as UTF-8"


def test_a_spreadsheet_named_as_csv(tmp_path: Path) -> None:
    (tmp_path / "child.csv").write_bytes(b"PK\x03\x04\x00\x00")
    assert "child.csv:1:1: not a text file; found a null byte; expected CSV" in refused(tmp_path)


def test_a_null_byte_further_down(tmp_path: Path) -> None:
    (tmp_path / "child.csv").write_bytes(b"child_id,team\nA,x\0y\n")
    assert "child.csv:2:2: team: a character that cannot be printed" in refused(tmp_path)


def test_pipes_and_folders_inside_are_left_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CHILD)
    (tmp_path / "inner.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")  # reading it would wait for ever
    (tmp_path / ".hidden.yaml").write_text("[")
    notes = {note.about: note.says for note in read_cases(tmp_path).notes}
    assert notes["pipe.yaml"] == notes["inner.yaml"] == "left: it is not an ordinary file"
    assert ".hidden.yaml" not in notes


def test_a_pipe_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "not a file or a folder" in refused(tmp_path / "pipe.yaml")


def test_an_alias_bomb(tmp_path: Path) -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9)]
    (tmp_path / "a.yaml").write_text("\n".join([CHILD, "l0: &l0 [x]", *levels]))
    assert "aliases are not read" in refused(tmp_path)


@pytest.mark.parametrize("text", ["!!python/object/apply:os.system ['true']", "child: !x {child_id: A}"])
def test_tags(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    assert "tags are not read" in refused(tmp_path)


def test_an_ssda903_row_out_of_shape_moves_no_value_under_another_heading(tmp_path: Path) -> None:
    (tmp_path / "header.csv").write_text("CHILD,DOB,UPN\n1,01/01/2010\n2,01/01/2010,X,Y\n3,01/01/2010,X\n")
    says = refused(tmp_path)
    assert "header.csv:2:1: a row of another length; found 2 cells; expected 3, as in the headings" in says
    assert "header.csv:3:1: a row of another length; found 4 cells; expected 3, as in the headings" in says
    assert "header.csv:4" not in says


def test_a_problem_never_shows_a_whole_document(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"child: {{child_id: A, disabled: {'x' * 5000}, team: [1, 2]}}\n")
    assert all(len(line) < 200 for line in refused(tmp_path).splitlines())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("polic: [x]", "agencies.yaml:1:1: no agency of this code; found polic; did you mean police?"),
        ("police: x", "agencies.yaml:1:9: not a list of words; found x; expected a list"),
        ("police: [WMP, 3]", "agencies.yaml:1:15: not words; found 3; expected words"),
        (
            "police: [WMP]\nhealth: [wmp]",
            "agencies.yaml:2:10: the same words for two agencies (police and health); found wmp; "
            "expected words of one agency",
        ),
        ("police: [health]", "the same words for two agencies (health and police); found health"),
        ("- x", "agencies.yaml:1:1: not a table of agencies"),
        ("", "agencies.yaml:1:1: not a table of agencies"),
    ],
)
def test_a_table_of_agencies_that_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "agencies.yaml").write_text(text)
    with pytest.raises(InputError) as raised:
        read_agencies(tmp_path / "agencies.yaml")
    assert raised.value.exit_code is ExitCode.STANDARDS
    assert says in str(raised.value)


def test_there_is_no_table_of_agencies(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read_agencies(tmp_path / "agencies.yaml")
    assert raised.value.exit_code is ExitCode.STANDARDS


def test_the_table_of_agencies_that_comes_with_the_product() -> None:
    table = read_agencies(Path(__file__).parents[2] / "rules" / "agencies.yaml")
    assert {table[f" {words} "] for words in ("wmp", "police")} == {"police"}
    assert {table[f" {words} "] for words in ("cwpt", "sn", "gp", "school nurse")} == {"health"}
    assert table[" social care "] == "social_care"
    assert " somebody else " not in table
