"""Records compared: which of those that were read is which of those that should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from qaengine.model.casefile import Row, Value

LINKS = {"referral": "referrals", "section47": "section47s"}
"""Fields that name another record of the child, and its type."""

MADE_ID = re.compile(r"(?:.*-\d{3}|row-\d{4})(?:~\d+)?")
"""Ids that a reader makes of the places of rows: they change with the places."""

IsNew = Callable[[str, Value], bool]
"""Whether a value of a field is what a mutation wrote there."""


def never(field: str, now: Value) -> bool:
    return False


def filled(row: Row) -> dict[str, Value]:
    """What a record says, without links and without words in place of a date. Factors have no order."""
    return {
        field: " ".join(sorted(set(str(value).split()))) if field == "factors" else value
        for field, value in row.values.items()
        if value is not None and field not in LINKS and not field.endswith("_as_typed")
    }


def texts(row: Row, kind: type) -> frozenset[str]:
    """The values of a kind, as text; yes and no tell nothing apart."""
    return frozenset(
        str(value) for value in filled(row).values() if isinstance(value, kind) and not isinstance(value, bool)
    )


def may_be_others(row: Row) -> bool:
    """Whether a record only says that there may be others."""
    return "-earlier-" in row.id


def is_part(whole: Row, part: Row, is_new: IsNew) -> bool:
    """Whether a record says nothing that the other does not say, but for what is new."""
    if may_be_others(whole) != may_be_others(part):
        return False
    known = filled(whole)
    return all(known.get(field) == value or is_new(field, value) for field, value in filled(part).items())


def matched(
    old: Sequence[Row], new: Sequence[Row], is_new: IsNew
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Each record that was read beside the one that it is, or is part of; those that are lost; those that are more."""
    left, pairs, more = list(old), list[tuple[Row, Row]](), sorted(new, key=lambda one: -len(filled(one)))
    for fits in (never, is_new):
        rest = list[Row]()
        for row in more:
            fitting = [one for one in left if is_part(one, row, fits)]
            if fitting:
                best = max(fitting, key=lambda one: (len(filled(one).items() & filled(row).items()), one.id == row.id))
                left.remove(best)
                pairs.append((best, row))
            else:
                rest.append(row)
        more = rest
    return pairs, left, more


def of_id(rows: Iterable[Row], own: Value) -> Row | None:
    return next((row for row in rows if row.id == own), None)
