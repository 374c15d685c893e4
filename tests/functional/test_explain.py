"""What is said of a finding: plain sentences that may stand before a director, and before the child one day."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from qaengine.cases import read_cases
from qaengine.cases.council import read_council
from qaengine.cli.explain import explained
from qaengine.evaluate.explain.findings import findings
from qaengine.evaluate.explain.followed import _happened
from qaengine.evaluate.explain.names import CLAUSES, NAMES, clause, name_of, titles
from qaengine.evaluate.explain.words import count, listed, missing
from qaengine.evaluate.stages import Stages, alone, evaluated
from qaengine.model.casefile import CaseSet
from qaengine.model.record import Kind
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.result import Finding, Level, Missing, Result, Why
from qaengine.model.standard import Has, NoGapOver, Standard
from qaengine.standards.loader import load_standards
from tests.spec.table import AS_AT, day, file_of, here_of, said, standard_of

PROJECT = Path(__file__).parents[2]


def reason(check: str, parameters: dict[str, Any] | None = None, more: str = "", **records: Any) -> str:
    """The sentence on the check called `it`."""
    child = records.pop("child", {})
    return said(standard_of(check, more, **(parameters or {})), file_of(child, **records)).check().reason


ON_FILE = "- {id: it, says: A score is on file, has: sdqs, where: {score: recorded}}"
IN_DATE = """
- {id: it, says: It is in date, has: sdqs, where: {score: recorded}, dated: completed, no_older_than: year}
"""
SEVERAL = "- {id: it, says: Two are on file, has: sdqs, at_least: two}"
AWAITED = "- {id: it, says: It is on file, has: sdqs, due: {within: weeks, of: child.looked_after_since}}"


def sdq(completed: date | None, score: int | None = 9) -> dict[str, Any]:
    return {"completed": completed, "score": score}


@pytest.mark.parametrize(
    ("check", "sdqs", "expected"),
    [
        (ON_FILE, [sdq(day("1 May"))], "SDQ r1 of 1 May 2019 shows this."),
        (ON_FILE, [], "Not evidenced on the record: there is no SDQ."),
        (ON_FILE, [sdq(day("1 May"), None)], "Not evidenced on the record: no SDQ shows this."),
        (ON_FILE, [{"completed": AS_AT}], "Cannot be decided: the source carries no score for SDQs."),
        (
            IN_DATE,
            [sdq(day("1 Oct 2018"))],
            "The latest, SDQ r1 of 1 October 2018, is 364 days old; it is in date until 1 October 2019 (12 months).",
        ),
        (
            IN_DATE,
            [sdq(day("1 May")), sdq(day("1 Sep 2018"))],
            "The latest, SDQ r1 of 1 May 2019, is 152 days old; it is in date until 1 May 2020 (12 months).",
        ),
        (
            IN_DATE,
            [sdq(day("29 Sep 2018"))],
            "The latest, SDQ r1 of 29 September 2018, is 366 days old; it was in date until 29 September 2019 "
            "(12 months), 1 day ago.",
        ),
        (IN_DATE, [sdq(day("1 May"), None)], "Not evidenced on the record: no SDQ shows this."),
        (IN_DATE, [sdq(None)], "Cannot be decided: the SDQ's date completed was left blank."),
        (SEVERAL, [sdq(day("1 May"))] * 2, "2 of the 2 SDQs asked for are on the record."),
        (
            SEVERAL,
            [sdq(day("1 May"))],
            "Not evidenced on the record: 1 of the 2 SDQs asked for. The latest is SDQ r1 of 1 May 2019.",
        ),
        (AWAITED, [], "Not yet due: the last day for it is 15 October 2019."),
    ],
)
def test_of_a_check_that_records_are_there(check: str, sdqs: list[dict[str, Any]], expected: str) -> None:
    used = {"year": "12 months", "two": 2, "weeks": "6 weeks"}
    parameters = {name: value for name, value in used.items() if name in re.findall(r"\w+", check)}
    assert reason(check, parameters, sdqs=sdqs, child={"looked_after_since": day("3 Sep")}) == expected


ACTIONS = """
- id: it
  says: Each is in order
  each: plan_actions
  must: {owner: recorded, status: [done, cancelled], due_on: {not_before: set_on}}
