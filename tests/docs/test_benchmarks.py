"""The benchmarks start and end, so that they do not rot. How fast anything is, is not tested here."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from qaengine.cases import read_cases
from qaengine.model.records import RECORD_TYPES

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _a_cache_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def run(script: str, *args: str, cwd: Path) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *args]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("script", ["speed.py", "engine.py", "bulk.py", "population.py", "reading.py"])
def test_each_script_has_help(script: str, tmp_path: Path) -> None:
    assert "usage" in run(script, "--help", cwd=tmp_path)


def test_the_page_names_every_script() -> None:
    page = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    scripts = [path for path in BENCHMARKS.glob("*.py") if "__name__ ==" in path.read_text(encoding="utf-8")]
    assert scripts
    assert all(f"## {path.name}\n" in page for path in scripts)


def test_the_sample_cases_are_timed(tmp_path: Path) -> None:
    shown = run("speed.py", "--only", "sample", "--runs", "1", cwd=tmp_path)
    assert "qaengine evaluate" in shown
    assert "imports" in shown
    assert not list(tmp_path.iterdir())


def test_made_up_children_are_timed(tmp_path: Path) -> None:
    shown = run("speed.py", "--only", "population", "--children", "20", "--runs", "1", cwd=tmp_path)
    assert "20 made-up children" in shown
    assert "only reading the same files" in shown
    assert "start-up is" in shown
    assert not list(tmp_path.iterdir())


def test_the_engines_count_the_same_and_so_does_the_hand(tmp_path: Path) -> None:
    shown = run("engine.py", "--sizes", "10", "--pairs", "1", "--no-crossing", cwd=tmp_path)
    assert shown.count("10 children: reference") == 2
    assert "by hand" in shown
    assert not list(tmp_path.iterdir())


def test_reading_is_timed(tmp_path: Path) -> None:
    returned = tmp_path / "return"
    returned.mkdir()
    (returned / "header.csv").write_text("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,01/01/2010,WBRI,,,\n")
    (returned / "episodes.csv").write_text("CHILD,DECOM,RNE,LS,PLACE,DEC,REC\n1,01/01/2018,S,C2,U4,,\n")
    census = tmp_path / "census.xml"
    child = "<ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers><CINdetails/>"
    census.write_text(f"<Message><Children><Child>{child}</Child></Children></Message>")
    asked = ["--return", str(returned), "--census", str(census), "--times", "2", "--pairs", "1", "--no-peer"]
    shown = run("reading.py", *asked, cwd=tmp_path)
    assert shown.count("qaengine read") == shown.count("qaengine evaluate") == 3


def test_a_repeated_return_is_read_as_so_many_more_children(tmp_path: Path) -> None:
    source = tmp_path / "return"
    source.mkdir()
    (source / "header.csv").write_text("CHILD,DOB,UPN\nA1,01/02/2009,\nA10,03/04/2010,U1\n", encoding="utf-8-sig")
    (source / "episodes.csv").write_text(
        "CHILD,DECOM,RNE,LS,PLACE,DEC,REC\nA1,01/02/2017,S,C2,U1,,\nA10,01/02/2017,S,C2,U1,01/03/2018,E4A\n"
    )
    shown = run("bulk.py", "--return", str(source), "--times", "3", "--runs", "1", cwd=tmp_path)
    assert "12 rows" in shown
    assert "6 children" in shown


@pytest.mark.parametrize("form", ["csv", "parquet", "yaml"])
def test_a_population_is_read_as_it_was_made(form: str, tmp_path: Path) -> None:
    shown = run("population.py", str(tmp_path / "made"), "--children", "40", "--format", form, cwd=tmp_path)
    source = read_cases(tmp_path / "made")
    rows = sum(len(rows) for file in source.case_set().files for rows in file.records.values())
    assert shown == f"40 children with {rows:,} records in {tmp_path / 'made'}\n"
    assert source.own_date == date(2019, 9, 30)


def test_the_same_seed_makes_the_same_population_and_another_does_not(tmp_path: Path) -> None:
    for name, seed in (("first", "7"), ("second", "7"), ("third", "8")):
        run("population.py", str(tmp_path / name), "--children", "12", "--seed", seed, "--format", "csv", cwd=tmp_path)
    made = {
        name: {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("first", "second", "third")
    }
    assert made["first"] == made["second"]
    assert made["first"] != made["third"]


def test_a_population_has_records_of_every_type(tmp_path: Path) -> None:
    run("population.py", str(tmp_path / "made"), "--children", "2000", cwd=tmp_path)
    files = read_cases(tmp_path / "made").case_set().files
    there = {name for file in files for name, rows in file.records.items() if rows}
    given = {name for name, record_type in RECORD_TYPES.items() if not record_type.worked_out}
    assert not given - there


def test_a_rules_log_is_counted(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text(
        "INFO:x:Validating rule 101...\nINFO:x:Error code 101 found 3 errors\nINFO:x:Error code 101 found 2 errors\n"
        "INFO:x:Validating rule SW10bSTG2...\nINFO:x:Error code SW10bSTG2 skipped due to missing tables\n"
        "INFO:x:Validating rule 231...\nERROR:x:Rule code 231 failed to run!\nINFO:x:Validating rule 4...\n"
    )
    code = "import sys, peer; from pathlib import Path; print(peer.rules_in(Path(sys.argv[1])))"
    shown = subprocess.run(
        [sys.executable, "-c", code, str(log)],
        env={**os.environ, "PYTHONPATH": str(BENCHMARKS)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert shown.startswith("4 rules started: 2 ran to the end (1 found something), 1 skipped")
    assert "1 crashed" in shown
