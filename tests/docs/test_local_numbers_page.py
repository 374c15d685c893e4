"""docs/local-numbers.md is run: its files are read, its commands do what it says, and what they say is on the page."""

import re
import shlex
from pathlib import Path

import pytest

from qaengine.cli.due import HEADS
from qaengine.cli.main import run
from qaengine.evaluate.target import Track

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "local-numbers.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
FILES = {re.findall(r"\A# (\S+)\n", text)[0]: text for language, text in BLOCKS if language == "yaml"}
COMMANDS = [
    line for language, text in BLOCKS if not language for line in text.splitlines() if line.startswith("qaengine ")
]
SAID = [
    line for language, text in BLOCKS if not language for line in text.splitlines() if not line.startswith("qaengine ")
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's rules and sample cases, with the files of the page beside them."""
    for name in ("rules", "sample_cases"):
        (tmp_path / name).symlink_to(ROOT / name)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _counted(text: str) -> str:
    """The words without how many met it of how many: that changes as the sample cases grow."""
    return re.sub(r"met \d+ of \d+", "met n of n", " ".join(text.split()))


def test_every_command_runs_and_what_is_on_the_page_is_what_they_say(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(COMMANDS) == 9
    assert [command for command in COMMANDS if run(shlex.split(command)[1:]) != 0] == []
    shown = _counted(capsys.readouterr().out)
    assert [line for line in SAID if _counted(line) not in shown] == []
    assert (folder / "due.csv").exists()


def test_the_lists_on_the_page_are_those_of_the_code() -> None:
    assert [track for track in Track if track is not Track.NOTHING and f"| {track} |" not in PAGE] == []
    assert [head for head in HEADS if f"`{head}`" not in PAGE] == []
