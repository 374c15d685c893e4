"""The judge: rules once loaded, an engine, and any number of audits."""

from collections.abc import Sequence
from typing import Literal

from qaengine.judge.chain import ChainEngine, Rule
from qaengine.judge.facts import AuditFacts
from qaengine.judge.fixpoint import FixpointEngine
from qaengine.judge.judgement import Judgement, build
from qaengine.judge.rules import JudgementRules
from qaengine.judge.timing import AddPeriod
from qaengine.judge.vocabulary import facts_of
from qaengine.model.calendar import add_period as by_the_calendar

EngineName = Literal["auto", "durable", "fixpoint"]


def make_engine(rules: Sequence[Rule], name: EngineName = "auto") -> ChainEngine:
    """An engine for the rules: `auto` is durable-rules where it can be imported, and the fixpoint engine elsewhere.

    Raises ImportError if durable-rules is asked for by name and cannot be imported.
    """
    if name == "fixpoint":
        return FixpointEngine(rules)
    try:
        from qaengine.judge.durable import DurableEngine  # not installed everywhere, and it holds C code
    except ImportError:
        if name == "durable":
            raise
        return FixpointEngine(rules)
    return DurableEngine(rules)


class Judge:
    """Judges audits by the rules of one file. Keep it: building one compiles the rules."""

    def __init__(
        self,
        rules: JudgementRules,
        engine: EngineName = "auto",
        add_period: AddPeriod = by_the_calendar,
    ) -> None:
        self._rules = rules
        self._engine = make_engine(rules.rules, engine)
        self._add_period = add_period

    @property
    def engine(self) -> str:
        """The name of the engine that judges, as every judgement carries it."""
        return self._engine.name

    def judge(self, audit: AuditFacts) -> Judgement:
        """What follows from one audit. Raises EngineError if the engine does what it must never do."""
        facts = facts_of(audit, self._rules.tallies)
        fired = self._engine.run(facts)
        return build(audit, self._rules, facts, fired, self._engine.name, self._add_period)
