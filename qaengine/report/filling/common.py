"""From an audit run to what all the reports share: scope, how the children were chosen, findings, the annex."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from qaengine.audit.facts import CONCERN, raising
from qaengine.audit.pack import ChildAudit, Concern, Pack
from qaengine.evaluate.explain.agreed import exception_words
from qaengine.evaluate.explain.names import among_its_kind, clause, name_of, title, type_of
from qaengine.model.calendar import add_working_days, deadline
from qaengine.model.records import FINDINGS
from qaengine.model.result import Evidence, Finding, Missing, Origin, Result, Why
from qaengine.model.standard import Check, Standard
from qaengine.report import parts
from qaengine.report.filling.reading import READ, result_of, said_of
from qaengine.report.filling.references import cited
from qaengine.report.wording import WHYS, joined
from qaengine.sample import Draw, Interval, plan_size, rate, tallies

SERVICE = "Children's services"
REPLY_WITHIN = 5  # working days to disagree with a finding; proposed by the product
RECORDS, SUPPLIES = "social worker", "performance team"  # who mends a blank, and what no extract carries; proposed
NAMED = 5  # children who are named in a line; more are counted
NOT_EVIDENCED = "Not evidenced on the record: "  # how a reason begins; page one has it in the heading
SHOWS_NOTHING = "shows this."  # in a reason that says nothing without the words of the check
_FINDING = re.compile(r"\bfinding ([a-z0-9]+(?:-[a-z0-9]+)+)")
SHOWN = (Result.NOT_MET, Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR)


def scope(pack: Pack, window: parts.Window | None = None) -> parts.Scope:
    """What stands on every page."""
    return parts.Scope(SERVICE, pack.as_at, window)


def standard_line(standard: Standard) -> parts.StandardLine:
    """A standard as it is named on paper."""
    source = "; ".join(cited(one.document, one.reference) for one in standard.sources)
    return parts.StandardLine(
        standard.id, standard.title, standard.severity.value, standard.short, standard.intent, source, standard.theme
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


def estimate(pack: Pack, results: Mapping[str, Result]) -> parts.Estimate:
    """What the results of the drawn children say of everyone who could be drawn."""
    found = rate(tallies(pack.draw, results))
    weighted = len(pack.draw.strata) > 1
    return parts.Estimate(_interval(found.decided), _interval(found.whole), found.confidence, weighted)


def _interval(found: Interval | None) -> parts.Interval | None:
    return parts.Interval(found.low, found.high) if found else None


def finding_line(pack: Pack, child: ChildAudit, finding: Finding) -> parts.FindingLine:
    """One check on one child, from the evidence to the action, with what a person answered who read the file."""
    said = said_of(child, finding)
    standard = pack.by_id[finding.standard]
    action, owner, due = remedy(standard, finding, pack.as_at)
    if action and finding.result is Result.NOT_MET:
        due = due_by(pack.as_at, child, standard, finding)
    return parts.FindingLine(
        standard=standard.short,
        check=check_of(standard, finding).says,
        result=result_of(child, finding),
        found=named(pack, _seen(finding.reason) if said.answer else finding.reason),
        evidence=tuple(pointer(pack, one) for one in finding.evidence),
        action=action,
        owner=owner,
        due=due,
        late=finding.late,
        by=finding.by,
        answer=said.answer,
        note=said.note,
        exception=exception_words(finding.exception) if finding.exception else "",
        number=_local_number(finding),
    )


def urgent_by(as_at: date) -> date:
    """The day by which what a red flag asks for is done: the same on every page."""
    return add_working_days(as_at, 1)


def due_by(as_at: date, child: ChildAudit, standard: Standard, finding: Finding) -> date:
    """When what mends a finding is done: what also mends one that raises a red flag is one action, and has one date."""
    mends = standard.remedy_of(finding.check)
    raised = raising(standard, child.counting(standard.id))
    urgent = any(standard.remedy_of(one.check) == mends for one in raised)
    return urgent_by(as_at) if urgent else deadline(as_at, mends.within)


def _local_number(finding: Finding) -> str:
    """The limit, where the council has set it: the annex says who did, and what the product's own is."""
    number = finding.number
    if number is None or number.origin is not Origin.LOCAL:
        return ""
    return f"The limit, {number.value}, is the council’s own"


def _seen(reason: str) -> str:
    """What made a check ask for a person, once the person has answered."""
    return reason.replace("Needs a person to read:", "The person read:")


