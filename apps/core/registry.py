"""What other apps register in the core."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from exprsn.kernel.registry import Registry

# Name → a function that returns when all is well, with details to show if it has any, and raises otherwise.
HealthCheck = Callable[[], Mapping[str, Any] | None]
health_checks: Registry[HealthCheck] = Registry("health checks")

# Name → a function that answers metric families (prometheus_client) with figures of the whole installation.
metric_sources: Registry[Callable[[], Iterable[Any]]] = Registry("sources of metrics")
