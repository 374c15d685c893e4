"""Writes docs/formats-matrix.md anew: `.venv/bin/python -m tests.same_child.page`."""

from pathlib import Path

from tests.same_child.matrix import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats-matrix.md"

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
