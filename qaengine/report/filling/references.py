"""The sources of standards and numbers, as a reader of a report can find them."""

import re

TITLES = {
    "000": "Coventry case study",
    "001": "Coventry Children's Services Strategic Plan",
    "002": "Scrutiny Board paper, MASH",
    "003": "Ofsted letter of 22 February 2018",
    "004": "Innovate case study",
}
"""The documents that the standards were made from, by the number that their file names begin with."""
CODES = {"PLAN": "001", "SCRUT": "002", "OFSTED": "003"}
_FILE = re.compile(r"\b(00[0-4])_[0-9a-f]+\.txt")
_CODE = re.compile(rf"\b({'|'.join(CODES)}) (?=[A-Z]?\d)")
_POINTS = {"I": "what needs to improve, point ", "F": "finding "}  # the two lists of the letter
_POINT = re.compile(rf"\b[{''.join(_POINTS)}](?=\d)")
_NOTES = re.compile(r"\bdomain paper, (?:sections? [\d.]+|[a-z ]+[\d.]*)")


def cited(document: str, reference: str) -> str:
    """A source as a standard cites it: "Coventry Children's Services Strategic Plan, 18.2"."""
    if not _FILE.fullmatch(document):
        return f"{in_words(document)}, {in_words(reference)}"
    return f"{TITLES[document[:3]]}, {_pointed(_CODE.sub('', reference))}"


def in_words(source: str) -> str:
    """The source of a number, with documents by their titles; no file names, no short codes."""
    named = _FILE.sub(lambda found: TITLES[found[1]], source)
    coded = _CODE.sub(lambda found: f"{TITLES[CODES[found[1]]]}, ", named)
    letter = re.escape(TITLES["003"])
    pointed = re.sub(rf"{letter}, [A-Z]\d+", lambda found: _pointed(found[0]), coded)
    return _NOTES.sub("the product's reading of practice", pointed)


def _pointed(reference: str) -> str:
    return _POINT.sub(lambda found: _POINTS[found[0]], reference)
