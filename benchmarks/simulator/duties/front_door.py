"""Contact, threshold decision, consent, what partner agencies know, and letters."""

from datetime import date, timedelta

from simulator.days import add_months, after
from simulator.life import Life, Record, dated, day_of, fill

FOLLOWS = {
    "no_further_action": "no_further_action",
    "early_help": "early_help",
    "assessment": "assessment",
    "section47": "strategy_discussion",
}
LEVELS = {
    "no_further_action": "level 2",
    "early_help": "level 2",
    "assessment": "level 3",
    "strategy_discussion": "level 4",
}
KINDS = {
    "grandmother": "family", "mother": "family", "father": "family", "aunt": "family", "self": "family",
    "neighbour": "public", "unnamed caller": "anonymous", "another authority": "other_authority",
    "other authority": "other_authority",
}  # fmt: skip
"""Sources who are not professionals."""


def referrals(life: Life) -> None:
    for received, referral in dated(life.of("referrals"), "received"):
        if received >= add_months(life.as_at, -24):
            _referral(life, received, referral)
            _contact(life, received, referral)
            _consent(life, received, referral)
            _checks(life, received, referral)
        else:
            fill(referral, source_kind=_kind(referral), decision="assessment", decided=received)


def _kind(referral: Record) -> str:
    return KINDS.get(str(referral.get("source")), "professional")


def _referral(life: Life, received: date, referral: Record) -> None:
    key, dial = str(referral["id"]), life.dial
    decided = received if dial.likely(f"decided at once {key}", 0.6) else after(received, 1)
    if not dial.kept(f"threshold decision in time {key}"):
        decided = after(received, dial.days(f"late decision {key}", 2, 5))
    told = after(decided, dial.days(f"letter {key}", 1, 5) if dial.mostly(f"letter in time {key}") else 8)
    discussed = any(day_of(each, "triggered_on") == received for each in life.of("discussions"))
    fill(
        referral,
        source_kind=_kind(referral),
        for_information_sharing=True,
        what_happened=life.say("what_happened", key, received) if dial.mostly(f"what happened {key}") else None,
        child_voice=life.say("child_voice", key, received) if dial.mostly(f"child's voice in referral {key}") else None,
        impact=life.say("impact", key, received),
        household=life.words.say("household", key) if dial.mostly(f"household {key}") else None,
        family_told=dial.mostly(f"family told {key}"),
        decision="section47" if discussed else "assessment",
        decided=life.past(decided),
        acknowledged=life.past(received if dial.mostly(f"acknowledged {key}") else after(received, 3)),
        told_referrer=life.past(told) if dial.mostly(f"referrer told {key}") else None,
        told_family=life.past(told) if dial.mostly(f"letter to family {key}") else None,
        letter_gives_reason=dial.mostly(f"letter gives reason {key}"),
        letter_signposts=dial.mostly(f"letter signposts {key}"),
    )


def _contact(life: Life, received: date, referral: Record) -> None:
    key, dial = str(referral["id"]), life.dial
    decision = FOLLOWS.get(str(referral["decision"]), "assessment")
    known = day_of(referral, "decided") is not None
    life.add(
        "contacts",
        received=received,
        source=referral["source"],
        source_kind=referral["source_kind"],
        category=life.words.category,
        domestic_abuse=life.words.worry == "domestic_abuse",
        decided=referral["decided"],
        decided_by_role=("assistant team manager" if dial.mostly(f"decided at level {key}") else "referral officer")
        if known
        else None,
        qualified=dial.mostly(f"qualified decision {key}") if known else None,
        decision=decision if known else None,
        threshold_level=LEVELS[decision] if known and dial.mostly(f"threshold level {key}") else None,
        rationale=life.words.say(f"threshold_{decision}", key)
        if known and dial.mostly(f"threshold reason {key}")
        else None,
        history_checked=dial.mostly(f"history checked {key}") if known else None,
        referral=referral["id"],
    )


