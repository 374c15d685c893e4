"""The catalogue: every record type that a case file can hold. See `record.py` for what the fields mean."""

from qaengine.model.record import RecordType
from qaengine.model.records import assessing, auditing, child, evaluating, looked_after, protecting

CHILD = RecordType("child", child.Child, "child", ("opened_on",), one_per_child=True)
FINDINGS = RecordType("findings", evaluating.StandardNotMet, "finding", ("since",), worked_out=True)

RECORD_TYPES: dict[str, RecordType] = {
    record_type.name: record_type
    for record_type in (
        RecordType("referrals", child.Referral, "referral", ("received",)),
        RecordType("changes", child.Change, "significant change", ("happened",)),
        RecordType("missing_episodes", child.Missing, "missing episode", ("started",)),
        RecordType("decisions", child.Decision, "management decision", ("decided",)),
        RecordType("assessments", assessing.Assessment, "assessment", ("started",)),
        RecordType("plans", assessing.Plan, "plan", ("started",)),
        RecordType("plan_actions", assessing.PlanAction, "plan action", ("set_on",), belongs_to=("plan", "plans")),
        RecordType("discussions", protecting.Discussion, "strategy discussion", ("held",)),
        RecordType("participants", protecting.Participant, "participant", belongs_to=("discussion", "discussions")),
        RecordType(
            "discussion_actions",
            protecting.DiscussionAction,
            "action of a strategy discussion",
            belongs_to=("discussion", "discussions"),
        ),
        RecordType("section47s", protecting.Section47, "section 47 enquiry", ("started",)),
        RecordType("episodes", looked_after.Episode, "care episode", ("started",)),
        RecordType("sdqs", looked_after.Sdq, "SDQ", ("completed", "year_ended")),
        RecordType("support_referrals", looked_after.SupportReferral, "support referral", ("made",)),
        RecordType("health_checks", looked_after.HealthCheck, "health check", ("held",)),
        RecordType("reviews", looked_after.Review, "review", ("held",)),
        RecordType("adoption_placements", looked_after.AdoptionPlacement, "adoption placement", ("placed",)),
        RecordType("audits", auditing.Audit, "audit", ("audited_on",)),
        RecordType("audit_actions", auditing.AuditAction, "audit action", belongs_to=("audit", "audits")),
        FINDINGS,
    )
}
"""By plural name. `dated` is the date that says when a record came to be; a record dated after the as-at date does
not exist yet. A type with no date of its own belongs to another record and comes and goes with it."""
