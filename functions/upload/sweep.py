"""The periodic job of uploads."""

from __future__ import annotations

from layers.context import Services
from layers.domain.uploads import sweep_uploads
from layers.registry import job


@job(every_s=3600.0)
def sweep(services: Services) -> None:
    """Delete parts that were uploaded a day ago and never used."""
    sweep_uploads(services)
