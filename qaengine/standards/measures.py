"""From YAML files to measures, as standards are read: every problem of every file is reported at once."""

from datetime import date
from pathlib import Path as FilePath

from pydantic import ValidationError

from qaengine.model.condition import Ref, Scope
from qaengine.model.marked_yaml import MarkedYaml, Path, load_marked
from qaengine.model.measure import Among, Baseline, Group, Measure, MeasureExample, MeasureKind
from qaengine.model.period import Period
from qaengine.model.problem import ExitCode, InputError, Problem
from qaengine.model.record import Kind, RecordType
from qaengine.model.records import CHILD
from qaengine.model.standard import Source, Use
from qaengine.standards.conditions import Conditions
from qaengine.standards.declared import NONE, Decisions, Declared, text_of
from qaengine.standards.loader import MEASURES
from qaengine.standards.local import Local, decided_in
from qaengine.standards.measure_surface import ALWAYS, MAY, MUST, MeasureYaml
from qaengine.standards.names import Around
from qaengine.standards.problems import from_validation, shown

EXPECTED: dict[str, frozenset[str]] = {
    "list": frozenset({"n", "children", "undecided", "who"}),
    "count": frozenset({"n", "children", "undecided", "who"}),
    "share": frozenset({"n", "children", "undecided", "who", "so"}),
    "average": frozenset(
        {"n", "children", "undecided", "who", "mean", "median", "done", "late", "running", "past", "projected"}
    ),
    "by_code": frozenset({"n", "children", "undecided", "who", "codes"}),
}
"""What an example can expect of a measure, by kind."""


def load_measures(folder: FilePath, local: FilePath | None = None, as_at: date | None = None) -> tuple[Measure, ...]:
    """Every measure of a folder of rules (`measures/*.yaml`), in the order of their ids; none where it has none.

    With the council's own numbers from `local` that are in force on the as-at date, or the latest of all.
    Raises InputError with every problem of every file, exit code STANDARDS.
    """
    measures: list[Measure] = []
    problems: list[Problem] = []
    decided = decided_in(local, as_at, problems)
    for file in sorted((folder / MEASURES).glob("*.yaml")):
        try:
            measures.append(load_measure(text_of(file), str(file), decided))
        except InputError as error:
            problems.extend(error.problems)
    problems += decided.problems if decided else []
    problems += [
        Problem(measure.file, 1, 1, "a measure stands in a file of its own name", measure.id, f"{measure.id}.yaml")
        for measure in measures
        if FilePath(measure.file).stem != measure.id
    ]
    if problems:
        raise InputError(problems, ExitCode.STANDARDS)
    return tuple(sorted(measures, key=lambda measure: measure.id))


def load_measure(text: str, file: str, local: Local | None = None) -> Measure:
    """One measure, with the council's numbers in force. Raises InputError with every problem of the file."""
    try:
        read = load_marked(text, file)
    except InputError as error:
        raise InputError(error.problems, ExitCode.STANDARDS) from None
    if not isinstance(read.data, dict):
        found = "" if read.data is None else shown(read.data)
        message = "the file is empty" if read.data is None else "this is no measure"
        problem = read.problem((), message, found=found, expected="keys with values, from 'id' to 'examples'")
        raise InputError([problem], ExitCode.STANDARDS)
    try:
        surface = MeasureYaml.model_validate(read.data)
    except ValidationError as error:
        raise InputError(from_validation(error, MeasureYaml, read), ExitCode.STANDARDS) from None
    measure = _Reading(read, surface).measure()
    if local is None:
        return measure
    return local.apply(measure, lambda decisions: _Reading(read, surface, decisions).measure())


