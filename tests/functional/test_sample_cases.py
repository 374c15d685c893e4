"""The sample cases show the whole of the product: every check met and not met, every result, every kind of doubt.

They are also the proof that a case file needs no names: nothing in them looks like a person, a place or a number that
would lead to one.
"""

import re
from calendar import day_name, month_name
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from qaengine.cases import Source, read_cases
from qaengine.cases.council import read_council
from qaengine.evaluate.reference.standard import StandardVerdict
from qaengine.evaluate.stages import Stages, evaluated
from qaengine.model.calendar import add_months
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.record import Kind
from qaengine.model.records import RECORD_TYPES
from qaengine.model.result import By, Result, Why
from qaengine.model.standard import Standard
from qaengine.standards.loader import load_standard, load_standards

PROJECT = Path(__file__).parents[2]
CASES = PROJECT / "sample_cases"
NAMED = ("sdq-annual-update", "smart-plan", "strategy-meeting-compliance", "up-to-date-assessment")
BY_RETURN_YEAR = "sdq-annual-update by return year"
AS_RETURNED = "icpc-within-15-working-days of a source without decisions"
OTHERWISE = {"sdq-annual-update": BY_RETURN_YEAR, "icpc-within-15-working-days": AS_RETURNED}
"""Standards of which two checks take turns, and the reading under which the other is asked."""
AS_AT = date(2019, 9, 30)
MEETS_GOOD = frozenset({"outstanding", "good"})


@cache
def source() -> Source:
    return read_cases(CASES)


@cache
def at_the_date() -> Source:
    return source().as_at(AS_AT, council=read_council(PROJECT / "rules"))


@cache
def files() -> tuple[CaseFile, ...]:
    return at_the_date().case_set().files


def child(child_id: str) -> CaseFile:
    return next(file for file in files() if file.child_id == child_id)


def rows(record_type: str) -> Iterator[tuple[str, Row]]:
    return ((file.child_id, row) for file in files() for row in file.records.get(record_type, ()))


@cache
def standards() -> dict[str, Standard]:
    return {standard.id: standard for standard in load_standards(PROJECT / "rules")}


def by_child(stages: Stages, without: str = "") -> dict[str, dict[str, StandardVerdict]]:
    """What each standard says of every child; those that rest on the others are judged after them.

    `without` is a type of record that the source is then taken not to carry."""
    found: dict[str, dict[str, StandardVerdict]] = {standard.id: {} for standard in stages.shown}
    left = {name: frozenset(each.fields) for name, each in RECORD_TYPES.items() if name == without}
    not_carried = {**at_the_date().case_set().not_carried, **left}
    for whole in files():
        file = replace(whole, records={name: rows for name, rows in whole.records.items() if name != without})
        for one in evaluated(stages, file, AS_AT, not_carried):
            found[one.standard.id][file.child_id] = one.verdict
    return found


@cache
def in_force() -> Stages:
    return Stages.of(standard for standard in standards().values() if standard.in_force(AS_AT))


@cache
def of_the_library() -> dict[str, dict[str, StandardVerdict]]:
    return by_child(in_force())


@cache
def verdicts(name: str) -> dict[str, StandardVerdict]:
    if name == BY_RETURN_YEAR:
        (of_children,) = by_child(Stages.of([sdq_by_return_year()])).values()
    elif name == AS_RETURNED:
        (of_children,) = by_child(Stages.of([standards()["icpc-within-15-working-days"]]), "decisions").values()
    else:
        of_children = of_the_library()[name]
    return of_children


def sdq_by_return_year() -> Standard:
    """The SDQ standard as a council reads it that counts by return year: two of its checks take turns."""
    text = (PROJECT / "rules" / "standards" / "sdq-annual-update.yaml").read_text(encoding="utf-8")
    changed = text.replace("value: as_carried", "value: return_year")
    assert changed != text
    return load_standard(changed, BY_RETURN_YEAR)


def recorded(name: str) -> Counter[Result]:
    return Counter(verdict.as_recorded.result for verdict in verdicts(name).values())


# --- Who is here ------------------------------------------------------------------------------------------------------


def test_the_extract_says_for_what_date_it_speaks() -> None:
    assert source().own_date == AS_AT
    assert "synthetic" in source().origin


def test_there_are_enough_children_in_enough_teams() -> None:
    teams = {file.child.values["team"] for file in files()}
    assert len(files()) >= 30, f"only {len(files())} children"
    assert len(teams) >= 5, f"only these teams: {sorted(map(str, teams))}"


