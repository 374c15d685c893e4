"""Drawing: tickets, exclusions, strata, replacements and rounds."""

import hashlib
import json
from datetime import date

import pytest

from qaengine.model.problem import ExitCode, InputError
from qaengine.sample import Count, Draw, Each, Everyone, Frame, FrameChild, draw, parse_size, tickets

AS_AT = date(2019, 9, 30)
TEAMS = {"North": 5, "South": 3, "West": 1}


def frame(**audited: date) -> Frame:
    """North has children N1 to N5, South S1 to S3, West W1."""
    return Frame(
        AS_AT,
        (
            FrameChild(f"{team[0]}{i}", {"team": team}, audited.get(f"{team[0]}{i}"))
            for team, size in TEAMS.items()
            for i in range(1, size + 1)
        ),
    )


def references(drawn: Draw) -> list[str]:
    return [child.child_id for child in drawn.children]


def test_a_ticket_is_the_sha256_of_seed_separator_and_reference() -> None:
    code = "777ea64a362d3bd617b275600f415bb468a9711a7950050f4795ac9a213a1e93"
    assert hashlib.sha256(b"2019-Q3\x1fCH-0412").hexdigest() == code
    assert tickets("2019-Q3", ["CH-0412"])[0].digest == code


def test_a_draw_is_the_first_tickets_and_numbers_them_over_the_whole_frame() -> None:
    everyone = tickets("s", [child.child_id for child in frame().children])
    drawn = draw(frame(), seed="s", size=Count(3))
    assert [(child.ticket, child.child_id) for child in drawn.children] == [
        (t.number, t.child_id) for t in everyone[:3]
    ]
    first = everyone[0].child_id
    without = draw(frame(), seed="s", size=Count(3), excluded={first: "closed"})
    assert [child.ticket for child in without.children] == [2, 3, 4]


@pytest.mark.parametrize(
    ("audited", "left_out"), [(date(2018, 9, 29), False), (date(2018, 9, 30), True), (date(2018, 10, 1), True)]
)
def test_a_child_audited_on_or_after_the_date_is_left_out(audited: date, left_out: bool) -> None:
    drawn = draw(frame(N1=audited), seed="s", size=Everyone(), audited_on_or_after=date(2018, 9, 30))
    assert ("N1" not in references(drawn)) is left_out
    assert drawn.excluded_by_reason == ({"audited on or after 2018-09-30": 1} if left_out else {})
    assert (drawn.frame_size, drawn.population) == (9, 8 if left_out else 9)


def test_a_reason_that_a_person_gave_goes_before_a_recent_audit() -> None:
    drawn = draw(
        frame(N1=AS_AT),
        seed="s",
        size=Everyone(),
        excluded={"N1": "sibling audited", "S1": "sealed"},
        audited_on_or_after=date(2019, 1, 1),
    )
    assert drawn.excluded_by_reason == {"sealed": 1, "sibling audited": 1}


def test_everything_wrong_with_a_request_is_said_at_once() -> None:
    with pytest.raises(InputError) as error:
        draw(frame(), seed=" ", size=Each(2, "worker"), stratify="teem", excluded={"N9": "closed", "N1": " "})
    text = str(error.value)
    assert error.value.exit_code == ExitCode.USAGE
    assert len(error.value.problems) == 5
    for part in (
        "seed: cannot be used",
        "no such attribute; found teem",
        "did you mean team?",
        "2 per worker",
        "child is not in the frame; found 'N9'",
        "no reason given for leaving out 'N1'",
    ):
        assert part in text


def test_nobody_left_to_draw_is_an_error_with_the_numbers() -> None:
    with pytest.raises(InputError, match="nobody to draw: 9 in the frame, 9 left out"):
        draw(frame(), seed="s", size=Count(1), excluded={child.child_id: "closed" for child in frame().children})


def test_strata_share_the_draw_and_a_stratum_left_out_is_still_shown() -> None:
    drawn = draw(frame(), seed="s", size=Count(4), stratify="team", excluded={"W1": "closed"})
    assert [(s.name, s.population, len(s.drawn)) for s in drawn.strata] == [
        ("North", 5, 3),
        ("South", 3, 1),
        ("West", 0, 0),
    ]
    assert [child.ticket for child in drawn.children] == sorted(child.ticket for child in drawn.children)


def test_a_quota_a_team_stratifies_by_team_and_says_how_many_it_is_short() -> None:
    drawn = draw(frame(), seed="s", size=parse_size("2 per team"))
    assert drawn.stratified_by == "team"
    assert [len(s.drawn) for s in drawn.strata] == [2, 2, 1]
    assert drawn.short == 1


