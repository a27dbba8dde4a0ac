"""The base of every live websocket: who is asking, frames in, paced frames out, codes on closing."""

from __future__ import annotations

import asyncio
import contextlib
from random import uniform
from typing import Any, ClassVar

import orjson
import structlog
from channels.generic.websocket import AsyncWebsocketConsumer

from apps.core.live.handshake import is_origin_allowed
from apps.core.live.hub import hub
from apps.core.live.limits import (
    BLOCKED_SECONDS,
    FRAME_BURST,
    FRAME_BYTES,
    FRAME_DEPTH,
    FRAMES_PER_SECOND,
    MAX_REFUSED,
    MAX_SUBSCRIPTIONS,
    MERGE_SECONDS,
    RECHECK_SECONDS,
)
from apps.core.live.messages import joined
from apps.core.live.outbox import Frame, Outbox, Subscription
from apps.core.live.pace import EARLY_RELAYED, Pace
from apps.core.live.room import encode
from exprsn.kernel.clock import monotonic
from exprsn.kernel.errors import DomainError, MalformedInput, RateLimited, TooLarge
from exprsn.kernel.jsonvalue import is_deeper_than

logger = structlog.get_logger(__name__)
CLOSE_BASE = 4000
WRONG_ORIGIN = 4403
TOO_SLOW = 4408
TOO_MANY = 4429


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Subclasses say who is asking and what can be watched.

    A refusal closes with 4000 + its HTTP status; a bad frame is answered with an ``error`` frame.
    """

    # Hints do not travel over the channel layer, so a socket needs no mailbox in it.
    channel_layer_alias: ClassVar[str] = "none"
    merge_seconds: ClassVar[float] = MERGE_SECONDS
    recheck_seconds: ClassVar[float] = RECHECK_SECONDS
    blocked_seconds: ClassVar[float] = BLOCKED_SECONDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outbox = Outbox()
        self.subscriptions: dict[str, Subscription] = {}
        self._pace = Pace(EARLY_RELAYED)
        self._tasks: list[asyncio.Task[None]] = []
        self._allowance = FRAME_BURST
        self._counted_at = monotonic()
        self._refused = 0

    def authenticate(self) -> None:
        """Find out who is asking, now and again later. In a thread; raises a ``DomainError``."""
        raise NotImplementedError

    def recheck(self, key: str) -> None:
        """Whether the caller may still watch this. In a thread; raises a ``DomainError``."""
        raise NotImplementedError

    async def handle(self, frame: dict[str, Any]) -> None:
        """One frame from the client; raises a ``DomainError``."""
        raise NotImplementedError

    async def connect(self) -> None:
        """Wrong origins are refused before the handshake, strangers told why after it."""
        if not is_origin_allowed(self.scope):
            await self.close(WRONG_ORIGIN)
            return
        await self.accept()
        try:
            await hub().in_thread(self.authenticate)
        except DomainError as error:
            await self._refuse(error)
            return
        self.outbox.put(None, encode({"type": "welcome", "limits": {"subscriptions": MAX_SUBSCRIPTIONS}}))
        self._tasks = [asyncio.create_task(self._send_all()), asyncio.create_task(self._check_again())]

    async def disconnect(self, code: int) -> None:
        """Nothing of the socket stays."""
        for subscription in self.subscriptions.values():
            hub().leave(subscription)
        self.subscriptions.clear()
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            if task is not asyncio.current_task():
                task.cancel()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One frame; whatever is wrong with it is said, and nothing else happens."""
        frame: dict[str, Any] = {}
        try:
            self._count()
            frame = parse_frame(text_data)
            if frame.get("type") == "ping":
                self.outbox.put(None, encode({"type": "pong"}))
            else:
                await self.handle(frame)
        except DomainError as error:
            self.say_error(error, frame)
            await self._close_the_stubborn()
        except Exception:
            logger.exception("live_frame_failed")
            self.say_error(DomainError("This failed in a way that it should not.", code="internal_error"), frame)

    def say_error(self, error: DomainError, frame: dict[str, Any]) -> None:
        """Tell what was wrong; ``ref`` is the frame's own, so that the client knows which."""
        said: dict[str, Any] = {"type": "error", "code": error.code, "message": error.message}
        ref = frame.get("ref")
        if isinstance(ref, str | int) and len(str(ref)) <= 64:
            said["ref"] = ref
        said.update({name: frame[name] for name in ("execution", "workflow") if isinstance(frame.get(name), str)})
        self.outbox.put(None, encode(said))

    def room_for_one_more(self, key: str) -> None:
        """Raise when the socket watches too much."""
        if key not in self.subscriptions and len(self.subscriptions) >= MAX_SUBSCRIPTIONS:
            message = f"A socket watches at most {MAX_SUBSCRIPTIONS} things. Unsubscribe from one first."
            raise RateLimited(message, code="too_many_subscriptions")

    def unsubscribe(self, key: str) -> bool:
        """Watch this no more."""
        subscription = self.subscriptions.pop(key, None)
        if subscription is None:
            return False
        hub().leave(subscription)
        self.outbox.forget(subscription)
        return True

    def _count(self) -> None:
        now = monotonic()
        self._allowance = min(FRAME_BURST, self._allowance + (now - self._counted_at) * FRAMES_PER_SECOND)
        self._counted_at = now
        if self._allowance < 1:
            self._refused += 1
            raise RateLimited("Too many frames; slow down.")
        self._allowance -= 1

    async def _close_the_stubborn(self) -> None:
        if self._refused > MAX_REFUSED:
            await self.close(TOO_MANY)

    async def _refuse(self, error: DomainError) -> None:
        said = {"type": "error", "code": error.code, "message": error.message}
        await self.send(text_data=orjson.dumps(said).decode())
        await self.close(CLOSE_BASE + error.http_status)

    async def _send_all(self) -> None:
        """One message for all that waits, never more than ten a second; rooms have merged already what they could."""
        try:
            while True:
                await self.outbox.ready.wait()
                now = monotonic()
                due = self._pace.due(now, self.merge_seconds)
                if due > now:
                    await asyncio.sleep(due - now)
                taken = self.outbox.take()
                if taken:
                    self._pace.sent(monotonic(), self.merge_seconds)
                    await self._send(taken)
                self._catch_up()
        except TimeoutError:
            await self._leave(TOO_SLOW)
        except OSError:
            await self._leave(1011)

    async def _send(self, taken: list[tuple[Subscription | None, Frame]]) -> None:
        async with asyncio.timeout(self.blocked_seconds):
            await self.send(text_data=joined([frame for _, frame in taken]))
        for subscription, frame in taken:
            if subscription is not None and frame.stream:
                subscription.sent[frame.stream] = frame.seq

    async def _leave(self, code: int) -> None:
        for key in list(self.subscriptions):
            self.unsubscribe(key)
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(1):
                await self.close(code)

    def _catch_up(self) -> None:
        """One at a time: the pages of many would push each other out again."""
        behind = [one for one in self.subscriptions.values() if one.behind]
        if behind and not any(one.joining for one in behind):
            hub().rejoin(behind[0])

    async def _check_again(self) -> None:
        """Sessions and tokens end, people lose their role: looked at again every few seconds."""
        # Many come at once, as after a restart; they are not looked at again at once.
        share = uniform(0.5, 1)  # noqa: S311 - no secret
        while True:
            await asyncio.sleep(self.recheck_seconds * share)
            share = 1.0
            try:
                await hub().in_thread(self.authenticate)
            except DomainError as error:
                await self._refuse(error)
                await self._leave(CLOSE_BASE + error.http_status)
                return
            except Exception as error:  # noqa: BLE001 - the database may be away for a while
                logger.warning("live_recheck_failed", error=repr(error))
                continue
            for key in list(self.subscriptions):
                await self._recheck_one(key)

    async def _recheck_one(self, key: str) -> None:
        try:
            await hub().in_thread(self.recheck, key)
        except DomainError as error:
            if self.unsubscribe(key):
                kind, _, name = key.partition(":")
                self.say_error(error, {kind: name.partition(" ")[0]})
        except Exception as error:  # noqa: BLE001 - as above
            logger.warning("live_recheck_failed", error=repr(error))


def parse_frame(text: str | None) -> dict[str, Any]:
    """A JSON object with a type."""
    if text is None:
        raise MalformedInput("Send text, not binary.")
    if len(text) > FRAME_BYTES or len(text.encode("utf-8", "replace")) > FRAME_BYTES:
        raise TooLarge(f"A frame has at most {FRAME_BYTES} bytes.")
    try:
        frame = orjson.loads(text)
    except ValueError:  # lone surrogates are one of these too
        raise MalformedInput("This is not JSON.", code="malformed_json") from None
    if is_deeper_than(frame, FRAME_DEPTH):
        raise MalformedInput(f"Nested more than {FRAME_DEPTH} levels deep.", code="json_too_deep")
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
        raise MalformedInput("Send an object with a type.")
    return frame
