"""The YAML of a standard, key by key: what a person may write, before any name in it is looked up."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1000)]
Condition = dict[str, Any]


class Strict(BaseModel):
    """A mapping with no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True, defer_build=True)


class SourceYaml(Strict):
    """Where a standard comes from."""

    document: Sentence
    reference: str = Field(min_length=1)
    url: str = ""
    covers: list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]] = []


class TargetYaml(Strict):
    """A share that is to be reached by a date."""

    by: date
    percent: int = Field(ge=1, le=100)


def _kind_of_value(value: Any) -> str:
    """Which kind of value is meant: what is wrong in it is then said of that kind alone."""
    if not isinstance(value, list):
        return "one"
    return "trajectory" if any(isinstance(item, dict | TargetYaml) for item in value) else "words"


Value = Annotated[
    Annotated[int | str, Tag("one")]
    | Annotated[list[str], Tag("words")]
    | Annotated[list[TargetYaml], Tag("trajectory")],
    Discriminator(_kind_of_value),
]


class ParameterYaml(Strict):
    """A number, a period, a choice, a list of words or a trajectory, with its source and its owner."""

    value: Value
    source: Sentence
    owner: Sentence
    proposed: bool = False
    choices: list[str] = []


class AnchorYaml(Strict):
    """A record that several checks speak of."""

    latest: str | None = None
    earliest: str | None = None
    nth: int = Field(default=1, ge=1, le=99)
    by: str
    where: Condition = {}


class ContradictoryYaml(Strict):
    """Fields that cannot both be true while `when` holds."""

    in_: str = Field(alias="in")
    when: Condition
    fields: list[str] = Field(min_length=1)
    says: Sentence


class ExampleYaml(Strict):
    """A case with what the standard must say of it."""

    name: Sentence
    as_at: date
    case: dict[str, Any] = {}
    expect: dict[str, str] = Field(min_length=1)


class DueYaml(Strict):
    """The last day for a duty."""

    within: str
    of: str


class RemedyYaml(Strict):
    """What mends it."""

    action: Sentence
    owner: Sentence
    within: str


class CheckYaml(Strict):
    """What every kind of check may say."""

    id: Id
    says: Sentence
    when: Condition = {}
    depends_on: Condition = {}
    red_flag: bool = False
    only_refers: bool = False
    remedy: RemedyYaml | None = None


class HasYaml(CheckYaml):
    """At least N records satisfy `where`, and are no older than a period."""

    has: str
    where: Condition = {}
    at_least: str | int = 1
    dated: str | None = None
    no_older_than: str | None = None
    due: DueYaml | None = None


class EachYaml(CheckYaml):
    """Every record satisfies `must`; or, for a reader, none satisfies `refer_if`."""

    each: str
    where: Condition = {}
    must: Condition | None = None
    refer_if: Condition | None = None
    due: DueYaml | None = None


class ResponseYaml(Strict):
    """What answers a trigger: `a` record type with its date, or `this` date of the trigger itself."""

    a: str | None = None
    this: str | None = None
    dated: str | None = None
    where: Condition = {}


class FollowedByYaml(CheckYaml):
    """Each trigger is followed by a response within a period, or by a date that it names."""

    after_each: str
    where: Condition = {}
    dated: str | None = None
    within: str | None = None
    by: str | None = None
    followed_by: list[ResponseYaml] = Field(min_length=1)
    mitigated_by: ResponseYaml | None = None


class IncludesYaml(CheckYaml):
    """The parts of each record cover a required set."""

    in_each: str
    where: Condition = {}
    includes: str | list[str]
    among: str
    link: str
    by: str
    counting: Condition = {}
    or_refer: Condition | None = None


class GapLimitYaml(Strict):
    """How long an interval may last, and for which it is the limit."""

    within: str
    nth: Annotated[int, Field(ge=1, le=99)] | Literal["first"] | None = None
    when: Condition = {}


class NoGapOverYaml(CheckYaml):
    """Successive records are never further apart than a limit."""

    between: str
    where: Condition = {}
    dated: str | None = None
    during: str | None = None
    during_where: Condition = {}
    starts: str | None = None
    ends: str | None = None
    since: str | None = None
    until: str | None = None
    no_gap_over: list[GapLimitYaml] = Field(min_length=1)


class AtMostYaml(CheckYaml):
    """Each record has lasted no longer than a period, unless another explains it."""

    lasts: str
    where: Condition = {}
    from_: str | None = Field(default=None, alias="from")
    to: str
    at_most: str
    unless: list[ResponseYaml] = []


class ShareYaml(CheckYaml):
    """At least so many per cent of the records satisfy `must`."""

    share: str
    where: Condition = {}
    must: Condition
    at_least: str | int


class AsksYaml(Strict):
    """A question that only a person can answer."""

    id: Id
    asks: Sentence
    guidance: str = ""
    answers: list[str] = ["met", "not met", "not applicable"]
    look_at: list[str] = []
    when: Condition = {}
    depends_on: Condition = {}


KIND_KEYS: dict[str, type[Strict]] = {
    "has": HasYaml,
    "each": EachYaml,
    "after_each": FollowedByYaml,
    "in_each": IncludesYaml,
    "between": NoGapOverYaml,
    "lasts": AtMostYaml,
    "share": ShareYaml,
    "asks": AsksYaml,
}
"""The key that says which kind of check is meant."""


class ReadsYaml(Strict):
    """How the first sentence of a report speaks of children who meet the standard, after a number of them."""

    one: Sentence
    many: Sentence


class StandardYaml(Strict):
    """A practice standard: one YAML file."""

    id: Id
    title: Sentence
    theme: Sentence
    severity: Literal["critical", "major", "minor"]
    intent: Sentence
    short: str = Field(default="", max_length=24)
    reads: ReadsYaml | None = None
    sources: list[SourceYaml] = Field(min_length=1)
    parameters: dict[str, ParameterYaml] = {}
    applies_to: Condition
    looks_back: str | None = None
    target: str | None = None
    rests_on: list[str] = []
    anchors: dict[str, AnchorYaml] = {}
    contradictory: list[ContradictoryYaml] = []
    checks: list[dict[str, Any]] = Field(min_length=1)
    remedy: RemedyYaml
    given: dict[str, Any] = {}
    examples: list[ExampleYaml] = []
    effective_from: date | None = None
    effective_to: date | None = None


class DecisionYaml(Strict):
    """A council's own number: what it decided, who did, when, and why."""

    value: int | str | list[str] | list[TargetYaml]
    decided_by: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    decided_on: date
    because: str = ""


class LocalYaml(Strict):
    """The council's own numbers, by standard and parameter; each is one `DecisionYaml`, or a list of them."""

    council: str = ""
    numbers: dict[str, dict[str, Any]] = {}
