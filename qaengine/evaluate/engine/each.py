"""`each`: every record in scope, or the one that an anchor names, satisfies `must`."""

from typing import Any

import narwhals as nw

from qaengine.evaluate.engine.anchors import row_of_anchor, unknown_anchor
from qaengine.evaluate.engine.columns import ROW
from qaengine.evaluate.engine.conditions import holds, may_be_true
from qaengine.evaluate.engine.due import not_so
from qaengine.evaluate.engine.rollup import together
from qaengine.evaluate.engine.scene import Scene
from qaengine.evaluate.engine.verdicts import CODE, OF_RECORD, Verdicts, code, verdicts
from qaengine.model.result import Result
from qaengine.model.standard import Each

Frame = nw.LazyFrame[Any]
_SCOPE, _MUST, _RESULT = "the scope", "the must", "the result"


def each(test: Each, scene: Scene) -> tuple[Verdicts, Verdicts]:
    """The verdicts on the children, and on the records."""
    look = scene.at(test.record_type)
    rows = scene.records(test.record_type)
    untold = scene.untold(test.record_type)
    if test.anchor:
        rows, untold = rows.filter(nw.col(ROW) == row_of_anchor(test.anchor)), unknown_anchor(test.anchor)
    tested = rows.with_columns(holds(test.where, look).alias(_SCOPE), holds(test.must, look).alias(_MUST))
    late = not_so(test.due, look)
    undecided = nw.col(_SCOPE).is_null() | nw.col(_MUST).is_null()
    result = (
        nw.when(undecided)
        .then(code(Result.CANNOT_DECIDE))
        .otherwise(nw.when(nw.col(_MUST)).then(code(Result.MET)).otherwise(late.result))
    )
    decided = tested.filter(may_be_true(nw.col(_SCOPE))).with_columns(result.alias(_RESULT))
    to_do = (nw.col(_RESULT) == CODE[Result.NOT_MET]) | (nw.col(_RESULT) == CODE[Result.NOT_YET_DUE])
    made = {"result": nw.col(_RESULT)} | ({} if late.due_on is None else {"due_on": nw.when(to_do).then(late.due_on)})
    records = verdicts(decided, OF_RECORD, **made)
    return together(records, scene.children, untold), records
