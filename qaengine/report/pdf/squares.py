"""The picture of a dip sample: a square for each drawn child above one bar for all of them, with the target marked."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing, Line, Polygon, Rect, String

from qaengine.report import sentences, wording
from qaengine.report.pdf import style
from qaengine.report.pdf.blocks import Picture
from qaengine.report.pdf.text import BOLD, REGULAR, fit, width
from qaengine.report.views import DipSampleView, Estimate, Interval, SampledChild, Target

_MOST_SQUARES = 300  # beyond this, one bar in parts says more than squares do
_BAR = 15.0
_LABEL = 7.5


def _grid(n: int) -> tuple[int, float, float]:
    """How many squares stand in a row, and the size of each; small ones carry no reference."""
    if n <= 30:
        return 10, 46.0, 32.0
    if n <= 60:
        return 15, 30.0, 24.0
    if n <= 120:
        return 30, 14.0, 14.0
    return 40, 10.4, 10.4


def _ordered(children: Sequence[SampledChild]) -> list[SampledChild]:
    """Like results together, in the order of the table; within a result, in the order of the draw."""
    order = list(wording.RESULTS)
    return sorted(children, key=lambda child: order.index(child.as_recorded))


def _square(drawing: Drawing, child: SampledChild, x: float, y: float, size: tuple[float, float]) -> None:
    wide, high = size
    mark = style.MARKS[child.as_recorded]
    drawing.add(Rect(x, y, wide, high, rx=2, ry=2, fillColor=mark.pale, strokeColor=mark.strong, strokeWidth=0.9))
    labelled = wide >= 30
    sign_size = 12 if labelled else wide * 0.65
    base = y + high - sign_size - 0.5 if labelled else y + high * 0.29
    sign = {"fontName": BOLD, "fontSize": sign_size, "fillColor": mark.strong, "textAnchor": "middle"}
    drawing.add(String(x + wide / 2, base, mark.sign, **sign))
    if labelled:
        size_of_label = 7.5 if wide > 40 else 6
        label = fit(child.child, REGULAR, size_of_label, wide - 3)
        ink = {"fontName": REGULAR, "fontSize": size_of_label, "fillColor": style.INK, "textAnchor": "middle"}
        drawing.add(String(x + wide / 2, y + 4.5, label, **ink))


def squares(children: Sequence[SampledChild]) -> Drawing:
    """One square for each child, signed and tinted by result, like results together."""
    per_row, wide, high = _grid(len(children))
    across = (style.WIDTH - per_row * wide) / (per_row - 1)
    rows = -(-len(children) // per_row)
    drawing = Drawing(style.WIDTH, rows * (high + 3))
    for index, child in enumerate(_ordered(children)):
        row, column = divmod(index, per_row)
        y = drawing.height - (row + 1) * (high + 3) + 3
        _square(drawing, child, column * (wide + across), y, (wide, high))
    return drawing


def parts_bar(view: DipSampleView) -> Drawing:
    """Too many for squares: one bar whose parts are the results, each with its sign and number where there is room."""
    drawing = Drawing(style.WIDTH, 30)
    x, total = 0.0, view.counts.total
    for result in wording.RESULTS:
        n = view.counts.of(result)
        if not n:
            continue
        mark, wide = style.MARKS[result], style.WIDTH * n / total
        drawing.add(Rect(x, 0, wide, 28, fillColor=mark.pale, strokeColor=mark.strong, strokeWidth=0.9))
        label = f"{mark.sign} {n:,}"
        if width(label, BOLD, 10) < wide - 4:
            ink = {"fontName": BOLD, "fontSize": 10, "fillColor": mark.strong, "textAnchor": "middle"}
            drawing.add(String(x + wide / 2, 10, label, **ink))
        x += wide
    return drawing


def _say(drawing: Drawing, x: float, y: float, words: str, bold: bool = False, ink: object = style.INK) -> None:
    """A label centred on `x`, kept inside the drawing."""
    font = BOLD if bold else REGULAR
    line = fit(words, font, _LABEL, drawing.width)
    half = width(line, font, _LABEL) / 2
    middle = min(max(x, half), drawing.width - half)
    drawing.add(String(middle, y, line, fontName=font, fontSize=_LABEL, fillColor=ink, textAnchor="middle"))


def _bar(drawing: Drawing, interval: Interval, y: float, high: float, dark: bool) -> None:
    x = interval.low * style.WIDTH
    wide = max((interval.high - interval.low) * style.WIDTH, 1.5)
    fill = style.ACCENT if dark else style.PALE
    drawing.add(Rect(x, y, wide, high, fillColor=fill, strokeColor=style.ACCENT, strokeWidth=1))


def _axis(drawing: Drawing, y: float) -> None:
    drawing.add(Line(0, y, style.WIDTH, y, strokeColor=style.QUIET, strokeWidth=0.8))
    for percent in (0, 25, 50, 75, 100):
        x = percent / 100 * style.WIDTH
        drawing.add(Line(x, y, x, y - 3, strokeColor=style.QUIET, strokeWidth=0.8))
        _say(drawing, x, y - 11, f"{percent}%", ink=style.QUIET)


def _target(drawing: Drawing, target: Target, low: float, high: float) -> None:
    x = min(max(target.share * style.WIDTH, 1), style.WIDTH - 1)
    line = {"strokeColor": style.ALERT, "strokeWidth": 1.6, "strokeDashArray": [3, 2]}
    drawing.add(Line(x, low, x, high, **line))
    drawing.add(Polygon([x - 4, high, x + 4, high, x, high - 6], fillColor=style.ALERT, strokeColor=None))
    _say(drawing, x, high + 3, sentences.target(target), bold=True, ink=style.ALERT)


def _point(drawing: Drawing, share: float, y: float) -> None:
    x = share * style.WIDTH
    corners = [x - 6, y, x, y + 6, x + 6, y, x, y - 6]
    drawing.add(Polygon(corners, fillColor=style.WHITE, strokeColor=style.ACCENT, strokeWidth=1.4))


def _ends(drawing: Drawing, interval: Interval, y: float) -> None:
    low, high = interval.low * style.WIDTH, interval.high * style.WIDTH
    if high - low < 34:
        _say(drawing, (low + high) / 2, y, wording.span(interval), bold=True)
        return
    _say(drawing, low, y, wording.percent(interval.low), bold=True)
    _say(drawing, high, y, wording.percent(interval.high), bold=True)


def interval_bar(estimate: Estimate, share: float | None, target: Target | None) -> Drawing | None:
    """One bar from nought to a hundred: pale for every way the undecided may turn out, dark for the decided alone,
    a diamond at the share met. None where there is nothing to estimate from.
    """
    bounds = estimate.bounds
    if bounds is None:
        return None
    drawing = Drawing(style.WIDTH, 70)
    middle = 40.0
    _axis(drawing, 16)
    _bar(drawing, bounds, middle - _BAR / 2, _BAR, dark=False)
    inner = estimate.decided
    if inner is not None and inner != bounds and inner.low < inner.high:
        _bar(drawing, inner, middle - _BAR / 4, _BAR / 2, dark=True)
    if share is not None:
        _point(drawing, share, middle)
    _ends(drawing, bounds, 22)
    if target is not None:
        _target(drawing, target, 16, 59)
    return drawing


def dip_sample_pictures(view: DipSampleView) -> list[Picture]:
    """The squares and the bar, each with its words."""
    if not view.children:
        return []
    counts = view.counts
    said = wording.joined(
        f"{counts.of(result):,} {label}" for result, label in wording.RESULTS.items() if counts.of(result)
    )
    few = len(view.children) <= _MOST_SQUARES
    pictures = [Picture(squares(view.children) if few else parts_bar(view), f"Drawn children: {said}.")]
    share = counts.met / counts.decided if counts.decided >= wording.FEW else None
    bar = interval_bar(view.estimate, share, view.target)
    if bar is not None:
        pictures.append(Picture(bar, sentences.bar_caption(view)))
    return pictures
