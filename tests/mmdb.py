"""Writes a MaxMind file for tests: https://maxmind.github.io/MaxMind-DB/, IPv4 in an IPv6 tree, 24-bit records."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Any

_MARKER = b"\xab\xcd\xefMaxMind.com"


class _Short(int):
    """A number that the format wants as uint16; others are uint32."""


class _Long(int):
    """One that it wants as uint64."""


def _value(value: Any) -> bytes:
    if isinstance(value, str):
        data = value.encode()
        return _head(2, len(data)) + data
    if isinstance(value, dict):
        return _head(7, len(value)) + b"".join(_value(key) + _value(item) for key, item in value.items())
    if isinstance(value, list):
        return _head(11, len(value)) + b"".join(_value(item) for item in value)
    if isinstance(value, _Long):
        return _head(9, 8) + value.to_bytes(8, "big")
    data = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return _head(5 if isinstance(value, _Short) else 6, len(data)) + data


def _head(kind: int, size: int) -> bytes:
    extra = b"" if size < 29 else bytes((size - 29,))
    first = min(size, 29)
    return (bytes((kind << 5 | first,)) if kind < 8 else bytes((first, kind - 7))) + extra


def write_mmdb(path: Path, networks: dict[str, dict[str, Any]]) -> Path:
    """A file that knows these networks (IPv4), each with its data."""
    nodes: list[list[int | bytes | None]] = [[None, None]]
    for text, data in networks.items():
        network = ip_network(text)
        bits = f"{int(network.network_address):0128b}"[: 96 + network.prefixlen]
        node = 0
        for bit in bits[:-1]:
            following = nodes[node][int(bit)]
            if not isinstance(following, int):
                nodes.append([None, None])
                following = nodes[node][int(bit)] = len(nodes) - 1
            node = following
        nodes[node][int(bits[-1])] = _value(data)
    tree, section = b"", b""
    for node_records in nodes:
        for record in node_records:
            if isinstance(record, bytes):
                tree += (len(nodes) + 16 + len(section)).to_bytes(3, "big")
                section += record
            else:
                tree += (len(nodes) if record is None else record).to_bytes(3, "big")
    metadata = {
        "node_count": len(nodes),
        "record_size": _Short(24),
        "ip_version": _Short(6),
        "database_type": "Test-City",
        "languages": ["en"],
        "binary_format_major_version": _Short(2),
        "binary_format_minor_version": _Short(0),
        "build_epoch": _Long(1_790_000_000),
        "description": {"en": "test"},
    }
    path.write_bytes(tree + bytes(16) + section + _MARKER + _value(metadata))
    return path
