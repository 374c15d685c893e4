"""`qaengine due` on the sample cases, and the same dates in the report for a team's manager."""

import csv
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from qaengine.cli.due import HEADS
from qaengine.cli.main import run
from qaengine.report.pdf import render_manager
from qaengine.report.views import DueLine, FallsDue
from tests.functional import pdf_views

ROOT = Path(__file__).resolve().parents[2]
CASES = str(ROOT / "sample_cases")
AT = ("--as-at", "2019-09-30")


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def shown(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert run(["due", CASES, *AT, *options]) == 0
    return capsys.readouterr().out


def rows(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in shown(capsys, "--format", "jsonl", *options).splitlines()]


def test_soonest_first_from_the_as_at_date_on(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "--within", "12 months")
    days = [str(row["due_on"]) for row in found]
    assert days == sorted(days)
    assert len(days) >= 10
    assert days[0] >= "2019-09-30"
    assert days[-1] <= "2020-09-30"
    assert all(row["in_days"] == (date.fromisoformat(str(row["due_on"])) - date(2019, 9, 30)).days for row in found)
    assert len({tuple(row.values()) for row in found}) == len(found), "each duty once"


def test_a_shorter_period_is_the_first_part_of_a_longer_one(capsys: pytest.CaptureFixture[str]) -> None:
    longer = rows(capsys, "--within", "3 months")
    last = max(row["in_days"] for row in longer)  # type: ignore[type-var]
    before = rows(capsys, "--within", f"{int(str(last)) - 1} days")
    assert before == [row for row in longer if row["in_days"] != last] != longer
    assert rows(capsys, "--within", f"{last} days") == longer


def test_csv_and_jsonl_hold_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    table = list(csv.DictReader(StringIO(shown(capsys, "--format", "csv").removeprefix("\ufeff"))))
    lines = rows(capsys)
    assert tuple(table[0]) == HEADS
    assert table == [{key: "" if value is None else str(value) for key, value in row.items()} for row in lines]


def test_the_table_fits_a_screen_and_counts_what_is_overdue_apart(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys)
    table, _, rest = said.partition("\nBy team: ")
    assert max(map(len, table.splitlines())) <= 110
    assert "CH-0012" in table
    assert "W-012" in table
    assert "CP visits: seen in time, since visit" in table
    assert "V19 of 18 Sep 2019" in table
    assert "Overdue now, and not in the list: " in rest


def test_of_one_team_only_its_children(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "--within", "12 months", "--team", "Area Team East")
    assert {row["team"] for row in found} == {"Area Team East"}
    assert run(["due", CASES, *AT, "--team", "Area Team Est"]) == 2
    assert "no such team; found Area Team Est" in capsys.readouterr().err


def test_a_team_may_be_typed_in_any_case_and_the_nearest_is_meant_in_any_case(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert rows(capsys, "--team", "area team EAST") == rows(capsys, "--team", "Area Team East") != []
    assert run(["due", CASES, *AT, "--team", "Area team eas"]) == 2
    assert "did you mean Area Team East?" in capsys.readouterr().err


def test_what_is_overdue_is_listed_by_team_the_longest_first_and_last_what_has_no_date(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = rows(capsys, "--overdue")
    order = [(str(row["team"]), str(row["due_on"] or "no date")) for row in found]
    assert order == sorted(order)
    assert {row["due_on"] is None for row in found} == {True, False}
    assert all((row["in_days"] is None) is (row["due_on"] is None) for row in found)
    assert all(int(str(row["in_days"])) < 0 for row in found if row["due_on"])
    assert tuple(found[0]) == HEADS
    assert not {tuple(row.values()) for row in found} & {tuple(row.values()) for row in rows(capsys)}


def test_of_what_is_overdue_the_csv_holds_the_same_and_a_team_only_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    lines = rows(capsys, "--overdue")
    table = list(csv.DictReader(StringIO(shown(capsys, "--overdue", "--format", "csv").removeprefix("\ufeff"))))
    assert table == [{key: "" if value is None else str(value) for key, value in row.items()} for row in lines]
    east = rows(capsys, "--overdue", "--team", "Area Team East")
    assert east == [row for row in lines if row["team"] == "Area Team East"] != lines


def test_what_is_overdue_is_all_that_evaluate_shows_as_not_met_and_open(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, "--overdue")
    assert run(["evaluate", CASES, *AT, "--format", "jsonl"]) == 0
    checks = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    not_met = {
        (one["child_id"], one["standard"], one["check"])
        for one in checks
        if one["level"] == "check" and one["by"] == "record" and one["result"] == "not_met" and not one["late"]
    }
    assert {(row["child_id"], row["standard"], row["check"]) for row in found} >= not_met
    done_late = {
        (one["child_id"], one["standard"], one["check"], one["record"], one["record_id"])
        for one in checks
        if one["level"] == "record" and one["late"]
    }
    keys = ("child_id", "standard", "check", "record", "record_id")
    assert done_late
    assert not {tuple(row[key] for key in keys) for row in found if row["record_id"]} & done_late


def test_the_table_of_what_is_overdue_names_the_record_and_the_short_name(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys, "--overdue", "--team", "Area Team West")
    assert max(map(len, said.partition("\nBy team: ")[0].splitlines())) <= 110
    assert re.search(r"Not met and still open on 30 September 2019: \d+ duties of \d+ children; \d+ have no date", said)
    assert "no date" in said
    assert re.search(r"\(\w[\w ]+ \w+ of \d{1,2} \w{3} \d{4}\)", " ".join(said.split()))


def test_the_closing_line_names_the_option_and_never_says_nothing_where_something_has_no_date(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "`qaengine due … --overdue` lists them." in shown(capsys).splitlines()[-1]
    found = rows(capsys, "--overdue")
    only = {str(row["standard"]) for row in found} - {str(row["standard"]) for row in found if row["due_on"]}
    last = shown(capsys, "--standard", min(only)).splitlines()[-1]
    assert last.startswith("Not met now without a date for it, and not in the list: ")


def test_a_period_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["due", CASES, *AT, "--within", "a month"]) == 2
    assert "--within: cannot be read as a period; found a month; expected a period such as" in capsys.readouterr().err


def test_where_nothing_falls_due_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(capsys, "--within", "0 days", "--standard", "sdq-annual-update")
    assert said.startswith("0 duties fall due from 30 September 2019 to 30 September 2019.")


def test_the_manager_s_report_has_the_same_dates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    where = ("--where", "team=Area Team East")
    assert run(["audit", CASES, *AT, "--seed", "x", "--size", "all", *where, "--out", str(out)]) == 0
    capsys.readouterr()
    pages = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(out / "findings-area-team-east.pdf").pages
    )
    section = pages.partition("Falls due next")[2]
    shown_there = re.findall(r"(\d{1,2} \w{3} 2019) (CH-\d{4})", section)[:18]
    expected = rows(capsys, "--within", "30 days", "--team", "Area Team East")
    days = [(date.fromisoformat(str(row["due_on"])), str(row["child_id"])) for row in expected]
    assert days
    assert shown_there == [(f"{day.day} {day:%b} {day.year}", child) for day, child in days[:18]]
    assert len(expected) <= 18 or f"And {len(expected) - 18} more by then" in section


def _manager(lines: int) -> str:
    due = [pdf_views.AS_AT + timedelta(days=n) for n in range(lines)]
    made = tuple(DueLine(day, f"CH-7{n:03}", "SDQ", "The SDQ is new", "", "social worker") for n, day in enumerate(due))
    view = replace(pdf_views.TEAM, falls_due=FallsDue(pdf_views.AS_AT + timedelta(days=30), made))
    pdf = render_manager(view)
    pages = range(1, len(pdf_views.reader(pdf).pages) + 1)
    return " ".join(pdf_views.page_text(pdf, page) for page in pages)


@pytest.mark.parametrize(
    ("lines", "more"), [(0, ""), (18, ""), (19, "And 1 more by then"), (40, "And 22 more by then")]
)
def test_no_more_than_a_page_is_shown_and_the_rest_counted(lines: int, more: str) -> None:
    section = _manager(lines).partition("Falls due next")[2].partition("Every child, every standard")[0]
    assert section.count("CH-7") == min(lines, 18)
    assert ("more by then" in section) == bool(more)
    assert more in section
    assert ("Nothing that the record decides falls due" in section) == (lines == 0)
