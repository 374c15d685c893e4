"""What the mutations of files found in the Standard Safeguarding Dataset: what is made of other tables and of JSON."""

from datetime import date
from pathlib import Path
from typing import Any

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source

PERSON = "pers_person_id,pers_dob\n1,2010-05-01\n"
EPISODE = (
    "clae_cla_episode_id,clae_person_id,clae_cla_episode_start_date,clae_cla_placement_id\n"
    "e1,1,2018-03-01,p1\ne2,1,2018-09-01,p2\n"
)
LEGAL = (
    "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date,lega_legal_status_end_date\n"
)
INVOLVED = (
    "invo_involvements_id,invo_professional_id,invo_professional_team,invo_involvement_start_date,"
    "invo_involvement_end_date,invo_person_id\n"
)


def read(folder: Path, **tables: str) -> Source:
    for name, text in {"person": PERSON, **tables}.items():
        (folder / f"ssd_{name}.csv").write_text(text, encoding="utf-8")
    return read_cases(folder)


def said(source: Source) -> str:
    return "\n".join(f"{note} {[str(one) for one in (*note.headings, *note.unread)]}" for note in source.notes)


def values(source: Source, name: str, field: str) -> list[Any]:
    (file,) = source.case_set().files
    return [row.values.get(field, "not carried") for row in file.records[name]]


def child(source: Source) -> dict[str, Any]:
    (file,) = source.case_set().files
    return dict(file.child.values)


def test_a_status_without_the_column_of_its_end_holds_for_no_episode(tmp_path: Path) -> None:
    legal = "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date\ng1,1,C2,2018-01-01\n"
    source = read(tmp_path, cla_episodes=EPISODE, legal_status=legal)
    assert values(source, "episodes", "legal_status") == ["not carried", "not carried"]
    assert "no column lega_legal_status_end_date" in said(source)


def test_a_status_whose_end_cannot_be_read_holds_for_no_episode(tmp_path: Path) -> None:
    legal = LEGAL + "g1,1,C2,2018-01-01,June\ng2,1,E1,2018-08-01,\n"
    source = read(tmp_path, cla_episodes=EPISODE, legal_status=legal)
    assert values(source, "episodes", "legal_status") == [None, None]
    assert "ssd_legal_status.csv:2:5: lega_legal_status_end_date cannot be read" in said(source)


def test_a_placement_that_is_not_there_is_said(tmp_path: Path) -> None:
    placements = "clap_cla_placement_id,clap_person_id,clap_cla_placement_type\np1,1,U4\n"
    source = read(tmp_path, cla_episodes=EPISODE, cla_placement=placements)
    assert values(source, "episodes", "placement") == ["U4", None]
    assert "1 rows name a placement that is not there" in said(source)


def test_a_status_of_a_health_check_that_cannot_be_read_is_not_done(tmp_path: Path) -> None:
    health = (
        "clah_health_check_id,clah_person_id,clah_health_check_type,clah_health_check_date,clah_health_check_status\n"
        "h1,1,Dental Check,2018-06-20,Completed\nh2,1,Dental Check,2018-12-20,Provisional\n"
    )
    source = read(tmp_path, cla_health=health)
    assert values(source, "health_checks", "held") == [date(2018, 6, 20)]
    assert "clah_health_check_status cannot be read" in said(source)


def test_a_misnamed_column_that_decides_is_not_a_missing_one(tmp_path: Path) -> None:
    health = (
        "clah_health_check_id,clah_person_id,clah_health_check_type,clah_health_check_date,clah_health_check_statu\n"
        "h1,1,Dental Check,2018-06-20,Completed\nh2,1,Dental Check,2018-12-20,Planned\n"
    )
    source = read(tmp_path, cla_health=health)
    (file,) = source.case_set().files
    assert "health_checks" not in file.records
    assert "did you mean clah_health_check_status?" in said(source)


def test_a_beginning_or_an_end_that_cannot_be_read_makes_nobody_the_worker(tmp_path: Path) -> None:
    for number, last in enumerate(("i2,W2,South,soon,,1\n", "i2,W2,South,2019-01-01,soon,1\n")):
        folder = tmp_path / str(number)
        folder.mkdir()
        source = read(folder, involvements=INVOLVED + "i1,W1,North,2018-01-01,,1\n" + last)
        assert child(source).get("team") is None
        assert child(source).get("worker") is None
        assert "found soon" in said(source)


