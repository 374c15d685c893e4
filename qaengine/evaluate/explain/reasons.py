"""The sentence that goes with a verdict: what the record shows, the arithmetic, and what is not evidenced."""

from datetime import date

from qaengine.evaluate.explain.facts import against
from qaengine.evaluate.explain.followed import of_followed
from qaengine.evaluate.explain.lasting import of_interval, of_lasted
from qaengine.evaluate.explain.names import among_its_kind, plain, record_called, title, titles
from qaengine.evaluate.explain.shares import of_share
from qaengine.evaluate.explain.words import count, day, listed, missing
from qaengine.evaluate.reference.scope import Here
from qaengine.evaluate.reference.standard import CheckVerdict, StandardVerdict
from qaengine.evaluate.reference.subjects import Verdict
from qaengine.model.calendar import deadline
from qaengine.model.result import By, Result
from qaengine.model.standard import Asks, AtMost, Check, Each, FollowedBy, Has, Includes, NoGapOver, Share, Standard

FEW = 5
"""So many ids or checks are named in a sentence, and the rest counted."""


def of_check(verdict: CheckVerdict, here: Here) -> str:
    """Why a check has the result it has, for this child."""
    check, overall = verdict.check, verdict.overall
    if len(verdict.records) == 1:
        return of_record(check, verdict.records[0], here)
    if not verdict.records or isinstance(check.test, Asks):
        return _of_child(check, overall, here)
    if isinstance(check.test, NoGapOver):
        return _of_intervals(verdict, here)
    deciding = [record for record in verdict.records if record.result is overall.result]
    if overall.result is Result.NOT_APPLICABLE:
        return "Nothing to read."
    ids = _few([among_its_kind(check.test.record_type, record.row.id) for record in deciding if record.row])
    among = f"{len(deciding)} of {count(len(verdict.records), titles(check.test.record_type))}"
    if overall.result is Result.MET:
        return f"{among} show this: {ids}."
    if overall.result is Result.CANNOT_DECIDE:
        row = deciding[0].row if len(deciding) == 1 else None
        return f"Cannot be decided of {ids} ({among}): {missing(overall.missing, check.test.record_type, row)}."
    return f"{_lead(overall)}: {ids} ({among}). {of_record(check, deciding[0], here)}"


def _of_intervals(verdict: CheckVerdict, here: Here) -> str:
    """How many intervals there are of which this is so, and the first of them."""
    overall = verdict.overall
    deciding = [record for record in verdict.records if record.result is overall.result]
    among = f"{len(deciding)} of {count(len(verdict.records), 'intervals')}"
    if overall.result is Result.NOT_APPLICABLE:
        return "Nothing to read."
    if overall.result is Result.MET:
        return f"Within their limit: {among}."
    return f"{_lead(overall)}: {among}. {of_record(verdict.check, deciding[0], here)}"


_LEADS = {
    Result.MET: "Met as recorded",
    Result.NOT_MET: "Not evidenced on the record",
    Result.NOT_YET_DUE: "Not yet due",
    Result.NOT_APPLICABLE: "Does not apply",
    Result.CANNOT_DECIDE: "Not enough recorded",
    Result.REFER_TO_AUDITOR: "Needs a person to read",
}


def _lead(verdict: Verdict) -> str:
    return "Done, but late" if verdict.late else _LEADS[verdict.result]


def _few(words: list[str], divider: str = ", ") -> str:
    """The first few in a row, and how many more there are."""
    if len(words) > FEW:
        return f"{divider.join(words[:FEW])} and {len(words) - FEW} more"
    return listed(words) if divider == ", " else divider.join(words)


def _of_child(check: Check, verdict: Verdict, here: Here) -> str:
    match verdict.result, check.test:
        case Result.CANNOT_DECIDE, _:
            without = against(check.depends_on, True, here)
            return f"Cannot be decided: {without or missing(verdict.missing)}."
        case _, Asks(question=question) if verdict.result is Result.REFER_TO_AUDITOR:
            return f"Only a person can answer: {question}"
        case Result.NOT_APPLICABLE, _:
            return "Nothing to read." if check.by is By.READER else "Nothing on the record that this check is about."
        case Result.NOT_YET_DUE, _:
            return f"Not yet due{_by(verdict.due_on)}."
        case _, Has() as test:
            return _of_has(test, verdict, here)
        case _, Share() as test:
            return of_share(test, verdict, here)
        case _:
            return f"{_LEADS[verdict.result]}."


def _by(due: date | None) -> str:
    return f": the last day for it is {day(due)}" if due else ""


def _of_has(test: Has, verdict: Verdict, here: Here) -> str:
    shown, period = next(iter(verdict.evidence), None), test.no_older_than
    name = record_called(test.record_type, shown.record_id) if shown else ""
    on = f" of {day(shown.date)}" if shown and shown.date else ""
    if verdict.unit == "records" or period is None or shown is None or shown.date is None:
        return _of_count(test, verdict, f"{name}{on}", here)
    last = deadline(shown.date, period)
    latest = f"The latest, {name}{on}, is {count(verdict.measured or 0, verdict.unit or 'days')} old"
    if verdict.result is Result.MET:
        return f"{latest}; it is in date until {day(last)} ({period})."
    past = count((here.as_at - last).days, "days")
    return f"{latest}; it was in date until {day(last)} ({period}), {past} ago."


