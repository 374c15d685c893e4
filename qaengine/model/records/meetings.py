"""Seeing the child and going over the plan: visits, reviews, contact by the chair, senior reviews, advocacy."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Ref, Text, field


class Visit(Record):
    """A visit to the child (SSD: cin_visits, cp_visits, cla_visits)."""

    held: date | None = field("the day of the visit")
    kind: Literal["cin", "cp", "cla", "private_fostering", "adoption", "other"] | None = field("what kind of visit")
    seen: bool | None = field("the child was seen", clauses=("the child was seen", "the child was not seen"))
    seen_alone: bool | None = field(
        "the child was seen alone", clauses=("the child was seen alone", "the child was not seen alone")
    )
    alone_reason: Text | None = field(
        "why the child was not seen alone", called="reason for not seeing the child alone"
    )
    bedroom_seen: bool | None = field(
        "the child's bedroom was seen", clauses=("the bedroom was seen", "the bedroom was not seen")
    )
    in_core_group: bool | None = field(
        "the child was met only at a core group, which is no visit",
        clauses=("it was only a core group", "it was more than a core group"),
    )
    direct_work: Text | None = field("the tool of direct work used, and what came of it")
    recorded_on: date | None = field("the day it was written up", event=True, called="date written up")
    report: date | None = field("the day the written report of it was put on file", event=True, called="date of report")
    no_later_than: date | None = field(
        "the last day on which it may have been held, where the day itself is not known", called="latest possible date"
    )


class Review(Record):
    """A review or planning meeting: of care, of a child protection plan, of a child-in-need plan, of adoption."""

    held: date | None = field("the day it was held")
    due: date | None = field("the day it was due")
    kind: Literal["cla", "cp", "cin", "cin_planning", "pathway", "adoption"] | None = field("the kind of review")
    chair_role: Text | None = field("the role of the person who chaired it")
    quorate: bool | None = field("it was quorate", clauses=("it was quorate", "it was not quorate"))
    social_care_present: bool | None = field(
        "social care was there", clauses=("social care was there", "social care was not there")
    )
    agencies: int | None = field(
        "agencies other than social care, in direct contact with the child, that were there",
        called="number of other agencies",
    )
    progress_recorded: bool | None = field(
        "progress on each action is written down",
        clauses=("progress on each action is recorded", "progress on each action is not recorded"),
    )
    participation: Text | None = field("participation code, PN0 to PN7")
    consultation: Ref | None = field(
        "reference of the document in which the child was consulted", ref=True, called="consultation document"
    )
    sdq_considered: bool | None = field("the SDQ score was considered at it")
    no_later_than: date | None = field(
        "the last day on which it may have been held, where the day itself is not known", called="latest possible date"
    )
    guardianship_considered: bool | None = field(
        "special guardianship or a child arrangements order was considered at it",
        clauses=("special guardianship was considered", "special guardianship was not considered"),
    )
    guardianship_reason: Text | None = field(
        "why special guardianship is or is not right for the child", called="reason about special guardianship"
    )


class ChairContact(Record):
    """Contact with the child between reviews by the independent reviewing officer or the conference chair."""

    held: date | None = field("the day of the contact")
    by_role: Text | None = field("the role of the person who made contact", called="role of the person")
    with_child: bool | None = field(
        "it was with the child", clauses=("it was with the child", "it was not with the child")
    )


class SeniorReview(Record):
    """A review of the plan for the child by a senior manager or an independent person."""

    held: date | None = field("the day it was held")
    about: (
        Literal["cin_duration", "section20", "care_order", "at_home", "placement_order", "breakdown", "other"] | None
    ) = field("what it was about", called="subject")
    chair_role: Text | None = field("the role of the person who chaired it")
    level: Literal["team_manager", "above_team_manager", "independent"] | None = field("the level of the chair")
    decision: Literal["continue", "step_up", "step_down", "close", "discharge", "change_plan", "other"] | None = field(
        "what was decided"
    )
    rationale: Text | None = field("why")
    timescale: Text | None = field("by when")


class AdvocacyOffer(Record):
    """An offer of an advocate to the child, and the answer."""

    offered: date | None = field("the day it was offered", called="date offered")
    occasion: Literal["entry_to_care", "review", "conference", "complaint", "placement_move", "school_move"] | None = (
        field("on what occasion")
    )
    by_role: Text | None = field("the role of the person who offered", called="role of the person who offered")
    answer: Literal["accepted", "declined"] | None = field("what the child answered")
