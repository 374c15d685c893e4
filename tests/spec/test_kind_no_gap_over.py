"""`between`: successive records are never further apart than a limit, from the start of a span to its end.

A span is each record of a type (`during`), or one stretch of time of the child (`since`). Each interval is known by
what began it: the record of the span, or an event. What came late, or was overtaken by the end of the span, is told
apart from what is still open.
"""

from datetime import date
from typing import Any

import pytest

from qaengine.model.result import By, Evidence, Finding, Missing, Result, Why
from tests.spec.table import AS_AT, Said, day, file_of, said, standard_of

VISITED = standard_of(
    """
    - id: it
      says: The child is visited in the first {first}, and every {often} after that
      between: visits
      where: {seen: true}
      during: placements
      during_where: {kind: foster}
      no_gap_over:
        - {within: first, nth: first}
        - {within: often}
    """,
    first="7 days",
    often="30 days",
)
PLACED = day("1 Jul")


def placement(started: date | None = PLACED, ended: date | None = None, **more: Any) -> dict[str, Any]:
    return {"id": "p1", "started": started, "ended": ended, "kind": "foster", **more}


def visit(held: date | None, seen: bool | None = True, **more: Any) -> dict[str, Any]:
    return {"held": held, "seen": seen, **more}


def visits(*days: str) -> list[dict[str, Any]]:
    return [visit(day(each)) for each in days]


def told(as_at: date = AS_AT, **records: Any) -> Said:
    return said(VISITED, file_of(**{"placements": [placement()], "visits": [], **records}), as_at)


def first(as_at: date = AS_AT, **records: Any) -> Finding:
    """The finding on the interval that begins with the placement p1."""
    return told(as_at, **records).records()["p1"]


@pytest.mark.parametrize(
    ("held", "result", "measured"),
    [
        ("1 Jul", Result.MET, 0),  # the day itself closes the first interval
        ("7 Jul", Result.MET, 6),
        ("8 Jul", Result.MET, 7),
        ("9 Jul", Result.NOT_MET, 8),
    ],
)
def test_the_first_event_at_the_limit(held: str, result: Result, measured: int) -> None:
    finding = first(visits=visits(held))
    assert (finding.result, finding.measured, finding.late) == (result, measured, result is Result.NOT_MET)
    assert (finding.limit, finding.unit, finding.due_on) == (7, "days", day("8 Jul"))
    assert finding.since == (day("9 Jul") if result is Result.NOT_MET else None)
    assert (finding.record, finding.record_id) == ("placements", "p1")
    assert finding.evidence == (Evidence("placements", "p1", PLACED), Evidence("visits", "r1", day(held)))


@pytest.mark.parametrize(
    ("held", "result", "measured"),
    [("3 Aug", Result.MET, 29), ("4 Aug", Result.MET, 30), ("5 Aug", Result.NOT_MET, 31)],
)
def test_the_next_event_at_the_limit(held: str, result: Result, measured: int) -> None:
    finding = told(visits=visits("5 Jul", held)).records()["r1"]
    assert (finding.result, finding.measured, finding.late) == (result, measured, result is Result.NOT_MET)
    assert (finding.record, finding.limit, finding.due_on) == ("visits", 30, day("4 Aug"))
    assert finding.evidence == (Evidence("visits", "r1", day("5 Jul")), Evidence("visits", "r2", day(held)))


@pytest.mark.parametrize(
    ("as_at", "result", "measured"),
    [("7 Jul", Result.NOT_YET_DUE, 6), ("8 Jul", Result.NOT_YET_DUE, 7), ("9 Jul", Result.NOT_MET, 8)],
)
def test_what_is_still_open_at_the_limit(as_at: str, result: Result, measured: int) -> None:
    finding = first(day(as_at))
    assert (finding.result, finding.measured, finding.late, finding.due_on) == (result, measured, False, day("8 Jul"))
    assert finding.evidence == (Evidence("placements", "p1", PLACED),)


@pytest.mark.parametrize("ended", ["1 Jul", "7 Jul", "8 Jul"])
def test_a_span_that_ended_before_anything_was_due_has_nothing_to_judge(ended: str) -> None:
    found = told(placements=[placement(ended=day(ended))])
    assert (found.results(), found.check().result) == ({}, Result.NOT_APPLICABLE)


