"""A CIN census as it stood on a day, with the header that some files lack: what both tools are then run on.

Later dates are taken out, because a census states nothing that has not happened; and names that drifted from those of
the census are put right, for the validator knows only these.
"""

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement

from defusedxml.ElementTree import parse

from agreement.edges import header

WHOLE = {
    "CINdetails": "CINreferralDate",
    "Assessments": "AssessmentActualStartDate",
    "Section47": "S47ActualStartDate",
    "CINPlanDates": "CINPlanStartDate",
    "ChildProtectionPlans": "CPPstartDate",
    "Reviews": "CPPreviewDate",
}
"""The elements that are not there before a date of theirs."""

RENAMED = {"CINClosureDate": "CINclosureDate", "DateofInitialICPC": "DateOfInitialCPC"}
OPPOSITE = {"true": "false", "false": "true", "1": "0", "0": "1"}


def write_as_at(file: Path, out: Path, day: date) -> int:
    """Write the census as it stood at the end of a day; how many elements were left out."""
    old = parse(file).getroot()
    assert old is not None  # what has no root is no XML, and was refused
    root = Element("Message")
    header(root, day)
    children = SubElement(root, "Children")
    children.extend(child for child in old.iter("Child"))
    left = _cut(children, day.isoformat())
    for element in children.iter():
        element.tag = RENAMED.get(element.tag, element.tag)
        if element.tag == "ICPCRequired":
            element.tag = "ICPCnotRequired"
            element.text = OPPOSITE[(element.text or "").strip().lower()]
    ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
    return left


def _cut(parent: Element, day: str) -> int:
    """Take out what is dated later: a whole element by its own date, any other date by itself."""
    left = 0
    for element in list(parent):
        own = element.findtext(WHOLE[element.tag]) if element.tag in WHOLE else _as_date(element)
        if own is not None and own.strip() > day:
            parent.remove(element)
            left += 1
        else:
            left += _cut(element, day)
    return left


def _as_date(element: Element) -> str | None:
    """What an element says, where it is a date of a fact: no target, and nobody's birth."""
    is_date = "Date" in element.tag and "Birth" not in element.tag
    return element.text if is_date and len(element) == 0 else None
