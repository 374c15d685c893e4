"""How the sheet looks: colours, widths, and one format for each sort of cell.

Nothing is said by colour alone: what may be filled in stands under "Answer" and "Note", and everything else is locked.
"""

from collections.abc import Mapping
from functools import cache
from textwrap import wrap
from typing import Any

from qaengine.answers.rows import Column

INK, QUIET, ACCENT, RULE = "#1C2B33", "#4F5E68", "#0B4A5A", "#B9C5CB"
PAPER, PALE, INPUT, ALERT, ALERT_PALE = "#FFFFFF", "#EEF3F5", "#FFF9E0", "#9B2115", "#FCEDEA"
WIDTHS = (11, 22, 42, 40, 27, 31)  # in digits of the workbook's own font
SCALE = 77  # per cent at which those widths fill A4 landscape
LINE, ROOM, TALLEST = 13.0, 5.0, 400.0  # points: a line of 10 pt, the room around it, and what Excel can show
FONT = {"font_name": "Arial", "font_size": 10, "font_color": INK, "font_scheme": ""}
CELL = {**FONT, "text_wrap": True, "align": "left", "valign": "top", "indent": 1, "border": 1, "border_color": RULE}
DAY = "d mmm yyyy"

STYLES: dict[str, dict[str, Any]] = {
    "title": {**FONT, "indent": 1, "font_size": 16, "bold": True, "font_color": ACCENT, "valign": "vcenter"},
    "facts": {**FONT, "indent": 1, "font_size": 9, "font_color": QUIET, "valign": "vcenter"},
    "heading": {
        **CELL,
        "bold": True,
        "font_color": PAPER,
        "bg_color": ACCENT,
        "border_color": ACCENT,
        "valign": "vcenter",
    },
    "how": {**FONT, "indent": 1, "valign": "vcenter"},
    "how-first": {**FONT, "indent": 1, "bold": True, "font_color": ACCENT, "valign": "vcenter"},
    "urgent": {**FONT, "indent": 1, "bold": True, "font_color": ALERT, "valign": "vcenter"},
    "band": {
        **FONT,
        "bold": True,
        "font_size": 11,
        "font_color": ACCENT,
        "bg_color": "#D5E3E8",
        "text_wrap": True,
        "valign": "vcenter",
        "indent": 1,
        "top": 2,
        "top_color": ACCENT,
        "bottom": 1,
        "bottom_color": RULE,
    },
    "child": {**CELL, "font_color": QUIET},
    "decide": {**CELL},
    "shows": {**CELL, "font_color": QUIET, "bg_color": PALE},
    "hint": {**CELL, "font_color": QUIET, "bg_color": PALE, "italic": True},
    "strong": {**CELL, "bold": True},
    "answer": {**CELL, "bold": True, "bg_color": INPUT, "locked": False, "num_format": "@"},
    "day": {**CELL, "bold": True, "bg_color": INPUT, "locked": False, "num_format": DAY},
    "note": {**CELL, "bg_color": INPUT, "locked": False, "num_format": "@"},
    "no-note": {**CELL, "bg_color": PALE},
    "alert": {"bold": True, "font_color": ALERT, "bg_color": ALERT_PALE},
    "key": {**FONT, "font_size": 8, "font_color": QUIET},
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Look:
    """The formats of one workbook, each made once. `book` is an xlsxwriter Workbook."""

    def __init__(self, book: Any) -> None:
        self._made = cache(lambda name, quoted: book.add_format({**STYLES[name], "quote_prefix": quoted}))

    def of(self, name: str, text: str = "") -> Any:
        """The format of a sort of cell. Text that a spreadsheet could take for a formula is marked as text for good."""
        return self._made(name, text.startswith(FORMULA_STARTS))


def height_of(texts: Mapping[Column, str], *, bold: bool = False, least: int = 1) -> float:
    """The height of a row, in points, at which these texts (by column) show whole, and `least` lines at least."""
    wide = 0.98 if bold else 1.18
    lines = max((_lines(text, int((WIDTHS[column] - 1) * wide)) for column, text in texts.items()), default=1)
    lines = max(lines, least)
    return min(TALLEST, lines * LINE + ROOM)


def _lines(text: str, width: int) -> int:
    return sum(max(1, len(wrap(line, width))) for line in text.split("\n"))
