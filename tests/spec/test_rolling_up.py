"""How results roll up: records into a check, checks into a standard; as recorded and as read, kept apart."""

from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import Any

import pytest

from qaengine.evaluate.reference.standard import as_read, as_recorded
from qaengine.evaluate.reference.subjects import Verdict, together
from qaengine.model.casefile import CaseFile
from qaengine.model.result import By, Level, Missing, Result, Why, roll_up
from tests.spec.table import AS_AT, day, file_of, said, standard_of

ORDER = [
    Result.NOT_MET,  # if any is
    Result.CANNOT_DECIDE,
    Result.REFER_TO_AUDITOR,
    Result.MET,  # a later duty does not hide what is met
    Result.NOT_YET_DUE,
    Result.NOT_APPLICABLE,
]


@pytest.mark.parametrize("results", list(combinations_with_replacement(ORDER, 3)))
def test_the_first_in_the_order_that_is_there_is_the_result(results: tuple[Result, ...]) -> None:
    assert roll_up(reversed(results)) is results[0]


def test_of_nothing_nothing_applies() -> None:
    assert roll_up([]) is Result.NOT_APPLICABLE
    assert together([]) == Verdict(Result.NOT_APPLICABLE)
    assert as_recorded([]) == Verdict(Result.NOT_APPLICABLE)
    assert as_read([]) == Verdict(Result.NOT_APPLICABLE)


def verdicts(**by_result: str) -> Iterator[Verdict]:
    for result, due in by_result.items():
        yield Verdict(Result(result), due_on=day(due))


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ({"not_met": "1 Jun", "met": "1 May", "not_yet_due": "1 Dec"}, "1 Jun"),  # of what decides it
        ({"met": "1 Nov", "not_yet_due": "1 Dec"}, "1 Nov"),  # what is met falls due again
        ({"met": "1 Jan 2020", "not_yet_due": "1 Dec"}, "1 Dec"),  # the next of those to come
        ({"not_yet_due": "1 Dec", "not_applicable": "1 Oct"}, "1 Dec"),
    ],
)
def test_the_due_date_that_travels_beside_the_result_of_a_standard(due: dict[str, str], expected: str) -> None:
    assert as_recorded(list(verdicts(**due))).due_on == day(expected)


TWO = """
- {id: title, says: A score is there, each: sdqs, must: {score: recorded}, when: {born: recorded}}
- {id: beside, says: A form is there, each: sdqs, must: {document: recorded}}
"""


@pytest.mark.parametrize(
    ("rests_on", "title_is_for_the_child", "score", "form", "result"),
    [
        ("", True, 12, "F1", Result.MET),
        ("", False, 12, "F1", Result.MET),  # any check that is met will do
        ("rests_on: [title]", True, 12, "F1", Result.MET),
        ("rests_on: [title]", False, 12, "F1", Result.NOT_APPLICABLE),  # what the title speaks of was not tested
        ("rests_on: [title]", False, 12, None, Result.NOT_MET),  # what is not met counts, whatever the title rests on
        ("rests_on: [title]", True, None, "F1", Result.NOT_MET),
        ("rests_on: [title, beside]", False, 12, "F1", Result.MET),
    ],
)
def test_a_standard_is_met_only_where_a_check_on_which_its_title_rests_is(
    rests_on: str, title_is_for_the_child: bool, score: int | None, form: str | None, result: Result
) -> None:
    born = {"born": day("1 Jan 2010") if title_is_for_the_child else None}
    file = file_of(born, sdqs=[{"completed": day("1 Sep"), "score": score, "document": form}])
    assert said(standard_of(TWO, rests_on), file).as_recorded.result is result


def test_a_standard_is_late_or_mitigated_only_if_every_check_that_decides_it_is() -> None:
    late = Verdict(Result.NOT_MET, late=True, mitigated=True)
    still_open, met = late._replace(late=False, mitigated=False), Verdict(Result.MET)
    for found, expected in (([late, met], True), ([late, late], True), ([late, still_open], False), ([met], False)):
        whole = as_recorded(found)
        assert (whole.late, whole.mitigated) == (expected, expected)


CHECKS = """
- {id: scored, says: A score, has: sdqs, where: {score: recorded}}
- {id: by-carer, says: From the carer, has: sdqs, where: {informant: main_carer}}
- {id: flag, says: A score of self, each: sdqs, refer_if: {informant: self}}
"""
RECORDED_AND_READ = standard_of(CHECKS)
WITH_A_QUESTION = standard_of(f"{CHECKS}\n- {{id: asked, asks: Is it true of the child?}}")


def sdqs(*rows: tuple[int | None, str | None]) -> CaseFile:
    return file_of(sdqs=[{"score": score, "informant": informant} for score, informant in rows])


@pytest.mark.parametrize(
    ("file", "recorded", "read"),
    [
        (sdqs((9, "main_carer")), Result.MET, Result.NOT_APPLICABLE),
        (sdqs((9, "teacher")), Result.NOT_MET, Result.NOT_APPLICABLE),
        (sdqs((9, "main_carer"), (9, "self")), Result.MET, Result.REFER_TO_AUDITOR),
        (sdqs((9, None)), Result.CANNOT_DECIDE, Result.CANNOT_DECIDE),
        (sdqs((None, None)), Result.NOT_MET, Result.CANNOT_DECIDE),
        (sdqs((9, None), (9, "self")), Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR),
    ],
)
def test_what_is_recorded_and_what_is_to_be_read_are_two_results(
    file: CaseFile, recorded: Result, read: Result
) -> None:
    told = said(RECORDED_AND_READ, file)
    assert (told.as_recorded.result, told.as_read.result) == (recorded, read)
    assert (told.as_recorded.by, told.as_read.by) == (By.RECORD, By.READER)


