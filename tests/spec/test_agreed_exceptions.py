"""An agreed exception: in force from the day it was agreed to its last, it keeps a check from counting, and no more."""

from datetime import date

import pytest

from qaengine.evaluate.explain.agreed import exception_words
from qaengine.evaluate.explain.findings import findings
from qaengine.evaluate.stages import alone
from qaengine.model.agreed import AgreedException, Exceptions, Standing
from qaengine.model.result import Result
from tests.spec.table import AS_AT, Said, day, file_of, standard_of

TWO = standard_of(
    """
    - {id: scored, says: A score is on file, has: sdqs, where: {score: recorded}}
    - {id: by-carer, says: It is from the carer, has: sdqs, where: {informant: main_carer}}
    """
)


def agreed(
    check: str = "by-carer", since: str = "1 Sep", until: str = "31 Dec", child: str = "CH-1"
) -> AgreedException:
    return AgreedException(child, "a-standard", check, "the carer is away", "head of service", day(since), day(until))


def said(*exceptions: AgreedException, score: int | None = 9, informant: str = "teacher", as_at: date = AS_AT) -> Said:
    file = file_of(sdqs=[{"score": score, "informant": informant}])
    return Said(tuple(findings(alone(TWO, file, as_at, {}, Exceptions(exceptions, as_at)))))


def test_without_one_a_check_that_is_not_met_counts() -> None:
    assert said().as_recorded.result is Result.NOT_MET


def test_under_one_the_standard_is_what_its_other_checks_are() -> None:
    found = said(agreed())
    assert found.as_recorded.result is Result.MET
    assert said(agreed(), score=None).as_recorded.result is Result.NOT_MET


def test_the_finding_keeps_its_result_and_is_marked() -> None:
    finding = said(agreed()).check("by-carer")
    assert finding.result is Result.NOT_MET
    assert finding.reason == said().check("by-carer").reason
    assert finding.exception is not None
    assert finding.excepted
    words = "agreed exception until 31 December 2019, authorised by head of service: the carer is away"
    assert exception_words(finding.exception) == words


def test_the_standard_says_what_is_not_met() -> None:
    reason = said(agreed()).as_recorded.reason
    assert reason == (
        "Met as recorded: every other check is met. Not met under an agreed exception: It is from the carer."
    )


def test_where_every_check_is_excepted_nothing_is_left_to_count() -> None:
    found = said(agreed("scored"), agreed(), score=None)
    assert found.as_recorded.result is Result.NOT_APPLICABLE
    assert found.as_recorded.reason.startswith("Nothing else in it applies to this child now. Not met under an agreed")


@pytest.mark.parametrize(
    ("since", "until", "standing", "result"),
    [
        ("1 Oct", "31 Oct", Standing.NOT_BEGUN, Result.NOT_MET),  # agreed the day after
        ("30 Sep", "31 Oct", Standing.IN_FORCE, Result.MET),
        ("29 Sep", "31 Oct", Standing.IN_FORCE, Result.MET),
        ("1 Sep", "1 Oct", Standing.IN_FORCE, Result.MET),
        ("1 Sep", "30 Sep", Standing.IN_FORCE, Result.MET),  # its last day
        ("1 Sep", "29 Sep", Standing.EXPIRED, Result.NOT_MET),
    ],
)
def test_it_is_in_force_from_the_first_day_to_the_last(
    since: str, until: str, standing: Standing, result: Result
) -> None:
    one = agreed(since=since, until=until)
    assert one.standing(AS_AT) is standing
    assert said(one).as_recorded.result is result


def test_one_that_has_expired_is_said_and_counts_again() -> None:
    mark = said(agreed(until="29 Sep")).check("by-carer").exception
    assert mark is not None
    assert not mark.in_force
    assert exception_words(mark).startswith("agreed exception expired on 29 September 2019: counts again")


def test_one_that_is_agreed_later_does_not_exist_yet() -> None:
    assert said(agreed(since="1 Oct")).check("by-carer").exception is None


def test_after_one_has_expired_a_new_one_may_begin() -> None:
    assert said(agreed(until="29 Sep"), agreed(since="30 Sep")).as_recorded.result is Result.MET


def test_it_marks_nothing_that_is_met_and_no_other_child() -> None:
    assert said(agreed(), informant="main_carer").check("by-carer").exception is None
    assert said(agreed(child="CH-2")).as_recorded.result is Result.NOT_MET
