"""``ws/executions/``: following executions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, actor_from_request, authenticate_token, require
from apps.core.live.consumer import LiveConsumer
from apps.core.live.feed import Feed
from apps.core.live.handshake import address_of, bearer_of, request_of
from apps.core.live.hub import hub
from apps.core.live.outbox import Subscription
from apps.workflows.access import get_execution, get_workflow
from apps.workflows.live.execution_feed import ExecutionFeed
from apps.workflows.live.list_feed import ListFeed
from apps.workflows.live.topics import execution_topic, organization_topic, workflow_topic
from exprsn.kernel.errors import InvalidInput, NotFound

MAX_SEQ = 2**53 - 1


class ExecutionsConsumer(LiveConsumer):
    """Frames: ``subscribe`` and ``unsubscribe`` with ``execution``, ``workflow`` or ``"executions": "all"``."""

    actor: Actor

    def authenticate(self) -> None:
        secret = bearer_of(self.scope)
        if secret:
            self.actor = authenticate_token(secret, address_of(self.scope))[1]
        else:
            self.actor = actor_from_request(request_of(self.scope))
        require(self.actor, Permission.READ)

    def recheck(self, key: str) -> None:
        kind, _, name = key.partition(":")
        if kind == "execution":
            get_execution(self.actor, UUID(name), Permission.READ)
        elif kind == "workflow":
            get_workflow(self.actor, UUID(name.partition(" ")[0]), Permission.READ)
        elif name != self._of_actor():
            raise NotFound("This belongs to another organization now.", code="organization_not_found")

    async def handle(self, frame: dict[str, Any]) -> None:
        key = self._key(frame)
        if frame["type"] == "subscribe":
            await self._subscribe(key, _after(frame))
        elif frame["type"] == "unsubscribe":
            if not self.unsubscribe(key):
                raise NotFound("This socket does not watch that.", code="not_subscribed")
        else:
            raise InvalidInput("The types are subscribe, unsubscribe and ping.", code="unknown_frame_type")

    async def _subscribe(self, key: str, after: int) -> None:
        self.room_for_one_more(key)
        await hub().in_thread(self.recheck, key)
        self.unsubscribe(key)
        kind, _, name = key.partition(":")
        subscription = Subscription(key, self.outbox, {name: after} if after and kind == "execution" else {})
        self.subscriptions[key] = subscription
        try:
            hub().join(subscription, self._topic(kind, name), lambda: self._feed(kind, name))
        except Exception:
            del self.subscriptions[key]
            raise

    def _key(self, frame: dict[str, Any]) -> str:
        """Lists differ from person to person, executions do not."""
        named = [name for name in ("execution", "workflow", "executions") if name in frame]
        if named == ["execution"]:
            return f"execution:{_uuid(frame, 'execution')}"
        if named == ["workflow"]:
            return f"workflow:{_uuid(frame, 'workflow')} {self._of_actor()}"
        if named == ["executions"] and frame["executions"] == "all":
            return f"executions:{self._of_actor()}"
        raise InvalidInput('Name one execution, or one workflow, or "executions": "all".', code="unknown_subject")

    def _of_actor(self) -> str:
        return f"{self.actor.organization_id}/{self.actor.user_id}"

    def _topic(self, kind: str, name: str) -> str:
        if kind == "execution":
            return execution_topic(name)
        if kind == "workflow":
            return workflow_topic(name.partition(" ")[0])
        return organization_topic(self.actor.organization_id)

    def _feed(self, kind: str, name: str) -> Feed:
        if kind == "execution":
            return ExecutionFeed(UUID(name))
        return ListFeed(self.actor, UUID(name.partition(" ")[0]) if kind == "workflow" else None)


def _uuid(frame: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(frame[name])
    except (ValueError, AttributeError, TypeError):
        raise InvalidInput("An id is a UUID.", code="invalid_id") from None


def _after(frame: dict[str, Any]) -> int:
    after = frame.get("after")
    if after is None:
        return 0
    if isinstance(after, bool) or not isinstance(after, int) or not 0 <= after <= MAX_SEQ:
        raise InvalidInput("“after” is the number of the last event that you have.", code="invalid_after")
    return after
