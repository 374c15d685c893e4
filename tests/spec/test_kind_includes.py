"""`in_each`: the parts of each record cover what it includes. Here: who took part in a strategy discussion."""

from typing import Any

import pytest

from qaengine.model.result import By, Evidence, Finding, Missing, Result, Why
from tests.spec.table import AS_AT, file_of, said, standard_of

QUORATE = standard_of(
    """
    - id: it
      says: Social care, police and health each took part
      in_each: discussions
      includes: quorum
      among: participants
      link: discussion
      by: agency_code
      counting: {mode: [in_person, video]}
      or_refer: {mode: written}
    """,
    quorum=["social_care", "police", "health"],
)


def part(agency: str | None, mode: str | None = "in_person", whole: str | None = "r1", **more: Any) -> dict[str, Any]:
    return {"discussion": whole, "agency_code": agency, "mode": mode, **more}


def found(*parts: dict[str, Any]) -> Finding:
    """The finding on the discussion r1."""
    file = file_of(discussions=[{"held": AS_AT}], participants=parts)
    return said(QUORATE, file).records()["r1"]


TWO = (part("social_care"), part("police", "video"))


@pytest.mark.parametrize(
    ("parts", "result", "measured"),
    [
        ((), Result.NOT_MET, 0),
        (TWO, Result.NOT_MET, 2),
        ((*TWO, part("health")), Result.MET, 3),
        ((*TWO, part("health"), part("education")), Result.MET, 3),  # one more than is asked for
        ((*TWO, part("police")), Result.NOT_MET, 2),  # the same agency twice
    ],
)
def test_how_many_of_the_set_are_covered(parts: tuple[dict[str, Any], ...], result: Result, measured: int) -> None:
    finding = found(*parts)
    assert (finding.result, finding.measured, finding.limit, finding.unit) == (result, measured, 3, "parts")
    assert finding.evidence == (Evidence("discussions", "r1", AS_AT),)
    assert (finding.due_on, finding.since, finding.late) == (None, None, False)


@pytest.mark.parametrize(
    ("third", "result"),
    [
        (part("health", "apologies"), Result.NOT_MET),
        (part("health", "written"), Result.REFER_TO_AUDITOR),  # only in a form that a person must weigh
        (part("health", None), Result.CANNOT_DECIDE),  # may have taken part
        (part(None), Result.CANNOT_DECIDE),  # may be of any agency
        (part("health", whole=None), Result.CANNOT_DECIDE),  # may belong to this discussion
        (part("health", contradictory=["agency_code"]), Result.CANNOT_DECIDE),
        ({"discussion": "r1", "mode": "video"}, Result.CANNOT_DECIDE),
        (part("health", whole="r2"), Result.NOT_MET),  # of another discussion
        (part("education", None), Result.NOT_MET),  # whoever it was, it was not health
    ],
)
def test_the_part_that_would_make_it_whole(third: dict[str, Any], result: Result) -> None:
    assert found(*TWO, third).result is result


@pytest.mark.parametrize(
    ("parts", "result"),
    [
        ((part("health", "written"), part(None)), Result.CANNOT_DECIDE),  # it may be health in full
        ((part("health", "written"), part("health")), Result.MET),
        ((part("health", "written"), part("police", "written")), Result.REFER_TO_AUDITOR),
        ((part("health", "written"), part("police", "apologies")), Result.NOT_MET),
    ],
)
def test_a_form_to_weigh_beside_other_doubts(parts: tuple[dict[str, Any], ...], result: Result) -> None:
    others = TWO if len(parts) and parts[1]["agency_code"] in (None, "health") else TWO[:1]
    assert found(*others, *parts).result is result


def test_what_leaves_it_undecided_is_named() -> None:
    assert found(*TWO, part(None)).missing == (Missing("participants", "agency_code", Why.LEFT_BLANK),)
    assert found(*TWO, part("health", None)).missing == (Missing("participants", "mode", Why.LEFT_BLANK),)
    assert found(*TWO, part("health", None, None)).missing == (
        Missing("participants", "discussion", Why.LEFT_BLANK),
        Missing("participants", "mode", Why.LEFT_BLANK),
    )


def test_parts_or_wholes_that_the_source_does_not_carry() -> None:
    without_parts = said(QUORATE, file_of(discussions=[{"held": AS_AT}]))
    assert without_parts.results() == {"r1": Result.CANNOT_DECIDE}
    assert without_parts.check().missing == (Missing("participants", "", Why.NOT_CARRIED),)
    assert said(QUORATE, file_of(participants=[])).check().missing == (Missing("discussions", "", Why.NOT_CARRIED),)
    assert said(QUORATE, file_of(discussions=[])).check().result is Result.NOT_APPLICABLE


def test_each_whole_has_parts_of_its_own() -> None:
    health = [part("health", whole="r1"), *(part(agency, whole="r2") for agency in ("social_care", "police"))]
    told = said(QUORATE, file_of(discussions=[{"held": AS_AT}] * 3, participants=[*TWO, *health]))
    assert told.results() == {"r1": Result.MET, "r2": Result.NOT_MET, "r3": Result.NOT_MET}
    assert (told.check().measured, told.check().limit, told.check().unit) == (1, 3, "records")
    assert told.check().evidence == (Evidence("discussions", "r2", AS_AT),)


POINTS = standard_of(
    "- {id: it, says: Education took no part, only_refers: true, in_each: discussions, where: {mode: meeting}, "
    "includes: schools, among: participants, link: discussion, by: agency_code}",
    schools=["education"],
)


@pytest.mark.parametrize(
    ("mode", "parts", "expected"),
    [
        ("meeting", [part("police")], Result.REFER_TO_AUDITOR),
        ("meeting", [part("education")], Result.NOT_APPLICABLE),
        ("phone", [], Result.NOT_APPLICABLE),  # not in scope
        (None, [part("education")], Result.CANNOT_DECIDE),
    ],
)
def test_by_a_reader_it_only_points(mode: str | None, parts: list[dict[str, Any]], expected: Result) -> None:
    told = said(POINTS, file_of(discussions=[{"held": AS_AT, "mode": mode}], participants=parts))
    assert (told.check().by, told.check().result) == (By.READER, expected)
