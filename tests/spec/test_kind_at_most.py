"""`lasts`: a record has lasted no longer than a period, unless another record explains it."""

from datetime import date
from typing import Any

import pytest

from qaengine.model.result import By, Evidence, Finding, Missing, Result, Why
from tests.spec.table import AS_AT, Said, day, file_of, said, standard_of

LASTED = standard_of(
    """
    - id: it
      says: An enquiry is done within {longest}
      lasts: section47s
      to: ended
      at_most: longest
      unless: [{a: decisions, where: {kind: other}}, {a: reviews}]
    """,
    longest="15 working days",
)
BEGUN = day("2 Sep")  # a Monday: the last day is Monday 23 September


def enquiry(ended: date | None = None, started: date | None = BEGUN, **more: Any) -> dict[str, Any]:
    return {"started": started, "ended": ended, **more}


def told(as_at: date = AS_AT, **records: Any) -> Said:
    return said(LASTED, file_of(**{"section47s": [enquiry()], "decisions": [], "reviews": [], **records}), as_at)


def found(as_at: date = AS_AT, **records: Any) -> Finding:
    return told(as_at, **records).records()["r1"]


@pytest.mark.parametrize(
    ("ended", "result", "measured"),
    [("20 Sep", Result.MET, 14), ("23 Sep", Result.MET, 15), ("24 Sep", Result.NOT_MET, 16)],
)
def test_what_has_ended_at_the_limit(ended: str, result: Result, measured: int) -> None:
    finding = found(section47s=[enquiry(day(ended))])
    assert (finding.result, finding.measured, finding.late) == (result, measured, result is Result.NOT_MET)
    assert (finding.limit, finding.unit, finding.due_on) == (15, "working days", day("23 Sep"))
    assert finding.evidence == (Evidence("section47s", "r1", BEGUN),)


@pytest.mark.parametrize(
    ("as_at", "result"), [("20 Sep", Result.NOT_YET_DUE), ("23 Sep", Result.NOT_YET_DUE), ("24 Sep", Result.NOT_MET)]
)
def test_what_has_not_ended_at_the_limit(as_at: str, result: Result) -> None:
    finding = found(day(as_at))
    assert (finding.result, finding.late, finding.due_on) == (result, False, day("23 Sep"))
    assert finding.since == (day("24 Sep") if result is Result.NOT_MET else None)


def test_an_end_after_the_as_at_date_has_not_come() -> None:
    assert found(day("20 Sep"), section47s=[enquiry(day("24 Sep"))]).result is Result.NOT_YET_DUE


@pytest.mark.parametrize("ended", [None, "24 Sep"])
@pytest.mark.parametrize(
    ("decided", "result"),
    [("1 Sep", Result.NOT_MET), ("2 Sep", Result.MET), ("30 Sep", Result.MET), ("1 Oct", Result.NOT_MET)],
)
def test_a_record_dated_since_it_began_explains_that_it_lasted_longer(
    ended: str | None, decided: str, result: Result
) -> None:
    decision = {"decided": day(decided), "kind": "other"}
    finding = found(section47s=[enquiry(day(ended) if ended else None)], decisions=[decision])
    assert finding.result is result
    if result is Result.MET:
        assert finding.evidence == (Evidence("section47s", "r1", BEGUN), Evidence("decisions", "r1", day(decided)))
        assert not finding.late


def test_what_needs_no_explanation_shows_none() -> None:
    finding = found(section47s=[enquiry(day("20 Sep"))], decisions=[{"decided": day("3 Sep"), "kind": "other"}])
    assert finding.evidence == (Evidence("section47s", "r1", BEGUN),)


@pytest.mark.parametrize(
    ("records", "missing"),
    [
        ({"decisions": [{"decided": day("3 Sep"), "kind": None}]}, Missing("decisions", "kind", Why.LEFT_BLANK)),
        ({"reviews": [{"held": None}]}, Missing("reviews", "held", Why.LEFT_BLANK)),
        ({"section47s": [{"started": BEGUN}]}, Missing("section47s", "ended", Why.NOT_CARRIED)),
        (
            {"section47s": [enquiry(day("3 Sep"), contradictory=["ended"])]},
            Missing("section47s", "ended", Why.CONTRADICTORY),
        ),
    ],
)
def test_what_may_explain_it_and_an_end_that_is_not_known_leave_it_undecided(
    records: dict[str, Any], missing: Missing
) -> None:
    finding = found(**records)
    assert (finding.result, finding.missing) == (Result.CANNOT_DECIDE, (missing,))
    assert found(day("23 Sep"), **records).result is Result.NOT_YET_DUE  # it is in time either way
    assert found(**{"decisions": [{"decided": day("3 Sep"), "kind": "other"}], **records}).result is (
        Result.CANNOT_DECIDE if "decisions" in records else Result.MET
    )


