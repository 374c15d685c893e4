"""YAML read narrowly and with its places: plain Python data, and the line and column of every key and value.

One path for every YAML file that a person writes (standards, judgement rules, local numbers, case files). It
is narrower than YAML where YAML surprises people: `no` and `on` are words, `010` is ten, `12:30` is text, an
impossible date is text. It refuses what only an attacker or an accident writes: aliases, tags, deep nesting,
huge files.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NoReturn

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from qaengine.model.problem import ExitCode, InputError, Problem

MAX_CHARACTERS: Final = 5_000_000
MAX_DEPTH: Final = 60
MAX_NODES: Final = 200_000  # about 150 MB while reading, and far more than a person writes

Path = tuple[str | int | date, ...]
Scalar = str | int | float | bool | date | None

_PLAIN = "plain"  # what an unquoted scalar is marked with; it is resolved below, by its text
_TEXT = "text"
_COLLECTION = "collection"

_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both counted from 1."""

    line: int
    column: int


class Marks:
    """Where each key and value stands. A path is the keys and indexes that lead there: `("checks", 0, "id")`.

    Parts of a path that the file does not have are passed over, so that the place of a missing key is the
    mapping that should hold it, and paths with parts of a validator's own (the branch of a union) still lead
    to the right place. Looked up by walking: nothing is stored until there is a problem to report.
    """

    def __init__(self, root: Node | None) -> None:
        self._root = root

    def value(self, path: Path = ()) -> Place:
        """The place of the value at `path`."""
        return _place(self._walk(path)[1])

    def key(self, path: Path) -> Place:
        """The place of the key that holds the value at `path`; for an item of a list, of the item."""
        key, value = self._walk(path)
        return _place(key or value)

    def _walk(self, path: Path) -> tuple[Node | None, Node | None]:
        key, node = None, self._root
        for part in path:
            found = _child(node, part)
            if found is not None:
                key, node = found
        return key, node


def _child(node: Node | None, part: str | int | date) -> tuple[Node | None, Node] | None:
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if _is_key(key, part)), None)
    if isinstance(node, SequenceNode) and isinstance(part, int) and 0 <= part < len(node.value):
        return None, node.value[part]
    return None


def _is_key(node: Node, part: str | int | date) -> bool:
    if not isinstance(node, ScalarNode):
        return False
    value = _scalar(node)
    return type(value) is type(part) and value == part


def _place(node: Node | None) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1) if node is not None else Place(1, 1)


@dataclass(frozen=True, slots=True)
class MarkedYaml:
    """A file that was read.

    `data` is plain Python (dict, list, str, int, float, bool, None, date); `marks` says where each part is.
    """

    file: str
    data: Any
    marks: Marks

    def problem(
        self,
        path: Path,
        message: str,
        *,
        found: str = "",
        expected: str = "",
        did_you_mean: str = "",
        at_key: bool = False,
    ) -> Problem:
        """A problem at the value at `path`, or at its key."""
        place = self.marks.key(path) if at_key else self.marks.value(path)
        return Problem(self.file, place.line, place.column, message, found, expected, did_you_mean)


class _TooMuchError(Exception):
    def __init__(self, place: Place, message: str, expected: str) -> None:
        super().__init__(message)
        self.place, self.message, self.expected = place, message, expected


class _Composer(CParser):
    """The C parser's tree of nodes with their marks. It calls the three methods below as it builds.

    Limits are kept here, while the tree grows: the C code recurses, and would end the process before Python
    could say why.
    """

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        self._depth = 0
        self._nodes = 0

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        self._depth += 1
        self._nodes += 1
        if self._depth > MAX_DEPTH:
            raise _TooMuchError(_place(parent), "nested too deep", f"at most {MAX_DEPTH} levels")
        if self._nodes > MAX_NODES:
            raise _TooMuchError(_place(parent), "too many values in one file", f"at most {MAX_NODES:,}")

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def resolve(self, kind: type[Node], _value: object, implicit: Any) -> str:
        if kind is not ScalarNode:
            return _COLLECTION
        return _PLAIN if implicit[0] else _TEXT


def load_marked(text: str, file: str, exit_code: ExitCode = ExitCode.STANDARDS) -> MarkedYaml:
    """Read one YAML document.

    An empty document is `None`. Keys are words, whole numbers or dates.

    Raises InputError, with `exit_code`, listing every problem with its line and column: duplicate keys,
    aliases, tags, keys that are not words, several documents, tabs and other bad syntax (which stops at the
    first), files over 5 million characters, 60 levels or 200,000 values.
    """
    text = text.removeprefix("\ufeff")
    root = _compose(text, file, exit_code)
    builder = _Builder(file)
    data = builder.build(root) if root is not None else None
    if builder.aliased:
        builder.problems.extend(_aliases(text, file))
    if builder.problems:
        raise InputError(builder.problems, exit_code)
    return MarkedYaml(file, data, Marks(root))


