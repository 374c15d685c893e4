"""A standard read back in plain English: nothing left out, no word of the machine's left in."""

import re
from functools import cache
from pathlib import Path

import pytest

from qaengine.evaluate.explain.in_words import plainly, sentence
from qaengine.model import condition as c
from qaengine.model.period import Period, Unit
from qaengine.model.standard import Asks, Standard
from qaengine.standards.loader import load_standards
from qaengine.workbench.policy import policy

RULES = Path(__file__).parents[2] / "rules"


@cache
def standards() -> dict[str, Standard]:
    return {standard.id: standard for standard in load_standards(RULES, examples=False)}


def text(name: str) -> str:
    return "\n".join(policy(standards()[name], {"001_d76ec875019dacb5.txt": "The plan"}))


@pytest.mark.parametrize("name", sorted(standards()))
def test_every_part_of_a_standard_is_read_back(name: str) -> None:
    standard, said = standards()[name], text(name)
    assert standard.title in said
    for check in standard.checks:
        assert (check.test.question if isinstance(check.test, Asks) else check.says) in said
    for parameter in standard.parameters:
        assert f"| {parameter.name.replace('_', ' ')} |" in said
        assert parameter.source in said
    for source in standard.sources:
        assert source.reference in said
    assert standard.remedy.action in said


@pytest.mark.parametrize("name", sorted(standards()))
def test_it_reads_as_english(name: str) -> None:
    body = text(name).split("## Sources")[0].split("## Numbers")[0].replace(f"*{name}:", "")
    plain = re.sub(r"`[^`]*`|\[[^]]*\]|<[^>]*>", "so", body)
    assert not re.findall(r"\w+_\w+|\bTrue\b|\bFalse\b|\bNone\b|\{|\}|\(\)| {2}of which", plain)
    assert not re.findall(r"violat|\bfails?\b|worse|outcome", plain)


def test_a_document_is_called_by_its_title() -> None:
    assert "- The plan: PLAN 18.2" in text("sdq-annual-update")


BORN = c.Ref(c.Scope.CHILD, "born", "child")
CARE = c.Ref(c.Scope.CHILD, "looked_after_since", "child")
SCORE, HELD = c.Ref(c.Scope.RECORD, "score", "sdqs"), c.Ref(c.Scope.RECORD, "completed", "sdqs")
TWELVE = Period(12, Unit.MONTHS)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (c.TRUE, ""),
        (c.Recorded(SCORE), "score is recorded"),
        (c.Not(c.Recorded(SCORE)), "score is blank"),
        (c.ForAtLeast(BORN, Period(4, Unit.YEARS), c.Today.AS_AT), "the child is 4 or older"),
        (c.Not(c.ForAtLeast(BORN, Period(17, Unit.YEARS), c.Today.AS_AT)), "the child is not yet 17"),
        (c.ForAtLeast(CARE, TWELVE, c.Today.AS_AT), "the child has been looked after for at least 12 months"),
        (c.Compare(SCORE, c.Order.AT_LEAST, 17), "score is at least 17"),
        (c.Not(c.Compare(SCORE, c.Order.AT_LEAST, 17)), "score is less than 17"),
        (c.Dated(HELD, c.When.BEFORE, c.Today.AS_AT), "date completed is before the as-at date"),
        (c.Not(c.Dated(HELD, c.When.BEFORE, c.Today.AS_AT)), "date completed is on or after the as-at date"),
        (c.NoOlderThan(HELD, TWELVE, c.Today.AS_AT), "date completed is in the 12 months up to the as-at date"),
        (
            c.Any((c.All((c.Recorded(SCORE), c.Recorded(HELD))), c.Not(c.Recorded(SCORE)))),
            "(score is recorded and date completed is recorded) or score is blank",
        ),
        (
            c.Not(c.Any((c.Recorded(SCORE), c.Recorded(HELD)))),
            "it is not so that (score is recorded or date completed is recorded)",
        ),
    ],
)
def test_conditions_in_words(condition: c.Condition, words: str) -> None:
    assert sentence(condition) == words


def test_what_a_parameter_has_settled_is_not_said() -> None:
    on, off, score = c.Always(True), c.Always(False), c.Recorded(SCORE)
    assert plainly(c.All((on, score))) == score
    assert plainly(c.Any((off, score))) == score
    assert plainly(c.All((off, score))) == off
    assert plainly(c.Any((on, score))) == on
    assert plainly(c.Not(c.All((on,)))) == off
    assert plainly(c.All((c.All((score, c.Recorded(HELD))), on))) == c.All((score, c.Recorded(HELD)))
