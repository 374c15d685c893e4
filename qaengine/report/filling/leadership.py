"""The leadership's report: re-audits due, done and overdue, grades, and the decisions that are asked for."""

from collections import Counter
from datetime import timedelta

from qaengine.audit.pack import Pack, ReAudit
from qaengine.model.calendar import add_months, add_working_days
from qaengine.model.result import Result
from qaengine.report import parts
from qaengine.report.filling import common
from qaengine.report.views import (
    GradeCount,
    LeadershipView,
    LeftList,
    Programme,
    Recurring,
)
from qaengine.report.views import ReAudit as ReAuditLine

CAVEATS = (
    "A progress check is what the data shows now. It never stands for the second audit, which a person makes.",
    "Files were drawn at random or chosen for risk as the programme says; a share of audits is not the service's rate.",
)
COMPLETE_WITHIN = 10  # working days in which an overdue re-audit is asked for; proposed by the product


def leadership(pack: Pack) -> LeadershipView:
    """The last three months, up to the as-at date."""
    window = parts.Window(add_months(pack.as_at, -3) + timedelta(days=1), pack.as_at)
    lines = tuple(_line(pack, entry) for entry in (*pack.re_audits, *pack.re_audited))
    return LeadershipView(
        scope=common.scope(pack, window),
        programme=_programme(pack),
        re_audits=lines,
        annex=common.annex(pack, (), CAVEATS),
        decisions=_decisions(pack),
        left=tuple(LeftList(left.child_id, left.team, left.reason, left.on) for left in pack.left),
        recurring=_recurring(pack),
        strengths=common.strengths(pack, pack.children),
        concerns=common.concerns(pack, pack.children),
    )


def _line(pack: Pack, entry: ReAudit) -> ReAuditLine:
    titles = {standard.id: standard.short for standard in pack.standards}
    return ReAuditLine(
        child=entry.child_id,
        team=entry.team,
        first_grade=parts.Grade(entry.first_grade.value),
        first_on=entry.first_on,
        due=entry.due,
        progress=parts.Progress(entry.progress.value),
        goes_to=entry.goes_to,
        not_met_then=tuple(titles.get(standard, standard) for standard in entry.not_met_then),
        progress_detail=entry.progress_words,
        done_on=entry.done_on,
        second_grade=parts.Grade(entry.second_grade.value) if entry.second_grade else None,
        actions_open=entry.actions_open,
        actions_overdue=entry.actions_overdue,
        turn=entry.turn,
    )


def _programme(pack: Pack) -> Programme:
    """The quarter's audits: those on file, and those of this run that a person has graded and confirmed."""
    confirmed = [c.facts.grade for c in pack.children if c.facts.grade and c.facts.grade.confirmed]
    grades = Counter([*(grade.value for grade in pack.past_grades), *(given.grade.value for given in confirmed)])
    return Programme(
        planned=len(pack.past_grades) + len(pack.children),
        done=grades.total(),
        grades=tuple(GradeCount(grade, grades[grade.value]) for grade in parts.Grade),
        moderated=sum(given.moderated for given in confirmed),
        actions_open=sum(entry.actions_open for entry in pack.re_audits),
        actions_overdue=sum(entry.actions_overdue for entry in pack.re_audits),
    )


def _decisions(pack: Pack) -> tuple[parts.ToDo, ...]:
    overdue = [entry for entry in pack.re_audits if entry.days_overdue(pack.as_at)]
    asked = []
    if overdue:
        n = len(overdue)
        what = f"Complete the {n} overdue re-audit{'' if n == 1 else 's'}"
        asked.append(parts.ToDo("heads of service", what, add_working_days(pack.as_at, COMPLETE_WITHIN)))
    cslt = [entry.child_id for entry in pack.re_audits if entry.goes_to == "CSLT"]
    if cslt:
        what = f"Decide what follows a third audit that does not meet good: {', '.join(cslt)}"
        asked.append(parts.ToDo("CSLT", what, None))
    late = sum(entry.actions_overdue for entry in pack.re_audits)
    if late:
        what = f"Close or re-plan {late} overdue action{'' if late == 1 else 's'} with evidence"
        asked.append(parts.ToDo("team managers", what, add_working_days(pack.as_at, COMPLETE_WITHIN)))
    return tuple(asked)


def _recurring(pack: Pack) -> tuple[Recurring, ...]:
    found = []
    for standard in pack.standards:
        results = [child.results()[standard.id] for child in pack.children]
        not_met = results.count(Result.NOT_MET)
        if not_met:
            found.append(Recurring(standard.short, not_met, not_met + results.count(Result.MET)))
    return tuple(sorted(found, key=lambda one: (-one.not_met, one.standard)))
