"""The pages say what is so: their links lead somewhere, and their tables are those of the code."""

import re
from pathlib import Path

import pytest

from qaengine import __version__
from qaengine.cli.main import COMMANDS, run
from qaengine.evaluate.contract import COLUMNS, VERSION
from qaengine.model.problem import ExitCode
from qaengine.model.result import Result
from qaengine.standards.conditions import _COMPARISONS
from qaengine.standards.surface import KIND_KEYS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


def test_the_readme_names_every_command() -> None:
    named = set(re.findall(r"^qaengine (\w+)", text("README.md"), re.MULTILINE))
    assert named == set(COMMANDS)


def test_the_options_of_the_readme_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    for line in re.findall(r"^qaengine .*", text("README.md"), re.MULTILINE):
        run([line.split()[1], "--help"])
        shown = capsys.readouterr().out
        assert [option for option in re.findall(r"--[a-z-]+", line.partition("#")[0]) if option not in shown] == []


def test_the_exit_codes_of_the_readme_are_those_of_the_code() -> None:
    table = text("README.md").partition("## Exit codes")[2].partition("##")[0]
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert codes == {int(code) for code in ExitCode} - {ExitCode.REGISTER}


def test_the_contract_of_findings_has_every_key_in_order() -> None:
    page = text("docs/findings.md")
    rows = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", page, re.MULTILINE)
    keys = [key for row in rows for key in re.findall(r"`([a-z_]+)`", row)]
    assert keys == [*COLUMNS[: COLUMNS.index("result")], *keys[keys.index("result") :]]
    assert set(keys) == set(COLUMNS)
    assert f"version {VERSION}" in page
    assert all(f"`{result}`" in page for result in Result)


def test_the_language_page_has_every_kind_and_every_test() -> None:
    page = text("docs/standards-language.md")
    assert [key for key in KIND_KEYS if f"`{key}" not in page] == []
    tests = {word for words in _COMPARISONS.values() for word in words}
    assert sorted(word for word in tests if f"`{word}" not in page) == []


def test_the_changelog_has_this_version() -> None:
    assert f"## {__version__}" in text("CHANGELOG.md")


def test_the_glossary_has_every_result() -> None:
    page = text("docs/glossary.md").casefold()
    assert [result for result in Result if result.value.replace("_", " ") not in page] == []
