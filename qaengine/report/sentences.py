"""The sentences that only one report says: what to take away from it, and the words that stand for its pictures."""

from collections.abc import Mapping, Sequence
from datetime import date

from qaengine.model.result import Result
from qaengine.report.views import (
    Concern,
    DipSampleView,
    Grade,
    Interval,
    LeadershipView,
    ManagerView,
    Programme,
    ReAudit,
    Selection,
    Target,
)
from qaengine.report.wording import (
    FEW,
    MEANINGS,
    capital,
    counted,
    day_and_month,
    excepted,
    for_whom,
    joined,
    long_date,
    near,
    percent,
    plural,
    rate,
    span,
    who_were,
    words,
)

# A. The dip sample

_NAMED_ROWS = 3  # more urgent rows than this are counted, not named


def dip_sample_sentence(view: DipSampleView) -> str:
    """The one sentence to take away: who was drawn, what their records show, and what that says of them all."""
    chosen = view.selection
    if not chosen.drawn:
        return f"No record was tested: the frame holds no {chosen.population}."
    said = _one_child(view) if len(chosen.drawn) == 1 else f"{_drawn(chosen)}, {_listed(_shares(view))}."
    return f"{said} {_inference(view)}"


def _one_child(view: DipSampleView) -> str:
    chosen, result = view.selection, view.children[0].as_recorded
    among = f"one child drawn at random from {chosen.frame_size:,} {chosen.population}"
    who = f"The only child among {chosen.population}" if chosen.census else f"The {among}"
    if result is Result.MET:
        return f"{who} {view.phrases.met_one}{excepted(view.excepted_met, '')}."
    return f"{who}: {MEANINGS[result]}."


def _listed(clauses: Sequence[str]) -> str:
    """Clauses with their own verbs: three or more keep the comma before "and"."""
    return joined(clauses) if len(clauses) < 3 else f"{', '.join(clauses[:-1])}, and {clauses[-1]}"


def _drawn(chosen: Selection) -> str:
    n, frame = len(chosen.drawn), chosen.frame_size
    if chosen.census:
        return f"Of all {frame:,} {chosen.population}"
    return f"Of {n:,} {chosen.population} drawn at random from {frame:,}"


def _shares(view: DipSampleView) -> list[str]:
    counts, phrases = view.counts, view.phrases
    met = f"{plural(counts.met, phrases.met_one, phrases.met_many)}"
    parts = [f"{counts.met:,} {met}{excepted(view.excepted_met)}" if counts.met else f"none {phrases.met_many}"]
    if counts.not_met:
        parts.append(f"{counts.not_met:,} {plural(counts.not_met, 'does', 'do')} not")
    if counts.cannot_decide:
        n = counts.cannot_decide
        parts.append(f"{counted(n, 'record', 'records')} {plural(n, 'doesn’t', 'don’t')} say")
    if counts.refer_to_auditor:
        n = counts.refer_to_auditor
        parts.append(f"{n:,} {plural(n, 'needs', 'need')} a person to read")
    if counts.not_yet_due:
        n = counts.not_yet_due
        parts.append(f"{n:,} {plural(n, 'is', 'are')} not yet due")
    if counts.not_applicable:
        n = counts.not_applicable
        parts.append(f"for {n:,} it does not apply")
    return parts


def _inference(view: DipSampleView) -> str:
    counts, bounds, chosen = view.counts, view.estimate.bounds, view.selection
    if not counts.decided or bounds is None:
        return "No record could be decided, so nothing can be said of the rest."
    if chosen.census:
        if bounds.low == bounds.high:
            return f"That is {percent(bounds.low)}, with nothing estimated."
        return f"That is between {_ends(bounds)}{however(counts.undecided)}."
    few = f" {few_decided(counts.decided)}" if counts.decided < FEW else ""
    frame = f"{chosen.frame_size:,}"
    everyone = (
        f"those of the {frame} to whom it applies"
        if counts.decided + counts.undecided < counts.total
        else f"all {frame}"
    )
    return f"Across {everyone} that means between {_ends(bounds)}{however(counts.undecided)}.{few}"


def _ends(interval: Interval) -> str:
    return f"{percent(interval.low)} and {percent(interval.high)}"


def however(undecided: int) -> str:
    """The clause for what is not decided yet; empty where everything is."""
    if not undecided:
        return ""
    return ", however the undecided one turns out" if undecided == 1 else f", however the {words(undecided)} turn out"


def few_decided(n: int) -> str:
    """The warning that goes with a handful."""
    read_as = plural(n, "one child", "children")
    return f"With {counted(n, 'record', 'records')} decided, read this as {read_as}, not as a rate."


def frame_line(chosen: Selection) -> str:
    """For instance "Frame of 318: 329 less 11 audited in the last 12 months."."""
    if not chosen.excluded:
        return f"Frame of {chosen.frame_size:,}: nobody excluded."
    out = joined(f"{line.children:,} {who_were(line.reason)}" for line in chosen.excluded)
    return f"Frame of {chosen.frame_size:,}: {chosen.population_size:,} less {out}."


