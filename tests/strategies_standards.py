"""Random standards, and random case files that lie on the edges of them.

Everything is drawn from one seed: a world is a few record types, a handful of dates that lie a period (give or take a
day) apart, and standards and case files that speak of nothing else, so that limit - 1, the limit and limit + 1,
records of one day, leap days, days off and every way of not knowing come up all the time. Hypothesis draws the seed;
a failure prints it, and `World.of(seed)` is that world again.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from qaengine.evaluate.engine.columns import RECORDS
from qaengine.evaluate.engine.needs import needs
from qaengine.model import condition as c
from qaengine.model import standard as s
from qaengine.model.calendar import EARLIEST, LATEST, deadline
from qaengine.model.casefile import CaseFile, CaseSet, Row, Value
from qaengine.model.period import Period, Unit
from qaengine.model.record import DATES, FieldSpec, Kind
from qaengine.model.records import CHILD, FINDINGS, RECORD_TYPES
from qaengine.model.result import By
from qaengine.model.trajectory import Target, Trajectory

AS_AT = (
    date(2024, 2, 29),  # a leap day
    date(2023, 3, 31),  # the last day of a return year, and of a month
    date(2023, 3, 30),
    date(2019, 12, 28),  # a Saturday between bank holidays
    date(2021, 1, 4),  # the first working day after four off
    date(2020, 5, 8),  # a bank holiday that was moved
    date(2022, 11, 30),  # the last day of a month that is shorter than the one before
    date(2023, 4, 30),
    date(2021, 2, 28),  # the day before the birthday of a child born on 29 February
)
PERIODS = (
    Period(0, Unit.DAYS),
    Period(1, Unit.DAYS),
    Period(3, Unit.DAYS),
    Period(2, Unit.WEEKS),
    Period(1, Unit.WORKING_DAYS),
    Period(2, Unit.WORKING_DAYS),
    Period(10, Unit.WORKING_DAYS),
    Period(45, Unit.WORKING_DAYS),
    Period(1, Unit.MONTHS),
    Period(3, Unit.MONTHS),
    Period(12, Unit.MONTHS),
    Period(1, Unit.YEARS),
    Period(4, Unit.YEARS),
)
ENDLESS = (Period(9999, Unit.YEARS), Period(9999, Unit.WORKING_DAYS), Period(0, Unit.WORKING_DAYS))
NUMBERS = (3, 10)
TEXTS = ("as soon as possible", "ASAP, please", "As  Soon", "seen weekly", "the carer’s ﬁle", "", "!", "asapx")
PHRASES = ("asap", "As soon as", "carer's file", "weekly")
IDS = ("a1", "a2", "b1", "b2", "c1")
NAMES = ("id", "child_id")  # of the row itself: always there, and never blank


@dataclass
class World:
    """Standards, case files and an as-at date that speak of the same few things; `drawn` counts what was made."""

    seed: int
    random: Random
    as_at: date
    periods: list[Period]
    dates: list[date]
    types: dict[str, list[FieldSpec]]
    child_fields: list[FieldSpec]
    drawn: Counter[Any] = field(default_factory=Counter)
    standards: list[s.Standard] = field(default_factory=list)
    cases: CaseSet = field(default_factory=lambda: CaseSet(()))

    @classmethod
    def of(cls, seed: int, standards: int = 10, children: int = 8, among: Iterable[str] = RECORD_TYPES) -> "World":
        """The world of a seed, about some of these record types."""
        random = Random(seed)
        as_at = random.choice(AS_AT)
        periods = random.sample(PERIODS, 3) + ([random.choice(ENDLESS)] if random.random() < 0.15 else [])
        types = {name: _in_play(random, RECORD_TYPES[name].fields) for name in _some_types(random, among)}
        child_fields = _in_play(random, CHILD.fields, most=2)
        world = cls(seed, random, as_at, periods, _dates(random, as_at, periods), types, child_fields)
        world.standards = [_standard(world, f"s{number}") for number in range(standards)]
        world.cases = _case_set(world, children)
        return world

    @classmethod
    def in_stages(cls, seed: int) -> "World":
        """A world in which some standards look at what the others found; the case files hold no findings."""
        world = cls.of(seed, 8, among=[name for name, each in RECORD_TYPES.items() if not each.worked_out])
        other = world.random.choice(sorted(world.types))
        own = [FINDINGS.fields[name] for name in ("id", "standard", "since", "severity", "late")]
        world.types = {FINDINGS.name: own, other: world.types[other]}
        world.standards += [_standard(world, f"t{number}") for number in range(4)]
        return world

    @classmethod
    def about(cls, standards: tuple[s.Standard, ...], seed: int, children: int = 30) -> "World":
        """Case files on the edges of given standards: of the fields that they read, and of no others."""
        random = Random(seed)
        as_at = random.choice(AS_AT)
        read: dict[str, set[str]] = {CHILD.name: set()}
        for record_type, column in (need for standard in standards for need in needs(standard)):
            read.setdefault(record_type, set()).update({column.field} - {RECORDS.field})
        specs = {name: [_spec(name, each) for each in sorted(fields)] for name, fields in read.items()}
        periods = sorted(_periods_of(standards), key=str)
        dates = _dates(random, as_at, random.sample(periods, min(4, len(periods))))
        world = cls(seed, random, as_at, periods, dates, specs, specs.pop(CHILD.name))
        world.standards = list(standards)
        world.cases = _case_set(world, children)
        return world


def worlds_in_stages() -> st.SearchStrategy[World]:
    """The same, with standards of the second stage."""
    return st.integers(min_value=0, max_value=2**32).map(World.in_stages)


def _spec(record_type: str, name: str) -> FieldSpec:
    return (CHILD if record_type == CHILD.name else RECORD_TYPES[record_type]).fields[name]


def _periods_of(found: object) -> set[Period]:
    """Every period that is named in a standard."""
    if isinstance(found, Period):
        return {found}
    if isinstance(found, tuple):
        return set().union(*map(_periods_of, found))
    return (
        set().union(*(_periods_of(getattr(found, each.name)) for each in fields(found)))
        if is_dataclass(found)
        else set()
    )


def worlds() -> st.SearchStrategy[World]:
    """A world from a seed that Hypothesis draws."""
    return st.integers(min_value=0, max_value=2**32).map(World.of)


def _some_types(random: Random, among: Iterable[str]) -> list[str]:
    """A few record types, the wholes of parts among them."""
    chosen = random.sample(sorted(among), 3)
    if random.random() < 0.5:
        chosen = ["discussions", "participants", chosen[0]]
    return list(dict.fromkeys(chosen))


def _in_play(random: Random, fields: dict[str, FieldSpec], most: int = 1) -> list[FieldSpec]:
    """A few fields of every kind: two or three dates, and one or two of each of the others."""
    by_kind: dict[Kind, list[FieldSpec]] = {}
    for spec in fields.values():
        by_kind.setdefault(spec.kind, []).append(spec)
    chosen = []
    for kind, specs in by_kind.items():
        number = 2 if kind in DATES else 3 if kind is Kind.REF else most
        chosen += random.sample(specs, min(number, len(specs)))
    return chosen


def _dates(random: Random, as_at: date, periods: list[Period]) -> list[date]:
    """Dates that lie a period, give or take a day, before the as-at date, or after some other date."""
    short = [period for period in periods if period.n < 9999]
    other = random.choice([date(2020, 2, 29), date(2023, 1, 31), as_at - timedelta(days=random.randint(1, 500))])
    edge = [_latest_start(as_at, period) for period in short]
    ends = [deadline(other, period) for period in short]
    one_day = timedelta(days=1)
    around = [day + off for day in [*edge, other, *ends] for off in (-one_day, one_day)]
    beyond = [EARLIEST, LATEST] if random.random() < 0.1 else []
    return [as_at, as_at - one_day, as_at + one_day, *edge, other, *ends, *random.sample(around, 6), *beyond]


def _latest_start(end: date, period: Period) -> date:
    """The last date whose period has not ended before `end`: what began on it is due on `end`, or just before."""
    start = end - (deadline(end, period) - end)
    while deadline(start, period) > end:
        start -= timedelta(days=1)
    while deadline(start + timedelta(days=1), period) <= end:
        start += timedelta(days=1)
    return start


# --- conditions -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Around:
    """What a condition can look at: the scopes in reach, with their record types; anchors by name."""

    scopes: tuple[tuple[c.Scope, str, str], ...]  # scope, record type, and the anchor or the date of an interval

    def with_(self, scope: c.Scope, record_type: str) -> "Around":
        return Around((*self.scopes, (scope, record_type, ""), (scope, record_type, "")))


def refs_of(world: World, around: Around, kinds: frozenset[Kind]) -> list[c.Ref]:
    """Every field of these kinds that is in reach."""
    found = []
    for scope, record_type, anchor in around.scopes:
        if scope is c.Scope.INTERVAL:  # its one field is the date on which it begins
            found += [c.Ref(scope, anchor, record_type)] * (3 if _spec(record_type, anchor).kind in kinds else 0)
            continue
        specs = world.child_fields if record_type == CHILD.name else world.types[record_type]
        found += [c.Ref(scope, spec.name, record_type, anchor) for spec in specs if spec.kind in kinds]
    return found


def _ref(world: World, around: Around, *kinds: Kind) -> c.Ref | None:
    found = refs_of(world, around, frozenset(kinds))
    return world.random.choice(found) if found else None


def _moment(world: World, around: Around) -> c.Moment:
    ref = _ref(world, around, Kind.DATE, Kind.EVENT) if world.random.random() < 0.65 else None
    return ref or world.random.choice([*c.Today, c.Today.AS_AT, c.Today.AS_AT, world.random.choice(world.dates)])


def _dated(world: World, around: Around) -> c.Ref | None:
    return _ref(world, around, Kind.DATE, Kind.EVENT)


def _period(world: World) -> Period:
    return world.random.choice(world.periods)


def _recorded(world: World, around: Around, _depth: int) -> c.Condition | None:
    ref = _ref(world, around, *Kind)
    return c.Recorded(ref) if ref else None


def _one_of(world: World, around: Around, _depth: int) -> c.Condition | None:
    ref = _ref(world, around, Kind.CODE, Kind.YES_NO, Kind.NUMBER, Kind.TEXT, Kind.REF)
    if ref is None:
        return None
    spec = (CHILD if ref.record_type == CHILD.name else RECORD_TYPES[ref.record_type]).fields[ref.field]
    values: dict[Kind, tuple[Any, ...]] = {
        Kind.CODE: spec.codes[:2],
        Kind.YES_NO: (world.random.random() < 0.7,),
        Kind.NUMBER: NUMBERS,
        Kind.TEXT: ("as soon as POSSIBLE", "the carer's file"),
        Kind.REF: IDS[:2],
    }
    if ref.record_type == FINDINGS.name and ref.field in ("standard", "id"):
        return c.OneOf(ref, tuple(world.random.sample([standard.id for standard in world.standards] or IDS, 3)))
    return c.OneOf(ref, values[spec.kind])


def _compare(world: World, around: Around, _depth: int) -> c.Condition | None:
    ref = _ref(world, around, Kind.NUMBER)
    return c.Compare(ref, world.random.choice(list(c.Order)), world.random.choice(NUMBERS)) if ref else None


def _dated_test(world: World, around: Around, _depth: int) -> c.Condition | None:
    ref = _dated(world, around)
    return c.Dated(ref, world.random.choice(list(c.When)), _moment(world, around)) if ref else None


def _within(world: World, around: Around, _depth: int) -> c.Condition | None:
    ref = _dated(world, around)
    return c.Within(ref, _period(world), _moment(world, around)) if ref else None


def _no_older(world: World, around: Around, _depth: int) -> c.Condition | None:
    ref = _dated(world, around)
    return c.NoOlderThan(ref, _period(world), _moment(world, around)) if ref else None


def _for_at_least(world: World, around: Around, _depth: int) -> c.Condition | None:
    """Mostly of months up to the as-at date: there a whole period and its deadline can be a day apart."""
    ref = _dated(world, around)
    if ref is None or world.random.random() < 0.3:
        return c.ForAtLeast(ref, _period(world), _moment(world, around)) if ref else None
    of_months = [period for period in world.periods if period.months]
    return c.ForAtLeast(ref, world.random.choice(of_months or world.periods), c.Today.AS_AT)


def _words(world: World, around: Around, _depth: int) -> c.Condition | None:
    ref = _ref(world, around, Kind.TEXT)
    return c.Words(ref, tuple(world.random.sample(PHRASES, 2))) if ref else None


def _same_as(world: World, around: Around, _depth: int) -> c.Condition | None:
    alike = ({Kind.DATE, Kind.EVENT}, {Kind.REF}, {Kind.TEXT}, {Kind.CODE}, {Kind.NUMBER}, {Kind.YES_NO})
    found = refs_of(world, around, frozenset(world.random.choice(alike)))
    return c.SameAs(world.random.choice(found), world.random.choice(found)) if found else None


def _carries(world: World, _around: Around, _depth: int) -> c.Condition:
    name = world.random.choice(sorted(world.types))
    return c.Carries(name, world.random.choice(world.types[name]).name)


def _parts(world: World, around: Around, depth: int) -> tuple[c.Condition, ...]:
    return tuple(condition(world, around, depth - 1) for _ in range(world.random.randint(1, 3)))


CONDITIONS: dict[type, Callable[[World, Around, int], c.Condition | None]] = {
    c.Always: lambda world, _around, _depth: c.Always(world.random.random() < 0.8),
    c.Carries: _carries,
    c.Recorded: _recorded,
    c.OneOf: _one_of,
    c.Compare: _compare,
    c.Dated: _dated_test,
    c.Within: _within,
    c.NoOlderThan: _no_older,
    c.ForAtLeast: _for_at_least,
    c.Words: _words,
    c.SameAs: _same_as,
    c.All: lambda world, around, depth: c.All(_parts(world, around, depth)),
    c.Any: lambda world, around, depth: c.Any(_parts(world, around, depth)),
    c.Not: lambda world, around, depth: c.Not(condition(world, around, depth - 1)),
}
"""A generator for every node; None where nothing in reach has such a field."""

_COMBINING = (c.All, c.Any, c.Not)


def condition(world: World, around: Around, depth: int = 2) -> c.Condition:
    """A condition on what is in reach."""
    nodes = [node for node in CONDITIONS if depth > 0 or node not in _COMBINING]
    weights = [1 if node in (c.Always, c.Carries) else 3 for node in nodes]
    made = CONDITIONS[world.random.choices(nodes, weights)[0]](world, around, depth) or c.TRUE
    world.drawn[type(made)] += 1
    return made


def _mostly(world: World, around: Around) -> c.Condition:
    """A condition that often leaves all in: what always holds, or an alternative to what is asked."""
    drawn = world.random.random()
    if drawn < 0.35:
        return c.TRUE
    return condition(world, around) if drawn < 0.8 else c.Any((condition(world, around), condition(world, around)))


# --- standards --------------------------------------------------------------------------------------------------


def _type(world: World) -> str:
    return world.random.choice(sorted(world.types))


def _date_field(world: World, record_type: str) -> str:
    """A date of a type; of one that has none, the words typed in its place would do no good: the type is not asked."""
    names = [spec.name for spec in world.types[record_type] if spec.is_date]
    return world.random.choice(names) if names else ""


def _dated_type(world: World) -> str:
    return world.random.choice([name for name in sorted(world.types) if _date_field(world, name)])


def _due(world: World, around: Around) -> s.Due | None:
    return s.Due(_moment(world, around), _period(world)) if world.random.random() < 0.5 else None


def _has(world: World, around: Around) -> s.Test:
    record_type = _type(world)
    dated = _date_field(world, record_type) if world.random.random() < 0.8 else ""
    return s.Has(
        record_type,
        _mostly(world, around.with_(c.Scope.RECORD, record_type)),
        at_least=world.random.choice((1, 1, 1, 2, 3)),
        dated=dated,
        no_older_than=_period(world) if dated and world.random.random() < 0.8 else None,
        due=_due(world, around),
    )


def _each(world: World, around: Around) -> s.Test:
    anchors = [(name, record_type) for scope, record_type, name in around.scopes if scope is c.Scope.ANCHOR]
    of_anchor = anchors and world.random.random() < 0.5
    anchor, record_type = world.random.choice(anchors) if of_anchor else ("", _type(world))
    at = around.with_(c.Scope.RECORD, record_type)
    return s.Each(record_type, _mostly(world, at), condition(world, at), anchor, _due(world, at))


def _response(world: World, around: Around, trigger: str) -> s.Response:
    of_trigger = around.with_(c.Scope.TRIGGER, trigger)
    if world.random.random() < 0.25:
        at = around.with_(c.Scope.RECORD, trigger).with_(c.Scope.TRIGGER, trigger)
        scope = world.random.choice((c.Scope.RECORD, c.Scope.TRIGGER))
        return s.Response("", c.Ref(scope, _date_field(world, trigger), trigger), _mostly(world, at))
    record_type = _dated_type(world)
    at = of_trigger.with_(c.Scope.RECORD, record_type)
    dated = c.Ref(c.Scope.RECORD, _date_field(world, record_type), record_type)
    return s.Response(record_type, dated, _mostly(world, at))


def _followed_by(world: World, around: Around) -> s.Test:
    trigger = _dated_type(world)
    by = _date_field(world, trigger) if world.random.random() < 0.25 else ""
    return s.FollowedBy(
        trigger,
        _mostly(world, around.with_(c.Scope.RECORD, trigger)),
        _date_field(world, trigger),
        None if by else _period(world),
        tuple(_response(world, around, trigger) for _ in range(world.random.randint(1, 3))),
        _response(world, around, trigger) if world.random.random() < 0.4 else None,
        by,
    )


def _includes(world: World, around: Around) -> s.Test:
    among = [name for name in sorted(world.types) if _links(world, name) and _covering(world, name)]
    if not among:
        return _has(world, around)
    parts = world.random.choice(among)
    whole = "discussions" if "discussions" in world.types and parts == "participants" else _type(world)
    by = world.random.choice(_covering(world, parts))
    at = around.with_(c.Scope.TRIGGER, whole).with_(c.Scope.RECORD, parts)
    return s.Includes(
        whole,
        _mostly(world, around.with_(c.Scope.RECORD, whole)),
        tuple(by.codes[: world.random.randint(1, 3)]),
        parts,
        world.random.choice(_links(world, parts)),
        by.name,
        _mostly(world, at),
        condition(world, at) if world.random.random() < 0.6 else None,
    )


def _links(world: World, record_type: str) -> list[str]:
    return [spec.name for spec in world.types[record_type] if spec.kind is Kind.REF and spec.name not in NAMES]


def _covering(world: World, record_type: str) -> list[FieldSpec]:
    return [spec for spec in world.types[record_type] if spec.kind is Kind.CODE]


def _span(world: World, around: Around) -> s.Span | None:
    """A span of each record of a type, or of the child from a date of its own or an anchor; None if there is none."""
    if world.random.random() < 0.7:
        record_type = _dated_type(world)
        at = around.with_(c.Scope.RECORD, record_type)
        starts, ends = (c.Ref(c.Scope.RECORD, _date_field(world, record_type), record_type) for _ in range(2))
        return s.Span(starts, ends if world.random.random() < 0.8 else None, record_type, _mostly(world, at))
    since = _dated(world, around)
    return s.Span(since, _dated(world, around) if world.random.random() < 0.6 else None) if since else None


def _no_gap_over(world: World, around: Around) -> s.Test:
    span, record_type = _span(world, around), _dated_type(world)
    if span is None:
        return _has(world, around)
    dated = _date_field(world, record_type)
    of_span = around.with_(c.Scope.SPAN, span.record_type) if span.record_type else around
    at = Around((*of_span.scopes, (c.Scope.INTERVAL, record_type, dated)))
    limits = tuple(_gap_limit(world, at) for _ in range(world.random.randint(1, 3)))
    return s.NoGapOver(
        record_type,
        _mostly(world, around.with_(c.Scope.RECORD, record_type)),
        dated,
        span,
        limits,
        _looks_back(world),
    )


def _gap_limit(world: World, around: Around) -> s.GapLimit:
    when = c.TRUE if world.random.random() < 0.5 else condition(world, around, 1)
    return s.GapLimit(_period(world), when, world.random.choice((None, None, None, 1, 1, 2, 3)))


def _looks_back(world: World) -> s.LooksBack | None:
    return s.LooksBack(_period(world)) if world.random.random() < 0.3 else None


def _at_most(world: World, around: Around) -> s.Test:
    record_type = _dated_type(world)
    return s.AtMost(
        record_type,
        _mostly(world, around.with_(c.Scope.RECORD, record_type)),
        _date_field(world, record_type),
        _date_field(world, record_type),
        _period(world),
        tuple(_response(world, around, record_type) for _ in range(world.random.choice((0, 1, 1, 2)))),
        _looks_back(world),
    )


def _share(world: World, around: Around) -> s.Test:
    record_type = _type(world)
    at = around.with_(c.Scope.RECORD, record_type)
    at_least: int | Trajectory = world.random.choice((0, 1, 34, 50, 60, 67, 100))
    if world.random.random() < 0.4:
        first = world.as_at + timedelta(days=world.random.choice((-40, -1, 0, 1)))
        at_least = Trajectory((Target(first, 50), Target(first + timedelta(days=world.random.choice((1, 40))), 100)))
    return s.Share(record_type, _mostly(world, at), condition(world, at), at_least)


TESTS: dict[type, Callable[[World, Around], s.Test]] = {
    s.Has: _has,
    s.Each: _each,
    s.FollowedBy: _followed_by,
    s.Includes: _includes,
    s.NoGapOver: _no_gap_over,
    s.AtMost: _at_most,
    s.Share: _share,
    s.Asks: lambda _world, _around: s.Asks("Does the plan fit the child?"),
}
"""A generator for every kind of check."""

_WEIGHTS: dict[type, int] = {s.Asks: 1}


def _check(world: World, around: Around, number: int) -> s.Check:
    kind = world.random.choices(list(TESTS), [_WEIGHTS.get(each, 5) for each in TESTS])[0]
    test = TESTS[kind](world, around)
    world.drawn[type(test)] += 1
    by = By.READER if world.random.random() < 0.2 else By.RECORD
    when = condition(world, around, 1) if world.random.random() < 0.3 else c.TRUE
    depends_on = condition(world, around, 1) if world.random.random() < 0.15 else c.TRUE
    return s.Check(f"c{number}", "says", test, by, when, depends_on=depends_on)


def _anchor(world: World, name: str) -> s.Anchor:
    record_type = _dated_type(world)
    at = Around(((c.Scope.CHILD, CHILD.name, ""),)).with_(c.Scope.RECORD, record_type)
    nth = world.random.choice((1, 1, 2, 3))
    latest, by = world.random.random() < 0.5, _date_field(world, record_type)
    return s.Anchor(name, record_type, latest, by, nth, _mostly(world, at))


def _contradiction(world: World) -> s.Contradiction:
    record_type = world.random.choice([CHILD.name, *sorted(world.types)])
    specs = world.child_fields if record_type == CHILD.name else world.types[record_type]
    at = Around(((c.Scope.CHILD, CHILD.name, ""),)).with_(c.Scope.RECORD, record_type)
    names = [spec.name for spec in specs if spec.name not in NAMES]
    return s.Contradiction(record_type, condition(world, at), tuple(world.random.sample(names, 2)), "says")


def _standard(world: World, name: str) -> s.Standard:
    anchors = tuple(_anchor(world, f"x{number}") for number in range(world.random.randint(0, 2)))
    named = tuple((c.Scope.ANCHOR, anchor.record_type, anchor.name) for anchor in anchors)
    around = Around(((c.Scope.CHILD, CHILD.name, ""), *named))
    return s.Standard(
        id=name,
        title=name,
        theme="theme",
        severity=world.random.choice(list(s.Severity)),
        intent="intent",
        short=name,
        reads=("meets it", "meet it"),
        sources=(),
        applies_to=c.TRUE if world.random.random() < 0.6 else condition(world, around),
        checks=tuple(_check(world, around, number) for number in range(world.random.randint(1, 3))),
        remedy=s.Remedy("action", "owner", Period(1, Unit.DAYS)),
        anchors=anchors,
        contradictions=tuple(_contradiction(world) for _ in range(world.random.choice((0, 0, 0, 1, 2)))),
        rests_on=("c0",) if world.random.random() < 0.2 else (),
    )


# --- case files -------------------------------------------------------------------------------------------------


@dataclass
class Carried:
    """What a source carries: which types not at all, which fields nowhere, and which only in some rows."""

    no_types: set[str]
    gone: dict[str, set[str]]
    patchy: dict[str, set[str]]


def _carried(world: World) -> Carried:
    random = world.random
    specs = {CHILD.name: world.child_fields, **world.types}
    names = {name: [spec.name for spec in fields if spec.name not in NAMES] for name, fields in specs.items()}
    return Carried(
        {name for name in world.types if random.random() < 0.04},
        {name: {each for each in fields if random.random() < 0.04} for name, fields in names.items()},
        {name: {each for each in fields if random.random() < 0.08} for name, fields in names.items()},
    )


def _value(world: World, spec: FieldSpec) -> Value:
    random = world.random
    if random.random() < (0.3 if spec.kind is Kind.EVENT else 0.12):
        return None
    if spec.kind in DATES:
        return random.choice(world.dates if random.random() < 0.7 else world.dates[1:4])  # some days are shared
    if spec.kind is Kind.NUMBER:
        return random.choice(NUMBERS) + random.choice((-1, 0, 1))
    if spec.kind is Kind.YES_NO:
        return random.random() < 0.6
    if spec.kind is Kind.CODE:
        return random.choice(spec.codes[:3])
    return random.choice(TEXTS if spec.kind is Kind.TEXT else IDS) or None


def _row(world: World, name: str, row_id: str, carried: Carried) -> Row:
    random = world.random
    specs = world.child_fields if name == CHILD.name else world.types[name]
    values = {
        spec.name: _value(world, spec)
        for spec in specs
        if spec.name not in (*NAMES, *carried.gone[name])
        and not (spec.name in carried.patchy[name] and random.random() < 0.4)
    }
    contradictory = frozenset(each for each in values if random.random() < 0.01)
    return Row(row_id, values, contradictory)


def _case_file(world: World, child_id: str, carried: Carried) -> CaseFile:
    records = {}
    for name in world.types:
        if name in carried.no_types or world.random.random() < 0.03:
            continue
        ids = sorted(world.random.sample(IDS, world.random.randint(0, len(IDS))))
        records[name] = tuple(_row(world, name, each, carried) for each in ids)
    return CaseFile(child_id, _row(world, CHILD.name, child_id, carried), records)


def _case_set(world: World, children: int) -> CaseSet:
    carried = _carried(world)
    files = tuple(_case_file(world, f"k{number:02}", carried) for number in range(children))
    gone = {name: frozenset(fields) for name, fields in carried.gone.items()}
    for name in carried.no_types:
        gone[name] = frozenset(RECORD_TYPES[name].fields)
    return CaseSet(files, gone)
