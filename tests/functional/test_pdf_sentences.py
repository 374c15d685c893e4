"""What each report says first, from its numbers alone."""

from dataclasses import replace
from datetime import date

import pytest

from qaengine.model.result import Result
from qaengine.report import sentences, wording
from qaengine.report.views import Concern, Confirmed, Counts, Estimate, Excluded, Grade, Interval, ToDo
from tests.functional.pdf_views import (
    AS_AT,
    RE_AUDITS,
    TEAM,
    TYPICAL,
    action,
    audited,
    dip_sample,
    leadership,
    manager,
    re_audit,
)

BOUNDS = Interval(0.45, 0.87)


def test_a_dip_sample_says_who_was_drawn_what_their_records_show_and_what_that_says_of_all() -> None:
    assert sentences.dip_sample_sentence(TYPICAL) == (
        "Of 30 looked-after children drawn at random from 318, 19 have an SDQ from the last 12 months, 8 do not, and "
        "3 records don’t say. Across all 318 that means between 45% and 87%, however the three turn out."
    )


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Counts(met=1, not_met=11), "1 has an SDQ from the last 12 months and 11 do not."),
        (Counts(met=11, not_met=1), "11 have an SDQ from the last 12 months and 1 does not."),
        (Counts(not_met=12), "none have an SDQ from the last 12 months and 12 do not."),
        (Counts(met=12), "12 have an SDQ from the last 12 months. Across"),
        (Counts(met=11, cannot_decide=1), "and 1 record doesn’t say. Across"),
        (Counts(met=10, refer_to_auditor=2), "and 2 need a person to read."),
        (Counts(met=11, refer_to_auditor=1), "and 1 needs a person to read."),
        (Counts(met=11, not_yet_due=1), "and 1 is not yet due."),
        (Counts(met=10, not_yet_due=2), "and 2 are not yet due."),
        (Counts(met=11, not_applicable=1), "and for 1 it does not apply."),
    ],
)
def test_each_result_has_its_own_clause_in_the_singular_and_the_plural(counts: Counts, expected: str) -> None:
    assert expected in sentences.dip_sample_sentence(dip_sample(counts, BOUNDS))


@pytest.mark.parametrize(
    ("undecided", "clause"), [(0, "87%."), (1, "the undecided one turns out."), (2, "the two turn out.")]
)
def test_the_bounds_say_how_many_cases_are_still_open(undecided: int, clause: str) -> None:
    view = dip_sample(Counts(met=20, cannot_decide=undecided), BOUNDS)
    assert sentences.dip_sample_sentence(view).endswith(clause)


@pytest.mark.parametrize(("decided", "warned"), [(9, True), (10, False), (11, False)])
def test_fewer_than_ten_decided_records_are_not_to_be_read_as_a_rate(decided: int, warned: bool) -> None:
    view = dip_sample(Counts(met=decided - 1, not_met=1), BOUNDS)
    assert ("not as a rate" in sentences.dip_sample_sentence(view)) is warned
    assert ("= " not in sentences.small_print(view)) is warned


def test_one_child_is_one_child() -> None:
    said = sentences.dip_sample_sentence(dip_sample(Counts(not_met=1), Interval(0, 0.97)))
    assert said.startswith("The one child drawn at random from 318 looked-after children: not met: not evidenced")
    met = sentences.dip_sample_sentence(dip_sample(Counts(met=1), Interval(0.03, 1)))
    assert met.startswith("The one child drawn at random from 318 looked-after children has an SDQ")


def test_a_census_estimates_nothing() -> None:
    view = dip_sample(Counts(met=9, not_met=3), Interval(0.75, 0.75), frame=12, excluded=0, census=True)
    said = sentences.dip_sample_sentence(view)
    assert said.startswith("Of all 12 looked-after children, 9 have")
    assert said.endswith("That is 75%, with nothing estimated.")
    assert "confidence" not in sentences.small_print(view)


def test_a_census_with_undecided_cases_has_two_ends() -> None:
    view = dip_sample(Counts(met=9, not_met=2, cannot_decide=1), Interval(0.75, 10 / 12), 12, 0, census=True)
    assert sentences.dip_sample_sentence(view).endswith("between 75% and 83%, however the undecided one turns out.")


