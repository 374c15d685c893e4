"""Our own standards, run as they are; and the records that a source itself carries."""

from collections.abc import Sequence
from pathlib import Path

from qaengine.evaluate.stages import Stages
from qaengine.model.casefile import CaseFile, Row
from qaengine.standards.loader import load_standard

RULES = Path(__file__).parents[2] / "rules" / "standards"


def stages_of(standard_id: str) -> Stages:
    """One standard of the library, to be run alone."""
    text = (RULES / f"{standard_id}.yaml").read_text(encoding="utf-8")
    return Stages.of([load_standard(text, standard_id)])


def carried(file: CaseFile, record_type: str) -> Sequence[Row]:
    """The records of a type, without those that only stand for what the source may not carry (`earlier.py`)."""
    return [row for row in file.records.get(record_type, ()) if f"{record_type}-earlier-" not in row.id]
