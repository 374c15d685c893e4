"""One check, of any kind, on the children of a scene."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import polars as pl

from qaengine.evaluate.engine.asks import asks
from qaengine.evaluate.engine.columns import CHILD, ROW
from qaengine.evaluate.engine.conditions import holds, known_true
from qaengine.evaluate.engine.each import each
from qaengine.evaluate.engine.followed_by import followed_by
from qaengine.evaluate.engine.has import has
from qaengine.evaluate.engine.includes import includes
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.verdicts import CHECK_COLUMNS, CODE, RESULT, code, for_reader, verdicts
from qaengine.model.condition import TRUE
from qaengine.model.result import By, Result
from qaengine.model.standard import Asks, Check, Each, FollowedBy, Has, Includes

Frame = nw.LazyFrame[Any]
_WHEN = "the when"

KINDS: dict[type, Callable[[Any, Scene], tuple[Frame, Frame | None]]] = {
    Has: has,
    Each: each,
    FollowedBy: followed_by,
    Includes: includes,
    Asks: asks,
}
"""Each kind gives the verdicts on the children of the scene, one each, and those on records if it has any."""

SHOWN = (Result.NOT_MET, Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR, Result.NOT_YET_DUE)
"""The results of records that are kept; the others are only counted."""


@dataclass(frozen=True)
class Planned:
    """A check, not yet run: the verdicts on the children, and those on the records that are to be shown."""

    check: Check
    children: Frame
    records: Frame | None

    @property
    def frames(self) -> list[Frame]:
        return [self.children] if self.records is None else [self.children, self.records]

    def made(self, frames: Iterator[pl.DataFrame]) -> "Checked":
        """The check with its frames as they were run, which are the next."""
        children = next(frames).sort(CHILD)
        return Checked(self.check, children, None if self.records is None else next(frames).sort(ROW))


@dataclass(frozen=True)
class Checked:
    """A check that was run: one row a child, and one a record that is to be shown."""

    check: Check
    children: pl.DataFrame
    records: pl.DataFrame | None


def evaluate(check: Check, scene: Scene) -> Planned:
    """The verdicts on every child of the scene: those for whom the check is not, or may not be, among them."""
    children, records = _measure(check, scene)
    if check.by is By.READER:
        children, records = for_reader(children), None if records is None else for_reader(records)
    shown = None if records is None else records.filter(nw.col(RESULT).is_in([CODE[result] for result in SHOWN]))
    return Planned(check, children, shown)


def _measure(check: Check, scene: Scene) -> tuple[Frame, Frame | None]:
    kind = KINDS[type(check.test)]
    if check.when == TRUE:
        return kind(check.test, scene)
    tested = replace(scene, children=scene.children.with_columns(holds(check.when, scene.look).alias(_WHEN)))
    is_for = known_true(nw.col(_WHEN))
    children, records = kind(check.test, tested.only(is_for))
    for_none = nw.when(nw.col(_WHEN).is_null()).then(code(Result.CANNOT_DECIDE)).otherwise(code(Result.NOT_APPLICABLE))
    others = verdicts(tested.only(~is_for).children, CHECK_COLUMNS, result=for_none)
    return nw.concat([children, others]), records
