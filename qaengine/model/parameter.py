"""The numbers in a standard: each with its source and its owner, and with what a council has decided in its place."""

from dataclasses import dataclass, replace
from datetime import date

from qaengine.model.period import Period
from qaengine.model.result import Origin
from qaengine.model.trajectory import Trajectory

ParameterValue = Period | int | str | tuple[str, ...] | Trajectory


@dataclass(frozen=True, slots=True)
class Decision:
    """A council's own number in place of the product's: what was decided, by whom, when and why."""

    value: ParameterValue
    decided_by: str
    decided_on: date
    because: str = ""
    council: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number (or list, or choice) that a council may set for itself, with where it comes from and who owns it.

    `value` is the number in force. Where the council has set its own, `local` is that decision and `own` the number
    of the product, which `source` and `proposed` speak of.
    """

    name: str
    value: ParameterValue
    source: str
    owner: str
    proposed: bool = False  # ours, and nobody's rule: reports say so
    choices: tuple[str, ...] = ()
    default: ParameterValue | None = None
    local: Decision | None = None

    def decided(self, decision: Decision) -> "Parameter":
        """The parameter with the council's number in force."""
        return replace(self, value=decision.value, default=self.own, local=decision)

    @property
    def own(self) -> ParameterValue:
        """The product's own number, whatever the council has decided."""
        return self.value if self.default is None else self.default

    @property
    def origin(self) -> Origin:
        """Whose number is in force."""
        if self.local is not None:
            return Origin.LOCAL
        return Origin.PROPOSED if self.proposed else Origin.SOURCE
