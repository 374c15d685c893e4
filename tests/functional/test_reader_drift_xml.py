"""What mutations found in returns in XML: elements misnamed, misplaced or blank, and never without a word."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.model.problem import InputError

HEADER = "<HEADER><CHILDID>12</CHILDID><DOB>03/05/2010</DOB></HEADER>"
EPISODE = "<EPISODE><DECOM>15/02/2018</DECOM><RNE>S</RNE><LS>C2</LS></EPISODE>"
ABOUT = "<ChildIdentifiers><LAchildID>5</LAchildID><PersonBirthDate>2010-05-01</PersonBirthDate></ChildIdentifiers>"


def read(folder: Path, text: str) -> Source:
    path = folder / "return.xml"
    path.write_text(text, encoding="utf-8")
    return read_cases(path)


def ssda903(folder: Path, inside: str) -> Source:
    return read(folder, f"<EXPSSDA903>\n<CHILD>{HEADER}\n{inside}</CHILD>\n</EXPSSDA903>")


def census(folder: Path, details: str, more: str = "") -> Source:
    child = (
        f"<Child>{ABOUT}\n{more}<CINdetails><CINreferralDate>2018-12-15</CINreferralDate>{details}</CINdetails></Child>"
    )
    return read(folder, f"<Message><Header/><Children>\n{child}\n</Children></Message>")


def said(source: Source) -> str:
    return "\n".join(f"{note} {[str(one) for one in (*note.headings, *note.unread)]}" for note in source.notes)


def values(source: Source, name: str, field: str) -> list[Any]:
    (file,) = source.case_set().files
    return [row.values.get(field, "not carried") for row in file.records.get(name, ())]


def refused(folder: Path, text: str) -> str:
    with pytest.raises(InputError) as raised:
        read(folder, text)
    return str(raised.value)


def test_a_misnamed_element_of_a_return_is_refused(tmp_path: Path) -> None:
    text = f"<EXPSSDA903>\n<CHILD>{HEADER}{EPISODE.replace('EPISODE', 'EPISOD')}</CHILD>\n</EXPSSDA903>"
    assert refused(tmp_path, text) == (
        "return.xml:2: an element that is not known, so that what it holds would be missing; found EPISOD; "
        "did you mean EPISODE?"
    )


def test_a_misnamed_child_is_refused(tmp_path: Path) -> None:
    child = f"<CHILD>{HEADER}</CHILD>\n"
    message = refused(tmp_path, f"<EXPSSDA903>\n{child}<CHILD1>{HEADER}</CHILD1>\n</EXPSSDA903>")
    assert (
        "return.xml:3: an element that holds what a child holds, and is none; found CHILD1; expected CHILD" in message
    )
    child = f"<Child>{ABOUT}</Child>\n"
    text = f"<Message><Children>\n{child}<Person>{ABOUT}<CINdetails/></Person></Children></Message>"
    assert "found Person; expected Child" in refused(tmp_path, text)


def test_a_misnamed_date_of_birth_is_said_and_not_carried(tmp_path: Path) -> None:
    text = f"<EXPSSDA903><CHILD>{HEADER.replace('DOB', 'ODB')}{EPISODE}</CHILD></EXPSSDA903>"
    source = read(tmp_path, text)
    assert "born" not in source.case_set().files[0].child.values
    assert "a heading that is not known is left; found ODB; did you mean DOB?" in said(source)


def test_text_where_elements_should_stand_is_said(tmp_path: Path) -> None:
    source = ssda903(tmp_path, EPISODE + "\n<EPISODE>see file</EPISODE>")
    assert len(values(source, "episodes", "started")) == 1
    assert "return.xml:4: EPISODE holds text and no elements, and is left; found see file" in said(source)
    source = census(tmp_path, "\n<Section47>see file</Section47>")
    assert "return.xml:4: Section47 holds text and no elements, and is left; found see file" in said(source)


def test_elements_where_a_value_should_stand_are_said(tmp_path: Path) -> None:
    source = ssda903(tmp_path, EPISODE.replace("15/02/2018", "<Value>15/02/2018</Value>"))
    assert values(source, "episodes", "started") == [None]
    assert "return.xml:3: DECOM holds elements where a value should stand, and is left blank" in said(source)


def test_blank_elements_make_no_records(tmp_path: Path) -> None:
    review = "<Reviews><CPPreviewDate/></Reviews>"
    plan = f"<ChildProtectionPlans><CPPstartDate>2018-12-20</CPPstartDate>{review}</ChildProtectionPlans>"
    source = census(tmp_path, plan, more="<CINdetails/>")
    assert values(source, "reviews", "held") == []
    assert values(source, "referrals", "received") == [date(2018, 12, 15)]


def test_a_list_of_codes_with_one_misnamed_is_refused_and_with_a_strange_one_is_blank(tmp_path: Path) -> None:
    assessment = (
        "<Assessments><AssessmentActualStartDate>2018-12-17</AssessmentActualStartDate><FactorsIdentifiedAtAssessment>"
        "<AssessmentFactors>1A</AssessmentFactors><{0}>16A</{0}></FactorsIdentifiedAtAssessment></Assessments>"
    )
    with pytest.raises(InputError, match="found AssessmentFactor; did you mean AssessmentFactors"):
        census(tmp_path, assessment.format("AssessmentFactor"))
    source = census(tmp_path, assessment.format("Item"))
    assert values(source, "assessments", "factors") == [None]
    assert "return.xml, Item: left: an element that is not known" in said(source)
    nested = assessment.format("AssessmentFactors").replace("16A", "<Value>16A</Value>")
    assert values(census(tmp_path, nested), "assessments", "factors") == [None]


def test_an_element_of_any_name_that_holds_a_known_one_is_refused(tmp_path: Path) -> None:
    enquiry = "<Section47><S47ActualStartDate>2018-12-19</S47ActualStartDate></Section47>"
    text = f"<Message><Children><Child>{ABOUT}\n<CINdetails/><Item>{enquiry}</Item></Child></Children></Message>"
    message = "return.xml:2: an element that is not known, so that what it holds would be missing; found Item"
    assert refused(tmp_path, text) == message


def test_no_disability_among_strange_elements_says_nothing(tmp_path: Path) -> None:
    inside = "<Disabilities><Disability>NONE</Disability><Item>AUT</Item></Disabilities>"
    source = census(tmp_path, "", more=f"<ChildCharacteristics>{inside}</ChildCharacteristics>")
    assert source.case_set().files[0].child.values["disabled"] is None


def test_one_conference_written_in_two_ways_is_one(tmp_path: Path) -> None:
    inside = (
        "<DateOfInitialCPC>2019-01-15T00:00:00</DateOfInitialCPC><Section47><S47ActualStartDate>2018-12-19"
        "</S47ActualStartDate><DateOfInitialCPC>2019-01-15</DateOfInitialCPC></Section47>"
    )
    assert values(census(tmp_path, inside), "conferences", "held") == [date(2019, 1, 15)]
