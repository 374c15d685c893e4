"""Progress for work that takes more than two seconds, on standard error and only for a person."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 2.0  # seconds before anything is said
EVERY = 0.5


def counted(items: Sequence[T], noun: str) -> Iterator[T]:
    """The items, saying how many are done once it takes long."""
    started = said = time.monotonic()
    for done, item in enumerate(items):
        now = time.monotonic()
        if now - started > PATIENCE and now - said > EVERY and sys.stderr.isatty():
            said = now
            print(f"\r{done:,} of {len(items):,} {noun}", end="", file=sys.stderr, flush=True)
        yield item
    if said != started:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


@contextmanager
def spoken() -> Iterator[Callable[[str], None]]:
    """A way to tell what is being done: it is said once that takes long, and wiped away when all is done."""
    current: list[str] = []
    done = threading.Event()

    def watch() -> None:
        if not done.wait(PATIENCE):
            while not done.wait(EVERY):
                took = time.monotonic() - started
                print(
                    f"\r\033[Kreading {current[-1] if current else ''} … {took:.0f} s",
                    end="",
                    file=sys.stderr,
                    flush=True,
                )

    if not sys.stderr.isatty():
        yield current.append
        return
    started = time.monotonic()
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield current.append
    finally:
        done.set()
        watcher.join()
        if time.monotonic() - started > PATIENCE:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def said(steps: Sequence[tuple[str, Callable[[], bytes]]]) -> dict[str, bytes]:
    """Do each step of some work, saying which one once it takes long."""
    return {name: work() for name, work in counted(steps, "files")}
