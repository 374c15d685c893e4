"""Looking up the names in a standard: parameters, record types, fields, anchors, moments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import UnionType
from typing import Any

from qaengine.model.condition import Moment, Ref, Scope, Today
from qaengine.model.marked_yaml import MarkedYaml, Path
from qaengine.model.parameter import Parameter, ParameterValue
from qaengine.model.period import Period, Unit
from qaengine.model.problem import Problem, nearest
from qaengine.model.record import FieldSpec, Kind, RecordType
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.standard import Remedy, Use
from qaengine.model.trajectory import Trajectory
from qaengine.standards.problems import shown, unless_long
from qaengine.standards.surface import RemedyYaml


@dataclass(frozen=True, slots=True)
class Around:
    """What a condition stands in: the record it tests, the trigger, the span and the interval, if there are any."""

    record: RecordType | None = None
    trigger: RecordType | None = None
    check: str = ""
    span: RecordType | None = None
    interval: tuple[RecordType, str] | None = None  # the events between which it lies, and their date

    @property
    def named(self) -> list[str]:
        """The scopes that can be spoken of here beside the child and the anchors."""
        return [name for name, there in (("trigger", self.trigger), ("span", self.span)) if there]


@dataclass
class Names:
    """The names of one standard, and the problems met while looking them up.

    Every method that looks something up answers None where it is wrong, having noted the problem: so all the
    problems of a file are found in one reading. What is declared and is itself wrong (`broken`) answers None and notes
    nothing more, and so does every parameter where the parameters could not be read (None): one mistake is said once.
    """

    read: MarkedYaml
    parameters: Mapping[str, Parameter] | None
    anchors: Mapping[str, RecordType] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)

    def wrong(
        self, path: Path, message: str, found: Any = None, expected: str = "", word: str = "", known: Any = ()
    ) -> None:
        """Note a problem; `word` and `known` give the nearest right word."""
        near = nearest(word, known) if word else ""
        expected = unless_long(expected, near)
        found = "" if found is None else shown(found)
        self.problems.append(self.read.problem(path, message, found=found, expected=expected, did_you_mean=near))

    def parameter(
        self, value: Any, path: Path, kind: type | UnionType, expected: str
    ) -> tuple[str, ParameterValue] | None:
        """A parameter by name, whose value must be of this kind. A bare number has no source and is refused."""
        if self.parameters is None:
            return None
        if isinstance(value, str) and value in self.broken:
            self.used.add(value)
            return None
        if not isinstance(value, str) or value not in self.parameters:
            self.no_parameter(value, path, f"the name of {expected}")
            return None
        self.used.add(value)
        found = self.parameters[value].value
        if not isinstance(found, kind):
            self.wrong(path, f"the parameter '{value}' is of another kind", found, expected)
            return None
        return value, found

    def no_parameter(self, value: Any, path: Path, expected: str) -> None:
        """Note that there is no such parameter: once for each name, and not that nothing uses the one meant."""
        known = self.parameters or {}
        self.used.add(nearest(str(value), known))
        if isinstance(value, str) and value.isidentifier():
            self.broken.add(value)
            self.wrong(path, f"no parameter '{value}'", None, expected, value, known)
        else:
            self.wrong(path, "numbers and lists are written under 'parameters'", value, expected)

    def only_codes(self, spec: FieldSpec, name: str, words: Sequence[str], path: Path) -> None:
        """The words of a parameter that a coded field is compared with are codes of it."""
        for word in words if spec.codes else ():
            if word not in spec.codes:
                message = f"the parameter '{name}' has a word that '{spec.name}' never is"
                self.wrong(path, message, word, "one of " + ", ".join(spec.codes), word, spec.codes)

    def period(self, value: Any, path: Path) -> tuple[str, Period] | None:
        found = self.parameter(value, path, Period, "a parameter that is a period, such as 12 months")
        return (found[0], found[1]) if found and isinstance(found[1], Period) else None

    def number(self, value: Any, path: Path) -> tuple[str, int] | None:
        found = self.parameter(value, path, int, "a parameter that is a whole number")
        return (found[0], found[1]) if found and isinstance(found[1], int) else None

    def share(self, value: Any, path: Path) -> tuple[str, int | Trajectory] | None:
        """A parameter that says how many per cent."""
        found = self.parameter(value, path, int | Trajectory, "a parameter that is a number of per cent")
        if not found or not isinstance(found[1], int | Trajectory):
            return None
        if isinstance(found[1], int) and not 0 <= found[1] <= 100:
            self.wrong(path, f"the parameter '{value}' is no share", found[1], "0 to 100 per cent")
        return found[0], found[1]

    def trajectory(self, value: Any, path: Path) -> Trajectory | None:
        found = self.parameter(value, path, Trajectory, "a parameter that is a list of dates with per cents")
        return found[1] if found and isinstance(found[1], Trajectory) else None

    def remedy(self, remedy: RemedyYaml, path: Path) -> Remedy:
        within = self.period(remedy.within, (*path, "within"))
        return Remedy(remedy.action, remedy.owner, within[1] if within else Period(0, Unit.DAYS))

    def record_type(self, name: Any, path: Path) -> RecordType | None:
        if name in RECORD_TYPES:
            return RECORD_TYPES[name]
        self.wrong(path, f"no record type '{name}'", None, "one of " + ", ".join(RECORD_TYPES), str(name), RECORD_TYPES)
        return None

    def field_of(self, record_type: RecordType, name: Any, path: Path) -> FieldSpec | None:
        if name in record_type.fields:
            return record_type.fields[name]
        known = [field for field in record_type.fields if not field.endswith("_as_typed") or field == "score_as_typed"]
        message = f"{_a(record_type)} has no field '{name}'"
        self.wrong(path, message, None, "one of " + ", ".join(known), str(name), record_type.fields)
        return None

    def date_of(self, record_type: RecordType, name: Any, path: Path) -> str:
        """The name of a date of a record type; its own first date where none is written."""
        if name is None:
            if record_type.dated:
                return record_type.dated[0]
            self.wrong(path, f"{_a(record_type)} has no date of its own", None, "the key 'dated'")
            return ""
        spec = self.field_of(record_type, name, path)
        if spec and not spec.is_date:
            dates = [field.name for field in record_type.fields.values() if field.is_date]
            self.wrong(path, f"'{name}' is not a date", None, "one of " + ", ".join(dates), name, dates)
        return spec.name if spec else ""

    def event_of(self, record_type: RecordType, name: Any, path: Path) -> str:
        """The name of an event of a record type: a date that, while it is blank, has not happened."""
        spec = self.field_of(record_type, name, path)
        if spec and spec.kind is not Kind.EVENT:
            events = [field.name for field in record_type.fields.values() if field.kind is Kind.EVENT]
            self.wrong(path, f"'{name}' is not an event", None, "one of " + ", ".join(events or ["none"]), name, events)
        return spec.name if spec else ""

    def ref(self, text: Any, path: Path, around: Around) -> Ref | None:
        """`field`, `child.field`, `trigger.field` or `anchor.field`; a bare field is the child's where no record is."""
        if not isinstance(text, str):
            self.wrong(path, "a field is written as a name", text, "such as score or child.born")
            return None
        if text == "from" and around.interval:
            record_type, dated = around.interval
            return Ref(Scope.INTERVAL, dated, record_type.name)
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
        if name == "span" and around.span:
            return Scope.SPAN, around.span, ""
        if name in self.broken:
            return None
        if name in self.anchors:
            return Scope.ANCHOR, self.anchors[name], name
        known = ["child", *self.anchors, *around.named]
        self.wrong(path, f"'{name}' names nothing here", None, "one of " + ", ".join(known), name, known)
        return None

    def moment(self, value: Any, path: Path, around: Around) -> Moment | None:
        """A date, `as_at`, `return_year_start`, `return_year_end`, or a field that is a date."""
        if isinstance(value, date):
            return value
        if isinstance(value, str) and value in set(Today):
            return Today(value)
        if value == "from" and around.interval:
            return self.ref(value, path, around)
        own = (around.record or CHILD).fields
        if not isinstance(value, str) or ("." not in value and not (value in own and own[value].is_date)):
            known = [*Today, *(field.name for field in own.values() if field.is_date and not field.derived)]
            expected = "a date such as 2019-09-30, or one of " + ", ".join(known)
            self.wrong(path, "not a date", value, expected, str(value), known)
            return None
        ref = self.ref(value, path, around)
        if ref is None:
            return None
        record_type = CHILD if ref.record_type == CHILD.name else RECORD_TYPES[ref.record_type]
        self.date_of(record_type, ref.field, path)
        return ref


def _a(record_type: RecordType) -> str:
    """A record type with its article: an SDQ, a plan."""
    title = record_type.title
    return f"an {title}" if title[0] in "aeiou" or title == "SDQ" else f"a {title}"
