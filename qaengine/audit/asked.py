"""What a person is asked about one child, where the library holds more questions than anybody answers.

Asked always: what is flagged for reading, every question of a critical standard, and the impact of one that is not met.
The rest is asked while there is room: first one question of each theme, of the standard that most needs a person; then
one of each other standard, and the impact of what is not met; then the others. A question is not asked where the record
holds nothing of what it is to be answered from. With every question wanted, all are asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qaengine.audit.facts import WHOLE
from qaengine.audit.progress import UNDECIDED
from qaengine.model.casefile import CaseFile
from qaengine.model.result import By, Finding, Level, Result
from qaengine.model.standard import Asks, Severity, Standard

MOST = 20  # rows about standards that a child has on the form, where nothing forces more
FEWEST = 6  # of those that are asked while there is room, though what is asked always fills the form
IMPACT = ""  # asked of a standard and not of a check
Key = tuple[str, str]
"""A standard and the check that is asked; no check: the impact of its not being met."""

PRESSING = (Result.NOT_MET, Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR, Result.MET)
GRAVEST = list(Severity)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about one child; how many rows were left out for want of room, or of anything to read."""

    keys: frozenset[Key]
    no_room: int = 0
    nothing_to_read: int = 0


NOTHING_ASKED = Asked(frozenset())


@dataclass(frozen=True, slots=True)
class _Row:
    """Something that could be asked. `turn` says when: the first questions of a standard before its others."""

    key: Key
    standard: Standard
    result: Result
    turn: int
    always: bool


def asked(standards: Iterable[Standard], found: Iterable[Finding], file: CaseFile, every: bool = False) -> Asked:
    """What is asked about the child whose findings these are."""
    findings = list(found)
    results = {f.standard: f.result for f in findings if f.level is Level.STANDARD and f.by is By.RECORD}
    referred = {
        (f.standard, f.check) for f in findings if f.level is Level.CHECK and f.result is Result.REFER_TO_AUDITOR
    }
    rows: list[_Row] = []
    empty = 0
    for standard in standards:
        checks = [check for check in standard.checks if (standard.id, check.id) in referred]
        critical, turn = standard.severity is Severity.CRITICAL, 0
        for check in checks:
            question = isinstance(check.test, Asks)
            if question and not (every or critical) and _nothing(check.test, file):
                empty += 1
                continue
            rows.append(_Row((standard.id, check.id), standard, results[standard.id], turn, critical or not question))
            turn += question
        if critical and not checks and results[standard.id] in UNDECIDED:
            rows.append(_Row((standard.id, WHOLE), standard, results[standard.id], 0, True))
        if results[standard.id] is Result.NOT_MET:
            rows.append(_Row((standard.id, IMPACT), standard, Result.NOT_MET, 1, critical))
    chosen = rows if every else list(_chosen(rows))
    return Asked(frozenset(row.key for row in chosen), len(rows) - len(chosen), empty)


def _nothing(test: object, file: CaseFile) -> bool:
    """Whether the record holds nothing of what a question is answered from. What no source carries may be elsewhere."""
    types = test.look_at if isinstance(test, Asks) else ()
    return bool(types) and all(name in file.records and not file.records[name] for name in types)


def _chosen(rows: list[_Row]) -> Iterator[_Row]:
    always = [row for row in rows if row.always]
    yield from always
    room = max(MOST - len(always), FEWEST)
    yield from _in_turn([row for row in rows if not row.always])[:room]


def _in_turn(rows: list[_Row]) -> list[_Row]:
    """The order in which the rest are asked: the first of each theme, then the first of each standard."""
    ordered = sorted(rows, key=_need)
    first: Mapping[str, _Row] = {row.standard.theme: row for row in reversed(ordered) if row.turn == 0}
    of_theme = {row.key for row in first.values()}
    return sorted(ordered, key=lambda row: (row.key not in of_theme, row.turn))


def _need(row: _Row) -> tuple[int, int]:
    """What most needs a person: what is not met, then what is not decided; and the gravest."""
    pressing = PRESSING.index(row.result) if row.result in PRESSING else len(PRESSING)
    return pressing, GRAVEST.index(row.standard.severity)
