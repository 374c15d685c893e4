"""The work that each step of a child's path asks for. Each duty adds records to a life, and leaves what is written."""

from collections.abc import Callable

from simulator.duties import (
    assessing,
    auditing,
    care,
    court,
    front_door,
    leaving,
    managing,
    permanence,
    planning,
    protecting,
    recording,
    rights,
    wellbeing,
)
from simulator.life import Life

Duty = Callable[[Life], None]

DUTIES: tuple[Duty, ...] = (
    assessing.assessments,
    front_door.referrals,
    front_door.again,
    planning.planned,
    planning.plans,
    protecting.enquiries,
    protecting.conferences,
    court.legal_cases,
    care.placements,
    care.visits,
    care.reviews,
    care.officer,
    wellbeing.health,
    wellbeing.sdqs,
    wellbeing.school,
    permanence.decisions,
    permanence.adoption,
    permanence.guardianship,
    permanence.breakdowns,
    permanence.drift,
    leaving.care_leavers,
    leaving.private_fostering,
    rights.missing,
    rights.changes,
    rights.advocacy,
    managing.decisions,
    managing.complete,
    managing.supervisions,
    managing.alerts,
    recording.chronology,
    recording.notes,
    recording.documents,
    auditing.audits,
)
"""In the order in which they build on one another."""


def do_all(life: Life) -> None:
    """Everything that is owed to a child, done or not as the dial has it."""
    for duty in DUTIES:
        duty(life)
