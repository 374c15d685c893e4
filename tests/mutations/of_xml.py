"""What befalls returns in XML."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from random import Random
from xml.etree import ElementTree
from xml.etree.ElementTree import Comment, Element

from tests.mutations import of_bytes
from tests.mutations.cells import garbage, rewritten, typo
from tests.mutations.model import Fixture, Mutant, Row, Touch, text_of
from tests.mutations.xml_returns import LEAF_ROWS, XmlFixture, cell_of, plain, xml_bytes


class _Work:
    """A tree to be changed: its rows as they were before, and what holds each element."""

    def __init__(self, fixture: Fixture, random: Random) -> None:
        assert isinstance(fixture, XmlFixture)
        self.fixture, self.random = fixture, random
        self.root = deepcopy(fixture.root)
        self.rows = fixture.rows(self.root)
        self.parents = {id(inside): element for element in self.root.iter() for inside in element}

    def made(self, kind: str, says: str, **about: object) -> Mutant:
        heights = {table: len(rows) for table, rows in self.fixture.rows(self.root).items()}
        files = {self.fixture.file: xml_bytes(self.root)}
        return replace(Mutant(kind, says, files, heights=heights), **about)  # type: ignore[arg-type]

    def any_row(self) -> tuple[Row, Element]:
        table = self.random.choice([table for table, rows in self.rows.items() if rows])
        place = self.random.randrange(len(self.rows[table]))
        return (table, place), self.rows[table][place]

    def any_leaf(self) -> tuple[Row, Element]:
        """A leaf of a row, and more often than not one that is taken."""
        row, element = self.any_row()
        leaves = list(self.fixture.leaves(element))
        used = [leaf for leaf in leaves if self.is_used(row[0], leaf)]
        return row, self.random.choice(used if used and self.random.random() < 0.8 else leaves)

    def is_used(self, table: str, leaf: Element) -> bool:
        """Whether anything is made of a leaf; the child's reference is used too."""
        return bool(self.fixture.fields_of(Touch(table, None, leaf.tag))) or self.is_reference(leaf)

    def is_reference(self, leaf: Element) -> bool:
        return leaf.tag == self.fixture.tables[0].headings[0]

    def rows_in(self, element: Element) -> frozenset[Row]:
        """The rows within an element, itself among them."""
        inside = {id(one) for one in element.iter()}
        return frozenset(
            (table, place) for table, rows in self.rows.items() for place, row in enumerate(rows) if id(row) in inside
        )

    def places(self, leaves: Sequence[Element], silent: bool = False) -> tuple[Touch, ...]:
        """Where some leaves stand."""
        wanted = {id(leaf) for leaf in leaves}
        return tuple(
            Touch(table, place, leaf.tag, silent)
            for table, rows in self.rows.items()
            for place, row in enumerate(rows)
            for leaf in self.fixture.leaves(row)
            if id(leaf) in wanted
        )

    def rest_of(self, row: Row) -> frozenset[str]:
        """What a row says in the leaves that may stand several times."""
        leaves = self.fixture.leaves(self.rows[row[0]][row[1]])
        return frozenset({" ".join(sorted(one.text for one in leaves if one.tag in REPEATED and one.text))}) - {""}

    def remove(self, element: Element) -> None:
        self.parents[id(element)].remove(element)


