"""One check of one standard written by hand in Polars: how fast the engine could be if it knew only this one.

It reads what the check reads and nothing else: no contradictions, no source that does not carry a field, no due
dates, no evidence, no records to show. So it is a limit, and no aim.
"""

from collections import Counter
from collections.abc import Mapping

import polars as pl

STANDARD = "smart-plan"
CHECK = "safety-actions-complete"
"""Each action for the child's safety has an owner, a date and a measure."""


def counts(frames: Mapping[str, pl.DataFrame]) -> Counter[str]:
    """How many children at each result, among those with a plan that has begun and not ended."""
    plans, actions = frames["plans"].lazy(), frames["plan_actions"].lazy()
    with_plan = plans.filter(pl.col("ended").is_null(), pl.col("started").is_not_null()).select("child").unique()
    complete = pl.all_horizontal(pl.col("owner", "due_on", "measure").is_not_null())
    of_child = (
        actions.filter(pl.col("of_current_plan"), pl.col("kind") == "safety")
        .group_by("child")
        .agg(complete.all().alias("complete"))
    )
    found = with_plan.join(of_child, on="child", how="left").group_by("complete").agg(pl.len()).collect()
    names = {True: "met", False: "not_met", None: "not_applicable"}
    return Counter({names[complete]: n for complete, n in found.iter_rows()})
