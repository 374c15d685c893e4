"""Strategy discussions and who took part, section 47 enquiries, child protection conferences and core groups."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Ref, Text, field
from qaengine.model.records.front_door import AgencyCode


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
    agency_code: AgencyCode | None = field(
        "the agency through the council's table of aliases; blank where it is unknown", derived=True
    )
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
    conference_needed: bool | None = field(
        "it was decided that an initial child protection conference is needed",
        clauses=("a conference is needed", "no conference is needed"),
    )
    finding: Literal["risk_continues", "risk_has_ended", "not_substantiated"] | None = field(
        "what it found, as a code: substantiated and the child is at risk, substantiated and no longer, or not",
        known_from="ended",
        called="coded finding",
    )
    no_conference_reason: Text | None = field(
        "why a manager held that no conference is needed", called="reason for having no conference"
    )
    transferred_in: bool | None = field(
        "it concerns a child on a plan of another authority, whose conference follows another clock",
        clauses=("the child was transferred in", "the child was not transferred in"),
    )
    last_discussion: date | None = field(
        "the day of the last strategy discussion held during it, from its first day to its end",
        derived=True,
        called="date of its last strategy discussion",
    )


class Conference(Record):
    """An initial child protection conference (SSD: initial_cp_conference). Reviews of the plan are `reviews`."""

    held: date | None = field("the day it was held")
    kind: Literal["initial", "transfer_in", "pre_birth"] | None = field("what kind of conference it is")
    section47: Ref | None = field("the enquiry that led to it", ref=True, called="section 47 enquiry")
    plan_made: bool | None = field(
        "the child was made subject of a plan", clauses=("a plan was made", "no plan was made")
    )
    quorate: bool | None = field("it was quorate", clauses=("it was quorate", "it was not quorate"))
    chair_role: Text | None = field("the role of the person who chaired it")


class CoreGroup(Record):
    """A core group meeting of a child protection plan."""

    held: date | None = field("the day it was held")
    agencies: int | None = field("agencies other than social care that were there", called="number of other agencies")
    family_present: bool | None = field(
        "a parent or carer was there", clauses=("a parent or carer was there", "no parent or carer was there")
    )
    actions_reviewed: bool | None = field(
        "each action of the plan was gone through",
        clauses=("each action of the plan was gone through", "the actions of the plan were not gone through"),
    )
