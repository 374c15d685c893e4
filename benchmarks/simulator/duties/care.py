"""Placements, statutory visits and reviews of looked-after children."""

from collections.abc import Iterator
from datetime import date, timedelta

from qaengine.model.calendar import add_working_days
from simulator.days import add_months, after
from simulator.duties.planning import meeting, visit
from simulator.duties.protecting import took_part
from simulator.duties.rhythm import Days, rhythm
from simulator.life import SHORT_BREAKS, Life, Record, dated, day_of, fill

KINDS = {
    "P1": "parent",
    "Q1": "connected",
    "K1": "residential",
    "K2": "residential",
    "R1": "residential",
    "H5": "independent",
    "P2": "independent",
}
SAME_PLACE = frozenset({"L", "T", "U"})
"""Reasons for a new episode with the carer that there was: only a status changed."""

Span = tuple[date, date | None]


def placement_kind(code: str) -> str:
    return (
        "adoption" if code.startswith("A") else KINDS.get(code, "connected" if code in ("U1", "U2", "U3") else "foster")
    )


def spells(life: Life) -> Iterator[Span]:
    """The unbroken periods of care, short breaks left out."""
    begun: date | None = None
    until: date | None = None
    for started, episode in dated(life.of("episodes"), "started"):
        if episode["legal_status"] in SHORT_BREAKS:
            continue
        if begun is None or (until is not None and started > until):
            if begun is not None:
                yield begun, until
            begun = started
        until = day_of(episode, "ended")
    if begun is not None:
        yield begun, until


def placements(life: Life) -> None:
    """Where the child lived, from the episodes: a new legal status alone is no new placement."""
    last: Record | None = None
    for started, episode in dated(life.of("episodes"), "started"):
        reason, ended = str(episode.get("reason_started")), day_of(episode, "ended")
        if last is not None and reason == "L" and last["ended"] == started:
            last["ended"] = ended
            continue
        kind = placement_kind(str(episode["placement"]))
        same = last is not None and reason in SAME_PLACE
        number = len(life.of("placements")) + 1
        last = life.add(
            "placements",
            started=started,
            ended=ended,
            kind="short_break" if episode["legal_status"] in SHORT_BREAKS else kind,
            carer=last["carer"] if same and last else f"FC-{str(life.child['child_id'])[-4:]}-{number}",
            same_carer=same,
            arrangement=_arrangement(life, started, kind, episode),
        )


def _arrangement(life: Life, started: date, kind: str, episode: Record) -> str:
    new = started > add_months(life.as_at, -4)
    if kind == "parent" and new and episode["legal_status"] == "C1":
        return "before_assessment"
    return "temporarily_approved" if kind == "connected" and new else "ordinary"


def visits(life: Life) -> None:
    """Within a week of the start of each placement, and then every six weeks, or oftener where it must be."""
    for started, placement in dated(life.of("placements"), "started"):
        if placement["kind"] == "short_break":
            continue
        often: Days = (5, 7) if placement["arrangement"] != "ordinary" else (33, 41)
        if placement["kind"] == "adoption" and started > add_months(life.as_at, -4):
            often = (5, 7)
        first = (33, 41) if placement["same_carer"] else (1, 6)
        for place, held in enumerate(
            rhythm(life, "statutory visit", started, day_of(placement, "ended"), first, often)
        ):
            visit(life, held, "adoption" if placement["kind"] == "adoption" else "cla", f"{placement['id']} {place}")


def reviews(life: Life) -> None:
    """The first within 20 working days, the second within three months, and then every six."""
    for started, ended in spells(life):
        written = [held for held, _ in dated(life.of("reviews", kind="cla"), "held") if held >= started]
        if not written:
            _all_reviews(life, started, ended)
    for place, (_, review) in enumerate(dated(life.of("reviews", kind="cla"), "held")):
        took_part(life, review, f"cla {place}")
        noted = life.dial.kept(f"sdq at review {place}")
        fill(review, guardianship_considered=None, guardianship_reason=None, sdq_considered=noted)
    _between(life)
    _due(life)


def _all_reviews(life: Life, started: date, ended: date | None) -> None:
    """The first two, for what hangs on them, and those that a standard looks back on."""
    limits: list[Days] = [(10, 25), (60, 88)]
    day, last, place = started, min(ended or life.end, life.end), 0
    slips = life.dial.slips(f"care review {started}", 4)
    while True:
        low, high = limits[place] if place < len(limits) else (150, 178)
        gap = life.dial.days(f"care review {started} {place}", low, high) + (20 if place in slips else 0)
        due = day + timedelta(days=high)
        day = add_working_days(day + timedelta(days=gap), 0)
        if day > last:
            return
        place += 1
        if day >= life.since or place <= 2:
            meeting(life, day, "cla", f"{started} {place}", due=due)


def _between(life: Life) -> None:
    """Contact of the reviewing officer with the child between reviews."""
    days = [held for held, _ in dated(life.of("reviews", kind="cla"), "held") if held >= life.since]
    for place, held in enumerate(days):
        following = days[place + 1] if place + 1 < len(days) else life.end
        contact = held + timedelta(days=life.dial.days(f"officer's contact {place}", 40, 80))
        if contact < following and life.dial.mostly(f"officer's contact {place}"):
            life.add("chair_contacts", held=contact, by_role="independent reviewing officer", with_child=True)


def officer(life: Life) -> None:
    looked_after = any(ended is None for _, ended in spells(life))
    named = looked_after and life.dial.kept("reviewing officer named")
    fill(life.child, reviewing_officer=f"IRO-{life.dial.days('officer', 1, 9):02}" if named else None)


def _due(life: Life) -> None:
    """The next review of a care plan: six months after the last, or twenty working days after it began."""
    held = [day for day, _ in dated(life.of("reviews", kind="cla"), "held")]
    for started, plan in dated(life.of("plans", kind="care"), "started"):
        during = [day for day in held if started <= day <= (day_of(plan, "ended") or life.as_at)]
        fill(plan, review_due=add_months(during[-1], 6) if during else after(started, 20))
