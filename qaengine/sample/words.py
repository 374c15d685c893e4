"""Numbers as they are said on paper."""

from math import floor

_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def percent(share: float, *, down: bool = False) -> str:
    """A share as a whole percentage (`down`: rounded down). Only exactly 0 or 1 is said to be 0 % or 100 %."""
    whole = floor(share * 100 + 1e-9) if down else round(share * 100)
    if whole == 0 and share > 0:
        return "under 1 %"
    if whole == 100 and share < 1:
        return "over 99 %"
    return f"{whole} %"


def percent_range(low: float, high: float) -> str:
    """Two shares as `50 to 86 %`."""
    first, last = percent(low), percent(high)
    return f"{first.removesuffix(' %')} to {last}"


def number(n: int) -> str:
    """A whole number in words up to ten."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else str(n)
