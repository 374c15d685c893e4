"""From a validation error to the line that a person can mend."""

from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError

from qaengine.model.marked_yaml import MarkedYaml, Path
from qaengine.model.problem import Problem, nearest

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date such as 2019-09-30",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "too_short": "at least one",
    "string_too_short": "a few words",
    "string_too_long": "fewer words",
}


def known_keys(model: type[BaseModel]) -> list[str]:
    """The keys that a model takes, as they are written."""
    return [info.alias or name for name, info in model.model_fields.items()]


def from_validation(
    error: ValidationError, model: type[BaseModel], read: MarkedYaml, prefix: Path = ()
) -> list[Problem]:
    """One problem for each place that is wrong: where one of several things may stand, all of them are expected."""
    problems: dict[Path, Problem] = {}
    for detail in error.errors(include_url=False):
        path = (*prefix, *_written(detail, read, prefix))
        problem = _problem(detail, path, model, read)
        first = problems.setdefault(path, problem)
        if problem.message == first.message and problem.expected not in first.expected:
            problems[path] = replace(first, expected=f"{first.expected} or {problem.expected}")
    return list(problems.values())


def _written(detail: Any, read: MarkedYaml, prefix: Path) -> Path:
    """The part of a location that stands in the file, or should: pydantic adds the branches of a union to it."""
    data = _at(read.data, prefix)
    path: list[int | str] = []
    for part in detail["loc"]:
        inner = _at(data, (part,))
        if inner is _NOWHERE:
            if isinstance(data, list) and isinstance(part, str):
                continue
            if detail["type"] == "missing":
                path.append(part)
            break
        path.append(part)
        data = inner
    return tuple(path)


_NOWHERE: Any = object()


def _at(data: Any, path: Path) -> Any:
    for part in path:
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if not inside:
            return _NOWHERE
        data = data[part]
    return data


def _problem(detail: Any, path: Path, model: type[BaseModel], read: MarkedYaml) -> Problem:
    kind, key = detail["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        keys = _keys_near(model, path)
        near = nearest(key, keys)
        expected = unless_long("one of " + ", ".join(keys), near)
        return read.problem(path, f"unknown key '{key}'", expected=expected, did_you_mean=near, at_key=True)
    if kind == "missing":
        return read.problem(path[:-1], f"the key '{detail['loc'][-1]}' is missing")
    if kind == "invalid_key" or detail["loc"][-1] == "[key]":
        return read.problem(path, "a key that is no word", found=key, expected="a word", at_key=True)
    found = _at(read.data, path)
    expected = _EXPECTED.get(kind) or _expected(detail)
    return read.problem(path, f"{_called(path)} cannot be read", found=shown(found), expected=expected)


def _called(path: Path) -> str:
    """What stands at a path, as a person would point at it."""
    if path and isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {_called(path[:-1])}"
    return f"'{path[-1]}'" if path else "the file"


def _expected(detail: Any) -> str:
    context = detail.get("ctx", {})
    if "expected" in context:
        return str(context["expected"])
    if "pattern" in context:
        return "lower-case words joined by hyphens"
    return str(detail["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")


def _keys_near(model: type[BaseModel], path: Path) -> list[str]:
    """The keys of the model in which the last key of a path stands."""
    for part in path[:-1]:
        if isinstance(part, str):
            inner = _inner(model, part)
            model = inner or model
    return known_keys(model)


def _inner(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    info = next((info for name, info in model.model_fields.items() if key in (name, info.alias)), None)
    return _model_in(info.annotation) if info else None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    args = getattr(annotation, "__args__", ())
    return next((found for arg in args if (found := _model_in(arg))), None)


def unless_long(expected: str, near: str) -> str:
    """What was expected; a long list of it is left out where the right word is plain."""
    return "" if near and len(expected) > 100 else expected


def shown(value: Any) -> str:
    """A value as it may be shown in one line."""
    if isinstance(value, str):
        return f"'{value[:60]}…'" if len(value) > 60 else f"'{value}'"
    if isinstance(value, bool):
        return str(value).lower()
    return {dict: "keys with values", list: "a list", tuple: "a list", type(None): "nothing"}.get(
        type(value), str(value)
    )
