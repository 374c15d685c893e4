"""The sentence that goes with a verdict: what the record shows, the arithmetic, and what is not evidenced."""

from datetime import date

from qaengine.evaluate.explain.trace import Trace, trace, why_not
from qaengine.evaluate.explain.words import count, day, listed, missing, plain
from qaengine.evaluate.reference.scope import Here
from qaengine.evaluate.reference.standard import CheckVerdict, StandardVerdict
from qaengine.evaluate.reference.subjects import Verdict
from qaengine.model.condition import Condition, Not
from qaengine.model.records import RECORD_TYPES
from qaengine.model.result import By, Result
from qaengine.model.standard import Asks, Check, Each, FollowedBy, Has, Includes, Standard


def of_check(verdict: CheckVerdict, here: Here) -> str:
    """Why a check has the result it has, for this child."""
    check, overall = verdict.check, verdict.overall
    if overall.result is Result.CANNOT_DECIDE and overall.missing:
        return f"Cannot be decided: {missing(overall.missing)}."
    if not verdict.records:
        return _of_child(check, overall, here)
    deciding = [record for record in verdict.records if record.result is overall.result]
    if len(verdict.records) == 1:
        return of_record(check, verdict.records[0], here)
    ids = listed([record.row.id for record in deciding[:5] if record.row])
    others = f" and {len(deciding) - 5} more" if len(deciding) > 5 else ""
    lead = (
        f"{overall.measured} of {overall.limit} records meet this" if check.by is By.RECORD else "For a person to read"
    )
    return f"{lead}; {_RESULT_WORDS[overall.result]}: {ids}{others}. {of_record(check, deciding[0], here)}"


_RESULT_WORDS = {
    Result.MET: "met",
    Result.NOT_MET: "not met",
    Result.NOT_YET_DUE: "not yet due",
    Result.NOT_APPLICABLE: "does not apply",
    Result.CANNOT_DECIDE: "not enough recorded",
    Result.REFER_TO_AUDITOR: "needs a person to read",
}


def _of_child(check: Check, verdict: Verdict, here: Here) -> str:
    match verdict.result, check.test:
        case Result.REFER_TO_AUDITOR, Asks(question=question):
            return f"Only a person can answer: {question}"
        case Result.NOT_APPLICABLE, _:
            return "Nothing here that this check is about." if check.by is By.RECORD else "Nothing to read."
        case Result.NOT_YET_DUE, _:
            return f"Not yet due{_by(verdict.due_on)}."
        case _, Has() as test:
            return _of_has(test, verdict, here)
        case _:
            return f"{_RESULT_WORDS[verdict.result].capitalize()}."


def _by(due: date | None) -> str:
    return f": the last day for it is {day(due)}" if due else ""


def _of_has(test: Has, verdict: Verdict, here: Here) -> str:
    title = RECORD_TYPES[test.record_type].title
    dated = verdict.evidence[0].date if verdict.evidence else None
    if verdict.unit == "records" or dated is None or verdict.due_on is None:
        wanted = count(test.at_least, "records")
        if verdict.result is Result.MET:
            return f"The record shows this{f', dated {day(dated)}' if dated else ''}."
        near = f" The nearest is dated {day(dated)}." if dated else ""
        return f"Not evidenced on the record: no {title} shows this ({verdict.measured or 0} of {wanted}).{near}"
    age = count(verdict.measured or 0, verdict.unit or "days")
    against = f"{day(dated)} + {test.no_older_than} = {day(verdict.due_on)}"
    if verdict.result is Result.MET:
        return f"The latest {title} is dated {day(dated)}, {age} before {day(here.as_at)}; {against}."
    past = count((here.as_at - verdict.due_on).days, "days")
    return f"The latest {title} is dated {day(dated)}, {age} before {day(here.as_at)}; {against}, {past} ago."


def of_record(check: Check, verdict: Verdict, here: Here) -> str:
    """Why one record has the result it has."""
    if verdict.result is Result.CANNOT_DECIDE:
        return f"Cannot be decided: {missing(verdict.missing)}."
    match check.test:
        case FollowedBy() as test:
            return _of_followed(test, verdict, here)
        case Includes() as test:
            return _of_included(test, verdict)
        case Each(must=must) if verdict.row is not None:
            return _of_each(check, must, verdict, here.at(verdict.row))
        case _:
            return f"{_RESULT_WORDS[verdict.result].capitalize()}."