def check_of(standard: Standard, finding: Finding) -> Check:
    """The check that a finding is about."""
    return next(check for check in standard.checks if check.id == finding.check)


def pointer(pack: Pack, evidence: Evidence) -> Evidence:
    """Where to look, with the record named as people name it: "SDQ", not "sdqs"; a finding by its standard, and a
    change by the record that shows it: "the end of plan P1"."""
    shown_by = among_its_kind(evidence.record, evidence.record_id)
    if shown_by != evidence.record_id:
        record, _, record_id = shown_by.rpartition(" ")
        return replace(evidence, record=record, record_id=record_id)
    known = pack.names if evidence.record == FINDINGS.name else {}
    name = known.get(evidence.record_id, evidence.record_id)
    return replace(evidence, record=title(evidence.record), record_id=name)


def _field(missing: Missing) -> str:
    """A field as people name it; one that holds yes or no by what yes says."""
    if not missing.field:
        return ""
    yes = clause(missing.record, missing.field)
    return f"whether {yes}" if yes else name_of(missing.record, missing.field)


def reason_of(pack: Pack, finding: Finding) -> str:
    """What was found, in the words of the check where the reason alone would not say, and whose the limit is where it
    is the council's own."""
    said = named(pack, finding.reason)
    if SHOWS_NOTHING in said:
        asked = says(check_of(pack.by_id[finding.standard], finding).says)
        said = f"Not evidenced that {asked}: {said.removeprefix(NOT_EVIDENCED)}"
    number = _local_number(finding)
    return f"{said} {number}." if number else said


def named(pack: Pack, reason: str) -> str:
    """A sentence about another standard's finding, by what the standard is called: "finding (SDQ)"."""
    return _FINDING.sub(lambda found: f"finding ({pack.names.get(found[1], found[1])})", reason)


def found_in_brief(pack: Pack, standard: Standard, findings: Sequence[Finding]) -> str:
    """The finding in the fewest words: what the record says, or else what the standard asks and the record does not
    show."""
    asked = not_evidenced(standard, findings)
    reasons = dict.fromkeys(named(pack, finding.reason) for finding in findings)
    if any(SHOWS_NOTHING in reason for reason in reasons):
        return asked
    shown = f"{standard.short}: {' '.join(reason.removeprefix(NOT_EVIDENCED) for reason in reasons)}"
    return shown if len(shown) < len(asked) else asked


def not_recorded(finding: Finding) -> str:
    """What is missing, and why, as people name it: "date (review): left blank"."""
    asked = [missing for missing in finding.missing if not _derived(missing)] or list(finding.missing)
    return "; ".join(f"{_wanted(missing)}: {WHYS[missing.why]}" for missing in asked)


def remedy(standard: Standard, finding: Finding, as_at: date) -> tuple[str, str, date | None]:
    """What mends it. Late but done needs learning and no remedy; what is not recorded needs recording.

    What is not met under an agreed exception asks for nothing while that is in force.
    """
    if finding.excepted:
        return "", "", None
    if finding.result is Result.NOT_MET and not finding.late:
        mends = standard.remedy_of(finding.check)
        return mends.action, mends.owner, deadline(as_at, mends.within)
    if finding.result is Result.CANNOT_DECIDE:
        asked = [missing for missing in finding.missing if not _derived(missing)] or finding.missing
        wanted = list(dict.fromkeys(_wanted(missing) for missing in asked))
        blank = any(missing.why is not Why.NOT_CARRIED for missing in finding.missing)
        verb, owner = ("Record", RECORDS) if blank else ("Supply", SUPPLIES)
        return f"{verb}: {'; '.join(wanted[:3])}", owner, add_working_days(as_at, REPLY_WITHIN)
    return "", "", None


def _derived(missing: Missing) -> bool:
    """Whether a field follows from others, so that nobody can record it."""
    return bool(missing.field) and type_of(missing.record).fields[missing.field].derived


def _wanted(missing: Missing) -> str:
    return f"{_field(missing)} ({title(missing.record)})" if missing.field else f"any {title(missing.record)}"


def not_evidenced(standard: Standard, findings: Iterable[Finding]) -> str:
    """What the record does not show, in the words of the standard: "SDQ: not evidenced that the form is on file"."""
    said = list(dict.fromkeys(says(check_of(standard, finding).says) for finding in findings))
    if len(said) == 1:
        return f"{standard.short}: not evidenced that {said[0]}"
    return f"{standard.short}, {len(said)} not evidenced: {'; '.join(said)}"


