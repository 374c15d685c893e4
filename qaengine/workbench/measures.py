"""Running the examples of a measure, and finding what no example shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qaengine.cases.derived.council import Council
from qaengine.cases.documents import Document, load_document
from qaengine.cases.native import read_case
from qaengine.cases.shape import fields_not_carried
from qaengine.cases.source import Source
from qaengine.evaluate.measuring import SeenOf, seen_in
from qaengine.measures.count import count
from qaengine.measures.result import Result, State
from qaengine.model.casefile import CaseFile, CaseSet
from qaengine.model.measure import Measure, MeasureExample, MeasureKind
from qaengine.model.problem import Problem
from qaengine.workbench.examples import LIMITS


@dataclass
class RanMeasure:
    """What running the examples of a measure showed."""

    measure: Measure
    council: Council
    examples: int = 0
    problems: list[Problem] = field(default_factory=list)
    margins: dict[object, set[int]] = field(default_factory=dict)
    states: set[str] = field(default_factory=set)
    left_out: bool = False

    def note(self, node: object, margin: int) -> None:
        self.margins.setdefault(node, set()).add(margin)

    def wrong(self, message: str, line: int = 1, found: str = "", expected: str = "") -> None:
        self.problems.append(Problem(self.measure.file, line, 1, message, found, expected))


def run_measure_examples(measure: Measure, council: Council) -> RanMeasure:
    """Run every example of a measure, and note what is wrong and what no example shows."""
    ran = RanMeasure(measure, council)
    if not measure.examples:
        ran.wrong(f"{measure.id} has no examples")
        return ran
    document = load_document(Path(measure.file).read_text(encoding="utf-8-sig"), measure.file)
    for place, example in enumerate(measure.examples):
        _run_one(ran, example, place, document)
    if not ran.problems:
        for message in _not_shown(ran):
            ran.wrong(f"{measure.id}: {message}")
    return ran


def _run_one(ran: RanMeasure, example: MeasureExample, place: int, document: Document) -> None:
    ran.examples += 1
    files: list[CaseFile] = []
    before = len(ran.problems)
    for number, _ in enumerate(example.cases, 1):
        file, problems = read_case(document, ("examples", place, "cases", number - 1), f"CH-{number}")
        ran.problems.extend(problems)
        files += [file] if file else []
    if len(ran.problems) > before:
        return
    source = Source(CaseSet(tuple(files), fields_not_carried(files, {})))
    held = source.as_at(example.as_at, council=ran.council).case_set()
    seen = seen_in(ran.measure, held.files, example.as_at, held.not_carried, ran.note)
    result = count(ran.measure, seen, example.as_at, ran.note)
    _note_states(ran, result, seen, held)
    given = said(result)
    for key, expected in example.expect.items():
        if given[key] != expected:
            message = f"example '{example.name}': {key} is {given[key]}"
            ran.wrong(message, example.line, expected=str(expected))


def said(result: Result) -> dict[str, Any]:
    """The numbers of a result by the words of an example; `who` are those in its list of whom it is sure."""
    sure = [line.child_id for line in result.lines if line.state not in (State.UNDECIDED, State.NOT_SO, State.DONE)]
    given: dict[str, Any] = {
        "n": result.n,
        "children": result.children,
        "undecided": result.undecided,
        "who": sorted(set(sure)),
        "so": result.share.so if result.share else None,
        "codes": {code.name: code.share.so for code in result.codes if code.share.so},
    }
    if time := result.time:
        given |= {
            "mean": time.mean,
            "median": time.median,
            "done": time.done,
            "late": time.late,
            "running": time.running,
            "past": time.past,
            "projected": time.projected,
        }
    return given


def _note_states(ran: RanMeasure, result: Result, seen: SeenOf, held: CaseSet) -> None:
    ran.states |= {line.state.value for line in result.lines}
    ran.states |= {code.name for code in result.codes if code.share.so}
    if any(code.perhaps for code in result.codes):
        ran.states.add(State.UNDECIDED)
    seen_ids = {(row.child_id, row.record_id) for row in seen.rows}
    there = {
        (file.child_id, row.id)
        for file in held.files
        for row in ([file.child] if ran.measure.of_children else file.records.get(ran.measure.of, ()))
    }
    counted = {(child, "" if ran.measure.of_children else row) for child, row in there}
    ran.left_out |= bool(counted - seen_ids)


def _not_shown(ran: RanMeasure) -> Iterator[str]:
    measure = ran.measure
    for parameter in dict.fromkeys(use.parameter for use in measure.uses):
        nodes = [use.node for use in measure.uses if use.parameter == parameter]
        seen = set().union(*(ran.margins.get(node, set()) for node in nodes))
        absent = [f"{limit:+d}" if limit else "0" for limit in LIMITS if limit not in seen]
        if absent:
            yield f"no example of {parameter} at limit {', '.join(absent)}"
    if not ran.left_out:
        yield "no example of one that is not counted"
    absent_states = sorted(_must_show(measure) - ran.states)
    if absent_states:
        yield f"no example of one that is: {'; '.join(absent_states)}"


def _must_show(measure: Measure) -> set[str]:
    """How one can stand in the measure, all of which its examples show."""
    match measure.kind:
        case MeasureKind.LIST | MeasureKind.COUNT:
            can = {State.COUNTED}
        case MeasureKind.SHARE:
            can = {State.SO, State.NOT_SO}
        case MeasureKind.AVERAGE:
            can = {State.DONE, State.WAITING}
            can |= {State.DONE_LATE, State.PAST} if measure.limit else set()
            can |= {State.PROJECTED} if measure.lead else set()
        case MeasureKind.BY_CODE:
            groups = {*(group.name for group in measure.groups), measure.otherwise} - {""}
            return {State.UNDECIDED.value, *groups}
    return {State.UNDECIDED.value, *(state.value for state in can)}
