"""The YAML of a measure, key by key: what a person may write, before any name in it is looked up."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from qaengine.standards.surface import AnchorYaml, Condition, Id, ParameterYaml, Sentence, SourceYaml, Strict


class BaselineYaml(Strict):
    """What it was at the start."""

    says: Sentence
    source: Sentence


class MeasureExampleYaml(Strict):
    """A small cohort with what the measure must say of it."""

    name: Sentence
    as_at: date
    cases: list[dict[str, Any]] = Field(min_length=1)
    expect: dict[str, Any] = Field(min_length=1)


class MeasureYaml(Strict):
    """A measure of a cohort: one YAML file."""

    id: Id
    title: Sentence
    kind: Literal["list", "count", "share", "average", "by_code"]
    intent: Sentence
    of: str
    where: Condition = Field(default_factory=dict)
    must: Condition | None = None
    so: str = ""
    by: str | None = None
    groups: dict[str, Condition] = Field(default_factory=dict)
    otherwise: str = ""
    among: str | None = None
    link: str | None = None
    counting: Condition | None = None
    from_: str | list[str] | None = Field(default=None, alias="from")
    to: str | None = None
    limit: str | None = None
    lead: str | None = None
    once_per: str | None = None
    baseline: BaselineYaml | None = None
    shows: Literal["children", "no_children"] = "children"
    sources: list[SourceYaml] = Field(min_length=1)
    parameters: dict[str, ParameterYaml] = Field(default_factory=dict)
    anchors: dict[str, AnchorYaml] = Field(default_factory=dict)
    examples: list[MeasureExampleYaml] = Field(default_factory=list)


ALWAYS = frozenset(
    {"id", "title", "kind", "intent", "of", "where", "shows", "sources", "parameters", "anchors", "examples"}
)
"""The keys that every measure may have."""

MAY: dict[str, frozenset[str]] = {
    "list": frozenset({"once_per"}),
    "count": frozenset({"once_per"}),
    "share": frozenset({"must", "so", "once_per", "baseline"}),
    "average": frozenset({"from", "to", "limit", "lead", "baseline"}),
    "by_code": frozenset({"by", "groups", "otherwise", "among", "link", "counting", "once_per"}),
}
"""The other keys, by kind."""

MUST: dict[str, frozenset[str]] = {"share": frozenset({"must", "so"}), "average": frozenset({"from", "to"})}
"""Those without which a measure of the kind says nothing."""
