"""The engine beside the reference, in one process, on the sample cases repeated; and one check written by hand.

Both count every standard on every child, and what they count must be the same. See README.md.
"""

import argparse
import gc
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import TypeVar

import by_hand
import repeat
from timing import ROOT, environment, machine, ratios

from qaengine.cases.given import Given
from qaengine.cases.source import Source
from qaengine.cases.tables import Tables, tables_of
from qaengine.cli.loading import Loaded, load
from qaengine.evaluate.counting import FEW, count
from qaengine.evaluate.stages import Stages
from qaengine.model.casefile import CaseSet
from qaengine.model.standard import Standard

SIZES = (45, 450, 4_500, 45_000)
CROSSING = (30, 60, 90, 120, 180, 240, 300, 450, 600)
BEFORE = "qaengine.cli.evaluate, qaengine.cli.loading, qaengine.evaluate.counting"
TABLES = "qaengine.cases.tables"
ENGINE = "qaengine.evaluate.engine.run, qaengine.evaluate.engine.counts"
"""What is imported before anything is counted, with tables as well, and with the engine."""

T = TypeVar("T")
Form = Callable[[CaseSet], CaseSet | Tables]
FORMS: dict[str, Form] = {"case files (YAML, JSON)": lambda case_set: case_set, "tables (CSV, Parquet)": tables_of}
"""How the children were read: the engine makes tables of case files, and the reference makes case files of tables."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Seconds of the reference and of the engine on the same children, one after the other."""

    reference: float
    engine: float


def main(args: Sequence[str] | None = None) -> None:
    given = arguments(args)
    print(machine())
    loaded = load(Given(str(ROOT / "sample_cases")), None, ROOT / "rules")
    whole = loaded.source.case_set()
    gc.set_threshold(200_000)  # as the command line does
    pairs(loaded, repeat.children(whole, 5), 1)  # a warm-up
    for name, form in FORMS.items():
        starts = import_time(BEFORE, f"{TABLES}, {ENGINE}") if form is not tables_of else import_time(TABLES, ENGINE)
        print(f"\nRead as {name}; the engine's imports take {starts:.3f} s of a new process")
        for size in given.sizes:
            report(size, pairs(loaded, form(repeat.children(whole, size)), times(given.pairs, size)))
        if not given.no_crossing:
            crossing(loaded, whole, form, starts)
    hand(loaded, tables_of(repeat.children(whole, max(given.sizes))), given.pairs)
    print(machine())


def arguments(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of children")
    parser.add_argument("--pairs", type=int, default=5, help="pairs of runs; one for over 1,000 children")
    parser.add_argument("--no-crossing", action="store_true", help="do not look for where the engine gets ahead")
    return parser.parse_args(args)


def times(pairs: int, size: int) -> int:
    """One pair where it takes long: then noise is little beside it."""
    return pairs if size <= 1_000 else 1


def pairs(loaded: Loaded, content: CaseSet | Tables, n: int) -> list[Pair]:
    """The reference and the engine in turn.

    What one of them makes of the content (tables, or case files) is part of its time, and is not kept for the next.
    """
    return [Pair(*_one(loaded, content)) for _ in range(n)]


def _one(loaded: Loaded, content: CaseSet | Tables) -> tuple[float, float]:
    first, theirs = timed(lambda: count(loaded.stages, Source(content), loaded.as_at, "reference"))
    second, ours = timed(lambda: count(loaded.stages, Source(content), loaded.as_at, "polars"))
    if first != second:
        sys.exit("the reference and the engine do not count the same")
    return theirs, ours


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What some work gives, and the seconds that it took."""
    gc.collect()
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


def import_time(before: str, then: str) -> float:
    """Seconds to import some modules where others have been imported already, in a process of its own."""
    code = (
        f"import time, {BEFORE}, {before}; start = time.perf_counter(); import {then}; "
        "print(time.perf_counter() - start)"
    )
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, env=environment(), check=True, capture_output=True, text=True) for _ in range(4)]
    return median(float(run.stdout) for run in runs[1:])


def report(size: int, measured: Sequence[Pair]) -> None:
    """A line on one number of children."""
    reference, engine = (median(getattr(pair, name) for pair in measured) for name in ("reference", "engine"))
    each = f"{reference / size * 1e6:7.0f} and {engine / size * 1e6:7.1f} µs a child"
    says = ratios([(pair.engine, pair.reference) for pair in measured])
    print(
        f"  {size:>6,} children: reference {reference:8.3f} s, engine {engine:7.3f} s, {each}: reference takes {says}"
    )


def crossing(loaded: Loaded, whole: CaseSet, form: Form, starts: float) -> None:
    """Print from how many children on the engine is ahead: where it is imported already, and in a new process."""
    measured = [(size, pairs(loaded, form(repeat.children(whole, size)), 3)) for size in CROSSING]
    both = [(size, median(p.reference for p in each), median(p.engine for p in each)) for size, each in measured]
    for says, more in (("imported already", 0.0), ("in a new process", starts)):
        lines = [(size, engine + more - reference) for size, reference, engine in both]
        print(f"  the engine is ahead {_ahead(lines)} ({says}; FEW is {FEW})")


def _ahead(gaps: Sequence[tuple[int, float]]) -> str:
    """From where the gap (engine less reference) is no longer above nothing, on a straight line between sizes."""
    after = next((place for place, (_, gap) in enumerate(gaps) if gap <= 0), None)
    if after is None:
        return f"nowhere up to {gaps[-1][0]:,} children"
    if after == 0:
        return f"from {gaps[0][0]} children or fewer"
    (size, gap), (next_size, next_gap) = gaps[after - 1], gaps[after]
    return f"from about {size + (next_size - size) * gap / (gap - next_gap):.0f} children"


def hand(loaded: Loaded, tables: Tables, n: int) -> None:
    """One check by the engine, and the same check by hand."""
    standard = next(each for each in loaded.standards if each.id == by_hand.STANDARD)
    alone = replace(standard, checks=tuple(check for check in standard.checks if check.id == by_hand.CHECK))
    measured = list(_by_engine_and_hand(alone, tables, loaded.as_at, n))
    engine, limit = (median(column) for column in zip(*measured, strict=True))
    size = len(tables.child)
    print(f"\nOne check alone ({by_hand.STANDARD}, {by_hand.CHECK}) on {size:,} children in tables")
    print(
        f"  engine {engine:.4f} s, written by hand in Polars {limit:.4f} s: the engine takes {ratios(_swap(measured))}"
    )


def _by_engine_and_hand(standard: Standard, tables: Tables, as_at: date, n: int) -> Iterator[tuple[float, float]]:
    for turn in range(n + 1):
        (summary,), engine = timed(lambda: count(Stages.of([standard]), Source(tables), as_at, "polars"))
        counted, limit = timed(lambda: by_hand.counts(tables.frames))
        if counted != Counter({result.value: n for result, n in summary.checks[by_hand.CHECK].items()}):
            sys.exit(f"by hand {dict(counted)}, by the engine {summary.checks[by_hand.CHECK]}")
        if turn:
            yield engine, limit


def _swap(measured: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(limit, engine) for engine, limit in measured]


if __name__ == "__main__":
    main()
