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
    opened_on: date | None = field("the day the case was opened")
    closed_on: date | None = field("the day the case was closed", event=True)
    status: Status | None = field("the highest plan in force on the as-at date", derived=True)
    looked_after_since: date | None = field(
        "start of the present unbroken period of care, short breaks left out", derived=True, event=True
    )
    matched_long_term: bool | None = field("the present care episode is a formal long-term match", derived=True)
    fourth_birthday: date | None = field("the day the child turns 4", derived=True)
    age: int | None = field("age in whole years on the as-at date", derived=True)
    assessments_in_progress: int | None = field("assessments begun and not authorised", derived=True)


class Referral(Record):
    """A referral to children's social care, and the episode of need that it opened (SSD: cin_episodes)."""

    received: date | None = field("the day the referral was received")
    closed: date | None = field("the day the episode was closed", event=True)
    source: Text | None = field("who referred")
    no_further_action: bool | None = field("the referral led to no further action")


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
        ]
        | None
    ) = field("what changed")
    derived_from: Ref | None = field("the record that shows it, where it was derived", ref=True)


class Missing(Record):
    """An episode in which the child was missing from home or care."""

    started: date | None = field("the day the child went missing")
    ended: date | None = field("the day the child was found", event=True)
    third_in_30_days: bool | None = field("the third or later episode within 30 days", derived=True)


class Decision(Record):
    """A decision that a manager wrote on the file, with the reason for it."""

    decided: date | None = field("the day of the decision")
    kind: (
        Literal[
            "no_reassessment",
            "sdq_no_action",
            "late_authorised",
            "no_strategy_discussion",
            "not_reconvened",
            "allocation",
            "closure",
            "other",
        ]
        | None
    ) = field("what was decided")
    rationale: Text | None = field("why")
    by_role: Text | None = field("the role of the person who decided")
    about: Ref | None = field("the record that it answers", ref=True)
