"""Tickets: the order in which children come up, fixed by the seed and the child's reference alone."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

# A character that no reference or seed may hold, so that ("a", "bc") and ("ab", "c") never share a ticket.
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True, order=True)
class Ticket:
    """A child's place in the order. `number` counts from 1 over the whole frame, left-out children too, so
    leaving a child out never renumbers the others; `digest` is 64 hexadecimal digits."""

    number: int
    child_id: str
    digest: str


def digest(seed: str, child_id: str) -> str:
    """sha256 of seed, U+001F and child reference in UTF-8, in hexadecimal: the same on every machine."""
    return hashlib.sha256(f"{seed}{SEPARATOR}{child_id}".encode()).hexdigest()


def tickets(seed: str, child_ids: Iterable[str]) -> tuple[Ticket, ...]:
    """Everyone's ticket, ascending. The order in which the children are given does not matter.

    Each child's digest depends on no other child, so the first n of this order change by at most one slot when a
    child joins or leaves, and the next round is the next slice. (Known as consistent sampling: R. L. Rivest,
    "Consistent Sampling with Replacement", arXiv:1808.10016; here without replacement.)
    """
    order = sorted((digest(seed, child_id), child_id) for child_id in set(child_ids))
    return tuple(Ticket(number, child_id, code) for number, (code, child_id) in enumerate(order, start=1))


def usable(text: str) -> bool:
    """Whether a seed or reference can be printed, typed again and hashed: no control characters, no outer spaces."""
    return bool(text) and text.isprintable() and text == text.strip()
