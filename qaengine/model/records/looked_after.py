"""Care: episodes, SDQs, health and reviews."""

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


class HealthCheck(Record):
    """A health assessment of a looked-after child."""

    held: date | None = field("the day it was held")
    kind: Literal["initial", "review", "dental", "optician"] | None = field("the kind of check")
    sdq_considered: bool | None = field("the SDQ score is in it")


class Review(Record):
    """A review: of care, of a child protection plan, of a child-in-need plan."""

    held: date | None = field("the day it was held")
    kind: Literal["cla", "cp", "cin", "pathway"] | None = field("the kind of review")
    participation: Text | None = field("participation code, PN0 to PN7")
    sdq_considered: bool | None = field("the SDQ score was considered at it")


class AdoptionPlacement(Record):
    """A placement for adoption."""

    placed: date | None = field("the day the child was placed for adoption")
    ended: date | None = field("the day the placement ended", event=True)
