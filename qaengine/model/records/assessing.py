"""Assessments, plans and their actions."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Ref, Text, field


class Assessment(Record):
    """A written assessment of this child (SSD: cin_assessments)."""

    started: date | None = field("the day it was begun")
    authorised: date | None = field("the day a team manager authorised it", event=True)
    authorised_by_role: Text | None = field("the role of the manager who authorised it", known_from="authorised")
    kind: Literal["child_and_family", "pre_birth", "review", "section47", "pathway_needs", "other"] | None = field(
        "the kind of assessment"
    )
    about_this_child: bool | None = field("it names this child, not only a brother or sister")
    child_seen: bool | None = field("the child was seen during it", known_from="authorised")
    factors: Text | None = field("factors found at the end of it, as codes divided by spaces", known_from="authorised")
    text: Text | None = field("its analysis", known_from="authorised")
    referral: Ref | None = field("the referral that it answers", ref=True)
    reviewed_midway: date | None = field(
        "the day a manager reviewed how far it had come", event=True, called="date of the manager's mid-way review"
    )
    late_reason: Text | None = field("why it took longer than it should", called="reason for taking longer")
    seen_alone: bool | None = field(
        "the child was seen alone during it",
        known_from="authorised",
        clauses=("the child was seen alone during it", "the child was not seen alone during it"),
    )
    alone_reason: Text | None = field(
        "why the child was not seen alone", known_from="authorised", called="reason for not seeing the child alone"
    )
    child_views: Text | None = field("what the child thinks and feels", known_from="authorised", called="child's views")
    parents_views: Text | None = field("what the parents think", known_from="authorised", called="parents' views")
    own_section: bool | None = field(
        "the needs and risks of this child are set out apart from those of brothers and sisters",
        known_from="authorised",
        clauses=(
            "this child's needs and risks are set out apart",
            "this child's needs and risks are not set out apart",
        ),
    )
    impact: Text | None = field(
        "what the factors found mean for this child", known_from="authorised", called="impact on the child"
    )
    neglect_tool: Ref | None = field("reference of the neglect tool used", ref=True, called="neglect tool")
    decision: (
        Literal[
            "no_further_action", "early_help", "child_in_need", "section47", "child_protection", "looked_after", "other"
        ]
        | None
    ) = field("what was decided at the end of it", known_from="authorised")
    decision_reason: Text | None = field(
        "why that was decided", known_from="authorised", called="reason for the decision"
    )
    early_help: Literal["offered", "declined", "not_offered"] | None = field(
        "whether early help was offered", known_from="authorised", called="answer on early help"
    )
    from_other_authority: bool | None = field("it was made by another authority and accepted here")
    harm_factor: bool | None = field("a factor of physical or sexual abuse (18B, 18C, 19B, 19C)", derived=True)
    similarity: int | None = field("share of its analysis that stands in the one before, in per cent", derived=True)
    impact_factor: bool | None = field(
        "a factor of domestic abuse, substance misuse or a parent's mental health (1, 2, 3 or 4)",
        derived=True,
        clauses=(
            "it found domestic abuse, substance misuse or mental ill health",
            "it found no domestic abuse, substance misuse or mental ill health",
        ),
    )
    neglect_factor: bool | None = field(
        "the factor of neglect (16A)", derived=True, clauses=("it found neglect", "it found no neglect")
    )
    private_fostering_factor: bool | None = field(
        "a factor of private fostering (8B to 8F)",
        derived=True,
        clauses=("it found private fostering", "it found no private fostering"),
    )
    no_factors: bool | None = field(
        "it says that there are no factors (21)",
        derived=True,
        clauses=("it says that there are no factors", "it does not say that there are no factors"),
    )
    referred: date | None = field(
        "the day the referral that it answers was received: the one it names, or else the last before it began",
        derived=True,
        called="date of the referral",
    )


class Plan(Record):
    """A plan for the child: child in need, child protection, care or pathway plan."""

    kind: Literal["cin", "cp", "care", "pathway"] | None = field("what plan it is")
    started: date | None = field("the day it began")
    updated: date | None = field("the day it was last updated", known_from="updated")
    ended: date | None = field("the day it ended", event=True)
    review_due: date | None = field("the day its next review is due")
    based_on: Ref | None = field("the assessment that it follows", ref=True)
    endorsed: date | None = field("the day a manager endorsed it", event=True, called="date endorsed by a manager")
    contingency: Text | None = field("what happens if it does not work", called="contingency plan")
    contingency_trigger: Text | None = field("what would set the contingency off", called="trigger of the contingency")
    contingency_owner: Text | None = field(
        "who would act on the contingency, by role or reference", called="owner of the contingency"
    )
    child_views: Text | None = field(
        "the child's wishes and feelings, as the plan records them", called="child's wishes"
    )
    visits_every: Literal["week", "two_weeks", "four_weeks", "six_weeks"] | None = field(
        "how often the plan itself asks for a visit", called="visits that the plan asks for"
    )
    long_term_support: bool | None = field(
        "long-term support of a disabled child was agreed",
        clauses=("long-term support was agreed", "no long-term support was agreed"),
    )
    ended_reason: Literal["stepped_up", "stepped_down", "closed", "moved", "other"] | None = field(
        "how it ended", known_from="ended", called="way it ended"
    )
    ended_rationale: Text | None = field("why it was ended", known_from="ended", called="reason for ending it")
    last_changed: date | None = field("the later of its start and its last update", derived=True)
    action_count: int | None = field("how many actions it has", derived=True)
    most_on_one_date: int | None = field("the largest share of actions due on one date, in per cent", derived=True)


class PlanAction(Record):
    """An action of a plan."""

    plan: Ref | None = field("the plan it belongs to", ref=True)
    text: Text | None = field("what will be done")
    need: Ref | None = field("the need or risk of the assessment that it answers", ref=True)
    owner: Text | None = field("who is accountable: a person's reference, or a role; never a name")
    owner_agency: Text | None = field("the agency of a role")
    kind: Literal["action", "safety", "monitoring"] | None = field("what kind of action it is")
    frequency: Text | None = field("how often, for an action that monitors")
    would_change_if: Text | None = field("what would trigger a change, for an action that monitors")
    set_on: date | None = field("the day it was set")
    due_on: date | None = field("the day it is due")
    measure: Text | None = field("how anyone will know that it has worked")
    status: Literal["open", "done", "cancelled"] | None = field(
        "where it stands", known_from="status_date", until_then="open"
    )
    status_date: date | None = field("the day it came to stand so", event=True)
    revised_due: date | None = field("the new date, where the first was revised")
    revised_reason: Text | None = field("why it was revised")
    carried_from: Ref | None = field("the action of an earlier plan that it carries forward", ref=True)
    of_current_plan: bool | None = field("its plan has not ended", derived=True)
    plan_review_due: date | None = field("the day the next review of its plan is due", derived=True)
    times_carried: int | None = field("how often it has been carried forward", derived=True)
    owners_named: int | None = field("how many owners the words name", derived=True)
    words: int | None = field("how many words its text has", derived=True)
    measure_is_text: bool | None = field("its measure only repeats its text", derived=True)
    observable: bool | None = field("its measure has a number, a frequency, a date or an observation", derived=True)
    joined: bool | None = field("its text joins two or more actions", derived=True)
