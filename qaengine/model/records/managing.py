"""Management grip and recording: decisions, supervision, chronology, notes, documents, challenge."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Ref, Text, field


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
            "threshold",
            "strategy",
            "assessment_signed_off",
            "plan",
            "stepped_up",
            "stepped_down",
            "closure",
            "legal",
            "no_fgc",
            "no_pre_proceedings",
            "no_conference",
            "re_referral_review",
            "no_further_action",
            "other",
        ]
        | None
    ) = field("what was decided")
    rationale: Text | None = field("why")
    by_role: Text | None = field("the role of the person who decided")
    about: Ref | None = field("the record that it answers", ref=True)
    timescale: Text | None = field("by when what was decided is to be done")
    reason_code: Literal["family_refused", "unsafe", "held_recently", "urgent", "other"] | None = field(
        "the reason as a code", called="coded reason"
    )
    compares: bool | None = field(
        "it compares this referral with the reason for the one before",
        clauses=(
            "it compares this referral with the one before",
            "it does not compare this referral with the one before",
        ),
    )
    followed_up: bool | None = field(
        "the next entry says what came of the actions that it set",
        clauses=("its actions were followed up", "its actions were not followed up"),
    )
    words: int | None = field("how many words its reason has", derived=True)
    at_level: bool | None = field(
        "the role may take decisions of this kind, by the scheme of delegation; blank where the role is not in it",
        derived=True,
        clauses=(
            "the role may take such a decision",
            "the scheme of delegation asks for a higher role",
        ),
    )


class Supervision(Record):
    """Supervision of the case, as it stands on the child's file."""

    held: date | None = field("the day it was held")
    by_role: Text | None = field("the role of the supervisor", called="supervisor's role")
    actions_complete: bool | None = field(
        "each action has an owner and a date",
        clauses=("each action has an owner and a date", "an action has no owner or no date"),
    )
    headings_complete: bool | None = field(
        "each heading of the form is filled in",
        clauses=("each heading is filled in", "a heading is not filled in"),
    )
    followed_up: bool | None = field(
        "the actions of the supervision before are gone through",
        clauses=(
            "the actions set before are gone through",
            "the actions set before are not gone through",
        ),
    )
    reflection: Text | None = field("what was thought about, beyond tasks")


class Chronology(Record):
    """The chronology of the child's life."""

    started: date | None = field("the day it was begun")
    confirmed: date | None = field(
        "the day it was last confirmed as up to date", known_from="confirmed", called="date last confirmed"
    )


class ChronologyEntry(Record):
    """An entry of the chronology."""

    entered: date | None = field("the day it was written", called="date entered")
    happened: date | None = field("the day of what it tells")
    about: Ref | None = field("the record that shows the event", ref=True, called="record that shows the event")


class CaseNote(Record):
    """An entry in the case record."""

    recorded_on: date | None = field("the day it was written", called="date recorded")
    happened: date | None = field("the day of what it tells")
    kind: Literal["critical_event", "statutory_visit", "management", "other"] | None = field("what kind of entry")


class Document(Record):
    """A document on the file."""

    filed: date | None = field("the day it was put on file", called="date on file")
    kind: (
        Literal["assessment", "plan", "review_minutes", "genogram", "consent", "consultation", "family_plan", "other"]
        | None
    ) = field("what it is")
    about: Ref | None = field("the record that it belongs to", ref=True, called="record that it belongs to")


class Alert(Record):
    """A challenge or alert raised about the plan for the child, and what came of it."""

    raised: date | None = field("the day it was raised", called="date raised")
    by_role: Text | None = field("the role of the person who raised it", called="role of the person who raised it")
    about: Literal["drift", "adoption_delay", "practice", "safety", "other"] | None = field(
        "what it is about", called="subject"
    )
    standard: Text | None = field("id of the standard that is not met", called="standard")
    stage: int | None = field("how far up it has gone: 1 informal, 2 and more formal", called="stage")
    answered: date | None = field("the day it was answered", event=True, called="date of the answer")
    resolved: date | None = field("the day it was resolved", event=True, called="date resolved")
    resolution: Text | None = field("what was agreed", known_from="resolved", called="what was agreed")