def _of_count(test: Has, verdict: Verdict, name: str, here: Here) -> str:
    """The sentence on records that are counted: one is named, and several are numbered."""
    if verdict.result is Result.MET:
        return f"{_upper(name)} shows this." if test.at_least == 1 else f"{_counted(test, verdict)} are on the record."
    if not here.file.records.get(test.record_type):
        return f"Not evidenced on the record: there is no {title(test.record_type)}."
    near = f" The latest is {name}." if name else ""
    if test.at_least == 1:
        return f"Not evidenced on the record: no {title(test.record_type)} shows this.{near}"
    return f"Not evidenced on the record: {_counted(test, verdict)}.{near}"


def _counted(test: Has, verdict: Verdict) -> str:
    return f"{verdict.measured or 0} of the {count(test.at_least, titles(test.record_type))} asked for"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def of_record(check: Check, verdict: Verdict, here: Here) -> str:
    """Why one record has the result it has."""
    if isinstance(check.test, NoGapOver):
        return of_interval(check.test, check.by, verdict, here)
    if verdict.row is None or isinstance(check.test, Asks | Has | Share):
        return _of_child(check, verdict, here)
    name = record_called(check.test.record_type, verdict.row.id)
    if verdict.result is Result.CANNOT_DECIDE:
        return f"{_upper(name)} cannot be decided: {missing(verdict.missing, check.test.record_type, verdict.row)}."
    match check.test:
        case FollowedBy() as test:
            return of_followed(test, check.by, verdict, here)
        case Includes() as test:
            return _of_included(test, verdict, _upper(name))
        case AtMost() as test:
            return of_lasted(test, check.by, verdict, here)
        case Each() as test:
            return _of_each(test, verdict, _upper(name), here.at(verdict.row))


def _of_included(test: Includes, verdict: Verdict, name: str) -> str:
    on = f"{name} of {day(verdict.evidence[0].date)}" if verdict.evidence[0].date else name
    if not verdict.uncovered:
        return f"{on}: {listed(plain(word) for word in test.required)} on the record."
    absent = listed(plain(word) for word in verdict.uncovered)
    weighed = verdict.result is Result.REFER_TO_AUDITOR and test.or_refer is not None
    form = "only in a form that a person must weigh" if weighed else "not evidenced on the record"
    among = f"{verdict.measured} of {verdict.limit}; " if len(test.required) > 1 else ""
    return f"{on}: {among}{absent} {form}."


def _of_each(test: Each, verdict: Verdict, name: str, here: Here) -> str:
    match verdict.result:
        case Result.MET:
            return f"{name} shows this."
        case Result.NOT_APPLICABLE:
            return f"{name}: nothing to read."
        case Result.NOT_YET_DUE:
            return f"{name} does not show this yet{_by(verdict.due_on)}."
    found = against(test.must, True, here)
    if found:
        return f"{name}: {found}."
    return f"{name} {'needs a person to read' if verdict.result is Result.REFER_TO_AUDITOR else 'does not show this'}."


def of_standard(standard: Standard, verdict: StandardVerdict, by: By) -> str:
    """Why a standard has the result it has, as recorded or as read; with what is not met under an agreed exception."""
    excepted = [check.check.says.rstrip(".") for check in verdict.checks if check.excepted and check.check.by is by]
    said = _of_standard(standard, verdict, by)
    return f"{said} Not met under an agreed exception: {_few(excepted, '; ')}." if excepted else said


def _of_standard(standard: Standard, verdict: StandardVerdict, by: By) -> str:
    overall = verdict.as_recorded if by is By.RECORD else verdict.as_read
    if not verdict.checks:
        if verdict.as_recorded.missing:
            return f"Whether this is for the child cannot be decided: {missing(verdict.as_recorded.missing)}."
        return "This standard is not for this child."
    if overall.result is Result.NOT_APPLICABLE:
        else_ = "else " if any(check.excepted for check in verdict.checks) else ""
        return "Nothing to read." if by is By.READER else f"Nothing {else_}in it applies to this child now."
    counted = [c for c in verdict.checks if c.check.by is by and not c.excepted]
    deciding, total = [c.check.says for c in counted if c.overall.result is overall.result], len(counted)
    if overall.result is Result.MET:
        if len(deciding) == total:
            return f"Met as recorded: every {'other ' if any(c.excepted for c in verdict.checks) else ''}check is met."
        return f"Met as recorded: {len(deciding)} of {total} checks; the others do not apply or are not yet due."
    if overall.result is Result.CANNOT_DECIDE:
        return f"Not enough recorded for {len(deciding)} of {count(total, 'checks')}: {missing(overall.missing)}."
    return f"{_lead(overall)}: {_few([says.rstrip('.') for says in deciding], '; ')}.".replace("?.", "?")
