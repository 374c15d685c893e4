"""The dip-sample report: one standard, many children, for the QA team and the service."""

from collections.abc import Sequence
from functools import partial

from reportlab.platypus import PageBreak
from reportlab.platypus.flowables import Flowable

from qaengine.model.result import By, Result
from qaengine.report import sentences, wording
from qaengine.report.pdf import page, sections, style
from qaengine.report.pdf.blocks import Cell, Column, gap, heading, labelled, subheading, table, text
from qaengine.report.pdf.sections import Story
from qaengine.report.pdf.squares import dip_sample_pictures
from qaengine.report.pdf.text import clip
from qaengine.report.views import CheckLine, DipSampleView, SampledChild

_PAGE_ONE_ACTIONS = 4
_CHILD_ORDER = (
    Result.NOT_MET,
    Result.CANNOT_DECIDE,
    Result.REFER_TO_AUDITOR,
    Result.NOT_YET_DUE,
    Result.MET,
    Result.NOT_APPLICABLE,
)


def render_dip_sample(view: DipSampleView) -> bytes:
    """The whole report as PDF bytes, the same for the same view."""
    story = [
        *sections.first_that_fits(partial(_page_one, view, cut) for cut in (300, 110, 60)),
        PageBreak(),
        *sections.strengths(view.strengths),
        *sections.concerns(view.concerns),
        *_checks(view),
        *_children(view),
        *_standard(view),
        *sections.selection(view.selection),
        *sections.annex(view.annex, view),
    ]
    return page.build(f"Dip sample: {view.standard.title}", view.scope, story)


def _page_one(view: DipSampleView, cut: int) -> Story:
    """Sentence, table, picture, who does what by when; no text of others longer than `cut` characters."""
    said = sentences.dip_sample_sentence(view)
    story = sections.opening("DIP SAMPLE", clip(view.standard.title, cut), view.scope, said)
    story += sections.alert(view.concerns)
    if view.children:
        story += [_results(view, cut), text(clip(sentences.small_print(view), cut * 3), style.SMALL), gap(8)]
    story += [text(clip(view.standing, max(cut * 3, 400))), gap(8)] if view.standing else []
    pictures = dip_sample_pictures(view)
    for at, picture in enumerate(pictures):
        story += [picture, gap(12 if at == 0 else 2)]
    if len(pictures) > 1:
        story += [text(clip(sentences.bar_caption(view), cut * 2), style.SMALL), gap(8)]
    story += sections.to_do("do", view.do, _PAGE_ONE_ACTIONS, cut)
    more = len(view.do) - _PAGE_ONE_ACTIONS
    if more > 0:
        story.append(text(f"And {more:,} more, with each child.", style.SMALL))
    return [*story, text(wording.TESTED, style.SMALL)]


def _results(view: DipSampleView, cut: int) -> Cell:
    details = dict(view.details)
    rows: list[Sequence[Cell]] = []
    for result in wording.RESULTS:
        n = view.counts.of(result)
        if n:
            label = sections.result_cell(result, style.LEAD_CELL)
            rows.append([label, f"{n:,}", clip(details.get(result, ""), cut)])
    heads = [
        Column("on the record", 2.2),
        Column("children", 0.8, style.LEAD_RIGHT, style.HEAD_RIGHT),
        Column("detail" if details else "", 4, style.LEAD_CELL),
    ]
    return table(heads, rows)


def _checks(view: DipSampleView) -> Story:
    if not view.checks:
        return []
    counts = [Column(label, 1.02, style.CELL_RIGHT, style.HEAD_TIGHT) for label in wording.RESULTS.values()]
    rows = [_check_row(line) for line in view.checks]
    return [*heading("Results by check"), table([Column("check, with its rate and interval", 4.2), *counts], rows)]


def _check_row(line: CheckLine) -> list[Cell]:
    counts = line.counts
    rate = wording.rate(counts.met, counts.decided, line.estimate)
    kind = "a question for a reader; " if line.by is By.READER else ""
    says = [text(line.says, style.CELL), text(f"{kind}{rate}", style.CELL_SMALL)]
    return [[*says], *(f"{counts.of(result):,}" for result in wording.RESULTS)]


def _children(view: DipSampleView) -> Story:
    if not view.children:
        return []
    story: Story = heading("Each child")
    for result in _CHILD_ORDER:
        story += _group(result, [line for line in view.children if line.as_recorded is result])
    return story


def _group(result: Result, group: Sequence[SampledChild]) -> Story:
    """The children with one result: what is needed where something is, else when the duty next falls due."""
    if not group:
        return []
    open_ones = result in (Result.NOT_MET, Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR)
    last = {"needed": 2.2, "who, by": 1.5} if open_ones else {"as read": 1.6, "next due": 1.1}
    columns = [Column(head, share) for head, share in {"child": 1.3, "found, and where to look": 3.3, **last}.items()]
    rows = [row for child in group for row in _child_rows(child, open_ones)]
    title = f"{wording.capital(wording.RESULTS[result])}: {wording.counted(len(group), 'child', 'children')}"
    return [*subheading(title), table(columns, rows)]


def _child_rows(child: SampledChild, open_ones: bool) -> list[list[Cell]]:
    first: list[Flowable] = [text(child.child, style.CELL_BOLD)]
    if child.stratum:
        first.append(text(child.stratum, style.CELL_SMALL))
    read = wording.RESULTS[child.as_read] if child.as_read else wording.DASH
    if open_ones and child.as_read:
        first.append(text(f"as read: {read}", style.CELL_SMALL))
    if not child.findings:
        last = ["", ""] if open_ones else [read, wording.short_date(child.next_due)]
        return [[first, wording.capital(wording.MEANINGS[child.as_recorded]), *last]]
    rows: list[list[Cell]] = []
    for at, line in enumerate(child.findings):
        needed: list[Cell] = [line.action or wording.DASH, sections.who_by(line)]
        follows = needed if open_ones else [read, wording.short_date(child.next_due)]
        named = [text(line.check, style.CELL_SMALL_BOLD)] if line.check and len(child.findings) > 1 else []
        rows.append([first if at == 0 else "", [*named, *sections.found_cell(line)], *follows])
    return rows


def _standard(view: DipSampleView) -> Story:
    standard = view.standard
    story: Story = [*heading("The standard"), labelled(standard.title + ".", standard.intent)]
    said = f"{wording.capital(standard.severity)} standard, {standard.id}."
    if standard.source:
        said += f" Source: {standard.source}."
    story.append(text(said, style.SMALL))
    aim = view.target
    if aim and aim.source:
        story.append(text(f"{sentences.target(aim)}. Source: {aim.source}.", style.SMALL))
    return story