"""
IN_ORDER = {"owner": "W-1", "status": "done", "set_on": day("1 May"), "due_on": day("1 Jun")}


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ([IN_ORDER], "Plan action r1 shows this."),
        ([IN_ORDER] * 3, "3 of 3 plan actions show this: r1, r2 and r3."),
        ([], "Nothing on the record that this check is about."),
        ([{**IN_ORDER, "owner": None}], "Plan action r1: owner was left blank."),
        (
            [{**IN_ORDER, "owner": None, "status": "open", "due_on": day("30 Apr")}],
            "Plan action r1: owner was left blank; status is open, not done or cancelled; "
            "due date is 30 April 2019, not on or after the date on which it was set (1 May 2019).",
        ),
        (
            [IN_ORDER, {**IN_ORDER, "owner": None}, {**IN_ORDER, "status": "open"}],
            "Not evidenced on the record: r2 and r3 (2 of 3 plan actions). Plan action r2: owner was left blank.",
        ),
        (
            [{**IN_ORDER, "owner": None}] * 7,
            "Not evidenced on the record: r1, r2, r3, r4, r5 and 2 more (7 of 7 plan actions). "
            "Plan action r1: owner was left blank.",
        ),
        (
            [{**IN_ORDER, "due_on": None}],
            "Plan action r1 cannot be decided: the plan action's due date was left blank.",
        ),
        (
            [{**IN_ORDER, "due_on": None}, IN_ORDER],
            "Cannot be decided of r1 (1 of 2 plan actions): the plan action's due date was left blank.",
        ),
    ],
)
def test_of_a_check_of_each_record(actions: list[dict[str, Any]], expected: str) -> None:
    assert reason(ACTIONS, plan_actions=actions) == expected


@pytest.mark.parametrize(
    ("test", "action", "expected"),
    [
        ("{words: {less_than: n}}", {"words": 3}, "number of words is 3, less than 6"),
        ("{joined: true}", {"joined": True}, "its text joins two or more actions"),
        ("{observable: false}", {"observable": False}, "its measure has no number, frequency, date or observation"),
        ("{measure: missing}", {"measure": None}, "measure was left blank"),
        ("{any: [{measure: missing}, {need: missing}]}", {"measure": None, "need": "N1"}, "measure was left blank"),
        (
            "{text: {words: phrases}}",
            {"text": "Continue to engage"},
            "text is “Continue to engage”, with “continue to”",
        ),
        (
            "{due_on: {after: set_on}, not: {due_on: {within: weeks, of: set_on}}}",
            {"set_on": day("1 May"), "due_on": day("1 Dec")},
            "due date is 1 December 2019, after the date on which it was set (1 May 2019) and not within 6 weeks of "
            "the date on which it was set (1 May 2019)",
        ),
        ("{set_on: {no_older_than: weeks}}", {"set_on": AS_AT}, "date on which it was set is 30 September 2019, "
         "in the 6 weeks to 30 September 2019"),
        ("{set_on: {for_at_least: weeks}}", {"set_on": day("1 May")}, "date on which it was set is 1 May 2019, "
         "6 weeks or more before 30 September 2019"),
        ("{child.born: {for_at_least: years}}", {}, "the child was 10 on 30 September 2019"),
        ("{plan: {same_as: carried_from}}", {"plan": "P1", "carried_from": "P1"},
         "plan is “P1”, the same as earlier action"),
        ("{review.held: missing}", {}, "there is no review of the kind asked for"),
        ("{review.held: missing, words: recorded}", {"words": 3},
         "there is no review of the kind asked for; number of words is 3"),
        ("{status_date: missing}", {"status_date": None}, "date of its status is not recorded"),
    ],
)  # fmt: skip
def test_a_reader_is_told_what_was_found(test: str, action: dict[str, Any], expected: str) -> None:
    known = {"n": 6, "phrases": ["continue to"], "weeks": "6 weeks", "years": "4 years"}
    used = {name: value for name, value in known.items() if re.search(rf"\b{name}\b", test)}
    more = "anchors: {review: {latest: reviews, by: held}}"
    file: dict[str, Any] = {"child": {"born": day("1 May 2009")}, "plan_actions": [action], "reviews": []}
    check = f"- {{id: it, says: It points, each: plan_actions, refer_if: {test}}}"
    assert reason(check, used, more, **file) == f"Plan action r1: {expected}."


def test_where_there_is_nothing_to_read_it_says_no_more() -> None:
    check = "- {id: it, says: It points, each: plan_actions, refer_if: {measure: missing}}"
    assert reason(check, plan_actions=[{"measure": "weekly"}]) == "Plan action r1: nothing to read."
    assert reason(check, plan_actions=[{"measure": "weekly"}] * 2) == "Nothing to read."
    two = reason(check, plan_actions=[{"measure": None}, {"measure": "weekly"}])
    assert two == "Needs a person to read: r1 (1 of 2 plan actions). Plan action r1: measure was left blank."


def test_a_test_of_a_parameter_alone_has_nothing_to_show() -> None:
    check = "- {id: it, says: It is so, each: sdqs, must: {parameter.mode: strict}}"
    mode = {"mode": {"value": "lenient", "choices": ["strict", "lenient"]}}
    assert reason(check, mode, sdqs=[sdq(AS_AT)]) == "SDQ r1 does not show this."


ANSWERED = """
- id: it
  says: It is answered
  after_each: sdqs
  within: week
  followed_by: [{a: reviews}]
  mitigated_by: {a: decisions}
