"""What is derived by a council's own tables: school terms, and who may decide what."""

from collections.abc import Callable, Sequence
from datetime import date

from qaengine.cases.derived.council import Delegation, Term
from qaengine.cases.derived.rule import Desk, Rule
from qaengine.cases.derived.view import NC, Cell
from qaengine.cases.shape import CHILD
from qaengine.model.condition import fold


def last_term(terms: Sequence[Term], as_at: date) -> Term | None:
    """The last term to have ended before a date; None where the calendar does not reach that far."""
    ended = [term for term in terms if term.ends < as_at]
    return ended[-1] if ended and _reaches(terms, as_at) else None


def this_term(terms: Sequence[Term], as_at: date) -> Term | None:
    """The term in progress on a date, its last day included; None in the holidays."""
    return next((term for term in terms if term.starts <= as_at <= term.ends), None)


def _reaches(terms: Sequence[Term], as_at: date) -> bool:
    """Whether the calendar speaks of a date: no earlier than its first term begins, no later than its last one ends."""
    return bool(terms) and terms[0].starts <= as_at <= terms[-1].ends


def _of_last(day: Callable[[Term], date]) -> Callable[[Desk], list[Cell]]:
    def run(desk: Desk) -> list[Cell]:
        term = last_term(desk.council.terms, desk.as_at)
        return [NC if term is None else day(term)] * desk.view.children

    return run


def _of_this(day: Callable[[Term], date]) -> Callable[[Desk], list[Cell]]:
    def run(desk: Desk) -> list[Cell]:
        terms, as_at = desk.council.terms, desk.as_at
        term = this_term(terms, as_at)
        cell: Cell = day(term) if term else (None if _reaches(terms, as_at) else NC)
        return [cell] * desk.view.children

    return run


def at_level(kind: Cell, role: Cell, scheme: Delegation) -> Cell:
    """Whether a role may take a decision of a kind; blank where the role is not in the scheme.

    Not carried where the council has written no scheme.
    """
    if not scheme.needs or NC in (kind, role):
        return NC
    if not isinstance(kind, str) or not isinstance(role, str):
        return None
    if kind not in scheme.needs:
        return True
    level = scheme.levels.get(fold(role))
    return None if level is None else level >= scheme.needs[kind]


def _at_level(desk: Desk) -> list[Cell]:
    kinds, roles = desk.cells("decisions", "kind"), desk.cells("decisions", "by_role")
    return [at_level(kind, role, desk.council.delegation) for kind, role in zip(kinds, roles, strict=True)]


RULES = (
    Rule(CHILD.name, "last_term_started", (), _of_last(lambda term: term.starts)),
    Rule(CHILD.name, "last_term_ended", (), _of_last(lambda term: term.ends)),
    Rule(CHILD.name, "this_term_started", (), _of_this(lambda term: term.starts)),
    Rule(CHILD.name, "this_term_ends", (), _of_this(lambda term: term.ends)),
    Rule("decisions", "at_level", (("decisions", "kind"), ("decisions", "by_role")), _at_level),
)
