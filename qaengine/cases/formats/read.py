"""What reading a format gives, whichever it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qaengine.cases.files import InputFile
from qaengine.cases.notes import Note

if TYPE_CHECKING:
    from qaengine.cases.tables import Tables


@dataclass(frozen=True)
class Read:
    """The tables that were read, what the file is in words, notes on every part of it, and the files that were used."""

    what: str
    tables: Tables
    notes: tuple[Note, ...]
    used: tuple[InputFile, ...] = ()
