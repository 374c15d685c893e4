"""What a measure is, as plain data and as a page: docs/measures.md is made from the measures themselves."""

from collections.abc import Iterable, Iterator

from qaengine.evaluate.explain.names import name_of, plain, titles
from qaengine.evaluate.explain.trace import says
from qaengine.model import condition as c
from qaengine.model.measure import Measure, MeasureKind
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
                "proposed": one.proposed,
            }
            for one in measure.parameters
        ],
        "sources": [_source(source) for source in measure.sources],
    }


def _source(source: Source) -> str:
    return f"{source.document}: {source.reference}{f' ({source.url})' if source.url else ''}"


def with_measures(page: str, measures: Iterable[Measure]) -> str:
    """The page with the measures between its two marks as they now are. Raises ValueError where a mark is missing."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    made = "\n\n".join("\n".join(_measure(measure)) for measure in measures)
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"


def _measure(measure: Measure) -> Iterator[str]:
    yield f"### {measure.title}\n"
    yield f"`{measure.id}`, {_KINDS[measure.kind]}. {measure.intent.strip()}\n"
    of = "children" if measure.of_children else titles(measure.of)
    yield from _asked(f"Counts {of} of which", measure.where)
    if measure.must is not None:
        yield from _asked(f"Says how many are {measure.so}: those of which", measure.must)
    for group in measure.groups:
        yield from _asked(f"**{group.name}**, if none before it:", group.condition)
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
    yield f"- From: {'; '.join(_source(source) for source in measure.sources)}"


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
        yield from _asked(f"By the {by} of each of its {titles(among.record_type)} of which", among.counting)
    if measure.end:
        starts = " or, where that is blank, the ".join(name_of(ref.record_type, ref.field) for ref in measure.start)
        yield f"- From the {starts} to the {name_of(measure.end.record_type, measure.end.field)}"
    if measure.limit:
        lead = f"; likely to pass it where {measure.lead} more would be past it" if measure.lead else ""
        yield f"- Past the limit after {measure.limit}{lead}"
    if measure.once_per:
        yield f"- Those with the same {name_of(measure.once_per.record_type, measure.once_per.field)} count once"


def _asked(head: str, condition: c.Condition) -> Iterator[str]:
    yield f"- {head} {_said(condition)}"


def _said(condition: c.Condition) -> str:
    """A condition in words, on one line."""
    match condition:
        case c.All(parts):
            return " and ".join(_inner(part) for part in parts)
        case c.Any(parts):
            return " or ".join(_inner(part) for part in parts)
        case c.Not(c.Recorded(ref)):
            return f"{plain(name_of(ref.record_type, ref.field))} is blank"
        case c.Not(part):
            return f"not ({_said(part)})"
        case c.Always(value):
            return "anything is so" if value else "nothing is so"
        case c.Carries(record_type, field):
            return f"the source carries {name_of(record_type, field)} for {titles(record_type)}"
        case _:
            return says(condition)


def _inner(condition: c.Condition) -> str:
    return f"({_said(condition)})" if isinstance(condition, c.Any | c.All) else _said(condition)