"""
LAST = "27 September 2019 (20 September 2019 + 5 working days)"


@pytest.mark.parametrize(
    ("completed", "held", "decided", "expected"),
    [
        ("20 Sep", "27 Sep", None, f"SDQ r1 of 20 September 2019, review r1 came 5 working days later; "
         f"the last day was {LAST}."),
        ("20 Sep", "20 Sep", None, f"SDQ r1 of 20 September 2019, review r1 came the same day; "
         f"the last day was {LAST}."),
        ("20 Sep", "30 Sep", None, f"SDQ r1 of 20 September 2019, review r1 came 6 working days later, which is late; "
         f"the last day was {LAST}."),
        ("20 Sep", None, None, f"SDQ r1 of 20 September 2019, nothing is recorded by 30 September 2019, 6 working days "
         f"later; the last day was {LAST}."),
        ("20 Sep", None, "23 Sep", f"SDQ r1 of 20 September 2019, nothing is recorded by 30 September 2019, 6 working "
         f"days later; the last day was {LAST}. A reason was recorded before that day."),
        ("23 Sep", None, None, "SDQ r1 of 23 September 2019, nothing is recorded yet; "
         "the last day is 30 September 2019 (23 September 2019 + 5 working days)."),
    ],
)  # fmt: skip
def test_of_what_followed(completed: str, held: str | None, decided: str | None, expected: str) -> None:
    found = reason(
        ANSWERED,
        {"week": "5 working days"},
        sdqs=[sdq(day(completed))],
        reviews=[{"held": day(held)}] if held else [],
        decisions=[{"decided": day(decided)}] if decided else [],
    )
    assert found == f"After {expected}"


THERE = """
- id: it
  says: It is answered, or was already
  after_each: sdqs
  within: week
  followed_by: [{a: reviews}, {a: reviews, dated: trigger.completed, where: {held: {before: trigger.completed}}}]
"""


@pytest.mark.parametrize(
    ("completed", "held", "expected"),
    [
        ("19 Sep", "18 Sep", "review r1 of 18 September 2019 was there already"),
        ("19 Sep", "19 Sep", "review r1 came the same day"),
        ("19 Sep", "20 Sep", "review r1 came 1 working day later"),
    ],
)
def test_what_was_there_before_did_not_come_the_same_day(completed: str, held: str, expected: str) -> None:
    found = reason(THERE, {"week": "5 working days"}, sdqs=[sdq(day(completed))], reviews=[{"held": day(held)}])
    assert f", {expected}; the last day was " in found


NAMED = """
- id: it
  says: It is answered
  after_each: changes
  within: week
  followed_by: [{a: reviews}]
