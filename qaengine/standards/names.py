"""Looking up the names in a standard: parameters, record types, fields, anchors, moments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qaengine.model.condition import Moment, Ref, Scope, Today
from qaengine.model.marked_yaml import MarkedYaml, Path
from qaengine.model.period import Period, Unit
from qaengine.model.problem import Problem, nearest
from qaengine.model.record import FieldSpec, RecordType
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.standard import Parameter, ParameterValue, Remedy, Use
from qaengine.standards.problems import shown
from qaengine.standards.surface import RemedyYaml


@dataclass(frozen=True, slots=True)
class Around:
    """What a condition stands in: the record it tests and the trigger, if there are any."""

    record: RecordType | None = None
    trigger: RecordType | None = None
    check: str = ""


@dataclass
class Names:
    """The names of one standard, and the problems met while looking them up.

    Every method that looks something up answers None where it is wrong, having noted the problem: so all the
    problems of a file are found in one reading.
    """

    read: MarkedYaml
    parameters: Mapping[str, Parameter]
    anchors: Mapping[str, RecordType] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def wrong(
        self, path: Path, message: str, found: Any = None, expected: str = "", word: str = "", known: Any = ()
    ) -> None:
        """Note a problem; `word` and `known` give the nearest right word."""
        self.problems.append(
            self.read.problem(
                path,
                message,
                found="" if found is None else shown(found),
                expected=expected,
                did_you_mean=nearest(word, known) if word else "",
            )
        )

    def parameter(self, value: Any, path: Path, kind: type, expected: str) -> tuple[str, ParameterValue] | None:
        """A parameter by name, whose value must be of this kind. A bare number has no source and is refused."""
        if not isinstance(value, str) or value not in self.parameters:
            message = "a number or a list in a check is the name of a parameter, which says where it comes from"
            self.wrong(path, message, value, f"the name of {expected}", str(value), self.parameters)
            return None
        self.used.add(value)
        found = self.parameters[value].value
        if not isinstance(found, kind):
            self.wrong(path, f"the parameter '{value}' is of another kind", str(found), expected)
            return None
        return value, found

    def period(self, value: Any, path: Path) -> tuple[str, Period] | None:
        found = self.parameter(value, path, Period, "a parameter that is a period, such as 12 months")
        return (found[0], found[1]) if found and isinstance(found[1], Period) else None

    def number(self, value: Any, path: Path) -> tuple[str, int] | None:
        found = self.parameter(value, path, int, "a parameter that is a whole number")
        return (found[0], found[1]) if found and isinstance(found[1], int) else None

    def remedy(self, remedy: RemedyYaml, path: Path) -> Remedy:
        within = self.period(remedy.within, (*path, "within"))
        return Remedy(remedy.action, remedy.owner, within[1] if within else Period(0, Unit.DAYS))

    def record_type(self, name: Any, path: Path) -> RecordType | None:
        if name in RECORD_TYPES:
            return RECORD_TYPES[name]
        self.wrong(path, "unknown record type", name, "a record type of the catalogue", str(name), RECORD_TYPES)
        return None

    def field_of(self, record_type: RecordType, name: Any, path: Path) -> FieldSpec | None:
        if name in record_type.fields:
            return record_type.fields[name]
        known = record_type.fields
        self.wrong(
            path, f"a {record_type.title} has no field '{name}'", None, "one of " + ", ".join(known), str(name), known
        )
        return None

    def date_of(self, record_type: RecordType, name: Any, path: Path) -> str:
        """The name of a date of a record type; its own first date where none is written."""
        if name is None:
            if record_type.dated:
                return record_type.dated[0]
            self.wrong(path, f"a {record_type.title} has no date of its own", None, "the key 'dated'")
            return ""
        spec = self.field_of(record_type, name, path)
        if spec and not spec.is_date:
            self.wrong(path, f"'{name}' is not a date", None, "the name of a date")
        return spec.name if spec else ""

    def ref(self, text: Any, path: Path, around: Around) -> Ref | None:
        """`field`, `child.field`, `trigger.field` or `anchor.field`; a bare field is the child's where no record is."""
        if not isinstance(text, str):
            self.wrong(path, "a field is written as a name", text, "such as score or child.born")
            return None
        scope_name, _, name = text.rpartition(".")
        found = self._scope(scope_name, path, around)
        if found is None:
            return None
        scope, record_type, anchor = found
        spec = self.field_of(record_type, name, path)
        return Ref(scope, spec.name, record_type.name, anchor) if spec else None

    def _scope(self, name: str, path: Path, around: Around) -> tuple[Scope, RecordType, str] | None:
        if name == "":
            return (Scope.RECORD, around.record, "") if around.record else (Scope.CHILD, CHILD, "")
        if name == "child":
            return Scope.CHILD, CHILD, ""
        if name == "trigger" and around.trigger:
            return Scope.TRIGGER, around.trigger, ""
        if name in self.anchors:
            return Scope.ANCHOR, self.anchors[name], name
        known = ["child", *self.anchors, *(["trigger"] if around.trigger else [])]
        self.wrong(path, f"'{name}' names nothing here", None, "one of " + ", ".join(known), name, known)
        return None

    def moment(self, value: Any, path: Path, around: Around) -> Moment | None:
        """A date, `as_at`, `return_year_start`, `return_year_end`, or a field that is a date."""
        if isinstance(value, date):
            return value
        if value in set(Today):
            return Today(value)
        ref = self.ref(value, path, around)
        if ref is None:
            return None
        record_type = CHILD if ref.record_type == CHILD.name else RECORD_TYPES[ref.record_type]
        if not record_type.fields[ref.field].is_date:
            self.wrong(path, f"'{value}' is not a date", None, "as_at, a date, or a field that is a date")
            return None
        return ref