class _Reading(Declared):
    """Looks up the names of one measure."""

    def __init__(self, read: MarkedYaml, yaml: MeasureYaml, decisions: Decisions = NONE) -> None:
        super().__init__(read, yaml.parameters, yaml.anchors, decisions)
        self.yaml = yaml

    def measure(self) -> Measure:
        yaml, names = self.yaml, self.names
        self._keys()
        record_type = self._of()
        if record_type is None:  # no name of a field can be looked up
            raise InputError(names.problems, ExitCode.STANDARDS)
        around = Around() if record_type is CHILD else Around(record_type)
        conditions = Conditions(names)
        anchors = tuple(self.read_anchors(conditions))
        measure = Measure(
            id=yaml.id,
            title=yaml.title,
            kind=MeasureKind(yaml.kind),
            intent=yaml.intent,
            of=record_type.name,
            where=conditions.read(yaml.where, ("where",), around),
            must=conditions.read(yaml.must, ("must",), around) if yaml.must is not None else None,
            so=yaml.so,
            by=names.ref(yaml.by, ("by",), around) if yaml.by and not yaml.among else None,
            groups=tuple(
                Group(name, conditions.read(group, ("groups", name), around)) for name, group in yaml.groups.items()
            ),
            otherwise=yaml.otherwise,
            among=self._among(conditions),
            start=tuple(self._starts(around)),
            end=self._date(yaml.to, ("to",), around) if yaml.to else None,
            limit=self._period(yaml.limit, "limit"),
            lead=self._period(yaml.lead, "lead"),
            once_per=self._once_per(around),
            baseline=Baseline(yaml.baseline.says, yaml.baseline.source) if yaml.baseline else None,
            shows_children=yaml.shows == "children",
            sources=tuple(
                Source(source.document, source.reference, source.url, tuple(source.covers)) for source in yaml.sources
            ),
            parameters=tuple(self.parameters.values()),
            anchors=anchors,
            uses=tuple(names.uses),
            examples=tuple(self._cohorts()),
            file=self.read.file,
        )
        self._unused()
        if names.problems:
            raise InputError(names.problems, ExitCode.STANDARDS)
        return measure

    def _keys(self) -> None:
        """The keys that a measure of this kind has, and those that it must have."""
        kind, written = self.yaml.kind, set(self.read.data)
        for key in sorted(written - ALWAYS - MAY[kind]):
            message = f"'{key}' says nothing in a measure of the kind '{kind}'"
            self.names.wrong((key,), message, None, "one of " + ", ".join(sorted(MAY[kind])))
        for key in sorted(MUST.get(kind, frozenset()) - written):
            self.names.wrong((), f"the key '{key}' is missing", None, f"it belongs to a measure of the kind '{kind}'")
        if kind == "by_code":
            self._one_way()
        if self.yaml.lead and not self.yaml.limit:
            self.names.wrong(("lead",), "'lead' is measured against a limit", None, "the key 'limit'")

    def _one_way(self) -> None:
        """A kind is told by a field, by groups, or by the parts of a record."""
        yaml = self.yaml
        ways = [bool(yaml.groups), bool(yaml.among), bool(yaml.by and not yaml.among)]
        if sum(ways) != 1:
            expected = "one of: by; groups and otherwise; among, link and by"
            self.names.wrong(("kind",), "a measure by code says in one way of which kind a record is", None, expected)
        elif bool(yaml.groups) != bool(yaml.otherwise):
            self.names.wrong(("groups",), "those of no group are a kind too", None, "groups, and otherwise their name")
        elif yaml.among and not (yaml.link and yaml.by):
            self.names.wrong(("among",), "parts have a link to the whole, and a kind", None, "the keys link and by")
        elif yaml.once_per and not yaml.among:
            self.names.wrong(("once_per",), "'once_per' goes with parts", None, "the key among")

    def _of(self) -> RecordType | None:
        if self.yaml.of == CHILD.name:
            return CHILD
        return self._given(self.yaml.of, ("of",))

    def _given(self, name: str, path: Path) -> RecordType | None:
        record_type = self.names.record_type(name, path)
        if record_type and record_type.worked_out:
            self.names.wrong(path, f"a measure is of what was recorded, and {name} are worked out", name)
        return record_type

    def _among(self, conditions: Conditions) -> Among | None:
        yaml = self.yaml
        if not (yaml.among and yaml.link and yaml.by):
            return None
        record_type = self._given(yaml.among, ("among",))
        if record_type is None:
            return None
        self.names.field_of(record_type, yaml.link, ("link",))
        self.names.field_of(record_type, yaml.by, ("by",))
        counting = conditions.read(yaml.counting or {}, ("counting",), Around(record_type))
        return Among(record_type.name, yaml.link, yaml.by, counting)

    def _starts(self, around: Around) -> list[Ref]:
        written = self.yaml.from_
        names = [written] if isinstance(written, str) else written or []
        several = isinstance(written, list)
        found = [
            self._date(name, ("from", place) if several else ("from",), around) for place, name in enumerate(names)
        ]
        return [ref for ref in found if ref]

    def _date(self, name: str, path: Path, around: Around) -> Ref | None:
        moment = self.names.moment(name, path, around)
        if moment is not None and not isinstance(moment, Ref):
            self.names.wrong(path, "not a date of a record", name, "a field")
            return None
        return moment

    def _period(self, name: str | None, key: str) -> Period | None:
        found = self.names.period(name, (key,)) if name else None
        if found is None:
            return None
        self.names.uses.append(Use(found[0], "", key))
        return found[1]

    def _once_per(self, around: Around) -> Ref | None:
        if not self.yaml.once_per:
            return None
        ref = self.names.ref(self.yaml.once_per, ("once_per",), around)
        fields = around.record.fields if around.record else CHILD.fields
        if ref and (ref.scope is Scope.ANCHOR or fields[ref.field].kind is not Kind.REF):
            self.names.wrong(("once_per",), "records that count once share a reference", ref.field, "a reference")
        return ref

    def _cohorts(self) -> list[MeasureExample]:
        known, found = EXPECTED[self.yaml.kind], []
        for place, example in enumerate(self.yaml.examples):
            for key in example.expect:
                if key not in known:
                    path, expected = ("examples", place, "expect", key), "one of " + ", ".join(sorted(known))
                    self.names.wrong(path, f"no measure says '{key}'", None, expected, key, known)
            line = self.read.marks.value(("examples", place)).line
            found.append(MeasureExample(example.name, example.as_at, tuple(example.cases), example.expect, line))
        self.once_each("examples", "name", [example.name for example in self.yaml.examples])
        return found

    def _unused(self) -> None:
        for name in self.parameters:
            if name not in self.names.used:
                self.names.wrong(("parameters", name), f"nothing uses the parameter '{name}'")
