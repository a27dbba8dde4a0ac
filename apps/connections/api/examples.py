"""Examples for the OpenAPI document. A test carries each of them out."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample

CREDENTIAL_NEW = OpenApiExample(
    "A key in a header",
    {"name": "Shop", "kind": "header", "fields": {"name": "X-Api-Key", "value": "k-4711"}},
    request_only=True,
)
CREDENTIAL_CHANGE = OpenApiExample("Another name", {"name": "Shop (live)"}, request_only=True)
