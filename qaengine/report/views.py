"""What a report shows, already decided by others: plain frozen values, with nothing left to judge.

Whoever fills these has evaluated, drawn, judged and confirmed; the pages only set them out. A child is always a
reference and never a name. Dates are `date`; shares are between 0 and 1; texts are plain, never markup. What could
contradict itself on paper (a frame that does not add up, an interval the wrong way round) cannot be built: it
raises `ValueError`.
"""

from dataclasses import dataclass
from datetime import date

from qaengine.audit.progress import Progress
from qaengine.judge.facts import Grade
from qaengine.model.result import By, Origin, Result
from qaengine.report.manager_view import ActionLine, AuditedChild, DueLine, FallsDue, GapLine, ManagerView, ReadLine
from qaengine.report.parts import (
    Annex,
    Answer,
    Ceiling,
    Concern,
    Confirmed,
    Counts,
    Estimate,
    Excluded,
    FindingLine,
    InputFile,
    Interval,
    Parameter,
    Provenance,
    Replacement,
    Reply,
    ResultOf,
    Scope,
    Selection,
    StandardLine,
    Stratum,
    Target,
    ToDo,
    Window,
    require,
)

__all__ = [
    "ActionLine",
    "Annex",
    "Answer",
    "AuditedChild",
    "Ceiling",
    "CheckLine",
    "Concern",
    "Confirmed",
    "Counts",
    "DipSampleView",
    "DueLine",
    "Estimate",
    "Excluded",
    "FallsDue",
    "FindingLine",
    "GapLine",
    "Grade",
    "GradeCount",
    "InputFile",
    "Interval",
    "LeadershipView",
    "LeftList",
    "ManagerView",
    "Origin",
    "Parameter",
    "Phrases",
    "Programme",
    "Progress",
    "Provenance",
    "ReAudit",
    "ReadLine",
    "Recurring",
    "Replacement",
    "Reply",
    "ResultOf",
    "SampledChild",
    "Scope",
    "Selection",
    "StandardLine",
    "Stratum",
    "Target",
    "ToDo",
    "Window",
]


@dataclass(frozen=True, slots=True)
class SampledChild:
    """One drawn child against the one standard; `excepted` where a check is not met under an agreed exception."""

    child: str
    as_recorded: Result
    findings: tuple[FindingLine, ...] = ()
    as_read: Result | None = None
    stratum: str = ""
    next_due: date | None = None
    excepted: bool = False


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check over all the children. `estimate` is None where a check is not estimated."""

    says: str
    by: By
    counts: Counts
    estimate: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Phrases:
    """How the first sentence of a dip sample speaks of its standard, after "19": each follows a number of children."""

    met_many: str = "meet this standard on the record"
    met_one: str = "meets this standard on the record"


@dataclass(frozen=True, slots=True)
class DipSampleView:
    """One standard, many children: a rate with an interval. `details` adds words to a row of the first table, and
    `standing` says where all the children stand against the target."""

    scope: Scope
    standard: StandardLine
    selection: Selection
    children: tuple[SampledChild, ...]
    estimate: Estimate
    annex: Annex
    checks: tuple[CheckLine, ...] = ()
    details: tuple[tuple[Result, str], ...] = ()
    phrases: Phrases = Phrases()
    target: Target | None = None
    standing: str = ""
    do: tuple[ToDo, ...] = ()
    strengths: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()

    def __post_init__(self) -> None:
        shown = sorted(line.child for line in self.children)
        require(shown == sorted(self.selection.drawn), "the children shown are not the children drawn")

    @property
    def counts(self) -> Counts:
        """The results as recorded."""
        return Counts.from_results(line.as_recorded for line in self.children)

    @property
    def excepted_met(self) -> int:
        """How many of those met have a check that is not met under an agreed exception."""
        return sum(line.excepted and line.as_recorded is Result.MET for line in self.children)


@dataclass(frozen=True, slots=True)
class GradeCount:
    """Files at one confirmed grade; `previous` in the period before, None where there was none."""

    grade: Grade
    files: int
    previous: int | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """The period's audits in figures. `chosen_for_risk` of those done were not a random choice."""

    planned: int
    done: int
    grades: tuple[GradeCount, ...]
    moderated: int = 0
    grade_changed: int = 0
    chosen_for_risk: int = 0
    actions_open: int = 0
    actions_overdue: int = 0
    families_asked: int = 0
    families_answered: int = 0

    def __post_init__(self) -> None:
        graded = sum(line.files for line in self.grades)
        require(graded <= self.done, f"{graded} files are graded and only {self.done} audits are done")
        require(max(self.moderated, self.chosen_for_risk) <= self.done, "more files than audits done")

    def files(self, grade: Grade) -> int:
        return sum(line.files for line in self.grades if line.grade is grade)


@dataclass(frozen=True, slots=True)
class ReAudit:
    """One child on the re-audit list. `not_met_then` names standards; `second_grade` is the confirmed second grade."""

    child: str
    team: str
    first_grade: Grade
    first_on: date
    due: date
    progress: Progress
    goes_to: str
    not_met_then: tuple[str, ...] = ()
    progress_detail: str = ""
    done_on: date | None = None
    second_grade: Grade | None = None
    actions_open: int = 0
    actions_overdue: int = 0
    turn: int = 1

    def __post_init__(self) -> None:
        require(not self.first_grade.meets_good, f"{self.child}: a first grade that meets good is not re-audited")
        require(self.second_grade is None or self.done_on is not None, f"{self.child}: graded but not done")

    def days_overdue(self, as_at: date) -> int:
        """Calendar days past the due date; 0 on the day itself, and for one that is done."""
        return 0 if self.done_on else max(0, (as_at - self.due).days)


@dataclass(frozen=True, slots=True)
class LeftList:
    """A child who is no longer on the list, or not on it yet, and why."""

    child: str
    team: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Recurring:
    """A standard often not met: `not_met` of `decided` files; `interval` is that of the share not met."""

    standard: str
    not_met: int
    decided: int
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class LeadershipView:
    """The re-audits of a period, for the leadership team. `scope.window` is the period; `decisions` are asked of it."""

    scope: Scope
    programme: Programme
    re_audits: tuple[ReAudit, ...]
    annex: Annex
    decisions: tuple[ToDo, ...] = ()
    left: tuple[LeftList, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    strengths: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()
