"""The CIN census, one XML file: children in need, and what was done within each of their episodes.

What is kept: the child's reference, dates of birth, whether there is a disability; referrals, assessments, plans,
section 47 enquiries, conferences, reviews of child protection plans, pre-proceedings. The census has no visits. The
date of a first conference stands at two levels: one that stands in the episode as well as in an enquiry is one
conference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from qaengine.cases.files import InputFile
from qaengine.cases.formats.read import Read
from qaengine.cases.notes import Note, case_data_error
from qaengine.cases.raw.table import Raw, normal, raw_of
from qaengine.cases.raw.xml_file import Element, read_xml
from qaengine.model.calendar import EARLIEST, LATEST
from qaengine.model.problem import Problem, nearest

_CONFERENCE = frozenset({"dateofinitialcpc", "dateofinitialicpc"})
_INSIDE = ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM")
_OF_CHILD = ("ChildIdentifiers", "ChildCharacteristics", "CINdetails")
_REPEATED = frozenset({"cppreviewdate", "disability", "assessmentfactors"})
_KNOWN_WHOLES = frozenset(
    normal(tag) for tag in (*_INSIDE, *_OF_CHILD, "Disabilities", "FactorsIdentifiedAtAssessment", "Reviews")
)


def read_cin_census(file: InputFile) -> Read:
    """The census in a file. Its own date is the ReferenceDate of its header, where it has one.

    Raises InputError where the file cannot be read, or holds no child.
    """
    from qaengine.cases.formats.cin_sheets import SHEETS
    from qaengine.cases.taking.assemble import assemble
    from qaengine.cases.taking.take import take

    rows = _Rows(file.name)
    root = read_xml(file, lambda tag: normal(tag) == "child", rows.of_child)
    if not rows.tables["Child"]:
        raise case_data_error(Problem(file.name, 0, 0, "no child in the census", expected="Child elements"))
    own_date, doubts = _reference_date(file.name, root)
    takings = [
        take(rows.raw(sheet.name, [one[0] for one in sheet.headings()]), sheet, once_each=sheet.makes_child)
        for sheet in SHEETS
    ]
    parts = [part for taken in takings for part in taken.parts if part.rows.height]  # a module nobody has is not there
    origin = "CIN census" + (f" to {own_date:%d %B %Y}" if own_date else "")
    made = assemble(parts, own_date, origin)
    notes = (*(taken.note() for taken in takings), *rows.notes(), *doubts, *made.notes)
    return Read("a CIN census", made.tables, notes, (file,))


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
        self._stray: list[Problem] = []
        self._unknown: dict[str, int] = {}
        self._referrals: dict[str | None, int] = {}

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
        details = [element for element in child.inside if normal(element.tag) == "cindetails"]
        for episode in details:
            nth = self._referrals.get(reference, 0) + 1
            self._referrals[reference] = nth
            self._of_episode(episode, reference, nth)

    def _disabled(self, child: Element) -> str | None:
        """Yes where a disability is coded, no where NONE is; blank where nothing is."""
        from qaengine.cases.formats.cin_sheets import DISABILITY

        known = {word.lower(): means for word, means in DISABILITY.means.items()}
        said = []
        for whole in child.all("ChildCharacteristics"):
            for disabilities in whole.all("Disabilities"):
                said += [known.get(one.text.lower()) for one in disabilities.all("Disability")]
        return "yes" if "yes" in said else "no" if "no" in said else None

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
                    factors = _texts(element, "FactorsIdentifiedAtAssessment", "AssessmentFactors")
                    row = {**element.leaves(), "AssessmentFactors": " ".join(factors) or None, "?referral": referral}
                    row.pop("FactorsIdentifiedAtAssessment", None)
                    self._add("Assessments", element, row, reference)
                case "cinplandates" if element.inside:
                    self._add("CINPlanDates", element, element.leaves(), reference)
                case "section47" if element.inside:
                    enquiries += 1
                    row = {**element.leaves(), "?id": f"section47s-{nth:03}-{enquiries:03}"}
                    conferences |= {text for tag, text in row.items() if normal(tag) in _CONFERENCE and text}
                    self._add("Section47", element, row, reference)
                case "childprotectionplans" if element.inside:
                    self._add("ChildProtectionPlans", element, element.leaves(), reference)
                    for reviews in element.all("Reviews"):
                        for review in reviews.all("CPPreviewDate"):
                            self._add("CPPreviewDate", review, {"CPPreviewDate": review.text or None}, reference)
                case "preproceedingsandfgdm" if element.inside:
                    self._add("PreProceedingsandFGDM", element, element.leaves(), reference)
        for tag, text in own.items():
            if normal(tag) in _CONFERENCE and text and text not in conferences:
                self._add("DateOfInitialCPC", episode, {"DateOfInitialCPC": text, "?section47": None}, reference)

    def _add(self, table: str, element: Element, row: Mapping[str, str | None], reference: str | None) -> None:
        self.tables[table].append(
            {"LAchildID": reference, **{t: v for t, v in row.items() if normal(t) != "lachildid"}}
        )
        self.lines[table].append(element.line)
        for tag, line in element.twice():
            if normal(tag) in _REPEATED:
                continue
            message = f"{tag} stands twice in one {element.tag} and says two things, and is left blank"
            self._stray.append(Problem(self._file, line, 0, message))

    def _look_over(self, element: Element) -> None:
        """Elements with others in them that the census does not have: nothing of them is taken.

        One whose name is nearly that of a known one is refused: what it holds would else be missing, and look as if it
        had not been done.
        """
        for one in element.inside:
            if not one.inside:
                continue
            if normal(one.tag) in _KNOWN_WHOLES:
                self._look_over(one)
                continue
            near = nearest(one.tag, [*_INSIDE, *_OF_CHILD])
            if near:
                message = "an element that is not known, so that what it holds would be missing"
                raise case_data_error(Problem(self._file, one.line, 0, message, one.tag, "", near))
            self._unknown[one.tag] = self._unknown.get(one.tag, 0) + 1

    def notes(self) -> list[Note]:
        """What was not known, and what stood twice."""
        notes: list[Note] = []
        for tag, count in self._unknown.items():
            notes.append(Note(f"{self._file}, {tag}", "left: an element that is not known", left=count))
        if self._stray:
            says = "elements that stand twice"
            notes.append(Note(self._file, says, unread=tuple(self._stray[:200]), unread_count=len(self._stray)))
        return notes


def _leaves_of(element: Element, tag: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for whole in element.all(tag):
        for name, text in whole.leaves().items():
            found.setdefault(name, text)
    return found


def _texts(element: Element, whole: str, tag: str) -> list[str]:
    """The text of the elements of a name within those of another."""
    return [one.text for outer in element.all(whole) for one in outer.all(tag) if one.text]