@pytest.mark.parametrize(("asked", "short"), [(8, 0), (9, 0), (10, 1)])
def test_asking_for_more_than_there_are_draws_all_and_says_so(asked: int, short: int) -> None:
    drawn = draw(frame(), seed="s", size=Count(asked))
    assert (len(drawn.children), drawn.short) == (min(asked, 9), short)


def test_a_blank_attribute_is_a_stratum_of_its_own() -> None:
    blank = Frame(AS_AT, [FrameChild("A", {"team": " "}), FrameChild("B", {"team": "North"}), FrameChild("C")])
    drawn = draw(blank, seed="s", size=Everyone(), stratify="team")
    assert [(s.name, s.population) for s in drawn.strata] == [("North", 1), ("not recorded", 2)]


def test_a_replacement_is_the_next_ticket_of_the_stratum_and_is_logged() -> None:
    before = draw(frame(), seed="s", size=Count(4), stratify="team")
    north = before.strata[0]
    out, comes_in = north.drawn[0], north.reserves[0]
    after = before.replace(out.child_id, " closed in August ", by="QA-1")
    line = after.replacements[0]
    assert (line.child_id, line.ticket, line.replaced_by, line.next_ticket) == (
        out.child_id,
        out.number,
        comes_in.child_id,
        comes_in.number,
    )
    assert (line.reason, line.by, line.stratum) == ("closed in August", "QA-1", "North")
    assert set(references(after)) == set(references(before)) - {out.child_id} | {comes_in.child_id}
    assert next(c.replaces for c in after.children if c.child_id == comes_in.child_id) == out.child_id
    assert not before.replacements, "the first draw is unchanged, so going back to it is the undo"


def test_replacing_is_refused_without_a_reason_a_drawn_child_or_a_ticket_left() -> None:
    drawn = draw(frame(), seed="s", size=Count(9), stratify="team")
    with pytest.raises(InputError, match="no reason given for replacing 'N1'") as both:
        drawn.replace("N1", " ")
    assert "no child is left to take this place in stratum 'North'" in str(both.value)
    with pytest.raises(InputError, match=r"child is not in the draw; found 'N11'; did you mean N1\?"):
        drawn.replace("N11", "closed")


def test_a_replaced_child_cannot_be_replaced_again_or_come_back() -> None:
    drawn = draw(frame(), seed="s", size=Count(2))
    first = references(drawn)[0]
    once = drawn.replace(first, "closed")
    with pytest.raises(InputError, match="child is not in the draw"):
        once.replace(first, "closed")
    assert first not in references(once.next_round(Everyone()))


def test_the_next_round_is_the_next_slice_until_nobody_is_left() -> None:
    order = [t.child_id for t in tickets("s", [child.child_id for child in frame().children])]
    first = draw(frame(), seed="s", size=Count(4))
    first = first.replace(order[0], "closed")
    assert sorted(references(first)) == sorted(order[1:5])
    second = first.next_round(Count(3))
    assert references(second) == order[5:8]
    assert (second.round, second.replacements, second.population) == (2, (), 9)
    third = second.next_round(Count(3))
    assert (references(third), third.short) == (order[8:], 2)
    with pytest.raises(InputError, match="every child has been drawn"):
        third.next_round(Count(1))


def test_a_next_round_keeps_the_strata() -> None:
    first = draw(frame(), seed="s", size=Each(1, "team"))
    assert [len(s.drawn) for s in first.next_round(Each(1, "team")).strata] == [1, 1, 0]
    with pytest.raises(InputError, match="expected per team"):
        first.next_round(Each(1, "worker"))


def test_a_draw_goes_to_json_with_what_a_replay_needs() -> None:
    drawn = draw(frame(), seed="2019-Q3", size=Each(1, "team"), excluded={"N1": "closed"})
    drawn = drawn.replace(drawn.strata[1].drawn[0].child_id, "duplicate record")
    told = json.loads(json.dumps(drawn.to_dict()))
    assert told["seed"] == "2019-Q3"
    assert told["as_at"] == "2019-09-30"
    assert told["frame_sha256"] == frame().sha256()
    assert (told["frame_size"], told["population"], told["drawn"], told["size"]) == (9, 8, 3, "1 per team")
    assert told["excluded"] == {"by_reason": {"closed": 1}, "children": [{"child_id": "N1", "reason": "closed"}]}
    assert [stratum["drawn"] for stratum in told["strata"]] == [1, 1, 1]
    assert told["strata"][0]["reserves"][0]["child_id"] == drawn.strata[0].reserves[0].child_id
    assert [child["child_id"] for child in told["children"]] == references(drawn)
    assert told["replacements"][0]["reason"] == "duplicate record"
