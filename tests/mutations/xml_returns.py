"""A small SSDA903 return and a small CIN census, in XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from qaengine.cases.formats.cin_sheets import SHEETS as CIN_SHEETS
from qaengine.cases.formats.ssda903_tables import SHEETS as RETURN_SHEETS
from tests.mutations.model import Cell, Fields, Fixture, Table, day, fields_in

LEAF_ROWS = ("CPPreviewDate",)


@dataclass(frozen=True)
class XmlFixture(Fixture):
    """A return in XML: its tree, the name of its file, the table of which an element is a row (by its tag), and the
    elements that only hold leaves of the row that they are in."""

    root: Element = field(default_factory=lambda: Element("none"))
    file: str = ""
    rows_of: Mapping[str, str] = field(default_factory=dict)
    nested: frozenset[str] = frozenset()

    def rows(self, root: Element) -> dict[str, list[Element]]:
        """The elements that are rows of each table, in the order in which they stand."""
        found: dict[str, list[Element]] = {table: [] for table in self.rows_of.values()}
        for child in root.iter():
            if plain(child) != "child":
                continue
            for element in child.iter():
                table = self.rows_of.get(plain(element))
                if table is not None and (len(element) or table in LEAF_ROWS or element is child):
                    found[table].append(element)
        return found

    def leaves(self, element: Element) -> Iterator[Element]:
        """The leaves of a row."""
        if not len(element):
            yield element
        for inside in element:
            if plain(inside) in self.nested:
                yield from self.leaves(inside)
            elif not len(inside) and self.rows_of.get(plain(inside)) is None:
                yield inside


def plain(element: Element) -> str:
    """The name of an element, without a namespace and in small letters."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].casefold()


def e(tag: str, *inside: Element, **leaves: str) -> Element:
    """An element of leaves and of other elements."""
    made = Element(tag)
    for name, text in leaves.items():
        ElementTree.SubElement(made, name).text = text or None
    made.extend(inside)
    return made


def many(tag: str, leaf: str, *texts: str) -> Element:
    """An element that holds the same leaf several times."""
    made = Element(tag)
    for text in texts:
        ElementTree.SubElement(made, leaf).text = text
    return made


def xml_bytes(root: Element, encoding: str = "utf-8") -> bytes:
    """A tree as a file, each element on a line of its own."""
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f"<?xml version='1.0' encoding='{encoding}'?>\n{text}\n".encode(encoding, "xmlcharrefreplace")


