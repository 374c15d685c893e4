"""Whom an audit is drawn from, who is left out, and the form that goes with the draw."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from qaengine.answers.form import Kind
from qaengine.audit.facts import WHOLE
from qaengine.audit.form import draw_hash, form_of
from qaengine.audit.frame import frame_of
from qaengine.audit.pack import Pack
from qaengine.audit.run import AuditRun, Request, draw_children
from qaengine.cases import read_cases
from qaengine.cases.council import read_council
from qaengine.model.casefile import CaseFile, CaseSet
from qaengine.model.period import Period
from qaengine.model.problem import ExitCode, InputError
from qaengine.model.result import Result
from qaengine.model.standard import Severity
from qaengine.sample import Count, Draw, Everyone, parse_where
from tests.audit_cases import AS_AT, audit, case, standards
from tests.judge_cases import judge_of

PROJECT = Path(__file__).parents[2]
DAY = timedelta(days=1)
EVERYONE = Request("seed", Everyone())


def drawn(*files: CaseFile, asked: Request = EVERYONE) -> Draw:
    return draw_children(CaseSet(files), standards().values(), AS_AT, asked)[1]


def ids(draw: Draw) -> set[str]:
    return {child.child_id for child in draw.children}


def test_only_open_cases_are_in_the_frame() -> None:
    frame = frame_of([case(child_id="CH-1"), case(child_id="CH-2", closed_on=date(2019, 6, 3))], AS_AT)
    assert [child.child_id for child in frame.children] == ["CH-1"]


def test_a_child_carries_what_can_be_filtered_and_the_day_of_the_latest_audit() -> None:
    file = case(audit("A", date(2019, 3, 4)), audit("B", date(2019, 6, 3)), audit("C", None), status="cla")
    (child,) = frame_of([file], AS_AT).children
    assert (child.value("team"), child.value("status"), child.value("worker")) == ("North", "cla", "not recorded")
    assert child.last_audited_on == date(2019, 6, 3)


def test_where_narrows_the_frame() -> None:
    files = (case(child_id="CH-1", team="North"), case(child_id="CH-2", team="South"))
    assert ids(drawn(*files, asked=replace(EVERYONE, where=(parse_where("team=South"),)))) == {"CH-2"}


def test_a_draw_says_whom_it_speaks_for() -> None:
    wheres = (parse_where("team=Leaving Care"), parse_where("sibling_group=SG-01"))
    assert EVERYONE.population == "children"
    assert replace(EVERYONE, where=wheres).population == "children (team Leaving Care, sibling group SG-01)"


@pytest.mark.parametrize("where", ["team=East", "colour=red"])
def test_a_value_or_field_that_nobody_has_is_a_mistake_in_the_command(where: str) -> None:
    with pytest.raises(InputError) as raised:
        drawn(case(), asked=replace(EVERYONE, where=(parse_where(where),)))
    assert raised.value.exit_code is ExitCode.USAGE


def test_stratified_by_team_each_has_its_share() -> None:
    files = [case(child_id=f"CH-{n}", team="North" if n < 4 else "South") for n in range(8)]
    found = drawn(*files, asked=Request("seed", Count(4), stratify="team"))
    assert sorted(child.stratum for child in found.children) == ["North", "North", "South", "South"]


@pytest.mark.parametrize(
    ("period", "limit"),
    [
        (Period.parse("12 months"), date(2018, 9, 30)),
        (Period.parse("30 days"), date(2019, 8, 31)),
        (Period.parse("4 weeks"), date(2019, 9, 2)),
    ],
)
@pytest.mark.parametrize(("after", "left_out"), [(-1, False), (0, True), (1, True)])
def test_audited_on_the_first_day_of_the_period_is_within_it(
    period: Period, limit: date, after: int, left_out: bool
) -> None:
    files = (case(audit("A", limit + after * DAY), child_id="CH-1"), case(child_id="CH-2"))
    found = drawn(*files, asked=replace(EVERYONE, not_audited_within=period))
    assert ids(found) == ({"CH-2"} if left_out else {"CH-1", "CH-2"})
    assert sum(found.excluded_by_reason.values()) == left_out


def test_a_period_in_working_days_is_refused() -> None:
    asked = replace(EVERYONE, not_audited_within=Period.parse("5 working days"))
    with pytest.raises(ValueError, match="in months, years, weeks or days"):
        drawn(case(), asked=asked)


# --- On the sample cases ----------------------------------------------------------------------------------------------


@cache
def sample_cases() -> CaseSet:
    source = read_cases(PROJECT / "sample_cases")
    return source.as_at(AS_AT, council=read_council(PROJECT / "rules")).case_set()


@cache
def pack(seed: str = "2019-Q3", size: int = 6, all_questions: bool = True) -> Pack:
    run = AuditRun(sample_cases(), tuple(standards().values()), AS_AT, judge_of(), all_questions=all_questions)
    frame, draw = draw_children(sample_cases(), run.standards, AS_AT, Request(seed, Count(size)))
    return run.pack(frame, draw, None, list)


def test_with_a_standard_those_it_is_not_for_are_left_out_and_counted() -> None:
    asked = Request("seed", Count(5), standards=frozenset({"sdq-annual-update"}))
    frame, draw = draw_children(sample_cases(), standards().values(), AS_AT, asked)
    out = draw.excluded_by_reason["the standard does not apply"]
    assert 0 < out == len(frame.children) - draw.population


def test_with_several_standards_only_those_whom_none_is_for_are_left_out() -> None:
    one, two = "sdq-annual-update", "cp-visits-on-time"

    def kept(*names: str) -> set[str]:
        return ids(drawn(*sample_cases().files, asked=Request("seed", Everyone(), standards=frozenset(names))))

    assert kept(one, two) == kept(one) | kept(two) > kept(two)
    asked = Request("seed", Everyone(), standards=frozenset({one, two}))
    assert list(drawn(*sample_cases().files, asked=asked).excluded_by_reason) == ["none of the standards applies"]


def test_an_audit_of_some_standards_says_nothing_of_the_others_but_who_may_be_unsafe() -> None:
    run = AuditRun(
        sample_cases(), tuple(standards().values()), AS_AT, judge_of(), chosen=frozenset({"sdq-annual-update"})
    )
    frame, draw = draw_children(sample_cases(), run.standards, AS_AT, EVERYONE)
    found = run.pack(frame, draw, None, list)
    assert [standard.id for standard in found.standards] == ["sdq-annual-update"]
    assert {f.standard for child in found.children for f in child.findings} == {"sdq-annual-update"}
    assert {fact.standard for child in found.children for fact in child.facts.standards} == {"sdq-annual-update"}
    assert "CH-0012" in {one.child_id for one in found.concerns}
    whole = AuditRun(sample_cases(), run.standards, AS_AT, judge_of()).pack(frame, draw, None, list)
    assert {one.child_id for one in whole.concerns} == {one.child_id for one in found.concerns}
    assert whole.re_audits == found.re_audits


def test_a_standard_that_rests_on_others_is_evaluated_with_them_though_chosen_alone() -> None:
    name = "drift-challenge-and-escalation"
    run = AuditRun(sample_cases(), tuple(standards().values()), AS_AT, judge_of(), chosen=frozenset({name}))
    frame, draw = draw_children(sample_cases(), run.standards, AS_AT, EVERYONE)
    alone = {child.child_id: child.results()[name] for child in run.pack(frame, draw, None, list).children}
    whole = AuditRun(sample_cases(), run.standards, AS_AT, judge_of()).pack(frame, draw, None, list)
    assert alone == {child.child_id: child.results()[name] for child in whole.children}
    assert set(alone.values()) - {Result.NOT_APPLICABLE}


def test_the_form_asks_what_is_for_a_reader_and_whether_the_child_was_affected_by_what_was_not_met() -> None:
    form = form_of(pack())
    assert [child.child_id for child in form.children] == [child.child_id for child in pack().children]
    for asked, child in zip(form.children, pack().children, strict=True):
        to_read = {(f.standard, f.check) for f in child.checks() if f.result is Result.REFER_TO_AUDITOR}
        impacts = {standard for standard, result in child.results().items() if result is Result.NOT_MET}
        questions = [q for q in asked.questions if q.kind is not Kind.IMPACT and q.check != WHOLE]
        assert {(q.standard, q.check) for q in questions} == to_read
        assert {q.standard for q in asked.questions if q.kind is Kind.IMPACT} == impacts
        assert all(q.shows for q in questions if q.kind is Kind.READER)
        asks = [q.shows for q in questions if q.kind is not Kind.READER]
        assert all(shows.startswith("Look at: ") for shows in asks if shows)
        assert any(asks)


def test_each_child_s_part_says_how_good_the_record_allows() -> None:
    words = {child.child_id: child.ceiling_words for child in form_of(pack("2019-Q3", 20)).children}
    by_ceiling = {child.child_id: child.judgement.ceiling for child in pack("2019-Q3", 20).children}
    assert set(by_ceiling.values()) > {None}
    for child, ceiling in by_ceiling.items():
        expected = f"The record allows no better than {ceiling.words}: " if ceiling else "The record sets no ceiling."
        assert words[child].startswith(expected)


def test_the_form_of_one_draw_is_told_from_that_of_every_other() -> None:
    one = pack().draw
    assert draw_hash(one) == draw_hash(pack().draw)
    others = [pack("2019-Q4").draw, pack("2019-Q3", 7).draw, replace(one, as_at=one.as_at - DAY)]
    assert len({draw_hash(draw) for draw in (one, *others)}) == 4


def test_where_the_source_carries_nothing_a_critical_standard_is_asked_as_a_whole() -> None:
    """A grade is held until a person has read what the record cannot decide: so the form asks it."""
    run = AuditRun(CaseSet((case(),)), tuple(standards().values()), AS_AT, judge_of())
    frame, draw = draw_children(run.case_set, run.standards, AS_AT, EVERYONE)
    (asked,) = form_of(run.pack(frame, draw, None, list)).children
    critical = {standard.id for standard in standards().values() if standard.severity is Severity.CRITICAL}
    assert {q.standard for q in asked.questions if q.check == WHOLE} == critical - {"drift-challenge-and-escalation"}


def test_children_on_the_re_audit_list_whose_record_raises_a_red_flag_are_concerns_though_not_drawn() -> None:
    assert "CH-0012" not in {child.child_id for child in pack().children}
    assert {one.child_id for one in pack().concerns} >= {"CH-0012"}
