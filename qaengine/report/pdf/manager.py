"""The findings report for one team: few children, many standards, and what the manager does next."""

from collections.abc import Collection, Sequence
from functools import partial

from reportlab.platypus import PageBreak
from reportlab.platypus.flowables import Flowable

from qaengine.report import sentences, wording
from qaengine.report.pdf import each_child, lists, page, sections, style
from qaengine.report.pdf.blocks import (
    Cell,
    Column,
    bullets,
    gap,
    table,
    text,
)
from qaengine.report.pdf.matrix import key, matrix, most_telling
from qaengine.report.pdf.sections import Story
from qaengine.report.pdf.text import clip, in_clauses
from qaengine.report.views import ActionLine, ManagerView

_DUE_ROWS = 18  # of three lines each: a page
_OWNER = 60  # characters of an owner that are never cut
_PAGE_ONE_SIZES = ((160, 12, 6), (110, 9, 6), (80, 6, 6), (64, 6, 5), (50, 4, 5), (50, 4, 4), (50, 4, 3), (50, 3, 2))
"""What page one holds, the most first: characters in a text, children in the picture, and actions."""

_STEP = 240  # characters of a step that are never cut


def render_manager(view: ManagerView) -> bytes:
    """The whole report as PDF bytes, the same for the same view."""
    story = [
        *sections.first_that_fits(partial(_page_one, view, *size) for size in _PAGE_ONE_SIZES),
        PageBreak(),
        *sections.strengths(view.strengths),
        *sections.concerns(view.concerns, view.is_untold),
        *lists.picture(view),
        *each_child.sections_of(view),
        *lists.late_but_done(view),
        *lists.gaps(view.gaps),
        *lists.reading(view.reading),
        *lists.falls_due(view.falls_due),
        *sections.chosen_in_brief(view.selection),
        *sections.annex(view.annex, view),
    ]
    return page.build(f"Findings: {view.team}", view.scope, story)


def _page_one(view: ManagerView, cut: int, children: int, actions: int) -> Story:
    """Sentence, actions, picture, steps; texts of about `cut` characters, at most `children` in the picture."""
    said = in_clauses(sentences.manager_sentence(view), cut * 4)
    story = sections.opening("FINDINGS FOR ONE TEAM", clip(view.team, cut), view.scope, said)
    story += sections.alert(view.concerns)
    if view.actions:
        above = {child for line in view.concerns[: sections.ALERTS] for child in line.children}
        story.append(_actions(view.actions[:actions], cut, above))
    if more := len(view.actions[actions:]):
        story.append(text(f"And {more:,} more, under “Each child”, where all stand in full.", style.SMALL))
    if view.audits and view.standards:
        standards, audits = most_telling(view, children)
        story += [gap(6), matrix(standards, audits), key()]
        left_out = sentences.left_out(view, len(standards), len(audits))
        story += [text(left_out, style.SMALL)] if left_out else []
        story.append(gap(6))
    story += bullets([in_clauses(step, max(cut * 2, _STEP)) for step in sentences.manager_steps(view)])
    return [*story, text(wording.TESTED, style.SMALL)]


def _actions(lines: Sequence[ActionLine], cut: int, above: Collection[str]) -> Cell:
    """The first actions in order, the urgent ones on a tint. What a red flag above says is not said again."""
    columns = [
        Column("", 0.42, style.LEAD_CELL),
        Column("child", 1.3, style.LEAD_BOLD),
        Column("found (record)", 2.6, style.LEAD_CELL),
        Column("needed", 2.3, style.LEAD_CELL),
        Column("who, by", 1.6, style.LEAD_CELL),
    ]
    tints = [
        ("BACKGROUND", (0, at), (-1, at), style.ALERT_PALE) for at, line in enumerate(lines, start=1) if line.urgent
    ]
    return table(columns, [_action_row(at, line, cut, above) for at, line in enumerate(lines, start=1)], tints)


def _action_row(at: int, line: ActionLine, cut: int, above: Collection[str]) -> list[Cell]:
    words = max(cut, sections.URGENT_WORDS) if line.urgent else cut
    shared = " (one action)" if len(line.children) > 1 else ""
    said = line.urgent and not line.reasons and set(line.children) <= set(above)
    found: list[Flowable] = [text("the red flag above" if said else in_clauses(line.found, words), style.LEAD_CELL)]
    found += sections.evidence_block(line.evidence[:2], ())
    needed = sections.with_urgency(in_clauses(line.needed, words), line.urgent, style.LEAD_CELL)
    when = wording.short_date(line.due) if line.due else "no date yet"
    names = clip(", ".join(line.children), cut // 2) + shared
    return [f"{at}", names, found, needed, f"{clip(line.owner, max(cut // 2, _OWNER))}, {when}"]
