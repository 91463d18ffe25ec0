"""Periodic work of signing in."""

from __future__ import annotations

from layers import unit_of_work
from layers.context import Services
from layers.domain import email_codes, future_tokens, login
from layers.registry import job


@job(every_s=600)
def sweep_login_codes(services: Services) -> None:
    """Remove codes and tokens that nobody used in time."""
    for delete_expired in (login.delete_expired, email_codes.delete_expired, future_tokens.delete_expired):
        unit_of_work.run(services, delete_expired, writes=True)
