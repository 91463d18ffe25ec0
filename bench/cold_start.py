"""What a Lambda's cold start costs before its first request: importing a namespace's entry point in a new interpreter.

``python -m bench cold_start``. CPU time, the least of several; our own share is that of ``tl``, ``layers`` and
``functions`` by ``-X importtime``. Bytecode is there, as it is in the packages.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from typing import Final

_REPEAT: Final = 5
_TIMEOUT_S: Final = 60
_ENTRY: Final = "import time; t = time.process_time(); import functions.aws; print(time.process_time() - t)"
_LINE: Final = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(tl|layers|functions)\b")


def imported(namespace: str, *options: str) -> tuple[float, str]:
    """Seconds of CPU of the import, and what the interpreter wrote beside."""
    done = subprocess.run(
        [sys.executable, *options, "-c", _ENTRY],
        env={**os.environ, "CIRRUSGRAM_NAMESPACE": namespace, "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=_TIMEOUT_S,
    )
    return float(done.stdout), done.stderr


def main() -> None:
    """Print a line for each namespace."""
    parser = argparse.ArgumentParser(prog="python -m bench cold_start", description=__doc__)
    parser.add_argument("namespaces", nargs="*", default=["help", "auth", "users", "updates", "messages", "sync"])
    options = parser.parse_args()
    print(time.strftime("%Y-%m-%d"), os.cpu_count(), "cores")
    for namespace in options.namespaces:
        imported(namespace)
        whole = min(imported(namespace)[0] for _ in range(_REPEAT))
        traced = [imported(namespace, "-X", "importtime")[1] for _ in range(_REPEAT)]
        own = min(sum(int(us) for us, _ in _LINE.findall(text)) for text in traced) / 1e6
        print(f"{namespace:<10} {whole * 1000:6.0f} ms CPU, of which our own modules {own * 1000:4.0f} ms", flush=True)


if __name__ == "__main__":
    main()
