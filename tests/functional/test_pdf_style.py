"""The pages can be read by everybody: contrast, and never colour alone."""

import pytest
from reportlab.lib.colors import Color

from qaengine.model.result import Result
from qaengine.report import wording
from qaengine.report.pdf import style
from qaengine.report.views import Progress

PAIRS = {
    "ink on paper": (style.INK, style.WHITE),
    "quiet on paper": (style.QUIET, style.WHITE),
    "accent on a table head": (style.ACCENT, style.PALE),
    "ink on the takeaway": (style.INK, style.PALE),
    "ink on an urgent row": (style.INK, style.ALERT_PALE),
    "alert on an urgent row": (style.ALERT, style.ALERT_PALE),
    **{f"{result} on its tint": (mark.strong, mark.pale) for result, mark in style.MARKS.items()},
    **{f"{result} on paper": (mark.strong, style.WHITE) for result, mark in style.MARKS.items()},
    **{f"ink on {result}": (style.INK, mark.pale) for result, mark in style.MARKS.items()},
}


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.rgb()]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("pair", PAIRS)
def test_every_ink_reads_on_its_paper(pair: str) -> None:
    light, dark = sorted((luminance(colour) for colour in PAIRS[pair]), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_result_has_its_own_sign_and_its_own_word() -> None:
    for words in (wording.RESULTS, wording.SHORT_RESULTS, wording.MEANINGS):
        assert set(words) == set(Result)
        assert len(set(words.values())) == len(Result)
    assert len({mark.sign for mark in style.MARKS.values()}) == len(Result)
    assert len(set(style.PROGRESS_SIGNS.values())) == len(Progress)
