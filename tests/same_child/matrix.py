"""How far each standard gets on each format, as a table: what the tests computed."""

from collections.abc import Iterator, Sequence

from qaengine.model.result import By
from qaengine.model.standard import Standard
from tests.same_child.comparing import Findings, compared, of_truth
from tests.same_child.evaluating import DECIDED, stages
from tests.same_child.forms import FORMS

SAME, IN_PART, NOT_DECIDED, NOBODY = "same", "in part", "–", "·"


def cell(standard: Standard, findings: Findings) -> str:
    """How far a standard gets: the truth for every child, some of its checks for some, or nothing; or it asks nothing
    of any of these children, and that is known."""
    children = [child_id for child_id, of in findings if of == standard.id]
    results = [
        (findings[child_id, standard.id].result, of_truth()[child_id, standard.id].result) for child_id in children
    ]
    if all(result is true for result, true in results):
        return SAME if any(true in DECIDED for _, true in results) else NOBODY
    recorded = [check.id for check in standard.checks if check.by is By.RECORD]
    decided = (findings[child_id, standard.id].of_check(check) for child_id in children for check in recorded)
    return IN_PART if any(result in DECIDED for result in decided) else NOT_DECIDED


def matrix() -> dict[str, dict[str, str]]:
    """Every cell, by standard and format."""
    return {
        standard.id: {form.name: cell(standard, compared(form.name).found) for form in FORMS}
        for standard in stages().shown
    }


HEAD = f"""\
# How far each standard gets on each format

For whoever asks what an extract can be used for. Seven children were written by hand in every format
(`tests/same_child/`), and every standard was evaluated on each as at 31 March 2019: the end of the year of a return and
of a census. A test fails where this page is not what comes of it; `.venv/bin/python -m tests.same_child.page` writes it
anew.

| in the table | means |
|---|---|
| {SAME} | for each child the result that the whole case file gives |
| {IN_PART} | some checks are decided, for some children: what is not met is found, what cannot be told is said so |
| {NOT_DECIDED} | nothing of it can be decided: the fields that are missing are named |
| {NOBODY} | it asks nothing of these children, and the format shows that |

What a format decides is the truth: a test holds every result in this table to that of the whole case file, and never is
*met* said of what is *not met*, nor the other way round. A standard is met, as recorded, only where none of its checks
is undecided; so *met* is seldom said of an extract, and what an extract finds is what is *not met*. Of a file of your
own `qaengine read` says which checks can be decided.

"native tables" and "a list" stand for what one council might extract: child, referrals, assessments, plans, episodes
and SDQs; and a spreadsheet of open plans with the last visit, review and supervision of each.
"""


def page() -> str:
    """The page."""
    return "\n".join([HEAD, *_table(), "", *_reasons()]) + "\n"


def _table() -> Iterator[str]:
    yield _row(["standard", *(form.name for form in FORMS)])
    yield _row(["---"] * (len(FORMS) + 1))
    cells = matrix()
    for standard in sorted(stages().shown, key=lambda one: one.id):
        link = f"[{standard.id}](standards/{standard.id}.md)"
        yield _row([link, *(cells[standard.id][form.name] for form in FORMS)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _reasons() -> Iterator[str]:
    yield "## What limits each format\n"
    for why in dict.fromkeys(form.why for form in FORMS if form.why):
        names = ", ".join(form.name for form in FORMS if form.why == why)
        yield f"- **{names}**: {why}."