def test_a_span_that_ended_after_it_was_due_was_overtaken() -> None:
    """It is not met, and late: there is nothing left to do but to learn."""
    finding = first(placements=[placement(ended=day("9 Jul"))])
    assert (finding.result, finding.measured, finding.late) == (Result.NOT_MET, 8, True)
    assert finding.evidence == (Evidence("placements", "p1", PLACED),)


def test_events_outside_the_span_are_none_of_it() -> None:
    found = told(placements=[placement(ended=day("20 Jul"))], visits=visits("30 Jun", "8 Jul", "20 Jul", "21 Jul"))
    assert found.results() == {"p1": Result.MET, "r2": Result.MET}  # r3 begins what the end of the span ends in time


def test_an_end_that_lies_in_the_future_has_not_come() -> None:
    assert first(day("8 Jul"), placements=[placement(ended=day("9 Jul"))]).result is Result.NOT_YET_DUE


def test_events_of_one_day_are_taken_in_the_order_of_their_ids() -> None:
    found = told(day("6 Jul"), visits=visits("5 Jul", "5 Jul"))
    assert found.results() == {"p1": Result.MET, "r1": Result.MET, "r2": Result.NOT_YET_DUE}
    assert found.records()["r1"].measured == 0


def test_events_that_do_not_count_close_nothing() -> None:
    found = told(day("9 Jul"), visits=[visit(day("5 Jul"), seen=False)])
    assert found.results() == {"p1": Result.NOT_MET}


def test_a_span_out_of_scope_or_not_begun_has_no_intervals() -> None:
    assert told(placements=[placement(kind="parent")]).results() == {}
    standard = standard_of(
        "- {id: it, says: Seen, between: visits, during: plans, starts: ended, no_gap_over: [{within: soon}]}",
        soon="7 days",
    )
    assert said(standard, file_of(plans=[{"ended": None}], visits=[])).results() == {}


def test_the_check_counts_intervals_and_is_late_only_if_all_that_decide_it_are() -> None:
    found = told(visits=visits("9 Jul", "1 Aug")).check()
    assert (found.result, found.measured, found.limit, found.unit) == (Result.NOT_MET, 1, 3, "records")
    assert (found.late, found.due_on) == (False, day("8 Jul"))  # the last visit was 60 days ago, and that is open
    assert found.evidence == (Evidence("placements", "p1", PLACED),)
    assert told(day("20 Aug"), visits=visits("9 Jul", "1 Aug")).check().late


def test_each_span_has_its_own_intervals_and_an_event_belongs_to_every_span_in_whose_dates_it_lies() -> None:
    one, other = placement(ended=day("31 Jul")), placement(day("25 Jul"), id="p2")
    found = told(day("5 Aug"), placements=[one, other], visits=visits("5 Jul", "28 Jul"))
    intervals = [(f.record_id, f.result) for f in found.findings if f.level == "record"]
    assert intervals == [
        ("p1", Result.MET),
        ("r1", Result.MET),
        # from r2 the span p1 ended in time, and there is nothing to say of it; in p2 it is the first
        ("p2", Result.MET),
        ("r2", Result.NOT_YET_DUE),
    ]


# --- what is not known


@pytest.mark.parametrize(
    ("doubtful", "missing"),
    [
        (visit(None), Missing("visits", "held", Why.LEFT_BLANK)),
        ({"seen": True}, Missing("visits", "held", Why.NOT_CARRIED)),
        (visit(day("1 Jul"), None), Missing("visits", "seen", Why.LEFT_BLANK)),
        (visit(day("8 Jul"), None), Missing("visits", "seen", Why.LEFT_BLANK)),
        (visit(day("8 Jul"), contradictory=["seen"]), Missing("visits", "seen", Why.CONTRADICTORY)),
    ],
)
def test_a_record_that_may_be_an_event_in_time_leaves_it_undecided(doubtful: dict[str, Any], missing: Missing) -> None:
    finding = first(visits=[doubtful])
    assert (finding.result, finding.missing) == (Result.CANNOT_DECIDE, (missing,))
    assert (finding.measured, finding.due_on, finding.late) == (None, None, False)
    assert finding.evidence == (Evidence("placements", "p1", PLACED),)


