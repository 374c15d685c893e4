"""The sentences of a report, made from its numbers: singular and plural, none, one and many, and nothing to say.

House style: numbers up to ten are words at the start of a sentence and figures within one; a share is a whole
percentage without a space ("45%"); a date is "7 October 2019", short "7 Oct 2019".
"""

from collections.abc import Iterable, Sequence
from datetime import date

from qaengine.model.result import Evidence, Missing, Result, Why
from qaengine.report.views import (
    DipSampleView,
    Estimate,
    Grade,
    Interval,
    LeadershipView,
    ManagerView,
    Origin,
    Progress,
    ReAudit,
    Selection,
    Window,
)

FEW = 10  # below this many decided records a percentage says little, and the report says so
DASH = "–"

RESULTS: dict[Result, str] = {
    Result.MET: "met",
    Result.NOT_MET: "not met",
    Result.CANNOT_DECIDE: "not enough recorded",
    Result.REFER_TO_AUDITOR: "needs a person to read",
    Result.NOT_YET_DUE: "not yet due",
    Result.NOT_APPLICABLE: "not applicable",
}
SHORT_RESULTS: dict[Result, str] = {
    Result.MET: "met",
    Result.NOT_MET: "not met",
    Result.CANNOT_DECIDE: "not enough",
    Result.REFER_TO_AUDITOR: "to read",
    Result.NOT_YET_DUE: "not due",
    Result.NOT_APPLICABLE: "n/a",
}
MEANINGS: dict[Result, str] = {
    Result.MET: "met, as recorded",
    Result.NOT_MET: "not met: not evidenced on the record",
    Result.CANNOT_DECIDE: "not enough recorded to decide",
    Result.REFER_TO_AUDITOR: "needs a person to read",
    Result.NOT_YET_DUE: "not yet due",
    Result.NOT_APPLICABLE: "not applicable",
}
GRADES: dict[Grade, str] = {
    Grade.OUTSTANDING: "outstanding",
    Grade.GOOD: "good",
    Grade.REQUIRES_IMPROVEMENT: "requires improvement",
    Grade.INADEQUATE: "inadequate",
}
PROGRESS: dict[Progress, str] = {
    Progress.IMPROVED: "improved",
    Progress.SAME: "same",
    Progress.MORE_NOT_MET: "more not met",
    Progress.CANNOT_DECIDE: "cannot decide",
}
ORIGINS: dict[Origin, str] = {
    Origin.SOURCE: "from the source",
    Origin.LOCAL: "local",
    Origin.PROPOSED: "proposed default",
}
WHYS: dict[Why, str] = {
    Why.NOT_CARRIED: "not carried by the source",
    Why.LEFT_BLANK: "left blank",
    Why.CONTRADICTORY: "contradictory",
}
TESTED = "The record was tested, not wellbeing."
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def words(n: int) -> str:
    """A number within a sentence that counts in words: "none" to "ten", then figures with thousands commas."""
    return _WORDS[n] if 0 <= n < len(_WORDS) else f"{n:,}"


def plural(n: int, one: str, many: str) -> str:
    """The noun or verb alone."""
    return one if n == 1 else many


def counted(n: int, one: str, many: str) -> str:
    """ "1 child", "1,200 children"."""
    return f"{n:,} {plural(n, one, many)}"


def capital(text: str) -> str:
    """The sentence with its first letter large, the rest untouched."""
    return text[:1].upper() + text[1:]


