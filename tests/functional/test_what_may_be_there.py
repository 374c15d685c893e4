"""What a format does not have of a type that it has: nothing is not met for want of it."""

from pathlib import Path

import pytest

from qaengine.cases.joining import join
from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.cases.tables import case_set_of
from tests.same_child.comparing import compared, decided_otherwise
from tests.same_child.evaluating import found
from tests.same_child.parts import without_column

CARE = "cla-review-on-time"


def beside(source: Source, child_id: str, name: str) -> list[str]:
    """The ids of the records of a child that only may be there."""
    (file,) = case_set_of(source.to_evaluate, [child_id]).files
    return [row.id for row in file.records[name] if "-earlier-" in row.id]


def test_a_return_has_the_reviews_of_its_year_alone(tmp_path: Path) -> None:
    """Of who came into care in the year all are there; of who was in care before, or whose first episode only goes on
    with care, there may be others."""
    for name, text in {
        "header.csv": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
        + "".join(f"C{n},1,01/01/2010,WBRI,UN1,,\n" for n in range(1, 5)),
        "episodes.csv": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"
        "C1,01/04/2018,S,C2,N1,U4,PR1,,\n"
        "C2,31/03/2018,S,C2,N1,U4,PR1,,\n"
        "C3,03/09/2018,P,C2,N1,U4,PR1,,\n"
        "C4,03/09/2018,,C2,N1,U4,PR1,31/03/2019,E4A\n",
        "reviews.csv": "CHILD,DOB,REVIEW,REVIEW_CODE\nC1,01/01/2010,20/04/2018,PN1\nC2,01/01/2010,20/04/2018,PN1\n",
    }.items():
        (tmp_path / name).write_text(text)
    source = read_cases(tmp_path)
    got = {child_id: beside(source, child_id, "reviews") for child_id in source.child_ids}
    assert got == {"C1": [], "C2": ["reviews-earlier-cla"], "C3": ["reviews-earlier-cla"], "C4": []}


def test_plans_of_care_are_not_missing_because_a_census_has_none() -> None:
    """The return says who is in care; the census has plans, and none of them can be a care plan."""
    both = join([compared("SSDA903 CSV").source, compared("CIN census").source])
    assert "cin:plans-earlier-care" in beside(both, "CH-1005", "plans")
    assert found(both)["CH-1005", CARE].checks["care-plan-in-force"][0].value == "cannot_decide"


def test_of_whom_another_source_does_not_speak_there_may_still_be_other_visits() -> None:
    """Of CH-1005 the return has the reviews of a year alone, and nothing else speaks of them; of a type that the other
    source has whole, for the child and of the kind, all are there."""
    one, other = compared("SSDA903 CSV").source, compared("SSD CSV").source
    assert beside(join([one, compared("CIN census").source]), "CH-1005", "reviews") == [
        "903:reviews-earlier-cla",
        "cin:reviews-earlier-cla",
    ]
    assert beside(join([one, other]), "CH-1005", "reviews") == ["ssd:reviews-earlier-pathway"]


def test_a_check_that_took_place_was_not_refused() -> None:
    (file,) = case_set_of(compared("SSD CSV").source.tables(), ["CH-1005"]).files
    assert [row.values["refused"] for row in file.records["health_checks"]] == [None] * 4


@pytest.mark.parametrize(
    ("name", "table", "heading"),
    [
        ("annex a", "List 8", "Date Ceased to be Looked After"),
        ("annex a", "List 8", "Date of Last Health Assessment"),
        ("ssd", "ssd_s47_enquiry", "s47e_s47_enquiry_id"),
        ("ssd", "ssd_pre_proceedings", "prep_pre_pro_letter_date"),
    ],
)
def test_a_column_that_is_not_there_is_not_carried(name: str, table: str, heading: str, tmp_path: Path) -> None:
    assert list(decided_otherwise(found(read_cases(without_column(name, table, heading, tmp_path))))) == []
