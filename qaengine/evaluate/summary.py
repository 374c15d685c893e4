"""Counts over all children: for each standard and check, how many at each result."""

from collections import Counter
from dataclasses import dataclass, field

from qaengine.evaluate.reference.standard import StandardVerdict
from qaengine.model.result import Result
from qaengine.model.standard import Standard


@dataclass
class StandardSummary:
    """The results of one standard. `undecided` is, by check ("" for the population), a child that shows why.

    `excepted` are the children of whom a check is not met under an agreed exception, by the result of the standard
    without it; `excepted_checks` counts them by check.
    """

    standard: Standard
    as_recorded: Counter[Result] = field(default_factory=Counter)
    as_read: Counter[Result] = field(default_factory=Counter)
    checks: dict[str, Counter[Result]] = field(default_factory=dict)
    undecided: dict[str, str] = field(default_factory=dict)
    excepted: Counter[Result] = field(default_factory=Counter)
    excepted_checks: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, standard: Standard) -> "StandardSummary":
        """The counts of a standard before any child."""
        return cls(standard, checks={check.id: Counter() for check in standard.checks})

    def add(self, child_id: str, verdict: StandardVerdict) -> None:
        """Count one child."""
        self.as_recorded[verdict.as_recorded.result] += 1
        self.as_read[verdict.as_read.result] += 1
        if not verdict.checks and verdict.as_recorded.result is Result.CANNOT_DECIDE:
            self.undecided.setdefault("", child_id)
        if any(check.excepted for check in verdict.checks):
            self.excepted[verdict.as_recorded.result] += 1
        for check in verdict.checks:
            self.checks[check.check.id][check.overall.result] += 1
            if check.excepted:
                self.excepted_checks[check.check.id] += 1
            if check.overall.result is Result.CANNOT_DECIDE:
                self.undecided.setdefault(check.check.id, child_id)

    @property
    def applies(self) -> int:
        """Children to whom the standard applies, or may."""
        return self.as_recorded.total() - self.as_recorded[Result.NOT_APPLICABLE]

    @property
    def decided(self) -> int:
        return self.as_recorded[Result.MET] + self.as_recorded[Result.NOT_MET]

    def bounds(self) -> tuple[float, float] | None:
        """The rate met, if every undecided child were not met, and if every one were met."""
        undecided = self.as_recorded[Result.CANNOT_DECIDE] + self.as_recorded[Result.REFER_TO_AUDITOR]
        total = self.decided + undecided
        if not total:
            return None
        met = self.as_recorded[Result.MET]
        return met / total, (met + undecided) / total
