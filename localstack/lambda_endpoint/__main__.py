"""`python -m localstack.lambda_endpoint --port PORT`: serve until told to stop.

The functions get this process's environment: give it the CIRRUSGRAM_… settings they shall run with.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import uvloop
from aiohttp import web

from localstack.lambda_endpoint.api import Endpoint, Limits
from localstack.lambda_endpoint.code import Packages, SourceTree
from localstack.lambda_endpoint.signature import Verifier


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m localstack.lambda_endpoint", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="for logs and unpacked code")
    parser.add_argument("--packages", type=Path, help="where `cirrusgram package` wrote (default: the source tree)")
    parser.add_argument("--prefix", default="cirrusgram", help="functions are called PREFIX-NAMESPACE")
    parser.add_argument("--environments", type=int, default=2, help="of each function, at most")
    parser.add_argument("--waiting", type=int, default=1000, help="invocations that may wait for an environment")
    parser.add_argument("--timeout", type=float, default=29.0, help="seconds that an invocation may take")
    parser.add_argument("--idle", type=float, default=300.0, help="seconds after which an idle environment ends")
    parser.add_argument("--warm", default="", metavar="NAMESPACE,…", help="start environments of these at once")
    chosen = parser.parse_args()
    code = Packages(chosen.packages, chosen.folder) if chosen.packages else SourceTree()
    endpoint = Endpoint(
        code,
        prefix=chosen.prefix,
        limits=Limits(chosen.environments, chosen.waiting, chosen.timeout, chosen.idle),
        verifier=Verifier(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]),
        logs=chosen.folder,
    )
    app = endpoint.app()

    async def warm(_app: web.Application) -> None:
        endpoint.warm([name for name in chosen.warm.split(",") if name])

    app.on_startup.append(warm)
    web.run_app(
        app,
        host="127.0.0.1",
        port=chosen.port,
        access_log=None,
        print=None,
        shutdown_timeout=1.0,
        loop=uvloop.new_event_loop(),
    )


if __name__ == "__main__":
    main()
