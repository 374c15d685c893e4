"""Audits already made of the child's file, and their actions."""

from datetime import date
from typing import Literal

from qaengine.model.record import Record, Ref, Text, field


class Audit(Record):
    """An audit of this child's file by a person."""

    audited_on: date | None = field("the day of the audit")
    auditor: Ref | None = field("reference of the auditor", ref=True)
    grade: Literal["outstanding", "good", "requires_improvement", "inadequate"] | None = field("the grade given")
    confirmed_on: date | None = field("the day the grade was confirmed", event=True)
    confirmed_by: Ref | None = field("reference of the person who confirmed it", ref=True)
    re_audit_of: Ref | None = field("the audit that it repeats", ref=True)
    standards_not_met: Text | None = field("ids of the standards not met then, divided by spaces")


class AuditAction(Record):
    """An action from an audit."""

    audit: Ref | None = field("the audit that it came from", ref=True)
    standard: Text | None = field("id of the standard that it mends")
    text: Text | None = field("what will be done")
    owner: Text | None = field("who is accountable, by role or reference")
    original_due: date | None = field("the day it was first due")
    due_on: date | None = field("the day it is due now")
    done_on: date | None = field("the day it was done", event=True)
    evidence: Text | None = field("what shows that it was done")
    verified_by: Ref | None = field("reference of the person, not the owner, who verified it", ref=True)
