"""A reproducible stand-in for ``os.urandom``, so that ciphertexts and handshakes are golden."""

from hashlib import sha256


class SeededRandom:
    """``random(n)`` returns the next ``n`` bytes of SHA-256(seed || counter)."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._counter = 0
        self._left = b""

    def __call__(self, size: int) -> bytes:
        while len(self._left) < size:
            self._left += sha256(self._seed + self._counter.to_bytes(8, "big")).digest()
            self._counter += 1
        result, self._left = self._left[:size], self._left[size:]
        return result
