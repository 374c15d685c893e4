"""What an audit run holds: the draw, each child's findings and judgement, the re-audits, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from qaengine.answers.form import ChildAnswers
from qaengine.audit.asked import NOTHING_ASKED, Asked
from qaengine.audit.progress import Progress
from qaengine.audit.still_open import open_first
from qaengine.evaluate.target import TargetStatus
from qaengine.judge.facts import AuditFacts, Grade
from qaengine.judge.judgement import Judgement
from qaengine.model.agreed import NO_EXCEPTIONS, Exceptions
from qaengine.model.result import By, Finding, Level, Result
from qaengine.model.standard import Standard
from qaengine.sample import Draw, Frame


@dataclass(frozen=True)
class ChildAudit:
    """One drawn child: the findings, what was put to the judge, what follows, and what a person answered."""

    child_id: str
    team: str
    findings: tuple[Finding, ...]
    facts: AuditFacts
    judgement: Judgement
    answers: ChildAnswers | None = None
    asked: Asked = NOTHING_ASKED

    def results(self) -> Mapping[str, Result]:
        """The result of each standard as recorded."""
        return self._results

    def checks(self, standard: str | None = None) -> tuple[Finding, ...]:
        """The findings on checks, of one standard or of all; each tells first what is still open."""
        return self._told if standard is None else self._checks.get(standard, ())

    @cached_property
    def _told(self) -> tuple[Finding, ...]:
        return open_first(self.findings)

    @cached_property
    def _results(self) -> dict[str, Result]:
        return {f.standard: f.result for f in self.findings if f.level is Level.STANDARD and f.by is By.RECORD}

    @cached_property
    def _checks(self) -> dict[str, tuple[Finding, ...]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.checks():
            found.setdefault(finding.standard, []).append(finding)
        return {standard: tuple(of) for standard, of in found.items()}

    def waiting(self, standard: str | None = None) -> tuple[Finding, ...]:
        """What a person has still to read, of what is on the answer form."""
        given = self.answers.questions if self.answers else {}
        read = {key for key, said in given.items() if said.answer}
        wanted = self.asked.keys - read
        found = (f for f in self.checks(standard) if f.result is Result.REFER_TO_AUDITOR)
        return tuple(f for f in found if (f.standard, f.check or "") in wanted)

    def counting(self, standard: str | None = None) -> tuple[Finding, ...]:
        """The same without what is not met under an agreed exception: what asks for something to be done."""
        return tuple(f for f in self.checks(standard) if not f.excepted)

    def excepted(self, standard: str | None = None) -> tuple[Finding, ...]:
        """The findings on checks that are not met under an agreed exception."""
        return tuple(f for f in self.checks(standard) if f.excepted)


@dataclass(frozen=True)
class ReAudit:
    """A child on the re-audit list, from a confirmed grade that does not meet good."""

    child_id: str
    team: str
    first_grade: Grade
    first_on: date
    not_met_then: tuple[str, ...]
    progress: Progress
    progress_words: str
    actions_open: int
    actions_overdue: int
    due: date
    due_because: str
    goes_to: str
    goes_because: str
    turn: int
    done_on: date | None = None
    second_grade: Grade | None = None
    progress_brief: str = ""  # the same words, with what is newly not met counted where it is much

    def days_overdue(self, as_at: date) -> int:
        """Days past the due date; 0 on the day itself, and for one that has been done."""
        return 0 if self.done_on else max(0, (as_at - self.due).days)


@dataclass(frozen=True)
class Concern:
    """A child who may be unsafe now, drawn or on the re-audit list: why, and what the reader wrote beside it."""

    child_id: str
    team: str
    about: str  # the standard, or "concern" where a person who read the file raised it
    reason: str
    note: str = ""
    shows: str = ""  # what the record shows: the sentences of the checks that raised the red flag


@dataclass(frozen=True)
class Left:
    """A child who is no longer on the list, or not yet, and why."""

    child_id: str
    team: str
    reason: str
    on: date


@dataclass(frozen=True)
class Pack:
    """Everything that one audit run found out, ready to be written and set on paper."""

    as_at: date
    standards: tuple[Standard, ...]
    frame: Frame
    draw: Draw
    children: tuple[ChildAudit, ...]
    re_audits: tuple[ReAudit, ...]  # those owing, the earliest due first
    re_audited: tuple[ReAudit, ...]  # those done in the last three months
    left: tuple[Left, ...]
    judged_by: str
    origin: str
    inputs: Mapping[str, str]  # the SHA-256 of each file read, by name
    inputs_sha256: str  # and of all together
    population: str = "children"
    past_grades: tuple[Grade, ...] = ()  # confirmed, of audits made in the last three months
    earlier_grades: tuple[Grade, ...] = ()  # and in the three months before those
    concerns: tuple[Concern, ...] = ()
    exceptions: Exceptions = NO_EXCEPTIONS
    targets: Mapping[str, TargetStatus] = field(default_factory=dict)  # of every child on record, by standard
    names: Mapping[str, str] = field(default_factory=dict)  # what every standard in force is called, by its id
    all_questions: bool = False
    carries_audits: bool = True  # whether the source carries audits at all: without, the list is only of this run

    @cached_property
    def by_id(self) -> dict[str, Standard]:
        return {standard.id: standard for standard in self.standards}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The short name of each standard, by its title."""
        return {standard.title: standard.short for standard in self.standards}

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams of the drawn children, in order."""
        return tuple(sorted({child.team for child in self.children}))
