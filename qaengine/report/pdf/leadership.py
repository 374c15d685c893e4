"""The re-audit report for the leadership team: what was due, what changed, what is late, what is asked."""

from collections.abc import Sequence
from functools import partial

from reportlab.platypus import PageBreak

from qaengine.report import sentences, wording
from qaengine.report.pdf import page, sections, style
from qaengine.report.pdf.before_after import before_after_picture
from qaengine.report.pdf.blocks import Block, Cell, Column, gap, heading, number, table, text
from qaengine.report.pdf.sections import Story
from qaengine.report.pdf.text import clip, markup
from qaengine.report.views import Grade, LeadershipView, ReAudit, Recurring

_PAGE_ONE_DECISIONS = 5
_RECURRING = 12  # standards that the leadership is shown; the overview has all


def render_leadership(view: LeadershipView) -> bytes:
    """The whole report as PDF bytes, the same for the same view."""
    story = [
        *sections.first_that_fits(partial(_page_one, view, cut) for cut in (160, 90, 50)),
        PageBreak(),
        *sections.strengths(view.strengths),
        *sections.concerns(view.concerns),
        *_list(view),
        *_left(view),
        *_grades(view),
        *_recurring(view),
        *_decisions(view),
        *sections.annex(view.annex, view),
    ]
    return page.build("Re-audits: report to the leadership team", view.scope, story)


def _page_one(view: LeadershipView, cut: int) -> Story:
    sentence = clip(sentences.leadership_sentence(view), cut * 4)
    story = sections.opening("FOR THE LEADERSHIP TEAM", "Re-audits", view.scope, sentence)
    story += sections.alert(view.concerns)
    story += [_programme(view), gap(8)]
    if view.re_audits:
        story += [before_after_picture(view.re_audits, view.scope.as_at), gap(8)]
    story += sections.to_do("decide", view.decisions, _PAGE_ONE_DECISIONS, cut)
    more = len(view.decisions) - _PAGE_ONE_DECISIONS
    if more > 0:
        story.append(text(f"And {more:,} more, under “Decisions asked”.", style.SMALL))
    notes = [sentences.programme_risk(view.programme), sentences.concern_note(view.concerns), wording.TESTED]
    return [*story, text(clip(" ".join(note for note in notes if note), cut * 5), style.SMALL)]


def _programme(view: LeadershipView) -> Cell:
    figures = view.programme
    grades = " / ".join(f"{figures.files(grade):,}" for grade in Grade)
    not_good = sum(figures.files(grade) for grade in Grade if not grade.meets_good)
    title = wording.window(view.scope.window) if view.scope.window else "the period"
    rows = [
        [f"audits done (of {figures.planned:,} planned)", f"{figures.done:,}"],
        ["outstanding / good / requires improvement / inadequate", grades],
        ["does not meet good", f"{not_good:,}"],
        ["moderated / grade changed", f"{figures.moderated:,} / {figures.grade_changed:,}"],
        ["families asked for their view / who answered", f"{figures.families_asked:,} / {figures.families_answered:,}"],
        ["audit actions open / overdue", f"{figures.actions_open:,} / {figures.actions_overdue:,}"],
    ]
    return table([Column(title, 2.6, style.LEAD_CELL), Column("files", 1.6, style.LEAD_BOLD)], rows)


def _list(view: LeadershipView) -> Story:
    story: Story = heading("The re-audit list")
    if not view.re_audits:
        return [*story, text("No child is on the list.")]
    columns = [
        Column("child, team", 1.3),
        Column("first audit", 1.42),
        Column("not met then", 1.75),
        Column("progress check now", 1.7),
        Column("actions", 1.1),
        Column("re-audit", 1.65),
        Column("goes to", 1.1),
    ]
    as_at = view.scope.as_at
    order = sorted(
        view.re_audits, key=lambda line: (-line.days_overdue(as_at), line.done_on is not None, line.due, line.child)
    )
    return [
        *story,
        text("A progress check is what the data shows now. It never stands for the second audit.", style.SMALL),
        table(columns, [_row(line, view) for line in order]),
    ]


