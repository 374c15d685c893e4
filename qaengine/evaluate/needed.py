"""Which fields a set of standards reads: only what is needed is derived and prepared.

A standard whose population can never be told from a source has no checks to run on it, so the fields that only its
checks read are not needed there. That is told from what the source may carry, before anything is read of a child.
"""

from collections.abc import Iterable
from dataclasses import replace

from qaengine.evaluate.engine.needs import needs
from qaengine.evaluate.possible import MayCarry, possible
from qaengine.model.records import FINDINGS
from qaengine.model.standard import Standard


def needed_fields(standards: Iterable[Standard], may_carry: MayCarry) -> frozenset[tuple[str, str]]:
    """(record type, field) for every field of a source that any of the standards reads."""

    def may_be_there(record_type: str, field: str) -> bool:
        return record_type == FINDINGS.name or may_carry(record_type, field)  # findings are made for every child

    return frozenset(
        (record_type, column.field)
        for standard in standards
        for record_type, column in needs(_what_runs(standard, may_be_there))
        if record_type != FINDINGS.name
    )


def _what_runs(standard: Standard, may_carry: MayCarry) -> Standard:
    if True in possible(standard.applies_to, may_carry):
        return standard
    return replace(standard, checks=())
