"""Agreed exceptions, from a file: a list, each with a child, a check, a reason, an authority and two dates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from qaengine.cases.files import InputFile, text_of
from qaengine.cases.values import shown
from qaengine.model.agreed import AgreedException
from qaengine.model.calendar import EARLIEST, LATEST
from qaengine.model.marked_yaml import MarkedYaml, Path, load_marked
from qaengine.model.problem import ExitCode, InputError, Problem, nearest
from qaengine.model.result import By
from qaengine.model.standard import Check, Standard

KEYS = tuple(each.name for each in fields(AgreedException))
DATES = ("agreed_on", "expires_on")
A_DATE = "a date, written as 2019-01-31"


def read_exceptions(
    file: InputFile,
    standards: Sequence[Standard],
    child_ids: Collection[str],
    pseudonyms: Mapping[str, str] | None = None,
) -> tuple[AgreedException, ...]:
    """Every agreed exception in a file, of the children by their own references or by their pseudonyms.

    Raises InputError with every problem, exit code CASE_DATA.
    """
    read = load_marked(text_of(file), file.name, ExitCode.CASE_DATA)
    names = pseudonyms or {}
    reading = _Reading(read, {standard.id: standard for standard in standards}, frozenset(child_ids) | frozenset(names))
    if read.data is not None and not isinstance(read.data, list):
        reading.wrong((), "not a list of agreed exceptions", shown(read.data), "a list, each with " + ", ".join(KEYS))
    found = [reading.one((place,), item) for place, item in enumerate(read.data if isinstance(read.data, list) else ())]
    reading.overlaps(found)
    if reading.problems:
        raise InputError(reading.problems, ExitCode.CASE_DATA)
    return tuple(replace(one, child=names.get(one.child, one.child)) for one in found if one)


@dataclass
class _Reading:
    read: MarkedYaml
    standards: Mapping[str, Standard]
    children: frozenset[str]
    problems: list[Problem] = field(default_factory=list)

    def wrong(
        self, path: Path, message: str, found: str = "", expected: str = "", near: str = "", at_key: bool = False
    ) -> None:
        self.problems.append(
            self.read.problem(path, message, found=found, expected=expected, did_you_mean=near, at_key=at_key)
        )

    def one(self, path: Path, item: Any) -> AgreedException | None:
        """One exception; None where anything in it is wrong, and that is noted."""
        before = len(self.problems)
        if not isinstance(item, dict):
            self.wrong(path, "not an agreed exception", shown(item), "keys with values: " + ", ".join(KEYS))
            return None
        for key in item:
            if key not in KEYS:
                near = nearest(str(key), KEYS)
                self.wrong((*path, key), f"unknown key '{key}'", "", "one of " + ", ".join(KEYS), near, at_key=True)
        values = {key: self._value((*path, key), key, item) for key in KEYS}
        self._names(path, values)
        if len(self.problems) > before:
            return None
        return AgreedException(**values)

    def _value(self, path: Path, key: str, item: Mapping[Any, Any]) -> Any:
        value = item.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            message = f"the key '{key}' is missing" if key not in item else f"'{key}' is blank"
            self.wrong(path if key in item else path[:-1], message, "", A_DATE if key in DATES else "a few words")
            return None
        if key in DATES:
            if isinstance(value, date) and EARLIEST <= value <= LATEST:
                return value
            self.wrong(path, f"'{key}' cannot be read", shown(value), A_DATE)
            return None
        if isinstance(value, str):
            return value.strip()
        quoted = "text; digits alone go in quotes" if isinstance(value, int) else "text"
        self.wrong(path, f"'{key}' cannot be read", shown(value), quoted)
        return None

    def _names(self, path: Path, values: Mapping[str, Any]) -> None:
        """The child, the standard and the check are there, and the check is one that may be excepted."""
        child, name, check = values["child"], values["standard"], values["check"]
        if child is not None and child not in self.children:
            near = nearest(child, self.children)
            self.wrong((*path, "child"), f"no child '{child}' in these case files", near=near)
        standard = self.standards.get(name)
        if name is not None and standard is None:
            known = ", ".join(self.standards)
            near = nearest(name, self.standards)
            self.wrong((*path, "standard"), f"no standard '{name}'", "", "" if near else f"one of {known}", near)
        if standard is not None and check is not None:
            self._check((*path, "check"), standard, check)
        agreed, expires = values["agreed_on"], values["expires_on"]
        if agreed and expires and expires < agreed:
            self.wrong((*path, "expires_on"), "it expires before it is agreed", str(expires), f"{agreed} or later")

    def _check(self, path: Path, standard: Standard, name: str) -> None:
        checks: dict[str, Check] = {check.id: check for check in standard.checks}
        if name not in checks:
            near = nearest(name, checks)
            expected = "" if near else "one of " + ", ".join(checks)
            self.wrong(path, f"{standard.id} has no check '{name}'", "", expected, near)
        elif checks[name].red_flag:
            message = "a check that raises a red flag is never excepted: a child may be unsafe now"
            self.wrong(path, message, f"'{name}'", "another check")
        elif checks[name].by is By.READER:
            message = "only what the record decides can be excepted, and this is for a person to read"
            self.wrong(path, message, f"'{name}'", "another check")

    def overlaps(self, found: Sequence[AgreedException | None]) -> None:
        """No two for the same child and check may speak of the same day."""
        for place, later in enumerate(found):
            for before, earlier in enumerate(found[:place]):
                if later and earlier and _same(earlier, later):
                    line = self.read.marks.value((before,)).line
                    message = f"two exceptions of the same check overlap (the first on line {line})"
                    said = f"{later.agreed_on} to {later.expires_on}"
                    self.wrong((place, "agreed_on"), message, said, f"not {earlier.agreed_on} to {earlier.expires_on}")


def _same(one: AgreedException, other: AgreedException) -> bool:
    about = (one.child, one.standard, one.check) == (other.child, other.standard, other.check)
    return about and one.agreed_on <= other.expires_on and other.agreed_on <= one.expires_on
