"""How lists look in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

_KEYSET: dict[str, Any] = {
    "type": "object",
    "description": "Of a cursor page.",
    "required": ["has_more", "next_cursor", "count"],
    "properties": {
        "has_more": {"type": "boolean"},
        "next_cursor": {"type": ["string", "null"], "description": "Send it as `cursor` for the next page."},
        "count": {"type": "integer", "description": "Items in this answer."},
    },
}
_NUMBERED: dict[str, Any] = {
    "type": "object",
    "description": "Of a numbered page (`?page=`).",
    "required": ["current_page", "total_pages", "total_items", "has_next_page", "has_previous_page"],
    "properties": {
        "current_page": {"type": "integer"},
        "total_pages": {"type": "integer"},
        "total_items": {"type": "integer"},
        "has_next_page": {"type": "boolean"},
        "has_previous_page": {"type": "boolean"},
    },
}


class WholeListInfoSerializer(serializers.Serializer[Any]):
    """Of a list that comes whole, in one page."""

    has_more = serializers.BooleanField()
    next_cursor = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()


PAGE_INFOS = {"CursorPageInfo": _KEYSET, "NumberedPageInfo": _NUMBERED}


def list_schema(items: dict[str, Any]) -> dict[str, Any]:
    """The answer of a list whose ``items`` look so."""
    return {
        "type": "object",
        "required": ["items", "page_info"],
        "properties": {
            "items": items,
            "page_info": {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in PAGE_INFOS]},
        },
    }


def _query(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


LIST_PARAMETERS = [
    _query("cursor", {"type": "string"}, "The `next_cursor` of the page before."),
    _query("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "Items in a page."),
    _query("page", {"type": "integer", "minimum": 1}, "A numbered page instead of a cursor."),
]
