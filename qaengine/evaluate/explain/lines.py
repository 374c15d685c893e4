"""An explanation as indented lines: conditions as a tree, records with their verdicts."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from qaengine.evaluate.explain import reasons
from qaengine.evaluate.explain.agreed import exception_words
from qaengine.evaluate.explain.names import among_its_kind, name_of, plain, titles
from qaengine.evaluate.explain.trace import Trace, trace
from qaengine.evaluate.explain.words import count, day, missing
from qaengine.evaluate.reference.scope import Here
from qaengine.evaluate.reference.standard import CheckVerdict
from qaengine.evaluate.reference.subjects import Verdict
from qaengine.model.agreed import Excepted
from qaengine.model.casefile import Row
from qaengine.model.condition import TRUE, Condition
from qaengine.model.result import Result
from qaengine.model.standard import (
    Asks,
    AtMost,
    Check,
    Each,
    FollowedBy,
    Has,
    Includes,
    NoGapOver,
    Share,
    Standard,
    Test,
)

FEW = 3
"""So many records that nobody has to look into are shown, and of more than that only how many they are."""

_QUIET = {Result.MET: "are met", Result.NOT_APPLICABLE: "give nothing to read"}

_MARK = {True: "✓", False: "✗", None: "?"}


def condition(tested: Condition, here: Here, depth: int) -> Iterator[str]:
    """A condition as a tree: ✓ holds, ✗ does not hold, ? cannot be known."""
    yield from _tree(trace(tested, here), depth)


def _tree(found: Trace, depth: int) -> Iterator[str]:
    shown = f": {found.found}" if found.found else ""
    yield f"{'  ' * depth}{_MARK[found.truth.value]} {found.says}{shown}"
    for part in found.parts:
        yield from _tree(part, depth + 1)


def anchors(standard: Standard, here: Here) -> Iterator[str]:
    """The records that the standard names."""
    for anchor in standard.anchors:
        found = here.anchors[anchor.name]
        what = (
            f"{found.row.id}" if found.row else f"cannot be told: {missing(found.missing)}" if found.missing else "none"
        )
        order = "latest" if anchor.latest else "earliest"
        which = f"the {order}" if anchor.nth == 1 else f"no. {anchor.nth} from the {order}"
        by = name_of(anchor.record_type, anchor.by)
        yield f"  {plain(anchor.name)} ({which} of the {titles(anchor.record_type)} by {by}): {what}"


def check_lines(
    verdict: CheckVerdict, here: Here, mark: Excepted | None = None, *, every: bool = True
) -> Iterator[str]:
    """A check: its sentence, its result and why, then each record with its conditions. `mark` is its exception.

    Unless `every` record is asked for, more than a few that nobody has to look into are only counted.
    """
    check, overall = verdict.check, verdict.overall
    yield f"  {check.id} [{check.kind}, by {check.by}]: {overall.result}"
    yield f"    {check.says}"
    yield f"    {reasons.of_check(verdict, here)}"
    if mark and overall.result is Result.NOT_MET:
        yield f"    {exception_words(mark)}"
    if check.when != TRUE:
        yield "    only for a child of whom this is so:"
        yield from condition(check.when, here, 3)
    if check.depends_on != TRUE:
        yield "    cannot be decided unless this is so:"
        yield from condition(check.depends_on, here, 3)
    counted = {} if every else _many(verdict)
    for record in verdict.records:
        if record.result in counted:
            continue
        due = f", due {day(record.due_on)}" if record.due_on else ""
        yield f"      {_named(record, check)}: {record.result}{due}"
        yield from _record(verdict, record, here)
    for result, n in counted.items():
        more = " more" if sum(counted.values()) < len(verdict.records) else ""
        yield f"      {n:,}{more} {_subjects(check)} {_QUIET[result]}"
    if isinstance(check.test, Has | Share):
        yield from _candidates(check.test, here)


def _many(verdict: CheckVerdict) -> dict[Result, int]:
    """How many records there are with a result that nobody has to look into, where they are more than a few."""
    found = Counter(record.result for record in verdict.records)
    return {result: found[result] for result in _QUIET if found[result] > FEW}


def _named(record: Verdict, check: Check) -> str:
    if record.row is None or isinstance(check.test, Asks):
        return "from the start"
    return among_its_kind(record.record_type or check.test.record_type, record.row.id)


def _subjects(check: Check) -> str:
    return "intervals" if isinstance(check.test, Asks | NoGapOver) else titles(check.test.record_type)


def _record(verdict: CheckVerdict, record: Verdict, here: Here) -> Iterator[str]:
    if isinstance(verdict.check.test, NoGapOver):
        yield from _interval(verdict.check.test, record, here)
    elif record.row is not None:
        yield from _of_row(verdict.check.test, record.row, here)


def _interval(test: NoGapOver, record: Verdict, here: Here) -> Iterator[str]:
    """What began an interval, with the condition by which that counts."""
    if record.row is not None:
        where = test.where if record.record_type == test.record_type else test.span.where
        yield from _unless_always(where, here.at(record.row), "in scope")
    if record.due_on is not None:
        yield f"        no longer than {count(record.limit or 0, record.unit or 'days')}"


def _of_row(test: Test, row: Row, here: Here) -> Iterator[str]:
    at = here.at(row)
    match test:
        case Each(where=where, must=must):
            yield from _unless_always(where, at, "in scope")
            yield from condition(must, at, 4)
        case FollowedBy(where=where) | Includes(where=where) | AtMost(where=where):
            yield from _unless_always(where, at, "in scope")


def _candidates(test: Has | Share, here: Here) -> Iterator[str]:
    for row in here.file.records.get(test.record_type, ()):
        if isinstance(test, Share):
            yield f"      {row.id}"
            yield from _unless_always(test.where, here.at(row), "in scope")
            yield from _unless_always(test.must, here.at(row), "shows it")
            continue
        dated = row.values.get(test.dated)
        shown = f", {name_of(test.record_type, test.dated)} {day(dated) if isinstance(dated, date) else 'blank'}"
        yield f"      {row.id}{shown if test.dated else ''}"
        yield from _unless_always(test.where, here.at(row), "shows it")


def _unless_always(tested: Condition, here: Here, what: str) -> Iterator[str]:
    if tested != TRUE:
        yield f"        {what}:"
        yield from condition(tested, here, 5)
