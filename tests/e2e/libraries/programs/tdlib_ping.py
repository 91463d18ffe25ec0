"""TDLib, unmodified: `pingProxy` through MTProxy secrets. usage: tdlib_ping.py FOLDER HOST PORT SECRET…

Prints one JSON line for each secret: TDLib's answer. TDLib also tries to reach the servers that are compiled into it:
run it where there is no network but the loopback.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import tdjson

TIMEOUT_S = 30.0


def main(folder: str, host: str, port: str, *secrets: str) -> None:
    """Ask for each."""
    tdjson.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())
    client = tdjson.td_create_client_id()

    def send(**request: Any) -> None:
        tdjson.td_send(client, json.dumps(request).encode())

    send(
        **{"@type": "setTdlibParameters"},
        database_directory=folder,
        api_id=1,
        api_hash="x" * 32,
        system_language_code="en",
        device_model="test",
        application_version="1",
    )
    for secret in secrets:
        kind = {"@type": "proxyTypeMtproto", "secret": secret}
        proxy = {"@type": "proxy", "server": host, "port": int(port), "type": kind}
        send(**{"@type": "pingProxy", "@extra": secret}, proxy=proxy)
        deadline = time.monotonic() + TIMEOUT_S
        answer: dict[str, Any] = {}
        while answer.get("@extra") != secret and time.monotonic() < deadline:
            received = tdjson.td_receive(1.0)
            answer = {} if received is None else json.loads(received)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
