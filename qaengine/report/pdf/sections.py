"""The sections that the reports share, in the order in which they stand after page one."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from qaengine.model.result import By, Evidence, Missing, Result
from qaengine.report import sentences, wording
from qaengine.report.pdf import style
from qaengine.report.pdf.blocks import (
    Alert,
    Block,
    Cell,
    Column,
    Takeaway,
    bullets,
    gap,
    heading,
    labelled,
    number,
    table,
    text,
)
from qaengine.report.pdf.text import clip, has_unprintable, markup
from qaengine.report.views import (
    Annex,
    Concern,
    FindingLine,
    Origin,
    Parameter,
    Provenance,
    Reply,
    Scope,
    Selection,
    ToDo,
)

Story: TypeAlias = list[Flowable]
TIGHT = (("TOPPADDING", (0, 1), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 1), (-1, -1), 2))  # rows of a long plain list
URGENT_WORDS = 400  # an urgent action is not cut on page one: no text of a standard is longer
ALERTS = 3  # children named in the alert on page one
_NOTE_WORDS = 500  # characters of a reader's note there; why the child may be unsafe is said whole


def opening(overline: str, title: str, scope: Scope, sentence: str) -> Story:
    """The top of page one: what this is, about what, for when, and the sentence to take away."""
    when = f"As at {wording.long_date(scope.as_at)}"
    if scope.window:
        when += f" · looking at {wording.window(scope.window)}"
    return [
        text(overline, style.OVERLINE),
        text(clip(title, 150), style.TITLE),
        text(clip(f"{scope.service} · {when}", 200), style.META),
        gap(16),
        Takeaway(markup(clip(sentence, 620)), style.TAKEAWAY),
        gap(18),
    ]


def alert(lines: Sequence[Concern]) -> Story:
    """The children who may be unsafe now, above everything else on page one."""
    if not lines:
        return []
    shown = [f"<b>{markup(wording.joined(line.children))}</b> {markup(_why(line))}" for line in lines[:ALERTS]]
    if more := [child for line in lines[ALERTS:] for child in line.children]:
        shown.append(f"{len(more):,} more, under “Immediate concerns”: {markup(clip(', '.join(more), _NOTE_WORDS))}")
    label = "Red flag. A person looks at this today."
    return [gap(6), Alert(f"<b>{label}</b><br/>{'<br/>'.join(shown)}", style.ALERT_TEXT), gap(16)]


def _why(line: Concern) -> str:
    note = f" Reader’s note: {clip(line.note, _NOTE_WORDS)}" if line.note else ""
    return f"{line.what.rstrip('.')}.{note}"


def first_that_fits(candidates: Iterable[Callable[[], Story]]) -> Story:
    """The first story that takes no more than one page; if none does, the last. Each is built anew to be measured."""
    story: Story = []
    for build in candidates:
        story = build()
        heights = [
            part.getSpaceBefore() + part.wrap(style.WIDTH, style.HEIGHT)[1] + part.getSpaceAfter() for part in story
        ]
        if sum(heights) <= style.HEIGHT:
            return build()
    return story


def result_cell(result: Result, how: ParagraphStyle = style.CELL) -> Block:
    """A result's sign in its colour, then its words."""
    mark = style.MARKS[result]
    sign = f'<font color="{style.hex_of(mark.strong)}"><b>{markup(mark.sign)}</b></font>'
    return Block(f"{sign}&nbsp; {markup(wording.RESULTS[result])}", how)


