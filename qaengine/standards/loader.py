"""From YAML files to standards: one path, used by every command. Every problem of every file is reported at once."""

import re
from collections import Counter
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from qaengine.model.condition import Condition
from qaengine.model.marked_yaml import MarkedYaml, load_marked
from qaengine.model.period import Period
from qaengine.model.problem import ExitCode, InputError, Problem
from qaengine.model.record import RecordType
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.result import Result
from qaengine.model.standard import (
    Anchor,
    Check,
    Contradiction,
    Example,
    Parameter,
    ParameterValue,
    Severity,
    Source,
    Standard,
)
from qaengine.standards.checks import Checks, shown_value
from qaengine.standards.conditions import Conditions
from qaengine.standards.names import Around, Names
from qaengine.standards.problems import from_validation
from qaengine.standards.surface import AnchorYaml, ParameterYaml, StandardYaml


def load_standards(folder: FilePath, examples: bool = True) -> tuple[Standard, ...]:
    """Every standard in a folder (`standards/*.yaml` below it, or the folder itself), in the order of their ids.

    Without `examples` those are not read: they are most of a file, and only `check` runs them.
    Raises InputError with every problem of every file, exit code STANDARDS.
    """
    inner = folder / "standards"
    files = sorted((inner if inner.is_dir() else folder).glob("*.yaml"))
    if not files:
        problem = Problem(str(folder), 0, 0, "no standards here", expected="files named *.yaml")
        raise InputError([problem], ExitCode.STANDARDS)
    standards: list[Standard] = []
    problems: list[Problem] = []
    for file in files:
        try:
            text = _text(file)
            standards.append(load_standard(text if examples else without_examples(text), str(file)))
        except InputError as error:
            problems.extend(error.problems)
    counts = Counter(standard.id for standard in standards)
    problems += [
        Problem(standard.file, 1, 1, f"another file has the id '{standard.id}' too")
        for standard in standards
        if counts[standard.id] > 1
    ]
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)
    return tuple(sorted(standards, key=lambda standard: standard.id))


def _text(file: FilePath) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(str(file), 0, 0, "cannot be read", found=str(error), expected="UTF-8 text")
        raise InputError([problem], ExitCode.STANDARDS) from None


def without_examples(text: str) -> str:
    """The file up to its examples, where they are the last thing in it; else the whole file."""
    before, found, after = text.partition("\nexamples:")
    last = found and not re.search(r"^[^\s#-]", after.partition("\n")[2], re.MULTILINE)
    return f"{before}\n" if last else text


def load_standard(text: str, file: str) -> Standard:
    """One standard. Raises InputError with every problem of the file."""
    try:
        read = load_marked(text, file)
    except InputError as error:
        raise InputError(error.problems, ExitCode.STANDARDS) from None
    try:
        surface = StandardYaml.model_validate(read.data)
    except ValidationError as error:
        problems = from_validation(error, StandardYaml, read)
        problems += _checks_alone(read)
        raise InputError(problems, ExitCode.STANDARDS) from None
    return _Reading(read, surface).standard()


def _checks_alone(read: MarkedYaml) -> list[Problem]:
    """Problems in the shape of the checks, where the file as a whole has another problem already."""
    data = read.data.get("checks") if isinstance(read.data, dict) else None
    names = Names(read, {}, {})
    for place, check in enumerate(data if isinstance(data, list) else []):
        if isinstance(check, dict):
            Checks(names, None).read(check, ("checks", place))
    shapes = ("unknown key", "is missing", "cannot be read", "exactly one key", "unknown record type", "has no field")
    return [problem for problem in names.problems if any(shape in problem.message for shape in shapes)]


READS = ("meets this standard on the record", "meet this standard on the record")


