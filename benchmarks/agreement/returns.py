"""An SSDA903 return as both tools have it: the rows of its files, and the children as we work them out of it."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from agreement.compare import Key
from agreement.run import carried, stages_of
from qaengine.cases import read_cases
from qaengine.cases.derived.care import CHANGE_OF_CARER, SHORT_BREAKS, Spell, moves, periods, spells
from qaengine.cases.derived.child import age, birthday
from qaengine.cases.derived.lasting import continues
from qaengine.cases.derived.view import NC, Cell
from qaengine.cases.source import Source
from qaengine.evaluate.by_child import results_by_child
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.period import Period
from qaengine.model.result import Result

SDQ = "sdq-annual-update"
TWELVE_MONTHS = Period.parse("12 months")
SAME_CARER = frozenset({"L", "T", "U"})
"""Reasons for a new episode (RNE) that say that care goes on with the same carer; `CHANGE_OF_CARER` are the others."""
GOES_ON = SAME_CARER | CHANGE_OF_CARER
ENDS_NOTHING = "X1"
"""The reason for the end of an episode (REC) that says that another begins at once."""
FILES = {"OC2": "oc2", "Reviews": "reviews", "Episodes": "episodes", "AD1": "ad1", "OC3": "oc3"}
"""The tables by the names that the validator gives them, and the file that holds each."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: its number (from 0, as the validator counts) and its cells as they were typed."""

    table: str
    number: int
    cells: Mapping[str, str]

    @property
    def key(self) -> Key:
        return self.table, str(self.number)

    @property
    def child(self) -> str:
        return self.cells["CHILD"]

    @property
    def where(self) -> str:
        return f"{FILES[self.table]}.csv line {self.number + 2}"

    def any_of(self, *headings: str) -> bool:
        """Whether a column of these is filled in."""
        return any(self.cells.get(heading) for heading in headings)

    def all_of(self, *headings: str) -> bool:
        """Whether every column of these is filled in."""
        return all(self.cells.get(heading) for heading in headings)


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode: its row, and our record of it as the file has it, before the cut at the year's end."""

    line: Line
    id: str
    started: date
    ended: date | None
    legal_status: str | None
    reason_started: str | None
    reason_ended: str | None
    placement: str | None

    @property
    def is_short_break(self) -> bool:
        return self.legal_status in SHORT_BREAKS


@dataclass(frozen=True)
class Child:
    """A child as we work it out at the year's end: `known` are our episodes after the cut, `there` the ids of all
    records after it. `episodes` are those of the file, in the order of their starts."""

    id: str
    year_end: date
    born: date | None
    since: date | None
    known: Sequence[Row]
    there: frozenset[str]
    episodes: Sequence[Episode]

    @property
    def year_start(self) -> date:
        return date(self.year_end.year - 1, 4, 1)

    @cached_property
    def care(self) -> Sequence[Spell]:
        """The episodes of care, short breaks left out."""
        return spells(*columns(self.known, "started", "ended", "legal_status")) or []

    @cached_property
    def unbroken(self) -> Sequence[Sequence[Spell]]:
        """The unbroken periods of care."""
        return list(periods(self.care))

    @cached_property
    def moved(self) -> frozenset[str]:
        """The ids of the episodes with which the child moved."""
        placement, reason = columns(self.known, "placement", "reason_started")
        spells_of_moves = (spell for period in self.unbroken for spell in moves(period, placement, reason))
        return frozenset(self.known[spell.place].id for spell in spells_of_moves)

    @cached_property
    def with_carer(self) -> Mapping[str, Cell]:
        """For each episode, whether the time with one carer goes on. Who the carer is, a return does not say."""
        started, ended, reasons = columns(self.known, "started", "ended", "reason_started")
        same: list[Cell] = [reason in SAME_CARER for reason in reasons]
        found = continues(started, ended, [NC] * len(same), same)
        return {row.id: cell for row, cell in zip(self.known, found, strict=True)}

    @property
    def continuous(self) -> bool:
        """Looked after on every day of the year without a break, as sdq-annual-update asks it of a return."""
        return self.since is not None and self.since <= self.year_start

    def aged(self, day: date) -> int | None:
        """The age on a day; None where the birth is not known."""
        return None if self.born is None else age(self.born, day)

    def turns(self, years: int) -> date | None:
        """The day of a birthday."""
        return None if self.born is None else birthday(self.born, years)


