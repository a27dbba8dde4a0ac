"""Websocket routes: those of the apps, and an answer for every other address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

from django.urls import re_path

from apps.workflows.routing import websocket_urlpatterns as of_workflows

NOT_FOUND = 4404


async def nowhere(scope: Any, receive: Any, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    """No socket lives at this address: refused before the handshake."""
    await send({"type": "websocket.close", "code": NOT_FOUND})


websocket_urlpatterns: list[Any] = [*of_workflows, re_path("", cast(Any, nowhere))]
