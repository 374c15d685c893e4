"""Made-up data in which everything happens on the days on which answers turn: nobody in it is real.

A sample of a council's data has few children on their fourth birthday, and none whose assessment is due today.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from agreement.in_year import HEALTH, TWELVE_MONTH_ITEMS
from qaengine.cases.derived.child import birthday
from qaengine.model.calendar import add_working_days

HEADINGS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "oc2": f"CHILD,DOB,SDQ_SCORE,SDQ_REASON,{','.join(TWELVE_MONTH_ITEMS)}",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
}
Cells = Mapping[str, str]
DAY = timedelta(days=1)
LONG_AGO = 400  # days before the year
CHANGES = ("S", "L", "P", "T", "U", "B")
STATUSES = ("C2", "E1", "V4")
SDQS: tuple[Cells, ...] = ({}, {"SDQ_SCORE": "9"}, {"SDQ_REASON": "SDQ1"}, {"SDQ_REASON": "SDQ3"}, {"SDQ_SCORE": "41"})


@dataclass
class Made:
    """The rows of a return, as they come to be."""

    year_end: date
    rows: dict[str, list[Cells]] = field(default_factory=lambda: {name: [] for name in HEADINGS})
    children: int = 0

    @property
    def year_start(self) -> date:
        return date(self.year_end.year - 1, 4, 1)

    def child(self, born: date) -> Cells:
        """One more child: what begins each of the child's rows."""
        self.children += 1
        of = {"CHILD": f"E{self.children:05}", "DOB": _typed(born)}
        self.add("header", of, {"SEX": "1", "ETHNIC": "WBRI", "MOTHER": "0"})
        return of

    def add(self, name: str, of: Cells, cells: Cells) -> None:
        self.rows[name].append({**of, **cells})

    def episode(self, of: Cells, started: date, ended: date | None = None, **cells: str) -> None:
        """An episode: in foster care under a care order, unless said otherwise."""
        usual = {"RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": "U6", "PLACE_PROVIDER": "PR1", "URN": "1111111"}
        days = {"DECOM": _typed(started), "DEC": _typed(ended), "PL_POST": "AB1 0AA"}
        self.add("episodes", of, {**usual, **days, **cells})


def write_return(folder: Path, year_end: date) -> int:
    """The files of a return with every edge of a year; how many children it has."""
    made = Made(year_end)
    _ages(made)
    _lengths(made)
    _pairs(made)
    _reviews(made)
    write_made(folder, made)
    return made.children


def write_made(folder: Path, made: Made) -> None:
    """The files of a return."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, headings in HEADINGS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, headings.split(","), restval="", extrasaction="ignore")
            writer.writeheader()
            writer.writerows(made.rows[name])


def _typed(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"


def _around(*days: date) -> list[date]:
    """The days, the days before and the days after them."""
    return sorted({day + n * DAY for day in days for n in (-1, 0, 1)})


def _ages(made: Made) -> None:
    """Birthdays around both ends of the year, with every sort of SDQ, and twelve-month items filled in or not."""
    items: tuple[Cells, ...] = ({}, dict.fromkeys(TWELVE_MONTH_ITEMS, "1"), dict.fromkeys(HEALTH, "0"))
    for years, day in product((4, 5, 10, 16, 17), _around(made.year_start, made.year_end)):
        for sdq, filled in product(SDQS, items):
            of = made.child(birthday(day, -years))
            made.episode(of, made.year_start - LONG_AGO * DAY)
            made.add("oc2", of, {**sdq, **filled})


def _lengths(made: Made) -> None:
    """Care that begins and ends around both ends of the year, by every code, and as a short break."""
    begins = _around(made.year_start)
    ends: list[date | None] = [None, *_around(made.year_start), *_around(made.year_end)]
    for start, end, code, reason, status in product(begins, ends, ("S", "P"), ("X1", "E4A"), ("C2", "V4")):
        if end is not None and end < start:
            continue
        of = made.child(birthday(made.year_start, -10))
        made.episode(of, start, end, RNE=code, REC=reason if end else "", LS=status)
        made.add("oc2", of, {"SDQ_SCORE": "9", **dict.fromkeys(TWELVE_MONTH_ITEMS, "1")})
        made.add("oc3", of, {"IN_TOUCH": "YES", "ACTIV": "F2", "ACCOM": "U1"})
        made.add("ad1", of, {})


def _pairs(made: Made) -> None:
    """Two episodes that meet, overlap, leave a day out or are both open, by every code and with every change."""
    first_ends = made.year_start + 100 * DAY
    blank = {"PL_POST": ""}
    places: tuple[tuple[Cells, Cells], ...] = (
        ({}, {}),
        ({}, {"PLACE": "U1"}),
        ({}, {"PLACE": "A3"}),
        ({}, {"PL_POST": "AB1 0AB"}),
        ({}, {"URN": "2222222"}),
        ({}, blank),
        (blank, blank),
    )
    for apart, code, status, (before, after) in product((-1, 0, 1, None), CHANGES, STATUSES, places):
        for reason, last in product(("X1", "E4A"), (None, made.year_start + 200 * DAY)):
            of = made.child(birthday(made.year_start, -10))
            end = first_ends if apart is not None else None
            made.episode(of, made.year_start - LONG_AGO * DAY, end, REC=reason if end else "", **before)
            changes = {"RNE": code, "LS": status, "REC": "X1" if last else "", **after}
            made.episode(of, first_ends + (apart or 0) * DAY, last, **changes)
            made.add("oc2", of, {"SDQ_REASON": "SDQ2"})


def _reviews(made: Made) -> None:
    """Reviews around a fourth birthday and around the year's end, of care and of short breaks."""
    midway = made.year_start + 150 * DAY
    for status in ("C2", "V3"):
        of = made.child(birthday(midway, -4))
        made.episode(of, made.year_start - 10 * DAY, LS=status)
        for day, code in product(_around(midway, made.year_end), ("PN0", "PN3")):
            made.add("reviews", of, {"REVIEW": _typed(day), "REVIEW_CODE": code})