def joined(parts: Iterable[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def percent(share: float) -> str:
    """A whole percentage that never rounds to all or none what is neither: 99.7% is "over 99%", 0.2% "under 1%"."""
    if 0 < share < 0.01:
        return "under 1%"
    if 0.99 < share < 1:
        return "over 99%"
    return f"{share * 100:.0f}%"


def long_date(day: date) -> str:
    """ "7 October 2019"."""
    return f"{day_and_month(day)} {day.year}"


def short_date(day: date | None) -> str:
    """ "7 Oct 2019", or a dash for no date."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" if day else DASH


def window(span: Window) -> str:
    """ "1 April 2019 to 30 June 2019"."""
    return f"{long_date(span.start)} to {long_date(span.end)}"


def evidence(pointer: Evidence) -> str:
    """Where to look: "SDQ 4471, 11 Jul 2018"."""
    place = " ".join(part for part in (pointer.record.replace("_", " "), pointer.record_id) if part)
    return f"{place}, {short_date(pointer.date)}" if pointer.date else f"{place}, no date"


def missing(gap: Missing) -> str:
    """What is not there, and why: "sdqs: date left blank"."""
    field = f": {gap.field.replace('_', ' ')}" if gap.field else ""
    return f"{gap.record.replace('_', ' ')}{field} {WHYS[gap.why]}"


def span(interval: Interval) -> str:
    """ "45% to 87%", or one figure where both ends read the same."""
    low, high = percent(interval.low), percent(interval.high)
    return low if low == high else f"{low} to {high}"


# A. The dip sample


def dip_sample_sentence(view: DipSampleView) -> str:
    """The one sentence to take away: who was drawn, what their records show, and what that says of them all."""
    chosen = view.selection
    if not chosen.drawn:
        return f"No record was tested: the frame holds no {chosen.population}."
    return f"{_drawn(chosen)}, {joined(_shares(view))}. {_inference(view)}".rstrip()


def _drawn(chosen: Selection) -> str:
    n, frame = len(chosen.drawn), chosen.frame_size
    if chosen.census:
        return f"Of all {frame:,} {chosen.population}" if frame > 1 else f"Of the one child among {chosen.population}"
    return f"Of {n:,} {chosen.population} drawn at random from {frame:,}"


def _shares(view: DipSampleView) -> list[str]:
    counts, phrases = view.counts, view.phrases
    met = f"{plural(counts.met, phrases.met_one, phrases.met_many)}"
    parts = [f"{counts.met:,} {met}" if counts.met else f"none {phrases.met_many}"]
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
        return f"That is between {_ends(bounds)}, however the {undecided(counts.undecided)} turn out."
    turn = ""
    if counts.undecided:
        turn = f", however the {undecided(counts.undecided)} {plural(counts.undecided, 'turns', 'turn')} out"
    few = f" {few_decided(counts.decided)}" if counts.decided < FEW else ""
    return f"Across all {chosen.frame_size:,} that means between {_ends(bounds)}{turn}.{few}"


def _ends(interval: Interval) -> str:
    return f"{percent(interval.low)} and {percent(interval.high)}"


def undecided(n: int) -> str:
    """The undecided as a group: "undecided one", "three"."""
    return "undecided one" if n == 1 else words(n)


def few_decided(n: int) -> str:
    """The warning that goes with a handful."""
    read_as = plural(n, "one child", "children")
    return f"With {counted(n, 'record', 'records')} decided, read this as {read_as}, not as a rate."


def rate(met: int, decided: int, estimate: Estimate | None) -> str:
    """ "19 of 27 decided = 70% (51% to 86%)"; a handful keeps its n and loses its percentage."""
    if not decided:
        return "none decided"
    base = f"{met:,} of {decided:,} decided"
    if decided >= FEW:
        base += f" = {percent(met / decided)}"
    interval = estimate.decided if estimate else None
    return f"{base} ({span(interval)})" if interval and interval.low != interval.high else base


def frame_line(chosen: Selection) -> str:
    """ "Frame of 318: 329 less 11 audited in the last 12 months."."""
    if not chosen.excluded:
        return f"Frame of {chosen.frame_size:,}: nobody excluded."
    out = joined(f"{line.children:,} {line.reason}" for line in chosen.excluded)
    return f"Frame of {chosen.frame_size:,}: {chosen.population_size:,} less {out}."


# B. The manager's findings


def manager_sentence(view: ManagerView) -> str:
    """Files looked at, what was good first, then how much there is to do and how soon."""
    n = len(view.audits)
    if not n:
        return "No files were audited for this team."
    read = all(audit.confirmed for audit in view.audits)
    opening = f"{capital(words(n))} {plural(n, 'file', 'files')} {'read' if read else 'checked on the record'}."
    good = f" Good: {view.lead_strength.rstrip('.')}." if view.lead_strength else ""
    return f"{opening}{good} {_actions(view)}"


def _actions(view: ManagerView) -> str:
    n = len(view.actions)
    if not n:
        return "No actions for you."
    said = f"{capital(words(n))} {plural(n, 'action', 'actions')} for you"
    urgent = [action for action in view.actions if action.urgent]
    if not urgent:
        return f"{said}."
    days = [action.due for action in urgent if action.due]
    when = f", {near(min(days), view.scope.as_at)}" if days else ""
    count = "it" if n == 1 else words(len(urgent))
    return f"{said}; {count} {plural(len(urgent), 'is', 'are')} urgent{when}."


def near(day: date, as_at: date) -> str:
    """A day seen from the as-at date: "overdue since …", "today", "tomorrow", "by 7 October"."""
    ahead = (day - as_at).days
    if ahead < 0:
        return f"overdue since {day_and_month(day)}"
    return {0: "today", 1: "tomorrow"}.get(ahead, f"by {day_and_month(day)}")


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
        result = f"all {words(n)} are done"
    said = f"{opening}; {result}{_became(done)}."
    return f"{said}{_overdue(due, as_at)}"


def _became(done: Sequence[ReAudit]) -> str:
    """ ": four now meet good, one improved but not yet good, one unchanged"."""
    graded = [(line.first_grade, line.second_grade) for line in done if line.second_grade]
    good = sum(second.meets_good for _, second in graded)
    better = sum(not second.meets_good and second.rank < first.rank for first, second in graded)
    same = sum(second is first for first, second in graded)
    lower = sum(second.rank > first.rank for first, second in graded)
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
