"""Several sources joined on the child: one case file a child, with each record's origin in its id."""

from datetime import date
from pathlib import Path

import pytest

from qaengine.cases.given import Given, read_given
from qaengine.cases.joining import NOBODY_IN_COMMON
from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.cli.main import run
from qaengine.model.problem import InputError

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection><ReferenceDate>2019-03-31</ReferenceDate>
</CollectionDetails></Header><Children><Child><ChildIdentifiers><LAchildID>C1</LAchildID>
<PersonBirthDate>{born}</PersonBirthDate></ChildIdentifiers><CINdetails><CINreferralDate>2018-05-01</CINreferralDate>
<ReferralNFA>false</ReferralNFA><Assessments><AssessmentActualStartDate>2018-05-02</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2018-06-01</AssessmentAuthorisationDate></Assessments><ChildProtectionPlans>
<CPPstartDate>2018-07-02</CPPstartDate></ChildProtectionPlans></CINdetails></Child></Children></Message>"""


def a_return(folder: Path) -> Path:
    folder.mkdir()
    (folder / "header.csv").write_text(HEADER + "C1,1,03/05/2010,WBRI,A1,,\nC2,1,03/05/2011,WBRI,A2,,\n")
    (folder / "episodes.csv").write_text(
        EPISODES + "C2,01/02/2018,S,C2,N1,U4,PR1,,,,,,\nC1,01/02/2019,S,V2,N1,U4,PR1,,,,,,\n"
    )
    (folder / "reviews.csv").write_text(REVIEWS + "C2,03/05/2011,01/03/2018,PN1\n")
    return folder


def a_census(folder: Path, born: str = "2010-05-03") -> Path:
    path = folder / "census.xml"
    path.write_text(CENSUS.format(born=born))
    return path


def native(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "C1.yaml").write_text(text)
    return folder


def joined(*paths: Path) -> Source:
    first, *others = map(str, paths)
    return read_given(Given(first, tuple(others)))


def notes(source: Source) -> str:
    return "\n".join(f"{note} {[str(problem) for problem in note.unread]}" for note in source.notes)


def test_a_return_a_census_and_a_folder_of_plan_actions_give_one_case_file_a_child(tmp_path: Path) -> None:
    actions = "child: {child_id: C1, team: North}\nplan_actions: [{id: A1, text: Visit weekly, set_on: 2018-07-03}]\n"
    source = joined(a_census(tmp_path), a_return(tmp_path / "return"), native(tmp_path / "actions", actions))
    first, second = source.case_set().files
    assert (first.child_id, second.child_id) == ("C1", "C2")
    assert {name: [row.id for row in rows] for name, rows in first.records.items()} == {
        "referrals": ["cin:referrals-001"],
        "assessments": ["cin:assessments-001"],
        "plans": ["cin:plans-001"],
        "plan_actions": ["native:A1"],
        "reviews": [],
        "episodes": ["903:episodes-001"],
    }
    assert first.records["assessments"][0].values["referral"] == "cin:referrals-001"  # links go with the ids
    assert (first.child.values["born"], first.child.values["team"]) == (date(2010, 5, 3), "North")
    assert source.own_date == date(2019, 3, 31)
    # of the second child the census and the folder say nothing: that is not carried, and not "there is none"
    assert set(second.records) == {"reviews", "episodes"}
    assert "team" not in second.child.values
    assert source.what == "a CIN census (cin) with an SSDA903 return (903) with native case files (native)"
    assert {"cin/census.xml", "903/header.csv", "native/C1.yaml"} <= set(source.sha256.files)


def test_what_two_sources_say_differently_of_the_child_is_left_blank(tmp_path: Path) -> None:
    source = joined(a_census(tmp_path, born="2010-05-04"), a_return(tmp_path / "return"))
    assert source.case_set().files[0].child.values["born"] is None
    assert "C1: born of the child is said differently, and is left blank; found 2010-05-03 and 2010-05-04" in notes(
        source
    )


def test_of_what_else_they_say_of_the_child_the_first_source_is_taken_and_it_is_said(tmp_path: Path) -> None:
    one, other = (f"child: {{child_id: C1, team: {team}}}\n" for team in ("South", "North"))
    source = joined(native(tmp_path / "one", one), native(tmp_path / "other", other))
    assert source.case_set().files[0].child.values["team"] == "South"
    assert "C1: team of the child is said differently, and the first is taken; found South and North" in notes(source)


def test_a_record_that_two_sources_have_is_one_and_is_filled_from_both(tmp_path: Path) -> None:
    more = """child: {child_id: C1}
