"""The catalogue: every record type that a case file can hold. See `record.py` for what the fields mean."""

from qaengine.model.record import RecordType
from qaengine.model.records import (
    assessing,
    auditing,
    child,
    evaluating,
    front_door,
    leaving,
    legal,
    looked_after,
    managing,
    meetings,
    permanence,
    protecting,
)

CHILD = RecordType("child", child.Child, "child", ("opened_on",), one_per_child=True)
FINDINGS = RecordType("findings", evaluating.StandardNotMet, "finding", ("since",), worked_out=True)

_OF_DISCUSSION = ("discussion", "discussions")

RECORD_TYPES: dict[str, RecordType] = {
    record_type.name: record_type
    for record_type in (
        # the front door
        RecordType("contacts", front_door.Contact, "contact", ("received",)),
        RecordType("consents", front_door.Consent, "consent", ("recorded_on",)),
        RecordType("referrals", front_door.Referral, "referral", ("received",)),
        RecordType(
            "agency_checks", front_door.AgencyCheck, "agency check", ("asked",), belongs_to=("referral", "referrals")
        ),
        # the child's path
        RecordType("changes", child.Change, "significant change", ("happened",)),
        RecordType("missing_episodes", child.Missing, "missing episode", ("started",)),
        RecordType("private_fosterings", leaving.PrivateFostering, "private fostering arrangement", ("notified",)),
        # assessing and planning
        RecordType("assessments", assessing.Assessment, "assessment", ("started",)),
        RecordType("plans", assessing.Plan, "plan", ("started",)),
        RecordType("plan_actions", assessing.PlanAction, "plan action", ("set_on",), belongs_to=("plan", "plans")),
        # protecting
        RecordType("discussions", protecting.Discussion, "strategy discussion", ("held",)),
        RecordType("participants", protecting.Participant, "participant", belongs_to=_OF_DISCUSSION),
        RecordType(
            "discussion_actions",
            protecting.DiscussionAction,
            "action of a strategy discussion",
            belongs_to=_OF_DISCUSSION,
        ),
        RecordType("section47s", protecting.Section47, "section 47 enquiry", ("started",)),
        RecordType("conferences", protecting.Conference, "child protection conference", ("held",)),
        RecordType("core_groups", protecting.CoreGroup, "core group", ("held",)),
        # seeing the child and going over the plan
        RecordType("visits", meetings.Visit, "visit", ("held",)),
        RecordType("reviews", meetings.Review, "review", ("held",)),
        RecordType("chair_contacts", meetings.ChairContact, "chair's contact", ("held",)),
        RecordType("senior_reviews", meetings.SeniorReview, "senior review", ("held",)),
        RecordType("advocacy_offers", meetings.AdvocacyOffer, "advocacy offer", ("offered",)),
        # before and in court
        RecordType("legal_cases", legal.LegalCase, "legal case", ("opened",)),
        RecordType(
            "legal_extensions",
            legal.LegalExtension,
            "time extension",
            ("granted",),
            belongs_to=("legal_case", "legal_cases"),
        ),
        RecordType("family_meetings", legal.FamilyMeeting, "family group conference", ("referred",)),
        # care
        RecordType("episodes", looked_after.Episode, "care episode", ("started",)),
        RecordType("placements", looked_after.Placement, "placement", ("started",)),
        RecordType("sdqs", looked_after.Sdq, "SDQ", ("completed", "year_ended")),
        RecordType("support_referrals", looked_after.SupportReferral, "support referral", ("made",)),
        RecordType("health_checks", looked_after.HealthCheck, "health check", ("held",)),
        RecordType("immunisations", looked_after.Immunisation, "immunisation check", ("checked",)),
        RecordType("health_plans", looked_after.HealthPlan, "health plan", ("filed",)),
        RecordType("peps", looked_after.Pep, "personal education plan", ("held",)),
        # permanence
        RecordType("permanence_decisions", permanence.PermanenceDecision, "permanence decision", ("agreed",)),
        RecordType("matches", permanence.Match, "long-term match", ("decided",)),
        RecordType("life_stories", permanence.LifeStory, "life story", ("started",)),
        RecordType("adoption_plans", permanence.AdoptionPlan, "adoption plan", ("decided",)),
        RecordType("adoption_placements", permanence.AdoptionPlacement, "adoption placement", ("placed",)),
        RecordType("guardianship_orders", permanence.GuardianshipOrder, "special guardianship order", ("made",)),
        RecordType("disruptions", permanence.Disruption, "breakdown", ("broke_down",)),
        # leaving care
        RecordType("adviser_contacts", leaving.AdviserContact, "adviser's contact", ("held",)),
        RecordType("health_summaries", leaving.HealthSummary, "health summary", ("completed",)),
        # management grip and recording
        RecordType("decisions", managing.Decision, "management decision", ("decided",)),
        RecordType("supervisions", managing.Supervision, "supervision", ("held",)),
        RecordType("chronologies", managing.Chronology, "chronology", ("started",)),
        RecordType("chronology_entries", managing.ChronologyEntry, "chronology entry", ("entered",)),
        RecordType("case_notes", managing.CaseNote, "case note", ("recorded_on",)),
        RecordType("documents", managing.Document, "document", ("filed",)),
        RecordType("alerts", managing.Alert, "alert", ("raised",)),
        # audits
        RecordType("audits", auditing.Audit, "audit", ("audited_on",)),
        RecordType("audit_actions", auditing.AuditAction, "audit action", belongs_to=("audit", "audits")),
        FINDINGS,
    )
}
"""By plural name. `dated` is the date that says when a record came to be; a record dated after the as-at date does
not exist yet. A type with no date of its own belongs to another record and comes and goes with it."""