def test_but_not_if_it_would_be_too_late_or_another_is_in_time_or_it_is_not_yet_due() -> None:
    assert first(visits=[visit(day("9 Jul"), None)]).result is Result.NOT_MET
    assert first(visits=[visit(None), *visits("8 Jul")]).result is Result.MET
    assert first(day("8 Jul"), visits=[visit(None)]).result is Result.NOT_YET_DUE
    assert first(visits=[visit(day("8 Jul"), None, contradictory=[]), *visits("7 Jul")]).result is Result.MET


def test_a_doubt_of_the_day_on_which_a_later_interval_begins_says_nothing_of_it() -> None:
    found = told(day("30 Aug"), visits=[*visits("5 Jul"), visit(day("5 Jul"), None)])
    assert found.results() == {"p1": Result.MET, "r1": Result.NOT_MET}


def test_events_that_the_source_does_not_carry_leave_undecided_what_would_not_be_met() -> None:
    standard, file = VISITED, file_of(placements=[placement()])
    finding = said(standard, file).records()["p1"]
    assert (finding.result, finding.missing) == (Result.CANNOT_DECIDE, (Missing("visits", "", Why.NOT_CARRIED),))
    assert said(standard, file, day("8 Jul")).results() == {"p1": Result.NOT_YET_DUE}


def test_spans_that_the_source_does_not_carry() -> None:
    found = said(VISITED, file_of(visits=[])).check()
    assert (found.result, found.missing) == (Result.CANNOT_DECIDE, (Missing("placements", "", Why.NOT_CARRIED),))


@pytest.mark.parametrize(
    ("span", "missing"),
    [
        (placement(None), Missing("placements", "started", Why.LEFT_BLANK)),
        (placement(kind=None), Missing("placements", "kind", Why.LEFT_BLANK)),
    ],
)
def test_a_span_that_is_not_known_to_be_one_cannot_be_decided(span: dict[str, Any], missing: Missing) -> None:
    finding = first(placements=[span], visits=visits("5 Jul"))
    assert (finding.result, finding.missing) == (Result.CANNOT_DECIDE, (missing,))


def test_of_an_end_that_is_not_known_only_what_was_in_time_is_decided() -> None:
    """It may have ended before what was not done in time was due."""
    span = {"id": "p1", "started": PLACED, "kind": "foster"}
    found = told(placements=[span], visits=visits("8 Jul", "20 Aug"))
    assert found.results() == {"p1": Result.MET, "r1": Result.CANNOT_DECIDE, "r2": Result.CANNOT_DECIDE}
    assert found.records()["r1"].missing == (Missing("placements", "ended", Why.NOT_CARRIED),)
    assert told(day("8 Jul"), placements=[span]).results() == {"p1": Result.NOT_YET_DUE}


# --- which limit


BRANCHES = standard_of(
    """
    - id: it
      says: How often depends on the placement, and on whether it was reviewed
      between: visits
      during: placements
      no_gap_over:
        - {within: weekly, when: {span.kind: parent, from: {before: first_review.held}}}
        - {within: often, when: {child.disabled: false}}
    """,
    more="anchors: {first_review: {earliest: reviews, by: held}}",
    weekly="1 week",
    often="6 weeks",
)


def limits(
    kind: str | None, *reviews: str, disabled: bool | None = False
) -> dict[str | None, tuple[Result, int | None]]:
    file = file_of(
        {"disabled": disabled},
        placements=[placement(kind=kind)],
        visits=visits("10 Jul", "20 Jul"),
        reviews=[{"held": day(each)} for each in reviews],
    )
    return {key: (f.result, f.limit) for key, f in said(BRANCHES, file, day("21 Jul")).records().items()}


def test_the_first_limit_whose_condition_holds_is_the_limit() -> None:
    assert limits("foster", "15 Jul") == {
        "p1": (Result.MET, 42),
        "r1": (Result.MET, 42),
        "r2": (Result.NOT_YET_DUE, 42),
    }
    assert limits("parent", "15 Jul") == {
        "p1": (Result.NOT_MET, 7),
        "r1": (Result.NOT_MET, 7),
        "r2": (Result.NOT_YET_DUE, 42),  # it begins after the review
    }


