"""csc-validator-be-cin: its report, and its two rules that ask whether a clock of working days has run out."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from agreement.compare import Asked, Key, Outcome, Reason, Rule, compare
from agreement.run import carried, stages_of
from qaengine.cases import read_cases
from qaengine.evaluate.stages import evaluated
from qaengine.model.bank_holidays import bank_holidays
from qaengine.model.calendar import deadline
from qaengine.model.casefile import CaseFile, CaseSet, Row
from qaengine.model.period import Period, Unit
from qaengine.model.result import Result

ASSESSED, CONFERENCE = 45, 15
"""Working days, from the start of an assessment or enquiry."""

ICPC, HELD_IN_TIME = "icpc-within-15-working-days", "conference-in-time-as-returned"
"""The standard that asks for the conference, and its check for a source without management decisions."""

LOOK_BACK = Period.parse("12 months")
"""How old an enquiry may be for that check, where the source does not say when it ended."""

THEIR_FIRST_YEAR = 2022
"""The year with which the validator's table of bank holidays begins."""

Flags = Mapping[str, Counter[tuple[str, str]]]
"""How often each rule flags a child and a day of start."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The facts of what was to be done within so many working days of a day.

    `began` is the day the assessment or enquiry began, `start` the day the clock is counted from. `done` is the day it
    was done as far as the as-at date tells, `done_in_file` the day that the file has. The last three are asked where
    our standard is run as it is: whether it was done at another time than within the clock, whether it began too long
    ago to be looked at, and what the standard says.
    """

    as_at: date
    began: date
    start: date | None
    done: date | None
    done_in_file: date | None
    within: int
    is_timed: bool = True
    holidays_from: int = 0  # the year from which bank holidays are known
    elsewhere: date | None = None  # a conference on the episode, not on the enquiry
    is_missed: bool = False
    is_long_ago: bool = False
    by_standard: bool | None = None

    @property
    def ran_out(self) -> bool:
        """The last day has passed, and it was not done."""
        if not self.is_timed or self.done is not None or self.start is None:
            return False
        return self.last_day < self.as_at

    @property
    def not_in_time(self) -> bool:
        """What our standard says of it: by itself where it was asked, and else by these facts."""
        if self.by_standard is not None:
            return self.by_standard
        return self.is_timed and not self.is_long_ago and (self.ran_out or self.is_missed)

    @property
    def last_day(self) -> date:
        assert self.start is not None
        if not self.holidays_from:
            return deadline(self.start, Period(self.within, Unit.WORKING_DAYS))
        return _nth_day(self.start, self.within, self.holidays_from)

    @property
    def has_unknown_holiday(self) -> bool:
        """Whether a bank holiday that the validator does not know lies within the clock."""
        years = range(self.began.year, min(self.as_at.year + 1, THEIR_FIRST_YEAR))
        return any(self.began <= day <= self.as_at for year in years for day in bank_holidays(year))


def _nth_day(start: date, n: int, holidays_from: int) -> date:
    """The n-th working day after a day, one by one, for a table of bank holidays that begins with some year."""
    day = start
    while n:
        day += timedelta(days=1)
        is_holiday = day.year >= holidays_from and day in bank_holidays(day.year)
        n -= day.weekday() < 5 and not is_holiday
    return day