def _compose(text: str, file: str, exit_code: ExitCode) -> Node | None:
    def refuse(line: int, column: int, message: str, found: str = "", expected: str = "") -> NoReturn:
        raise InputError([Problem(file, line, column, message, found, expected)], exit_code)

    if len(text) > MAX_CHARACTERS:
        refuse(0, 0, "the file is too long", f"{len(text):,} characters", f"at most {MAX_CHARACTERS:,}")
    try:
        root: Node | None = _Composer(text).get_single_node()
        return root
    except _TooMuchError as error:
        refuse(error.place.line, error.place.column, error.message, expected=error.expected)
    except yaml.MarkedYAMLError as error:
        refuse(*_explain(error, text))
    except ReaderError as error:
        refuse(*_locate(text, error), "a character that YAML does not allow", _character(error))
    except UnicodeEncodeError as error:
        line, column = _line_and_column(text, error.start)
        refuse(line, column, "half of a character", ascii(text[error.start]), "whole characters (UTF-8)")


def _explain(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int, str, str, str]:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    if mark is not None and text[mark.index : mark.index + 1] == "\t":
        return line, column, "a tab where YAML needs spaces", "a tab", "spaces"
    if error.problem and "another document" in error.problem:
        return line, column, "a second document in one file", "---", "one document"
    said = ", ".join(part for part in (error.context, error.problem) if part)
    return line, column, f"not readable as YAML: {said}", "", ""


def _locate(text: str, error: ReaderError) -> tuple[int, int]:
    before = text.encode("utf-8", "surrogatepass")[: error.position].decode("utf-8", "replace")
    return _line_and_column(before, len(before))


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def _character(error: ReaderError) -> str:
    return f"#x{error.character:04x}" if isinstance(error.character, int) else ascii(error.character)


class _Builder:
    """Plain data from nodes. A node met twice was reached by an alias: it is not walked again."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.problems: list[Problem] = []
        self._seen: set[int] = set()
        self.aliased = False

    def build(self, node: Node) -> Any:
        if id(node) in self._seen:
            self.aliased = True
            return None
        self._seen.add(id(node))
        if node.tag not in (_PLAIN, _TEXT, _COLLECTION):
            self._problem(node, "tags are not read", found=node.tag, expected="a plain value")
            return None
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if isinstance(node, SequenceNode):
            return [self.build(item) for item in node.value]
        return self._mapping(node)

    def _mapping(self, node: Node) -> dict[Any, Any]:
        data: dict[Any, Any] = {}
        first_lines: dict[Any, int] = {}
        for key_node, value_node in node.value:
            key, value = self.build(key_node), self.build(value_node)
            if not _may_be_key(key):
                self._problem(key_node, "a key is a word", _said(key), "a word, a whole number or a date")
            elif key in data:
                again = f"the same key twice (first on line {first_lines[key]})"
                self._problem(key_node, again, str(key), "each key once")
            else:
                data[key], first_lines[key] = value, _place(key_node).line
        return data

    def _problem(self, node: Node, message: str, found: str = "", expected: str = "") -> None:
        place = _place(node)
        self.problems.append(Problem(self._file, place.line, place.column, message, found, expected))


def _may_be_key(key: Any) -> bool:
    return isinstance(key, str | int | date) and not isinstance(key, bool)


def _said(value: Any) -> str:
    names: dict[type, str] = {dict: "a mapping", list: "a list", type(None): "nothing"}
    return names.get(type(value), str(value).lower())


def _scalar(node: ScalarNode) -> Scalar:
    text: str = node.value
    if node.tag != _PLAIN:
        return text
    if text in _WORDS:
        return _WORDS[text]
    first = text[0]
    if first.isdecimal() or first in "+-":
        return _number_or_date(text)
    return text


def _number_or_date(text: str) -> str | int | float | date:
    readers: tuple[tuple[re.Pattern[str], Callable[[str], int | float | date]], ...] = (
        (_INT, int),
        (_FLOAT, float),
        (_DATE, date.fromisoformat),
    )
    for pattern, read in readers:
        if pattern.match(text):
            try:
                return read(text)
            except ValueError:  # 2019-02-30: what was typed is kept, for whoever expected a date to refuse
                return text
    return text


def _aliases(text: str, file: str) -> Iterator[Problem]:
    """The places of the aliases themselves: the tree holds only what they stand for."""
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent) and event.start_mark is not None:
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            yield Problem(file, line, column, "aliases are not read", f"*{event.anchor}", "its value")
