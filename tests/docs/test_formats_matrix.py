"""The table of what each standard can make of each format says what the tests now compute."""

from tests.same_child.matrix import page
from tests.same_child.page import PAGE


def test_the_page_is_as_it_would_be_written_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: .venv/bin/python -m tests.same_child.page"
