"""JSON payloads, with a path for each value in place of a line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

from qaengine.cases.files import InputFile, text_of
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.table import MOST_CELL
from qaengine.model.problem import Problem

DEEPEST = 60


def read_json(file: InputFile) -> Any:
    """The data of a JSON file. Raises InputError where it is not JSON, nested too deep, or says one key twice."""
    text = text_of(file)
    _check_depth(file, text)
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        message = f"not readable as JSON: {error.msg.lower()}"
        raise case_data_error(Problem(file.name, error.lineno, error.colno, message)) from None
    except (ValueError, RecursionError) as error:
        raise case_data_error(Problem(file.name, 0, 0, f"not readable as JSON: {error}")) from None


_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def _check_depth(file: InputFile, text: str) -> None:
    """Brackets are counted before anything is made of them."""
    if text.count("{") + text.count("[") <= DEEPEST:
        return
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", _QUOTED.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            message = f"nested more than {DEEPEST} deep"
            raise case_data_error(Problem(file.name, 0, 0, message, expected="a payload"))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the same key twice: {next(key for key in keys if keys.count(key) > 1)}")
    return data


def _refuse(word: str) -> Callable[[], NoReturn]:
    raise ValueError(f"not a value of JSON: {word}")


def as_text(value: Any) -> str | None:
    """A single value as text; None for null, lists and objects."""
    if value is None or isinstance(value, list | dict):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)[:MOST_CELL]
