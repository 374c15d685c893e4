"""Fields that contradict each other: in this standard they are held to be unknown, whatever they say."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from operator import or_

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import CHILD, PREFIX, ROW, Column, View
from qaengine.evaluate.engine.conditions import holds, known_true
from qaengine.evaluate.engine.prepare import Table, Tables
from qaengine.evaluate.engine.terms import Look
from qaengine.evaluate.possible import possible
from qaengine.model.condition import Scope
from qaengine.model.records import CHILD as CHILD_TYPE
from qaengine.model.standard import Contradiction

Frame = fr.LazyFrame


def children_of(tables: Tables) -> Frame:
    """The children with their fields under the prefix of the child, and what is not carried for some of them."""
    child = tables[CHILD_TYPE.name]
    renamed = [fr.col(name).alias(PREFIX[Scope.CHILD] + name) for name in child.field_columns]
    flags = [fr.col(name) for name in child.untold]
    return child.frame.select(fr.col(CHILD), *flags, *renamed)


def sought(contradictions: Iterable[Contradiction], tables: Tables) -> dict[str, list[Contradiction]]:
    """The contradictions by record type: those alone that concern a field which something reads, and can be."""

    def may_carry(record_type: str, field: str) -> bool:
        table = tables[record_type]
        return table.carried and (not field or table.has(field))

    by_type: dict[str, list[Contradiction]] = {}
    for contradiction in contradictions:
        table = tables.get(contradiction.record_type)
        read = table is not None and not set(table.fields).isdisjoint(contradiction.fields)
        if read and True in possible(contradiction.when, may_carry):
            by_type.setdefault(contradiction.record_type, []).append(contradiction)
    return by_type


def mark(by_type: Mapping[str, list[Contradiction]], tables: Tables, look: Look) -> Tables:
    """The tables with what is contradictory unknown. Every condition is tested on the tables as they were."""
    children = children_of(tables)
    return {**tables, **{name: _marked(tables[name], some, children, look) for name, some in by_type.items()}}


def _marked(table: Table, contradictions: list[Contradiction], children: Frame, look: Look) -> Table:
    at = look.at(table.masked)
    flags = {f"contradiction {n}": contradiction for n, contradiction in enumerate(contradictions)}
    tests = [known_true(holds(contradiction.when, at)).alias(flag) for flag, contradiction in flags.items()]
    masks = {}
    for field in table.fields:
        parts = [fr.col(flag) for flag, contradiction in flags.items() if field in contradiction.fields]
        if parts and field in table.masked:
            parts.append(fr.col(Column(field, View.UNKNOWN).name))
        if parts:
            masks[field] = reduce(or_, parts)
    tested = table.frame.join(children, on=CHILD, how="inner", suffix=" of child").with_columns(*tests)
    marked = replace(table, masked=table.masked | masks.keys())
    blanked = tested.with_columns(*_blanked(table, masks))
    return replace(marked, frame=blanked.select(CHILD, ROW, *table.untold, *marked.field_columns))


def _blanked(table: Table, masks: dict[str, fr.Expr]) -> list[fr.Expr]:
    made = [mask.alias(Column(field, View.UNKNOWN).name) for field, mask in masks.items()]
    for column in table.columns:
        if column.field in masks:
            made.append(fr.when(~masks[column.field]).then(fr.col(column.name)).alias(column.name))
    return made
