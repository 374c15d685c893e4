"""A practice standard, resolved: what the YAML said, with every name looked up and every number in place.

Built only by `standards.loader`, which reports what is wrong in the file. These models are what the engines,
the reports and the documentation read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from qaengine.model.condition import TRUE, Condition, Moment, Ref
from qaengine.model.parameter import Parameter
from qaengine.model.period import Period
from qaengine.model.result import By, Result
from qaengine.model.trajectory import Target, Trajectory


class Severity(StrEnum):
    """How much hangs on a standard. It belongs to the standard, never to a check."""

    CRITICAL = "critical"  # a child may be unsafe, or a statutory safeguarding duty was not done
    MAJOR = "major"  # a duty of statute or plan; harm from drift is likely
    MINOR = "minor"  # record keeping


@dataclass(frozen=True, slots=True)
class Source:
    """Where a standard comes from: a document and the place in it, or a page."""

    document: str
    reference: str
    url: str = ""
    covers: tuple[str, ...] = ()  # what of it the standard answers: an objective, a finding, a point of a visit


@dataclass(frozen=True, slots=True)
class Anchor:
    """A record that several checks speak of: the nth latest or earliest, by a date, of those that satisfy `where`."""

    name: str
    record_type: str
    latest: bool
    by: str
    nth: int = 1
    where: Condition = TRUE


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Fields of a record that cannot both be true: while `when` holds, they are cannot-know."""

    record_type: str
    when: Condition
    fields: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Due:
    """The last day for a duty: a period after a moment."""

    of: Moment
    within: Period


@dataclass(frozen=True, slots=True)
class Has:
    """At least `at_least` records satisfy `where`; with `fresh`, and are no older than that."""

    record_type: str
    where: Condition
    at_least: int = 1
    dated: str = ""  # the date that orders the records and that `no_older_than` measures
    no_older_than: Period | None = None
    due: Due | None = None  # until then absence is not_yet_due


@dataclass(frozen=True, slots=True)
class Each:
    """Every record in scope (of a type, or the one that an anchor names) satisfies `must`."""

    record_type: str
    where: Condition
    must: Condition
    anchor: str = ""
    due: Due | None = None  # until then what is not so is not_yet_due


@dataclass(frozen=True, slots=True)
class Response:
    """What answers a trigger: a record dated on or after it, or (with no type) a date on the trigger itself.

    `dated` is a field of the response, or a field of the trigger for what answers it at once.
    """

    record_type: str
    dated: Ref
    where: Condition = TRUE


@dataclass(frozen=True, slots=True)
class FollowedBy:
    """Each trigger record is followed by a response within a period, or by a date that the trigger itself names."""

    record_type: str
    where: Condition
    dated: str
    within: Period | None  # None where the trigger says `by` when
    responses: tuple[Response, ...]
    mitigated_by: Response | None = None  # a reason authorised before the deadline: still not_met, and said so
    by: str = ""  # the date of the trigger that is the last day


