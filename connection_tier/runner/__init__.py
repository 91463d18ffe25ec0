"""Where functions run: the local runner (threads of the node); Lambda and worker processes share its interface."""

from connection_tier.runner.local import LocalRunner
from connection_tier.runner.port import Runner

__all__ = ["LocalRunner", "Runner"]
