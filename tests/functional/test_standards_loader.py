"""Every way in which a standard can be written wrongly, with everything that is said to the person who wrote it.

Each file of `tests/fixtures/bad` is `tests/fixtures/good.yaml`, or `good-of-time.yaml`, with one kind of mistake (a
few of them at once, where that shows that all are reported); what is expected is every problem, whole, in the order of
the file.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from qaengine.model.condition import All, Compare, NoOlderThan, Order, Ref, Scope, leaves, refs
from qaengine.model.marked_yaml import load_marked
from qaengine.model.period import Period, Unit
from qaengine.model.problem import ExitCode, InputError
from qaengine.model.result import By
from qaengine.model.standard import AtMost, Each, Has, LooksBack, NoGapOver, Span
from qaengine.standards.loader import laid_over, load_standard, load_standards, without_examples

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOOD = (FIXTURES / "good.yaml").read_text(encoding="utf-8")
OF_TIME = (FIXTURES / "good-of-time.yaml").read_text(encoding="utf-8")
JARGON = re.compile(r"\b(Input should|None|True|False|dict\w*|str|pydantic|Value error|valid|instance|Traceback)\b")

EXPECTED = {
    "a-word": [
        "1:1: this is no standard; found 'sdq-on-file'; expected keys with values, from 'id' to 'examples'",
    ],
    "age-of-nothing": [
        "14:39: age is from one number of years to another; found keys with values; expected {from: PARAMETER, "
        "to: PARAMETER}, one of them or both, and 'at' a date",
    ],
    "alias": [
        "10:9: aliases are not read; found *a; expected its value",
    ],
    "anchor-both-ways": [
        "16:15: an anchor is either the latest or the earliest of a record type",
    ],
    "anchor-by-what-is-no-date": [
        "16:34: 'score' is not a date; expected one of completed, year_ended, attempted, next_attempt, speaks_for",
    ],
    "anchor-neither-way": [
        "16:15: an anchor is either the latest or the earliest of a record type",
    ],
    "anchor-of-an-anchor": [
        "17:73: 'latest_sdq' names nothing here; expected one of child",
        "19:41: 'latest_sdq' names nothing here; expected one of child",
    ],
    "anchor-with-a-taken-name": [
        "16:9: 'sdqs' already has a meaning; expected another name",
    ],
    "bad-age": [
        "14:28: not a test of being looked after; found 'yes'; expected true, or {for_at_least: PARAMETER}",
        "14:38: age is from one number of years to another; found keys with values; expected {from: PARAMETER, "
        "to: PARAMETER}, one of them or both, and 'at' a date",
    ],
    "bad-any": [
        "23:18: any and all take a list of conditions; found keys with values; expected a list",
    ],
    "bad-choice": [
        "13:17: not one of its choices; found 'strickt'; expected one of strict, lenient; did you mean strict?",
        "14:50: 'mode' has no such choice; found 'loose'; expected one of strict, lenient",
    ],
    "bad-contradiction": [
        "18:75: an SDQ has no field 'raeson'; did you mean reason?",
    ],
    "bad-effective-date": [
        "5:17: 'effective_from' cannot be read; found 'next April'; expected a date such as 2019-09-30",
    ],
    "bad-id": [
        "1:5: 'id' cannot be read; found 'SDQ on file'; expected lower-case words joined by hyphens",
        "20:9: 'id' cannot be read; found 'in_date'; expected lower-case words joined by hyphens",
    ],
    "bad-moment": [
        "23:33: not a date; found 'today'; expected a date such as 2019-09-30, or one of as_at, "
        "return_year_start, return_year_end, completed, year_ended, attempted, next_attempt",
        "23:47: not a date; found 'score'; expected a date such as 2019-09-30, or one of as_at, "
        "return_year_start, return_year_end, completed, year_ended, attempted, next_attempt",
        "23:65: not a date; found '2019-02-30'; expected a date such as 2019-09-30, or one of as_at, "
        "return_year_start, return_year_end, completed, year_ended, attempted, next_attempt",
    ],
    "bad-period": [
        "9:25: not a period; found 'a year'; expected a period such as 12 months, 10 working days, 6 weeks, 42 "
        "days or 2 years",
    ],
    "bad-remedy": [
        "46:63: numbers and lists are written under 'parameters'; found '20 working days'; expected the name "
        "of a parameter that is a period, such as 12 months",
    ],
    "bad-result-in-expect": [
        "51:23: not a result; found 'pass'; expected one of met, not_met, not_yet_due, not_applicable, "
        "cannot_decide, refer_to_auditor",
        "51:39: not a result; found 'notmet'; expected one of met, not_met, not_yet_due, not_applicable, "
        "cannot_decide, refer_to_auditor; did you mean not_met?",
    ],
    "bad-severity": [
        "4:11: 'severity' cannot be read; found 'high'; expected 'critical', 'major' or 'minor'",
    ],
    "bad-yaml": [
        "23:10: not readable as YAML: while parsing a flow sequence, did not find expected ',' or ']'",
    ],
    "bare-number": [
        "24:20: numbers and lists are written under 'parameters'; found '12 months'; expected the name of a "
        "parameter that is a period, such as 12 months",
        "28:31: numbers and lists are written under 'parameters'; found 17; expected the name of a parameter "
        "that is a whole number",
    ],
    "choice-without-choices": [
        "13:9: nothing uses the parameter 'mode'",
        "14:50: the parameter 'high' has no choices; expected a parameter with choices",
    ],
    "date-that-is-no-date": [
        "34:12: 'score' is not a date; expected one of completed, year_ended, attempted, next_attempt, speaks_for",
        "35:49: 'kind' is not a date; expected one of made",
    ],
    "duplicate-check-ids": [
        "25:9: 'in-date' twice (first on line 20); expected another name",
    ],
    "duplicate-example-names": [
        "52:12: 'in date' twice (first on line 48); expected another name",
    ],
    "duplicate-key": [
        "23:5: the same key twice (first on line 22); found has; expected each key once",
    ],
    "effective-the-wrong-way-round": [
        "6:15: it ends before it begins; found 2019-03-31; expected 2020-04-01 or later",
    ],
    "empty": [
        "1:1: the file is empty; expected keys with values, from 'id' to 'examples'",
    ],
    "expect-of-an-unknown-check": [
        "51:22: no check 'in-dat'; expected one of acted-on, high-score, in-date, quorate, read, standard, "
        "true-story; did you mean in-date?",
    ],
    "impossible-code-in-a-parameter": [
        "42:27: the parameter 'present' has a word that 'mode' never is; found 'in_persn'; expected one of "
        "in_person, video, phone, written, apologies, invited; did you mean in_person?",
    ],
    "impossible-code": [
        "23:21: 'reason' cannot be this; found 'SDQ9'; expected one of SDQ1, SDQ2, SDQ3, SDQ4, SDQ5, recorded, "
        "missing, in, same_as; did you mean SDQ5?",
        "23:38: 'informant' cannot be this; found 'mother'; expected one of main_carer, teacher, self, "
        "recorded, missing, in, same_as; did you mean teacher?",
    ],
    "missing-key-at-the-top": [
        "1:1: the key 'title' is missing",
    ],
    "missing-key-in-a-check": [
        "25:5: the key 'says' is missing",
    ],
    "missing-key-in-a-parameter": [
        "10:9: the key 'owner' is missing",
        "10:9: the key 'source' is missing",
    ],
    "misspelt-test": [
        "28:30: 'les_than' cannot be asked of 'score', which is a number; expected one of recorded, missing, "
        "at_least, at_most, more_than, less_than; did you mean less_than?",
    ],
    "must-and-refer-if": [
        "25:5: 'each' takes either must or refer_if; expected one of the two",
    ],
    "negative-period": [
        "9:25: not a period; found '-12 months'; expected a period such as 12 months, 10 working days, 6 "
        "weeks, 42 days or 2 years",
    ],
    "neither-must-nor-refer-if": [
        "25:5: 'each' takes either must or refer_if; expected one of the two",
    ],
    "no-date-of-its-own": [
        "29:5: a participant has no date of its own; expected the key 'dated'",
    ],
    "no-kind": [
        "20:5: a check of no kind; expected one of has, each, after_each, in_each, between, lasts, share, asks",
    ],
    "not-a-mapping": [
        "1:1: this is no standard; found a list; expected keys with values, from 'id' to 'examples'",
    ],
    "nothing-in-a-list": [
        "6:10: 'sources' cannot be read; found a list; expected at least one",
    ],
    "of-without-within": [
        "23:29: 'of' alone is no test; expected within beside it",
    ],
    "parameter-of-the-wrong-kind": [
        "12:11: nothing uses the parameter 'quorum'",
        "24:20: the parameter 'high' is of another kind; found 17; expected a parameter that is a period, such "
        "as 12 months",
        "28:31: the parameter 'renew_within' is of another kind; found 12 months; expected a parameter that is "
        "a whole number",
        "38:15: the parameter 'mode' is of another kind; found 'strict'; expected a parameter that is a list",
    ],
    "part-never-possible": [
        "12:11: nothing uses the parameter 'quorum'",
        "38:15: numbers and lists are written under 'parameters'; found a list; expected the name of a "
        "parameter that is a list",
    ],
    "quorum-never-possible": [
        "38:15: the parameter 'quorum' has a word that 'agency_code' never is; found 'polis'; did you mean police?",
    ],
    "red-flag-on-what-only-refers": [
        "26:15: a check that only refers cannot raise a red flag",
    ],
    "response-both-ways": [
        "34:19: a response is either 'a' record type or 'this' date of the trigger",
    ],
    "rests-on-no-check": [
        "19:12: no check 'in-dat' that the record decides; expected one of in-date, high-score, acted-on, quorate; "
        "did you mean in-date?"
    ],
    "shape-and-names-together": [
        "4:11: 'severity' cannot be read; found 'high'; expected 'critical', 'major' or 'minor'",
        "22:10: no record type 'sdq'; did you mean sdqs?",
    ],
    "tab": [
        "20:1: a tab where YAML needs spaces; found a tab; expected spaces",
    ],
    "test-of-nothing": [
        "28:69: 'at' alone is no test; expected no_older_than or for_at_least beside it",
        "28:88: no test of the field; found keys with values; expected such as recorded",
    ],
    "test-that-the-field-does-not-allow": [
        "28:28: 'before' cannot be asked of 'score', which is a number; expected one of recorded, missing, "
        "at_least, at_most, more_than, less_than",
        "28:59: 'less_than' cannot be asked of 'completed', which is a date; did you mean no_older_than?",
        "28:85: 'words' cannot be asked of 'informant', which is a code; expected one of main_carer, teacher, "
        "self, recorded, missing, in, same_as",
    ],
    "two-documents": [
        "46:1: a second document in one file; found ---; expected one document",
    ],
    "two-kinds": [
        "20:5: a check of 2 kinds: has and each; expected one of has, each, after_each, in_each, between, lasts, "
        "share, asks",
    ],
    "unknown-anchor": [
        "27:11: no anchor or record type 'last_sdq'; did you mean latest_sdq?",
        "32:27: 'latest' names nothing here; expected one of child, latest_sdq; did you mean latest_sdq?",
    ],
    "unknown-field": [
        "23:19: an SDQ has no field 'scor'; did you mean score?",
        "28:25: a child has no field 'borne'; did you mean born?",
    ],
    "unknown-key-at-the-top": [
        "5:1: unknown key 'owner'; expected one of id, title, theme, severity, intent, short, reads, sources, "
        "parameters, applies_to, looks_back, target, rests_on, anchors, contradictory, checks, remedy, given, "
        "examples, effective_from, effective_to",
        "6:1: unknown key 'intnt'; did you mean intent?",
    ],
    "unknown-key-in-a-check": [
        "24:5: unknown key 'no_oldr_than'; did you mean no_older_than?",
    ],
    "unknown-key-in-a-parameter": [
        "10:21: unknown key 'sorce'; expected one of value, source, owner, proposed, choices; did you mean source?",
    ],
    "unknown-key-in-a-response": [
        "34:20: unknown key 'an'; expected one of a, this, dated, where; did you mean a?",
    ],
    "unknown-key-in-an-example": [
        "48:5: the key 'as_at' is missing",
        "49:5: unknown key 'asat'; expected one of name, as_at, case, expect; did you mean as_at?",
    ],
    "unknown-kind": [
        "20:5: a check of no kind; expected one of has, each, after_each, in_each, between, lasts, share, asks; "
        "did you mean has?",
    ],
    "unknown-parameter": [
        "24:20: no parameter 'renew_in'; expected the name of a parameter that is a period, such as 12 months; "
        "did you mean renew_within?",
    ],
    "unknown-record-type": [
        "22:10: no record type 'sdq'; did you mean sdqs?",
        "31:17: no record type 'strategy_meetings'; did you mean family_meetings?",
    ],
    "unresolved-name-in-says": [
        "21:11: no parameter 'renew'; expected one of renew_within, high, present, quorum, mode",
    ],
    "unused-parameter": [
        "10:8: nothing uses the parameter 'low'",
    ],
    "within-without-of": [
        "23:33: 'within' looks forward from a date; expected the key 'of' beside it",
    ],
    "wrong-type-of-checks": [
        "20:5: item 1 of 'checks' cannot be read; found 'in date'; expected keys with values",
    ],
    "wrong-type": [
        "2:8: 'title' cannot be read; found a list; expected text",
        "23:12: 'where' cannot be read; found 'recorded'; expected keys with values",
        "49:12: 'as_at' cannot be read; found '30/09/2019'; expected a date such as 2019-09-30",
    ],
    "wrong-value": [
        "23:20: 'score' is a number; found 17; expected one of recorded, missing, at_least, at_most, "
        "more_than, less_than",
        "23:34: 'document' cannot be this; found true; expected one of recorded, missing, in, same_as",
        "23:56: 'disabled' cannot be this; found 'yes'; expected one of true, false, recorded, missing",
    ],
    # --- of visits-in-time: how time passes, and what goes with it
    "between-during-and-since": [
        "21:5: 'between' takes either during or since; expected one of the two",
    ],
    "between-neither-during-nor-since": [
        "31:5: 'between' takes either during or since; expected one of the two",
    ],
    "during-keys-without-during": [
        "27:12: 'until' alone says nothing; expected since beside it",
        "37:13: 'starts' alone says nothing; expected during beside it",
        "38:19: 'during_where' alone says nothing; expected during beside it",
    ],
    "between-without-limits": [
        "36:18: 'no_gap_over' cannot be read; found a list; expected at least one",
    ],
    "limit-that-is-no-limit": [
        "30:30: 'nth' cannot be read; found 'last'; expected a whole number or 'first'",
        "36:19: the key 'within' is missing",
        "36:20: unknown key 'whitin'; expected one of within, nth, when; did you mean within?",
        "36:40: 'nth' cannot be read; found 0; expected greater than or equal to 1 or 'first'",
    ],
    "limit-of-no-period": [
        "30:18: the parameter 'most' is of another kind; found 80; expected a parameter that is a period, such "
        "as 12 months",
        "36:28: numbers and lists are written under 'parameters'; found '6 weeks'; expected the name of a "
        "parameter that is a period, such as 12 months",
    ],
    "span-where-there-is-none": [
        "24:36: 'span' names nothing here; expected one of child, second_review",
        "24:50: a visit has no field 'from'; expected one of id, held, kind, seen, seen_alone, alone_reason, "
        "bedroom_seen, in_core_group, direct_work, recorded_on, report, no_later_than",
        "36:53: 'span' names nothing here; expected one of child, second_review",
        "36:75: 'trigger' names nothing here; expected one of child, second_review",
    ],
    "since-what-is-no-date": [
        "34:12: 'team' is not a date; expected one of born, expected, opened_on, closed_on, looked_after_since, "
        "fourth_birthday, fifth_birthday, sixteenth_birthday, cin_since, section20_since, care_order_since, "
        "placement_order_since, care_order_at_home_since, last_term_started, last_term_ended, this_term_started, "
        "this_term_ends",
        "35:12: 'second_revue' names nothing here; expected one of child, second_review; did you mean second_review?",
    ],
    "ends-with-no-date": [
        "26:13: 'kind' is not a date; expected one of started, ended, with_carer_until, matched_on",
        "27:11: a placement has no field 'carer_since'; did you mean carer?",
    ],
    "lasts-to-what-is-no-event": [
        "42:9: 'opened' is not an event; expected one of planning_meeting, minutes, letter, exited, issued, concluded",
    ],
    "lasts-without-an-end": [
        "37:5: the key 'to' is missing",
    ],
    "lasts-longer-than-no-period": [
        "43:14: the parameter 'reach' is of another kind; found 70 % by 30 November 2019, 100 % by 31 March "
        "2020; expected a parameter that is a period, such as 12 months",
    ],
    "unless-nothing": [
        "44:14: a response is either 'a' record type or 'this' date of the trigger",
        "44:40: no record type 'revews'; did you mean reviews?",
    ],
    "share-of-too-much": [
        "49:15: the parameter 'most' is no share; found 101; expected 0 to 100 per cent",
    ],
    "share-of-a-period": [
        "49:15: the parameter 'first' is of another kind; found 7 days; expected a parameter that is a number of "
        "per cent",
    ],
    "share-in-numbers": [
        "49:15: numbers and lists are written under 'parameters'; found 80; expected the name of a parameter "
        "that is a number of per cent",
    ],
    "trajectory-out-of-order": [
        "15:55: not after the target before it; found 2019-11-30; expected after 2019-11-30",
    ],
    "trajectory-of-no-dates": [
        "15:24: 'by' cannot be read; found 'end of March'; expected a date such as 2019-09-30",
        "15:47: 'percent' cannot be read; found 0; expected greater than or equal to 1",
        "15:51: the key 'by' is missing",
        "15:51: the key 'percent' is missing",
        "15:52: unknown key 'per_cent'; expected one of by, percent; did you mean percent?",
        "15:68: item 3 of 'value' cannot be read; found 'words'; expected keys with values",
    ],
    "target-that-is-no-trajectory": [
        "8:9: the parameter 'most' is of another kind; found 80; expected a parameter that is a list of dates "
        "with per cents",
        "15:10: nothing uses the parameter 'reach'",
    ],
    "target-unknown": [
        "8:9: no parameter 'reech'; expected the name of a parameter that is a list of dates with per cents; did "
        "you mean reach?",
    ],
    "within-and-by": [
        "50:5: 'after_each' takes either within or by; expected one of the two",
    ],
    "neither-within-nor-by": [
        "50:5: 'after_each' takes either within or by; expected one of the two",
    ],
    "by-what-is-no-date": [
        "54:9: 'kind' is not a date; expected one of started, updated, ended, review_due, endorsed, last_changed",
    ],
    "depends-on-nothing-known": [
        "52:37: 'third_review' names nothing here; expected one of child, second_review; did you mean second_review?",
    ],
    "depends-on-more-than-what-is-there": [
        "52:17: what a check depends on is what is there; expected fields that are recorded, such as "
        "{second_review.held: recorded}",
    ],
    "anchor-called-span": [
        "19:9: 'span' already has a meaning; expected another name",
        "20:9: 'from' already has a meaning; expected another name",
    ],
    "given-that-is-no-case": [
        "57:8: 'given' cannot be read; found a list; expected keys with values",
    ],
    "covers-nothing": [
        "7:61: item 2 of 'covers' cannot be read; found ''; expected a few words",
        "7:65: item 3 of 'covers' cannot be read; found 7; expected text",
    ],
}
"""By file: line:column: what is wrong; what was found; what was expected; the nearest right word."""


def problems_of(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_standard(text, "it.yaml")
    assert caught.value.exit_code is ExitCode.STANDARDS
    assert all(problem.file == "it.yaml" for problem in caught.value.problems)
    return [str(problem).removeprefix("it.yaml:") for problem in caught.value.problems]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_problem_of_a_bad_standard_is_said_once_and_at_its_place(name: str) -> None:
    assert problems_of((FIXTURES / "bad" / f"{name}.yaml").read_text(encoding="utf-8")) == EXPECTED[name]


def test_every_bad_standard_has_its_problems_written_down() -> None:
    assert {file.stem for file in (FIXTURES / "bad").glob("*.yaml")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_no_message_speaks_of_python_or_of_the_libraries_underneath(name: str) -> None:
    assert not JARGON.findall(" ".join(EXPECTED[name]))


ODD: list[Any] = [None, True, 7, 1.5, date(2019, 9, 30), "no such thing", "", [], ["x"], {}, {"x": "y"}, {1: 2}, [{}]]


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a document, but for the cases of examples, which are no part of the standard."""
    yield path
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        if key not in ("case", "given"):
            yield from places(value, (*path, key))


