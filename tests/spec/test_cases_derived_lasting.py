"""What has lasted without a break, who was before, and what a council's tables say: derived at load, at its limits."""

from datetime import date

import pytest

from qaengine.cases.derived.council import Delegation, Term
from qaengine.cases.derived.front_door import factor_of, last_discussion, referrals_before, referred
from qaengine.cases.derived.lasting import RULES, continues, since_without_break, with_carer_until
from qaengine.cases.derived.tables import at_level, last_term, this_term
from qaengine.cases.derived.view import NC, Cell
from qaengine.cases.shape import fields_not_carried
from qaengine.cases.source import Source
from qaengine.model.casefile import CaseFile, CaseSet, Row

D = date.fromisoformat
JAN, MAR, MAY, JUL, SEP = (D(f"2019-{month}-01") for month in ("01", "03", "05", "07", "09"))


@pytest.mark.parametrize(
    ("stretches", "since"),
    [
        ([], None),
        ([(JAN, None)], JAN),
        ([(JAN, MAR)], None),
        ([(JAN, MAR), (MAR, None)], JAN),  # the next begins on the day the one before ends
        ([(JAN, MAR), (D("2019-03-02"), None)], D("2019-03-02")),  # a day later, it starts again
        ([(MAR, None), (JAN, MAY)], JAN),
        ([(JAN, None), (MAR, MAY)], JAN),  # one inside another ends nothing
        ([(JAN, MAR), (MAR, MAY)], None),
    ],
)
def test_since_when_it_has_gone_on(stretches: list[tuple[date, date | None]], since: date | None) -> None:
    assert since_without_break(stretches) == since


def child_of(**records: list[dict[str, object]]) -> dict[str, object]:
    """The derived fields of a child with these records."""
    rows = {
        name: tuple(Row(f"r{number}", values) for number, values in enumerate(table, 1))  # type: ignore[arg-type]
        for name, table in records.items()
    }
    file = CaseFile("CH-1", Row("CH-1", {"born": JAN}), rows)
    source = Source(CaseSet((file,), fields_not_carried((file,), {})))
    return dict(source.as_at(SEP, [rule.field for rule in RULES]).case_set().files[0].child.values)


def episode(started: date | None, ended: date | None, status: str | None, placement: str = "U4") -> dict[str, object]:
    return {"started": started, "ended": ended, "legal_status": status, "placement": placement}


@pytest.mark.parametrize(
    ("episodes", "field", "since"),
    [
        ([episode(JAN, None, "V2")], "section20_since", JAN),
        ([episode(JAN, MAR, "V2"), episode(MAR, None, "V2")], "section20_since", JAN),
        ([episode(JAN, MAR, "V2"), episode(MAR, None, "C1")], "section20_since", None),
        ([episode(JAN, MAR, "C1"), episode(MAR, None, "C2")], "care_order_since", MAR),
        ([episode(JAN, None, "E1")], "placement_order_since", JAN),
        ([episode(JAN, None, "V4")], "section20_since", None),
        ([episode(JAN, MAR, "C1", "P1"), episode(MAR, None, "C2", "P1")], "care_order_at_home_since", JAN),
        ([episode(JAN, MAR, "C2", "U4"), episode(MAR, None, "C2", "P1")], "care_order_at_home_since", MAR),
        ([episode(JAN, None, "V2", "P1")], "care_order_at_home_since", None),
    ],
)
def test_legal_status_without_a_break(episodes: list[dict[str, object]], field: str, since: date | None) -> None:
    assert child_of(episodes=episodes)[field] == since


def test_a_legal_status_left_blank_may_be_any() -> None:
    assert "section20_since" not in child_of(episodes=[episode(JAN, None, "V2"), episode(JAN, MAR, None)])


def test_child_in_need_plans_without_a_break() -> None:
    plans: list[dict[str, object]] = [
        {"kind": "cin", "started": JAN, "ended": MAR},
        {"kind": "cin", "started": MAR, "ended": None},
        {"kind": "cp", "started": D("2018-01-01"), "ended": JAN},
    ]
    assert child_of(plans=plans)["cin_since"] == JAN


def placed(*rows: str) -> tuple[list[Cell], list[Cell], list[Cell], list[Cell]]:
    """Placements written as "start end carer same": "-" is blank, "?" is not carried."""
    read: dict[str, Cell] = {"-": None, "?": NC, "same": True, "other": False}
    cells = [[read.get(word, D(word) if word[0].isdecimal() else word) for word in row.split()] for row in rows]
    columns: list[list[Cell]] = [list(column) for column in zip(*cells, strict=True)]
    return columns[0], columns[1], columns[2], columns[3]


@pytest.mark.parametrize(
    ("rows", "goes_on", "until"),
    [
        (["2019-01-01 - A -"], [False], [None]),
        (["2019-01-01 2019-03-01 A -", "2019-03-01 - A -"], [False, True], [None, None]),
        (["2019-01-01 2019-03-01 A -", "2019-03-01 - B -"], [False, False], [MAR, None]),
        (["2019-01-01 2019-03-01 A -", "2019-03-02 - A -"], [False, False], [MAR, None]),  # away for a day
        (["2019-01-01 2019-03-01 - -", "2019-03-01 2019-05-01 - same"], [False, True], [MAY, MAY]),
        (["2019-01-01 2019-03-01 ? ?", "2019-03-01 - ? ?"], [False, NC], [NC, None]),
        (["2019-01-01 2019-03-01 ? ?", "2019-03-01 - ? other"], [False, False], [MAR, None]),
        (["2019-03-01 - A -", "2019-01-01 2019-03-01 A -"], [True, False], [None, None]),
    ],
)
def test_the_unbroken_time_with_a_carer(rows: list[str], goes_on: list[Cell], until: list[Cell]) -> None:
    assert continues(*placed(*rows)) == goes_on
    assert with_carer_until(*placed(*rows)) == until


