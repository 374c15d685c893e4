"""Native case files: what a person writes, what is read, and what is said when it is wrong."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from qaengine.cases.reading import read_cases
from qaengine.model.casefile import CaseFile
from qaengine.model.problem import ExitCode, InputError


def write(folder: Path, text: str, name: str = "child.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read_one(folder: Path, text: str, name: str = "child.yaml") -> CaseFile:
    (file,) = read_cases(write(folder, text, name)).case_set().files
    return file


def problems(path: Path) -> list[str]:
    with pytest.raises(InputError) as raised:
        read_cases(path)
    assert raised.value.exit_code is ExitCode.CASE_DATA
    return [str(problem) for problem in raised.value.problems]


CASE = """\
child: {child_id: CH-0001, born: 2010-05-01, team: North, disabled: no, closed_on: }
sdqs:
  - {id: S2, completed: 2019-01-02, score: 12}
  - {id: S1, completed: ongoing, score: 17 (high), informant: ' '}
reviews: []
decisions:
  - {decided: 1900-01-01}
  - {decided: 9999-12-31}
"""


def test_a_case_file_as_a_person_writes_it(tmp_path: Path) -> None:
    file = read_one(tmp_path, CASE)
    assert file.child_id == "CH-0001"
    assert file.child.values["born"] == date(2010, 5, 1)
    assert file.child.values["disabled"] is False
    assert file.child.values["closed_on"] is None  # left blank
    assert "worker" not in file.child.values  # not carried
    assert file.records["reviews"] == ()  # looked, and there is none
    assert "plans" not in file.records  # not carried
    one, two = file.records["sdqs"]  # in the order of their ids
    assert (one.id, two.id) == ("S1", "S2")
    assert one.values["completed"] is None
    assert one.values["completed_as_typed"] == "ongoing"
    assert one.values["score"] is None
    assert one.values["score_as_typed"] == "17 (high)"
    assert one.values["informant"] is None
    assert "informant" not in two.values
    made = file.records["decisions"]
    assert [row.id for row in made] == ["decisions-1", "decisions-2"]
    assert all(row.values["decided"] is None for row in made)  # dates that stand for no date


def test_a_date_and_its_words_are_carried_together(tmp_path: Path) -> None:
    (row,) = read_one(tmp_path, "child: {child_id: A}\nreviews: [{held: 2019-01-02}]\n").records["reviews"]
    assert row.values == {"held": date(2019, 1, 2), "held_as_typed": None}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("'2019-01-02'", date(2019, 1, 2)), ("2020-02-29", date(2020, 2, 29)), ("' 2019-01-02 '", date(2019, 1, 2))],
)
def test_a_date_may_be_in_quotes(tmp_path: Path, typed: str, expected: date) -> None:
    assert read_one(tmp_path, f"child: {{child_id: A, born: {typed}}}").child.values["born"] == expected


@pytest.mark.parametrize(
    "typed", ["ASAP", "end of term", "12/2019", "June 2019", "week of 2019-01-02", "2019-01-02 approx"]
)
def test_a_date_typed_as_words_never_stops_a_load(tmp_path: Path, typed: str) -> None:
    values = read_one(tmp_path, f"child: {{child_id: A, born: '{typed}'}}").child.values
    assert (values["born"], values["born_as_typed"]) == (None, typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2019-02-30", "there is no such date"),
        ("'2019-02-30'", "there is no such date"),
        ("31/01/2019", "not a date that can be read"),
        ("2019-1-2", "not a date that can be read"),
        ("'2019-01-02T00:00:00'", "not a date that can be read"),
        ("1949-12-31", "not a believable date"),
        ("2101-01-01", "not a believable date"),
        ("20190102", "not a date"),
        ("true", "not a date"),
        ("[2019-01-02]", "not a date"),
    ],
)
def test_a_date_that_is_not_one_is_refused(tmp_path: Path, typed: str, says: str) -> None:
    path = write(tmp_path, f"child:\n  child_id: A\n  born: {typed}\n")
    (problem,) = problems(path)
    assert problem.startswith(f"child.yaml:3:9: {says}; found ")
    assert problem.endswith("expected a date between 1950-01-01 and 2100-12-31, written as 2019-01-31")


@pytest.mark.parametrize("born", ["1950-01-01", "2100-12-31"])
def test_the_calendar_holds_its_own_limits(tmp_path: Path, born: str) -> None:
    assert read_one(tmp_path, f"child: {{child_id: A, born: {born}}}").child.values["born"] == date.fromisoformat(born)


def test_every_problem_is_said_at_once_each_with_its_place(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """\
child:
  child_id: 12
  borne: 2010-05-01
  age: 9
