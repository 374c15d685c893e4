"""Where children go: one function a kind of path, from the contact to where the child stands on the as-at date."""

from collections.abc import Callable
from datetime import date, timedelta

from simulator.days import add_months, after, plus, working
from simulator.life import Life, Record
from simulator.steps import assess, care, enquire, plan, refer


def back(life: Life, purpose: str, low: int, high: int) -> date:
    """A working day so many days before the as-at date."""
    return working(life.as_at - timedelta(days=life.dial.days(purpose, low, high)))


def born(life: Life, on: date, low: int, high: int) -> None:
    """The child's date of birth: so many years old on a day."""
    if "born" not in life.child:
        life.child["born"] = add_months(on, -12 * life.dial.days("age", low, high)) - timedelta(
            days=life.dial.days("birthday", 1, 360)
        )


def close(life: Life, on: date, referral: Record) -> None:
    day = life.past(on)
    referral["closed"] = day
    life.child["closed_on"] = day


def start(life: Life, on: date, decision: str, low: int, high: int) -> Record:
    """The child, and the first referral."""
    born(life, on, low, high)
    life.child["opened_on"] = working(on)
    return refer(life, on, decision)


def contact_only(life: Life) -> None:
    day = back(life, "contact", 5, 300)
    referral = start(life, day, life.dial.pick("contact decision", ("no_further_action", "early_help")), 0, 16)
    close(life, after(day, 2), referral)


def no_further_action(life: Life) -> None:
    referral = start(life, back(life, "referral", 90, 330), "assessment", 0, 16)
    close(
        life,
        assess(life, referral, life.dial.pick("assessment decision", ("no_further_action", "early_help"))),
        referral,
    )


def referred_again(life: Life) -> None:
    """A referral that led to nothing, and the next within the year; for some a third."""
    first = start(life, back(life, "referral", 270, 340), "assessment", 1, 15)
    close(life, assess(life, first, "no_further_action"), first)
    if life.dial.likely("third referral", 0.4):
        second = refer(life, back(life, "second", 150, 180), "no_further_action")
        close(life, after(working(life.as_at), -90), second)
    again = refer(life, back(life, "again", 75, 120), "assessment")
    life.child["closed_on"] = None
    authorised = assess(life, again, "child_in_need")
    plan(life, "cin", after(authorised, 3))


def assessing(life: Life) -> None:
    assess(life, start(life, back(life, "referral", 3, 55), "assessment", 0, 16), "child_in_need")


def in_need(life: Life) -> None:
    _in_need(life, back(life, "referral", 90, 330))


def long_in_need(life: Life) -> None:
    _in_need(life, back(life, "referral", 370, 700))


def disabled(life: Life) -> None:
    life.child["disabled"] = True
    made = _in_need(life, back(life, "referral", 120, 900))
    made["long_term_support"] = life.dial.likely("long-term support", 0.6)


def _in_need(life: Life, day: date) -> Record:
    authorised = assess(life, start(life, day, "assessment", 0, 16), "child_in_need")
    made = plan(life, "cin", after(authorised, life.dial.days("plan begins", 1, 6)))
    if authorised < add_months(life.as_at, -8):
        again = add_months(authorised, life.dial.days("assessed again", 5, 7))
        assess(life, life.of("referrals")[-1], "child_in_need", "review", working(again))
        made["based_on"] = life.of("assessments")[-1]["id"]
    return made


def need_met(life: Life) -> None:
    """A plan that ended well, and a closed case."""
    referral = start(life, back(life, "referral", 240, 420), "assessment", 0, 16)
    authorised = assess(life, referral, "child_in_need")
    ends = plus(authorised, life.dial.days("plan lasts", 80, 150))
    plan(life, "cin", after(authorised, 3), ends, "closed")
    close(life, ends, referral)


def enquiry_open(life: Life) -> None:
    referral = start(life, back(life, "referral", 2, 12), "section47", 0, 16)
    enquire(life, day_after(referral), conference=True)
    assess(life, referral, "child_protection")


def enquiry_ended(life: Life) -> None:
    referral = start(life, back(life, "referral", 90, 300), "section47", 0, 16)
    enquire(life, day_after(referral), conference=False)
    plan(life, "cin", after(assess(life, referral, "child_in_need"), 3))


def day_after(referral: Record) -> date:
    received = referral["received"]
    assert isinstance(received, date)
    return received


def _protect(life: Life, low: int, high: int, oldest: int = 16) -> tuple[Record, Record]:
    """From a referral to a child protection plan; the referral and the plan."""
    referral = start(life, back(life, "referral", low, high), "section47", 0, oldest)
    meets = enquire(life, day_after(referral), conference=True)
    assess(life, referral, "child_protection")
    assert meets is not None
    life.add("conferences", held=meets, section47=life.of("section47s")[-1]["id"], plan_made=True)
    made = plan(life, "cp", meets)
    again = add_months(meets, 7)
    if again < add_months(life.as_at, -2):
        assess(life, referral, "child_protection", "review", working(again))
        made["based_on"] = life.of("assessments")[-1]["id"]
    return referral, made


