"""What a person gave to be read: a path or a database, what is joined to it, a mapping, and a key for pseudonyms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source
from qaengine.model.problem import ExitCode, InputError, Problem

DATABASES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Given:
    """The first source, those joined to it, the mapping of a list (None: the one beside it), and the file of a key."""

    path: str
    joined: tuple[str, ...] = ()
    mapping: Path | None = None
    key: Path | None = None

    def __str__(self) -> str:
        return without_password(self.path)


def read_given(given: Given, tell: Callable[[str], None] = lambda _: None) -> Source:
    """All of it as one source. `tell` is told what is being read, before it is.

    Raises InputError with every problem of every source together.
    """
    from qaengine.cases.pseudonyms import pseudonymised, read_key

    key = read_key(given.key) if given.key is not None else None
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in (given.path, *given.joined):
        tell(without_password(path))
        try:
            sources.append(_one(path, given.mapping))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems, ExitCode.CASE_DATA)
    if len(sources) > 1:
        from qaengine.cases.joining import join

        source = join(sources)
    else:
        source = sources[0]
    return pseudonymised(source, key) if key is not None else source


def _one(path: str, mapping: Path | None) -> Source:
    if path.startswith(DATABASES):
        from qaengine.cases.raw.database import read_database

        return read_database(path)
    return read_cases(Path(path), mapping)


def without_password(path: str) -> str:
    """A path as it is shown: of the URL of a database nothing but its kind, its machine and its name."""
    if not path.startswith(DATABASES):
        return path
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(path)
        host = f"{parts.hostname or 'localhost'}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        return "postgresql://"
    return f"postgresql://{host}{parts.path}"
