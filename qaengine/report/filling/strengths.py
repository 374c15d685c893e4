"""What was good, as far as the record shows it."""

from collections.abc import Iterable, Sequence

from qaengine.audit.pack import ChildAudit, Pack
from qaengine.model.result import By, Result
from qaengine.model.standard import Check, Standard
from qaengine.report.filling.common import as_read, says

MOSTLY = 0.75  # the share met from which something is called a strength


def strengths(pack: Pack, children: Iterable[ChildAudit], most: int = 4) -> tuple[str, ...]:
    """What the record shows of most children: standards met by three quarters or more of those decided, then checks.

    A check says nothing good of a child whose standard is not met, nor of a child whose ceiling is inadequate: only
    standards do. Where that leaves nothing, the standards met by more than half. Of one child it says what is met,
    and of several how many of how many.
    """
    children = list(children)
    standards, halves, checks = [], [], []
    for standard in pack.standards:
        whole = [_whole(child, standard.id) for child in children]
        met, decided = _share(whole)
        said = (met / max(decided, 1), met, _standard_met(standard, met, decided, len(children)))
        if _good(met, decided, len(children)):
            standards.append(said)
        elif 2 * met > decided:
            halves.append(said)
        elif Result.NOT_MET not in whole:
            checks += _checks_met(standard, children)
    ranked = [sorted(found, key=lambda one: (-one[0], -one[1])) for found in (standards, checks)]
    chosen = [*ranked[0], *ranked[1]] or halves
    return tuple(words for *_, words in chosen[:most])


def _whole(child: ChildAudit, standard: str) -> Result:
    """The result of a standard with what a person read: met on the record and not as read is not met.

    With a check not met under an agreed exception it is neither: that is no strength. Nor is it whole while one of its
    checks is not yet due, or not decided: what is met is then said check by check.
    """
    if child.excepted(standard):
        return Result.NOT_APPLICABLE
    result = child.results()[standard]
    if as_read(child, standard) is Result.NOT_MET:
        return Result.NOT_MET
    return Result.NOT_YET_DUE if result is Result.MET and not _all_met(child, standard) else result


def _all_met(child: ChildAudit, standard: str) -> bool:
    """Whether the record meets every check that applies to the child."""
    found = {finding.result for finding in child.checks(standard) if finding.by is By.RECORD}
    return found <= {Result.MET, Result.NOT_APPLICABLE}


def _checks_met(standard: Standard, children: Sequence[ChildAudit]) -> list[tuple[float, int, str]]:
    """The checks that most children meet, of a standard that none of them does not meet."""
    if any(child.judgement.ceiling is not None and child.judgement.ceiling.value == "inadequate" for child in children):
        return []
    found = []
    for check in standard.checks:
        met, decided = _share([f.result for c in children for f in c.checks(standard.id) if f.check == check.id])
        if check.by is By.RECORD and _good(met, decided, len(children)):
            found.append((met / decided, met, _check_met(check, met, decided, len(children))))
    return found


def _share(results: Sequence[Result]) -> tuple[int, int]:
    """How many are met, of how many decided."""
    met = results.count(Result.MET)
    return met, met + results.count(Result.NOT_MET)


def _good(met: int, decided: int, children: int) -> bool:
    """One of several is no pattern; one of one is what there is to say."""
    return met >= min(2, children) and met >= MOSTLY * decided and met > 0


def _standard_met(standard: Standard, met: int, decided: int, children: int) -> str:
    one, many = standard.reads
    if children == 1:
        return f"the child {one}"
    return f"{met} of {decided} children {one if met == 1 else many}"


def _check_met(check: Check, met: int, decided: int, children: int) -> str:
    if children == 1:
        return says(check.says)
    return f"in {met} of {decided} files {says(check.says)}"
