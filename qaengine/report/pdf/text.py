"""Text made fit for paper: nothing in it can act as markup, move the type about, or vanish without a trace."""

import dataclasses
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "QASans"
BOLD = "QASans-Bold"
PLACEHOLDER = "▯"  # stands on the page for a character that the typeface does not have
ELLIPSIS = "…"
_LONGEST_CLAUSE = 160  # characters of a first clause that is kept whole, though there is room for fewer
_CLAUSE_ENDS = re.compile(r"[;:.,](?= )|(?<=not evidenced)(?= that )")
_FONTS = Path(__file__).with_name("fonts")
_DATE = re.compile(r"\b(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})\b")
_SPACES = {"\t": " ", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\u2011": "-"}


@cache
def register_fonts() -> frozenset[int]:
    """Make the typeface known to ReportLab, once; the code points that it has."""
    regular = TTFont(REGULAR, str(_FONTS / "QASans-Regular.ttf"))
    bold = TTFont(BOLD, str(_FONTS / "QASans-Bold.ttf"))
    for font in (regular, bold):
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return frozenset(regular.face.charToGlyph) & frozenset(bold.face.charToGlyph)


def _printable(character: str, known: frozenset[int]) -> str:
    """The character, what stands for it, or nothing for one that only steers the type (joiners, directions)."""
    if character in _SPACES:
        return _SPACES[character]
    if character == "\n" or ord(character) in known:
        return character
    kind = unicodedata.category(character)
    if kind == "Zs":
        return " "
    if kind in ("Cc", "Cf", "Mn", "Me") or "\ufe00" <= character <= "\ufe0f":
        return ""
    return PLACEHOLDER


def clean(text: str) -> str:
    """Plain text with every character printable: composed, without control or direction marks, and with a visible
    placeholder for each character that the typeface lacks. New lines are kept.
    """
    known = register_fonts()
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if all(ord(character) in known for character in composed):
        return composed
    return "".join(_printable(character, known) for character in composed)


def markup(text: str) -> str:
    """Clean text as paragraph markup: `<`, `>` and `&` are letters like any others, and a short date stays whole."""
    whole = _DATE.sub("\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}\\3", clean(text))
    return escape(whole).replace("\n", "<br/>")


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words where that loses less than a third, and marked as cut."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    cut = flat[: limit - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > limit * 2 // 3 else cut).rstrip(" ,;:.") + ELLIPSIS


def in_clauses(text: str, limit: int) -> str:
    """As many whole clauses as `limit` characters hold, and one at least: no sentence ends in the middle of its words.

    Only a first clause that is far longer is cut like any text.
    """
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    ends = [found.start() for found in _CLAUSE_ENDS.finditer(flat) if _outside_quotes(flat[: found.start()])]
    fitting = [end for end in ends if end <= limit]
    kept = flat[: max(fitting) if fitting else min(ends, default=len(flat))]
    return clip(kept, max(_LONGEST_CLAUSE, limit))


def _outside_quotes(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count("(") == text.count(")")


def width(text: str, font: str, size: float) -> float:
    """Points that clean text takes on one line."""
    register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


def fit(text: str, font: str, size: float, room: float) -> str:
    """Clean text on one line, shortened with an ellipsis until it is no wider than `room` points."""
    line = " ".join(clean(text).split())
    if width(line, font, size) <= room:
        return line
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if width(line[:middle].rstrip() + ELLIPSIS, font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return line[:low].rstrip() + ELLIPSIS


def has_unprintable(view: Any) -> bool:
    """Whether any text in a view holds a character that the pages show as a placeholder."""
    if isinstance(view, str):
        return PLACEHOLDER in clean(view)
    if isinstance(view, tuple):
        return any(has_unprintable(part) for part in view)
    if dataclasses.is_dataclass(view):
        return any(has_unprintable(getattr(view, field.name)) for field in dataclasses.fields(view))
    return False
