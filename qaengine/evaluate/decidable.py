"""What a source lets the standards decide, told from what it carries, before any child is looked at.

A check can be decided where everything that it has to know may be known from the source; whether it is for any child is
another matter. What is missing is named either way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from qaengine.evaluate.engine.needs import of_condition, of_test
from qaengine.evaluate.possible import MayCarry, possible
from qaengine.model.condition import Condition
from qaengine.model.records import CHILD, FINDINGS, RECORD_TYPES
from qaengine.model.result import By
from qaengine.model.standard import (
    Asks,
    AtMost,
    Check,
    Each,
    FollowedBy,
    Has,
    Includes,
    NoGapOver,
    Response,
    Share,
    Standard,
    Test,
)

Field = tuple[str, str]
"""A record type and a field of it; an empty field is the type itself."""


class Can(StrEnum):
    """How far a standard can be decided from a source."""

    DECIDE = "can be decided"
    PARTLY = "can be decided in part"
    POPULATION = "cannot be decided: whom it is for is not known"
    NOTHING = "cannot be decided"
    READER = "is for a person to read"


@dataclass(frozen=True, slots=True)
class CheckCan:
    """Whether a check can be decided, and the fields that it reads and the source does not carry."""

    check: Check
    decides: bool
    missing: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class StandardCan:
    """How far a standard can be decided, and each of its checks that the record decides."""

    standard: Standard
    can: Can
    checks: tuple[CheckCan, ...]
    missing: tuple[Field, ...]  # of what tells whom it is for

    @property
    def decided(self) -> int:
        """How many of its checks can be decided."""
        return sum(check.decides for check in self.checks)

    def lacks(self) -> tuple[Field, ...]:
        """Every field that it reads and the source does not carry; a type that is missing stands for its fields."""
        found = dict.fromkeys((*self.missing, *(field for check in self.checks for field in check.missing)))
        types = {name for name, field in found if not field}
        return tuple(field for field in found if not field[1] or field[0] not in types)


def decidable(standards: Iterable[Standard], may_carry: MayCarry) -> tuple[StandardCan, ...]:
    """How far each standard can be decided from a source that may carry some fields."""

    def may(name: str, field: str) -> bool:
        return name == FINDINGS.name or may_carry(name, field)  # findings are made for every child

    return tuple(_standard(standard, may) for standard in standards)


def _standard(standard: Standard, may: MayCarry) -> StandardCan:
    checks = tuple(_check(check, may) for check in standard.checks if check.by is By.RECORD)
    decided = sum(check.decides for check in checks)
    if True not in possible(standard.applies_to, may):
        can = Can.POPULATION
    elif not checks:
        can = Can.READER
    elif decided == len(checks):
        can = Can.DECIDE
    else:
        can = Can.PARTLY if decided else Can.NOTHING
    return StandardCan(standard, can, checks, _lacking(_of_condition(standard.applies_to), may))


def _check(check: Check, may: MayCarry) -> CheckCan:
    fields = [*_of_condition(check.when), *_of_condition(check.depends_on)]
    fields += [(name, column.field) for name, column in of_test(check.test)]
    decides = _may_be_so(check.when, may) and _may_be_so(check.depends_on, may) and _decides(check.test, may)
    return CheckCan(check, decides, _lacking(fields, may))


def _of_condition(condition: Condition) -> Iterator[Field]:
    return ((name, column.field) for name, column in of_condition(condition))


def _lacking(fields: Iterable[Field], may: MayCarry) -> tuple[Field, ...]:
    """The fields that the source does not carry; the type alone where it carries none of it."""
    found: dict[Field, None] = {}
    for name, field in fields:
        if not may(name, ""):
            found[name, ""] = None
        elif field not in ("id", "child_id") and field in _fields(name) and not may(name, field):
            found[name, field] = None
    return tuple(found)


def _fields(name: str) -> Iterable[str]:
    return (CHILD if name == CHILD.name else RECORD_TYPES[name]).fields


def _may_be_so(condition: Condition, may: MayCarry) -> bool:
    return True in possible(condition, may)


def _may_be_told(condition: Condition, may: MayCarry) -> bool:
    return bool(possible(condition, may))


def _decides(test: Test, may: MayCarry) -> bool:
    """Whether a test can come to met or not met for any record or child of the source.

    What asks for a record is decided at least for the children who have none of its type.
    """
    match test:
        case Asks():
            return False
        case Each() | Share():
            return may(test.record_type, "") and _may_be_so(test.where, may) and _may_be_told(test.must, may)
        case Has():
            return may(test.record_type, "")
        case FollowedBy():
            begins = may(test.record_type, test.dated) and (not test.by or may(test.record_type, test.by))
            answers = any(_response(response, may) for response in test.responses)
            return begins and _may_be_so(test.where, may) and answers
        case Includes():
            parts = may(test.among, test.by) and _may_be_so(test.counting, may)
            return may(test.record_type, "") and _may_be_so(test.where, may) and parts
        case NoGapOver():
            starts = may(test.span.starts.record_type, test.span.starts.field)
            return starts and may(test.record_type, "")
        case AtMost():
            return may(test.record_type, test.starts) and _may_be_so(test.where, may)


def _response(response: Response, may: MayCarry) -> bool:
    if response.record_type:
        return may(response.record_type, "")
    return may(response.dated.record_type, response.dated.field) and _may_be_so(response.where, may)
