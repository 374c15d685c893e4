"""Deriving what is asked for, in the order in which one derivation needs another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from qaengine.cases.derived import child, front_door, lasting, linked, meetings, plans, records, tables
from qaengine.cases.derived.changes import CHANGES, Change, derived_changes
from qaengine.cases.derived.council import Council
from qaengine.cases.derived.rule import Desk, Input, Rule
from qaengine.cases.derived.view import NC, Cell, View

_ALL = (
    *child.RULES,
    *records.RULES,
    *plans.RULES,
    *meetings.RULES,
    *linked.RULES,
    *front_door.RULES,
    *lasting.RULES,
    *tables.RULES,
)
RULES: dict[Input, Rule] = {rule.field: rule for rule in _ALL}
"""Every derivation by the field that it makes. Changes, which are records, are made apart."""

THIRDS = ("missing_episodes", "third_in_30_days")
KEYS = frozenset({"id", "child_id"})
"""References: every record has its own, in a column that tables name for themselves."""

Needed = Collection[tuple[str, str]]
"""The fields that are asked for, by record type and name; what is not derived is passed over. Any field of the
changes asks for the changes that other records show."""


@dataclass(frozen=True)
class Derived:
    """What was derived: a column a field, and the changes of each child (None: not carried), or None if not asked."""

    columns: Mapping[Input, list[Cell]]
    changes: list[list[Change] | None] | None


def work_out(view: View, as_at: date, council: Council, needed: Needed | None = None) -> Derived:
    """Every derived field, or those that are needed, from a view of the case files after the cut.

    A field that no record has, for want of its inputs, is left out.
    """
    desk = Desk(view, as_at, council)
    wants_changes = needed is None or any(of == CHANGES for of, _ in needed)
    for field, rule in RULES.items():
        if needed is None or field in needed or (field == THIRDS and wants_changes):
            _run(rule, desk)
    changes = derived_changes(desk) if wants_changes else None
    if changes is not None and all(of_child is None for of_child in changes):
        changes = None
    asked = {field: cells for field, cells in desk.made.items() if needed is None or field in needed}
    return Derived(asked, changes)


def may_derive(carried: Mapping[str, Collection[str]], name: str, field: str) -> bool:
    """Whether a field (or, for an empty one, the type at all) is carried, or may be derived from what is carried."""
    if name == CHANGES:
        return True
    if name not in carried:
        return False
    if not field or field in KEYS or field in carried[name]:
        return True
    rule = RULES.get((name, field))
    return rule is not None and all(may_derive(carried, *needed) for needed in rule.inputs)


def _run(rule: Rule, desk: Desk) -> None:
    if rule.of not in desk.view.types or not all(desk.has(of, name) for of, name in rule.inputs):
        return
    if rule.one_of and not any(desk.has(of, name) for of, name in rule.one_of):
        return
    cells = rule.work(desk)
    if not cells or any(cell is not NC for cell in cells):
        desk.made[rule.field] = cells
