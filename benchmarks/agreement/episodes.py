"""Periods of care, moves and the same carer: rules on episodes. What we know of an episode rests on all of the
child's; the validator looks at the row before it or after it, in the order of starts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import pairwise

from agreement.compare import Asked, Reason, Rule
from agreement.returns import ENDS_NOTHING, GOES_ON, SAME_CARER, Child, Episode, Return
from qaengine.cases.derived.care import CHANGE_OF_CARER, end_of
from qaengine.cases.derived.view import Cell

PLACED = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
"""The columns by which the validator tells one placement from another: we take the first, and the reason's code."""
WITH_FOSTER_CARER = frozenset({"A3", "A5"})
CODES_SINCE = date(2015, 4, 1)  # since when A3 and A5 are told from A4 and A6, by their 217


@dataclass(frozen=True, slots=True)
class AtEpisode:
    """The facts of an episode. `begins`: a period of care begins with it; `goes_on`: the period lasts beyond it;
    `same_status`: its legal status is that of the one before it in the period. None where it is not care, not there
    yet, or the first of its period."""

    child: Child
    this: Episode
    before: Episode | None
    after: Episode | None
    is_there: bool
    begins: bool | None
    goes_on: bool | None
    moved: bool
    same_status: bool | None
    with_carer: Cell

    @property
    def code(self) -> str | None:
        return self.this.reason_started

    @property
    def ended_before(self) -> date | None:
        """The day on which the row before ended."""
        return self.before.ended if self.before is not None else None

    def is_same(self, *headings: str) -> bool:
        """Whether columns say the same as in the row before: a blank is the same as a blank."""
        if self.before is None:
            return False
        was, now = self.before.line.cells, self.this.line.cells
        return all(was.get(heading, "") == now.get(heading, "") for heading in headings)

    @property
    def has_blank(self) -> bool:
        """Whether one of the columns of a placement is blank, here or in the row before."""
        before = self.before is None or self.before.line.all_of(*PLACED)
        return not (before and self.this.line.all_of(*PLACED))


# How the validator reads it: from the row beside it alone


def _by_row_before(f: AtEpisode, meets: Callable[[date, date], bool]) -> AtEpisode:
    begins = f.ended_before is None or not meets(f.ended_before, f.this.started)
    return replace(f, begins=begins, with_carer=not begins, is_there=True)


_on_the_day = partial(_by_row_before, meets=lambda ended, started: ended == started)
_on_the_day_or_later = partial(_by_row_before, meets=lambda ended, started: ended >= started)


def _by_row_after(f: AtEpisode) -> AtEpisode:
    return replace(f, goes_on=f.after is not None and f.after.started == f.this.ended, is_there=True)


def _by_four_columns(f: AtEpisode) -> AtEpisode:
    """Moved where a column differs. Their 435 (P, T) never takes a blank for the same as a blank, the others do."""
    moved = not f.is_same(*PLACED) or (f.code in {"P", "T"} and f.has_blank)
    same = f.before is not None and f.before.legal_status == f.this.legal_status
    return replace(f, moved=moved, same_status=same, is_there=True)


def _ended_with_year(f: AtEpisode) -> AtEpisode:
    return replace(f, this=replace(f.this, ended=f.child.year_end), goes_on=False)


# Why that may differ from what all of the child's episodes say

AHEAD = ("not there yet", "dated after the as-at date, so for us it has not happened")
SHORT_BREAK = ("short break", "an agreed short break is an episode for them and no care for us")
OPEN = ("no end before it", "the row before has no end, so care goes on for us; they have no day to compare")
OVERLAP = ("overlap", "episodes that overlap are care that goes on for us; they ask for the very day")
BESIDE = (
    "another covers the day",
    "an episode other than the row beside it is open on the day; they look at that row alone",
)
FINER = ("other columns", "another postcode, URN or provider is a move for them; we take the placement code alone")
BY_CODE = ("by the code", "P and B say another carer, which is a move for us; for them the columns must differ")
BLANK = ("blank column", "a blank postcode, URN or provider is never the same for their 435, so they see a move")
FIRST = ("first of its period", "there is none before it in its period; they compare it with the row before the gap")
OPEN_AT_END = (
    "365 before 388",
    "run with all rules, their 365 writes the year's end into the ends that 388 then reads",
)


def _reasons_between(other: Callable[[AtEpisode], AtEpisode]) -> tuple[Reason[AtEpisode], ...]:
    """Why what we read between two episodes may differ from what the row before says."""

    def has_before(holds: Callable[[AtEpisode], bool]) -> Callable[[AtEpisode], bool]:
        return lambda f: f.before is not None and holds(f)

    return (
        Reason(*AHEAD, has_before(lambda f: f.this.started > f.child.year_end), other),
        Reason(*SHORT_BREAK, has_before(_short_break_before), other),
        Reason(*OPEN, has_before(lambda f: f.ended_before is None), other),
        Reason(*OVERLAP, lambda f: f.ended_before is not None and f.ended_before > f.this.started, other),
        Reason(
            *BESIDE,
            lambda f: f.begins is False and f.ended_before is not None and f.ended_before < f.this.started,
            other,
        ),
    )


def _short_break_before(f: AtEpisode) -> bool:
    return f.this.is_short_break or (f.before is not None and f.before.is_short_break)


def _short_break_after(f: AtEpisode) -> bool:
    return f.this.is_short_break or (f.after is not None and f.after.is_short_break)


