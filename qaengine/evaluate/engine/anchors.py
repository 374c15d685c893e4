"""Which record an anchor names, for every child at once, and when that cannot be told."""

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import CHILD, ROW, Column, View, anchor_column
from qaengine.evaluate.engine.conditions import FALSE, holds, known_true, may_be_true
from qaengine.evaluate.engine.keys import keyed, row_of
from qaengine.evaluate.engine.needs import kind_of
from qaengine.evaluate.engine.prepare import Table
from qaengine.evaluate.engine.terms import Look
from qaengine.model.condition import Ref, Scope
from qaengine.model.record import Kind
from qaengine.model.standard import Anchor

Frame = fr.LazyFrame

_KEY, _SURE, _UNSURE, _CHOSEN, _FIRST_DOUBT, _DOUBTED, _UNDATED = (
    f"anchor {name}" for name in ("key", "sure", "unsure", "chosen", "first doubt", "doubted", "undated")
)


def unknown_anchor(name: str) -> fr.Expr:
    """Whether it cannot be told which record the anchor names."""
    return fr.col(anchor_column(name, View.UNKNOWN.value))


def row_of_anchor(name: str) -> fr.Expr:
    """The place of the record that the anchor names; null where there is none, or where that cannot be told."""
    return fr.col(anchor_column(name, ROW))


def join_anchor(
    anchor: Anchor, table: Table, known: Frame, children: Frame, look: Look, untold: fr.Expr | None
) -> Frame:
    """`children` with the columns of an anchor: its row, whether it is unknown, and its fields.

    `known` is what the anchor's condition may look at beside the record: the children without anchors.
    """
    if not table.carried:
        return children.with_columns(*_never_told(anchor, table))
    unknown, row = anchor_column(anchor.name, View.UNKNOWN.value), anchor_column(anchor.name, ROW)
    found = _ranked(anchor, _candidates(anchor, table, known, look))
    doubted = known_true(fr.col(_DOUBTED) & _comes_first(anchor.latest))
    cannot_tell = doubted if untold is None else doubted | untold
    joined = children.join(found, on=CHILD, how="left").with_columns(cannot_tell.alias(unknown))
    chosen = fr.when(~fr.col(unknown)).then(row_of(fr.col(_CHOSEN))).alias(row)
    joined = joined.with_columns(chosen).drop(_CHOSEN, _FIRST_DOUBT, _DOUBTED, _UNDATED)
    return joined.join(_fields(anchor, table), on=row, how="left").with_columns(*_known(anchor, table))


def _never_told(anchor: Anchor, table: Table) -> list[fr.Expr]:
    """The columns of an anchor to records that no source carries: which one it names is known of no child."""
    types = table.frame.collect_schema()
    made = {name: fr.lit(None, types[name]) for name in (ROW, *table.field_columns)}
    for field in table.fields:
        made[Column(field, View.UNKNOWN).name] = fr.lit(True)
        made[Column(field, View.ABSENT).name] = FALSE
    made[View.UNKNOWN.value] = fr.lit(True)
    return [expr.alias(anchor_column(anchor.name, name)) for name, expr in made.items()]


def _candidates(anchor: Anchor, table: Table, known: Frame, look: Look) -> Frame:
    """The records that satisfy `where`, or may; those that are sure and dated have a key."""
    at = look.at(table.masked)
    by = at.term(Ref(Scope.RECORD, anchor.by, anchor.record_type))
    absent = FALSE if by.absent is None else by.absent
    tested = table.frame.join(known, on=CHILD, how="inner").with_columns(
        holds(anchor.where, at).alias(_SURE), keyed(by.value).alias(_KEY), absent.alias(_UNDATED)
    )
    candidates = tested.filter(may_be_true(fr.col(_SURE)) & ~fr.col(_UNDATED))
    return candidates.with_columns((known_true(fr.col(_SURE)) & ~fr.col(_KEY).is_null()).alias(_SURE))


def _ranked(anchor: Anchor, candidates: Frame) -> Frame:
    """One row a child: the key of the record chosen, and the doubts about it."""
    sure, unsure = fr.col(_SURE), ~fr.col(_SURE)
    keys = candidates.with_columns(
        fr.when(sure).then(fr.col(_KEY)).alias(_CHOSEN),
        fr.when(unsure).then(fr.col(_KEY)).alias(_FIRST_DOUBT),
        unsure.alias(_DOUBTED),
        (unsure & fr.col(_KEY).is_null()).alias(_UNDATED),
    )
    if anchor.nth > 1:
        place = fr.col(_CHOSEN).rank("ordinal", descending=anchor.latest).over(CHILD)
        keys = keys.with_columns(place.alias(_KEY))
        keys = keys.with_columns(fr.when(fr.col(_KEY) == anchor.nth).then(fr.col(_CHOSEN)).alias(_CHOSEN))
    chosen, doubt = fr.col(_CHOSEN), fr.col(_FIRST_DOUBT)
    return keys.group_by(CHILD).agg(
        chosen.max() if anchor.latest else chosen.min(),
        doubt.max() if anchor.latest else doubt.min(),
        fr.col(_DOUBTED).any(),
        fr.col(_UNDATED).any(),
    )


def _comes_first(latest: bool) -> fr.Expr:
    """Whether a record of which we are not sure could come before the one chosen."""
    chosen, doubt = fr.col(_CHOSEN), fr.col(_FIRST_DOUBT)
    return chosen.is_null() | fr.col(_UNDATED) | (doubt > chosen if latest else doubt < chosen)


def _fields(anchor: Anchor, table: Table) -> Frame:
    """The records of the anchor's type, by row, with their columns under the anchor's name."""
    names = [ROW, *table.field_columns]
    return table.frame.select(*(fr.col(name).alias(anchor_column(anchor.name, name)) for name in names))


def _known(anchor: Anchor, table: Table) -> list[fr.Expr]:
    """What is known of each field: unknown with the anchor; not happened where there is no such record."""
    none = row_of_anchor(anchor.name).is_null()
    made = []
    for field in table.fields:
        value, unknown, absent = (
            anchor_column(anchor.name, Column(field, view).name) for view in (View.VALUE, View.UNKNOWN, View.ABSENT)
        )
        cannot_tell = unknown_anchor(anchor.name)
        if field in table.masked:
            cannot_tell = cannot_tell | fr.col(unknown).fill_null(False)
        event = kind_of(anchor.record_type, field) is Kind.EVENT
        not_there = fr.col(value).is_null() if event else none
        made += [cannot_tell.alias(unknown), (not_there & ~cannot_tell).alias(absent)]
    return made
