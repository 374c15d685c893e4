"""Does every standard bite? One that is met in every sample case may be met by anything."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from qaengine.cases.derived.council import Council
from qaengine.cases.reading import read_cases
from qaengine.evaluate.counting import count
from qaengine.evaluate.needed import needed_fields
from qaengine.evaluate.stages import Stages
from qaengine.model.problem import Problem
from qaengine.model.result import Result
from qaengine.model.standard import Standard


def without_teeth(standards: Sequence[Standard], cases: Path, council: Council) -> Iterator[Problem]:
    """A problem for each standard in force that is not met by no child of the sample cases."""
    source = read_cases(cases)
    day = source.own_date or date.max
    stages = Stages.of(standard for standard in standards if standard.in_force(day))
    then = source.as_at(day, needed_fields(stages.all, source.may_carry), council)
    for summary in count(stages, then, day):
        if not summary.as_recorded[Result.NOT_MET]:
            standard = summary.standard
            yield Problem(
                standard.file,
                1,
                1,
                f"{standard.id}: no sample case shows it not met",
                expected=f"a child in {cases} for whom it is not met",
            )
