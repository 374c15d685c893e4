"""The frame and its conditions."""

import hashlib
from datetime import date

import pytest

from qaengine.model.problem import ExitCode, InputError
from qaengine.sample import Frame, FrameChild, Where, narrow, parse_where

AS_AT = date(2019, 9, 30)
CHILDREN = (
    FrameChild("CH-2", {"status": "cla", "team": "North"}, date(2019, 9, 30)),
    FrameChild("CH-1", {"status": "cin", "team": None}),
    FrameChild("CH-3", {"status": "cpp", "team": "South"}),
)


def test_the_frame_is_kept_as_text_whose_sha256_is_its_hash() -> None:
    frame = Frame(AS_AT, CHILDREN)
    assert frame.text() == (
        '["as at","2019-09-30"]\n'
        '["CH-1",null,[["status","cin"],["team",null]]]\n'
        '["CH-2","2019-09-30",[["status","cla"],["team","North"]]]\n'
        '["CH-3",null,[["status","cpp"],["team","South"]]]\n'
    )
    assert frame.sha256() == hashlib.sha256(frame.text().encode()).hexdigest()


def test_the_hash_knows_nothing_of_order_and_everything_of_content() -> None:
    frame = Frame(AS_AT, CHILDREN)
    assert Frame(AS_AT, reversed(CHILDREN)).sha256() == frame.sha256()
    others = [
        Frame(date(2019, 9, 30), CHILDREN[:2]),
        Frame(date(2019, 10, 1), CHILDREN),
        Frame(AS_AT, [*CHILDREN[:2], FrameChild("CH-3", {"status": "cpp", "team": "North"})]),
        Frame(AS_AT, [*CHILDREN[:2], FrameChild("CH-3", {"status": "cpp", "team": "South"}, AS_AT)]),
    ]
    assert len({frame.sha256(), *(other.sha256() for other in others)}) == 5


def test_every_bad_child_is_listed_at_once() -> None:
    with pytest.raises(InputError) as error:
        Frame(
            AS_AT,
            [
                FrameChild("A"),
                FrameChild("A"),
                FrameChild(""),
                FrameChild("B\x1f"),
                FrameChild(" C"),
                FrameChild("D", {}, date(2019, 10, 1)),
            ],
        )
    assert error.value.exit_code == ExitCode.CASE_DATA
    text = str(error.value)
    assert "child 'A' is in the frame 2 times" in text
    assert text.count("cannot be used") == 3
    assert "child 'D' was audited after the as-at date; found 2019-10-01; expected up to 2019-09-30" in text


def test_conditions_of_one_attribute_mean_either_and_of_two_mean_both() -> None:
    frame = Frame(AS_AT, CHILDREN)

    def found(*texts: str) -> list[str]:
        return [child.child_id for child in narrow(frame, [parse_where(text) for text in texts]).children]

    assert found() == ["CH-1", "CH-2", "CH-3"]
    assert found("status=cla", "status=cpp") == ["CH-2", "CH-3"]
    assert found("status=cla", "team=South") == []
    assert found(" team = not recorded ") == ["CH-1"]


def test_unknown_attributes_and_values_are_named_with_what_is_known() -> None:
    with pytest.raises(InputError) as error:
        narrow(Frame(AS_AT, CHILDREN), [Where("statsu", "cla"), Where("status", "clas"), Where("team", "East")])
    assert error.value.exit_code == ExitCode.USAGE
    assert str(error.value).splitlines() == [
        "where: no child has this status; found clas; expected one of cin, cla, cpp; did you mean cla?",
        "where: no child has this team; found East; expected one of North, South, not recorded",
        "where: no such attribute; found statsu; expected one of status, team; did you mean status?",
    ]


def test_a_long_list_of_known_values_is_cut() -> None:
    frame = Frame(AS_AT, [FrameChild(f"CH-{i}", {"worker": f"SW-{i:02}"}) for i in range(13)])
    with pytest.raises(InputError, match="SW-11 and 1 more"):
        narrow(frame, [Where("worker", "nobody")])


def test_a_frame_without_attributes_says_so() -> None:
    with pytest.raises(InputError, match="expected none: the frame carries no attributes"):
        narrow(Frame(AS_AT, [FrameChild("A")]), [Where("team", "North")])


@pytest.mark.parametrize("text", ["", "status", "=cla", "status=", " = "])
def test_what_is_not_a_condition_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected attribute=value"):
        parse_where(text)
