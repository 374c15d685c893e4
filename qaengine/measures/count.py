"""From what a measure saw to what it says."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from statistics import fmean, median

from qaengine.evaluate.measuring import Part, Seen, SeenOf
from qaengine.measures.result import Code, Line, Result, Share, State, Time
from qaengine.model.calendar import deadline
from qaengine.model.measure import Measure, MeasureKind
from qaengine.model.records import CHILD, RECORD_TYPES

Watch = Callable[[object, int], None]
NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class _Unit:
    """What counts once: one record or child, or all that share a reference. `row` speaks for them."""

    row: Seen
    members: tuple[Seen, ...]


def count(measure: Measure, seen: SeenOf, as_at: date, watch: Watch | None = None) -> Result:
    """What a measure says of all that it saw. `watch` is told how far past each limit of an average a time was."""
    units = list(_units(measure, seen.rows))
    match measure.kind:
        case MeasureKind.LIST | MeasureKind.COUNT:
            return _counted(measure, units)
        case MeasureKind.SHARE:
            return _share(measure, units)
        case MeasureKind.AVERAGE:
            return _average(measure, seen.rows, as_at, watch)
        case MeasureKind.BY_CODE:
            return _by_parts(measure, seen, units) if measure.among else _by_code(measure, units)


def _units(measure: Measure, rows: Iterable[Seen]) -> Iterator[_Unit]:
    """Each row by itself; or those that share a reference as one: it counts, and it is so, if one of them is."""
    shared: dict[str, list[Seen]] = {}
    for row in rows:
        if row.once is None:
            yield _Unit(row, (row,))
        else:
            shared.setdefault(row.once, []).append(row)
    for members in shared.values():
        yield _Unit(reduce(_together, members), tuple(members))


def _together(one: Seen, other: Seen) -> Seen:
    if one.where is not other.where:  # what surely counts speaks for what may count
        return one if one.where else other
    return replace(one, must=_either(one.must, other.must))


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False


def _whose(units: Iterable[_Unit]) -> int:
    return len({row.child_id for unit in units for row in unit.members})


def _lines(unit: _Unit, state: State, code: str = "") -> Iterator[Line]:
    for row in unit.members:
        yield Line(row.child_id, row.record_id, state, code)


def _counted(measure: Measure, units: Sequence[_Unit]) -> Result:
    sure = [unit for unit in units if unit.row.where]
    lines = [line for unit in units for line in _lines(unit, State.COUNTED if unit.row.where else State.UNDECIDED)]
    return Result(measure, len(sure), _whose(sure), len(units) - len(sure), tuple(lines))


def _share(measure: Measure, units: Sequence[_Unit]) -> Result:
    told = [unit for unit in units if unit.row.where and unit.row.must is not None]
    so = sum(unit.row.must is True for unit in told)
    unsure = [unit for unit in units if unit.row.where is None or unit.row.must is None]
    against = len(told) + sum(unit.row.must is not True for unit in unsure)
    in_favour = sum(unit.row.must is not False for unit in unsure)
    bounds = (so / against, (so + in_favour) / (len(told) + in_favour)) if against and len(told) + in_favour else None
    lines = [line for unit in units for line in _lines(unit, _standing(unit.row))]
    return Result(measure, len(told), _whose(told), len(unsure), tuple(lines), Share(so, len(told), bounds))


def _standing(row: Seen) -> State:
    if not row.where or row.must is None:
        return State.UNDECIDED
    return State.SO if row.must else State.NOT_SO


def _by_code(measure: Measure, units: Sequence[_Unit]) -> Result:
    sure = [unit for unit in units if unit.row.where]
    kinds = [_group(measure, unit.row) if measure.groups else unit.row.by for unit in sure]
    counts = Counter(kinds)
    codes = tuple(Code(name, Share(counts[name], len(sure))) for name in _names(measure, kinds))
    lines = [
        line
        for unit, kind in zip(sure, kinds, strict=True)
        for line in _lines(unit, State.COUNTED if kind else State.UNDECIDED, kind or NOT_RECORDED)
    ]
    lines += [line for unit in units if not unit.row.where for line in _lines(unit, State.UNDECIDED)]
    undecided = len(units) - len(sure) + counts[None]
    return Result(measure, len(sure), _whose(sure), undecided, tuple(lines), codes=codes)


def _group(measure: Measure, row: Seen) -> str | None:
    """The first group that holds; None where one before it cannot be known."""
    for group, so in zip(measure.groups, row.groups, strict=True):
        if so is None:
            return None
        if so:
            return group.name
    return measure.otherwise


def _names(measure: Measure, kinds: Iterable[str | None]) -> list[str]:
    """The kinds that there can be, in their own order; of what is no code, those that there are."""
    if measure.groups:
        return [*(group.name for group in measure.groups), measure.otherwise]
    if measure.among:
        codes = RECORD_TYPES[measure.among.record_type].fields[measure.among.by].codes
    else:
        assert measure.by is not None
        fields = CHILD.fields if measure.by.record_type == CHILD.name else RECORD_TYPES[measure.by.record_type].fields
        codes = fields[measure.by.field].codes
    return list(codes) if codes else sorted({kind for kind in kinds if kind is not None})


def _by_parts(measure: Measure, seen: SeenOf, units: Sequence[_Unit]) -> Result:
    """Of how many each kind is there. A part of which something is not known may be of any that nothing else shows."""
    linked: dict[tuple[str, str | None], list[Part]] = {}
    for part in seen.parts:
        linked.setdefault((part.child_id, part.link), []).append(part)
    names = _names(measure, [part.code for part in seen.parts])
    sure = [unit for unit in units if unit.row.where]
    surely: Counter[str] = Counter()
    perhaps: Counter[str] = Counter()
    for unit in sure:
        there, doubtful = _kinds(unit.members, linked, seen.parts_untold)
        surely.update(there)
        perhaps.update(name for name in names if name not in there and doubtful & {name, None})
    codes = [
        Code(
            name,
            Share(surely[name], len(sure) - perhaps[name], _between(surely[name], perhaps[name], len(sure))),
            perhaps[name],
        )
        for name in names
    ]
    lines = [line for unit in units for line in _lines(unit, State.COUNTED if unit.row.where else State.UNDECIDED)]
    return Result(measure, len(sure), _whose(sure), len(units) - len(sure), tuple(lines), codes=tuple(codes))


def _between(surely: int, perhaps: int, n: int) -> tuple[float, float] | None:
    return (surely / n, (surely + perhaps) / n) if n else None


def _kinds(
    wholes: Iterable[Seen], linked: Mapping[tuple[str, str | None], list[Part]], untold: frozenset[str]
) -> tuple[set[str], set[str | None]]:
    """The kinds that are surely there, and those that may be: None stands for any."""
    there: set[str] = set()
    perhaps: set[str | None] = set()
    for whole in wholes:
        if whole.child_id in untold:
            perhaps.add(None)
        for part in linked.get((whole.child_id, whole.record_id), ()):
            if part.counts and part.code is not None:
                there.add(part.code)
            else:
                perhaps.add(part.code)
        perhaps.update(part.code for part in linked.get((whole.child_id, None), ()))
    return there, perhaps - there


def _average(measure: Measure, rows: Sequence[Seen], as_at: date, watch: Watch | None) -> Result:
    lines = tuple(_timed(measure, row, as_at, watch) for row in rows)
    told = [line for line in lines if line.state is not State.UNDECIDED]
    days = [line.days for line in told if line.end is not None and line.days is not None]
    states = Counter(line.state for line in told)
    running = sum(states[state] for state in (State.WAITING, State.PROJECTED, State.PAST))
    time = Time(
        mean=fmean(days) if days else None,
        median=median(days) if days else None,
        done=len(days),
        late=states[State.DONE_LATE],
        running=running,
        past=states[State.PAST],
        projected=states[State.PROJECTED],
    )
    whose = len({line.child_id for line in told})
    return Result(measure, len(told), whose, len(lines) - len(told), lines, time=time)


def _timed(measure: Measure, row: Seen, as_at: date, watch: Watch | None) -> Line:
    """How long one took, or has taken so far. An end before the beginning is no time at all."""
    start, end = next((day for day in row.starts if day is not None), None), row.end
    if not row.where or start is None or (end is None and not row.is_open) or (end is not None and end < start):
        return Line(row.child_id, row.record_id, State.UNDECIDED)
    until = end or as_at
    state = State.WAITING if end is None else State.DONE
    if measure.limit is not None:
        last = deadline(start, measure.limit)
        _tell(watch, "limit", until, last)
        if until > last:
            state = State.PAST if end is None else State.DONE_LATE
        elif end is None and measure.lead is not None:
            needed = deadline(as_at, measure.lead)
            _tell(watch, "lead", needed, last)
            state = State.PROJECTED if needed > last else state
    return Line(row.child_id, row.record_id, state, "", start, end, (until - start).days)


def _tell(watch: Watch | None, limit: str, day: date, last: date) -> None:
    if watch is not None:
        watch(limit, (day - last).days)