def cell_of(text: str | None) -> Cell:
    """A text as the value that it is."""
    if not text:
        return None
    if found := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return day(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


def _with_tables(fixture: XmlFixture, child: str, own: str) -> XmlFixture:
    """The fixture with its tables, each row of which begins with the child's reference."""
    tables = []
    whose: dict[int, str] = {}
    for one in fixture.root.iter():
        if plain(one) == child:
            reference = next(leaf.text or "" for leaf in one.iter(own))
            whose.update((id(inside), reference) for inside in one.iter())
    for name, elements in fixture.rows(fixture.root).items():
        rows: list[dict[str, Cell]] = []
        for element in elements:
            cells: dict[str, Cell] = {own: whose[id(element)]}
            for leaf in fixture.leaves(element):
                cells[leaf.tag] = cell_of(leaf.text)
            rows.append(cells)
        headings = tuple(dict.fromkeys(heading for row in rows for heading in row))
        tables.append(Table(name, headings, tuple(tuple(row.get(one) for one in headings) for row in rows)))
    return replace(fixture, tables=tuple(tables), files={fixture.file: xml_bytes(fixture.root)})


def _child903(reference: str, born: str, *inside: Element, header: tuple[Element, ...] = ()) -> Element:
    return e("CHILD", e("HEADER", *header, CHILDID=reference, UPN="É123456789", SEX="1", DOB=born, UASC=""), *inside)


def _episode(start: str, reason: str, legal: str, place: str, end: str = "", ended: str = "") -> Element:
    return e("EPISODE", DECOM=start, RNE=reason, LS=legal, CIN="N1", PL=place, PL_POST="AB1 2CD", DEC=end, REC=ended)


def _review(held: str, code: str) -> Element:
    return e("AREVIEW", REVIEW=held, REVIEW_CODE=code)


_RETURN = e(
    "EXPSSDA903",
    _child903(
        "1001",
        "03/05/2008",
        _episode("14/03/2017", "S", "C2", "U4", "11/06/2018", "X1"),
        _episode("22/06/2018", "P", "C1", "K2"),
        header=(
            _review("15/05/2018", "PN1"),
            _review("05/11/2018", "PN3"),
            e("PERMANENCE", PREV_PERM="Z1"),
            e("OC2", SDQ_SCORE="17", CONVICTED="0", HEALTH_CHECK="1"),
            e("AMISSING", MISSING="M", MIS_START="13/07/2018", MIS_END="16/07/2018"),
        ),
    ),
    _child903(
        "1002",
        "24/11/2010",
        _episode("19/04/2018", "S", "V2", "U1", "28/12/2018", "E4A"),
        header=(_review("16/05/2018", "PN0"), e("OC2", SDQ_REASON="SDQ2", CONVICTED="0")),
    ),
    _child903(
        "1003",
        "29/02/2012",
        _episode("17/09/2018", "B", "E1", "Q1", "25/02/2019", "X1"),
        _episode("26/02/2019", "L", "D1", "A4"),
        header=(
            _review("18/10/2018", "PN7"),
            e("OC2", SDQ_SCORE="6", CONVICTED="0"),
            e("AD_PLACED", DATE_PLACED="27/02/2019", DATE_PLACED_CEASED="19/03/2019", REASON_PLACED_CEASED="RD1"),
            e("AMISSING", MISSING="A", MIS_START="20/09/2018", MIS_END=""),
        ),
    ),
)
RETURN = _with_tables(
    XmlFixture(
        "SSDA903 XML",
        (),
        {},
        fields_in(
            RETURN_SHEETS,
            {("episodes", tag): frozenset({("sdqs", "year_ended")}) for tag in ("DECOM", "DEC")},
        ),
        lambda name: f"return.xml, {name}",
        lambda name: frozenset(RETURN_TABLES) if name == "header" else frozenset((name,)),
        root=_RETURN,
        file="return.xml",
        rows_of={
            "child": "header",
            "episode": "episodes",
            "areview": "reviews",
            "oc2": "oc2",
            "amissing": "missing",
            "ad_placed": "placed_for_adoption",
        },
        nested=frozenset({"header"}),
    ),
    "child",
    "CHILDID",
)
RETURN_TABLES = ("header", "episodes", "reviews", "oc2", "missing", "placed_for_adoption")


def _cin_child(reference: str, born: str, disabilities: tuple[str, ...], *details: Element) -> Element:
    return e(
        "Child",
        e("ChildIdentifiers", LAchildID=reference, UPN="É123456789", PersonBirthDate=born, Sex="1"),
        e("ChildCharacteristics", many("Disabilities", "Disability", *disabilities), Ethnicity="WBRI"),
        *details,
    )


def _assessment(start: str, done: str, *factors: str) -> Element:
    made = e("Assessments", AssessmentActualStartDate=start, AssessmentAuthorisationDate=done)
    made.append(many("FactorsIdentifiedAtAssessment", "AssessmentFactors", *factors))
    return made


_CENSUS = e(
    "Message",
    e("Header", e("CollectionDetails", Collection="CIN", Year="2019", ReferenceDate="2019-03-31")),
    e(
        "Children",
        _cin_child(
            "501",
            "2008-05-03",
            ("AUT", "HEAR"),
            e(
                "CINdetails",
                _assessment("2018-12-07", "2019-02-13", "1A", "16A"),
                e("CINPlanDates", CINPlanStartDate="2018-12-28", CINPlanEndDate="2019-01-04"),
                e(
                    "Section47",
                    S47ActualStartDate="2018-12-19",
                    InitialCPCtarget="2019-01-16",
                    DateOfInitialCPC="2019-01-15",
                    ICPCnotRequired="false",
                ),
                e(
                    "ChildProtectionPlans",
                    many("Reviews", "CPPreviewDate", "2019-03-13", "2019-03-26"),
                    CPPstartDate="2019-01-17",
                    CPPendDate="2019-03-28",
                    InitialCategoryOfAbuse="NEG",
                ),
                CINreferralDate="2018-12-15",
                ReferralSource="1A",
                PrimaryNeedCode="N1",
                CINclosureDate="2019-03-29",
                ReasonForClosure="RC1",
                DateOfInitialCPC="2019-01-15",
                ReferralNFA="0",
            ),
            e(
                "CINdetails",
                e("Section47", S47ActualStartDate="2018-05-17", ICPCnotRequired="1"),
                CINreferralDate="2018-05-16",
                ReferralSource="6",
                CINclosureDate="2018-06-13",
                ReferralNFA="false",
            ),
        ),
        _cin_child(
            "502",
            "2010-11-24",
            ("NONE",),
            e(
                "CINdetails",
                _assessment("2019-01-18", "", "3A"),
                e(
                    "PreProceedingsandFGDM",
                    PPStartDate="2018-10-16",
                    LBPSentDate="2018-10-17",
                    StepDecisionDate="2019-02-27",
                ),
                CINreferralDate="2018-06-08",
                ReferralSource="2A",
                DateOfInitialCPC="2018-08-14",
                ReferralNFA="false",
            ),
        ),
        _cin_child(
            "503",
            "2012-02-29",
            ("LD",),
            e(
                "CINdetails",
                CINreferralDate="2019-02-08",
                ReferralSource="10",
                CINclosureDate="2019-02-19",
                ReferralNFA="1",
            ),
        ),
    ),
)
_CONFERENCE: Fields = frozenset({("conferences", "held"), ("conferences", "section47")})
CENSUS = _with_tables(
    XmlFixture(
        "CIN census",
        (),
        {},
        fields_in(
            CIN_SHEETS,
            {
                ("CINdetails", "DateOfInitialCPC"): _CONFERENCE,
                ("Section47", "DateOfInitialCPC"): _CONFERENCE,
                ("Child", "Disability"): frozenset({("child", "disabled")}),
            },
        ),
        lambda name: f"census.xml, {name}",
        lambda name: _INSIDE.get(name, frozenset()) | {name},
        root=_CENSUS,
        file="census.xml",
        rows_of={
            "child": "Child",
            "cindetails": "CINdetails",
            "assessments": "Assessments",
            "cinplandates": "CINPlanDates",
            "section47": "Section47",
            "childprotectionplans": "ChildProtectionPlans",
            "cppreviewdate": "CPPreviewDate",
            "preproceedingsandfgdm": "PreProceedingsandFGDM",
        },
        nested=frozenset({"childidentifiers", "childcharacteristics", "disabilities", "factorsidentifiedatassessment"}),
    ),
    "child",
    "LAchildID",
)
_ALL = frozenset(table.name for table in CENSUS.tables)
_INSIDE = {"Child": _ALL, "CINdetails": _ALL - {"Child"}, "ChildProtectionPlans": frozenset({"CPPreviewDate"})}