def protected(life: Life) -> None:
    _protect(life, 60, 500)


def stepped_down(life: Life) -> None:
    _, made = _protect(life, 330, 480)
    ends = back(life, "step down", 40, 110)
    made |= {"ended": ends, "ended_reason": "stepped_down"}
    plan(life, "cin", ends)


def before_court(life: Life) -> None:
    """Pre-proceedings, beside a child protection plan."""
    _protect(life, 380, 560, 12)
    life.add("legal_cases", opened=back(life, "legal advice", 30, 330), decision="pre_proceedings")


def _removed(life: Life, entered: date, placement: str, oldest: int = 13) -> Record:
    """From a referral, through a plan, to the first episode of care under an interim order."""
    referral = start(life, plus(entered, -life.dial.days("before care", 150, 400)), "section47", 0, oldest)
    meets = enquire(life, day_after(referral), conference=True)
    assess(life, referral, "child_protection")
    assert meets is not None
    life.add("conferences", held=meets, section47=life.of("section47s")[-1]["id"], plan_made=True)
    made = plan(life, "cp", meets)
    made |= {"ended": entered, "ended_reason": "stepped_up"}
    urgent = life.dial.likely("urgent issue", 0.35)
    advice = plus(entered, -3) if urgent else plus(entered, -life.dial.days("legal advice", 75, 150))
    life.add(
        "legal_cases",
        opened=advice,
        decision="issue" if urgent else "pre_proceedings",
        issued=entered,
        urgent_reason="emergency" if urgent else None,
    )
    plan(life, "care", after(entered, life.dial.days("care plan", 1, 8)))
    return referral


def _ordered(life: Life, entered: date, placement: str, order: str = "C2") -> date:
    """Interim care until the final order, and then what the court ordered; the day of the order."""
    _removed(life, entered, placement)
    made = plus(entered, life.dial.days("proceedings", 120, 200))
    life.of("legal_cases")[-1]["concluded"] = life.past(made)
    first = "P1" if placement == "P1" else "U6"
    care(life, entered, "C1", first, made)
    if life.past(made):
        care(life, made, order, placement, reason_started="L" if placement == first else "B")
    _assessed_yearly(life, made)
    return made


def _assessed_yearly(life: Life, since: date) -> None:
    """The last review assessment of a child who has been in care for some time."""
    if since < add_months(life.as_at, -9):
        late = life.dial.days("last assessment", 60, 280)
        assess(life, life.of("referrals")[-1], "looked_after", "review", back(life, "last assessment", late, late))


def in_proceedings(life: Life) -> None:
    entered = back(life, "entered care", 15, 170)
    _removed(life, entered, "U6")
    care(life, entered, "C1", "U6")


def in_care(life: Life) -> None:
    order = _ordered(life, back(life, "entered care", 240, 2200), "U6")
    if life.past(order) and life.dial.likely("moved", 0.35):
        _move(life, "U6")


def _move(life: Life, placement: str) -> None:
    last = life.of("episodes")[-1]
    started = last["started"]
    assert isinstance(started, date)
    gap = (life.as_at - started).days
    if gap > 60:
        day = plus(started, life.dial.days("moved", 40, gap - 10))
        last |= {"ended": day, "reason_ended": "X1"}
        care(life, day, str(last["legal_status"]), placement)


def in_residential_care(life: Life) -> None:
    _ordered(life, back(life, "entered care", 500, 2500), "K2")


def with_parents(life: Life) -> None:
    _ordered(life, back(life, "entered care", 300, 1400), "P1")


def matched(life: Life) -> None:
    """Long-term fostering, matched for some."""
    order = _ordered(life, back(life, "entered care", 700, 3000), "U6")
    life.add("permanence_decisions", option="long_term_fostering", agreed=plus(order, -20))
    if life.dial.likely("matched", 0.75):
        last = life.of("episodes")[-1]
        day = plus(order, life.dial.days("match", 60, 260))
        if life.past(day):
            last |= {"ended": day, "reason_ended": "X1"}
            care(life, day, "C2", "U4", reason_started="T", matched=True)
            life.add("matches", decided=day, decided_by="panel")


def connected(life: Life) -> None:
    _ordered(life, back(life, "entered care", 300, 1300), "Q1")


def accommodated(life: Life) -> None:
    """Section 20, by agreement; for some for years."""
    entered = back(life, "entered care", 20, 2000)
    referral = start(life, plus(entered, -70), "assessment", 4, 15)
    assess(life, referral, "looked_after")
    plan(life, "care", after(entered, life.dial.days("care plan", 1, 8)))
    care(life, entered, "V2", "U6")
    _assessed_yearly(life, entered)


def home_again(life: Life) -> None:
    accommodated(life)
    last = life.of("episodes")[-1]
    day = back(life, "home", 10, 120)
    started = last["started"]
    assert isinstance(started, date)
    if started < day:
        last |= {"ended": day, "reason_ended": "E4A"}
        life.of("plans")[-1] |= {"ended": day, "ended_reason": "stepped_down"}
        plan(life, "cin", day)


def to_be_adopted(life: Life) -> None:
    """A placement order, and for some a match and a placement."""
    _adoption(life, back(life, "entered care", 300, 900))


