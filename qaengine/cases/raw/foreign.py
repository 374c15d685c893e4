"""Readers that are written in another language, kept from bringing the whole program down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

ERROR_STREAM = 2


class DamagedError(Exception):
    """A file on which a reader broke down."""


@contextmanager
def guarded() -> Iterator[None]:
    """What such a reader does when it breaks down: not print on the error stream, and raise what can be caught.

    Raises DamagedError in place of it.
    """
    with _unheard():
        try:
            yield
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            raise DamagedError(str(error).partition("\n")[0]) from None


@contextmanager
def _unheard() -> Iterator[None]:
    try:
        heard = os.dup(ERROR_STREAM)
    except OSError:  # there is none
        yield
        return
    try:
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, ERROR_STREAM)
            os.close(nowhere)
        yield
    finally:
        os.dup2(heard, ERROR_STREAM)
        os.close(heard)
