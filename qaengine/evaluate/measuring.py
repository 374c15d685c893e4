"""What a measure counts, one child at a time: the reference, in plain Python.

A measure looks at each record (or child) that it may count and asks its conditions of it; what follows from the answers
is worked out in `qaengine.measures`, alike for this and for the engine.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from qaengine.evaluate.reference.conditions import holds
from qaengine.evaluate.reference.scope import Here, Looked, State, look_at
from qaengine.evaluate.reference.standard import prepare
from qaengine.model.casefile import CaseFile, Row, Value
from qaengine.model.condition import TRUE, All, Condition, Recorded, Ref, Scope
from qaengine.model.measure import Among, Measure
from qaengine.model.period import Period, Unit
from qaengine.model.standard import Asks, Check, Each, Remedy, Severity, Standard

NotCarried = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the conditions of a measure say of one record or child that it counts, or may count.

    `where` is never false. `record_id` is empty where a child is counted, or where the child's source does not carry
    the records at all: then nothing is known. Dates and words are None where they are not known; `is_open` says that
    the end has not happened.
    """

    child_id: str
    record_id: str
    where: bool | None
    must: bool | None = None
    groups: tuple[bool | None, ...] = ()
    by: str | None = None
    starts: tuple[date | None, ...] = ()
    end: date | None = None
    is_open: bool = False
    once: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a record that counts, or may: `link` and `code` are None where they are not known."""

    child_id: str
    link: str | None
    code: str | None
    counts: bool | None


@dataclass(frozen=True, slots=True)
class SeenOf:
    """All that was seen for one measure; `parts_untold` are the children whose source does not carry the parts."""

    rows: list[Seen]
    parts: list[Part]
    parts_untold: frozenset[str] = frozenset()


def as_standard(measure: Measure) -> Standard:
    """A standard that reads all that the measure reads: what is derived, prepared and anchored for it."""
    refs = [measure.by, measure.end, measure.once_per, *measure.start]
    groups = [group.condition for group in measure.groups]
    everything: list[Condition] = [measure.where, measure.must or TRUE, *groups]
    read = All((*everything, *(Recorded(ref) for ref in refs if ref)))
    if measure.of_children:
        checks = [Check("rows", "", Asks(""), when=read)]
    else:
        checks = [Check("rows", "", Each(measure.of, read, TRUE))]
    if among := measure.among:
        fields = (Recorded(_of_part(among, among.link)), Recorded(_of_part(among, among.by)))
        checks.append(Check("parts", "", Each(among.record_type, among.counting, All(fields))))
    return Standard(
        id=measure.id,
        title=measure.title,
        theme="",
        severity=Severity.MINOR,
        intent=measure.intent,
        short="",
        reads=("", ""),
        sources=(),
        applies_to=TRUE,
        checks=tuple(checks),
        remedy=Remedy("", "", Period(0, Unit.DAYS)),
        anchors=measure.anchors,
    )


def seen_in(
    measure: Measure,
    files: Iterable[CaseFile],
    as_at: date,
    not_carried: NotCarried,
    watch: Callable[[object, int], None] | None = None,
) -> SeenOf:
    """All that a measure sees in case files, which hold what was so on the as-at date."""
    standard = as_standard(measure)
    rows: list[Seen] = []
    parts: list[Part] = []
    untold: set[str] = set()
    for file in files:
        here = prepare(standard, file, as_at, not_carried, watch)
        rows.extend(_rows(measure, here))
        if measure.among:
            found = file.records.get(measure.among.record_type)
            untold.update([file.child_id] if found is None else [])
            parts.extend(_parts(measure.among, found or (), here))
    return SeenOf(rows, parts, frozenset(untold))


def _rows(measure: Measure, here: Here) -> Iterator[Seen]:
    if measure.of_children:
        yield from _seen(measure, here, "")
        return
    records = here.file.records.get(measure.of)
    if records is None:
        yield Seen(here.file.child_id, "", None)
    for row in records or ():
        yield from _seen(measure, here.at(row), row.id)


def _seen(measure: Measure, here: Here, record_id: str) -> Iterator[Seen]:
    where = holds(measure.where, here).value
    if where is False:
        return
    end = here.look(measure.end) if measure.end else None
    yield Seen(
        here.file.child_id,
        record_id,
        where,
        None if measure.must is None else holds(measure.must, here).value,
        tuple(holds(group.condition, here).value for group in measure.groups),
        said(here.look(measure.by)) if measure.by else None,
        tuple(_day(here.look(ref)) for ref in measure.start),
        _day(end) if end else None,
        end is not None and end.state is State.NOT_HAPPENED,
        said(here.look(measure.once_per)) if measure.once_per else None,
    )


def _parts(among: Among, rows: tuple[Row, ...], here: Here) -> Iterator[Part]:
    for row in rows:
        counts = holds(among.counting, here.at(row)).value
        if counts is not False:
            link, code = (look_at(row, _of_part(among, field)) for field in (among.link, among.by))
            yield Part(here.file.child_id, said(link), said(code), counts)


def _of_part(among: Among, field: str) -> Ref:
    return Ref(Scope.RECORD, field, among.record_type)


def _day(looked: Looked) -> date | None:
    return looked.value if isinstance(looked.value, date) else None


def said(looked: Looked) -> str | None:
    """A value as a code; None where it is not known."""
    return None if looked.value is None else word_of(looked.value)


def word_of(value: Value) -> str:
    """A value as a word."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
