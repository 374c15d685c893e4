"""How the pages look: measures, a small palette that reads in black and white, and the paragraph styles.

Every pair of ink and paper here has a contrast of at least 4.5 to 1 (WCAG 2.2, AA, 1.4.3); a test measures them.
Nothing is told by colour alone: each result has a sign and a word.
"""

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from qaengine.model.result import Result
from qaengine.report.pdf.text import BOLD, REGULAR
from qaengine.report.views import Grade, Progress

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 18 * mm
TOP = 24 * mm
BOTTOM = 20 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

INK = HexColor("#1C2B33")
QUIET = HexColor("#4F5E68")
ACCENT = HexColor("#0B4A5A")
RULE = HexColor("#C6D0D5")
PALE = HexColor("#EEF3F5")
LINE_PALE = HexColor("#A9C3CC")
ALERT = HexColor("#9B2115")
ALERT_PALE = HexColor("#FCEDEA")
WHITE = white


def hex_of(colour: Color) -> str:
    """A colour as paragraph markup writes it: "#17633f"."""
    return f"#{colour.hexval()[2:]}"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a result is shown: a sign, and a strong colour that reads on white and on its own pale one."""

    sign: str
    strong: Color
    pale: Color


MARKS: dict[Result, Mark] = {
    Result.MET: Mark("✓", HexColor("#17633F"), HexColor("#E2F1E9")),
    Result.NOT_MET: Mark("✘", ALERT, HexColor("#FAE3DF")),
    Result.CANNOT_DECIDE: Mark("?", HexColor("#6E4A00"), HexColor("#FBEFD2")),
    Result.REFER_TO_AUDITOR: Mark("●", HexColor("#2B4A8C"), HexColor("#E3E9F7")),
    Result.NOT_YET_DUE: Mark("…", QUIET, HexColor("#ECEFF1")),
    Result.NOT_APPLICABLE: Mark("–", QUIET, WHITE),
}
GRADE_COLOURS: dict[Grade, Color] = {
    Grade.OUTSTANDING: HexColor("#0B4A5A"),
    Grade.GOOD: HexColor("#17633F"),
    Grade.REQUIRES_IMPROVEMENT: HexColor("#6E4A00"),
    Grade.INADEQUATE: ALERT,
}
PROGRESS_SIGNS: dict[Progress, str] = {
    Progress.IMPROVED: "▲",
    Progress.SAME: "■",
    Progress.MORE_NOT_MET: "▼",
    Progress.CANNOT_DECIDE: "?",
}


def _style(name: str, role: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    """A paragraph style; `role` is the kind of block it makes (`semantics`)."""
    settings: dict[str, object] = {
        "fontName": REGULAR,
        "bulletFontName": REGULAR,
        "fontSize": size,
        "leading": leading,
        "textColor": INK,
        "alignment": TA_LEFT,
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
        "role": role,
    }
    return ParagraphStyle(name, **{**settings, **more})


OVERLINE = _style("overline", "P", 8.5, 11, fontName=BOLD, textColor=ACCENT)
TITLE = _style("title", "H1", 21, 26, fontName=BOLD, textColor=ACCENT, spaceAfter=4)
META = _style("meta", "P", 8.5, 11.5, textColor=QUIET)
TAKEAWAY = _style("takeaway", "P", 13.5, 19.5, leftIndent=15, rightIndent=10)
ALERT_TEXT = _style("alert", "P", 9.5, 13.5, textColor=ALERT, leftIndent=15, rightIndent=10)
H2 = _style("h2", "H2", 13, 17, fontName=BOLD, textColor=ACCENT, spaceBefore=14, spaceAfter=4)
H3 = _style("h3", "H3", 10, 13.5, fontName=BOLD, spaceBefore=9, spaceAfter=3)
BODY = _style("body", "P", 9.5, 13.5, spaceAfter=4)
BODY_BOLD = _style("body-bold", "P", 9.5, 13.5, fontName=BOLD, spaceBefore=3, spaceAfter=4)
SMALL = _style("small", "P", 8, 11, textColor=QUIET, spaceAfter=3)
CELL = _style("cell", "P", 8.5, 11.5)
CELL_BOLD = _style("cell-bold", "P", 8.5, 11.5, fontName=BOLD)
LEAD_CELL = _style("lead-cell", "P", 9.5, 13)  # page one
LEAD_BOLD = _style("lead-bold", "P", 9.5, 13, fontName=BOLD)
LEAD_RIGHT = _style("lead-right", "P", 9.5, 13, fontName=BOLD, alignment=TA_RIGHT)
CELL_RIGHT = _style("cell-right", "P", 8.5, 11.5, alignment=TA_RIGHT)
CELL_SMALL = _style("cell-small", "P", 7.5, 10, textColor=QUIET)
CELL_SMALL_BOLD = _style("cell-small-bold", "P", 7.5, 10, fontName=BOLD, textColor=QUIET)
CODE = _style("code", "P", 7, 10.5)
HEAD = _style("head", "P", 8, 10.5, fontName=BOLD, textColor=ACCENT)
HEAD_RIGHT = _style("head-right", "P", 8, 10.5, fontName=BOLD, textColor=ACCENT, alignment=TA_RIGHT)
HEAD_SMALL = _style("head-small", "P", 7, 9, fontName=BOLD, textColor=ACCENT, alignment=TA_CENTER)
HEAD_TIGHT = _style("head-tight", "P", 7, 9, fontName=BOLD, textColor=ACCENT, alignment=TA_RIGHT)
MARK_CELL = _style("mark", "P", 7, 9, alignment=TA_CENTER)
BULLET = _style("bullet", "LI", 9.5, 13.5, leftIndent=11, bulletIndent=1, spaceAfter=2)
