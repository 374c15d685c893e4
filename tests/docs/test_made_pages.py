"""The pages that are made from the rules say what the rules now say."""

from pathlib import Path

from qaengine.model.standard import KINDS
from qaengine.workbench.how import HOW
from qaengine.workbench.pages import SUBJECTS, pages

PROJECT = Path(__file__).parents[2]


def test_every_page_is_as_it_would_be_made_now_and_none_is_left_over() -> None:
    made = pages(PROJECT / "rules")
    kept = {
        f"{folder}/{path.name}": path.read_text(encoding="utf-8")
        for folder in ("standards", "kinds")
        for path in (PROJECT / "docs" / folder).glob("*.md")
    }
    assert sorted(kept) == sorted(made), "run: make docs"
    assert [name for name in made if kept[name] != made[name]] == [], "run: make docs"


def test_every_kind_of_check_says_how_it_is_decided() -> None:
    assert set(HOW) == set(SUBJECTS) == set(KINDS.values())
