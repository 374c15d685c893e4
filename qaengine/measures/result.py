"""What a measure says: numbers with their limits, and the list of those whom they count."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qaengine.model.measure import Measure
from qaengine.sample.rate import clopper_pearson

CONFIDENCE = 0.95
_RISK = (1 - CONFIDENCE) / 2


class State(StrEnum):
    """How a record or a child stands in a measure."""

    COUNTED = "counted"
    SO = "so"
    NOT_SO = "not so"
    DONE = "done"
    DONE_LATE = "done, past the limit"
    WAITING = "waiting"
    PROJECTED = "waiting, likely to pass the limit"
    PAST = "waiting, past the limit"
    UNDECIDED = "not enough recorded"


@dataclass(frozen=True, slots=True)
class Line:
    """One record, or one child, in the list of a measure."""

    child_id: str
    record_id: str
    state: State
    code: str = ""
    start: date | None = None
    end: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those counted are so, exactly; `n` are those of whom it is known.

    `interval` is the exact interval of Clopper and Pearson: what the same practice could have given by chance.
    `bounds` are the shares if every one that is not decided turned out against, and for.
    """

    so: int
    n: int
    bounds: tuple[float, float] | None = None

    @property
    def share(self) -> float | None:
        return self.so / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.n:
            return None
        low, high = clopper_pearson(self.n, self.so, _RISK), 1 - clopper_pearson(self.n, self.n - self.so, _RISK)
        return low, high


@dataclass(frozen=True, slots=True)
class Code:
    """How many are of one kind, of all; `perhaps` are those of whom that is not known."""

    name: str
    share: Share
    perhaps: int = 0


@dataclass(frozen=True, slots=True)
class Time:
    """How long it takes. `running` are those still waiting, `past` and `projected` among them."""

    mean: float | None
    median: float | None
    done: int
    late: int
    running: int
    past: int
    projected: int


@dataclass(frozen=True, slots=True)
class Result:
    """What one measure says. `n` counts records, or children, or what is shared once; `children` whose they are."""

    measure: Measure
    n: int
    children: int
    undecided: int
    lines: tuple[Line, ...]
    share: Share | None = None
    codes: tuple[Code, ...] = ()
    time: Time | None = None