def test_every_status_is_here_and_a_child_not_yet_born() -> None:
    found = {file.child.values["status"] for file in files()}
    missing = {"cin", "cp", "cla", "care_leaver", "none"} - found
    assert not missing, f"no child with the status {sorted(missing)}"
    assert any(file.child.values["born"] is None for file in files()), "no child not yet born"
    assert any(file.child.values["closed_on"] for file in files()), "no closed case"


def test_brothers_and_sisters_share_a_group_and_five_of_them_a_meeting() -> None:
    groups = Counter(file.child.values["sibling_group"] for file in files() if file.child.values["sibling_group"])
    meetings = Counter(row.values["meeting"] for _, row in rows("discussions") if row.values["meeting"])
    assert len(groups) >= 3, f"only these sibling groups: {sorted(map(str, groups))}"
    assert max(groups.values()) == 5
    assert max(meetings.values()) == 5


def test_the_readme_has_a_line_for_each_child() -> None:
    text = (CASES / "README.md").read_text(encoding="utf-8")
    lines = dict(re.findall(r"^\| (CH-\d+) \| ([^|]+?) \|", text, re.MULTILINE))
    assert lines == {file.child_id: file.child.values["team"] for file in files()}


# --- What the standards find ------------------------------------------------------------------------------------------


def test_every_standard_of_the_library_is_evaluated_here() -> None:
    assert {standard.id for standard in in_force().shown} == set(standards()), (
        "a standard is not in force on the day of the sample cases"
    )


@pytest.mark.parametrize("name", sorted(standards()))
def test_each_record_check_is_met_for_some_and_not_met_for_others(name: str) -> None:
    found: dict[str, set[Result]] = defaultdict(set)
    for reading in (name, OTHERWISE[name]) if name in OTHERWISE else (name,):
        for verdict in verdicts(reading).values():
            for check in verdict.checks:
                found[check.check.id].add(check.overall.result)
    record_checks = {check.id for check in standards()[name].checks if check.by is By.RECORD}
    lacking = [
        f"{check} is never {result}"
        for check in sorted(record_checks)
        for result in (Result.MET, Result.NOT_MET)
        if result not in found[check]
    ]
    assert not lacking, f"{name}: {'; '.join(lacking)}"


@pytest.mark.parametrize("name", NAMED)
def test_each_standard_is_met_more_often_than_not_and_not_always(name: str) -> None:
    counts = recorded(name)
    met, not_met = counts[Result.MET], counts[Result.NOT_MET]
    assert not_met < met <= 4 * not_met, f"{name}: {met} met and {not_met} not met is no council on its way to good"


def test_most_of_what_is_asked_is_met() -> None:
    """Of the record checks of all standards: a council on its way to good, and not there yet."""
    found = Counter(
        check.overall.result
        for name in standards()
        for verdict in verdicts(name).values()
        for check in verdict.checks
        if check.check.by is By.RECORD
    )
    rate = 100 * found[Result.MET] // (found[Result.MET] + found[Result.NOT_MET])
    assert 70 <= rate <= 95, f"{rate} % of what could be decided is met"


def test_most_standards_are_met_more_often_than_not() -> None:
    few = 20
    decided = {name: recorded(name) for name in standards()}
    asked = {name: counts for name, counts in decided.items() if counts[Result.MET] + counts[Result.NOT_MET] >= few}
    seldom = sorted(name for name, counts in asked.items() if counts[Result.MET] <= counts[Result.NOT_MET])
    assert len(seldom) * 4 <= len(asked), f"{len(seldom)} of {len(asked)} are met less often than not: {seldom}"


def test_all_six_results_are_here() -> None:
    found = {result for name in standards() for result in recorded(name)}
    missing = set(Result) - found
    assert not missing, f"no standard is {sorted(missing)} for any child"


def test_all_three_kinds_of_missing_are_here() -> None:
    found = {
        missing.why
        for name in standards()
        for verdict in verdicts(name).values()
        if verdict.as_recorded.result is Result.CANNOT_DECIDE
        for missing in verdict.as_recorded.missing
    }
    lacking = set(Why) - found
    assert not lacking, f"nothing cannot be decided because it was {sorted(lacking)}"


def test_there_are_looked_after_children_enough_for_a_rate_of_sdqs() -> None:
    population = len(files()) - recorded("sdq-annual-update")[Result.NOT_APPLICABLE]
    assert population >= 15, f"only {population} children are asked for an SDQ"


