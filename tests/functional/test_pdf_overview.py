"""The overview of an audit: every standard at one look, and nothing said that a handful cannot say."""

import pytest
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect

from qaengine.report.overview import OverviewLine, OverviewView, overview_note, overview_sentence
from qaengine.report.pdf import render_overview, style
from qaengine.report.pdf.blocks import Picture
from qaengine.report.pdf.overview import _bar
from qaengine.report.views import Counts, Estimate, Interval, Selection
from tests.functional.pdf_views import SCOPE, page_text, reader


def line(name: str, met: int, not_met: int, theme: str = "plans", severity: str = "major", **more: int) -> OverviewLine:
    counts = Counts(met, not_met, **more)
    some = Interval(0.1, 0.9) if counts.decided else None
    return OverviewLine(name, theme, severity, counts, Estimate(some, some))


def view(*lines: OverviewLine, drawn: int = 12, census: bool = False, written: tuple[str, ...] = ()) -> OverviewView:
    refs = tuple(f"CH-{at:04d}" for at in range(drawn))
    frame = drawn if census else 72
    chosen = Selection("children", frame, frame, "Drawn at random.", refs, "2019-Q3", "e3b0" * 16, census=census)
    return OverviewView(SCOPE, chosen, lines, written=written)


def test_the_sentence_says_how_many_how_few_and_what_is_lowest() -> None:
    found = view(line("SDQ", 1, 3), line("PEP", 0, 2), line("Visits", 0, 4), line("Plans", 2, 8), line("Voice", 2, 2))
    assert overview_sentence(found) == (
        "5 standards on 12 children drawn from 72. Four are met by fewer than half of those decided, lowest: "
        "Visits (0 of 4), PEP (0 of 2) and Plans (2 of 10). "
    )


@pytest.mark.parametrize(("met", "not_met", "fewer"), [(1, 2, True), (2, 2, False), (2, 1, False)])
def test_half_is_not_fewer_than_half(met: int, not_met: int, fewer: bool) -> None:
    assert ("One is met by fewer than half" in overview_sentence(view(line("SDQ", met, not_met)))) is fewer


def test_what_could_be_decided_for_nobody_is_said_and_what_applies_to_nobody_is_not() -> None:
    found = view(line("SDQ", 0, 0, cannot_decide=3), line("PEP", 0, 0, not_applicable=12))
    assert overview_sentence(found).endswith("For one not enough is recorded to decide for any child.")


def test_of_a_census_nothing_is_drawn() -> None:
    assert "drawn" not in overview_sentence(view(line("SDQ", 1, 1), census=True))


def test_the_note_says_where_each_child_is() -> None:
    assert overview_note(view(written=("SDQ", "PEP"))).endswith("written beside this one for SDQ and PEP.")
    assert "--dip-sample ID" in overview_note(view())


def test_the_page_groups_by_theme_and_counts_what_is_not_decided_and_does_not_apply() -> None:
    pdf = render_overview(
        view(
            line("SDQ", 7, 4, "health", "critical", cannot_decide=1), line("PEP", 0, 0, "education", not_applicable=12)
        )
    )
    said = page_text(pdf, 1)
    assert said.index("Education") < said.index("PEP") < said.index("Health") < said.index("SDQ critical")
    assert "7 of 11" in said
    assert "nobody it applies to" in said
    assert render_overview(view()) == render_overview(view())


def drawn(of: OverviewLine) -> Drawing:
    picture = _bar(of)
    assert isinstance(picture, Picture)
    return picture.drawing


@pytest.mark.parametrize(
    ("met", "not_met", "at", "hollow"), [(0, 2, 0.0, True), (10, 0, 1.0, False), (5, 5, 0.5, False)]
)
def test_the_dot_stands_at_the_share_and_the_interval_is_a_line_and_no_bar(
    met: int, not_met: int, at: float, hollow: bool
) -> None:
    """None of two: a dot at nought with a long pale line, and not a bar that looks full."""
    drawing = drawn(line("SDQ", met, not_met))
    (dot,) = [part for part in drawing.contents if isinstance(part, Circle)]
    assert dot.cx == pytest.approx(at * drawing.width, abs=4)
    assert (dot.fillColor == style.WHITE) is hollow
    assert not [part for part in drawing.contents if isinstance(part, Rect)]
    ends = [(part.x1 / drawing.width, part.x2 / drawing.width) for part in drawing.contents if isinstance(part, Line)]
    assert any(low == pytest.approx(0.1) and high == pytest.approx(0.9) for low, high in ends)


def test_where_nobody_is_decided_there_is_no_dot() -> None:
    undecided = OverviewLine("SDQ", "plans", "major", Counts(cannot_decide=3), Estimate(None, Interval(0, 1)))
    assert not [part for part in drawn(undecided).contents if isinstance(part, Circle)]
    assert "No dot: none could be decided" in overview_note(view())


@pytest.mark.parametrize("standards", [1, 41])
def test_the_whole_library_takes_two_pages_at_most(standards: int) -> None:
    lines = [line(f"Standard number {at}", 5, 6, theme=f"theme {at % 14}") for at in range(standards)]
    assert len(reader(render_overview(view(*lines))).pages) <= 2


def test_a_theme_s_name_never_stands_alone_at_the_foot_of_a_page() -> None:
    for n in range(20, 41):
        lines = [line(f"Standard {at:02d}", 5, 6, theme=f"theme {at // 3:02d}") for at in range(n)]
        first = page_text(render_overview(view(*lines)), 1)
        last_theme = max(at for at in range(n) if f"Theme {at // 3:02d}" in first) // 3
        assert f"Standard {last_theme * 3:02d}" in first
