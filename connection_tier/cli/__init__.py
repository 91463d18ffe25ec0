"""The command `cirrusgram`."""

from connection_tier.cli.main import main

__all__ = ["main"]