# --- Audits already made ----------------------------------------------------------------------------------------------


def progress(file: CaseFile) -> str | None:
    """What the data now shows of what was not met at the last confirmed audit that did not meet good."""
    confirmed = [row.values for row in file.records.get("audits", ()) if row.values["confirmed_on"]]
    audit = max(confirmed, key=lambda values: str(values["audited_on"]), default=None)
    if audit is None or audit["grade"] in MEETS_GOOD or file.child.values["closed_on"]:
        return None
    then = set(str(audit["standards_not_met"]).split())
    now = {name: verdicts(name)[file.child_id].as_recorded.result for name in NAMED}
    not_met = {name for name, result in now.items() if result is Result.NOT_MET}
    if any(now[name] is Result.CANNOT_DECIDE for name in then):
        return "cannot decide"
    if not_met - then:
        return "more not met"
    return "same" if not_met == then else "improved"


def test_progress_since_the_last_audit_goes_every_way() -> None:
    found = {progress(file) for file in files()}
    lacking = {"improved", "same", "more not met", "cannot decide"} - found
    assert not lacking, f"no child whose progress is {sorted(lacking)}"


def test_audits_name_standards_that_there_are() -> None:
    named = {name for _, row in rows("audits") for name in str(row.values["standards_not_met"] or "").split()}
    named |= {str(row.values["standard"]) for _, row in rows("audit_actions")}
    assert named == set(NAMED)


def test_audits_show_every_turn_that_a_programme_must_handle() -> None:
    audits = list(rows("audits"))
    closed = {file.child_id for file in files() if file.child.values["closed_on"]}
    recent = add_months(AS_AT, -12)
    turns = {
        "a re-audit in a chain": any(row.values["re_audit_of"] for _, row in audits),
        "an unconfirmed grade": any(row.values["confirmed_on"] is None for _, row in audits),
        "good within 12 months": any(
            row.values["grade"] == "good" and str(row.values["audited_on"]) >= str(recent) for _, row in audits
        ),
        "closed before the re-audit": any(
            child_id in closed and row.values["grade"] not in MEETS_GOOD for child_id, row in audits
        ),
        "a confirmed inadequate": any(
            row.values["grade"] == "inadequate" and row.values["confirmed_on"] for _, row in audits
        ),
    }
    assert all(turns.values()), f"not here: {[turn for turn, there in turns.items() if not there]}"


def test_audit_actions_are_done_open_overdue_moved_and_closed_without_evidence() -> None:
    actions = [row.values for _, row in rows("audit_actions")]
    done = [action for action in actions if action["done_on"]]
    still_open = [action for action in actions if not action["done_on"]]
    turns = {
        "done and verified": any(action["verified_by"] and action["evidence"] for action in done),
        "closed without evidence": any(action["evidence"] is None for action in done),
        "open and not yet due": any(str(action["due_on"]) >= str(AS_AT) for action in still_open),
        "overdue": any(str(action["due_on"]) < str(AS_AT) for action in still_open),
        "moved": any(action["due_on"] != action["original_due"] for action in actions),
    }
    assert all(turns.values()), f"not here: {[turn for turn, there in turns.items() if not there]}"


# --- What people type -------------------------------------------------------------------------------------------------


def test_dates_typed_as_words_are_kept_as_words() -> None:
    typed = {row.values["due_on_as_typed"] for _, row in rows("plan_actions")} - {None}
    assert {"ongoing", "ASAP", "next review"} <= typed


def test_a_score_typed_with_words_is_no_score() -> None:
    (sdq,) = [row for row in child("CH-0026").records["sdqs"] if row.values["score_as_typed"]]
    assert (sdq.values["score"], sdq.values["score_as_typed"]) == (None, "17 (high)")


def test_a_date_that_stands_for_no_date_is_blank() -> None:
    (sdq,) = child("CH-0036").records["sdqs"]
    assert sdq.values["completed"] is None
    assert "1900-01-01" in (CASES / "CH-0036.yaml").read_text(encoding="utf-8")


def test_what_is_dated_ahead_is_not_there_yet() -> None:
    before = next(file for file in source().case_set().files if file.child_id == "CH-0034")
    assert len(before.records["sdqs"]) == len(child("CH-0034").records["sdqs"]) + 1


def test_an_agency_in_no_table_has_no_code_and_every_other_has_one() -> None:
    assert {row.values["agency"] for _, row in rows("participants") if row.values["agency_code"] is None} == {"ZQT"}


