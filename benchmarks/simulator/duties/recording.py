"""The chronology, case notes and documents."""

from datetime import date, timedelta

from simulator.days import after, plus
from simulator.duties.rhythm import rhythm
from simulator.life import Life, dated, day_of


def chronology(life: Life) -> None:
    """Begun after the assessment, confirmed every three months, with each event that matters in it."""
    first = next((day for day, _ in dated(life.of("assessments"), "authorised")), None)
    if first is None or not life.dial.kept("chronology begun"):
        return
    began = after(first, life.dial.days("chronology", 0, 8))
    if not life.past(began):
        return
    ago = (
        life.dial.days("chronology confirmed", 5, 80)
        if life.dial.kept("chronology confirmed")
        else life.dial.days("chronology confirmed", 100, 240)
    )
    life.add("chronologies", started=began, confirmed=max(began, plus(life.end, -ago)))
    found = sorted(_events(life), key=lambda pair: pair[0])
    slips = life.dial.slips("chronology entries", len(found))
    for place, (day, about) in enumerate(found):
        entered = life.past(plus(day, life.dial.days(f"entered {about}", 0, 9)))
        if place not in slips and entered:
            life.add("chronology_entries", entered=entered, happened=day, about=about)


def _events(life: Life) -> list[tuple[date, str]]:
    kinds = (
        ("discussions", "held"),
        ("section47s", "started"),
        ("conferences", "held"),
        ("placements", "started"),
        ("episodes", "started"),
        ("legal_cases", "issued"),
    )
    return [(day, str(record["id"])) for name, field in kinds for day, record in dated(life.of(name), field)]


def notes(life: Life) -> None:
    """Critical events the same day, visits within two, the rest within a week, and no long silence."""
    opened = day_of(life.child, "opened_on")
    if opened is None:
        return
    for held, discussion in dated(life.of("discussions"), "held"):
        _note(
            life, held, "critical_event", 0 if life.dial.kept("critical event written up") else 3, str(discussion["id"])
        )
    visits = [held for held, _ in dated(life.of("visits"), "held")]
    for place, held in enumerate(visits):
        if place % 4 == 0:
            _note(
                life,
                held,
                "statutory_visit",
                1 if life.dial.mostly(f"visit written up {place // 8}") else 4,
                str(place),
            )
    for place, held in enumerate(rhythm(life, "entry", opened, None, (3, 14), (21, 25))):
        kind = "management" if place % 4 == 3 else "other"
        _note(
            life,
            held,
            kind,
            life.dial.days(f"entry {place}", 0, 1) if life.dial.mostly(f"entry {place // 8}") else 7,
            str(place),
        )


def _note(life: Life, day: date, kind: str, lag: int, key: str) -> None:
    written = day + timedelta(days=lag) if kind == "critical_event" else after(day, lag)
    if life.since <= day and written <= life.as_at:
        life.add("case_notes", recorded_on=written, happened=day, kind=kind)


def documents(life: Life) -> None:
    """What should be on every file."""
    for authorised, assessment in list(dated(life.of("assessments"), "authorised"))[-1:]:
        _file(life, authorised, "assessment", str(assessment["id"]))
        _file(life, plus(authorised, -10), "genogram", None)
    for started, plan in list(dated(life.of("plans"), "started"))[-1:]:
        _file(life, day_of(plan, "updated") or started, "plan", str(plan["id"]))
    for held, review in list(dated(life.of("reviews"), "held"))[-1:]:
        _file(life, after(held, 8), "review_minutes", str(review["id"]))
    _consent(life)
    for held, review in list(dated(life.of("reviews"), "held"))[-1:]:
        if review.get("consultation"):
            _file(life, held, "consultation", str(review["id"]))
    for filed, meeting in dated(life.of("family_meetings"), "plan_filed"):
        _file(life, filed, "family_plan", str(meeting["id"]))


def _consent(life: Life) -> None:
    """The consent that was asked for, or of a file that is older than this record of consents, the one on paper."""
    asked = list(dated(life.of("consents"), "recorded_on"))
    for recorded, consent in asked[-1:]:
        _file(life, recorded, "consent", str(consent["id"]))
    for authorised, _ in list(dated(life.of("assessments"), "authorised"))[-1:] if not asked else []:
        _file(life, plus(authorised, -20), "consent", None)


def _file(life: Life, day: date, kind: str, about: str | None) -> None:
    if life.past(day) and life.dial.mostly(f"document {kind}"):
        life.add("documents", filed=day, kind=kind, about=about)
