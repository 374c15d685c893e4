"""The findings report for one team: few children, many standards, and what the manager does next."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from reportlab.platypus import PageBreak
from reportlab.platypus.flowables import Flowable

from qaengine.report import sentences, wording
from qaengine.report.pdf import page, sections, style
from qaengine.report.pdf.blocks import (
    Block,
    Cell,
    Column,
    bullets,
    gap,
    heading,
    subheading,
    table,
    text,
)
from qaengine.report.pdf.matrix import key, matrix, most_telling, shown, whole_matrix
from qaengine.report.pdf.sections import Story
from qaengine.report.pdf.text import clip, markup
from qaengine.report.views import ActionLine, Answer, AuditedChild, Counts, DueLine, FallsDue, FindingLine, ManagerView

_DUE_ROWS = 18  # of three lines each: a page
_PAGE_ONE_ACTIONS = 6  # more than six on a page is a list, not a plan
_PAGE_ONE_SIZES = ((160, 12), (110, 9), (80, 6), (50, 4))  # characters in a text, children in the picture


def render_manager(view: ManagerView) -> bytes:
    """The whole report as PDF bytes, the same for the same view."""
    story = [
        *sections.first_that_fits(partial(_page_one, view, cut, children) for cut, children in _PAGE_ONE_SIZES),
        PageBreak(),
        *sections.strengths(view.strengths),
        *sections.concerns(view.concerns),
        *_all_actions(view),
        *_falls_due(view.falls_due),
        *_standards(view),
        *_each_child(view),
        *_late_but_done(view),
        *sections.selection(view.selection),
        *sections.annex(view.annex, view),
    ]
    return page.build(f"Findings: {view.team}", view.scope, story)


def _page_one(view: ManagerView, cut: int, children: int) -> Story:
    """Sentence, actions, picture, steps; no text longer than `cut` characters, at most `children` in the picture."""
    said = clip(sentences.manager_sentence(view), cut * 4)
    story = sections.opening("FINDINGS FOR ONE TEAM", clip(view.team, cut), view.scope, said)
    story += sections.alert(view.concerns)
    if view.actions:
        story.append(_actions(view.actions[:_PAGE_ONE_ACTIONS], cut))
    more = len(view.actions) - _PAGE_ONE_ACTIONS
    if more > 0:
        story.append(text(f"And {more:,} more, under “All actions”.", style.SMALL))
    if view.audits and view.standards:
        standards, audits = most_telling(view, children)
        story += [gap(6), matrix(standards, audits), key()]
        left_out = sentences.left_out(view, len(standards), len(audits))
        story += [text(left_out, style.SMALL)] if left_out else []
        story.append(gap(6))
    story += bullets([clip(step, cut * 2) for step in sentences.manager_steps(view)])
    return [*story, text(wording.TESTED, style.SMALL)]


def _actions(lines: Sequence[ActionLine], cut: int | None = None) -> Cell:
    """The actions in order; with a cut, as page one shows them: larger, shorter, the urgent ones on a tint."""
    cells, bold = (style.CELL, style.CELL_BOLD) if cut is None else (style.LEAD_CELL, style.LEAD_BOLD)
    columns = [
        Column("", 0.42, cells),
        Column("child", 1.3, bold),
        Column("found (record)", 2.6, cells),
        Column("needed", 2.3, cells),
        Column("who, by", 1.6, cells),
    ]
    tints = [
        ("BACKGROUND", (0, at), (-1, at), style.ALERT_PALE) for at, line in enumerate(lines, start=1) if line.urgent
    ]
    return table(columns, [_action_row(at, line, cut) for at, line in enumerate(lines, start=1)], tints)


def _action_row(at: int, line: ActionLine, cut: int | None) -> list[Cell]:
    cells = style.CELL if cut is None else style.LEAD_CELL
    most = cut or 10**9
    words = max(most, sections.URGENT_WORDS) if line.urgent else most
    shared = " (one action)" if len(line.children) > 1 else ""
    found: list[Flowable] = [text(clip(line.found, words), cells)]
    found += sections.evidence_block(line.evidence[: None if cut is None else 2], ())
    needed = sections.with_urgency(clip(line.needed, words), line.urgent, cells)
    when = wording.short_date(line.due) if line.due else "no date yet"
    names = clip(", ".join(line.children), most // 2) + shared
    return [f"{at}", names, found, needed, f"{clip(line.owner, most // 2)}, {when}"]


def _all_actions(view: ManagerView) -> Story:
    if not view.actions:
        return []
    return [*heading("All actions"), _actions(view.actions)]


def _falls_due(found: FallsDue | None) -> Story:
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


def _standards(view: ManagerView) -> Story:
    if not view.standards or not view.audits:
        return []
    story: Story = [*heading("Every child, every standard"), *whole_matrix(view)]
    counted = [Column(label, 1.02, style.CELL_RIGHT, style.HEAD_TIGHT) for label in wording.RESULTS.values()]
    columns = [Column("standard", 3.4), Column("severity", 0.9), *counted]
    rows: list[Sequence[Cell]] = []
    for standard in view.standards:
        results = [shown(line) for audit in view.audits for line in audit.results if line.standard == standard.id]
        counts = Counts.from_results(results)
        rows.append([standard.title, standard.severity, *(f"{counts.of(result):,}" for result in wording.RESULTS)])
    return [*story, *subheading("The same in numbers of children"), table(columns, rows)]


def _each_child(view: ManagerView) -> Story:
    story: Story = []
    for at, audit in enumerate(view.audits):
        story += heading("Each child") if at == 0 else []
        story += _child(audit, {standard.id: standard.title for standard in view.standards})
    return story


def _child(audit: AuditedChild, titles: dict[str, str]) -> Story:
    story: Story = [*subheading(audit.child), *_judgement(audit)]
    story += bullets(audit.strengths)
    open_findings = [line for line in audit.findings if not line.late]
    if open_findings:
        columns = [
            Column("standard", 2, style.CELL),
            Column("found, and where to look", 3),
            Column("needed", 2.2),
            Column("who, by", 1.4),
        ]
        rows = [_finding_row(line, titles) for line in open_findings]
        story.append(table(columns, rows))
    return story + _answers(audit.answers)


def _finding_row(line: FindingLine, titles: dict[str, str]) -> list[Cell]:
    name = [sections.result_cell(line.result), text(titles.get(line.standard, line.standard), style.CELL)]
    if line.check:
        name.append(text(line.check, style.CELL_SMALL))
    return [[*name], sections.found_cell(line), line.action or wording.DASH, sections.who_by(line)]


def _judgement(audit: AuditedChild) -> Story:
    """The grade and who confirmed it; the ceiling, its reasons and the rules that gave it; what follows."""
    auditor = f" by {audit.auditor}" if audit.auditor else ""
    parts = [
        ("Grade:", wording.grade(audit.confirmed, audit.ceiling)),
        ("Ceiling from the record:", wording.ceiling(audit.ceiling)),
        ("Impact on the child:", f"{audit.impact.rstrip('.')}." if audit.impact else ""),
        ("Re-audit due:", f"{wording.long_date(audit.re_audit_due)}." if audit.re_audit_due else ""),
    ]
    said = " ".join(f"<b>{markup(label)}</b> {markup(words)}" for label, words in parts if words)
    story: Story = [
        text(f"Looked at on {wording.long_date(audit.audited_on)}{auditor}.", style.SMALL),
        Block(said, style.BODY),
    ]
    if audit.ceiling.rules:
        story.append(text(f"Rules that fired: {', '.join(audit.ceiling.rules)}.", style.SMALL))
    return story


def _answers(answers: Sequence[Answer]) -> Story:
    if not answers:
        return []
    columns = [
        Column("question for a reader", 2.6),
        Column("answer", 3),
        Column("grade", 1.1),
        Column("answered by", 1.4),
    ]
    rows: list[Sequence[Cell]] = []
    for line in answers:
        note = f"Note: {line.why}" if line.why else ""
        said = ". ".join(part for part in (line.answer, note) if part) or "Not answered yet."
        graded = line.grade.words if line.grade else wording.DASH
        by = ", ".join(part for part in (line.answered_by, wording.short_date(line.answered_on)) if part)
        rows.append([line.question, said, graded, by if line.answered_by else wording.DASH])
    return [table(columns, rows)]


class _Late(NamedTuple):
    child: str
    line: FindingLine


def _late(view: ManagerView) -> Iterator[_Late]:
    for audit in view.audits:
        yield from (_Late(audit.child, line) for line in audit.findings if line.late)


def _late_but_done(view: ManagerView) -> Story:
    """Apart from what is still open: it needs learning, not a remedy."""
    lines = list(_late(view))
    if not lines:
        return []
    titles = {standard.id: standard.title for standard in view.standards}
    columns = [Column("child", 1.1, style.CELL_BOLD), Column("standard", 2.2), Column("found, and where to look", 4)]
    rows: list[Sequence[Cell]] = [
        [late.child, titles.get(late.line.standard, late.line.standard), sections.found_cell(late.line)]
        for late in lines
    ]
    return [*heading("Late, but done"), table(columns, rows)]
