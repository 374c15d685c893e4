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

MOST_BYTES = 100_000_000
MOST_VALUES = 2_000_000
"""A payload of every child of a large council, with all that there may be of each, comes nowhere near."""

DIGITS = "a number of more than 4,300 digits"
"""What Python does not read, for it would take long."""


def read_json(file: InputFile) -> Any:
    """The data of a JSON file. Raises InputError where it is not JSON, nested too deep, or says one key twice."""
    _check_size(file)
    text = text_of(file)
    _check_depth(file, text)
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        message = f"not readable as JSON: {error.msg.lower()}"
        raise case_data_error(Problem(file.name, error.lineno, error.colno, message)) from None
    except (ValueError, RecursionError) as error:
        raise case_data_error(Problem(file.name, 0, 0, f"not readable as JSON: {said(error)}")) from None


def said(error: Exception) -> str:
    """What is wrong, without advice to whoever writes programs."""
    return DIGITS if "int_max_str_digits" in str(error) else str(error)


def _check_size(file: InputFile) -> None:
    """Counted in the bytes, before anything is made of them: each value is many times as large in memory."""
    data, stretch = file.data, MOST_CELL // 2
    if len(data) > MOST_BYTES:
        expected = f"at most {MOST_BYTES // 1_000_000} MB, such as one file for each child"
        raise case_data_error(Problem(file.name, 0, 0, f"{len(data) // 1_000_000:,} MB of JSON", expected=expected))
    if data.count(b",") + data.count(b"{") + data.count(b"[") > MOST_VALUES:
        raise case_data_error(Problem(file.name, 0, 0, f"over {MOST_VALUES:,} values", expected="a payload"))
    if any(data.find(b'"', start, start + stretch) < 0 for start in range(0, len(data) - stretch, stretch)):
        message = f"over {stretch:,} characters without a quotation mark: one value, or brackets nested in brackets"
        raise case_data_error(Problem(file.name, 0, 0, message, expected="a payload"))


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
    for key, value in pairs:
        _check_text(key)
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, str):
                _check_text(one)
    return data


def _check_text(text: str) -> None:
    """Text that is not too long, and that can be written out again: JSON lets half of a character stand alone."""
    if len(text) > MOST_CELL:
        raise ValueError(f"text of over {MOST_CELL:,} characters")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValueError("half of a character") from None


def _refuse(word: str) -> Callable[[], NoReturn]:
    raise ValueError(f"not a value of JSON: {word}")


def as_text(value: Any) -> str | None:
    """A single value as text; None for null, lists and objects."""
    if value is None or isinstance(value, list | dict):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
