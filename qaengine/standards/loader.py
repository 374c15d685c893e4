"""From YAML files to standards: one path, used by every command. Every problem of every file is reported at once."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from qaengine.model.condition import Condition, OneOf
from qaengine.model.marked_yaml import MarkedYaml, load_marked
from qaengine.model.problem import ExitCode, InputError, Problem, nearest
from qaengine.model.records import CHILD, FINDINGS, RECORD_TYPES
from qaengine.model.result import By, Result
from qaengine.model.standard import Check, Contradiction, Example, Severity, Source, Standard
from qaengine.standards.checks import Checks, shown_value
from qaengine.standards.conditions import Conditions
from qaengine.standards.declared import NONE, Decisions, Declared, text_of
from qaengine.standards.limits import with_limits
from qaengine.standards.local import Local, decided_in
from qaengine.standards.names import Around, Names
from qaengine.standards.problems import from_validation, shown
from qaengine.standards.surface import StandardYaml

LOCAL = "local.yaml"
"""The file of the council's own numbers, in a folder of rules."""

MEASURES = "measures"
"""The folder of measures in one of rules, each in the file of its own name."""


def load_standards(
    folder: FilePath, examples: bool = True, local: FilePath | None = None, as_at: date | None = None
) -> tuple[Standard, ...]:
    """Every standard in a folder (`standards/*.yaml` below it, or the folder itself), in the order of their ids.

    Without `examples` those are not read: they are most of a file, and only `check` runs them. `local` is the file of
    the council's own numbers: in force are those decided by the as-at date, or the latest of all where none is given.
    Raises InputError with every problem of every file, exit code STANDARDS.
    """
    inner = folder / "standards"
    files = [f for f in sorted((inner if inner.is_dir() else folder).glob("*.yaml")) if f.name != LOCAL]
    if not files:
        problem = Problem(str(folder), 0, 0, "no standards here", expected="files named *.yaml")
        raise InputError([problem], ExitCode.STANDARDS)
    standards: list[Standard] = []
    problems: list[Problem] = []
    decided = decided_in(local, as_at, problems)
    broken: list[
        str
    ] = []  # files that cannot be read: whoever decided about one of them is not told that it is not there
    for file in files:
        try:
            text = text_of(file)
            standards.append(load_standard(text if examples else without_examples(text), str(file), decided))
        except InputError as error:
            problems.extend(error.problems)
            broken.append(file.stem)
    if decided:
        measures = [file.stem for file in (folder / MEASURES).glob("*.yaml")]
        decided.unknown([*(standard.id for standard in standards), *broken, *measures])
        problems += decided.problems
    counts = Counter(standard.id for standard in standards)
    problems += [
        Problem(standard.file, 1, 1, f"another file has the id '{standard.id}' too")
        for standard in standards
        if counts[standard.id] > 1
    ]
    if not problems:
        problems.extend(_of_others(standards))
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)
    return tuple(sorted(standards, key=lambda standard: standard.id))


def _of_others(standards: list[Standard]) -> Iterator[Problem]:
    """Words that `findings.standard` is compared with and never is: no standard, or one that rests on findings too."""
    second = {standard.id for standard in standards if standard.looks_at(FINDINGS.name)}
    first = {standard.id for standard in standards} - second
    for standard in standards if second else ():
        compared = [node for node in standard.nodes() if isinstance(node, OneOf) and node.ref.field == "standard"]
        words = [word for node in compared if node.ref.record_type == FINDINGS.name for word in node.values]
        for word in dict.fromkeys(str(word) for word in words):
            if word in second:
                yield Problem(standard.file, 1, 1, f"'{word}' itself looks at findings, and is never one of them")
            elif word not in first:
                yield Problem(standard.file, 1, 1, f"no standard '{word}'", did_you_mean=nearest(word, first))


def without_examples(text: str) -> str:
    """The file up to its examples and what is given for them, where they are the last in it; else the whole file."""
    first = re.search(r"^(given|examples):", text, re.MULTILINE)
    if first is None or re.search(r"^(?!given:|examples:)[^\s#-]", text[first.start() :], re.MULTILINE):
        return text
    return text[: first.start()]


def load_standard(text: str, file: str, local: Local | None = None) -> Standard:
    """One standard, with the council's numbers in force. Raises InputError with every problem of the file."""
    read, surface = _surface(text, file)
    standard = _Reading(read, surface).standard()
    if local is None:
        return standard
    return local.apply(standard, lambda decisions: _Reading(read, surface, decisions).standard())


def _surface(text: str, file: str) -> tuple[MarkedYaml, StandardYaml]:
    """What the file says, before any name in it is looked up."""
    try:
        read = load_marked(text, file)
    except InputError as error:
        raise InputError(error.problems, ExitCode.STANDARDS) from None
    if not isinstance(read.data, dict):
        message = "the file is empty" if read.data is None else "this is no standard"
        found = "" if read.data is None else shown(read.data)
        problem = read.problem((), message, found=found, expected="keys with values, from 'id' to 'examples'")
        raise InputError([problem], ExitCode.STANDARDS)
    try:
        return read, StandardYaml.model_validate(read.data)
    except ValidationError as error:
        problems = from_validation(error, StandardYaml, read)
        problems += _checks_alone(read)
        raise InputError(problems, ExitCode.STANDARDS) from None


