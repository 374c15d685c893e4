"""Permanence: the plan for it, matches, adoption, special guardianship, life story, and what broke down."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Ref, Text, field


class PermanenceDecision(Record):
    """A permanence option agreed for the child (SSD: cla_care_plan). Several at once are parallel planning."""

    agreed: date | None = field("the day it was agreed", called="date agreed")
    option: (
        Literal[
            "return_home",
            "adoption",
            "special_guardianship",
            "long_term_fostering",
            "supported_living",
            "residential",
            "other",
        ]
        | None
    ) = field("the option for permanence")
    ratified: date | None = field("the day the permanence panel ratified it", event=True, called="date ratified")
    timescale: Text | None = field("by when")
    ended: date | None = field("the day it was no longer the plan", event=True)


class Match(Record):
    """A formal match of the child to a carer for the long term."""

    decided: date | None = field("the day the match was decided", called="date of the match")
    decided_by: Literal["panel", "decision_maker", "manager", "other"] | None = field(
        "who decided: the fostering panel, the agency decision maker, a manager", called="who decided"
    )
    carer: Ref | None = field("reference of the carer", ref=True)
    child_told: date | None = field("the day the child was told", event=True, called="date the child was told")
    child_views: Text | None = field("what the child thinks of it", called="child's views")


class LifeStory(Record):
    """Life-story work with the child."""

    started: date | None = field("the day it was begun")
    updated: date | None = field("the day it was last added to", known_from="updated")
    completed: date | None = field("the day it was complete", event=True)
    handed_over: date | None = field("the day it was given to the child", event=True, called="date given to the child")


class AdoptionPlan(Record):
    """A plan of adoption, from the decision to the letter for later life (SSD: permanence)."""

    decided: date | None = field("the day it was decided that the child should be adopted", called="date decided")
    authority: date | None = field(
        "the day of the placement order or of consent: authority to place", event=True, called="date of the authority"
    )
    matched: date | None = field("the day the child was matched", event=True, called="date matched")
    placed: date | None = field("the day the child was placed for adoption", event=True)
    adopted: date | None = field("the day of the adoption order", event=True, called="date of the adoption order")
    ceremony: date | None = field(
        "the day of the adoption ceremony", event=True, called="date of the adoption ceremony"
    )
    letter: date | None = field(
        "the day the later life letter was complete and given", event=True, called="date of the later life letter"
    )
    escalated: date | None = field(
        "the day the operational lead was told that the letter is late", event=True, called="date escalated"
    )
    reversed: date | None = field(
        "the day adoption was no longer the plan",
        event=True,
        called="date on which adoption was no longer the plan",
    )
    revocation_decided: date | None = field(
        "the day it was decided whether to ask the court to revoke the placement order",
        event=True,
        called="date of the decision on revocation",
    )


class AdoptionPlacement(Record):
    """A placement for adoption."""

    placed: date | None = field("the day the child was placed for adoption")
    ended: date | None = field("the day the placement ended", event=True)


class GuardianshipOrder(Record):
    """A special guardianship order made for the child."""

    made: date | None = field("the day the order was made")
    support_plan: date | None = field(
        "the day the support plan was put on file", event=True, called="date of the support plan"
    )
    plan_owner: Text | None = field("who is accountable for the support plan", called="owner of the support plan")
    plan_review_due: date | None = field("the day the support plan is next reviewed", called="review date of the plan")


class Disruption(Record):
    """The breakdown of an adoption, a special guardianship or a long-term foster placement."""

    broke_down: date | None = field("the day it broke down", called="date of the breakdown")
    kind: (
        Literal["adoption_before_order", "adoption_after_order", "special_guardianship", "long_term_fostering"] | None
    ) = field("what broke down")
    meeting: date | None = field("the day of the disruption meeting", event=True, called="date of the meeting")
    report: date | None = field("the day the report was complete", event=True, called="date of the report")
    panel: date | None = field("the day the report went to panel", event=True, called="date at panel")
    learning: date | None = field(
        "the day on which what was learnt was shared", event=True, called="date of the learning event"
    )
