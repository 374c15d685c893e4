"""The frame: the children that a draw is made from, as they stood on one date."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from qaengine.model.problem import ExitCode, InputError, Problem
from qaengine.sample.tickets import usable

NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class FrameChild:
    """One child of the frame: a reference, what can be filtered or stratified on (team, status, worker), and the last
    audit on or before the as-at date. A blank attribute is None."""

    child_id: str
    attributes: Mapping[str, str | None] = field(default_factory=dict, hash=False)
    last_audited_on: date | None = None

    def __post_init__(self) -> None:
        tidy = {name: (value or "").strip() or None for name, value in self.attributes.items()}
        object.__setattr__(self, "attributes", MappingProxyType(tidy))

    def value(self, attribute: str) -> str:
        """The attribute as it is printed: `not recorded` where it is blank or was not given."""
        return self.attributes.get(attribute) or NOT_RECORDED

    def line(self) -> str:
        """The child as one canonical line (JSON, attributes sorted by name): what the frame's hash is taken over."""
        audited = self.last_audited_on.isoformat() if self.last_audited_on else None
        return _canonical([self.child_id, audited, sorted(self.attributes.items())])


@dataclass(frozen=True)
class Frame:
    """The children as at a date, in the order of their references. Raises InputError (CASE_DATA) that lists every
    repeated or unusable reference and every audit dated after the as-at date."""

    as_at: date
    children: tuple[FrameChild, ...]

    def __init__(self, as_at: date, children: Iterable[FrameChild]) -> None:
        object.__setattr__(self, "as_at", as_at)
        object.__setattr__(self, "children", tuple(sorted(children, key=lambda child: child.child_id)))
        problems = list(self._problems())
        if problems:
            raise InputError(problems, ExitCode.CASE_DATA)

    def _problems(self) -> Iterator[Problem]:
        for child_id, times in Counter(child.child_id for child in self.children).items():
            if times > 1:
                yield Problem("frame", 0, 0, f"child {child_id!r} is in the frame {times} times")
            if not usable(child_id):
                yield Problem(
                    "frame",
                    0,
                    0,
                    f"child reference {child_id!r} cannot be used",
                    expected="printable characters without outer spaces",
                )
        for child in self.children:
            if child.last_audited_on and child.last_audited_on > self.as_at:
                yield Problem(
                    "frame",
                    0,
                    0,
                    f"child {child.child_id!r} was audited after the as-at date",
                    found=child.last_audited_on.isoformat(),
                    expected=f"up to {self.as_at.isoformat()}",
                )

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names of the attributes that any child carries, sorted."""
        return tuple(sorted({name for child in self.children for name in child.attributes}))

    def values(self, attribute: str) -> tuple[str, ...]:
        """The values of an attribute as printed, sorted."""
        return tuple(sorted({child.value(attribute) for child in self.children}))

    def text(self) -> str:
        """The frame as text to keep beside a draw: the as-at date, then one canonical line a child, sorted."""
        lines = [_canonical(["as at", self.as_at.isoformat()]), *sorted(child.line() for child in self.children)]
        return "".join(f"{line}\n" for line in lines)

    def sha256(self) -> str:
        """The frame's hash: sha256 of `text()`, so that `sha256sum` of the kept file gives the same."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))  # ASCII, so that no encoding or line separator can change a hash
