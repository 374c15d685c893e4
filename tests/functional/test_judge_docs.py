"""`docs/judgement.md` and `rules/judgement.yaml` say the same."""

import re
from pathlib import Path

import pytest

from qaengine.judge.rules import load_rules
from qaengine.judge.vocabulary import INPUT_KINDS
from tests.judge_cases import default_rules

PAGE = (Path(__file__).parent.parent.parent / "docs" / "judgement.md").read_text(encoding="utf-8")
DEFAULTS = PAGE.split("## Changing a rule")[0]
NOT_IN_THE_TABLE = {"does-not-meet-good", "grade-before-its-time"}


def test_every_rule_that_is_named_exists_and_every_rule_is_named() -> None:
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", DEFAULTS))
    rules = {rule.id for rule in default_rules().rules}
    assert named == {rule for rule in rules - NOT_IN_THE_TABLE if not rule.startswith("alert-")}


def test_the_numbers_on_the_page_are_the_numbers_in_the_file() -> None:
    value = {parameter.name: parameter.words for parameter in default_rules().parameters}
    for line, words in [
        ("`reaudit-after-inadequate`", [value["reaudit_inadequate_after"], value["reaudit_inadequate_at_latest"]]),
        (
            "`reaudit-after-requires-improvement`",
            [value["reaudit_requires_improvement_after"], value["reaudit_requires_improvement_at_latest"]],
        ),
        ("`reaudit-without-actions`", [value["reaudit_without_actions"]]),
    ]:
        (row,) = [row for row in DEFAULTS.splitlines() if line in row]
        assert all(word in row for word in words)


@pytest.mark.parametrize("kind", INPUT_KINDS)
def test_every_word_that_may_be_used_is_on_the_page(kind: str) -> None:
    (row,) = [row for row in PAGE.splitlines() if row.startswith(f"| `{kind}` |")]
    for name, known in INPUT_KINDS[kind].items():
        assert f"`{name}`" in row
        if isinstance(known, tuple) and name in ("impact", "read", "answer", "change"):
            assert f"({', '.join(known)})" in row


def test_the_example_on_the_page_is_a_rule() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (rule,) = load_rules(f"parameters: {{}}\ntallies: {{}}\nrules:\n{example}", "page").rules
    assert rule in default_rules().rules
