"""docs/write-a-standard.md, done as it says: its files are written, its commands run, and they say what it shows."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from qaengine.cli.main import run
from qaengine.model.problem import ExitCode

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "write-a-standard.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_the_tutorial_can_be_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("rules", "sample_cases", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    commands = 0
    for language, text in BLOCKS:
        if language == "yaml":
            _write(text)
        elif not language:
            commands += _follow(text, capsys)
    assert commands == 11


def _write(text: str) -> None:
    """A file, or lines added to one, as the comment at its head says."""
    head, _, body = text.partition("\n")
    name, _, added = head.removeprefix("# ").partition(", ")
    path = Path(name)
    path.write_text(path.read_text(encoding="utf-8") + body if added else text, encoding="utf-8")


def _follow(text: str, capsys: pytest.CaptureFixture[str]) -> int:
    """Run the commands of a block; the lines after each are to be in what it says."""
    parts = re.split(r"^(?=qaengine |cp )", text, flags=re.MULTILINE)
    for part in filter(None, parts):
        command, _, shown = part.partition("\n")
        words = shlex.split(command)
        if words[0] == "cp":
            shutil.copytree(words[2], words[3])
            continue
        code = run(words[1:])
        captured = capsys.readouterr()
        said = " ".join((captured.out + captured.err).split())
        is_wrong = ": no example" in shown or "did you mean" in shown
        assert code == (ExitCode.STANDARDS if is_wrong else ExitCode.DONE), said[-800:]
        for line in shown.splitlines():
            assert " ".join(line.split()) in said, f"{command}\n{line}\n{said[-1500:]}"
    return len([part for part in parts if part and not part.startswith("cp ")])