# A census


def write_census(file: Path, reference: date) -> int:
    """A census in which assessments and enquiries fall due around the reference date; how many children it has."""
    root = Element("Message")
    header(root, reference)
    children = SubElement(root, "Children")
    for number, parts in enumerate([*_assessments(reference), *_enquiries(reference)], start=1):
        child = SubElement(children, "Child")
        _tree(child, {"ChildIdentifiers": {"LAchildID": f"E{number:05}", "PersonBirthDate": "2012-05-01", "Sex": "F"}})
        _tree(child, {"ChildCharacteristics": {"Ethnicity": "WBRI"}})
        _tree(child, {"CINdetails": parts})
    indent(root)
    ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
    return len(children)


def header(root: Element, reference: date) -> None:
    """The header of a census, with its reference date."""
    _tree(
        root,
        {
            "Header": {
                "CollectionDetails": {
                    "Collection": "CIN",
                    "Year": str(reference.year),
                    "ReferenceDate": str(reference),
                },
                "Source": {"SourceLevel": "L", "LEA": "201", "SoftwareCode": "made up", "SerialNo": "001"},
            }
        },
    )


def _tree(parent: Element, parts: Mapping[str, object]) -> None:
    for name, part in parts.items():
        element = SubElement(parent, name)
        if isinstance(part, Mapping):
            _tree(element, part)
        else:
            element.text = str(part)


def _days_due(reference: date, n: int) -> Iterable[date]:
    """Every day around the one from which so many working days end on the reference date."""
    middle = add_working_days(reference, -n)
    return [middle + k * DAY for k in range(-6, 7)]


def _referred(day: date, parts: Mapping[str, object]) -> Mapping[str, object]:
    return {"CINreferralDate": day, "ReferralSource": "1A", "PrimaryNeedCode": "N1", "ReferralNFA": "false", **parts}


def _assessments(reference: date) -> Iterator[Mapping[str, object]]:
    """Open, authorised by the reference date, and after it; begun on the day of the referral or later."""
    authorised: Sequence[date | None] = (None, reference - 3 * DAY, reference, reference + DAY)
    for started, end, earlier in product(_days_due(reference, 45), authorised, (0, 3, 30, 100)):
        dates = {"AssessmentActualStartDate": started} | ({"AssessmentAuthorisationDate": end} if end else {})
        yield _referred(started - earlier * DAY, {"Assessments": dates})


def _enquiries(reference: date) -> Iterator[Mapping[str, object]]:
    """With and without a conference, on the enquiry, on the episode or after the reference date; or needing none."""
    held: Sequence[date | None] = (None, reference - 2 * DAY, reference + DAY)
    for started, end, waived, on_episode in product(
        _days_due(reference, 15), held, ("false", "true", "0", "1"), (0, 1)
    ):
        conference = {"DateOfInitialCPC": end} if end else {}
        enquiry = {"S47ActualStartDate": started, **({} if on_episode else conference), "ICPCnotRequired": waived}
        yield _referred(started, {**(conference if on_episode else {}), "Section47": enquiry})
