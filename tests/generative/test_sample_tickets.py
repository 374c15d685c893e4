"""Properties of draws, whatever the frame and the seed."""

from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qaengine.sample import Count, Draw, Frame, FrameChild, draw

quiet = settings(derandomize=True, deadline=None, max_examples=80)
texts = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6)
references = st.lists(texts, min_size=1, max_size=25, unique=True)


def drawn(children: list[str], seed: str, n: int, excluded: dict[str, str] | None = None) -> Draw:
    frame = Frame(date(2019, 9, 30), [FrameChild(child, {"team": child[0]}) for child in children])
    return draw(frame, seed=seed, size=Count(n), excluded=excluded)


def names(result: Draw) -> list[str]:
    return [child.child_id for child in result.children]


@quiet
@given(references, texts, st.integers(1, 30), st.randoms(use_true_random=False))
def test_the_order_of_the_frame_does_not_matter(children: list[str], seed: str, n: int, random: object) -> None:
    shuffled = list(children)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawn(shuffled, seed, n) == drawn(children, seed, n)


@quiet
@given(references, texts, st.integers(1, 20), st.integers(0, 20))
def test_a_smaller_draw_is_the_beginning_of_a_larger(children: list[str], seed: str, n: int, more: int) -> None:
    small, large = names(drawn(children, seed, n)), names(drawn(children, seed, n + more))
    assert large[: len(small)] == small
    assert len(set(large)) == len(large) == min(n + more, len(children))


@quiet
@given(references, texts, st.integers(1, 20), st.data())
def test_a_child_who_leaves_changes_one_slot_if_drawn_and_none_if_not(
    children: list[str], seed: str, n: int, data: st.DataObject
) -> None:
    assume(len(children) > 1)
    gone = data.draw(st.sampled_from(children))
    before = names(drawn(children, seed, n))
    after = names(drawn([child for child in children if child != gone], seed, n))
    assert set(before) - set(after) == ({gone} if gone in before else set())
    room = gone in before and len(children) > n
    assert len(set(after) - set(before)) == int(room)
    assert after == names(drawn(children, seed, n, excluded={gone: "closed"})), "leaving out is the same as leaving"


@quiet
@given(references, texts, st.integers(1, 20), texts)
def test_a_child_who_joins_changes_at_most_one_slot(children: list[str], seed: str, n: int, new: str) -> None:
    assume(new not in children)
    before, after = names(drawn(children, seed, n)), names(drawn([*children, new], seed, n))
    assert set(after) - set(before) <= {new}
    assert len(set(before) - set(after)) <= 1


@quiet
@given(references, texts, st.integers(1, 20), st.data())
def test_replacing_draws_whom_leaving_out_would_have_drawn(
    children: list[str], seed: str, n: int, data: st.DataObject
) -> None:
    assume(len(children) > n)
    first = drawn(children, seed, n)
    result, out = first, list[str]()
    for _ in range(min(3, len(children) - n)):
        out.append(data.draw(st.sampled_from(names(result))))
        result = result.replace(out[-1], "closed")
    assert names(result) == names(drawn(children, seed, n, excluded=dict.fromkeys(out, "closed")))
    assert [line.child_id for line in result.replacements] == out
    tickets = [line.next_ticket for line in result.replacements]
    assert tickets == sorted(set(tickets)), "each replacement is a later ticket, so nobody comes up twice"


@quiet
@given(references, texts, st.integers(1, 5))
def test_rounds_draw_everyone_once(children: list[str], seed: str, n: int) -> None:
    result = drawn(children, seed, n)
    everyone = names(result)
    while any(stratum.reserves for stratum in result.strata):
        result = result.next_round(Count(n))
        everyone += names(result)
    assert everyone == names(drawn(children, seed, len(children)))
