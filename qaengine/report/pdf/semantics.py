"""The one place where a block of meaning starts and ends on the page.

Every mark is made inside `block` (a paragraph, a heading, a figure) or `artifact` (rules, tints, what runs at the
head and foot), so that reading aloud, and a tree of tags over these marks, have one seam to hold on to.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def block(canvas: Any, role: str) -> Iterator[None]:
    """Marks that belong to one block; `role` is its standard structure type ("P", "H2", "LI", "Figure")."""
    canvas._code.append(f"/{role} BMC")
    yield
    canvas._code.append("EMC")


@contextmanager
def artifact(canvas: Any) -> Iterator[None]:
    """Marks that say nothing by themselves and are passed over when the page is read aloud."""
    with block(canvas, "Artifact"):
        yield
