"""Pseudonyms of children: a keyed hash in place of each reference, the same on every run with the same key.

HMAC-SHA-256 of the reference, cut to 80 bits. Without the key nothing leads back; with the key and a list of references
the same hash is made again (`identify`).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qaengine.cases.files import merged_hash, read_bytes
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.shape import CHILD, TYPES
from qaengine.cases.source import Source
from qaengine.model.casefile import CaseFile, CaseSet, Row
from qaengine.model.problem import Problem
from qaengine.model.record import Kind

if TYPE_CHECKING:
    import polars as pl

    from qaengine.cases.tables import Tables

SHORTEST_KEY = 64
"""A key has as many hexadecimal digits as the hash, at least."""

KEY = re.compile(rb"[0-9A-Fa-f]+")
"""What a key looks like: any other file would pass for one, and could be had by anybody who has the file."""

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
    expected = f"{SHORTEST_KEY} or more hexadecimal digits alone, as qaengine identify --new-key writes them"
    if not KEY.fullmatch(key):
        raise case_data_error(Problem(str(path), 0, 0, "this is not a key", "another kind of file", expected))
    if len(key) < SHORTEST_KEY:
        raise case_data_error(Problem(str(path), 0, 0, "the key is too short", f"{len(key)} digits", expected))
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
    whole = _tables(source.whole, names, key) if source.whole is not None else None
    files = {_without(file, names): digest for file, digest in source.sha256.files.items()}
    hashes = merged_hash(files) if files.keys() != source.sha256.files.keys() else source.sha256
    return replace(source, content=content, notes=notes, pseudonyms=names, whole=whole, sha256=hashes)


def _note(note: Note, names: Mapping[str, str]) -> Note:
    """A note names no child any more: neither one whom it is about, nor one for whom a file is named."""
    if note.about != CHILD.name:
        places = {place: _without(place, names) for place in {note.about, *(one.file for one in note.unread)}}
        unread = tuple(replace(one, file=places[one.file], found=_without(one.found, names)) for one in note.unread)
        return replace(note, about=places[note.about], unread=unread)
    unread = tuple(replace(problem, file=names.get(problem.file, problem.file)) for problem in note.unread)
    return replace(note, unread=unread)


_WORD = re.compile(r"[^\s/\\.:;,?!()\[\]'\"]+")


def _without(text: str, names: Mapping[str, str]) -> str:
    """Text in which a word that is a child's reference is the pseudonym, or a part of one between underlines."""

    def named(word: str) -> str:
        return names[word] if word in names and _is_telling(word) else word

    return _WORD.sub(lambda word: "_".join(named(part) for part in named(word[0]).split("_")), text)


def _is_telling(reference: str) -> bool:
    """Whether a reference is one wherever it stands: a short number may be any number."""
    return len(reference) > 4 and any(letter.isdigit() for letter in reference)


def _renamed(text: str, reference: str, name: str) -> str:
    """Text with the pseudonym in place of the child's own reference, where it stands by itself."""
    return re.sub(rf"(?<![A-Za-z0-9]){re.escape(reference)}(?![A-Za-z0-9])", name, text)


def _is_link(type_: str, field: str) -> bool:
    """Whether a field names a record: the ids of records are often made of the child's reference."""
    return field == "id" or TYPES[type_].fields[field].kind is Kind.REF


def _case_set(case_set: CaseSet, names: Mapping[str, str], key: bytes) -> CaseSet:
    files = []
    for file in case_set.files:
        name, values = names[file.child_id], dict(file.child.values)
        if values.get(GROUP) is not None:
            values[GROUP] = pseudonym(str(values[GROUP]), key)
        child = _row(CHILD.name, replace(file.child, id=name, values=values), file.child_id, name)
        records = {
            type_: tuple(sorted((_row(type_, row, file.child_id, name) for row in rows), key=lambda row: row.id))
            for type_, rows in file.records.items()
        }
        files.append(CaseFile(name, child, records))
    return replace(case_set, files=tuple(sorted(files, key=lambda file: file.child_id)))


def _row(type_: str, row: Row, reference: str, name: str) -> Row:
    """A record without its child's reference."""
    told = _is_telling(reference)
    values = {
        field: _renamed(value, reference, name)
        if isinstance(value, str) and reference in value and field != GROUP and (told or _is_link(type_, field))
        else value
        for field, value in row.values.items()
    }
    return replace(row, id=_renamed(row.id, reference, name), values=values)


def _tables(tables: Tables, names: Mapping[str, str], key: bytes) -> Tables:
    import polars as pl

    from qaengine.cases.tables import Tables as Made

    child = tables.child.with_columns(
        pl.Series("id", [names[one] for one in tables.child["id"].to_list()], dtype=pl.String),
        pl.col("id").alias("was"),
        pl.col("child").alias("at"),
    )
    if GROUP in child.columns:
        groups = [None if one is None else pseudonym(one, key) for one in child[GROUP].to_list()]
        child = child.with_columns(pl.Series(GROUP, groups, dtype=pl.String))
    child = child.sort("id").with_columns(pl.int_range(pl.len(), dtype=pl.Int32).alias("child"))
    at = child.sort("at")
    frames: dict[str, pl.DataFrame] = {}
    for type_, frame in tables.frames.items():
        if type_ == CHILD.name:
            continue
        own, became = at["was"].gather(frame["child"]), at["id"].gather(frame["child"])
        moved = frame.with_columns(at["child"].gather(frame["child"]).alias("child"))
        frames[type_] = _without_own(type_, moved, own, became).sort("child", "seq")
    child = _without_own(CHILD.name, child, child["was"], child["id"]).drop("was", "at")
    return Made({CHILD.name: child, **frames}, tables.absent, tables.own_date, tables.origin)


def _without_own(type_: str, frame: pl.DataFrame, own: pl.Series, became: pl.Series) -> pl.DataFrame:
    """The records without their children's references; in the order of the ids that they then have."""
    import polars as pl

    changed: list[pl.Series] = []
    for column in frame.columns:
        if frame[column].dtype != pl.String or column in (GROUP, "was") or (type_ == CHILD.name and column == "id"):
            continue
        holds = pl.select(pl.lit(frame[column]).str.contains(pl.lit(own), literal=True)).to_series()
        rows = holds.fill_null(False).arg_true().to_list()
        if not _is_link(type_, column):
            rows = [row for row in rows if _is_telling(own[row])]
        if rows:
            new = [_renamed(frame[column][row], own[row], became[row]) for row in rows]
            changed.append(frame[column].scatter(rows, new))
    if not changed:
        return frame
    frame = frame.with_columns(changed)
    if type_ == CHILD.name:
        return frame
    seq = pl.int_range(pl.len(), dtype=pl.Int32).over("child").alias("seq")
    return frame.sort("child", "id", maintain_order=True).with_columns(seq)
