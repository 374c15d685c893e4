"""Plans: endorsed, with a contingency and the child's wishes; and the work of a child in need plan."""

from datetime import date

from simulator.days import add_months, after
from simulator.duties.rhythm import rhythm
from simulator.life import Life, Record, dated, day_of, fill

MONTHS = {"cin": 3, "cp": 6, "care": 6, "pathway": 6}


def plans(life: Life) -> None:
    for started, plan in dated(life.of("plans"), "started"):
        _plan(life, started, plan)
        if plan["kind"] == "cin":
            _meetings(life, started, plan)
            _visits(life, started, plan)
            _long(life, started, plan)


def _plan(life: Life, started: date, plan: Record) -> None:
    key, dial = str(plan["id"]), life.dial
    endorsed = after(started, dial.days(f"endorsed {key}", 0, 5))
    contingency = dial.kept(f"contingency {key}")
    ended = day_of(plan, "ended")
    day = day_of(plan, "updated") or started
    fill(
        plan,
        updated=None,
        endorsed=life.past(endorsed) if dial.kept(f"plan endorsed {key}") else None,
        contingency=life.say("contingency", key, day)
        if contingency
        else dial.pick(f"no contingency {key}", (None, "N/A")),
        contingency_trigger=life.say("contingency_trigger", key, day)
        if contingency and dial.kept(f"contingency trigger {key}")
        else None,
        contingency_owner=life.child["worker"] if contingency and dial.kept(f"contingency owner {key}") else None,
        child_views=life.say("plan_views", key, day) if dial.kept(f"child's wishes in plan {key}") else None,
        visits_every=None,
        long_term_support=False,
    )
    if ended:
        fill(
            plan,
            ended_reason="closed",
            ended_rationale=life.words.say("ended_rationale", key) if dial.kept(f"reason plan ended {key}") else None,
        )
    else:
        fill(plan, ended_reason=None, ended_rationale=None)


def planned(life: Life) -> None:
    """A meeting to plan within ten working days of each assessment that found the child in need."""
    for authorised, assessment in dated(life.of("assessments", decision="child_in_need"), "authorised"):
        key = f"{assessment['id']} planning"
        in_time = life.dial.kept(f"planning meeting in time {assessment['id']}")
        held = after(authorised, life.dial.days(key, 1, 8) if in_time else 14)
        if authorised >= life.since and held <= life.end:
            meeting(life, held, "cin_planning", key)


def _meetings(life: Life, started: date, plan: Record) -> None:
    key = str(plan["id"])
    days = rhythm(life, f"in need review {key}", started, day_of(plan, "ended"), (75, 88), (75, 88))
    for place, held in enumerate(days):
        meeting(life, held, "cin", f"{key} {place}")
    fill(plan, review_due=add_months(days[-1] if days else started, 3))


def meeting(life: Life, held: date, kind: str, key: str, due: date | None = None) -> Record:
    """A review or planning meeting."""
    dial = life.dial
    agencies = (
        dial.days(f"agencies {key}", 2, 4) if dial.mostly(f"partners at {kind}") else dial.days(f"agencies {key}", 0, 1)
    )
    return life.add(
        "reviews",
        held=held,
        due=due,
        kind=kind,
        chair_role={
            "cp": "conference chair",
            "cla": "independent reviewing officer",
            "adoption": "independent reviewing officer",
        }.get(kind, "team manager"),
        quorate=agencies >= 2,
        social_care_present=True,
        agencies=agencies,
        progress_recorded=dial.mostly(f"progress recorded at {kind}"),
    )


def _visits(life: Life, started: date, plan: Record) -> None:
    for place, held in enumerate(rhythm(life, "visit in need", started, day_of(plan, "ended"), (8, 24), (21, 27))):
        visit(life, held, "cin", f"{plan['id']} {place}")


def visit(life: Life, held: date, kind: str, key: str) -> Record:
    """A visit to the child, and how it was written up."""
    dial = life.dial
    alone = life.age(held) >= 4 and dial.likely(f"alone {kind} {key}", 0.9)
    lag = dial.days(f"written up {kind} {key}", 0, 2) if dial.mostly(f"visit written up {key}") else 5
    return life.add(
        "visits",
        held=held,
        kind=kind,
        seen=True,
        seen_alone=alone,
        alone_reason=None if alone else life.say("alone_reason", f"{kind} {key}", held),
        bedroom_seen=dial.likely(f"bedroom {kind} {key}", 0.35),
        in_core_group=False,
        direct_work=life.say("direct_work", f"{kind} {key}", held)
        if dial.likely(f"direct work {kind} {key}", 0.3)
        else None,
        recorded_on=life.past(max(held, after(held, lag))),
        report=None,
    )


def _long(life: Life, started: date, plan: Record) -> None:
    """The senior review at nine months, and again at twelve."""
    for months in (9, 12):
        due, key = add_months(started, months), f"{plan['id']} {months}"
        if due > (day_of(plan, "ended") or life.as_at) or due < life.since:
            continue
        held = life.past(after(due, life.dial.days(f"senior review {key}", -10, 12)))
        if held and life.dial.kept(f"senior review {key}"):
            senior_review(life, held, "cin_duration", key)


def senior_review(life: Life, held: date, about: str, key: str) -> Record:
    dial = life.dial
    independent = dial.kept(f"senior chair {key}")
    return life.add(
        "senior_reviews",
        held=held,
        about=about,
        chair_role="service manager" if independent else "team manager",
        level="above_team_manager" if independent else "team_manager",
        decision=dial.pick(f"senior decision {key}", ("continue", "step_down", "continue"))
        if dial.kept(f"senior decision recorded {key}")
        else None,
        rationale=life.words.say("senior_rationale", key) if dial.kept(f"senior reason {key}") else None,
        timescale="by the next review, in three months" if dial.kept(f"senior timescale {key}") else None,
    )
