"""What falls due is the same of the reference and of the engine, on random standards and random case files."""

from collections import Counter

from hypothesis import given, settings

from qaengine.evaluate.due import forecast
from tests.generative.test_exceptions_engines import Held, exceptions_of, one_stage
from tests.strategies_standards import World, worlds


@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(worlds())
def test_the_engine_foretells_what_the_reference_does(world: World) -> None:
    held, exceptions = Held(world), exceptions_of(world)
    found = [forecast(one_stage(world), held, world.as_at, exceptions, engine) for engine in ("reference", "polars")]
    assert found[0] == found[1], f"World.of({world.seed})"


def test_the_worlds_hold_every_sort_of_duty() -> None:
    """A test of the test: what never comes up is not tested."""
    seen: Counter[str] = Counter()
    for seed in range(30):
        world = World.of(seed)
        found = forecast(one_stage(world), Held(world), world.as_at, exceptions_of(world), "reference")
        assert all(duty.due_on >= world.as_at for duty in found.coming), seed
        assert all(duty.due_on < world.as_at for duty in found.overdue), seed
        seen.update(f"coming {'record' if duty.record_id else 'child'}" for duty in found.coming)
        seen.update(f"overdue {'record' if duty.record_id else 'child'}" for duty in found.overdue)
        seen["undated"] += len(found.undated)
        seen["excepted"] += len(found.under_exception)
        seen["today"] += sum(duty.due_on == world.as_at for duty in found.coming)
    assert min(seen[sort] for sort in (*seen, "coming child", "overdue child", "undated", "excepted", "today")) >= 5, (
        seen
    )