class _Reading:
    """Looks up the names of one standard."""

    def __init__(self, read: MarkedYaml, surface: StandardYaml) -> None:
        self.read, self.surface = read, surface
        self.names = Names(read, {})
        parameters = {name: self._parameter(name, parameter) for name, parameter in surface.parameters.items()}
        self.names.parameters = parameters
        anchors = {name: self._anchor_type(name, anchor) for name, anchor in surface.anchors.items()}
        self.names.anchors = {name: found for name, found in anchors.items() if found}

    def standard(self) -> Standard:
        surface = self.surface
        conditions = Conditions(self.names)
        looks_back = self.names.period(surface.looks_back, ("looks_back",)) if surface.looks_back else None
        checks = Checks(self.names, looks_back)
        read = [checks.read(check, ("checks", place)) for place, check in enumerate(surface.checks)]
        found = tuple(check for check in read if check)
        standard = Standard(
            id=surface.id,
            title=surface.title,
            theme=surface.theme,
            severity=Severity(surface.severity),
            intent=surface.intent,
            short=surface.short or surface.id.replace("-", " ")[:24],
            reads=(surface.reads.one, surface.reads.many) if surface.reads else READS,
            sources=tuple(Source(source.document, source.reference, source.url) for source in surface.sources),
            applies_to=conditions.read(surface.applies_to, ("applies_to",), Around()),
            checks=found,
            remedy=self.names.remedy(surface.remedy, ("remedy",)),
            parameters=tuple(self.names.parameters.values()),
            anchors=tuple(self._anchors(conditions)),
            contradictions=tuple(self._contradictions(conditions)),
            examples=tuple(self._examples({check.id for check in found})),
            uses=tuple(self.names.uses),
            effective_from=surface.effective_from,
            effective_to=surface.effective_to,
            file=self.read.file,
        )
        self._whole(found, complete=len(found) == len(surface.checks))
        if self.names.problems:
            raise InputError(self.names.problems, ExitCode.STANDARDS)
        return standard

    def _parameter(self, name: str, parameter: ParameterYaml) -> Parameter:
        return Parameter(
            name,
            self._value(name, parameter),
            parameter.source,
            parameter.owner,
            parameter.proposed,
            tuple(parameter.choices),
        )

    def _value(self, name: str, parameter: ParameterYaml) -> ParameterValue:
        value, path = parameter.value, ("parameters", name, "value")
        if isinstance(value, list):
            return tuple(value)
        if isinstance(value, int):
            return value
        if parameter.choices:
            if value not in parameter.choices:
                self.names.wrong(
                    path, "not one of its choices", value, ", ".join(parameter.choices), value, parameter.choices
                )
            return value
        try:
            return Period.parse(value)
        except ValueError as error:
            self.names.wrong(path, "cannot be read as a period", value, str(error))
            return value

    def _anchor_type(self, name: str, anchor: AnchorYaml) -> RecordType | None:
        path = ("anchors", name)
        if (anchor.latest is None) == (anchor.earliest is None):
            self.names.wrong(path, "an anchor is either the latest or the earliest of a record type")
            return None
        if name in RECORD_TYPES or name in (CHILD.name, "trigger", "parameter"):
            self.names.wrong(path, f"'{name}' already has a meaning", None, "another name")
        return self.names.record_type(
            anchor.latest or anchor.earliest, (*path, "latest" if anchor.latest else "earliest")
        )

    def _anchors(self, conditions: Conditions) -> list[Anchor]:
        anchors = []
        for name, record_type in self.names.anchors.items():
            anchor, path = self.surface.anchors[name], ("anchors", name)
            by = self.names.date_of(record_type, anchor.by, (*path, "by"))
            where = conditions.read(anchor.where, (*path, "where"), Around(record_type))
            anchors.append(Anchor(name, record_type.name, anchor.latest is not None, by, anchor.nth, where))
        return anchors

    def _contradictions(self, conditions: Conditions) -> list[Contradiction]:
        found = []
        for place, item in enumerate(self.surface.contradictory):
            path = ("contradictory", place)
            is_child = item.in_ == CHILD.name
            record_type = CHILD if is_child else self.names.record_type(item.in_, (*path, "in"))
            if record_type is None:
                continue
            for name in item.fields:
                self.names.field_of(record_type, name, (*path, "fields"))
            around = Around() if is_child else Around(record_type)
            when: Condition = conditions.read(item.when, (*path, "when"), around)
            found.append(Contradiction(record_type.name, when, tuple(item.fields), item.says))
        return found

    def _examples(self, checks: set[str]) -> list[Example]:
        examples = []
        known = {*checks, "standard", "read"}
        for place, example in enumerate(self.surface.examples):
            path = ("examples", place)
            expect: dict[str, Result] = {}
            for key, value in example.expect.items():
                here = (*path, "expect", key)
                if key not in known:
                    self.names.wrong(here, f"no check '{key}'", None, "a check, standard or read", key, known)
                if value in set(Result):
                    expect[key] = Result(value)
                else:
                    self.names.wrong(here, "not a result", value, ", ".join(Result), value, set(Result))
            line = self.read.marks.value(path).line
            examples.append(Example(example.name, example.as_at, example.case, expect, line))
        return examples

    def _whole(self, checks: tuple[Check, ...], complete: bool) -> None:
        """What can only be seen of the file as a whole: ids twice, parameters that nothing uses."""
        for kind, words in (
            ("check", [check.id for check in checks]),
            ("example", [e.name for e in self.surface.examples]),
        ):
            for word, count in Counter(words).items():
                if count > 1:
                    self.names.wrong((f"{kind}s",), f"{count} {kind}s are called '{word}'")
        said = " ".join(_all_text(self.surface.checks))
        for name in self.names.parameters:
            if complete and name not in self.names.used and f"{{{name}}}" not in said:
                self.names.wrong(("parameters", name), f"nothing uses the parameter '{name}'")


def _all_text(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _all_text(value)]
    if isinstance(data, list):
        return [text for value in data for text in _all_text(value)]
    return [data] if isinstance(data, str) else []


__all__ = ["load_standard", "load_standards", "shown_value"]