@pytest.mark.parametrize(("review", "limit"), [("9 Jul", 42), ("10 Jul", 42), ("11 Jul", 7)])
def test_from_is_the_day_on_which_the_interval_begins(review: str, limit: int) -> None:
    assert limits("parent", review)["r1"][1] == limit


def test_a_review_that_has_not_happened_lies_in_the_future() -> None:
    assert limits("parent")["r2"] == (Result.NOT_YET_DUE, 7)


def test_an_interval_for_which_there_is_no_limit_is_not_judged() -> None:
    assert limits("foster", "15 Jul", disabled=True) == {}


def test_a_limit_whose_condition_cannot_be_known_may_be_the_limit_unless_one_before_it_holds() -> None:
    assert limits(None, "15 Jul")["p1"] == (Result.CANNOT_DECIDE, None)
    assert limits("foster", "15 Jul", disabled=None)["p1"] == (Result.CANNOT_DECIDE, None)
    assert limits("parent", "15 Jul", disabled=None)["p1"] == (Result.NOT_MET, 7)


# --- which limit, where that cannot be known: each whose condition is unknown, to the first that is known to hold


MAY_BE = standard_of(
    """
    - id: it
      says: How often depends on the placement, and on the child
      between: visits
      where: {seen: true}
      during: placements
      no_gap_over:
        - {within: weekly, when: {span.kind: parent}}
        - {within: rarely, when: {child.disabled: false}}
        - {within: often, when: {child.of_school_age: true}}
        - {within: ever}
    """,
    weekly="1 week",
    rarely="12 weeks",
    often="6 weeks",
    ever="1 year",
)
KIND, DISABLED, AT_SCHOOL = (
    Missing("placements", "kind", Why.LEFT_BLANK),
    Missing("child", "disabled", Why.LEFT_BLANK),
    Missing("child", "of_school_age", Why.LEFT_BLANK),
)
# The strictest is the week, to 8 July; the most generous twelve weeks, to 23 September.


def may_be(
    as_at: date = AS_AT, kind: str | None = None, ended: date | None = None, at_school: bool | None = True, **more: Any
) -> Finding | None:
    """The finding on the interval that begins with the placement; of what kind that was, is not known."""
    child = {"disabled": None, "of_school_age": at_school}
    file = file_of(child, **{"placements": [placement(kind=kind, ended=ended)], "visits": [], **more})
    return said(MAY_BE, file, as_at).records().get("p1")


def decided(finding: Finding | None) -> tuple[Result, int | None, date | None, bool]:
    assert finding is not None
    return finding.result, finding.limit, finding.due_on, finding.late


UNDECIDED = (Result.CANNOT_DECIDE, None, None, False)
STRICT, GENEROUS = (7, day("8 Jul")), (84, day("23 Sep"))


@pytest.mark.parametrize(
    ("held", "said_of_it"),
    [
        ("7 Jul", (Result.MET, *STRICT, False)),
        ("8 Jul", (Result.MET, *STRICT, False)),
        ("9 Jul", UNDECIDED),
        ("12 Aug", UNDECIDED),  # six weeks, between the two
        ("13 Aug", UNDECIDED),
        ("22 Sep", UNDECIDED),
        ("23 Sep", UNDECIDED),
        ("24 Sep", (Result.NOT_MET, *GENEROUS, True)),
    ],
)
def test_an_event_in_time_for_the_strictest_that_may_be_the_limit_or_too_late_for_the_most_generous(
    held: str, said_of_it: tuple[Any, ...]
) -> None:
    found = may_be(visits=visits(held))
    assert decided(found) == said_of_it
    assert found is not None
    assert set(found.missing) == ({KIND, DISABLED} if said_of_it == UNDECIDED else set())


