"""A draw: who was drawn, from whom, who was left out and why, and who was replaced. Anyone can replay it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from qaengine.model.problem import ExitCode, InputError, Problem, nearest
from qaengine.sample.frame import Frame
from qaengine.sample.size import Each, Size, wanted
from qaengine.sample.strata import quotas
from qaengine.sample.tickets import Ticket, tickets, usable
from qaengine.sample.where import attribute_problem

METHOD = "sha256(seed + U+001F + child reference), in UTF-8, ascending"
EVERYBODY = "everyone"
RESERVES_SHOWN = 5


@dataclass(frozen=True, slots=True, order=True)
class Exclusion:
    """A child of the frame who cannot be drawn, and why."""

    child_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A line of the log: who was taken out (and their ticket), why and by whom, and whose ticket came next."""

    child_id: str
    ticket: int
    stratum: str
    reason: str
    by: str
    replaced_by: str
    next_ticket: int


@dataclass(frozen=True, slots=True, order=True)
class Drawn:
    """A child drawn: the ticket, the reference, the stratum, and the reference of the child whose place it took."""

    ticket: int
    child_id: str
    stratum: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Stratum:
    """The tickets of one stratum's children who can be drawn; the first `earlier` of them went to earlier rounds."""

    name: str
    tickets: tuple[Ticket, ...]
    earlier: int
    quota: int
    replaced: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 0 <= self.earlier <= self.used <= self.population or self.quota < 0:
            raise ValueError(f"stratum {self.name!r}: more tickets used than there are")

    @property
    def population(self) -> int:
        """How many children can be drawn from the stratum, earlier rounds included."""
        return len(self.tickets)

    @property
    def used(self) -> int:
        """How many tickets are used up: earlier rounds, this round, and those replaced in it."""
        return self.earlier + self.quota + len(self.replaced)

    @property
    def drawn(self) -> tuple[Ticket, ...]:
        """The tickets drawn in this round, ascending, without those replaced."""
        fresh = (t for t in islice(self.tickets, self.earlier, None) if t.child_id not in self.replaced)
        return tuple(islice(fresh, self.quota))

    @property
    def reserves(self) -> tuple[Ticket, ...]:
        """The tickets that come next."""
        return self.tickets[self.used :]


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw and all that it takes to replay it. Replacing or a next round gives a new Draw; this one stays."""

    seed: str
    as_at: date
    frame_sha256: str
    frame_size: int
    size: Size
    stratified_by: str | None
    excluded: tuple[Exclusion, ...]
    strata: tuple[Stratum, ...]
    round: int = 1
    replacements: tuple[Replacement, ...] = ()

    @property
    def population(self) -> int:
        """How many children can be drawn: the frame less those left out. Rates speak for these, less those replaced."""
        return sum(stratum.population for stratum in self.strata)

    @property
    def children(self) -> tuple[Drawn, ...]:
        """The children drawn, in ticket order."""
        place_of = {line.replaced_by: line.child_id for line in self.replacements}
        return tuple(
            sorted(
                Drawn(ticket.number, ticket.child_id, stratum.name, place_of.get(ticket.child_id))
                for stratum in self.strata
                for ticket in stratum.drawn
            )
        )

    @property
    def short(self) -> int:
        """How many fewer were drawn than asked for, because there were no more."""
        if isinstance(self.size, Each):
            return sum(self.size.n - stratum.quota for stratum in self.strata)
        return max(0, wanted(self.size, self.population) - sum(stratum.quota for stratum in self.strata))

    @property
    def excluded_by_reason(self) -> dict[str, int]:
        """How many were left out for each reason, sorted by reason."""
        return dict(sorted(Counter(exclusion.reason for exclusion in self.excluded).items()))

    def replace(self, child_id: str, reason: str, by: str = "") -> "Draw":
        """The draw with this child's place given to the next ticket of the same stratum, and a line in the log.

        A child who should not have been in the frame is replaced; one whose record cannot be read is not, but stays
        and counts as undecided. Raises InputError (USAGE) where the child is not in the draw, the reason is blank, or
        the stratum has no tickets left.
        """
        mine = next((child for child in self.children if child.child_id == child_id), None)
        stratum = next((s for s in self.strata if mine and s.name == mine.stratum), None)
        problems = list(self._replacing_problems(child_id, reason, stratum))
        if problems or not mine or not stratum:
            raise InputError(problems, ExitCode.USAGE)
        next_in = stratum.reserves[0]
        line = Replacement(
            child_id, mine.ticket, stratum.name, reason.strip(), by.strip(), next_in.child_id, next_in.number
        )
        changed = replace(stratum, replaced=stratum.replaced | {child_id})
        strata = tuple(changed if s is stratum else s for s in self.strata)
        return replace(self, strata=strata, replacements=(*self.replacements, line))

    def _replacing_problems(self, child_id: str, reason: str, stratum: Stratum | None) -> Iterator[Problem]:
        if not reason.strip():
            yield Problem("replace", 0, 0, f"no reason given for replacing {child_id!r}")
        if stratum is None:
            drawn = [child.child_id for child in self.children]
            yield Problem(
                "replace", 0, 0, "child is not in the draw", found=repr(child_id), did_you_mean=nearest(child_id, drawn)
            )
        elif not stratum.reserves:
            yield Problem(
                "replace",
                0,
                0,
                f"no child is left to take this place in stratum {stratum.name!r}",
                found=repr(child_id),
            )

    def next_round(self, size: Size) -> "Draw":
        """The next slice of the same order, from the same frame and the same exclusions.

        Raises InputError (USAGE) where nobody is left, or a quota is for another attribute than the strata.
        """
        if isinstance(size, Each) and size.attribute != self.stratified_by:
            problem = Problem(
                "size",
                0,
                0,
                "a quota for each value of another attribute than the draw's strata",
                found=str(size),
                expected=f"per {self.stratified_by}" if self.stratified_by else "",
            )
            raise InputError([problem], ExitCode.USAGE)
        left = {stratum.name: len(stratum.reserves) for stratum in self.strata}
        if not any(left.values()):
            raise InputError([Problem("draw", 0, 0, "every child has been drawn")], ExitCode.USAGE)
        quota = quotas(size, left, self.population)
        strata = tuple(Stratum(s.name, s.tickets, s.used, quota[s.name]) for s in self.strata)
        return replace(self, size=size, strata=strata, round=self.round + 1, replacements=())

    def to_dict(self) -> dict[str, object]:
        """The draw, ready for JSON."""
        return {
            "method": METHOD,
            "seed": self.seed,
            "round": self.round,
            "as_at": self.as_at.isoformat(),
            "frame_sha256": self.frame_sha256,
            "frame_size": self.frame_size,
            "population": self.population,
            "size": str(self.size),
            "drawn": len(self.children),
            "short": self.short,
            "stratified_by": self.stratified_by,
            "excluded": {
                "by_reason": self.excluded_by_reason,
                "children": [{"child_id": e.child_id, "reason": e.reason} for e in self.excluded],
            },
            "strata": [_stratum_dict(stratum) for stratum in self.strata],
            "children": [_fields(child) for child in self.children],
            "replacements": [_fields(line) for line in self.replacements],
        }


def draw(
    frame: Frame,
    *,
    seed: str,
    size: Size,
    stratify: str | None = None,
    excluded: Mapping[str, str] | None = None,
    audited_on_or_after: date | None = None,
) -> Draw:
    """Draw children from the frame: the lowest tickets first, in the whole frame or in each stratum.

    `excluded` gives reasons by child reference; a child last audited on or after `audited_on_or_after` is left out
    too, for that reason unless another is given. A size such as `2 per team` stratifies by team. A draw that asks for
    more than there are takes them all, and `short` says how many were wanting. Raises InputError (USAGE) that lists
    everything wrong with the request.
    """
    stratify = size.attribute if isinstance(size, Each) and stratify is None else stratify
    reasons = dict(excluded or {})
    problems = list(_request_problems(frame, seed, size, stratify, reasons))
    if problems:
        raise InputError(problems, ExitCode.USAGE)
    left_out = _left_out(frame, reasons, audited_on_or_after)
    strata = _strata(frame, tickets(seed, (child.child_id for child in frame.children)), stratify, left_out)
    left = {name: len(order) for name, order in strata.items()}
    if not any(left.values()):
        problem = Problem("draw", 0, 0, f"nobody to draw: {len(frame.children)} in the frame, {len(left_out)} left out")
        raise InputError([problem], ExitCode.USAGE)
    quota = quotas(size, left, sum(left.values()))
    return Draw(
        seed=seed,
        as_at=frame.as_at,
        frame_sha256=frame.sha256(),
        frame_size=len(frame.children),
        size=size,
        stratified_by=stratify,
        excluded=tuple(Exclusion(*pair) for pair in sorted(left_out.items())),
        strata=tuple(Stratum(name, order, 0, quota[name]) for name, order in sorted(strata.items())),
    )


def _request_problems(
    frame: Frame, seed: str, size: Size, stratify: str | None, reasons: Mapping[str, str]
) -> Iterator[Problem]:
    if not usable(seed):
        yield Problem(
            "seed", 0, 0, "cannot be used", found=repr(seed), expected="printable characters without outer spaces"
        )
    if stratify is not None:
        unknown = attribute_problem(frame, "stratify", stratify)
        if unknown:
            yield unknown
    if isinstance(size, Each) and size.attribute != stratify:
        yield Problem(
            "size",
            0,
            0,
            "a quota for each value of another attribute than the strata",
            found=str(size),
            expected=f"per {stratify}",
        )
    known = {child.child_id for child in frame.children}
    for child_id, reason in reasons.items():
        if child_id not in known:
            yield Problem(
                "exclude",
                0,
                0,
                "child is not in the frame",
                found=repr(child_id),
                did_you_mean=nearest(child_id, known),
            )
        if not reason.strip():
            yield Problem("exclude", 0, 0, f"no reason given for leaving out {child_id!r}")


def _left_out(frame: Frame, reasons: Mapping[str, str], audited_on_or_after: date | None) -> dict[str, str]:
    """One reason a child: a person's reason goes before the machine's."""
    left_out: dict[str, str] = {}
    if audited_on_or_after:
        since = f"audited on or after {audited_on_or_after.isoformat()}"
        left_out = {
            child.child_id: since
            for child in frame.children
            if child.last_audited_on and child.last_audited_on >= audited_on_or_after
        }
    return left_out | {child_id: reason.strip() for child_id, reason in reasons.items()}


def _strata(
    frame: Frame, order: tuple[Ticket, ...], stratify: str | None, left_out: Mapping[str, str]
) -> dict[str, tuple[Ticket, ...]]:
    """The tickets that can be drawn, by stratum; a stratum whose children are all left out is there, and empty."""
    stratum_of = {child.child_id: child.value(stratify) if stratify else EVERYBODY for child in frame.children}
    strata: dict[str, list[Ticket]] = {name: [] for name in stratum_of.values()}
    for ticket in order:
        if ticket.child_id not in left_out:
            strata[stratum_of[ticket.child_id]].append(ticket)
    return {name: tuple(members) for name, members in strata.items()}


def _stratum_dict(stratum: Stratum) -> dict[str, object]:
    return {
        "name": stratum.name,
        "population": stratum.population,
        "drawn": stratum.quota,
        "earlier": stratum.earlier,
        "reserves": [{"ticket": t.number, "child_id": t.child_id} for t in stratum.reserves[:RESERVES_SHOWN]],
    }


def _fields(row: Drawn | Replacement) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__slots__}
