"""Two orders in one number, so that "the first of the earliest" is one minimum: no windows, on any engine."""

import narwhals as nw

from qaengine.evaluate.engine.columns import ROW

_STEP = 2**32  # more than there are rows in a table; day numbers times this fit an Int64


def keyed(first: nw.Expr, row: str = ROW) -> nw.Expr:
    """A number that orders by `first` and then by the place of the row; null with `first`."""
    return first.cast(nw.Int64) * _STEP + nw.col(row)


def before(first: nw.Expr, places: int) -> nw.Expr:
    """A key before those of every row of this `first`, by so many places, and after those of every earlier one."""
    return first.cast(nw.Int64) * _STEP - places


def first_of(key: nw.Expr) -> nw.Expr:
    """What a key orders by first."""
    return key // _STEP


def row_of(key: nw.Expr) -> nw.Expr:
    """The place of the row of a key."""
    return key - key // _STEP * _STEP