def to_do(title: str, lines: Sequence[ToDo], limit: int | None = None, cut: int = 10**9) -> Story:
    """Who does what by when; on page one only the first few, and each within `cut` characters."""
    if not lines:
        return []
    cells, bold = (style.CELL, style.CELL_BOLD) if limit is None else (style.LEAD_CELL, style.LEAD_BOLD)
    rows = [
        [
            f"{at}",
            with_urgency(clip(line.what, max(cut, URGENT_WORDS) if line.urgent else cut), line.urgent, cells),
            clip(line.who, cut // 2),
            wording.short_date(line.by),
        ]
        for at, line in enumerate(lines[:limit], start=1)
    ]
    columns = [Column("", 0.25, bold), Column(title, 4, cells), Column("who", 1.5, cells), Column("by", 1, cells)]
    return [table(columns, rows)]


def with_urgency(words: str, urgent: bool, how: ParagraphStyle = style.CELL) -> Block:
    """What is needed, led by "Urgent." where it is."""
    if not urgent:
        return text(words, how)
    return Block(f'<font color="{style.hex_of(style.ALERT)}"><b>Urgent.</b></font> {markup(words)}', how)


def strengths(lines: Sequence[str]) -> Story:
    """What was good comes first."""
    body: Story = [*bullets(lines)] if lines else [text("None was noted for this report.")]
    return [*heading("What was good"), *body]


def concerns(lines: Sequence[Concern], is_untold: bool = False) -> Story:
    """Children who may be unsafe now: what was seen, and who has it. Where nothing could be decided, that none was
    raised means nothing, and is not said."""
    if not lines:
        said = "Whether there is any cannot be told: nothing could be decided." if is_untold else "None was raised."
        return [*heading("Immediate concerns"), text(said)]
    columns = [
        Column("child", 1.1, style.CELL_BOLD),
        Column("concern", 3),
        Column("raised", 1),
        Column("for", 1.9),
    ]
    rows: list[Sequence[Cell]] = [
        [
            wording.joined(line.children),
            [
                text(f"{line.what.rstrip('.')}.", style.CELL),
                *([text(f"Reader’s note: {line.note}", style.CELL)] if line.note else []),
            ],
            wording.short_date(line.raised_on),
            _passed(line),
        ]
        for line in lines
    ]
    return [*heading("Immediate concerns"), table(columns, rows)]


def _passed(line: Concern) -> str:
    """Only what is known: to whom it goes, when it went, and what came back."""
    passed = f"{line.passed_to}, {wording.short_date(line.passed_on)}" if line.passed_on else line.passed_to
    return ". ".join(filter(None, (passed, line.acknowledged))) or wording.DASH


def evidence_block(evidence: Iterable[Evidence], missing: Iterable[Missing]) -> list[Block]:
    """Where to look, and what is not there."""
    seen = "; ".join(wording.evidence(pointer) for pointer in evidence)
    gaps = "; ".join(wording.missing(gap) for gap in missing)
    lines = []
    if seen:
        lines.append(text(f"→ {seen}", style.CELL_SMALL))
    if gaps:
        lines.append(text(f"Not recorded: {gaps}", style.CELL_SMALL))
    return lines


def found_cell(line: FindingLine) -> list[Flowable]:
    """What was found, and the evidence for it."""
    cell: list[Flowable] = [text(line.found or wording.MEANINGS[line.result], style.CELL)]
    if line.by is By.READER:
        said = f"As read: {line.answer}." if line.answer else "A reader’s check: a person decides."
        cell.append(text(said, style.CELL_SMALL))
    if line.note:
        cell.append(text(f"Reader’s note: {line.note}", style.CELL_SMALL))
    if line.exception:
        cell.append(text(f"{wording.capital(line.exception.rstrip('.'))}.", style.CELL_SMALL))
    if line.number:
        cell.append(text(f"{line.number}.", style.CELL_SMALL))
    if line.late:
        cell.append(text("Done, but late: for learning, not for a remedy.", style.CELL_SMALL))
    return [*cell, *evidence_block(line.evidence, line.missing)]


def who_by(line: FindingLine) -> str:
    if not line.owner:
        return wording.DASH
    return f"{line.owner}, {wording.short_date(line.due)}" if line.due else line.owner


def chosen_in_brief(chosen: Selection) -> Story:
    """How the children were chosen, in a few lines: the QA team's reports have the frame and the strata."""
    how = "Every child in the frame was looked at." if chosen.census else chosen.method
    seed = f" Seed {chosen.seed}." if chosen.seed else ""
    frame = f"{sentences.frame_line(chosen)}{seed}"
    drawn = f"Of them, here: {', '.join(chosen.drawn) or 'no child'}."
    story: Story = [*heading("How the children were chosen"), text(f"{how} {frame} {drawn}")]
    if chosen.replaced:
        story += bullets(f"{line.out} was replaced by {line.by}: {line.reason}" for line in chosen.replaced)
    if chosen.frame_hash:
        story.append(labelled("Hash of the frame (SHA-256).", chosen.frame_hash, style.SMALL))
    return story


def selection(chosen: Selection) -> Story:
    """How the children were chosen, so that anyone can draw them again."""
    story: Story = heading("How the children were chosen")
    how = "Every child in the frame was looked at." if chosen.census else chosen.method
    story += [
        labelled("Who could be chosen.", f"{chosen.population_size:,} {chosen.population}."),
        labelled("How.", how),
    ]
    if chosen.chance:
        story.append(labelled("What a draw of this size can find.", chosen.chance))
    story += _frame(chosen)
    if chosen.replaced:
        columns = [Column("replaced", 1), Column("by", 1), Column("reason", 4)]
        story.append(table(columns, [[line.out, line.by, line.reason] for line in chosen.replaced]))
    if chosen.seed:
        story.append(labelled("Seed.", chosen.seed, style.SMALL))
    if chosen.frame_hash:
        story.append(labelled("Hash of the frame (SHA-256).", chosen.frame_hash, style.SMALL))
    order = "In the order of the frame:" if chosen.census else "Drawn, in this order:"
    story.append(labelled(order, ", ".join(chosen.drawn) or "no child.", style.SMALL))
    return story


def _frame(chosen: Selection) -> Story:
    rows = [["population", f"{chosen.population_size:,}"]]
    rows += [[f"less: {line.reason}", f"{line.children:,}"] for line in chosen.excluded]
    rows += [["frame", f"{chosen.frame_size:,}"], ["drawn", f"{len(chosen.drawn):,}"]]
    story: Story = [table([Column("children", 4), number("number", 1)], rows, across=0.6)]
    if chosen.strata:
        columns = [Column("drawn separately from", 4), number("frame", 1), number("drawn", 1)]
        story.append(table(columns, [[part.name, f"{part.frame:,}", f"{part.drawn:,}"] for part in chosen.strata]))
    return story


def annex(last: Annex, view: object) -> Story:
    """The numbers used, what the findings cannot say, how to disagree, and what made the report."""
    return [
        *_parameters(last),
        *heading("What this report cannot say"),
        *bullets((wording.TESTED, *wording.STANDING_CAVEATS, *last.caveats)),
        *_reply(last.reply),
        *_provenance(last.provenance, has_unprintable(view)),
    ]


def _parameters(last: Annex) -> Story:
    if not last.parameters:
        return []
    if last.brief:
        return _numbers_in_brief(last.parameters)
    columns = [
        Column("standard", 1.5),
        Column("number", 1.5),
        Column("value", 1.1, style.CELL_BOLD),
        Column("where it comes from", 2.2),
        Column("owner", 1.2),
    ]
    rows = [
        [
            line.standard,
            line.name.replace("_", " "),
            line.value,
            f"{line.source} ({wording.ORIGINS[line.origin]})",
            line.owner,
        ]
        for line in last.parameters
    ]
    return [*heading("The numbers these findings rest on"), table(columns, rows)]


def _numbers_in_brief(lines: Sequence[Parameter]) -> Story:
    """A line a number. What is nobody's rule but proposed says so, and no more: why stands in the standard's file."""
    shares = {"standard": 1.7, "number": 1.4, "value": 1.3, "where it comes from": 2.6, "owner": 1.6}
    columns = [Column(head, share, style.CELL_SMALL) for head, share in shares.items()]
    rows = []
    for line in lines:
        source = wording.ORIGINS[line.origin] if line.origin is Origin.PROPOSED else line.source
        rows.append([line.standard, line.name.replace("_", " "), line.value, source, line.owner])
    note = text(
        "Those of the checks shown above, and the council’s own; each in full in the standard’s own file.", style.SMALL
    )
    return [*heading("The numbers these findings rest on"), note, table(columns, rows, TIGHT)]


def _reply(reply: Reply | None) -> Story:
    if reply is None:
        return []
    return [*heading("If you disagree"), text(wording.disagree(reply))]


def _provenance(made: Provenance, placeholders: bool) -> Story:
    said = f"{made.engine} {made.version}; judgement rules run by {made.judged_by}."
    story: Story = [*heading("How this report was made"), text(f"{said} The same inputs give the same report.")]
    if made.inputs:
        columns = [Column("input", 2.6), Column("SHA-256", 3.6, style.CODE)]
        rows = [[f"{line.name} ({line.what})" if line.what else line.name, line.sha256] for line in made.inputs]
        story.append(table(columns, rows))
    if placeholders:
        story.append(text("▯ stands for a character that this report’s typeface does not have.", style.SMALL))
    return story
