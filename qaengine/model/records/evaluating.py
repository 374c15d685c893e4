"""What the evaluation itself puts on a case file: input of the standards that look at other standards."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Text, field


class StandardNotMet(Record):
    """A standard that is not met, as recorded, for this child; what cannot be decided is not among them."""

    standard: Text | None = field("id of the standard")
    since: date | None = field("the first day on which it was not so; blank where it had no due date")
    severity: Literal["critical", "major", "minor"] | None = field("how much hangs on the standard")
    late: bool | None = field("it has been done since, or overtaken: it is no longer open")
