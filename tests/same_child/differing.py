"""Where a format may say otherwise than the truth, and why: nothing else may differ."""

IN_PLACE_OF = {
    ("icpc-within-15-working-days", "conference-in-time-as-returned"): "conference-in-time",
    ("sdq-annual-update", "in-return-year"): "in-date",
}
"""Checks that are asked only of a source that does not carry what another check needs (management decisions; the day of
an SDQ), each with that other check: by standard."""

DECIDED_OTHERWISE: dict[tuple[str, str, str, str], tuple[str, str, str]] = {}
"""By format, child, standard and check ("" for the standard as recorded): what the format finds, what the truth is, and
why that is right. Empty: what a format decides is the truth."""

BLANK = {
    ("Annex A", "CH-1007", "cla-review-on-time"): "List 8 has one period of care: its first legal status is not said",
    ("Annex A", "CH-1007", "cla-statutory-visits"): "nor is the first placement",
    ("SSD CSV", "CH-1005", "cla-health-and-dental"): "a Health Assessment may be the first or a later one",
    ("SSD CSV", "CH-1007", "cla-health-and-dental"): "the same",
    ("SSD Parquet", "CH-1005", "cla-health-and-dental"): "the same",
    ("SSD Parquet", "CH-1007", "cla-health-and-dental"): "the same",
}
"""Where something cannot be decided because a format leaves blank what the truth has: by format, child and standard.
Wherever else a format does not decide what the truth decides, it does not carry what is needed."""
