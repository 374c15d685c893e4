"""The dip-sample report of one standard: what the drawn children show, and what that says of everyone."""

from collections import Counter
from dataclasses import replace
from datetime import date

from qaengine.audit.pack import ChildAudit, Pack
from qaengine.evaluate.explain.targets import status_words
from qaengine.evaluate.target import TargetStatus
from qaengine.model.calendar import add_months, add_working_days
from qaengine.model.result import By, Finding, Result
from qaengine.model.standard import Remedy, Standard
from qaengine.report import parts
from qaengine.report.filling import common, reading
from qaengine.report.filling.annex import annex
from qaengine.report.filling.references import in_words
from qaengine.report.filling.strengths import strengths
from qaengine.report.views import CheckLine, DipSampleView, Phrases, SampledChild
from qaengine.report.wording import capital


def dip_sample(pack: Pack, standard: Standard) -> DipSampleView:
    """One standard on every drawn child."""
    results = {child.child_id: child.results()[standard.id] for child in pack.children}
    one, many = standard.reads
    return DipSampleView(
        scope=common.scope(pack),
        standard=common.standard_line(standard),
        selection=common.selection(pack.draw, pack.population),
        children=tuple(_child(pack, child, standard) for child in _in_draw_order(pack)),
        estimate=common.estimate(pack, results),
        annex=annex(pack, [standard], CAVEATS),
        checks=tuple(_check_line(pack, standard, check.id, check.says, check.by) for check in standard.checks),
        details=_details(pack, standard),
        phrases=Phrases(many, one),
        target=_target(standard, pack.targets.get(standard.id)),
        standing=_standing(pack.targets.get(standard.id)),
        do=_do(pack, standard, results),
        strengths=_strengths(pack, standard),
        concerns=common.concerns(pack, results, standard.id),
    )


def _target(standard: Standard, status: TargetStatus | None) -> parts.Target | None:
    """The target that is marked on the bar: the one that is behind, or else the next."""
    if status is None or status.at_stake is None:
        return None
    target = status.at_stake
    words = "all" if target.percent == 100 else f"{target.percent}%"
    source = next((p.source for p in standard.parameters if p.value == standard.target), "")
    return parts.Target(target.percent / 100, words, target.by, in_words(source))


def _standing(status: TargetStatus | None) -> str:
    """Of all the children on record, not only of those drawn."""
    return f"Target, over every child on record: {status_words(status).replace(' %', '%')}" if status else ""


def _strengths(pack: Pack, standard: Standard) -> tuple[str, ...]:
    return tuple(capital(words) for words in strengths(replace(pack, standards=(standard,)), pack.children))


CAVEATS = (
    "The record was tested, not wellbeing.",
    "A pass is as recorded: the machine has not judged quality.",
    "What could not be decided is counted neither as met nor as not met; the limits take it both ways.",
)


WITHOUT = {Result.NOT_MET: "not evidenced", Result.CANNOT_DECIDE: "not enough recorded of"}


def _in_draw_order(pack: Pack) -> list[ChildAudit]:
    by_id = {child.child_id: child for child in pack.children}
    return [by_id[drawn.child_id] for drawn in pack.draw.children]


def _child(pack: Pack, child: ChildAudit, standard: Standard) -> SampledChild:
    result = child.results()[standard.id]
    overall = next(f for f in child.findings if f.standard == standard.id and f.check is None and f.by is By.RECORD)
    stratum = next(d.stratum for d in pack.draw.children if d.child_id == child.child_id)
    return SampledChild(
        child.child_id,
        result,
        common.shown_findings(pack, child, standard.id),
        common.as_read(child, standard.id),
        stratum if pack.draw.stratified_by else "",
        overall.due_on if result is not Result.NOT_MET else None,
        bool(child.excepted(standard.id)),
    )


def _check_line(pack: Pack, standard: Standard, check: str, says: str, by: By) -> CheckLine:
    found = dict.fromkeys((child.child_id for child in pack.children), Result.NOT_APPLICABLE)
    checked = [(c, f) for c in pack.children for f in c.checks(standard.id) if f.check == check]
    found |= {c.child_id: f.result if by is By.RECORD else reading.result_of(c, f) for c, f in checked}
    estimate = None
    if by is By.RECORD:
        estimate = common.estimate(pack, found)
    return CheckLine(says, by, parts.Counts.from_results(found.values()), estimate)


def _details(pack: Pack, standard: Standard) -> tuple[tuple[Result, str], ...]:
    """What stands behind the children not met and not decided: the checks, and how many children each is so for."""
    details = []
    for result in Result:
        children = [child for child in pack.children if child.results()[standard.id] is result]
        found = [f for child in children for f in child.counting(standard.id) if _counts(f, result)]
        late = sum(_put_right(child, standard) for child in children) if result is Result.NOT_MET else 0
        said = []
        if result in WITHOUT and found:
            done = f"; {late} of the {len(children)} done since, but late" if late else ""
            said.append(f"{WITHOUT[result]}: {_by_check(found)}{done}")
        if excepted := [f for child in children for f in child.excepted(standard.id)]:
            said.append(f"not met under an agreed exception: {_by_check(excepted)}")
        if said:
            details.append((result, "; ".join(said)))
    return tuple(details)


def _by_check(found: list[Finding]) -> str:
    counts = Counter(finding.check or "" for finding in found)
    return ", ".join(f"{check.replace('-', ' ')} ({n})" for check, n in counts.most_common())


def _put_right(child: ChildAudit, standard: Standard) -> bool:
    """Whether everything that is not met has been done since, though late."""
    return all(f.late for f in child.counting(standard.id) if _counts(f, Result.NOT_MET))


def _counts(finding: Finding, result: Result) -> bool:
    return finding.result is result and finding.by is By.RECORD


def _do(pack: Pack, standard: Standard, results: dict[str, Result]) -> tuple[parts.ToDo, ...]:
    """What is urgent first, then what mends most, then what is missing, then the next draw."""
    todo = [
        parts.ToDo("head of service", common.confirm_safe([child]), pack.as_at, urgent=True)
        for child in dict.fromkeys(c.children[0] for c in common.concerns(pack, results, standard.id))
    ]
    for (remedy, due), children in _open_now(pack, standard).items():
        what = f"{remedy.action}: {common.few(sorted(children))}"
        todo.append(parts.ToDo(remedy.owner, what, due))
    undecided = [child for child, result in results.items() if result is Result.CANNOT_DECIDE]
    if undecided:
        what = f"Supply what is not recorded: {common.few(undecided)}"
        todo.append(parts.ToDo("performance team", what, add_working_days(pack.as_at, common.REPLY_WITHIN)))
    left = pack.draw.population - len(pack.draw.children)
    if left > 0:
        next_round = add_working_days(add_months(pack.as_at, 3), 10)
        what = f"Draw the next {min(left, len(pack.draw.children))} from the same order of tickets"
        todo.append(parts.ToDo("QA team", what, next_round))
    return tuple(todo)


def _open_now(pack: Pack, standard: Standard) -> dict[tuple[Remedy, date], set[str]]:
    """The children for whom something is still open, by what mends it and by when; the most common first."""
    found: dict[tuple[Remedy, date], set[str]] = {}
    for child in pack.children:
        for finding in child.counting(standard.id):
            if finding.result is Result.NOT_MET and not finding.late:
                mends = standard.remedy_of(finding.check)
                due = common.due_by(pack.as_at, child, standard, finding)
                found.setdefault((mends, due), set()).add(child.child_id)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0][0].action, item[0][1])))