def _row(line: ReAudit, view: LeadershipView) -> list[Cell]:
    first: list[Cell] = [text(line.child, style.CELL_BOLD), text(line.team, style.CELL_SMALL)]
    if line.turn > 1:
        first.append(text(f"audit {line.turn} in its chain", style.CELL_SMALL))
    graded = [
        text(line.first_grade.words, style.CELL),
        text(wording.short_date(line.first_on), style.CELL_SMALL),
    ]
    return [
        [*first],
        [*graded],
        "; ".join(line.not_met_then) or wording.DASH,
        _progress(line),
        f"{line.actions_open:,} open, {line.actions_overdue:,} overdue" if line.actions_open else "none open",
        _re_audit(line, view),
        line.goes_to,
    ]


def _progress(line: ReAudit) -> Cell:
    sign = style.PROGRESS_SIGNS[line.progress]
    said = Block(f"<b>{markup(sign)}</b>&nbsp; {markup(wording.PROGRESS[line.progress])}", style.CELL)
    return [said, text(line.progress_detail, style.CELL_SMALL)] if line.progress_detail else said


def _re_audit(line: ReAudit, view: LeadershipView) -> Cell:
    due = text(f"due {wording.short_date(line.due)}", style.CELL)
    late = line.days_overdue(view.scope.as_at)
    if line.done_on:
        graded = line.second_grade.words if line.second_grade else "awaits a confirmed grade"
        done = text(f"done {wording.short_date(line.done_on)}", style.CELL)
        return [due, done, text(graded, style.CELL_BOLD)]
    if not late:
        return due
    ink = style.hex_of(style.ALERT)
    words = f'<font color="{ink}"><b>{wording.counted(late, "day", "days")} overdue</b></font>'
    return [due, Block(words, style.CELL)]


def _left(view: LeadershipView) -> Story:
    if not view.left:
        return []
    columns = [Column("child", 1, style.CELL_BOLD), Column("team", 1.5), Column("why", 4), Column("on", 1)]
    rows = [[line.child, line.team, line.reason, wording.short_date(line.on)] for line in view.left]
    return [*heading("No longer on the list, or not on it yet"), table(columns, rows)]


def _grades(view: LeadershipView) -> Story:
    figures = view.programme
    columns = [Column("grade", 3), number("files", 1), number("period before", 1.2), number("change", 1)]
    rows: list[Sequence[Cell]] = []
    for line in figures.grades:
        before = f"{line.previous:,}" if line.previous is not None else wording.DASH
        change = f"{line.files - line.previous:+,}".replace("-", "−") if line.previous is not None else wording.DASH
        rows.append([wording.capital(line.grade.words), f"{line.files:,}", before, change])
    waiting = figures.done - sum(line.files for line in figures.grades)
    if waiting:
        rows.append(["Awaiting a confirmed grade", f"{waiting:,}", wording.DASH, wording.DASH])
    note = sentences.programme_risk(figures)
    return [*heading("Grades"), table(columns, rows), *([text(note, style.SMALL)] if note else [])]


def _recurring(view: LeadershipView) -> Story:
    if not view.recurring:
        return []
    columns = [
        Column("standard", 4),
        number("not met", 1),
        number("of files decided", 1.3),
        number("95% interval of the share", 1.8),
    ]
    shown = view.recurring[:_RECURRING]
    rows = [[line.standard, f"{line.not_met:,}", f"{line.decided:,}", _interval(line)] for line in shown]
    story: Story = [*heading("Not met among the files drawn"), table(columns, rows, sections.TIGHT)]
    if (more := len(view.recurring) - _RECURRING) > 0:
        story.append(text(f"And {more:,} more: the overview of the dip samples has every standard.", style.SMALL))
    return story


def _interval(line: Recurring) -> str:
    return wording.span(line.interval) if line.interval else wording.DASH


def _decisions(view: LeadershipView) -> Story:
    if len(view.decisions) <= _PAGE_ONE_DECISIONS and all(
        line.urgent or len(line.what) <= 50 for line in view.decisions
    ):
        return []
    return [*heading("Decisions asked"), *sections.to_do("decide", view.decisions)]
