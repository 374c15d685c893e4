"""Agreed exceptions: both engines leave the same out of the roll-up, and neither changes a finding."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from random import Random

import polars as pl
from hypothesis import given, settings

from qaengine.cases.tables import tables_of
from qaengine.evaluate.counting import count, excepted_rows
from qaengine.evaluate.engine.run import Evaluated, run
from qaengine.evaluate.stages import NotCarried, Stages, run_stages
from qaengine.model.agreed import AgreedException, Exceptions
from qaengine.model.casefile import CaseSet
from qaengine.model.result import By, Result
from qaengine.model.standard import Standard
from tests.engine_against_reference import by_engine, by_reference, frames_of
from tests.strategies_standards import World, worlds, worlds_in_stages

Tables = Mapping[str, pl.DataFrame]


def exceptions_of(world: World) -> Exceptions:
    """For a third of the children and record checks: in force, expired yesterday, or agreed tomorrow."""
    random = Random(world.seed)
    made = [
        AgreedException(
            file.child_id, standard.id, check.id, "a reason", "head of service", *_days(random, world.as_at)
        )
        for standard in world.standards
        for check in standard.checks
        for file in world.cases.files
        if check.by is By.RECORD and random.random() < 0.35
    ]
    return Exceptions(made, world.as_at)


def one_stage(world: World) -> Stages:
    """All at once: the findings that a world holds are its own, as no source's are."""
    return Stages(tuple(world.standards), tuple(world.standards), ())


def _days(random: Random, as_at: date) -> tuple[date, date]:
    a_day = timedelta(days=1)
    return random.choice([(as_at, as_at), (as_at - a_day, as_at - a_day), (as_at + a_day, as_at + a_day)])


@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(worlds())
def test_the_engine_equals_the_reference_under_random_exceptions(world: World) -> None:
    exceptions = exceptions_of(world)
    rows = excepted_rows(world.standards, [file.child_id for file in world.cases.files], exceptions)
    expected = by_reference(world.standards, world.cases, world.as_at, exceptions=exceptions)
    found = by_engine(world.standards, world.cases, world.as_at, partial(run, excepted=rows))
    assert found == expected, f"World.of({world.seed})"


@settings(max_examples=40, derandomize=True, deadline=None, database=None)
@given(worlds_in_stages())
def test_what_is_excepted_in_the_first_stage_is_no_finding_in_the_second(world: World) -> None:
    exceptions = exceptions_of(world)
    rows = excepted_rows(world.standards, [file.child_id for file in world.cases.files], exceptions)
    expected = by_reference(world.standards, world.cases, world.as_at, in_stages=True, exceptions=exceptions)

    def in_stages(standards: Sequence[Standard], tables: Tables, as_at: date, gone: NotCarried) -> Evaluated:
        return run_stages(Stages.of(standards), tables, as_at, gone, excepted=rows)

    found = by_engine(world.standards, world.cases, world.as_at, in_stages)
    assert found == expected, f"World.in_stages({world.seed})"


class Held:
    """Case files in both forms, as `count` takes them."""

    def __init__(self, world: World) -> None:
        self.cases = world.cases
        self.child_ids = [file.child_id for file in world.cases.files]
        self.not_carried = world.cases.not_carried

    def case_set(self) -> CaseSet:
        return self.cases

    def tables(self) -> object:
        tables = tables_of(self.cases)
        return type(tables)(**{**vars(tables), "frames": frames_of(self.cases)})


def test_both_count_the_same_and_findings_keep_their_results() -> None:
    """A test of the test too: exceptions in force must have changed something, and something of every sort."""
    changed: Counter[str] = Counter()
    for seed in range(90):
        world = World.of(seed)
        stages, held, exceptions = one_stage(world), Held(world), exceptions_of(world)
        plain = count(stages, held, world.as_at, "reference")
        ours = count(stages, held, world.as_at, "reference", exceptions)
        engine = count(stages, held, world.as_at, "polars", exceptions)
        for before, reference, found in zip(plain, ours, engine, strict=True):
            assert (reference.as_recorded, reference.checks) == (found.as_recorded, found.checks)
            assert (reference.excepted, reference.excepted_checks) == (found.excepted, +found.excepted_checks)
            assert before.checks == reference.checks
            assert before.as_recorded.total() == reference.as_recorded.total()
            changed.update(result.value for result in reference.excepted.elements())
            changed["fewer not met"] += before.as_recorded[Result.NOT_MET] - reference.as_recorded[Result.NOT_MET]
    assert min(changed[word] for word in ("met", "not_met", "not_applicable", "cannot_decide", "fewer not met")) >= 5
