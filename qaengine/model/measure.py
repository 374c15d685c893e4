"""A measure of a cohort, resolved: what is counted over all children, where a standard looks at one.

Built only by `standards.measures`, which reports what is wrong in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from qaengine.model.condition import Condition, Ref
from qaengine.model.parameter import Parameter
from qaengine.model.period import Period
from qaengine.model.records import CHILD
from qaengine.model.standard import Anchor, Source, Use


class MeasureKind(StrEnum):
    """What is said of those counted."""

    LIST = "list"  # who they are: a review of every one of them
    COUNT = "count"  # how many there are
    SHARE = "share"  # how many of them are so
    AVERAGE = "average"  # how long it takes them, and who is still waiting
    BY_CODE = "by_code"  # how many there are of each kind


@dataclass(frozen=True, slots=True)
class Group:
    """One of several kinds, the first that holds being the one."""

    name: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Among:
    """The parts that say of which kinds a record is: it may be of several, or of none."""

    record_type: str
    link: str  # the field of a part that holds the id of the whole
    by: str  # the field of a part that says the kind
    counting: Condition  # which parts count


@dataclass(frozen=True, slots=True)
class Baseline:
    """What it was at the start, as its source says it."""

    says: str
    source: str


@dataclass(frozen=True, slots=True)
class MeasureExample:
    """A small cohort with what the measure must say of it. `cases` are native case files without their references."""

    name: str
    as_at: date
    cases: tuple[dict[str, Any], ...]
    expect: Mapping[str, Any]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted (`of`, `where`), what is said of it, and where that comes from."""

    id: str
    title: str
    kind: MeasureKind
    intent: str
    of: str  # the record type, or "child"
    where: Condition
    sources: tuple[Source, ...]
    must: Condition | None = None
    so: str = ""  # what is said of those that satisfy `must`
    by: Ref | None = None
    groups: tuple[Group, ...] = ()
    otherwise: str = ""  # the kind of those that are of no group
    among: Among | None = None
    start: tuple[Ref, ...] = ()  # the first of these that is filled in begins the time
    end: Ref | None = None
    limit: Period | None = None
    lead: Period | None = None  # what is still needed, at the least, of those who are waiting
    once_per: Ref | None = None
    baseline: Baseline | None = None
    shows_children: bool = True
    parameters: tuple[Parameter, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    uses: tuple[Use, ...] = ()
    examples: tuple[MeasureExample, ...] = ()
    file: str = ""

    @property
    def of_children(self) -> bool:
        """Whether children are counted, and not records."""
        return self.of == CHILD.name
