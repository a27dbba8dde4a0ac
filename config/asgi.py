"""ASGI: websockets to Channels, HTTP to the WSGI application in a fixed pool of threads.

Django's own ASGI handler makes a thread for each request, which throws its database connection away;
a fixed pool keeps them. The embedded worker lives between the lifespan's start-up and shutdown.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")

from apps.core.live.bus import bus
from apps.core.live.hub import close_hub
from config.embedded import EmbeddedWorker
from config.routing import websocket_urlpatterns
from config.wsgi import application as wsgi_application

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_http: Any = WSGIMiddleware(cast(Any, wsgi_application), workers=settings.EXPRSN_SERVE_THREADS)
_websocket = URLRouter(websocket_urlpatterns)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Dispatch by kind of connection."""
    if scope["type"] == "http":
        await _http(scope, receive, send)
    elif scope["type"] == "websocket":
        await _websocket(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    worker = EmbeddedWorker() if settings.EXPRSN_EMBEDDED_WORKER else None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if worker is not None:
                await sync_to_async(worker.start)()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            if worker is not None:
                await sync_to_async(worker.stop)()
            await close_hub()
            await sync_to_async(bus.stop)()
            await send({"type": "lifespan.shutdown.complete"})
            return
