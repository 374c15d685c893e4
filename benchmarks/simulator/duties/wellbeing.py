"""Health, strengths and difficulties, and school of looked-after children."""

from datetime import date, timedelta

from simulator.days import add_months, after, plus, terms
from simulator.duties.care import spells
from simulator.life import Life, dated, fill


def health(life: Life) -> None:
    for started, ended in spells(life):
        last = ended or life.as_at
        _initial(life, started)
        _health_reviews(life, started, last)
        if ended is None:
            _now(life, started)
    for _, check in dated(life.of("health_checks"), "held"):
        fill(check, sdq_considered=False, by_doctor=check["kind"] == "initial", refused=None, offered_again=None)


def _initial(life: Life, started: date) -> None:
    days = life.dial.days("initial health", 5, 17) if life.dial.kept("initial health in time") else 32
    held = after(started, days)
    if started >= add_months(life.as_at, -30) and life.past(held) and not life.of("health_checks", kind="initial"):
        life.add(
            "health_checks", held=held, kind="initial", sdq_considered=False, by_doctor=life.dial.kept("by doctor")
        )


def _health_reviews(life: Life, started: date, last: date) -> None:
    """Every six months under five, and every twelve from then."""
    if life.of("health_checks", kind="review"):
        return
    day, place = started, 0
    late = not life.dial.kept("health review in time")
    while True:
        months = 6 if life.age(day) < 5 else 12
        day = plus(add_months(day, months), -life.dial.days(f"health review {place}", 4, 25))
        if late and day > life.since:
            day, late = plus(day, 75), False
        if day > last:
            return
        place += 1
        if day >= add_months(life.as_at, -26):
            life.add("health_checks", held=day, kind="review", sdq_considered=life.dial.likely(f"sdq at {day}", 0.8))


def _now(life: Life, started: date) -> None:
    """Teeth, immunisations and the plan."""
    entered = started < add_months(life.as_at, -3)
    if entered and not life.of("health_checks", kind="dental"):
        ago = life.dial.days("dentist", 20, 330) if life.dial.kept("dentist") else 460
        held = plus(life.as_at, -ago)
        if held > started:
            life.add("health_checks", held=held, kind="dental", sdq_considered=False)
    checked = plus(max(started, life.as_at - timedelta(days=340)), life.dial.days("immunisations", 10, 60))
    if life.past(checked):
        life.add("immunisations", checked=checked, up_to_date=life.dial.kept("immunisations"))
    filed = plus(max(started, life.as_at - timedelta(days=320)), life.dial.days("health plan", 15, 40))
    if life.past(filed) and life.dial.kept("health plan"):
        life.add("health_plans", filed=filed)


def sdqs(life: Life) -> None:
    """Once a year from four to sixteen, and a referral where the score is high."""
    if life.of("sdqs"):
        return
    for started, ended in spells(life):
        day = max(plus(started, 120), add_months(life.as_at, -27))
        while day <= min(ended or life.as_at, life.as_at):
            if 4 <= life.age(day) < 17:
                _sdq(life, day)
            day = plus(day, life.dial.days(f"sdq {day}", 310, 355) if life.dial.kept("sdq in time") else 430)


def _sdq(life: Life, day: date) -> None:
    score = life.dial.weighted(f"score {day}", {6: 3, 9: 3, 11: 3, 13: 2, 15: 2, 18: 2, 21: 1})
    life.add(
        "sdqs",
        completed=day,
        score=score,
        reason=None,
        reason_text=None,
        informant="main_carer",
        document=f"DOC-SDQ-{day:%y%m}" if life.dial.kept("sdq form") else None,
    )
    if score >= 17 and life.dial.kept("referral for a high score") and life.past(after(day, 12)):
        life.add(
            "support_referrals",
            made=after(day, 12),
            kind="camhs",
            answer=life.dial.pick("camhs", ("accepted", "accepted", "declined")),
        )


def school(life: Life) -> None:
    """A personal education plan ten working days after coming into care, and one in each term."""
    for started, ended in spells(life):
        last = min(ended or life.as_at, life.as_at)
        if life.age(last) < 3 or life.age(last) > 17 or not life.child.get("of_school_age"):
            continue
        if started >= add_months(life.as_at, -18):
            held = after(
                started, life.dial.days("first education plan", 4, 9) if life.dial.kept("first education plan") else 19
            )
            if life.past(held):
                _pep(life, held, "initial", 0)
        slips = life.dial.slips("education plan", 3)
        found = [term for term in terms(add_months(life.as_at, -15), life.as_at) if term[0] > started]
        for place, (begins, ends) in enumerate(found):
            day = plus(begins, life.dial.days(f"education plan {begins}", 10, 60))
            if day <= min(last, ends) and len(found) - place - 2 not in slips:
                _pep(life, day, "review", place)


def _pep(life: Life, held: date, kind: str, place: int) -> None:
    low = life.dial.likely(f"attendance {place}", 0.15)
    recorded = life.dial.mostly(f"attendance recorded {place}")
    life.add(
        "peps",
        held=held,
        kind=kind,
        targets_owned=life.dial.mostly(f"education targets {place}"),
        attendance=None
        if not recorded
        else life.dial.days(f"attendance {held}", 71, 89)
        if low
        else life.dial.days(f"attendance {held}", 91, 100),
    )
