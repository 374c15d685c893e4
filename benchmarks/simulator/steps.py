"""The steps of a path through the service: referral, assessment, plan, enquiry, care. Each writes its own records."""

from datetime import date, timedelta

from simulator.days import after, plus, working
from simulator.life import Life, Record, day_of

SOURCES = {
    "school": ("school", "professional"),
    "police": ("police", "professional"),
    "health visitor": ("health", "professional"),
    "hospital": ("hospital", "professional"),
    "grandmother": ("grandmother", "family"),
    "neighbour": ("neighbour", "public"),
    "unnamed caller": ("unnamed caller", "anonymous"),
    "another authority": ("another authority", "other_authority"),
}
FREQUENT = dict(zip(SOURCES, (30, 28, 10, 10, 6, 5, 3, 3), strict=True))


def refer(life: Life, day: date, decision: str, closed: date | None = None) -> Record:
    """A referral, and what was decided on it."""
    source, kind = SOURCES[life.dial.weighted(f"source {day}", FREQUENT)]
    received = working(day)
    return life.add(
        "referrals",
        received=received,
        closed=life.past(closed),
        source=source,
        source_kind=kind,
        no_further_action=decision == "no_further_action",
        decision=decision,
    )


def assess(
    life: Life, referral: Record, decision: str, kind: str = "child_and_family", started: date | None = None
) -> date:
    """An assessment that answers a referral; the day it was (or will be) authorised."""
    received = day_of(referral, "received")
    assert received is not None
    began = started or after(received, life.dial.days(f"assessment begun {received}", 1, 4))
    base = received if started is None else began
    in_time = life.dial.kept(f"assessment in time {base}")
    took = life.dial.days(f"assessment {base}", 24, 44) if in_time else life.dial.days(f"assessment {base}", 47, 66)
    finished = after(base, took)
    done = life.past(finished)
    life.add(
        "assessments",
        started=began,
        authorised=done,
        authorised_by_role="team manager" if done else None,
        kind=kind,
        about_this_child=True if done is None else life.dial.kept("assessment about this child"),
        child_seen=None if done is None else life.dial.kept(f"child seen in assessment {base}"),
        factors=life.words.factors if done else None,
        text=life.words.analysis(str(base)) if done else None,
        referral=referral["id"],
        decision=decision if done else None,
        from_other_authority=False,
    )
    return finished


def plan(life: Life, kind: str, started: date, ended: date | None = None, reason: str | None = None) -> Record:
    """A plan with its actions. Its review date is set by whoever writes its reviews."""
    based_on = life.of("assessments")[-1]["id"] if life.of("assessments") else None
    made = life.add(
        "plans",
        kind=kind,
        started=started,
        updated=None,
        ended=life.past(ended),
        based_on=based_on,
        ended_reason=reason if life.past(ended) else None,
    )
    if life.past(started):
        _actions(life, made, started)
    return made


def _actions(life: Life, made: Record, started: date) -> None:
    """Its actions: set anew at each review, so the last set is what the file holds."""
    ended = day_of(made, "ended") or life.as_at
    renewed = max(started, min(ended, life.as_at) - timedelta(days=life.dial.days(f"plan renewed {started}", 10, 70)))
    if renewed > started:
        renewed = working(renewed)
        made["updated"] = renewed
    smart = life.dial.slips(f"plan action {made['id']}", 3)
    for place, action in enumerate(life.words.actions(_stage(life, made, started))):
        due = plus(renewed, life.dial.days(f"action due {made['id']} {place}", 30, 110))
        done = life.past(due) if life.dial.likely(f"action done {made['id']} {place}", 0.75) else None
        owner = action.owner if action.owner != "social worker" else str(life.child["worker"])
        life.add(
            "plan_actions",
            plan=made["id"],
            text=action.text,
            need=f"N{place + 1}",
            owner=None if place in smart and due.day % 2 else owner,
            owner_agency=action.agency or None,
            kind="action",
            set_on=renewed,
            due_on=due,
            measure=None if place in smart and not due.day % 2 else action.measure,
            status="done" if done else "open",
            status_date=done,
            carried_from=None,
            revised_due=None,
            revised_reason=None,
        )


def _stage(life: Life, made: Record, started: date) -> str:
    """Whom the plan speaks to: its kind says more than the day on which it began."""
    return {"care": "in_care", "pathway": "leaving"}.get(str(made["kind"])) or life.stage(started)


def enquire(life: Life, day: date, conference: bool) -> date | None:
    """A strategy discussion and an enquiry; the day of the conference, where one follows."""
    held = working(day) if life.dial.kept("discussion in time") else after(day, 3)
    if life.past(held) is None:
        return None
    discussion = _discuss(life, day, held)
    for agency, role, mode in _who(life):
        life.add(
            "participants",
            discussion=discussion["id"],
            person=f"{agency.upper()[:3]}-{life.dial.days(f'{agency} {day}', 1, 40):02}",
            agency=agency,
            role=role,
            mode=mode,
        )
    life.add(
        "discussion_actions",
        discussion=discussion["id"],
        text="See the child today, alone, and agree with the family who is in the home tonight",
        owner=life.child["worker"],
        agency="social care",
        due_on=after(held, 1),
    )
    return _section47(life, held, conference)


def _discuss(life: Life, day: date, held: date) -> Record:
    minutes = after(held, 1) if life.dial.kept("discussion minutes") else after(held, 9)
    return life.add(
        "discussions",
        held=held,
        triggered_on=working(day),
        meeting=None,
        mode="meeting",
        chair_role="team manager",
        decision="section47_joint",
        rationale=life.words.say("what_happened", "discussion")
        + " There is reasonable cause to suspect significant harm.",
        safety_plan=life.words.say("contingency", "discussion") if life.dial.kept("safety plan") else None,
        minutes=life.past(minutes),
        distributed=life.past(after(minutes, 2)),
        reconvenes=None,
        in_hospital=False,
        referrer_invited=True,
    )


def _who(life: Life) -> list[tuple[str, str, str]]:
    people = [
        ("social care", "team manager", "in_person"),
        ("police", "detective sergeant", "video"),
        ("health", "named nurse", "in_person" if life.dial.kept("health at discussion") else "apologies"),
    ]
    if life.child.get("of_school_age"):
        people.append(("school", "designated safeguarding lead", "video"))
    return people


def _section47(life: Life, held: date, conference: bool) -> date | None:
    in_time = life.dial.kept("conference in time")
    took = life.dial.days("conference", 9, 15) if in_time else life.dial.days("conference", 17, 28)
    meets = after(held, took)
    ended = life.past(after(held, min(took, 10)))
    outcome = "concerns substantiated, conference called" if conference else "concerns substantiated, risk has ended"
    life.add(
        "section47s",
        started=held,
        ended=ended,
        outcome=outcome if ended else None,
        conference_needed=None if not ended else conference,
        finding=None if not ended else ("risk_continues" if conference else "risk_has_ended"),
        no_conference_reason=life.words.say("no_conference")
        if ended and not conference and life.dial.kept("no conference reason")
        else None,
        transferred_in=False,
    )
    return meets if conference else None


def care(
    life: Life, started: date, legal: str, placement: str, ended: date | None = None, **more: str | bool
) -> Record:
    """An episode of care. It follows on the one before it on the same day."""
    before = life.of("episodes")
    return life.add(
        "episodes",
        started=started,
        ended=life.past(ended),
        legal_status=legal,
        reason_started=more.get("reason_started", "P" if before else "S"),
        placement=placement,
        reason_ended=more.get("reason_ended", "X1") if life.past(ended) else None,
        matched_long_term=more.get("matched", False),
    )