def put(data: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """The document with another value at a place."""
    if not path:
        return value
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = put(data[path[0]], path[1:], value)
    return copy


@pytest.mark.parametrize("text", [GOOD, OF_TIME], ids=["good", "good of time"])
@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_an_odd_value_anywhere_is_read_or_is_said_to_be_wrong_in_plain_words(text: str, odd: Any) -> None:
    good = load_marked(text, "good.yaml").data
    said: list[str] = []
    for path in places(good):
        strange = yaml.safe_dump(put(good, path, odd), sort_keys=False)
        try:
            load_standard(strange, "it.yaml")
        except InputError as error:
            said += [str(problem) for problem in error.problems]
    assert len(said) > 50
    assert not [line for line in said if JARGON.search(line)]


def test_the_good_standard_is_read() -> None:
    standard = load_standard(GOOD, "good.yaml")
    assert [check.id for check in standard.checks] == ["in-date", "high-score", "acted-on", "quorate", "true-story"]
    assert standard.checks[0].says == "A score is no more than 12 months old"  # its parameters are filled in
    assert standard.checks[-1].by is By.READER
    assert standard.short == "sdq on file"  # the id, where it has no short name
    assert standard.parameters[0].source == "18.2"
    assert {use.parameter for use in standard.uses} == {"renew_within", "high"}
    assert standard.examples[0].line == 48


def test_the_good_standard_of_time_is_read() -> None:
    standard = load_standard(OF_TIME, "good-of-time.yaml")
    assert [check.kind for check in standard.checks] == ["no_gap_over"] * 2 + ["at_most", "share", "followed_by"]
    assert [source.covers for source in standard.sources] == [("PLAN 14", "OFSTED F8")]
    used = {use.parameter for use in standard.uses}
    assert used == {"first", "weekly", "often", "longest", "most"}  # the target is no limit of a check
    visited, reviewed, lasted, *_ = (check.test for check in standard.checks)
    assert isinstance(visited, NoGapOver)
    assert isinstance(reviewed, NoGapOver)
    assert isinstance(lasted, AtMost)
    assert [limit.nth for limit in visited.limits] == [1, None, None]
    assert [ref.scope for ref in refs(visited.limits[1].when)] == [Scope.SPAN, Scope.INTERVAL, Scope.ANCHOR]
    assert (visited.span.record_type, visited.span.starts.field) == ("placements", "started")
    assert visited.span.ends == Ref(Scope.RECORD, "ended", "placements")  # its own end, where it has one
    since, until = (Ref(Scope.CHILD, name, "child") for name in ("looked_after_since", "closed_on"))
    assert reviewed.span == Span(since, until)
    assert visited.looks_back == lasted.looks_back == LooksBack(Period(26, Unit.WEEKS))


@pytest.mark.parametrize(
    ("as_at", "due", "coming"),
    [
        (date(2019, 11, 30), None, 70),
        (date(2019, 12, 1), 70, 100),
        (date(2020, 3, 31), 70, 100),
        (date(2020, 4, 1), 100, None),
    ],
)
def test_a_trajectory_has_a_target_that_is_due_and_one_that_is_to_come(
    as_at: date, due: int | None, coming: int | None
) -> None:
    target = load_standard(OF_TIME, "good-of-time.yaml").target
    assert target is not None
    found = (target.due_at(as_at), target.next_after(as_at))
    assert tuple(each and each.percent for each in found) == (due, coming)
    assert str(target) == "70 % by 30 November 2019, 100 % by 31 March 2020"


def test_the_case_of_an_example_is_laid_over_what_is_given() -> None:
    as_given, other = load_standard(OF_TIME, "good-of-time.yaml").examples
    assert as_given.case == {"child": {"born": date(2010, 5, 1), "closed_on": None}, "visits": []}
    assert other.case == {"child": {"born": None}, "reviews": [{"held": date(2019, 1, 1)}]}


@pytest.mark.parametrize(
    ("given", "case", "laid"),
    [
        ({}, {"child": {"born": "not_carried", "team": "T"}}, {"child": {"team": "T"}}),
        ({"child": {"team": "T"}}, {"child": "not_carried"}, {}),
        ({"visits": "not_carried"}, {}, {}),
        ({"visits": [{"held": 1}]}, {"visits": []}, {"visits": []}),  # a list of records is replaced whole
    ],
)
def test_a_case_laid_over_another(given: dict[str, Any], case: dict[str, Any], laid: dict[str, Any]) -> None:
    assert laid_over(given, case) == laid


def test_what_is_given_is_left_unread_with_the_examples_it_is_for() -> None:
    cut = without_examples(OF_TIME)
    assert "given:" not in cut
    assert load_standard(cut, "it.yaml").checks == load_standard(OF_TIME, "it.yaml").checks
    other_way_round = OF_TIME.replace("given:", "later:").replace("examples:", "given:").replace("later:", "examples:")
    assert without_examples(other_way_round) == cut


def test_the_examples_may_be_left_unread() -> None:
    assert load_standard(without_examples(GOOD), "good.yaml").examples == ()
    more = f"{GOOD}effective_from: 2019-04-01\n"  # the examples are not the last thing: the whole file is read
    assert without_examples(more) == more


def test_a_standard_looks_back_in_each_check_of_records_that_have_a_date() -> None:
    text = GOOD.replace("anchors:", "looks_back: renew_within\nanchors:").replace("each: latest_sdq", "each: sdqs")
    has, each = (check.test for check in load_standard(text, "it.yaml").checks[:2])
    year = Period(12, Unit.MONTHS)
    assert isinstance(has, Has)
    assert isinstance(each, Each)
    assert not any(isinstance(leaf, NoOlderThan) for leaf in leaves(has.where))  # `has` says how old for itself
    assert [leaf.period for leaf in leaves(each.where) if isinstance(leaf, NoOlderThan)] == [year]


def test_several_tests_of_a_field_are_all_asked() -> None:
    text = GOOD.replace("must: {score: {less_than: high}}", "must: {score: {less_than: high, at_least: high}}")
    test = load_standard(text, "it.yaml").checks[1].test
    assert isinstance(test, Each)
    assert isinstance(test.must, All)
    orders = [part.order for part in test.must.parts if isinstance(part, Compare)]
    assert orders == [Order.LESS_THAN, Order.AT_LEAST]


def test_every_problem_of_every_file_is_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("severity: major", "severity: high"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "d.yaml").write_bytes(b"id: caf\xe9")
    with pytest.raises(InputError) as caught:
        load_standards(tmp_path)
    said = [str(problem).removeprefix(str(tmp_path)) for problem in caught.value.problems]
    assert said == [
        "/a.yaml:4:11: 'severity' cannot be read; found 'high'; expected 'critical', 'major' or 'minor'",
        "/b.yaml:1:1: another file has the id 'sdq-on-file' too",
        "/c.yaml:1:1: another file has the id 'sdq-on-file' too",
        "/d.yaml: cannot be read; found bytes that are no text; expected UTF-8 text",
    ]


def test_a_folder_without_standards_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no standards here; expected files named \*\.yaml"):
        load_standards(tmp_path)


def test_a_folder_of_rules_has_its_standards_in_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "a.yaml").write_text(f"\ufeff{GOOD}", encoding="utf-8")
    (tmp_path / "judgement.yaml").write_text("no standard", encoding="utf-8")
    assert [standard.id for standard in load_standards(tmp_path)] == ["sdq-on-file"]
    assert load_standards(tmp_path, examples=False)[0].examples == ()
