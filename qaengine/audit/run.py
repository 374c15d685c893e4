"""An audit run from end to end: frame, draw, findings, judgements, re-audit list."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from qaengine.answers.form import Answers
from qaengine.audit.asked import asked
from qaengine.audit.facts import CONCERN, audit_facts, judged, raising
from qaengine.audit.frame import frame_of, team_of
from qaengine.audit.history import history
from qaengine.audit.pack import ChildAudit, Concern, Pack
from qaengine.audit.reaudits import Place, ReAudits, again, from_this_run
from qaengine.audit.still_open import open_first, with_its_text
from qaengine.evaluate.explain.findings import findings
from qaengine.evaluate.stages import Stages, evaluated
from qaengine.evaluate.summary import StandardSummary
from qaengine.evaluate.target import TargetStatus, of_summary
from qaengine.judge.facts import Grade
from qaengine.judge.judging import Judge
from qaengine.model.agreed import NO_EXCEPTIONS, Exceptions
from qaengine.model.calendar import add_months
from qaengine.model.casefile import CaseFile, CaseSet
from qaengine.model.period import Period
from qaengine.model.result import Finding, Result
from qaengine.model.standard import Standard
from qaengine.sample import Draw, Frame, Size, Where, draw, narrow


@dataclass(frozen=True)
class Request:
    """What is asked of a draw."""

    seed: str
    size: Size
    where: tuple[Where, ...] = ()
    stratify: str | None = None
    not_audited_within: Period | None = None
    standards: frozenset[str] = frozenset()  # only children to whom one of these applies, or may; none: every child

    @property
    def population(self) -> str:
        """Whom the draw speaks for, in words: "children (team North)"."""
        narrowed = ", ".join(f"{where.field.replace('_', ' ')} {where.value}" for where in self.where)
        return f"children ({narrowed})" if narrowed else "children"


def draw_children(case_set: CaseSet, standards: Iterable[Standard], as_at: date, asked: Request) -> tuple[Frame, Draw]:
    """The frame and the draw that a request leads to. Raises InputError listing everything wrong with it."""
    frame = narrow(frame_of(case_set.files, as_at), asked.where)
    excluded: dict[str, str] = {}
    if asked.standards:
        excluded = _outside(Stages.of(standards).showing(asked.standards), case_set, frame, as_at)
    since = _back(as_at, asked.not_audited_within) if asked.not_audited_within else None
    return frame, draw(
        frame,
        seed=asked.seed,
        size=asked.size,
        stratify=asked.stratify,
        excluded=excluded,
        audited_on_or_after=since,
    )


def _outside(stages: Stages, case_set: CaseSet, frame: Frame, as_at: date) -> dict[str, str]:
    in_frame = {child.child_id for child in frame.children}
    outside = "the standard does not apply" if len(stages.shown) == 1 else "none of the standards applies"
    return {
        file.child_id: outside
        for file in case_set.files
        if file.child_id in in_frame
        and all(
            one.verdict.as_recorded.result is Result.NOT_APPLICABLE
            for one in evaluated(stages, file, as_at, case_set.not_carried)
        )
    }


def _back(as_at: date, period: Period) -> date:
    """The first day of the period that ends on the as-at date: an audit on that day was within it."""
    if period.months is not None:
        return add_months(as_at, -period.months)
    if period.days is not None:
        return date.fromordinal(as_at.toordinal() - period.days)
    raise ValueError("the time since an audit is in months, years, weeks or days")


@dataclass
class AuditRun:
    """Audits the drawn children, and brings the re-audit list up to date for all.

    `standards` are all that are in force; with `chosen`, an audit is of those alone. What was not met in an earlier
    audit is looked at again whatever is chosen, and so is what raises a red flag.
    """

    case_set: CaseSet
    standards: tuple[Standard, ...]
    as_at: date
    judge: Judge
    origin: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    inputs_sha256: str = ""
    population: str = "children"  # whom the draw speaks for
    exceptions: Exceptions = NO_EXCEPTIONS
    chosen: frozenset[str] | None = None
    all_questions: bool = False
    _known: dict[tuple[str, bool], tuple[Finding, ...]] = field(default_factory=dict, init=False, repr=False)

    def pack(
        self, frame: Frame, drawn: Draw, answers: Answers | None, each: Callable[[list[str]], Iterable[str]]
    ) -> Pack:
        """The whole run for a draw. `each` goes through the references of the children, and may show progress."""
        files = {file.child_id: file for file in self.case_set.files}
        wanted = [child.child_id for child in drawn.children]
        children = tuple(self._child(files[child_id], answers) for child_id in each(wanted))
        drawn_now = {child.child_id: child for child in children}
        places = [self._place(file, drawn_now.get(file.child_id)) for file in files.values()]
        owing = [place.owing for place in places if place.owing]
        return Pack(
            as_at=self.as_at,
            standards=self._stages.shown,
            names=self._names,
            frame=frame,
            draw=drawn,
            children=children,
            re_audits=tuple(sorted(owing, key=lambda entry: (entry.due, entry.child_id))),
            re_audited=tuple(entry for place in places for entry in place.done),
            left=tuple(place.left for place in places if place.left),
            judged_by=self.judge.engine,
            origin=self.origin,
            inputs=self.inputs,
            inputs_sha256=self.inputs_sha256,
            population=self.population,
            past_grades=self._past_grades(files.values(), 0),
            earlier_grades=self._past_grades(files.values(), 3),
            carries_audits=any("audits" in file.records for file in files.values()),
            exceptions=self.exceptions,
            all_questions=self.all_questions,
            targets=self._targets,
            concerns=tuple(self._concerns(children, [files[entry.child_id] for entry in owing])),
        )

    def _child(self, file: CaseFile, answers: Answers | None) -> ChildAudit:
        found = self._findings(file, self._stages)
        given = answers.of(file.child_id) if answers else None
        asks = asked(self._stages.shown, found, file, self.all_questions)
        known = audit_facts(self._by_id, found, history(file), given, self.as_at, asks.keys)
        facts, judgement = judged(self.judge, known)
        return ChildAudit(file.child_id, team_of(file), found, facts, judgement, given, asks)

    @cached_property
    def _by_id(self) -> dict[str, Standard]:
        return {standard.id: standard for standard in self.standards}

    @cached_property
    def _re_audits(self) -> ReAudits:
        return ReAudits(self.as_at, self.judge, self._names)

    @cached_property
    def _names(self) -> dict[str, str]:
        """What every standard in force is called, chosen or not."""
        return {standard.id: standard.short for standard in self.standards}

    @cached_property
    def _all(self) -> Stages:
        return Stages.of(self.standards)

    @cached_property
    def _stages(self) -> Stages:
        """What the audit is of."""
        return self._all if self.chosen is None else self._all.showing(self.chosen)

    @cached_property
    def _flagging(self) -> Stages:
        """The standards outside the audit that may raise a red flag."""
        outside = [one for one in self.standards if one not in self._stages.shown]
        return self._all.showing({one.id for one in outside if any(check.red_flag for check in one.checks)})

    def _findings(self, file: CaseFile, stages: Stages) -> tuple[Finding, ...]:
        """Evaluated once: a run with answers is made of the same findings as the run that made the form."""
        key = (file.child_id, stages is self._stages)
        if key not in self._known:
            found = evaluated(stages, file, self.as_at, self.case_set.not_carried, self.exceptions)
            self._known[key] = tuple(finding for one in found for finding in findings(one))
        return self._known[key]

    def _place(self, file: CaseFile, child: ChildAudit | None) -> Place:
        """A grade confirmed in this run is the child's latest audit, and comes after those on file."""
        place = self._re_audits.place_of(file, self._now(file)) if history(file) else Place()
        if child is None or child.facts.grade is None or not child.facts.grade.confirmed:
            return place
        grade = child.facts.grade.grade
        done = tuple(replace(one, done_on=self.as_at, second_grade=grade) for one in [place.owing] if one)
        not_met = tuple(s for s, result in child.results().items() if result is Result.NOT_MET)
        owing = from_this_run(child.child_id, child.team, not_met, child.facts, child.judgement)
        left = again(done[0], self.as_at, grade) if done and owing is None else None
        return Place(owing, left, (*place.done, *done))

    def _now(self, file: CaseFile) -> dict[str, Result]:
        """What the data shows now, for a progress check: an agreed exception is no progress, so none counts here."""
        found = evaluated(self._all, file, self.as_at, self.case_set.not_carried)
        return {one.standard.id: one.verdict.as_recorded.result for one in found}

    @cached_property
    def _targets(self) -> dict[str, TargetStatus]:
        """Where the standards that have a target stand, over every child on record and not only those drawn."""
        stages = self._stages.showing({standard.id for standard in self._stages.shown if standard.target})
        summaries = {standard.id: StandardSummary.of(standard) for standard in stages.shown}
        for file in self.case_set.files if summaries else ():
            for one in evaluated(stages, file, self.as_at, self.case_set.not_carried, self.exceptions):
                summaries[one.standard.id].add(file.child_id, one.verdict)
        found = {name: of_summary(summary, self.as_at) for name, summary in summaries.items()}
        return {name: status for name, status in found.items() if status}

    def _past_grades(self, files: Iterable[CaseFile], months_ago: int) -> tuple[Grade, ...]:
        """The confirmed grades of the audits made in three months, those that ended so many months ago."""
        end, start = add_months(self.as_at, -months_ago), add_months(self.as_at, -months_ago - 3)
        return tuple(
            audit.grade
            for file in files
            for audit in history(file)
            if audit.confirmed and audit.grade and start < audit.audited_on <= end
        )

    def _concerns(self, children: tuple[ChildAudit, ...], on_the_list: list[CaseFile]) -> Iterator[Concern]:
        """Who may be unsafe now: of the children drawn, and of those whose re-audit is owing."""
        drawn = {child.child_id for child in children}
        files = {file.child_id: file for file in self.case_set.files}
        others = [self._child(file, None) for file in on_the_list if file.child_id not in drawn]
        for child in (*children, *others):
            note = child.answers.concern_note if child.answers else ""
            for flag in child.judgement.red_flags:
                said = note if flag.about == CONCERN else ""
                shows = self._shows(files[child.child_id], child.findings, flag.about)
                yield Concern(child.child_id, child.team, flag.about, flag.reason, said, shows)
            outside = self._findings(files[child.child_id], self._flagging)
            for standard in self._flagging.shown:
                if shows := self._shows(files[child.child_id], outside, standard.id):
                    yield Concern(child.child_id, child.team, standard.id, "outside this audit", shows=shows)

    def _shows(self, file: CaseFile, found: tuple[Finding, ...], standard: str) -> str:
        """What the checks that raised a red flag found, for whoever has to act on it today."""
        found_by = [raising(self._by_id[standard], open_first(found))] if standard in self._by_id else []
        return " ".join(with_its_text(finding, file) for raised in found_by for finding in raised)