@dataclass(frozen=True, slots=True)
class Includes:
    """The parts of each record in scope cover a required set."""

    record_type: str
    where: Condition
    required: tuple[str, ...]
    among: str  # the record type of the parts
    link: str  # the field of a part that holds the id of the whole
    by: str  # the field of a part that says what it covers
    counting: Condition = TRUE
    or_refer: Condition | None = None  # covered only like this: a person decides


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which events are due: of each record of a type, or (with no type) one of the child.

    The dates are fields of the record, or of the child or an anchor. One that has not ended is open.
    """

    starts: Ref
    ends: Ref | None = None
    record_type: str = ""
    where: Condition = TRUE


@dataclass(frozen=True, slots=True)
class GapLimit:
    """How long an interval may last: the `nth` of its span (of any, if None), where `when` holds."""

    within: Period
    when: Condition = TRUE
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class LooksBack:
    """What ended longer ago than this is not looked at; what has not ended always is."""

    period: Period


@dataclass(frozen=True, slots=True)
class NoGapOver:
    """Successive events of a span are never further apart than a limit: the first of the limits that is for them."""

    record_type: str
    where: Condition
    dated: str
    span: Span
    limits: tuple[GapLimit, ...]
    looks_back: LooksBack | None = None


@dataclass(frozen=True, slots=True)
class AtMost:
    """Each record has lasted no longer than a period, unless another record explains it."""

    record_type: str
    where: Condition
    starts: str
    ends: str
    within: Period
    unless: tuple[Response, ...] = ()
    looks_back: LooksBack | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """At least so many per cent of the records satisfy `must`; with a trajectory, those of the target that is due."""

    record_type: str
    where: Condition
    must: Condition
    at_least: int | Trajectory

    def asked(self, as_at: date) -> tuple[int, Target | None]:
        """How many per cent are asked for; before the first target of a trajectory that one, which is to come."""
        if not isinstance(self.at_least, Trajectory):
            return self.at_least, None
        due = self.at_least.due_at(as_at)
        coming = self.at_least.targets[0] if due is None else None
        return (due or self.at_least.targets[0]).percent, coming


@dataclass(frozen=True, slots=True)
class Asks:
    """A question that only a person can answer."""

    question: str
    guidance: str = ""
    answers: tuple[str, ...] = ("met", "not met", "not applicable")
    look_at: tuple[str, ...] = ()


Test = Has | Each | FollowedBy | Includes | NoGapOver | AtMost | Share | Asks

KINDS: dict[type, str] = {
    Has: "has",
    Each: "each",
    FollowedBy: "followed_by",
    Includes: "includes",
    NoGapOver: "no_gap_over",
    AtMost: "at_most",
    Share: "share",
    Asks: "asks",
}


@dataclass(frozen=True, slots=True)
class Remedy:
    """What mends it: the action, whose it is, and by when."""

    action: str
    owner: str
    within: Period


@dataclass(frozen=True, slots=True)
class Check:
    """One testable part of a standard.

    A check decided `by` a reader never gives met or not_met: what would be not_met is referred to an auditor, and
    what would be met leaves nothing to read (`not_applicable`).
    """

    id: str
    says: str
    test: Test
    by: By = By.RECORD
    when: Condition = TRUE  # the children it is for
    red_flag: bool = False
    remedy: Remedy | None = None  # what mends this check, where it is not what mends the standard
    depends_on: Condition = TRUE  # without this it cannot be decided
    counts_to: str = ""  # the parameter that is its limit where it counts records
    measures_to: str = ""  # and where it measures time

    @property
    def kind(self) -> str:
        return KINDS[type(self.test)]


@dataclass(frozen=True, slots=True)
class Use:
    """Where a parameter that is a number or a period is used: the check (or "" for the standard) and the node."""

    parameter: str
    check: str
    node: object


@dataclass(frozen=True, slots=True)
class Example:
    """A case with what the standard must say of it. `case` is a native case file without its reference, as laid over
    the case that is `given` for all of them."""

    name: str
    as_at: date
    case: dict[str, Any]
    expect: dict[str, Result]  # check id, or `standard` (as recorded), or `read` (as read)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Standard:
    """A practice standard: population, checks, remedy, sources, examples."""

    id: str
    title: str
    theme: str
    severity: Severity
    intent: str
    short: str
    reads: tuple[str, str]  # after a number of children, one and many: "has / have an SDQ from the last 12 months"
    sources: tuple[Source, ...]
    applies_to: Condition
    checks: tuple[Check, ...]
    remedy: Remedy
    parameters: tuple[Parameter, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    examples: tuple[Example, ...] = ()
    uses: tuple[Use, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    file: str = ""
    target: Trajectory | None = None  # how many of the children are to meet it, and by when
    rests_on: tuple[str, ...] = ()  # the checks that its title speaks of: met only where one of them is; none: any

    def supported_by(self, check: Check) -> bool:
        """Whether that this check is met counts for the standard."""
        return not self.rests_on or check.id in self.rests_on

    def remedy_of(self, check_id: str | None) -> Remedy:
        """What mends a check: its own remedy, or that of the standard."""
        own = next((check.remedy for check in self.checks if check.id == check_id), None)
        return own or self.remedy

    def number(self, check: Check, unit: str | None) -> Parameter | None:
        """The parameter that is the limit of a check on what is measured in a unit; None where no parameter is."""
        name = check.counts_to if unit == "records" else check.measures_to if unit in ("days", "working days") else ""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def nodes(self) -> Iterator[object]:
        """All that its population, anchors, contradictions and checks are made of, down to the fields."""
        return _within((self.applies_to, self.anchors, self.contradictions, self.checks))

    def looks_at(self, record_type: str) -> bool:
        """Whether anything in it looks at records of a type."""
        return any(
            record_type in (getattr(node, "record_type", ""), getattr(node, "among", "")) for node in self.nodes()
        )

    def in_force(self, as_at: date) -> bool:
        """Whether practice on this date is judged by this standard."""
        return (self.effective_from or as_at) <= as_at <= (self.effective_to or as_at)


def _within(found: object) -> Iterator[object]:
    if isinstance(found, tuple):
        for part in found:
            yield from _within(part)
    elif is_dataclass(found):
        yield found
        for name in found.__dataclass_fields__:
            yield from _within(getattr(found, name))
