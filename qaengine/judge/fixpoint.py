"""The plain engine: try every rule on every fact until nothing new follows.

Written to be read. It is the reference to which the durable-rules engine is held, and it judges where durable-rules
cannot be installed.
"""

from collections.abc import Iterable, Sequence
from itertools import product

from qaengine.judge.chain import Activation, Fact, Rule, consequences


class FixpointEngine:
    """Forward chaining by brute force over one audit's facts (tens of facts, tens of rules)."""

    name = "fixpoint"

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)

    def run(self, facts: Iterable[Fact]) -> frozenset[Activation]:
        """Every activation, from the facts and from what follows."""
        known = set(facts)
        fired: set[Activation] = set()
        while True:
            fresh = self._activations(known) - fired
            if not fresh:
                return frozenset(fired)
            fired |= fresh
            for activation in fresh:
                known.update(consequences(self._rules[activation.rule].then, activation.facts))

    def _activations(self, known: set[Fact]) -> set[Activation]:
        found: set[Activation] = set()
        for number, rule in enumerate(self._rules):
            candidates = [[fact for fact in known if pattern.matches(fact)] for pattern in rule.when]
            found.update(Activation(number, facts) for facts in product(*candidates))
        return found