def small_print(view: DipSampleView) -> str:
    """The rate among the decided, its confidence, the frame, the seed and the head of the frame's hash."""
    counts, estimate, chosen = view.counts, view.estimate, view.selection
    parts = [capital(rate(counts.met, counts.decided, estimate))]
    if estimate.decided and not chosen.census:
        weighted = ", weighted by stratum" if estimate.weighted else ""
        parts[0] += f", exact interval at {percent(estimate.confidence)} confidence{weighted}"
    if 0 < counts.decided < FEW:
        parts.append("too few to give as a percentage")
    said = f"{'; '.join(parts)}. {frame_line(chosen)}"
    if chosen.seed:
        said += f" Seed {chosen.seed}."
    if chosen.frame_hash:
        said += f" Frame hash {chosen.frame_hash[:12]}…"
    return said


# B. The manager's findings


def manager_sentence(view: ManagerView) -> str:
    """Files looked at, what was good first, then how much there is to do and how soon."""
    n = len(view.audits)
    if not n:
        return "No files were audited for this team."
    if view.is_untold:
        files = f"{capital(words(n))} {plural(n, 'file was', 'files were')}"
        return f"{files} looked at, and nothing could be decided: what was given does not carry it. It is named below."
    graded = [audit.confirmed.grade for audit in view.audits if audit.confirmed]
    read = len(graded) == n
    opening = f"{capital(words(n))} {plural(n, 'file', 'files')} {'read' if read else 'checked on the record'}"
    some = "" if read else f", {words(len(graded))} read"
    opening += f"{some}: {_grades(graded)}." if graded else "."
    good = f" Evidenced: {view.lead_strength.rstrip('.')}." if view.lead_strength else ""
    return f"{opening}{good} {_actions(view)}"


def _grades(given: Sequence[Grade]) -> str:
    """For instance "one good, one requires improvement"; of a single file the grade alone."""
    if len(given) == 1:
        return given[0].words
    return ", ".join(f"{words(given.count(grade))} {grade.words}" for grade in Grade if grade in given)


def _actions(view: ManagerView) -> str:
    n = len(view.actions)
    if not n:
        return "No actions for you."
    yours = for_whom(n, sum(action.owner == "you" for action in view.actions))
    said = f"{capital(words(n))} {plural(n, 'action', 'actions')}{yours}"
    if not (urgent := [action for action in view.actions if action.urgent]):
        return f"{said}."
    when = f", {near(min(days), view.scope.as_at)}" if (days := [line.due for line in urgent if line.due]) else ""
    count = "it" if n == 1 else words(len(urgent))
    return f"{said}; {count} {plural(len(urgent), 'is', 'are')} urgent{when}."


# C. The re-audits


def leadership_sentence(view: LeadershipView) -> str:
    """How many re-audits were due, what became of those done, and how late the rest are."""
    as_at = view.scope.as_at
    due = [line for line in view.re_audits if line.due <= as_at or line.done_on]
    day = day_and_month(as_at)
    if not due:
        return f"No re-audits were due by {day}.{_later(view, as_at)}"
    done = [line for line in due if line.done_on]
    n = len(due)
    opening = f"{capital(words(n))} {plural(n, 're-audit was', 're-audits were')} due by {day}"
    result = f"{words(len(done))} {plural(len(done), 'is', 'are')} done"
    if len(done) == n > 1:
        result = "both are done" if n == 2 else f"all {words(n)} are done"
    said = f"{opening}; {result}{_became(done)}."
    return f"{said}{_overdue(due, as_at)}"


