"""What an assessment says, and what was decided at the end of it."""

from datetime import date

from qaengine.model.calendar import working_days_between
from simulator.days import after
from simulator.life import Life, Record, dated, day_of, fill

DECIDED = {"cin": "child_in_need", "cp": "child_protection", "care": "looked_after", "pathway": "looked_after"}


def assessments(life: Life) -> None:
    for started, assessment in dated(life.of("assessments"), "started"):
        fill(assessment, referral=_answers(life, started, assessment))
        _midway(life, started, assessment)
        if day_of(assessment, "authorised"):
            _says(life, assessment)
        else:
            _blank(assessment)


def _answers(life: Life, started: date, assessment: Record) -> str | None:
    """The referral that it answers: the last before it, where it is the first assessment of that episode."""
    before = [referral for received, referral in dated(life.of("referrals"), "received") if received <= started]
    return str(before[-1]["id"]) if before and assessment["kind"] in ("child_and_family", "pre_birth") else None


def _midway(life: Life, started: date, assessment: Record) -> None:
    key, authorised = str(assessment["id"]), day_of(assessment, "authorised")
    look = after(started, life.dial.days(f"midway {key}", 8, 13) if life.dial.kept(f"midway review {key}") else 24)
    by = authorised or life.as_at
    took = working_days_between(started, by)
    late = took > 45 and life.dial.kept(f"reason for lateness {key}")
    fill(
        assessment,
        reviewed_midway=look if look <= by else None,
        late_reason=life.words.say("late_reason", key) if late else None,
    )


def _says(life: Life, assessment: Record) -> None:
    key, dial = str(assessment["id"]), life.dial
    day = day_of(assessment, "authorised") or life.as_at
    alone = dial.kept(f"seen alone {key}") and life.age(day) >= 4
    factors = str(assessment.get("factors") or "")
    decision = assessment.setdefault("decision", _followed(life, assessment))
    ends = decision in ("no_further_action", "early_help")
    fill(
        assessment,
        seen_alone=alone,
        alone_reason=None if alone or not dial.kept(f"reason not alone {key}") else life.say("alone_reason", key, day),
        child_views=life.say("child_views", key, day) if dial.kept(f"child's views {key}") else None,
        parents_views=life.say("parents_views", key, day) if dial.kept(f"parents' views {key}") else None,
        own_section=dial.kept(f"own section {key}"),
        impact=life.say("factor_impact", key, day) if dial.kept(f"impact in assessment {key}") else None,
        neglect_tool=f"NT-{key}" if "16A" in factors and dial.kept(f"neglect tool {key}") else None,
        decision_reason=_reason(life, key, str(decision), day),
        early_help=dial.pick(f"early help {key}", ("offered", "declined"))
        if ends and dial.kept(f"early help {key}")
        else None,
    )


def _reason(life: Life, key: str, decision: str, day: date) -> str | None:
    if not life.dial.kept(f"reason for decision {key}"):
        return None
    what = f"decision_{decision}" if decision in DECIDED.values() else "no_further_action_reason"
    return life.say(what, key, day)


def _followed(life: Life, assessment: Record) -> str:
    """What was decided, as the plans that follow show."""
    authorised = day_of(assessment, "authorised")
    plans = [(day_of(plan, "ended") or life.as_at, plan) for _, plan in dated(life.of("plans"), "started")]
    later = [plan for ended, plan in plans if authorised and ended >= authorised]
    return DECIDED[str(later[-1]["kind"])] if later else "no_further_action"


def _blank(assessment: Record) -> None:
    fill(
        assessment,
        seen_alone=None,
        alone_reason=None,
        child_views=None,
        parents_views=None,
        own_section=None,
        impact=None,
        neglect_tool=None,
        decision=None,
        decision_reason=None,
        early_help=None,
    )