ONE_SHORT: Reason[Clock] = Reason(
    "a working day short",
    "they count 44 and 14 working days back, so that what is due on the reference date is late for them",
    lambda f: True,
    lambda f: replace(f, within=f.within - 1),
)
HOLIDAYS: Reason[Clock] = Reason(
    "bank holidays before 2022",
    "their table begins in 2022: a bank holiday before that is a working day for them",
    lambda f: f.has_unknown_holiday,
    lambda f: replace(f, holidays_from=THEIR_FIRST_YEAR),
)
DONE_LATER: Reason[Clock] = Reason(
    "done after the reference date",
    "not done yet for us at the reference date; done for them",
    lambda f: f.done is None and f.done_in_file is not None and f.done_in_file > f.as_at,
    lambda f: replace(f, done=f.done_in_file),
)
FROM_REFERRAL: Reason[Clock] = Reason(
    "counted from the referral",
    "our standard counts from the day of the referral, they count from the start of the assessment",
    lambda f: f.start != f.began,
    lambda f: replace(f, start=f.began),
)
REASSESSED: Reason[Clock] = Reason(
    "begun later than that",
    "begun more than 45 working days after the referral, or before it: our standard does not time it from there",
    lambda f: not f.is_timed,
    lambda f: replace(f, is_timed=True, start=f.began),
)
ON_EPISODE: Reason[Clock] = Reason(
    "conference on the episode",
    "its date stands in the episode and not in the enquiry: our standard takes it for the enquiry, they do not look",
    lambda f: f.elsewhere is not None,
    lambda f: replace(f, done=None, elsewhere=None),
)
ASSESSMENT: Rule[Clock] = Rule(
    "8670Q",
    "not authorised, and begun more than 45 working days before the reference date",
    lambda f: f.ran_out,
    (DONE_LATER, HOLIDAYS, ONE_SHORT),
)
FROM_REFERRED: Rule[Clock] = Rule(
    "8670Q, as timed by assessment-within-45-working-days",
    "not authorised, and the referral more than 45 working days before the reference date",
    lambda f: f.ran_out,
    (DONE_LATER, FROM_REFERRAL, REASSESSED, HOLIDAYS, ONE_SHORT),
)
ENQUIRY: Rule[Clock] = Rule(
    "8675Q",
    "a conference needed and not held, and the enquiry begun more than 15 working days before the reference date",
    lambda f: f.ran_out,
    (DONE_LATER, ON_EPISODE, HOLIDAYS, ONE_SHORT),
)


def _by_parts(reason: Reason[Clock]) -> Reason[Clock]:
    """The same reason, where the facts say what the standard says, so that another reading of them can be asked."""
    return replace(
        reason,
        holds=lambda f: f.by_standard == replace(f, by_standard=None).not_in_time and reason.holds(f),
        other=lambda f: replace(reason.other(f), by_standard=None),
    )


MISSED: Reason[Clock] = Reason(
    "held, but not in time",
    "held late, or before the enquiry began: our standard asks for it in time, they ask whether it was held",
    lambda f: f.is_missed,
    lambda f: replace(f, is_missed=False),
)
LONG_AGO: Reason[Clock] = Reason(
    "more than 12 months ago",
    "our standard looks back 12 months, where the source does not say when an enquiry ended; they look at them all",
    lambda f: f.is_long_ago,
    lambda f: replace(f, is_long_ago=False, is_missed=False),
)
BY_STANDARD: Rule[Clock] = Rule(
    f"8675Q, {ICPC} run as it is",
    "a conference needed, and not held within 15 working days of the start of the enquiry",
    lambda f: f.not_in_time,
    tuple(_by_parts(reason) for reason in (DONE_LATER, MISSED, ON_EPISODE, LONG_AGO, HOLIDAYS, ONE_SHORT)),
)
STARTS = {"8670Q": "AssessmentActualStartDate", "8675Q": "S47ActualStartDate"}
"""The column of the report with the day of start, by rule."""


def flags_in(report: Path) -> Flags:
    """How often each rule flags each child and day of start, from the validator's user report."""
    flags: dict[str, Counter[tuple[str, str]]] = {code: Counter() for code in STARTS}
    with report.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["columns_affected"] == STARTS.get(row["rule_code"]):
                flags[row["rule_code"]][row["LAchildID"], row["value_flagged"][:10]] += 1
    return flags


def compare_census(file: Path, report: Path, as_at: date | None) -> Iterator[Outcome]:
    """Both clocks, each also as our standard has it."""
    flags = flags_in(report)
    source = read_cases(file)
    day = as_at or source.own_date
    if day is None:
        raise SystemExit(f"{file}: it has no reference date, so one must be given with --as-at")
    whole = {each.child_id: each for each in source.case_set().files}
    cut = source.as_at(day).case_set()
    assessments = [pair for each in cut.files for pair in _assessments(each, whole[each.child_id], day)]
    late = not_in_time(cut, day)
    enquiries = [pair for each in cut.files for pair in enquiries_of(each, whole[each.child_id], day, late)]
    from_referral = [(child, _from_referral(clock, referred)) for child, clock, referred in assessments]
    yield _compared(ASSESSMENT, [(child, clock) for child, clock, _ in assessments], flags["8670Q"])
    yield _compared(FROM_REFERRED, from_referral, flags["8670Q"])
    yield _compared(ENQUIRY, enquiries, flags["8675Q"])
    yield _compared(BY_STANDARD, enquiries, flags["8675Q"])


