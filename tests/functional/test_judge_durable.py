"""The faults of durable-rules 2.0.28, shown on the library itself, and how the judge lives with each.

Where a test of the library itself begins to disagree, a new release has changed: `docs/judgement.md` and
`judge/durable.py` are then read again.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from qaengine.judge.chain import Compare, Comparison, EngineError, Fact, Pattern, Rule, Then
from qaengine.judge.judging import make_engine

library = pytest.importorskip("durable.engine")

from qaengine.judge.durable import DurableEngine  # noqa: E402  (needs the library)


class BareHost(library.Host):  # type: ignore[misc, name-defined]
    def _run(self) -> None:
        """As in the judge: no threads."""


class Bare:
    """The library with one ruleset and none of the precautions."""

    def __init__(self, *patterns: dict[str, Any], also: Callable[[Any], None] | None = None) -> None:
        self.fired: list[int] = []
        run = also or (lambda closure: self.fired.append(closure.fact0.id))
        self.host = BareHost({"bare": {f"rule{n}": {"all": [p], "run": run} for n, p in enumerate(patterns)}})

    def tell(self, number: int, **fields: Any) -> None:
        with suppress(library.MessageNotHandledException):
            self.host.assert_fact("bare", {"sid": "1", "id": number, **fields})


def seen(**fields: str | int | bool) -> Fact:
    return Fact("seen", "", tuple(fields.items()))


RULE = Rule("r", "says", (Pattern("seen", (Comparison("word", Compare.ONE_OF, ("a",)),)),), Then(conclude="c"))
CHAINED = Rule("s", "says", (Pattern("concluded"), Pattern("seen")), Then(red_flag=True))


@pytest.fixture
def engine() -> DurableEngine:
    return DurableEngine([RULE, CHAINED])


def test_it_starts_no_threads(engine: DurableEngine) -> None:
    before = threading.active_count()
    DurableEngine([RULE]).run([seen(word="a")])
    assert threading.active_count() == before


def test_a_word_is_more_than_a_number_so_that_facts_are_typed_before_they_go_in() -> None:
    bare = Bare({"fact0": {"$gt": {"n": 10}}}, {"fact0": {"n": 1}})
    bare.tell(1, n="abc")
    bare.tell(2, n=True)
    assert bare.fired == [1, 2]
    with pytest.raises(TypeError, match="compared as a number"):
        Comparison("n", Compare.AT_LEAST, (10,)).holds({"n": "abc"})


def test_absence_depends_on_the_order_so_that_it_is_a_tally_of_none() -> None:
    def fired(*order: str) -> list[str]:
        found: list[str] = []
        rule = {"all": [{"a": {"kind": "a"}}, {"b$not": {"kind": "b"}}], "run": lambda _: found.append("fired")}
        host = BareHost({"absence": {"rule": rule}})
        for number, kind in enumerate(order):
            with suppress(library.MessageNotHandledException):
                host.assert_fact("absence", {"sid": "1", "id": number, "kind": kind})
        return found

    assert fired("a", "b") == ["fired"]
    assert fired("b", "a") == []
    assert not any(name.startswith("NO") for name in Compare.__members__)


def test_a_batch_stops_at_its_first_unmatched_fact_so_that_facts_go_in_one_at_a_time(engine: DurableEngine) -> None:
    bare = Bare({"fact0": {"kind": "seen"}})
    with pytest.raises(library.MessageNotHandledException):
        bare.host.assert_facts("bare", [{"sid": "1", "id": 1, "kind": "x"}, {"sid": "1", "id": 2, "kind": "seen"}])
    assert bare.fired == []
    assert len(engine.run([seen(word="b"), seen(word="a")])) == 3


def test_an_exception_is_swallowed_so_that_the_state_is_looked_at_after_every_fact(engine: DurableEngine) -> None:
    def stumble(_closure: Any) -> None:
        raise ArithmeticError("stumbled")

    bare = Bare({"fact0": {"kind": "seen"}}, also=stumble)
    bare.tell(1, kind="seen")
    assert "stumbled" in bare.host.get_state("bare", "1")["exception"]

    class Stumbling(list[Any]):
        def append(self, item: Any) -> None:
            raise ArithmeticError("stumbled")

    engine._fired = Stumbling()
    with pytest.raises(EngineError, match="hid an exception: exception caught stumbled"):
        engine.run([seen(word="a")])
    with pytest.raises(EngineError, match="not used again"):
        engine.run([seen(word="a")])


def test_a_fact_without_a_receipt_stops_the_run(engine: DurableEngine) -> None:
    class Forgetful(list[Any]):
        def append(self, item: Any) -> None:
            if item[0] != "receipt":
                super().append(item)

    engine._fired = Forgetful()
    with pytest.raises(EngineError, match="no receipt for Fact"):
        engine.run([seen(word="a")])


def test_a_jump_of_the_clock_loses_findings_so_that_time_stands_still(
    engine: DurableEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 10_000, 11))
    monkeypatch.setattr(library, "_unix_now", lambda: next(clock))
    bare = Bare(*[{"fact0": {"kind": "seen"}}] * 3)
    bare.tell(1, kind="seen")
    assert bare.fired == [1]  # of three rules that match, one fired, and nothing was said
    monkeypatch.undo()
    assert library._unix_now() == library._unix_now() == 0.0
    assert len(engine.run([seen(word="a")])) == 2


def test_a_session_in_which_nothing_matched_cannot_be_deleted_so_that_every_fact_has_a_receipt() -> None:
    code = (
        "from durable import engine\n"
        "class Host(engine.Host):\n    def _run(self): pass\n"
        "host = Host({'x': {'r': {'all': [{'f': {'k': 1}}], 'run': lambda c: None}}})\n"
        "try: host.assert_fact('x', {'sid': '1', 'id': 1, 'k': 2})\n"
        "except engine.MessageNotHandledException: pass\n"
        "host.delete_state('x', '1')\n"
    )
    strict = {**os.environ, "MALLOC_CHECK_": "3"}
    ended = subprocess.run([sys.executable, "-c", code], env=strict, capture_output=True, check=False)
    assert ended.returncode != 0 or sys.platform != "linux"  # the C code frees a pointer that is not its own
    engine = DurableEngine([RULE])
    for _ in range(1_000):
        assert engine.run([seen(word="nothing matches this")]) == frozenset()


def test_audits_do_not_see_each_other_and_leave_nothing_behind(engine: DurableEngine) -> None:
    both = Rule("both", "says", (Pattern("seen"), Pattern("heard")), Then(conclude="c"))
    two = DurableEngine([both])
    heard = Fact("heard", "", ())
    assert two.run([seen(word="a")]) == frozenset()
    assert two.run([heard]) == frozenset()
    assert len(two.run([heard, seen(word="a")])) == 1
    for session in ("0", "1", "2"):
        with pytest.raises(library.durable_rules_engine.error):
            two._host.get_state(two._ruleset, session)


def test_no_facts_are_no_findings(engine: DurableEngine) -> None:
    assert engine.run([]) == frozenset()


def test_where_the_library_cannot_be_imported_the_plain_engine_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "qaengine.judge.durable", None)
    assert make_engine([RULE]).name == "fixpoint"
    with pytest.raises(ImportError):
        make_engine([RULE], "durable")
