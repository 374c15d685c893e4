"""From a validation error to the line that a person can mend."""

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
    """One problem for each place that is wrong (the branches of a union are one place)."""
    problems: dict[Path, Problem] = {}
    for detail in error.errors(include_url=False):
        path = (*prefix, *_written(detail["loc"], read, prefix))
        problems.setdefault(path, _problem(detail, path, model, read))
    return list(problems.values())


def _written(loc: tuple[int | str, ...], read: MarkedYaml, prefix: Path) -> Path:
    """The part of a location that stands in the file: pydantic adds the branches of a union to it."""
    data = _at(read.data, prefix)
    path: list[int | str] = []
    for part in loc:
        inner = _at(data, (part,))
        if inner is _NOWHERE:
            if part == loc[-1]:
                path.append(part)  # a key that is missing
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
        return read.problem(
            path, f"unknown key '{key}'", expected=_a_few(keys), did_you_mean=nearest(key, keys), at_key=True
        )
    if kind == "missing":
        return read.problem(path[:-1], f"the key '{detail['loc'][-1]}' is missing")
    found = _at(read.data, path)
    expected = _EXPECTED.get(kind) or _expected(detail)
    return read.problem(path, f"'{key}' cannot be read", found=shown(found), expected=expected)


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


def _a_few(words: list[str]) -> str:
    return "one of " + ", ".join(words)


def shown(value: Any) -> str:
    """A value as it may be shown in one line."""
    text = str(value) if isinstance(value, str | int | float) else type(value).__name__
    text = {"dict": "keys with values", "list": "a list", "NoneType": "nothing"}.get(text, text)
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'" if isinstance(value, str) else text
