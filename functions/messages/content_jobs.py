"""The operator's content folder: https://core.telegram.org/api/reactions."""

from __future__ import annotations

from layers import unit_of_work
from layers.context import Services
from layers.domain.catalog import import_folder
from layers.errors import ConfigurationError
from layers.registry import job
from layers.telemetry import get_logger

logger = get_logger("messages")


@job(every_s=60)
def import_content(services: Services) -> None:
    """Take in what the operator has put into the content folder."""
    folder = services.settings.content
    if folder is None:
        return
    try:
        changed, _ = unit_of_work.run(services, lambda ctx: import_folder(ctx, folder), writes=True)
    except (ConfigurationError, OSError) as error:
        logger.warning("content folder not taken in", reason=str(error))
        return
    if changed:
        logger.info("content folder taken in", lists=changed)
