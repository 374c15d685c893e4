"""A command run in a process of its own, with the time and memory that it took.

Each process is split off from one that has loaded qaengine and has done nothing yet (`fork`), so that hundreds can be
measured: what a run takes is what it took itself, with what loading took (and the code that is mapped into memory,
which is not counted as the own of whoever is split off). That one is started afresh and not split off
from the test's own process, for what a process used before counts as the peak of what it becomes.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

if not hasattr(os, "fork"):
    pytest.skip("processes are measured where they can be split off", allow_module_level=True)

MOST_SECONDS = 5
MOST_MEGABYTES = 500
PATIENCE = 25
"""Seconds by the wall clock after which a process counts as hanging."""

SERVER = """
import gc, json, os, resource, signal, sys, tempfile, time
import polars, python_calamine, defusedxml.expatreader
from qaengine.cli.main import COMMANDS, cli, run
for name in COMMANDS:
    cli.get_command(None, name)
import qaengine.cases.reading, qaengine.cases.table_write, qaengine.cases.formats.dfe_api
import qaengine.cases.formats.cin_census, qaengine.cases.formats.ssda903, qaengine.cases.formats.listed
gc.set_threshold(200_000)
used = resource.getrusage(resource.RUSAGE_SELF)
loading = used.ru_utime + used.ru_stime
mapped = 0
if os.path.exists("/proc/self/status"):
    mapped = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("RssFile")) / 1024
for line in sys.stdin:
    args, patience = json.loads(line)
    out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
    child = os.fork()
    if child == 0:
        for file, number in ((open(os.devnull), 0), (out, 1), (err, 2)):
            os.dup2(file.fileno(), number)
        code = 70
        try:
            code = run(args)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    until = time.monotonic() + patience
    while True:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.002)
    said = []
    for file in (out, err):
        file.seek(0)
        said.append(file.read().decode("utf-8", "replace"))
        file.close()
    peak = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    code = os.waitstatus_to_exitcode(status)
    print(json.dumps([code, *said, loading + used.ru_utime + used.ru_stime, peak]), flush=True)
"""

STARTER = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
peak = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
print(json.dumps([done.returncode, done.stdout.decode(), done.stderr.decode(), used.ru_utime + used.ru_stime, peak]))
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


@cache
def server() -> "subprocess.Popen[str]":
    """The process from which the others are split off; it ends with the test's own."""
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", SERVER]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def qaengine(*args: str | Path) -> Ran:
    """Run qaengine as a person would."""
    running = server()
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(json.dumps([[str(arg) for arg in args], PATIENCE]) + "\n")
    running.stdin.flush()
    return Ran(*json.loads(running.stdout.readline()))


def afresh(*args: str | Path) -> Ran:
    """The same in a process that is started as a person's would be."""
    command = [sys.executable, "-c", STARTER, sys.executable, "-m", "qaengine", *map(str, args)]
    done = subprocess.run(command, capture_output=True, check=True)
    return Ran(*json.loads(done.stdout))


def refused(path: Path, *args: str | Path) -> str:
    """What `qaengine read` says of a file that it refuses: in one line a problem, soon, and in little memory."""
    ran = qaengine("read", path, *args)
    assert ran.code == 4, (ran.code, ran.out[:500], ran.err[-1500:])
    assert "Traceback" not in ran.err
    assert "panicked" not in ran.err
    assert ran.err.rstrip().endswith("nothing was written.")
    assert len(ran.err) < 40_000
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
    """Shown with `pytest -s`: a line of a table of what each file took."""
    first = ran.err.partition("\n")[0] if ran.code else ran.out.partition("\n")[0].rpartition("/")[2]
    print(f"\n| {path.name} | {ran.seconds:.2f} | {ran.megabytes:.0f} | {ran.code} | {first[:150]} |")
