"""The order of the list of tables, and its pages: the next one begins behind the last row of this one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.core.api.cursors import decode_cursor, encode_cursor
from apps.core.web.listing import PAGE, ListPage
from apps.decision_tables.models import DecisionTable
from exprsn.kernel.errors import MalformedInput

# What the address says → label and ordering.
SORTS: Mapping[str, tuple[Any, str]] = {
    "updated": (_("Last change"), "-updated_at"),
    "name": (_("Name"), "label"),
    "rules": (_("Most rules"), "-rule_count"),
    "created": (_("Newest"), "-created_at"),
}
DEFAULT_SORT = "updated"


def chosen_sort(request: HttpRequest) -> str:
    """The order that is asked for, or the usual one."""
    wanted = request.GET.get("sort", "")
    return wanted if wanted in SORTS else DEFAULT_SORT


def sorted_page(request: HttpRequest, rows: QuerySet[DecisionTable]) -> ListPage[DecisionTable]:
    """One page in the order that ``?sort=`` asks for; ``?after=`` is the cursor of the page before."""
    query = request.GET.copy()
    cursor = query.pop("after", [""])[-1]
    first = query.urlencode()
    ordering = _ordering(chosen_sort(request))
    ordered = rows.order_by(*ordering)
    is_later = False
    if cursor:
        try:
            ordered, is_later = ordered.filter(_behind(ordering, decode_cursor(cursor, ordering))), True
        except (MalformedInput, ValidationError, ValueError, TypeError):
            # An address that somebody has cut or mixed up: the list from its beginning.
            is_later = False
    found = list(ordered[: PAGE + 1])
    following = ""
    if len(found) > PAGE:
        last = found[PAGE - 1]
        query["after"] = encode_cursor(ordering, [getattr(last, field.removeprefix("-")) for field in ordering])
        following = query.urlencode()
    return ListPage(found[:PAGE], following, first, is_later)


def _ordering(sort: str) -> tuple[str, str]:
    field = SORTS[sort][1]
    return field, "-id" if field.startswith("-") else "id"


def _behind(ordering: tuple[str, str], values: list[Any]) -> Q:
    field, later = ordering[0].removeprefix("-"), "lt" if ordering[0].startswith("-") else "gt"
    return Q(**{f"{field}__{later}": values[0]}) | Q(**{field: values[0], f"id__{later}": values[1]})
