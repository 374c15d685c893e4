"""Case files as plain Python: one child, the child's records, and what the source does not carry.

This is what the reference evaluates and what explains a finding. `cases` makes the same content into tables for
the engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Value = str | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One record. A key left out of `values` is not carried; None is left blank. `contradictory` fields are held
    to be unknown whatever their value."""

    id: str
    values: Mapping[str, Value]
    contradictory: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The records held on one child. A record type left out of `records` is not carried; an empty tuple is none.

    Rows stand in the order of their ids: the order that breaks every tie.
    """

    child_id: str
    child: Row
    records: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True)
class CaseSet:
    """All the case files of a source.

    `not_carried` names the fields (by record type) that the source as a whole does not carry; `own_date` is the date
    for which the source speaks, if it says so (the 31 March of a return); `origin` is a line for reports.
    """

    files: tuple[CaseFile, ...]
    not_carried: Mapping[str, frozenset[str]] = field(default_factory=dict)
    own_date: date | None = None
    origin: str = ""
