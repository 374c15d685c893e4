"""What managers decide and write down, and supervision of the case."""

from datetime import date

from simulator.days import after
from simulator.duties.rhythm import Days, rhythm
from simulator.life import Life, Record, dated, day_of

ROLES = {
    "closure": "team manager",
    "legal": "service manager",
    "stepped_up": "team manager",
    "stepped_down": "team manager",
}


def decisions(life: Life) -> None:
    """A decision at each key point: allocation, strategy, sign-off, plan, step up or down, legal advice, closure."""
    for received, referral in dated(life.of("referrals"), "received"):
        if referral.get("decision") in ("assessment", "section47"):
            _decide(life, received, "allocation", referral)
            words = "threshold_assessment" if referral["decision"] == "assessment" else "threshold_strategy_discussion"
            _decide(life, received, "threshold", referral, words)
    for held, discussion in dated(life.of("discussions"), "held"):
        _decide(life, held, "strategy", discussion)
    for authorised, assessment in dated(life.of("assessments"), "authorised"):
        _decide(life, authorised, "assessment_signed_off", assessment)
    for started, plan in dated(life.of("plans"), "started"):
        _decide(life, started, "plan", plan)
        ended, reason = day_of(plan, "ended"), str(plan.get("ended_reason"))
        if ended and reason in ("stepped_up", "stepped_down"):
            _decide(life, ended, reason, plan)
    for opened, case in dated(life.of("legal_cases"), "opened"):
        _decide(life, opened, "legal", case)
    for closed, referral in dated(life.of("referrals"), "closed"):
        _decide(life, closed, "closure", referral)


def _decide(life: Life, day: date, kind: str, about: Record, words: str = "") -> None:
    written = [each for each in life.of("decisions", kind=kind) if day_of(each, "decided") == day]
    if day < life.since or day > life.as_at or written:
        return
    key = f"{kind} {about['id']}"
    if not life.dial.mostly(f"decision on {key}"):
        return
    thin = not life.dial.mostly(f"reason for {key}")
    life.add(
        "decisions",
        decided=day,
        kind=kind,
        rationale=life.dial.pick(f"thin {key}", ("Agreed.", "Noted and agreed."))
        if thin
        else life.words.say(words or kind, key),
        by_role="social worker" if not life.dial.mostly(f"level of {key}") else ROLES.get(kind, "team manager"),
        about=about["id"],
        timescale=life.dial.pick(
            f"timescale {key}", ("within ten working days", "by the next supervision", "this week")
        )
        if life.dial.mostly(f"timescale of {key}")
        else None,
        reason_code=None,
        compares=None,
        followed_up=life.dial.mostly(f"follow-up of {key}"),
    )


def complete(life: Life) -> None:
    """What decisions that were written elsewhere leave open."""
    for decision in life.of("decisions"):
        for name, value in (
            ("about", None),
            ("timescale", None),
            ("reason_code", None),
            ("compares", None),
            ("followed_up", True),
        ):
            decision.setdefault(name, value)


def supervisions(life: Life) -> None:
    """Every four weeks during an assessment or a plan of protection, and less often in need and in care."""
    opened = day_of(life.child, "opened_on")
    if opened is None or not life.of("assessments"):
        return
    days = set(rhythm(life, "supervision", opened, None, (14, 26), _often(life)))
    for started, assessment in dated(life.of("assessments"), "started"):
        if started >= life.since:
            ended = day_of(assessment, "authorised")
            days.update(rhythm(life, "supervision in assessment", started, ended, (18, 26), (22, 27)))
    for place, held in enumerate(sorted(days)):
        life.add(
            "supervisions",
            held=held,
            by_role="team manager",
            actions_complete=life.dial.mostly(f"supervision actions {place}"),
            headings_complete=life.dial.mostly(f"supervision headings {place}"),
            followed_up=life.dial.mostly(f"supervision followed up {place}"),
            reflection=_reflection(life, place),
        )


def _often(life: Life) -> Days:
    kinds = {plan["kind"] for plan in life.of("plans")}
    if "cp" in kinds or not kinds:
        return 22, 27
    return (35, 41) if "cin" in kinds else (47, 55)


def _reflection(life: Life, place: int) -> str | None:
    if not life.dial.likely(f"reflection {place}", 0.5):
        return None
    return life.words.say("supervision_reflection", str(place))


def alerts(life: Life) -> None:
    """The chair raises what is not done: an assessment out of time, a slipped visit, a plan that drifts."""
    current = [plan for plan in life.of("plans", ended=None) if plan["kind"] in ("cp", "care")]
    if not current or not life.dial.likely("something to raise", 0.2):
        return
    raised = after(life.as_at, -life.dial.days("alert", 10, 150))
    started = day_of(current[-1], "started")
    if started and raised > started:
        answered = life.past(after(raised, 6 if life.dial.kept("alert answered") else 30))
        resolved = life.past(
            after(raised, life.dial.days("resolved", 8, 18) if life.dial.kept("alert resolved") else 45)
        )
        life.add(
            "alerts",
            raised=raised,
            by_role="conference chair" if current[-1]["kind"] == "cp" else "independent reviewing officer",
            about=life.dial.pick("about alert", ("drift", "practice")),
            standard=None,
            stage=1,
            answered=answered,
            resolved=resolved,
            resolution=life.words.say("alert_resolution") if resolved and life.dial.kept("alert resolution") else None,
        )
