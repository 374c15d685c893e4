"""The CIN census, one XML file: children in need, and what was done within each of their episodes.

What is kept: the child's reference, dates of birth, whether there is a disability; referrals, assessments, plans,
section 47 enquiries, conferences, reviews of child protection plans, pre-proceedings. The census has no visits. The
date of a first conference stands at two levels: one that stands in the episode as well as in an enquiry is one
conference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from qaengine.cases.files import InputFile
from qaengine.cases.formats.read import Read
from qaengine.cases.formats.strange import Strange
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.raw.table import Raw, normal, raw_of
from qaengine.cases.raw.xml_file import Element, read_xml
from qaengine.cases.shape import CHILD
from qaengine.model.calendar import EARLIEST, LATEST
from qaengine.model.problem import Problem

if TYPE_CHECKING:
    from qaengine.cases.taking.take import Part

LEAVING_CARE_FROM = 16
"""From this age an assessment of what leaving care asks may be there."""

_CONFERENCE = frozenset({"dateofinitialcpc", "dateofinitialicpc"})
_INSIDE = ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM")
_OF_CHILD = ("ChildIdentifiers", "ChildCharacteristics", "CINdetails")
_REPEATED = frozenset({"cppreviewdate", "disability", "assessmentfactors"})
_LISTS = (
    ("Disabilities", "Disability"),
    ("FactorsIdentifiedAtAssessment", "AssessmentFactors"),
    ("Reviews", "CPPreviewDate"),
)
"""Elements that hold nothing but the same element several times."""
_LISTED = {normal(whole): tag for whole, tag in _LISTS}
_IN_DETAILS = frozenset(map(normal, _INSIDE))
_KNOWN_WHOLES = frozenset(normal(tag) for tag in (*_INSIDE, *_OF_CHILD, *(whole for whole, _ in _LISTS)))


def read_cin_census(file: InputFile) -> Read:
    """The census in a file. Its own date is the ReferenceDate of its header, where it has one.

    Raises InputError where the file cannot be read, or holds no child.
    """
    from qaengine.cases.formats.cin_sheets import SHEETS
    from qaengine.cases.taking.assemble import assemble
    from qaengine.cases.taking.take import take

    rows = _Rows(file.name)
    root = read_xml(file, lambda tag: normal(tag) == "child", rows.of_child)
    rows.around(root)
    if not rows.tables["Child"]:
        raise case_data_error(Problem(file.name, 0, 0, "no child in the census", expected="Child elements"))
    own_date, doubts = _reference_date(file.name, root)
    takings = [
        take(rows.raw(sheet.name, [one[0] for one in sheet.headings()]), sheet, once_each=sheet.makes_child)
        for sheet in SHEETS
    ]
    parts = [part for taken in takings for part in taken.parts if part.rows.height]  # a module nobody has is not there
    parts += _of_other_kinds(parts, own_date)
    origin = "CIN census" + (f" to {own_date:%d %B %Y}" if own_date else "")
    made = assemble(parts, own_date, origin)
    notes = (*(taken.note() for taken in takings), *rows.notes(), *doubts, *made.notes)
    return Read("a CIN census", made, notes, (file,))


def _of_other_kinds(parts: Sequence[Part], own_date: date | None) -> list[Part]:
    """What a census does not have of types that it has: care plans, plans of a module that is not there, reviews of
    care and of child-in-need plans, assessments for leaving care; and the assessment that was authorised before its
    year, of a child referred before it."""
    import polars as pl

    from qaengine.cases.taking.earlier import children_in, of_other_kinds, unseen

    everyone = children_in(parts, CHILD.name)
    referred = next((part.rows for part in parts if part.type == "referrals"), None)
    before = frozenset[str]()
    if referred is not None and "received" in referred.columns:
        opens = pl.lit(own_date, dtype=pl.Date).dt.offset_by("-1y").dt.offset_by("1d")
        long_ago = referred.filter((pl.col("received") < opens).fill_null(True))
        before = frozenset(long_ago["child_id"].drop_nulls().to_list())
    assessed = [part.rows for part in parts if part.type == "assessments" and "authorised" in part.fields]
    done = frozenset(
        child for rows in assessed for child in rows.filter(pl.col("authorised").is_not_null())["child_id"].to_list()
    )
    grown = frozenset[str]()
    own = next((part.rows for part in parts if part.type == CHILD.name), None)
    if own is not None and "born" in own.columns:
        young = pl.col("born") > pl.lit(own_date, dtype=pl.Date).dt.offset_by(f"-{LEAVING_CARE_FROM}y")
        grown = frozenset(own.filter(~young.fill_null(False))["child_id"].to_list())
    whose = {
        ("plans", "cin"): everyone,
        ("plans", "cp"): everyone,
        ("plans", "care"): everyone,
        ("reviews", "cin"): children_in(parts, "plans", "cin"),
        ("reviews", "cla"): everyone,
        ("assessments", "pathway_needs"): grown,
    }
    return [*of_other_kinds(parts, whose), *unseen(parts, "assessments", "child_and_family", before - done)]


def _reference_date(file: str, root: Element) -> tuple[date | None, tuple[Note, ...]]:
    """The date for which the census speaks; a header that says it in no form that can be read is noted."""
    header = root.first("Header")
    details = header.first("CollectionDetails") if header is not None else None
    element = details.first("ReferenceDate") if details is not None else None
    if element is None or not element.text:
        return None, ()
    try:
        day = date.fromisoformat(element.text[:10])
    except ValueError:
        day = None
    if day is not None and EARLIEST <= day <= LATEST:
        return day, ()
    message = "ReferenceDate cannot be read, so the census states no date"
    problem = Problem(file, element.line, 0, message, element.text[:60], "a date written as 2019-01-31")
    return None, (Note(file, "the header", unread=(problem,), unread_count=1),)


class _Rows:
    """The rows of the tables, as they are met in the file."""

    def __init__(self, file: str) -> None:
        from qaengine.cases.formats.cin_sheets import SHEETS

        self._file = file
        self._sheets = {sheet.name: sheet for sheet in SHEETS}
        self.tables: dict[str, list[dict[str, str | None]]] = {name: [] for name in self._sheets}
        self.lines: dict[str, list[int]] = {name: [] for name in self._sheets}
        self._strange = Strange(file)
        self._referrals: dict[str | None, int] = {}
        self._values = {normal(one) for sheet in SHEETS for variants in sheet.headings() for one in variants}

    def around(self, root: Element) -> None:
        """What stands around the children."""
        self._strange.around(root, frozenset(map(normal, _OF_CHILD)), "Child")

    def raw(self, name: str, headings: Iterable[str]) -> Raw:
        """One table; where the census has no row for it, there is none."""
        return raw_of(f"{self._file}, {name}", name, self.tables[name], self.lines[name], headings)

    def of_child(self, child: Element) -> None:
        """Every row of one Child element."""
        identifiers = _leaves_of(child, "ChildIdentifiers")
        known = {normal(tag): text for tag, text in identifiers.items()}
        reference = known.get("lachildid")
        self._add("Child", child, {**identifiers, "disabled": self._disabled(child)}, reference)
        self._look_over(child)
        for whole in child.all("ChildIdentifiers"):
            self._strange.values(whole, self._values)
        details = [element for element in child.inside if normal(element.tag) == "cindetails" and element.inside]
        for episode in details:
            nth = self._referrals.get(reference, 0) + 1
            self._referrals[reference] = nth
            self._of_episode(episode, reference, nth)

    def _disabled(self, child: Element) -> str | None:
        """Yes where a disability is coded, no where NONE is; blank where nothing is."""
        from qaengine.cases.formats.cin_sheets import DISABILITY

        known = {word.lower(): means for word, means in DISABILITY.means.items()}
        codes = [code for whole in child.all("ChildCharacteristics") for code in _codes(whole, 0)]
        said = [known.get(code.lower()) for code in codes]
        for code, means in zip(codes, said, strict=True):
            if means is None and code != "?":
                self._strange.unread(child, "Disability", code, DISABILITY.says)
        return "yes" if "yes" in said else "no" if said and set(said) == {"no"} else None

    def _of_episode(self, episode: Element, reference: str | None, nth: int) -> None:
        """The referral of one CINdetails element, and everything within it."""
        referral = f"referrals-{nth:03}"
        own = episode.leaves()
        self._add("CINdetails", episode, {**own, "?id": referral}, reference)
        conferences: set[str] = set()
        enquiries = 0
        for element in episode.inside:
            match normal(element.tag):
                case "assessments" if element.inside:
                    factors = " ".join(_codes(element, 1))  # one that is not known makes them all unreadable
                    row = {**element.leaves(), "AssessmentFactors": factors or None, "?referral": referral}
                    row.pop("FactorsIdentifiedAtAssessment", None)
                    self._add("Assessments", element, row, reference)
                case "cinplandates" if element.inside:
                    self._add("CINPlanDates", element, element.leaves(), reference)
                case "section47" if element.inside:
                    enquiries += 1
                    row = {**element.leaves(), "?id": f"section47s-{nth:03}-{enquiries:03}"}
                    conferences |= {text[:10] for tag, text in row.items() if normal(tag) in _CONFERENCE and text}
                    self._add("Section47", element, row, reference)
                case "childprotectionplans" if element.inside:
                    self._add("ChildProtectionPlans", element, element.leaves(), reference)
                    for reviews in element.all("Reviews"):
                        for review in reviews.all("CPPreviewDate"):
                            self._add("CPPreviewDate", review, {"CPPreviewDate": review.text or None}, reference)
                case "preproceedingsandfgdm" if element.inside:
                    self._add("PreProceedingsandFGDM", element, element.leaves(), reference)
        for tag, text in own.items():
            if normal(tag) in _CONFERENCE and text and text[:10] not in conferences:
                self._add("DateOfInitialCPC", episode, {"DateOfInitialCPC": text, "?section47": None}, reference)

    def _add(self, table: str, element: Element, row: Mapping[str, str | None], reference: str | None) -> None:
        self.tables[table].append(
            {"LAchildID": reference, **{t: v for t, v in row.items() if normal(t) != "lachildid"}}
        )
        self.lines[table].append(element.line)
        if table != "DateOfInitialCPC":  # of an element that was looked at already
            self._strange.values(element, self._values, _REPEATED)

    def _look_over(self, element: Element) -> None:
        """Elements that the census does not have, or not here: nothing of them is taken."""
        where, listed = normal(element.tag), _LISTED.get(normal(element.tag))
        for one in element.inside:
            name = normal(one.tag)
            if name in _KNOWN_WHOLES:
                self._strange.text(one)
                if one.inside and name in _IN_DETAILS and where != "cindetails":
                    self._strange.misplaced(one, "CINdetails")
                self._look_over(one)
            elif one.inside and name not in self._values:
                self._strange.unknown(one, [*_INSIDE, *_OF_CHILD])
            elif listed is not None and name != normal(listed) and one.text:
                self._strange.unknown(one, [listed])

    def notes(self) -> list[Note]:
        """What was not known, and what stood otherwise than it should."""
        return self._strange.notes()


def _leaves_of(element: Element, tag: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for whole in element.all(tag):
        for name, text in whole.leaves().items():
            found.setdefault(name, text)
    return found


def _codes(element: Element, nth: int) -> list[str]:
    """The codes within a list of them; a question mark for what stands there under another name, or is no text."""
    whole, tag = _LISTS[nth]
    inside = [one for outer in element.all(whole) for one in outer.inside if one.text or one.inside]
    return [one.text if normal(one.tag) == normal(tag) and not one.inside else "?" for one in inside]
