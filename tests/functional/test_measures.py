"""Measures: what is counted, how often, of whom it cannot be told, and what partners may be shown of it."""

import json
from collections.abc import Iterable, Mapping
from csv import DictReader
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from click.testing import CliRunner
from scipy.stats import beta

from qaengine.cases.shape import fields_not_carried
from qaengine.cli.loading import council_of
from qaengine.cli.main import cli
from qaengine.evaluate.measuring import seen_in
from qaengine.measures.count import count
from qaengine.measures.figures import COLUMNS, HIDDEN, all_figures
from qaengine.measures.result import Result, State
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.measure import Measure
from qaengine.model.problem import InputError
from qaengine.standards.measures import load_measure, load_measures
from qaengine.workbench.measures import run_measure_examples

PROJECT = Path(__file__).parents[2]
SAMPLE_CHILDREN = len(list((PROJECT / "sample_cases").glob("CH-*.yaml")))
AS_AT = date(2019, 9, 30)


def measure_of(text: str, **parameters: Any) -> Measure:
    values = {
        name: {"value": value, "source": "a test", "owner": "nobody"}
        for name, value in {"window": "12 months", **parameters}.items()
    }
    text = dedent(text)
    head = (
        "id: a-measure\ntitle: A measure\nintent: To be tested\nsources: [{document: a test, reference: a test}]\n"
        f"parameters: {json.dumps({name: value for name, value in values.items() if name in text})}\n"
    )
    return load_measure(head + text, "a-measure.yaml")


def said(measure: Measure, *files: Mapping[str, Iterable[Any]]) -> Result:
    """What a measure says of children with these records; children are CH-1, CH-2, ... and records r1, r2, ..."""
    cases = []
    for number, records in enumerate(files, 1):
        child_id = f"CH-{number}"
        child = next(iter(records.get("child", [{}])))
        rows = {
            name: tuple(
                Row(str(row.get("id", f"r{place}")), {key: value for key, value in row.items() if key != "id"})
                for place, row in enumerate(table, 1)
            )
            for name, table in records.items()
            if name != "child"
        }
        cases.append(CaseFile(child_id, Row(child_id, child), rows))
    return count(measure, seen_in(measure, cases, AS_AT, fields_not_carried(cases, {})), AS_AT)


SHARE = """
kind: share
of: contacts
where: {received: {no_older_than: window}}
must: {referral: recorded}
so: that became a referral
"""
IN, OUT = {"received": date(2019, 1, 1)}, {"received": date(2018, 1, 1)}
SO, NOT = {"referral": "R1"}, {"referral": None}


# --- shares -----------------------------------------------------------------------------------------------------------


def test_a_share_is_of_those_of_whom_it_is_known_and_the_rest_are_counted_beside_it() -> None:
    found = said(
        measure_of(SHARE),
        {"contacts": [{**IN, **SO}, {**IN, **NOT}, {**IN, **SO}]},
        {"contacts": [{**IN}, {**OUT, **SO}]},  # not carried; and out of the window
        {"contacts": [{"received": None, **SO}]},
        {},  # the source carries no contacts for this child
    )
    assert found.share is not None
    assert (found.share.so, found.share.n, found.undecided, found.children) == (2, 3, 3, 1)
    assert [line.state for line in found.lines].count(State.UNDECIDED) == 3


def test_the_bounds_count_every_undecided_one_against_and_then_for() -> None:
    """What may not be of the cohort at all counts only where it makes the share less, or more."""
    sure, unknown = {"contacts": [{**IN, **SO}, {**IN, **NOT}]}, {"contacts": [{**IN}]}
    maybe_so, maybe_not = {"contacts": [{"received": None, **SO}]}, {"contacts": [{"received": None, **NOT}]}
    for others, bounds in (
        ([], (1 / 2, 1 / 2)),
        ([unknown], (1 / 3, 2 / 3)),
        ([maybe_so], (1 / 2, 2 / 3)),
        ([maybe_not], (1 / 3, 1 / 2)),
        ([{}], (1 / 3, 2 / 3)),
    ):
        share = said(measure_of(SHARE), sure, *others).share
        assert share is not None
        assert share.bounds == pytest.approx(bounds)


