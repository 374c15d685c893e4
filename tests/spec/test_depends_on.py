"""`depends_on`: without this a check cannot be decided, so that what is wanting is not counted twice."""

from datetime import date
from typing import Any

import pytest

from qaengine.model.result import By, Finding, Missing, Result, Why
from tests.spec.table import day, file_of, said, standard_of

PLANNED = standard_of(
    """
    - id: it
      says: A plan for permanence was agreed by the second review
      when: {disabled: false}
      depends_on: {second_review.held: recorded}
      has: permanence_decisions
    - {id: asked, asks: Is it the right plan?, depends_on: {second_review.held: recorded}}
    """,
    more="anchors: {second_review: {earliest: reviews, by: held, where: {kind: cla}, nth: 2}}",
)
ONE, TWO = day("1 Mar"), day("1 Jun")


def review(held: date | None, kind: str | None = "cla") -> dict[str, Any]:
    return {"held": held, "kind": kind}


def found(*reviews: dict[str, Any], decisions: int = 1, disabled: bool | None = False, check: str = "it") -> Finding:
    file = file_of({"disabled": disabled}, reviews=reviews, permanence_decisions=[{"agreed": ONE}] * decisions)
    return said(PLANNED, file).check(check)


@pytest.mark.parametrize("decisions", [0, 1])
def test_what_is_there_is_depended_on_and_no_more(decisions: int) -> None:
    expected = Result.MET if decisions else Result.NOT_MET
    assert found(review(ONE), review(TWO), decisions=decisions).result is expected


@pytest.mark.parametrize("decisions", [0, 1])
def test_without_it_the_check_cannot_be_decided_and_what_is_wanting_is_named(decisions: int) -> None:
    finding = found(review(ONE), decisions=decisions)
    assert (finding.result, finding.missing) == (
        Result.CANNOT_DECIDE,
        (Missing("reviews", "held", Why.LEFT_BLANK),),
    )
    assert finding.reason == "Cannot be decided: there is no second review of the kind asked for."


def test_what_cannot_be_known_is_named_as_what_it_is() -> None:
    finding = found(review(ONE), review(TWO, None))
    assert (finding.result, finding.missing) == (
        Result.CANNOT_DECIDE,
        (Missing("reviews", "kind", Why.LEFT_BLANK),),
    )
    assert finding.reason == "Cannot be decided: the review's kind was left blank."


def test_it_is_asked_only_of_the_children_whom_the_check_is_for() -> None:
    assert found(review(ONE), disabled=True).result is Result.NOT_APPLICABLE
    assert found(review(ONE), disabled=None).missing == (Missing("child", "disabled", Why.LEFT_BLANK),)


def test_a_question_may_depend_on_something_too() -> None:
    finding = found(review(ONE), check="asked")
    assert (finding.by, finding.result) == (By.READER, Result.CANNOT_DECIDE)
    assert found(review(ONE), review(TWO), check="asked").result is Result.REFER_TO_AUDITOR


def test_of_several_only_what_is_wanting_is_named() -> None:
    standard = standard_of(
        "- {id: it, says: Seen, depends_on: {disabled: recorded, of_school_age: recorded}, has: visits}"
    )
    finding = said(standard, file_of({"disabled": None, "of_school_age": True}, visits=[])).check()
    assert finding.missing == (Missing("child", "disabled", Why.LEFT_BLANK),)
    assert finding.reason == "Cannot be decided: whether the child has a disability is not recorded."
