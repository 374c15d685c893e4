"""Audits that people have made of some of the files, and what came of them."""

from simulator.days import after, plus
from simulator.life import Life, day_of

GRADES = {"good": 0.4, "requires_improvement": 0.42, "inadequate": 0.12, "outstanding": 0.06}
STANDARDS = ("up-to-date-assessment", "smart-plan", "strategy-meeting-compliance", "sdq-annual-update")


def audits(life: Life) -> None:
    opened = day_of(life.child, "opened_on")
    if opened is None or life.of("audits") or not life.dial.likely("audited", 0.12):
        return
    day = plus(life.as_at, -life.dial.days("audit", 20, 330))
    if not opened < day <= life.end:
        return
    grade = life.dial.weighted("grade", GRADES)
    standard = life.dial.pick("standard not met", STANDARDS[:2])
    confirmed = life.past(after(day, 6))
    below = grade in ("requires_improvement", "inadequate")
    audit = life.add(
        "audits",
        audited_on=day,
        auditor=f"AU-{life.dial.days('auditor', 1, 6):02}",
        grade=grade,
        confirmed_on=confirmed,
        confirmed_by=f"MOD-{life.dial.days('moderator', 1, 2)}" if confirmed else None,
        re_audit_of=None,
        standards_not_met=standard if below else None,
    )
    if below:
        due = after(day, 20)
        done = life.past(due) if life.dial.kept("audit action") else None
        life.add(
            "audit_actions",
            audit=audit["id"],
            standard=standard,
            text="Put right what the audit found, and show it to the auditor",
            owner=life.child["worker"],
            original_due=due,
            due_on=due,
            done_on=done,
            evidence="Seen on the file" if done and life.dial.kept("evidence of action") else None,
            verified_by=audit["auditor"] if done and life.dial.kept("evidence of action") else None,
        )
