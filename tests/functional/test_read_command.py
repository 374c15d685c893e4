"""`qaengine read`: what it says of a source, what it writes, and whether what it says can be decided is true."""

from datetime import date
from pathlib import Path

import pytest

from qaengine.cases.council import read_council
from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.cli.main import run
from qaengine.evaluate.counting import count
from qaengine.evaluate.decidable import Can, decidable
from qaengine.evaluate.needed import needed_fields
from qaengine.evaluate.stages import Stages
from qaengine.model.result import Result
from qaengine.standards.loader import load_standards
from tests.sample_data import DATA
from tests.ssd_tables import write_csv

ROOT = Path(__file__).resolve().parents[2]
STANDARDS = load_standards(ROOT / "rules", examples=False)
RETURN = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nC1,1,03/05/2010,WBRI,A1,,\n",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,URN\nC1,01/02/2016,S,C2,N1,U4,PR1,,,1\n"
    "C1,31/02/2016,S,ZZ,N1,U4,PR1,,,1\nC9,01/02/2016,S,C2,N1,U4,PR1,,,1\n",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTD\nC1,03/05/2010,12,,0\n",
}


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    folder = tmp_path / "return"
    folder.mkdir()
    for name, text in RETURN.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


def test_it_says_what_was_taken_what_was_left_and_why(returned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(returned)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"{returned}: an SSDA903 return. 1 child, for 31 March 2016.\n")
    assert "episodes.csv 3 2 1 the table episodes; 1 rows left of children who are not in" in " ".join(shown.split())
    assert "Records: 2 episodes, 1 sdqs." in shown
    assert "oc2.csv: column 5: a heading that is not known is left; found CONVICTD" in shown
    assert (
        "episodes.csv:3:2: DECOM cannot be read and is left blank; found 31/02/2016; expected a date between" in shown
    )
    assert "episodes.csv:3:4: LS cannot be read and is left blank; found ZZ; expected one of C1, C2" in shown


def test_it_says_what_each_standard_can_decide_and_what_is_missing(
    returned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(returned)]) == 0
    shown = capsys.readouterr().out
    lines = {line.split("  ")[0]: " ".join(line.split()) for line in shown.splitlines()}
    assert lines["smart-plan"] == "smart-plan cannot be decided: whom 0 of 7 plans; plan_actions"
    assert "can be decided in part" in lines["sdq-annual-update"]


def test_what_it_writes_is_read_again_and_gives_the_same_findings(returned: Path, tmp_path: Path) -> None:
    for form in ("csv", "parquet"):
        out = tmp_path / form
        assert run(["read", str(returned), "--out", str(out), "--form", form]) == 0
        before, after = read_cases(returned), read_cases(out)
        assert after.case_set().files == before.case_set().files
        assert after.own_date == before.own_date


def test_a_folder_with_something_in_it_is_never_written_into(
    returned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(returned), "--out", str(returned)]) == 2
    assert "tables are written into a new or empty folder" in capsys.readouterr().err


def test_joined_sources_are_written_as_one(returned: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "C1.yaml").write_text("child: {child_id: C1, team: North}\nplan_actions: [{id: A1, text: Call}]\n")
    assert run(["read", str(returned), "--with", str(more), "--out", str(tmp_path / "out")]) == 0
    (file,) = read_cases(tmp_path / "out").case_set().files
    assert (file.records["plan_actions"][0].id, file.child.values["team"]) == ("native:A1", "North")


def sources() -> list[tuple[str, str, str]]:
    """What is evaluated to hold what is said to what is so: a name, a path, and a date."""
    found = [("native", str(ROOT / "sample_cases"), "2019-09-30"), ("ssd", "", "2019-06-30")]
    shared = [
        ("903", "ssda903_be903", "2018-03-31"),
        ("903 xml", "ssda903_be903/fake_903.xml", "2018-03-31"),
        ("cin", "cin_generated/CIN_output_500.xml", "2024-03-31"),
        ("annex a", "annex_a/liia_Annex_A.xlsx", "2021-03-10"),
        ("api", "dfe_api", "2023-03-31"),
    ]
    return found + [(name, str(DATA / path), day) for name, path, day in shared if (DATA / path).exists()]


@pytest.mark.parametrize(("name", "path", "day"), sources(), ids=[name for name, _, _ in sources()])
def test_what_is_decided_was_said_to_be_decidable(name: str, path: str, day: str, tmp_path: Path) -> None:
    source = read_cases(Path(path) if path else write_csv(tmp_path / "ssd"))
    as_at = date.fromisoformat(day)
    can = {one.standard.id: one for one in decidable(STANDARDS, source.may_carry)}
    for summary in count(*_cut(source, as_at), as_at, "auto"):
        one = can[summary.standard.id]
        for check in one.checks:
            decided = sum(summary.checks[check.check.id][result] for result in (Result.MET, Result.NOT_MET))
            assert check.decides or not decided, f"{summary.standard.id} {check.check.id}"
        if one.can is Can.POPULATION:
            assert not summary.as_recorded[Result.MET] + summary.as_recorded[Result.NOT_MET]


def _cut(source: Source, as_at: date) -> tuple[Stages, Source]:
    stages = Stages.of(standard for standard in STANDARDS if standard.in_force(as_at))
    council = read_council(ROOT / "rules")
    return stages, source.as_at(as_at, needed_fields(stages.all, source.may_carry), council)
