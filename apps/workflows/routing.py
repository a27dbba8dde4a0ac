"""The websockets of this app."""

from __future__ import annotations

from typing import Any

from django.urls import path

from apps.workflows.consumers import ExecutionsConsumer

websocket_urlpatterns: list[Any] = [path("ws/executions/", ExecutionsConsumer.as_asgi())]
