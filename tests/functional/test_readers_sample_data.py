"""Every file of the public sample data that nobody here wrote: read or refused in words, and every row accounted for.

The rows are counted a second way, with other libraries than those that read them.
"""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.cli.main import run
from qaengine.model.problem import InputError
from tests.sample_data import DATA, needs_sample_data

pytestmark = needs_sample_data
CENSUSES = {
    "cin/fake_CIN_data.xml": (332, 402, date(2022, 7, 21)),
    "cin/CIN_Census_2021.xml": (1, 1, date(2023, 3, 31)),
    "cin/CIN_Census_2024.xml": (2, 2, date(2024, 3, 31)),
    "cin/CIN2rows.xml": (1, 1, date(2024, 3, 31)),
    "cin_generated/CIN_output_500.xml": (500, 603, None),
}
REFUSED = (".xsd", ".yml", ".md")
"""What is no data of children: a schema, the specification of the SSD, the README."""

ROWS_OF_THE_CENSUS = (
    "Child",
    "CINdetails",
    "Assessments",
    "CINPlanDates",
    "Section47",
    "ChildProtectionPlans",
    "CPPreviewDate",
)


def heights(source: Source) -> dict[str, int]:
    return {name: frame.height for name, frame in source.tables().frames.items()}


def told(source: Source) -> dict[str, int]:
    """How many rows the notes speak of, by what they are about."""
    return {note.about: note.taken + note.left for note in source.notes}


@pytest.mark.parametrize("path", sorted(path for path in DATA.rglob("*") if path.is_file()), ids=lambda path: path.name)
def test_every_file_is_read_or_refused_in_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["read", str(path)])
    shown = capsys.readouterr()
    assert code in (0, 4)
    assert "Traceback" not in shown.err
    assert (code == 0) == ("Records:" in shown.out)
    if code == 4:
        assert path.name in shown.err
        assert path.suffix in REFUSED or path.name in ("fake_sen.xlsx", "ssd_columns.csv", "ssd_ddl_reference_all.csv")


@pytest.mark.parametrize("path", sorted(path for path in DATA.rglob("*") if path.is_dir()), ids=lambda path: path.name)
def test_every_folder_is_read_or_refused_in_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(path)]) in (0, 4)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(("name", "expected"), CENSUSES.items(), ids=lambda value: str(value)[-30:])
def test_every_element_of_a_census_is_taken_or_left(name: str, expected: tuple[int, int, date | None]) -> None:
    source = read_cases(DATA / name)
    counts = Counter(element.tag for element in ElementTree.parse(DATA / name).iter())
    rows = {about.rpartition(", ")[2]: n for about, n in told(source).items()}
    assert {tag: rows.get(tag, 0) for tag in ROWS_OF_THE_CENSUS} == {tag: counts[tag] for tag in ROWS_OF_THE_CENSUS}
    assert (heights(source)["child"], heights(source)["referrals"], source.own_date) == expected


def test_the_generated_census_has_the_counts_of_its_readme() -> None:
    found = heights(read_cases(DATA / "cin_generated/CIN_output_500.xml"))
    assert (found["child"], found["assessments"], found["section47s"]) == (500, 675, 305)
    assert found["plans"] == 490 + 250


def test_a_return_in_xml_says_what_it_says_in_csv() -> None:
    """The XML has 253 of the children of another year's return: every element of it, counted a second way."""
    path = DATA / "ssda903_be903" / "fake_903.xml"
    source = read_cases(path)
    counts = Counter(element.tag for element in ElementTree.parse(path).iter())
    assert heights(source) == {
        "child": counts["CHILD"],
        "episodes": counts["EPISODE"],
        "reviews": counts["AREVIEW"],
        "sdqs": counts["OC2"],
        "missing_episodes": counts["AMISSING"],
        "adoption_placements": counts["AD_PLACED"],
    }
    assert counts["CHILD"] == 253
    assert sum(note.unread_count for note in source.notes) == 0


@pytest.mark.parametrize("path", sorted(DATA.glob("annex_a/*.xlsx")), ids=lambda path: path.name)
def test_every_row_of_a_workbook_is_taken_or_left(path: Path) -> None:
    if path.name == "fake_sen.xlsx":  # of another inspection: its references have no digits in them
        with pytest.raises(InputError, match="not a list of children"):
            read_cases(path)
        return
    source = read_cases(path)
    for sheet in openpyxl.load_workbook(path, data_only=True):
        rows = sum(any(cell not in (None, "") for cell in row) for row in sheet.iter_rows(values_only=True))
        about = f"{path.name}, sheet {sheet.title}"
        is_list = any(
            note.says.startswith(("the table List", "left: List")) for note in source.notes if note.about == about
        )
        title = (
            is_list and sheet["A1"].value != "Child Unique ID" and sheet["A1"].value != "Individual adopter identifier"
        )
        assert told(source)[about] == rows - is_list - title  # but for the headings, and a title above them


def test_the_payloads_of_the_api_are_read_whole() -> None:
    source = read_cases(DATA / "dfe_api")
    payloads = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("dfe_api/*.json"))]
    episodes = [episode for payload in payloads for episode in payload["social_care_episodes"]]
    found = heights(source)
    assert found["child"] == len(payloads) == 3
    assert found["referrals"] == len(episodes)
    assert found["assessments"] == sum(len(episode.get("child_and_family_assessments", [])) for episode in episodes)
    placements = [one for episode in episodes for one in episode.get("child_looked_after_placements", [])]
    assert found["episodes"] == len(placements)


def test_no_name_address_or_number_of_anybody_is_kept() -> None:
    """Every cell of the sample under a heading that names somebody is looked for in all that was read."""
    secret: set[str] = set()
    for path in DATA.glob("ssda903_be903/*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                secret |= {row.get(name, "") for name in ("UPN", "HOME_POST", "PL_POST", "MOTHER")}
    for path in sorted(DATA.glob("annex_a/*.xlsx")):
        for sheet in openpyxl.load_workbook(path, data_only=True):
            headings = [str(cell.value).strip() for cell in sheet[1]]
            for place, heading in enumerate(headings):
                if heading in ("Allocated Worker", "Placement postcode"):
                    secret |= {str(row[place]) for row in sheet.iter_rows(min_row=2, values_only=True) if row[place]}
    secret = {each for each in secret if len(each) > 4}
    assert len(secret) > 5_000
    sources = [read_cases(DATA / "ssda903_be903"), read_cases(DATA / "annex_a/liia_Annex_A.xlsx")]
    kept = {
        str(value)
        for source in sources
        for frame in source.tables().frames.values()
        for column in frame.get_columns()
        for value in column.unique().drop_nulls().to_list()
    }
    said = "\n".join(f"{note} {note.unread} {note.headings}" for source in sources for note in source.notes)
    assert not kept & secret
    assert not [each for each in secret if f"found {each};" in said]
