"""The kinds of check, one function each: what the case file shows, for one child at one date.

Each takes the test and where it is tested, and gives the verdict on the check with the verdicts on its records.
"""

from datetime import date

from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.scope import Here, State, look_at
from qaengine.evaluate.reference.subjects import Verdict, in_scope, not_carried, not_so, together, undecided
from qaengine.evaluate.reference.truth import Truth, all_of, cannot_know, certainly
from qaengine.model.calendar import deadline, elapsed, limit_of
from qaengine.model.casefile import Row
from qaengine.model.condition import NoOlderThan, Ref, Scope, Today
from qaengine.model.records import RECORD_TYPES
from qaengine.model.result import Evidence, Missing, Result, Why
from qaengine.model.standard import Asks, Each, FollowedBy, Has, Includes, Response

Outcome = tuple[Verdict, list[Verdict]]


def evidence_of(record_type: str, row: Row, dated: str = "") -> Evidence:
    """A pointer to a record, with the date by which the check knows it."""
    name = dated or next(iter(RECORD_TYPES[record_type].dated), "")
    value = row.values.get(name)
    return Evidence(record_type, row.id, value if isinstance(value, date) else None)


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


def followed_by(test: FollowedBy, here: Here) -> Outcome:
    """Each trigger is followed by a response no later than the deadline."""
    rows = here.file.records.get(test.record_type)
    if rows is None:
        return not_carried(test.record_type), []
    verdicts = [
        verdict
        for row, scope in in_scope(rows, test.where, here)
        if (verdict := _followed(test, row, scope, here)) is not None
    ]
    return together(verdicts), verdicts


def _followed(test: FollowedBy, row: Row, scope: Truth, here: Here) -> Verdict | None:
    start = look_at(row, Ref(Scope.RECORD, test.dated, test.record_type))
    evidence = evidence_of(test.record_type, row, test.dated)
    if start.state is State.NOT_HAPPENED:
        return None
    if scope.value is None or not isinstance(start.value, date):
        return undecided(scope.missing | start.missing, row, (evidence,))
    begun, last = start.value, deadline(start.value, test.within)
    answers, doubts = _answers(test, row, here, begun)
    first = min(answers, key=lambda answer: answer[0], default=None)
    end = first[0] if first else here.as_at
    here.seen(test, (end - last).days)
    late = first is not None and first[0] > last
    result = Result.MET if first and not late else Result.NOT_MET
    if result is Result.NOT_MET and here.as_at <= last:
        result = Result.NOT_YET_DUE
    open_doubts = [missing for day, missing in doubts if day is None or day <= last]
    if result is Result.NOT_MET and open_doubts:
        return undecided(frozenset().union(*open_doubts), row, (evidence,))
    return Verdict(
        result,
        row,
        elapsed(begun, end, test.within),
        limit_of(begun, test.within),
        test.within.measured_in,
        last,
        late=result is Result.NOT_MET and late,
        mitigated=result is Result.NOT_MET and _mitigated(test.mitigated_by, row, here, begun, last),
        evidence=(evidence, first[1]) if first and first[1] else (evidence,),
    )


Answers = list[tuple[date, Evidence | None]]
Doubts = list[tuple[date | None, frozenset[Missing]]]


def _answers(test: FollowedBy, trigger: Row, here: Here, begun: date) -> tuple[Answers, Doubts]:
    """The responses dated from the trigger to the as-at date, and those of which something cannot be known."""
    answers: Answers = []
    doubts: Doubts = []
    for response in test.responses:
        rows = here.file.records.get(response.record_type) if response.record_type else (trigger,)
        if rows is None:
            doubts.append((None, frozenset({Missing(response.record_type, "", Why.NOT_CARRIED)})))
        for row in rows or ():
            _weigh(response, here.at(row, trigger), begun, answers, doubts)
    return answers, doubts


def _weigh(response: Response, here: Here, begun: date, answers: Answers, doubts: Doubts) -> None:
    where, day = holds(response.where, here), here.look(response.dated)
    if where.value is False or day.state is State.NOT_HAPPENED:
        return
    if not isinstance(day.value, date):
        doubts.append((None, where.missing | day.missing))
    elif begun <= day.value <= here.as_at:
        if where.value is None:
            doubts.append((day.value, where.missing))
        else:
            row = here.record if response.record_type else None
            answers.append((day.value, evidence_of(response.record_type, row) if row else None))


def _mitigated(response: Response | None, trigger: Row, here: Here, begun: date, last: date) -> bool:
    """A reason was written down before the deadline passed: the duty is still late, and that is said beside it."""
    if response is None:
        return False
    answers: Answers = []
    for row in here.file.records.get(response.record_type, ()) if response.record_type else (trigger,):
        _weigh(response, here.at(row, trigger), begun, answers, [])
    return any(day <= last for day, _ in answers)


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
