"""What a measure is, as plain data and as a page: docs/measures.md is made from the measures themselves."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from qaengine.evaluate.explain.in_words import sentence
from qaengine.evaluate.explain.names import name_of, titles
from qaengine.evaluate.explain.numbers import value_in_words
from qaengine.model.measure import Measure, MeasureKind
from qaengine.model.parameter import Parameter
from qaengine.model.result import Origin
from qaengine.model.standard import Source

BEGIN, END = "<!-- measures: begin (made by the program; do not edit) -->", "<!-- measures: end -->"


def about(measure: Measure) -> dict[str, object]:
    """What is said of a measure beside its figures."""
    return {
        "id": measure.id,
        "title": measure.title,
        "kind": measure.kind.value,
        "intent": measure.intent,
        "of": measure.of,
        "baseline": measure.baseline and {"says": measure.baseline.says, "source": measure.baseline.source},
        "names_children": measure.shows_children,
        "parameters": [
            {
                "name": one.name,
                "value": [*one.value] if isinstance(one.value, tuple) else str(one.value),
                "source": one.source,
                "owner": one.owner,
                "proposed": one.origin is Origin.PROPOSED,
                "decided": _decided(one),
            }
            for one in measure.parameters
        ],
        "sources": [_source(source) for source in measure.sources],
    }


def _decided(parameter: Parameter) -> dict[str, object] | None:
    """The council's decision, and the number that it stands in place of."""
    decision = parameter.local
    if decision is None:
        return None
    own = value_in_words(parameter.own)
    return {"by": decision.decided_by, "on": decision.decided_on.isoformat(), "in_place_of": own}


def _source(source: Source, documents: Mapping[str, str] = MappingProxyType({})) -> str:
    page = f" ({source.url})" if source.url else ""
    return f"{documents.get(source.document, source.document)}: {source.reference}{page}"


def with_measures(page: str, measures: Iterable[Measure], documents: Mapping[str, str]) -> str:
    """The page with the measures between its two marks as they now are; `documents` has the titles of sources.

    Raises ValueError where a mark is missing.
    """
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    made = "\n\n".join("\n".join(_measure(measure, documents)) for measure in measures)
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"


def _measure(measure: Measure, documents: Mapping[str, str]) -> Iterator[str]:
    yield f"### {measure.title}\n"
    yield f"`{measure.id}`, {_KINDS[measure.kind]}. {measure.intent.strip()}\n"
    of = "children" if measure.of_children else titles(measure.of)
    such = sentence(measure.where)
    yield f"- Counts {of} of which {such}" if such else f"- Counts all {of}"
    if measure.must is not None:
        yield f"- Counted as “{measure.so}”: those of which {sentence(measure.must)}"
    for place, group in enumerate(measure.groups):
        unless = "else, " if place else ""
        yield f"- **{group.name}**: {unless}those of which {sentence(group.condition)}"
    if measure.otherwise:
        yield f"- **{measure.otherwise}**: all others"
    yield from _how(measure)
    for parameter in measure.parameters:
        value = ", ".join(parameter.value) if isinstance(parameter.value, tuple) else parameter.value
        proposed = "; **proposed**" if parameter.proposed else ""
        yield f"- `{parameter.name}`: {value} ({parameter.source}; owner: {parameter.owner}{proposed})"
    if measure.baseline:
        yield f"- Baseline: {measure.baseline.says} ({measure.baseline.source})"
    if not measure.shows_children:
        yield "- Names no child: it can be sent to partners"
    yield f"- From: {'; '.join(_source(source, documents) for source in measure.sources)}"


_KINDS = {
    MeasureKind.LIST: "a review of every one",
    MeasureKind.COUNT: "a count",
    MeasureKind.SHARE: "a share",
    MeasureKind.AVERAGE: "how long it takes",
    MeasureKind.BY_CODE: "a count by kind",
}


def _how(measure: Measure) -> Iterator[str]:
    if measure.by:
        yield f"- By the {name_of(measure.by.record_type, measure.by.field)}"
    if among := measure.among:
        by = name_of(among.record_type, among.by)
        yield f"- By the {by} of each of its {titles(among.record_type)} of which {sentence(among.counting)}"
    if measure.end:
        starts = " or, where that is blank, the ".join(name_of(ref.record_type, ref.field) for ref in measure.start)
        yield f"- From the {starts} to the {name_of(measure.end.record_type, measure.end.field)}"
    if measure.limit:
        lead = f"; likely to pass it where {measure.lead} more would be past it" if measure.lead else ""
        yield f"- Past the limit after {measure.limit}{lead}"
    if measure.once_per:
        yield f"- Those with the same {name_of(measure.once_per.record_type, measure.once_per.field)} count once"