def _consent(life: Life, received: date, referral: Record) -> None:
    if referral["decision"] not in ("assessment", "section47", "early_help"):
        return
    if referral["decision"] == "section47":
        _without_consent(life, received, referral)
    elif life.dial.kept(f"consent asked {referral['id']}"):
        life.add("consents", recorded_on=received, about=referral["id"], **_given(life, str(referral["id"])))
    for assessment in life.of("assessments", referral=referral["id"]):
        began = day_of(assessment, "started")
        if began and assessment["kind"] == "child_and_family" and referral["decision"] == "assessment":
            life.add("consents", recorded_on=began, about=assessment["id"], **_given(life, str(assessment["id"])))


def _given(life: Life, key: str) -> Record:
    return {
        "answer": "given" if life.dial.kept(f"consent given {key}") else "refused",
        "given_by": f"PR-{str(life.child['child_id'])[-4:]}",
        "holds_responsibility": life.dial.kept(f"parental responsibility {key}"),
        "method": life.dial.pick(f"consent method {key}", ("phone", "in_person", "written")),
        "dispensed_reason": None,
        "dispensed_by_role": None,
        "dispensed_on": None,
    }


def _without_consent(life: Life, received: date, referral: Record) -> None:
    key = str(referral["id"])
    decided = life.dial.kept(f"going on without consent {key}")
    life.add(
        "consents",
        recorded_on=received,
        about=referral["id"],
        answer="not_sought",
        given_by=None,
        holds_responsibility=None,
        method=None,
        dispensed_reason="section47" if decided else None,
        dispensed_by_role="team manager" if decided else None,
        dispensed_on=received if decided else None,
    )


def _checks(life: Life, received: date, referral: Record) -> None:
    if referral["decision"] not in ("assessment", "section47"):
        return
    urgency, days = (
        ("red", 0)
        if referral["decision"] == "section47"
        else life.dial.pick(f"urgency {referral['id']}", (("amber", 1), ("green", 3)))
    )
    agencies = ["police", "health", *(["school"] if life.child.get("of_school_age") else [])]
    left_out = {"health", "school"} if not life.dial.kept(f"partners asked {referral['id']}") else set()
    for agency in agencies:
        if agency in left_out:
            left_out.discard(agency)
            continue
        key = f"{referral['id']} {agency}"
        replied = (
            after(received, days) if life.dial.mostly(f"agency replied in time {key}") else after(received, days + 4)
        )
        silent = not life.dial.kept(f"agency replied {key}") and not life.dial.kept("reminder")
        life.add(
            "agency_checks",
            referral=referral["id"],
            agency=agency,
            urgency=urgency,
            asked=received,
            replied=None if silent else life.past(replied),
            reply=None
            if silent or not life.past(replied)
            else life.dial.weighted(f"reply {key}", {"information": 0.8, "not_known": 0.2}),
        )


def again(life: Life) -> None:
    """What a manager writes when a child is referred again within the year."""
    found = list(dated(life.of("referrals"), "received"))
    for place, (received, referral) in enumerate(found):
        before = found[place - 1][1] if place else None
        ended = before and max(day for day in (day_of(before, "closed"), day_of(before, "received")) if day)
        if ended and received <= add_months(ended, 12) and received >= life.since:
            senior = place >= 2 and found[place - 2][0] >= add_months(received, -12)
            if life.dial.kept(f"re-referral reviewed {referral['id']}"):
                life.add(
                    "decisions",
                    decided=life.past(received + timedelta(days=1)) or life.as_at,
                    kind="re_referral_review",
                    rationale=life.words.say("re_referral_review", str(referral["id"])),
                    by_role="service manager"
                    if senior and life.dial.kept("senior review of referrals")
                    else "team manager",
                    about=referral["id"],
                    compares=life.dial.kept(f"re-referral compared {referral['id']}"),
                )
