"""The picture of a team's files: children down, standards across, in each cell a sign with its word."""

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from qaengine.model.result import Result, roll_up
from qaengine.report import wording
from qaengine.report.pdf import style
from qaengine.report.pdf.blocks import Block, Cell, Column, Grid, subheading, table, text
from qaengine.report.pdf.text import clip, markup
from qaengine.report.views import AuditedChild, ManagerView, ResultOf, StandardLine

FEW_CHILDREN = 6  # as many as have room beside the name of a standard
ACROSS = 7  # standards beside one another: more would leave no room for the words
_CONCERNING = (Result.NOT_MET, Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR)


def shown(line: ResultOf) -> Result:
    """What a cell shows: the record's result, or what a person's answer makes of it. Waiting for a reader changes
    nothing: it is a sign beside the result.
    """
    answered = line.as_read in (Result.MET, Result.NOT_MET)
    return roll_up((line.as_recorded, line.as_read)) if answered and line.as_read else line.as_recorded


def to_read(line: ResultOf) -> bool:
    """Whether a person has still to read, beside what the record shows."""
    return line.as_read is Result.REFER_TO_AUDITOR and line.as_recorded is not Result.REFER_TO_AUDITOR


def _weight(results: Sequence[Result]) -> tuple[int, ...]:
    """How much a row or column needs attention: not met first, then not enough recorded, then to read."""
    return tuple(-results.count(result) for result in _CONCERNING)


def results_of(audit: AuditedChild) -> dict[str, Result]:
    return {line.standard: shown(line) for line in audit.results}


def most_telling(view: ManagerView, children: int) -> tuple[list[StandardLine], list[AuditedChild]]:
    """The standards and children that page one has room for: those that need most attention, in their own order."""
    cells = [results_of(audit) for audit in view.audits]
    by_standard = {
        standard.id: _weight([row[standard.id] for row in cells if standard.id in row]) for standard in view.standards
    }
    chosen = sorted(view.standards, key=lambda standard: by_standard[standard.id])[:ACROSS]
    weights = {audit.child: _weight(list(row.values())) for audit, row in zip(view.audits, cells, strict=True)}
    kept = sorted(view.audits, key=lambda audit: weights[audit.child])[:children]
    return [line for line in view.standards if line in chosen], [audit for audit in view.audits if audit in kept]


def _cell(line: ResultOf | None) -> Block:
    if line is None:
        return text("", style.MARK_CELL)
    result = shown(line)
    mark = style.MARKS[result]
    word = markup(wording.SHORT_RESULTS[result])
    also = f"&nbsp;{style.MARKS[Result.REFER_TO_AUDITOR].sign}" if to_read(line) else ""
    words = f"<b>{markup(mark.sign)}</b>&nbsp;{word}{also}"
    return Block(f'<font color="{style.hex_of(mark.strong)}">{words}</font>', style.MARK_CELL)


def matrix(standards: Sequence[StandardLine], audits: Sequence[AuditedChild]) -> Grid:
    """One block of the matrix, of at most `ACROSS` standards."""
    columns = [Column("child", 1.15, style.CELL_BOLD)]
    graded = any(audit.confirmed for audit in audits)
    columns += [Column("grade", 1.1, style.CELL)] if graded else []
    first = len(columns)
    columns += [Column(clip(line.short or line.title, 42), 1, head=style.HEAD_SMALL) for line in standards]
    rows, tints = [], []
    for at, audit in enumerate(audits, start=1):
        lines = {line.standard: line for line in audit.results}
        grade = [audit.confirmed.grade.words if audit.confirmed else "none yet"] if graded else []
        rows.append([clip(audit.child, 24), *grade, *(_cell(lines.get(standard.id)) for standard in standards)])
        for across, standard in enumerate(standards, start=first):
            if standard.id in lines:
                pale = style.MARKS[shown(lines[standard.id])].pale
                tints.append(("BACKGROUND", (across, at), (across, at), pale))
    look = [
        ("INNERGRID", (1, 1), (-1, -1), 1.2, style.WHITE),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (1, 0), (-1, -1), 1.5),
        ("RIGHTPADDING", (1, 0), (-1, -1), 1.5),
    ]
    return table(columns, rows, [*tints, *look])


def by_standard(view: ManagerView) -> Grid:
    """The picture turned: standards down, by theme, and the children across."""
    rows: list[Sequence[Cell]] = []
    look: list[tuple[object, ...]] = [
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 1), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 1), (-1, -1), 2),
    ]
    cells = [{line.standard: line for line in audit.results} for audit in view.audits]
    for theme in sorted({standard.theme for standard in view.standards}):
        if theme:
            at = len(rows) + 1
            look += [("SPAN", (0, at), (-1, at)), ("BACKGROUND", (0, at), (-1, at), style.PALE)]
            look += [("NOSPLIT", (0, at), (0, at + 1))]  # a theme's name never stands alone at the foot of a page
            rows.append([text(wording.capital(theme), style.CELL_BOLD), *[""] * (len(cells) + 1)])
        for standard in view.standards:
            if standard.theme == theme:
                lines = [of_child.get(standard.id) for of_child in cells]
                look += _tints(lines, len(rows) + 1)
                rows.append([standard.short or standard.title, standard.severity, *map(_cell, lines)])
    columns = [Column("standard", 2.6), Column("severity", 0.9, style.CELL_SMALL)]
    columns += [Column(clip(audit.child, 24), 1.2, head=style.HEAD_SMALL) for audit in view.audits]
    return table(columns, rows, look, across=min(1.0, 0.5 + 0.17 * len(cells)))


def _tints(lines: Sequence[ResultOf | None], at: int) -> list[tuple[object, ...]]:
    return [
        ("BACKGROUND", (across, at), (across, at), style.MARKS[shown(line)].pale)
        for across, line in enumerate(lines, start=2)
        if line is not None
    ]


def key() -> Block:
    """What each sign means."""
    parts = [f"<b>{markup(style.MARKS[result].sign)}</b> {markup(said)}" for result, said in wording.MEANINGS.items()]
    parts.append("<b>●</b> after a result: a person has still to read")
    return Block("&nbsp;&nbsp; ".join(parts), style.SMALL)


def whole_matrix(view: ManagerView) -> list[Flowable]:
    """Every child against every standard, in as many blocks as the standards need."""
    blocks = [view.standards[at : at + ACROSS] for at in range(0, len(view.standards), ACROSS)]
    story: list[Flowable] = []
    for at, standards in enumerate(blocks):
        if len(blocks) > 1:
            last = at * ACROSS + len(standards)
            story += subheading(f"Standards {at * ACROSS + 1} to {last} of {len(view.standards)}")
        story.append(matrix(standards, view.audits))
    return [*story, key()]
