"""That a node runs on this data directory: how commands beside it make it look again.

A node on the embedded cache shares nothing with other processes but its database. It holds a lock on ``node.pid`` in
the data directory; a command that changed sessions finds it there and sends SIGHUP, and the node reads the sign-in
state of all its keys anew. Nodes with a shared cache are told through that.
"""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

FILE: Final = "node.pid"


@contextmanager
def announced(data: Path) -> Iterator[None]:
    """Within the block the directory says that this process is its node; where another is already, it stays."""
    descriptor = os.open(data / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(descriptor, 0)
            os.write(descriptor, b"%d\n" % os.getpid())
        yield
    finally:
        os.close(descriptor)


def look_again(data: Path) -> bool:
    """Make the node of a data directory read its keys' sign-in state anew; False when none runs there."""
    try:
        descriptor = os.open(data / FILE, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.kill(int(os.read(descriptor, 32)), signal.SIGHUP)
        return True
    finally:
        os.close(descriptor)
    return False
