"""The source of random bytes every part of the engine takes as an argument.

Production passes ``os.urandom``; tests pass a deterministic stream, which makes handshakes and ciphertexts golden.
"""

from collections.abc import Callable
from typing import TypeAlias

RandomBytes: TypeAlias = Callable[[int], bytes]
"""``random(n)`` returns exactly ``n`` fresh bytes from a cryptographically secure source."""
