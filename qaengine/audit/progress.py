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

    Fewer not met is an improvement only where each that was not met then can be decided now.
    """
    not_met = {standard for standard, result in now.items() if result is Result.NOT_MET}
    unknown = {standard for standard in then if now.get(standard, Result.CANNOT_DECIDE) in UNDECIDED}
    if len(not_met) > len(set(then)):
        return Progress.MORE_NOT_MET
    if unknown:
        return Progress.CANNOT_DECIDE
    return Progress.IMPROVED if len(not_met) < len(set(then)) else Progress.SAME


def in_words(then: Collection[str], now: Mapping[str, Result]) -> str:
    """What became of each standard: "not met then and now: …; met now: …; newly not met: …"."""
    groups = {
        "still not met": [s for s in then if now.get(s) is Result.NOT_MET],
        "met now": [s for s in then if now.get(s) is Result.MET],
        "not enough recorded now": [s for s in then if now.get(s, Result.CANNOT_DECIDE) in UNDECIDED],
        "does not apply now, or not yet due": [
            s for s in then if now.get(s) in (Result.NOT_APPLICABLE, Result.NOT_YET_DUE)
        ],
        "newly not met": [s for s, result in now.items() if result is Result.NOT_MET and s not in then],
    }
    return "; ".join(f"{words}: {', '.join(sorted(names))}" for words, names in groups.items() if names)
