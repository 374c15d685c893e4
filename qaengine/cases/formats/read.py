"""What reading a format gives, whichever it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qaengine.cases.files import InputFile
from qaengine.cases.notes import Note

if TYPE_CHECKING:
    from qaengine.cases.taking.assemble import Assembled


@dataclass(frozen=True)
class Read:
    """What was read, what the file is in words, notes on every part of it, and the files that were used."""

    what: str
    made: Assembled
    notes: tuple[Note, ...]
    used: tuple[InputFile, ...] = ()
