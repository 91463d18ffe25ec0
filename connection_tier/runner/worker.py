"""A worker process: functions in a few threads, requests from the node over a socket.

Started by `connection_tier.runner.workers` as ``python -m connection_tier.runner.worker FD``; the settings come with
the environment. It ends when the node closes the socket, so that a killed node leaves none behind. The workers also
share the consumption of the bus.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import BinaryIO, Final

import orjson

from connection_tier.runner.background import Background
from connection_tier.runner.frames import HEADER, MEASURES, pack_reply, unpack_request
from layers.context import Services
from layers.invocation import invoke
from layers.measures import CATALOG
from layers.registry import Registry, load_registry

THREADS: Final = 4
"""Threads of one worker: while one waits for the database another computes."""

_MEASURES_EVERY_S: Final = 2.0


def serve(services: Services, registry: Registry, node: socket.socket) -> None:
    """Answer requests until the node closes the socket."""
    sending = threading.Lock()

    def answer(number: int, payload: bytes) -> None:
        frame = pack_reply(number, invoke(services, registry, unpack_request(payload)))
        # A node that was killed reads nothing more: its client repeats the query elsewhere.
        with sending, suppress(OSError):
            node.sendall(frame)

    stopped = threading.Event()

    def tell_measures() -> None:
        while not stopped.wait(_MEASURES_EVERY_S):
            snapshot = orjson.dumps(CATALOG.snapshot())
            with sending, suppress(OSError):
                node.sendall(HEADER.pack(len(snapshot), MEASURES) + snapshot)

    threading.Thread(target=tell_measures, name="measures", daemon=True).start()
    stream = node.makefile("rb")
    with ThreadPoolExecutor(THREADS, thread_name_prefix="function") as threads:
        while header := _read(stream, HEADER.size):
            length, number = HEADER.unpack(header)
            threads.submit(answer, number, _read(stream, length))
    stopped.set()


def _read(stream: BinaryIO, length: int) -> bytes:
    """So many bytes; none once the node is gone, however it went."""
    try:
        return stream.read(length)
    except ConnectionError:
        return b""


def main() -> None:
    """Open the services that the environment names and serve the socket of argument one."""
    from layers.bootstrap import close_services, connect
    from layers.config import load_settings

    # Ctrl-C reaches the whole process group; the node drains and closes our socket when it is done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    settings = load_settings()
    # The node has checked the settings; a part that is away meanwhile must not keep the others from being used.
    services = connect(settings, check=False)
    registry = load_registry()
    background = Background(services, registry)
    if settings.consumers == "local":
        background.start_consumers()
    with socket.socket(fileno=int(sys.argv[1])) as node:
        # A node that was killed meanwhile is noticed by `serve`, at the first read.
        with suppress(OSError):
            node.sendall(HEADER.pack(0, 0))
        serve(services, registry, node)
    background.close()
    close_services(services)


if __name__ == "__main__":
    main()
