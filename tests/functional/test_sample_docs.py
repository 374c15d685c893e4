"""docs/sampling.md is run, so that what it tells people to do keeps working."""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from qaengine.sample import Count, Frame, FrameChild, Tally, draw, plan_size, rate
from qaengine.sample.tickets import digest

PAGE = (Path(__file__).parents[2] / "docs" / "sampling.md").read_text(encoding="utf-8")
FRAME = Frame(date(2019, 9, 30), [FrameChild(f"CH-{i:04}", {"team": "Nørth"}) for i in range(400, 430)])


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def run(folder: Path, *command: str) -> str:
    (folder / "frame.txt").write_text(FRAME.text(), encoding="utf-8", newline="\n")
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def test_the_python_recipe_replays_a_draw(tmp_path: Path) -> None:
    (recipe,) = blocks("python")
    drawn = draw(FRAME, seed="2019-Q3", size=Count(4), excluded={"CH-0405": "closed", "CH-0411": "closed"})
    printed = run(tmp_path, sys.executable, "-c", recipe)
    assert printed.strip() == str([child.child_id for child in drawn.children])
    assert len([line for line in recipe.splitlines() if line]) == 6


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="this machine has no sha256sum")
def test_the_sha256sum_recipes_give_the_frames_hash_and_a_childs_ticket(tmp_path: Path) -> None:
    frame, ticket = blocks("sh")
    assert run(tmp_path, "sh", "-c", frame).split()[0] == FRAME.sha256()
    assert run(tmp_path, "sh", "-c", ticket).split()[0] == digest("2019-Q3", "CH-0412")


def test_the_figures_on_the_page_are_the_engines() -> None:
    found = rate([Tally(318, 19, 8, 3)])
    few = rate([Tally(318, 3, 1)])
    said = " ".join(PAGE.split())
    for sentence in (found.decided_sentence(), found.whole_sentence(), few.decided_sentence().rstrip(".")):
        assert sentence in said
    plan = plan_size(318, 0.1, 0.87)
    assert f"{plan.size} files show at least one with 87 % chance" in said
    assert int(plan.chance * 100) == 87