def columns(rows: Sequence[Row], *names: str) -> tuple[list[Cell], ...]:
    """Fields of rows, one list a field."""
    return tuple([row.values.get(name, NC) for row in rows] for name in names)


@dataclass(frozen=True)
class Return:
    """A return: the rows of its files by table and child, the children after the cut, and our records before it.

    `not_met` are the children for whom sdq-annual-update, run as it is, says that the return year has no SDQ.
    """

    year_end: date
    rows: Mapping[str, Mapping[str, Sequence[Line]]]
    children: Mapping[str, Child]
    records: Mapping[str, CaseFile]
    not_met: frozenset[str]

    def lines(self, table: str) -> list[tuple[Child, Line]]:
        """The rows of a table, each with its child, where the header has the child."""
        return [
            (self.children[child_id], line)
            for child_id, lines in self.rows[table].items()
            if child_id in self.children
            for line in lines
        ]

    def pairs(self, table: str, record_type: str) -> list[tuple[Child, Line, Row]]:
        """The same, each with our record of it: we keep the rows of a child in the order of the file."""
        return [
            (self.children[child_id], line, record)
            for child_id, lines in self.rows[table].items()
            if child_id in self.children
            for line, record in zip(lines, carried(self.records[child_id], record_type), strict=True)
        ]


def read_return(folder: Path) -> Return:
    """Our reading of a return, and the rows of its files beside it."""
    source = read_cases(folder)
    year_end = source.own_date
    if year_end is None:
        raise SystemExit(f"{folder}: no episode has a date, so nothing says what year the return is for")
    rows = {table: _by_child(folder / f"{name}.csv", table) for table, name in FILES.items()}
    records = {file.child_id: file for file in source.case_set().files}
    standing = source.as_at(year_end)
    cut = standing.case_set()
    children = {
        file.child_id: _child(file, rows["Episodes"].get(file.child_id, ()), records[file.child_id], year_end)
        for file in cut.files
    }
    return Return(year_end, rows, children, records, _sdq_not_met(standing, year_end))


def _sdq_not_met(standing: Source, year_end: date) -> frozenset[str]:
    """The children for whom the standard says that neither a score nor a reason is on file, or none for the year."""
    results = results_by_child(stages_of(SDQ), standing, year_end)
    return frozenset(
        child_id
        for check in ("on-file", "in-return-year")
        for child_id, result in results.get((SDQ, check), {}).items()
        if result is Result.NOT_MET
    )


def _child(file: CaseFile, lines: Sequence[Line], whole: CaseFile, year_end: date) -> Child:
    rows = zip(lines, carried(whole, "episodes"), strict=True)
    episodes = [_episode(line, row) for line, row in rows if isinstance(row.values["started"], date)]
    there = frozenset(row.id for record_type in file.records for row in carried(file, record_type))
    values: Mapping[str, Any] = file.child.values
    return Child(
        file.child_id,
        year_end,
        values.get("born"),
        values.get("looked_after_since"),
        carried(file, "episodes"),
        there,
        sorted(episodes, key=lambda episode: (episode.started, episode.line.number)),
    )


def _episode(line: Line, row: Row) -> Episode:
    values: Mapping[str, Any] = row.values
    names = ("started", "ended", "legal_status", "reason_started", "reason_ended", "placement")
    return Episode(line, row.id, *(values[name] for name in names))


def _by_child(path: Path, table: str) -> Mapping[str, Sequence[Line]]:
    """The rows of a file by child; none where there is no such file."""
    found: dict[str, list[Line]] = defaultdict(list)
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, cells in enumerate(csv.DictReader(file)):
                found[cells["CHILD"]].append(Line(table, number, cells))
    return found