assessments:
  - {id: X1, started: 2018-05-02, kind: child_and_family, child_seen: yes}
  - {id: X2, started: 2018-09-09, kind: child_and_family}
documents:
  - {id: D1, about: X1, filed: 2018-06-02}
"""
    source = joined(a_census(tmp_path), native(tmp_path / "more", more))
    (file,) = source.case_set().files
    first, second = file.records["assessments"]
    assert (first.id, second.id) == ("cin:assessments-001", "native:X2")
    assert (first.values["child_seen"], first.values["authorised"]) == (True, date(2018, 6, 1))
    assert "authorised" not in second.values  # the folder does not carry it
    assert file.records["documents"][0].values["about"] == "cin:assessments-001"  # a link follows the record
    assert "assessments of native: 1 are in an earlier source too, and are one record with it" in notes(source)


def test_records_that_differ_both_stay(tmp_path: Path) -> None:
    assessment = "{id: X1, started: 2018-05-02, kind: child_and_family, authorised: 2018-06-05}"
    other = f"child: {{child_id: C1}}\nassessments: [{assessment}]\n"
    source = joined(a_census(tmp_path), native(tmp_path / "other", other))
    rows = source.case_set().files[0].records["assessments"]
    assert [row.values["authorised"] for row in rows] == [date(2018, 6, 1), date(2018, 6, 5)]


def test_a_part_may_name_a_whole_of_another_source_and_is_kept_where_it_names_none(tmp_path: Path) -> None:
    actions = """child: {child_id: C1}
plan_actions:
  - {id: A1, plan: plans-001, text: Visit weekly, set_on: 2018-07-03}
  - {id: A2, plan: P99, text: See the GP, set_on: 2018-07-03}
"""
    source = joined(a_census(tmp_path), native(tmp_path / "actions", actions))
    first, second = source.case_set().files[0].records["plan_actions"]
    assert (first.values["plan"], second.values["plan"]) == ("cin:plans-001", None)
    assert "plan_actions of native: 1 name a plan that no source has" in notes(source)
    cut = source.as_at(date(2019, 3, 31), set())
    assert len(cut.case_set().files[0].records["plan_actions"]) == 2


def test_two_of_a_kind_are_told_apart(tmp_path: Path) -> None:
    one = native(tmp_path / "one", "child: {child_id: C1}\nreviews: [{id: R1, held: 2018-01-01}]\n")
    two = native(tmp_path / "two", "child: {child_id: C1}\nreviews: [{id: R1, held: 2018-06-01}]\n")
    source = joined(one, two)
    assert [row.id for row in source.case_set().files[0].records["reviews"]] == ["native2:R1", "native:R1"]


def test_the_same_source_twice_adds_nothing(tmp_path: Path) -> None:
    census = a_census(tmp_path)
    once, twice = read_cases(census), joined(census, census)
    assert {n: f.height for n, f in twice.tables().frames.items()} == {
        n: f.height for n, f in once.tables().frames.items()
    }


def test_sources_that_speak_for_different_dates_state_none(tmp_path: Path) -> None:
    (tmp_path / "native").mkdir()
    (tmp_path / "native" / "C1.yaml").write_text("child: {child_id: C1}\n")
    (tmp_path / "native" / "extract.yaml").write_text("as_at: 2019-06-30\n")
    source = joined(a_census(tmp_path), tmp_path / "native")
    assert source.own_date is None
    assert "speak for different dates (cin for 2019-03-31, native for 2019-06-30)" in notes(source)


def test_every_problem_of_every_source_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("child: {child_id: C1, bron: 2010-01-01}\n")
    with pytest.raises(InputError) as raised:
        joined(tmp_path / "bad.yaml", tmp_path / "nothing.xml")
    assert len(raised.value.problems) == 2


def test_exceptions_may_stand_beside_one_source_alone(tmp_path: Path) -> None:
    folders = [native(tmp_path / name, "child: {child_id: C1}\n") for name in ("one", "two")]
    for folder in folders:
        (folder / "exceptions.yaml").write_text("[]\n")
    with pytest.raises(InputError, match="agreed exceptions stand beside more than one source"):
        joined(*folders)


def test_it_is_said_how_many_children_are_in_both_and_loudly_where_none_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = joined(a_census(tmp_path), a_return(tmp_path / "return"))
    assert "children: 1 in cin, 2 in 903; 1 in more than one" in notes(source)
    other = native(tmp_path / "other", "child: {child_id: '0001'}\n")
    assert run(["read", str(a_census(tmp_path)), "--with", str(other)]) == 0
    assert NOBODY_IN_COMMON in capsys.readouterr().err
