"""The kinds of check that look at what is there: what the case file shows, for one child at one date.

Each takes the test and where it is tested, and gives the verdict on the check with the verdicts on its records.
"""

from datetime import date

from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.scope import Here, State, look_at
from qaengine.evaluate.reference.subjects import (
    Outcome,
    Verdict,
    evidence_of,
    in_scope,
    not_carried,
    not_so,
    together,
    undecided,
)
from qaengine.evaluate.reference.truth import Truth, all_of, cannot_know, certainly
from qaengine.model.calendar import deadline, elapsed, limit_of
from qaengine.model.casefile import Row
from qaengine.model.condition import NoOlderThan, Ref, Scope, Today
from qaengine.model.result import Missing, Result, Why
from qaengine.model.standard import Asks, Each, Has, Includes


def has(test: Has, here: Here) -> Outcome:
    """At least N records satisfy `where`, and are fresh enough. Records that may do so leave it undecided."""
    rows = here.file.records.get(test.record_type)
    if rows is None:
        return not_carried(test.record_type), []
    where = [(row, holds(test.where, here.at(row))) for row in rows]
    both = [(row, all_of([truth, _fresh(test, here.at(row))])) for row, truth in where]
    sure = [row for row, truth in both if truth.value]
    doubts = [(row, truth) for row, truth in both if truth.value is None]
    here.seen(test, len(sure) - test.at_least)
    if len(sure) >= test.at_least:
        return _measured(test, here, Result.MET, sure, len(sure)), []
    if len(sure) + len(doubts) >= test.at_least:
        missing = frozenset[Missing]().union(*(truth.missing for _, truth in doubts))
        return undecided(missing, evidence=(evidence_of(test.record_type, doubts[0][0], test.dated),)), []
    too_old = [row for row, truth in where if truth.value]
    return not_so(test.due, here, _measured(test, here, Result.NOT_MET, too_old, len(sure))), []


def _fresh(test: Has, here: Here) -> Truth:
    if test.no_older_than is None:
        return Truth(True)
    dated = Ref(Scope.RECORD, test.dated, test.record_type)
    return holds(NoOlderThan(dated, test.no_older_than, Today.AS_AT), here)


def _measured(test: Has, here: Here, result: Result, rows: list[Row], count: int) -> Verdict:
    """Measured as the age of the latest record where one fresh record is asked for, and else as a count."""
    days = [look_at(row, Ref(Scope.RECORD, test.dated, test.record_type)).value for row in rows] if test.dated else []
    dated = [(day, place) for place, day in enumerate(days) if isinstance(day, date)]
    latest = max(dated) if dated else None
    shown = rows[latest[1]] if latest else next(iter(rows), None)
    evidence = (evidence_of(test.record_type, shown, test.dated),) if shown else ()
    period = test.no_older_than
    if period is None or test.at_least > 1 or latest is None or latest[0] > here.as_at:
        return Verdict(result, None, count, test.at_least, "records", evidence=evidence)
    age, limit = elapsed(latest[0], here.as_at, period), limit_of(latest[0], period)
    return Verdict(result, None, age, limit, period.measured_in, deadline(latest[0], period), evidence=evidence)


def each(test: Each, here: Here) -> Outcome:
    """Every record in scope satisfies `must`."""
    if test.anchor:
        found = here.anchors[test.anchor]
        if found.missing:
            return undecided(found.missing), []
        rows: tuple[Row, ...] | None = (found.row,) if found.row else ()
    else:
        rows = here.file.records.get(test.record_type)
    if rows is None:
        return not_carried(test.record_type), []
    verdicts = [_each_one(test, row, scope, here.at(row)) for row, scope in in_scope(rows, test.where, here)]
    return together(verdicts), verdicts


def _each_one(test: Each, row: Row, scope: Truth, here: Here) -> Verdict:
    evidence = (evidence_of(test.record_type, row),)
    if scope.value is None:
        return undecided(scope.missing, row, evidence)
    must = holds(test.must, here)
    if must.value is None:
        return undecided(must.missing, row, evidence)
    if must.value:
        return Verdict(Result.MET, row, evidence=evidence)
    return not_so(test.due, here, Verdict(Result.NOT_MET, row, evidence=evidence))


def includes(test: Includes, here: Here) -> Outcome:
    """The parts of each record in scope cover every value required."""
    rows, parts = here.file.records.get(test.record_type), here.file.records.get(test.among)
    if rows is None:
        return not_carried(test.record_type), []
    verdicts = []
    for row, scope in in_scope(rows, test.where, here):
        evidence = (evidence_of(test.record_type, row),)
        if scope.value is None:
            verdicts.append(undecided(scope.missing, row, evidence))
        elif parts is None:
            verdicts.append(undecided({Missing(test.among, "", Why.NOT_CARRIED)}, row, evidence))
        else:
            linked = [(part, truth) for part in parts if (truth := _part_of(test, part, row)).value is not False]
            verdicts.append(_covers(test, row, linked, here))
    return together(verdicts), verdicts


def _part_of(test: Includes, part: Row, row: Row) -> Truth:
    """Whether a part belongs to this record: one that does not say so may belong to any."""
    link = look_at(part, Ref(Scope.RECORD, test.link, test.among))
    return certainly(link.value == row.id) if link.state is State.FILLED else cannot_know(link.missing)


def _covers(test: Includes, row: Row, parts: list[tuple[Row, Truth]], here: Here) -> Verdict:
    """A part whose value is not known may cover any: it leaves undecided what nothing else covers."""
    covered: set[str | None] = set()
    perhaps: dict[str | None, frozenset[Missing]] = {}
    refer: set[str | None] = set()
    for part, linked in parts:
        at = here.at(part, row)
        counts = all_of([linked, holds(test.counting, at)])
        value = look_at(part, Ref(Scope.RECORD, test.by, test.among))
        known = value.value if isinstance(value.value, str) else None
        if counts.value and known is not None:
            covered.add(known)
        elif counts.value is not False:
            perhaps[known] = perhaps.get(known, frozenset()) | counts.missing | value.missing
        elif test.or_refer is not None and holds(test.or_refer, at).value is not False:
            refer.add(known)
    uncovered = tuple(value for value in test.required if value not in covered)
    evidence = (evidence_of(test.record_type, row),)
    measured = (len(test.required) - len(uncovered), len(test.required), "parts")
    if not uncovered:
        return Verdict(Result.MET, row, *measured, evidence=evidence)
    doubtful = {value for value in uncovered if value in perhaps or None in perhaps}
    if any(value not in doubtful and not refer & {value, None} for value in uncovered):
        return Verdict(Result.NOT_MET, row, *measured, evidence=evidence, uncovered=uncovered)
    if doubtful:
        missing = [found for value, found in perhaps.items() if value is None or value in doubtful]
        return undecided(frozenset().union(*missing), row, evidence)
    return Verdict(Result.REFER_TO_AUDITOR, row, *measured, evidence=evidence, uncovered=uncovered)


def asks(_test: Asks, _here: Here) -> Outcome:
    """Only a person can answer."""
    return Verdict(Result.REFER_TO_AUDITOR), []
