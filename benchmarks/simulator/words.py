"""What files say, from worries.yaml and phrases.yaml: about a he or a she, and never about anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from simulator.dial import Dial

HERE = Path(__file__).parent
HE = {"he": "he", "him": "him", "his": "his", "himself": "himself", "He": "He", "His": "His"}
SHE = {"he": "she", "him": "her", "his": "her", "himself": "herself", "He": "She", "His": "Her"}


@cache
def _read(name: str) -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.load((HERE / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found


def worries() -> dict[str, Any]:
    return _read("worries.yaml")


@dataclass(frozen=True)
class Action:
    """An action of a plan, as it is written."""

    text: str
    measure: str
    owner: str
    agency: str


@dataclass(frozen=True)
class Words:
    """What is said of one child: the worry that brought the child here decides much of it."""

    dial: Dial
    worry: str
    girl: bool

    def say(self, what: str, part: str = "", stage: str = "home") -> str:
        """A sentence for a field: of this stage of life or this worry where they have one for it, or else one for any.
        `part` tells apart the times that it is said."""
        banks: tuple[Mapping[str, Any], ...] = (_read("stages.yaml").get(stage, {}), worries()[self.worry])
        options = next((bank[what] for bank in banks if what in bank), None) or _read("phrases.yaml")[what]
        return self._said(self.dial.pick(f"words {what} {part}", options))

    def analysis(self, part: str = "") -> str:
        """Most of the sentences of an analysis, in their order, with what it means for the child."""
        sentences = list(worries()[self.worry]["analysis"])
        sentences.pop(self.dial.days(f"words analysis {part}", 0, len(sentences) - 1))
        return " ".join(self._said(each) for each in [*sentences, *worries()[self.worry]["factor_impact"][:1]])

    def actions(self, stage: str = "home") -> list[Action]:
        """The actions of a plan: three of what helps at this stage, or with this worry."""
        options = _read("stages.yaml").get(stage, {}).get("actions") or worries()[self.worry]["actions"]
        kept = sorted(self.dial.stream("words actions").sample(range(len(options)), 3))
        return [Action(*(self._said(words) for words in options[place])) for place in kept]

    @property
    def factors(self) -> str:
        return str(worries()[self.worry]["factors"])

    @property
    def category(self) -> str:
        return str(worries()[self.worry]["category"])

    def _said(self, text: str) -> str:
        return text.format(**(SHE if self.girl else HE))
