"""`includes`: the parts of each record in scope cover every value required."""

from functools import reduce
from operator import add, or_
from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.columns import CHILD, PREFIX, ROW
from qaengine.evaluate.engine.conditions import FALSE, holds, known_true, may_be_true
from qaengine.evaluate.engine.rollup import together
from qaengine.evaluate.engine.scene import TRIGGER_ROW, Scene, as_trigger
from qaengine.evaluate.engine.verdicts import CODE, OF_RECORD, Verdicts, code, unit, verdicts
from qaengine.model.condition import Ref, Scope
from qaengine.model.result import Result
from qaengine.model.standard import Includes

Frame = nw.LazyFrame[Any]
_SCOPE, _LINKED, _COUNTS, _STANDING = "the scope", "is part", "it counts", "the standing"
_LINK, _ID, _RESULT, _COVERED, _LOWEST = "the link", "the id", "the result", "the covered", "the lowest"
_NOTHING, _REFERRED, _PERHAPS, _SURELY = range(4)
"""How well a value is covered: not, so that a person decides, perhaps, surely. The best part settles it."""


def includes(test: Includes, scene: Scene) -> tuple[Verdicts, Verdicts]:
    """The verdicts on the children, and on the records that have the parts."""
    look = scene.at(test.record_type)
    tested = scene.records(test.record_type).with_columns(holds(test.where, look).alias(_SCOPE))
    wholes = tested.filter(may_be_true(nw.col(_SCOPE)))
    covered = wholes.join(_covered(test, scene, wholes), on=ROW, how="left")
    # A record without parts covers nothing.
    values = [nw.col(name).fill_null(_NOTHING) for name in _names(test)]
    surely = [(value == _SURELY).cast(nw.Int32) for value in values]
    perhaps = reduce(or_, [value == _PERHAPS for value in values])
    made = covered.with_columns(
        reduce(add, surely).alias(_COVERED), nw.min_horizontal(*values).alias(_LOWEST), perhaps.alias(_STANDING)
    )
    made = made.with_columns(_result(scene.untold(test.among)).alias(_RESULT))
    decided = nw.col(_RESULT) != CODE[Result.CANNOT_DECIDE]
    records = verdicts(
        made,
        OF_RECORD,
        result=nw.col(_RESULT),
        measured=nw.when(decided).then(nw.col(_COVERED)),
        limit=nw.when(decided).then(nw.lit(len(test.required))),
        unit=nw.when(decided).then(unit("parts")),
    )
    return together(records, scene.children, scene.untold(test.record_type)), records


def _names(test: Includes) -> list[str]:
    """The columns of the values required: how well each is covered."""
    return [f"value {place}" for place, _ in enumerate(test.required)]


def _result(no_parts: nw.Expr | None) -> nw.Expr:
    """Not met where a value is surely not covered; else undecided where one may be; else a person decides."""
    open_to_some = nw.when(nw.col(_STANDING)).then(code(Result.CANNOT_DECIDE)).otherwise(code(Result.REFER_TO_AUDITOR))
    not_all = nw.when(nw.col(_LOWEST) == _NOTHING).then(code(Result.NOT_MET)).otherwise(open_to_some)
    result = nw.when(nw.col(_LOWEST) == _SURELY).then(code(Result.MET)).otherwise(not_all)
    undecided = nw.col(_SCOPE).is_null() if no_parts is None else nw.col(_SCOPE).is_null() | no_parts
    return nw.when(undecided).then(code(Result.CANNOT_DECIDE)).otherwise(result)


def _covered(test: Includes, scene: Scene, wholes: Frame) -> Frame:
    """By whole: how well each value is covered. A part whose own value is not known may cover any."""
    look = scene.at(test.among).under(scene.table(test.record_type).masked)
    by = look.term(Ref(Scope.RECORD, test.by, test.among)).value
    refers = FALSE if test.or_refer is None else may_be_true(holds(test.or_refer, look))
    if_not = nw.when(refers).then(nw.lit(_REFERRED)).otherwise(nw.lit(_NOTHING))
    counts = nw.col(_COUNTS)
    surely = known_true(counts) & ~by.is_null()
    may_count = nw.when(may_be_true(counts)).then(nw.lit(_PERHAPS)).otherwise(if_not)
    parts = _parts(test, scene, wholes)
    parts = parts.with_columns((nw.col(_LINKED) & holds(test.counting, look)).alias(_COUNTS))
    parts = parts.with_columns(nw.when(surely).then(nw.lit(_SURELY)).otherwise(may_count).alias(_STANDING))
    made = [
        nw.when(may_be_true(by == value)).then(nw.col(_STANDING)).otherwise(nw.lit(_NOTHING)).alias(name)
        for value, name in zip(test.required, _names(test), strict=True)
    ]
    found = parts.select(nw.col(TRIGGER_ROW).alias(ROW), *made)
    return found.group_by(ROW).agg(*(nw.col(name).max() for name in _names(test)))


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
