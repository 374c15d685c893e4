"""The front door: contacts, consent, referrals, and what partner agencies answered."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Ref, Text, field

AgencyCode = Literal[
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
SourceKind = Literal["professional", "family", "public", "anonymous", "other_authority"]


class Contact(Record):
    """A contact with the front door about this child, and what was decided on it (SSD: contacts)."""

    received: date | None = field("the day the contact was received", called="date received")
    source: Text | None = field("who made contact, by role or agency")
    source_kind: SourceKind | None = field("what kind of source it is", called="kind of source")
    category: Text | None = field("what the contact was about")
    domestic_abuse: bool | None = field(
        "domestic abuse is part of it", clauses=("domestic abuse is part of it", "domestic abuse is no part of it")
    )
    decided: date | None = field("the day the next step was decided", event=True, called="date of the decision")
    decided_by_role: Text | None = field(
        "the role of the person who decided", known_from="decided", called="role of the person who decided"
    )
    qualified: bool | None = field(
        "decided by a supervisor or manager who is a qualified social worker",
        known_from="decided",
        clauses=(
            "a social-work-qualified supervisor or manager decided it",
            "no social-work-qualified supervisor or manager decided it",
        ),
    )
    decision: Literal["no_further_action", "advice", "early_help", "assessment", "strategy_discussion"] | None = field(
        "what was decided", known_from="decided"
    )
    threshold_level: Text | None = field("the level of need it was held to reach", known_from="decided")
    rationale: Text | None = field("why", known_from="decided")
    history_checked: bool | None = field(
        "earlier contacts and referrals were looked at",
        known_from="decided",
        clauses=("the history was checked", "the history was not checked"),
    )
    referral: Ref | None = field("the referral that it became", ref=True)


class Consent(Record):
    """Consent to share information or to assess, asked of a person, or the lawful reason to go on without it."""

    recorded_on: date | None = field("the day it was written down", called="date recorded")
    about: Ref | None = field("the contact, referral or assessment that it is for", ref=True, called="what it is for")
    answer: Literal["given", "refused", "not_sought"] | None = field("what was answered")
    given_by: Ref | None = field("reference of the person who answered", ref=True, called="person who answered")
    holds_responsibility: bool | None = field(
        "that person is recorded as holding parental responsibility",
        clauses=(
            "the person is recorded as holding parental responsibility",
            "the person is not recorded as holding parental responsibility",
        ),
    )
    method: Literal["in_person", "phone", "written", "electronic"] | None = field("how it was asked")
    dispensed_reason: Literal["section47", "risk_of_harm", "urgent", "cannot_be_found", "other"] | None = field(
        "the lawful reason for going on without consent", called="reason for going on without consent"
    )
    dispensed_by_role: Text | None = field(
        "the role of the manager who decided to go on without consent", called="role of the manager who decided"
    )
    dispensed_on: date | None = field(
        "the day a manager decided to go on without consent", event=True, called="date of that decision"
    )


class Referral(Record):
    """A referral to children's social care, and the episode of need that it opened (SSD: cin_episodes)."""

    received: date | None = field("the day the referral was received")
    closed: date | None = field("the day the episode was closed", event=True)
    source: Text | None = field("who referred")
    source_kind: SourceKind | None = field("what kind of source it is", called="kind of source")
    no_further_action: bool | None = field("the referral led to no further action")
    for_information_sharing: bool | None = field(
        "it was accepted for the sharing of information between agencies, or for assessment",
        clauses=("it was accepted for information sharing or assessment", "it was not accepted for either"),
    )
    what_happened: Text | None = field("what happened, and when")
    child_voice: Text | None = field("what the child says", called="child's voice")
    impact: Text | None = field("what it means for the child", called="impact on the child")
    household: Text | None = field("who lives with the child, and who holds parental responsibility")
    family_told: bool | None = field(
        "the family was told of the referral, or why not is written down",
        clauses=("the family was told of it", "the family was not told of it"),
    )
    decided: date | None = field("the day it was decided what follows", event=True, called="date of the decision")
    decision: Literal["no_further_action", "early_help", "assessment", "section47", "other"] | None = field(
        "what was decided", known_from="decided"
    )
    acknowledged: date | None = field(
        "the day it was acknowledged to the referrer", event=True, called="date acknowledged"
    )
    told_referrer: date | None = field(
        "the day the referrer was told in writing what follows", event=True, called="date of the letter to the referrer"
    )
    told_family: date | None = field(
        "the day a holder of parental responsibility was told in writing what follows",
        event=True,
        called="date of the letter to the family",
    )
    letter_gives_reason: bool | None = field(
        "the letter gives the reason", clauses=("the letter gives the reason", "the letter gives no reason")
    )
    letter_signposts: bool | None = field(
        "the letter says where else help is to be had",
        clauses=("the letter says where help is to be had", "the letter does not say where help is to be had"),
    )
    previous_ended: date | None = field(
        "the later of the day the referral before it was received and the day that one was closed",
        event=True,
        derived=True,
        called="end of the referral before",
    )
    second_before: date | None = field(
        "the day the last referral but one before it was received",
        event=True,
        derived=True,
        called="date of the last referral but one",
    )


class AgencyCheck(Record):
    """A request to a partner agency for what it knows, and the answer. It belongs to a referral."""

    referral: Ref | None = field("the referral", ref=True)
    agency: Text | None = field("the agency, in its own words or as a code")
    urgency: Literal["red", "amber", "green"] | None = field("how urgent it was")
    asked: date | None = field("the day the agency was asked", called="date asked")
    replied: date | None = field("the day it replied", event=True, called="date of the reply")
    reply: Literal["information", "not_known", "declined"] | None = field("what it replied", known_from="replied")
    agency_code: AgencyCode | None = field(
        "the agency through the council's table of aliases; blank where it is unknown", derived=True
    )