def shown_findings(pack: Pack, child: ChildAudit, standard: str | None = None) -> tuple[parts.FindingLine, ...]:
    """The findings on checks that a person needs to see: questions are listed apart."""
    found = [f for f in child.checks(standard) if f.result in SHOWN and not _is_question(pack, f)]
    order = {result: place for place, result in enumerate((*SHOWN, *READ.values()))} | {Result.NOT_MET: 0}
    lines = [finding_line(pack, child, f) for f in found]
    return tuple(sorted(lines, key=lambda line: order[line.result]))


def _is_question(pack: Pack, finding: Finding) -> bool:
    return finding.result is Result.REFER_TO_AUDITOR and finding.record is None


def as_read(child: ChildAudit, standard: str) -> Result | None:
    """As read: what is to be read, or what a person answered; None where there is nothing to read."""
    fact = next((f for f in child.facts.standards if f.standard == standard), None)
    words = fact.read.value if fact else "nothing_to_read"
    return {"read_met": Result.MET, "read_not_met": Result.NOT_MET, "to_read": Result.REFER_TO_AUDITOR}.get(words)


def carried(pack: Pack, children: Iterable[ChildAudit]) -> tuple[Standard, ...]:
    """The standards of which the source carries something: the others could be decided for none of the children."""
    children = list(children)
    return tuple(s for s in pack.standards if not children or not all(_not_carried(c, s) for c in children))


def _not_carried(child: ChildAudit, standard: Standard) -> bool:
    """Whether a standard could not be decided because the source has no place for what it needs."""
    if child.results()[standard.id] is not Result.CANNOT_DECIDE:
        return False
    found = [f for f in child.findings if f.standard == standard.id]
    return all(m.why is Why.NOT_CARRIED for f in found for m in f.missing) and not any(f.evidence for f in found)


def says(sentence: str) -> str:
    """A sentence as it goes on after other words; SDQ and SMART keep their capitals."""
    first = sentence.split(" ", 1)[0]
    return sentence if len(first) > 1 and first.isupper() else sentence[0].lower() + sentence[1:]


def few(children: Sequence[str]) -> str:
    """The references where they are few, else how many."""
    return joined(children) if len(children) <= NAMED else f"{len(children)} children, each below"


def concerns(
    pack: Pack, children: Iterable[str] | None = None, standard: str | None = None
) -> tuple[parts.Concern, ...]:
    """Children who may be unsafe now, one line a child: all, or those of a team or a standard."""
    wanted = None if children is None else set(children)
    about: dict[str, list[Concern]] = {}
    for one in pack.concerns:
        if (wanted is None or one.child_id in wanted) and standard in (None, one.about):
            about.setdefault(one.child_id, []).append(one)
    return tuple(_concern(pack, child, found) for child, found in about.items())


def _concern(pack: Pack, child: str, found: Sequence[Concern]) -> parts.Concern:
    """Whom the reader told is in the reader's note, so nothing is said of it beside."""
    note = " ".join(one.note for one in found if one.note)
    to = "" if any(one.about == CONCERN for one in found) else "head of service"
    return parts.Concern((child,), concern_words(pack, found), pack.as_at, to, note=note)


def concern_words(pack: Pack, found: Iterable[Concern]) -> str:
    """Why a child may be unsafe: the standards whose red flag is raised, and that the reader of the file says so."""
    found = list(found)
    flagged = [one for one in found if one.about != CONCERN]
    said = ["The reader is concerned that the child may be unsafe now."] if len(flagged) < len(found) else []
    names = pack.names
    said += [f"{names.get(one.about, one.about)}: {one.shows or 'not evidenced on the record.'}" for one in flagged]
    return " ".join(said).removesuffix(".")


def confirm_safe(children: Sequence[str]) -> str:
    """What is asked where a child may be unsafe: an open question, which does not say the answer."""
    verb = "is" if len(children) == 1 else "are"
    return f"Confirm whether {few(children)} {verb} safe, and what has been done"


def counted(results: Iterable[Result]) -> Mapping[Result, int]:
    """How many at each result."""
    tally = dict.fromkeys(Result, 0)
    for result in results:
        tally[result] += 1
    return tally
