"""Before and in court: legal planning, pre-proceedings, proceedings, and the family's own plan."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Ref, Text, field


class LegalCase(Record):
    """A case under the Public Law Outline, from legal planning to the end (SSD: pre_proceedings)."""

    opened: date | None = field("the day legal advice was first sought", called="date legal advice was sought")
    planning_meeting: date | None = field(
        "the day of the legal planning meeting", event=True, called="date of the legal planning meeting"
    )
    minutes: date | None = field("the day its minutes were put on file", event=True)
    threshold: Text | None = field("why the threshold is or is not held to be met", called="reason on the threshold")
    alternatives: Text | None = field("what else was considered", called="alternatives considered")
    decision: Literal["pre_proceedings", "issue", "neither"] | None = field("what the meeting decided")
    letter: date | None = field(
        "the day the letter before proceedings was sent", event=True, called="date of the letter before proceedings"
    )
    exited: date | None = field("the day pre-proceedings ended", event=True, called="end of pre-proceedings")
    exit_decision: Literal["proceedings", "stepped_down", "other"] | None = field(
        "how pre-proceedings ended", known_from="exited", called="way pre-proceedings ended"
    )
    issued: date | None = field("the day proceedings were issued", event=True, called="date of issue")
    urgent_reason: Literal["police_protection", "newborn", "emergency", "other"] | None = field(
        "why there were no pre-proceedings, as a code", called="coded reason for urgency"
    )
    urgent_rationale: Text | None = field("the same in words", called="reason for urgency")
    concluded: date | None = field("the day of the final order", event=True, called="date of the final order")


class LegalExtension(Record):
    """More time for pre-proceedings or proceedings. It belongs to a legal case."""

    legal_case: Ref | None = field("the legal case", ref=True)
    granted: date | None = field("the day it was agreed", called="date agreed")
    reason: Text | None = field("why more time is needed")
    approved_by_role: Text | None = field("the role of the person who agreed to it", called="role of the approver")
    until: date | None = field("the new date", called="new date")


class FamilyMeeting(Record):
    """A family group conference or family network meeting, from the referral for it."""

    referred: date | None = field("the day the family was referred for it", called="date of the referral for it")
    legal_case: Ref | None = field("the legal case that it belongs to", ref=True)
    held: date | None = field("the day it was held", event=True)
    came_to: Text | None = field("what the family decided", known_from="held", called="what the family decided")
    plan_filed: date | None = field(
        "the day the family's plan was put on file", event=True, called="date of the family's plan"
    )