@pytest.mark.parametrize(
    ("as_at", "said_of_it"),
    [
        ("7 Jul", (Result.NOT_YET_DUE, *STRICT, False)),
        ("8 Jul", (Result.NOT_YET_DUE, *STRICT, False)),
        ("9 Jul", UNDECIDED),
        ("22 Sep", UNDECIDED),
        ("23 Sep", UNDECIDED),
        ("24 Sep", (Result.NOT_MET, *GENEROUS, False)),
    ],
)
def test_what_is_still_open_is_due_first_on_the_strictest_and_at_last_on_the_most_generous(
    as_at: str, said_of_it: tuple[Any, ...]
) -> None:
    assert decided(may_be(day(as_at))) == said_of_it


@pytest.mark.parametrize("ended", ["7 Jul", "8 Jul"])
def test_a_span_that_ended_in_time_for_each_that_may_be_the_limit_has_nothing_to_judge(ended: str) -> None:
    """Nor has it if there may be no limit: under none of them was anything due."""
    assert may_be(ended=day(ended)) is None
    assert perhaps_not_judged(ended=day(ended)) is None


@pytest.mark.parametrize(
    ("ended", "said_of_it"),
    [
        ("9 Jul", UNDECIDED),
        ("22 Sep", UNDECIDED),
        ("23 Sep", UNDECIDED),
        ("24 Sep", (Result.NOT_MET, *GENEROUS, True)),
    ],
)
def test_a_span_that_ended_later_was_overtaken_only_if_each_that_may_be_the_limit_had_passed(
    ended: str, said_of_it: tuple[Any, ...]
) -> None:
    assert decided(may_be(ended=day(ended))) == said_of_it


def test_a_limit_known_not_to_be_for_it_is_no_limit_and_none_after_one_that_holds() -> None:
    """Of a foster placement the week is none; and the year, the last, comes after the six weeks, which hold."""
    assert decided(may_be(kind="foster", visits=visits("12 Aug"))) == (Result.MET, 42, day("12 Aug"), False)
    assert decided(may_be(kind="foster", visits=visits("13 Aug"))) == UNDECIDED
    assert decided(may_be(kind="foster", visits=visits("24 Sep")))[:2] == (Result.NOT_MET, 84)
    assert decided(may_be(kind="foster", at_school=False, visits=visits("23 Sep")))[:2] == (Result.MET, 84)
    assert decided(may_be(kind="foster", at_school=False, visits=visits("24 Sep"))) == UNDECIDED


def test_everything_that_is_wanting_to_know_the_limit_is_named() -> None:
    found = may_be(at_school=None, visits=visits("9 Jul"))
    assert found is not None
    assert set(found.missing) == {KIND, DISABLED, AT_SCHOOL}


@pytest.mark.parametrize(
    ("perhaps", "result"), [("8 Jul", False), ("9 Jul", False), ("23 Sep", False), ("24 Sep", True)]
)
def test_what_may_be_an_event_in_time_for_the_most_generous_leaves_it_undecided(perhaps: str, result: bool) -> None:
    found = may_be(day("25 Sep"), visits=[visit(day(perhaps), None)])
    assert found is not None
    assert found.result is (Result.NOT_MET if result else Result.CANNOT_DECIDE)
    assert found.missing == (() if result else (Missing("visits", "seen", Why.LEFT_BLANK),))


PERHAPS_NONE = standard_of(
    """
    - id: it
      says: With a parent every {weekly}, and else of some every {often}
      between: visits
      during: placements
      no_gap_over:
        - {within: weekly, when: {span.kind: parent}}
        - {within: often, when: {child.disabled: false}}
    """,
    weekly="1 week",
    often="6 weeks",
)


def perhaps_not_judged(as_at: date = AS_AT, ended: date | None = None, *days: str) -> Finding | None:
    """The finding on the interval that begins with the placement, for which there may be no limit at all."""
    file = file_of({"disabled": None}, placements=[placement(kind=None, ended=ended)], visits=visits(*days))
    return said(PERHAPS_NONE, file, as_at).records().get("p1")


@pytest.mark.parametrize("held", ["7 Jul", "8 Jul", "9 Jul", "11 Aug", "12 Aug", "13 Aug"])
def test_where_there_may_be_no_limit_nothing_is_said_to_be_met_or_not(held: str) -> None:
    assert decided(perhaps_not_judged(AS_AT, None, held)) == UNDECIDED
    assert decided(perhaps_not_judged(day(held))) == UNDECIDED