def not_in_time(cut: CaseSet, day: date) -> frozenset[tuple[str, str]]:
    """The enquiries, by child and id, of which the standard says that no conference was held in time."""
    stages = stages_of(ICPC)
    return frozenset(
        (file.child_id, verdict.row.id)
        for file in cut.files
        for one in evaluated(stages, file, day, cut.not_carried)
        for check in one.verdict.checks
        for verdict in check.records
        if check.check.id == HELD_IN_TIME and verdict.row is not None and verdict.result is Result.NOT_MET
    )


def _compared(rule: Rule[Clock], clocks: Iterable[tuple[str, Clock]], flags: Counter[tuple[str, str]]) -> Outcome:
    """A report names a row by child and day: of several rows of one day, those that we flag too are meant first."""
    rows: dict[tuple[str, str], list[Clock]] = defaultdict(list)
    for child, clock in clocks:
        rows[child, str(clock.began)].append(clock)
    asked = [
        Asked((child, began, str(nth)), child, f"begun {began}", clock)
        for (child, began), same in rows.items()
        for nth, clock in enumerate(sorted(same, key=lambda clock: (not clock.ran_out, clock.done_in_file is not None)))
    ]
    flagged: set[Key] = {(*key, str(nth)) for key, count in flags.items() for nth in range(count)}
    return compare(rule, asked, flagged)


def _assessments(file: CaseFile, whole: CaseFile, as_at: date) -> Iterator[tuple[str, Clock, date | None]]:
    """Each assessment with a clock from its start, and the day of its referral."""
    in_file = _by_id(whole, "assessments")
    for row in carried(file, "assessments"):
        began, done, referred = (row.values.get(name) for name in ("started", "authorised", "referred"))
        if isinstance(began, date):
            clock = Clock(as_at, began, began, _day(done), _day(in_file[row.id].values["authorised"]), ASSESSED)
            yield file.child_id, clock, _day(referred)


def _from_referral(clock: Clock, referred: date | None) -> Clock:
    """The same, counted from the referral where our standard counts it from there."""
    if referred is None:
        return replace(clock, start=None, is_timed=False)
    in_time = referred <= clock.began <= deadline(referred, Period(ASSESSED, Unit.WORKING_DAYS))
    return replace(clock, start=referred, is_timed=in_time)


def enquiries_of(
    file: CaseFile, whole: CaseFile, as_at: date, late: frozenset[tuple[str, str]]
) -> Iterator[tuple[str, Clock]]:
    """Each enquiry, with its conference or, where it has none, one that belongs to no enquiry and followed it."""
    held, held_in_file = _held(file), _held(whole)
    for row in carried(file, "section47s"):
        began = row.values["started"]
        if isinstance(began, date):
            own, own_in_file = held.get(row.id, ()), held_in_file.get(row.id, ())
            loose = [day for day in held.get(None, ()) if day >= began]
            held_on = [*own, *loose]
            last_day = deadline(began, Period(CONFERENCE, Unit.WORKING_DAYS))
            clock = Clock(
                as_at,
                began,
                began,
                min(held_on, default=None),
                min([*own_in_file, *loose], default=None),
                CONFERENCE,
                is_timed=row.values.get("conference_needed") is True,
                elsewhere=None if own else min(loose, default=None),
                is_missed=bool(held_on) and last_day < as_at and not any(began <= day <= last_day for day in held_on),
                is_long_ago=deadline(began, LOOK_BACK) < as_at,
                by_standard=(file.child_id, row.id) in late,
            )
            yield file.child_id, clock


def _held(file: CaseFile) -> Mapping[str | None, Sequence[date]]:
    """The days of the initial conferences, by the enquiry; None for those that name none."""
    found: dict[str | None, list[date]] = defaultdict(list)
    for row in carried(file, "conferences"):
        held, enquiry = row.values["held"], row.values.get("section47")
        if isinstance(held, date):
            found[None if enquiry is None else str(enquiry)].append(held)
    return found


def _by_id(file: CaseFile, record_type: str) -> Mapping[str, Row]:
    return {row.id: row for row in carried(file, record_type)}


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
