"""The way in: every standard on every child, in one run."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from types import MappingProxyType

import polars as pl

from qaengine.evaluate.engine import check as checking
from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine import shape
from qaengine.evaluate.engine.check import Checked
from qaengine.evaluate.engine.columns import CHILD
from qaengine.evaluate.engine.conditions import holds, known_true
from qaengine.evaluate.engine.needs import needs
from qaengine.evaluate.engine.ordinals import Point
from qaengine.evaluate.engine.prepare import Tables, prepare
from qaengine.evaluate.engine.rollup import APPLIES, of_standard
from qaengine.evaluate.engine.scene import Scene, scene
from qaengine.evaluate.engine.verdicts import CODE, RESULT
from qaengine.evaluate.wanted import EVERYTHING, Wanted
from qaengine.model.result import By, Result
from qaengine.model.standard import Standard

Frame = fr.LazyFrame
Excepted = Mapping[tuple[str, str], Collection[int]]
"""By standard and check, the rows of the children for whom it need not be met under an agreed exception."""


@dataclass(frozen=True)
class Evaluated:
    """What all standards say of all children, in the order of the standards, their checks, children and records.

    Everywhere `child` is the row of the child in the child table, `result` (and `read`) the place of the result in
    `ROLL_UP_ORDER`, `standard` and `check` ids, `due_on` a date.

    - `standards`: one row a child and standard: result (as recorded), read (as read), due_on, late, mitigated.
    - `checks`: one row a check and child in the population: result, measured, limit, unit, due_on, late, mitigated,
      evidence (a record type) and evidence_id.
    - `records`: the records that are not met, undecided, referred or not yet due: record (the type), seq, id, the same
      measures, and the record that answered late (answer, answer_id), if one did.

    Each is shaped when it is asked for; whoever only counts reads `found`.
    """

    found: Sequence[shape.Found]
    names: shape.Names
    tables: Tables

    def beside(self, other: "Evaluated", order: Sequence[Standard]) -> "Evaluated":
        """What this and another run on the same children found, of the standards of an order. A table that both have
        is the same in both, but for its columns."""
        found = {each.standard.id: each for each in (*self.found, *other.found)}
        shown = [found[standard.id] for standard in order]
        return Evaluated(shown, shape.Names.of(order), {**other.tables, **self.tables})

    @cached_property
    def standards(self) -> pl.DataFrame:
        return shape.standards(self.found, self.names)

    @cached_property
    def checks(self) -> pl.DataFrame:
        return shape.checks(self.found, self.names, self.tables)

    @cached_property
    def records(self) -> pl.DataFrame:
        return shape.records(self.found, self.names, self.tables)


def run(
    standards: Sequence[Standard],
    tables: Mapping[str, pl.DataFrame],
    as_at: date,
    not_carried: Mapping[str, frozenset[str]],
    wanted: Wanted = EVERYTHING,
    excepted: Excepted = MappingProxyType({}),
) -> Evaluated:
    """Evaluate standards on tables that hold what was so on the as-at date.

    `tables` has a frame a record type, and one for `child` (see `cases.tables`); `not_carried` the fields, by type,
    that the source as a whole does not carry. Which standards are in force is for the caller to say. The results are
    those of `evaluate.reference`, child by child. What is not wanted is not there: ask for `standards`, `checks` and
    `records` only where everything is.
    `excepted` are the agreed exceptions that are in force.

    All standards are run together, in three steps: the scenes, the checks, the standards. What a step is built on is
    there already, because a plan in which every check repeats its population and its anchors costs more to plan than
    to run.
    """
    prepared, point = prepare(tables, chain.from_iterable(needs(standard) for standard in standards), as_at)
    scenes = _set([_with_applies(each, prepared, (as_at, point), not_carried) for each in standards])
    checked = _checked(standards, [replace(here, wanted=wanted) for here in scenes])
    rolled_up = [
        _rolled_up(here, [_counted(standard, each, excepted) for each in checks], wanted)
        for standard, here, checks in zip(standards, scenes, checked, strict=True)
    ]
    found = [
        shape.Found(standard, children.sort(CHILD), checks)
        for standard, children, checks in zip(standards, fr.collect(rolled_up), checked, strict=True)
    ]
    return Evaluated(found, shape.Names.of(standards), prepared)


def _with_applies(
    standard: Standard, tables: Tables, as_at: tuple[date, Point], not_carried: Mapping[str, frozenset[str]]
) -> Scene:
    here = scene(standard, tables, as_at, not_carried)
    applies = holds(standard.applies_to, here.look).alias(APPLIES)
    return replace(here, children=here.children.with_columns(applies))


def _set(scenes: Sequence[Scene]) -> list[Scene]:
    """The scenes with their children, and with the tables that have something contradictory, made."""
    frames = [frame for here in scenes for frame in (here.children, *here.marked.values())]
    made = iter(fr.collect(frames))
    return [_made(here, next(made), {name: fr.lazy(next(made)) for name in here.marked}) for here in scenes]


def _made(here: Scene, children: pl.DataFrame, marked: Mapping[str, Frame]) -> Scene:
    """The scene as it was run. A standard that is for none of the children has no checks to plan."""
    return replace(here.made(fr.lazy(children), marked), applies_to_any=bool(children[APPLIES].any()))


def _checked(standards: Sequence[Standard], scenes: Sequence[Scene]) -> list[list[Checked]]:
    """The verdicts of every check on every child in the population of its standard, in order."""
    planned = []
    for standard, here in zip(standards, scenes, strict=True):
        population = here.only(known_true(fr.col(APPLIES)))
        checks = standard.checks if here.applies_to_any else ()
        planned.append([checking.evaluate(check, population) for check in checks])
    frames = [frame for checks in planned for check in checks for frame in check.frames]
    made = iter(fr.collect(frames))
    return [[check.made(made) for check in checks] for checks in planned]


def _counted(standard: Standard, checked: Checked, excepted: Excepted) -> Checked:
    """The check as it rolls up: what is not met under an agreed exception does not count against the standard, and
    what is met counts for it only where its title rests on that."""
    rows = excepted.get((standard.id, checked.check.id))
    supports = standard.supported_by(checked.check)
    if not rows and supports:
        return checked
    left_out = pl.col(CHILD).is_in(list(rows or ())) & (pl.col(RESULT) == CODE[Result.NOT_MET])
    if not supports:
        left_out = left_out | (pl.col(RESULT) == CODE[Result.MET])
    as_none = pl.lit(CODE[Result.NOT_APPLICABLE], pl.Int8())
    made = checked.children.with_columns(pl.when(left_out).then(as_none).otherwise(RESULT).alias(RESULT))
    return replace(checked, children=made)


def _rolled_up(here: Scene, checks: Sequence[Checked], wanted: Wanted) -> Frame:
    by = {who: [fr.lazy(checked.children) for checked in checks if checked.check.by is who] for who in By}
    return of_standard(here.children.select(fr.col(CHILD), fr.col(APPLIES)), by[By.RECORD], by[By.READER], wanted)