def _checks_alone(read: MarkedYaml) -> list[Problem]:
    """Problems of the checks, where the file as a whole has another already: all but those of parameters."""
    checks, anchors = read.data.get("checks"), read.data.get("anchors")
    names = Names(read, None)
    for name, anchor in anchors.items() if isinstance(anchors, dict) else ():
        data = anchor if isinstance(anchor, dict) else {}
        record_type = RECORD_TYPES.get(str(data.get("latest", data.get("earliest"))))
        names.anchors = {**names.anchors, name: record_type} if record_type else names.anchors
        names.broken.update(() if record_type else (name,))
    for place, check in enumerate(checks if isinstance(checks, list) else []):
        if isinstance(check, dict):
            Checks(names, None).read(check, ("checks", place))
    return names.problems


READS = ("meets this standard on the record", "meet this standard on the record")


class _Reading(Declared):
    """Looks up the names of one standard."""

    def __init__(self, read: MarkedYaml, surface: StandardYaml, decisions: Decisions = NONE) -> None:
        super().__init__(read, surface.parameters, surface.anchors, decisions)
        self.surface = surface

    def standard(self) -> Standard:
        surface = self.surface
        conditions = Conditions(self.names)
        contradictions = tuple(self._contradictions(conditions))  # before the anchors: they may look only at the child
        anchors = tuple(self.read_anchors(conditions))
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
            sources=tuple(
                Source(source.document, source.reference, source.url, tuple(source.covers))
                for source in surface.sources
            ),
            applies_to=conditions.read(surface.applies_to, ("applies_to",), Around()),
            checks=tuple(with_limits(found, self.names.uses)),
            remedy=self.names.remedy(surface.remedy, ("remedy",)),
            parameters=tuple(self.parameters.values()),
            anchors=anchors,
            contradictions=contradictions,
            examples=tuple(self._examples([check.get("id") for check in surface.checks])),
            uses=tuple(self.names.uses),
            effective_from=surface.effective_from,
            effective_to=surface.effective_to,
            file=self.read.file,
            target=self.names.trajectory(surface.target, ("target",)) if surface.target else None,
            rests_on=tuple(surface.rests_on),
        )
        self._rests_on(found, complete=len(found) == len(surface.checks))
        self._whole(complete=len(found) == len(surface.checks))
        if self.names.problems:
            raise InputError(self.names.problems, ExitCode.STANDARDS)
        return standard

    def _contradictions(self, conditions: Conditions) -> list[Contradiction]:
        found = []
        for place, item in enumerate(self.surface.contradictory):
            path = ("contradictory", place)
            is_child = item.in_ == CHILD.name
            record_type = CHILD if is_child else self.names.record_type(item.in_, (*path, "in"))
            if record_type is None:
                continue
            for number, name in enumerate(item.fields):
                self.names.field_of(record_type, name, (*path, "fields", number))
            around = Around() if is_child else Around(record_type)
            when: Condition = conditions.read(item.when, (*path, "when"), around)
            found.append(Contradiction(record_type.name, when, tuple(item.fields), item.says))
        return found

    def _examples(self, checks: list[Any]) -> list[Example]:
        examples = []
        told = all(isinstance(check, str) for check in checks)  # or a check without a name may be the one meant
        known = {*(str(check) for check in checks), "standard", "read"}
        for place, example in enumerate(self.surface.examples):
            path = ("examples", place)
            expect: dict[str, Result] = {}
            for key, value in example.expect.items():
                here = (*path, "expect", key)
                if told and key not in known:
                    expected = "one of " + ", ".join(sorted(known))
                    self.names.wrong(here, f"no check '{key}'", None, expected, key, known)
                if value in set(Result):
                    expect[key] = Result(value)
                else:
                    self.names.wrong(here, "not a result", value, "one of " + ", ".join(Result), value, set(Result))
            line = self.read.marks.value(path).line
            case = laid_over(self.surface.given, example.case)
            examples.append(Example(example.name, example.as_at, case, expect, line))
        return examples

    def _rests_on(self, found: tuple[Check, ...], complete: bool) -> None:
        """A title rests on checks of its own that the record decides."""
        known = [check.id for check in found if check.by is By.RECORD]
        for place, name in enumerate(self.surface.rests_on if complete else ()):
            if name not in known:
                expected = "one of " + ", ".join(known)
                message = f"no check '{name}' that the record decides"
                self.names.wrong(("rests_on", place), message, None, expected, name, known)

    def _whole(self, complete: bool) -> None:
        """What can only be seen of the file as a whole: names twice, parameters that nothing uses, dates."""
        self.once_each("checks", "id", [str(check.get("id")) for check in self.surface.checks])
        self.once_each("examples", "name", [example.name for example in self.surface.examples])
        begins, ends = self.surface.effective_from, self.surface.effective_to
        if begins and ends and ends < begins:
            self.names.wrong(("effective_to",), "it ends before it begins", ends, f"{begins} or later")
        said = " ".join(_all_text(self.surface.checks))
        for name in self.parameters:
            if complete and name not in self.names.used and f"{{{name}}}" not in said:
                self.names.wrong(("parameters", name), f"nothing uses the parameter '{name}'")


NOT_CARRIED = "not_carried"
"""The word that takes a key of what is given away again."""


def laid_over(given: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """The case of an example over the one that is given: whole record types, and the child key by key."""
    laid = _carried({**given, **case})
    before, after = given.get(CHILD.name), laid.get(CHILD.name)
    if isinstance(after, dict):
        laid[CHILD.name] = _carried({**before, **after} if isinstance(before, dict) else after)
    return laid


def _carried(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value != NOT_CARRIED}


def _all_text(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _all_text(value)]
    if isinstance(data, list):
        return [text for value in data for text in _all_text(value)]
    return [data] if isinstance(data, str) else []


__all__ = ["load_standard", "load_standards", "shown_value"]
