"""Leaving care, and private fostering."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Text, field


class AdviserContact(Record):
    """A contact of the personal adviser with the young person."""

    held: date | None = field("the day of the contact")
    in_touch: bool | None = field(
        "the young person was spoken to or seen",
        clauses=("the young person was spoken to or seen", "the young person was not reached"),
    )


class HealthSummary(Record):
    """What a care leaver is given about their own health."""

    kind: Literal["summary", "assessment", "review"] | None = field("which part it is")
    completed: date | None = field("the day it was complete")


class PrivateFostering(Record):
    """A private fostering arrangement."""

    notified: date | None = field("the day the council became aware of it", called="date of notification")
    ended: date | None = field("the day it ended", event=True)
    suitability_decided: date | None = field(
        "the day it was decided whether the arrangement is suitable", event=True, called="date of the decision"
    )
    suitable: Text | None = field(
        "what was decided on suitability, and why", known_from="suitability_decided", called="decision on suitability"
    )
