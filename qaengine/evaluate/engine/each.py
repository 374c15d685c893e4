"""`each`: every record in scope, or the one that an anchor names, satisfies `must`."""

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.anchors import row_of_anchor, unknown_anchor
from qaengine.evaluate.engine.columns import ROW
from qaengine.evaluate.engine.conditions import holds, may_be_true
from qaengine.evaluate.engine.due import not_so
from qaengine.evaluate.engine.rollup import together
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.verdicts import CODE, OF_RECORD, Verdicts, code, verdicts
from qaengine.model.result import Result
from qaengine.model.standard import Each

Frame = fr.LazyFrame
_SCOPE, _MUST, _RESULT = "the scope", "the must", "the result"


def each(test: Each, scene: Scene) -> tuple[Verdicts, Verdicts]:
    """The verdicts on the children, and on the records."""
    look = scene.at(test.record_type)
    rows = scene.records(test.record_type)
    untold = scene.untold(test.record_type)
    if test.anchor:
        rows, untold = rows.filter(fr.col(ROW) == row_of_anchor(test.anchor)), unknown_anchor(test.anchor)
    tested = rows.with_columns(holds(test.where, look).alias(_SCOPE), holds(test.must, look).alias(_MUST))
    late = not_so(test.due, look)
    undecided = fr.col(_SCOPE).is_null() | fr.col(_MUST).is_null()
    result = (
        fr.when(undecided)
        .then(code(Result.CANNOT_DECIDE))
        .otherwise(fr.when(fr.col(_MUST)).then(code(Result.MET)).otherwise(late.result))
    )
    decided = tested.filter(may_be_true(fr.col(_SCOPE))).with_columns(result.alias(_RESULT))
    to_do = (fr.col(_RESULT) == CODE[Result.NOT_MET]) | (fr.col(_RESULT) == CODE[Result.NOT_YET_DUE])
    made = {"result": fr.col(_RESULT)} | ({} if late.due_on is None else {"due_on": fr.when(to_do).then(late.due_on)})
    records = verdicts(decided, OF_RECORD, scene.wanted, **made)
    return together(records, scene, untold), records
