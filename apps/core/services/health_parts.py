"""Health of what this installation needs beside the database and the cache."""

from __future__ import annotations

import asyncio
import shutil
from typing import Any

from asgiref.sync import async_to_sync
from celery import current_app
from channels.layers import get_channel_layer
from django.conf import settings

from apps.core.registry import health_checks
from apps.core.services.health import Unhealthy
from apps.core.services.sandbox import sandbox
from apps.core.services.workers import SILENT_SECONDS, workers_alive

CONNECT_SECONDS = 2


def broker() -> None:
    """The broker answers."""
    with current_app.connection_for_write(connect_timeout=CONNECT_SECONDS) as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=CONNECT_SECONDS)


def workers() -> None:
    """At least one worker was heard from lately."""
    if not workers_alive():
        raise Unhealthy(f"No worker was heard from in {SILENT_SECONDS:.0f} seconds: start celery -A config worker.")


def channel_layer() -> None:
    """What is sent on the channel layer arrives."""
    async_to_sync(_there_and_back)()


async def _there_and_back() -> None:
    layer = get_channel_layer()
    if layer is None:
        raise Unhealthy("There is no channel layer.")
    channel = await layer.new_channel()
    await layer.send(channel, {"type": "health"})
    await asyncio.wait_for(layer.receive(channel), CONNECT_SECONDS)


def disk() -> None:
    """The data folder has room."""
    free = shutil.disk_usage(settings.EXPRSN_DATA_DIR).free
    if free < settings.EXPRSN_DISK_FREE_BYTES:
        raise Unhealthy(f"The data folder has only {free // 1_048_576} MiB left; see EXPRSN_DISK_FREE_BYTES.")


def sandbox_layers() -> dict[str, Any]:
    """Code of users can be run; which layers of the jail hold."""
    missing = sandbox().missing()
    if missing:
        raise Unhealthy(f"Code is not run, since layers of the sandbox are missing: {', '.join(missing)}.")
    return {"layers": sandbox().layers()}


for _check in (broker, workers, channel_layer, disk):
    health_checks.register(_check.__name__, _check)
health_checks.register("sandbox", sandbox_layers)
