"""What a council says of itself, and derivations read: its words for agencies, its school terms, its delegation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from qaengine.model.condition import fold
from qaengine.model.records import RECORD_TYPES

Agencies = Mapping[str, str]
"""The code of each agency by the folded words that councils write for it."""

AGENCY_CODES = RECORD_TYPES["participants"].fields["agency_code"].codes
"""The agencies that standards may speak of."""

NO_ALIASES: Agencies = {fold(code): code for code in AGENCY_CODES}
"""The table of a council that has written none: an agency is known by its code alone."""


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A school term: its first and its last day."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Delegation:
    """The scheme of delegation: the level of each role (by its folded words), and the lowest level that may take a
    decision of each kind. A kind that is not in it may be taken at any level."""

    levels: Mapping[str, int] = field(default_factory=dict)
    needs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Council:
    """The tables of one council. `terms` stand in order and do not overlap."""

    agencies: Agencies = field(default_factory=lambda: NO_ALIASES)
    terms: tuple[Term, ...] = ()
    delegation: Delegation = field(default_factory=Delegation)
