"""The audits on a child's file: in order, with the chain that each stands in, and what became of its actions."""

from datetime import date

import pytest

from qaengine.audit.history import LONGEST, history
from qaengine.judge.facts import Grade
from tests.audit_cases import action, audit, case

MARCH, JUNE, SEPTEMBER = date(2019, 3, 4), date(2019, 6, 3), date(2019, 9, 2)


def test_audits_stand_in_the_order_of_their_dates_and_the_undated_are_left_out() -> None:
    found = history(case(audit("B", JUNE), audit("A", JUNE), audit("C", MARCH), audit("D", None)))
    assert [past.id for past in found] == ["C", "A", "B"]


def test_a_re_audit_is_second_in_its_chain_and_knows_the_one_before() -> None:
    first, second, third = history(
        case(audit("A", MARCH), audit("B", JUNE, re_audit_of="A"), audit("C", SEPTEMBER, re_audit_of="B"))
    )
    assert [past.position for past in (first, second, third)] == [1, 2, 3]
    assert (first.before, second.before, third.before) == (None, first, second)


def test_an_audit_that_names_none_follows_the_one_that_is_owed() -> None:
    first, second = history(case(audit("A", MARCH), audit("B", JUNE)))
    assert (second.before, second.position) == (first, 2)


def test_an_audit_after_a_good_one_starts_a_new_chain() -> None:
    first, second = history(case(audit("A", MARCH, "good"), audit("B", JUNE)))
    assert (second.before, second.position) == (None, 1)
    assert not first.does_not_meet_good


def test_a_chain_that_runs_in_a_circle_is_cut() -> None:
    first, second = history(case(audit("A", MARCH, re_audit_of="B"), audit("B", JUNE, re_audit_of="A")))
    assert (first.before, first.position) == (None, 1)
    assert (second.before, second.position) == (first, 2)


def test_an_audit_that_names_itself_or_one_of_the_same_day_is_the_first() -> None:
    found = history(case(audit("A", MARCH, re_audit_of="A"), audit("B", MARCH, re_audit_of="A")))
    assert [past.position for past in found] == [1, 1]


def test_an_audit_that_nobody_confirmed_is_passed_over() -> None:
    first, second, third = history(
        case(
            audit("A", MARCH),
            audit("B", JUNE, re_audit_of="A", confirmed_on=None),
            audit("C", SEPTEMBER, re_audit_of="B"),
        )
    )
    assert not second.confirmed
    assert (third.before, third.position) == (first, 2)


@pytest.mark.parametrize(("grade", "confirmed_on"), [(None, MARCH), ("inadequate", None)])
def test_without_a_grade_or_its_confirmation_it_does_not_say_that_it_does_not_meet_good(
    grade: str | None, confirmed_on: date | None
) -> None:
    (past,) = history(case(audit("A", MARCH, grade, confirmed_on=confirmed_on)))
    assert not past.confirmed
    assert not past.does_not_meet_good


def test_a_very_long_chain_is_counted_as_far_as_the_judge_counts() -> None:
    days = [date.fromordinal(date(2015, 1, 1).toordinal() + n) for n in range(LONGEST + 2)]
    found = history(case(*(audit(f"A{n:03d}", day) for n, day in enumerate(days))))
    assert [past.position for past in found[-3:]] == [LONGEST, LONGEST, LONGEST]
    assert found[-1].as_previous().grade is Grade.REQUIRES_IMPROVEMENT


def test_an_action_done_without_evidence_counts_as_open() -> None:
    done = {"done_on": JUNE}
    (past,) = history(
        case(
            audit("A", MARCH),
            actions=(action("X", "A", JUNE, **done), action("Y", "A", JUNE, **done, evidence="Plan P2")),
        )
    )
    assert [(one.action, one.done_on) for one in past.actions] == [("X", None), ("Y", JUNE)]


def test_an_action_keeps_its_first_date_beside_the_one_it_was_moved_to() -> None:
    (past,) = history(case(audit("A", MARCH), actions=(action("X", "A", JUNE, SEPTEMBER),)))
    assert (past.actions[0].original_due, past.actions[0].due) == (JUNE, SEPTEMBER)


def test_an_action_without_any_date_or_of_another_audit_is_none_of_this_one() -> None:
    (past,) = history(case(audit("A", MARCH), actions=(action("X", "A", None), action("Y", "B", JUNE))))
    assert past.actions == ()


def test_an_action_dated_before_its_audit_is_due_on_the_day_of_the_audit() -> None:
    (past,) = history(case(audit("A", JUNE), actions=(action("X", "A", MARCH),)))
    assert past.actions[0].original_due == JUNE
