"""The peer, csc-validator-be-903, in a virtual environment of its own. Nothing of it is copied or imported here."""

import re
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from timing import Work

PACKAGES = ("csc-validator-be-903", "pytest", "click", "tablib[xlsx]")
"""The peer, and three that its command line imports beside what it declares."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How many rules a run of the peer started, by its own log, and what became of them."""

    started: int
    skipped: int  # a table was not there
    crashed: int
    found: int  # said something of at least one row

    @property
    def ended(self) -> int:
        return self.started - self.skipped - self.crashed

    def __str__(self) -> str:
        return (
            f"{self.started} rules started: {self.ended} ran to the end ({self.found} found something), "
            f"{self.skipped} skipped for want of a table, {self.crashed} crashed"
        )


def python_of(folder: Path) -> Path:
    """The interpreter of the peer's environment, made if it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"Making the peer's environment in {folder} …", file=sys.stderr)
        venv.create(folder, with_pip=True)
    if subprocess.run([python, "-c", "import lac_validator.__main__"], capture_output=True, cwd=folder).returncode:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True, stdout=sys.stderr)
    return python


def version_of(python: Path) -> str:
    """The version of the peer that is installed."""
    ask = f"from importlib.metadata import version; print(version({PACKAGES[0]!r}))"
    return subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.strip()


def validates(python: Path, folder: Path, cwd: Path) -> Work:
    """The peer on the CSV files of a return."""
    return Work("peer", (str(python), "-m", "lac_validator", "run-offline", str(folder)), cwd)


def rules_in(log: Path) -> Rules:
    """What the peer's log says of the rules that it ran."""
    text = log.read_text(encoding="utf-8", errors="replace")
    return Rules(
        started=len(re.findall(r"Validating rule \S+\.\.\.", text)),
        skipped=len(re.findall(r"Error code \S+ skipped", text)),
        crashed=len(re.findall(r"Rule code \S+ failed to run", text)),
        found=len(set(re.findall(r"Error code (\S+) found", text))),
    )
