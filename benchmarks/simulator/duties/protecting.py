"""Enquiries, conferences, core groups, visits and reviews of a child protection plan."""

from datetime import date, timedelta

from simulator.days import add_months, after
from simulator.duties.planning import meeting, visit
from simulator.duties.rhythm import rhythm
from simulator.life import Life, Record, dated, day_of, fill


def enquiries(life: Life) -> None:
    """How each enquiry ended. A plan of child protection that began soon after shows that a conference was called."""
    plans = [begun for begun, _ in dated(life.of("plans", kind="cp"), "started")]
    for started, enquiry in dated(life.of("section47s"), "started"):
        followed = any(started <= begun <= started + timedelta(days=60) for begun in plans)
        ended = day_of(enquiry, "ended")
        substantiated = followed or "not substantiated" not in str(enquiry.get("outcome"))
        finding = "risk_continues" if followed else "risk_has_ended" if substantiated else "not_substantiated"
        reason = ended and not followed and substantiated and life.dial.kept("no conference reason")
        fill(
            enquiry,
            conference_needed=followed if ended else None,
            finding=finding if ended else None,
            no_conference_reason=life.words.say("no_conference") if reason else None,
            transferred_in=False,
        )


def conferences(life: Life) -> None:
    """The conference that made each plan."""
    for started, plan in dated(life.of("plans", kind="cp"), "started"):
        if not life.of("conferences", held=started):
            before = [each for begun, each in dated(life.of("section47s"), "started") if begun <= started]
            life.add("conferences", held=started, section47=before[-1]["id"] if before else None, plan_made=True)
        for conference in life.of("conferences", held=started):
            unborn = not isinstance(life.child.get("born"), date) or life.child["born"] > started  # type: ignore[operator]
            fill(
                conference,
                kind="pre_birth" if unborn else "initial",
                quorate=life.dial.kept("conference quorate"),
                chair_role="conference chair",
            )
        _under(life, started, plan)


def _under(life: Life, started: date, plan: Record) -> None:
    """The work under a plan."""
    key, ended = str(plan["id"]), day_of(plan, "ended")
    for place, held in enumerate(rhythm(life, f"core group {key}", started, ended, (6, 13), (30, 40))):
        life.add(
            "core_groups",
            held=held,
            agencies=life.dial.days(f"core group {key} {place}", 2, 4),
            family_present=life.dial.likely(f"family at core group {place}", 0.9),
            actions_reviewed=life.dial.likely(f"core group actions {place}", 0.9),
        )
    for place, held in enumerate(rhythm(life, f"protection visit {key}", started, ended, (3, 10), (9, 13))):
        visit(life, held, "cp", f"{key} {place}")
    written = [held for held, _ in dated(life.of("reviews", kind="cp"), "held")]
    if not written:
        _reviews(life, started, plan)
    days = [held for held, _ in dated(life.of("reviews", kind="cp"), "held")]
    fill(plan, review_due=add_months(days[-1], 6) if days else add_months(started, 3))
    _between(life, started, days)


def _reviews(life: Life, started: date, plan: Record) -> None:
    for place, held in enumerate(
        rhythm(life, "protection review", started, day_of(plan, "ended"), (70, 88), (150, 178))
    ):
        took_part(life, meeting(life, held, "cp", f"{plan['id']} {place}", due=held), f"cp {place}")


def took_part(life: Life, review: Record, key: str) -> None:
    """Whether the child took part in a review, and what shows that the child was asked."""
    held = day_of(review, "held")
    code = (
        "PN0" if held and life.age(held) < 4 else life.dial.pick(f"participation {key}", ("PN1", "PN1", "PN3", "PN5"))
    )
    if code != "PN0" and not life.dial.mostly(f"participation {key}"):
        code = life.dial.pick(f"no participation {key}", ("PN7", ""))
    consulted = code != "PN0" and life.dial.mostly(f"consultation {key}")
    fill(review, participation=code or None, consultation=f"DOC-{review['id']}" if consulted else None)


def _between(life: Life, started: date, days: list[date]) -> None:
    """The chair's contact between reviews."""
    for place, (last, following) in enumerate(zip([started, *days], [*days, life.as_at], strict=True)):
        middle = after(last, max(1, (following - last).days // 3))
        if last >= life.since and middle < following and life.dial.mostly(f"chair's contact {place}"):
            life.add("chair_contacts", held=middle, by_role="conference chair", with_child=life.age(middle) >= 4)
