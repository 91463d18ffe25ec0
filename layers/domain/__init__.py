"""Domain services: Telegram's semantics, shared by the functions."""
