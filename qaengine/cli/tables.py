"""The tables that commands show on the screen."""

from collections import Counter
from collections.abc import Sequence

from qaengine.cli.columns import columns
from qaengine.cli.loading import Loaded
from qaengine.evaluate.explain.agreed import exception_lines
from qaengine.evaluate.explain.numbers import local_lines
from qaengine.evaluate.explain.targets import status_words
from qaengine.evaluate.explain.words import day, missing
from qaengine.evaluate.reference.standard import StandardVerdict
from qaengine.evaluate.stages import evaluated
from qaengine.evaluate.summary import StandardSummary
from qaengine.evaluate.target import of_summary
from qaengine.model.result import By, Result

HEADS = ("met", "not met", "not yet due", "not decided", "does not apply")
ORDER = (Result.MET, Result.NOT_MET, Result.NOT_YET_DUE, Result.CANNOT_DECIDE, Result.NOT_APPLICABLE)


def summary_text(loaded: Loaded, summaries: Sequence[StandardSummary]) -> str:
    """Counts by standard and check, with rates and bounds, and why anything could not be decided."""
    rows: list[list[str]] = []
    for summary in summaries:
        to_read = f"{summary.as_read[Result.REFER_TO_AUDITOR]:,}"
        rows.append([*_row(summary.standard.title, summary.as_recorded), to_read, _rate(summary.as_recorded)])
        checks = [check for check in summary.standard.checks if check.by is By.RECORD]
        counts = [(check, n) for check in checks if (n := summary.checks[check.id]).total()]
        rows += [[*_row(f"  {check.id}", n), "", _rate(n)] for check, n in counts]
        rows.append([""] * len(rows[0]))
    heads = ["standard and check (children)", *HEADS, "to read", "met, of decided"]
    table = columns(heads, rows, (44, *(10 for _ in heads[2:]), 16), right=len(heads) - 1)
    head = f"{len(loaded.source.child_ids):,} children as at {day(loaded.as_at)}. {loaded.source.origin}".strip()
    said = [
        _bounds(summaries),
        _targets(loaded, summaries),
        _agreed(loaded, summaries),
        _why(loaded, summaries),
        _local(loaded),
    ]
    return "\n".join(filter(None, [f"{head}\n", table, *said]))


def _targets(loaded: Loaded, summaries: Sequence[StandardSummary]) -> str:
    found = [(summary.standard.id, of_summary(summary, loaded.as_at)) for summary in summaries]
    lines = [f"  {standard}: {status_words(status)}" for standard, status in found if status]
    return "\n".join(["Targets:", *lines] if lines else [])


def _agreed(loaded: Loaded, summaries: Sequence[StandardSummary]) -> str:
    return "\n".join(exception_lines(loaded.exceptions, summaries, loaded.as_at))


def _local(loaded: Loaded) -> str:
    """The numbers that the council has set for itself, of the standards shown."""
    return "\n".join(["The council's own numbers:", *lines] if (lines := list(local_lines(loaded.standards))) else [])


def _row(name: str, counts: Counter[Result]) -> list[str]:
    undecided = counts[Result.CANNOT_DECIDE] + counts[Result.REFER_TO_AUDITOR]
    shown = [undecided if result is Result.CANNOT_DECIDE else counts[result] for result in ORDER]
    return [name, *(f"{n:,}" if n else "·" for n in shown)]


def _rate(counts: Counter[Result]) -> str:
    decided = counts[Result.MET] + counts[Result.NOT_MET]
    return f"{counts[Result.MET]:,} of {decided:,}" if decided else ""


def _bounds(summaries: Sequence[StandardSummary]) -> str:
    lines = []
    for summary in summaries:
        bounds = summary.bounds()
        if bounds is None or bounds[0] == bounds[1]:
            continue
        low, high = (f"{100 * share:.0f}" for share in bounds)
        lines.append(f"{summary.standard.id}: between {low} and {high} % met, however the undecided turn out.")
    return "\n".join(lines)


def _why(loaded: Loaded, summaries: Sequence[StandardSummary]) -> str:
    """What is missing where something could not be decided, from one child of each such check; said once a standard."""
    wanted: dict[str, set[str]] = {}
    for summary in summaries:
        for one_child in summary.undecided.values():
            wanted.setdefault(one_child, set()).add(summary.standard.id)
    if not wanted:
        return ""
    case_set = loaded.source.case_set(wanted)
    found = {
        (one.standard.id, file.child_id): one.verdict
        for file in case_set.files
        for one in evaluated(loaded.stages.showing(wanted[file.child_id]), file, loaded.as_at, case_set.not_carried)
    }
    lines = []
    for summary in summaries:
        said: dict[str, tuple[str, list[str]]] = {}
        for check_id in ("", *(check.id for check in summary.standard.checks)):
            if (child := summary.undecided.get(check_id)) is not None:
                _, checks = said.setdefault(_missing_of(found[summary.standard.id, child], check_id), (child, []))
                checks.append(f"{check_id or 'whom it is for'} ({_undecided(summary, check_id):,})")
        for why, (child, checks) in said.items():
            lines.append(f"  {summary.standard.short}: {', '.join(checks)}: such as {child}: {why}")
    return "Not enough recorded:\n" + "\n".join(lines)


def _missing_of(verdict: StandardVerdict, check_id: str) -> str:
    overall = next((c.overall for c in verdict.checks if c.check.id == check_id), verdict.as_recorded)
    return missing(overall.missing)


def _undecided(summary: StandardSummary, check_id: str) -> int:
    counts = summary.checks[check_id] if check_id else summary.as_recorded
    return counts[Result.CANNOT_DECIDE]
