"""A websocket to an ASGI application without a server between them.

``channels.testing`` has one too, but importing it needs daphne, which this product does not use.
"""

from __future__ import annotations

import json
from typing import Any

from asgiref.testing import ApplicationCommunicator


class Socket(ApplicationCommunicator):
    """One connection from its handshake to its end."""

    def __init__(self, application: Any, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
        super().__init__(application, {**scope, "client": ("127.0.0.1", 1)})

    async def connect(self, timeout: float = 5) -> tuple[bool, int | None]:
        """Whether it was accepted, else the code."""
        await self.send_input({"type": "websocket.connect"})
        answer = await self.receive_output(timeout)
        return answer["type"] == "websocket.accept", answer.get("code")

    async def send_json_to(self, frame: Any) -> None:
        await self.send_input({"type": "websocket.receive", "text": json.dumps(frame)})

    async def send_raw(self, **message: Any) -> None:
        await self.send_input({"type": "websocket.receive", **message})

    async def receive_json_from(self, timeout: float) -> Any:
        message = await self.receive_output(timeout)
        assert message["type"] == "websocket.send", message
        return json.loads(message["text"])

    async def disconnect(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(5)
