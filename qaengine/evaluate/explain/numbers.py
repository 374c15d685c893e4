"""The numbers that a finding rests on: what each is, and whose it is."""

from collections.abc import Iterable, Iterator

from qaengine.evaluate.explain.names import plain
from qaengine.evaluate.explain.words import day
from qaengine.model.measure import Measure
from qaengine.model.parameter import Parameter, ParameterValue
from qaengine.model.result import Number, Origin
from qaengine.model.standard import Check, Standard

LISTED = 6  # words of a list that are shown whole


def value_in_words(value: ParameterValue) -> str:
    """A value as it stands in a table: the whole of a long list stands in the standard's own file."""
    if not isinstance(value, tuple):
        return str(value).replace("_", " ")
    words = [str(word) for word in value]
    if len(words) <= LISTED:
        return ", ".join(words)
    return f"a list of {len(words)}: {', '.join(words[: LISTED // 2])} …"


def where_from(parameter: Parameter, source: str = "") -> str:
    """Where the number in force comes from: its source, or who in the council set it and what it stands in place of.

    `source` are the words for the source of the product's own number, where they are not those of the standard.
    """
    source = source or parameter.source
    decided = who_set(parameter)
    return f"{decided}, from: {source}" if decided else source


def who_set(parameter: Parameter) -> str:
    """Who in the council set a number, when, why, and what it stands in place of; empty where it is the product's."""
    decision = parameter.local
    if decision is None:
        return ""
    because = f", because {decision.because.rstrip('.')}" if decision.because else ""
    council = f" of {decision.council}" if decision.council else ""
    who = f"set by {decision.decided_by}{council} on {day(decision.decided_on)}{because}"
    return f"{who}; the product's own is {value_in_words(parameter.own)}"


def number_of(standard: Standard, check: Check, unit: str | None) -> Number | None:
    """The number that is the limit of a check, if a parameter is."""
    found = standard.number(check, unit)
    return Number(found.name, str(found.value), found.origin) if found else None


def number_lines(standard: Standard) -> Iterator[str]:
    """The numbers of a standard with their sources and owners, as lines of an explanation."""
    if standard.parameters:
        yield "  numbers that this rests on:"
    for parameter in standard.parameters:
        unsaid = parameter.origin is Origin.PROPOSED and "proposed" not in parameter.source
        proposed = " (proposed by the product)" if unsaid else ""
        source = f"“{parameter.source.rstrip('.')}”"
        said = f"{plain(parameter.name)}: {value_in_words(parameter.value)}{proposed}; {where_from(parameter, source)}"
        yield f"    {said}. Owner: {parameter.owner}."


def local_lines(standards: Iterable[Standard], measures: Iterable[Measure] = ()) -> Iterator[str]:
    """One line for each number that the council has set for itself."""
    named = [(standard.short, standard.parameters) for standard in standards]
    named += [(measure.id, measure.parameters) for measure in measures]
    for name, parameters in named:
        for parameter in parameters:
            if parameter.local is not None:
                value = value_in_words(parameter.value)
                yield f"  {name}, {plain(parameter.name)}: {value}, {where_from(parameter)}."
