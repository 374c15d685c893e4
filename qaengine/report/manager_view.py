"""What the findings report of one team shows: what is open, what was late, what is not recorded, what is to be read."""

from dataclasses import dataclass
from datetime import date

from qaengine.model.result import Evidence, Result
from qaengine.report.parts import (
    Annex,
    Answer,
    Ceiling,
    Concern,
    Confirmed,
    FindingLine,
    ResultOf,
    Scope,
    Selection,
    StandardLine,
    ToDo,
    require,
)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action, for one child or for several (siblings share one). `found` is the finding in a few words, and
    `reasons` are the sentences of the checks behind it; `about` names the standards, `severity` is the gravest."""

    children: tuple[str, ...]
    found: str
    needed: str
    owner: str
    due: date | None
    urgent: bool = False
    evidence: tuple[Evidence, ...] = ()
    about: str = ""
    severity: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something that is not recorded, once for all: of which children, and which standards wait for it."""

    missing: str
    children: tuple[str, ...]
    standards: tuple[str, ...]
    needed: str
    owner: str
    due: date | None


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What waits for a person to read, by standard: questions on the form, and what was flagged, over all children."""

    standard: str
    questions: int
    flagged: int
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueLine:
    """One duty that falls due next; `record` is the record that it is about, in words, where it is of one."""

    due: date
    child: str
    standard: str
    what: str
    record: str
    owner: str


@dataclass(frozen=True, slots=True)
class FallsDue:
    """What falls due next, soonest first, up to a day."""

    until: date
    lines: tuple[DueLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditedChild:
    """One audit: a child against many standards. `findings` are those that are no open action and no gap: late but
    done, read by a person, or under an agreed exception; `open_standards` counts those not met and open, by severity.
    """

    child: str
    audited_on: date
    results: tuple[ResultOf, ...]
    ceiling: Ceiling
    auditor: str = ""
    confirmed: Confirmed | None = None
    findings: tuple[FindingLine, ...] = ()
    strengths: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    impact: str = ""
    re_audit_due: date | None = None
    open_standards: tuple[tuple[str, int], ...] = ()
    waiting: int = 0  # questions, and what was flagged, that wait for a person


@dataclass(frozen=True, slots=True)
class ManagerView:
    """One team: few children, many standards. `actions` are open ones, in the order to do them; `lead_strength` is
    one clause for the first sentence ("6 of 7 strategy discussions had all three agencies")."""

    scope: Scope
    team: str
    standards: tuple[StandardLine, ...]
    audits: tuple[AuditedChild, ...]
    selection: Selection
    annex: Annex
    actions: tuple[ActionLine, ...] = ()
    lead_strength: str = ""
    strengths: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()
    do: tuple[ToDo, ...] = ()
    learning: str = ""
    falls_due: FallsDue | None = None
    gaps: tuple[GapLine, ...] = ()
    reading: tuple[ReadLine, ...] = ()

    @property
    def is_untold(self) -> bool:
        """Whether files were looked at and the record decided nothing of any: what was given does not carry it."""
        results = {line.as_recorded for audit in self.audits for line in audit.results}
        read = any(audit.confirmed for audit in self.audits)
        decided = results & {Result.MET, Result.NOT_MET, Result.NOT_YET_DUE}
        return Result.CANNOT_DECIDE in results and not decided and not read

    def __post_init__(self) -> None:
        known = {standard.id for standard in self.standards}
        require(len(known) == len(self.standards), "a standard is listed twice")
        used = {line.standard for audit in self.audits for line in audit.results}
        require(used <= known, f"results speak of standards that are not listed: {sorted(used - known)}")
        shown = sorted(audit.child for audit in self.audits)
        require(shown == sorted(self.selection.drawn), "the children shown are not the children chosen")
