"""Advocacy, and the interview after a child has been missing."""

from datetime import date, timedelta

from simulator.days import plus
from simulator.duties.care import spells
from simulator.life import Life, dated, day_of, fill

OLD_ENOUGH = 5


def changes(life: Life) -> None:
    """What calls for an advocate and no other record shows: a complaint, another school."""
    for started, ended in spells(life):
        for kind, probability in (("complaint", 0.05), ("moved_school", 0.08)):
            day = plus(life.as_at, -life.dial.days(f"{kind} {started}", 10, 340))
            if started < day and ended is None and life.dial.likely(f"{kind} {started}", probability):
                life.add("changes", happened=day, kind=kind, derived_from=None)


def advocacy(life: Life) -> None:
    """An advocate offered at entry to care, at each review, at a conference, and when the child moves."""
    entries = {started for started, _ in spells(life)}
    occasions: list[tuple[date, str]] = [(started, "entry_to_care") for started in sorted(entries)]
    occasions += [(held, "review") for held, _ in dated(life.of("reviews", kind="cla"), "held")]
    occasions += [(held, "conference") for held, _ in dated(life.of("conferences"), "held")]
    moves = [pair for pair in dated(life.of("placements"), "started") if pair[0] not in entries]
    occasions += [(started, "placement_move") for started, placement in moves if not placement["same_carer"]]
    changes = {"complaint": "complaint", "moved_school": "school_move"}
    occasions += [
        (day, changes[str(each["kind"])])
        for day, each in dated(life.of("changes"), "happened")
        if each["kind"] in changes
    ]
    recent = sorted(pair for pair in occasions if pair[0] >= life.since and life.age(pair[0]) >= OLD_ENOUGH)
    for place, (day, occasion) in enumerate(recent):
        offered = life.past(plus(day, life.dial.days(f"advocacy {place}", 0, 4)))
        if offered and life.dial.mostly(f"advocate offered: {occasion} {day}"):
            life.add(
                "advocacy_offers",
                offered=offered,
                occasion=occasion,
                by_role="independent reviewing officer" if occasion == "review" else "social worker",
                answer=life.dial.pick(f"advocate {place}", ("declined", "declined", "accepted"))
                if life.dial.mostly(f"answer {place}")
                else None,
            )


def missing(life: Life) -> None:
    if life.words.worry == "exploitation" and not life.of("missing_episodes") and life.age(life.as_at) >= 11:
        for place in range(life.dial.days("missing", 0, 3)):
            day = plus(life.as_at, -life.dial.days(f"missing {place}", 10, 350))
            if day > (day_of(life.child, "opened_on") or life.as_at) and day < life.end:
                life.add(
                    "missing_episodes", started=day, ended=life.past(plus(day, life.dial.days(f"away {place}", 0, 2)))
                )
    for place, (started, episode) in enumerate(dated(life.of("missing_episodes"), "started")):
        found = day_of(episode, "ended")
        key = f"return interview {place}"
        offered = (
            None
            if not found
            else life.past(found + timedelta(days=life.dial.days(key, 0, 3) if life.dial.kept(key) else 5))
        )
        declined = bool(offered) and life.dial.likely(f"declined {place}", 0.3)
        held = life.past(plus(offered, 1)) if offered and not declined else None
        fill(
            episode,
            interview_offered=offered,
            interview_held=held,
            interview_declined=declined if offered else None,
            interview_findings=life.words.say("interview_findings", str(started))
            if held and life.dial.mostly(f"findings {place}")
            else None,
        )
