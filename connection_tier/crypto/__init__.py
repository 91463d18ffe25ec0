"""MTProto cryptography: auth keys, message encryption, server RSA keys, Diffie-Hellman. No I/O, randomness injected."""
