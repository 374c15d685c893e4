"""docs/reading.md: what is made is fresh, the mapping on the page is read, and its commands have their options."""

import re
from datetime import date
from pathlib import Path

import pytest

from qaengine.cases.formats.page import with_formats
from qaengine.cases.reading import read_cases
from qaengine.cli.main import run

PAGE = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")


def test_the_formats_on_the_page_are_fresh() -> None:
    assert with_formats(PAGE) == PAGE, "run: make docs"


def test_the_mapping_on_the_page_is_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "caseload.mapping.yaml").write_text(
        example.replace("sheet: Cases\n", "").replace("#  ", "  "), encoding="utf-8"
    )
    headings = "Child Ref,DOB,Team,Assessment Start,Assesment Authorised Date,Last CP visit,Outcome,Name,Comments"
    row = "C1,03/05/2010,North,01/02/2019,01/03/2019,25/07/2019,No reply,Ann Other,none"
    (tmp_path / "caseload.csv").write_text(f"Caseload\n\n{headings}\n{row}\n", encoding="utf-8")
    source = read_cases(tmp_path / "caseload.csv")
    assert source.tables().frames["visits"].height == 1  # what is evaluated has one more, which may be there
    (file,) = source.as_at(date(2019, 7, 31), set()).case_set().files
    assert file.child.values["born"] == date(2010, 5, 3)
    assert file.records["assessments"][0].values["authorised"] == date(2019, 3, 1)
    earlier, last = sorted(file.records["visits"], key=lambda row: "held" in row.values)
    assert (last.values["held"], last.values["seen"], last.values["kind"]) == (date(2019, 7, 25), False, "cp")
    assert (earlier.id, earlier.values["no_later_than"]) == ("visits-earlier-cp", date(2019, 7, 25))
    assert "Ann Other" not in repr(file)


@pytest.mark.parametrize("line", re.findall(r"^qaengine [^#\n]*", PAGE, re.MULTILINE))
def test_the_commands_on_the_page_have_their_options(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([line.split()[1], "--help"]) == 0
    shown = capsys.readouterr().out
    assert [option for option in re.findall(r"--[a-z-]+", line) if option not in shown] == []
