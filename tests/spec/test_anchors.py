"""Which record an anchor names: the nth by a date, and when that cannot be told."""

from datetime import date
from typing import Any

import pytest

from qaengine.evaluate.reference.anchors import find
from qaengine.evaluate.reference.scope import Found
from qaengine.model import condition as c
from qaengine.model.result import Missing, Result, Why
from qaengine.model.standard import Anchor
from tests.spec.table import day, file_of, here_of, said, standard_of

MAY, JUNE, JULY = day("1 May"), day("1 Jun"), day("1 Jul")
HIGH = c.Compare(c.Ref(c.Scope.RECORD, "score", "sdqs"), c.Order.AT_LEAST, 17)


def found(sdqs: list[dict[str, Any]] | None, **anchor: Any) -> Found:
    """What the anchor finds; sdqs of None are not carried."""
    tables: dict[str, Any] = {} if sdqs is None else {"sdqs": sdqs}
    given = {"latest": True, "by": "completed", **anchor}
    return find(Anchor("it", "sdqs", **given), here_of(file_of(**tables)))


def name(sdqs: list[dict[str, Any]], **anchor: Any) -> str | None:
    told = found(sdqs, **anchor)
    assert not told.missing
    return told.row.id if told.row else None


def sdq(completed: date | None, score: int | None = 20) -> dict[str, Any]:
    return {"completed": completed, "score": score}


THREE = [sdq(JUNE), sdq(JULY), sdq(MAY)]


@pytest.mark.parametrize(
    ("latest", "nth", "expected"),
    [
        *[(True, 1, "r2"), (True, 2, "r1"), (True, 3, "r3"), (True, 4, None)],
        *[(False, 1, "r3"), (False, 2, "r1"), (False, 3, "r2"), (False, 4, None)],
    ],
)
def test_the_nth_latest_or_earliest(latest: bool, nth: int, expected: str | None) -> None:
    assert name(THREE, latest=latest, nth=nth) == expected


def test_of_two_on_one_day_the_id_decides() -> None:
    assert name([sdq(MAY), sdq(MAY)]) == "r2"
    assert name([sdq(MAY), sdq(MAY)], latest=False) == "r1"


def test_only_records_that_satisfy_where() -> None:
    assert name([sdq(MAY, 17), sdq(JUNE, 16)], where=HIGH) == "r1"
    assert name([sdq(MAY, 16)], where=HIGH) is None
    assert name([]) is None


def test_it_cannot_be_told_while_a_record_that_may_count_could_come_first() -> None:
    missing = frozenset({Missing("sdqs", "score", Why.LEFT_BLANK)})
    assert found([sdq(MAY), sdq(JUNE, None)], where=HIGH).missing == missing
    assert found([sdq(MAY, None)], where=HIGH).missing == missing
    assert name([sdq(JUNE), sdq(MAY, None)], where=HIGH) == "r1"  # it could not come first
    assert found([sdq(JUNE), sdq(MAY, None)], where=HIGH, latest=False).missing == missing
    assert found([sdq(JUNE), sdq(JUNE, None)], where=HIGH).missing == missing  # by its id it would
    assert name([sdq(JUNE, None), sdq(JUNE)], where=HIGH) == "r2"


def test_a_record_whose_date_is_not_known_could_come_first() -> None:
    blank = frozenset({Missing("sdqs", "completed", Why.LEFT_BLANK)})
    assert found([sdq(MAY), sdq(None)]).missing == blank
    assert found([sdq(MAY), {"score": 20}]).missing == {Missing("sdqs", "completed", Why.NOT_CARRIED)}
    disputed = {**sdq(MAY), "contradictory": ["completed"]}
    assert found([sdq(MAY), disputed]).missing == {Missing("sdqs", "completed", Why.CONTRADICTORY)}
    assert name([sdq(MAY), sdq(None, 3)], where=HIGH) == "r1"  # it does not count


def test_by_an_event_a_record_that_has_not_happened_is_none_of_them() -> None:
    plans: list[dict[str, Any]] = [{"started": MAY, "ended": JUNE}, {"started": JUNE, "ended": None}]
    anchor = Anchor("it", "plans", True, "ended")
    told = find(anchor, here_of(file_of(plans=plans)))
    assert told.row is not None
    assert told.row.id == "r1"


def test_of_records_that_the_source_does_not_carry_none_can_be_told() -> None:
    assert found(None).missing == {Missing("sdqs", "", Why.NOT_CARRIED)}


CHECK = """
- id: it
  says: The latest SDQ has a score
  each: latest_sdq
  must: {score: recorded}
- id: other
  says: A plan was updated after the latest SDQ
  has: plans
  where: {updated: {after: latest_sdq.completed}}
"""
STANDARD = standard_of(CHECK, more="anchors: {latest_sdq: {latest: sdqs, by: completed}}")
PLAN = {"started": MAY, "updated": JULY}


def test_a_check_of_an_anchor_is_of_the_one_record_that_it_names() -> None:
    told = said(STANDARD, file_of(sdqs=[sdq(MAY, None), sdq(JUNE)], plans=[PLAN]))
    assert told.results() == {"r2": Result.MET}
    assert told.check("other").result is Result.MET


def test_with_no_such_record_there_is_nothing_to_check_and_what_compares_with_it_is_not_so() -> None:
    told = said(STANDARD, file_of(sdqs=[], plans=[PLAN]))
    assert told.check().result is Result.NOT_APPLICABLE
    assert told.check("other").result is Result.NOT_MET


def test_with_one_that_cannot_be_told_neither_can_be_decided() -> None:
    told = said(STANDARD, file_of(sdqs=[sdq(None), sdq(JUNE)], plans=[PLAN]))
    for check in ("it", "other"):
        assert told.check(check).result is Result.CANNOT_DECIDE
        assert told.check(check).missing == (Missing("sdqs", "completed", Why.LEFT_BLANK),)
