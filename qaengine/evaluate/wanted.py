"""What whoever asks for an evaluation wants beside the results: the engine plans nothing else."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Wanted:
    """`days` are due dates, and whether what is not met has been done since; `measures` what was measured, against
    what, with what evidence and mitigation; `records` the records that are to be shown, each with its own."""

    days: bool = False
    measures: bool = False
    records: bool = False

    def with_days(self) -> "Wanted":
        return replace(self, days=True)


RESULTS = Wanted()
EVERYTHING = Wanted(days=True, measures=True, records=True)
