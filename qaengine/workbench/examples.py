"""Running the examples of a standard, and finding what no example shows.

A standard is believed only with examples: a case at limit -1, 0 and +1 for every number, and one for every result
that each check can give. What is missing is a problem with the standard's name on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from qaengine.cases.derived.council import Council
from qaengine.cases.documents import Document, load_document
from qaengine.cases.native import read_case
from qaengine.cases.shape import fields_not_carried, source_fields
from qaengine.cases.source import Source
from qaengine.evaluate.reference.standard import StandardVerdict, evaluate_here, prepare
from qaengine.model.casefile import CaseSet, Row
from qaengine.model.condition import Recorded, leaves
from qaengine.model.period import Period
from qaengine.model.problem import Problem
from qaengine.model.records import FINDINGS, RECORD_TYPES
from qaengine.model.result import By, Result
from qaengine.model.standard import (
    Asks,
    AtMost,
    Check,
    Each,
    Example,
    FollowedBy,
    Has,
    Includes,
    NoGapOver,
    Response,
    Share,
    Standard,
)
from qaengine.model.trajectory import Trajectory
from qaengine.workbench.conditions import Conditions
from qaengine.workbench.laid import LaidCase

LIMITS = (-1, 0, 1)


@dataclass
class Ran:
    """What running the examples of a standard showed."""

    standard: Standard
    council: Council
    examples: int = 0
    problems: list[Problem] = field(default_factory=list)
    margins: dict[object, set[int]] = field(default_factory=dict)
    shown: dict[str, set[Result]] = field(default_factory=dict)
    conditions: Conditions = field(init=False)

    def __post_init__(self) -> None:
        self.conditions = Conditions.of(self.standard)

    def note(self, node: object, margin: int) -> None:
        self.margins.setdefault(node, set()).add(margin)


def run_examples(standard: Standard, council: Council) -> Ran:
    """Run every example of a standard, and note what is wrong and what no example shows."""
    ran = Ran(standard, council)
    if not standard.examples:
        ran.problems.append(_problem(standard, f"{standard.id} has no examples", 1))
        return ran
    document = load_document(Path(standard.file).read_text(encoding="utf-8-sig"), standard.file)
    if "given" in document.data:
        ran.problems.extend(read_case(document, ("given",), "EXAMPLE")[1])
        if ran.problems:  # every example would say the same of it
            return ran
    for place, example in enumerate(standard.examples):
        _run_one(ran, example, place, document)
    if not ran.problems:
        ran.problems.extend(_not_shown(ran))
    return ran


def _run_one(ran: Ran, example: Example, place: int, document: Document) -> None:
    case, problems = read_case(LaidCase(document, place, example.case), (), "EXAMPLE")
    ran.problems.extend(problems)
    ran.examples += 1
    if case is None:
        return
    if ran.standard.looks_at(FINDINGS.name):
        case = replace(case, records={FINDINGS.name: (), **case.records})  # as the first stage always gives them
        ran.problems.extend(_half_given(ran.standard, example, case.records[FINDINGS.name]))
    source = Source(CaseSet((case,), fields_not_carried((case,), {})))
    prepared = source.as_at(example.as_at, council=ran.council).case_set()
    if not prepared.files:
        message = f"example '{example.name}': the child is not on record by then"
        ran.problems.append(_problem(ran.standard, message, example.line))
        return
    here = prepare(ran.standard, prepared.files[0], example.as_at, prepared.not_carried, ran.note, ran.conditions.told)
    verdict = evaluate_here(ran.standard, here)
    given = results(verdict)
    for key, expected in example.expect.items():
        found = given.get(key, Result.NOT_APPLICABLE)
        ran.shown.setdefault(key, set()).add(found)
        if found is not expected:
            message = f"example '{example.name}': {key} is {found}"
            ran.problems.append(_problem(ran.standard, message, example.line, expected=str(expected)))


def _half_given(standard: Standard, example: Example, findings: Iterable[Row]) -> Iterator[Problem]:
    """A finding that no evaluation would make: it always has all of its fields."""
    fields = frozenset(source_fields(FINDINGS.name))
    for row in findings:
        if fields - row.values.keys():
            message = f"example '{example.name}': the finding {row.id} is half given"
            yield _problem(standard, message, example.line, "standard, since, severity and late")


def results(verdict: StandardVerdict) -> dict[str, Result]:
    """The result of each check, of the standard as recorded (`standard`) and as read (`read`)."""
    given = {check.check.id: check.overall.result for check in verdict.checks}
    return {**given, "standard": verdict.as_recorded.result, "read": verdict.as_read.result}


def _problem(standard: Standard, message: str, line: int, expected: str = "") -> Problem:
    return Problem(standard.file, line, 1, message, expected=expected)


def _not_shown(ran: Ran) -> Iterator[Problem]:
    standard = ran.standard
    for parameter in dict.fromkeys(use.parameter for use in standard.uses):
        nodes = [use.node for use in standard.uses if use.parameter == parameter]
        seen = set().union(*(ran.margins.get(node, set()) for node in nodes))
        limits = LIMITS if _has_a_day_before(standard, parameter) else LIMITS[1:]
        absent = [f"{limit:+d}" if limit else "0" for limit in limits if limit not in seen]
        if absent:
            where = f"of {parameter} at limit {', '.join(absent)}"
            yield _problem(standard, f"{standard.id}: no example {where}", 1)
    for check in standard.checks:
        yield from _results_not_shown(standard, check.id, can_give(check), ran)
    whole = (Result.NOT_APPLICABLE, Result.CANNOT_DECIDE, Result.MET, Result.NOT_MET)
    yield from _results_not_shown(standard, "standard", whole, ran)
    if any(check.by is By.READER for check in standard.checks):
        yield from _results_not_shown(standard, "read", {Result.REFER_TO_AUDITOR}, ran)


def _has_a_day_before(standard: Standard, parameter: str) -> bool:
    """A period of no days is met on the day itself or not: nothing answers a day before its trigger."""
    value = next(one.value for one in standard.parameters if one.name == parameter)
    return not (isinstance(value, Period) and value.n == 0)


def _results_not_shown(standard: Standard, key: str, can: Iterable[Result], ran: Ran) -> Iterator[Problem]:
    absent = sorted(set(can) - ran.shown.get(key, set()))
    if absent:
        yield _problem(standard, f"{standard.id}: no example in which {key} is {' or '.join(absent)}", 1)


def can_give(check: Check) -> set[Result]:
    """The results that a check can give and that its examples must show."""
    if isinstance(check.test, Asks):
        return {Result.REFER_TO_AUDITOR}
    if check.by is By.READER:
        return {Result.REFER_TO_AUDITOR, Result.NOT_APPLICABLE}
    given = {Result.MET, Result.NOT_MET}
    match check.test:
        case FollowedBy() as test if any(_can_be_awaited(test, response) for response in test.responses):
            given.add(Result.NOT_YET_DUE)
        case NoGapOver() | AtMost():
            given.add(Result.NOT_YET_DUE)
        case Share(at_least=at_least) if isinstance(at_least, Trajectory):
            given.add(Result.NOT_YET_DUE)
        case Has(due=due) | Each(due=due) if due is not None:
            given.add(Result.NOT_YET_DUE)
        case Includes(or_refer=refer) if refer is not None:
            given.add(Result.REFER_TO_AUDITOR)
        case _:
            pass
    return given


def _can_be_awaited(test: FollowedBy, response: Response) -> bool:
    """Whether a record can exist while it waits for this response: not where the response is what makes it exist."""
    if response.record_type:
        return True
    field = response.dated.field
    asked = {leaf.ref.field for leaf in leaves(test.where) if isinstance(leaf, Recorded)}
    return field not in (test.dated, *RECORD_TYPES[test.record_type].dated) and field not in asked
