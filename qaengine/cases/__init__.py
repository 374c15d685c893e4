"""Case files: read from whatever councils have, cut at a date, and given as plain Python or as tables."""

from qaengine.cases.reading import read_cases
from qaengine.cases.source import Source

__all__ = ["Source", "read_cases"]