@pytest.mark.parametrize(("so", "n"), [(0, 12), (1, 12), (6, 12), (11, 12), (12, 12)])
def test_the_interval_is_the_exact_one_of_clopper_and_pearson(so: int, n: int) -> None:
    contacts = [{**IN, **SO}] * so + [{**IN, **NOT}] * (n - so)
    share = said(measure_of(SHARE), {"contacts": [{**each, "id": f"c{place}"} for place, each in enumerate(contacts)]})
    assert share.share is not None
    low = beta.ppf(0.025, so, n - so + 1) if so else 0.0
    high = beta.ppf(0.975, so + 1, n - so) if so < n else 1.0
    assert share.share.interval == pytest.approx((low, high))


def test_nobody_is_no_share() -> None:
    share = said(measure_of(SHARE), {"contacts": []}).share
    assert share is not None
    assert (share.n, share.share, share.interval, share.bounds) == (0, None, None, None)


# --- what is shared counts once ---------------------------------------------------------------------------------------

ONCE = """
kind: share
of: discussions
where: {held: {no_older_than: window}}
must: {minutes: recorded}
so: with minutes
once_per: meeting
"""


def held(meeting: str | None, minutes: date | None, day: date | None = AS_AT) -> dict[str, Any]:
    return {"discussions": [{"held": day, "meeting": meeting, "minutes": minutes}]}


def test_brothers_and_sisters_in_one_meeting_are_one_meeting_and_all_of_them_are_listed() -> None:
    siblings = held("M1", None), held("M1", AS_AT)
    found = said(measure_of(ONCE), *siblings, held("M2", None), held(None, None), held(None, AS_AT))
    assert found.share is not None
    assert (found.n, found.share.so, found.children, found.undecided) == (4, 2, 5, 0)
    assert [line.child_id for line in found.lines if line.state is State.SO] == ["CH-5", "CH-1", "CH-2"]


def test_a_meeting_that_surely_counts_speaks_for_the_records_of_it_that_may() -> None:
    found = said(measure_of(ONCE), held("M1", AS_AT, None), held("M1", None))
    assert found.share is not None
    assert (found.n, found.share.so, found.undecided) == (1, 0, 0)


# --- kinds ------------------------------------------------------------------------------------------------------------

GROUPS = """
kind: by_code
of: contacts
groups:
  first: {decision: no_further_action}
  second: {domestic_abuse: true}
otherwise: neither
"""


def test_the_first_group_that_holds_is_the_one_and_what_is_not_known_before_it_leaves_it_open() -> None:
    contacts = [
        {"decision": "no_further_action", "domestic_abuse": True},
        {"decision": "advice", "domestic_abuse": True},
        {"decision": "advice", "domestic_abuse": False},
        {"decision": None, "domestic_abuse": True},
        {"decision": "advice", "domestic_abuse": None},
    ]
    found = said(measure_of(GROUPS), {"contacts": contacts})
    assert {code.name: code.share.so for code in found.codes} == {"first": 1, "second": 1, "neither": 1}
    assert (found.n, found.undecided) == (5, 2)


PARTS = """
kind: by_code
of: discussions
where: {held: {no_older_than: window}}
among: participants
link: discussion
by: agency_code
counting: {mode: [in_person, phone]}
once_per: meeting
shows: no_children
"""


def part(agency: str | None, mode: str | None = "phone", discussion: str | None = "r1") -> dict[str, Any]:
    return {"discussion": discussion, "agency_code": agency, "mode": mode}


@pytest.mark.parametrize(
    ("parts", "police", "health"),
    [
        ([part("police")], (1, 0), (0, 0)),
        ([part("police", "apologies")], (0, 0), (0, 0)),
        ([part("police", None)], (0, 1), (0, 0)),  # it may count
        ([part(None)], (0, 1), (0, 1)),  # it may be of any agency
        ([part("police"), part(None)], (1, 0), (0, 1)),
        ([part("police", discussion=None)], (0, 1), (0, 0)),  # it may belong to this meeting
        ([part("police", discussion="r2")], (0, 0), (0, 0)),
    ],
)
def test_a_part_shows_a_kind_and_what_is_not_known_of_it_leaves_open_what_nothing_else_shows(
    parts: list[dict[str, Any]], police: tuple[int, int], health: tuple[int, int]
) -> None:
    found = said(measure_of(PARTS), {**held("M1", None), "participants": parts})
    codes = {code.name: (code.share.so, code.perhaps) for code in found.codes}
    assert (codes["police"], codes["health"]) == (police, health)
    assert codes["youth_justice"][0] == 0


