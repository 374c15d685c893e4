"""Many children: each with a path, a team and the luck of the dial."""

from datetime import date
from random import Random

from qaengine.cases.shape import RECORD_TYPES, fields_not_carried, source_fields
from qaengine.model.casefile import CaseFile, CaseSet, Row
from simulator.dial import Dial
from simulator.duties import do_all
from simulator.life import Life, Record
from simulator.path import PATHS, care_leaver, disabled, sixteen
from simulator.words import Words, worries

ORIGIN = "Simulated case files: nobody in them is real"
TEAMS = {
    "MASH and Assessment North": -0.01, "MASH and Assessment South": -0.05, "Area Team East": 0.02,
    "Area Team West": -0.06, "Looked After Children 1": 0.05, "Looked After Children 2": 0.0, "Leaving Care": 0.03,
    "Children with Disabilities": 0.04,
}  # fmt: skip
"""The teams, and how far each is from the council's average."""


def life_of(number: int, seed: int, as_at: date, quality: float) -> Life:
    """One child, whole."""
    child_id = f"SIM-{number:06}"
    chance = Random(f"{seed}/{child_id}")
    path = chance.choices(list(PATHS), list(PATHS.values()))[0]
    team = _team(path.__name__, chance)
    best = min(0.995, max(0.3, quality + TEAMS[team] + chance.gauss(0, 0.04)))
    dial = Dial(f"{seed}/{child_id}", best)
    worry = "disability" if path is disabled else chance.choice([each for each in worries() if each != "disability"])
    of_team = sorted(TEAMS).index(team)
    child: Record = {
        "child_id": child_id,
        "team": team,
        "worker": f"W-{of_team * 20 + chance.randrange(16):03}",
        "manager": f"M-{of_team:02}",
        "sibling_group": None,
        "disabled": False,
        "born_disputed": False,
        "worker_newly_qualified": chance.random() < 0.1,
        "prior_removals": int(chance.random() < 0.04),
        "closed_on": None,
    }
    life = Life(child, as_at, dial, Words(dial, worry, chance.random() < 0.49))
    path(life)
    child["of_school_age"] = 4 <= life.age(as_at) < 18
    do_all(life)
    return life


def _team(path: str, chance: Random) -> str:
    if path in (care_leaver.__name__,):
        return "Leaving Care"
    if path == disabled.__name__:
        return "Children with Disabilities"
    if path in FRONT_DOOR:
        return chance.choice(("MASH and Assessment North", "MASH and Assessment South"))
    if path in LOOKED_AFTER or path == sixteen.__name__:
        return chance.choice(("Looked After Children 1", "Looked After Children 2"))
    return chance.choice(("Area Team East", "Area Team West"))


FRONT_DOOR = frozenset({"contact_only", "no_further_action", "referred_again", "assessing", "enquiry_open"})
LOOKED_AFTER = frozenset(
    {
        "in_proceedings", "in_care", "in_residential_care", "with_parents", "matched", "connected", "accommodated",
        "to_be_adopted", "adopted", "guardian", "broken_down",
    }
)  # fmt: skip


def case_file(life: Life) -> CaseFile:
    """A life as a case file: every field there, and what was not written left blank."""
    child = {field: life.child.get(field) for field in source_fields("child")}
    records = {
        name: tuple(sorted((_row(name, record) for record in life.of(name)), key=lambda row: row.id))
        for name, record_type in RECORD_TYPES.items()
        if not record_type.worked_out
    }
    child_id = str(life.child["child_id"])
    return CaseFile(child_id, Row(child_id, child), records)


def _row(name: str, record: Record) -> Row:
    return Row(str(record["id"]), {field: record.get(field) for field in source_fields(name)})


def population(n: int, seed: int, as_at: date, quality: float) -> CaseSet:
    """So many children. What is dated after the as-at date is left to the reader, which cuts it off."""
    files = tuple(case_file(life_of(number, seed, as_at, quality)) for number in range(1, n + 1))
    return CaseSet(files, fields_not_carried(files, {}), as_at, ORIGIN)
