"""`includes`: the parts of each record in scope cover every value required."""

from functools import reduce
from operator import add, or_

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import CHILD, PREFIX, ROW
from qaengine.evaluate.engine.conditions import FALSE, holds, known_true, may_be_true
from qaengine.evaluate.engine.rollup import together
from qaengine.evaluate.engine.scene import TRIGGER_ROW, Scene, as_trigger
from qaengine.evaluate.engine.verdicts import CODE, OF_RECORD, Verdicts, code, unit, verdicts
from qaengine.model.condition import Ref, Scope
from qaengine.model.result import Result
from qaengine.model.standard import Includes

Frame = fr.LazyFrame
_SCOPE, _LINKED, _COUNTS, _STANDING = "the scope", "is part", "it counts", "the standing"
_LINK, _ID, _RESULT, _COVERED, _LOWEST = "the link", "the id", "the result", "the covered", "the lowest"
_NOTHING, _REFERRED, _PERHAPS, _SURELY = range(4)
"""How well a value is covered: not, so that a person decides, perhaps, surely. The best part settles it."""


def includes(test: Includes, scene: Scene) -> tuple[Verdicts, Verdicts]:
    """The verdicts on the children, and on the records that have the parts."""
    look = scene.at(test.record_type)
    tested = scene.records(test.record_type).with_columns(holds(test.where, look).alias(_SCOPE))
    wholes = tested.filter(may_be_true(fr.col(_SCOPE)))
    covered = wholes.join(_covered(test, scene, wholes), on=ROW, how="left")
    # A record without parts covers nothing.
    values = [fr.col(name).fill_null(_NOTHING) for name in _names(test)]
    surely = [(value == _SURELY).cast(fr.Int32) for value in values]
    perhaps = reduce(or_, [value == _PERHAPS for value in values])
    made = covered.with_columns(
        reduce(add, surely).alias(_COVERED), fr.min_horizontal(*values).alias(_LOWEST), perhaps.alias(_STANDING)
    )
    made = made.with_columns(_result(scene.untold(test.among)).alias(_RESULT))
    decided = fr.col(_RESULT) != CODE[Result.CANNOT_DECIDE]
    records = verdicts(
        made,
        OF_RECORD,
        scene.wanted,
        result=fr.col(_RESULT),
        measured=fr.when(decided).then(fr.col(_COVERED)),
        limit=fr.when(decided).then(fr.lit(len(test.required))),
        unit=fr.when(decided).then(unit("parts")),
    )
    return together(records, scene, scene.untold(test.record_type)), records


def _names(test: Includes) -> list[str]:
    """The columns of the values required: how well each is covered."""
    return [f"value {place}" for place, _ in enumerate(test.required)]


def _result(no_parts: fr.Expr | None) -> fr.Expr:
    """Not met where a value is surely not covered; else undecided where one may be; else a person decides."""
    open_to_some = fr.when(fr.col(_STANDING)).then(code(Result.CANNOT_DECIDE)).otherwise(code(Result.REFER_TO_AUDITOR))
    not_all = fr.when(fr.col(_LOWEST) == _NOTHING).then(code(Result.NOT_MET)).otherwise(open_to_some)
    result = fr.when(fr.col(_LOWEST) == _SURELY).then(code(Result.MET)).otherwise(not_all)
    undecided = fr.col(_SCOPE).is_null() if no_parts is None else fr.col(_SCOPE).is_null() | no_parts
    return fr.when(undecided).then(code(Result.CANNOT_DECIDE)).otherwise(result)


def _covered(test: Includes, scene: Scene, wholes: Frame) -> Frame:
    """By whole: how well each value is covered. A part whose own value is not known may cover any."""
    look = scene.at(test.among).under(scene.table(test.record_type).masked)
    by = look.term(Ref(Scope.RECORD, test.by, test.among)).value
    refers = FALSE if test.or_refer is None else may_be_true(holds(test.or_refer, look))
    if_not = fr.when(refers).then(fr.lit(_REFERRED)).otherwise(fr.lit(_NOTHING))
    counts = fr.col(_COUNTS)
    surely = known_true(counts) & ~by.is_null()
    may_count = fr.when(may_be_true(counts)).then(fr.lit(_PERHAPS)).otherwise(if_not)
    parts = _parts(test, scene, wholes)
    parts = parts.with_columns((fr.col(_LINKED) & holds(test.counting, look)).alias(_COUNTS))
    parts = parts.with_columns(fr.when(surely).then(fr.lit(_SURELY)).otherwise(may_count).alias(_STANDING))
    made = [
        fr.when(may_be_true(by == value)).then(fr.col(_STANDING)).otherwise(fr.lit(_NOTHING)).alias(name)
        for value, name in zip(test.required, _names(test), strict=True)
    ]
    found = parts.select(fr.col(TRIGGER_ROW).alias(ROW), *made)
    return found.group_by(ROW).agg(*(fr.col(name).max() for name in _names(test)))


def _parts(test: Includes, scene: Scene, wholes: Frame) -> Frame:
    """Each part with its whole; a part that does not say where it belongs, with every whole of the child."""
    table = scene.table(test.record_type)
    owners = as_trigger(wholes, table).with_columns(fr.col(f"{PREFIX[Scope.TRIGGER]}id").alias(_ID))
    parts = scene.table(test.among).frame.with_columns(fr.col(test.link).alias(_LINK))
    says = ~fr.col(_LINK).is_null()
    linked = parts.filter(says).join(owners, left_on=[CHILD, _LINK], right_on=[CHILD, _ID], how="inner").drop(_LINK)
    loose = parts.filter(~says).drop(_LINK).join(owners.drop(_ID), on=CHILD, how="inner")
    unsure = fr.lit(None, dtype=fr.Boolean)
    return fr.concat([linked.with_columns(fr.lit(True).alias(_LINKED)), loose.with_columns(unsure.alias(_LINKED))])