OF_END: tuple[Reason[AtEpisode], ...] = (
    Reason(*AHEAD, lambda f: (f.this.ended or date.min) > f.child.year_end, _by_row_after),
    Reason(*SHORT_BREAK, _short_break_after, _by_row_after),
    Reason(
        *OVERLAP,
        lambda f: f.after is not None and f.this.ended is not None and f.after.started < f.this.ended,
        _by_row_after,
    ),
    Reason(
        *BESIDE,
        lambda f: (
            f.goes_on is True and f.this.ended is not None and (f.after is None or f.after.started > f.this.ended)
        ),
        _by_row_after,
    ),
    Reason(*OPEN_AT_END, lambda f: f.this.ended is None, _ended_with_year),
)
OF_MOVE: tuple[Reason[AtEpisode], ...] = (
    Reason(*FINER, lambda f: f.is_same("PLACE") and not f.is_same(*PLACED), _by_four_columns),
    Reason(*BY_CODE, lambda f: f.code in CHANGE_OF_CARER and f.is_same(*PLACED), _by_four_columns),
    Reason(*BLANK, lambda f: f.before is not None and f.code in {"P", "T"} and f.has_blank, _by_four_columns),
    Reason(*FIRST, lambda f: f.before is not None and f.begins is True, _by_four_columns),
    *_reasons_between(_by_four_columns),
)


def _ends_otherwise(f: AtEpisode) -> bool:
    """The code for the end says one thing of whether care goes on, and the episodes say another."""
    if not f.is_there or f.this.reason_ended is None or f.this.ended is None or f.goes_on is None:
        return False
    return (f.this.reason_ended == ENDS_NOTHING) != f.goes_on


EPISODE_RULES: tuple[Rule[AtEpisode], ...] = (
    Rule(
        "431",
        "coded as the start of care (S), while care goes on",
        lambda f: f.is_there and f.code == "S" and f.begins is False,
        _reasons_between(_on_the_day_or_later),
    ),
    Rule(
        "433",
        "coded as going on (P, L, T, U, B), while care begins",
        lambda f: f.is_there and f.code in GOES_ON and f.before is not None and f.begins is True,
        _reasons_between(_on_the_day),
    ),
    Rule(
        "388",
        "ended for a new episode (X1) and care ended, or for another reason and care goes on",
        _ends_otherwise,
        OF_END,
    ),
    Rule(
        "434",
        "coded as a change of legal status alone (L), and the child moved or the status is the same",
        lambda f: f.is_there and f.code == "L" and f.same_status is not None and (f.same_status or f.moved),
        OF_MOVE,
    ),
    Rule(
        "435",
        "coded as a move alone (P, T), and the child did not move or the status changed",
        lambda f: f.is_there and f.code in {"P", "T"} and f.same_status is not None and not (f.same_status and f.moved),
        OF_MOVE,
    ),
    Rule(
        "436",
        "coded as a move and a change of legal status (U, B), and one of them did not happen",
        lambda f: f.is_there and f.code in {"U", "B"} and f.same_status is not None and (f.same_status or not f.moved),
        OF_MOVE,
    ),
    Rule(
        "217",
        "placed for adoption with the current foster carer (A3, A5), by a code that says another carer (P, B)",
        lambda f: (
            f.is_there
            and f.this.placement in WITH_FOSTER_CARER
            and f.this.started >= CODES_SINCE
            and f.code in CHANGE_OF_CARER
        ),
        (
            Reason(
                "status alone",
                "coded L, a change of legal status alone: no other carer for us; they allow S, T and U only",
                lambda f: f.code == "L",
                lambda f: replace(f, this=replace(f.this, reason_started="P")),
            ),
            Reason(*AHEAD, lambda f: f.this.started > f.child.year_end, lambda f: replace(f, is_there=True)),
        ),
    ),
)
STILL_WITH_CARER: Rule[AtEpisode] = Rule(
    "433, L T U",
    "coded as with the same carer (L, T, U), while the time with the carer does not go on",
    lambda f: f.is_there and f.code in SAME_CARER and f.before is not None and f.with_carer is False,
    _reasons_between(_on_the_day),
)


def of_episodes(read: Return) -> Iterator[Asked[AtEpisode]]:
    """Every episode, with the rows beside it."""
    for child in read.children.values():
        befores, afters = [None, *child.episodes], [*child.episodes[1:], None]
        for before, this, after in zip(befores, child.episodes, afters, strict=False):
            yield Asked(this.line.key, child.id, this.line.where, _facts(child, this, before, after))


def _facts(child: Child, this: Episode, before: Episode | None, after: Episode | None) -> AtEpisode:
    place = next((n for n, row in enumerate(child.known) if row.id == this.id), None)
    period = next((p for p in child.unbroken if place in {spell.place for spell in p}), None)
    begins = goes_on = same = None
    if period is not None:
        begins = period[0].place == place
        end = end_of(period)
        goes_on = end is None or (this.ended is not None and end > this.ended)
        previous = next((a for a, b in pairwise(period) if b.place == place), None)
        if previous is not None:
            same = child.known[previous.place].values["legal_status"] == this.legal_status
    is_there, moved, with_carer = place is not None, this.id in child.moved, child.with_carer.get(this.id)
    return AtEpisode(child, this, before, after, is_there, begins, goes_on, moved, same, with_carer)
