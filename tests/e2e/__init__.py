"""Unmodified client libraries against a running server."""
