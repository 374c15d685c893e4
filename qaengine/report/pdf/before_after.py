"""The picture of the re-audits: lines from the first grade to the second, and bars for what is overdue."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String

from qaengine.report import sentences, wording
from qaengine.report.pdf import style
from qaengine.report.pdf.blocks import Picture
from qaengine.report.pdf.text import BOLD, REGULAR, fit
from qaengine.report.views import Grade, ReAudit

_LINES = style.WIDTH * 0.64
_BARS = style.WIDTH * 0.33
_HEIGHT = 150.0
_MOST_BARS = 7
_SIZE = 8

Step = tuple[Grade, Grade]


def steps(lines: Sequence[ReAudit]) -> dict[Step, list[str]]:
    """The children who made each step from a first grade to a second, best second grade first."""
    made: defaultdict[Step, list[str]] = defaultdict(list)
    for line in lines:
        if line.second_grade:
            made[line.first_grade, line.second_grade].append(line.child)
    return dict(sorted(made.items(), key=lambda item: (-item[0][1].rank, -item[0][0].rank)))


def _level(grade: Grade) -> float:
    return _HEIGHT - 34 - list(Grade).index(grade) * 32


def _look(step: Step) -> tuple[str, object, list[int] | None]:
    """Sign, colour and dashes of a step: better, the same, lower."""
    first, second = step
    if second.rank > first.rank:
        return "▲", style.GRADE_COLOURS[Grade.GOOD], None
    if second is first:
        return "■", style.QUIET, [5, 2]
    return "▼", style.ALERT, [2, 2]


def _write(drawing: Drawing, x: float, y: float, words: str, bold: bool = False, ink: object = style.INK) -> None:
    drawing.add(String(x, y, words, fontName=BOLD if bold else REGULAR, fontSize=_SIZE, fillColor=ink))


def _ladder(drawing: Drawing, left: float, right: float) -> None:
    _write(drawing, left - 12, _HEIGHT - 10, "first audit", bold=True, ink=style.ACCENT)
    _write(drawing, right - 14, _HEIGHT - 10, "re-audit", bold=True, ink=style.ACCENT)
    for grade in Grade:
        y = _level(grade)
        drawing.add(Line(left, y, right, y, strokeColor=style.RULE, strokeWidth=0.6))
        label = {"fontName": REGULAR, "fontSize": _SIZE, "fillColor": style.INK, "textAnchor": "end"}
        drawing.add(String(left - 8, y - 2.5, grade.words, **label))


def _labels(drawing: Drawing, made: dict[Step, list[str]], x: float) -> None:
    """Beside each second grade, who came there: references where they fit, else how many."""
    at_level: defaultdict[Grade, int] = defaultdict(int)
    ending = {grade: sum(step[1] is grade for step in made) for grade in Grade}
    for step, children in made.items():
        sign, ink, _ = _look(step)
        place = at_level[step[1]]
        at_level[step[1]] += 1
        y = _level(step[1]) + (ending[step[1]] - 1) * 5 - place * 10 - 2.5
        full = f"{sign} {', '.join(children)}"
        room = _LINES - x
        short = fit(full, REGULAR, _SIZE, room)
        many = f"{sign} {wording.counted(len(children), 'child', 'children')}"
        _write(drawing, x, y, short if short == full else fit(many, REGULAR, _SIZE, room), ink=ink)


def _before_after(drawing: Drawing, made: dict[Step, list[str]]) -> None:
    left, right = 92.0, 178.0
    _ladder(drawing, left, right)
    for step, children in made.items():
        _, ink, dashes = _look(step)
        y1, y2 = _level(step[0]), _level(step[1])
        wide = min(1.4 + 0.5 * (len(children) - 1), 5)
        drawing.add(Line(left, y1, right, y2, strokeColor=ink, strokeWidth=wide, strokeDashArray=dashes))
        for x, y in ((left, y1), (right, y2)):
            drawing.add(Circle(x, y, 3.2, fillColor=ink, strokeColor=style.WHITE, strokeWidth=0.8))
    _labels(drawing, made, right + 9)


def _bars(drawing: Drawing, late: Sequence[tuple[str, int]]) -> None:
    x0 = style.WIDTH - _BARS
    _write(drawing, x0, _HEIGHT - 10, "overdue", bold=True, ink=style.ACCENT)
    if not late:
        _write(drawing, x0, _HEIGHT - 30, "none")
        return
    name, days = 62.0, 38.0
    longest = max(count for _, count in late)
    y = _HEIGHT - 31
    for child, count in late[:_MOST_BARS]:
        wide = max((_BARS - name - days) * count / longest, 1.5)
        _write(drawing, x0, y, fit(child, REGULAR, _SIZE, name - 5))
        drawing.add(Rect(x0 + name, y - 2, wide, 10, fillColor=style.ALERT, strokeColor=None))
        _write(drawing, x0 + name + wide + 4, y, wording.counted(count, "day", "days"))
        y -= 15
    if len(late) > _MOST_BARS:
        _write(drawing, x0, y, f"and {len(late) - _MOST_BARS:,} more", ink=style.QUIET)


def before_after_picture(lines: Sequence[ReAudit], as_at: date) -> Picture:
    """Grades before and after at the left, days overdue at the right."""
    made = steps(lines)
    late = sorted(
        ((line.child, line.days_overdue(as_at)) for line in lines if line.days_overdue(as_at)),
        key=lambda item: (-item[1], item[0]),
    )
    drawing = Drawing(style.WIDTH, _HEIGHT)
    if made:
        _before_after(drawing, made)
    else:
        _write(drawing, 0, _HEIGHT - 10, "first audit and re-audit", bold=True, ink=style.ACCENT)
        _write(drawing, 0, _HEIGHT - 30, "No re-audit has a confirmed grade yet.")
    _bars(drawing, late)
    return Picture(drawing, sentences.before_after_words(made, late))
