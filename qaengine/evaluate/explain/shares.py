"""The sentence on how many of a child's records show what is asked of them."""

from qaengine.evaluate.explain.names import titles
from qaengine.evaluate.explain.words import count, day
from qaengine.evaluate.reference.scope import Here
from qaengine.evaluate.reference.subjects import Verdict
from qaengine.model.result import Result
from qaengine.model.standard import Share
from qaengine.model.trajectory import Trajectory


def of_share(test: Share, verdict: Verdict, here: Here) -> str:
    """How many show it, of how many, and how many are asked for."""
    what = f"{verdict.measured or 0} of the {titles(test.record_type)} on the record show this"
    asked = f"{count(verdict.limit or 0, 'records')} {'is' if verdict.limit == 1 else 'are'} asked for"
    lead = "Not evidenced on the record: " if verdict.result is Result.NOT_MET else ""
    return f"{lead}{what}; {asked} ({_percent(test, here)})."


def _percent(test: Share, here: Here) -> str:
    if not isinstance(test.at_least, Trajectory):
        return f"{test.at_least} %"
    due = test.at_least.due_at(here.as_at)
    return f"{due.percent} % since {day(due.by)}" if due else f"{test.at_least.targets[0]}"
