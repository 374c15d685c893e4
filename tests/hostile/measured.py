"""A command run in a process of its own, with the time and memory that it took.

The process is started by a small one, and not by the test's own: what a process has used before it becomes another
program counts as that program's peak on Linux, and a test run may have used much.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MOST_SECONDS = 5
MOST_MEGABYTES = 500
PATIENCE = 60  # of the wall's clock, after which it counts as hanging

STARTER = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, stdin=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
peak = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
print(json.dumps([done.returncode, out, err, used.ru_utime + used.ru_stime, peak]))
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command said, and what it took: seconds of the processor, so that a busy machine is no failure."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float

    @property
    def within_limits(self) -> bool:
        return self.seconds <= MOST_SECONDS and self.megabytes <= MOST_MEGABYTES


def qaengine(*args: str | Path) -> Ran:
    """Run qaengine as a person would."""
    command = [sys.executable, "-m", "qaengine", *map(str, args)]
    starter = [sys.executable, "-c", STARTER, *command]
    done = subprocess.run(starter, capture_output=True, timeout=PATIENCE, check=True)
    return Ran(*json.loads(done.stdout))


def refused(path: Path, *args: str | Path) -> str:
    """What `qaengine read` says of a file that it refuses: in one line a problem, soon, and in little memory."""
    ran = qaengine("read", path, *args)
    assert ran.code == 4, (ran.code, ran.out[:500], ran.err[-1500:])
    assert "Traceback" not in ran.err
    assert "panicked" not in ran.err
    assert ran.err.rstrip().endswith("nothing was written.")
    assert len(ran.err) < 20_000
    assert ran.within_limits, (ran.seconds, ran.megabytes, ran.err[:300])
    _told(path, ran)
    return ran.err


def taken(path: Path, *args: str | Path) -> str:
    """What `qaengine read` says of a file that it reads, soon and in little memory."""
    ran = qaengine("read", path, *args)
    assert ran.code == 0, (ran.code, ran.out[:500], ran.err[-1500:])
    assert ran.within_limits, (ran.seconds, ran.megabytes)
    _told(path, ran)
    return ran.out


def _told(path: Path, ran: Ran) -> None:
    """Shown with `pytest -s`."""
    first = ran.err.partition("\n")[0] if ran.code else ran.out.partition("\n")[0]
    print(f"\n| {path.name} | {ran.seconds:.2f} | {ran.megabytes:.0f} | {ran.code} | {first[:150]} |")
