"""The child, and what is known of the child's path through the service."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from qaengine.model.record import Record, Ref, Text, field

Status = Literal["cin", "cp", "cla", "care_leaver", "none"]


class Child(BaseModel):
    """The child: one a case file. No names: a reference, and what decides which duties apply."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    child_id: Ref
    born: date | None = field("date of birth; blank for a child not yet born", known_from="born")
    expected: date | None = field("expected date of birth of a child not yet born")
    team: Text | None = field("the team that holds the case")
    worker: Ref | None = field("reference of the allocated worker", ref=True)
    manager: Ref | None = field("reference of the team manager", ref=True)
    sibling_group: Ref | None = field("reference shared by brothers and sisters", ref=True)
    disabled: bool | None = field("the child has a disability")
    born_disputed: bool | None = field("the date of birth is disputed")
    of_school_age: bool | None = field("the child is at school or nursery")
    worker_newly_qualified: bool | None = field(
        "the allocated worker is newly qualified",
        clauses=("the worker is newly qualified", "the worker is not newly qualified"),
    )
    reviewing_officer: Ref | None = field(
        "reference of the independent reviewing officer", ref=True, called="independent reviewing officer"
    )
    personal_adviser: Ref | None = field("reference of the personal adviser", ref=True)
    leaving_care: Literal["eligible", "relevant", "former_relevant"] | None = field(
        "what the young person is owed as a care leaver",
        called="entitlement as a care leaver",
    )
    prior_removals: int | None = field(
        "children removed before from the same parent", called="number of earlier removals from the same parent"
    )
    opened_on: date | None = field("the day the case was opened")
    closed_on: date | None = field("the day the case was closed", event=True)
    status: Status | None = field("the highest plan in force on the as-at date", derived=True)
    looked_after_since: date | None = field(
        "start of the present unbroken period of care, short breaks left out", derived=True, event=True
    )
    matched_long_term: bool | None = field("the present care episode is a formal long-term match", derived=True)
    fourth_birthday: date | None = field("the day the child turns 4", derived=True)
    fifth_birthday: date | None = field("the day the child turns 5", derived=True)
    sixteenth_birthday: date | None = field("the day the child turns 16", derived=True)
    age: int | None = field("age in whole years on the as-at date", derived=True)
    cin_since: date | None = field(
        "start of the present unbroken run of child-in-need plans",
        derived=True,
        event=True,
        called="start of the unbroken child-in-need plan",
    )
    section20_since: date | None = field(
        "since when the child has been accommodated under section 20 without a break (legal status V2)",
        derived=True,
        event=True,
        called="first day under section 20",
    )
    care_order_since: date | None = field(
        "since when a full care order has been in force without a break (C2)",
        derived=True,
        event=True,
        called="first day of the care order",
    )
    placement_order_since: date | None = field(
        "since when a placement order has been in force without a break (E1)",
        derived=True,
        event=True,
        called="first day of the placement order",
    )
    care_order_at_home_since: date | None = field(
        "since when the child has lived with a parent under a care order without a break (C1 or C2, placement P1)",
        derived=True,
        event=True,
        called="first day at home under a care order",
    )
    last_term_started: date | None = field(
        "first day of the last school term to have ended", derived=True, called="start of the last school term"
    )
    last_term_ended: date | None = field(
        "last day of the last school term to have ended", derived=True, called="end of the last school term"
    )
    this_term_started: date | None = field(
        "first day of the school term in progress; not happened in the holidays",
        derived=True,
        event=True,
        called="start of this school term",
    )
    this_term_ends: date | None = field(
        "last day of the school term in progress; not happened in the holidays",
        derived=True,
        event=True,
        called="end of this school term",
    )
    assessments_in_progress: int | None = field("assessments begun and not authorised", derived=True)


class Change(Record):
    """A significant change for the child: written by the source, or derived at load from other records."""

    happened: date | None = field("the day it happened")
    kind: (
        Literal[
            "strategy_discussion",
            "section47",
            "new_cp_plan",
            "cp_plan_ended",
            "stepped_up",
            "stepped_down",
            "became_looked_after",
            "ceased_looked_after",
            "moved_placement",
            "new_baby",
            "new_adult",
            "parent_released",
            "parent_in_custody",
            "moved_home",
            "transferred_in",
            "domestic_abuse_incident",
            "missing_three_times",
            "excluded_from_school",
            "new_legal_order",
            "bereavement",
            "pregnancy",
            "re_referral",
            "complaint",
            "moved_school",
        ]
        | None
    ) = field("what changed")
    derived_from: Ref | None = field("the record that shows it, where it was derived", ref=True)


class Missing(Record):
    """An episode in which the child was missing from home or care."""

    started: date | None = field("the day the child went missing")
    ended: date | None = field("the day the child was found", event=True)
    interview_offered: date | None = field(
        "the day an independent return interview was offered",
        event=True,
        called="date the return interview was offered",
    )
    interview_held: date | None = field(
        "the day the return interview was held", event=True, called="date of the return interview"
    )
    interview_declined: bool | None = field(
        "the child declined it",
        known_from="interview_offered",
        clauses=("the child declined the return interview", "the child did not decline the return interview"),
    )
    interview_findings: Text | None = field(
        "what was learnt, and passed on", known_from="interview_held", called="what was learnt at the return interview"
    )
    third_in_30_days: bool | None = field("the third or later episode within 30 days", derived=True)
