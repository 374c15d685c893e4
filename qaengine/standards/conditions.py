"""Reading a condition: a mapping of field to test, with `any`, `all` and `not`, and words for what everybody needs."""

from collections.abc import Callable
from typing import Any as Anything

from qaengine.model import condition as c
from qaengine.model.marked_yaml import Path
from qaengine.model.period import Period, Unit
from qaengine.model.record import FieldSpec, Kind
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.standard import Use
from qaengine.standards.names import Around, Names

_COMPARISONS: dict[Kind, tuple[str, ...]] = {
    Kind.NUMBER: tuple(order.value for order in c.Order),
    Kind.DATE: (*(when.value for when in c.When), "within", "no_older_than", "for_at_least"),
    Kind.EVENT: (*(when.value for when in c.When), "within", "no_older_than", "for_at_least"),
    Kind.TEXT: ("words", "in", "same_as"),
    Kind.CODE: ("in", "same_as"),
    Kind.REF: ("in", "same_as"),
    Kind.YES_NO: (),
}
_PERIODS: dict[str, Callable[[c.Ref, Period, c.Moment], c.Condition]] = {
    "within": c.Within,
    "no_older_than": c.NoOlderThan,
    "for_at_least": c.ForAtLeast,
}

_BESIDE = {"of": ("within",), "at": ("no_older_than", "for_at_least")}
"""Keys that belong to another beside them."""


