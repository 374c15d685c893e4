"""Plans for permanence: their dates, life-story work, matches, adoption, guardianship, and what is looked at again."""

from datetime import date, timedelta

from simulator.days import add_months, after, plus
from simulator.duties.care import spells
from simulator.duties.planning import meeting, senior_review
from simulator.duties.protecting import took_part
from simulator.life import Life, Record, dated, day_of, fill

OPTIONS = {
    "P1": "return_home",
    "Q1": "special_guardianship",
    "K2": "residential",
    "U4": "long_term_fostering",
    "A5": "adoption",
    "A3": "adoption",
}


def decisions(life: Life) -> None:
    """An option agreed by the second review."""
    for started, ended in list(spells(life))[-1:]:
        days = [held for held, _ in dated(life.of("reviews", kind="cla"), "held") if held >= started]
        by = days[1] if len(days) > 1 else add_months(started, 4)
        if not life.dial.kept("permanence by second review"):
            by = plus(by, 45)
        if by <= life.as_at and not life.of("permanence_decisions"):
            placement = str(life.of("episodes")[-1]["placement"])
            option = OPTIONS.get(placement, "long_term_fostering" if life.age(life.as_at) >= 9 else "return_home")
            life.add("permanence_decisions", agreed=plus(by, -life.dial.days("permanence", 3, 15)), option=option)
        for agreed, decision in dated(life.of("permanence_decisions"), "agreed"):
            fill(
                decision,
                ratified=life.past(after(agreed, 12)) if life.dial.kept("permanence ratified") else None,
                timescale=life.words.say("permanence_timescale") if life.dial.kept("permanence timescale") else None,
                ended=ended,
            )
        if ended is None:
            _life_story(life, started, days)
    _long_term(life)
    _matched(life)


def _life_story(life: Life, started: date, reviews: list[date]) -> None:
    second = reviews[1] if len(reviews) > 1 else add_months(started, 4)
    begun = plus(second, -life.dial.days("life story", 5, 40) if life.dial.kept("life story begun") else 100)
    if not life.past(begun) or (not life.dial.kept("life story begun") and life.dial.likely("no life story", 0.5)):
        return
    adopted = any(day_of(each, "adopted") for each in life.of("adoption_plans"))
    ago = life.dial.days("life story updated", 20, 160) if life.dial.kept("life story updated") else 260
    done = life.past(plus(life.as_at, -40)) if adopted and life.dial.kept("life story handed over") else None
    life.add(
        "life_stories", started=begun, updated=max(begun, plus(life.as_at, -ago)), completed=done, handed_over=done
    )


def _long_term(life: Life) -> None:
    """A match with the present carer within six months of a plan for long-term fostering."""
    for agreed, _ in list(dated(life.of("permanence_decisions", option="long_term_fostering"), "agreed"))[-1:]:
        if not life.of("matches") and life.dial.kept("matched in time"):
            day = plus(agreed, life.dial.days("match", 50, 170))
            if life.past(day):
                life.add("matches", decided=day)


def _matched(life: Life) -> None:
    """What is recorded of each match."""
    if any(episode.get("matched_long_term") for episode in life.of("episodes")) and not life.of("matches"):
        first = next(day for day, episode in dated(life.of("episodes"), "started") if episode.get("matched_long_term"))
        life.add("matches", decided=first)
    for decided, match in dated(life.of("matches"), "decided"):
        by_panel = life.dial.kept("match by panel")
        fill(
            match,
            carer=next(
                (
                    each["carer"]
                    for day, each in reversed(list(dated(life.of("placements"), "started")))
                    if day <= decided
                ),
                None,
            ),
            child_told=life.past(after(decided, 3)) if life.dial.kept("child told of match") else None,
            child_views=life.words.say("match_views") if life.dial.kept("child's view of match") else None,
        )
        match["decided_by"] = (
            match.get("decided_by") if by_panel and match.get("decided_by") else "panel" if by_panel else "manager"
        )


def adoption(life: Life) -> None:
    for decided, route in dated(life.of("adoption_plans"), "decided"):
        adopted = day_of(route, "adopted")
        ceremony = life.past(plus(adopted, life.dial.days("ceremony", 14, 40))) if adopted else None
        in_time = life.dial.kept("later life letter")
        letter = (
            life.past(after(ceremony, life.dial.days("letter for later life", 1, 9) if in_time else 18))
            if ceremony
            else None
        )
        late = ceremony and not in_time and life.dial.kept("late letter escalated")
        fill(
            route,
            authority=None,
            matched=None,
            placed=None,
            adopted=None,
            ceremony=ceremony,
            letter=letter,
            escalated=life.past(after(ceremony, 11)) if late and ceremony else None,
            reversed=None,
            revocation_decided=None,
        )
        _adoption_reviews(life, route)
        _delay(life, decided, route)


