"""The re-audit list: who is on it, since when, to whom it goes, and how one comes off it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from qaengine.audit.progress import Progress
from qaengine.judge.facts import Grade
from qaengine.model.calendar import add_months
from tests.audit_cases import AS_AT, RI, action, audit, case, owing, place

MARCH, JUNE, AUGUST = date(2019, 3, 4), date(2019, 6, 3), date(2019, 8, 12)
DAY = timedelta(days=1)


# --- Who is on the list -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("grade", [RI, "inadequate"])
def test_a_confirmed_grade_that_does_not_meet_good_is_on_the_list(grade: str) -> None:
    entry = owing(case(audit("A", MARCH, grade)))
    assert (entry.first_grade.value, entry.first_on, entry.team) == (grade, MARCH, "North")


@pytest.mark.parametrize("grade", ["good", "outstanding"])
def test_a_grade_that_meets_good_is_not(grade: str) -> None:
    assert place(case(audit("A", MARCH, grade))).owing is None


def test_a_grade_that_nobody_confirmed_is_not_on_the_list_and_is_said_to_wait() -> None:
    found = place(case(audit("A", MARCH, confirmed_on=None)))
    assert found.owing is None
    assert found.left is not None
    assert found.left.reason == "not on the list yet: the grade of 4 March 2019 is not confirmed"


def test_an_audit_after_the_as_at_date_has_not_been_made_yet() -> None:
    assert place(case(audit("A", AS_AT + DAY))).owing is None
    assert place(case(audit("A", AS_AT))).owing is not None


def test_nobody_without_an_audit_is_on_it() -> None:
    found = place(case())
    assert (found.owing, found.left, found.done) == (None, None, ())


# --- When it is due ---------------------------------------------------------------------------------------------------


def test_inadequate_is_due_six_weeks_after_the_last_action_was_first_due() -> None:
    actions = (action("X", "A", date(2019, 4, 1)), action("Y", "A", date(2019, 3, 18)))
    assert owing(case(audit("A", MARCH, "inadequate"), actions=actions)).due == date(2019, 5, 13)


def test_a_moved_action_does_not_move_the_re_audit() -> None:
    moved = (action("X", "A", date(2019, 4, 1), due=date(2019, 11, 1)),)
    entry = owing(case(audit("A", MARCH, "inadequate"), actions=moved))
    assert entry.due == date(2019, 5, 13)
    assert (entry.actions_open, entry.actions_overdue) == (1, 0)


def test_it_is_due_at_the_latest_twelve_weeks_after_an_inadequate_audit_and_six_months_after_the_other() -> None:
    late = (action("X", "A", date(2019, 12, 2)),)
    assert owing(case(audit("A", MARCH, "inadequate"), actions=late)).due == MARCH + timedelta(weeks=12)
    assert owing(case(audit("A", MARCH), actions=late)).due == add_months(MARCH, 6)


def test_without_actions_it_is_due_twenty_working_days_after_the_audit() -> None:
    assert owing(case(audit("A", MARCH))).due == date(2019, 4, 1)


@pytest.mark.parametrize(("after", "days"), [(-1, 0), (0, 0), (1, 1), (31, 31)])
def test_it_is_overdue_from_the_day_after(after: int, days: int) -> None:
    entry = owing(case(audit("A", MARCH)))
    assert entry.days_overdue(entry.due + after * DAY) == days


def test_one_that_is_done_is_not_overdue() -> None:
    entry = replace(owing(case(audit("A", MARCH))), done_on=AUGUST)
    assert entry.days_overdue(AS_AT) == 0


@pytest.mark.parametrize(("due", "overdue"), [(AS_AT - DAY, 1), (AS_AT, 0), (AS_AT + DAY, 0)])
def test_an_open_action_is_overdue_from_the_day_after(due: date, overdue: int) -> None:
    entry = owing(case(audit("A", MARCH), actions=(action("X", "A", due),)))
    assert (entry.actions_open, entry.actions_overdue) == (1, overdue)


def test_an_action_done_without_evidence_is_open() -> None:
    done = {"done_on": JUNE}
    actions = (action("X", "A", JUNE, **done), action("Y", "A", JUNE, **done, evidence="Plan P2"))
    entry = owing(case(audit("A", MARCH), actions=actions))
    assert (entry.actions_open, entry.actions_overdue) == (1, 1)


# --- What the data shows now ------------------------------------------------------------------------------------------


def test_a_progress_check_stands_beside_it_and_takes_nobody_off() -> None:
    entry = owing(case(audit("A", MARCH, standards_not_met="sdq-annual-update smart-plan")))
    assert entry.progress is Progress.IMPROVED
    assert entry.progress_words == "still not met: SMART plan; met now: SDQ"


# --- How one comes off it ---------------------------------------------------------------------------------------------


def test_audited_again_and_good_comes_off() -> None:
    found = place(case(audit("A", MARCH), audit("B", AUGUST, "good", re_audit_of="A")))
    assert found.owing is None
    assert found.left is not None
    assert (found.left.reason, found.left.on) == ("audited again: good, which meets good", AUGUST)
    (done,) = found.done
    assert (done.first_grade, done.second_grade, done.done_on) == (Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, AUGUST)


def test_a_second_audit_that_nobody_confirmed_takes_nobody_off() -> None:
    found = place(case(audit("A", MARCH), audit("B", AUGUST, "good", re_audit_of="A", confirmed_on=None)))
    assert found.owing is not None
    assert found.done == ()


def test_a_case_closed_before_the_re_audit_is_reported_so() -> None:
    found = place(case(audit("A", MARCH), closed_on=JUNE))
    assert found.owing is None
    assert found.left is not None
    assert (found.left.reason, found.left.on) == ("case closed before the re-audit", JUNE)


def test_a_case_closed_after_it_was_audited_again_left_by_the_audit() -> None:
    found = place(case(audit("A", MARCH), audit("B", JUNE, "good"), closed_on=AUGUST))
    assert found.left is not None
    assert found.left.reason.startswith("audited again")


@pytest.mark.parametrize(("after", "shown"), [(0, False), (1, True)])
def test_those_done_in_the_last_three_months_are_shown(after: int, shown: bool) -> None:
    done_on = add_months(AS_AT, -3) + after * DAY
    assert bool(place(case(audit("A", MARCH), audit("B", done_on, "good"))).done) is shown


# --- Again, and again -------------------------------------------------------------------------------------------------


def test_the_first_goes_to_the_team_manager_and_an_inadequate_to_the_head_of_service() -> None:
    assert owing(case(audit("A", MARCH))).goes_to == "team manager"
    assert owing(case(audit("A", MARCH, "inadequate"))).goes_to == "head of service"


def test_a_done_re_audit_that_again_does_not_meet_good_puts_the_child_back_on_the_list() -> None:
    found = place(case(audit("A", MARCH), audit("B", AUGUST, re_audit_of="A")))
    assert found.owing is not None
    assert (found.owing.first_on, found.owing.turn, found.owing.goes_to) == (AUGUST, 2, "head of service")
    (done,) = found.done
    assert (done.first_on, done.second_grade) == (MARCH, Grade.REQUIRES_IMPROVEMENT)


def test_the_third_goes_to_cslt() -> None:
    chain = (audit("A", MARCH), audit("B", JUNE, re_audit_of="A"), audit("C", AUGUST, re_audit_of="B"))
    entry = owing(case(*chain))
    assert (entry.turn, entry.goes_to) == (3, "CSLT")


def test_an_improved_second_is_for_the_head_of_service_to_know() -> None:
    entry = owing(case(audit("A", MARCH, "inadequate"), audit("B", AUGUST, re_audit_of="A")))
    assert entry.goes_to == "head of service"
    assert "improved" in entry.goes_because
