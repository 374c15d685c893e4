"""Independence: nobody audits a child with whom they had a part in the window."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qaengine.model.problem import ExitCode, InputError, Problem


class Part(StrEnum):
    """The parts that bar an auditor."""

    WORKER = "worker"
    SUPERVISOR = "supervisor"
    CHAIR = "chair"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Role:
    """Who had which part with a child, from the first day to the last, both included. A blank first day is "always",
    a blank last day "still". Raises InputError (CASE_DATA) where the last day is before the first."""

    part: Part
    person: str
    first_day: date | None = None
    last_day: date | None = None

    def __post_init__(self) -> None:
        _in_order(f"{self.part} {self.person!r}", self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Window:
    """The period that an audit looks at, both days included. Raises InputError (CASE_DATA) where it ends too early."""

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        _in_order("window", self.first_day, self.last_day)


def conflicts(auditor: str, roles: Iterable[Role], window: Window) -> tuple[Role, ...]:
    """The roles that bar this auditor from auditing the child: their own, with at least one day in the window."""
    return tuple(
        role
        for role in roles
        if role.person == auditor
        and (role.first_day is None or role.first_day <= window.last_day)
        and (role.last_day is None or role.last_day >= window.first_day)
    )


def _in_order(what: str, first: date | None, last: date | None) -> None:
    if first and last and last < first:
        problem = Problem(
            "roles",
            0,
            0,
            f"{what}: the last day is before the first",
            found=last.isoformat(),
            expected=f"{first.isoformat()} or later",
        )
        raise InputError([problem], ExitCode.CASE_DATA)