def test_of_two_that_end_on_one_day_the_first_is_shown() -> None:
    standard = standard_of(
        """
        - id: it
          says: Seen
          between: visits
          during: placements
          no_gap_over: [{within: week, when: {span.kind: parent}}, {within: five}]
        """,
        week="1 week",
        five="5 working days",
    )
    for held, result in (("8 Jul", Result.MET), ("9 Jul", Result.NOT_MET)):
        file = file_of(placements=[placement(kind=None)], visits=visits(held))
        found = said(standard, file).records()["p1"]
        assert (found.result, found.limit, found.unit, found.due_on) == (result, 7, "days", day("8 Jul"))


def test_nth_counts_the_intervals_of_a_span() -> None:
    standard = standard_of(
        "- {id: it, says: Seen, between: visits, during: placements, no_gap_over: [{within: soon, nth: 2}]}",
        soon="7 days",
    )
    found = said(standard, file_of(placements=[placement()], visits=visits("20 Jul", "27 Jul", "30 Aug")))
    assert found.results() == {"r1": Result.MET}


# --- since a date of the child


SINCE = standard_of(
    """
    - id: it
      says: A review every {often}
      between: reviews
      where: {kind: cla}
      since: child.looked_after_since
      until: child.closed_on
      no_gap_over: [{within: often}]
    """,
    often="20 working days",
)


def since(child: dict[str, Any], *days: str, as_at: date = AS_AT) -> Said:
    reviews = [{"held": day(each), "kind": "cla"} for each in days]
    return said(SINCE, file_of({"closed_on": None, **child}, reviews=reviews), as_at)


@pytest.mark.parametrize(
    ("held", "result"), [("26 Jul", Result.MET), ("29 Jul", Result.MET), ("30 Jul", Result.NOT_MET)]
)
def test_since_a_date_of_the_child_there_is_one_span_whose_first_interval_is_on_no_record(
    held: str, result: Result
) -> None:
    finding = since({"looked_after_since": PLACED}, held).records()[None]
    assert (finding.result, finding.record, finding.record_id) == (result, None, None)
    assert (finding.limit, finding.unit, finding.due_on) == (20, "working days", day("29 Jul"))
    assert finding.evidence == (Evidence("reviews", "r1", day(held)),)


def test_until_a_date_of_the_child() -> None:
    assert since({"looked_after_since": PLACED, "closed_on": day("29 Jul")}).results() == {}
    assert since({"looked_after_since": PLACED, "closed_on": day("30 Jul")}).records()[None].late


def test_a_child_of_whom_it_has_not_begun_has_no_intervals_and_an_unknown_beginning_cannot_be_decided() -> None:
    assert since({"looked_after_since": None}).check().result is Result.NOT_APPLICABLE
    finding = since({}).records()[None]
    assert finding.missing == (Missing("child", "looked_after_since", Why.NOT_CARRIED),)


# --- looking back


LOOKS_BACK = standard_of(
    "- {id: it, says: Seen, between: visits, during: placements, no_gap_over: [{within: soon}]}",
    more="looks_back: look_back",
    soon="7 days",
    look_back="30 days",
)


@pytest.mark.parametrize(("held", "looked_at"), [("30 Aug", False), ("31 Aug", True), ("1 Sep", True)])
def test_a_standard_looks_back_on_intervals_that_have_ended(held: str, looked_at: bool) -> None:
    """30 days before 30 September is 31 August; and what is still open is always looked at."""
    found = said(LOOKS_BACK, file_of(placements=[placement()], visits=visits(held)))
    assert found.results() == ({"p1": Result.NOT_MET} if looked_at else {}) | {"r1": Result.NOT_MET}


def test_nor_at_a_span_that_has_ended_long_ago_though_its_beginning_is_not_known() -> None:
    assert said(LOOKS_BACK, file_of(placements=[placement(None, day("30 Aug"))], visits=[])).results() == {}
    found = said(LOOKS_BACK, file_of(placements=[placement(None, day("31 Aug"))], visits=[])).results()
    assert found == {"p1": Result.CANNOT_DECIDE}


# --- for a reader


