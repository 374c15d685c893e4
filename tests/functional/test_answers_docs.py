"""docs/answers.md says what the workbook asks and what the reader answers."""

import re
from pathlib import Path

import pytest

from qaengine.answers import read_answers
from qaengine.answers.form import GRADES, IMPACTS, MET_OR_NOT, YES_NO
from qaengine.model.problem import InputError
from tests.answers_form import FORM, filled

PAGE = (Path(__file__).parents[2] / "docs" / "answers.md").read_text(encoding="utf-8")


def test_the_lists_on_the_page_are_those_of_the_sheet() -> None:
    for answers in (MET_OR_NOT, IMPACTS, YES_NO, GRADES):
        assert f"{', '.join(answers)} |" in PAGE


def test_the_problem_on_the_page_is_what_is_said() -> None:
    (said,) = re.findall(r"```text\n(.*?)\n```", PAGE, re.DOTALL)
    with pytest.raises(InputError) as error:
        read_answers(filled({("question|CH-0412|smart-plan|right-actions", "E"): "yes"}), FORM)
    assert str(error.value) == said


def test_every_problem_in_the_table_is_one_that_is_said() -> None:
    package = Path(__file__).parents[2] / "qaengine" / "answers"
    code = " ".join(re.sub(r'"\s+f?"', "", path.read_text(encoding="utf-8")) for path in package.glob("*.py"))
    said = [line.split("|")[1].strip() for line in PAGE.split("| it says |")[1].splitlines()[2:]]
    phrases = [phrase for cell in said for phrase in cell.split("; ")]
    assert len(phrases) == 12
    for phrase in phrases:
        assert phrase.replace("a confirmation (or a reason, or a moderator)", "{what}") in code, phrase
