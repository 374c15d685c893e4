"""One child's file while it is being written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from qaengine.model.calendar import add_months, add_working_days
from simulator.dial import Dial
from simulator.words import Words

Value = str | int | bool | date | None
Record = dict[str, Value]

PREFIX = {
    "referrals": "R", "contacts": "CT", "consents": "CO", "agency_checks": "AC", "changes": "CH", "reviews": "RV",
    "missing_episodes": "ME", "private_fosterings": "PF", "assessments": "AS", "plans": "P", "plan_actions": "A",
    "discussions": "D", "participants": "PT", "discussion_actions": "DA", "section47s": "E", "conferences": "CF",
    "core_groups": "CG", "visits": "V", "chair_contacts": "CC", "senior_reviews": "SR", "advocacy_offers": "AO",
    "legal_cases": "LC", "legal_extensions": "LX", "family_meetings": "FM", "episodes": "EP", "placements": "PL",
    "sdqs": "S", "support_referrals": "SU", "health_checks": "H", "immunisations": "IM", "health_plans": "HP",
    "peps": "PE", "permanence_decisions": "PD", "matches": "MA", "life_stories": "LS", "adoption_plans": "AP",
    "adoption_placements": "AD", "guardianship_orders": "GO", "disruptions": "DI", "adviser_contacts": "PA",
    "health_summaries": "HS", "decisions": "DC", "supervisions": "SV", "chronologies": "CR",
    "chronology_entries": "CE", "case_notes": "N", "documents": "DO", "alerts": "AL", "audits": "AU",
    "audit_actions": "AA",
}  # fmt: skip
"""What the ids of each record type begin with: every type that a case file can hold."""

SHORT_BREAKS = ("V3", "V4")
"""Legal statuses of short breaks, which are not care."""

LOOKS_BACK = 12
"""Months for which visits, meetings, supervisions and notes are written, and a week more: what standards look back."""


@dataclass
class Life:
    """A child, the records so far, and what decides how the rest of them turn out."""

    child: Record
    as_at: date
    dial: Dial
    words: Words
    records: dict[str, list[Record]] = field(default_factory=lambda: {name: [] for name in PREFIX})

    def add(self, name: str, /, **values: Value) -> Record:
        """A new record, with the next id of its kind."""
        of_kind = self.records[name]
        taken = {record["id"] for record in of_kind}
        number = len(of_kind) + 1
        while f"{PREFIX[name]}{number}" in taken:
            number += 1
        record: Record = {"id": f"{PREFIX[name]}{number}", **values}
        of_kind.append(record)
        return record

    def of(self, name: str, **where: Value) -> list[Record]:
        """The records of a type whose fields hold these values."""
        return [
            record for record in self.records[name] if all(record.get(field) == value for field, value in where.items())
        ]

    @property
    def since(self) -> date:
        """The first day for which repeated work is written."""
        return add_working_days(add_months(self.as_at, -LOOKS_BACK) - timedelta(days=7), 0)

    @property
    def end(self) -> date:
        """The last day of the file: the day it was closed, or the as-at date."""
        closed = self.child.get("closed_on")
        return closed if isinstance(closed, date) else self.as_at

    def past(self, day: date | None) -> date | None:
        """The day, if it has come."""
        return day if day is not None and day <= self.as_at else None

    def say(self, what: str, part: str, day: date) -> str:
        """What is said of the child as the child was on a day."""
        return self.words.say(what, part, self.stage(day))

    def stage(self, day: date) -> str:
        """The stage of life that decides how a child is spoken of."""
        if self.age(day) < 0:
            return "unborn"
        for episode in self.of("episodes"):
            begun, ended = day_of(episode, "started"), day_of(episode, "ended")
            if (
                begun
                and begun <= day
                and (ended is None or ended > day)
                and episode["legal_status"] not in SHORT_BREAKS
            ):
                return "in_care" if self.age(day) >= 3 else "baby"
        if self.age(day) >= 18:
            return "leaving"
        return "baby" if self.age(day) < 3 else "home"

    def age(self, day: date) -> int:
        """Whole years on a day; below nothing for a child not yet born."""
        born = self.child.get("born")
        if not isinstance(born, date):
            return -1
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def fill(record: Record, **values: Value) -> None:
    """Write what is not written yet; what somebody wrote stays."""
    for name, value in values.items():
        record.setdefault(name, value)


def day_of(record: Record, name: str) -> date | None:
    """A date of a record; none where it is blank or in words."""
    value = record.get(name)
    return value if isinstance(value, date) else None


def dated(records: list[Record], name: str) -> Iterator[tuple[date, Record]]:
    """Records in the order of a date, those without it left out."""
    found = [(day, record) for record in records if (day := day_of(record, name)) is not None]
    return iter(sorted(found, key=lambda pair: (pair[0], str(pair[1]["id"]))))
