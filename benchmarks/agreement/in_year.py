"""Looked after for 12 months, and the SDQ cohort: rules on the rows that say something of the whole year."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from agreement.compare import Asked, Reason, Rule
from agreement.returns import ENDS_NOTHING, TWELVE_MONTHS, Child, Line, Return, columns
from qaengine.cases.derived.care import looked_after_since
from qaengine.cases.derived.child import age
from qaengine.model.calendar import deadline

HEALTH = ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
TWELVE_MONTH_ITEMS = ("CONVICTED", "HEALTH_CHECK", *HEALTH, "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
ADOPTED = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")
LEFT_CARE = ("IN_TOUCH", "ACTIV", "ACCOM")


@dataclass(frozen=True, slots=True)
class InYear:
    """The facts of a row of OC2, AD1 or OC3. Ages are those on the first and on the last day of the year."""

    line: Line
    child: Child
    continuous: bool
    at_start: int | None
    at_end: int | None
    score: int | None = None
    reason: str | None = None
    by_standard: bool | None = None  # what the standard says of it, asked as a whole

    @property
    def has_sdq(self) -> bool:
        return self.score is not None or self.reason is not None

    @property
    def in_cohort(self) -> bool:
        """Of the SDQ cohort: 4 when the year began, not yet 17 when it ended, looked after for 12 months."""
        return self.continuous and _at_least(self.at_start, 4) and _under(self.at_end, 17)

    @property
    def came_of_age(self) -> bool:
        """Turned 4 or 17 in the year, and looked after for 12 months."""
        return self.continuous and not self.in_cohort and _at_least(self.at_end, 4) and _under(self.at_start, 17)


def _at_least(years: int | None, least: int) -> bool:
    return years is not None and years >= least


def _under(years: int | None, most: int) -> bool:
    return years is not None and years < most


# Whether care was continuous


def _flipped(f: InYear) -> InYear:
    return replace(f, continuous=not f.continuous)


def _coded_as_broken(f: InYear) -> bool:
    c = f.child
    started = any(e.reason_started == "S" and c.year_start < e.started <= c.year_end for e in c.episodes)
    ended = any(
        e.reason_ended != ENDS_NOTHING and e.ended is not None and c.year_start <= e.ended < c.year_end
        for e in c.episodes
    )
    return started or ended


def _short_break_in_year(f: InYear) -> bool:
    c = f.child
    return any(
        e.is_short_break and e.started <= c.year_end and (e.ended is None or e.ended >= c.year_start)
        for e in c.episodes
    )


def _left_on_last_day(f: InYear) -> bool:
    """In care all year, had the episode that ended on the last day of the year not ended."""
    started, ended, status = columns(f.child.known, "started", "ended", "legal_status")
    since = looked_after_since(started, [None if end == f.child.year_end else end for end in ended], status)
    return f.child.since is None and isinstance(since, date) and since <= f.child.year_start


def _night_without_episode(f: InYear) -> bool:
    """Whether at the end of some day of the year no episode of care was open."""
    c = f.child
    care = [(e.started, e.ended or date.max) for e in c.episodes if not e.is_short_break]
    days = (c.year_start + timedelta(days=n) for n in range((c.year_end - c.year_start).days + 1))
    return bool(care) and not all(any(start <= day < end for start, end in care) for day in days)


OF_CARE: tuple[Reason[InYear], ...] = (
    Reason(
        "codes against dates",
        "an episode is coded as the start or the end of care, on a day on which by the dates care goes on",
        lambda f: f.continuous and _coded_as_broken(f),
        _flipped,
    ),
    Reason(
        "short break beside care",
        "a short break ran beside care: it makes the child not continuous for them, and is left out by us",
        lambda f: f.continuous and _short_break_in_year(f),
        _flipped,
    ),
    Reason(
        "left on 31 March",
        "a child who left care on 31 March is in care at 31 March for them, and not for us",
        lambda f: not f.continuous and _left_on_last_day(f),
        _flipped,
    ),
    Reason(
        "gap without a code",
        "no code says that care began or ended, but at the end of some day of the year no episode was open",
        lambda f: not (f.continuous or _coded_as_broken(f) or _short_break_in_year(f)) and _night_without_episode(f),
        _flipped,
    ),
)


# Ages, and what is filled in


def _born_in_row(f: InYear) -> date | None:
    try:
        return datetime.strptime(f.line.cells.get("DOB", ""), "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError:
        return None


def _aged_by_row(f: InYear) -> InYear:
    born = _born_in_row(f)
    assert born is not None
    return replace(f, at_start=age(born, f.child.year_start), at_end=age(born, f.child.year_end))


OF_AGE: tuple[Reason[InYear], ...] = (
    Reason(
        "another date of birth",
        "they take the date of birth of the row, we take the header's",
        lambda f: _born_in_row(f) not in (None, f.child.born),
        _aged_by_row,
    ),
)
OF_SCORE: Reason[InYear] = Reason(
    "score unread",
    "no whole number up to 999, such as words: filled in for them, reported and left blank by us",
    lambda f: f.line.any_of("SDQ_SCORE") and f.score is None,
    lambda f: replace(f, score=0),
)
OF_REASON: Reason[InYear] = Reason(
    "reason unread",
    "not one of the codes: filled in for them, reported and left blank by us",
    lambda f: f.line.any_of("SDQ_REASON") and f.reason is None,
    lambda f: replace(f, reason=f.line.cells["SDQ_REASON"]),
)
OF_COHORT = (*OF_CARE, *OF_AGE, OF_SCORE, OF_REASON)
SIXTEEN: Reason[InYear] = Reason(
    "sixteen",
    "their 157 leaves out who turned 16 before the year's end; its own words are 16 years or under",
    lambda f: f.at_end == 16 and f.child.turns(16) != f.child.year_end,
    lambda f: replace(f, at_end=17),
)
SEVENTEEN_TODAY: Reason[InYear] = Reason(
    "seventeen on 1 April",
    "they ask for more than 17 years; the words are 17 or over",
    lambda f: f.child.turns(17) == f.child.year_start,
    lambda f: replace(f, at_start=16),
)
TEN_TODAY: Reason[InYear] = Reason(
    "ten on 31 March",
    "they ask for more than 10 years; the words are 10 or over",
    lambda f: f.child.turns(10) == f.child.year_end,
    lambda f: replace(f, at_end=9),
)
FOUR_TODAY: Reason[InYear] = Reason(
    "four on 1 April",
    "in both of their cohorts (186 and 197B), and in the first alone of ours",
    lambda f: f.child.turns(4) == f.child.year_start,
    lambda f: replace(f, at_start=3),
)

OC2_RULES: tuple[Rule[InYear], ...] = (
    Rule(
        "185",
        "an SDQ score, and not looked after for 12 months",
        lambda f: f.score is not None and not f.continuous,
        (*OF_CARE, OF_SCORE),
    ),
    Rule(
        "198",
        "a reason for no SDQ, and not looked after for 12 months",
        lambda f: f.reason is not None and not f.continuous,
        (*OF_CARE, OF_REASON),
    ),
    Rule("186", "in the SDQ cohort, and neither score nor reason", lambda f: f.in_cohort and not f.has_sdq, OF_COHORT),
    Rule(
        "157",
        "in the SDQ cohort, and the reason is the child's age (SDQ1)",
        lambda f: f.in_cohort and f.score is None and f.reason == "SDQ1",
        (*OF_COHORT, SIXTEEN),
    ),
    Rule(
        "197B",
        "turned 4 or 17 in the year, looked after for 12 months, and neither score nor reason",
        lambda f: f.came_of_age and not f.has_sdq,
        (*OF_COHORT, SEVENTEEN_TODAY, FOUR_TODAY),
    ),
    Rule(
        "188",
        "under 4 at the year's end, with an SDQ score or reason",
        lambda f: _under(f.at_end, 4) and f.has_sdq,
        (*OF_AGE, OF_SCORE, OF_REASON),
    ),
    Rule(
        "189",
        "17 or over at the year's start, with an SDQ score or reason",
        lambda f: _at_least(f.at_start, 17) and f.has_sdq,
        (*OF_AGE, OF_SCORE, OF_REASON, SEVENTEEN_TODAY),
    ),
    Rule(
        "190",
        "twelve-month items filled in, and not looked after for 12 months",
        lambda f: not f.continuous and f.line.any_of(*TWELVE_MONTH_ITEMS),
        OF_CARE,
    ),
    Rule(
        "191",
        "looked after for 12 months, and a twelve-month item or the whole row is not there",
        lambda f: f.continuous and not f.line.all_of(*HEALTH),
        OF_CARE,
    ),
    Rule(
        "543",
        "10 or over, looked after for 12 months, and nothing on convictions",
        lambda f: f.continuous and _at_least(f.at_end, 10) and not f.line.any_of("CONVICTED"),
        (*OF_CARE, *OF_AGE, TEN_TODAY),
    ),
    Rule(
        "545",
        "under 5, looked after for 12 months, and no health check",
        lambda f: f.continuous and _under(f.at_end, 5) and not f.line.any_of("HEALTH_CHECK"),
        (*OF_CARE, *OF_AGE),
    ),
    Rule(
        "546",
        "5 or over, looked after for 12 months, and a health check of the under-fives",
        lambda f: f.continuous and _at_least(f.at_end, 5) and f.line.any_of("HEALTH_CHECK"),
        (*OF_CARE, *OF_AGE),
    ),
)


def _not_given(f: InYear) -> bool:
    """No score, and no reason but the child's age, for a child of the cohort: as the standard has it."""
    return f.in_cohort and f.score is None and f.reason in (None, "SDQ1")


