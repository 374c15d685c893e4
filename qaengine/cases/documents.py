"""Native documents before they are case files: YAML or JSON, with the place of every value for what may be wrong.

YAML comes with its marks. JSON is read by the json module, which is faster and reads all of JSON, and is read again
as YAML for its marks only when there is a problem to place.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.json_file import said
from qaengine.model.marked_yaml import MAX_CHARACTERS, MarkedYaml, Path, load_marked
from qaengine.model.problem import ExitCode, InputError, Problem


class Document(Protocol):
    """A document that was read: its data, and the means to say where something in it is wrong."""

    @property
    def file(self) -> str: ...

    @property
    def data(self) -> Any: ...

    def problem(
        self,
        path: Path,
        message: str,
        *,
        found: str = "",
        expected: str = "",
        did_you_mean: str = "",
        at_key: bool = False,
    ) -> Problem:
        """A problem at the value at `path`, or at its key."""


def load_document(text: str, file: str) -> Document:
    """One YAML or JSON document, by the ending of its file's name.

    Raises InputError with every problem of its syntax.
    """
    if file.lower().endswith(".json"):
        return _load_json(text, file)
    return load_marked(text, file, ExitCode.CASE_DATA)


@dataclass(frozen=True)
class MarkedJson:
    """A JSON document, whose places are sought only when they are asked for."""

    file: str
    data: Any
    text: str

    @cached_property
    def _places(self) -> MarkedYaml | None:
        try:
            return load_marked(self.text, self.file, ExitCode.CASE_DATA)
        except InputError:  # JSON that YAML does not read the same way: there is no place but the file
            return None

    def problem(
        self,
        path: Path,
        message: str,
        *,
        found: str = "",
        expected: str = "",
        did_you_mean: str = "",
        at_key: bool = False,
    ) -> Problem:
        """A problem at the value at `path`, or at its key; on line 1 where the place cannot be told."""
        if self._places is None:
            where = ".".join(str(part) for part in path)
            return Problem(self.file, 1, 1, f"{where}: {message}", found, expected, did_you_mean)
        return self._places.problem(
            path, message, found=found, expected=expected, did_you_mean=did_you_mean, at_key=at_key
        )


class _TwiceError(Exception):
    """A key that stands twice in one object."""


def _load_json(text: str, file: str) -> Document:
    if len(text) > MAX_CHARACTERS:
        found, most = f"{len(text):,} characters", f"at most {MAX_CHARACTERS:,}"
        raise case_data_error(Problem(file, 0, 0, "the file is too long", found, most))
    try:
        data = json.loads(text, object_pairs_hook=_once_each, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        message = f"not readable as JSON: {error.msg.lower()}"
        raise case_data_error(Problem(file, error.lineno, error.colno, message)) from None
    except RecursionError:
        raise case_data_error(Problem(file, 1, 1, "nested too deep")) from None
    except (_TwiceError, ValueError) as error:
        return _placed(text, file, said(error))
    return MarkedJson(file, data, text)


def _placed(text: str, file: str, message: str) -> Document:
    """The problem as the YAML reader places it, or the one we have."""
    load_marked(text, file, ExitCode.CASE_DATA)
    raise case_data_error(Problem(file, 1, 1, message))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _TwiceError(f"the same key twice: {twice}")
    return data


def _refuse_constant(word: str) -> Callable[[], None]:
    raise ValueError(f"not a value of JSON: {word}")
