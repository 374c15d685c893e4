"""Nothing leaves the machine, and nothing depends on when or where it runs."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "qaengine"
AUDIT = ("audit", "sample_cases", "--as-at", "2019-09-30", "--seed", "x", "--size", "3", "--out")
EVALUATE = ("evaluate", "sample_cases", "--as-at", "2019-09-30", "--format", "jsonl", "--out")

NO_SOCKETS = """
import socket
def refuse(*args, **more):
    raise RuntimeError("a socket was asked for")
socket.socket.__init__ = refuse
for name in ("create_connection", "create_server", "socketpair", "getaddrinfo", "fromfd"):
    setattr(socket, name, refuse)
"""
AT_THE_TIME = """
import time
later, real = {seconds}, dict(vars(time))
time.time = lambda: real["time"]() + later
time.time_ns = lambda: real["time_ns"]() + later * 10**9
for name in ("localtime", "gmtime", "ctime"):
    setattr(time, name, lambda seconds=None, name=name: real[name](time.time() if seconds is None else seconds))
time.strftime = lambda form, moment=None: real["strftime"](form, time.localtime() if moment is None else moment)
"""
RUN = """
from qaengine.cli.main import run
import sys
sys.exit(run(sys.argv[1:]))
"""


def run_with(before: str, *args: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own, after other code."""
    env = {**os.environ, **environment}
    command = [sys.executable, "-c", before + RUN, *args]
    return subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("command", [AUDIT, EVALUATE], ids=["audit", "evaluate"])
def test_no_socket_is_ever_opened(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = run_with(NO_SOCKETS, *command, str(tmp_path / "out"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out").exists()


def test_the_guard_against_sockets_would_notice_one() -> None:
    done = run_with(NO_SOCKETS + "socket.socket()\n")
    assert "a socket was asked for" in done.stderr


def hashes(out: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"]
    return found


def test_two_runs_years_apart_and_on_either_side_of_the_date_line_give_the_same_bytes(tmp_path: Path) -> None:
    here = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    there = {"TZ": "Etc/GMT+12", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"}
    for name, seconds, place in (("a", 0, here), ("b", 20 * 365 * 86_400, there)):
        done = run_with(AT_THE_TIME.format(seconds=seconds), *AUDIT, str(tmp_path / name), **place)
        assert (done.returncode, done.stderr) == (0, "")
    assert hashes(tmp_path / "a") == hashes(tmp_path / "b")
    manifests = [(tmp_path / name / "manifest.json").read_bytes() for name in "ab"]
    assert manifests[0] == manifests[1]


CLOCK_OWNERS = frozenset({"date", "datetime", "time"})
CLOCKS = frozenset({"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "monotonic", "perf_counter"})
PATIENCE = "cli/progress.py"  # says how far it has come once it takes long; nothing else may look at a clock


def asked_of_a_clock(path: Path) -> list[str]:
    """The lines of a file that name a clock: date.today, time.monotonic."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in CLOCKS]
    read = [node for node in used if isinstance(node.value, ast.Name) and node.value.id in CLOCK_OWNERS]
    return [f"{path.relative_to(PACKAGE)}:{node.lineno}" for node in read]


def test_nothing_but_the_progress_line_reads_a_clock() -> None:
    found = [place for path in sorted(PACKAGE.rglob("*.py")) for place in asked_of_a_clock(path)]
    assert {place.split(":")[0] for place in found} == {PATIENCE}


READERS = frozenset({"environ", "getenv"})
MAY_READ = frozenset({"cli"})  # the only room that may look at its surroundings


def test_nothing_but_the_command_line_reads_the_environment_prints_or_exits() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "attr", None) if isinstance(node, ast.Attribute) else None
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
            if (name in READERS or called in ("print", "exit", "input")) and room not in MAY_READ:
                found.append(f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}")
    assert found == []
