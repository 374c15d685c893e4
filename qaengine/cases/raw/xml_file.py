"""XML: read element by element by a parser that knows no entities, no document types and nothing outside the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import IncrementalParser, Locator

from qaengine.cases.files import InputFile
from qaengine.cases.notes import case_data_error
from qaengine.cases.raw.table import MOST_CELL
from qaengine.model.problem import InputError, Problem

DEEPEST = 40
"""No return goes deeper than eight."""

MOST_ELEMENTS = 100_000
"""In one child, and around all of them: nobody has so many."""

MOST_TAGS = 12_000_000
"""A census of forty thousand children has half as many."""

PIECE = 1 << 16
MOST_SILENT = 32
"""So many pieces of the file in which nothing begins or ends are one name, value or comment. The parser would look
through what it has of it again with each piece more."""


@dataclass(slots=True)
class Element:
    """An element: its name without a namespace, its line, its text, and the elements in it."""

    tag: str
    line: int
    text: str = ""
    inside: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Element]:
        """The elements of these names in it."""
        wanted = {tag.casefold() for tag in tags}
        return (element for element in self.inside if element.tag.casefold() in wanted)

    def first(self, *tags: str) -> Element | None:
        return next(self.all(*tags), None)

    def leaves(self) -> dict[str, str | None]:
        """The text of each element in it that holds no others, by name; blank where one stands twice and says two
        things."""
        found: dict[str, str | None] = {}
        for element in self.inside:
            if not element.inside:
                text = element.text or None
                found[element.tag] = text if found.get(element.tag, text) == text else None
        return found

    def twice(self) -> Iterator[tuple[str, int]]:
        """The names of the elements that `leaves` leaves blank because they say two things, each with its line."""
        seen: dict[str, str] = {}
        for element in self.inside:
            if not element.inside and seen.setdefault(element.tag, element.text) != element.text:
                yield element.tag, element.line


def read_xml(file: InputFile, whole: Callable[[str], bool], take: Callable[[Element], None]) -> Element:
    """Read a file, giving each outermost element whose name is `whole` to `take` as soon as it ends.

    Answers with the root, in which those elements are not kept. Raises InputError where the file is no XML, is cut
    short, declares entities or a document type, or goes deeper than any return.
    """
    from xml.sax import SAXException, SAXParseException

    from defusedxml import DefusedXmlException
    from defusedxml.expatreader import create_parser

    if file.data.count(b"<") > MOST_TAGS:
        raise case_data_error(Problem(file.name, 0, 0, f"over {MOST_TAGS:,} tags", expected="a return"))
    handler = _Handler(file.name, whole, take)
    parser = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(handler)
    handler.setDocumentLocator(parser)
    try:
        _feed(file, parser, handler)
    except DefusedXmlException:
        message = "declares a document type or entities, which no return does"
        raise case_data_error(Problem(file.name, handler.line, 0, message, expected="plain XML")) from None
    except SAXParseException as error:
        line, column = error.getLineNumber() or 0, (error.getColumnNumber() or 0) + 1
        message = f"not readable as XML: {error.getMessage()}"
        raise case_data_error(Problem(file.name, line, column, message, expected="a whole XML file")) from None
    except (SAXException, ValueError, LookupError) as error:
        raise case_data_error(Problem(file.name, handler.line, 0, f"not readable as XML: {error}")) from None
    assert handler.root is not None  # a file without a root is a parse error
    return handler.root


def _feed(file: InputFile, parser: IncrementalParser, handler: _Handler) -> None:
    silent = 0
    for start in range(0, max(1, len(file.data)), PIECE):
        before = handler.events
        parser.feed(file.data[start : start + PIECE])
        silent = silent + 1 if handler.events == before else 0
        if silent > MOST_SILENT:
            message = f"a name, a value or a comment of over {silent * PIECE:,} characters"
            raise case_data_error(Problem(file.name, handler.line, 0, message, expected="a return"))
    parser.close()


class _Handler(ContentHandler):
    def __init__(self, file: str, whole: Callable[[str], bool], take: Callable[[Element], None]) -> None:
        super().__init__()
        self._file, self._whole, self._take = file, whole, take
        self._open: list[Element] = []
        self._within = 0  # how many open elements are in one that is taken whole
        self._text: list[str] = []
        self._length = 0
        self._elements = self._around = 0  # elements of this child, and those around all of them
        self._locator: Locator | None = None
        self.events = 0
        self.root: Element | None = None

    @property
    def line(self) -> int:
        return (self._locator.getLineNumber() or 0) if self._locator is not None else 0

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 (the name is the library's)
        self._locator = locator

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802
        if len(self._open) >= DEEPEST:
            message = f"elements within elements, more than {DEEPEST} deep"
            raise case_data_error(Problem(self._file, self.line, 0, message, expected="a return"))
        self.events += 1
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            message = f"over {MOST_ELEMENTS:,} elements {'of one child' if self._within else 'that are of no child'}"
            raise case_data_error(Problem(self._file, self.line, 0, message, expected="a return"))
        element = Element(name.rpartition(":")[2], self.line)
        if self._open:
            self._end_run(self._open[-1])
            if self._within or not self._whole(element.tag):
                self._open[-1].inside.append(element)
        else:
            self.root = element
        if self._within or self._whole(element.tag):
            if not self._within:
                self._around, self._elements = self._elements - 1, 0
            self._within += 1
        self._open.append(element)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.events += 1
        element = self._open.pop()
        self._end_run(element)
        element.text = element.text.strip()
        if self._within:
            self._within -= 1
            if not self._within:
                self._elements = self._around
                self._take(element)

    def characters(self, content: str) -> None:
        self.events += 1
        self._length += len(content)
        if self._length > MOST_CELL:
            raise self._too_long()
        self._text.append(content)

    def _end_run(self, element: Element) -> None:
        """Text ends where an element begins or ends; an element may hold several runs of it."""
        if self._text:
            element.text += "".join(self._text)
            self._text.clear()
            self._length = 0
            if len(element.text) > MOST_CELL:
                raise self._too_long()

    def _too_long(self) -> InputError:
        message = f"text of over {MOST_CELL:,} characters in one element"
        return case_data_error(Problem(self._file, self.line, 0, message, expected="a return"))
