"""What falls due: every duty that is not yet done, by the day on which it falls due; and what is overdue already.

A duty is one record's where a check looks at records, and else the check's on the child. Beside what is met stands the
day on which it falls due again. Only what the record decides has a day.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from qaengine.evaluate.counting import FEW, Held, excepted_rows
from qaengine.evaluate.explain.findings import findings
from qaengine.evaluate.stages import Stages, evaluated, run_stages
from qaengine.model.agreed import NO_EXCEPTIONS, Exceptions
from qaengine.model.result import By, Finding, Level, Result

if TYPE_CHECKING:
    import polars as pl

COMING = (Result.MET, Result.NOT_YET_DUE)
NO_DATE = date.max
"""In place of the last day, where what is not met has none: after every day that there is."""


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """One duty with its last day, or `NO_DATE`.

    `record` and `record_id` are empty where it is the child's and no one record's.
    """

    due_on: date
    child_id: str
    standard: str
    check: str
    record: str = ""
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What falls due by a day, soonest first; and what was to be done before the as-at date and is still open.

    `undated` is what is not met and open, and has no day by which it was to be done. Both are without what is not met
    under an agreed exception, which is `under_exception`.
    """

    coming: tuple[Duty, ...]
    overdue: tuple[Duty, ...]
    under_exception: tuple[Duty, ...] = ()
    undated: tuple[Duty, ...] = ()

    @property
    def open(self) -> tuple[Duty, ...]:
        """All that is not met and still open, longest overdue first, and last what has no day."""
        return (*self.overdue, *self.undated)

    def until(self, last: date) -> tuple[Duty, ...]:
        """The duties that fall due by a day."""
        return tuple(duty for duty in self.coming if duty.due_on <= last)

    def of(self, children: Set[str]) -> "Forecast":
        """What concerns some of the children."""
        parts = (self.coming, self.overdue, self.under_exception, self.undated)
        return Forecast(*(tuple(duty for duty in part if duty.child_id in children) for part in parts))


def forecast(
    stages: Stages,
    held: Held,
    as_at: date,
    exceptions: Exceptions = NO_EXCEPTIONS,
    engine: str = "auto",
) -> Forecast:
    """What falls due for every child, by the engine that is faster for their number; both give the same."""
    if engine == "reference" or (engine == "auto" and len(held.child_ids) <= FEW):
        case_set = held.case_set()
        return of_findings(
            finding
            for file in case_set.files
            for one in evaluated(stages, file, as_at, case_set.not_carried, exceptions)
            for finding in findings(one)
        )
    return _by_engine(stages, held, as_at, exceptions)


def of_findings(found: Iterable[Finding]) -> Forecast:
    """The same from findings that are there already, child by child, each check before its records."""
    coming: list[Duty] = []
    still_open: list[Duty] = []
    excepted: list[Duty] = []
    of_checks = (f for f in found if f.level is not Level.STANDARD and f.by is By.RECORD)
    for _, group in groupby(of_checks, key=lambda f: (f.child_id, f.standard, f.check)):
        check, *records = group
        coming += map(_duty, _dated(check, records, (Result.NOT_YET_DUE,), COMING))
        not_met = [f for f in records if f.result is Result.NOT_MET] or [check]
        undone = [f for f in not_met if f.result is Result.NOT_MET and not f.late]
        still_open += [_duty(finding) for finding in undone if not finding.excepted]
        excepted += [_duty(finding) for finding in undone if finding.excepted]
    return _forecast(coming, still_open, excepted)


def _forecast(coming: Iterable[Duty], still_open: Iterable[Duty], excepted: Iterable[Duty]) -> Forecast:
    parts: dict[bool, list[Duty]] = {True: [], False: []}
    for duty in _once(still_open):
        parts[duty.due_on < NO_DATE].append(duty)
    return Forecast(_once(coming), tuple(parts[True]), _once(excepted), tuple(parts[False]))


def _dated(
    check: Finding, records: Sequence[Finding], of_records: Sequence[Result], of_check: Sequence[Result]
) -> Iterator[Finding]:
    """The findings that have a day: those on records, or where none of them has one that on the check."""
    dated = [f for f in records if f.result in of_records and f.due_on]
    if dated:
        yield from dated
    elif check.result in of_check and check.due_on:
        yield check


def _duty(finding: Finding) -> Duty:
    due_on = finding.due_on or NO_DATE
    on_record = finding.level is Level.RECORD and finding.record_id
    record, record_id = (finding.record or "", finding.record_id or "") if on_record else ("", "")
    return Duty(due_on, finding.child_id, finding.standard, finding.check or "", record, record_id)


def _by_engine(stages: Stages, held: Held, as_at: date, exceptions: Exceptions) -> Forecast:
    from qaengine.evaluate.engine.duties import coming, still_open

    found = run_stages(stages, held.tables().frames, as_at, held.not_carried)
    excepted = {
        (standard, check, held.child_ids[row])
        for (standard, check), rows in excepted_rows(stages.all, held.child_ids, exceptions).items()
        for row in rows
    }
    parts: dict[bool, list[Duty]] = {True: [], False: []}
    for duty in _rows(still_open(found), held.child_ids):
        parts[(duty.standard, duty.check, duty.child_id) in excepted].append(duty)
    return _forecast(_rows(coming(found), held.child_ids), parts[False], parts[True])


def _once(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Each duty once, soonest first: a record that begins intervals of two spans asks for one thing on one day."""
    return tuple(sorted(set(duties)))


def _rows(frame: "pl.DataFrame", child_ids: Sequence[str]) -> Iterator[Duty]:
    for due_on, child, standard, check, record, record_id in frame.iter_rows():
        yield Duty(due_on or NO_DATE, child_ids[child], standard, check, record or "", record_id or "")
