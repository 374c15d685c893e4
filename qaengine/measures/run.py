"""All measures on case files, in whichever way is faster for their number; both see the same."""

from collections.abc import Sequence
from datetime import date

from qaengine.evaluate.counting import FEW, Held
from qaengine.evaluate.measuring import SeenOf, as_standard, seen_in
from qaengine.evaluate.needed import needed_fields
from qaengine.evaluate.possible import MayCarry
from qaengine.measures.count import count
from qaengine.measures.result import Result
from qaengine.model.measure import Measure


def needed(measures: Sequence[Measure], may_carry: MayCarry) -> frozenset[tuple[str, str]]:
    """The fields that the measures read, by record type."""
    return needed_fields([as_standard(measure) for measure in measures], may_carry)


def run(measures: Sequence[Measure], held: Held, as_at: date, engine: str = "auto") -> list[Result]:
    """What each measure says of the case files, which hold what was so on the as-at date."""
    use_reference = engine == "reference" or (engine == "auto" and len(held.child_ids) <= FEW)
    seen = (_by_reference if use_reference else _by_engine)(measures, held, as_at)
    return [count(measure, found, as_at) for measure, found in zip(measures, seen, strict=True)]


def _by_reference(measures: Sequence[Measure], held: Held, as_at: date) -> list[SeenOf]:
    case_set = held.case_set()
    return [seen_in(measure, case_set.files, as_at, case_set.not_carried) for measure in measures]


def _by_engine(measures: Sequence[Measure], held: Held, as_at: date) -> list[SeenOf]:
    from qaengine.evaluate.engine.measures import seen_by_engine

    return seen_by_engine(measures, held.tables().frames, as_at, held.not_carried, held.child_ids)