def test_nothing_drawn_and_nothing_decided_are_said() -> None:
    empty = dip_sample(Counts(), None, frame=0)
    assert sentences.dip_sample_sentence(empty) == "No record was tested: the frame holds no looked-after children."
    silent = dip_sample(Counts(cannot_decide=30), None)
    assert sentences.dip_sample_sentence(silent).endswith("nothing can be said of the rest.")


def test_the_small_print_gives_rate_interval_frame_seed_and_hash() -> None:
    view = replace(TYPICAL, estimate=Estimate(Interval(0.51, 0.86), BOUNDS))
    assert sentences.small_print(view) == (
        "19 of 27 decided = 70% (51% to 86%), exact interval at 95% confidence. Frame of 318: 329 less 11 audited in "
        "the last 12 months. Seed 2019-Q3. Frame hash e3b0c44298fc…"
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("audited in the last 12 months", "329 less 11 audited in the last 12 months."),
        ("none of the standards applies", "329 less 11 to whom none of the standards applies."),
        ("the standard does not apply", "329 less 11 to whom the standard does not apply."),
    ],
)
def test_who_was_left_out_of_the_frame_reads_as_a_sentence(reason: str, said: str) -> None:
    chosen = replace(TYPICAL.selection, excluded=(Excluded(reason, 11),))
    assert sentences.frame_line(chosen).endswith(said)


def test_a_manager_hears_what_was_good_before_what_is_to_do() -> None:
    assert sentences.manager_sentence(TEAM) == (
        "Two files read: two good. Evidenced: 6 of 7 strategy discussions had all three agencies. Two actions for "
        "others; one is urgent, tomorrow."
    )


def test_the_headline_gives_each_grade_and_how_many_files_have_it() -> None:
    given = (Grade.INADEQUATE, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.GOOD)
    audits = [
        replace(audited(f"CH-{at}", Result.MET), confirmed=Confirmed(g, "lead", AS_AT)) for at, g in enumerate(given)
    ]
    assert sentences.manager_sentence(manager(audits[:1])).startswith("One file read: inadequate.")
    assert sentences.manager_sentence(manager(audits[:3])).startswith(
        "Three files read: one good, one requires improvement, one inadequate."
    )
    assert "Four files read: two good, one requires improvement, one inadequate." in sentences.manager_sentence(
        manager(audits)
    )


def test_files_of_which_some_have_a_grade_say_how_many_were_read() -> None:
    view = manager([audited("CH-1", Result.MET), audited("CH-2", Result.MET, confirmed=False)])
    assert sentences.manager_sentence(view).startswith("Two files checked on the record, one read: good.")


def test_files_without_a_confirmed_grade_were_checked_and_not_read() -> None:
    view = manager([audited("CH-0001", Result.MET, confirmed=False)])
    assert sentences.manager_sentence(view) == "One file checked on the record. No actions for you."


def test_where_nothing_could_be_decided_nobody_is_told_that_there_is_nothing_to_do() -> None:
    """An extract that carries nothing of what the standards ask is no praise, and no reassurance."""
    view = manager([audited("CH-0001", Result.CANNOT_DECIDE, confirmed=False)])
    assert view.is_untold
    assert sentences.manager_sentence(view) == (
        "One file was looked at, and nothing could be decided: what was given does not carry it. It is named below."
    )
    some = manager([audited("CH-0001", Result.CANNOT_DECIDE, confirmed=False), audited("CH-2", Result.MET)])
    assert not some.is_untold


@pytest.mark.parametrize(
    ("due", "when"),
    [
        (date(2019, 9, 29), "overdue since 29 September"),
        (date(2019, 9, 30), "today"),
        (date(2019, 10, 1), "tomorrow"),
        (date(2019, 10, 2), "by 2 October"),
    ],
)
def test_an_urgent_action_is_seen_from_the_as_at_date(due: date, when: str) -> None:
    view = manager([audited("CH-0001", Result.MET)], (action(due=due, urgent=True),))
    assert sentences.manager_sentence(view).endswith(f"One action for others; it is urgent, {when}.")


