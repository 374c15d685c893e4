"""The age at a review, and reviews of short breaks: rules on reviews."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from agreement.compare import Asked, Reason, Rule
from agreement.episodes import AHEAD
from agreement.returns import Child, Return

UNDER_FOUR = "PN0"
OVER_FOUR = frozenset({f"PN{n}" for n in range(1, 8)})


@dataclass(frozen=True, slots=True)
class AtReview:
    """The facts of a review: whether it is there yet, how the child took part, and whether the child was 4."""

    child: Child
    held: date | None
    code: str
    is_four: bool | None
    is_there: bool


NOT_YET: Reason[AtReview] = Reason(
    *AHEAD, lambda f: f.held is not None and f.held > f.child.year_end, lambda f: replace(f, is_there=True)
)
BIRTHDAY: Reason[AtReview] = Reason(
    "on the fourth birthday",
    "they ask for a day after the birthday; the words are 4 or over",
    lambda f: f.held is not None and f.held == f.child.turns(4),
    lambda f: replace(f, is_four=False),
)
REVIEW_RULES: tuple[Rule[AtReview], ...] = (
    Rule(
        "440",
        "a review coded for a child under 4 (PN0), of a child of 4 or over",
        lambda f: f.is_there and f.code == UNDER_FOUR and f.is_four is True,
        (NOT_YET, BIRTHDAY),
    ),
    Rule(
        "441",
        "a review coded for a child of 4 or over (PN1 to PN7), of a child under 4",
        lambda f: f.is_there and f.code in OVER_FOUR and f.is_four is False,
        (NOT_YET,),
    ),
    Rule(
        "399",
        "a review of a child who was never looked after but for short breaks",
        lambda f: f.is_there and bool(f.child.known) and not f.child.care,
        (NOT_YET,),
    ),
)


def of_reviews(read: Return) -> Iterator[Asked[AtReview]]:
    """Every review."""
    for child, line, record in read.pairs("Reviews", "reviews"):
        held, four = record.values["held"], child.turns(4)
        day = held if isinstance(held, date) else None
        is_four = None if day is None or four is None else day >= four
        facts = AtReview(child, day, line.cells["REVIEW_CODE"], is_four, record.id in child.there)
        yield Asked(line.key, child.id, line.where, facts)
