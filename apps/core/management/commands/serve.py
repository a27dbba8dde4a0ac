"""``manage.py serve``: the one-process server."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.core.management.base import BaseCommand

from apps.core.live.limits import FRAME_BYTES


class Command(BaseCommand):
    """HTTP, websockets and, on the embedded default, the worker, in one process."""

    help = "Serve everything in one process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        uvicorn.run(
            "config.asgi:application",
            host=options["host"],
            port=options["port"],
            log_level="warning",
            lifespan="on",
            ws="websockets-sansio",
            ws_max_size=2 * FRAME_BYTES,
            # A frame is encoded once for all who watch; compressing it for each of them would cost more than it saves.
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=10,
            server_header=False,
            access_log=False,
        )