@pytest.mark.parametrize(
    ("owners", "said"),
    [
        (("you",), "One action for you."),
        (("you", "you"), "Two actions for you."),
        (("you", "worker", "worker"), "Three actions; one is yours."),
        (("you", "worker", "you"), "Three actions; two are yours."),
        (("worker", "worker"), "Two actions for others."),
    ],
)
def test_only_what_the_manager_owns_is_called_the_managers(owners: tuple[str, ...], said: str) -> None:
    actions = tuple(replace(action(), owner=owner) for owner in owners)
    assert sentences.manager_sentence(manager([audited("CH-0001", Result.MET)], actions)).endswith(said)


@pytest.mark.parametrize(
    ("urgent", "said"),
    [(1, "Act on row 1 now."), (3, "Act on rows 1, 2 and 3 now."), (4, "Act on the 4 urgent actions now")],
)
def test_a_few_urgent_rows_are_named_and_many_are_counted(urgent: int, said: str) -> None:
    view = manager([audited("CH-0001", Result.MET)], tuple(action(urgent=True) for _ in range(urgent)))
    assert sentences.manager_steps(view)[0].startswith(said)


def test_steps_go_from_what_is_urgent_through_what_is_asked_to_how_to_disagree_and_what_to_learn() -> None:
    asked = (ToDo("you", "Check the three dates", date(2019, 10, 4)),)
    assert sentences.manager_steps(replace(TEAM, do=asked, learning="record who took part")) == [
        "Act on row 2 now.",
        "You: Check the three dates, by 4 October.",
        "Reply by 7 October if you disagree.",
        "Take to the team meeting: record who took part.",
    ]


def test_the_leadership_team_hears_due_done_what_became_of_them_and_how_late() -> None:
    assert sentences.leadership_sentence(RE_AUDITS) == (
        "Nine re-audits were due by 30 September; six are done: four now meet good, one improved but not yet good, one "
        "unchanged. Three are overdue, the longest 31 days."
    )


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2019, 9, 28), "One is overdue, by 2 days."),
        (date(2019, 9, 29), "One is overdue, by 1 day."),
        (date(2019, 9, 30), "One is due today."),
        (date(2019, 10, 1), "One falls due on 1 October 2019."),
    ],
)
def test_a_re_audit_is_overdue_from_the_day_after_it_is_due(due: date, said: str) -> None:
    assert sentences.leadership_sentence(leadership([re_audit("CH-1", due)])).endswith(said)


def test_all_done_a_lower_grade_and_an_empty_list_are_said() -> None:
    lower = [re_audit(f"CH-{at}", AS_AT, Grade.INADEQUATE) for at in range(2)]
    assert sentences.leadership_sentence(leadership(lower)) == (
        "Two re-audits were due by 30 September; both are done: two graded lower."
    )
    assert sentences.leadership_sentence(leadership([])) == "No re-audits were due by 30 September. The list is empty."


def test_files_chosen_for_risk_are_not_the_services_rate() -> None:
    assert sentences.programme_risk(RE_AUDITS.programme) == (
        "12 of the 41 were chosen for risk, so 17 of 41 is not the service’s rate."
    )
    assert sentences.programme_risk(replace(RE_AUDITS.programme, chosen_for_risk=0)) == ""


def test_immediate_concerns_are_counted_with_whether_anybody_answered() -> None:
    one = Concern(("CH-1",), "seen", AS_AT, "head of service", AS_AT, "Acknowledged within 4 hours.")
    assert sentences.concern_note([]) == "No immediate concern was raised."
    assert sentences.concern_note([one]) == "One immediate concern: acknowledged within 4 hours."
    assert sentences.concern_note([one, replace(one, acknowledged="")]) == "Two immediate concerns, one acknowledged."
    assert sentences.concern_note([replace(one, acknowledged="")]) == "One immediate concern."


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0%"), (0.002, "under 1%"), (0.01, "1%"), (0.704, "70%"), (0.99, "99%"), (0.997, "over 99%"), (1, "100%")],
)
def test_a_percentage_never_rounds_some_to_none_or_most_to_all(share: float, said: str) -> None:
    assert wording.percent(share) == said


def test_numbers_lists_and_dates() -> None:
    assert [wording.words(n) for n in (0, 1, 10, 11, 1200)] == ["none", "one", "ten", "11", "1,200"]
    assert [wording.joined(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert wording.short_date(date(2019, 6, 7)) == "7 Jun 2019"
    assert wording.short_date(None) == "–"