def _adoption_reviews(life: Life, route: Record) -> None:
    """Three months after authority and then every six; from the placement after four weeks, three months, and six."""
    authority, placed = day_of(route, "authority"), day_of(route, "placed")
    until = day_of(route, "adopted") or life.as_at
    for begun, ends, firsts in ((authority, placed or until, [(70, 88)]), (placed, until, [(18, 26), (70, 88)])):
        day, place = begun, 0
        slips = life.dial.slips(f"adoption review {begun}", 3)
        while day is not None:
            low, high = firsts[place] if place < len(firsts) else (150, 178)
            day = plus(
                day, life.dial.days(f"adoption review {begun} {place}", low, high) + (25 if place in slips else 0)
            )
            if day > min(ends, life.as_at):
                break
            took_part(life, meeting(life, day, "adoption", f"adoption {day}"), f"adoption {day}")
            place += 1


def _delay(life: Life, decided: date, route: Record) -> None:
    """An early word to the lead where the child has waited too long, and a look at an order that leads nowhere."""
    authority, matched = day_of(route, "authority"), day_of(route, "matched")
    if authority and not matched and authority < life.as_at - timedelta(days=100) and life.dial.kept("alert on delay"):
        life.add(
            "alerts",
            raised=plus(authority, 95),
            by_role="adoption team manager",
            about="adoption_delay",
            standard=None,
            stage=1,
            answered=life.past(plus(authority, 105)),
            resolved=None,
            resolution=None,
        )
    if authority and not matched and authority < add_months(life.as_at, -12) and life.dial.kept("revocation decided"):
        route["revocation_decided"] = plus(add_months(authority, 12), -10)


def guardianship(life: Life) -> None:
    """Whether it was considered, for those who live with people they know; and support where it was made."""
    if any(each["kind"] in ("connected", "foster") for each in life.of("placements", ended=None)):
        for _, review in dated(life.of("reviews", kind="cla"), "held"):
            considered = life.dial.kept("guardianship considered")
            review["guardianship_considered"] = considered
            review["guardianship_reason"] = (
                life.words.say("guardianship_reason", str(review["id"]))
                if considered and life.dial.kept("guardianship reason")
                else None
            )
    for made, order in dated(life.of("guardianship_orders"), "made"):
        on_file = life.dial.kept("guardianship support plan")
        fill(
            order,
            support_plan=life.past(plus(made, -10)) if on_file else None,
            plan_owner="team manager, post order support" if on_file and life.dial.kept("support plan owner") else None,
            plan_review_due=add_months(made, 12) if on_file and life.dial.kept("support plan review") else None,
        )


def breakdowns(life: Life) -> None:
    for broke, disruption in dated(life.of("disruptions"), "broke_down"):
        in_time = life.dial.kept("disruption meeting")
        meets = life.past(plus(broke, life.dial.days("disruption meeting", 29, 40) if in_time else 65))
        report = life.past(plus(meets, 15)) if meets else None
        fill(
            disruption,
            meeting=meets,
            report=report,
            panel=life.past(plus(report, 20 if life.dial.kept("report to panel") else 50)) if report else None,
            learning=life.past(plus(report, 30)) if report and life.dial.kept("learning shared") else None,
        )


def drift(life: Life) -> None:
    """A senior look, once a year, at children whom drift threatens."""
    now = life.of("episodes", ended=None)
    if not now:
        return
    status, placement = now[-1]["legal_status"], now[-1]["placement"]
    since = next(
        (day for day, each in dated(life.of("episodes"), "started") if each["legal_status"] == status), life.as_at
    )
    years = (life.as_at - since).days / 365.25
    about = None
    if life.of("disruptions"):
        about = "breakdown"
    elif placement == "P1" and status in ("C1", "C2"):
        about = "at_home"
    elif (status, years > 4) == ("V2", True):
        about = "section20"
    elif (status, years > 10) == ("C2", True):
        about = "care_order"
    elif (status, years > 3) == ("E1", True):
        about = "placement_order"
    if about and life.dial.kept("senior review of drift"):
        senior_review(life, plus(life.as_at, -life.dial.days("senior review of drift", 20, 330)), about, about)
