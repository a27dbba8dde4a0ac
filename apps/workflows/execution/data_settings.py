"""The limits of data, from the settings."""

from __future__ import annotations

from django.conf import settings

from apps.core.public import spool_folder
from apps.workflows.engine.data_limits import limits


def take_data_limits() -> None:
    """Let the engine of this process keep to them."""
    limits.item_bytes = settings.EXPRSN_ITEM_MAX_BYTES
    limits.node_bytes = settings.EXPRSN_NODE_MAX_BYTES
    limits.run_bytes = settings.EXPRSN_RUN_MAX_BYTES
    limits.spill_items = settings.EXPRSN_SPILL_ITEMS
    limits.folder = lambda: str(spool_folder())
