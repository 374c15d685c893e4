"""What a condition can look at: the record under test, the child, the anchors, the trigger, and an interval."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from qaengine.model.casefile import CaseFile, Row, Value
from qaengine.model.condition import Condition, Moment, Ref, Scope, Today, today
from qaengine.model.record import Kind
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.result import Missing, Why


class State(StrEnum):
    """What is known of a field."""

    FILLED = "filled"
    BLANK = "blank"  # left blank where a value was due
    NOT_HAPPENED = "not_happened"  # a blank event, or a field of an anchor that is not there
    UNKNOWN = "unknown"  # not carried, contradictory, or of an anchor that cannot be told


class Looked(NamedTuple):
    """What was found on looking at a field."""

    state: State
    value: Value = None
    missing: frozenset[Missing] = frozenset()
    typed: str = ""  # the words that stand in place of a date or a score


class Found(NamedTuple):
    """The record that an anchor names: `row` is None when there is none; `missing` says why it cannot be told."""

    row: Row | None
    missing: frozenset[Missing] = frozenset()


class Here(NamedTuple):
    """Where a condition is tested. Made anew for every record of every check, and so a tuple: six times as fast."""

    as_at: date
    file: CaseFile
    not_carried: Mapping[str, frozenset[str]]
    anchors: Mapping[str, Found] = MappingProxyType({})
    record: Row | None = None
    trigger: Row | None = None
    watch: Callable[[object, int], None] | None = None
    told: Callable[[Condition, bool | None], None] | None = None  # each single test with what it came to
    span: Row | None = None
    begins: date | None = None  # where an interval is tested: the date on which it begins

    @property
    def is_watched(self) -> bool:
        """Whether somebody wants to know of every condition, also of those that decide nothing."""
        return self.watch is not None or self.told is not None

    def seen(self, node: object, margin: int) -> None:
        """Tell whoever watches how far past its limit a test was: how `check` knows which limits examples hit."""
        if self.watch is not None:
            self.watch(node, margin)

    def at(self, record: Row, trigger: Row | None = None) -> "Here":
        trigger = trigger or self.trigger
        return Here(self.as_at, self.file, self.not_carried, self.anchors, record, trigger, self.watch, self.told)

    def in_interval(self, span: Row | None, begins: date) -> "Here":
        """Where the conditions of an interval are tested: they look at its span and at the date on which it begins."""
        return Here(
            self.as_at, self.file, self.not_carried, self.anchors, None, None, self.watch, self.told, span, begins
        )

    def look(self, ref: Ref) -> Looked:
        """The value of a field, and what is known of it."""
        if ref.scope is Scope.ANCHOR:
            found = self.anchors[ref.anchor]
            if found.missing:
                return Looked(State.UNKNOWN, missing=found.missing)
            return look_at(found.row, ref) if found.row else Looked(State.NOT_HAPPENED)
        if ref.scope is Scope.INTERVAL and self.begins is not None:
            return Looked(State.FILLED, self.begins)
        row = self._row(ref.scope)
        if row is None:
            raise LookupError(f"no {ref.scope} here to look at")
        return look_at(row, ref)

    def _row(self, scope: Scope) -> Row | None:
        match scope:
            case Scope.RECORD:
                return self.record
            case Scope.CHILD:
                return self.file.child
            case Scope.TRIGGER:
                return self.trigger
            case Scope.SPAN:
                return self.span
            case _:
                return None

    def moment(self, moment: Moment) -> Looked:
        """The date that a moment stands for."""
        if isinstance(moment, Ref):
            return self.look(moment)
        return Looked(State.FILLED, today(moment, self.as_at) if isinstance(moment, Today) else moment)


IDS = frozenset({"id", "child_id"})
"""The fields that name the row itself: every row has its own."""


def look_at(row: Row, ref: Ref) -> Looked:
    """The value of one field of one row."""
    if ref.field in IDS:
        return Looked(State.FILLED, row.id)
    if ref.field in row.contradictory:
        return _unknown(ref, Why.CONTRADICTORY)
    if ref.field not in row.values:
        return _unknown(ref, Why.NOT_CARRIED)
    value = row.values[ref.field]
    if value is not None:
        return Looked(State.FILLED, value)
    if kind_of(ref) is Kind.EVENT:
        return Looked(State.NOT_HAPPENED)
    blank = frozenset({Missing(ref.record_type, ref.field, Why.LEFT_BLANK)})
    return Looked(State.BLANK, missing=blank, typed=typed(row, ref.field))


def typed(row: Row, field: str) -> str:
    """The words that were typed in place of a value, if any were."""
    words = row.values.get(f"{field}_as_typed")
    return words if isinstance(words, str) else ""


def _unknown(ref: Ref, why: Why) -> Looked:
    return Looked(State.UNKNOWN, missing=frozenset({Missing(ref.record_type, ref.field, why)}))


@cache
def kind_of(ref: Ref) -> Kind:
    """What kind of field a reference speaks of."""
    record_type = CHILD if ref.record_type == CHILD.name else RECORD_TYPES[ref.record_type]
    return record_type.fields[ref.field].kind
