"""What a team has still to do: one action for one cause, and what is not recorded, once for all the children."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from qaengine.audit.facts import raising
from qaengine.audit.pack import ChildAudit, Pack
from qaengine.model.calendar import deadline
from qaengine.model.result import By, Finding, Result
from qaengine.model.standard import Asks, Remedy, Severity, Standard
from qaengine.report.filling import common
from qaengine.report.manager_view import ActionLine, GapLine, ReadLine
from qaengine.report.wording import joined

GRAVEST = list(Severity)


@dataclass
class _Cause:
    """What one remedy mends of one child: findings of one standard, or of several on the same records."""

    remedy: Remedy
    by_standard: list[tuple[Standard, list[Finding]]] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        return [finding for _, found in self.by_standard for finding in found]

    @property
    def severity(self) -> Severity:
        return min((standard.severity for standard, _ in self.by_standard), key=GRAVEST.index)

    @property
    def urgent(self) -> bool:
        return any(raising(standard, found) for standard, found in self.by_standard)


def actions(pack: Pack, children: Iterable[ChildAudit]) -> tuple[ActionLine, ...]:
    """One action for what mends the same thing; brothers and sisters share one. Urgent ones first, then the gravest."""
    merged: dict[tuple[str, ...], ActionLine] = {}
    family = {child.child_id: child.attributes.get("sibling_group") for child in pack.frame.children}
    for child in children:
        for line in _once([_action(pack, cause, child.child_id) for cause in _causes(pack, child)]):
            dates = " ".join(str(evidence.date) for evidence in line.evidence)
            key = (line.about, line.needed, line.found, dates, family.get(child.child_id) or child.child_id)
            before = merged.get(key)
            merged[key] = _shared(before, line) if before else line
    return tuple(sorted(merged.values(), key=lambda line: _order(pack, line)))


def _once(lines: Iterable[ActionLine]) -> list[ActionLine]:
    """What one owner is to do about one thing found is one action, though two checks ask for it in two ways."""
    merged: dict[tuple[object, ...], ActionLine] = {}
    for line in lines:
        key = (line.about, line.owner, line.due, line.reasons)
        before = merged.get(key)
        merged[key] = replace(before, needed=f"{before.needed}; {line.needed}") if before else line
    return list(merged.values())


def _shared(before: ActionLine, line: ActionLine) -> ActionLine:
    reasons = tuple(dict.fromkeys((*before.reasons, *line.reasons)))
    return replace(before, children=(*before.children, *line.children), reasons=reasons)


def _order(pack: Pack, line: ActionLine) -> tuple[bool, int, date, tuple[str, ...]]:
    return not line.urgent, GRAVEST.index(Severity(line.severity)), line.due or pack.as_at, line.children


def _causes(pack: Pack, child: ChildAudit) -> Iterator[_Cause]:
    """What is not met and still open, by what mends it: the same action on the same records is one, whatever standard
    asks for it."""
    found: dict[tuple[object, ...], _Cause] = {}
    for standard in pack.standards:
        for remedy, findings in _by_remedy(child, standard).items():
            seen = frozenset((one.record, one.record_id) for finding in findings for one in finding.evidence)
            key = (remedy.action, remedy.owner, seen or standard.id)
            found.setdefault(key, _Cause(remedy)).by_standard.append((standard, findings))
    yield from found.values()


def _by_remedy(child: ChildAudit, standard: Standard) -> dict[Remedy, list[Finding]]:
    """What is not met and still open, by what mends it."""
    found: dict[Remedy, list[Finding]] = {}
    for finding in child.counting(standard.id):
        if finding.result is Result.NOT_MET and not finding.late:
            found.setdefault(standard.remedy_of(finding.check), []).append(finding)
    return found


def _action(pack: Pack, cause: _Cause, child_id: str) -> ActionLine:
    remedy, urgent = cause.remedy, cause.urgent
    evidence = dict.fromkeys(common.pointer(pack, e) for f in cause.findings for e in f.evidence)
    said = [common.found_in_brief(pack, standard, found) for standard, found in cause.by_standard]
    return ActionLine(
        children=(child_id,),
        found="; ".join(said),
        needed=remedy.action,
        owner="you" if remedy.owner == "team manager" else remedy.owner,
        due=common.urgent_by(pack.as_at) if urgent else deadline(pack.as_at, remedy.within),
        urgent=urgent,
        evidence=tuple(evidence)[:4],
        about=joined(standard.short for standard, _ in cause.by_standard),
        severity=cause.severity.value,
        reasons=tuple(dict.fromkeys(common.reason_of(pack, finding) for finding in cause.findings)),
    )


def gaps(pack: Pack, children: Sequence[ChildAudit]) -> tuple[GapLine, ...]:
    """What is not recorded, each thing once: that which most children want first."""
    found: dict[tuple[str, str, str], tuple[dict[str, None], dict[str, None], date | None]] = {}
    for child in children:
        for finding in child.checks():
            if finding.result is Result.CANNOT_DECIDE:
                needed, owner, due = common.remedy(pack.by_id[finding.standard], finding, pack.as_at)
                key = (common.not_recorded(finding), needed, owner)
                who, standards, _ = found.setdefault(key, ({}, {}, due))
                who[child.child_id] = None
                standards[pack.by_id[finding.standard].short] = None
    lines = [
        GapLine(missing, tuple(who), tuple(standards), needed, owner, due)
        for (missing, needed, owner), (who, standards, due) in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-len(line.children), -len(line.standards), line.missing)))


def reading(pack: Pack, children: Sequence[ChildAudit]) -> tuple[ReadLine, ...]:
    """What waits for a person to read, by standard. The questions themselves stand on the answer form."""
    lines = []
    for standard in pack.standards:
        asks = {check.id for check in standard.checks if isinstance(check.test, Asks)}
        waiting = [(child.child_id, f) for child in children for f in child.waiting(standard.id)]
        asked = sum(finding.check in asks for _, finding in waiting)
        if waiting:
            who = tuple(dict.fromkeys(child for child, _ in waiting))
            lines.append(ReadLine(standard.short, asked, len(waiting) - asked, who))
    return tuple(lines)


def open_standards(child: ChildAudit) -> tuple[tuple[str, int], ...]:
    """How many standards are not met and still open, by severity, the gravest first: standards count, not checks."""
    counts = {severity: sum(f.open and f.severity is severity for f in child.facts.standards) for severity in Severity}
    return tuple((severity.value, n) for severity, n in counts.items() if n)


def late(finding: Finding) -> bool:
    """Whether a finding is of what was done, but late."""
    return finding.result is Result.NOT_MET and finding.late and finding.by is By.RECORD