def _by_parts(reason: Reason[InYear]) -> Reason[InYear]:
    """The same reason, where the other reading is answered from its parts: the standard was not asked about that."""
    return replace(reason, other=lambda f: replace(reason.other(f), by_standard=None))


def _due_today(f: InYear) -> bool:
    """A child of the cohort for whom the day by which the first SDQ is due has not passed."""
    fourth = f.child.turns(4)
    return f.in_cohort and fourth is not None and deadline(fourth, TWELVE_MONTHS) >= f.child.year_end


FIRST_YEAR: Reason[InYear] = Reason(
    "first SDQ still due",
    "4 on 31 March or 1 April: the standard leaves a year from the birthday, whose last day belongs to the doer",
    _due_today,
    lambda f: f,
)
BY_STANDARD: Rule[InYear] = Rule(
    "186 or 157",
    "sdq-annual-update as a whole: of a child of the cohort, no score and no reason but the age",
    lambda f: _not_given(f) if f.by_standard is None else f.by_standard,
    tuple(_by_parts(reason) for reason in (*OF_COHORT, SIXTEEN, FIRST_YEAR)),
)
ADOPTED_OR_LEFT: Rule[InYear] = Rule(
    "187",
    "looked after for 12 months, and adopted or a care leaver in the same return",
    lambda f: f.continuous and f.line.any_of(*ADOPTED, *LEFT_CARE),
    OF_CARE,
)


def of_oc2(read: Return) -> Iterator[Asked[InYear]]:
    """Every row of OC2."""
    for child, line, record in read.pairs("OC2", "sdqs"):
        score, reason = record.values["score"], record.values["reason"]
        facts = replace(
            _facts(child, line),
            score=score if isinstance(score, int) else None,
            reason=reason if isinstance(reason, str) else None,
            by_standard=child.id in read.not_met,
        )
        yield Asked(line.key, child.id, line.where, facts)


def without_oc2(read: Return) -> Iterator[Asked[InYear]]:
    """For a child without a row of OC2, the first episode: that is where 191 says so."""
    for child in read.children.values():
        if child.episodes and child.id not in read.rows["OC2"]:
            line = child.episodes[0].line
            yield Asked(line.key, child.id, line.where, _facts(child, replace(line, cells={"CHILD": child.id})))


def of_leavers(read: Return) -> Iterator[Asked[InYear]]:
    """Every row of AD1 and OC3."""
    for table in ("AD1", "OC3"):
        for child, line in read.lines(table):
            yield Asked(line.key, child.id, line.where, _facts(child, line))


def _facts(child: Child, line: Line) -> InYear:
    return InYear(line, child, child.continuous, child.aged(child.year_start), child.aged(child.year_end))