def _became(done: Sequence[ReAudit]) -> str:
    """For instance ": four now meet good, one improved but not yet good, one unchanged"."""
    graded = [(line.first_grade, line.second_grade) for line in done if line.second_grade]
    good = sum(second.meets_good for _, second in graded)
    better = sum(not second.meets_good and second.rank > first.rank for first, second in graded)
    same = sum(second is first for first, second in graded)
    lower = sum(second.rank < first.rank for first, second in graded)
    waiting = len(done) - len(graded)
    parts = [
        f"{words(good)} now {plural(good, 'meets', 'meet')} good" if good else "",
        f"{words(better)} improved but not yet good" if better else "",
        f"{words(same)} unchanged" if same else "",
        f"{words(lower)} graded lower" if lower else "",
        f"{words(waiting)} {plural(waiting, 'awaits', 'await')} a confirmed grade" if waiting else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f": {said}" if said else ""


def _overdue(due: Sequence[ReAudit], as_at: date) -> str:
    late = [days for line in due if (days := line.days_overdue(as_at))]
    today = sum(line.done_on is None and line.due == as_at for line in due)
    parts = ""
    if len(late) == 1:
        parts += f" One is overdue, by {counted(late[0], 'day', 'days')}."
    elif late:
        verb = f"{capital(words(len(late)))} are overdue"
        parts += f" {verb}, the longest {counted(max(late), 'day', 'days')}."
    if today:
        parts += f" {capital(words(today))} {plural(today, 'is', 'are')} due today."
    return parts


def _later(view: LeadershipView, as_at: date) -> str:
    later = [line.due for line in view.re_audits if line.due > as_at and not line.done_on]
    if not later:
        return " The list is empty."
    n = len(later)
    verb = plural(n, "falls due on", "fall due, the first on")
    return f" {capital(words(n))} {verb} {long_date(min(later))}."


def risk_note(done: int, chosen_for_risk: int, not_good: int) -> str:
    """Why the share of these files is not the service's rate; empty where every file was a random choice."""
    if not chosen_for_risk:
        return ""
    were = plural(chosen_for_risk, "was", "were")
    return (
        f"{chosen_for_risk:,} of the {done:,} {were} chosen for risk, so {not_good:,} of {done:,} is not the "
        "service’s rate."
    )


# The pictures


def target(aim: Target) -> str:
    """For instance "Target: all by 31 December 2019"."""
    by = f" by {long_date(aim.by)}" if aim.by else ""
    return f"Target: {aim.words}{by}"


def bar_caption(view: DipSampleView) -> str:
    """The bar in words."""
    bounds, inner, counts = view.estimate.bounds, view.estimate.decided, view.counts
    if bounds is None:
        return ""
    parts = []
    if inner is not None and inner != bounds and inner.low < inner.high:
        parts.append(f"Dark bar: {span(inner)}, the decided records alone")
        parts.append(f"pale bar: {span(bounds)}{however(counts.undecided)}")
    elif bounds.low != bounds.high:
        parts.append(f"Bar: {span(bounds)}")
    if counts.decided >= FEW:
        parts.append(f"diamond: {percent(counts.met / counts.decided)} of the decided")
    if view.target:
        parts.append(f"dashed line: {target(view.target)[:1].lower()}{target(view.target)[1:]}")
    return f"{capital('; '.join(parts))}." if parts else ""


def before_after_words(made: Mapping[tuple[Grade, Grade], Sequence[str]], late: Sequence[tuple[str, int]]) -> str:
    """The lines and bars in words."""
    steps = [
        f"{counted(len(children), 'child', 'children')} from {first.words} to {second.words}"
        for (first, second), children in made.items()
    ]
    bars = [f"{child} {counted(days, 'day', 'days')}" for child, days in late]
    return f"Before and after: {joined(steps) or 'none yet'}. Overdue: {joined(bars) or 'none'}."


# What a manager does


def manager_steps(view: ManagerView) -> list[str]:
    """What to do with page one: what is urgent, what else was asked, how to disagree, what to learn."""
    urgent = [str(at) for at, action in enumerate(view.actions, start=1) if action.urgent]
    steps = []
    if len(urgent) > _NAMED_ROWS:
        steps.append(f"Act on the {len(urgent):,} urgent actions now, the first in row {urgent[0]}.")
    elif urgent:
        steps.append(f"Act on {plural(len(urgent), 'row', 'rows')} {joined(urgent)} now.")
    for line in view.do:
        by = f", by {day_and_month(line.by)}" if line.by else ""
        steps.append(f"{capital(line.who)}: {line.what.rstrip('.')}{by}.")
    if view.annex.reply:
        steps.append(f"Reply by {day_and_month(view.annex.reply.by)} if you disagree.")
    if view.learning:
        steps.append(f"Take to the team meeting: {view.learning.rstrip('.')}.")
    return steps


def left_out(view: ManagerView, standards: int, children: int) -> str:
    """What the picture on page one had no room for; empty where it shows everything."""
    parts = []
    if children < len(view.audits):
        parts.append(f"{children} of {len(view.audits):,} children")
    if standards < len(view.standards):
        parts.append(f"{standards} of {len(view.standards)} standards")
    said = joined(parts)
    return f"Shown: the {said} that most need attention. All are under “Every child, every standard”." if said else ""


def programme_risk(figures: Programme) -> str:
    """The warning about files chosen for risk, from the programme's figures."""
    not_good = sum(line.files for line in figures.grades if not line.grade.meets_good)
    return risk_note(figures.done, figures.chosen_for_risk, not_good)


def concern_note(concerns: Sequence[Concern]) -> str:
    """How many children may be unsafe now, and whether somebody has answered for them."""
    if not concerns:
        return "No immediate concern was raised."
    n, open_ones = len(concerns), sum(not line.acknowledged for line in concerns)
    said = f"{capital(words(n))} immediate {plural(n, 'concern', 'concerns')}"
    if n == 1 and not open_ones:
        answered = concerns[0].acknowledged.rstrip(".")
        return f"{said}: {answered[:1].lower()}{answered[1:]}."
    if open_ones == n:  # what was done about them is not known here, and not said
        return f"{said}."
    return f"{said}, {'all' if not open_ones else words(n - open_ones)} acknowledged."
