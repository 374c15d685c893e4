"""Pseudonyms of children: a keyed hash in place of each reference, the same on every run with the same key.

HMAC-SHA-256 of the reference, cut to 80 bits. Without the key nothing leads back; with the key and a list of references
the same hash is made again (`identify`).
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qaengine.cases.files import read_bytes
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.shape import CHILD
from qaengine.cases.source import Source
from qaengine.model.casefile import CaseFile, CaseSet, Row
from qaengine.model.problem import Problem

if TYPE_CHECKING:
    from qaengine.cases.tables import Tables

SHORTEST_KEY = 32
"""A key has as many bytes as the hash, at least."""

MARK = "p-"
_DIGITS = 20
GROUP = "sibling_group"
"""The reference that brothers and sisters share, which is hashed too: it would lead back to them."""


def read_key(path: Path) -> bytes:
    """The key in a file. Raises InputError where there is none, or it is too short to keep anything secret."""
    if not path.exists():
        expected = f"a file with a key in it; qaengine identify --new-key {path} makes one"
        raise case_data_error(Problem(str(path), 0, 0, "there is no such key", expected=expected))
    key = read_bytes(path).data.strip()
    if len(key) < SHORTEST_KEY:
        found, expected = f"{len(key)} characters", f"at least {SHORTEST_KEY}, drawn at random"
        raise case_data_error(Problem(str(path), 0, 0, "the key is too short", found, expected))
    return key


def new_key(path: Path) -> None:
    """Write a new key, for its owner's eyes alone. Raises InputError where there is a file already."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        message = "there is a file of this name already, and a key is never written over"
        raise case_data_error(Problem(str(path), 0, 0, message, expected="a new name")) from None
    except OSError as error:
        message = f"cannot be written: {(error.strerror or type(error).__name__).lower()}"
        raise case_data_error(Problem(str(path), 0, 0, message)) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(os.urandom(32).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def pseudonym(reference: str, key: bytes) -> str:
    """The pseudonym of one reference."""
    return MARK + hmac.new(key, reference.encode(), hashlib.sha256).hexdigest()[:_DIGITS]


def pseudonyms(references: Iterable[str], key: bytes) -> dict[str, str]:
    """The pseudonym of each reference. Raises InputError where two are the same, which is not to be expected."""
    made = {reference: pseudonym(reference, key) for reference in references}
    if len(set(made.values())) < len(made):
        message = "two children have the same pseudonym under this key"
        raise case_data_error(Problem("", 0, 0, message, expected="another key"))
    return made


def identified(wanted: Sequence[str], references: Iterable[str], key: bytes) -> dict[str, str]:
    """The reference behind each pseudonym that any of the references has."""
    known = {name: reference for reference, name in pseudonyms(references, key).items()}
    return {name: known[name] for name in wanted if name in known}


def pseudonymised(source: Source, key: bytes) -> Source:
    """The source with pseudonyms in place of the children's references, in the order of the pseudonyms."""
    names = pseudonyms(source.child_ids, key)
    content: CaseSet | Tables
    if isinstance(source.content, CaseSet):
        content = _case_set(source.content, names, key)
    else:
        content = _tables(source.content, names, key)
    notes = tuple(_note(note, names) for note in source.notes)
    return replace(source, content=content, notes=notes, pseudonyms=names)


def _note(note: Note, names: Mapping[str, str]) -> Note:
    """A note on children (the others speak of places in files) names them no more."""
    if note.about != CHILD.name:
        return note
    unread = tuple(replace(problem, file=names.get(problem.file, problem.file)) for problem in note.unread)
    return replace(note, unread=unread)


def _case_set(case_set: CaseSet, names: Mapping[str, str], key: bytes) -> CaseSet:
    files = []
    for file in case_set.files:
        name, values = names[file.child_id], dict(file.child.values)
        if values.get(GROUP) is not None:
            values[GROUP] = pseudonym(str(values[GROUP]), key)
        files.append(CaseFile(name, Row(name, values, file.child.contradictory), file.records))
    return replace(case_set, files=tuple(sorted(files, key=lambda file: file.child_id)))


def _tables(tables: Tables, names: Mapping[str, str], key: bytes) -> Tables:
    import polars as pl

    from qaengine.cases.tables import Tables as Made

    child = tables.child.with_columns(
        pl.Series("id", [names[one] for one in tables.child["id"].to_list()], dtype=pl.String),
        pl.col("child").alias("was"),
    )
    if GROUP in child.columns:
        groups = [None if one is None else pseudonym(one, key) for one in child[GROUP].to_list()]
        child = child.with_columns(pl.Series(GROUP, groups, dtype=pl.String))
    child = child.sort("id").with_columns(pl.int_range(pl.len(), dtype=pl.Int32).alias("child"))
    place = child.sort("was")["child"]
    frames = {
        name: frame.with_columns(place.gather(frame["child"]).alias("child")).sort("child", "seq")
        for name, frame in tables.frames.items()
        if name != CHILD.name
    }
    return Made({CHILD.name: child.drop("was"), **frames}, tables.absent, tables.own_date, tables.origin)
