"""A whole standard on one child: population, contradictions, anchors, checks, and the two results kept apart."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

from qaengine.evaluate.reference import kinds
from qaengine.evaluate.reference.anchors import find
from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.followed import followed_by
from qaengine.evaluate.reference.gaps import no_gap_over
from qaengine.evaluate.reference.lasting import at_most
from qaengine.evaluate.reference.scope import Found, Here, State
from qaengine.evaluate.reference.share import share
from qaengine.evaluate.reference.subjects import Outcome, Verdict, undecided
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.condition import Condition, refs
from qaengine.model.records import CHILD
from qaengine.model.result import By, Missing, Result, Why, roll_up
from qaengine.model.standard import (
    Asks,
    AtMost,
    Check,
    Contradiction,
    Each,
    FollowedBy,
    Has,
    Includes,
    NoGapOver,
    Share,
    Standard,
)


@dataclass(frozen=True, slots=True)
class CheckVerdict:
    """What a check says of a child, and of each record that it looked at.

    `excepted` is a check that is not met under an agreed exception: it does not count against the standard. One that
    does not `support` the standard is not what its title speaks of: that it is met does not make the standard met.
    """

    check: Check
    overall: Verdict
    records: tuple[Verdict, ...] = ()
    excepted: bool = False
    supports: bool = True

    @property
    def counted(self) -> Verdict:
        """The verdict as it rolls up into the standard: that it is met counts only where the title rests on it."""
        beside = not self.supports and self.overall.result is Result.MET
        return Verdict(Result.NOT_APPLICABLE) if self.excepted or beside else self.overall


@dataclass(frozen=True, slots=True)
class StandardVerdict:
    """What a standard says of a child: as recorded, as read, and by check. No checks where it is not for the child."""

    as_recorded: Verdict
    as_read: Verdict
    checks: tuple[CheckVerdict, ...] = ()


def evaluate(
    standard: Standard,
    file: CaseFile,
    as_at: date,
    not_carried: Mapping[str, frozenset[str]],
    excepted: Set[str] = frozenset(),
) -> StandardVerdict:
    """Evaluate one standard on one case file, which holds what was so on the as-at date.

    `excepted` are the checks that need not be met for this child under an agreed exception that is in force.
    """
    return evaluate_here(standard, prepare(standard, file, as_at, not_carried), excepted)


def prepare(
    standard: Standard,
    file: CaseFile,
    as_at: date,
    not_carried: Mapping[str, frozenset[str]],
    watch: Callable[[object, int], None] | None = None,
    told: Callable[[Condition, bool | None], None] | None = None,
) -> Here:
    """Where the conditions of a standard are tested: contradictions marked, anchors found."""
    here = Here(as_at, file, not_carried, watch=watch, told=told)
    here = here._replace(file=mark_contradictions(standard.contradictions, here))
    return here._replace(anchors=Anchors(standard, here))


class Anchors(dict[str, Found]):
    """The anchors of a standard by name, each sought when it is first asked for: most are for other children."""

    def __init__(self, standard: Standard, here: Here) -> None:
        super().__init__()
        self._sought, self._here = {anchor.name: anchor for anchor in standard.anchors}, here

    def __missing__(self, name: str) -> Found:
        self[name] = found = find(self._sought[name], self._here)
        return found


def evaluate_here(standard: Standard, here: Here, excepted: Set[str] = frozenset()) -> StandardVerdict:
    """Evaluate a standard where it has been prepared."""
    applies = holds(standard.applies_to, here)
    if applies.value is None:
        return StandardVerdict(undecided(applies.missing), Verdict(Result.NOT_APPLICABLE))
    if not applies.value:
        return StandardVerdict(Verdict(Result.NOT_APPLICABLE), Verdict(Result.NOT_APPLICABLE))
    checks = tuple(_placed(standard, excepted, evaluate_check(check, here)) for check in standard.checks)
    by = {who: [verdict.counted for verdict in checks if verdict.check.by is who] for who in By}
    return StandardVerdict(as_recorded(by[By.RECORD]), as_read(by[By.READER]), checks)


def _placed(standard: Standard, excepted: Set[str], verdict: CheckVerdict) -> CheckVerdict:
    """The verdict in its standard. Only what the record shows not to be met can be excepted."""
    is_excepted = verdict.check.id in excepted and verdict.overall.result is Result.NOT_MET
    supports = standard.supported_by(verdict.check)
    return verdict if supports and not is_excepted else replace(verdict, excepted=is_excepted, supports=supports)


def evaluate_check(check: Check, here: Here) -> CheckVerdict:
    """Evaluate one check, if it is for this child."""
    when = holds(check.when, here)
    if when.value is None:
        return CheckVerdict(check, undecided(when.missing))
    if not when.value:
        return CheckVerdict(check, Verdict(Result.NOT_APPLICABLE))
    depends = holds(check.depends_on, here)
    if not depends.value:
        return CheckVerdict(check, undecided(depends.missing or not_there(check.depends_on, here)))
    overall, records = _measure(check, here)
    if check.by is By.READER:
        return CheckVerdict(check, _for_reader(overall), tuple(_for_reader(verdict) for verdict in records))
    return CheckVerdict(check, overall, tuple(records))


def not_there(condition: Condition, here: Here) -> frozenset[Missing]:
    """The fields for want of which a condition is not so: those that are blank, have not happened or have no record."""
    blank = (ref for ref in refs(condition) if here.look(ref).state is not State.FILLED)
    return frozenset(Missing(ref.record_type, ref.field, Why.LEFT_BLANK) for ref in blank)


def _measure(check: Check, here: Here) -> Outcome:
    match check.test:
        case Has() as test:
            return kinds.has(test, here)
        case Each() as test:
            return kinds.each(test, here)
        case FollowedBy() as test:
            return followed_by(test, here)
        case Includes() as test:
            return kinds.includes(test, here)
        case NoGapOver() as test:
            return no_gap_over(test, here)
        case AtMost() as test:
            return at_most(test, here)
        case Share() as test:
            return share(test, here)
        case Asks() as test:
            return kinds.asks(test, here)


_READ = {
    Result.NOT_MET: Result.REFER_TO_AUDITOR,
    Result.MET: Result.NOT_APPLICABLE,
    Result.NOT_YET_DUE: Result.NOT_APPLICABLE,
}


def _for_reader(verdict: Verdict) -> Verdict:
    """A reader check only points: it neither finds against the record nor passes it."""
    return verdict._replace(result=_READ.get(verdict.result, verdict.result), late=False, mitigated=False)


def as_recorded(verdicts: list[Verdict]) -> Verdict:
    """The standard as its record checks leave it, with the earliest due date of those that decide it or are to come."""
    result = roll_up(verdict.result for verdict in verdicts)
    deciding = [verdict for verdict in verdicts if verdict.result is result]
    dated = [v for v in verdicts if v.result in (Result.MET, Result.NOT_YET_DUE)]
    due = [v.due_on for v in (deciding if result is Result.NOT_MET else dated) if v.due_on]
    return Verdict(
        result,
        due_on=min(due, default=None),
        late=result is Result.NOT_MET and all(verdict.late for verdict in deciding),
        mitigated=result is Result.NOT_MET and all(verdict.mitigated for verdict in deciding),
        missing=frozenset().union(*(verdict.missing for verdict in deciding)),
    )


def as_read(verdicts: list[Verdict]) -> Verdict:
    """The standard as a reader is to find it: something to read, or nothing; undecided only if nothing is to read."""
    present = {verdict.result for verdict in verdicts}
    order = (Result.REFER_TO_AUDITOR, Result.CANNOT_DECIDE)
    result = next((result for result in order if result in present), Result.NOT_APPLICABLE)
    missing = [verdict.missing for verdict in verdicts if verdict.result is result]
    return Verdict(result, missing=frozenset().union(*missing))


def mark_contradictions(contradictions: tuple[Contradiction, ...], here: Here) -> CaseFile:
    """The case file with the fields that contradict each other marked. Conditions here may look only at the child.

    Every contradiction is sought in the file as it was written, so that their order says nothing.
    """
    if not contradictions:
        return here.file
    of_type: dict[str, list[Contradiction]] = {}
    for contradiction in contradictions:
        of_type.setdefault(contradiction.record_type, []).append(contradiction)
    records = dict(here.file.records)
    for name in of_type.keys() & records.keys():
        records[name] = tuple(_marked(of_type[name], row, here) for row in records[name])
    return replace(here.file, child=_marked(of_type.get(CHILD.name, []), here.file.child, here), records=records)


def _marked(contradictions: list[Contradiction], row: Row, here: Here) -> Row:
    found = [each.fields for each in contradictions if holds(each.when, here.at(row)).value]
    return replace(row, contradictory=row.contradictory.union(*found)) if found else row
