"""What is said by hand of each format: how its file is written, and what of the truth it holds."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

Values = Mapping[str, Any]
"""The fields of a record, with their values."""


def everything(_type: str, _row: Values) -> bool:
    """Every record of the truth is in the file."""
    return True


@dataclass(frozen=True)
class Form:
    """A format. `write` writes the file into an empty folder and answers what is to be read.

    `carries` names the fields of each record type that the format has; where its kinds differ, those of `type:kind`
    alone, and a kind that is not named is not in the file. `holds` tells of a record whether it is in the file (a
    return has one year). `speaks_of` names the children of whom the file says anything of a type, or of a field of the
    child; of all where there is nothing. `beside` are the records that may be there and are not in the file, by child
    and type: beside what is carried stands one of which only the kind is, and how late it was at the latest.
    `instead` are the records of a child that the format has in place of the truth's, with the reason in `why`; `values`
    are single values that it has otherwise.
    """

    name: str
    write: Callable[[Path], Path]
    children: tuple[str, ...]
    carries: Mapping[str, str]
    holds: Callable[[str, Values], bool] = everything
    speaks_of: Mapping[str, Collection[str]] = field(default_factory=dict)
    beside: Mapping[tuple[str, str], Sequence[Values]] = field(default_factory=dict)
    instead: Mapping[tuple[str, str], list[Values]] = field(default_factory=dict)
    values: Mapping[tuple[str, str], Values] = field(default_factory=dict)
    why: str = ""

    def fields(self, name: str) -> frozenset[str]:
        """The fields of a type that the format has, in any kind of it."""
        words = [text for key, text in self.carries.items() if key.partition(":")[0] == name]
        return frozenset(field for text in words for field in text.split())

    def fields_of(self, name: str, row: Values) -> frozenset[str] | None:
        """The fields of a record; None where records of its kind are not in the file."""
        kinds = {key.partition(":")[2]: text for key, text in self.carries.items() if key.partition(":")[0] == name}
        text = kinds.get("", kinds.get(str(row.get("kind"))))
        return None if text is None else frozenset(text.split())

    def says(self, name: str, child_id: str) -> bool:
        """Whether the file says anything of a type (or a field of the child) for a child."""
        return name not in self.speaks_of or child_id in self.speaks_of[name]


def some(*kinds: str) -> list[Values]:
    """Records of which only the kind is known."""
    return [{"kind": kind} for kind in kinds]


def until(day: date | None, *kinds: str) -> list[Values]:
    """The same, that were no later than a day; of a day that is left blank nothing is known."""
    return [{"kind": kind, "no_later_than": day, "no_later_than_as_typed": None} for kind in kinds]


def in_year(day: Any) -> bool:
    """Whether a day lies in the year to 31 March 2019."""
    return isinstance(day, date) and date(2018, 4, 1) <= day <= date(2019, 3, 31)
