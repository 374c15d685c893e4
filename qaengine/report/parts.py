"""The values that the reports share: scope, counts, intervals, how children were chosen, findings, actions, grades.

See `views` for the three reports themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qaengine.judge.facts import Grade
from qaengine.model.result import By, Evidence, Missing, Origin, Result


def require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Window:
    """The days looked at, the first and the last included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        require(self.start <= self.end, f"the window ends on {self.end}, before it starts on {self.start}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What stands on every page: whose report it is, the date for which all is evaluated, and who may read it."""

    service: str
    as_at: date
    window: Window | None = None
    marking: str = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many subjects came to each result."""

    met: int = 0
    not_met: int = 0
    not_yet_due: int = 0
    not_applicable: int = 0
    cannot_decide: int = 0
    refer_to_auditor: int = 0

    def __post_init__(self) -> None:
        require(all(self.of(result) >= 0 for result in Result), "a count is below zero")

    @classmethod
    def from_results(cls, results: Iterable[Result]) -> "Counts":
        """The counts of a run of results."""
        tally = dict.fromkeys(Result, 0)
        for result in results:
            tally[result] += 1
        return cls(**{result.value: n for result, n in tally.items()})

    def of(self, result: Result) -> int:
        return int(getattr(self, result.value))

    @property
    def decided(self) -> int:
        return self.met + self.not_met

    @property
    def undecided(self) -> int:
        return self.cannot_decide + self.refer_to_auditor

    @property
    def total(self) -> int:
        return sum(self.of(result) for result in Result)


@dataclass(frozen=True, slots=True)
class Interval:
    """Two shares between 0 and 1, the lower first."""

    low: float
    high: float

    def __post_init__(self) -> None:
        require(0 <= self.low <= self.high <= 1, f"{self.low} to {self.high} is not an interval of shares")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a sample says of its frame. `decided` is the exact interval of met among the decided; `bounds` runs from
    the lower limit if every undecided case turns out not met to the upper limit if every one turns out met. Both
    are None where there is nothing to estimate from; of a census, both are single shares or the two extremes.
    """

    decided: Interval | None
    bounds: Interval | None
    confidence: float = 0.95
    weighted: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What the plan set out to reach, and by when. `source` names the document."""

    share: float
    words: str
    by: date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        require(0 <= self.share <= 1, f"{self.share} is not a share between 0 and 1")


@dataclass(frozen=True, slots=True)
class StandardLine:
    """A practice standard as it is named on paper. `short` (up to about 24 characters) heads a narrow column."""

    id: str
    title: str
    severity: str
    short: str = ""
    intent: str = ""
    source: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class ToDo:
    """Who does what by when. `urgent` sets it first and apart."""

    who: str
    what: str
    by: date | None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Concern:
    """A child who may be unsafe now: what was seen, to whom and when it was passed on and acknowledged, and
    what the reader of the file wrote. `passed_to` is empty where nothing is known of it but that note."""

    children: tuple[str, ...]
    what: str
    raised_on: date
    passed_to: str
    passed_on: date | None = None
    acknowledged: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number the findings rest on: its value as words ("12 months"), its source and its owner."""

    standard: str
    name: str
    value: str
    source: str
    owner: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Excluded:
    reason: str
    children: int


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the frame drawn from separately."""

    name: str
    frame: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Replacement:
    out: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """How the children were chosen, for anyone to replay. `population` is a plural noun ("looked-after children");
    `population_size` less the exclusions is `frame_size`; `drawn` is in the order of the draw; `chance` says what
    a draw of this size can find. A census draws its whole frame.
    """

    population: str
    population_size: int
    frame_size: int
    method: str
    drawn: tuple[str, ...]
    seed: str = ""
    frame_hash: str = ""
    excluded: tuple[Excluded, ...] = ()
    strata: tuple[Stratum, ...] = ()
    replaced: tuple[Replacement, ...] = ()
    chance: str = ""
    census: bool = False

    def __post_init__(self) -> None:
        out = sum(line.children for line in self.excluded)
        require(
            self.population_size - out == self.frame_size,
            f"{self.population_size} less {out} excluded is not a frame of {self.frame_size}",
        )
        require(len(set(self.drawn)) == len(self.drawn), "a child was drawn twice")
        require(len(self.drawn) <= self.frame_size, "more children were drawn than the frame holds")
        require(not self.census or len(self.drawn) == self.frame_size, "a census draws its whole frame")


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One thing found about one child, from the evidence to the action. `late` says it is done, but after the day;
    `answer` and `note` are those of a person who has read the file, and then `result` is as read; `exception` says
    that it was agreed, and `number` whose the limit is, where it is the council's own."""

    standard: str
    check: str
    result: Result
    found: str
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()
    action: str = ""
    owner: str = ""
    due: date | None = None
    late: bool = False
    by: By = By.RECORD
    answer: str = ""
    note: str = ""
    exception: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class ResultOf:
    """The result of one standard for one child, as recorded and (where a person has read or must read) as read."""

    standard: str
    as_recorded: Result
    as_read: Result | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A question that only a person can answer, and what was answered (empty: not answered yet)."""

    question: str
    answer: str = ""
    grade: Grade | None = None
    why: str = ""
    answered_by: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The best grade the record allows (None: no ceiling), why, which rules fired; `withheld` says why no grade yet."""

    grade: Grade | None
    reasons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A grade that a person has confirmed, and the moderator's where there was one; `on` where the day was given."""

    grade: Grade
    by: str
    on: date | None = None
    reason: str = ""
    moderated_by: str = ""
    before_moderation: Grade | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """How to disagree: with whom, and by when."""

    to: str
    by: date


@dataclass(frozen=True, slots=True)
class InputFile:
    name: str
    sha256: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the report: the engine, its version, what judged, and the hash of every input."""

    version: str
    judged_by: str
    inputs: tuple[InputFile, ...]
    engine: str = "qaengine"


@dataclass(frozen=True, slots=True)
class Annex:
    """What every report ends with."""

    provenance: Provenance
    parameters: tuple[Parameter, ...] = ()
    caveats: tuple[str, ...] = ()
    reply: Reply | None = None
    brief: bool = False  # one line a number: each stands in full in the standard's own file
