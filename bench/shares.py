"""Where the CPU of a messages.sendMessage goes: SQL, TL, crypto, Kafka, Redis, sockets, our own logic.

``python -m bench shares [--quick]`` runs the full stack with one worker and lets py-spy sample the node and the worker
while messages are sent, delivered and pushed. A sample belongs to the innermost frame that one of the parts below owns.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.server import QUICK, Bench, Scale
from bench.stack import start_parts
from localstack import parts
from tests.servers import Server

_RATE: Final = 250
_OWNERS: Final = (
    ("SQL", ("sqlalchemy/", "pymysql/", "layers/database/", "layers/unit_of_work")),
    ("Kafka", ("confluent_kafka/", "layers/bus/")),
    ("Redis", ("redis/", "layers/cache/")),
    ("TL", ("tl/", "<tl ")),
    ("crypto", ("connection_tier/crypto/", "connection_tier/exchange/")),
    ("functions", ("functions/", "layers/domain/", "layers/invocation", "layers/push", "layers/context")),
    ("session", ("connection_tier/session/", "connection_tier/transport/")),
    ("node", ("connection_tier/", "asyncio/", "uvloop/", "concurrent/", "layers/")),
)
"""A part and what the paths of its frames begin with, below site-packages or our checkout."""


def part_of(stack: str) -> str:
    """The part that owns a collapsed stack, ``outermost (path:line);…;innermost (path:line)``."""
    for frame in reversed(stack.split(";")):
        path = frame.rpartition("(")[2].removesuffix(")")
        for part, beginnings in _OWNERS:
            if path.startswith(beginnings):
                return part
    return "the rest"


@contextlib.contextmanager
def sampled(server: Server, folder: Path, shares: Counter[str]) -> Iterator[None]:
    """Sample a node and its workers, only threads that compute, while the block runs; add the samples to ``shares``."""
    program = Path(sys.executable).parent / "py-spy"
    out = folder / "stacks"
    command = [str(program), "record", "--subprocesses", "--gil", "--nonblocking", "--rate", str(_RATE)]
    command += ["--format", "raw", "--output", str(out), "--duration", "unlimited", "--pid", str(server.pid)]
    profiler = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        yield
    finally:
        profiler.send_signal(2)
        _, said = profiler.communicate(timeout=60)
    if not out.exists():
        raise SystemExit(f"py-spy took no samples: {said.decode(errors='replace')[-300:]}")
    for line in out.read_text().splitlines():
        stack, _, count = line.rpartition(" ")
        shares[part_of(stack)] += int(count)


def main() -> None:
    """Parse options, start the stack, send, print the shares."""
    parser = argparse.ArgumentParser(prog="python -m bench shares", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if shutil.which(str(Path(sys.executable).parent / "py-spy")) is None:
        raise SystemExit("py-spy is not installed: make dev")
    print(time.strftime("%Y-%m-%d"), os.cpu_count(), "cores", "quick" if options.quick else "")
    shares: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="cirrusgram-bench-") as name, contextlib.ExitStack() as stack:
        folder = parts.private_folder(Path(name))
        server = Server(folder / "node", {**start_parts(stack, folder), "CIRRUSGRAM_WORKERS": "1"})
        server.start()
        stack.callback(server.stop)
        scale = QUICK if options.quick else Scale(messages=3000)
        bench = Bench(server, scale, "1 worker")
        asyncio.run(bench.messages())  # warm: codecs and statements are made at their first use
        with sampled(server, folder, shares):
            asyncio.run(bench.messages())
    total = shares.total()
    print(f"{total} samples of node and worker together")
    for part, count in shares.most_common():
        print(f"{part:<12} {100 * count / total:5.1f} %")


if __name__ == "__main__":
    main()