"""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("plans/P1/ended", "the end of plan P1"),
        ("plans/P1", "plan P1"),
        ("missing_episodes/ME3", "missing episode ME3"),
        ("CG1", "significant change CG1"),
        ("elsewhere/CG1", "significant change elsewhere/CG1"),
    ],
)
def test_a_change_that_another_record_shows_is_named_by_that_record(change: str, named: str) -> None:
    changes = [{"id": change, "happened": day("2 Sep")}]
    found = reason(NAMED, {"week": "5 working days"}, changes=changes, reviews=[])
    assert found.startswith(f"After {named} of 2 September 2019, nothing")
    several = [*changes, {"id": "CG2", "happened": day("3 Sep")}]
    found = reason(NAMED, {"week": "5 working days"}, changes=several, reviews=[{"held": day("4 Sep")}])
    shown = {named.removeprefix("significant change "), "CG2"}
    assert set(found.removeprefix("2 of 2 significant changes show this: ").rstrip(".").split(" and ")) == shown


def test_of_several_that_were_all_late_it_says_so() -> None:
    found = reason(
        ANSWERED,
        {"week": "5 working days"},
        sdqs=[sdq(day("20 Sep")), sdq(day("19 Sep"))],
        reviews=[{"held": AS_AT}],
        decisions=[],
    )
    assert found.startswith("Done, but late: r1 and r2 (2 of 2 SDQs). After SDQ r1 of 20 September 2019, review r1")


OWN_DATE = (
    "- {id: it, says: In time, after_each: discussions, dated: triggered_on, within: d, followed_by: [{this: X}]}"
)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("held", "it was held 1 day later; the last day was 21 September 2019 (20 September 2019 + 1 day)."),
        ("minutes", "nothing is recorded by 30 September 2019, 10 days later; the last day was 21 September 2019 "
         "(20 September 2019 + 1 day)."),
        ("distributed", "the minutes were sent to those who took part 2 days later, which is late; the last day was "
         "21 September 2019 (20 September 2019 + 1 day)."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("points", [False, True])
def test_of_a_date_of_its_own_and_the_same_to_a_reader_unless_there_is_nothing_to_read(
    field: str, expected: str, points: bool
) -> None:
    check = OWN_DATE.replace("X", field) + "\n"
    check = check.replace("says:", "only_refers: true, says:") if points else check
    row = {"held": day("21 Sep"), "triggered_on": day("20 Sep"), "minutes": None, "distributed": day("22 Sep")}
    begun = "After 20 September 2019 (strategy discussion r1, date of the event that called for it), "
    assert reason(check, {"d": "1 day"}, discussions=[row]) == begun + expected


def test_a_reader_is_not_told_that_something_came_when_it_is_only_not_yet_due() -> None:
    check = "- {id: it, says: None came, only_refers: true, after_each: sdqs, within: d, followed_by: [{a: reviews}]}"
    found = reason(check, {"d": "1 day"}, sdqs=[sdq(AS_AT)], reviews=[])
    assert found == (
        "After SDQ r1 of 30 September 2019, nothing is recorded yet; "
        "the last day is 1 October 2019 (30 September 2019 + 1 day)."
    )


QUORATE = """
- id: it
  says: They took part
  in_each: discussions
  includes: quorum
  among: participants
  link: discussion
  by: agency_code
  counting: {mode: in_person}
  or_refer: {mode: written}