def test_a_question_is_for_a_person_and_never_drags_down_what_is_recorded() -> None:
    told = said(WITH_A_QUESTION, sdqs((9, "main_carer")))
    assert (told.as_recorded.result, told.as_read.result) == (Result.MET, Result.REFER_TO_AUDITOR)
    asked = told.check("asked")
    assert (asked.result, asked.by, asked.record, asked.evidence) == (Result.REFER_TO_AUDITOR, By.READER, None, ())


def test_the_standard_names_what_its_undecided_checks_lack_and_no_more() -> None:
    told = said(RECORDED_AND_READ, sdqs((9, None)))
    assert told.as_recorded.missing == (Missing("sdqs", "informant", Why.LEFT_BLANK),)
    assert said(RECORDED_AND_READ, sdqs((None, None))).as_recorded.missing == ()


POPULATION = standard_of(CHECKS, more="applies_to: {age: {from: from_age, to: to_age}}", from_age=4, to_age=16)


@pytest.mark.parametrize(
    ("born", "applies"),
    [
        ("1 Oct 2015", False),  # four tomorrow
        ("30 Sep 2015", True),  # four today
        ("29 Sep 2015", True),
        ("1 Oct 2002", True),  # sixteen until tomorrow
        ("30 Sep 2002", False),  # seventeen today
    ],
)
def test_a_standard_is_for_the_children_it_applies_to(born: str, applies: bool) -> None:
    told = said(POPULATION, file_of({"born": day(born)}, sdqs=[]))
    assert told.as_recorded.result is (Result.NOT_MET if applies else Result.NOT_APPLICABLE)
    assert len(told.findings) == (5 if applies else 2)  # no finding on checks that are for other children


def test_a_child_born_on_29_february_has_a_birthday_on_1_march() -> None:
    file = file_of({"born": day("29 Feb 2016")}, sdqs=[])
    found = [said(POPULATION, file, day(d)).as_recorded.result for d in ("28 Feb 2020", "29 Feb 2020")]
    assert found == [Result.NOT_APPLICABLE, Result.NOT_MET]
    older = file_of({"born": day("29 Feb 2004")}, sdqs=[])
    last = [said(POPULATION, older, day(d)).as_recorded.result for d in ("28 Feb 2021", "1 Mar 2021")]
    assert last == [Result.NOT_MET, Result.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("child", "why"),
    [
        ({"born": None}, Why.LEFT_BLANK),
        ({}, Why.NOT_CARRIED),
        ({"born": day("1 May 2010"), "contradictory": ["born"]}, Why.CONTRADICTORY),
    ],
)
def test_where_it_cannot_be_known_whom_it_is_for_nothing_is_decided(child: dict[str, Any], why: Why) -> None:
    told = said(POPULATION, file_of(child, sdqs=[]))
    assert (told.as_recorded.result, told.as_read.result) == (Result.CANNOT_DECIDE, Result.NOT_APPLICABLE)
    assert told.as_recorded.missing == (Missing("child", "born", why),)
    assert {f.level for f in told.findings} == {Level.STANDARD}


def test_fields_that_cannot_both_be_true_are_believed_by_no_check() -> None:
    standard = standard_of(
        CHECKS,
        more="""
        contradictory:
          - in: sdqs
            when: {score: recorded, reason: recorded}
            fields: [score, reason]
            says: there is a score and a reason for there being none
        """,
    )
    record = {"score": 9, "reason": "SDQ1", "informant": "main_carer"}
    told = said(standard, file_of(sdqs=[record]))
    assert told.check("scored").missing == (Missing("sdqs", "score", Why.CONTRADICTORY),)
    assert told.check("by-carer").result is Result.MET
    assert said(standard, file_of(sdqs=[{**record, "reason": None}])).check("scored").result is Result.MET


@pytest.mark.parametrize(
    ("as_at", "in_force"),
    [("31 Aug", False), ("1 Sep", True), ("30 Sep", True), ("1 Oct", False)],
)
def test_practice_is_judged_by_the_standard_in_force_then(as_at: str, in_force: bool) -> None:
    dates = "effective_from: 2019-09-01\neffective_to: 2019-09-30"
    assert standard_of(CHECKS, more=dates).in_force(day(as_at)) is in_force
    assert RECORDED_AND_READ.in_force(AS_AT)


def test_the_findings_stand_in_the_order_of_the_file_each_followed_by_its_records() -> None:
    told = said(RECORDED_AND_READ, sdqs((9, "main_carer"), (9, "self")))
    assert [(f.level, f.by, f.check, f.record_id) for f in told.findings] == [
        (Level.STANDARD, By.RECORD, None, None),
        (Level.STANDARD, By.READER, None, None),
        (Level.CHECK, By.RECORD, "scored", None),
        (Level.CHECK, By.RECORD, "by-carer", None),
        (Level.CHECK, By.READER, "flag", None),
        (Level.RECORD, By.READER, "flag", "r1"),
        (Level.RECORD, By.READER, "flag", "r2"),
    ]
