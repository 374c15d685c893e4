"""`share`: at least so many per cent of a child's records satisfy `must`; now, or by the dates of a trajectory."""

from datetime import date
from typing import Any

import pytest

from qaengine.model.result import Evidence, Finding, Missing, Result, Why
from tests.spec.table import AS_AT, day, file_of, said, standard_of

CHECK = """
- id: it
  says: Enough of the supervisions have actions with an owner and a date
  share: supervisions
  where: {headings_complete: true}
  must: {actions_complete: true}
  at_least: enough
"""
YES, NO = True, False


def found(enough: Any, *records: tuple[bool | None, bool | None] | None, as_at: date = AS_AT) -> Finding:
    """What is said of supervisions, each given by whether it is in scope and whether it is complete."""
    rows = [
        {"held": day("1 Sep"), "headings_complete": each[0], "actions_complete": each[1]}
        for each in records
        if each is not None
    ]
    return said(standard_of(CHECK, enough=enough), file_of(supervisions=rows), as_at).check()


@pytest.mark.parametrize(
    ("percent", "sure", "all_", "result", "needed"),
    [
        (75, 2, 4, Result.NOT_MET, 3),
        (75, 3, 4, Result.MET, 3),
        (75, 4, 4, Result.MET, 3),
        (67, 2, 3, Result.NOT_MET, 3),  # 66.7 % is less than 67
        (66, 2, 3, Result.MET, 2),
        (0, 0, 3, Result.MET, 0),
        (1, 0, 3, Result.NOT_MET, 1),
        (100, 3, 3, Result.MET, 3),
    ],
)
def test_a_share_at_the_limit(percent: int, sure: int, all_: int, result: Result, needed: int) -> None:
    finding = found(percent, *[(YES, YES)] * sure, *[(YES, NO)] * (all_ - sure))
    assert finding.result is result
    assert (finding.measured, finding.limit, finding.unit) == (sure, needed, "records")
    assert (finding.due_on, finding.since, finding.late) == (None, None, False)


def test_only_records_in_scope_count_and_without_any_it_does_not_apply() -> None:
    assert found(100, (YES, YES), (NO, NO)).result is Result.MET
    finding = found(100, (NO, NO))
    assert (finding.result, finding.measured, finding.limit) == (Result.NOT_APPLICABLE, None, None)
    assert found(100).result is Result.NOT_APPLICABLE


def test_the_evidence_is_the_first_record_that_counts_for_or_against() -> None:
    assert found(50, (YES, NO), (YES, YES)).evidence == (Evidence("supervisions", "r2", day("1 Sep")),)
    assert found(90, (YES, YES), (YES, NO)).evidence == (Evidence("supervisions", "r2", day("1 Sep")),)
    assert found(0, (YES, NO)).evidence == ()


@pytest.mark.parametrize(
    ("percent", "records", "result"),
    [
        (50, [(YES, YES), (YES, None)], Result.MET),  # enough, though the doubt counts against
        (51, [(YES, YES), (YES, None)], Result.CANNOT_DECIDE),
        (51, [(YES, NO), (YES, None)], Result.NOT_MET),  # too few, though the doubt counts for
        (50, [(YES, NO), (YES, None)], Result.CANNOT_DECIDE),
        (50, [(YES, YES), (None, NO)], Result.MET),
        (51, [(YES, YES), (None, NO)], Result.CANNOT_DECIDE),  # it may be out of scope
        (51, [(YES, YES), (YES, NO), (None, NO)], Result.NOT_MET),
        (50, [(YES, NO), (None, YES)], Result.CANNOT_DECIDE),
        (51, [(YES, NO), (None, YES)], Result.NOT_MET),
        (50, [(None, NO)], Result.CANNOT_DECIDE),  # it may be the only one, or there may be none
        (50, [(None, None)], Result.CANNOT_DECIDE),
    ],
)
def test_what_is_not_known_counts_both_ways(
    percent: int, records: list[tuple[bool | None, bool | None]], result: Result
) -> None:
    assert found(percent, *records).result is result


def test_what_is_missing_is_that_of_every_doubt_and_the_first_is_shown() -> None:
    finding = found(51, (YES, YES), (YES, None), (None, NO))
    assert finding.missing == (
        Missing("supervisions", "actions_complete", Why.LEFT_BLANK),
        Missing("supervisions", "headings_complete", Why.LEFT_BLANK),
    )
    assert (finding.measured, finding.limit, finding.unit) == (None, None, None)
    assert finding.evidence == (Evidence("supervisions", "r2", day("1 Sep")),)


def test_records_that_the_source_does_not_carry() -> None:
    finding = said(standard_of(CHECK, enough=50), file_of()).check()
    assert finding.missing == (Missing("supervisions", "", Why.NOT_CARRIED),)


# --- a trajectory

TARGETS = {"value": [{"by": "2019-11-30", "percent": 50}, {"by": "2020-03-31", "percent": 100}]}
HALF, NONE, ALL = [(YES, YES), (YES, NO)], [(YES, NO)], [(YES, YES)]


@pytest.mark.parametrize(
    ("as_at", "records", "result", "due_on"),
    [
        ("29 Nov", NONE, Result.NOT_YET_DUE, "30 Nov"),
        ("29 Nov", HALF, Result.MET, None),
        ("30 Nov", NONE, Result.NOT_YET_DUE, "30 Nov"),  # the day itself is still to do it in
        ("1 Dec", NONE, Result.NOT_MET, None),
        ("1 Dec", HALF, Result.MET, None),
        ("31 Mar 2020", HALF, Result.MET, None),
        ("1 Apr 2020", HALF, Result.NOT_MET, None),
        ("31 Mar 2020", ALL, Result.MET, None),
        ("29 Nov", [(YES, None)], Result.CANNOT_DECIDE, None),
    ],
)
def test_the_target_whose_day_has_passed_is_the_limit(
    as_at: str, records: list[tuple[bool | None, bool | None]], result: Result, due_on: str | None
) -> None:
    standard = standard_of(CHECK.replace("enough", "reach"), reach=TARGETS)
    rows = [{"held": day("1 Sep"), "headings_complete": x, "actions_complete": y} for x, y in records]
    finding = said(standard, file_of(supervisions=rows), day(as_at)).check()
    assert (finding.result, finding.due_on) == (result, day(due_on) if due_on else None)


@pytest.mark.parametrize(
    ("enough", "records", "sentence"),
    [
        (50, HALF, "1 of the supervisions on the record show this; 1 record is asked for (50 %)."),
        (
            90,
            HALF,
            "Not evidenced on the record: 1 of the supervisions on the record show this; "
            "2 records are asked for (90 %).",
        ),
    ],
)
def test_the_sentence(enough: int, records: list[tuple[bool | None, bool | None]], sentence: str) -> None:
    assert found(enough, *records).reason == sentence