def _of_followed(test: FollowedBy, verdict: Verdict, here: Here) -> str:
    title, begun = RECORD_TYPES[test.record_type].title, verdict.evidence[0].date
    if begun is None or verdict.due_on is None or verdict.measured is None:
        return f"{_RESULT_WORDS[verdict.result].capitalize()}."
    last = f"{day(begun)} + {test.within} = {day(verdict.due_on)}"
    gap = count(verdict.measured, verdict.unit or "days")
    answer = verdict.evidence[1] if len(verdict.evidence) > 1 else None
    what = f"{RECORD_TYPES[answer.record].title} {answer.record_id}" if answer else "what it calls for"
    reason = " A reason was authorised before that day." if verdict.mitigated else ""
    if verdict.result in (Result.MET, Result.NOT_APPLICABLE):
        return f"After the {title} of {day(begun)}, {what} came in {gap}; {last}."
    if verdict.result is Result.NOT_YET_DUE:
        return f"After the {title} of {day(begun)}, nothing is recorded yet; it is not yet due: {last}."
    if verdict.late or answer:
        return f"After the {title} of {day(begun)}, {what} came late, in {gap}; {last}.{reason}"
    return f"After the {title} of {day(begun)}, nothing is recorded by {day(here.as_at)} ({gap}); {last}.{reason}"


def _of_included(test: Includes, verdict: Verdict) -> str:
    title = RECORD_TYPES[test.record_type].title
    on = f" of {day(verdict.evidence[0].date)}" if verdict.evidence and verdict.evidence[0].date else ""
    if not verdict.uncovered:
        return f"The {title}{on} has {listed(plain(word) for word in test.required)}."
    absent = listed(plain(word) for word in verdict.uncovered)
    form = (
        "only in a form that a person must weigh" if verdict.result is Result.REFER_TO_AUDITOR and test.or_refer else ""
    )
    return (
        f"The {title}{on} has {verdict.measured} of {verdict.limit}: {absent} {form or 'not evidenced on the record'}."
    )


def _of_each(check: Check, must: Condition, verdict: Verdict, here: Here) -> str:
    title = RECORD_TYPES[check.test.record_type].title if isinstance(check.test, Each) else "record"
    name = f"The {title} {verdict.row.id if verdict.row else ''}"
    if verdict.result is Result.MET:
        return f"{name} shows this."
    if verdict.result is Result.NOT_YET_DUE:
        return f"{name} does not show this yet{_by(verdict.due_on)}."
    if verdict.result is Result.REFER_TO_AUDITOR and isinstance(must, Not):
        hits = _hits(trace(must.part, here))
        return f"{name}: {hits}." if hits else f"{name} is for a person to read."
    if verdict.result is Result.NOT_APPLICABLE:
        return f"{name}: nothing to read."
    causes = [f"{part.says} ({part.found})" if part.found else part.says for part in why_not(trace(must, here))]
    return f"{name} does not show that {listed(causes)}."


def _hits(found: Trace) -> str:
    """The tests that a flag fired on, with what was found. A bare yes or no says no more than the check's sentence."""
    if found.parts:
        return listed([words for part in found.parts if part.truth.value and (words := _hits(part))])
    if found.found in ("yes", "no", ""):
        return ""
    return f"{found.says} ({found.found})"


def of_standard(standard: Standard, verdict: StandardVerdict, by: By) -> str:
    """Why a standard has the result it has, as recorded or as read."""
    overall = verdict.as_recorded if by is By.RECORD else verdict.as_read
    if not verdict.checks:
        if overall.missing:
            return f"Whether this is for the child cannot be decided: {missing(overall.missing)}."
        return "This standard is not for this child."
    deciding = [c.check.says for c in verdict.checks if c.check.by is by and c.overall.result is overall.result]
    if overall.result is Result.NOT_APPLICABLE:
        return "Nothing to read." if by is By.READER else "Nothing in it applies to this child now."
    words = _RESULT_WORDS[overall.result].capitalize()
    total = sum(c.check.by is by for c in verdict.checks)
    if overall.result is Result.MET:
        return f"Met as recorded: {len(deciding)} of {total} checks, and none not met."
    return f"{words}: {'; '.join(says.rstrip('.?') for says in deciding)}."
