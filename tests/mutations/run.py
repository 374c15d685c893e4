"""One mutation of one reader, and what came of it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.model.problem import InputError
from tests.mutations.model import Fixture, Mutant, write
from tests.mutations.readers import READERS
from tests.mutations.verdict import message_faults, read_faults


def mutant_of(reader: str, seed: int) -> tuple[Fixture, Mutant]:
    """The mutation of a reader that a seed stands for: its kinds take turns."""
    fixtures, kinds = READERS[reader]
    random = Random(f"{reader} {seed}")
    fixture = fixtures[seed // len(kinds) % len(fixtures)]
    return fixture, list(kinds.values())[seed % len(kinds)](fixture, random)


@cache
def _clean(reader: str, number: int) -> Source:
    fixtures, _ = READERS[reader]
    return _read(fixtures[number].files)


def _read(files: object) -> Source:
    folder = Path(mkdtemp())
    try:
        return read_cases(write(files, folder))  # type: ignore[arg-type]
    finally:
        shutil.rmtree(folder)


def outcome(reader: str, seed: int) -> tuple[Mutant, str, list[str]]:
    """The mutation, whether it ended in a read or in a message, and everything that is wrong with that."""
    fixture, mutant = mutant_of(reader, seed)
    clean = _clean(reader, READERS[reader][0].index(fixture))
    try:
        read = _read(mutant.files)
    except InputError as error:
        return mutant, "message", list(message_faults(error, mutant))
    read.tables()
    return mutant, "read", list(read_faults(fixture, clean, read, mutant))
