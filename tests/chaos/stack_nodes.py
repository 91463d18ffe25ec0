"""Several nodes of one deployment on the real parts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import psutil

from tests.servers import Server


def start_nodes(folder: Path, settings: Mapping[str, str], count: int) -> list[Server]:
    """Start nodes with a worker each, one after the other: the first creates the schema."""
    nodes = [Server(folder / f"node-{index}", {**settings, "CIRRUSGRAM_WORKERS": "1"}) for index in range(count)]
    for node in nodes:
        node.start()
    return nodes


def workers(node: Server) -> list[psutil.Process]:
    """The worker processes of a node."""
    return [child for child in node.process.children() if "connection_tier.runner.worker" in child.cmdline()]
