"""How fast `qaengine evaluate` is as a whole process: on the sample cases, on made-up children, and on a return beside
csc-validator-be-903.

Prints; writes nothing outside temporary folders (and the peer's environment). See README.md.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import peer
import startup
from timing import (
    CACHE,
    ROOT,
    SAMPLE_DATA,
    Run,
    Work,
    alternating,
    line,
    machine,
    middle,
    qaengine,
    ratio,
    ratios,
    repeated,
)

DECIDED = {"met", "not_met"}
LIMIT_SAMPLE = 1.5
LIMIT_POPULATION = 3.0
LIMIT_RETURN = 10
LIMIT_RULE = 50

READS = (
    "import sys, pathlib, polars; [polars.read_parquet(file) for file in pathlib.Path(sys.argv[1]).glob('*.parquet')]"
)
"""The least that anyone could do with the files of a made-up council."""


@dataclass(frozen=True, slots=True)
class Checks:
    """How many checks there are on a return: in the standards, with a result for any child, and with met or not met
    for any child."""

    children: int
    in_standards: int
    evaluated: int
    deciding: int

    def __str__(self) -> str:
        return (
            f"{self.in_standards} checks in the standards: {self.evaluated} were evaluated (the rest are of standards "
            f"of which it cannot be told whom they are for), {self.deciding} decide met or not met for any child"
        )


def arguments(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=list(PARTS), help="only one of the parts")
    parser.add_argument("--children", type=int, default=5_000, help="how many children are made up")
    parser.add_argument("--cases", type=Path, default=ROOT / "sample_cases", help="the sample cases")
    parser.add_argument("--return", dest="returned", type=Path, default=SAMPLE_DATA / "ssda903_be903")
    parser.add_argument("--peer", type=Path, default=CACHE / "peer", metavar="FOLDER")
    parser.add_argument("--runs", type=int, default=5, help="runs of the sample cases, and of the made-up children")
    parser.add_argument("--pairs", type=int, default=5, help="pairs of runs on the return")
    return parser.parse_args(args)


def main(args: Sequence[str] | None = None) -> None:
    given = arguments(args)
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        for name, part in PARTS.items():
            if given.only in (None, name):
                part(given, Path(folder))
    print(machine())


def evaluates(cases: Path, cwd: Path, *more: str) -> Work:
    return qaengine("qaengine evaluate", *startup.evaluate(cases), *more, cwd=cwd)


def sample(given: argparse.Namespace, cwd: Path) -> None:
    """The sample cases, as a whole process."""
    work = evaluates(given.cases, cwd)
    runs = repeated(work, given.runs)
    print(f"\nSample cases, {given.runs} runs after a warm-up")
    print(line(work.name, runs))
    print(f"  wanted: {LIMIT_SAMPLE} s or less. {_said(middle(runs) <= LIMIT_SAMPLE)}")
    start_up(given.cases, runs, cwd)


def made_up(given: argparse.Namespace, cwd: Path) -> None:
    """The children of a made-up council, in pairs with a process that only reads the same files."""
    cases = cwd / "made up"
    simulator = Path(__file__).with_name("population.py")
    made = (sys.executable, str(simulator), str(cases), "--children", str(given.children))
    Work("population.py", made, cwd).run()
    work = evaluates(cases, cwd)
    reads = Work("Polars, only reading the same files", (sys.executable, "-c", READS, str(cases)), cwd)
    reads.run()
    work.run()
    pairs = alternating(reads, work, given.runs)
    print(f"\n{given.children:,} made-up children, {given.runs} alternating pairs after a warm-up of each")
    floor, runs = [a for a, _ in pairs], [b for _, b in pairs]
    print(line(work.name, runs), line(reads.name, floor), sep="\n")
    by_cpu = ratios([(a.cpu, b.cpu) for a, b in pairs])
    print(f"  evaluating takes {ratios([(a.wall, b.wall) for a, b in pairs])}; by processor time {by_cpu}")
    print(f"  wanted: {LIMIT_POPULATION} s or less. {_said(middle(runs) <= LIMIT_POPULATION)}")
    start_up(cases, runs, cwd)


def returned(given: argparse.Namespace, cwd: Path) -> None:
    """The return: pairs with the peer, and what each took per child and rule."""
    if not (given.returned / "header.csv").exists():
        sys.exit(f"No return in {given.returned}: name its folder with --return, or QAENGINE_SAMPLE_DATA")
    python = peer.python_of(given.peer)
    work, theirs = evaluates(given.returned, cwd), peer.validates(python, given.returned.resolve(), cwd)
    log = cwd / "peer.log"
    theirs.run(stderr=log)
    work.run()
    pairs = alternating(work, theirs, given.pairs)
    print(f"\nReturn, {given.pairs} alternating pairs after a warm-up of each; peer {peer.version_of(python)}")
    ours, others = [a for a, _ in pairs], [b for _, b in pairs]
    print(line(work.name, ours), line(theirs.name, others), sep="\n")
    by_wall = [(a.wall, b.wall) for a, b in pairs]
    print(f"  the peer takes {ratios(by_wall)}; by processor time {ratios([(a.cpu, b.cpu) for a, b in pairs])}")
    print(f"  wanted: at least {LIMIT_RETURN} times, by the median pair. {_said(ratio(by_wall) >= LIMIT_RETURN)}")
    out = cwd / "findings.jsonl"
    findings = evaluates(given.returned, cwd, "--format", "jsonl", "--out", str(out)).run()
    checks = checks_in(out)
    print(line("qaengine, every finding written as jsonl", [findings]), "(once; the peer lists its findings too)")
    per_rule(by_wall, checks, peer.rules_in(log))
    start_up(given.returned, ours, cwd)


def per_rule(walls: list[tuple[float, float]], checks: Checks, rules: peer.Rules) -> None:
    """Time per child, and per child and rule. The peer's are divided by every rule that it started."""
    print(f"  per child ({checks.children:,}): {_each(walls, checks.children, checks.children)}")
    print(f"  peer: {rules}", f"  qaengine: {checks}", sep="\n")
    theirs = checks.children * rules.started
    print(f"  per child and rule, peer's rules started, wanted at least {LIMIT_RULE} times:")
    for says, n in (
        ("checks in the standards", checks.in_standards),
        ("checks evaluated", checks.evaluated),
        ("checks that decide", checks.deciding),
    ):
        print(f"    {says:<24} {_each(walls, checks.children * n, theirs)}")