def renamed(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    _, element = work.any_row() if random.random() < 0.4 else work.any_leaf()
    tag, every = element.tag, random.random() < 0.5
    how = random.choice(("small", "prefix", "typo", "typo", "other"))
    other = {"small": tag.lower(), "prefix": f"c:{tag}", "typo": typo(tag, random), "other": "Item"}[how]
    if not other.strip("0123456789"):
        other = "Item"
    named = [one for one in work.root.iter() if one.tag == tag] if every else [element]
    lost = frozenset[Row]().union(*(work.rows_in(one) for one in named))
    places = work.places(named)
    for one in named:
        one.tag = other
    if how == "prefix":
        work.root.set("xmlns:c", "urn:return")
    says = f"{'every' if every else 'one'} {tag} is now {other}"
    exact = how == "prefix" or (how == "small" and len(element) > 0) or other == tag
    touches = () if exact else tuple(Touch(table, place) for table, place in lost)
    if not len(element) and not exact:
        touches = (*touches, *places)
    return work.made("renamed", says, touches=touches, exact=exact)


def reordered(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    every = random.random() < 0.5
    holders = [one for one in work.root.iter() if len(one) > 1]
    for holder in holders if every else [random.choice(holders)]:
        holder[:] = random.sample(list(holder), len(holder))
    return work.made("reordered", f"{'all' if every else 'some'} elements in another order", exact=True)


def duplicated(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    if random.random() < 0.5:
        row, element = work.any_row()
        twice = work.rows_in(element)
        parent = work.parents[id(element)]
        parent.insert(random.randint(0, len(parent)), deepcopy(element))
        return work.made("duplicated", f"{row} stands twice", twice=twice)
    row, leaf = work.any_leaf()
    copy = deepcopy(leaf)
    same = random.random() < 0.5
    if not same:
        cell = cell_of(leaf.text)
        copy.text = "17/04/2018" if isinstance(cell, date) and "/" in (leaf.text or "") else "2018-04-17"
        copy.text = copy.text if isinstance(cell, date) else garbage(random)
    parent = work.parents[id(leaf)]
    parent.insert(random.randint(0, len(parent)), copy)
    says = f"{row}: {leaf.tag} stands twice, {'the same' if same else copy.text}"
    if row[0] in LEAF_ROWS:
        words = frozenset({text_of(cell_of(copy.text))})
        return work.made("duplicated", says, twice=frozenset({row}), touches=(Touch(*row),), words=words)
    moved = {copy.text or "": leaf.text or ""} if work.is_reference(leaf) else {}
    words = frozenset({copy.text or ""}) if work.is_reference(leaf) or leaf.tag in REPEATED else frozenset()
    touches = (Touch(row[0], row[1], leaf.tag),)
    return work.made("duplicated", says, touches=touches, exact=same, moved=moved, words=words)


REPEATED = ("Disability", "AssessmentFactors")
"""Leaves that may stand several times: a second says more, and nothing against the first."""


def missing(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    how = random.choice(("leaf", "leaf", "every leaf", "row", "every row", "child"))
    if "leaf" in how:
        row, leaf = work.any_leaf()
        named = [one for one in work.root.iter() if one.tag == leaf.tag] if how == "every leaf" else [leaf]
        touches = work.places(named, silent=not work.is_reference(leaf))
        for one in named:
            work.remove(one)
        words = work.rest_of(row)
        return work.made("missing", f"{how} {leaf.tag} of {row} is missing", touches=touches, words=words)
    _, element = work.any_row()
    while how == "child" and plain(element) != "child":
        element = work.parents[id(element)]
    named = [one for one in work.root.iter() if one.tag == element.tag] if how == "every row" else [element]
    gone = frozenset[Row]().union(*(work.rows_in(one) for one in named))
    for one in named:
        work.remove(one)
    return work.made("missing", f"{how} {element.tag} is missing", gone=gone)


def extra(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    row, element = work.any_row()
    if row[0] in LEAF_ROWS:
        element = work.parents[id(element)]
    how = random.choice(("leaf", "near leaf", "whole", "comment", "text", "attribute", "instruction"))
    exact = how != "near leaf"
    if how == "leaf":
        more = Element("PanelComments")
        more.text = random.choice(("see file", "17", "2019-01-05"))
        element.insert(random.randint(0, len(element)), more)
    elif how == "near leaf":
        more = Element(typo(random.choice(list(work.fixture.leaves(element)) or [element]).tag, random))
        more.text = random.choice(("see file", "", "2019-01-05"))
        element.insert(random.randint(0, len(element)), more)
    elif how == "whole":
        more = Element("PANEL")
        ElementTree.SubElement(more, "WHEN").text = "2019-01-05"
        element.insert(random.randint(0, len(element)), more)
    elif how == "comment":
        element.insert(random.randint(0, len(element)), Comment(" <DECOM>01/01/2019</DECOM> "))
    elif how == "instruction":
        element.insert(random.randint(0, len(element)), ElementTree.ProcessingInstruction("sort", "up"))
    elif how == "text":
        element[random.randrange(len(element))].tail = "PersonBirthDate"
    else:
        element.set("status", "2019-01-05")
    return work.made("extra", f"{how} in {row}", exact=exact)


def wrong_type(fixture: Fixture, random: Random) -> Mutant:
    work = _Work(fixture, random)
    row, leaf = work.any_leaf()
    old = cell_of(leaf.text)
    how = random.choice(("garbage", "garbage", "rewritten", "blank", "nested", "row of text"))
    whole, element = work.any_row()
    if how == "row of text" and len(element):
        lost = work.rows_in(element)
        element[:] = []
        element.text = "see file"
        touches = tuple(Touch(table, place) for table, place in lost)
        return work.made("wrong type", f"{whole} is text", touches=touches)
    new: str | None = garbage(random)
    if how == "rewritten":
        new = _as_text(rewritten([old], random).get(0, leaf.text))
    elif how == "blank":
        new = random.choice((None, " ", "#N/A", "NULL"))
    elif how == "nested":
        ElementTree.SubElement(leaf, "Value").text, new = leaf.text, None
    leaf.text = new
    words = frozenset({(new or "").strip()}) - {""} if how == "garbage" else frozenset()
    if how == "blank" and leaf.tag in REPEATED:
        words = work.rest_of(row)
    moved = {(new or "").strip(): text_of(old)} if how == "garbage" and work.is_reference(leaf) else {}
    touches = (Touch(row[0], row[1], leaf.tag, silent=how == "blank" and not work.is_reference(leaf)),)
    says = f"{row}: {leaf.tag} {text_of(old)} is now {new!r} ({how})"
    return work.made("wrong type", says, touches=touches, words=words, moved=moved)


def _as_text(cell: object) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def marked(fixture: Fixture, random: Random) -> Mutant:
    says, change = random.choice(list(of_bytes.MARKED.items()))
    data = of_bytes.data_of(fixture)
    said = random.random() < 0.5
    if not said:
        data = data.partition(b"\n")[2]
    elif "UTF-16" in says:
        data = data.replace(b"'utf-8'", b"'utf-16'", 1)
    return of_bytes.with_bytes(
        fixture, "byte order mark", f"{says}{', declared' if said else ''}", change(data), exact=True
    )


def in_windows_1252(fixture: Fixture, random: Random) -> Mutant:
    said = random.random() < 0.5
    data = of_bytes.in_windows_1252(of_bytes.data_of(fixture))
    if said:
        data = data.replace(b"'utf-8'", random.choice((b"'windows-1252'", b"'iso-8859-1'")), 1)
    return of_bytes.with_bytes(fixture, "Windows-1252", "declared" if said else "not declared", data, exact=said)


def line_ends(fixture: Fixture, random: Random) -> Mutant:
    says, change = random.choice(list(of_bytes.ENDED.items()))
    return of_bytes.with_bytes(fixture, "CRLF", says, change(of_bytes.data_of(fixture)), exact=True)


def blank_below(fixture: Fixture, random: Random) -> Mutant:
    if random.random() < 0.5:
        says, more = random.choice(
            (("line ends", b"\n\n\n"), ("spaces", b"   \r\n "), ("a null", b"\0"), ("text", b"end"))
        )
        return of_bytes.with_bytes(
            fixture,
            "trailing blank rows",
            says,
            of_bytes.data_of(fixture) + more,
            exact=says in ("line ends", "spaces"),
        )
    work = _Work(fixture, random)
    row, element = work.any_row()
    parent = work.parents[id(element)]
    for _ in range(random.randint(1, 5)):
        parent.append(Element(element.tag))
    exact = plain(element) != "child"
    return work.made("trailing blank rows", f"blank elements after {row}", exact=exact)


def titled(fixture: Fixture, random: Random) -> Mutant:
    first, rest = of_bytes.data_of(fixture).split(b"\n", 1)
    says, title = random.choice(
        (
            ("a comment", b"<!-- Report run on 01/02/2019: <CHILD> -->\n"),
            ("an instruction", b"<?xml-stylesheet href='a.xsl'?>\n"),
            ("text", b"OFFICIAL: SENSITIVE\n"),
        )
    )
    data = title + rest if random.random() < 0.3 else first + b"\n" + title + rest
    return of_bytes.with_bytes(fixture, "title rows", says, data, exact=says != "text")


def empty(fixture: Fixture, random: Random) -> Mutant:
    if random.random() < 0.5:
        says, data = random.choice(list(of_bytes.EMPTY.items()))
        return of_bytes.without(fixture, "empty", says, data)
    work = _Work(fixture, random)
    gone = work.rows_in(work.root)
    if random.random() < 0.5:
        for one in list(work.root):
            work.root.remove(one)
        return work.made("empty", "the root alone", gone=gone)
    children = work.rows[fixture.tables[0].name]
    for child in children:
        child[:] = []
    return work.made("empty", "children of whom nothing is said", gone=gone)


KINDS = {
    "renamed": renamed,
    "reordered": reordered,
    "duplicated": duplicated,
    "missing": missing,
    "extra": extra,
    "wrong type": wrong_type,
    "byte order mark": marked,
    "Windows-1252": in_windows_1252,
    "CRLF": line_ends,
    "trailing blank rows": blank_below,
    "title rows": titled,
    "empty": empty,
    "truncated": of_bytes.truncated,
    "wrong file": of_bytes.wrong_file,
}
