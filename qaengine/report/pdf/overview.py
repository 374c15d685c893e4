"""The overview: every standard of an audit in one table, by theme, with a dot on a line for each."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String

from qaengine.report import sentences, wording
from qaengine.report.overview import OverviewLine, OverviewView, overview_note, overview_sentence
from qaengine.report.parts import Interval
from qaengine.report.pdf import page, sections, style
from qaengine.report.pdf.blocks import Block, Cell, Column, Grid, Picture, table, text
from qaengine.report.pdf.sections import Story
from qaengine.report.pdf.text import REGULAR, clip, markup

_WIDE, _HIGH = 124.0, 9.0  # of a line with its dot, in points
_DOT = 3.6  # half the width of a dot


def render_overview(view: OverviewView) -> bytes:
    """The whole report as PDF bytes, the same for the same view."""
    story = sections.opening("OVERVIEW OF THE DIP SAMPLES", "Every standard at one look", view.scope, _said(view))
    story += sections.alert(view.concerns)
    story += [_table(view), text(overview_note(view), style.SMALL), *_how(view), text(wording.TESTED, style.SMALL)]
    return page.build("Overview of the dip samples", view.scope, story)


def _said(view: OverviewView) -> str:
    return clip(overview_sentence(view), 620)


def _how(view: OverviewView) -> Story:
    chosen = view.selection
    seed = f" Seed {chosen.seed}." if chosen.seed else ""
    hashed = f" Frame hash {chosen.frame_hash[:12]}…" if chosen.frame_hash else ""
    return [text(f"{chosen.method} {sentences.frame_line(chosen)}{seed}{hashed}", style.SMALL)]


def _table(view: OverviewView) -> Grid:
    """One table, so that its head is repeated; each theme is a row of its own, tinted."""
    rows: list[Sequence[Cell]] = []
    looks: list[tuple[object, ...]] = [
        ("TOPPADDING", (0, 1), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 1), (-1, -1), 2),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (1, 0), (-1, -1), 3),
        ("RIGHTPADDING", (1, 0), (-1, -1), 3),
    ]
    for theme, lines in view.themes.items():
        at = len(rows) + 1
        looks += [
            ("SPAN", (0, at), (-1, at)),
            ("BACKGROUND", (0, at), (-1, at), style.PALE),
            ("NOSPLIT", (0, at), (0, at + 1)),  # a theme's name never stands alone at the foot of a page
        ]
        rows.append([text(wording.capital(theme), style.CELL_BOLD), *[""] * 6])
        rows += [_row(line) for line in lines]
    columns = [
        Column("standard", 2.75),
        Column("0% · share that meets it · 100%", 2.6, head=style.HEAD_SMALL),
        Column("met, of decided", 1.0, style.CELL_RIGHT, style.HEAD_TIGHT),
        Column("interval", 1.3, style.CELL_RIGHT, style.HEAD_TIGHT),
        Column("not enough recorded", 1.05, style.CELL_RIGHT, style.HEAD_TIGHT),
        Column("not yet due", 0.7, style.CELL_RIGHT, style.HEAD_TIGHT),
        Column("does not apply", 0.8, style.CELL_RIGHT, style.HEAD_TIGHT),
    ]
    return table(columns, rows, looks)


def _row(line: OverviewLine) -> list[Cell]:
    counts, inner = line.counts, line.estimate.decided
    severe = f' <font color="{style.hex_of(style.ALERT)}">critical</font>' if line.severity == "critical" else ""
    decided = f"{counts.met:,} of {counts.decided:,}" if counts.decided else "none"
    return [
        Block(f"{markup(line.name)}{severe}", style.CELL),
        _bar(line),
        decided,
        wording.span(inner) if inner else wording.DASH,
        _count(counts.undecided),
        _count(counts.not_yet_due),
        _count(counts.not_applicable),
    ]


def _count(n: int) -> str:
    return f"{n:,}" if n else wording.DASH


def _bar(line: OverviewLine) -> Cell:
    """A pale line for where the share may lie, a dot at the share of those decided; nothing where nothing is known.

    A bar would look full where nobody meets the standard and few were decided.
    """
    bounds, counts = line.estimate.bounds, line.counts
    drawing = Drawing(_WIDE, _HIGH)
    drawing.add(Line(0, _HIGH / 2, _WIDE, _HIGH / 2, strokeColor=style.RULE, strokeWidth=0.6))
    for mark in (0, _WIDE / 2, _WIDE):
        drawing.add(Line(mark, 1, mark, _HIGH - 1, strokeColor=style.RULE, strokeWidth=0.6))
    if bounds is None:
        label = {"fontName": REGULAR, "fontSize": 7, "fillColor": style.QUIET, "textAnchor": "middle"}
        applies = "nobody it applies to" if counts.total == counts.not_applicable else "nothing to estimate from"
        drawing.add(Rect(_WIDE * 0.14, 0, _WIDE * 0.72, _HIGH, fillColor=style.WHITE, strokeColor=None))
        drawing.add(String(_WIDE / 2, 1.5, applies, **label))
        return Picture(drawing, f"{line.name}: {applies}.")
    _span(drawing, bounds)
    if counts.decided:
        _dot(drawing, counts.met / counts.decided, counts.decided < wording.FEW)
    said = f"{counts.met:,} of {counts.decided:,} decided; " if counts.decided else ""
    return Picture(drawing, f"{line.name}: {said}however the rest turn out {wording.span(bounds)}.")


def _span(drawing: Drawing, found: Interval) -> None:
    low, high = found.low * _WIDE, found.high * _WIDE
    pale = {"strokeColor": style.LINE_PALE, "strokeWidth": 3.2}
    drawing.add(Line(low, _HIGH / 2, max(high, low + 1.5), _HIGH / 2, **pale))


def _dot(drawing: Drawing, share: float, few: bool) -> None:
    """At the ends it stays inside the picture."""
    x = min(max(share * _WIDE, _DOT), _WIDE - _DOT)
    fill = style.WHITE if few else style.ACCENT
    drawing.add(Circle(x, _HIGH / 2, _DOT - 0.6, fillColor=fill, strokeColor=style.ACCENT, strokeWidth=1.2))