"""
WITH = "Strategy discussion r1 of 30 September 2019: "


@pytest.mark.parametrize(
    ("agencies", "expected"),
    [
        ({"social_care": "in_person", "police": "in_person"}, f"{WITH}social care and police on the record."),
        ({"social_care": "in_person"}, f"{WITH}1 of 2; police not evidenced on the record."),
        ({}, f"{WITH}0 of 2; social care and police not evidenced on the record."),
        (
            {"social_care": "in_person", "police": "written"},
            f"{WITH}1 of 2; police only in a form that a person must weigh.",
        ),
        (
            {"social_care": "in_person", None: "in_person"},
            "Strategy discussion r1 cannot be decided: the participant's agency cannot be told.",
        ),
    ],
)
def test_of_who_took_part(agencies: dict[str | None, str], expected: str) -> None:
    parts = [{"discussion": "r1", "agency_code": code, "mode": mode} for code, mode in agencies.items()]
    found = reason(QUORATE, {"quorum": ["social_care", "police"]}, discussions=[{"held": AS_AT}], participants=parts)
    assert found == expected


def test_a_question_is_said_as_it_is_asked() -> None:
    check = "- {id: it, asks: Is it true of the child?}"
    assert reason(check) == "Only a person can answer: Is it true of the child?"
    for_others = "- {id: it, asks: Is it true of the child?, when: {disabled: true}}"
    assert reason(for_others, child={"disabled": False}) == "Nothing to read."
    undecided = reason(for_others, child={"disabled": None})
    assert undecided == "Cannot be decided: the child's record does not say whether the child has a disability."


TWO = """
- {id: one, says: A score is on file, has: sdqs, where: {score: recorded}}
- {id: two, says: A review was held, has: reviews, when: {disabled: true}}
- {id: flag, says: A score of self, each: sdqs, refer_if: {informant: self}}
- {id: asked, asks: Is it true?}
"""


@pytest.mark.parametrize(
    ("child", "sdqs", "recorded", "read"),
    [
        ({"disabled": True}, [sdq(AS_AT)], "Met as recorded: every check is met.", None),
        (
            {"disabled": False},
            [sdq(AS_AT)],
            "Met as recorded: 1 of 2 checks; the others do not apply or are not yet due.",
            "Needs a person to read: Is it true?",
        ),
        ({"disabled": False}, [], "Not evidenced on the record: A score is on file.", None),
        (
            {"disabled": None},
            [{**sdq(AS_AT), "informant": "self"}],
            "Not enough recorded for 1 of 2 checks: "
            "the child's record does not say whether the child has a disability.",
            "Needs a person to read: A score of self; Is it true?",
        ),
    ],
)
def test_of_a_standard(child: dict[str, Any], sdqs: list[dict[str, Any]], recorded: str, read: str | None) -> None:
    told = said(standard_of(TWO), file_of(child, sdqs=sdqs, reviews=[{"held": AS_AT}]))
    assert told.as_recorded.reason == recorded
    assert read is None or told.as_read.reason == read


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        ({"disabled": True}, "This standard is not for this child."),
        (
            {},
            "Whether this is for the child cannot be decided: "
            "the source does not say whether the child has a disability.",
        ),
    ],
)
def test_of_a_standard_that_is_not_for_the_child(child: dict[str, Any], expected: str) -> None:
    told = said(standard_of(TWO, "applies_to: {disabled: false}"), file_of(child, sdqs=[]))
    assert told.as_recorded.reason == expected


@pytest.mark.parametrize(
    ("record", "field", "why", "expected"),
    [
        ("sdqs", "", Why.NOT_CARRIED, "the source carries no SDQs"),
        ("section47s", "", Why.NOT_CARRIED, "the source carries no section 47 enquiries"),
        ("discussion_actions", "owner", Why.LEFT_BLANK, "the discussion action's owner was left blank"),
        ("sdqs", "speaks_for", Why.LEFT_BLANK, "the SDQ's date cannot be told"),  # nobody left it blank: it is derived
        ("sdqs", "speaks_for", Why.NOT_CARRIED, "the source carries no date for SDQs"),
        ("plan_actions", "due_on_as_typed", Why.NOT_CARRIED,
         "the source carries no due date as typed for plan actions"),
        ("child", "born", Why.CONTRADICTORY, "the child's date of birth contradicts another entry"),
        ("assessments", "child_seen", Why.LEFT_BLANK,
         "the assessment does not say whether the child was seen during it"),
        ("assessments", "child_seen", Why.CONTRADICTORY,
         "the assessment contradicts itself on whether the child was seen during it"),
        ("plan_actions", "joined", Why.LEFT_BLANK, "whether its text joins two or more actions cannot be told"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_in_words(record: str, field: str, why: Why, expected: str) -> None:
    assert missing([Missing(record, field, why)]) == expected


def test_what_is_missing_is_said_once() -> None:
    both = [Missing("participants", name, Why.LEFT_BLANK) for name in ("agency_code", "quorum_agency")]
    assert missing(both) == "the participant's agency cannot be told"


def test_every_field_has_a_name_that_reads_aloud_and_no_name_is_of_a_field_that_is_gone() -> None:
    types = (CHILD, *RECORD_TYPES.values())
    fields = {name for one in types for name in one.fields} | {f"{t.name}.{name}" for t in types for name in t.fields}
    assert set(NAMES) <= fields
    assert set(CLAUSES) <= fields
    for one in types:
        assert "_" not in titles(one.name)
        for name, spec in one.fields.items():
            assert "_" not in name_of(one.name, name)
            assert (clause(one.name, name) is None) is (spec.kind is not Kind.YES_NO)


def test_numbers_and_lists_in_words() -> None:
    assert [count(n, "working days") for n in (0, 1, 2, 1234)] == [
        "0 working days",
        "1 working day",
        "2 working days",
        "1,234 working days",
    ]
    assert [listed("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_an_explanation_shows_every_condition_what_was_found_and_the_arithmetic() -> None:
    check = """
    - id: it
      says: The score is low and new
      each: latest_sdq
      where: {informant: main_carer}
      must: {score: {less_than: high}, completed: {no_older_than: year}, not: {reason: [SDQ1]}}
    """
    more = "anchors: {latest_sdq: {latest: sdqs, by: completed}}\napplies_to: {looked_after: true}"
    standard = standard_of(check, more, high=17, year="12 months")
    row = {"completed": day("1 Aug 2018"), "score": 9, "informant": "main_carer", "reason": "SDQ1"}
    file = file_of({"looked_after_since": day("1 May")}, sdqs=[row])
    here = here_of(file)
    lines = list(explained(alone(standard, file, AS_AT, here.not_carried)))
    assert lines == [
        "CH-1: A standard (a-standard), as at 30 September 2019",
        "  as recorded: not_met. Not evidenced on the record: The score is low and new.",
        "  as read:     not_applicable. Nothing to read.",
        "  whom it is for:",
        "    ✓ the child's first day in care is filled in: 1 May 2019",
        "  latest SDQ (the latest of the SDQs by date completed): r1",
        "  it [each, by record]: not_met",
        "    The score is low and new",
        "    SDQ r1: date completed is 1 August 2018, not in the 12 months to 30 September 2019; "
        "reason for absence is SDQ1.",
        "      r1: not_met",
        "        in scope:",
        "          ✓ informant is main carer: “main_carer”",
        "        ✗ all of these hold",
        "          ✓ score is less than 17: 9",
        "          ✗ date completed is no more than 12 months before the as-at date: "
        "1 August 2018 + 12 months = 1 August 2019, against 30 September 2019",
        "          ✗ this does not hold",
        "            ✓ reason for absence is SDQ1: “SDQ1”",
        "  numbers that this rests on:",
        "    mend within: 5 days; “a test”. Owner: nobody.",
        "    high: 17; “a test”. Owner: nobody.",
        "    year: 12 months; “a test”. Owner: nobody.",
    ]


def test_an_explanation_of_time_shows_each_interval_each_record_and_what_it_depends_on() -> None:
    checks = """
    - id: seen
      says: Seen
      depends_on: {disabled: recorded}
      between: visits
      where: {seen: true}
      during: placements
      during_where: {kind: foster}
      no_gap_over: [{within: week}]
    - {id: since, says: Seen, between: visits, since: child.looked_after_since, no_gap_over: [{within: week}]}
    - {id: done, says: Done, lasts: section47s, where: {outcome: recorded}, to: ended, at_most: week}
    - {id: most, says: Most, share: visits, where: {seen: true}, must: {seen_alone: true}, at_least: half}
    """
    standard = standard_of(checks, week="7 days", half=50)
    file = file_of(
        {"disabled": False, "looked_after_since": day("20 Sep")},
        placements=[{"id": "p1", "started": day("20 Sep"), "ended": None, "kind": "foster"}],
        visits=[{"held": day("26 Sep"), "seen": True, "seen_alone": True}],
        section47s=[{"started": day("23 Sep"), "ended": None, "outcome": "none"}],
    )
    lines = list(explained(alone(standard, file, AS_AT, here_of(file).not_carried)))
    assert lines[5 : lines.index("  numbers that this rests on:")] == [
        "  seen [no_gap_over, by record]: met",
        "    Seen",
        "    Within their limit: 1 of 2 intervals.",
        "    cannot be decided unless this is so:",
        "      ✓ the child's disabled is filled in: no",
        "      p1: met, due 27 September 2019",
        "        in scope:",
        "          ✓ kind is foster: “foster”",
        "        no longer than 7 days",
        "      r1: not_yet_due, due 3 October 2019",
        "        in scope:",
        "          ✓ the child was seen: yes",
        "        no longer than 7 days",
        "  since [no_gap_over, by record]: met",
        "    Seen",
        "    Within their limit: 1 of 2 intervals.",
        "      from the start: met, due 27 September 2019",
        "        no longer than 7 days",
        "      r1: not_yet_due, due 3 October 2019",
        "        no longer than 7 days",
        "  done [at_most, by record]: not_yet_due",
        "    Done",
        "    Section 47 enquiry r1 of 23 September 2019 has not ended; the last day is 30 September 2019 "
        "(23 September 2019 + 7 days).",
        "      r1: not_yet_due, due 30 September 2019",
        "        in scope:",
        "          ✓ outcome is filled in: “none”",
        "  most [share, by record]: met",
        "    Most",
        "    1 of the visits on the record show this; 1 record is asked for (50 %).",
        "      r1",
        "        in scope:",
        "          ✓ the child was seen: yes",
        "        shows it:",
        "          ✓ the child was seen alone: yes",
    ]


LISTED = """
- {id: fine, says: A score is on file, has: sdqs, where: {score: recorded}}
- {id: to-read, says: A score of self, each: sdqs, refer_if: {informant: self}}
- {id: asked, asks: Is it true?}
- {id: open, says: The child's disability is known, has: sdqs, when: {disabled: true}}
- {id: not-so, says: Each has a score, each: sdqs, must: {score: {at_least: low}}}
"""


def listed_of(scores: list[int], only: str | None = None, every: bool = False) -> list[str]:
    file = file_of({"disabled": None}, sdqs=[{**sdq(AS_AT, score), "informant": "teacher"} for score in scores])
    lines = explained(alone(standard_of(LISTED, low=5), file, AS_AT, here_of(file).not_carried), only, every)
    return [line for line in lines if "✓" not in line and "✗" not in line]


def checks_shown(lines: list[str]) -> list[str]:
    return [found[1] for line in lines if (found := re.match(r"  ([a-z-]+) \[", line))]


def test_what_is_not_met_comes_first_and_then_what_is_not_decided() -> None:
    assert checks_shown(listed_of([4])) == ["not-so", "open", "asked", "fine", "to-read"]
    assert checks_shown(listed_of([5])) == ["open", "asked", "fine", "to-read", "not-so"]


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ([5] * 3, None),
        ([5] * 4, "      4 SDQs are met"),
        ([4] + [5] * 4, "      4 more SDQs are met"),
        ([5] * 1200, "      1,200 SDQs are met"),
    ],
)
def test_of_more_than_three_that_are_met_only_the_number_is_said_unless_all_are_asked_for(
    scores: list[int], said: str | None
) -> None:
    short, full = listed_of(scores), listed_of(scores, every=True)
    assert (said in short) if said else not [line for line in short if "are met" in line]
    assert said not in full
    assert sum(line.startswith("      r") and line.endswith(": met") for line in full) == scores.count(5)


def test_one_check_alone_is_shown_in_full() -> None:
    lines = listed_of([4] + [5] * 4, "not-so")
    assert checks_shown(lines) == ["not-so"]
    assert sum(line.startswith("      r") and line.endswith(": met") for line in lines) == 4


@cache
def standards() -> tuple[Standard, ...]:
    return load_standards(PROJECT / "rules", examples=False)


@cache
def sample() -> CaseSet:
    council = read_council(PROJECT / "rules")
    return read_cases(PROJECT / "sample_cases").as_at(AS_AT, council=council).case_set()


@cache
def all_findings() -> tuple[Finding, ...]:
    return tuple(
        finding
        for file in sample().files
        for one in evaluated(Stages.of(standards()), file, AS_AT, sample().not_carried)
        for finding in findings(one)
    )


def all_lines() -> Iterator[str]:
    for file in sample().files:
        for one in evaluated(Stages.of(standards()), file, AS_AT, sample().not_carried):
            yield from explained(one, every=True)


QUOTED = re.compile(r"“[^”]*”")
UNFIT = re.compile(r"violat|fail|worse|outcome|\bNone\b|\bTrue\b|\bFalse\b|<|>|\(\)|\[\]|\{|\}|_|  |\.\.|;\.|: \.|, ;")


def test_no_sentence_over_the_sample_cases_has_an_unfit_word_or_a_hole_in_it() -> None:
    sentences = {QUOTED.sub("“…”", finding.reason) for finding in all_findings()}
    assert len(sentences) > 100
    assert not [sentence for sentence in sentences if UNFIT.search(sentence)]
    assert not [sentence for sentence in sentences if not re.match(r"[A-Z0-9].*[.?]$", sentence)]


def test_no_line_of_an_explanation_over_the_sample_cases_has_one_either() -> None:
    unfit = re.compile(r"violat|\bfail|worse|outcome|\bNone\b|\bTrue\b|\bFalse\b|<[a-zA-Z]|\(\)|\[\]")
    name = re.compile(r" \([a-z0-9-]+\),")  # the id of the standard
    assert not [line for line in all_lines() if unfit.search(name.sub(",", QUOTED.sub("“…”", line)))]


def test_sentences_are_short_enough_to_be_read() -> None:
    """Those on a check or a record; that on a standard repeats up to five checks, whose sentences are its author's."""
    long = [f.reason for f in all_findings() if f.level is not Level.STANDARD and len(f.reason) > 400]
    assert not long


def test_every_finding_that_is_not_met_or_cannot_be_decided_says_by_what() -> None:
    kinds = {(standard.id, check.id): check.test for standard in standards() for check in standard.checks}
    for finding in all_findings():
        if finding.result is Result.CANNOT_DECIDE:
            assert finding.missing, finding
        if finding.result is Result.NOT_MET and finding.level is not Level.STANDARD:
            test = kinds[finding.standard, str(finding.check)]
            since_a_day = isinstance(test, NoGapOver) and not test.span.record_type
            none_there = (isinstance(test, Has) and finding.measured == 0) or since_a_day
            assert finding.evidence or none_there, finding  # that there is none is what the record shows


def test_words_typed_in_place_of_a_value_are_shown_and_not_called_blank() -> None:
    shown = {
        (finding.child_id, finding.check): finding.reason
        for finding in all_findings()
        if finding.level is Level.RECORD and "was typed as" in finding.reason
    }
    assert "“17 (high)”" in " ".join(shown.values())
    assert "“ongoing”" in " ".join(shown.values())


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("the day of the disruption meeting", "the disruption meeting came"),
        ("the day on which what was learnt was shared", "what was learnt was shared"),
        ("the day the report was complete", "the report was complete"),
    ],
)
def test_a_date_of_the_triggers_own_is_told_as_something_that_happened(says: str, expected: str) -> None:
    assert _happened(says.removeprefix("the day ")) == expected
