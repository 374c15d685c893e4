"""The audits already on a child's file: their chain, their grades, and what became of their actions."""

from dataclasses import dataclass
from datetime import date

from qaengine.audit.frame import day, text
from qaengine.judge.facts import ActionFact, Grade, PreviousAudit
from qaengine.model.casefile import CaseFile, Row

LONGEST = 99  # audits in one chain that are told apart; the judge counts no further


@dataclass(frozen=True, slots=True)
class PastAudit:
    """An audit on file. `before` is the confirmed audit of which it is the re-audit; `position` its place in the chain
    of re-audits, 1 for the first."""

    id: str
    audited_on: date
    grade: Grade | None
    confirmed_on: date | None
    confirmed_by: str
    standards_not_met: tuple[str, ...]
    before: "PastAudit | None"
    position: int
    actions: tuple[ActionFact, ...]

    @property
    def confirmed(self) -> bool:
        """Whether a person has confirmed the grade by the as-at date."""
        return self.grade is not None and self.confirmed_on is not None

    @property
    def does_not_meet_good(self) -> bool:
        """Whether a confirmed grade does not meet good."""
        return self.confirmed and self.grade is not None and not self.grade.meets_good

    def as_previous(self) -> PreviousAudit:
        """This audit as the one before."""
        if self.grade is None:
            raise ValueError(f"{self.id} has no grade")
        return PreviousAudit(
            audited_on=self.audited_on, grade=self.grade, confirmed=self.confirmed, position=self.position
        )


def history(file: CaseFile) -> tuple[PastAudit, ...]:
    """The dated audits of a child's file, the earliest first (the id breaks a tie)."""
    dated = [(on, row) for row in file.records.get("audits", ()) if (on := day(row, "audited_on")) is not None]
    actions = file.records.get("audit_actions", ())
    found: list[PastAudit] = []
    for on, row in sorted(dated, key=lambda item: (item[0], item[1].id)):
        of_this = [action for action in actions if action.values.get("audit") == row.id]
        found.append(_past(row, on, of_this, _before(row, on, found)))
    return tuple(found)


def _past(row: Row, audited_on: date, actions: list[Row], before: PastAudit | None) -> PastAudit:
    grade = text(row, "grade")
    return PastAudit(
        id=row.id,
        audited_on=audited_on,
        grade=Grade(grade) if grade else None,
        confirmed_on=day(row, "confirmed_on"),
        confirmed_by=text(row, "confirmed_by") or "",
        standards_not_met=tuple((text(row, "standards_not_met") or "").split()),
        before=before,
        position=min(before.position + 1, LONGEST) if before else 1,
        actions=tuple(fact for action in actions if (fact := _action(action, audited_on))),
    )


def _before(row: Row, audited_on: date, found: list[PastAudit]) -> PastAudit | None:
    """The confirmed audit of which this one is the re-audit: the one it names, or else the latest that owes one.

    Only an earlier audit can be named, so a chain that runs in a circle is cut. One that nobody confirmed is passed
    over: its grade does not count.
    """
    earlier = [audit for audit in found if audit.audited_on < audited_on]
    named = next((audit for audit in earlier if audit.id == text(row, "re_audit_of")), None)
    if named is not None:
        return named if named.confirmed else named.before
    latest = next((audit for audit in reversed(earlier) if audit.confirmed), None)
    return latest if latest and latest.does_not_meet_good else None


def _action(row: Row, audited_on: date) -> ActionFact | None:
    """An action with a date. Done without evidence counts as open (domain: audit practice, section 5)."""
    original, due = day(row, "original_due"), day(row, "due_on")
    first = original or due
    if first is None:
        return None
    done = day(row, "done_on") if text(row, "evidence") else None
    return ActionFact(
        action=row.id,
        original_due=max(first, audited_on),
        due=max(due or first, audited_on),
        done_on=done,
        title=text(row, "text") or "",
    )
