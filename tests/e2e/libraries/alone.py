"""A node and TDLib in a network of their own. usage: python -m tests.e2e.libraries.alone FOLDER PYTHON SECRETS SECRET…

Started below ``unshare --net``: there is nothing but a loopback interface, which this switches on. SECRETS are those of
the node; the others are what TDLib tries, with one line of its answer each on standard output.
"""

from __future__ import annotations

import fcntl
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.servers import HOST, Server

_PROGRAM: Final = Path(__file__).parent / "programs" / "tdlib_ping.py"
_SIOCSIFFLAGS: Final = 0x8914
_UP: Final = 0x1


def switch_loopback_on() -> None:
    """As ``ip link set lo up`` does."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", _UP))


def main(folder: str, python: str, node_secrets: str, *secrets: str) -> int:
    """Run both; the exit code is TDLib's."""
    switch_loopback_on()
    server = Server(Path(folder) / "node", {"CIRRUSGRAM_PROXY_SECRETS": node_secrets})
    server.start()
    try:
        command = [python, str(_PROGRAM), str(Path(folder) / "tdlib"), HOST, str(server.tcp_port), *secrets]
        return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    finally:
        server.kill()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
