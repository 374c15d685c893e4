"""One check, of any kind, on the children of a scene."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.asks import asks
from qaengine.evaluate.engine.columns import ROW
from qaengine.evaluate.engine.conditions import constant, holds, known_true, may_be_true
from qaengine.evaluate.engine.each import each
from qaengine.evaluate.engine.followed_by import followed_by
from qaengine.evaluate.engine.gaps import no_gap_over
from qaengine.evaluate.engine.has import has
from qaengine.evaluate.engine.includes import includes
from qaengine.evaluate.engine.lasting import at_most
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.share import share
from qaengine.evaluate.engine.verdicts import (
    ANSWER,
    ANSWER_ROW,
    CODE,
    DUE,
    EVIDENCE,
    EVIDENCE_OF,
    LATE,
    LIMIT,
    MEASURED,
    MITIGATED,
    OF_CHILD,
    ORDER,
    OWN_OF,
    RESULT,
    UNIT,
    Verdicts,
    code,
    is_wanted,
    verdicts,
)
from qaengine.evaluate.wanted import Wanted
from qaengine.model.result import By, Result
from qaengine.model.standard import Asks, AtMost, Check, Each, FollowedBy, Has, Includes, NoGapOver, Share

Frame = fr.LazyFrame
_WHEN, _DEPENDS_ON = "the when", "what it depends on"

KINDS: dict[type, Callable[[Any, Scene], tuple[Verdicts, Verdicts | None]]] = {
    Has: has,
    Each: each,
    FollowedBy: followed_by,
    Includes: includes,
    NoGapOver: no_gap_over,
    AtMost: at_most,
    Share: share,
    Asks: asks,
}
"""Each kind gives the verdicts on the children of the scene, one each, and those on records if it has any."""

SHOWN = (Result.NOT_MET, Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR, Result.NOT_YET_DUE)
SHOWN_TO_READER = (Result.NOT_MET, Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR)
"""The results of records that are kept, by who decides; the others are only counted."""

_MEASURES: dict[str, pl.DataType] = {
    RESULT: pl.Int8(),
    MEASURED: pl.Int32(),
    LIMIT: pl.Int32(),
    UNIT: pl.Int8(),
    DUE: pl.Int32(),
    LATE: pl.Boolean(),
    MITIGATED: pl.Boolean(),
}
_OF_CHECK: dict[str, pl.DataType] = {**_MEASURES, EVIDENCE: pl.Int64(), EVIDENCE_OF: pl.Int8()}
_OF_RECORD: dict[str, pl.DataType] = {**_MEASURES, ANSWER: pl.Int8(), ANSWER_ROW: pl.Int64(), OWN_OF: pl.Int8()}


@dataclass(frozen=True)
class Planned:
    """A check, not yet run: the verdicts on the children, and those on the records that are to be shown."""

    check: Check
    children: Frame
    records: Frame | None
    wanted: Wanted

    @property
    def frames(self) -> list[Frame]:
        return [self.children] if self.records is None else [self.children, self.records]

    def made(self, frames: Iterator[pl.DataFrame]) -> "Checked":
        """The check with its frames as they were run, which are the next."""
        children = _completed(next(frames), _OF_CHECK, self.wanted)
        records = None if self.records is None else _completed(_in_order(next(frames)), _OF_RECORD, self.wanted)
        if self.check.by is By.READER:
            children, records = _for_reader(children), None if records is None else _for_reader(records)
        return Checked(self.check, children, records)


@dataclass(frozen=True)
class Checked:
    """A check that was run: one row a child, and one a record that is to be shown."""

    check: Check
    children: pl.DataFrame
    records: pl.DataFrame | None


def evaluate(check: Check, scene: Scene) -> Planned:
    """The verdicts on every child of the scene: those for whom the check is not, or may not be, among them."""
    children, records = _measure(check, scene)
    if records is None or not scene.wanted.records:
        return Planned(check, children, None, scene.wanted)
    shown = [CODE[result] for result in (SHOWN_TO_READER if check.by is By.READER else SHOWN)]
    return Planned(check, children, records.frame.filter(fr.col(RESULT).is_in(shown)), scene.wanted)


def _in_order(records: pl.DataFrame) -> pl.DataFrame:
    return records.sort(ORDER if ORDER in records.columns else ROW)


def _is_untold(check: Check, scene: Scene) -> bool:
    """Whether no child's source carries what the check looks at: then there is nothing to plan."""
    match check.test:
        case Asks():
            return False
        case NoGapOver(span=span):
            return bool(span.record_type) and not scene.table(span.record_type).carried
        case test:
            return not scene.table(test.record_type).carried


def _untold(_test: Any, scene: Scene) -> tuple[Verdicts, None]:
    return verdicts(scene.children, OF_CHILD, scene.wanted, result=code(Result.CANNOT_DECIDE)), None


def _measure(check: Check, scene: Scene) -> tuple[Frame, Verdicts | None]:
    kind = _untold if _is_untold(check, scene) else KINDS[type(check.test)]
    is_for_all = constant(check.when, scene.look.not_carried)
    if is_for_all is False:
        return verdicts(scene.children, OF_CHILD, scene.wanted, result=code(Result.NOT_APPLICABLE)).frame, None
    if is_for_all and constant(check.depends_on, scene.look.not_carried):
        children, records = kind(check.test, scene)
        return children.frame, records
    when, depends_on = holds(check.when, scene.look), known_true(holds(check.depends_on, scene.look))
    tested = replace(scene, children=scene.children.with_columns(when.alias(_WHEN), depends_on.alias(_DEPENDS_ON)))
    goes_on = known_true(fr.col(_WHEN)) & fr.col(_DEPENDS_ON)
    children, records = kind(check.test, tested.only(goes_on))
    stops = fr.when(may_be_true(fr.col(_WHEN))).then(code(Result.CANNOT_DECIDE)).otherwise(code(Result.NOT_APPLICABLE))
    others = verdicts(tested.only(~goes_on).children, OF_CHILD, scene.wanted, result=stops)
    return fr.concat([children.frame, others.frame], how="diagonal"), records


def _completed(frame: pl.DataFrame, schema: Mapping[str, pl.DataType], wanted: Wanted) -> pl.DataFrame:
    """The columns of the schema that are wanted, in order: null, or false, where the check had no need to make one."""
    schema = {name: dtype for name, dtype in schema.items() if is_wanted(name, wanted)}
    if list(schema) == [RESULT]:
        return frame
    key = [name for name in frame.columns if name not in schema]
    made = [
        (pl.col(name) if name in frame.columns else pl.lit(None, dtype).alias(name)) for name, dtype in schema.items()
    ]
    flags = [pl.col(name).fill_null(False) for name in (LATE, MITIGATED) if name in schema]
    return frame.select(*key, *made).with_columns(flags)


_READ = {
    Result.NOT_MET: Result.REFER_TO_AUDITOR,
    Result.MET: Result.NOT_APPLICABLE,
    Result.NOT_YET_DUE: Result.NOT_APPLICABLE,
}


def _for_reader(frame: pl.DataFrame) -> pl.DataFrame:
    """A reader check only points: it neither finds against the record nor passes it."""
    read = {CODE[recorded]: CODE[shown] for recorded, shown in _READ.items()}
    flags = [pl.lit(False).alias(name) for name in (LATE, MITIGATED) if name in frame.columns]
    return frame.with_columns(pl.col(RESULT).replace(read), *flags)
