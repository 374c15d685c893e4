"""The durable-rules engine: Rete forward chaining, used where it was measured to be sound.

Every precaution here answers a fault seen in durable-rules 2.0.28 (`docs/judgement.md` lists them with the tests
that show them): no threads, positive patterns only, one fact at a time with a receipt, typed facts, exceptions
looked for after every fact, a session to each audit that is deleted after.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from importlib import metadata
from itertools import count
from threading import Lock
from typing import Any

from durable import engine as durable_engine

from qaengine.judge.chain import Activation, Compare, Comparison, EngineError, Fact, Pattern, Rule, consequences

# The library reads the wall clock around every action, and silently drops what comes after one that seems to have
# taken over 10 seconds: a suspended laptop would lose findings. Here time stands still.
durable_engine._unix_now = lambda: 0.0

_OPERATORS = {Compare.AT_LEAST: "$gte", Compare.AT_MOST: "$lte"}
_RECEIPT = "receipt"
_LAST = 1_000_000  # priority of the receipt: a low number goes first
_names = count()  # rulesets are never freed by the library, so that each needs a name of its own


class _Host(durable_engine.Host):  # type: ignore[misc]
    def _run(self) -> None:
        """No timers: the library's own threads race the caller, and crash the process."""


class DurableEngine:
    """Forward chaining by durable-rules. Build one for a set of rules and keep it: rulesets are never freed."""

    name = f"durable-rules {metadata.version('durable_rules')}"

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._ruleset = f"judgement{next(_names)}"
        self._fired: list[tuple[int | str, tuple[int, ...]]] = []
        self._sessions = count()
        self._lock = Lock()
        self._broken = False
        definition = {f"rule{number}": self._compile(number, rule) for number, rule in enumerate(self._rules)}
        definition[_RECEIPT] = {
            "all": [{"fact0": {"$ex": {"kind": 1}}}],
            "pri": _LAST,
            "run": self._recorder(_RECEIPT, 1),
        }
        self._host = _Host({self._ruleset: definition})

    def run(self, facts: Iterable[Fact]) -> frozenset[Activation]:
        """Every activation, from the facts and from what follows.

        Raises EngineError if durable-rules loses a fact or hides an exception; the engine is not used again after.
        """
        with self._lock:
            if self._broken:
                raise EngineError("durable-rules was in error before: this engine is not used again")
            self._broken = True
            fired = self._session(str(next(self._sessions)), deque(facts))
            self._broken = False
            return fired

    def _session(self, session: str, waiting: deque[Fact]) -> frozenset[Activation]:
        asserted: dict[Fact, int] = {}
        by_number: list[Fact] = []
        fired: set[Activation] = set()
        while waiting:
            fact = waiting.popleft()
            if fact in asserted:
                continue
            asserted[fact] = len(by_number)
            by_number.append(fact)
            for rule, numbers in self._assert(session, asserted[fact], fact):
                activation = Activation(rule, tuple(by_number[number] for number in numbers))
                fired.add(activation)
                waiting.extend(consequences(self._rules[rule].then, activation.facts))
        if by_number:
            self._host.delete_state(self._ruleset, session)
        return frozenset(fired)

    def _assert(self, session: str, number: int, fact: Fact) -> list[tuple[int, tuple[int, ...]]]:
        """The activations of one fact. References and titles stay out: only numbers, booleans and words go in."""
        self._fired.clear()
        message = {"sid": session, "id": number, "kind": fact.kind, **dict(fact.fields)}
        self._host.assert_fact(self._ruleset, message)
        state = self._host.get_state(self._ruleset, session)
        if "exception" in state:
            raise EngineError(f"durable-rules hid an exception: {state['exception']}")
        if not self._fired or self._fired[-1] != (_RECEIPT, (number,)):
            raise EngineError(f"durable-rules gave no receipt for {fact}")
        return [(rule, numbers) for rule, numbers in self._fired if isinstance(rule, int)]

    def _compile(self, number: int, rule: Rule) -> dict[str, Any]:
        when = [{f"fact{place}": _pattern(pattern)} for place, pattern in enumerate(rule.when)]
        return {"all": when, "run": self._recorder(number, len(rule.when))}

    def _recorder(self, rule: int | str, patterns: int) -> Callable[[Any], None]:
        def record(closure: Any) -> None:
            matched = tuple(getattr(closure, f"fact{place}") for place in range(patterns))
            self._fired.append((rule, tuple(fact.id for fact in matched)))

        return record


def _pattern(pattern: Pattern) -> dict[str, Any]:
    return {"$and": [{"kind": pattern.kind}, *(_test(test) for test in pattern.tests)]}


def _test(test: Comparison) -> dict[str, Any]:
    if test.compare is not Compare.ONE_OF:
        return {_OPERATORS[test.compare]: {test.field: test.values[0]}}
    if len(test.values) == 1:
        return {test.field: test.values[0]}
    return {"$or": [{test.field: value} for value in test.values]}
