"""The result of every standard and check for every child: what two sets of rules are compared by."""

from collections.abc import Mapping
from datetime import date

from qaengine.evaluate.counting import FEW, Held
from qaengine.evaluate.stages import Stages, evaluated, run_stages
from qaengine.evaluate.wanted import RESULTS
from qaengine.model.result import ROLL_UP_ORDER, Result

Key = tuple[str, str]
"""A standard and a check of it; an empty check is the standard as recorded."""

ByChild = Mapping[Key, Mapping[str, Result]]
"""For each, the result by child. A child to whom the standard does not apply has no results of its checks."""


def results_by_child(stages: Stages, held: Held, as_at: date) -> ByChild:
    """With the engine that is faster for the number of children; both give the same."""
    if len(held.child_ids) <= FEW:
        return _by_reference(stages, held, as_at)
    return _by_engine(stages, held, as_at)


def _by_reference(stages: Stages, held: Held, as_at: date) -> ByChild:
    case_set = held.case_set()
    found: dict[Key, dict[str, Result]] = {}
    for file in case_set.files:
        for one in evaluated(stages, file, as_at, case_set.not_carried):
            found.setdefault((one.standard.id, ""), {})[file.child_id] = one.verdict.as_recorded.result
            for check in one.verdict.checks:
                found.setdefault((one.standard.id, check.check.id), {})[file.child_id] = check.overall.result
    return found


def _by_engine(stages: Stages, held: Held, as_at: date) -> ByChild:
    run = run_stages(stages, held.tables().frames, as_at, held.not_carried, RESULTS)
    found: dict[Key, dict[str, Result]] = {}
    for one in run.found:
        results = {(one.standard.id, ""): one.children}
        results |= {(one.standard.id, checked.check.id): checked.children for checked in one.checks}
        for key, frame in results.items():
            if len(frame):
                rows = frame.select("child", "result").iter_rows()
                found[key] = {held.child_ids[child]: ROLL_UP_ORDER[result] for child, result in rows}
    return found
