"""`includes`: the parts of each record in scope cover every value required."""

from functools import reduce
from operator import add, and_, or_
from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.columns import CHILD, PREFIX, ROW
from qaengine.evaluate.engine.conditions import FALSE, holds, known_true, may_be_true
from qaengine.evaluate.engine.rollup import together
from qaengine.evaluate.engine.scene import TRIGGER_ROW, Scene, as_trigger
from qaengine.evaluate.engine.verdicts import CODE, RECORD_COLUMNS, code, unit, verdicts
from qaengine.model.condition import Ref, Scope
from qaengine.model.result import Result
from qaengine.model.standard import Includes

Frame = nw.LazyFrame[Any]
_SCOPE, _LINKED, _COUNTS, _REFERS, _RESULT = "the scope", "is part", "it counts", "it refers", "the result"
_LINK, _ID = "the link", "the id"
_COVERED, _PERHAPS, _REFERRED = "covered", "perhaps", "referred"


def includes(test: Includes, scene: Scene) -> tuple[Frame, Frame]:
    """The verdicts on the children, and on the records that have the parts."""
    look = scene.at(test.record_type)
    tested = scene.records(test.record_type).with_columns(holds(test.where, look).alias(_SCOPE))
    wholes = tested.filter(may_be_true(nw.col(_SCOPE)))
    covered = wholes.join(_covered(test, scene, wholes), on=ROW, how="left")
    no_parts = scene.untold(test.among)
    undecided = nw.col(_SCOPE).is_null() if no_parts is None else nw.col(_SCOPE).is_null() | no_parts
    result = nw.when(undecided).then(code(Result.CANNOT_DECIDE)).otherwise(_result(test))
    made = covered.with_columns(result.alias(_RESULT))
    decided = nw.col(_RESULT) != CODE[Result.CANNOT_DECIDE]
    counted = reduce(add, [_holds(_COVERED, place).cast(nw.Int32) for place, _ in enumerate(test.required)], nw.lit(0))
    records = verdicts(
        made,
        RECORD_COLUMNS,
        result=nw.col(_RESULT),
        measured=nw.when(decided).then(counted),
        limit=nw.when(decided).then(nw.lit(len(test.required))),
        unit=nw.when(decided).then(unit("parts")),
    )
    return together(records, scene.children, scene.untold(test.record_type)), records


def _named(name: str, place: int) -> str:
    return f"{name} {place}"


def _holds(name: str, place: int) -> nw.Expr:
    return nw.col(_named(name, place)).fill_null(False)  # a record without parts covers nothing


def _result(test: Includes) -> nw.Expr:
    """Not met where a value is surely not covered; else undecided where it may be; else a person decides."""
    places = range(len(test.required))
    covered = [_holds(_COVERED, place) for place in places]
    open_to = [_holds(_PERHAPS, place) for place in places]
    excused = [_holds(_PERHAPS, place) | _holds(_REFERRED, place) for place in places]
    lacking = reduce(or_, [~done & ~maybe for done, maybe in zip(covered, excused, strict=True)], FALSE)
    doubtful = reduce(or_, [~done & maybe for done, maybe in zip(covered, open_to, strict=True)], FALSE)
    otherwise = nw.when(doubtful).then(code(Result.CANNOT_DECIDE)).otherwise(code(Result.REFER_TO_AUDITOR))
    uncovered = nw.when(lacking).then(code(Result.NOT_MET)).otherwise(otherwise)
    return nw.when(reduce(and_, covered, nw.lit(True))).then(code(Result.MET)).otherwise(uncovered)


def _covered(test: Includes, scene: Scene, wholes: Frame) -> Frame:
    """By whole: whether each value is covered, may be, or is covered only so that a person decides."""
    look = scene.at(test.among).under(scene.table(test.record_type).masked)
    by = look.term(Ref(Scope.RECORD, test.by, test.among)).value
    refers = FALSE if test.or_refer is None else may_be_true(holds(test.or_refer, look))
    parts = _parts(test, scene, wholes).with_columns(
        (nw.col(_LINKED) & holds(test.counting, look)).alias(_COUNTS), refers.alias(_REFERS)
    )
    counts, made = nw.col(_COUNTS), []
    for place, value in enumerate(test.required):
        is_it, may_be_it = known_true(by == value), may_be_true(by == value)
        made += [
            (known_true(counts) & is_it).alias(_named(_COVERED, place)),
            ((counts.is_null() & is_it) | (may_be_true(counts) & by.is_null())).alias(_named(_PERHAPS, place)),
            (~may_be_true(counts) & nw.col(_REFERS) & may_be_it).alias(_named(_REFERRED, place)),
        ]
    found = parts.select(nw.col(TRIGGER_ROW).alias(ROW), *made)
    names = [_named(name, place) for name in (_COVERED, _PERHAPS, _REFERRED) for place, _ in enumerate(test.required)]
    return found.group_by(ROW).agg(*(nw.col(name).any() for name in names))


def _parts(test: Includes, scene: Scene, wholes: Frame) -> Frame:
    """Each part with its whole; a part that does not say where it belongs, with every whole of the child."""
    table = scene.table(test.record_type)
    owners = as_trigger(wholes, table).with_columns(nw.col(f"{PREFIX[Scope.TRIGGER]}id").alias(_ID))
    parts = scene.table(test.among).frame.with_columns(nw.col(test.link).alias(_LINK))
    says = ~nw.col(_LINK).is_null()
    linked = parts.filter(says).join(owners, left_on=[CHILD, _LINK], right_on=[CHILD, _ID], how="inner").drop(_LINK)
    loose = parts.filter(~says).drop(_LINK).join(owners.drop(_ID), on=CHILD, how="inner")
    unsure = nw.lit(None, dtype=nw.Boolean)
    return nw.concat([linked.with_columns(nw.lit(True).alias(_LINKED)), loose.with_columns(unsure.alias(_LINKED))])