def test_the_match_is_to_the_carer_of_the_placement() -> None:
    rows = {
        "placements": tuple(Row(f"P{n}", {"carer": carer}) for n, carer in enumerate(("A", "B", None, "C"))),
        "matches": (Row("M1", {"carer": "A", "decided": MAY}), Row("M2", {"carer": "A", "decided": MAR})),
    }
    file = CaseFile("CH-1", Row("CH-1", {}), rows)
    source = Source(CaseSet((file,), fields_not_carried((file,), {}))).as_at(SEP, [("placements", "matched_on")])
    found = [row.values["matched_on"] for row in source.case_set().files[0].records["placements"]]
    assert found == [MAR, None, None, None]


@pytest.mark.parametrize(
    ("received", "closed", "nfa", "expected"),
    [
        ([JAN], [None], [None], [(None, None)]),
        ([JAN, MAY], [MAR, None], [None, None], [(None, None), (MAR, None)]),
        ([JAN, MAY], [JUL, None], [None, None], [(None, None), (MAY, None)]),  # still open when the next came
        ([JAN, MAY], [None, None], [None, None], [(None, None), (MAY, None)]),
        ([JAN, MAY], [None, None], [True, None], [(None, None), (JAN, None)]),  # led to nothing, and was not closed
        ([MAY, JAN, MAR], [None, JAN, MAR], [None] * 3, [(MAR, JAN), (None, None), (JAN, None)]),
        ([JAN, None], [None, None], [None, None], [(None, None), (None, None)]),
        ([JAN, NC], [None, None], [None, None], [(NC, NC), (NC, NC)]),
        ([JAN, MAY], [NC, None], [None, None], [(None, None), (NC, None)]),
    ],
)
def test_the_referrals_before(
    received: list[Cell], closed: list[Cell], nfa: list[Cell], expected: list[tuple[Cell, Cell]]
) -> None:
    assert referrals_before(received, closed, nfa) == expected


@pytest.mark.parametrize(
    ("started", "link", "referrals", "day"),
    [
        (MAY, None, {"R1": JAN, "R2": MAR, "R3": JUL}, MAR),  # the last before it began
        (MAR, None, {"R2": MAR}, MAR),  # on the day itself
        (JAN, None, {"R2": MAR}, None),
        (MAY, "R1", {"R1": JAN, "R2": MAR}, JAN),  # the one that it names
        (MAY, "R9", {"R1": JAN}, None),
        (MAY, NC, {"R1": JAN}, JAN),
        (MAY, None, {"R1": NC}, NC),
        (MAY, None, None, NC),
        (None, None, {"R1": JAN}, None),
        (NC, None, {"R1": JAN}, NC),
    ],
)
def test_the_referral_that_an_assessment_answers(
    started: Cell, link: Cell, referrals: dict[str, Cell] | None, day: Cell
) -> None:
    assert referred(started, link, referrals) == day


@pytest.mark.parametrize(
    ("ended", "held", "day"),
    [
        (JUL, [JAN, MAR, MAY, SEP], MAY),
        (None, [JAN, MAR, SEP], SEP),
        (JUL, [MAR], MAR),  # on its first day
        (JUL, [JUL], JUL),  # on its last
        (JUL, [JAN], None),
        (JUL, [MAR, NC], NC),
        (JUL, None, NC),
    ],
)
def test_the_last_discussion_of_an_enquiry(ended: Cell, held: list[Cell] | None, day: Cell) -> None:
    assert last_discussion(MAR, ended, held) == day


@pytest.mark.parametrize(("factors", "has"), [("16A 3B", True), ("16B", False), ("3A,16a", True), ("", False)])
def test_a_factor_is_known_by_its_code(factors: str, has: bool) -> None:
    assert factor_of("16A")(factors) is has


TERMS = (Term(JAN, MAR), Term(MAY, JUL))


@pytest.mark.parametrize(
    ("day", "last", "this"),
    [
        ("2018-12-31", None, None),  # before the calendar begins
        ("2019-01-01", None, JAN),
        ("2019-03-01", None, JAN),  # the last day belongs to the term
        ("2019-03-02", JAN, None),  # the holidays
        ("2019-05-01", JAN, MAY),
        ("2019-07-01", JAN, MAY),
        ("2019-07-02", None, None),  # after the calendar ends
    ],
)
def test_school_terms(day: str, last: date | None, this: date | None) -> None:
    found = last_term(TERMS, D(day)), this_term(TERMS, D(day))
    assert [term and term.starts for term in found] == [last, this]


SCHEME = Delegation({" social worker ": 0, " team manager ": 1, " head of service ": 2}, {"closure": 1})


@pytest.mark.parametrize(
    ("kind", "role", "may"),
    [
        ("closure", "Team  Manager", True),
        ("closure", "head of service", True),
        ("closure", "social worker", False),
        ("closure", "somebody", None),  # not in the scheme
        ("plan", "somebody", True),  # a kind that any level may decide
        ("closure", None, None),
        (None, "team manager", None),
        ("closure", NC, NC),
    ],
)
def test_who_may_decide(kind: Cell, role: Cell, may: Cell) -> None:
    assert at_level(kind, role, SCHEME) == may


def test_without_a_scheme_nobody_can_tell() -> None:
    assert at_level("closure", "team manager", Delegation()) is NC
