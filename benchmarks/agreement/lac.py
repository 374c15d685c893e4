"""csc-validator-be-903: its report, and every rule of it that asks what we ask of a return."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from agreement.compare import Key, Outcome, compare
from agreement.episodes import EPISODE_RULES, STILL_WITH_CARER, of_episodes
from agreement.in_year import ADOPTED_OR_LEFT, BY_STANDARD, OC2_RULES, of_leavers, of_oc2, without_oc2
from agreement.returns import SAME_CARER, Return
from agreement.reviews import REVIEW_RULES, of_reviews

CODES = sorted({rule.code for rules in (OC2_RULES, REVIEW_RULES, EPISODE_RULES) for rule in rules} | {"187"})

Flags = Mapping[str, set[Key]]
"""The rows that each rule flags, each as its table and the number of the row."""


def flags_in(report: Path) -> Flags:
    """The rows that each rule flags, from the validator's table of issues."""
    flags: dict[str, set[Key]] = defaultdict(set)
    with report.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            flags[row["rule_code"]].add((row["tables_affected"], row["row_id"]))
    return flags


def compare_return(read: Return, report: Path) -> Iterator[Outcome]:
    """Every rule in turn."""
    flags = flags_in(report)

    def of(code: str, *tables: str) -> set[Key]:
        return {key for key in flags.get(code, ()) if key[0] in tables}

    yield from _of_year(read, of)
    yield from (compare(rule, of_reviews(read), of(rule.code, "Reviews")) for rule in REVIEW_RULES)
    episodes = list(of_episodes(read))
    yield from (compare(rule, episodes, of(rule.code, "Episodes")) for rule in EPISODE_RULES)
    same_carer = [row for row in episodes if row.facts.code in SAME_CARER]
    yield compare(STILL_WITH_CARER, same_carer, of("433", "Episodes") & {row.key for row in same_carer})


def _of_year(read: Return, of: Callable[..., set[Key]]) -> Iterator[Outcome]:
    rows, absent = list(of_oc2(read)), list(without_oc2(read))
    for rule in OC2_RULES:
        asked = rows + absent if rule.code == "191" else rows
        yield compare(rule, asked, of(rule.code, "OC2", "Episodes"))
    yield compare(BY_STANDARD, rows, of("186", "OC2") | of("157", "OC2"))
    if read.rows["AD1"] and read.rows["OC3"]:  # they ask it of nobody where one of the two is not there
        yield compare(ADOPTED_OR_LEFT, of_leavers(read), of("187", "AD1", "OC3"))
