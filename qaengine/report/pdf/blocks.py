"""The building blocks of every page: headings, paragraphs, lists, tables and pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Paragraph, Spacer, Table
from reportlab.platypus.flowables import Flowable

from qaengine.report.pdf import style
from qaengine.report.pdf.semantics import artifact, block
from qaengine.report.pdf.text import REGULAR, clean, markup

Cell: TypeAlias = str | Flowable | list[Flowable]
_ROOM_BELOW_HEADING = 110  # points: enough for a table's head and a first row


class Block(Paragraph):  # type: ignore[misc]
    """A paragraph that marks itself on the page by its style's role; a heading also enters the outline."""

    def draw(self) -> None:
        role: str = self.style.role
        if role in ("H1", "H2"):
            self._bookmark(0 if role == "H1" else 1)
        with block(self.canv, role):
            super().draw()

    def _bookmark(self, level: int) -> None:
        count = getattr(self.canv, "heading_count", 0) + 1
        self.canv.heading_count = count
        key = f"heading-{count}"
        self.canv.bookmarkHorizontal(key, 0, self.height + 4)
        self.canv.addOutlineEntry(self.getPlainText(), key, level)


class Takeaway(Block):
    """The sentence to take away: large, on a pale ground with a bar at its left."""

    ground, bar = style.PALE, style.ACCENT

    def draw(self) -> None:
        with artifact(self.canv):
            self.canv.setFillColor(self.ground)
            self.canv.rect(0, -9, self.width, self.height + 16, stroke=0, fill=1)
            self.canv.setFillColor(self.bar)
            self.canv.rect(0, -9, 4, self.height + 16, stroke=0, fill=1)
        super().draw()


class Alert(Takeaway):
    """What cannot wait, on the ground of what is urgent."""

    ground, bar = style.ALERT_PALE, style.ALERT


class Grid(Table):  # type: ignore[misc]
    """A table whose rules and tints are artifacts."""

    def _drawLines(self) -> None:  # noqa: N802  (ReportLab's name)
        with artifact(self.canv):
            super()._drawLines()

    def _drawBkgrnd(self) -> None:  # noqa: N802
        with artifact(self.canv):
            super()._drawBkgrnd()


class Picture(Flowable):  # type: ignore[misc]
    """A drawing with the words that stand for it where it cannot be seen."""

    def __init__(self, drawing: Drawing, alternative: str) -> None:
        super().__init__()
        drawing.initialFontName = REGULAR  # else each drawing names a font that is not embedded
        self.drawing = drawing
        self.alternative = clean(alternative)
        self.width, self.height = drawing.width, drawing.height

    def wrap(self, *_available: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        with block(self.canv, "Figure"):
            self.drawing.drawOn(self.canv, 0, 0)


def text(words: str, how: ParagraphStyle = style.BODY) -> Block:
    """A paragraph of plain text."""
    return Block(markup(words), how)


def labelled(label: str, words: str, how: ParagraphStyle = style.BODY) -> Block:
    """A paragraph that opens with a bold label."""
    return Block(f"<b>{markup(label)}</b> {markup(words)}", how)


def heading(words: str) -> list[Flowable]:
    """A section heading that never stands alone at the foot of a page."""
    return [CondPageBreak(_ROOM_BELOW_HEADING), text(words, style.H2)]


def subheading(words: str) -> list[Flowable]:
    return [CondPageBreak(_ROOM_BELOW_HEADING - 30), text(words, style.H3)]


def bullets(lines: Iterable[str]) -> list[Flowable]:
    return [Block(markup(line), style.BULLET, bulletText="•") for line in lines]


def gap(points: float) -> Spacer:
    return Spacer(1, points)


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its heading, its share of the width, and how its cells are set."""

    title: str
    share: float
    how: ParagraphStyle = style.CELL
    head: ParagraphStyle = style.HEAD


def number(title: str, share: float) -> Column:
    """A column of figures."""
    return Column(title, share, style.CELL_RIGHT, style.HEAD_RIGHT)


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], extra: Sequence[Any] = (), across: float = 1.0
) -> Grid:
    """A table with horizontal rules only. Its head is repeated on each page; a cell longer than a page is split.
    Texts are plain and set in their column's style; `extra` are ReportLab style commands;
    `across` is the part of the page's width that it takes.
    """
    total = sum(column.share for column in columns)
    data: list[list[Cell]] = [[text(column.title, column.head) for column in columns]]
    for row in rows:
        cells = zip(row, columns, strict=True)
        data.append([text(cell, column.how) if isinstance(cell, str) else cell for cell, column in cells])
    commands = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),  # else an empty cell names a font that is not embedded
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), style.PALE),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, style.ACCENT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, style.RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        *extra,
    ]
    widths = [style.WIDTH * across * column.share / total for column in columns]
    grid = Grid(data, colWidths=widths, repeatRows=1, splitInRow=1, style=commands, hAlign="LEFT")
    grid.spaceAfter = 6
    return grid
