"""The audits already on a child's file: their chain, their grades, and what became of their actions."""

from dataclasses import dataclass
from datetime import date

from qaengine.audit.frame import day, text
from qaengine.judge.facts import ActionFact, Grade, PreviousAudit
from qaengine.model.casefile import CaseFile, Row


@dataclass(frozen=True, slots=True)
class PastAudit:
    """An audit on file. `position` is its place in the chain of re-audits, 1 for the first."""

    id: str
    audited_on: date
    grade: Grade | None
    confirmed_on: date | None
    confirmed_by: str
    standards_not_met: tuple[str, ...]
    re_audit_of: str
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
    rows = {row.id: row for row in file.records.get("audits", ()) if day(row, "audited_on")}
    actions = file.records.get("audit_actions", ())
    found = [_past(row, rows, [a for a in actions if a.values.get("audit") == row.id]) for row in rows.values()]
    return tuple(sorted(found, key=lambda audit: (audit.audited_on, audit.id)))


def _past(row: Row, rows: dict[str, Row], actions: list[Row]) -> PastAudit:
    audited_on = day(row, "audited_on")
    if audited_on is None:
        raise ValueError(f"{row.id} has no date")
    grade = text(row, "grade")
    return PastAudit(
        id=row.id,
        audited_on=audited_on,
        grade=Grade(grade) if grade else None,
        confirmed_on=day(row, "confirmed_on"),
        confirmed_by=text(row, "confirmed_by") or "",
        standards_not_met=tuple((text(row, "standards_not_met") or "").split()),
        re_audit_of=text(row, "re_audit_of") or "",
        position=_position(row, rows),
        actions=tuple(fact for action in actions if (fact := _action(action, audited_on))),
    )


def _position(row: Row, rows: dict[str, Row]) -> int:
    """How many audits stand before this one in its chain, and one; a chain that runs in a circle is cut."""
    seen = [row.id]
    before = text(row, "re_audit_of")
    while before in rows and before not in seen:
        seen.append(before)
        before = text(rows[before], "re_audit_of")
    return len(seen)


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
