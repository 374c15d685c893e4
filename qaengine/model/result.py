"""What an evaluation says: results, what was missing, the evidence, and findings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qaengine.model.agreed import Excepted


class Result(StrEnum):
    """The result of one check on one subject. Never called an outcome: outcomes belong to children."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_YET_DUE = "not_yet_due"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_DECIDE = "cannot_decide"
    REFER_TO_AUDITOR = "refer_to_auditor"


# The one order in which records roll up into a check and checks into a standard (architecture, "Rolling up").
ROLL_UP_ORDER = (
    Result.NOT_MET,
    Result.CANNOT_DECIDE,
    Result.REFER_TO_AUDITOR,
    Result.MET,
    Result.NOT_YET_DUE,
    Result.NOT_APPLICABLE,
)


def roll_up(results: Iterable[Result]) -> Result:
    """The result of the whole from the results of its parts; of no parts, `not_applicable`."""
    present = set(results)
    return next((result for result in ROLL_UP_ORDER if result in present), Result.NOT_APPLICABLE)


class Why(StrEnum):
    """Why something cannot be decided."""

    NOT_CARRIED = "not_carried"  # the source has no such record type or field
    LEFT_BLANK = "left_blank"  # the source has it and it was left empty
    CONTRADICTORY = "contradictory"  # it is filled in and cannot be true


class Level(StrEnum):
    """Whether a finding speaks of one record, of one check, or of a whole standard."""

    RECORD = "record"
    CHECK = "check"
    STANDARD = "standard"


class By(StrEnum):
    """Who decides: the record itself, or a person who reads it."""

    RECORD = "record"
    READER = "reader"


class Origin(StrEnum):
    """Where a number in a standard comes from."""

    SOURCE = "source"  # stated in the regulation, guidance or plan that is named
    LOCAL = "local"  # this council's own number
    PROPOSED = "proposed"  # a default that nobody has confirmed yet


@dataclass(frozen=True, slots=True)
class Number:
    """The parameter that a limit is: its name, its value in words, and whose it is."""

    name: str
    value: str
    origin: Origin


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """A field without which something cannot be decided, and why. `field` is empty for a whole record type."""

    record: str
    field: str
    why: Why


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pointer to a record that shows the finding: its type, its id in the source, and its date."""

    record: str
    record_id: str
    date: date | None


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check on one subject (or its roll-up), with what was measured and the evidence.

    `measured` and `limit` are whole numbers of `unit` ("days", "working days", "records", "parts"); `due_on` is
    the last day on which the duty is met; `late` says that it was done, but after that day; `since` is the first
    day on which a `not_met` was so; `number` is the parameter that `limit` comes from, if one does; `exception` marks
    what is not met and was agreed to be so. At level `standard` a finding is written twice: `by` record ("as
    recorded") and `by` reader ("as read").
    """

    level: Level
    child_id: str
    standard: str
    check: str | None
    by: By
    result: Result
    record: str | None = None
    record_id: str | None = None
    measured: int | None = None
    limit: int | None = None
    unit: str | None = None
    due_on: date | None = None
    late: bool = False
    mitigation: str | None = None
    since: date | None = None
    missing: tuple[Missing, ...] = ()
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    number: Number | None = None
    exception: Excepted | None = None

    @property
    def excepted(self) -> bool:
        """Whether it is not met under an agreed exception that is in force."""
        return self.exception is not None and self.exception.in_force