def test_one_person_for_two_agencies_and_a_cloned_analysis_are_seen() -> None:
    assert {child_id for child_id, row in rows("participants") if row.values["for_two_agencies"]} == {"CH-0038"}
    similar = {child_id: row.values["similarity"] for child_id, row in rows("assessments") if row.values["similarity"]}
    assert [child_id for child_id, share in similar.items() if int(str(share)) > 90] == ["CH-0039"]


def test_a_night_with_the_police_only_was_reconvened_the_next_working_day() -> None:
    first, second = child("CH-0013").records["discussions"]
    assert first.values["reconvened_on"] == second.values["held"] == date(2019, 5, 13)


def test_a_late_assessment_with_its_reason_in_time_is_late_and_says_so() -> None:
    checks = verdicts("up-to-date-assessment")["CH-0026"].checks
    (late,) = [check.overall for check in checks if check.check.id == "change-assessed"]
    assert (late.result, late.late, late.mitigated) == (Result.NOT_MET, True, True)


def test_short_breaks_are_not_care_and_a_gap_starts_it_again() -> None:
    assert child("CH-0019").child.values["looked_after_since"] is None
    assert child("CH-0027").child.values["looked_after_since"] == date(2019, 2, 4)


# --- Nobody can be known ----------------------------------------------------------------------------------------------

IDENTIFYING = {
    "a name after a title": r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Sgt|Sir|Lady|Rev)\b\.?\s+[A-Z]",
    "a postcode": r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b",
    "a telephone number": r"(?:\b0|\+44 ?)[0-9]{2,4}[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}\b",
    "an NHS number": r"\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b",
    "an email address": r"[\w.]+@[\w.]+",
    "a street": r"\b[0-9]+[a-z]? [A-Z][a-z]+ (?:Road|Street|Avenue|Lane|Close|Drive)\b",
}
NO_NAMES = frozenset(
    {*month_name, *day_name, *(f"{day}s" for day in day_name), "Christmas", "Easter", "English", "I", "Year"}
    | {"CAMHS", "DOC", "GP", "SDQ", "SDQs", "AS1", "AS2", "P1", "P2"}
)
"""Words with a capital inside a sentence that name nobody: anything else may be a name."""


def prose() -> Iterator[tuple[str, str, str]]:
    for name, record_type in RECORD_TYPES.items():
        fields = [spec.name for spec in record_type.fields.values() if spec.kind is Kind.TEXT]
        for child_id, row in rows(name):
            for field in fields:
                value = row.values.get(field)
                if isinstance(value, str) and " " in value:
                    yield child_id, f"{name} {row.id} {field}", value


def capitals_inside(text: str) -> set[str]:
    inside = re.findall(r"(?<![.!?:;]) ([A-Z][A-Za-z0-9]*)", text)
    return set(inside) - NO_NAMES


@pytest.mark.parametrize("kind", IDENTIFYING)
def test_nothing_in_any_file_identifies_anybody(kind: str) -> None:
    found = [
        f"{path.name}: {match.group()}"
        for path in sorted(CASES.iterdir())
        for match in re.finditer(IDENTIFYING[kind], path.read_text(encoding="utf-8"))
    ]
    assert not found, f"looks like {kind}: {found}"


def test_no_word_of_prose_looks_like_the_name_of_a_person_or_a_place() -> None:
    inside = {f"{child_id} {where}": capitals_inside(text) for child_id, where, text in prose()}
    found = {where: sorted(words) for where, words in inside.items() if words}
    assert not found, f"may be a name: {found}"


def test_the_patterns_find_what_they_are_for() -> None:
    examples = ("Mr Example", "ZZ1 1ZZ", "01632 960001", "999 123 4567", "a.b@example.org", "12 Example Road")
    for example, (kind, pattern) in zip(examples, IDENTIFYING.items(), strict=True):
        assert re.search(pattern, f"seen by {example} today"), f"{kind} is not found in {example}"
    assert capitals_inside("He was with Example on Monday.") == {"Example"}


def test_analyses_are_as_long_as_analyses_are() -> None:
    lengths = {
        f"{child_id} {row.id}": len(str(row.values["text"]).split())
        for child_id, row in rows("assessments")
        if row.values["text"]
    }
    odd = {where: words for where, words in lengths.items() if not 60 <= words <= 150}
    assert not odd, f"not 60 to 150 words: {odd}"
