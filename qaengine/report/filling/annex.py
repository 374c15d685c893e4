"""What every report ends with: its numbers and whose they are, what it cannot say, and what made it."""

from collections.abc import Iterable, Iterator

from qaengine import __version__
from qaengine.audit.pack import ChildAudit, Pack
from qaengine.evaluate.explain.numbers import value_in_words, where_from, who_set
from qaengine.model.agreed import Standing
from qaengine.model.calendar import add_working_days
from qaengine.model.parameter import Parameter
from qaengine.model.result import Finding, Result
from qaengine.model.standard import Standard
from qaengine.report import parts, wording
from qaengine.report.filling import common
from qaengine.report.filling.references import in_words

STANDS = (Result.NOT_MET, Result.CANNOT_DECIDE)


def annex(
    pack: Pack,
    standards: Iterable[Standard],
    caveats: tuple[str, ...],
    reply_to: str = "",
    children: Iterable[ChildAudit] | None = None,
) -> parts.Annex:
    """What every report ends with. With children, only the numbers on which what is shown of them rests."""
    reply = parts.Reply(reply_to, add_working_days(pack.as_at, common.REPLY_WITHIN)) if reply_to else None
    return parts.Annex(
        provenance=parts.Provenance(__version__, pack.judged_by, _inputs(pack)),
        parameters=tuple(
            _parameter(standard, p, children is not None) for standard in standards for p in _used(standard, children)
        ),
        caveats=(*caveats, *exceptions_said(pack)),
        reply=reply,
        brief=children is not None,
    )


def _used(standard: Standard, children: Iterable[ChildAudit] | None) -> Iterator[Parameter]:
    """The numbers of a standard; with children, those of the checks that are not met or not decided for one of them,
    and the council's own of those that are met: by another number they might not be."""
    if children is None:
        yield from standard.parameters
        return
    found = [f for child in children for f in child.checks(standard.id)]
    shown, met = _names(standard, found, STANDS), _names(standard, found, (Result.MET,))
    for parameter in standard.parameters:
        if parameter.name in shown or (parameter.local is not None and parameter.name in met):
            yield parameter


def _names(standard: Standard, found: Iterable[Finding], results: tuple[Result, ...]) -> set[str]:
    """The numbers that the checks with these results use."""
    checks = {finding.check for finding in found if finding.result in results}
    return {use.parameter for use in standard.uses if use.check in checks}


def exceptions_said(pack: Pack) -> tuple[str, ...]:
    """What the agreed exceptions do, where there are any: they are never hidden."""
    standings = [(one, one.standing(pack.as_at)) for one in pack.exceptions.agreed]
    said = []
    if n := sum(standing is Standing.IN_FORCE for _, standing in standings):
        marked = sum(len(child.excepted()) for child in pack.children)
        of_drawn = wording.counted(marked, "check of a drawn child is", "checks of the drawn children are")
        none = "No check of a drawn child is not met under one."
        some = f"Under one, {of_drawn} not met: shown so, and not counted against the child’s standard."
        said.append(
            f"{wording.counted(n, 'agreed exception is', 'agreed exceptions are')} in force. {some if marked else none}"
        )
    if ended := [one for one, standing in standings if standing is Standing.EXPIRED]:
        names = (f"{one.child} ({one.standard}, {one.check}, {wording.short_date(one.expires_on)})" for one in ended)
        verb = wording.plural(len(ended), "agreed exception has expired and counts", "have expired and count")
        noun = "" if len(ended) == 1 else "agreed exceptions "
        said.append(f"{len(ended):,} {noun}{verb} again: {wording.joined(names)}.")
    return tuple(said)


def _inputs(pack: Pack) -> tuple[parts.InputFile, ...]:
    """One line for all the case files: the manifest has a line for each."""
    n = len(pack.inputs)
    what = f"{n} file{'' if n == 1 else 's'}; each is in manifest.json"
    return (parts.InputFile(pack.origin or "case files", pack.inputs_sha256, what),)


def _parameter(standard: Standard, parameter: Parameter, brief: bool) -> parts.Parameter:
    """In brief, who set the council's own number, and without the source of the product's."""
    name, value = parameter.name.replace("_", " "), value_in_words(parameter.value)
    source = (who_set(parameter) if brief else "") or where_from(parameter, in_words(parameter.source))
    return parts.Parameter(standard.short, name, value, source, parameter.owner, parameter.origin)
