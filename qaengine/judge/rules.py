"""`rules/judgement.yaml`, read and checked: parameters, tallies and when/then rules, with every problem at once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from qaengine.judge.chain import Rule
from qaengine.judge.clauses import Names, read_tally, read_then, read_when
from qaengine.judge.reading import Reading
from qaengine.judge.vocabulary import DOES_NOT_MEET_GOOD, Tally
from qaengine.model.marked_yaml import Path, load_marked
from qaengine.model.period import Period
from qaengine.model.problem import ExitCode, InputError

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS: Final = ("about", "grade", "previous_grade")
"""What a sentence may name besides parameters and tallies: what the rule fired about, and the two grades."""

_ABOUT_NOTHING: Final = frozenset({"tallies", "grade", "previous_audit"})


@dataclass(frozen=True, slots=True)
class JudgementParameter:
    """A number that people argue about: its value with a unit, where it comes from, and who owns it."""

    name: str
    value: Period | int
    unit: str
    source: str
    owner: str

    @property
    def words(self) -> str:
        """The value as a sentence says it."""
        return str(self.value)


@dataclass(frozen=True, slots=True)
class JudgementRules:
    """The rules of one file. Built only by `load_rules`."""

    file: str
    parameters: tuple[JudgementParameter, ...]
    tallies: tuple[Tally, ...]
    rules: tuple[Rule, ...]


def load_rules(text: str, file: str) -> JudgementRules:
    """Read a judgement file from its text.

    Raises InputError (exit code 3) with every problem found: unknown keys, words and names with the nearest right
    one, missing sources and owners, wrong types, rules with the same id, and names that nothing uses.
    """
    marked = load_marked(text, file)
    reading = Reading(marked)
    top = reading.mapping(marked.data, (), ("parameters", "tallies", "rules"), ("title",)) or {}
    parameters = tuple(_parameters(reading, top.get("parameters", {})))
    tallies = tuple(_tallies(reading, top.get("tallies", {})))
    declared = dict.fromkeys(_names(top.get("parameters")))  # the broken ones too: a slip is said once
    names = Names(
        {**declared, **{parameter.name: parameter.value for parameter in parameters}},
        frozenset(_names(top.get("tallies"))),
    )
    rules = tuple(_rules(reading, top.get("rules", []), names)) if "rules" in top else ()
    _check_names(reading, top, rules, names)
    if reading.problems:
        raise InputError(reading.problems, ExitCode.STANDARDS)
    return JudgementRules(file, parameters, tallies, rules)


def _names(value: Any) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, dict) else ()


def _parameters(reading: Reading, value: Any) -> Iterator[JudgementParameter]:
    for name, given in reading.named(value, ("parameters",), "parameters"):
        path: Path = ("parameters", name)
        fields = reading.mapping(given, path, ("value", "source", "owner"), ("unit",))
        if fields is None:
            continue
        source = reading.text(fields["source"], (*path, "source"), "source") if "source" in fields else ""
        owner = reading.text(fields["owner"], (*path, "owner"), "owner") if "owner" in fields else ""
        number = _number(reading, fields, path) if "value" in fields else None
        if number is not None:
            unit = number.unit.value if isinstance(number, Period) else str(fields.get("unit"))
            yield JudgementParameter(name, number, unit, source, owner)


def _number(reading: Reading, fields: Mapping[str, Any], path: Path) -> Period | int | None:
    value, place = fields["value"], (*path, "value")
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000:
        if "unit" in fields:
            reading.text(fields["unit"], (*path, "unit"), "unit")
        else:
            reading.problem(path, "unit is missing", expected="unit, such as causes")
        return value
    try:
        if isinstance(value, str):
            period = Period.parse(value)
            if "unit" in fields:
                reading.problem((*path, "unit"), "a period has its unit in its value", fields["unit"], value)
            return period
    except ValueError:
        pass
    reading.problem(place, "not a number with a unit", value, "a whole number, or a period such as 6 weeks")
    return None


def _tallies(reading: Reading, value: Any) -> Iterator[Tally]:
    for name, given in reading.named(value, ("tallies",), "tallies"):
        tally = read_tally(reading, name, given, ("tallies", name))
        if tally is not None:
            yield tally


def _rules(reading: Reading, value: Any, names: Names) -> Iterator[Rule]:
    first: dict[str, int] = {}
    for index, given in reading.listed(value, ("rules",), "rules"):
        path: Path = ("rules", index)
        fields = reading.mapping(given, path, ("id", "says", "when", "then"), ("source",))
        if fields is None:
            continue
        before = len(reading.problems)
        rule_id = reading.text(fields.get("id"), (*path, "id"), "id") if "id" in fields else ""
        if rule_id and rule_id in first:
            reading.problem((*path, "id"), "two rules with the same id", rule_id, "an id of its own")
        first.setdefault(rule_id, index)
        says = reading.text(fields["says"], (*path, "says"), "says") if "says" in fields else ""
        _check_sentence(reading, says, (*path, "says"), names, fields.get("when"))
        if "source" in fields:
            reading.text(fields["source"], (*path, "source"), "source")
        when = read_when(reading, fields["when"], (*path, "when"), names) if "when" in fields else ()
        then = read_then(reading, fields["then"], (*path, "then"), names) if "then" in fields else None
        if len(reading.problems) == before and when and then is not None:
            yield Rule(rule_id, says, when, then)


def _check_sentence(reading: Reading, says: str, path: Path, names: Names, when: Any) -> None:
    known = (*PLACEHOLDERS, *names.parameters, *sorted(names.tallies))
    for placeholder in _PLACEHOLDER.findall(says):
        if placeholder not in known:
            reading.problem(path, "the sentence names what is not known", placeholder, near=known)
        elif placeholder == "about" and isinstance(when, dict) and _ABOUT_NOTHING.issuperset(when):
            reading.problem(path, "the sentence says what it is about, and the rule is about no one thing")


def _check_names(reading: Reading, top: Mapping[str, Any], rules: Iterable[Rule], names: Names) -> None:
    """Names that one part uses and no other part knows. A name that nothing uses is a slip of the pen."""
    rules = tuple(rules)
    for name in sorted(set(names.parameters) - names.used_parameters):
        reading.problem(("parameters", name), "no rule uses this parameter", name, at_key=True)
    for name in sorted(names.tallies - names.used_tallies):
        reading.problem(("tallies", name), "no rule uses this tally", name, at_key=True)
    for name, path in names.concluded_in_when:
        if name not in names.concluded_in_then:
            reading.problem(path, "no rule concludes this", name, near=names.concluded_in_then)
    wanted = {name for name, _ in names.concluded_in_when} | {DOES_NOT_MEET_GOOD}
    for name, path in names.concluded_in_then.items():
        if name not in wanted:
            reading.problem(path, "no rule waits for this conclusion", name, near=wanted)
