"""What changes for whom between two sets of rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qaengine.evaluate.by_child import ByChild, Key
from qaengine.model.parameter import Parameter
from qaengine.model.result import Result
from qaengine.model.standard import Standard
from qaengine.standards.checks import shown_value


@dataclass(frozen=True, slots=True)
class Move:
    """Children whose result changes alike. `check` is empty for the standard as recorded."""

    standard: str
    check: str
    was: Result
    now: Result
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A number, period, list or choice that differs; one that only one of the two has is None in the other."""

    standard: str
    parameter: str
    was: str | None
    now: str | None


@dataclass(frozen=True)
class Compared:
    """Two sets of rules on the same children."""

    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    both: tuple[str, ...]
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]

    def moved(self, standard: str, check: str | None = None) -> list[Move]:
        """The moves of a standard: of one check ("" for the whole), or of all its checks."""
        return [
            move
            for move in self.moves
            if move.standard == standard and (move.check == check if check is not None else move.check)
        ]


def compare(first: Sequence[Standard], second: Sequence[Standard], was: ByChild, now: ByChild) -> Compared:
    """Compare the standards of two sets of rules, and what each says of the same children."""
    before, after = ({one.id: one for one in rules} for rules in (first, second))
    both = [name for name in before if name in after]
    keys = [key for name in both for key in _keys(before[name], after[name])]
    return Compared(
        tuple(name for name in before if name not in after),
        tuple(name for name in after if name not in before),
        tuple(both),
        tuple(change for name in both for change in _changes(before[name], after[name])),
        tuple(move for key in keys for move in _moves(key, was.get(key, {}), now.get(key, {}))),
    )


def _keys(before: Standard, after: Standard) -> Iterator[Key]:
    yield before.id, ""
    yield from ((before.id, check) for check in dict.fromkeys(c.id for c in (*before.checks, *after.checks)))


def _changes(before: Standard, after: Standard) -> Iterator[Change]:
    was = {parameter.name: parameter for parameter in before.parameters}
    now = {parameter.name: parameter for parameter in after.parameters}
    for name in dict.fromkeys((*was, *now)):
        old, new = _shown(was.get(name)), _shown(now.get(name))
        if old != new:
            yield Change(before.id, name, old, new)


def _shown(parameter: Parameter | None) -> str | None:
    return None if parameter is None else shown_value(parameter.value)


def _moves(key: Key, was: Mapping[str, Result], now: Mapping[str, Result]) -> Iterator[Move]:
    """Grouped by what it was and what it is; a child who has no result is one to whom it does not apply."""
    found: dict[tuple[Result, Result], list[str]] = {}
    for child in sorted({*was, *now}):
        pair = was.get(child, Result.NOT_APPLICABLE), now.get(child, Result.NOT_APPLICABLE)
        if pair[0] is not pair[1]:
            found.setdefault(pair, []).append(child)
    for (old, new), children in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Move(*key, old, new, tuple(children))
