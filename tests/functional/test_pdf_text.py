"""Text from strangers goes onto paper as letters: never as markup, never silently lost, never overflowing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.platypus import Paragraph

from qaengine.report.pdf import style
from qaengine.report.pdf.text import (
    PLACEHOLDER,
    REGULAR,
    clean,
    clip,
    fit,
    has_unprintable,
    in_clauses,
    markup,
    register_fonts,
    width,
)
from tests.functional.pdf_views import TYPICAL

SETTINGS = settings(derandomize=True, deadline=None, max_examples=200)


def test_the_typeface_has_every_character_that_the_reports_use() -> None:
    known = register_fonts()
    assert not [letter for letter in "£–—’‘“”…≤≥×½%•·→✓✘✗●▲▼■▯−éłőșžßæÐŠ" if ord(letter) not in known]
    assert not [mark.sign for mark in style.MARKS.values() if ord(mark.sign) not in known]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("plain £5 – ok", "plain £5 – ok"),
        ("e\u0301", "é"),
        ("שלום", PLACEHOLDER * 4),
        ("ok 😀", f"ok {PLACEHOLDER}"),
        ("\u202eevil\u202c", "evil"),
        ("a\x00b\x07c", "abc"),
        ("a\r\nb\tc", "a\nb c"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_what_cannot_be_printed_is_shown_as_such_and_what_steers_the_type_is_dropped(
    written: str, printed: str
) -> None:
    assert clean(written) == printed


@SETTINGS
@given(st.text())
def test_cleaning_leaves_only_printable_letters_and_changes_nothing_twice(words: str) -> None:
    once = clean(words)
    assert {ord(letter) for letter in once} - {ord("\n")} <= register_fonts()
    assert clean(once) == once


@SETTINGS
@given(st.text(alphabet="<>&;abp/='\" \n1"))
def test_markup_is_never_read_as_markup(words: str) -> None:
    shown = Paragraph(markup(words), style.BODY).getPlainText(identify=False)
    assert "".join(shown.split()) == "".join(clean(words).split())


@SETTINGS
@given(st.text(), st.integers(min_value=2, max_value=60))
def test_a_clipped_text_keeps_within_its_limit_and_says_that_it_was_cut(words: str, limit: int) -> None:
    flat = " ".join(words.split())
    cut = clip(words, limit)
    assert len(cut) <= limit
    assert cut == flat if len(flat) <= limit else cut.endswith("…")


@SETTINGS
@given(st.text(max_size=80), st.floats(min_value=20, max_value=200))
def test_a_fitted_line_is_never_wider_than_its_room(words: str, room: float) -> None:
    assert width(fit(words, REGULAR, 8, room), REGULAR, 8) <= room


def test_a_date_stays_on_one_line() -> None:
    assert re.search("28\u00a0Oct\u00a02019", markup("social worker, 28 Oct 2019"))


def test_a_view_knows_whether_it_holds_what_cannot_be_printed() -> None:
    assert not has_unprintable(TYPICAL)
    assert has_unprintable((TYPICAL, "שלום"))


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (200, "Plan: not evidenced that each action, of any sort, has an owner; the form “old, blue” is on file"),
        (60, "Plan: not evidenced that each action, of any sort"),
        (40, "Plan: not evidenced that each action"),
        (30, "Plan: not evidenced"),
        (10, "Plan"),
        (2, "Plan"),
    ],
)
def test_a_text_is_shortened_by_whole_clauses(limit: int, said: str) -> None:
    whole = "Plan: not evidenced that each action, of any sort, has an owner; the form “old, blue” is on file"
    assert in_clauses(whole, limit) == said


def test_no_clause_ends_within_quotes_and_a_first_clause_without_end_is_cut_as_any_text() -> None:
    assert in_clauses("The action “Father, and he alone, comes” has no measure, and no date", 40) == (
        "The action “Father, and he alone, comes” has no measure"
    )
    assert in_clauses("word " * 100, 40).endswith("word…")
    assert len(in_clauses("word " * 100, 40)) <= 160
