"""Legal planning, pre-proceedings, family group conferences and proceedings."""

from datetime import date, timedelta

from simulator.days import after, plus
from simulator.life import Life, Record, dated, day_of, fill


def legal_cases(life: Life) -> None:
    for opened, case in dated(life.of("legal_cases"), "opened"):
        fill(case, issued=None, concluded=None, urgent_reason=None)
        _planning(life, opened, case)
        _letter(life, case)
        if case["letter"] and not case["urgent_reason"]:
            _family(life, case)


def _planning(life: Life, opened: date, case: Record) -> None:
    dial = life.dial
    met = opened if case["urgent_reason"] else after(opened, dial.days("legal planning", 3, 8))
    issued = day_of(case, "issued")
    meeting = life.past(min(met, issued) if issued else met)
    if not dial.kept("legal planning meeting") and issued:
        meeting = None
    known = meeting is not None
    fill(
        case,
        planning_meeting=meeting,
        minutes=life.past(after(meeting, 3)) if meeting and dial.kept("legal minutes") else None,
        threshold=life.words.say("threshold_legal") if known and dial.kept("legal threshold") else None,
        alternatives=life.words.say("alternatives") if known and dial.kept("legal alternatives") else None,
        decision=None,
        urgent_rationale=life.words.say("urgent_rationale")
        if case["urgent_reason"] and dial.kept("urgent reason")
        else None,
    )
    if not known or not dial.kept("legal decision"):
        case["decision"] = None


def _letter(life: Life, case: Record) -> None:
    """The letter before proceedings, and how long they took."""
    meeting, issued = day_of(case, "planning_meeting") or day_of(case, "opened"), day_of(case, "issued")
    assert meeting is not None
    letter = None if case["urgent_reason"] else life.past(after(meeting, life.dial.days("letter", 2, 6)))
    if letter and issued and letter > issued:
        letter = None
    ends = issued
    if letter and not issued:
        low, high = (100, 200) if life.dial.kept("pre-proceedings in time") else (190, 250)
        ends = life.past(plus(letter, life.dial.days("pre-proceedings", low, high)))
    if letter is None:
        ends = None
    fill(
        case,
        letter=letter,
        exited=ends,
        exit_decision=None if not ends else "proceedings" if issued else "stepped_down",
    )
    over = letter and (ends or life.as_at) > letter + timedelta(days=182)
    if over and letter:
        life.add(
            "legal_extensions",
            legal_case=case["id"],
            granted=plus(letter, 170),
            reason=life.words.say("extension_reason") if life.dial.kept("extension reason") else None,
            approved_by_role="head of service" if life.dial.kept("extension approved") else None,
            until=plus(letter, 225),
        )


def _family(life: Life, case: Record) -> None:
    letter = day_of(case, "letter")
    assert letter is not None
    if not life.dial.likely("family willing", 0.8):
        if life.dial.kept("family declined"):
            life.add(
                "decisions",
                decided=after(letter, 4),
                kind="no_fgc",
                rationale=life.words.say("no_fgc"),
                by_role="team manager",
                about=case["id"],
                reason_code="family_refused",
            )
        return
    if not life.dial.kept("family meeting referred"):
        return
    referred = after(letter, life.dial.days("family meeting", 1, 9))
    held = life.past(plus(referred, life.dial.days("family meeting held", 20, 45)))
    held = held if held and life.dial.kept("family meeting held") else None
    if life.past(referred):
        life.add(
            "family_meetings",
            referred=referred,
            legal_case=case["id"],
            held=held,
            came_to=life.words.say("family_decision") if held else None,
            plan_filed=life.past(after(held, 5)) if held and life.dial.kept("family plan") else None,
        )
