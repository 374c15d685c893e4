"""Of a check not met on several records, what is still open is told first; and an action is told by what it is."""

from datetime import date

from qaengine.audit.still_open import open_first, with_its_text
from qaengine.model.casefile import CaseFile, Row
from qaengine.model.result import By, Evidence, Finding, Level, Result

DONE = "After significant change P1, assessment AS1 came 126 working days later, which is late."
OPEN = "After significant change P2, nothing is recorded by 30 September 2019."
BOTH = "Not evidenced on the record: P1 and P2 (2 of 2 significant changes). "


def finding(level: Level, reason: str, record: str = "", late: bool = False, on: int = 1) -> Finding:
    seen = (Evidence("changes", record, date(2019, 6, on)),) if record else ()
    of = {"record_id": record or None, "reason": reason, "evidence": seen, "late": late}
    return Finding(level, "CH-1", "assessment", "change-reassessed", By.RECORD, Result.NOT_MET, **of)  # type: ignore[arg-type]


LATE_ONE, OPEN_ONE = finding(Level.RECORD, DONE, "P1", late=True), finding(Level.RECORD, OPEN, "P2", on=18)
ROLLED_UP = finding(Level.CHECK, BOTH + DONE, "P1")


def test_a_check_with_one_record_late_but_done_and_one_open_tells_the_open_one() -> None:
    (told,) = open_first([ROLLED_UP, LATE_ONE, OPEN_ONE])
    assert told.reason == BOTH + OPEN
    assert told.evidence == OPEN_ONE.evidence


def test_a_check_that_tells_an_open_record_or_has_none_is_told_as_it_is() -> None:
    of_open = finding(Level.CHECK, BOTH + OPEN, "P2")
    assert open_first([of_open, LATE_ONE, OPEN_ONE]) == (of_open,)
    all_late = finding(Level.CHECK, DONE, "P1", late=True)
    assert open_first([all_late, LATE_ONE]) == (all_late,)


def action(**values: str | None) -> CaseFile:
    row = Row("A1", {"text": "Father does not come to the home", "kind": "safety", **values})
    return CaseFile("CH-1", Row("CH-1", {}), {"plan_actions": (row, Row("A12", {"text": "See the nurse"}))})


def said(reason: str, file: CaseFile) -> str:
    return with_its_text(finding(Level.CHECK, reason), file)


def test_an_action_that_lacks_something_is_told_by_its_text() -> None:
    reason = "Plan action A1: measure was left blank."
    assert said(reason, action()) == "Safety action “Father does not come to the home” has no measure."
    assert said("Plan action A1: owner was left blank; measure was left blank.", action()) == (
        "Safety action “Father does not come to the home” has no owner and no measure."
    )
    assert said(reason, action(kind="action")).startswith("Action “Father")
    assert said(reason, action(text=None)) == reason


def test_what_is_said_else_of_an_action_keeps_its_words_and_one_number_is_not_another() -> None:
    assert said("Before plan action A1 of 3 May 2019 there is none.", action()) == (
        "Before safety action “Father does not come to the home” of 3 May 2019 there is none."
    )
    assert said("Plan action A12: owner was left blank.", action()) == "Action “See the nurse” has no owner."


def test_a_long_text_ends_with_a_whole_word() -> None:
    shown = said("Plan action A1: measure was left blank.", action(text="watched " * 20))
    assert "watched…” has no measure." in shown
