"""What standards and measures both declare: parameters, with the council's decisions, and anchors."""

from collections.abc import Mapping
from pathlib import Path as FilePath
from types import MappingProxyType

from qaengine.model.marked_yaml import MarkedYaml
from qaengine.model.parameter import Decision, Parameter
from qaengine.model.problem import ExitCode, InputError, Problem
from qaengine.model.record import RecordType
from qaengine.model.records import CHILD, RECORD_TYPES
from qaengine.model.standard import Anchor
from qaengine.standards.conditions import Conditions
from qaengine.standards.names import Around, Names
from qaengine.standards.parameters import parameter_of
from qaengine.standards.surface import AnchorYaml, ParameterYaml

Decisions = Mapping[str, Decision]
NONE: Decisions = MappingProxyType({})


class Declared:
    """Looks up the names of one file. `decisions` are the council's own numbers, by parameter."""

    def __init__(
        self,
        read: MarkedYaml,
        parameters: Mapping[str, ParameterYaml],
        anchors: Mapping[str, AnchorYaml],
        decisions: Decisions,
    ) -> None:
        self.read, self.anchors, self.decisions = read, anchors, decisions
        self.names = Names(read, {})
        self.parameters = {name: self._parameter(name, parameter) for name, parameter in parameters.items()}
        self.names.parameters = self.parameters

    def _parameter(self, name: str, parameter: ParameterYaml) -> Parameter:
        read = parameter_of(self.names, name, parameter)
        decision = self.decisions.get(name)
        return read.decided(decision) if decision else read

    def _anchor_type(self, name: str, anchor: AnchorYaml) -> RecordType | None:
        path = ("anchors", name)
        if (anchor.latest is None) == (anchor.earliest is None):
            self.names.wrong(path, "an anchor is either the latest or the earliest of a record type")
            return None
        if name in RECORD_TYPES or name in (CHILD.name, "trigger", "span", "from", "parameter"):
            self.names.wrong(path, f"'{name}' already has a meaning", None, "another name")
        key = "latest" if anchor.latest is not None else "earliest"
        return self.names.record_type(getattr(anchor, key), (*path, key))

    def read_anchors(self, conditions: Conditions) -> list[Anchor]:
        """Every anchor; from then on they can be spoken of, but none may be found by another."""
        types = {name: self._anchor_type(name, anchor) for name, anchor in self.anchors.items()}
        found = {name: record_type for name, record_type in types.items() if record_type}
        anchors = []
        for name, record_type in found.items():
            anchor, path = self.anchors[name], ("anchors", name)
            by = self.names.date_of(record_type, anchor.by, (*path, "by"))
            where = conditions.read(anchor.where, (*path, "where"), Around(record_type))
            anchors.append(Anchor(name, record_type.name, anchor.latest is not None, by, anchor.nth, where))
        self.names.anchors = found
        self.names.broken.update(types.keys() - found.keys())
        return anchors

    def once_each(self, items: str, key: str, words: list[str]) -> None:
        for place, word in enumerate(words):
            first = words.index(word)
            if first < place:
                line = self.read.marks.value((items, first, key)).line
                self.names.wrong((items, place, key), f"'{word}' twice (first on line {line})", None, "another name")


def text_of(file: FilePath) -> str:
    """The text of a file of rules. Raises InputError where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        found = str(error.strerror) if isinstance(error, OSError) else "bytes that are no text"
        problem = Problem(str(file), 0, 0, "cannot be read", found=found, expected="UTF-8 text")
        raise InputError([problem], ExitCode.STANDARDS) from None