def test_what_one_childs_record_shows_of_a_meeting_is_so_for_the_meeting() -> None:
    one = {**held("M1", None), "participants": [part("police")]}
    other = {**held("M1", None), "participants": [part("health")]}
    untold = held("M2", None)
    found = said(measure_of(PARTS), one, other, untold)
    codes = {code.name: (code.share.so, code.share.n, code.perhaps) for code in found.codes}
    assert found.n == 2
    assert codes["police"] == codes["health"] == (1, 1, 1)
    assert codes["education"] == (0, 1, 1)


# --- averages ---------------------------------------------------------------------------------------------------------

AVERAGE = """
kind: average
of: adoption_plans
from: [decided, authority]
to: matched
limit: longest
lead: needed
"""


def plans(*days: tuple[date | None, date | None]) -> dict[str, Any]:
    return {"adoption_plans": [{"decided": start, "authority": None, "matched": end} for start, end in days]}


def test_an_average_is_of_those_who_are_done_and_those_who_wait_are_counted_beside_it() -> None:
    measure = measure_of(AVERAGE, longest="10 days", needed="3 days")
    found = said(
        measure,
        plans((date(2019, 1, 1), date(2019, 1, 9)), (date(2019, 1, 1), date(2019, 1, 13))),
        plans((date(2019, 9, 1), None), (date(2019, 9, 25), None), (date(2019, 9, 22), None)),
        plans((None, date(2019, 1, 1)), (date(2019, 1, 2), date(2019, 1, 1))),
        {},
    )
    assert found.time is not None
    time = found.time
    assert (time.mean, time.median, time.done, time.late) == (10, 10, 2, 1)
    assert (time.running, time.past, time.projected, found.undecided) == (3, 1, 1, 3)
    assert [line.days for line in found.lines] == [8, 12, 29, 5, 8, None, None, None]


def test_time_begins_on_the_first_date_that_is_filled_in() -> None:
    row = {"decided": None, "authority": date(2019, 1, 1), "matched": date(2019, 1, 11)}
    found = said(measure_of(AVERAGE, longest="10 days", needed="3 days"), {"adoption_plans": [row]})
    assert found.time is not None
    assert found.time.mean == 10


# --- small numbers ----------------------------------------------------------------------------------------------------


def shares(so: int, n: int) -> Result:
    contacts = [{"id": f"c{place}", **IN, **(SO if place < so else NOT)} for place in range(n)]
    return said(measure_of(SHARE), {"contacts": contacts})


@pytest.mark.parametrize(
    ("so", "n", "shown"),
    [
        (4, 20, "<5"),
        (5, 20, 5),
        (0, 20, 0),
        (15, 20, 15),
        (16, 20, HIDDEN),  # all but four
        (20, 20, 20),
        (2, 4, HIDDEN),
    ],
)
def test_no_small_count_is_shown_to_partners_nor_what_is_left_over(so: int, n: int, shown: object) -> None:
    (row,) = all_figures([shares(so, n)], AS_AT, below=5)
    assert row["so"] == shown
    assert row["n"] == (n if n >= 5 else "<5")
    hidden = not isinstance(shown, int)
    assert (row["share"] == HIDDEN) is hidden
    assert (row["low"] == HIDDEN) is hidden


def by_code(*counts: int, unknown: int = 0) -> Result:
    kinds = ("no_further_action", "advice", "early_help")
    decisions = [kind for kind, number in zip(kinds, counts, strict=True) for _ in range(number)] + [None] * unknown
    contacts = [{"id": f"c{place:03}", "decision": each} for place, each in enumerate(decisions)]
    return said(measure_of("kind: by_code\nof: contacts\nby: decision\n"), {"contacts": contacts})


