"""The progress check: what was not met then, beside what the data shows now. It never stands for a second audit."""

import pytest

from qaengine.audit.progress import Progress, in_words, progress
from qaengine.model.result import Result

MET, NOT_MET, CANNOT, READ = Result.MET, Result.NOT_MET, Result.CANNOT_DECIDE, Result.REFER_TO_AUDITOR


@pytest.mark.parametrize(
    ("then", "now", "found"),
    [
        # One fewer, as many, and one more than then.
        ("ab", {"a": MET, "b": NOT_MET}, Progress.IMPROVED),
        ("ab", {"a": NOT_MET, "b": NOT_MET}, Progress.SAME),
        ("ab", {"a": NOT_MET, "b": NOT_MET, "c": NOT_MET}, Progress.MORE_NOT_MET),
        # Another in place of the first is neither better nor less.
        ("a", {"a": MET, "b": NOT_MET}, Progress.SAME),
        # Nothing left.
        ("ab", {"a": MET, "b": MET}, Progress.IMPROVED),
        # A duty that fell away, or is not due again yet, is not met no longer.
        ("a", {"a": Result.NOT_APPLICABLE}, Progress.IMPROVED),
        ("a", {"a": Result.NOT_YET_DUE}, Progress.IMPROVED),
        # What cannot be decided now is never an improvement, nor the same.
        ("ab", {"a": CANNOT, "b": MET}, Progress.CANNOT_DECIDE),
        ("ab", {"a": READ, "b": NOT_MET}, Progress.CANNOT_DECIDE),
        ("a", {}, Progress.CANNOT_DECIDE),
        # But more not met is more, whatever the rest.
        ("a", {"a": CANNOT, "b": NOT_MET, "c": NOT_MET}, Progress.MORE_NOT_MET),
        ("a", {"a": CANNOT, "b": NOT_MET}, Progress.CANNOT_DECIDE),
        # Where nobody recorded what was not met then, there is nothing to compare with.
        ("", {"a": NOT_MET}, Progress.CANNOT_DECIDE),
        ("", {"a": MET}, Progress.CANNOT_DECIDE),
    ],
)
def test_progress_compares_how_many_are_not_met(then: str, now: dict[str, Result], found: Progress) -> None:
    assert progress(list(then), now) is found


def test_a_standard_that_is_named_twice_counts_once() -> None:
    assert progress(["a", "a"], {"a": NOT_MET}) is Progress.SAME


def test_the_words_say_what_became_of_each() -> None:
    now = {"a": NOT_MET, "b": MET, "c": CANNOT, "d": Result.NOT_APPLICABLE, "e": NOT_MET, "f": MET}
    assert in_words("abcd", now, {"a": "SDQ", "e": "SMART plan"}) == (
        "still not met: SDQ; met now: b; not enough recorded now: c; does not apply now, or not yet due: d; "
        "newly not met: SMART plan"
    )


def test_a_standard_no_longer_in_force_cannot_be_decided() -> None:
    assert in_words(["gone"], {}) == "not enough recorded now: gone"


def test_nothing_recorded_then_is_said() -> None:
    assert in_words([], {"a": NOT_MET}) == "what was not met then is not recorded"
