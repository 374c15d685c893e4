"""From an audit run to what all the reports share: scope, how the children were chosen, findings, the annex."""

from collections.abc import Iterable, Mapping
from datetime import date

from qaengine import __version__
from qaengine.audit.pack import ChildAudit, Pack
from qaengine.model.calendar import add_working_days, deadline
from qaengine.model.result import By, Finding, Result
from qaengine.model.standard import Parameter as StandardParameter
from qaengine.model.standard import Standard
from qaengine.report import parts
from qaengine.sample import Draw, plan_size

SERVICE = "Children's services"
REPLY_WITHIN = 5  # working days to disagree with a finding; proposed by the product
SHOWN = (Result.NOT_MET, Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR)


def scope(pack: Pack, window: parts.Window | None = None) -> parts.Scope:
    """What stands on every page."""
    return parts.Scope(SERVICE, pack.as_at, window)


def standard_line(standard: Standard) -> parts.StandardLine:
    """A standard as it is named on paper."""
    source = "; ".join(f"{one.document}, {one.reference}" for one in standard.sources)
    return parts.StandardLine(
        standard.id, standard.title, standard.severity.value, standard.short, standard.intent, source
    )


def selection(draw: Draw, population: str, only: Iterable[str] | None = None) -> parts.Selection:
    """How the children were chosen; with `only`, the part of the draw that a report is about."""
    wanted = None if only is None else set(only)
    drawn = tuple(c.child_id for c in draw.children if wanted is None or c.child_id in wanted)
    everyone = len(draw.children) == draw.population
    return parts.Selection(
        population=population,
        population_size=draw.frame_size,
        frame_size=draw.population,
        method=_method(draw, everyone),
        drawn=drawn,
        seed=draw.seed,
        frame_hash=draw.frame_sha256,
        excluded=tuple(parts.Excluded(reason, n) for reason, n in draw.excluded_by_reason.items()),
        strata=tuple(parts.Stratum(s.name, s.population, s.quota) for s in draw.strata) if draw.stratified_by else (),
        replaced=tuple(parts.Replacement(r.child_id, r.replaced_by, r.reason) for r in draw.replacements),
        chance=_chance(draw),
        census=everyone and wanted is None,
    )


def _method(draw: Draw, everyone: bool) -> str:
    if everyone:
        return "Every child who could be drawn was taken."
    within = f", in proportion from each {draw.stratified_by.replace('_', ' ')}" if draw.stratified_by else ""
    return f"Drawn at random by ticket number (SHA-256 of seed and reference){within}."


def _chance(draw: Draw) -> str:
    if len(draw.children) == draw.population:
        return ""
    plan = plan_size(draw.population, 0.1, 0.87)
    return plan.sentence() if plan.size == len(draw.children) else ""


def finding_line(pack: Pack, finding: Finding) -> parts.FindingLine:
    """One check on one child, from the evidence to the action."""
    standard = pack.by_id[finding.standard]
    check = next(check for check in standard.checks if check.id == finding.check)
    action, owner, due = _remedy(standard, finding, pack.as_at)
    return parts.FindingLine(
        standard=standard.short,
        check=check.says,
        result=finding.result,
        found=finding.reason,
        evidence=finding.evidence,
        missing=finding.missing,
        action=action,
        owner=owner,
        due=due,
        late=finding.late,
        by=finding.by,
    )


def _remedy(standard: Standard, finding: Finding, as_at: date) -> tuple[str, str, date | None]:
    """What mends it. Late but done needs learning and no remedy; what is not recorded needs recording."""
    if finding.result is Result.NOT_MET and not finding.late:
        remedy = standard.remedy_of(finding.check)
        return remedy.action, remedy.owner, deadline(as_at, remedy.within)
    if finding.result is Result.CANNOT_DECIDE:
        fields = ", ".join(f"{m.field or 'any record'} ({m.record.replace('_', ' ')})" for m in finding.missing[:3])
        return f"Record or supply: {fields.replace('_', ' ')}", "social worker", add_working_days(as_at, REPLY_WITHIN)
    return "", "", None


