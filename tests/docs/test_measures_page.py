"""docs/measures.md: the measures on it are those of the rules, its example is one, and its commands run."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from qaengine.cli.main import cli
from qaengine.standards.measure_surface import ALWAYS, MAY
from qaengine.standards.measures import load_measure
from qaengine.workbench.pages import measures_page

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "measures.md").read_text(encoding="utf-8")


def test_the_measures_on_the_page_are_fresh() -> None:
    assert measures_page(PAGE, PROJECT / "rules") == PAGE, "run: make docs"


def test_the_example_on_the_page_is_a_measure() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert load_measure(example, "page").id == "proceedings-with-pre-proceedings"


def test_every_key_is_on_the_page() -> None:
    keys = set().union(*MAY.values()) | (ALWAYS - {"id", "title", "intent", "sources", "parameters", "examples"})
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()


@pytest.mark.parametrize("line", re.findall(r"^qaengine (.*)$", PAGE, re.MULTILINE))
def test_every_command_on_the_page_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sample_cases").symlink_to(PROJECT / "sample_cases")
    result = CliRunner().invoke(cli, shlex.split(line), standalone_mode=False)
    assert result.exception is None, result.exception
