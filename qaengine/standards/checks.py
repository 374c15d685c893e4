"""Reading one check: find its kind first, validate against that one model, then look up its names."""

import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from qaengine.model.condition import TRUE, All, Condition, NoOlderThan, Not, Ref, Scope, Today
from qaengine.model.marked_yaml import Path
from qaengine.model.period import Period
from qaengine.model.problem import nearest
from qaengine.model.record import FieldSpec, RecordType
from qaengine.model.records import RECORD_TYPES
from qaengine.model.result import By
from qaengine.model.standard import (
    Asks,
    Check,
    Due,
    Each,
    FollowedBy,
    Has,
    Includes,
    Response,
    Test,
    Use,
)
from qaengine.standards import surface as y
from qaengine.standards.conditions import Conditions
from qaengine.standards.names import Around, Names
from qaengine.standards.problems import from_validation


class Checks:
    """Reads the checks of one standard. `looks_back` limits the records of every check that looks at each."""

    def __init__(self, names: Names, looks_back: tuple[str, Period] | None) -> None:
        self.names = names
        self.looks_back = looks_back
        self.conditions = Conditions(names)

    def read(self, data: Any, path: Path) -> Check | None:
        """A check, or None where it is wrong: the problems are noted."""
        kinds = [key for key in y.KIND_KEYS if key in data]
        if len(kinds) != 1:
            expected = "one of " + ", ".join(y.KIND_KEYS)
            near = next((match for key in data if (match := nearest(str(key), y.KIND_KEYS))), "")
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
        when = self.conditions.read(check.when, (*path, "when"), Around(check=check.id))
        return Check(check.id, check.asks, test, By.READER, when)

    def _measures(self, check: Any, path: Path) -> Check | None:
        readers: dict[type, Callable[[Any, Path], Test | None]] = {
            y.HasYaml: self._has,
            y.EachYaml: self._each,
            y.FollowedByYaml: self._followed_by,
            y.IncludesYaml: self._includes,
        }
        when = self.conditions.read(check.when, (*path, "when"), Around(check=check.id))
        test = readers[type(check)](check, path)
        soft = check.only_refers or (isinstance(check, y.EachYaml) and check.refer_if is not None)
        if soft and check.red_flag:
            self.names.wrong((*path, "red_flag"), "a check that only refers cannot raise a red flag")
        if test is None:
            return None
        by = By.READER if soft else By.RECORD
        remedy = self.names.remedy(check.remedy, (*path, "remedy")) if check.remedy else None
        return Check(check.id, self._says(check.says, path), test, by, when, check.red_flag, remedy)

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

    def _has(self, check: y.HasYaml, path: Path) -> Test | None:
        record_type = self.names.record_type(check.has, (*path, "has"))
        if record_type is None:
            return None
        where = self.conditions.read(check.where, (*path, "where"), Around(record_type, check=check.id))
        dated = self.names.date_of(record_type, check.dated, (*path, "dated"))
        count = ("", 1) if check.at_least == 1 else self.names.number(check.at_least, (*path, "at_least"))
        fresh = self._period(check.no_older_than, (*path, "no_older_than"))
        due = self._due(check.due, (*path, "due"), Around(check=check.id))
        period = fresh[1] if fresh else None
        test = Has(record_type.name, where, count[1] if count else 1, dated, period, due)
        self._use(check, test, count[0] if count else "")
        self._use(check, due, check.due.within if check.due else "")
        if fresh:
            age = NoOlderThan(Ref(Scope.RECORD, dated, record_type.name), fresh[1], Today.AS_AT)
            self._use(check, age, fresh[0])
        return test

    def _each(self, check: y.EachYaml, path: Path) -> Test | None:
        anchor = check.each if check.each in self.names.anchors else ""
        record_type = self.names.anchors.get(anchor) or self._each_type(check.each, (*path, "each"))
        if record_type is None:
            return None
        around = Around(record_type, check=check.id)
        if (check.must is None) == (check.refer_if is None):
            self.names.wrong(path, "'each' takes either must or refer_if", None, "one of the two")
            return None
        where = self._scope(check.where, path, record_type, around, None if anchor else record_type)
        if check.refer_if is not None:
            must: Condition = Not(self.conditions.read(check.refer_if, (*path, "refer_if"), around))
        else:
            must = self.conditions.read(check.must, (*path, "must"), around)
        due = self._due(check.due, (*path, "due"), around)
        test = Each(record_type.name, where, must, anchor, due)
        self._use(check, due, check.due.within if check.due else "")
        return test

    def _each_type(self, name: str, path: Path) -> RecordType | None:
        if name in self.names.broken:
            return None
        if name in RECORD_TYPES or not self.names.anchors:
            return self.names.record_type(name, path)
        known = [*self.names.anchors, *RECORD_TYPES]
        self.names.wrong(path, f"no anchor or record type '{name}'", None, "one of " + ", ".join(known), name, known)
        return None

    def _followed_by(self, check: y.FollowedByYaml, path: Path) -> Test | None:
        record_type = self.names.record_type(check.after_each, (*path, "after_each"))
        if record_type is None:
            return None
        around = Around(record_type, check=check.id)
        dated = self.names.date_of(record_type, check.dated, (*path, "dated"))
        within = self._period(check.within, (*path, "within"))
        answers = [
            self._response(answer, (*path, "followed_by", place), record_type, check.id)
            for place, answer in enumerate(check.followed_by)
        ]
        mitigated = check.mitigated_by
        reason = self._response(mitigated, (*path, "mitigated_by"), record_type, check.id) if mitigated else None
        where = self._scope(check.where, path, record_type, around, record_type)
        responses = tuple(answer for answer in answers if answer)
        if within is None:
            return None
        test = FollowedBy(record_type.name, where, dated, within[1], responses, reason)
        self._use(check, test, within[0])
        return test

    def _response(self, answer: y.ResponseYaml, path: Path, trigger: RecordType, check: str) -> Response | None:
        if (answer.a is None) == (answer.this is None):
            self.names.wrong(path, "a response is either 'a' record type or 'this' date of the trigger")
            return None
        if answer.this is not None:
            dated = self.names.date_of(trigger, answer.this, (*path, "this"))
            where = self.conditions.read(answer.where, (*path, "where"), Around(trigger, trigger, check))
            return Response("", Ref(Scope.TRIGGER, dated, trigger.name), where)
        record_type = self.names.record_type(answer.a, (*path, "a"))
        if record_type is None:
            return None
        around = Around(record_type, trigger, check)
        where = self.conditions.read(answer.where, (*path, "where"), around)
        if answer.dated and answer.dated.startswith("trigger."):
            day = self.names.date_of(trigger, answer.dated.removeprefix("trigger."), (*path, "dated"))
            return Response(record_type.name, Ref(Scope.TRIGGER, day, trigger.name), where)
        day = self.names.date_of(record_type, answer.dated, (*path, "dated"))
        return Response(record_type.name, Ref(Scope.RECORD, day, record_type.name), where)

    def _includes(self, check: y.IncludesYaml, path: Path) -> Test | None:
        record_type = self.names.record_type(check.in_each, (*path, "in_each"))
        among = self.names.record_type(check.among, (*path, "among"))
        if record_type is None or among is None:
            return None
        around, part = Around(record_type, check=check.id), Around(among, record_type, check.id)
        self.names.field_of(among, check.link, (*path, "link"))
        by = self.names.field_of(among, check.by, (*path, "by"))
        required = self._required(check.includes, by, (*path, "includes"))
        refer = self.conditions.read(check.or_refer, (*path, "or_refer"), part) if check.or_refer is not None else None
        return Includes(
            record_type.name,
            self._scope(check.where, path, record_type, around, record_type),
            required,
            among.name,
            check.link,
            check.by,
            self.conditions.read(check.counting, (*path, "counting"), part),
            refer,
        )

    def _required(self, value: str | list[str], by: FieldSpec | None, path: Path) -> tuple[str, ...]:
        found = self.names.parameter(value, path, tuple, "a parameter that is a list")
        if not found or not isinstance(found[1], tuple):
            return ()
        if by is not None:
            self.names.only_codes(by, found[0], found[1], path)
        return found[1]

    def _scope(
        self, data: Any, path: Path, record_type: RecordType, around: Around, limited: RecordType | None
    ) -> Condition:
        """The records a check is about: `where`, and no older than the standard looks back."""
        where = self.conditions.read(data, (*path, "where"), around)
        if self.looks_back is None or limited is None or not record_type.dated:
            return where
        dated = Ref(Scope.RECORD, record_type.dated[0], record_type.name)
        recent = NoOlderThan(dated, self.looks_back[1], Today.AS_AT)
        self.names.uses.append(Use(self.looks_back[0], around.check, recent))
        return recent if where == TRUE else All((where, recent))

    def _due(self, due: y.DueYaml | None, path: Path, around: Around) -> Due | None:
        if due is None:
            return None
        within = self.names.period(due.within, (*path, "within"))
        of = self.names.moment(due.of, (*path, "of"), around)
        return Due(of, within[1]) if within and of else None

    def _period(self, value: str | None, path: Path) -> tuple[str, Period] | None:
        return None if value is None else self.names.period(value, path)

    def _use(self, check: y.CheckYaml, node: object, parameter: str) -> None:
        if parameter:
            self.names.uses.append(Use(parameter, check.id, node))


def shown_value(value: object) -> str:
    """A parameter's value as it is read aloud."""
    if isinstance(value, tuple):
        words = [str(item).replace("_", " ") for item in value]
        return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)
    return str(value)
