"""Which fields a set of standards reads: only what is needed is derived and prepared."""

from collections.abc import Iterable

from qaengine.evaluate.engine.needs import needs
from qaengine.model.standard import Standard


def needed_fields(standards: Iterable[Standard]) -> frozenset[tuple[str, str]]:
    """(record type, field) for every field that any of the standards reads."""
    return frozenset((record_type, column.field) for one in standards for record_type, column in needs(one))
