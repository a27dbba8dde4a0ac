"""What every page of the shell needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from apps.core.web.navigation import nav_groups


def shell(request: HttpRequest) -> dict[str, Any]:
    """The navigation, worked out when a page shows it: by then its view has named the permissions."""
    return {"nav_groups": SimpleLazyObject(lambda: nav_groups(request.path, getattr(request, "permissions", ())))}
