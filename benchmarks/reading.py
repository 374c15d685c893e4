"""Reading what councils have, as whole processes: a return, a census, and the return many times over.

Prints seconds, processor time and peak memory of `qaengine read` and `qaengine evaluate` on each; with two validators
in alternating pairs on the same files where they are to be had. See README.md.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import peer
import repeat
from timing import CACHE, SAMPLE_DATA, Work, alternating, line, machine, qaengine, ratios, repeated


def main(args: Sequence[str] | None = None) -> None:
    given = arguments(args)
    missing = [str(path) for path in (given.returned, given.census) if not path.exists()]
    if missing:
        sys.exit(f"Not there: {', '.join(missing)}. Name them with --return and --census, or QAENGINE_SAMPLE_DATA")
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        cwd = Path(folder)
        of_the_return(given, cwd)
        of_the_census(given, cwd)
        if given.times:
            many_times(given, cwd)
    print(machine())


def arguments(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--return", dest="returned", type=Path, default=SAMPLE_DATA / "ssda903_be903")
    parser.add_argument("--census", type=Path, default=SAMPLE_DATA / "cin_generated" / "CIN_output_500.xml")
    parser.add_argument("--as-at", default="2024-03-31", help="the date for the census, which states none")
    parser.add_argument("--times", type=int, default=100, help="how often the return is repeated; 0 leaves it out")
    parser.add_argument("--pairs", type=int, default=5, help="pairs, or runs where there is no peer, after a warm-up")
    parser.add_argument("--no-peer", action="store_true", help="leave the validators out")
    parser.add_argument("--peer", type=Path, default=CACHE / "peer", metavar="FOLDER", help="where the first lives")
    parser.add_argument("--peer-cin", type=Path, metavar="FOLDER", help="a clone of csc-validator-be-cin, installed")
    parser.add_argument("--peer-cin-python", type=Path, metavar="FILE", help="the interpreter that has it")
    return parser.parse_args(args)


def reads(cases: Path, cwd: Path) -> Work:
    return qaengine("qaengine read", "read", str(cases.resolve()), cwd=cwd)


def evaluates(cases: Path, cwd: Path, *more: str) -> Work:
    return qaengine("qaengine evaluate", "evaluate", str(cases.resolve()), *more, cwd=cwd)


def of_the_return(given: argparse.Namespace, cwd: Path) -> None:
    """The return of 2,675 children. Wanted: 1.0 s and 300 MB."""
    print(f"\n{given.returned}")
    theirs = None if given.no_peer else peer.validates(peer.python_of(given.peer), given.returned.resolve(), cwd)
    beside(given, (reads(given.returned, cwd), evaluates(given.returned, cwd)), theirs)


def of_the_census(given: argparse.Namespace, cwd: Path) -> None:
    """The census of 500 children. Wanted: 1.0 s."""
    print(f"\n{given.census}")
    theirs = None
    if given.peer_cin and not given.no_peer:
        command = (
            str(given.peer_cin_python or sys.executable),
            "-m",
            "cin_validator",
            "run",
            str(given.census.resolve()),
        )
        theirs = Work("peer", command, given.peer_cin)
    ours = (reads(given.census, cwd), evaluates(given.census, cwd, "--as-at", given.as_at))
    beside(given, ours, theirs)


def beside(given: argparse.Namespace, ours: Sequence[Work], theirs: Work | None) -> None:
    """Each of ours in alternating pairs with the peer, or by itself."""
    for work in ours:
        if theirs is None:
            print(line(work.name, repeated(work, given.pairs)))
            continue
        work.run()
        theirs.run()
        pairs = alternating(work, theirs, given.pairs)
        print(line(work.name, [mine for mine, _ in pairs]))
        print(line(theirs.name, [other for _, other in pairs]))
        print(f"  the peer takes {ratios([(mine.wall, other.wall) for mine, other in pairs])} as long")


def many_times(given: argparse.Namespace, cwd: Path) -> None:
    """The return many times over, with new references. Wanted of a hundred: 30 s and 4 GB."""
    target = cwd / "many"
    target.mkdir()
    rows = repeat.a_return(given.returned, target, given.times)
    print(f"\nThe return {given.times} times over: {rows:,} rows")
    for work in (reads(target, cwd), evaluates(target, cwd)):
        print(line(work.name, repeated(work, min(3, given.pairs))))


if __name__ == "__main__":
    main()
