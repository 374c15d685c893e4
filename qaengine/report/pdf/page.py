"""The page itself: A4, a running head with title and marking, a foot with page x of y, and the document's own data."""

from functools import partial
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus.flowables import Flowable

from qaengine.report import wording
from qaengine.report.pdf.semantics import artifact
from qaengine.report.pdf.style import (
    ACCENT,
    BOTTOM,
    HEIGHT,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    RULE,
    WIDTH,
)
from qaengine.report.pdf.text import BOLD, REGULAR, clean, fit, register_fonts, width
from qaengine.report.views import Scope

# Two runs over the same view give the same bytes: no clock, no random file id.
rl_config.invariant = 1

_TOTAL = "total-pages"
_SIZE = 8


class ReportCanvas(Canvas):  # type: ignore[misc]
    """A canvas that knows how many pages it came to: each foot shows a form that is drawn when the last page is."""

    def save(self) -> None:
        self.beginForm(_TOTAL)
        self.setFont(REGULAR, _SIZE)
        self.setFillColor(QUIET)
        self.drawString(0, 0, str(self._pageNumber - 1))
        self.endForm()
        super().save()


def _head(canvas: Any, title: str, marking: str) -> None:
    y = PAGE_HEIGHT - MARGIN + 8
    canvas.setFillColor(ACCENT)
    canvas.setFont(BOLD, _SIZE)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, y, marking)
    canvas.setFillColor(QUIET)
    canvas.setFont(REGULAR, _SIZE)
    canvas.drawString(MARGIN, y, fit(title, REGULAR, _SIZE, WIDTH - width(marking, BOLD, _SIZE) - 16))
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, y - 6, PAGE_WIDTH - MARGIN, y - 6)


def _foot(canvas: Any, scope: Scope, marking: str) -> None:
    y = BOTTOM - 20
    page = f"Page {canvas.getPageNumber()} of "
    canvas.setFillColor(QUIET)
    canvas.setFont(REGULAR, _SIZE)
    canvas.drawString(MARGIN, y, page)
    canvas.saveState()
    canvas.translate(MARGIN + width(page, REGULAR, _SIZE), y)
    canvas.doForm(_TOTAL)
    canvas.restoreState()
    canvas.drawRightString(PAGE_WIDTH - MARGIN, y, f"As at {wording.long_date(scope.as_at)}")
    canvas.setFillColor(ACCENT)
    canvas.setFont(BOLD, _SIZE)
    canvas.drawCentredString(PAGE_WIDTH / 2, y, marking)


def _furnish(title: str, scope: Scope, canvas: Any, _document: object) -> None:
    marking = fit(scope.marking, BOLD, _SIZE, WIDTH / 3)
    canvas.saveState()
    with artifact(canvas):
        _head(canvas, f"{title} · {clean(scope.service)}", marking)
        _foot(canvas, scope, marking)
    canvas.restoreState()


def build(title: str, scope: Scope, story: list[Flowable]) -> bytes:
    """The finished PDF: deterministic bytes, with title, author, subject and language set."""
    register_fonts()
    out = BytesIO()
    plain_title = clean(title)
    document = BaseDocTemplate(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=plain_title,
        author=clean(scope.service),
        subject=f"As at {wording.long_date(scope.as_at)}",
        creator="qaengine",
        lang="en-GB",
        invariant=1,
        initialFontName=REGULAR,
        displayDocTitle=True,
    )
    frame = Frame(MARGIN, BOTTOM, WIDTH, HEIGHT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template = PageTemplate(frames=[frame], onPage=partial(_furnish, plain_title, scope))
    document.addPageTemplates([template])
    document.build(story, canvasmaker=ReportCanvas)
    return out.getvalue()
