"""One writer at a time for a file that several people or programs add to."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for another writer."""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold `path` for this writer: a lock on a hidden file beside it, which the system lets go with the process.

    Raises TimeoutError where another writer holds it for longer than PATIENCE.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(f".{path.name}.lock")
    deadline = time.monotonic() + PATIENCE
    while (handle := _held(lock)) is None:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{path.name} is being written by another program; try again when it is done")
        time.sleep(0.01)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows keeps an open file
            lock.unlink()
        os.close(handle)


def _held(lock: Path) -> int | None:
    """An open handle on the locked file, None where another holds it or has just removed it."""
    handle = os.open(lock, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        _lock(handle)
        if os.fstat(handle).st_ino == lock.stat().st_ino:
            return handle
    except OSError:
        pass
    os.close(handle)
    return None


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