def test_of_two_open_involvements_without_a_beginning_neither_is_taken(tmp_path: Path) -> None:
    involved = "invo_professional_team,invo_involvement_end_date,invo_person_id\nNorth,,1\nSouth,,1\n"
    source = read(tmp_path, involvements=involved)
    assert child(source).get("team") is None
    assert "no column invo_involvement_start_date" in said(source)


def test_a_visit_that_names_no_person_in_a_table_that_has_the_column(tmp_path: Path) -> None:
    plans = "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date\np1,1,2018-01-01\n"
    visits = "cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date\nv1,,p1,2018-02-01\nv2,1,,2018-03-01\n"
    source = read(tmp_path, cp_plans=plans, cp_visits=visits)
    assert values(source, "visits", "held") == [date(2018, 2, 1), date(2018, 3, 1)]


def test_what_is_made_of_codes_and_of_json_is_said_where_it_cannot_be_read(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        disability="disa_person_id,disa_disability_code\n1,XYZ\n",
        s47_enquiry="s47e_s47_enquiry_id,s47e_person_id,s47e_s47_start_date,s47e_s47_outcome_json\ns1,1,2018-01-01,yes\n",
        cla_care_plan=(
            "lacp_table_id,lacp_person_id,lacp_cla_care_plan_start_date,lacp_cla_care_plan_json\n"
            't1,1,2018-01-01,ADOPTION\nt2,1,2018-02-01,"{""ELSEWHERE"": ""Y""}"\n'
        ),
        permanence=(
            "perm_table_id,perm_person_id,perm_permanence_order_date,perm_permanence_order_type\n"
            "u1,1,2018-05-01,Sundry\nu2,1,May,Adoption\n"
        ),
    )
    words = said(source)
    for heading, found in (
        ("disa_disability_code", "XYZ"),
        ("s47e_s47_outcome_json", "yes"),
        ("lacp_cla_care_plan_json", "ADOPTION"),
        ("lacp_cla_care_plan_json", '{"ELSEWHERE": "Y"}'),
        ("perm_permanence_order_type", "Sundry"),
        ("perm_permanence_order_date", "May"),
    ):
        assert f"{heading} cannot be read and is left blank; found {found}" in words
    assert "?adopted" not in words


def test_a_column_of_which_others_are_made_is_missed(tmp_path: Path) -> None:
    source = read(tmp_path, disability="disa_table_id,disa_person_id\nd1,1\n")
    assert "ssd_disability.csv: no column disa_disability_code: what it says is not carried" in said(source)


def test_a_year_first_date_has_two_digits_for_month_and_day(tmp_path: Path) -> None:
    source = read(tmp_path, missing="miss_person_id,miss_missing_episode_start_date\n1,2019-03-2")  # cut short
    assert values(source, "missing_episodes", "started") == [None]
    assert "found 2019-03-2" in said(source)


def test_of_two_columns_with_one_name_the_one_that_is_written_as_it_should_be_is_taken(tmp_path: Path) -> None:
    missing = (
        "miss_person_id,miss__missing_episode_start_date,miss_missing_episode_start_date\n1,2019-01-01,2019-03-02\n"
    )
    source = read(tmp_path, missing=missing)
    assert values(source, "missing_episodes", "started") == [date(2019, 3, 2)]


def test_what_is_wrong_with_the_day_of_a_check_is_said_of_its_column(tmp_path: Path) -> None:
    health = "clah_person_id,clah_health_check_type,clah_health_check_date,clah_health_check_status\n"
    words = said(read(tmp_path, cla_health=health + "1,Dental Check,soon,Completed\n"))
    assert "ssd_cla_health.csv:2:3: clah_health_check_date cannot be read and is left blank; found soon" in words
    without = "clah_person_id,clah_health_check_type,clah_health_check_status\n1,Dental Check,Completed\n"
    assert "no column clah_health_check_date: what it says is not carried" in said(read(tmp_path, cla_health=without))


def test_without_the_column_of_its_status_nothing_says_whether_a_check_took_place(tmp_path: Path) -> None:
    health = (
        "clah_health_check_id,clah_person_id,clah_health_check_type,clah_health_check_date\n"
        "h1,1,Dental Check,2018-06-20\nh2,1,Dental Check,2030-12-20\n"
    )
    source = read(tmp_path, cla_health=health)
    assert values(source, "health_checks", "held") == ["not carried", "not carried"]
    assert "no column clah_health_check_status" in said(source)
