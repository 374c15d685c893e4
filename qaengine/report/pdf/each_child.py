"""Each child of a team: the judgement, what is not evidenced and still open, and what a person read."""

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from qaengine.report import wording
from qaengine.report.manager_view import ActionLine, AuditedChild, ManagerView
from qaengine.report.parts import Answer, FindingLine
from qaengine.report.pdf import sections, style
from qaengine.report.pdf.blocks import Block, Cell, Column, bullets, heading, subheading, table, text
from qaengine.report.pdf.sections import Story
from qaengine.report.pdf.text import markup

Numbered = tuple[int, ActionLine]


def sections_of(view: ManagerView) -> Story:
    """Every child in turn. The numbers of actions are those of page one."""
    story: Story = []
    titles = {standard.id: standard.title for standard in view.standards}
    numbered = list(enumerate(view.actions, start=1))
    for at, audit in enumerate(view.audits):
        story += heading("Each child") if at == 0 else []
        story += _child(audit, [one for one in numbered if audit.child in one[1].children], titles)
    known = {audit.child for audit in view.audits}
    others = [one for one in numbered if not known & set(one[1].children)]
    if others:
        story += [*subheading("Children who were not drawn"), *_actions(others, "")]
    return story


def _child(audit: AuditedChild, numbered: Sequence[Numbered], titles: dict[str, str]) -> Story:
    story: Story = [*subheading(audit.child), *_judgement(audit)]
    story += bullets(audit.strengths)
    story += [text(words, style.BODY_BOLD)] if (words := _counts(audit, len(numbered))) else []
    story += _actions(numbered, audit.child)
    beside = [line for line in audit.findings if not line.late]
    story += [*_findings(beside, titles), *_answers(audit.answers)]
    if audit.waiting:
        waits = wording.counted(audit.waiting, "question waits", "questions wait")
        story.append(text(f"{waits} for an answer on the answer form.", style.SMALL))
    return story


def _counts(audit: AuditedChild, actions: int) -> str:
    """What leads the eye: how many standards, the gravest first, and how many actions."""
    parts = [
        wording.counted(n, f"{severity} standard", f"{severity} standards") for severity, n in audit.open_standards
    ]
    if not parts:
        return ""
    needs = wording.counted(actions, "action", "actions")
    return f"Not evidenced and still open: {wording.joined(parts)}; {needs}."


def _actions(numbered: Sequence[Numbered], child: str) -> Story:
    """Finding, evidence, action, owner and date. What brothers and sisters share stands with the first of them."""
    if not numbered:
        return []
    columns = [
        Column("", 0.32),
        Column("not evidenced, and where to look", 4.1),
        Column("needed", 2.2),
        Column("who, by", 1.35),
    ]
    tints = [
        ("BACKGROUND", (0, at), (-1, at), style.ALERT_PALE)
        for at, (_, line) in enumerate(numbered, start=1)
        if line.urgent
    ]
    return [table(columns, [_row(at, line, child) for at, line in numbered], tints)]


def _row(at: int, line: ActionLine, child: str) -> list[Cell]:
    severity = f" · {line.severity}" if line.severity else ""
    found: list[Flowable] = [Block(f"<b>{markup(line.about)}</b>{markup(severity)}", style.CELL)] if line.about else []
    if child and child != line.children[0]:
        same = text(f"One action with {line.children[0]}, where it stands in full.", style.CELL)
        return [f"{at}", [*found, same], line.needed, _who(line)]
    found += [text(words, style.CELL) for words in line.reasons or (line.found,)]
    said = " ".join(line.reasons)
    unsaid = [pointer for pointer in line.evidence if pointer.record_id not in said]
    found += sections.evidence_block(unsaid, ())
    if len(line.children) > 1:
        found.append(text(f"One action for {wording.joined(line.children)}.", style.CELL_SMALL))
    elif not child:
        found.insert(0, text(line.children[0], style.CELL_BOLD))
    return [f"{at}", [*found], sections.with_urgency(line.needed, line.urgent), _who(line)]


def _who(line: ActionLine) -> str:
    return f"{line.owner}, {wording.short_date(line.due) if line.due else 'no date yet'}"


def _findings(lines: Sequence[FindingLine], titles: dict[str, str]) -> Story:
    """What is beside the actions: agreed exceptions, and what was flagged and read."""
    if not lines:
        return []
    columns = [
        Column("standard", 2, style.CELL),
        Column("found, and where to look", 3),
        Column("needed", 2.2),
        Column("who, by", 1.4),
    ]
    return [table(columns, [_finding_row(line, titles) for line in lines])]


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
    fired = f" Rules that fired: {', '.join(audit.ceiling.rules)}." if audit.ceiling.rules else ""
    looked = f"Looked at on {wording.long_date(audit.audited_on)}{auditor}."
    return [Block(said, style.BODY), text(f"{looked}{fired}", style.SMALL)]


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
