"""When a condition is true, false, or cannot be known: every node, for every way in which a field can be.

| the field is            | of a date, number, code, text | of an event        |
|-------------------------|-------------------------------|--------------------|
| filled in               | true or false                 | true or false      |
| left blank              | cannot know                   | has not happened   |
| not carried             | cannot know                   | cannot know        |
| contradictory           | cannot know                   | cannot know        |
| of an anchor not there  | has not happened              | has not happened   |
| of an anchor not told   | cannot know                   | cannot know        |

What has not happened is never so, and a comparison *with* it takes it to lie in the future.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.scope import Found, Here
from qaengine.evaluate.reference.truth import Truth
from qaengine.model import condition as c
from qaengine.model.period import Period
from qaengine.model.result import Missing, Why
from tests.spec.table import AS_AT, day, file_of, here_of, row_of

TRUE, FALSE, UNKNOWN = True, False, None
UNTOLD = frozenset({Missing("plan_actions", "due_on", Why.LEFT_BLANK)})

ALL_FILLED = {
    "text": "Visit  weekly",
    "kind": "safety",
    "plan": "P1",
    "words": 3,
    "joined": True,
    "due_on": AS_AT,
    "status_date": AS_AT,
}


def field(name: str, scope: c.Scope = c.Scope.RECORD, anchor: str = "") -> c.Ref:
    return c.Ref(scope, name, "plan_actions", anchor)


def anchored(name: str, anchor: str) -> c.Ref:
    return field(name, c.Scope.ANCHOR, anchor)


def at(**values: Any) -> Here:
    """A plan action with these values, among anchors: one told, one not there, one that cannot be told."""
    file = file_of(plan_actions=[values])
    anchors = {
        "told": Found(row_of(ALL_FILLED, "r9")),
        "none": Found(None),
        "untold": Found(None, UNTOLD),
    }
    here = here_of(file)
    return Here(here.as_at, file, here.not_carried, anchors, file.records["plan_actions"][0])


def truth(node: c.Condition, **values: Any) -> bool | None:
    return holds(node, at(**values)).value


def is_safety(ref: c.Ref) -> c.Condition:
    return c.OneOf(ref, ("safety", "monitoring"))


def at_least_three(ref: c.Ref) -> c.Condition:
    return c.Compare(ref, c.Order.AT_LEAST, 3)


def says_weekly(ref: c.Ref) -> c.Condition:
    return c.Words(ref, ("weekly", "each week"))


def same_plan(ref: c.Ref) -> c.Condition:
    return c.SameAs(ref, c.Ref(c.Scope.ANCHOR, "plan", "plan_actions", "told"))


VALUES = [(is_safety, "kind"), (at_least_three, "words"), (says_weekly, "text"), (same_plan, "plan")]
"""The tests of a value, each with a field of which it is so in ALL_FILLED."""


@pytest.mark.parametrize(("test", "name"), VALUES)
def test_a_test_of_a_value_for_each_way_in_which_the_field_can_be(test: Any, name: str) -> None:
    other = {"kind": "action", "words": 2, "text": "Visit daily", "plan": "P2"}
    assert truth(test(field(name)), **ALL_FILLED) is TRUE
    assert truth(test(field(name)), **other) is FALSE
    assert truth(test(field(name)), **{name: None}) is UNKNOWN  # left blank
    assert truth(test(field(name))) is UNKNOWN  # not carried
    assert truth(test(field(name)), **ALL_FILLED, contradictory=[name]) is UNKNOWN
    assert truth(test(anchored(name, "told"))) is TRUE
    assert truth(test(anchored(name, "none"))) is FALSE
    assert truth(test(anchored(name, "untold"))) is UNKNOWN


@pytest.mark.parametrize("name", ["text", "kind", "plan", "words", "joined", "due_on", "status_date"])
def test_recorded_for_each_way_in_which_the_field_can_be(name: str) -> None:
    recorded = c.Recorded(field(name))
    assert truth(recorded, **ALL_FILLED) is TRUE
    assert truth(recorded, **{name: None}) is FALSE  # a blank is no secret, whatever the field is
    assert truth(recorded) is UNKNOWN
    assert truth(recorded, **ALL_FILLED, contradictory=[name]) is UNKNOWN
    assert truth(c.Recorded(anchored(name, "told"))) is TRUE
    assert truth(c.Recorded(anchored(name, "none"))) is FALSE
    assert truth(c.Recorded(anchored(name, "untold"))) is UNKNOWN


WEEK = Period.parse("1 week")
DATES: dict[str, Any] = {
    "dated": lambda ref, other=c.Today.AS_AT: c.Dated(ref, c.When.ON, other),
    "within": lambda ref, other=c.Today.AS_AT: c.Within(ref, WEEK, other),
    "no older than": lambda ref, other=c.Today.AS_AT: c.NoOlderThan(ref, WEEK, other),
    "for at least": lambda ref, other=c.Today.AS_AT: c.ForAtLeast(ref, Period.parse("0 days"), other),
}
"""The tests of a date: each is so of the as-at date itself, against the as-at date."""
NOT_SO = {"dated": -1, "within": -1, "no older than": -8, "for at least": 1}
"""So many days off, each is not."""


@pytest.mark.parametrize("test", DATES)
def test_a_test_of_a_date_for_each_way_in_which_the_field_can_be(test: str) -> None:
    node = DATES[test]
    for name in ("due_on", "status_date"):
        assert truth(node(field(name)), **{name: AS_AT}) is TRUE
        assert truth(node(field(name)), **{name: AS_AT + timedelta(NOT_SO[test])}) is FALSE
        assert truth(node(field(name))) is UNKNOWN
        assert truth(node(field(name)), **{name: AS_AT}, contradictory=[name]) is UNKNOWN
        assert truth(node(anchored(name, "told"))) is TRUE
        assert truth(node(anchored(name, "none"))) is FALSE
        assert truth(node(anchored(name, "untold"))) is UNKNOWN
    assert truth(node(field("due_on")), due_on=None) is UNKNOWN  # a blank date was not written down
    assert truth(node(field("status_date")), status_date=None) is FALSE  # a blank event has not happened


@pytest.mark.parametrize("test", DATES)
def test_a_comparison_with_another_date_for_each_way_in_which_that_can_be(test: str) -> None:
    node, own = DATES[test], field("due_on")
    assert truth(node(own, field("set_on")), due_on=AS_AT, set_on=AS_AT) is TRUE
    assert truth(node(own, field("set_on")), due_on=AS_AT, set_on=None) is UNKNOWN
    assert truth(node(own, field("set_on")), due_on=AS_AT) is UNKNOWN
    assert truth(node(own, field("set_on")), due_on=AS_AT, set_on=AS_AT, contradictory=["set_on"]) is UNKNOWN
    assert truth(node(own, field("status_date")), due_on=AS_AT, status_date=None) is FALSE
    assert truth(node(own, anchored("due_on", "told")), due_on=AS_AT) is TRUE
    assert truth(node(own, anchored("due_on", "none")), due_on=AS_AT) is FALSE
    assert truth(node(own, anchored("due_on", "untold")), due_on=AS_AT) is UNKNOWN


@pytest.mark.parametrize(
    ("when", "so"),
    [("before", True), ("not_after", True), ("after", False), ("not_before", False), ("on", False)],
)
def test_what_has_not_happened_lies_in_the_future(when: str, so: bool) -> None:
    for other in (field("status_date"), anchored("due_on", "none")):
        node = c.Dated(field("due_on"), c.When(when), other)
        assert truth(node, due_on=AS_AT, status_date=None) is so
        assert truth(node, due_on=None, status_date=None) is UNKNOWN
    both = c.Dated(field("status_date"), c.When(when), anchored("due_on", "none"))
    assert truth(both, status_date=None) is FALSE  # neither has happened


@pytest.mark.parametrize(
    ("order", "one_less", "the_limit", "one_more"),
    [
        ("at_least", False, True, True),
        ("at_most", True, True, False),
        ("more_than", False, False, True),
        ("less_than", True, False, False),
    ],
)
def test_numbers_at_the_limit(order: str, one_less: bool, the_limit: bool, one_more: bool) -> None:
    node = c.Compare(field("words"), c.Order(order), 6)
    assert [truth(node, words=n) for n in (5, 6, 7)] == [one_less, the_limit, one_more]


@pytest.mark.parametrize(
    ("when", "day_before", "the_day", "day_after"),
    [
        ("before", True, False, False),
        ("after", False, False, True),
        ("not_before", False, True, True),
        ("not_after", True, True, False),
        ("on", False, True, False),
    ],
)
def test_dates_on_the_day(when: str, day_before: bool, the_day: bool, day_after: bool) -> None:
    for moment in (c.Today.AS_AT, AS_AT):
        node = c.Dated(field("due_on"), c.When(when), moment)
        found = [truth(node, due_on=AS_AT + timedelta(days)) for days in (-1, 0, 1)]
        assert found == [day_before, the_day, day_after]


LAST_DAYS = [
    ("0 days", "12 Aug", "12 Aug"),
    ("1 day", "12 Aug", "13 Aug"),
    ("6 weeks", "12 Aug", "23 Sep"),
    ("1 month", "31 Aug", "30 Sep"),  # the end of a shorter month
    ("1 month", "31 Jan", "28 Feb"),
    ("1 month", "31 Jan 2020", "29 Feb 2020"),
    ("12 months", "29 Feb 2020", "28 Feb 2021"),
    ("2 years", "29 Feb 2020", "28 Feb 2022"),
    ("45 working days", "1 Apr", "7 Jun"),  # over Easter and two bank holidays in May
    ("15 working days", "17 Aug", "9 Sep"),  # from a Saturday, over the bank holiday in August
    ("20 working days", "16 Dec", "16 Jan 2020"),  # over Christmas and the New Year
    ("1 working day", "18 Apr", "23 Apr"),  # from Maundy Thursday to the Tuesday after Easter
    ("1 working day", "27 Sep", "30 Sep"),  # from a Friday to the Monday
    ("5 working days", "20 Sep", "27 Sep"),  # due on a Friday
]
"""A period, a day, and the last day that is within the period of it."""


@pytest.mark.parametrize(("period", "start", "last"), LAST_DAYS)
def test_within_looks_forward_from_a_day_to_the_last_day_of_the_period(period: str, start: str, last: str) -> None:
    node = c.Within(field("due_on"), Period.parse(period), day(start))
    one = timedelta(1)
    within = [truth(node, due_on=d) for d in (day(start) - one, day(start), day(last), day(last) + one)]
    assert within == [False, True, True, False]


@pytest.mark.parametrize(("period", "start", "last"), LAST_DAYS)
def test_no_older_than_looks_back_to_the_first_day_from_which_the_period_reaches(
    period: str, start: str, last: str
) -> None:
    own, one = field("due_on"), timedelta(1)
    ages = [
        truth(c.NoOlderThan(own, Period.parse(period), at), due_on=day(start))
        for at in (day(start) - one, day(start), day(last), day(last) + one)
    ]
    assert ages == [False, True, True, False]  # what lies ahead is not recent


def test_the_saturday_after_a_friday_is_past_the_last_day() -> None:
    """Due on Friday 27 September: a Saturday is no working day, and it is not that Friday either."""
    node = c.Within(field("due_on"), Period.parse("5 working days"), day("20 Sep"))
    assert [truth(node, due_on=day(d)) for d in ("27 Sep", "28 Sep", "29 Sep", "30 Sep")] == [True, False, False, False]


@pytest.mark.parametrize(
    ("start", "period", "complete_on"),
    [
        (date(2015, 6, 1), "4 years", date(2019, 6, 1)),
        (date(2016, 2, 29), "4 years", date(2020, 2, 29)),
        (date(2016, 2, 29), "3 years", date(2019, 3, 1)),  # a birthday on 29 February falls on 1 March
        (date(2019, 1, 31), "1 month", date(2019, 3, 1)),
        (date(2019, 9, 20), "5 working days", date(2019, 9, 27)),
        (date(2019, 9, 1), "2 weeks", date(2019, 9, 15)),
    ],
)
def test_for_at_least_is_so_from_the_day_on_which_the_whole_period_has_passed(
    start: date, period: str, complete_on: date
) -> None:
    own, one = field("due_on"), timedelta(1)
    found = [
        truth(c.ForAtLeast(own, Period.parse(period), at), due_on=start)
        for at in (complete_on - one, complete_on, complete_on + one)
    ]
    assert found == [False, True, True]


@pytest.mark.parametrize(
    ("as_at", "start", "end"),
    [
        (date(2019, 3, 30), date(2017, 4, 1), date(2018, 3, 31)),
        (date(2019, 3, 31), date(2018, 4, 1), date(2019, 3, 31)),
        (date(2019, 4, 1), date(2018, 4, 1), date(2019, 3, 31)),
    ],
)
def test_the_return_year_is_the_last_to_have_ended(as_at: date, start: date, end: date) -> None:
    assert (c.today(c.Today.RETURN_YEAR_START, as_at), c.today(c.Today.RETURN_YEAR_END, as_at)) == (start, end)
    assert c.today(c.Today.AS_AT, as_at) == as_at


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("Visit weekly", True),
        ("WEEKLY, by the carer’s sister", True),
        ("once each\n  week", True),  # whatever the spacing
        ("biweekly", False),  # whole words only
        ("each other week", False),
        ("", False),
    ],
)
def test_words_are_sought_whole_whatever_their_case_and_spacing(text: str, so: bool) -> None:
    assert truth(says_weekly(field("text")), text=text) is so


def test_text_is_compared_as_words_are_and_codes_exactly() -> None:
    nobody = c.OneOf(field("owner"), ("all professionals", "the carer's network"))
    assert truth(nobody, owner="All  Professionals") is TRUE
    assert truth(nobody, owner="The carer’s network.") is TRUE
    assert truth(nobody, owner="all professionals and CAMHS") is FALSE
    assert truth(c.OneOf(field("plan"), ("P1",)), plan="p1") is FALSE


def test_yes_and_no_are_two_answers_and_blank_is_neither() -> None:
    yes, no = c.OneOf(field("joined"), (True,)), c.OneOf(field("joined"), (False,))
    assert [truth(yes, joined=value) for value in (True, False, None)] == [True, False, None]
    assert [truth(no, joined=value) for value in (True, False, None)] == [False, True, None]


def test_same_as_compares_two_fields_that_are_both_filled_in() -> None:
    node = c.SameAs(field("plan"), field("carried_from"))
    assert truth(node, plan="P1", carried_from="P1") is TRUE
    assert truth(node, plan="P1", carried_from="P2") is FALSE
    assert truth(node, plan=None, carried_from=None) is UNKNOWN
    assert truth(node, plan="P1") is UNKNOWN
    assert truth(c.SameAs(field("id"), anchored("id", "told")), id="r9") is TRUE
    assert truth(c.SameAs(field("plan"), anchored("plan", "none")), plan="P1") is FALSE


def test_a_parameter_and_what_the_source_carries_are_always_known() -> None:
    assert truth(c.Always(True)) is TRUE
    assert truth(c.Always(False)) is FALSE
    assert truth(c.Carries("plan_actions", "due_on"), due_on=None) is TRUE  # carried, though blank
    assert truth(c.Carries("plan_actions", "due_on")) is FALSE


SO, NOT_SO_AT_ALL, NOT_KNOWN = c.Always(True), c.Always(False), c.Compare(field("words"), c.Order.AT_LEAST, 1)


@pytest.mark.parametrize(
    ("parts", "every", "some"),
    [
        ((), True, False),
        ((SO, SO), True, True),
        ((SO, NOT_SO_AT_ALL), False, True),
        ((NOT_SO_AT_ALL, NOT_SO_AT_ALL), False, False),
        ((SO, NOT_KNOWN), None, True),  # any is so if one is, though another is not known
        ((NOT_SO_AT_ALL, NOT_KNOWN), False, None),  # all is not so if one is not
        ((NOT_KNOWN, NOT_KNOWN), None, None),
    ],
)
def test_all_and_any_of_what_may_not_be_known(
    parts: tuple[c.Condition, ...], every: bool | None, some: bool | None
) -> None:
    assert truth(c.All(parts), words=None) is every
    assert truth(c.Any(parts), words=None) is some
    assert truth(c.Not(c.All(parts)), words=None) is (None if every is None else not every)
    assert truth(c.Not(c.Any(parts)), words=None) is (None if some is None else not some)


@pytest.mark.parametrize(
    ("values", "why"),
    [({"words": None}, Why.LEFT_BLANK), ({}, Why.NOT_CARRIED), ({"words": 1, "contradictory": ["words"]}, "other")],
)
def test_what_cannot_be_known_names_the_field_and_why(values: dict[str, Any], why: Any) -> None:
    expected = Why.CONTRADICTORY if why == "other" else why
    found = holds(c.Not(c.All((SO, NOT_KNOWN))), at(**values))
    assert found == Truth(None, frozenset({Missing("plan_actions", "words", expected)}))


def test_of_an_anchor_that_cannot_be_told_it_names_what_would_have_told() -> None:
    assert holds(c.Recorded(anchored("text", "untold")), at()).missing == UNTOLD


def test_a_field_of_no_record_is_a_mistake_in_the_program() -> None:
    with pytest.raises(LookupError, match="no trigger here to look at"):
        holds(c.Recorded(field("text", c.Scope.TRIGGER)), at())
