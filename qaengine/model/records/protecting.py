"""Strategy discussions, who took part, and section 47 enquiries."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Ref, Text, field


class Discussion(Record):
    """A strategy discussion or meeting, as it concerns this child."""

    held: date | None = field("the day it was held")
    triggered_on: date | None = field("the day of the event that called for it")
    meeting: Ref | None = field("reference of the meeting, shared by brothers and sisters", ref=True)
    mode: Literal["meeting", "video", "phone"] | None = field("how it was held")
    chair_role: Text | None = field("the role of the person who chaired or authorised it")
    decision: Literal["section47_single", "section47_joint", "no_section47"] | None = field("what was decided")
    rationale: Text | None = field("why, against the threshold")
    safety_plan: Text | None = field("the immediate arrangement for this child's safety")
    minutes: date | None = field("the day the minutes were put on file", event=True)
    distributed: date | None = field("the day the minutes were sent to those who took part", event=True)
    reconvenes: Ref | None = field("the discussion that it reconvenes", ref=True)
    in_hospital: bool | None = field("the child was in hospital, or illness may have been fabricated")
    referrer_invited: bool | None = field("the person who referred was invited")
    reconvened_on: date | None = field("the day it was reconvened", derived=True, event=True)


class Participant(Record):
    """A person who was asked to a strategy discussion, by role and agency; never by name."""

    discussion: Ref | None = field("the discussion", ref=True)
    person: Ref | None = field("reference of the person", ref=True)
    agency: Text | None = field("the agency, in its own words or as a code")
    role: Text | None = field("the person's role")
    mode: Literal["in_person", "video", "phone", "written", "apologies", "invited"] | None = field(
        "how the person took part, or did not"
    )
    agency_code: (
        Literal[
            "social_care",
            "police",
            "health",
            "education",
            "fostering_or_residential",
            "midwifery",
            "paediatrics",
            "youth_justice",
            "other",
        ]
        | None
    ) = field("the agency through the council's table of aliases; blank where it is unknown", derived=True)
    quorum_agency: (
        Literal[
            "social_care",
            "police",
            "health",
            "education",
            "fostering_or_residential",
            "youth_justice",
            "other",
        ]
        | None
    ) = field("the same, a midwife and a paediatrician being health practitioners", derived=True)
    for_two_agencies: bool | None = field("the same person is written down for two agencies", derived=True)


class DiscussionAction(Record):
    """An action agreed at a strategy discussion."""

    discussion: Ref | None = field("the discussion", ref=True)
    text: Text | None = field("what will be done")
    owner: Text | None = field("who is accountable, by reference or role")
    agency: Text | None = field("the owner's agency")
    due_on: date | None = field("the day it is due")
    held: date | None = field("the day of the discussion", derived=True)


class Section47(Record):
    """A section 47 enquiry."""

    started: date | None = field("the day it began")
    ended: date | None = field("the day it ended", event=True)
    outcome: Text | None = field("what it found", known_from="ended")
