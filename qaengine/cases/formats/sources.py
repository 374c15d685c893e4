"""Who made contact or referred: the codes of the CIN census and Annex A, as kinds of source."""

from qaengine.cases.taking.values import Words

_PROFESSIONAL = ("2A", "2B", "3A", "3B", "3C", "3D", "3E", "3F", "4", "5A", "5B", "5C", "5D", "6", "7")
_KNOWN_AND_UNSAID = ("1C", "1D", "8", "10")

KINDS = {
    "1A": "family",
    "1B": "public",
    "9": "anonymous",
    **dict.fromkeys(_PROFESSIONAL, "professional"),
    **dict.fromkeys(_KNOWN_AND_UNSAID, ""),
}
"""CIN census guide, ReferralSource: 1A is a member of the family, 1B an acquaintance; 1C (the child), 1D, 8 (other) and
10 (unknown) are none of our kinds."""

SOURCE_KIND = Words(KINDS, "a code of the CIN census, such as 1A or 6", begins=True)
