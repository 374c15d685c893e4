"""The lists of a team's findings report: the whole picture, late but done, not recorded, to be read, falling due."""

from collections.abc import Sequence

from qaengine.report import wording
from qaengine.report.manager_view import DueLine, FallsDue, GapLine, ManagerView, ReadLine
from qaengine.report.parts import Counts
from qaengine.report.pdf import style
from qaengine.report.pdf.blocks import Cell, Column, heading, number, subheading, table, text
from qaengine.report.pdf.matrix import FEW_CHILDREN, by_standard, key, shown, whole_matrix
from qaengine.report.pdf.sections import TIGHT, Story

_DUE_ROWS = 18  # of three lines each: a page
_NAMED = 6  # children or standards that are named in a cell; more are counted


def picture(view: ManagerView) -> Story:
    """Every child against every standard: of few children a line a standard, of many a line a child."""
    if not view.standards or not view.audits:
        return []
    story: Story = heading("Every child, every standard")
    if len(view.audits) <= FEW_CHILDREN:
        return [*story, key(), by_standard(view)]
    counted = [Column(label, 1.02, style.CELL_RIGHT, style.HEAD_TIGHT) for label in wording.RESULTS.values()]
    columns = [Column("standard", 3.4), Column("severity", 0.9), *counted]
    rows: list[Sequence[Cell]] = []
    for standard in view.standards:
        results = [shown(line) for audit in view.audits for line in audit.results if line.standard == standard.id]
        counts = Counts.from_results(results)
        rows.append([standard.title, standard.severity, *(f"{counts.of(result):,}" for result in wording.RESULTS)])
    return [*story, *whole_matrix(view), *subheading("The same in numbers of children"), table(columns, rows)]


def late_but_done(view: ManagerView) -> Story:
    """Apart from what is still open: it needs learning, not a remedy."""
    titles = {standard.id: standard.short or standard.title for standard in view.standards}
    rows: list[Sequence[Cell]] = [
        [audit.child, titles.get(line.standard, line.standard), [text(line.found, style.CELL)]]
        for audit in view.audits
        for line in audit.findings
        if line.late
    ]
    if not rows:
        return []
    columns = [Column("child", 0.9, style.CELL_BOLD), Column("standard", 1.5), Column("found", 5.6)]
    note = text("Done, but after the day: for learning, not for a remedy.", style.SMALL)
    return [*heading("Late, but done"), note, table(columns, rows)]


def gaps(lines: Sequence[GapLine]) -> Story:
    """What is not recorded, each thing once."""
    if not lines:
        return []
    columns = [
        Column("not recorded", 3.2),
        Column("children", 1.5, style.CELL_BOLD),
        Column("so not decided", 1.9),
        Column("who, by", 1.3),
    ]
    rows = [
        [line.missing, _few(line.children, "children"), _few(line.standards, "standards"), _by(line)] for line in lines
    ]
    return [*heading("Not enough recorded"), table(columns, rows)]


def _few(names: Sequence[str], what: str) -> str:
    return ", ".join(names) if len(names) <= _NAMED else f"{len(names):,} {what}"


def _by(line: GapLine) -> str:
    return f"{line.owner}, {wording.short_date(line.due)}" if line.due else line.owner


def reading(lines: Sequence[ReadLine]) -> Story:
    """What waits for a person to read, in numbers."""
    if not lines:
        return []
    columns = [
        Column("standard", 2.4),
        number("questions", 1),
        number("flagged for reading", 1.2),
        Column("children", 3.4),
    ]
    rows = [[line.standard, _n(line.questions), _n(line.flagged), _few(line.children, "children")] for line in lines]
    note = text("The questions, and what was flagged, stand in full on the answer form.", style.SMALL)
    return [*heading("For a person to read"), note, table(columns, rows, TIGHT)]


def _n(count: int) -> str:
    return f"{count:,}" if count else wording.DASH


def falls_due(found: FallsDue | None) -> Story:
    """What falls due next, soonest first: at most a page of it, and the rest counted."""
    if found is None:
        return []
    story: Story = heading("Falls due next")
    until = wording.long_date(found.until)
    if not found.lines:
        return [*story, text(f"Nothing that the record decides falls due by {until} for the children looked at here.")]
    said = f"Of the children looked at here, by {until}. What is met falls due again; what is overdue is an action."
    story.append(text(said, style.SMALL))
    columns = [
        Column("due", 1),
        Column("child", 1, style.CELL_BOLD),
        Column("standard", 1.4),
        Column("what", 3.6),
        Column("who", 1.3),
    ]
    rows: list[Sequence[Cell]] = [
        [wording.short_date(line.due), line.child, line.standard, _what(line), line.owner]
        for line in found.lines[:_DUE_ROWS]
    ]
    story.append(table(columns, rows))
    if (more := len(found.lines) - _DUE_ROWS) > 0:
        story.append(text(f"And {more:,} more by then: qaengine due lists them all.", style.SMALL))
    return story


def _what(line: DueLine) -> Cell:
    if not line.record:
        return line.what
    return [text(line.what, style.CELL), text(wording.capital(line.record), style.CELL_SMALL)]
