"""Reading one check: find its kind first, validate against that one model, then look up its names."""

import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from qaengine.model.condition import TRUE, All, Condition, Recorded
from qaengine.model.condition import Any as AnyOf
from qaengine.model.marked_yaml import Path
from qaengine.model.period import Period
from qaengine.model.problem import nearest
from qaengine.model.result import By
from qaengine.model.standard import Asks, Check, Test
from qaengine.standards import surface as y
from qaengine.standards.conditions import Conditions
from qaengine.standards.names import Around, Names
from qaengine.standards.problems import from_validation, known_keys
from qaengine.standards.record_kinds import RecordKinds
from qaengine.standards.time_kinds import TimeKinds

_OTHER_KEYS = {key for model in y.KIND_KEYS.values() for key in known_keys(model)} - y.KIND_KEYS.keys()
"""The keys that a check may have beside the one that says its kind: none of them is that one misspelt."""


class Checks:
    """Reads the checks of one standard. `looks_back` limits the records of every check that looks at each."""

    def __init__(self, names: Names, looks_back: tuple[str, Period] | None) -> None:
        self.names = names
        self.conditions = Conditions(names)
        of_records, of_time = RecordKinds(names, looks_back), TimeKinds(names, looks_back)
        self.readers: dict[type, Callable[[Any, Path], Test | None]] = {
            y.HasYaml: of_records.has,
            y.EachYaml: of_records.each,
            y.FollowedByYaml: of_records.followed_by,
            y.IncludesYaml: of_records.includes,
            y.ShareYaml: of_records.share,
            y.NoGapOverYaml: of_time.no_gap_over,
            y.AtMostYaml: of_time.at_most,
        }

    def read(self, data: Any, path: Path) -> Check | None:
        """A check, or None where it is wrong: the problems are noted."""
        kinds = [key for key in y.KIND_KEYS if key in data]
        if len(kinds) != 1:
            expected = "one of " + ", ".join(y.KIND_KEYS)
            strange = [str(key) for key in data if key not in _OTHER_KEYS]
            near = next((match for key in strange if (match := nearest(key, y.KIND_KEYS))), "")
            message = f"a check of {len(kinds)} kinds: {' and '.join(kinds)}" if kinds else "a check of no kind"
            self.names.wrong(path, message, None, expected, "" if kinds else near, y.KIND_KEYS)
            return None
        model = y.KIND_KEYS[kinds[0]]
        try:
            check = model.model_validate(data)
        except ValidationError as error:
            self.names.problems.extend(from_validation(error, model, self.names.read, path))
            return None
        return self._asks(check, path) if isinstance(check, y.AsksYaml) else self._measures(check, path)

    def _asks(self, check: y.AsksYaml, path: Path) -> Check:
        for place, name in enumerate(check.look_at):
            self.names.record_type(name, (*path, "look_at", place))
        test = Asks(check.asks, check.guidance, tuple(check.answers), tuple(check.look_at))
        when, depends_on = self._of_child(check, path)
        return Check(check.id, check.asks, test, By.READER, when, depends_on=depends_on)

    def _of_child(self, check: y.CheckYaml | y.AsksYaml, path: Path) -> tuple[Condition, Condition]:
        """The children that a check is for, and what it cannot be decided without."""
        around = Around(check=check.id)
        when = self.conditions.read(check.when, (*path, "when"), around)
        depends_on = self.conditions.read(check.depends_on, (*path, "depends_on"), around)
        if not _asks_what_is_there(depends_on):
            expected = "fields that are recorded, such as {second_review.held: recorded}"
            self.names.wrong((*path, "depends_on"), "what a check depends on is what is there", None, expected)
        return when, depends_on

    def _measures(self, check: Any, path: Path) -> Check | None:
        when, depends_on = self._of_child(check, path)
        test = self.readers[type(check)](check, path)
        soft = check.only_refers or (isinstance(check, y.EachYaml) and check.refer_if is not None)
        if soft and check.red_flag:
            self.names.wrong((*path, "red_flag"), "a check that only refers cannot raise a red flag")
        if test is None:
            return None
        by = By.READER if soft else By.RECORD
        remedy = self.names.remedy(check.remedy, (*path, "remedy")) if check.remedy else None
        says = self._says(check.says, path)
        return Check(check.id, says, test, by, when, check.red_flag, remedy, depends_on)

    def _says(self, says: str, path: Path) -> str:
        """The sentence with its parameters filled in."""
        parameters = self.names.parameters
        if parameters is None:
            return says
        for word in re.findall(r"\{([^{}]*)\}", says):
            if word in parameters:
                says = says.replace(f"{{{word}}}", shown_value(parameters[word].value))
            elif word not in self.names.broken:
                self.names.no_parameter(word, (*path, "says"), "one of " + ", ".join(parameters or ["none"]))
        return says


def _asks_what_is_there(condition: Condition) -> bool:
    """Whether a condition is not so only because something is blank or has no record: that can then be named."""
    if isinstance(condition, All | AnyOf):
        return all(map(_asks_what_is_there, condition.parts))
    return isinstance(condition, Recorded) or condition == TRUE


def shown_value(value: object) -> str:
    """A parameter's value as it is read aloud."""
    if isinstance(value, tuple):
        words = [str(item).replace("_", " ") for item in value]
        return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)
    return str(value)