@pytest.mark.parametrize(
    ("counts", "unknown", "whole", "shown"),
    [
        ((10, 8, 6), 0, 24, [10, 8, 6]),
        ((10, 8, 3), 0, 21, [10, HIDDEN, "<5"]),  # the next smallest too: it could be worked out
        ((10, 2, 3), 0, 15, [10, "<5", "<5"]),
        ((10, 8, 0), 3, 21, [10, HIDDEN, 0]),  # those of no known kind are a part too
        ((0, 0, 4), 4, 8, [0, 0, "<5"]),
    ],
)
def test_a_small_kind_cannot_be_worked_out_from_the_others(
    counts: tuple[int, ...], unknown: int, whole: int, shown: list[object]
) -> None:
    own, *codes = all_figures([by_code(*counts, unknown=unknown)], AS_AT, below=5)
    found = {str(code["code"]): code["so"] for code in codes}
    assert [found[name] for name in ("no_further_action", "advice", "early_help")] == shown
    assert own["n"] == (whole if shown != [0, 0, "<5"] else HIDDEN)


def test_a_kind_of_which_few_are_not_decided_does_not_tell_how_few() -> None:
    told = [{**held(f"M{n}", None), "participants": [part("police")]} for n in range(10)]
    untold = [held(f"M{n}", None) for n in range(10, 13)]
    own, *codes = all_figures([said(measure_of(PARTS), *told, *untold)], AS_AT, below=5)
    (police,) = [code for code in codes if code["code"] == "police"]
    assert own["n"] == 13
    assert (police["so"], police["n"], police["undecided"], police["share"]) == (10, HIDDEN, "<5", HIDDEN)


def test_times_of_few_are_not_shown() -> None:
    done = [(date(2019, 1, 1), date(2019, 1, 5 + place)) for place in range(4)]
    waiting = [(date(2019, 9, 1), None)] * 8
    measure = measure_of(AVERAGE, longest="10 days", needed="3 days")
    (row,) = all_figures([said(measure, plans(*done, *waiting))], AS_AT, below=5)
    assert (row["n"], row["done"], row["running"], row["mean_days"], row["past"]) == (
        12,
        HIDDEN,
        HIDDEN,
        HIDDEN,
        HIDDEN,
    )
    (row,) = all_figures([said(measure, plans(*done, *done, *waiting))], AS_AT, below=5)
    assert (row["done"], row["running"], row["past"], row["late"]) == (8, 8, 8, 0)


# --- the measures of the product --------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", load_measures(PROJECT / "rules"), ids=lambda measure: measure.id)
def test_every_measure_is_proved_by_its_examples(measure: Measure) -> None:
    assert [str(problem) for problem in run_measure_examples(measure, council_of(PROJECT / "rules")).problems] == []


def test_every_cohort_of_the_plan_has_its_measure() -> None:
    points = {point for measure in load_measures(PROJECT / "rules") for s in measure.sources for point in s.covers}
    assert {f"PLAN {n}" for n in (1, 2, 3, 5, 6, 7, 8, 9, 12, 13, 14, 16, 17, 26)} <= points


# --- the command ------------------------------------------------------------------------------------------------------

ON = ["--as-at", "2019-09-30"]


