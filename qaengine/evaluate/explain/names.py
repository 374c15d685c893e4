"""What fields and record types are called in a sentence, where the word in a case file reads badly aloud.

Every field has a name; a field that holds yes or no is spoken of by a clause for each instead.
"""

from qaengine.model.record import Kind, RecordType
from qaengine.model.records import CHILD, RECORD_TYPES

TITLES = {"discussion_actions": "discussion action"}

NAMES = {
    "id": "reference",
    "child_id": "reference",
    "born": "date of birth",
    "expected": "expected date of birth",
    "opened_on": "opening date",
    "closed_on": "closing date",
    "closed": "closing date",
    "child.status": "plan in force",
    "looked_after_since": "first day in care",
    "assessments_in_progress": "number of assessments in progress",
    "received": "date received",
    "happened": "date",
    "derived_from": "source record",
    "started": "start date",
    "ended": "end date",
    "decided": "date",
    "by_role": "role of the person who decided",
    "about": "record that it answers",
    "authorised": "date authorised",
    "authorised_by_role": "role of the manager who authorised it",
    "similarity": "share of text that stands in the one before",
    "updated": "date of the last update",
    "review_due": "next review date",
    "based_on": "assessment that it follows",
    "last_changed": "date of the last change",
    "action_count": "number of actions",
    "most_on_one_date": "share of actions due on one date",
    "plan_actions.need": "need or risk that it answers",
    "owner_agency": "owner's agency",
    "would_change_if": "trigger for a change",
    "set_on": "date on which it was set",
    "due_on": "due date",
    "status_date": "date of its status",
    "revised_due": "new date",
    "revised_reason": "reason for the new date",
    "carried_from": "earlier action",
    "plan_review_due": "next review date of its plan",
    "times_carried": "number of times carried forward",
    "owners_named": "number of owners named",
    "words": "number of words",
    "held": "date",
    "triggered_on": "date of the event that called for it",
    "meeting": "meeting reference",
    "chair_role": "chair's role",
    "minutes": "date of the minutes",
    "distributed": "date on which the minutes were sent",
    "reconvenes": "discussion that it reconvenes",
    "reconvened_on": "date reconvened",
    "agency_code": "agency",
    "quorum_agency": "agency",
    "participants.mode": "way of taking part",
    "completed": "date completed",
    "year_ended": "return year",
    "sdqs.reason": "reason for absence",
    "reason_text": "reason in words",
    "document": "form on file",
    "attempted": "date attempted",
    "next_attempt": "date of the next attempt",
    "speaks_for": "date",
    "rise": "rise in score",
    "made": "date made",
    "placed": "date placed",
    "since": "first day on which it was not so",
    "findings.standard": "standard",
    "audited_on": "date",
    "confirmed_on": "date confirmed",
    "confirmed_by": "confirming person",
    "re_audit_of": "audit that it repeats",
    "original_due": "first due date",
    "done_on": "date done",
    "verified_by": "verifying person",
}
"""By field, or by record type and field where the same word means several things."""

CLAUSES = {
    "disabled": ("the child has a disability", "the child has no disability"),
    "born_disputed": ("the date of birth is disputed", "the date of birth is not disputed"),
    "of_school_age": ("the child is at school or nursery", "the child is not at school or nursery"),
    "matched_long_term": ("the match is for the long term", "the match is not for the long term"),
    "no_further_action": ("it led to no further action", "it led to further action"),
    "third_in_30_days": ("it is the third within 30 days", "it is not the third within 30 days"),
    "about_this_child": ("it is about this child", "it is not about this child"),
    "child_seen": ("the child was seen during it", "the child was not seen during it"),
    "from_other_authority": ("it was made by another authority", "it was not made by another authority"),
    "harm_factor": ("it found physical or sexual abuse", "it found no physical or sexual abuse"),
    "of_current_plan": ("its plan has not ended", "its plan has ended"),
    "measure_is_text": ("its measure only repeats its text", "its measure does not repeat its text"),
    "observable": (
        "its measure has a number, a frequency, a date or an observation",
        "its measure has no number, frequency, date or observation",
    ),
    "joined": ("its text joins two or more actions", "its text is of one action"),
    "in_hospital": (
        "the child was in hospital, or illness may have been fabricated",
        "the child was not in hospital, and no fabricated illness was suspected",
    ),
    "referrer_invited": ("the person who referred was invited", "the person who referred was not invited"),
    "for_two_agencies": ("one person is written down for two agencies", "nobody is written down for two agencies"),
    "late": ("it has been done since, or overtaken", "it is still open"),
    "sdq_considered": ("the SDQ score was considered", "the SDQ score was not considered"),
}
"""For a field that holds yes or no: what yes says, and what no says."""


def plain(name: str) -> str:
    """A name or code in words: without its underscores."""
    return " ".join("SDQ" if word == "sdq" else word for word in name.split("_"))


def type_of(name: str) -> RecordType:
    """The record type of a name, the child among them."""
    return CHILD if name == CHILD.name else RECORD_TYPES[name]


def title(record_type: str) -> str:
    """One record of a type: SDQ, plan action."""
    return TITLES.get(record_type, type_of(record_type).title)


def titles(record_type: str) -> str:
    """Several records of a type: SDQs, section 47 enquiries."""
    one = title(record_type)
    if record_type == CHILD.name:
        return "children"
    if one.endswith("y"):
        return f"{one[:-1]}ies"
    return f"{one}es" if one.endswith("ch") else f"{one}s"


def record_called(record_type: str, record_id: str) -> str:
    """One record as it is named in a sentence: "SDQ S1"; of a change that another record shows, that record."""
    shown_by = _shown_by(record_type, record_id)
    return shown_by or f"{title(record_type)} {record_id}"


def among_its_kind(record_type: str, record_id: str) -> str:
    """The same where the type has been said already: its id is enough, unless another record shows it."""
    return _shown_by(record_type, record_id) or record_id


def _shown_by(record_type: str, record_id: str) -> str:
    """The record from which a significant change was derived: its id is made of that type, id and part."""
    of, _, key = record_id.partition("/")
    if record_type != "changes" or of not in RECORD_TYPES or not key:
        return ""
    end = key.removesuffix("/ended")
    return f"{title(of)} {key}" if end == key else f"the end of {title(of)} {end}"


def anchor_called(anchor: str, record_type: str) -> str:
    """A record that a standard names: by that name if it says what it is ("latest SDQ"), else by its type."""
    name, what = plain(anchor), title(record_type)
    return name if what.split()[-1].casefold() in name.casefold() else what


def name_of(record_type: str, field: str) -> str:
    """A field as it is spoken of: due date, score."""
    if field.endswith("_as_typed"):
        return f"{name_of(record_type, field.removesuffix('_as_typed'))} as typed"
    called = type_of(record_type).fields[field].called
    return called or NAMES.get(f"{record_type}.{field}") or NAMES.get(field) or plain(field)


def clause(record_type: str, field: str, answer: bool = True) -> str | None:
    """What yes, or no, says of a field that holds one of them; nothing for other fields."""
    spec = type_of(record_type).fields[field]
    if spec.kind is not Kind.YES_NO:
        return None
    return (spec.clauses or CLAUSES[field])[0 if answer else 1]
