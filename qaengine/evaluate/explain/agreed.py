"""What is said of agreed exceptions: beside a finding, and over all children."""

from collections.abc import Iterator, Sequence
from datetime import date

from qaengine.evaluate.explain.words import count, day
from qaengine.evaluate.summary import StandardSummary
from qaengine.model.agreed import AgreedException, Excepted, Exceptions, Standing
from qaengine.model.result import Result


def exception_words(mark: Excepted) -> str:
    """The mark beside a finding: until when, by whose authority, and why; or that it counts again."""
    agreed = mark.agreed
    authority = f"authorised by {agreed.authorised_by}: {agreed.reason}"
    if mark.in_force:
        return f"agreed exception until {day(agreed.expires_on)}, {authority}"
    return f"agreed exception expired on {day(agreed.expires_on)}: counts again ({authority})"


def exception_lines(exceptions: Exceptions, summaries: Sequence[StandardSummary], as_at: date) -> Iterator[str]:
    """What the exceptions do to the counts, and those that do nothing: over all children, and never hidden."""
    if not exceptions.agreed:
        return
    yield "Agreed exceptions:"
    for summary in summaries:
        yield from _of_standard(summary)
    standings = [one.standing(as_at) for one in exceptions.agreed]
    yield f"  {count(standings.count(Standing.IN_FORCE), 'exceptions')} in force on {day(as_at)}."
    for one in exceptions.agreed:
        if one.standing(as_at) is Standing.EXPIRED:
            yield f"  {_called(one)}: expired on {day(one.expires_on)}: counts again."
    if later := standings.count(Standing.NOT_BEGUN):
        yield f"  {count(later, 'exceptions')} agreed after {day(as_at)}: not counted yet."


def _called(one: AgreedException) -> str:
    return f"{one.child}, {one.standard}, {one.check}"


def _of_standard(summary: StandardSummary) -> Iterator[str]:
    """For instance "met 12 of 15; 1 more not met under an agreed exception"."""
    counts, excepted = summary.as_recorded, summary.excepted
    if not excepted:
        return
    met = f"met {counts[Result.MET]:,} of {counts[Result.MET] + counts[Result.NOT_MET]:,}"
    parts = [met]
    if inside := excepted[Result.MET]:
        parts.append(f"of those met, {inside:,} with a check not met under an agreed exception")
    if still := excepted[Result.NOT_MET]:
        parts.append(f"of those not met, {still:,} with another check not met under one")
    if more := excepted.total() - inside - still:
        parts.append(f"{more:,} more not met under an agreed exception")
    checks = ", ".join(f"{check} ({n:,})" for check, n in summary.excepted_checks.items() if n)
    yield f"  {summary.standard.id}: {'; '.join(parts)}. By check: {checks}."
