"""Care: episodes, placements, SDQs, health and education."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Ref, Text, field


class Episode(Record):
    """An episode of being looked after: one legal status in one placement (SSDA903)."""

    started: date | None = field("the day the episode began (DECOM)")
    ended: date | None = field("the day the episode ended (DEC)", event=True)
    legal_status: Text | None = field("legal status code (LS); V3 and V4 are short breaks")
    reason_started: Text | None = field("reason for the new episode (RNE)")
    placement: Text | None = field("placement type code (PLACE)")
    reason_ended: Text | None = field("reason the episode ended (REC)", known_from="ended")
    matched_long_term: bool | None = field("the child is formally matched to this carer for the long term")


class Placement(Record):
    """Where the child lives while looked after: one placement with one carer (SSD: cla_placement)."""

    started: date | None = field("the day the placement began")
    ended: date | None = field("the day the placement ended", event=True)
    kind: (
        Literal[
            "foster",
            "connected",
            "parent",
            "residential",
            "adoption",
            "independent",
            "short_break",
            "hospital",
            "other",
        ]
        | None
    ) = field("what kind of placement it is")
    carer: Ref | None = field("reference of the carer or home", ref=True)
    same_carer: bool | None = field(
        "only the status of the placement changed: the carer is the one before (RNE of T or U)",
        clauses=("the carer is the one before", "the carer is another than before"),
    )
    arrangement: Literal["ordinary", "before_assessment", "temporarily_approved"] | None = field(
        "with a parent before assessment (regulation 19), with a temporarily approved connected person (regulation "
        "24), or ordinary"
    )
    continues: bool | None = field(
        "it goes on from the placement before with the same carer: no clock starts again",
        derived=True,
        clauses=("the child stayed with the same carer", "the child came to another carer"),
    )
    with_carer_until: date | None = field(
        "the day on which the unbroken time with this carer ended",
        event=True,
        derived=True,
        called="last day with this carer",
    )
    matched_on: date | None = field(
        "the day on which the child was matched to this carer for the long term",
        event=True,
        derived=True,
        called="date of the long-term match",
    )


class Sdq(Record):
    """A Strengths and Difficulties Questionnaire, or the reason why there is none."""

    completed: date | None = field("the day it was completed, or its absence was recorded")
    year_ended: date | None = field("the 31 March that ended the return year it was given for")
    score: int | None = field("total difficulties score")
    score_as_typed: Text | None = field("the words typed in place of a score")
    reason: Literal["SDQ1", "SDQ2", "SDQ3", "SDQ4", "SDQ5"] | None = field("coded reason for its absence")
    reason_text: Text | None = field("the reason in words")
    informant: Literal["main_carer", "teacher", "self"] | None = field("who answered it")
    document: Ref | None = field("reference of the form on file", ref=True)
    attempted: date | None = field("the day it was tried, where it was refused")
    next_attempt: date | None = field("the day it will be tried again")
    speaks_for: date | None = field("the day it was completed, or else the end of its return year", derived=True)
    rise: int | None = field("change of score since the one before, from the same informant", derived=True)


class SupportReferral(Record):
    """A referral for, or consultation on, emotional wellbeing (CAMHS and the like)."""

    made: date | None = field("the day it was made")
    kind: Literal["camhs", "wellbeing_consultation", "therapy", "other"] | None = field("what it was for")
    answer: Literal["accepted", "declined"] | None = field("what the young person answered to the offer")


class HealthCheck(Record):
    """A health assessment of a looked-after child."""

    held: date | None = field("the day it was held")
    no_later_than: date | None = field(
        "the last day on which it may have been held, where the day itself is not known", called="latest possible date"
    )
    kind: Literal["initial", "review", "dental", "optician"] | None = field("the kind of check")
    sdq_considered: bool | None = field("the SDQ score is in it")
    by_doctor: bool | None = field(
        "a registered medical practitioner made it",
        clauses=("a registered medical practitioner made it", "no registered medical practitioner made it"),
    )
    refused: date | None = field(
        "the day a child who is able to decide refused it", event=True, called="date of the refusal"
    )
    offered_again: date | None = field(
        "the day it was offered again after a refusal", event=True, called="date of the next offer"
    )


class Immunisation(Record):
    """A look at whether the child's immunisations are up to date (SSD: cla_immunisations)."""

    checked: date | None = field("the day that was looked at", called="date checked")
    up_to_date: bool | None = field(
        "they are up to date", clauses=("immunisations are up to date", "immunisations are not up to date")
    )


class HealthPlan(Record):
    """The health plan of a looked-after child."""

    filed: date | None = field("the day it was put on file", called="date on file")


class Pep(Record):
    """A personal education plan, or a review of it."""

    held: date | None = field("the day of the meeting")
    kind: Literal["initial", "review"] | None = field("whether it is the first or a review")
    targets_owned: bool | None = field(
        "each target has an owner and a date",
        clauses=("each target has an owner and a date", "a target has no owner or no date"),
    )
    attendance: int | None = field("attendance at school, in per cent")