sdq:
  - {id: S1}
sdqs:
  - {id: S1, reason: SDQ9, score: true, informant: mother}
  - {id: S1, completed_as_typed: x}
  - S3
reviews:
discussions: {id: D1}
plans: [{id: PL1}]
plan_actions:
  - {id: A1, plan: PL2}
""",
    )
    assert problems(path) == [
        "child.yaml:2:13: not text; found 12; expected text (put it in quotes)",
        "child.yaml:3:3: no field of this name in child; found borne; did you mean born?",
        "child.yaml:4:8: age is worked out from other records; found age; expected the key left out",
        "child.yaml:5:1: no record type of this name; found sdq; did you mean sdqs?",
        "child.yaml:8:22: not a code of reason; found SDQ9; expected one of SDQ1, SDQ2, SDQ3, SDQ4, SDQ5; "
        "did you mean SDQ5?",
        "child.yaml:8:35: not a number; found true; expected a whole number",
        "child.yaml:8:52: not a code of informant; found mother; expected one of main_carer, teacher, self; "
        "did you mean teacher?",
        "child.yaml:9:34: words in place of a date are typed as the completed itself; found completed_as_typed; "
        "did you mean completed?",
        "child.yaml:10:5: one of the sdqs is not a mapping of fields; found S3; expected a mapping",
        "child.yaml:11:9: not a list of reviews; found nothing; expected a list ([] where there is none)",
        "child.yaml:12:14: not a list of discussions; found a mapping; expected a list ([] where there is none)",
        "child.yaml:15:20: none of the plans has this id; found PL2; did you mean PL1?",
    ]


def test_the_same_record_twice(tmp_path: Path) -> None:
    path = write(tmp_path, "child: {child_id: A}\nreviews:\n  - {id: R1}\n  - {id: R1}\n")
    assert problems(path) == ["child.yaml:4:10: the same review twice; found R1; expected each id once"]


def test_the_same_child_twice(tmp_path: Path) -> None:
    write(tmp_path, "child: {child_id: A}", "one.yaml")
    write(tmp_path, "child:\n  child_id: A", "two.yaml")
    assert problems(tmp_path) == ["two.yaml:2:13: the same child twice (first in one.yaml); found A"]


def test_problems_of_every_file_are_said_together(tmp_path: Path) -> None:
    write(tmp_path, "child: {child_id: A, born: 2019-02-30}", "a.yaml")
    write(tmp_path, "child: [", "b.yaml")
    write(tmp_path, '{"child": {"child_id": "C", "team": 1}}', "c.json")
    write(tmp_path, '{"child": {"child_id": "C"', "d.json")
    assert [problem.split(":")[0] for problem in problems(tmp_path)] == ["a.yaml", "b.yaml", "c.json", "d.json"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a case file; found nothing"),
        ("- 1", "not a case file; found a list"),
        ("sdqs: []", "the child is missing"),
        ("child: CH-1", "not a child; found CH-1"),
        ("child: {born: 2010-01-01}", "the child's reference is missing"),
        ("child: {child_id: ' '}", "the reference is missing"),
        ("child: {child_id: A, child_id: B}", "the same key twice"),
        ("child: &a {child_id: A}\nsdqs: [*a]", "aliases are not read"),
        (f"child: {{child_id: {'A' * 65}}}", "too long; found 65 characters; expected at most 64"),
        (f"child: {{child_id: A, team: {'x' * 20_001}}}", "too long; found 20,001 characters"),
    ],
)
def test_what_is_not_a_case_file(tmp_path: Path, text: str, says: str) -> None:
    assert says in problems(write(tmp_path, text))[0]


def test_json_is_read_and_its_problems_have_places_too(tmp_path: Path) -> None:
    file = read_one(tmp_path, '{"child": {"child_id": "A", "born": "2010-05-01"}, "sdqs": [{"score": 0}]}', "a.json")
    assert file.child.values["born"] == date(2010, 5, 1)
    assert file.records["sdqs"][0].values["score"] == 0
    path = write(tmp_path, '{\n  "child": {"child_id": "A",\n    "born": "2010-02-30"}\n}', "b.json")
    assert problems(path)[0].startswith("b.json:3:13: there is no such date; found 2010-02-30")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"child": {"child_id": "A", "child_id": "B"}}', "the same key twice"),
        ('{"child": {"child_id": "A", "team": NaN}}', "not a value of JSON: NaN"),
        ('{"child": {"child_id": "\\ud800"}}', "a character that cannot be printed"),
        ('{"child": {"child_id": "A\\u0000"}}', "a character that cannot be printed"),
        ("[" * 100_000, "nested too deep"),
        ('{"child": {"child_id": "A",}}', "not readable as JSON"),
    ],
)
def test_json_that_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    assert says in problems(write(tmp_path, text, "a.json"))[0]


def test_what_the_folder_says_of_itself(tmp_path: Path) -> None:
    write(tmp_path, "child: {child_id: A}")
    write(tmp_path, "as_at: 2019-09-30\norigin: a test system", "extract.yaml")
    write(tmp_path, "not read", "README.md")
    source = read_cases(tmp_path)
    assert (source.own_date, source.origin) == (date(2019, 9, 30), "a test system")
    assert "README.md: left: not a file that is read here" in [str(note) for note in source.notes]
    assert set(source.sha256.files) == {"child.yaml", "extract.yaml"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("asat: 2019-09-30", "extract.yaml:1:1: an extract says nothing of this name; found asat"),
        ("as_at: soon", "extract.yaml:1:8: not a date; found soon"),
        ("as_at: 2019-02-30", "extract.yaml:1:8: there is no such date"),
        ("[]", "extract.yaml:1:1: not a description of an extract"),
    ],
)
def test_what_the_folder_says_wrong(tmp_path: Path, text: str, says: str) -> None:
    write(tmp_path, "child: {child_id: A}")
    write(tmp_path, text, "extract.yaml")
    assert problems(tmp_path)[0].startswith(says)


def test_the_hash_is_of_the_bytes_that_were_read(tmp_path: Path) -> None:
    path = write(tmp_path, "child: {child_id: A}")
    before = read_cases(path).sha256
    assert read_cases(path).sha256 == before
    write(tmp_path, "child: {child_id: A} ")
    assert read_cases(path).sha256.total != before.total


def test_some_children_are_asked_for_by_reference(tmp_path: Path) -> None:
    for name in "ABC":
        write(tmp_path, f"child: {{child_id: {name}}}\nsdqs: []", f"{name}.yaml")
    source = read_cases(tmp_path)
    assert source.child_ids == ("A", "B", "C")
    assert [file.child_id for file in source.case_set(["C", "A", "Z"]).files] == ["A", "C"]


def test_reading_native_files_never_imports_polars(tmp_path: Path) -> None:
    write(tmp_path, CASE)
    code = (
        "import sys; from datetime import date; from pathlib import Path; from qaengine.cases import read_cases; "
        "read_cases(Path(sys.argv[1])).as_at(date(2019, 9, 30)).case_set(); "
        "sys.exit(any(name in sys.modules for name in ('polars', 'numpy', 'scipy')))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=False, env={**os.environ, "PYTHONPATH": "."}
    )
    assert ran.returncode == 0
