"""Invented reports, small enough to read: what the tests of the PDFs are drawn from. No real child is in them."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from qaengine.model.result import Evidence, Missing, Result, Why
from qaengine.report.views import (
    ActionLine,
    Annex,
    AuditedChild,
    Ceiling,
    Confirmed,
    Counts,
    DipSampleView,
    Estimate,
    Excluded,
    FindingLine,
    Grade,
    GradeCount,
    InputFile,
    Interval,
    LeadershipView,
    ManagerView,
    Origin,
    Parameter,
    Phrases,
    Programme,
    Progress,
    Provenance,
    ReAudit,
    Reply,
    ResultOf,
    SampledChild,
    Scope,
    Selection,
    StandardLine,
    Target,
    ToDo,
    Window,
)

AS_AT = date(2019, 9, 30)
SCOPE = Scope("Northshire Children’s Services", AS_AT, Window(date(2018, 10, 1), AS_AT))
SDQ = StandardLine("sdq-annual-update", "The SDQ is on file and updated every year", "major", "SDQ every year")
ANNEX = Annex(
    Provenance("0.1.0", "durable-rules 2.0.28", (InputFile("rules/judgement.yaml", "77e0" * 16),)),
    (Parameter("SDQ every year", "renew_within", "12 months", "plan 18.2", "QA lead", Origin.PROPOSED),),
    ("A score says nothing of how the child is today.",),
    Reply("the QA team", date(2019, 10, 7)),
)


def finding(result: Result, found: str = "") -> FindingLine:
    """A finding with evidence, and with a gap where there is not enough recorded."""
    gap = (Missing("sdqs", "completed_on", Why.LEFT_BLANK),) if result is Result.CANNOT_DECIDE else ()
    seen = (Evidence("sdq", "4471", date(2018, 7, 11)),)
    return FindingLine(
        SDQ.id, "in-date", result, found, seen, gap, "Obtain an SDQ", "social worker", date(2019, 10, 28)
    )


def sampled(counts: Counts) -> tuple[SampledChild, ...]:
    """Children CH-0001 onwards, with these results in the order of the enum."""
    results = [result for result in Result for _ in range(counts.of(result))]
    return tuple(
        SampledChild(f"CH-{at:04d}", result, (finding(result, "what was found"),))
        for at, result in enumerate(results, start=1)
    )


def dip_sample(
    counts: Counts, bounds: Interval | None, frame: int = 318, excluded: int = 11, census: bool = False
) -> DipSampleView:
    """A dip sample of looked-after children with these counts."""
    children = sampled(counts)
    out = (Excluded("audited in the last 12 months", excluded),) if excluded else ()
    chosen = Selection(
        "looked-after children",
        frame + excluded,
        frame,
        "Simple random draw.",
        tuple(child.child for child in children),
        seed="2019-Q3",
        frame_hash="e3b0c44298fc" + "0" * 52,
        excluded=out,
        census=census,
    )
    return DipSampleView(
        SCOPE,
        SDQ,
        chosen,
        children,
        Estimate(bounds, bounds),
        ANNEX,
        phrases=Phrases("have an SDQ from the last 12 months", "has an SDQ from the last 12 months"),
        target=Target(1.0, "all", date(2019, 12, 31)),
        do=(ToDo("workers of the 8", "Obtain one from the main carer", date(2019, 10, 28)),),
    )


TYPICAL = dip_sample(Counts(met=19, not_met=8, cannot_decide=3), Interval(0.45, 0.87))


def audited(child: str, result: Result, confirmed: bool = True) -> AuditedChild:
    """An audit of one child against the one standard."""
    grade = Confirmed(Grade.GOOD, "the audit lead", AS_AT) if confirmed else None
    found = (finding(result, "what was found"),) if result is not Result.MET else ()
    ceiling = Ceiling(Grade.REQUIRES_IMPROVEMENT, ("two open majors",), ("two-majors",))
    return AuditedChild(child, AS_AT, (ResultOf(SDQ.id, result),), ceiling, confirmed=grade, findings=found)


def action(needed: str = "new SDQ", due: date = date(2019, 10, 28), urgent: bool = False) -> ActionLine:
    return ActionLine(("CH-0002",), "SDQ 11 Jul 2018", needed, "worker", due, urgent)


def manager(
    audits: Sequence[AuditedChild],
    actions: tuple[ActionLine, ...] = (),
    lead_strength: str = "",
    standards: tuple[StandardLine, ...] = (SDQ,),
) -> ManagerView:
    refs = tuple(audit.child for audit in audits)
    chosen = Selection("open cases", 1000, 1000, "Two files for each manager.", refs)
    return ManagerView(
        SCOPE, "Through Care 2", standards, tuple(audits), chosen, ANNEX, actions, lead_strength=lead_strength
    )


TEAM = manager(
    [audited("CH-0001", Result.MET), audited("CH-0002", Result.NOT_MET)],
    (action(), action("reconvene", date(2019, 10, 1), urgent=True)),
    "6 of 7 strategy discussions had all three agencies",
)


def re_audit(child: str, due: date, second: Grade | None = None, first: Grade = Grade.REQUIRES_IMPROVEMENT) -> ReAudit:
    """A line of the re-audit list; with a second grade, done on its due date."""
    done = due if second else None
    return ReAudit(
        child, "Through Care 1", first, date(2019, 5, 20), due, Progress.SAME, "head of service", (SDQ.title,),
        done_on=done, second_grade=second,
    )  # fmt: skip


def leadership(lines: Sequence[ReAudit]) -> LeadershipView:
    grades = (GradeCount(Grade.GOOD, 24, 20), GradeCount(Grade.INADEQUATE, 17, 19))
    programme = Programme(48, 41, grades, moderated=9, grade_changed=2, chosen_for_risk=12)
    decide = (ToDo("heads of service", "Complete the three", date(2019, 10, 14)),)
    return LeadershipView(SCOPE, programme, tuple(lines), ANNEX, decide)


RE_AUDITS = leadership(
    [
        *(re_audit(f"CH-031{at}", date(2019, 8, 1), Grade.GOOD) for at in range(4)),
        re_audit("CH-0320", date(2019, 9, 1), Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE),
        re_audit("CH-0327", date(2019, 9, 9), Grade.REQUIRES_IMPROVEMENT),
        re_audit("CH-0401", date(2019, 8, 30)),
        re_audit("CH-0402", date(2019, 9, 18)),
        re_audit("CH-0403", date(2019, 9, 25)),
    ]
)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def page_text(pdf: bytes, page: int) -> str:
    """The text of a page, counted from 1, with every run of white space as one space."""
    return " ".join(reader(pdf).pages[page - 1].extract_text().split())
