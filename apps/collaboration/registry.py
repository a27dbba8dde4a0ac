"""The kinds of resources that are edited together; each app registers its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.collaboration.contracts import Materialization, OperationType, State
from exprsn.kernel.registry import Registry


class ResourceRow(Protocol):
    """The row that a resource is kept in; its lock orders all edits of the document."""

    id: UUID
    organization_id: UUID


class Resource(Protocol):
    """How a resource type is opened, read and written. ``schema_version`` is that of its documents."""

    schema_version: int
    types: Mapping[str, OperationType]

    def open(self, actor: Actor, resource_id: UUID, permission: Permission, *, lock: bool) -> Any:
        """The resource's row for this actor, held with ``lock``; raises when it is not there or not allowed."""
        ...

    def load(self, row: Any) -> State:
        """The document as the resource keeps it now."""
        ...

    def materialize(self, row: Any, actor: Actor, change: Materialization) -> None:
        """Keep the document, in the transaction that records the edits, so that both never differ."""
        ...


resources: Registry[Resource] = Registry("resources that are edited together")


def register_resource(resource_type: str, resource: Resource) -> Resource:
    """Make a resource type collaborative."""
    return resources.register(resource_type, resource)
