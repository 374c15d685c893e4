"""Whole processes timed from outside, and the words in which times are printed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
SAMPLE_DATA = Path(os.environ.get("QAENGINE_SAMPLE_DATA", ROOT.parent / "shared" / "data"))
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "qaengine-benchmarks"
_BYTES = 1 if sys.platform == "darwin" else 1024  # what one unit of ru_maxrss is


def environment() -> dict[str, str]:
    """The environment of what is timed: bytecode is kept, as after any installation, but not in the project.

    Where PYTHONDONTWRITEBYTECODE is set, every run would compile all that was installed as source, and only that.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode")}


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds on the clock, seconds of processor (user and system), and megabytes at its peak."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Work:
    """What is timed: a name and a command, run in `cwd`."""

    name: str
    command: tuple[str, ...]
    cwd: Path

    def run(self, stderr: Path | None = None) -> Run:
        """Run it once. What it prints is thrown away, or its standard error kept in a file; a failure ends all.

        This process must stay small: Linux counts the memory of the parent, too, at the moment of the fork.
        """
        with open(stderr or os.devnull, "wb") as errors:
            start = time.perf_counter()
            process = subprocess.Popen(
                self.command, cwd=self.cwd, env=environment(), stdout=subprocess.DEVNULL, stderr=errors
            )
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{self.name} ended with {process.returncode}: {' '.join(self.command)}")
        return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _BYTES / 1_000_000)


def qaengine(name: str, *args: str, cwd: Path) -> Work:
    """A qaengine command, by the console script of this interpreter."""
    script = Path(sys.executable).with_name("qaengine")
    command = (str(script),) if script.exists() else (sys.executable, "-m", "qaengine")
    return Work(name, (*command, *args), cwd)


def repeated(work: Work, runs: int) -> list[Run]:
    """So many runs, after one that does not count."""
    work.run()
    return [work.run() for _ in range(runs)]


def alternating(ours: Work, theirs: Work, pairs: int) -> list[tuple[Run, Run]]:
    """A B A B …, so that what else the machine does falls on both; the warm-ups were run before."""
    return [(ours.run(), theirs.run()) for _ in range(pairs)]


def ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """How many times as long the second took: the median of the pairs."""
    return median(theirs / ours for ours, theirs in pairs)


def ratios(pairs: Sequence[tuple[float, float]]) -> str:
    """The same in words, with the least and the most."""
    each = sorted(theirs / ours for ours, theirs in pairs)
    return f"{median(each):.1f} times (from {each[0]:.1f} to {each[-1]:.1f}, {len(each)} pairs)"


def middle(runs: Sequence[Run], of: Callable[[Run], float] = lambda run: run.wall) -> float:
    """The median of one measure."""
    return median(of(run) for run in runs)


def line(name: str, runs: Sequence[Run]) -> str:
    """The medians of some runs, and the range of the clock."""
    walls = [run.wall for run in runs]
    return (
        f"  {name:<42} {middle(runs):7.3f} s ({min(walls):.3f} to {max(walls):.3f})"
        f"  processor {middle(runs, lambda run: run.cpu):7.3f} s  peak {middle(runs, lambda run: run.peak):6.0f} MB"
    )


def machine() -> str:
    """What the figures were measured on, and how busy it was."""
    load = " ".join(f"{each:.2f}" for each in os.getloadavg())
    return f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {load}"
