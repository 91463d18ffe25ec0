"""The full stack: sendMessage by node threads, worker processes and the Lambda API; pushes across nodes.

``python -m bench stack [--quick]`` starts MariaDB, Redis, Kafka, S3 and the local Lambda endpoint, then one node after
another in front of them. CPU is that of our own processes: nodes, workers, Lambda environments; not the parts'.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.server import QUICK, Bench, Scale
from localstack import parts
from localstack.process import Process
from tests.deployments import lambda_settings, shared_settings
from tests.servers import Server


@contextlib.contextmanager
def running(process: Process) -> Iterator[Process]:
    """A part, stopped at the end."""
    process.start()
    try:
        yield process
    finally:
        process.stop()


def start_parts(stack: contextlib.ExitStack, folder: Path) -> dict[str, str]:
    """Start the parts; the settings by which nodes share them."""
    urls = {f"{name}_url": stack.enter_context(running(part(folder / name))).url for name, part in parts.PARTS.items()}
    return shared_settings(folder, **urls)


def node(folder: Path, name: str, env: dict[str, str]) -> Server:
    """A node with its own folder for keys of its own: it has none, they come with ``env``."""
    return Server(folder / name, env)


async def measure(bench: Bench) -> None:
    """What is compared between the ways to run functions."""
    await bench.calls()
    await bench.messages()
    await bench.throughput()
    await bench.pushes()


def run(folder: Path, label: str, env: dict[str, str], scale: Scale, helpers: list[psutil.Process]) -> None:
    """Two nodes of one kind: everything on the first, the receiver of pushes on the second."""
    first, second = (node(folder, f"{label}-{number}".replace(" ", "-"), env) for number in (1, 2))
    first.start()
    second.start()
    try:
        asyncio.run(measure(Bench(first, scale, label, other=second, helpers=[*helpers, second.process])))
    finally:
        first.stop()
        second.stop()


def main() -> None:
    """Parse options, start the parts, run each kind."""
    parser = argparse.ArgumentParser(prog="python -m bench stack", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    scale = QUICK if options.quick else Scale()
    print(time.strftime("%Y-%m-%d"), os.cpu_count(), "cores", "quick" if options.quick else "")
    with tempfile.TemporaryDirectory(prefix="cirrusgram-bench-") as name, contextlib.ExitStack() as stack:
        folder = parts.private_folder(Path(name))
        env = start_parts(stack, folder)
        run(folder, "threads", env, scale, [])
        run(folder, "1 worker", {**env, "CIRRUSGRAM_WORKERS": "1"}, scale, [])
        run(folder, "2 workers", {**env, "CIRRUSGRAM_WORKERS": "2"}, scale, [])
        with running(parts.lambda_endpoint(folder / "lambda", env=env)) as endpoint:
            run(folder, "lambda", {**env, **lambda_settings(endpoint)}, scale, [psutil.Process(endpoint.pid)])


if __name__ == "__main__":
    main()
