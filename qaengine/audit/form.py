"""The answer form of a draw: what a person is asked of each drawn child."""

import json
from collections.abc import Mapping
from hashlib import sha256

from qaengine.answers.form import Form, FormChild, Kind, Question, impact_question
from qaengine.audit.asked import IMPACT, Asked
from qaengine.audit.facts import WHOLE, to_read
from qaengine.audit.pack import ChildAudit, Pack
from qaengine.audit.told import told_once
from qaengine.evaluate.explain.names import titles
from qaengine.evaluate.explain.words import listed
from qaengine.model.result import Finding, Level, Result
from qaengine.model.standard import Asks, Standard
from qaengine.sample import Draw


def form_of(pack: Pack) -> Form:
    """The questions and reader checks of each drawn child, with what the record shows beside them."""
    standards = pack.by_id
    children = tuple(_child(child, standards, pack.titles) for child in pack.children)
    return Form(pack.as_at, pack.draw.seed, draw_hash(pack.draw), children, _asks(pack))


def _asks(pack: Pack) -> str:
    """What tells this form from others of the same draw: of which standards, and whether all is asked of them."""
    extent = "all questions" if pack.all_questions else "core questions"
    named = "" if len(pack.standards) == len(pack.names) else f" of {', '.join(sorted(pack.by_id))}"
    return f"{extent}{named}"


def draw_hash(drawn: Draw) -> str:
    """What tells the form of this draw from that of every other: a hash of all that it takes to replay it."""
    return sha256(json.dumps(drawn.to_dict(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _child(child: ChildAudit, standards: dict[str, Standard], names: Mapping[str, str]) -> FormChild:
    questions = [
        _question(finding, standards[finding.standard])
        for finding in child.checks()
        if finding.result is Result.REFER_TO_AUDITOR and (finding.standard, finding.check or "") in child.asked.keys
    ]
    undecided = [
        Question(
            child.child_id, standard.id, WHOLE, Kind.READER, standard.title, _why(child, standard), title=standard.title
        )
        for standard in standards.values()
        if to_read(standard, child.results()[standard.id], child.findings, child.asked.keys) == [WHOLE]
    ]
    impacts = [
        impact_question(child.child_id, standard, standards[standard].title, title=standards[standard].title)
        for standard, result in child.results().items()
        if result is Result.NOT_MET and (standard, IMPACT) in child.asked.keys
    ]
    every = (*questions, *undecided, *impacts)
    return FormChild(child.child_id, child.team, ceiling_words(child, names), every, _left_out(child.asked))


def _left_out(asked: Asked) -> str:
    """How many rows are not on the form, and why."""
    parts = [
        f"{asked.no_room} more could be asked" if asked.no_room else "",
        f"{asked.nothing_to_read} with nothing on the record to answer from" if asked.nothing_to_read else "",
    ]
    said = "; ".join(filter(None, parts))
    return f"Not asked: {said}. For all: --all-questions." if said else ""


def _why(child: ChildAudit, standard: Standard) -> str:
    """Why the record does not decide a standard."""
    return next(f.reason for f in child.findings if f.standard == standard.id and f.level is Level.STANDARD)


def _question(finding: Finding, standard: Standard) -> Question:
    check = next(check for check in standard.checks if check.id == finding.check)
    return Question(
        finding.child_id,
        standard.id,
        check.id,
        Kind.QUESTION if isinstance(check.test, Asks) else Kind.READER,
        check.says,
        _where_to_look(check.test) if isinstance(check.test, Asks) else finding.reason,
        title=standard.title,
    )


def _where_to_look(test: Asks) -> str:
    """What a question is answered from: the records to look at, and what the standard says of how to weigh them."""
    types = listed(titles(name) for name in test.look_at)
    return " ".join(filter(None, (f"Look at: {types}." if types else "", test.guidance.strip())))


def ceiling_words(child: ChildAudit, names: Mapping[str, str]) -> str:
    """The ceiling as it heads the child's part of the form."""
    found = child.judgement
    if found.ceiling is None:
        return "The record sets no ceiling."
    return (
        f"The record allows no better than {found.ceiling.words}: {'; '.join(told_once(found.ceiling_reasons, names))}"
    )
