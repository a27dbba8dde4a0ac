"""Lists on screens: keyset pages of a queryset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)
PAGE = 50


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """``next`` and ``first`` are query strings of other pages; ``next`` is empty on the last."""

    rows: list[Row]
    next: str
    first: str
    is_later: bool


def newest_first(request: HttpRequest, rows: QuerySet[Row]) -> ListPage[Row]:
    """A page of rows, newest first (ids sort by time); ``?before=`` is the id that it follows."""
    query = request.GET.copy()
    before = _uuid(query.pop("before", [""])[-1])
    first = query.urlencode()
    ordered = rows.order_by("-id")
    if before is not None:
        ordered = ordered.filter(id__lt=before)
    found = list(ordered[: PAGE + 1])
    following = ""
    if len(found) > PAGE:
        query["before"] = str(found[PAGE - 1].pk)
        following = query.urlencode()
    return ListPage(found[:PAGE], following, first, before is not None)


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
