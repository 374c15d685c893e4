"""What reading a kind of check has in common: its names, its conditions, and how far the standard looks back."""

from typing import Any

from qaengine.model.condition import TRUE, All, Condition, NoOlderThan, Ref, Scope, Today
from qaengine.model.marked_yaml import Path
from qaengine.model.period import Period
from qaengine.model.record import RecordType
from qaengine.model.standard import Due, LooksBack, Response, Use
from qaengine.standards import surface as y
from qaengine.standards.conditions import Conditions
from qaengine.standards.names import Around, Names


class KindReader:
    """Reads what several kinds of check say. `looks_back` limits the records of every check that looks at each."""

    def __init__(self, names: Names, looks_back: tuple[str, Period] | None) -> None:
        self.names = names
        self.looks_back = looks_back
        self.conditions = Conditions(names)

    def scope(
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

    def ended(self, check: y.CheckYaml) -> LooksBack | None:
        """How far a check looks back on what has ended."""
        if self.looks_back is None:
            return None
        node = LooksBack(self.looks_back[1])
        self.use(check, node, self.looks_back[0])
        return node

    def response(self, answer: y.ResponseYaml, path: Path, trigger: RecordType, check: str) -> Response | None:
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

    def due(self, due: y.DueYaml | None, path: Path, around: Around) -> Due | None:
        if due is None:
            return None
        within = self.names.period(due.within, (*path, "within"))
        of = self.names.moment(due.of, (*path, "of"), around)
        return Due(of, within[1]) if within and of else None

    def period(self, value: str | None, path: Path) -> tuple[str, Period] | None:
        return None if value is None else self.names.period(value, path)

    def use(self, check: y.CheckYaml, node: object, parameter: str) -> None:
        if parameter:
            self.names.uses.append(Use(parameter, check.id, node))
