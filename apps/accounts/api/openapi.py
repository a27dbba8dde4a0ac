"""How the OpenAPI document names our ways to authenticate."""

from __future__ import annotations

from typing import Any

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """``Authorization: Bearer exprsn_…``."""

    target_class = "apps.accounts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class BrowserSession(SessionScheme):  # type: ignore[no-untyped-call]
    """The browser's session."""

    target_class = "apps.accounts.api.authentication.SessionAuthentication"
    name = "session"
