"""What the mutations of files found: each a small file that was once misread, lost without a word, or ended badly."""

from datetime import date
from pathlib import Path

import pytest

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
    with pytest.raises(InputError, match=r"child\.csv:1: not readable as CSV"):
        read_cases(tmp_path)


def test_without_episodes_an_sdq_carries_no_year(tmp_path: Path) -> None:
    source = read(tmp_path, header__csv=HEADER, oc2__csv=OC2)
    (sdq,) = source.case_set().files[0].records["sdqs"]
    assert sdq.values["score"] == 17
    assert "year_ended" not in sdq.values
