"""The leadership's report: re-audits due, done and overdue, grades, and the decisions that are asked for."""

from collections import Counter
from datetime import timedelta

from qaengine.audit.pack import Pack, ReAudit
from qaengine.judge.facts import Grade
from qaengine.model.calendar import add_months, add_working_days
from qaengine.model.result import Result
from qaengine.report import parts
from qaengine.report.filling import common
from qaengine.report.filling.annex import annex
from qaengine.report.filling.strengths import strengths
from qaengine.report.views import (
    GradeCount,
    LeadershipView,
    LeftList,
    Programme,
    Recurring,
)
from qaengine.report.views import ReAudit as ReAuditLine
from qaengine.report.wording import capital
from qaengine.sample import rate, tallies

CAVEATS = (
    "A progress check is what the data shows now. It never stands for the second audit, which a person makes.",
    "Audits on file were drawn at random or chosen for risk: the file does not say which, so a share of them is not "
    "the service’s rate.",
)
COMPLETE_WITHIN = 10  # working days in which an overdue re-audit is asked for; proposed by the product


def leadership(pack: Pack) -> LeadershipView:
    """The last three months, up to the as-at date."""
    window = parts.Window(add_months(pack.as_at, -3) + timedelta(days=1), pack.as_at)
    lines = tuple(_line(pack, entry) for entry in (*pack.re_audits, *pack.re_audited))
    done = {(entry.child_id, entry.done_on) for entry in pack.re_audited}
    left = [one for one in pack.left if (one.child_id, one.on) not in done]
    return LeadershipView(
        scope=common.scope(pack, window),
        programme=_programme(pack),
        re_audits=lines,
        annex=annex(pack, (), CAVEATS),
        decisions=_decisions(pack),
        left=tuple(LeftList(one.child_id, one.team, one.reason, one.on) for one in left),
        recurring=_recurring(pack),
        strengths=tuple(capital(words) for words in strengths(pack, pack.children)),
        concerns=common.concerns(pack),
    )


def _line(pack: Pack, entry: ReAudit) -> ReAuditLine:
    return ReAuditLine(
        child=entry.child_id,
        team=entry.team,
        first_grade=entry.first_grade,
        first_on=entry.first_on,
        due=entry.due,
        progress=entry.progress,
        goes_to=entry.goes_to,
        not_met_then=tuple(pack.names.get(standard, standard) for standard in entry.not_met_then),
        progress_detail=entry.progress_brief or entry.progress_words,
        done_on=entry.done_on,
        second_grade=entry.second_grade,
        actions_open=entry.actions_open,
        actions_overdue=entry.actions_overdue,
        turn=entry.turn,
    )


def _programme(pack: Pack) -> Programme:
    """The quarter's audits: those on file, and those of this run that a person has graded and confirmed."""
    confirmed = [c.facts.grade for c in pack.children if c.facts.grade and c.facts.grade.confirmed]
    grades = Counter([*pack.past_grades, *(given.grade for given in confirmed)])
    before = Counter(pack.earlier_grades)
    asked = [c.answers.feedback for c in pack.children if c.answers and c.answers.feedback]
    return Programme(
        planned=len(pack.past_grades) + len(pack.children),
        done=grades.total(),
        grades=tuple(GradeCount(grade, grades[grade], before[grade]) for grade in Grade),
        moderated=sum(given.moderated for given in confirmed),
        actions_open=sum(entry.actions_open for entry in pack.re_audits),
        actions_overdue=sum(entry.actions_overdue for entry in pack.re_audits),
        families_asked=sum(one.asked == "asked" for one in asked),
        families_answered=sum(any(one.said) for one in asked),
    )


def _decisions(pack: Pack) -> tuple[parts.ToDo, ...]:
    """What is urgent, what only CSLT can decide, what is late, and what comes back in many files."""
    soon = add_working_days(pack.as_at, COMPLETE_WITHIN)
    asked = []
    if unsafe := list(dict.fromkeys(one.child_id for one in pack.concerns)):
        asked.append(parts.ToDo("head of service", common.confirm_safe(unsafe), pack.as_at, urgent=True))
    if third := [entry.child_id for entry in pack.re_audits if entry.goes_to == "CSLT"]:
        what = f"Decide what follows the third audit of {common.few(third)}"
        asked.append(parts.ToDo("CSLT", what, soon))
    if overdue := sum(bool(entry.days_overdue(pack.as_at)) for entry in pack.re_audits):
        what = f"Complete the {'' if overdue == 1 else f'{overdue} '}overdue re-audit{'' if overdue == 1 else 's'}"
        asked.append(parts.ToDo("heads of service", what, soon))
    if late := sum(entry.actions_overdue for entry in pack.re_audits):
        what = f"Close {late} overdue action{'' if late == 1 else 's'}, with evidence"
        asked.append(parts.ToDo("team managers", what, soon))
    if unsettled := [child.child_id for child in pack.children if child.judgement.grade_problems]:
        what = f"Settle the grade, which cannot stand as given: {common.few(unsettled)}"
        asked.append(parts.ToDo("moderators", what, soon))
    if not pack.carries_audits:
        asked.append(parts.ToDo("performance team", "Supply the audits made so far: the source carries none", soon))
    return (*asked, *_most_often(pack))


def _most_often(pack: Pack) -> tuple[parts.ToDo, ...]:
    """The standard most often not met among the drawn files, where it is so of at least half and of three or more."""
    often = (one for one in _recurring(pack) if one.not_met >= 3 and 2 * one.not_met >= one.decided)
    worst = next(often, None)
    if worst is None:
        return ()
    what = f"Say what follows for {worst.standard}: {worst.not_met} of {worst.decided} not met"
    return (parts.ToDo("CSLT", what, None),)


def _recurring(pack: Pack) -> tuple[Recurring, ...]:
    """How often each standard was not met among the drawn files, with the exact interval of that share.

    What is so of one file only is no pattern, and comes last.
    """
    found = []
    for standard in pack.standards:
        results = {child.child_id: child.results()[standard.id] for child in pack.children}
        not_met = list(results.values()).count(Result.NOT_MET)
        if not_met:
            met = rate(tallies(pack.draw, results)).decided
            share = parts.Interval(1 - met.high, 1 - met.low) if met else None
            decided = not_met + list(results.values()).count(Result.MET)
            found.append(Recurring(standard.short, not_met, decided, share))
    return tuple(
        sorted(found, key=lambda one: (one.not_met < 2, -one.not_met / one.decided, -one.not_met, one.standard))
    )
