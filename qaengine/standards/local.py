"""The council's own numbers (`rules/local.yaml`): read, checked against the standards, and put in force at a date.

Every decision is checked, whatever its date, so that what is wrong is wrong on every day. In force for a parameter is
the latest decision made by the as-at date: until then practice was judged by the number before it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from qaengine.model.marked_yaml import MarkedYaml, Path, load_marked
from qaengine.model.parameter import Decision, Parameter, ParameterValue
from qaengine.model.period import Period
from qaengine.model.problem import ExitCode, InputError, Problem, nearest
from qaengine.model.trajectory import Target, Trajectory
from qaengine.standards.problems import from_validation, shown, unless_long
from qaengine.standards.surface import DecisionYaml, LocalYaml, TargetYaml


class Numbered(Protocol):
    """What has numbers that a council may decide for itself: a standard, or a measure."""

    @property
    def id(self) -> str: ...

    @property
    def parameters(self) -> tuple[Parameter, ...]: ...


T = TypeVar("T", bound=Numbered)
Again = Callable[[Mapping[str, Decision]], T]
"""Reads it again with some of its numbers decided. Raises InputError where they do not fit it."""


@dataclass
class Local:
    """The decisions of one file, and the problems met while putting them in force."""

    read: MarkedYaml
    surface: LocalYaml
    as_at: date | None  # None: every decision, whatever its date
    problems: list[Problem] = field(default_factory=list)

    def apply(self, standard: T, again: Again[T]) -> T:
        """The standard with the council's numbers in force; as it is where they are wrong, and that is noted."""
        known = {parameter.name: parameter for parameter in standard.parameters}
        decisions: dict[str, Decision] = {}
        for name, decided in self.surface.numbers.get(standard.id, {}).items():
            path = ("numbers", standard.id, name)
            if name not in known:
                self._wrong(path, f"{standard.id} has no number '{name}'", name, known)
                continue
            for decision in self._decisions(path, decided, known[name]):
                if self.as_at is None or decision.decided_on <= self.as_at:
                    decisions[name] = decision  # the latest comes last
        try:
            return again(decisions) if decisions else standard
        except InputError as error:
            self._blame(standard, decisions, again, error)
            return standard

    def unknown(self, standards: Iterable[str]) -> None:
        """Note the decisions about standards that there are not."""
        known = list(standards)
        for name in self.surface.numbers:
            if name not in known:
                self._wrong(("numbers", name), f"no standard '{name}'", name, known)

    def _decisions(self, path: Path, decided: Any, parameter: Parameter) -> list[Decision]:
        """The decisions on one parameter, the earliest first."""
        several = isinstance(decided, list)
        places = [((*path, place), one) for place, one in enumerate(decided)] if several else [(path, decided)]
        found: dict[date, Decision] = {}
        for place, data in places:
            one = self._decision(place, data)
            if one is None:
                continue
            value = self._value((*place, "value"), one.value, parameter)
            if one.decided_on in found:
                self._problem((*place, "decided_on"), "two decisions of one day", str(one.decided_on), "one a day")
            elif value is not None:
                council = self.surface.council
                found[one.decided_on] = Decision(value, one.decided_by, one.decided_on, one.because, council)
        return [found[day] for day in sorted(found)]

    def _decision(self, path: Path, data: Any) -> DecisionYaml | None:
        if not isinstance(data, dict):
            self._problem(path, "not a decision", shown(data), "keys with values: value, decided_by, decided_on")
            return None
        try:
            return DecisionYaml.model_validate(data)
        except ValidationError as error:
            self.problems.extend(from_validation(error, DecisionYaml, self.read, path))
            return None

    def _value(self, path: Path, value: Any, parameter: Parameter) -> ParameterValue | None:
        """The value as the parameter holds it; None where it is of another kind, which is noted."""
        own = parameter.own
        if isinstance(own, Period):
            return self._period(path, value)
        if isinstance(own, str):
            if value in parameter.choices:
                return str(value)
            self._wrong(path, "not one of its choices", value, parameter.choices, shown(value))
        elif isinstance(own, int):
            if isinstance(value, int):
                return value
            self._problem(path, "of another kind", shown(value), "a whole number")
        elif isinstance(own, Trajectory):
            return self._trajectory(path, value)
        elif isinstance(value, list) and value and isinstance(value[0], str):
            return tuple(value)
        else:
            self._problem(path, "of another kind", "an empty list" if value == [] else shown(value), "a list of words")
        return None

    def _period(self, path: Path, value: Any) -> Period | None:
        try:
            return Period.parse(value if isinstance(value, str) else "")
        except ValueError as error:
            message = "not a period" if isinstance(value, str) else "of another kind"
            self._problem(path, message, shown(value), str(error))
            return None

    def _trajectory(self, path: Path, value: Any) -> Trajectory | None:
        targets = value if isinstance(value, list) else []
        if not targets or not isinstance(targets[0], TargetYaml):
            self._problem(path, "of another kind", shown(value), "a list of dates with per cents: {by: …, percent: …}")
            return None
        for place, (before, after) in enumerate(pairwise(targets), 1):
            if after.by <= before.by:
                message, expected = "not after the target before it", f"after {before.by}"
                self._problem((*path, place, "by"), message, str(after.by), expected)
                return None
        return Trajectory(tuple(Target(target.by, target.percent) for target in targets))

    def _blame(self, standard: T, decisions: Mapping[str, Decision], again: Again[T], error: InputError) -> None:
        """Say of what does not fit the standard which decision it is."""
        found = False
        for name, decision in decisions.items():
            try:
                again({name: decision})
            except InputError as alone:
                found = True
                self._not_fitting(standard, name, decision, alone)
        if not found:
            self._not_fitting(standard, *next(iter(decisions.items())), error)

    def _not_fitting(self, standard: Numbered, name: str, decision: Decision, error: InputError) -> None:
        decided = self.surface.numbers[standard.id][name]
        path: Path = ("numbers", standard.id, name)
        if isinstance(decided, list):
            days = [one.get("decided_on") if isinstance(one, dict) else None for one in decided]
            path = (*path, days.index(decision.decided_on))
        for problem in error.problems:
            near = problem.did_you_mean
            self._problem((*path, "value"), problem.message, problem.found, problem.expected, near)

    def _wrong(self, path: Path, message: str, word: Any, known: Iterable[str], found: str = "") -> None:
        words = list(known)
        near = nearest(str(word), words)
        expected = unless_long("one of " + ", ".join(words), near) if words else "a standard that has numbers"
        self._problem(path, message, found, expected, near, at_key=not found)

    def _problem(
        self, path: Path, message: str, found: str, expected: str, near: str = "", at_key: bool = False
    ) -> None:
        self.problems.append(
            self.read.problem(path, message, found=found, expected=expected, did_you_mean=near, at_key=at_key)
        )


def read_local(file: FilePath, as_at: date | None) -> Local:
    """The council's numbers from a file. Raises InputError with every problem of its shape."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        found = str(error.strerror) if isinstance(error, OSError) else "bytes that are no text"
        problem = Problem(str(file), 0, 0, "cannot be read", found, "the council's own numbers, as UTF-8 text")
        raise InputError([problem], ExitCode.STANDARDS) from None
    read = load_marked(text, str(file))
    if not isinstance(read.data, dict) and read.data is not None:
        problem = read.problem((), "not the council's own numbers", found=shown(read.data), expected="the key numbers")
        raise InputError([problem], ExitCode.STANDARDS)
    try:
        return Local(read, LocalYaml.model_validate(read.data or {}), as_at)
    except ValidationError as error:
        raise InputError(from_validation(error, LocalYaml, read), ExitCode.STANDARDS) from None


def decided_in(local: FilePath | None, as_at: date | None, problems: list[Problem]) -> Local | None:
    """The council's numbers from a file, if there is one; what is wrong with its shape is added to the problems."""
    if local is None:
        return None
    try:
        return read_local(local, as_at)
    except InputError as error:
        problems.extend(error.problems)
        return None
