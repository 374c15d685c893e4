"""The sentences of a report, made from its numbers: singular and plural, none, one and many, and nothing to say.

House style: numbers up to ten are words at the start of a sentence and figures within one; a share is a whole
percentage without a space ("45%"); a date is "7 October 2019", short "7 Oct 2019".
"""

from collections.abc import Iterable
from datetime import date

from qaengine.model.result import Evidence, Missing, Result, Why
from qaengine.report.views import Ceiling, Confirmed, Estimate, Interval, Origin, Progress, Reply, Window

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
STANDING_CAVEATS = (
    "Nothing here is a rate for one worker: findings are about records and learning.",
    "“Met” means met as recorded. What is not on the record may still have been done.",
)
_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def words(n: int) -> str:
    """A number within a sentence that counts in words: "none" to "ten", then figures with thousands commas."""
    return _WORDS[n] if 0 <= n < len(_WORDS) else f"{n:,}"


def plural(n: int, one: str, many: str) -> str:
    """The noun or verb alone."""
    return one if n == 1 else many


def counted(n: int, one: str, many: str) -> str:
    """For instance "1 child", "1,200 children"."""
    return f"{n:,} {plural(n, one, many)}"


def capital(text: str) -> str:
    """The sentence with its first letter large, the rest untouched."""
    return text[:1].upper() + text[1:]


def joined(parts: Iterable[str], last: str = "and") -> str:
    """A list as it is said: "a", "a and b", "a, b and c"."""
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


def day_and_month(day: date) -> str:
    """A day without its year ("7 October"), in English whatever the machine's locale."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def long_date(day: date) -> str:
    """A day in full: "7 October 2019"."""
    return f"{day_and_month(day)} {day.year}"


def short_date(day: date | None) -> str:
    """For instance "7 Oct 2019", or a dash for no date."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" if day else DASH


def near(day: date, as_at: date) -> str:
    """A day seen from the as-at date: "overdue since …", "today", "tomorrow", "by 7 October"."""
    ahead = (day - as_at).days
    if ahead < 0:
        return f"overdue since {day_and_month(day)}"
    return {0: "today", 1: "tomorrow"}.get(ahead, f"by {day_and_month(day)}")


def window(span: Window) -> str:
    """For instance "1 April 2019 to 30 June 2019"."""
    return f"{long_date(span.start)} to {long_date(span.end)}"


def evidence(pointer: Evidence) -> str:
    """Where to look: "SDQ 4471, 11 Jul 2018"."""
    place = " ".join(part for part in (pointer.record.replace("_", " "), pointer.record_id) if part)
    return f"{place}, {short_date(pointer.date)}" if pointer.date else f"{place}, no date"


def missing(gap: Missing) -> str:
    """What is not there, and why: "sdqs: date left blank"."""
    field = f": “{gap.field.replace('_', ' ')}”" if gap.field else ""
    return f"{gap.record.replace('_', ' ')}{field} {WHYS[gap.why]}"


def excepted(n: int, who: str = "of them ") -> str:
    """How many of those met have a check that is not: an agreed exception is never hidden in a number."""
    return f" ({f'{n:,} {who}' if who else ''}with a check not met under an agreed exception)" if n else ""


def for_whom(n: int, yours: int) -> str:
    """Whose so many actions are, after their number: the reader's own are told from those of others."""
    if yours == n:
        return " for you"
    return f"; {words(yours)} {plural(yours, 'is', 'are')} yours" if yours else " for others"


def who_were(reason: str) -> str:
    """A reason for leaving children out as it goes on after their number: "to whom the standard does not apply"."""
    return f"to whom {reason}" if reason.startswith(("the ", "none ")) else reason


def span(interval: Interval) -> str:
    """For instance "45% to 87%", or one figure where both ends read the same."""
    low, high = percent(interval.low), percent(interval.high)
    return low if low == high else f"{low} to {high}"


def rate(met: int, decided: int, estimate: Estimate | None) -> str:
    """For instance "19 of 27 decided = 70% (51% to 86%)"; a handful keeps its n and loses its percentage."""
    if not decided:
        return "none decided"
    base = f"{met:,} of {decided:,} decided"
    if decided >= FEW:
        base += f" = {percent(met / decided)}"
    interval = estimate.decided if estimate else None
    return f"{base} ({span(interval)})" if interval and interval.low != interval.high else base


def disagree(reply: Reply) -> str:
    """How to say that a finding is wrong, and by when."""
    return (
        f"Reply by {long_date(reply.by)} to {reply.to}, naming the child’s reference and the row. Say what the record "
        "shows, or what was done that is not on it. A finding that is changed keeps its history."
    )


def grade(confirmed: Confirmed | None, best: Ceiling) -> str:
    """The confirmed grade and whose it is; without one, why there is none."""
    if confirmed is None:
        return best.withheld or "None yet: the questions are not all answered, or nobody has confirmed."
    day = f" on {long_date(confirmed.on)}" if confirmed.on else ""
    said = f"{confirmed.grade.words}, confirmed by {confirmed.by}{day}."
    if confirmed.moderated_by:
        said += f" Moderated by {confirmed.moderated_by}"
        changed = confirmed.before_moderation
        said += f": it was {changed.words}." if changed and changed is not confirmed.grade else ": unchanged."
    return f"{said} {confirmed.reason}".rstrip()


def ceiling(best: Ceiling) -> str:
    """The best grade the record allows, with its reasons."""
    reasons = f" {capital('; '.join(reason.rstrip('.') for reason in best.reasons))}." if best.reasons else ""
    if best.grade is None:
        return f"none; the grade is a person’s.{reasons}"
    return f"{best.grade.words}.{reasons}"
