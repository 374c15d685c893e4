"""The progress check: what the data now shows of what was not met. It never stands for the second audit."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from qaengine.model.result import Result

UNDECIDED = frozenset({Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR})


class Progress(StrEnum):
    """What the data shows now, beside what was not met then."""

    IMPROVED = "improved"
    SAME = "same"
    MORE_NOT_MET = "more_not_met"
    CANNOT_DECIDE = "cannot_decide"


def progress(then: Collection[str], now: Mapping[str, Result]) -> Progress:
    """Compare the standards not met then with the results as recorded now.

    Fewer not met is an improvement only where each that was not met then can be decided now. Where it is not recorded
    what was not met then, there is nothing to compare with.
    """
    before = set(then)
    not_met = {standard for standard, result in now.items() if result is Result.NOT_MET}
    if before and len(not_met) > len(before):
        return Progress.MORE_NOT_MET
    if not before or any(_of(now, standard) in UNDECIDED for standard in before):
        return Progress.CANNOT_DECIDE
    return Progress.IMPROVED if len(not_met) < len(before) else Progress.SAME


def _of(now: Mapping[str, Result], standard: str) -> Result:
    """The result now; a standard that is no longer in force cannot be decided."""
    return now.get(standard, Result.CANNOT_DECIDE)


def in_words(
    then: Collection[str], now: Mapping[str, Result], names: Mapping[str, str] | None = None, most: int | None = None
) -> str:
    """What became of each standard: "still not met: …; met now: …; newly not met: …". `names` gives their titles.

    With `most`, what is newly not met is counted where it is more than that.
    """
    if not then:
        return "what was not met then is not recorded"
    groups = {
        "still not met": [s for s in then if _of(now, s) is Result.NOT_MET],
        "met now": [s for s in then if _of(now, s) is Result.MET],
        "not enough recorded now": [s for s in then if _of(now, s) in UNDECIDED],
        "does not apply now, or not yet due": [
            s for s in then if _of(now, s) in (Result.NOT_APPLICABLE, Result.NOT_YET_DUE)
        ],
        "newly not met": [s for s, result in now.items() if result is Result.NOT_MET and s not in then],
    }
    called = names or {}
    listed = {words: ", ".join(sorted({called.get(s, s) for s in found})) for words, found in groups.items() if found}
    new = len(groups["newly not met"])
    if most is not None and new > most:
        listed["newly not met"] = f"{new} standards"
    return "; ".join(f"{words}: {found}" for words, found in listed.items())
