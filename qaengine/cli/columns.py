"""A table as lines of text: what the commands show on the screen, and what a pipe receives."""

from collections.abc import Sequence
from textwrap import wrap

GAP = "  "


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], right: int = 0) -> str:
    """A table with a line under its heads. `widths` are the widest that each column may be: longer words wrap.

    The last `right` columns are set to the right.
    """
    shown = [[_lines(cell, width) for cell, width in zip(row, widths, strict=True)] for row in (heads, *rows)]
    wide = [max(len(line) for row in shown for line in row[place]) for place in range(len(heads))]
    lines = [line for row in shown for line in _row(row, wide, right)]
    depth = max(len(cell) for cell in shown[0])
    return "\n".join([*lines[:depth], GAP.join("─" * width for width in wide), *lines[depth:]])


def _lines(cell: str, width: int) -> list[str]:
    indent = cell[: len(cell) - len(cell.lstrip())]
    return wrap(cell.strip(), width, initial_indent=indent, subsequent_indent=indent, break_long_words=False) or [""]


def _row(cells: Sequence[list[str]], wide: Sequence[int], right: int) -> list[str]:
    """The lines of one row; cells to the right stand beside its first line, as those to the left do."""
    made = []
    for line in range(max(len(cell) for cell in cells)):
        parts = [cell[line] if line < len(cell) else "" for cell in cells]
        left = len(parts) - right
        aligned = [
            part.ljust(width) if place < left else part.rjust(width)
            for place, (part, width) in enumerate(zip(parts, wide, strict=True))
        ]
        made.append(GAP.join(aligned).rstrip())
    return made
