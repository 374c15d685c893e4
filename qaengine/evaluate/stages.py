"""The two stages of an evaluation: standards on the records, then standards on what the others found.

A standard that reads `findings` is of the second stage. Its input is one row for each standard of the first stage
that is not met for the child, as recorded: so it can never rest on another of its own stage, and what could not be
decided gives it nothing. Whoever evaluates more than one check of one standard comes through here, for either engine.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from qaengine.evaluate.reference.scope import Here
from qaengine.evaluate.reference.standard import StandardVerdict, evaluate_here, prepare
from qaengine.evaluate.wanted import EVERYTHING, Wanted
from qaengine.model.agreed import NO_EXCEPTIONS, Excepted, Exceptions
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.records import FINDINGS
from qaengine.model.result import Result
from qaengine.model.standard import Standard

if TYPE_CHECKING:
    import polars as pl

    from qaengine.evaluate.engine.run import Evaluated as EvaluatedTables
    from qaengine.evaluate.engine.run import Excepted as ExceptedRows

NotCarried = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Stages:
    """The standards that are shown, in order, and all that are evaluated for it, by stage."""

    shown: tuple[Standard, ...]
    first: tuple[Standard, ...]
    second: tuple[Standard, ...]

    @classmethod
    def of(cls, in_force: Iterable[Standard]) -> "Stages":
        """Every standard in force."""
        shown = tuple(in_force)
        second = tuple(standard for standard in shown if standard.looks_at(FINDINGS.name))
        return cls(shown, tuple(standard for standard in shown if standard not in second), second)

    def showing(self, ids: Collection[str]) -> "Stages":
        """Some of the standards alone, with all those on which they rest."""
        shown = tuple(standard for standard in self.shown if standard.id in ids)
        second = tuple(standard for standard in self.second if standard.id in ids)
        return Stages(shown, self.first if second else shown, second)

    @property
    def all(self) -> tuple[Standard, ...]:
        """Every standard that is evaluated, shown or not."""
        return (*self.first, *self.second)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a standard says of one child, and where it was evaluated; `marks` are the agreed exceptions, by check."""

    standard: Standard
    here: Here
    verdict: StandardVerdict
    marks: Mapping[str, Excepted]


def evaluated(
    stages: Stages, file: CaseFile, as_at: date, not_carried: NotCarried, exceptions: Exceptions = NO_EXCEPTIONS
) -> tuple[Evaluated, ...]:
    """What each standard that is shown says of one child, in order: by the reference."""
    found = [alone(standard, file, as_at, not_carried, exceptions) for standard in stages.first]
    if stages.second:
        rows = sorted((row for one in found for row in _rows(one)), key=lambda row: row.id)
        file = replace(file, records={**file.records, FINDINGS.name: tuple(rows)})
        carried = with_findings(not_carried)
        found += [alone(standard, file, as_at, carried, exceptions) for standard in stages.second]
    by_id = {one.standard.id: one for one in found}
    return tuple(by_id[standard.id] for standard in stages.shown)


def alone(
    standard: Standard, file: CaseFile, as_at: date, not_carried: NotCarried, exceptions: Exceptions = NO_EXCEPTIONS
) -> Evaluated:
    """What one standard says of a case file as it is."""
    here = prepare(standard, file, as_at, not_carried)
    verdict = evaluate_here(standard, here, exceptions.in_force(standard.id, file.child_id))
    return Evaluated(standard, here, verdict, exceptions.of(standard.id, file.child_id))


def _rows(one: Evaluated) -> Iterable[Row]:
    found, standard = one.verdict.as_recorded, one.standard
    if found.result is Result.NOT_MET:
        since = found.due_on + timedelta(days=1) if found.due_on else None
        values = {"standard": standard.id, "since": since, "severity": standard.severity.value, "late": found.late}
        typed = {"since_as_typed": None}
        yield Row(standard.id, {**values, **typed})


def with_findings(not_carried: NotCarried) -> dict[str, frozenset[str]]:
    """What the source does not carry, once the findings of the first stage are there for every child."""
    return {**not_carried, FINDINGS.name: frozenset()}


def run_stages(
    stages: Stages,
    tables: "Mapping[str, pl.DataFrame]",
    as_at: date,
    not_carried: NotCarried,
    wanted: Wanted = EVERYTHING,
    excepted: "ExceptedRows" = MappingProxyType({}),
) -> "EvaluatedTables":
    """The same for every child at once: by the engine. `excepted` are the agreed exceptions that are in force."""
    from qaengine.evaluate.engine.findings import findings_table
    from qaengine.evaluate.engine.run import run

    needed = wanted.with_days() if stages.second else wanted  # a finding has the day since when it is so
    first = run(stages.first, tables, as_at, not_carried, needed, excepted)
    if not stages.second:
        return first
    tables = {**tables, FINDINGS.name: findings_table(first.found)}
    second = run(stages.second, tables, as_at, with_findings(not_carried), wanted, excepted)
    return first.beside(second, stages.shown)
