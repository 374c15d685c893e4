"""Agreed exceptions: what somebody with the authority to do so has agreed need not be so, for one child and a time.

An exception changes nothing that the record shows: the finding keeps its result and is marked. It only keeps a check
that is not met from counting against the child's standard, while it is in force.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """How an exception stands at a date."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    NOT_BEGUN = "not_begun"  # agreed after that date, so it does not exist yet


@dataclass(frozen=True, slots=True)
class AgreedException:
    """One agreed exception, from the day on which it was agreed to its last day, both included."""

    child: str
    standard: str
    check: str
    reason: str
    authorised_by: str  # a role or a reference, never a name
    agreed_on: date
    expires_on: date

    def standing(self, as_at: date) -> Standing:
        """How it stands at the end of a day."""
        if as_at < self.agreed_on:
            return Standing.NOT_BEGUN
        return Standing.IN_FORCE if as_at <= self.expires_on else Standing.EXPIRED


@dataclass(frozen=True, slots=True)
class Excepted:
    """The mark of an exception on a finding that is not met: in force, or expired so that it counts again."""

    agreed: AgreedException
    in_force: bool


class Exceptions:
    """All agreed exceptions as they stand at a date."""

    def __init__(self, agreed: Iterable[AgreedException] = (), as_at: date = date.min) -> None:
        self.agreed = tuple(agreed)
        self.as_at = as_at
        self._of: dict[tuple[str, str], dict[str, Excepted]] = {}
        for one in sorted(self.agreed, key=lambda one: one.agreed_on):
            standing = one.standing(as_at)
            if standing is not Standing.NOT_BEGUN:  # the latest that has begun is the one that speaks
                mark = Excepted(one, standing is Standing.IN_FORCE)
                self._of.setdefault((one.standard, one.child), {})[one.check] = mark

    def of(self, standard: str, child: str) -> Mapping[str, Excepted]:
        """The exceptions that have begun for a child, by check."""
        return self._of.get((standard, child), {})

    def in_force(self, standard: str, child: str) -> frozenset[str]:
        """The checks that are excepted for a child now."""
        return frozenset(check for check, mark in self.of(standard, child).items() if mark.in_force)

    def children(self, standard: str) -> Iterator[tuple[str, str]]:
        """Every check of a standard with a child for whom it is excepted now."""
        for (of, child), marks in self._of.items():
            if of == standard:
                yield from ((check, child) for check, mark in marks.items() if mark.in_force)


NO_EXCEPTIONS = Exceptions()
