"""The overview of an audit: every standard at one look, and the sentence to take away from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from qaengine.report.parts import Concern, Counts, Estimate, Scope, Selection
from qaengine.report.wording import FEW, capital, counted, joined, plural, words

LEAST = 3  # standards that the first sentence names


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """One standard on the drawn children."""

    name: str
    theme: str
    severity: str
    counts: Counts
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class OverviewView:
    """Every standard of an audit on the drawn children, by theme; `written` are those with a dip sample beside it."""

    scope: Scope
    selection: Selection
    lines: tuple[OverviewLine, ...]
    concerns: tuple[Concern, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def themes(self) -> dict[str, list[OverviewLine]]:
        """The standards of each theme, themes in the order of the alphabet."""
        return {
            theme: [line for line in self.lines if line.theme == theme]
            for theme in sorted({line.theme for line in self.lines})
        }


def overview_sentence(view: OverviewView) -> str:
    """How many standards on how many children, what stands out, and what could not be decided."""
    n, drawn = len(view.lines), len(view.selection.drawn)
    said = f"{capital(counted(n, 'standard', 'standards'))} on {counted(drawn, 'child', 'children')}"
    chosen = "" if view.selection.census else f" drawn from {view.selection.frame_size:,}"
    return f"{said}{chosen}. {_least(view.lines)}{_undecided(view.lines)}"


def _least(lines: Sequence[OverviewLine]) -> str:
    """The standards least often met: the lowest shares, and of equal ones those decided for more children."""
    short = [line for line in lines if 2 * line.counts.met < line.counts.decided]
    if not short:
        return "None is met by fewer than half of those decided. "
    short.sort(key=lambda line: (line.counts.met / line.counts.decided, -line.counts.decided, line.name))
    named = [f"{line.name} ({line.counts.met} of {line.counts.decided})" for line in short[:LEAST]]
    verb = plural(len(short), "is", "are")
    first = "" if len(short) <= LEAST else ", lowest"
    return f"{capital(words(len(short)))} {verb} met by fewer than half of those decided{first}: {joined(named)}. "


def _undecided(lines: Sequence[OverviewLine]) -> str:
    """The standards that the record decides for nobody, though they apply, or may."""
    none = sum(not line.counts.decided and line.counts.undecided > 0 for line in lines)
    if not none:
        return ""
    return f"For {words(none)} not enough is recorded to decide for any child."


def overview_note(view: OverviewView) -> str:
    """How to read the dots and lines, and where each child is."""
    how = (
        "Dot: the share of the children decided that meet the standard; hollow where fewer than "
        f"{FEW} are, to be read as children and not as a rate. Pale line: where the share of all children who could "
        "be drawn may lie, at 95% confidence, however those not decided turn out. No dot: none could be decided."
    )
    each = "Each child, the evidence and the numbers: the dip sample of a standard"
    if view.written:
        return f"{how} {each}, written beside this one for {joined(view.written)}."
    return f"{how} {each} (qaengine audit … --dip-sample ID)."
