"""Examples for the OpenAPI document."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample

_ID = "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c"
_USER = "0192d6a4-5f70-7d21-8a55-6c0e4b9f3d72"
_WHEN = "2026-01-31T09:30:00Z"

ME = OpenApiExample(
    "You",
    {
        "id": _USER,
        "email": "ada@example.com",
        "name": "Ada",
        "locale": "en",
        "theme": "system",
        "organization": {
            "id": _ID,
            "slug": "ada",
            "name": "Ada",
            "role": "owner",
            "permissions": ["read", "write", "execute", "publish", "admin"],
        },
    },
    response_only=True,
)
ME_CHANGE = OpenApiExample("Dark from now on", {"name": "Ada", "theme": "dark"}, request_only=True)
ORGANIZATION_NEW = OpenApiExample(
    "An organization", {"name": "Acme", "timezone": "Europe/Berlin", "locale": "en"}, request_only=True
)
ORGANIZATION_CHANGE = OpenApiExample("Another name", {"name": "Acme & Co"}, request_only=True)
MEMBER_NEW = OpenApiExample("An editor", {"email": "eve@example.com", "role": "editor"}, request_only=True)
MEMBER_CHANGE = OpenApiExample("A viewer in one team", {"role": "viewer", "teams": [_ID]}, request_only=True)
TEAM = OpenApiExample("A department", {"name": "Support"}, request_only=True)
TEAM_CHANGE = OpenApiExample("Another name", {"name": "Sales and support"}, request_only=True)
TOKEN_NEW = OpenApiExample(
    "For a script, a year",
    {"name": "Nightly import", "scopes": ["read", "execute"], "expires_at": "2027-01-31T00:00:00Z"},
    request_only=True,
)
TOKEN_MADE = OpenApiExample(
    "With its secret",
    {
        "id": _ID,
        "name": "Nightly import",
        "hint": "exprsn_Qf3k9",
        "scopes": ["execute", "read"],
        "expires_at": "2027-01-31T00:00:00Z",
        "use_limit": None,
        "use_count": 0,
        "last_used_at": None,
        "revoked_at": None,
        "created_at": _WHEN,
        "token": "exprsn_Qf3k9…",
    },
    response_only=True,
    status_codes=["201"],
)