def shown_findings(pack: Pack, child: ChildAudit, standard: str | None = None) -> tuple[parts.FindingLine, ...]:
    """The findings on checks that a person needs to see: questions are listed apart."""
    found = [f for f in child.checks(standard) if f.result in SHOWN and not _is_question(pack, f)]
    order = {result: place for place, result in enumerate(SHOWN)}
    return tuple(finding_line(pack, f) for f in sorted(found, key=lambda f: order[f.result]))


def _is_question(pack: Pack, finding: Finding) -> bool:
    return finding.result is Result.REFER_TO_AUDITOR and finding.record is None


def as_read(child: ChildAudit, standard: str) -> Result | None:
    """As read: what is to be read, or what a person answered; None where there is nothing to read."""
    fact = next((f for f in child.facts.standards if f.standard == standard), None)
    words = fact.read.value if fact else "nothing_to_read"
    return {"read_met": Result.MET, "read_not_met": Result.NOT_MET, "to_read": Result.REFER_TO_AUDITOR}.get(words)


def strengths(pack: Pack, children: Iterable[ChildAudit], least: float = 0.75) -> tuple[str, ...]:
    """What the record shows most children have: checks met for three quarters or more of those decided."""
    found: list[tuple[float, int, str]] = []
    children = list(children)
    for standard in pack.standards:
        for check in standard.checks:
            results = [f.result for c in children for f in c.checks(standard.id) if f.check == check.id]
            met, not_met = results.count(Result.MET), results.count(Result.NOT_MET)
            if check.by is By.RECORD and met >= 2 and met >= least * (met + not_met):
                found.append((met / (met + not_met), met, f"{met} of {met + not_met} files: {_lower(check.says)}"))
    return tuple(words for _, _, words in sorted(found, key=lambda one: (-one[0], -one[1], one[2]))[:4])


def _lower(says: str) -> str:
    return says if says[:2].isupper() else says[0].lower() + says[1:]


def concerns(pack: Pack, children: Iterable[ChildAudit], standard: str | None = None) -> tuple[parts.Concern, ...]:
    """Children who may be unsafe now, as the rules of judgement raise it."""
    return tuple(
        parts.Concern((child.child_id,), flag.reason, flag.on, "head of service")
        for child in children
        for flag in child.judgement.red_flags
        if standard is None or flag.about == standard
    )


def annex(pack: Pack, standards: Iterable[Standard], caveats: tuple[str, ...], reply_to: str = "") -> parts.Annex:
    """What every report ends with."""
    reply = parts.Reply(reply_to, add_working_days(pack.as_at, REPLY_WITHIN)) if reply_to else None
    return parts.Annex(
        provenance=parts.Provenance(__version__, pack.judged_by, _inputs(pack)),
        parameters=tuple(_parameter(standard, p) for standard in standards for p in standard.parameters),
        caveats=caveats,
        reply=reply,
    )


def _inputs(pack: Pack) -> tuple[parts.InputFile, ...]:
    """One line for all the case files: the manifest has a line for each."""
    n = len(pack.inputs)
    what = f"{n} file{'' if n == 1 else 's'}; each is in manifest.json"
    return (parts.InputFile(pack.origin or "case files", pack.inputs_sha256, what),)


def _parameter(standard: Standard, parameter: StandardParameter) -> parts.Parameter:
    value = parameter.value
    words = ", ".join(value) if isinstance(value, tuple) else str(value)
    origin = parts.Origin.PROPOSED if parameter.proposed else parts.Origin.SOURCE
    name = parameter.name.replace("_", " ")
    return parts.Parameter(standard.short, name, words, parameter.source, parameter.owner, origin)


def counted(results: Iterable[Result]) -> Mapping[Result, int]:
    """How many at each result."""
    tally = dict.fromkeys(Result, 0)
    for result in results:
        tally[result] += 1
    return tally