def adopted(life: Life) -> None:
    entered = back(life, "entered care", 800, 1100)
    route = _adoption(life, entered, sure=True)
    day = back(life, "adopted", 20, 200)
    last = life.of("episodes")[-1]
    last |= {"ended": day, "reason_ended": "E11"}
    life.of("plans", kind="care")[-1] |= {"ended": day, "ended_reason": "other"}
    route["adopted"] = day
    life.child["closed_on"] = life.past(plus(day, 60))


def _adoption(life: Life, entered: date, sure: bool = False) -> Record:
    life.child.setdefault("born", plus(entered, -life.dial.days("days old", 5, 900)))
    order = _ordered(life, entered, "U6", "E1")
    route = life.add("adoption_plans", decided=plus(order, -30), authority=life.past(order))
    life.add("permanence_decisions", option="adoption", agreed=plus(order, -30))
    match = plus(order, life.dial.days("adoption match", 50, 115 if life.dial.kept("match in time") else 400))
    if life.past(match) and (sure or life.dial.likely("adoption match", 0.8)):
        placed = plus(match, life.dial.days("placed", 20, 45))
        route["matched"] = match
        if life.past(placed):
            route["placed"] = placed
            life.of("episodes")[-1] |= {"ended": placed, "reason_ended": "X1"}
            care(life, placed, "E1", "A5", reason_started="B")
            life.add("adoption_placements", placed=placed, ended=None)
    return route


def guardian(life: Life) -> None:
    _ordered(life, back(life, "entered care", 500, 800), "Q1")
    day = back(life, "guardianship", 20, 200)
    life.of("episodes")[-1] |= {"ended": day, "reason_ended": "E43"}
    life.of("plans", kind="care")[-1] |= {"ended": day, "ended_reason": "other"}
    life.add("guardianship_orders", made=day)
    plan(life, "cin", day)


def broken_down(life: Life) -> None:
    """Long-term fostering or an adoptive placement that ended sooner than it should."""
    kind = life.dial.pick("broke down", ("long_term_fostering", "adoption_before_order"))
    if kind == "long_term_fostering":
        matched(life)
    else:
        to_be_adopted(life)
    last = life.of("episodes")[-1]
    day = back(life, "broke down", 50, 200)
    started = last["started"]
    assert isinstance(started, date)
    if started < day:
        last |= {"ended": day, "reason_ended": "X1"}
        care(life, day, str(last["legal_status"]), "U6")
        for placement in life.of("adoption_placements"):
            placement["ended"] = day
        life.add(
            "disruptions", broke_down=day, kind=kind if life.of("matches") or kind != "long_term_fostering" else "other"
        )
        life.records["disruptions"] = [each for each in life.of("disruptions") if each["kind"] != "other"]


def care_leaver(life: Life) -> None:
    turned = back(life, "turned eighteen", 20, 1000)
    life.child["born"] = add_months(turned, -216)
    life.child["leaving_care"] = "former_relevant"
    entered = plus(turned, -life.dial.days("entered care", 800, 2500))
    _ordered(life, entered, "U6")
    life.of("episodes")[-1] |= {"ended": turned, "reason_ended": "E3"}
    for made in life.of("plans", kind="care"):
        made |= {"ended": turned, "ended_reason": "other"}
    _pathway(life, plus(add_months(turned, -24), 40))


def sixteen(life: Life) -> None:
    """Looked after at sixteen or seventeen, so owed a pathway plan."""
    turned = back(life, "turned sixteen", 100, 650)
    life.child["born"] = add_months(turned, -192)
    life.child["leaving_care"] = "eligible"
    _ordered(life, plus(turned, -life.dial.days("entered care", 500, 2000)), "U6")
    _pathway(life, plus(turned, life.dial.days("pathway", 20, 80 if life.dial.kept("pathway assessment") else 150)))


def _pathway(life: Life, day: date) -> None:
    assess(life, life.of("referrals")[-1], "looked_after", "pathway_needs", working(day))
    if life.past(plus(day, 60)):
        plan(life, "pathway", plus(day, 60))


def privately_fostered(life: Life) -> None:
    day = back(life, "notified", 30, 700)
    referral = start(life, day, "assessment", 5, 14)
    assess(life, referral, "child_in_need")
    life.add("private_fosterings", notified=day_after(referral), ended=None)


PATHS: dict[Callable[[Life], None], float] = {
    contact_only: 9, no_further_action: 9, referred_again: 4, assessing: 9, in_need: 19, long_in_need: 5, disabled: 5,
    need_met: 6, enquiry_open: 1, enquiry_ended: 3, protected: 10, stepped_down: 3, before_court: 2,
    in_proceedings: 3, in_care: 6, in_residential_care: 1.5, with_parents: 1.5, matched: 4, connected: 2,
    accommodated: 2, home_again: 1, to_be_adopted: 2, adopted: 1, guardian: 1, broken_down: 0.5, care_leaver: 5,
    sixteen: 3, privately_fostered: 0.5,
}  # fmt: skip
"""How often a child goes each way."""
