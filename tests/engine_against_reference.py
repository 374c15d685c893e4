"""The engine and the reference on the same case files, in one shape, so that they can be held to each other."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from qaengine.cases.tables import tables_of
from qaengine.evaluate.engine.run import Evaluated, run
from qaengine.evaluate.reference.standard import CheckVerdict
from qaengine.evaluate.reference.subjects import Verdict
from qaengine.evaluate.stages import Stages, alone, evaluated, run_stages
from qaengine.model.agreed import NO_EXCEPTIONS, Exceptions
from qaengine.model.casefile import CaseSet
from qaengine.model.record import RecordType
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.result import ROLL_UP_ORDER, Result
from qaengine.model.standard import Asks, Standard

Findings = dict[tuple[Any, ...], tuple[Any, ...]]
Run = Callable[[Sequence[Standard], Mapping[str, pl.DataFrame], date, Mapping[str, frozenset[str]]], Evaluated]

SHOWN = {Result.NOT_MET, Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR, Result.NOT_YET_DUE}


def frames_of(cases: CaseSet) -> dict[str, pl.DataFrame]:
    """The tables of a case set, with what its rows say is contradictory."""
    frames = dict(tables_of(cases).frames)
    for record_type in (CHILD, *RECORD_TYPES.values()):
        if record_type.name in frames:
            frames[record_type.name] = _with_contradictory(frames[record_type.name], record_type, cases)
    return frames


def _with_contradictory(frame: pl.DataFrame, record_type: RecordType, cases: CaseSet) -> pl.DataFrame:
    name = record_type.name
    rows = [
        row for file in cases.files for row in ((file.child,) if name == CHILD.name else file.records.get(name, ()))
    ]
    marked = sorted(set().union(*(row.contradictory for row in rows)))
    columns = [pl.Series(f"{each}?cx", [each in row.contradictory for row in rows]) for each in marked]
    return frame.with_columns(columns)


def by_reference(
    standards: Sequence[Standard],
    cases: CaseSet,
    as_at: date,
    in_stages: bool = False,
    exceptions: Exceptions = NO_EXCEPTIONS,
) -> Findings:
    """Everything that the reference finds, by level, child, standard, check and record."""
    found: Findings = {}
    stages, gone = Stages.of(standards), cases.not_carried
    for place, file in enumerate(cases.files):
        one_by_one = (alone(standard, file, as_at, gone, exceptions) for standard in standards)
        both_stages = evaluated(stages, file, as_at, gone, exceptions) if in_stages else ()
        for one in both_stages or one_by_one:
            standard, verdict = one.standard, one.verdict
            recorded = verdict.as_recorded
            found["standard", place, standard.id] = (
                recorded.result,
                verdict.as_read.result,
                recorded.due_on,
                recorded.late,
                recorded.mitigated,
            )
            for checked in verdict.checks:
                _add_check(found, place, standard, checked)
    return found


def _add_check(found: Findings, place: int, standard: Standard, checked: CheckVerdict) -> None:
    key = (place, standard.id, checked.check.id)
    shown = checked.overall.evidence[:1]
    evidence = (shown[0].record, shown[0].record_id) if shown else (None, None)
    found["check", *key] = (*_measures(checked.overall), *evidence)
    for record in checked.records:
        if record.result in SHOWN:
            assert not isinstance(checked.check.test, Asks)
            own = (record.evidence[0].record, record.evidence[0].record_id) if record.row else (None, None)
            answers = record.evidence[1:] if record.row else record.evidence
            answer = (answers[0].record, answers[0].record_id) if answers else (None, None)
            assert own[1] == (record.row.id if record.row else None)
            _put(found, ("record", *key, *own), (*_measures(record), *answer))


def _put(found: Findings, key: tuple[Any, ...], value: tuple[Any, ...]) -> None:
    """A finding under its key; of an event that lies in several spans, the intervals that it begins are numbered."""
    number = 0
    while (*key, number) in found:
        number += 1
    found[*key, number] = value


def _measures(verdict: Verdict) -> tuple[Any, ...]:
    return (
        verdict.result,
        verdict.measured,
        verdict.limit,
        verdict.unit,
        verdict.due_on,
        verdict.late,
        verdict.mitigated,
    )


def by_engine(standards: Sequence[Standard], cases: CaseSet, as_at: date, engine: Run = run) -> Findings:
    """The same of the engine."""
    evaluated = engine(standards, frames_of(cases), as_at, cases.not_carried)
    found: Findings = {}
    measures = ("result", "measured", "limit", "unit", "due_on", "late", "mitigated")
    _add(
        found, "standard", evaluated.standards, ("child", "standard"), ("result", "read", "due_on", "late", "mitigated")
    )
    _add(found, "check", evaluated.checks, ("child", "standard", "check"), (*measures, "evidence", "evidence_id"))
    about = ("child", "standard", "check", "record", "id")
    _add(found, "record", evaluated.records, about, (*measures, "answer", "answer_id"))
    return found


def _add(found: Findings, level: str, frame: pl.DataFrame, keys: tuple[str, ...], values: tuple[str, ...]) -> None:
    results = {"result", "read"}
    for row in frame.select(*keys, *values).iter_rows(named=True):
        key = (level, *(row[name] for name in keys))
        value = tuple(ROLL_UP_ORDER[row[name]] if name in results else row[name] for name in values)
        if level == "record":
            _put(found, key, value)
        else:
            assert key not in found, f"two rows for {key}"
            found[key] = value


def staged(
    standards: Sequence[Standard], tables: Mapping[str, pl.DataFrame], as_at: date, gone: Mapping[str, frozenset[str]]
) -> Evaluated:
    """A run in two stages: the second on what the first found."""
    return run_stages(Stages.of(standards), tables, as_at, gone)


def difference(standards: Sequence[Standard], cases: CaseSet, as_at: date, engine: Run = run) -> str:
    """Where the two differ, in words; nothing where they agree."""
    expected = by_reference(standards, cases, as_at, in_stages=engine is staged)
    found = by_engine(standards, cases, as_at, engine)
    if expected == found:
        return ""
    keys = [key for key in {**expected, **found} if expected.get(key) != found.get(key)]
    lines = [f"{key}\n  reference {expected.get(key)}\n  engine    {found.get(key)}" for key in keys[:6]]
    return "\n".join([f"{len(keys)} findings differ", *lines])