def _each(walls: list[tuple[float, float]], n_ours: int, n_theirs: int) -> str:
    each = [(ours / n_ours * 1e6, theirs / n_theirs * 1e6) for ours, theirs in walls]
    ours, theirs = (sorted(column)[len(column) // 2] for column in zip(*each, strict=True))
    return f"qaengine {ours:8.2f} µs, peer {theirs:8.2f} µs: {ratios(each)}"


def checks_in(findings: Path) -> Checks:
    """Count the checks in a file of findings."""
    results: dict[tuple[str, str], set[str]] = defaultdict(set)
    children: set[str] = set()
    with findings.open(encoding="utf-8") as lines:
        for text in lines:
            finding = json.loads(text)
            children.add(finding["child_id"])
            if finding["level"] == "check":
                results[finding["standard"], finding["check"]].add(finding["result"])
    deciding = sum(bool(found & DECIDED) for found in results.values())
    return Checks(len(children), startup.checks_in_standards(), len(results), deciding)


def start_up(cases: Path, runs: Sequence[Run], cwd: Path) -> None:
    """What of our time goes before any work: the interpreter, the command line, and all that is imported."""
    bare = repeated(Work("the interpreter alone", (sys.executable, "-c", "pass"), cwd), len(runs))
    version = repeated(qaengine("qaengine --version", "--version", cwd=cwd), len(runs))
    print(line("of which the interpreter alone", bare), line("of which qaengine --version", version), sep="\n")
    print(
        f"  start-up is {middle(version) / middle(runs):.0%} of the whole by --version; every import, traced (slower):"
    )
    startup.show(cases, cwd)


def _said(so: bool) -> str:
    return "It is so." if so else "IT IS NOT SO."


PARTS = {"sample": sample, "population": made_up, "return": returned}


if __name__ == "__main__":
    main()
