"""Measures see the same in columns as one child at a time: on random measures, and on those of the product."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaengine.evaluate.engine.measures import seen_by_engine
from qaengine.evaluate.measuring import SeenOf, as_standard, seen_in
from qaengine.measures.count import count
from qaengine.model import condition as c
from qaengine.model.measure import Among, Group, Measure, MeasureKind
from qaengine.model.record import Kind
from qaengine.model.records import CHILD
from qaengine.standards.measures import load_measures
from tests.engine_against_reference import frames_of
from tests.strategies_standards import NAMES, Around, World, _anchor, _mostly, condition, refs_of

RULES = Path(__file__).parents[2] / "rules"


def measures_of(world: World, number: int = 6) -> list[Measure]:
    return [_measure(world, f"m{place}") for place in range(number)]


def _measure(world: World, name: str) -> Measure:
    random = world.random
    of = CHILD.name if random.random() < 0.25 else random.choice(sorted(world.types))
    anchors = tuple(_anchor(world, f"x{number}") for number in range(random.randint(0, 2)))
    reach = [(c.Scope.CHILD, CHILD.name, ""), *((c.Scope.ANCHOR, each.record_type, each.name) for each in anchors)]
    around = Around(tuple(reach))
    if of != CHILD.name:
        around = around.with_(c.Scope.RECORD, of)
    dates = refs_of(world, around, frozenset({Kind.DATE, Kind.EVENT}))
    refs = refs_of(world, around, frozenset({Kind.REF}))
    words = refs_of(world, around, frozenset({Kind.CODE, Kind.YES_NO, Kind.TEXT, Kind.NUMBER}))
    return Measure(
        id=name,
        title=name,
        kind=MeasureKind.LIST,
        intent="",
        of=of,
        where=_mostly(world, around),
        sources=(),
        must=condition(world, around) if random.random() < 0.6 else None,
        by=random.choice(words) if words and random.random() < 0.6 else None,
        groups=tuple(Group(f"g{n}", condition(world, around)) for n in range(random.randint(0, 2))),
        otherwise="else",
        among=_among(world) if of != CHILD.name and random.random() < 0.4 else None,
        start=tuple(random.sample(dates, min(len(dates), random.randint(0, 2)))),
        end=random.choice(dates) if dates and random.random() < 0.7 else None,
        once_per=random.choice(refs) if refs and random.random() < 0.4 else None,
        anchors=anchors,
    )


def _among(world: World) -> Among | None:
    name = world.random.choice(sorted(world.types))
    links = [spec.name for spec in world.types[name] if spec.kind is Kind.REF and spec.name not in NAMES]
    codes = [spec.name for spec in world.types[name] if spec.kind in (Kind.CODE, Kind.TEXT)]
    if not links or not codes:
        return None
    around = Around(((c.Scope.CHILD, CHILD.name, ""),)).with_(c.Scope.RECORD, name)
    return Among(name, world.random.choice(links), world.random.choice(codes), _mostly(world, around))


def both(world: World, measures: list[Measure]) -> list[tuple[SeenOf, SeenOf]]:
    cases, ids = world.cases, [file.child_id for file in world.cases.files]
    by_engine = seen_by_engine(measures, frames_of(cases), world.as_at, cases.not_carried, ids)
    by_reference = [seen_in(measure, cases.files, world.as_at, cases.not_carried) for measure in measures]
    return list(zip(by_reference, by_engine, strict=True))


def same(reference: SeenOf, engine: SeenOf) -> bool:
    return (
        Counter(reference.rows) == Counter(engine.rows)
        and Counter(reference.parts) == Counter(engine.parts)
        and reference.parts_untold == engine.parts_untold
    )


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_what_the_engine_sees_is_what_the_reference_sees(seed: int) -> None:
    world = World.of(seed, 0)
    for measure, (reference, engine) in zip(measures := measures_of(world), both(world, measures), strict=True):
        assert same(reference, engine), f"World.of({seed}, 0), {measure}: {reference} {engine}"


@pytest.mark.parametrize("seed", range(6))
def test_it_is_so_of_the_measures_of_the_product_and_they_say_the_same(seed: int) -> None:
    measures = list(load_measures(RULES))
    world = World.about(tuple(as_standard(measure) for measure in measures), seed)
    for measure, (reference, engine) in zip(measures, both(world, measures), strict=True):
        assert same(reference, engine), f"{measure.id}, seed {seed}"
        one, other = count(measure, reference, world.as_at), count(measure, engine, world.as_at)
        assert (one.n, one.children, one.undecided) == (other.n, other.children, other.undecided)
        assert (one.share, one.codes, one.time) == (other.share, other.codes, other.time)
        assert Counter(one.lines) == Counter(other.lines)


def test_the_random_measures_see_all_that_there_is_to_see() -> None:
    """A test of the tests: what never comes out is not tested."""
    seen: Counter[str] = Counter()
    for seed in range(60):
        world = World.of(seed, 0)
        for measure in measures_of(world):
            found = seen_in(measure, world.cases.files, world.as_at, world.cases.not_carried)
            for row in found.rows:
                seen.update(
                    {
                        "sure": row.where is True,
                        "unsure": row.where is None,
                        "so": row.must is True,
                        "not so": row.must is False,
                        "not known to be so": measure.must is not None and row.must is None,
                        "in a group": True in row.groups,
                        "by": row.by is not None,
                        "begun": any(row.starts),
                        "ended": row.end is not None,
                        "open": row.is_open,
                        "neither": measure.end is not None and row.end is None and not row.is_open,
                        "shared": row.once is not None,
                        "not carried": not row.record_id and not measure.of_children,
                    }
                )
            seen.update({"parts": len(found.parts), "no parts": len(found.parts_untold)})
            seen["part of any"] += sum(part.link is None for part in found.parts)
            seen["part that may count"] += sum(part.counts is None for part in found.parts)
    assert min(seen.values()) >= 10, seen
