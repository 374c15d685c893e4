"""Two orders in one number, so that "the first of the earliest" is one minimum: no windows, on any engine."""

from qaengine.evaluate.engine import frames as fr
from qaengine.evaluate.engine.columns import ROW

_STEP = 2**32  # more than there are rows in a table; day numbers times this fit an Int64


def keyed(first: fr.Expr, row: str = ROW) -> fr.Expr:
    """A number that orders by `first` and then by the place of the row; null with `first`."""
    return first.cast(fr.Int64) * _STEP + fr.col(row)


def before(first: fr.Expr, places: int) -> fr.Expr:
    """A key before those of every row of this `first`, by so many places, and after those of every earlier one."""
    return first.cast(fr.Int64) * _STEP - places


def first_of(key: fr.Expr) -> fr.Expr:
    """What a key orders by first."""
    return key // _STEP


def row_of(key: fr.Expr) -> fr.Expr:
    """The place of the row of a key."""
    return key - key // _STEP * _STEP
