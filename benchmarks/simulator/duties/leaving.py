"""Leaving care; and private fostering, whose visits are like no others."""

from datetime import date

from simulator.days import add_months, after, plus
from simulator.duties.planning import meeting, visit
from simulator.duties.rhythm import rhythm
from simulator.life import Life, dated, day_of, fill


def care_leavers(life: Life) -> None:
    pathways = list(dated(life.of("plans", kind="pathway"), "started"))
    leaving = life.child.setdefault(
        "leaving_care", ("eligible" if life.age(life.as_at) < 18 else "former_relevant") if pathways else None
    )
    adviser = leaving and life.dial.kept("adviser named")
    fill(life.child, personal_adviser=f"PA-{life.dial.days('adviser', 1, 12):02}" if adviser else None)
    if not leaving:
        return
    for started, plan in pathways:
        _reviews(life, started, day_of(plan, "ended"))
        days = [held for held, _ in dated(life.of("reviews", kind="pathway"), "held")]
        fill(plan, review_due=add_months(days[-1] if days else started, 6))
    begun = pathways[0][0] if pathways else plus(life.as_at, -120)
    for place, held in enumerate(rhythm(life, "adviser's contact", begun, None, (20, 50), (35, 54))):
        life.add("adviser_contacts", held=held, in_touch=life.dial.likely(f"in touch {place}", 0.93))
    _health(life, begun)


def _reviews(life: Life, started: date, ended: date | None) -> None:
    if not life.of("reviews", kind="pathway"):
        for place, held in enumerate(rhythm(life, "pathway review", started, ended, (140, 178), (140, 178))):
            meeting(life, held, "pathway", f"pathway {place}")
    for _, review in dated(life.of("reviews", kind="pathway"), "held"):
        fill(review, participation="PN1", consultation=None)


def _health(life: Life, begun: date) -> None:
    for kind in ("summary", "assessment", "review"):
        day = plus(begun, life.dial.days(f"health {kind}", 60, 200))
        if life.past(day) and life.dial.kept(f"care leaver's health {kind}"):
            life.add("health_summaries", kind=kind, completed=day)
    offered = plus(begun, 90)
    if life.past(offered) and not life.of("support_referrals") and life.dial.kept("offer of support"):
        life.add(
            "support_referrals",
            made=offered,
            kind="camhs",
            answer=life.dial.pick("camhs answer", ("declined", "accepted")),
        )


def private_fostering(life: Life) -> None:
    for notified, arrangement in dated(life.of("private_fosterings"), "notified"):
        decided = life.past(after(notified, 28)) if life.dial.kept("suitability") else None
        fill(arrangement, suitability_decided=decided, suitable=life.words.say("suitable") if decided else None)
        ended = day_of(arrangement, "ended")
        year = add_months(notified, 12)
        days = rhythm(life, "private fostering visit", notified, min(ended or life.as_at, year), (2, 9), (30, 40))
        if life.as_at > year:
            days += rhythm(life, "later private fostering visit", year, ended, (50, 78), (60, 80))
        for place, held in enumerate(days):
            one = visit(life, held, "private_fostering", str(place))
            one["report"] = life.past(after(held, 4)) if life.dial.mostly(f"report {place // 4}") else None
