"""Keyset pages by default, numbered pages on request (``?page=N``)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage, Paginator
from django.db.models import Model, Q, QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.cursors import decode_cursor, encode_cursor
from apps.core.api.pagination_schema import LIST_PARAMETERS, list_schema
from exprsn.kernel.errors import InvalidInput, MalformedInput, NotFound

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
_LONGEST_NUMBER = 9


def _number(raw: str) -> int:
    """A natural number; 0 for anything else."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= _LONGEST_NUMBER else 0


def read_limit(request: Request) -> int:
    """``?limit=`` as a number from 1 to 200."""
    limit = _number(request.query_params.get("limit", str(DEFAULT_LIMIT)))
    if not 1 <= limit <= MAX_LIMIT:
        message = f"limit must be a number from 1 to {MAX_LIMIT}."
        raise InvalidInput(message, code="invalid_limit", errors={"limit": [message]})
    return limit


class KeysetPagination(BasePagination):
    """Pages of querysets, ``.values()`` ones too; deep pages cost what the first does.

    The view's ``ordering`` (one field, default ``-id``) or ``?ordering=``, one of ``id`` and the view's
    ``ordering_fields``; ``id`` settles ties. Ordering fields must not be null. Raises ``InvalidInput``
    (``invalid_limit``, ``invalid_ordering``), ``MalformedInput`` (``invalid_cursor``), ``NotFound``
    (``page_not_found``).
    """

    limit = DEFAULT_LIMIT
    _page_info: dict[str, Any]

    def paginate_queryset(  # type: ignore[override]  # a list has no keys to page by
        self, queryset: QuerySet[Any, Any], request: Request, view: Any = None
    ) -> list[Any]:
        self.limit = read_limit(request)
        ordering = self._ordering(request, view)
        rows = queryset.order_by(*ordering)
        if "page" in request.query_params:
            return self._numbered(rows, request.query_params["page"])
        cursor = request.query_params.get("cursor")
        if cursor:
            rows = _after(rows, ordering, decode_cursor(cursor, ordering))
        found = list(rows[: self.limit + 1])
        items = found[: self.limit]
        has_more = len(found) > self.limit
        next_cursor = encode_cursor(ordering, [_value(items[-1], name) for name in ordering]) if has_more else None
        self._page_info = {"has_more": has_more, "next_cursor": next_cursor, "count": len(items)}
        return items

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"items": data, "page_info": self._page_info})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The list's shape in OpenAPI."""
        return list_schema(schema)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The list's query parameters in OpenAPI."""
        fields = ("id", *getattr(view, "ordering_fields", ()))
        words = [sign + field for field in fields for sign in ("", "-")]
        ordering = {
            "name": "ordering",
            "in": "query",
            "required": False,
            "schema": {"type": "string", "enum": words, "default": getattr(view, "ordering", "-id")},
            "description": "What to sort by; `-` means descending.",
        }
        return [*LIST_PARAMETERS, ordering]

    def _ordering(self, request: Request, view: Any) -> tuple[str, ...]:
        allowed = ("id", *getattr(view, "ordering_fields", ()))
        wanted = str(request.query_params.get("ordering") or getattr(view, "ordering", None) or "-id")
        sign = "-" if wanted.startswith("-") else ""
        field = wanted[len(sign) :]
        if field not in allowed and wanted != getattr(view, "ordering", None):
            raise InvalidInput(
                "This list cannot be ordered like that.",
                code="invalid_ordering",
                errors={"ordering": [f"One of: {', '.join(allowed)}, each also with a minus before it."]},
            )
        return (wanted,) if field == "id" else (wanted, f"{sign}id")

    def _numbered(self, rows: QuerySet[Any, Any], raw: str) -> list[Any]:
        paginator = Paginator(rows, self.limit)
        try:
            page = paginator.page(_number(raw))
        except EmptyPage:
            raise NotFound("There is no such page.", code="page_not_found") from None
        self._page_info = {
            "current_page": page.number,
            "total_pages": paginator.num_pages,
            "total_items": paginator.count,
            "has_next_page": page.has_next(),
            "has_previous_page": page.has_previous(),
        }
        return list(page.object_list)


def _after(rows: QuerySet[Any, Any], ordering: tuple[str, ...], values: list[Any]) -> QuerySet[Any, Any]:
    later = "lt" if ordering[0].startswith("-") else "gt"
    names = [field.removeprefix("-") for field in ordering]
    condition = Q(**{f"{names[0]}__{later}": values[0]})
    if len(names) > 1:
        # The first part alone lets the database use the index; the second settles ties.
        condition = Q(**{f"{names[0]}__{later}e": values[0]}) & (
            condition | Q(**{names[0]: values[0], f"{names[1]}__{later}": values[1]})
        )
    try:
        return rows.filter(condition)
    except (ValueError, TypeError, ValidationError) as error:
        raise MalformedInput("This cursor does not fit the ordering.", code="invalid_cursor") from error


def _value(row: Model | dict[str, Any], field: str) -> Any:
    name = field.removeprefix("-")
    return row[name] if isinstance(row, dict) else getattr(row, name)
