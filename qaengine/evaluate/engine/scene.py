"""Where the checks of one standard are evaluated: its tables, the children with their anchors, and its masks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.anchors import join_anchor
from qaengine.evaluate.engine.columns import CHILD, PREFIX, ROW, untold
from qaengine.evaluate.engine.conditions import TRUE
from qaengine.evaluate.engine.contradictions import children_of, mark, sought
from qaengine.evaluate.engine.needs import needs
from qaengine.evaluate.engine.ordinals import Point
from qaengine.evaluate.engine.prepare import Table, Tables, by_type
from qaengine.evaluate.engine.terms import Look
from qaengine.evaluate.wanted import EVERYTHING, Wanted
from qaengine.model.condition import Scope
from qaengine.model.records import CHILD as CHILD_TYPE
from qaengine.model.standard import Standard

Frame = fr.LazyFrame


@dataclass(frozen=True)
class Scene:
    """`children` has a row a child: the child's fields, the anchors, and what is not carried for the child."""

    tables: Tables
    children: Frame
    look: Look
    as_at: Point
    marked_types: tuple[str, ...] = ()  # those in which contradictions were sought
    wanted: Wanted = EVERYTHING
    applies_to_any: bool = True  # whether the standard is for any of the children, once that is known

    def only(self, which: fr.Expr) -> "Scene":
        """The same for some of the children."""
        return replace(self, children=self.children.filter(which))

    @property
    def marked(self) -> dict[str, Frame]:
        """The frames, by record type, in which contradictions were sought."""
        return {name: self.tables[name].frame for name in self.marked_types}

    def made(self, children: Frame, marked: Mapping[str, Frame]) -> "Scene":
        """The same with frames that have been run."""
        tables = {name: replace(self.tables[name], frame=frame) for name, frame in marked.items()}
        return replace(self, children=children, tables={**self.tables, **tables})

    def table(self, record_type: str) -> Table:
        return self.tables[record_type]

    def records(self, record_type: str) -> Frame:
        """The records of a type, each with what is known of its child."""
        return self.tables[record_type].frame.join(self.children, on=CHILD, how="inner")

    def at(self, record_type: str) -> Look:
        """A look at the records of a type."""
        return self.look.at(self.tables[record_type].masked)

    def untold(self, record_type: str) -> fr.Expr | None:
        """Whether the type is not carried for a child; None where it is for all."""
        return _untold(self.tables, record_type)


def _untold(tables: Tables, record_type: str) -> fr.Expr | None:
    if not tables[record_type].carried:
        return TRUE
    name = untold(record_type)
    return fr.col(name) if name in tables[CHILD_TYPE.name].untold else None


def scene(
    standard: Standard, tables: Tables, as_at: tuple[date, Point], not_carried: Mapping[str, frozenset[str]]
) -> Scene:
    """The scene of a standard: contradictions marked, anchors found."""
    day, point = as_at
    wanted = by_type(needs(standard))
    tables = {name: tables[name].only(frozenset(columns)) for name, columns in wanted.items()}
    look = Look.of(day, not_carried, tables[CHILD_TYPE.name].masked)
    contradictions = sought(standard.contradictions, tables)
    tables = mark(contradictions, tables, look)
    look = Look.of(day, not_carried, tables[CHILD_TYPE.name].masked)
    known = children_of(tables)
    children = known
    for anchor in standard.anchors:
        table = tables[anchor.record_type]
        children = join_anchor(anchor, table, known, children, look, _untold(tables, anchor.record_type))
    return Scene(tables, children, look, point, tuple(contradictions))


def as_trigger(frame: Frame, table: Table) -> Frame:
    """Records as the triggers of others: their columns under the trigger's prefix."""
    names = [ROW, *table.field_columns]
    return frame.rename({name: PREFIX[Scope.TRIGGER] + name for name in names})


TRIGGER_ROW = PREFIX[Scope.TRIGGER] + ROW
