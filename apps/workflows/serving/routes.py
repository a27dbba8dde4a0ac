"""Which active workflow answers a call. Always asked of the database, so that "active" is "reachable"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.core.public import KeptQuery
from apps.workflows.engine.webhook_paths import best_match, match_path, split_path
from apps.workflows.models import Webhook
from exprsn.kernel.errors import NotFound

_FIELDS = (
    "path",
    "organization_id",
    "workflow_id",
    "version_id",
    "node_id",
    "settings",
    "workflow__environment",
)


@dataclass(frozen=True, slots=True)
class Route:
    """The trigger that a call reached; ``parameters`` are the node's, ``path_params`` from the path."""

    organization_id: UUID
    workflow_id: UUID
    version_id: UUID
    node_id: str
    environment: str
    parameters: dict[str, Any]
    credentials: dict[str, str]
    path_params: dict[str, str]


def find_route(method: str, path: str) -> Route:
    """The route for this call, or ``webhook_not_found`` (which says whether another method would do)."""
    segments = split_path(path)
    if "\x00" in path:  # PostgreSQL keeps no such text, so no route can have it
        raise _unknown_path()
    if exact := _exact_routes(method, "/".join(segments)):
        return _route(exact[0], {})
    rows = Webhook.objects.for_system(reason="webhook route").values_list(*_FIELDS)
    candidates = rows.filter(method=method, segments=len(segments), has_parameters=True)[:1000]
    found = best_match(((candidate[0], candidate) for candidate in candidates), segments)
    if found is not None:
        return _route(*found)
    raise _not_found(method, segments)


def methods_at(path: str) -> list[str]:
    """The methods that this path answers, sorted. Raises ``webhook_not_found`` where there is none."""
    segments = split_path(path)
    if "\x00" in path:
        raise _unknown_path()
    rows = Webhook.objects.for_system(reason="webhook methods").filter(segments=len(segments))
    exact = set(rows.filter(route="/".join(segments)).values_list("method", flat=True)[:20])
    candidates = rows.filter(has_parameters=True).values_list("path", "method")[:1000]
    found = exact | {method for pattern, method in candidates if match_path(pattern, segments) is not None}
    if not found:
        raise _unknown_path()
    return sorted(found)


def _exact_query(method: str, route: str) -> QuerySet[Webhook, tuple[Any, ...]]:
    rows = Webhook.objects.for_system(reason="webhook route")
    return rows.filter(method=method, route=route, has_parameters=False).order_by("id").values_list(*_FIELDS)[:1]


_exact_routes = KeptQuery(_exact_query, values=2)


def _route(row: tuple[Any, ...], path_params: dict[str, str]) -> Route:
    _, organization_id, workflow_id, version_id, node_id, settings, environment = row
    return Route(
        organization_id,
        workflow_id,
        version_id,
        node_id,
        environment,
        settings["parameters"],
        settings["credentials"],
        path_params,
    )


def _not_found(method: str, segments: list[str]) -> NotFound:
    rows = Webhook.objects.for_system(reason="webhook route hint")
    others = sorted(rows.filter(route="/".join(segments)).values_list("method", flat=True)[:10])
    if others:
        return NotFound(
            f"This webhook answers {', '.join(others)}, not {method}.",
            code="webhook_method_not_found",
            params={"methods": others},
        )
    return _unknown_path()


def _unknown_path() -> NotFound:
    return NotFound(
        "No active workflow answers this path. Check the path, and that the workflow is active.",
        code="webhook_not_found",
    )
