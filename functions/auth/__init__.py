"""auth.*: signing in and out, temporary keys, login tokens."""
