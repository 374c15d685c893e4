"""Names, addresses, postcodes, numbers and ethnicities are never kept: no output of any command holds one.

Under --pseudonymise no output holds a child's reference either, and only who has the key and the list of children
turns a pseudonym back.
"""

import os
import re
import stat
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from pypdf import PdfReader

from qaengine.cases.pseudonyms import pseudonym
from qaengine.cli.main import run
from tests.functional.one_child import CANARIES, CHILD, FORMS, NAME, OTHER, REFERENCES

AS_AT = ("--as-at", "2019-03-31")
DRAW = ("--seed", "least data", "--size", "2")
KEY = "0123456789abcdef" * 4


def texts(path: Path) -> Iterator[str]:
    """Everything that a file says, packed or not, and its name."""
    data = path.read_bytes()
    yield path.name
    yield data.decode("latin-1")
    yield data.decode("utf-8", "replace")
    if path.suffix == ".pdf":
        reader = PdfReader(BytesIO(data))
        yield str(reader.metadata)
        for page in reader.pages:
            yield page.extract_text()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(BytesIO(data)) as package:
            yield from (package.read(part).decode("utf-8", "replace") for part in package.namelist())
        for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets:
            yield from (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    if path.suffix == ".parquet":
        yield pl.read_parquet(BytesIO(data)).write_json()


def plain(text: str) -> str:
    """Text without spaces and capitals: a line of a PDF may break anywhere."""
    return re.sub(r"\s+", "", text).casefold()


class Commands:
    """Runs commands with the same options each, and keeps all that they say and write."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self._capsys, self._more = folder, capsys, more
        self.said: list[str] = []
        self.written: list[Path] = []

    def __call__(self, command: str, *args: str | Path, out: str = "") -> str:
        place = self.folder / out
        more = () if command == "map" else self._more
        given = [command, *map(str, args), *more, *(["--out", str(place)] if out else [])]
        code = run(given)
        said = self._capsys.readouterr()
        assert code == 0, (given, code, said.err[-1500:])
        self.said += [said.out, said.err]
        if out:
            self.written += [place] if place.is_file() else [one for one in place.rglob("*") if one.is_file()]
        return said.out

    def holds(self, words: Sequence[str]) -> list[tuple[str, str]]:
        """Which of the words stand where."""
        everything = [("the screen", text) for text in self.said]
        everything += [(str(path.relative_to(self.folder)), text) for path in self.written for text in texts(path)]
        small = {plain(word): word for word in words}
        bare = ((where, plain(text)) for where, text in everything)
        return sorted({(where, word) for where, text in bare for seen, word in small.items() if seen in text})


def every_command(do: Commands, path: str, child: str) -> None:
    """Each command that says or writes anything of a child."""
    do("evaluate", path, *AS_AT)
    for kind in ("jsonl", "csv", "parquet"):
        do("evaluate", path, *AS_AT, "--format", kind, out=f"findings.{kind}")
    do("sample", path, *AS_AT, *DRAW, out="draw")
    do("due", path, *AS_AT)
    do("due", path, *AS_AT, "--overdue")
    do("measures", path, *AS_AT, out="measures")
    do("explain", path, child, "cp-visits-on-time", *AS_AT, "--all")
    do("read", path, *AS_AT, "--all", "--form", "parquet", out="read")
    do("audit", path, *AS_AT, *DRAW, "--all-questions", out="audit")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_text(KEY)
    return path


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_a_file_says_who_somebody_is(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = FORMS[form](tmp_path / "in" / form)
    do = Commands(tmp_path / "out", capsys)
    do("read", path, *AS_AT, "--all", out="csv")
    if form == "unmapped":
        do("map", path, "--show")
        do("map", path, out="made.mapping.yaml")
        assert NAME in path.read_text(encoding="utf-8")
    assert do.holds([CHILD])  # the child was read, and the search finds what there is
    assert do.holds(CANARIES) == []


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_a_file_says_a_reference_under_pseudonyms(
    tmp_path: Path, form: str, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And who has the key and the file turns each pseudonym back."""
    path = FORMS[form](tmp_path / "in" / form)
    do = Commands(tmp_path / "out", capsys, "--pseudonymise", str(key))
    do("read", path, *AS_AT, "--all", out="csv")
    do("evaluate", path, *AS_AT, "--format", "jsonl", out="findings.jsonl")
    children = pl.read_csv(tmp_path / "out" / "csv" / "child.csv")["child_id"].to_list()
    assert children == sorted(pseudonym(one, KEY.encode()) for one in REFERENCES)
    assert {word for _, word in do.holds(children)} == set(children)
    assert do.holds([*CANARIES, *REFERENCES]) == []
    code, out, _ = identify(capsys, *children, "--key", key, "--among", path)
    assert code == 0
    assert dict(line.split("  ") for line in out.splitlines()) == {
        pseudonym(one, KEY.encode()): one for one in REFERENCES
    }


def joined(folder: Path) -> list[str]:
    """Every format of the child as one source."""
    first, *others = [str(made(folder / name)) for name, made in FORMS.items() if name != "unmapped"]
    return [first, *(arg for other in others for arg in ("--with", other))]


@pytest.mark.parametrize("keyed", [False, True], ids=["plain", "pseudonyms"])
def test_no_command_says_who_somebody_is(
    tmp_path: Path, keyed: bool, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every format joined: the findings, the draw, the tables, the PDFs, the form for the auditors, the manifest."""
    path, *more = joined(tmp_path / "in")
    do = Commands(tmp_path / "out", capsys, *more, *(["--pseudonymise", str(key)] if keyed else []))
    child = pseudonym(CHILD, KEY.encode()) if keyed else CHILD
    every_command(do, path, child)
    assert {".pdf", ".xlsx", ".jsonl", ".json", ".csv", ".txt", ".parquet"} <= {one.suffix for one in do.written}
    places = {where for where, _ in do.holds([child])}
    assert {"the screen", "audit/answers.xlsx", "audit/dip-samples.pdf", "audit/findings.jsonl"} <= places
    assert {"findings.parquet", "read/child.parquet", "draw/frame.txt"} <= places
    assert do.holds([*CANARIES, *(REFERENCES if keyed else ())]) == []


def test_pseudonyms_are_the_same_on_every_run_and_others_under_another_key(
    tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.write_text(KEY[::-1])
    path = FORMS["native"](tmp_path / "in")
    for out, with_key in (("first", key), ("second", key), ("third", other)):
        Commands(tmp_path, capsys, "--pseudonymise", str(with_key))("read", path, out=out)
    assert same_files(tmp_path / "first", tmp_path / "second")
    children = {out: pl.read_csv(tmp_path / out / "child.csv")["child_id"].to_list() for out in ("first", "third")}
    assert not set(children["first"]) & set(children["third"])


def same_files(one: Path, other: Path) -> bool:
    return {path.name: path.read_bytes() for path in one.iterdir()} == {
        path.name: path.read_bytes() for path in other.iterdir()
    }


def test_joined_sources_have_the_same_pseudonyms(tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are joined on the references, and each child is then one child under one pseudonym."""
    path, *more = joined(tmp_path / "in")
    Commands(tmp_path, capsys, *more, "--pseudonymise", str(key))("read", path, out="joined")
    children = pl.read_csv(tmp_path / "joined" / "child.csv")["child_id"].to_list()
    assert children == sorted(pseudonym(one, KEY.encode()) for one in REFERENCES)


# Back to a child


def identify(capsys: pytest.CaptureFixture[str], *args: str | Path) -> tuple[int, str, str]:
    code = run(["identify", *map(str, args)])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.out, said.err


@pytest.fixture
def frame(tmp_path: Path) -> Path:
    path = tmp_path / "frame.txt"
    path.write_text(f"{OTHER}\n\n  {CHILD}  \n{CHILD}\n", encoding="utf-8")
    return path


def test_a_list_of_references_is_a_frame(key: Path, frame: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [pseudonym(one, KEY.encode()) for one in REFERENCES]
    code, out, err = identify(capsys, *names, "--key", key, "--among", frame)
    assert (code, err) == (0, "")
    assert out.splitlines() == [f"{name}  {one}" for name, one in zip(names, REFERENCES, strict=True)]


def test_another_key_turns_nothing_back(
    tmp_path: Path, frame: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.write_text(KEY[::-1])
    name = pseudonym(CHILD, KEY.encode())
    code, out, err = identify(capsys, name, "--key", other, "--among", frame)
    assert (code, out) == (4, "")
    assert f"{name}: of none of these children under this key; expected the key of that run, and" in err
    assert CHILD not in err


def test_other_children_turn_nothing_back(tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "others.txt").write_text(f"{OTHER}\n")
    name = pseudonym(CHILD, KEY.encode())
    code, out, err = identify(capsys, name, "--key", key, "--among", tmp_path / "others.txt")
    assert (code, out) == (4, "")
    assert "of none of these children under this key" in err


def test_what_is_known_of_several_is_said_all_the_same(
    frame: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = pseudonym(CHILD, KEY.encode())
    code, out, err = identify(capsys, name, "p-0000", "--key", key, "--among", frame)
    assert (code, out) == (4, f"{name}  {CHILD}\n")
    assert "p-0000: of none of these children" in err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "there is no such key; expected a file with a key in it; qaengine identify --new-key"),
        ("", "this is not a key; found another kind of file; expected 64 or more hexadecimal digits alone"),
        ("0123456789", "the key is too short; found 10 digits; expected 64 or more hexadecimal digits alone"),
        ("  \n" + "f" * 63 + "\n\n", "the key is too short; found 63 digits"),
        ("child_id,team\nCH-0001,A long enough line of something that is had by everybody\n", "this is not a key"),
        ("folder", "cannot be read"),
    ],
)
@pytest.mark.parametrize("command", ["identify", "read"])
def test_a_key_that_is_none(
    tmp_path: Path, frame: Path, command: str, text: str | None, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "no-key"
    if text == "folder":
        path.mkdir()
    elif text is not None:
        path.write_text(text)
    if command == "identify":
        code = run(["identify", "p-0", "--key", str(path), "--among", str(frame)])
    else:
        source = FORMS["native"](tmp_path / "in")
        code = run(["read", str(source), "--pseudonymise", str(path), "--out", str(tmp_path / "out")])
    said = capsys.readouterr()
    assert code == 4
    assert says in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "out").exists()


def test_nothing_to_turn_back(frame: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for args in ((), ("p-0",), ("p-0", "--key", key), ("--key", key, "--among", frame)):
        code, _, err = identify(capsys, *args)
        assert code == 2
        assert "name a pseudonym, --key KEYFILE and --among FRAME; or --new-key FILE" in err


def test_a_new_key_is_its_owners_alone_and_writes_over_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new"
    before = os.umask(0)
    try:
        code, out, err = identify(capsys, "--new-key", path)
    finally:
        os.umask(before)
    assert (code, err) == (0, "")
    assert "Whoever holds it and the list of children can turn a pseudonym back." in out
    key = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert re.fullmatch(r"[0-9a-f]{64}\n", key)
    assert key.strip() not in out
    code, _, err = identify(capsys, "--new-key", path)
    assert code == 4
    assert "there is a file of this name already, and a key is never written over" in err
    assert path.read_text() == key
    assert run(["identify", "--new-key", str(tmp_path / "none" / "key")]) == 4
    assert "cannot be written: no such file or directory" in capsys.readouterr().err
    assert run(["identify", "--new-key", str(tmp_path / "second")]) == 0
    assert (tmp_path / "second").read_text() != key


# Agreed exceptions name children by their own references


EXCEPTION = """- child: {child}
  standard: cp-visits-on-time
  check: bedroom-seen
  reason: the family is abroad until Easter
  authorised_by: head of service
  agreed_on: 2018-12-01
  expires_on: 2019-06-01
"""


@pytest.mark.parametrize("named", ["reference", "pseudonym"])
def test_agreed_exceptions_hold_under_pseudonyms(
    tmp_path: Path, key: Path, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = FORMS["native"](tmp_path / "in")
    child = CHILD if named == "reference" else pseudonym(CHILD, KEY.encode())
    do = Commands(tmp_path / "out", capsys, "--pseudonymise", str(key))
    only = ("--standard", "cp-visits-on-time", "--format", "jsonl")
    do("evaluate", path, *AS_AT, *only, out="before.jsonl")
    (path / "exceptions.yaml").write_text(EXCEPTION.format(child=child))
    do("evaluate", path, *AS_AT, *only, out="after.jsonl")
    assert "head of service" not in (tmp_path / "out" / "before.jsonl").read_text()
    after = (tmp_path / "out" / "after.jsonl").read_text().splitlines()
    excepted = [line for line in after if "head of service" in line]
    assert excepted
    assert all(pseudonym(CHILD, KEY.encode()) in line for line in excepted)
    assert do.holds(REFERENCES) == []
