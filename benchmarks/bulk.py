"""A return many times over, each time with new references: time and peak memory of `qaengine evaluate`.

With --peer-times, both tools on a smaller multiple too, and from it what one more child and rule costs, start-up left
out. The files are written to a temporary folder. See README.md.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import peer
import repeat
import startup
from timing import CACHE, SAMPLE_DATA, Run, Work, line, machine, middle, qaengine, repeated


def main(args: Sequence[str] | None = None) -> None:
    given = arguments(args)
    if not (given.returned / "header.csv").exists():
        sys.exit(f"No return in {given.returned}: name its folder with --return, or QAENGINE_SAMPLE_DATA")
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        ours(given, Path(folder))
        if given.peer_times:
            both(given, Path(folder))
    print(machine())


def arguments(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--return", dest="returned", type=Path, default=SAMPLE_DATA / "ssda903_be903")
    parser.add_argument("--times", type=int, default=100, help="how often the return is repeated")
    parser.add_argument("--runs", type=int, default=3, help="runs of each, after a warm-up")
    parser.add_argument("--peer-times", type=int, default=0, help="how often for the peer; 0 leaves it out")
    parser.add_argument("--peer", type=Path, default=CACHE / "peer", metavar="FOLDER")
    return parser.parse_args(args)


def evaluates(cases: Path, cwd: Path) -> Work:
    return qaengine("qaengine evaluate", *startup.evaluate(cases), cwd=cwd)


def written(given: argparse.Namespace, folder: Path, times: int) -> Path:
    """The return so many times over, in a folder of its own."""
    target = folder / str(times)
    target.mkdir(exist_ok=True)
    rows = repeat.a_return(given.returned, target, times)
    size = sum(file.stat().st_size for file in target.iterdir()) / 1_000_000
    print(f"\nThe return {times} times over: {rows:,} rows, {size:.0f} MB")
    return target


def ours(given: argparse.Namespace, folder: Path) -> None:
    """qaengine on the whole of it."""
    cases = written(given, folder, given.times)
    runs = repeated(evaluates(cases, folder), given.runs)
    children = children_in(cases)
    print(line("qaengine evaluate", runs))
    print(f"  {children:,} children: {middle(runs) / children * 1e6:.1f} µs a child, start-up and all")


def both(given: argparse.Namespace, folder: Path) -> None:
    """Both tools on the return as it is and on a multiple: the difference is what the further children cost."""
    python = peer.python_of(given.peer)
    cases = written(given, folder, given.peer_times)
    log = folder / "peer.log"
    peer.validates(python, given.returned.resolve(), folder).run(stderr=log)
    checks = startup.checks_in_standards()
    rules = peer.rules_in(log).started
    more = children_in(cases) - children_in(given.returned)
    costs = []
    for name, n, make in (
        ("qaengine", checks, evaluates),
        ("peer", rules, lambda where, cwd: peer.validates(python, where.resolve(), cwd)),
    ):
        small, large = repeated(make(given.returned, folder), given.runs), [make(cases, folder).run()]
        print(line(f"{name}, the return as it is", small), line(f"{name}, repeated (once)", large), sep="\n")
        costs.append(_each_more(small, large, more))
        print(f"  each further child costs {name} {costs[-1]:.1f} µs: {costs[-1] / n:.3f} µs for each of {n} rules")
    print(f"  the peer takes {costs[1] / costs[0]:.0f} times as long for each further child")
    print(f"  and {costs[1] / rules / (costs[0] / checks):.0f} times as long for each further child and rule")


def _each_more(small: Sequence[Run], large: Sequence[Run], children: int) -> float:
    return (middle(large) - middle(small)) / children * 1e6


def children_in(folder: Path) -> int:
    """The children of a return: the rows of its header below the headings."""
    with (folder / "header.csv").open("rb") as lines:
        return sum(1 for text in lines if text.strip()) - 1


if __name__ == "__main__":
    main()