def test_records_that_the_source_does_not_carry() -> None:
    assert said(LASTED, file_of()).check().missing == (Missing("section47s", "", Why.NOT_CARRIED),)
    finding = said(LASTED, file_of(section47s=[enquiry()], decisions=[])).records()["r1"]
    assert finding.missing == (Missing("reviews", "", Why.NOT_CARRIED),)


def test_a_record_whose_beginning_is_not_known_cannot_be_decided() -> None:
    finding = found(section47s=[enquiry(started=None)])
    assert (finding.result, finding.missing) == (
        Result.CANNOT_DECIDE,
        (Missing("section47s", "started", Why.LEFT_BLANK),),
    )


CASES = standard_of(
    """
    - id: it
      says: Pre-proceedings are done in {longest}
      lasts: legal_cases
      where: {decision: pre_proceedings}
      from: planning_meeting
      to: letter
      at_most: longest
    """,
    more="looks_back: look_back",
    longest="2 weeks",
    look_back="30 days",
)


def case(meeting: str | None, letter: str | None, decision: str | None = "pre_proceedings") -> dict[str, Any]:
    days = {"planning_meeting": meeting, "letter": letter}
    return {"decision": decision, **{name: day(each) if each else None for name, each in days.items()}}


def test_from_and_to_are_dates_of_the_record() -> None:
    file = file_of(legal_cases=[case("1 Aug", None), case(None, None), case("1 Aug", None, "neither")])
    assert said(CASES, file).results() == {"r1": Result.NOT_MET}  # an event that has not happened has not begun


@pytest.mark.parametrize(("letter", "looked_at"), [("30 Aug", False), ("31 Aug", True), (None, True)])
def test_a_standard_looks_back_on_what_has_ended(letter: str | None, looked_at: bool) -> None:
    """What has not ended is looked at, however long ago it began."""
    results = said(CASES, file_of(legal_cases=[case("1 Feb", letter)])).results()
    assert results == ({"r1": Result.NOT_MET} if looked_at else {})


def test_by_a_reader_it_only_points() -> None:
    standard = standard_of(
        "- {id: it, says: Done, only_refers: true, lasts: section47s, to: ended, at_most: longest}", longest="1 week"
    )
    told = said(standard, file_of(section47s=[enquiry(), enquiry(day("9 Sep"))]))
    assert told.check().by is By.READER
    assert told.results() == {"r1": Result.REFER_TO_AUDITOR, "r2": Result.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("as_at", "records", "sentence"),
    [
        (
            "23 Sep",
            {},
            "Section 47 enquiry r1 of 2 September 2019 has not ended; the last day is 23 September 2019 "
            "(2 September 2019 + 15 working days).",
        ),
        (
            "24 Sep",
            {},
            "Section 47 enquiry r1 of 2 September 2019 has not ended by 24 September 2019, after 16 working "
            "days; the last day was 23 September 2019 (2 September 2019 + 15 working days).",
        ),
        (
            "30 Sep",
            {"section47s": [enquiry(day("24 Sep"))]},
            "Section 47 enquiry r1 of 2 September 2019 ended after 16 "
            "working days, which is late; the last day was 23 September 2019 (2 September 2019 + 15 working days).",
        ),
        (
            "30 Sep",
            {"reviews": [{"held": day("3 Sep")}]},
            "Section 47 enquiry r1 of 2 September 2019 has lasted 20 "
            "working days; the last day was 23 September 2019 (2 September 2019 + 15 working days). It is explained by "
            "review r1 of 3 September 2019.",
        ),
    ],
)
def test_the_sentence(as_at: str, records: dict[str, Any], sentence: str) -> None:
    assert found(day(as_at), **records).reason == sentence
