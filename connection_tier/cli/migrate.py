"""`cirrusgram migrate`: prepare what a deployment keeps its data in, before its nodes start.

A node migrates its database by itself; this is for deployments whose nodes and Lambdas may not change the schema.
"""

from __future__ import annotations

import argparse
from typing import Any

from connection_tier.cli.options import add_json, print_result, settings_of
from connection_tier.runner.background import ensure_topics
from layers.blobs import create_blobs
from layers.bootstrap import close_services, connect, make_data_directory
from layers.bus import BusUnavailable
from layers.domain.seed import seed
from layers.errors import ConfigurationError
from layers.migrations import migrate
from layers.migrations.revisions import newest
from layers.registry import load_registry


def add_command(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "migrate", parents=[common], help="bring the database up to date; create bus topics and the bucket"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Create what is missing; safe to repeat, and to run beside a server."""
    settings = settings_of(options)
    make_data_directory(settings.data)
    create_blobs(settings.effective_blob_url)
    services = connect(settings)
    try:
        applied = migrate(services.database)
        seed(services)
        topics = ensure_topics(services.bus, load_registry())
    except BusUnavailable as error:
        raise ConfigurationError(f"BUS_URL: {error}") from error
    finally:
        close_services(services)
    print_result(options, {"schema": newest(), "applied": applied, "topics": topics}, _as_text)
    return 0


def _as_text(done: dict[str, Any]) -> str:
    change = f"applied {', '.join(done['applied'])}" if done["applied"] else "nothing to do"
    return f"database  schema {done['schema']}: {change}\nbus       {', '.join(done['topics'])}\nblobs     ready"
