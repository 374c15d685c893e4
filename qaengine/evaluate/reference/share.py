"""`share`: whether at least so many per cent of a child's records satisfy `must`."""

from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.scope import Here
from qaengine.evaluate.reference.subjects import Outcome, Verdict, evidence_of, in_scope, not_carried, undecided
from qaengine.model.result import Missing, Result
from qaengine.model.standard import Share


def share(test: Share, here: Here) -> Outcome:
    """Enough of the records satisfy `must`: surely, though every doubt counts against; or not, though each counts for.

    A record of which it is not known whether it is in scope counts against if it is, and for only if it satisfies
    `must` or may.
    """
    rows = here.file.records.get(test.record_type)
    if rows is None:
        return not_carried(test.record_type), []
    scoped = [(row, scope, holds(test.must, here.at(row))) for row, scope in in_scope(rows, test.where, here)]
    if not scoped:
        return Verdict(Result.NOT_APPLICABLE), []
    percent, coming = test.asked(here.as_at)
    needed = -(-percent * len(scoped) // 100)
    sure = [row for row, scope, must in scoped if scope.value and must.value]
    against = [row for row, scope, must in scoped if scope.value and must.value is False]
    left_out = sum(scope.value is None and must.value is False for _, scope, must in scoped)
    doubts = [(row, scope.missing | must.missing) for row, scope, must in scoped if None in (scope.value, must.value)]
    here.seen(test, len(sure) - needed)
    most = len(scoped) - left_out
    verdict = Verdict(Result.MET, None, len(sure), needed, "records")
    if len(sure) >= needed:
        return verdict._replace(evidence=tuple(evidence_of(test.record_type, row) for row in sure[:1])), []
    if (most - len(against)) * 100 >= percent * most:  # also where none is surely in scope, and there may be none
        missing = frozenset[Missing]().union(*(missing for _, missing in doubts))
        return undecided(missing, evidence=(evidence_of(test.record_type, doubts[0][0]),)), []
    due_on = coming.by if coming else None
    result = Result.NOT_YET_DUE if coming else Result.NOT_MET
    shown = evidence_of(test.record_type, against[0])
    return verdict._replace(result=result, due_on=due_on, evidence=(shown,)), []