class Conditions:
    """Reads the conditions of one standard."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def read(self, data: Anything, path: Path, around: Around) -> c.Condition:
        """A condition; where part of it is wrong, that part is noted as a problem and left out."""
        if not isinstance(data, dict):
            self.names.wrong(path, "not a condition", data, "fields with their tests, such as {score: recorded}")
            return c.TRUE
        parts = [self._pair(key, value, (*path, key), around) for key, value in data.items()]
        return _one(parts)

    def _pair(self, key: Anything, value: Anything, path: Path, around: Around) -> c.Condition:
        words: dict[str, Callable[[Anything, Path, Around], c.Condition]] = {
            "any": lambda v, p, a: c.Any(self._several(v, p, a)),
            "all": lambda v, p, a: c.All(self._several(v, p, a)),
            "not": lambda v, p, a: c.Not(self.read(v, p, a)),
            "looked_after": self._looked_after,
            "age": self._age,
            "carries": self._carries,
        }
        if key in words:
            return words[key](value, path, around)
        if isinstance(key, str) and key.startswith("parameter."):
            return self._choice(key.removeprefix("parameter."), value, path)
        ref = self.names.ref(key, path, around)
        return self._test(ref, value, path, around) if ref else c.TRUE

    def _several(self, data: Anything, path: Path, around: Around) -> tuple[c.Condition, ...]:
        if not isinstance(data, list) or not data:
            self.names.wrong(path, "any and all take a list of conditions", data, "a list")
            return (c.TRUE,)
        return tuple(self.read(item, (*path, place), around) for place, item in enumerate(data))

    def _looked_after(self, data: Anything, path: Path, around: Around) -> c.Condition:
        since = c.Ref(c.Scope.CHILD, "looked_after_since", CHILD.name)
        if data is True:
            return c.Recorded(since)
        if not isinstance(data, dict) or set(data) != {"for_at_least"}:
            self.names.wrong(path, "not a test of being looked after", data, "true, or {for_at_least: PARAMETER}")
            return c.TRUE
        return self._test(since, data, path, around)

    def _age(self, data: Anything, path: Path, around: Around) -> c.Condition:
        """`age: {from: A, to: B, at: MOMENT}`: from the A-th birthday to the day before the (B + 1)-th."""
        if not isinstance(data, dict) or not {"from", "to"} & set(data) or set(data) - {"from", "to", "at"}:
            expected = "{from: PARAMETER, to: PARAMETER}, one of them or both, and 'at' a date"
            self.names.wrong(path, "age is from one number of years to another", data, expected)
            return c.TRUE
        at = self.names.moment(data.get("at", "as_at"), (*path, "at"), around)
        born = c.Ref(c.Scope.CHILD, "born", CHILD.name)
        parts: list[c.Condition] = []
        for key, extra in (("from", 0), ("to", 1)):
            found = self.names.number(data[key], (*path, key)) if key in data else None
            if found and at:
                node = c.ForAtLeast(born, Period(found[1] + extra, Unit.YEARS), at)
                self._use(found[0], node, around)
                parts.append(c.Not(node) if extra else node)
        return _one(parts)

    def _carries(self, data: Anything, path: Path, _around: Around) -> c.Condition:
        type_name, _, name = str(data).partition(".")
        record_type = self.names.record_type(type_name, path)
        spec = self.names.field_of(record_type, name, path) if record_type else None
        return c.Carries(type_name, name) if spec else c.TRUE

    def _choice(self, name: str, value: Anything, path: Path) -> c.Condition:
        if self.names.parameters is None:
            return c.TRUE
        known = [one.name for one in self.names.parameters.values() if one.choices]
        parameter = self.names.parameters.get(name)
        self.names.used.add(name)
        if parameter is None or not parameter.choices:
            message = f"the parameter '{name}' has no choices" if parameter else f"no parameter '{name}'"
            self.names.wrong(path, message, None, "a parameter with choices", name, known)
            return c.TRUE
        wanted = value if isinstance(value, list) else [value]
        for choice in wanted:
            if choice not in parameter.choices:
                self.names.wrong(path, f"'{name}' has no such choice", choice, "one of " + ", ".join(parameter.choices))
        return c.Always(parameter.value in wanted)

    def _test(self, ref: c.Ref, value: Anything, path: Path, around: Around) -> c.Condition:
        if value == "recorded":
            return c.Recorded(ref)
        if value == "missing":
            return c.Not(c.Recorded(ref))
        spec = _spec(ref)
        if isinstance(value, dict):
            self._companions(value, path)
            keys = [key for key in value if key not in _BESIDE]
            return _one([self._comparison(ref, spec, key, value, path, around) for key in keys])
        return self._one_of(ref, spec, value, path)

    def _companions(self, test: dict[Anything, Anything], path: Path) -> None:
        """`of` and `at` stand beside the key that they belong to; there is a test beside them."""
        for key, owners in _BESIDE.items():
            if key in test and not set(owners) & set(test):
                self.names.wrong((*path, key), f"'{key}' alone is no test", None, f"{' or '.join(owners)} beside it")
        if not test:
            self.names.wrong(path, "no test of the field", test, "such as recorded")

    def _one_of(self, ref: c.Ref, spec: FieldSpec, value: Anything, path: Path) -> c.Condition:
        if isinstance(value, str) and spec.kind is Kind.TEXT and value in (self.names.parameters or ()):
            return self._listed(ref, value, path)
        values = value if isinstance(value, list) else [value]
        wanted = {Kind.YES_NO: bool, Kind.CODE: str, Kind.TEXT: str, Kind.REF: str}.get(spec.kind)
        if wanted is None or not values:
            self.names.wrong(path, f"'{ref.field}' is a {spec.kind.value}", value, _expected(spec))
            return c.TRUE
        for item in values:
            if type(item) is not wanted or (spec.codes and item not in spec.codes):
                self.names.wrong(path, f"'{ref.field}' cannot be this", item, _expected(spec), _word(item), spec.codes)
        return c.OneOf(ref, tuple(values))

    def _listed(self, ref: c.Ref, name: Anything, path: Path) -> c.Condition:
        found = self.names.parameter(name, path, tuple, "a parameter that is a list of words")
        return c.OneOf(ref, found[1]) if found and isinstance(found[1], tuple) else c.TRUE

    def _comparison(
        self, ref: c.Ref, spec: FieldSpec, key: Anything, test: dict[Anything, Anything], path: Path, around: Around
    ) -> c.Condition:
        allowed = _COMPARISONS[spec.kind]
        value, here = test[key], (*path, key)
        if key not in allowed:
            message = f"'{key}' cannot be asked of '{ref.field}', which is a {spec.kind.value}"
            self.names.wrong(here, message, None, _expected(spec), str(key), allowed)
            return c.TRUE
        if spec.kind is Kind.NUMBER:
            return self._number(ref, c.Order(key), value, here, around)
        if key in ("words", "in"):
            return self._phrases(ref, key, value, here)
        if key == "same_as":
            other = self.names.ref(value, here, around)
            return c.SameAs(ref, other) if other else c.TRUE
        return self._date(ref, key, test, path, around)

    def _number(self, ref: c.Ref, order: c.Order, value: Anything, path: Path, around: Around) -> c.Condition:
        found = self.names.number(value, path)
        if found is None:
            return c.TRUE
        node = c.Compare(ref, order, found[1])
        self._use(found[0], node, around)
        return node

    def _phrases(self, ref: c.Ref, key: str, value: Anything, path: Path) -> c.Condition:
        found = self.names.parameter(value, path, tuple, "a parameter that is a list of words")
        if found is None or not isinstance(found[1], tuple):
            return c.TRUE
        self.names.only_codes(_spec(ref), found[0], found[1], path)
        return c.Words(ref, found[1]) if key == "words" else c.OneOf(ref, found[1])

    def _date(self, ref: c.Ref, key: str, test: dict[Anything, Anything], path: Path, around: Around) -> c.Condition:
        value = test[key]
        if key in set(c.When):
            moment = self.names.moment(value, (*path, key), around)
            return c.Dated(ref, c.When(key), moment) if moment else c.TRUE
        companion = "of" if key == "within" else "at"
        if key == "within" and "of" not in test:
            self.names.wrong((*path, key), "'within' looks forward from a date", None, "the key 'of' beside it")
            return c.TRUE
        found = self.names.period(value, (*path, key))
        moment = self.names.moment(test.get(companion, "as_at"), (*path, companion), around)
        if not found or not moment:
            return c.TRUE
        node = _PERIODS[key](ref, found[1], moment)
        self._use(found[0], node, around)
        return node

    def _use(self, parameter: str, node: c.Condition, around: Around) -> None:
        self.names.uses.append(Use(parameter, around.check, node))


def _one(parts: list[c.Condition]) -> c.Condition:
    if not parts:
        return c.TRUE
    return parts[0] if len(parts) == 1 else c.All(tuple(parts))


def _word(value: Anything) -> str:
    return value if isinstance(value, str) else ""


def _spec(ref: c.Ref) -> FieldSpec:
    record_type = CHILD if ref.record_type == CHILD.name else RECORD_TYPES[ref.record_type]
    return record_type.fields[ref.field]


def _expected(spec: FieldSpec) -> str:
    words = ["recorded", "missing", *_COMPARISONS[spec.kind]]
    if spec.codes:
        words = [*spec.codes, *words]
    if spec.kind is Kind.YES_NO:
        words = ["true", "false", *words]
    return "one of " + ", ".join(words)
