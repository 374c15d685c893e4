"""What a command imports, and what that takes."""

import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from timing import ROOT, environment

_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")
MOST = 8


def evaluate(cases: Path) -> tuple[str, ...]:
    """The command whose time is asked: `evaluate` with the project's own rules."""
    return ("evaluate", str(cases.resolve()), "--rules", str(ROOT / "rules"))


def show(cases: Path, cwd: Path) -> None:
    """Print the share of imports in `evaluate`, and the packages that take most, by `-X importtime`."""
    command = [sys.executable, "-X", "importtime", "-m", "qaengine", *evaluate(cases)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=environment(), check=True, capture_output=True, text=True)
    wall = time.perf_counter() - start
    taken: Counter[str] = Counter()
    for own, module in _LINE.findall(done.stderr):
        taken[module.partition(".")[0]] += int(own)
    total = sum(taken.values()) / 1e6
    most = ", ".join(f"{name} {micro / 1000:.0f} ms" for name, micro in taken.most_common(MOST))
    print(f"    imports {total:.3f} s of {wall:.3f} s ({total / wall:.0%}): {most}")


def checks_in_standards() -> int:
    """How many checks the standards of the project hold, asked of a process of their own: this one stays small."""
    ask = (
        "import sys; from pathlib import Path; from qaengine.standards.loader import load_standards; "
        "print(sum(len(each.checks) for each in load_standards(Path(sys.argv[1]), examples=False)))"
    )
    command = [sys.executable, "-c", ask, str(ROOT / "rules")]
    return int(subprocess.run(command, env=environment(), check=True, capture_output=True, text=True).stdout)
