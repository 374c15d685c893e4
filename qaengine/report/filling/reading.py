"""What a person answered after reading the file: it stands where the record could only ask."""

from collections.abc import Iterator

from qaengine.answers.form import FEEDBACK_QUESTIONS, MET_OR_NOT, Said
from qaengine.audit.facts import WHOLE
from qaengine.audit.pack import ChildAudit, Pack
from qaengine.model.result import Finding, Result
from qaengine.model.standard import Asks, Standard
from qaengine.report import parts
from qaengine.report.wording import short_date

READ = dict(zip(MET_OR_NOT, (Result.MET, Result.NOT_MET, Result.NOT_APPLICABLE), strict=True))


def said_of(child: ChildAudit, finding: Finding) -> Said:
    """The answer and the note to a check that needed a person; both empty where nothing was written."""
    if child.answers is None or finding.result is not Result.REFER_TO_AUDITOR or finding.check is None:
        return Said("")
    return child.answers.questions.get((finding.standard, finding.check), Said(""))


def result_of(child: ChildAudit, finding: Finding) -> Result:
    """The result of a check: as a person read it where one has answered, else as recorded."""
    return READ.get(said_of(child, finding).answer, finding.result)


def answers(pack: Pack, child: ChildAudit) -> tuple[parts.Answer, ...]:
    """The questions that a person answered: those that wait are counted, and stand in full on the answer form."""
    asked = [one for standard in pack.standards for one in _asked(child, standard)]
    return (*(one for one in asked if one.answer or one.why), *_beside_the_grade(child), *_feedback(child))


def _asked(child: ChildAudit, standard: Standard) -> Iterator[parts.Answer]:
    """The questions of a standard: those that it asks, and itself where it was read as a whole."""
    given = child.answers.questions if child.answers else {}
    questions = {check.id: check.says for check in standard.checks if isinstance(check.test, Asks)}
    for finding in child.checks(standard.id):
        if finding.check in questions and finding.result is Result.REFER_TO_AUDITOR:
            said = said_of(child, finding)
            yield parts.Answer(questions[finding.check], said.answer, why=said.note)
    if whole := given.get((standard.id, WHOLE)):
        yield parts.Answer(f"{standard.title}: as read", whole.answer, why=whole.note)


def _beside_the_grade(child: ChildAudit) -> Iterator[parts.Answer]:
    if child.answers and child.answers.grade_note:
        yield parts.Answer("Note beside the grade", why=child.answers.grade_note)


def _feedback(child: ChildAudit) -> Iterator[parts.Answer]:
    """What the child, a parent or a carer said, or why nobody was asked."""
    given = child.answers.feedback if child.answers else None
    if given is None:
        return
    how = ", ".join(filter(None, (given.who, plain(given.method), short_date(given.on) if given.on else "")))
    asked = plain(given.asked)
    note = child.answers.feedback_note if child.answers else ""
    yield parts.Answer("Was somebody asked for their view?", f"{asked}: {how}" if how else asked, why=note)
    yield from (
        parts.Answer(question, said) for question, said in zip(FEEDBACK_QUESTIONS, given.said, strict=True) if said
    )


def plain(value: str) -> str:
    """A value as it is said: "not_known" is "not known"."""
    return value.replace("_", " ")


def impact(child: ChildAudit) -> str:
    """Whether an effect on the child was seen, of each standard that was not met and that a person answered for."""
    if child.answers is None:
        return ""
    said = child.answers.impact
    about = [(fact, said[fact.standard]) for fact in child.facts.standards if fact.standard in said]
    return "; ".join(
        f"{fact.title}: {plain(fact.impact.value)}{f' (note: {one.note})' if one.note else ''}"
        for fact, one in about
        if fact.open or fact.late
    )