def measures(*args: str) -> str:
    result = CliRunner().invoke(cli, ["measures", str(PROJECT / "sample_cases"), *ON, *args], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.output


def test_the_screen_is_no_wider_than_a_hundred_columns_and_both_engines_say_the_same() -> None:
    shown = measures()
    assert max(len(line) for line in shown.splitlines()[1:]) <= 100
    assert measures("--engine", "polars") == shown
    assert "Proposed, and nobody's rule yet:" in shown


def test_one_measure_alone() -> None:
    shown = measures("--measure", "cin-over-9-months")
    assert "Children on a child-in-need plan for more" in shown
    assert "Referrals" not in shown


def test_the_councils_own_numbers_are_used_and_said(tmp_path: Path) -> None:
    local = tmp_path / "local.yaml"
    local.write_text(
        "council: A council\nnumbers:\n  cin-over-9-months:\n"
        "    too_long: {value: 1 month, decided_by: director, decided_on: 2019-01-01}\n",
        encoding="utf-8",
    )
    shown = measures("--measure", "cin-over-9-months", "--local", str(local))
    assert "The council's own numbers:" in shown
    assert "too long: 1 month, set by director of A council on 1 January 2019" in " ".join(shown.split())
    asked = ("--measure", "cin-over-9-months", "--format", "json")
    texts = (measures(*asked), measures(*asked, "--local", str(local)))
    by_default, by_council = (json.loads(text)["measures"][0] for text in texts)
    assert by_council["figures"][0]["n"] > by_default["figures"][0]["n"]
    (number,) = by_council["parameters"]
    assert number["decided"] == {"by": "director", "on": "2019-01-01", "in_place_of": "9 months"}


def test_a_measure_that_is_not_there_is_said_with_the_nearest() -> None:
    result = CliRunner().invoke(
        cli, ["measures", "sample_cases", "--measure", "cin-over-9-month"], standalone_mode=False
    )
    assert isinstance(result.exception, InputError)
    assert result.exception.problems[0].did_you_mean == "cin-over-9-months"


def test_the_folder_holds_figures_lists_and_a_manifest(tmp_path: Path) -> None:
    out = tmp_path / "out"
    measures("--out", str(out))
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"measures.csv", "measures.json", "manifest.json", "lists/cin-over-9-months.csv"} <= names
    assert "lists/strategy-attendance.csv" not in names
    text = json.loads((out / "measures.json").read_text(encoding="utf-8"))
    assert (text["version"], text["as_at"], text["children"]) == (1, "2019-09-30", SAMPLE_CHILDREN)
    heads = (out / "measures.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert heads == ",".join(COLUMNS)
    rows = (out / "lists" / "cin-over-9-months.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "child_id,team,record,record_id,state,code,from,to,days"
    counted = next(each for each in text["measures"] if each["id"] == "cin-over-9-months")["figures"][0]["n"]
    assert sum(",counted," in row for row in rows) == counted
    measures("--out", str(out))  # what nobody changed is written again


def test_the_edition_for_partners_lists_nobody_and_shows_no_small_count(tmp_path: Path) -> None:
    out = tmp_path / "out"
    measures("--out", str(out), "--suppress-below", "5")
    everything = "".join(path.read_text(encoding="utf-8-sig") for path in out.rglob("*") if path.is_file())
    assert "CH-0" not in everything
    assert not list(out.glob("lists/*"))
    for each in json.loads((out / "measures.json").read_text(encoding="utf-8"))["measures"]:
        for row in each["figures"]:
            counts = [
                row[name] for name in ("n", "children", "so", "undecided", "done", "running", "past", "projected")
            ]
            assert not [figure for figure in counts if isinstance(figure, int) and 0 < figure < 5], row


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_the_edition_for_partners_of_the_sample_cases_is_written_whatever_is_shown(form: str, tmp_path: Path) -> None:
    """Among the sample cases there are averages of which `late` is hidden: a word where elsewhere there is a number."""
    out = tmp_path / "out"
    measures("--out", str(out), "--suppress-below", "5", "--format", form)
    rows = list(DictReader((out / "measures.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert HIDDEN in {row["late"] for row in rows}


def test_the_csv_holds_every_figure_as_the_json_does() -> None:
    """`late` is yes or no of a finding, and a number here."""
    rows = list(DictReader(measures("--format", "csv").removeprefix("\ufeff").splitlines()))
    figures = [row for each in json.loads(measures("--format", "json"))["measures"] for row in each["figures"]]
    assert rows == [{name: "" if row[name] is None else str(row[name]) for name in COLUMNS} for row in figures]
    assert {row["late"] for row in figures if row["kind"] == "average"} - {0, 1, None}


def test_json_and_csv_are_the_same_on_the_screen_as_in_the_folder(tmp_path: Path) -> None:
    measures("--out", str(tmp_path / "out"))
    assert json.loads(measures("--format", "json")) == json.loads((tmp_path / "out" / "measures.json").read_text())
    assert measures("--format", "csv").encode() == (tmp_path / "out" / "measures.csv").read_bytes()