def test_by_a_reader_it_only_points() -> None:
    standard = standard_of(
        "- {id: it, says: Seen, only_refers: true, between: visits, during: placements, no_gap_over: [{within: soon}]}",
        soon="7 days",
    )
    found = said(standard, file_of(placements=[placement()], visits=visits("9 Jul", "10 Jul")), day("11 Jul"))
    assert found.check().by is By.READER
    assert found.results() == {"p1": Result.REFER_TO_AUDITOR, "r1": Result.NOT_APPLICABLE, "r2": Result.NOT_APPLICABLE}
    assert not found.records()["p1"].late


# --- what is said of it


@pytest.mark.parametrize(
    ("as_at", "records", "sentence"),
    [
        (
            "9 Jul",
            {},
            "After placement p1 of 1 July 2019, no visit is recorded by 9 July 2019, 8 days later; "
            "the last day was 8 July 2019.",
        ),
        ("8 Jul", {}, "After placement p1 of 1 July 2019, no visit is recorded yet; the last day is 8 July 2019."),
        (
            "9 Jul",
            {"visits": visits("9 Jul")},
            "After placement p1 of 1 July 2019, visit r1 came 8 days later, "
            "which is late; the last day was 8 July 2019.",
        ),
        (
            "9 Jul",
            {"visits": visits("1 Jul")},
            "After placement p1 of 1 July 2019, visit r1 came the same day; the last day was 8 July 2019.",
        ),
        (
            "9 Jul",
            {"placements": [placement(ended=day("9 Jul"))]},
            "After placement p1 of 1 July 2019, no visit is "
            "recorded before it ended 8 days later; the last day was 8 July 2019.",
        ),
        (
            "9 Jul",
            {"visits": [visit(None)]},
            "Placement p1 of 1 July 2019 cannot be decided: the visit's date was left blank.",
        ),
    ],
)
def test_the_sentence(as_at: str, records: dict[str, Any], sentence: str) -> None:
    assert first(day(as_at), **records).reason == sentence


def test_the_sentence_of_a_child_and_of_several_intervals() -> None:
    found = since({"looked_after_since": PLACED}, "30 Jul")
    assert found.records()[None].reason == (
        "After the child's first day in care (1 July 2019), review r1 came 21 working days later, which is late; "
        "the last day was 29 July 2019."
    )
    several = told(day("20 Jul"), visits=visits("5 Jul", "6 Jul")).check()
    assert several.reason == "Within their limit: 2 of 3 intervals."


def undated(no_later_than: str | None, **more: Any) -> dict[str, Any]:
    """A visit of which the source says only that it was no later than a day: it has the last visit alone."""
    row = {"seen": True, **more}
    return row if no_later_than is None else {**row, "no_later_than": day(no_later_than)}


@pytest.mark.parametrize(
    ("latest", "bound", "first_result", "second_result"),
    [
        # the child was placed on 1 July; the last visit was on 20 July; it is 30 September
        ("20 Jul", "20 Jul", Result.CANNOT_DECIDE, Result.NOT_MET),  # earlier ones may be, and none came after it
        ("20 Jul", "19 Jul", Result.CANNOT_DECIDE, Result.NOT_MET),
        ("20 Jul", "21 Jul", Result.CANNOT_DECIDE, Result.CANNOT_DECIDE),  # one may have come the day after
        ("20 Jul", None, Result.CANNOT_DECIDE, Result.CANNOT_DECIDE),  # one may have come at any time
        ("20 Jul", "30 Jun", Result.NOT_MET, Result.NOT_MET),  # none since the placement
        ("20 Jul", "1 Jul", Result.CANNOT_DECIDE, Result.NOT_MET),  # on the day itself, which closes the first interval
        ("7 Jul", "7 Jul", Result.MET, Result.NOT_MET),  # what is met stays so
    ],
)
def test_a_visit_of_an_unknown_day_may_be_one_until_the_last_day_on_which_it_can_be(
    latest: str, bound: str | None, first_result: Result, second_result: Result
) -> None:
    found = told(visits=[visit(day(latest), id="v1"), undated(bound, id="v0")]).records()
    assert found["p1"].result is first_result
    assert found["v1"].result is second_result
